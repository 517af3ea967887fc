"""The keyboard alone: tables as in a spreadsheet, and the saved plans."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from planner.edits.examples import example
from tests.browser.going import go_to

pytestmark = pytest.mark.browser

type Open = Callable[[str], Page]

WIDTHS = (1280, 375)
MOST_TABS = 150
FOCUSED = """() => {
  const { activeElement: focused } = document;
  const words = focused.textContent.replace(/\\s+/g, " ").trim();
  return [focused.name ?? "", words, focused.tagName];
}"""


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press Tab until the field at that address, or what reads so, has the focus."""
    for _ in range(MOST_TABS):
        at, words, tag = page.evaluate(FOCUSED)
        if at == name or (words == name and tag in ("A", "BUTTON", "SUMMARY")):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{MOST_TABS} tabs did not lead to {name}")


def tables(page: Page, open_page: Open) -> None:
    open_page("your-plan/")
    page.locator("#start-here").click()
    expect(field(page, "/title")).to_be_focused()
    page.locator("#layout").click()
    cell = page.locator('[data-grid] [name="/issues/0/name"]')
    expect(cell).to_have_count(1)  # in its tab, which is drawn when it is opened
    go_to(cell)
    expect(cell).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
class TestEnterInATable:
    def test_goes_down_the_column_and_adds_a_row_at_its_end(
        self, open_page: Open, page: Page, width: int
    ) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        tables(page, open_page)
        field(page, "/issues/4/weight/us").focus()
        page.keyboard.press("Enter")
        expect(field(page, "/issues/5/weight/us")).to_be_focused()
        page.keyboard.press("Shift+Enter")
        expect(field(page, "/issues/4/weight/us")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(field(page, "/issues/10/name")).to_be_focused()
        page.keyboard.type("Colour")
        page.keyboard.press("Enter")
        expect(field(page, "/issues/11/name")).to_be_focused()
        expect(field(page, "/issues/10/name")).to_have_value("Colour")

    def test_after_the_last_option_adds_one_to_its_issue(
        self, open_page: Open, page: Page, width: int
    ) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        tables(page, open_page)
        last = len(example("renewal")["issues"][5]["options"])
        field(page, f"/issues/5/options/{last - 1}/us").focus()
        page.keyboard.press("Enter")
        expect(field(page, f"/issues/5/options/{last}/name")).to_be_focused()
        expect(field(page, "/issues/10/name")).to_have_count(0)

    def test_goes_on_in_the_next_table_of_a_long_list(
        self, open_page: Open, page: Page, tmp_path: Path, width: int
    ) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        tables(page, open_page)
        plan = example("renewal")
        issue = {"kind": "agreement", "options": []}
        plan["issues"] = [
            {**issue, "id": f"i{n}", "name": f"Issue {n}"} for n in range(20)
        ]
        for key in ("moves", "offers", "money", "comparisons", "ranking"):
            plan.pop(key, None)
        file = tmp_path / "long.json"
        file.write_text(json.dumps(plan))
        page.locator("input[type=file]").set_input_files(file)
        expect(field(page, "/title")).to_be_focused()
        expect(field(page, "/issues/19/name")).to_have_value("Issue 19")
        field(page, "/issues/11/name").focus()
        page.keyboard.press("Enter")
        expect(field(page, "/issues/12/name")).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS)
def test_saved_plans_are_copied_opened_deleted_and_brought_back(
    open_page: Open, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_page("your-plan/")
    tab_to(page, "Start from this example")
    page.keyboard.press("Enter")
    expect(field(page, "/title")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Mine")
    plans = page.locator("[aria-label='Your plans'] > li")
    expect(plans).to_contain_text("Mine")
    tab_to(page, "Plans (1)")
    page.keyboard.press("Enter")

    tab_to(page, "Duplicate “Mine”")
    page.keyboard.press("Enter")
    expect(field(page, "/title")).to_have_value("Mine (copy)")
    expect(plans).to_have_count(2)
    expect(plans.first).to_contain_text("Mine (copy)")
    tab_to(page, "Open “Mine”", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(field(page, "/title")).to_have_value("Mine")
    expect(page.locator(":focus")).to_have_count(1)

    tab_to(page, "Delete “Mine”")
    page.keyboard.press("Enter")
    expect(field(page, "/title")).to_have_value("Mine (copy)")
    expect(page.locator(":focus")).to_have_count(1)
    tab_to(page, "Undo", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(field(page, "/title")).to_have_value("Mine")
    expect(plans).to_have_count(2)


@pytest.mark.parametrize("width", [375], indirect=True)
def test_the_menu_of_a_narrow_window_is_in_reach_once_it_is_open(
    page: Page, site: str
) -> None:
    page.goto(site)
    menu, links = page.locator(".md-sidebar--primary"), page.locator("a:focus")
    for key, opens in (("Enter", True), ("Enter", False), ("Space", True)):
        page.get_by_role("button", name="Menu").press(key)
        expect(menu).to_be_visible(visible=opens)
    menu.get_by_role("link").last.focus()
    expect(links).to_have_count(1)
