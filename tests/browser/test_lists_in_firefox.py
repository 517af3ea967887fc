"""The bytes of a list in a second engine: as letters they are the same there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.test_lists_taken import SHOWN, bring, expected, press, preview
from tests.browser.warm import BREACH
from tests.planner.test_encodings import LISTS
from tests.planner.test_lists import CASES, FOUND, weighed

pytestmark = [pytest.mark.browser, pytest.mark.cold]

# The cases that are bytes: what is on the clipboard is letters already.
BYTES = [name for name in FOUND if "clipboard" not in name]
UNICODE = {"utf-8": "Kündigung;1", "utf-8-sig": "Цена;1", "utf-16": "価格;1\n納期;2"}


@pytest.fixture(scope="module")
def reader(firefox: Browser, site: str) -> Iterator[Page]:
    """A page of Firefox whose planner answers, and that complains of nothing.

    One for all: each test leaves the list that it has brought.
    """
    complaints: list[str] = []
    with firefox.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.add_init_script(BREACH)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{site}your-plan/")
        # Python answers, and the reader's own plan, if any, was looked for.
        panel = page.locator("parley-panel[ready]:not([loading])")
        expect(panel.first).to_be_attached(timeout=2 * PATIENCE)
        yield page
    assert complaints == []


def test_every_case_is_shown_as_its_owner_meant(reader: Page) -> None:
    for name in BYTES:
        bring(reader, CASES / name)
        shows(reader, expected(FOUND[name]), name)


def test_every_encoding_is_read(reader: Page, tmp_path: Path) -> None:
    texts = {encoding: some[0] for encoding, some in LISTS.items()} | UNICODE
    for encoding, text in texts.items():
        names = re.findall(r"^([^;,]+)[;,]", text, re.M)
        rows = "".join(f"{name};{i}\r" for i, name in enumerate(names, start=1))
        file = tmp_path / f"{encoding}.csv"
        file.write_bytes(f"Issue;Our weight\r{rows}".encode(encoding))
        reader.locator("input[type=file]").set_input_files(file)
        weights = {name: (float(i), None) for i, name in enumerate(names, start=1)}
        shows(reader, expected(weighed(**weights)), encoding)


def shows(page: Page, issues: list[list[object]], what: str) -> None:
    """The preview shows those issues; then it is left."""
    expect(page.locator("#list-leave")).to_be_visible()
    assert page.evaluate(SHOWN) == issues, what
    press(page, "Leave it")
    expect(preview(page)).to_be_empty()
