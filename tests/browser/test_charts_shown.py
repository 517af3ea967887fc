"""What the panels show and how a reader asks for more: by mouse, key and finger."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from planner.edits.examples import example
from planner.plan.signals import SIGNALS
from planner.show.charts import deals_chart
from planner.show.page import view
from tests.browser.going import go_to

pytestmark = pytest.mark.browser

type Open = Callable[[str], Page]


@pytest.fixture(params=[1280, 375])
def width(request: pytest.FixtureRequest) -> int:
    """Of a desk and of a phone."""
    return int(request.param)


def chart_of(page: Page, panel: str) -> Locator:
    """The first chart of a panel."""
    return page.locator(f'[data-panel="{panel}"] figure').first


def mark(chart: Locator, label: str) -> Locator:
    """The square of the deal with that label."""
    return chart.locator(".parley-chart__mark", has_text=label).locator("rect")


class TestDeals:
    """The deals that have a name say which they are, to a mouse and to a finger."""

    def test_a_named_deal_and_an_offer_say_what_they_are(
        self, open_page: Open, width: int
    ) -> None:
        page = open_page("your-plan/")
        chart = chart_of(page, "deals")
        drawn = deals_chart(view(example("renewal")).analysis)
        assert drawn is not None
        says = {each.label: each.says for each in drawn.marks}
        shown = chart.locator("[data-shown]")
        for label in ("Aim", "Their stand", "Your stand"):
            point = mark(chart, label)
            point.tap() if width < 600 else point.hover()
            expected = next(words for name, words in says.items() if label in name)
            expect(shown).to_have_text(expected)

    def test_a_chart_that_is_drawn_anew_still_says_what_its_near_point_is(
        self, open_page: Open, width: int
    ) -> None:
        page = open_page("your-plan/")
        chart = chart_of(page, "deals")
        point, shown = mark(chart, "Your stand"), chart.locator("[data-shown]")
        point.tap() if width < 600 else point.hover()
        expect(shown).to_contain_text("Your stand")
        line = chart.locator("text", has_text="walk-away")
        before = line.get_attribute("x") or ""
        page.locator('[name="/alternatives/us/0/value"]').fill("60000")
        go_to(line)
        expect(line).not_to_have_attribute("x", before)
        expect(shown).to_contain_text("points to you")
        expect(chart.locator(".parley-point[data-near]")).to_have_attribute(
            "aria-label", shown.inner_text()
        )

    def test_near_a_small_dot_is_near_enough(self, open_page: Open, width: int) -> None:
        page = open_page("your-plan/")
        chart = chart_of(page, "deals")
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

    def test_the_table_lists_them_first_and_says_what_each_is(
        self, open_page: Open
    ) -> None:
        page = open_page("your-plan/")
        details = chart_of(page, "deals").locator("details")
        details.locator("summary").click()
        names = details.locator("tbody th").all_inner_texts()
        drawn = deals_chart(view(example("renewal")).analysis)
        assert drawn is not None
        assert names[0].startswith("Aim")
        assert (
            names[: len(drawn.marks)]
            == [what for what, _ in drawn.rows][: len(drawn.marks)]
        )
        assert set(names[len(drawn.marks) :]) == {"Efficient"}

    def test_the_keyboard_begins_at_the_aim_and_goes_all_the_way_round(
        self, open_page: Open
    ) -> None:
        page = open_page("your-plan/")
        chart = chart_of(page, "deals")
        points = chart.locator(".parley-point")
        chart.locator('.parley-point[tabindex="0"]').focus()
        shown = chart.locator("[data-shown]")
        drawn = deals_chart(view(example("renewal")).analysis)
        assert drawn is not None
        aim, after, *_ = (mark.says for mark in drawn.marks)
        expect(shown).to_contain_text(aim)
        page.keyboard.press("ArrowRight")
        expect(shown).to_contain_text(after)
        page.keyboard.press("End")
        expect(shown).to_contain_text("What the ")
        page.keyboard.press("ArrowRight")
        expect(points.first).to_be_focused()


class TestLedger:
    """Where it ends is drawn, with a word on it, and answers like any other point."""

    def test_the_cliff_says_in_which_round_nothing_is_left(
        self, open_page: Open, width: int
    ) -> None:
        page = open_page("your-plan/")
        page.locator(".parley-menus summary").first.click()
        page.locator("#start-sale").click()
        chart = chart_of(page, "ledger")
        cliff = chart.locator(".parley-chart__mark", has_text="cliff").locator("circle")
        cliff.tap() if width < 600 else cliff.hover()
        kept = view(example("sale")).analysis.ledger
        expect(chart.locator("[data-shown]")).to_contain_text(
            f"Round {kept.worthless}, at this pace"
        )
        expect(chart.locator("h4")).to_contain_text(
            f"nothing is left in round {kept.worthless}"
        )

    def test_the_stop_line_has_a_word_on_it(self, open_page: Open) -> None:
        page = open_page("cases/demanding-customer/")
        chart = chart_of(page, "ledger").locator("svg")
        expect(chart.get_by_text("stop line", exact=True)).to_be_visible()
        expect(chart.get_by_text("stop: nothing came back")).to_be_visible()
        expect(chart.get_by_text("walk-away", exact=True)).to_be_visible()


class TestWords:
    """A word that means something special opens its meaning where it stands."""

    def test_by_key_it_opens_closes_and_gives_the_focus_back(
        self, open_page: Open
    ) -> None:
        page = open_page("your-plan/")
        word = page.locator('[data-panel="theirs"] .parley-term').first
        meaning = page.locator('[data-panel="theirs"] .parley-meaning').first
        word.focus()
        expect(meaning).to_be_hidden()
        page.keyboard.press("Enter")
        expect(meaning).to_be_visible()
        page.keyboard.press("Tab")
        expect(meaning.get_by_role("link")).to_be_focused()
        page.keyboard.press("Escape")
        expect(meaning).to_be_hidden()
        expect(word).to_be_focused()

    def test_a_finger_or_a_mouse_opens_it_inside_the_window(
        self, open_page: Open, width: int
    ) -> None:
        page = open_page("your-plan/")
        opens = "[data-panel={}] :is(.parley-term, button.parley-help)"
        for name in ("theirs", "check", "ledger", "whatif"):
            word = page.locator(opens.format(name)).first
            target = word.get_attribute("popovertarget")
            meaning = page.locator(f"#{target}")
            word.tap() if width < 600 else word.click()
            expect(meaning).to_be_visible()
            box = meaning.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            page.keyboard.press("Escape")
            expect(meaning).to_be_hidden()


class TestHelp:
    """A field's hint stands by it."""

    def test_a_sign_says_what_it_tells(self, open_page: Open) -> None:
        page = open_page("your-plan/")
        sign = page.locator("#f-signals-threatens")
        expect(sign).to_have_accessible_description(
            next(each.tells for each in SIGNALS if each.id == "threatens")
        )
