"""The sheet as a reader uses it: rows at rest and open, dots, cards, many rows."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from planner.edits.examples import example
from planner.plan.limits import MOST_ISSUES
from planner.show.page import view
from planner.show.sheet import DealRow

pytestmark = [pytest.mark.browser, pytest.mark.every_width]

type Open = Callable[[str], Page]

MOST_ANSWERS = 20  # from an empty plan to packages and a trade
MOST_ELEMENTS = 4712  # of the page with sixty issues, their rows closed
CARD = 200  # px, the most that a closed row may take on a phone
PASTE = """(field, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const how = { clipboardData, bubbles: true, cancelable: true };
  field.dispatchEvent(new ClipboardEvent("paste", how));
}"""


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def dot(page: Page, at: str, number: int) -> Locator:
    return page.locator(f'[id="f{at.replace("/", "-")}-{number}"]')


def price() -> DealRow:
    """The first issue of the worked renewal, as the sheet shows it."""
    return view(example("renewal")).deal_row("/issues/0", "Price")


def begin(page: Page, open_page: Open, id: str = "start-here") -> None:
    open_page("your-plan/")
    page.locator(f"#{id}").click()
    expect(field(page, "/title")).to_be_focused()
    page.locator("#tab-on-the-table").click()
    expect(page.locator("#part-on-the-table [inert]")).to_have_count(0)


def row(page: Page, i: int) -> Locator:
    return page.locator(f'.parley-issue[data-row="/issues/{i}"]')


class TestDots:
    def test_are_pressed_shown_as_a_figure_and_taken_back(
        self, open_page: Open, page: Page
    ) -> None:
        begin(page, open_page)
        weight = field(page, "/issues/0/weight/us")
        before = weight.input_value()
        dot(page, "/issues/0/weight/us", 3).click()
        expect(weight).to_have_value("60")
        page.keyboard.press("ArrowLeft")
        expect(weight).to_have_value("40")
        expect(dot(page, "/issues/0/weight/us", 2)).to_be_focused()
        page.keyboard.press("Control+z")
        expect(weight).to_have_value(before)
        known = price().dots[0].filled
        assert known is not None
        expect(dot(page, "/issues/0/weight/us", known)).to_be_checked()

    @pytest.mark.wide_only
    def test_show_the_nearest_to_a_figure_that_stays_as_typed(
        self, open_page: Open, page: Page
    ) -> None:
        begin(page, open_page)
        group = page.get_by_role("radiogroup", name="Price per 1,000 trays, to you")
        field(page, "/issues/0/weight/us").fill("73")
        expect(dot(page, "/issues/0/weight/us", 4)).to_be_checked()
        expect(group).to_contain_text("73")
        expect(field(page, "/issues/0/weight/us")).to_have_value("73")
        field(page, "/issues/0/weight/us").fill("")
        expect(group).to_contain_text("assumed")
        expect(group.locator(":checked")).to_have_count(0)


class TestARow:
    @pytest.mark.wide_only
    def test_at_rest_shows_options_and_dots_and_opens_by_its_name(
        self, open_page: Open, page: Page
    ) -> None:
        begin(page, open_page)
        first = row(page, 0)
        options = first.get_by_role("radiogroup", name="in your offer")
        expect(options).to_be_visible()
        expect(options.get_by_role("radio")).to_have_count(5)
        for whose in ("you", "them"):
            dots = first.get_by_role("radiogroup", name=f", to {whose}")
            expect(dots).to_be_visible()
        expect(field(page, "/issues/0/limit")).to_be_hidden()
        first.locator("summary").first.click()
        for key in ("name", "limit", "target", "basis", "weight/us", "options/0/us"):
            expect(field(page, f"/issues/0/{key}")).to_be_visible()
        expect(options).to_be_visible()

    @pytest.mark.parametrize("width", [375], indirect=True)
    def test_on_a_phone_is_a_card_until_it_is_opened(
        self, open_page: Open, page: Page
    ) -> None:
        begin(page, open_page)
        for each in page.locator(".parley-issue").all():
            box = each.bounding_box()
            assert box
            assert box["height"] <= CARD
        first = row(page, 0)
        expect(first).to_contain_text(price().matters)
        expect(first.locator(".parley-chips")).to_be_hidden()
        first.locator("summary").first.tap()
        chip = first.locator(".parley-chip").nth(1)
        chip.tap()
        expect(chip.locator("input")).to_be_checked()
        first.locator("summary").first.tap()
        expect(first.locator("summary").first).to_contain_text("€109")
        expect(first.locator(".parley-issue__chosen")).to_be_visible()

    def test_of_the_relationship_says_offer_ask_marks_owner_and_day(
        self, open_page: Open, page: Page
    ) -> None:
        begin(page, open_page)
        issue = example("renewal")["issues"][9]
        shown = row(page, 9).locator("summary").first
        for said in ("name", "we_offer", "we_ask", "owner"):
            expect(shown).to_contain_text(issue[said])
        expect(shown).to_contain_text(f"{issue['now']} → {issue['goal']}")
        assert shown.locator("time").get_attribute("datetime") == issue["by"]
        shown.click()
        field(page, "/issues/9/goal").fill("7")
        expect(shown).to_contain_text(f"{issue['now']} → 7")


LISTS = {
    "two columns": ("Issue\tOur weight", lambda n: f"Term {n}\t{n}"),
    "with options": ("Issue\tOptions", lambda n: f"Term {n}\tlow; high"),
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.wide_only
def test_rows_of_a_spreadsheet_fill_the_sheet_with_the_fresh_row(
    open_page: Open, page: Page, name: str
) -> None:
    """Twenty-two of them, seen before they are taken, and taken back by one undo."""
    begin(page, open_page, "start-empty-here")
    page.locator("#add-agreement").click()
    expect(field(page, "/issues/0/name")).to_be_focused()
    head, line = LISTS[name]
    rows = "\r\n".join([head, *map(line, range(1, 23))])
    field(page, "/issues/0/name").evaluate(PASTE, rows)
    expect(page.locator("#f-list")).to_contain_text("22 issues")
    page.locator("#list-take").click()
    names = page.locator(".parley-list--deal .parley-issue__name")
    expect(names).to_have_text([f"Term {n}" for n in range(1, 23)])
    expect(page.locator("[data-told]:not([hidden])")).to_contain_text("22 issues added")
    page.locator("#undo").click()
    expect(names).to_have_text(["New issue"])


@pytest.mark.wide_only
def test_a_column_of_names_goes_down_from_the_fresh_row(
    open_page: Open, page: Page
) -> None:
    begin(page, open_page, "start-empty-here")
    page.locator("#add-agreement").click()
    expect(field(page, "/issues/0/name")).to_be_focused()
    names = [f"Term {n}" for n in range(1, 23)]
    field(page, "/issues/0/name").evaluate(PASTE, "\r\n".join(names))
    expect(page.locator(".parley-list--deal .parley-issue__name")).to_have_text(names)


def test_few_answers_lead_from_an_empty_plan_to_packages_and_a_trade(
    open_page: Open, page: Page
) -> None:
    """Three names, two options each, and what each matters to both."""
    begin(page, open_page, "start-empty-here")
    answers = 0
    issues = {
        "Price": ("€106", "€118", 5, 1),
        "Notice": ("3 months", "12 months", 1, 5),
        "Delivery": ("5 days", "10 days", 3, 3),
    }
    page.locator("#add-agreement").press("Enter")
    for i, (name, (best, worst, us, them)) in enumerate(issues.items()):
        for at, said in (("name", name), ("options/0/name", best)):
            expect(field(page, f"/issues/{i}/{at}")).to_be_focused()
            page.keyboard.type(said)
            page.keyboard.press("Enter")
        expect(field(page, f"/issues/{i}/options/1/name")).to_be_focused()
        page.keyboard.type(worst)
        answers += 3
        dot(page, f"/issues/{i}/weight/us", us).click()
        dot(page, f"/issues/{i}/weight/them", them).click()
        answers += 2
        if i < len(issues) - 1:
            page.locator("#add-agreement").click()
    assert answers <= MOST_ANSWERS
    page.locator("#tab-at-the-table").click()
    packages = page.locator("[data-panel=packages]")
    expect(packages).to_contain_text("Offer this package")
    for said in ("€106", "12 months"):  # they give on price, and we on notice
        expect(packages.locator(".parley-trades")).to_contain_text(said)


def sixty(tmp_path: Path) -> Path:
    """A plan with as many issues as there may be, each of five options."""
    plan: dict[str, Any] = example("renewal")
    price = plan["issues"][0]
    for key in ("moves", "offers", "money", "comparisons", "ranking", "outcome"):
        plan.pop(key, None)
    plan["issues"] = [
        {**price, "id": f"i{n}", "name": f"Issue {n}"} for n in range(MOST_ISSUES)
    ]
    file = tmp_path / "sixty.json"
    file.write_text(json.dumps(plan))
    return file


@pytest.mark.wide_only
def test_sixty_issues_are_composed_opened_and_weighed(
    open_page: Open, page: Page, tmp_path: Path
) -> None:
    begin(page, open_page)
    page.locator("input[type=file]").set_input_files(sixty(tmp_path))
    expect(field(page, "/title")).to_be_focused()
    page.locator("#tab-on-the-table").click()
    at, last = f"/issues/{MOST_ISSUES - 1}", row(page, MOST_ISSUES - 1)
    expect(last).to_contain_text(price().matters)
    assert page.locator("*").count() <= MOST_ELEMENTS
    last.locator("summary").first.click()
    last.locator(".parley-chip", has_text="€109").click()
    expect(page.locator(".parley-composer")).to_contain_text(f"1 of {MOST_ISSUES} rows")
    dot(page, f"{at}/weight/us", 1).click()
    expect(field(page, f"{at}/weight/us")).to_have_value("20")
    last.locator("summary").first.click()
    expect(last).to_contain_text("you 1 · they")
    expect(last).to_contain_text("€109")
    page.locator("#starters-agreement > summary").click()
    expect(page.locator("#starter-supply")).to_be_visible()
