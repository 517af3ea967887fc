"""Charts: what they say is true, their tables hold the planner's own figures."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from planner.analyses.analysis import Analysis
from planner.plan.document import FORMAT, read_draft
from planner.show import charts
from planner.show.charts import (
    BOTTOM,
    FULL,
    LETTER,
    LONGEST,
    TALL,
    WIDTH,
    Mark,
    deals_chart,
    ledger_chart,
    temptation_chart,
    tornado_chart,
    weights_chart,
    zone_chart,
)
from planner.show.page import panel, view
from planner.words.figures import money, plain, points
from tests import strategies
from tests.plans import FIXED, fixed_plan

ALL = (
    deals_chart,
    ledger_chart,
    temptation_chart,
    tornado_chart,
    weights_chart,
    zone_chart,
)
every_example = pytest.mark.parametrize("name", FIXED)


def analysed(document: dict[str, Any]) -> Analysis:
    return Analysis(read_draft(document).plan)


@pytest.mark.parametrize("chart", ALL)
def test_a_plan_that_cannot_say_it_has_no_chart(chart: Callable[..., Any]) -> None:
    assert chart(analysed({"format": FORMAT})) is None


@every_example
@pytest.mark.parametrize("chart", ALL)
def test_each_says_what_to_see(chart: Callable[..., Any], name: str) -> None:
    drawn = chart(analysed(fixed_plan(name)))
    if drawn is not None:
        assert drawn.finding.endswith(".")
        assert "None" not in drawn.finding
        assert drawn.rows


@every_example
def test_bars_stay_in_the_picture(name: str) -> None:
    for chart in (temptation_chart, tornado_chart, weights_chart):
        drawn = chart(analysed(fixed_plan(name)))
        assert drawn is not None
        for bar in drawn.bars:
            assert bar.x >= -1e-9
            assert bar.width >= 0
            assert bar.x + bar.width <= FULL + 1e-6
            assert bar.y + 10 <= drawn.height


def test_the_tornado_s_table_holds_its_figures() -> None:
    analysis = analysed(fixed_plan("renewal"))
    drawn = tornado_chart(analysis)
    assert drawn is not None
    for row, bar in zip(drawn.rows, analysis.tornado, strict=True):
        assert row[1:] == (money(bar.at_low, "EUR"), money(bar.at_high, "EUR"))


@every_example
def test_the_bars_of_the_weights_cross_the_line_of_the_aim(name: str) -> None:
    """A quarter less and a quarter more of a weight lie on both sides of the plan."""
    analysis = analysed(fixed_plan(name))
    drawn, aim = weights_chart(analysis), analysis.play.aim
    assert drawn is not None
    assert aim is not None
    for bar in drawn.bars:
        assert bar.x - 1e-6 <= drawn.axis <= bar.x + bar.width + 1e-6
    for row, swing in zip(drawn.rows, analysis.aim_tornado, strict=True):
        ends = swing.at_low, swing.at_high
        assert min(ends) <= aim.us <= max(ends)
        assert row[1:] == tuple(f"{plain(round(end, 1))} points" for end in ends)


def test_of_many_weights_the_longest_bars_are_drawn_and_all_are_listed() -> None:
    both = [
        {"name": "Low", "us": 0, "them": 100},
        {"name": "High", "us": 100, "them": 0},
    ]
    issues = [
        {"id": f"i{n}", "weight": {"us": n, "them": 20 - n}, "options": both}
        for n in range(1, 13)
    ]
    many = weights_chart(analysed({"format": FORMAT, "issues": issues}))
    assert many is not None
    assert len(many.bars) == LONGEST
    assert len(many.rows) == len(issues)
    assert many.finding.endswith("Drawn are the 10 longest.")


def test_halfway_is_a_forecast_only_where_both_would_sign(
    worked: dict[str, Any],
) -> None:
    """€106 and €115 meet at 110.5, under what the seller takes; with less it is not."""
    outside = zone_chart(analysed(worked))
    for alternative in worked["alternatives"]["them"]:
        alternative["value"] = 0
    inside = zone_chart(analysed(worked))
    assert outside is not None
    assert inside is not None
    assert outside.rows[-1] == ("Halfway between the first two offers", "110.5")
    assert "110.5, which is no forecast" in outside.finding
    assert "110.5, near which haggling over a price tends to end" in inside.finding
    assert outside.middle is not None
    assert 0 <= outside.middle <= FULL


def test_without_two_offers_nothing_is_halfway(worked: dict[str, Any]) -> None:
    drawn = zone_chart(analysed(worked | {"offers": []}))
    assert drawn is not None
    assert drawn.middle is None
    assert "alfway" not in drawn.finding + str(drawn.rows)


def test_the_ledger_s_line_ends_at_what_is_left() -> None:
    analysis = analysed(fixed_plan("key-customer"))
    drawn = ledger_chart(analysis)
    assert drawn is not None
    assert analysis.ledger.surplus is not None
    assert drawn.rows[-1][1] == points(analysis.ledger.surplus)
    assert len(drawn.points) == len(analysis.ledger.entries) + 1


def giving(*steps: int, of: dict[str, Any], returned: str = "") -> dict[str, Any]:
    """The renewal, where we move on the price by one option, from there on down."""
    issue = of["issues"][0]
    prices = [option["name"] for option in issue["options"]]
    of["moves"] = [
        {
            "round": number,
            "by": "us",
            "issue": issue["id"],
            "from": prices[step],
            "to": prices[step - 1],
            "in_return_for": returned,
        }
        for number, step in enumerate(steps, start=1)
    ]
    return of


def test_the_cliff_is_drawn_where_the_books_say_it_is(worked: dict[str, Any]) -> None:
    analysis = analysed(giving(4, 3, of=worked))
    kept, drawn = analysis.ledger, ledger_chart(analysis)
    assert drawn is not None
    assert kept.pace is not None
    assert kept.surplus is not None
    assert kept.losing is not None
    words = {each.word: each for each in drawn.cliffs}
    assert words["cliff"].says.startswith(f"Round {kept.worthless}, at this pace: ")
    assert words["cliff"].y >= drawn.zero - 1e-6
    rounds = kept.losing - round(kept.entries[-1].round)
    left = [kept.surplus - kept.pace.gone(n) for n in (rounds - 1, rounds)]
    assert left[0] >= 0 > left[1]
    here = drawn.ahead.split()
    assert here[0] == drawn.line.split()[-1]
    assert float(here[-1].partition(",")[2]) > drawn.zero
    assert drawn.rows[-1][0] == f"Round {kept.losing}, at this pace"


def test_the_stop_line_is_drawn_and_where_giving_went_unanswered_too(
    worked: dict[str, Any],
) -> None:
    once = ledger_chart(analysed(giving(4, of=worked)))
    twice = ledger_chart(analysed(giving(4, 3, of=worked)))
    answered = ledger_chart(analysed(giving(4, 3, of=worked, returned="volume")))
    assert once is not None
    assert twice is not None
    assert answered is not None
    assert once.stopped is None
    assert answered.stopped is None
    assert twice.stopped is not None
    assert twice.stopped.x == pytest.approx(twice.points[-1][0])
    for drawn in (once, twice, answered):
        assert drawn.stop is not None
        assert drawn.stop <= drawn.zero


@every_example
def test_the_rounds_stand_in_their_order(name: str) -> None:
    drawn = ledger_chart(analysed(fixed_plan(name)))
    if drawn is None:
        return
    places = [x for x, *_ in drawn.points] + [each.x for each in drawn.cliffs]
    assert places == sorted(places)
    assert charts.LEFT <= places[0] <= places[-1] <= charts.EDGE
    assert all(charts.LEFT <= x <= charts.EDGE for x, _ in drawn.rounds)


@pytest.mark.property
@given(strategies.plans)
def test_the_ledger_of_any_plan_is_drawn_inside_its_picture(plan: Any) -> None:
    drawn = ledger_chart(Analysis(plan))
    if drawn is None:
        return
    for x, y, says in (
        *((x, y, says) for x, y, says, _ in drawn.points),
        *((each.x, each.y, each.says) for each in drawn.cliffs),
    ):
        assert charts.LEFT - 1e-6 <= x <= charts.EDGE + 1e-6
        assert charts.ROOF - 1e-6 <= y <= charts.FLOOR + 1e-6
        assert says
    assert len(drawn.rounds) <= charts.TICKS + 1


def test_the_price_alone_is_never_said_to_be_the_deal() -> None:
    drawn = zone_chart(analysed(fixed_plan("renewal")))
    assert drawn is not None
    assert "On the price alone" in drawn.finding
    assert drawn.ours == "buyer"


@every_example
def test_the_rules_and_the_offers_are_marked(name: str) -> None:
    analysis = analysed(fixed_plan(name))
    drawn = deals_chart(analysis)
    assert drawn is not None
    letters = {letter for m in drawn.marks for letter in m.label.split(", ")}
    assert {"Aim", "Fair", "N", "K", "E", "U"} <= letters
    assert ("Their stand" in letters) == (analysis.play.their_stand is not None)


@every_example
def test_each_mark_says_which_deal_it_is_and_stands_in_the_table_first(
    name: str,
) -> None:
    drawn = deals_chart(analysed(fixed_plan(name)))
    assert drawn is not None
    named = drawn.rows[: len(drawn.marks)]
    for mark, (what, package) in zip(drawn.marks, named, strict=True):
        worth = f"{points(package.us)} to you, {points(package.them)} to them"
        assert mark.says.startswith(f"{what}: {worth}. ")
    assert {what for what, _ in drawn.rows[len(named) :]} == {"Efficient"}
    assert named[0][0].startswith("Aim")


def test_a_deal_with_two_names_says_both(worked: dict[str, Any]) -> None:
    aim = analysed(worked).play.aim
    assert aim is not None
    terms = {score.issue.id: option.name for score, option in aim.terms}
    worked["offers"].append({"by": "them", "terms": terms})
    drawn = deals_chart(analysed(worked))
    assert drawn is not None
    (aimed,) = [mark for mark in drawn.marks if "Aim" in mark.label.split(", ")]
    assert "Their stand" in aimed.label.split(", ")
    assert aimed.says.startswith("Aim; also: ")
    assert "Their stand" in aimed.says


def test_every_efficient_deal_is_drawn_once_and_some_of_many_can_be_pointed_at() -> (
    None
):
    rounds = 14
    issues = [
        {
            "kind": "agreement",
            "id": f"issue-{i}",
            "name": f"Issue {i}",
            "weight": {"us": 10 + 3 * i, "them": 90 - 2 * i},
            "options": [
                {"name": "Ours", "us": 100, "them": 0},
                {"name": "Between", "us": 60 - i, "them": 45 + 2 * i},
                {"name": "Theirs", "us": 0, "them": 100},
            ],
        }
        for i in range(rounds)
    ]
    drawn = deals_chart(analysed({"format": FORMAT, "issues": issues}))
    assert drawn is not None
    assert drawn.efficient > 2 * charts.WALKED
    pointed = len(drawn.points) + len(drawn.marks)
    assert charts.TERMS <= pointed <= charts.CELLS // rounds + len(drawn.marks)
    assert len(drawn.rows) == pointed
    assert drawn.listed < drawn.efficient
    across = sorted(x for x, _, _ in drawn.points)
    assert across[0] < charts.LEFT + 20  # from their best …
    assert across[-1] > charts.RIGHT - 20  # … to ours
    assert drawn.others.count("M") > pointed


def boxes_of(marks: tuple[Mark, ...]) -> list[tuple[float, float, float]]:
    """The left end, baseline and right end of every label."""
    found = []
    for mark in marks:
        width = LETTER * len(mark.label)
        left = mark.label_x if mark.anchor == "start" else mark.label_x - width
        found.append((left, mark.label_y, left + width))
    return found


@pytest.mark.property
@given(strategies.plans)
def test_labels_of_deals_stay_inside_and_apart(plan: Any) -> None:
    drawn = deals_chart(Analysis(plan))
    if drawn is None:
        return
    boxes = boxes_of(drawn.marks)
    for i, (left, y, right) in enumerate(boxes):
        assert left >= -1e-9
        assert right <= WIDTH + 1e-9
        assert TALL <= y <= BOTTOM + TALL
        for other_left, other_y, other_right in boxes[:i]:
            apart = abs(y - other_y) >= TALL - 1e-9
            assert apart or right <= other_left or other_right <= left


def test_names_are_text_in_a_chart(worked: dict[str, Any]) -> None:
    worked["issues"][0]["name"] = "<b>bold</b>"
    for name in ("issues", "deals"):
        html = panel(name, view(worked))
        assert "<b>bold" not in html
        assert "&lt;b&gt;bold" in html


def test_one_point_of_each_chart_is_a_tab_stop(worked: dict[str, Any]) -> None:
    html = panel("deals", view(worked))
    chart = html[html.index("<svg") : html.index("</svg>")]
    assert chart.count('role="img"') >= charts.WALKED // 2
    assert chart.count('tabindex="0"') == 1
    assert re.search(r'tabindex="0"[^>]*><rect[^>]*><text[^>]*>Aim', chart)
