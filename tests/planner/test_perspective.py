"""Perspective swap: the same plan from their side."""

from typing import Any

import pytest
from hypothesis import given

from planner.analyses.analysis import Analysis
from planner.analyses.perspective import swapped
from planner.plan.document import read_plan
from planner.plan.values import Plan
from tests import strategies
from tests.plans import FIXED, fixed_plan


@pytest.mark.property
class TestSwapping:
    """Swapping sides twice changes nothing."""

    @given(strategies.plans)
    def test_twice_gives_the_same_plan(self, plan: Plan) -> None:
        assert swapped(swapped(plan)) == plan

    @given(strategies.plans)
    def test_their_best_deals_are_ours_from_there(self, plan: Plan) -> None:
        ours, theirs = Analysis(plan).scores.counted, Analysis(swapped(plan)).scores

        assert [s.us for s in ours] == [s.them for s in theirs.counted]
        assert [s.them for s in ours] == [s.us for s in theirs.counted]


@pytest.mark.parametrize("name", FIXED)
def test_an_efficient_deal_is_efficient_from_both_sides(name: str) -> None:
    """Without limits, which are each side's own."""
    document = fixed_plan(name)
    for issue in document["issues"]:
        issue.pop("limit", None)
    plan = read_plan(document)
    ours = {(round(p.us, 9), round(p.them, 9)) for p in Analysis(plan).frontier}
    there = Analysis(swapped(plan)).frontier

    assert ours == {(round(p.them, 9), round(p.us, 9)) for p in there}


def test_what_only_we_can_know_is_not_put_into_their_mouth(
    worked: dict[str, Any],
) -> None:
    there = swapped(read_plan(worked))

    assert there.us.name == "Alder Packaging"
    assert there.future.us.basis == "guessed"
    assert all(issue.limit is None for issue in there.agreement.values())
    assert there.money.worth is None
    assert there.signals == {}
    assert there.offers[0].by == "them"
