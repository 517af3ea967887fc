"""What each input does to a result, against a published case and by trying it."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

import pytest
from hypothesis import given

from planner.analyses.inputs import with_figure
from planner.analyses.relationship import multiple_at
from planner.analyses.relationship import value as relationship_value
from planner.analyses.scoring import scores
from planner.analyses.tornado import package_tornado, relationship_tornado, tornado
from planner.analyses.worth import points
from planner.plan.document import read_plan
from planner.plan.values import (
    AgreementIssue,
    Estimate,
    Future,
    Option,
    Plan,
    Points,
    Side,
    Stake,
)
from tests import strategies
from tests.planner.compared import (
    EACH_OFFICE,
    EAGLE,
    EAGLE_RANGES,
    SWINGS,
    offices,
    profit,
)


class TestEagleAirlines:
    """Clemen's case; the formula is recalled, the arithmetic is checked (B.15)."""

    def test_arithmetic_of_the_tornado(self) -> None:
        bars = tornado(profit, EAGLE, EAGLE_RANGES)

        assert profit(EAGLE) == pytest.approx(9_975)
        assert [(b.at, round(b.at_low), round(b.at_high)) for b in bars] == [
            ("capacity", -10_025, 29_975),
            ("operating", 21_975, -2_025),
            ("hours", -2_775, 18_475),
            ("charter price", -25, 19_975),
            ("charter share", 6_975, 21_975),
            ("ticket", 4_975, 17_975),
            ("insurance", 11_975, 4_975),
            ("financed", 10_981, 8_969),
            ("interest", 10_325, 9_450),
            ("price", 10_090, 9_860),
        ]
        assert bars[0].swing == pytest.approx(40_000)


def test_what_is_not_known_or_not_finite_has_no_bar() -> None:
    ranges = {"x": (0.0, 1.0), "y": (0.0, 1.0), "z": (0.0, 1.0)}

    def f(x: Mapping[str, float]) -> float | None:
        if x["y"] == 1:
            return None
        return float("inf") if x["z"] == 1 else x["x"]

    bars = tornado(f, {"x": 0.5, "y": 0.5, "z": 0.5}, ranges)

    assert [bar.at for bar in bars] == ["x"]


@pytest.mark.property
class TestFuture:
    @given(strategies.futures)
    def test_any_future_has_finite_bars(self, future: Future) -> None:
        for bar in relationship_tornado(future):
            assert isfinite(bar.swing)

    @given(strategies.typed_futures)
    def test_the_tornado_s_ends_are_the_values_there(self, future: Future) -> None:
        for bar in relationship_tornado(future):
            for figure, result in ((bar.low, bar.at_low), (bar.high, bar.at_high)):
                there = relationship_value(with_figure(future, bar.at, figure)).value
                if not bar.at.endswith("yearly_gain"):
                    assert result == there
                else:
                    now = multiple_at(future, future.continue_chance)
                    assert result == pytest.approx(figure * (now or 0))


def test_the_worked_relationship_hangs_most_on_going_on(worked: dict[str, Any]) -> None:
    """60,000 a year at 80% and 10%: 160,000; at 90% it is 270,000."""
    bars = relationship_tornado(read_plan(worked).future)

    assert bars[0].at == "/future/continue_chance"
    assert bars[0].at_high == pytest.approx(270_000)
    assert bars[0].at_low == pytest.approx(60_000 * 1.75)


def test_without_a_yearly_gain_there_is_no_tornado() -> None:
    assert relationship_tornado(Future(continue_chance=0.5, discount_rate=0.1)) == ()
    unsure = Future(us=Stake(yearly_gain=Estimate(likely=1.0)))
    assert relationship_tornado(unsure) == ()


def test_nothing_compared_has_no_bars() -> None:
    assert package_tornado((), ()) == ()


def test_an_issue_with_one_option_has_no_bar() -> None:
    one = AgreementIssue(weight=Points(us=10, them=10), options=(Option(us=5, them=5),))

    assert package_tornado(scores(Plan(issues=(one,))).counted, (0,)) == ()


def test_the_tornado_of_a_deal_shows_the_weights_it_hangs_on() -> None:
    counted = offices(SWINGS)
    bars = package_tornado(counted, EACH_OFFICE[0])
    side: Side = "us"

    assert [bar.swing for bar in bars] == sorted((b.swing for b in bars), reverse=True)
    for bar in bars:
        j = int(bar.at.split("/")[2])
        low = [*SWINGS[:j], bar.low, *SWINGS[j + 1 :]]
        assert points(offices(low), EACH_OFFICE[0])[0] == pytest.approx(bar.at_low)
        assert bar.at.endswith(side)
        assert bar.high <= 100
