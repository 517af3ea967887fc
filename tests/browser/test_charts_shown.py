"""What the panels show and how a reader asks for more: by mouse, key and finger."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from planner.charts import deals_chart
from planner.examples import example
from planner.page import view
from tests.browser.conftest import PATIENCE

pytestmark = pytest.mark.browser

type Read = Callable[[str], Page]


@pytest.fixture(params=[1280, 375])
def width(request: pytest.FixtureRequest) -> int:
    """Of a desk and of a phone."""
    return int(request.param)


@pytest.fixture
def read(browser: Browser, site: str, width: int) -> Iterator[Read]:
    """Opens a page for a fresh reader, on the phone with a finger."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        has_touch=width < 600,
        locale="en-GB",
        service_workers="block",
    )
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def opened(address: str) -> Page:
        page.goto(site + address)
        page.locator("parley-panel").scroll_into_view_if_needed()
        expect(page.locator("parley-panel")).to_have_attribute("ready", "")
        return page

    yield opened
    context.close()
    assert complaints == []


def chart_of(page: Page, panel: str) -> Locator:
    """The first chart of a panel."""
    return page.locator(f'[data-panel="{panel}"] figure').first


def mark(chart: Locator, label: str) -> Locator:
    """The square of the deal with that label."""
    return chart.locator(".parley-chart__mark", has_text=label).locator("rect")


class TestDeals:
    """The deals that have a name say which they are, to a mouse and to a finger."""

    def test_a_named_deal_and_an_offer_say_what_they_are(
        self, read: Read, width: int
    ) -> None:
        page = read("your-plan/")
        chart = chart_of(page, "packages")
        drawn = deals_chart(view(example("renewal")).analysis)
        assert drawn is not None
        says = {each.label: each.says for each in drawn.marks}
        shown = chart.locator("[data-shown]")
        for label in ("Aim, N", "Their offer", "Our offer"):
            point = mark(chart, label)
            point.tap() if width < 600 else point.hover()
            expected = next(words for name, words in says.items() if label in name)
            expect(shown).to_have_text(expected)

    def test_near_a_small_dot_is_near_enough(self, read: Read, width: int) -> None:
        page = read("your-plan/")
        chart = chart_of(page, "packages")
        dot = chart.locator(".parley-point circle").first
        dot.scroll_into_view_if_needed()
        box = dot.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] + 9, box["y"] - 9
        shown = chart.locator("[data-shown]")
        expect(shown).to_have_text("")
        if width < 600:
            page.touchscreen.tap(x, y)
            expect(chart.locator(".parley-point:focus")).to_have_count(1)
        else:
            page.mouse.move(x, y)
        expect(shown).to_contain_text("to you")
        expect(chart.locator(".parley-point[data-near]")).to_have_attribute(
            "aria-label", shown.inner_text()
        )

    def test_the_table_lists_them_first_and_says_what_each_is(self, read: Read) -> None:
        page = read("your-plan/")
        details = chart_of(page, "packages").locator("details")
        details.locator("summary").click()
        names = details.locator("tbody th").all_inner_texts()
        assert names[0].startswith("Aim, by the Nash and utilitarian rules")
        assert names[3:5] == ["Our offer", "Their offer"]
        assert set(names[5:]) == {"Efficient"}

    def test_the_keyboard_begins_at_the_aim_and_goes_all_the_way_round(
        self, read: Read
    ) -> None:
        page = read("your-plan/")
        chart = chart_of(page, "packages")
        points = chart.locator(".parley-point")
        chart.locator('.parley-point[tabindex="0"]').focus()
        shown = chart.locator("[data-shown]")
        expect(shown).to_contain_text("Aim, by the Nash")
        page.keyboard.press("ArrowRight")
        expect(shown).to_contain_text("Kalai–Smorodinsky")
        page.keyboard.press("End")
        expect(shown).to_contain_text("Their offer")
        page.keyboard.press("ArrowRight")
        expect(points.first).to_be_focused()


class TestLedger:
    """Where it ends is drawn, with a word on it, and answers like any other point."""

    def test_the_cliff_says_in_which_round_nothing_is_left(
        self, read: Read, width: int
    ) -> None:
        page = read("your-plan/")
        page.locator(".parley-menus summary").first.click()
        page.locator("#start-sale").click()
        chart = chart_of(page, "ledger")
        cliff = chart.locator(".parley-chart__mark", has_text="cliff").locator("circle")
        cliff.tap() if width < 600 else cliff.hover()
        kept = view(example("sale")).analysis.ledger
        expect(chart.locator("[data-shown]")).to_contain_text(
            f"Round {kept.worthless}, at this pace"
        )
        expect(chart.locator("figcaption")).to_contain_text(
            f"nothing is left in round {kept.worthless}"
        )

    def test_the_stop_line_has_a_word_on_it(self, read: Read) -> None:
        page = read("method/when-only-one-side-cares/")
        chart = chart_of(page, "ledger").locator("svg")
        expect(chart.get_by_text("stop line", exact=True)).to_be_visible()
        expect(chart.get_by_text("stop: nothing came back")).to_be_visible()
        expect(chart.get_by_text("walk-away", exact=True)).to_be_visible()
