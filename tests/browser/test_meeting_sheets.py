"""The sheets to print and write on."""

from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

TITLES = [
    "Sheet 1: prepare",
    "Sheet 1, back: the deal",
    "Sheet 2: at the table",
    "Sheet 3: close",
    "Sheet 4: review",
]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_each_sheet_prints_on_a_page_of_its_own(
    page: Page, site: str, tmp_path: Path, paper: str
) -> None:
    page.goto(f"{site}team/meeting-sheets/")
    file = tmp_path / "sheets.pdf"
    page.pdf(path=file, format=paper)
    printed = pypdfium2.PdfDocument(file)
    texts = [sheet.get_textpage().get_text_bounded() for sheet in printed]
    assert [text.splitlines()[0] for text in texts] == TITLES
    assert "Take paper to the table" not in "".join(texts)
