"""The largest plan that the format allows: opened, edited, saved and opened again."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from runtime.tools.chromium import ensure_chromium
from runtime.tools.visits import ARGUMENTS
from tests.plans import largest_plan

pytestmark = pytest.mark.browser

LONG = 120_000  # ms for one answer about it, on a core that it shares with others


@pytest.fixture
def page(playwright: Playwright) -> Iterator[Page]:
    """Of a browser that makes faster machine code: for the largest plan that pays."""
    with playwright.chromium.launch(
        executable_path=str(ensure_chromium()), args=ARGUMENTS
    ) as browser:
        yield browser.new_page()


def test_it_is_opened_edited_saved_and_opened_again(
    open_page: Callable[[str], Page], tmp_path: Path
) -> None:
    plan = largest_plan()
    file = tmp_path / "largest.json"
    file.write_text(json.dumps(plan, separators=(",", ":")), "utf-8")
    page = open_page("your-plan/")
    title = page.locator('[name="/title"]')
    stopped = page.get_by_role("alert").filter(has_text="stopped")
    opens = page.locator("input[type=file][data-open]").first

    opens.set_input_files(file)
    expect(title).to_have_value(plan["title"], timeout=LONG)
    page.locator('[name="/future/continue_chance"]').fill("5")
    expect(page.locator("[data-saving=saved]").first).to_be_visible(timeout=LONG)
    page.locator('[name="/future/us/one_off_gain"]').fill("900000000")
    told = page.locator(".parley-summary")
    expect(told).to_contain_text("over 1 MiB", timeout=LONG)
    title.fill("Shorter")
    expect(told).to_be_hidden(timeout=LONG)
    with page.expect_download(timeout=LONG) as download:
        page.locator("#menu-share > summary").click()
        page.locator("#give-plan-json").click()
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)
    assert json.loads(saved.read_text("utf-8"))["future"]["continue_chance"] == 0.05

    title.fill("Another")
    opens.set_input_files(saved)
    expect(title).to_have_value("Shorter", timeout=LONG)
    expect(page.locator('[name="/future/continue_chance"]')).to_have_value("5")
    expect(stopped).to_be_hidden()
