"""Composing an offer: a press in a row, both bars, what is better, writing it down."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from planner.edits.examples import example
from planner.show.page import view

pytestmark = [pytest.mark.browser, pytest.mark.every_width]

type Open = Callable[[str], Page]

# Which panels each answer of Python is about, in the order in which they come.
ANSWERS = """globalThis.answers = [];
const parse = JSON.parse;
JSON.parse = (text, ...rest) => {
  const read = parse(text, ...rest);
  if (read?.html) answers.push(Object.keys(read.html));
  return read;
};"""


def own(page: Page, open_page: Open, name: str = "renewal") -> None:
    open_page("your-plan/")
    page.locator("#menu-plans > summary").click()
    page.locator(f"#start-{name}").click()
    expect(page.locator('[name="/title"]')).to_have_value(example(name)["title"])
    page.locator("#tab-on-the-table").click()
    expect(page.locator("#part-on-the-table [inert]")).to_have_count(0)


def press(page: Page, issue: str, option: str) -> Locator:
    """Press an option as a reader does, in its row, which a phone opens first."""
    term = page.locator(f'[name="/composing/{issue}"]')
    row = page.locator(".parley-issue", has=term)
    if not term.first.is_visible():
        row.locator("summary").first.click()
    if term.first.evaluate("e => e.tagName") == "SELECT":
        term.select_option(option)
        return term.locator(f'option[value="{option}"]')
    chosen = page.locator(f'[name="/composing/{issue}"][value="{option}"]')
    row.locator(".parley-chip", has=chosen).click()
    return chosen


def bars(page: Page) -> Locator:
    return page.locator(".parley-composer__worth-said")


def terms_of_the_aim() -> dict[str, str]:
    aim = view(example("renewal")).analysis.play.aim
    assert aim is not None
    return {score.issue.id or "": option.name or "" for score, option in aim.terms}


def test_a_press_in_a_row_moves_both_bars_as_the_advice_counts(
    open_page: Open, page: Page
) -> None:
    own(page, open_page)
    terms: dict[str, str] = {}
    analysis = view(example("renewal")).analysis
    for issue, option in terms_of_the_aim().items():
        press(page, issue, option)
        terms[issue] = option
        told = analysis.compose(terms)
        expect(bars(page)).to_have_text([f"{told.us:.0f}", f"{told.them:.0f}"])
    aim = analysis.play.aim
    assert aim is not None
    expect(bars(page)).to_have_text([f"{aim.us:.0f}", f"{aim.them:.0f}"])
    marks = page.locator(".parley-composer")
    expect(marks).to_contain_text(f"your aim (you {aim.us:.0f}, they {aim.them:.0f})")
    away = analysis.play.walk_away.us
    expect(marks).to_contain_text(f"walking away (you {away:.0f}")
    page.reload()
    expect(bars(page)).to_have_text([f"{aim.us:.0f}", f"{aim.them:.0f}"])


def test_what_is_better_for_both_is_told_taken_and_taken_back(
    open_page: Open, page: Page
) -> None:
    own(page, open_page)
    court = press(page, "disputes", "Court")
    better = page.locator(".parley-composer__foot p")
    expect(better).to_contain_text("Better for both")
    step = view(example("renewal")).analysis.compose({"disputes": "Court"}).better[0]
    expect(better).to_contain_text(f"“{step.end.name}” instead of “Court”")
    page.locator("#compose-better").click()
    expect(court).not_to_be_checked()
    expect(better).not_to_contain_text("Better for both")
    page.keyboard.press("Control+z")
    expect(court).to_be_checked()
    page.keyboard.press("Control+z")
    expect(court).not_to_be_checked()


@pytest.mark.wide_only
@pytest.mark.parametrize(("by", "whose"), [("us", "You"), ("them", "They")])
def test_an_offer_is_written_down_with_the_day(
    open_page: Open, page: Page, by: str, whose: str
) -> None:
    own(page, open_page)
    press(page, "price", "€112")
    page.locator(f"#offer-{by}").click()
    expect(page.locator("[data-told]:not([hidden])")).to_contain_text("At the table")
    last = len(example("renewal")["offers"])
    expect(page.locator(f'[name="/offers/{last}/terms/price"]')).to_have_value("€112")
    today = page.locator(f'[name="/offers/{last}/date"]').input_value()
    assert abs((date.fromisoformat(today) - date.today()).days) <= 1
    expect(page.locator(f'[name="/offers/{last}/by"]')).to_have_value(by)
    page.locator("#undo").click()
    expect(page.locator(f'[name="/offers/{last}/by"]')).to_have_count(0)


@pytest.mark.wide_only
def test_the_arrows_go_through_an_issue_s_options(open_page: Open, page: Page) -> None:
    own(page, open_page)
    press(page, "price", "€106")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#f-composing-price-2")).to_be_checked()
    expect(page.locator("#f-composing-price-2")).to_be_focused()
    told = view(example("renewal")).analysis.compose({"price": "€109"})
    expect(bars(page)).to_have_text([f"{told.us:.0f}", f"{told.them:.0f}"])
    expect(page.locator("[data-conclusion]")).to_contain_text(
        f"{told.us:.0f} of 100 to you, {told.them:.0f} to them"
    )


@pytest.mark.wide_only
def test_a_press_is_answered_by_the_composer_first_and_asks_for_no_advice(
    open_page: Open, page: Page
) -> None:
    """So both bars follow at once: nothing else of the page waits for an answer."""
    page.add_init_script(ANSWERS)
    own(page, open_page)
    # All that was asked for is there: the press of an option is the next question.
    page.wait_for_function("() => answers.at(-1).join() === 'brief'")
    page.evaluate("() => { answers.length = 0 }")
    press(page, "price", "€112")
    told = view(example("renewal")).analysis.compose({"price": "€112"})
    expect(bars(page)).to_have_text([f"{told.us:.0f}", f"{told.them:.0f}"])
    page.wait_for_function("() => answers.length > 1")
    assert page.evaluate("() => answers") == [["composer"], ["issues"]]


def test_an_empty_plan_says_what_is_missing_to_compose(
    open_page: Open, page: Page
) -> None:
    open_page("your-plan/")
    page.locator("#start-empty-here").click()
    expect(page.locator('[name="/title"]')).to_be_focused()
    page.locator("#tab-on-the-table").click()
    expect(page.locator(".parley-composer")).to_contain_text(
        "an issue that has two options"
    )
    expect(page.locator("#offer-us")).to_have_count(0)
