"""The sheets to print and write on."""

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.pages import Page as HandbookPage
from tests.pages import pages

pytestmark = pytest.mark.browser

WITH_SHEETS = [page for page in pages() if '<div class="parley-sheet"' in page.text]


@pytest.mark.parametrize("sheets", WITH_SHEETS, ids=lambda sheets: sheets.name)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_each_sheet_prints_on_a_page_of_its_own(
    page: Page, site: str, tmp_path: Path, paper: str, sheets: HandbookPage
) -> None:
    page.goto(f"{site}{sheets.address}")
    file = tmp_path / "sheets.pdf"
    page.pdf(path=file, format=paper)
    printed = pypdfium2.PdfDocument(file)
    texts = [sheet.get_textpage().get_text_bounded() for sheet in printed]
    titles = re.findall(
        r"<div class=\"parley-sheet\" markdown>\n\n## (.+?) \{", sheets.text
    )
    assert titles
    assert [text.splitlines()[0] for text in texts] == titles
    assert sheets.headings(1)[0] not in "".join(texts)
