"""Perspective swap: the same plan from their side."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given

from planner.analyses.analysis import Analysis
from planner.analyses.perspective import swapped
from planner.plan.address import parts, under
from planner.plan.document import read_plan
from planner.plan.kinds import (
    Date,
    Estimated,
    Kind,
    Listing,
    Number,
    Record,
    Row,
    Tagged,
    Text,
)
from planner.plan.rows import answer_at, value_at
from planner.plan.values import PLAN, Plan
from tests import strategies
from tests.planner.test_document import FULL
from tests.plans import FIXED, fixed_plan


@pytest.mark.property
class TestSwapping:
    """Swapping sides twice changes nothing."""

    @given(strategies.plans)
    def test_twice_gives_the_same_plan(self, plan: Plan) -> None:
        assert swapped(swapped(plan)) == plan

    @given(strategies.plans)
    def test_their_best_deals_are_ours_from_there(self, plan: Plan) -> None:
        here = Analysis(plan)
        ours, theirs = here.scores.counted, Analysis(swapped(here.plan)).scores

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


class TestEveryAnswer:
    """From their side, each answer stands where its row says."""

    def test_what_is_one_sided_is_theirs_to_give(self) -> None:
        plan = read_plan(FULL)
        there = swapped(plan)
        asked = [at for at, row in standing(PLAN, plan) if row.one_sided]

        assert len(asked) > 5
        for at in asked:
            assert value_at(plan, at), at
            assert not value_at(there, at) or is_unanswered(value_at(there, at)), at

    def test_what_both_sides_have_changes_places(self) -> None:
        plan = read_plan(FULL)
        there = swapped(plan)
        pairs = [
            (at, under(at.rpartition("/")[0], row.mirror))
            for at, row in standing(PLAN, plan)
            if row.mirror
        ]

        assert len(pairs) > 10
        for at, mirrored in pairs:
            assert value_at(there, at) == value_at(plan, mirrored), at

    def test_what_both_sides_share_stays(self) -> None:
        plan = read_plan(FULL)
        there = swapped(plan)
        for at, row in standing(PLAN, plan):
            here = answer_at(at)
            if here.row.mirror or here.side or row.one_sided or below_one_sided(at):
                continue
            if isinstance(here.kind, Text | Number | Date | Estimated):
                assert value_at(there, at) == value_at(plan, at), at


def standing(kind: Kind, value: Any, at: str = "") -> Iterator[tuple[str, Row]]:
    """Every answer that stands in a value, by its address, with its row."""
    if isinstance(kind, Tagged):
        kind = kind.record_of(value)
    if isinstance(kind, Record):
        for row in kind.rows:
            yield under(at, row.key), row
            yield from standing(row.kind, getattr(value, row.slot), under(at, row.key))
    elif isinstance(kind, Listing):
        for i, member in enumerate(value):
            yield from standing(kind.item, member, under(at, i))


def is_unanswered(value: Any) -> bool:
    """Whether a part of a plan holds no answer."""
    return bool(value == type(value)())


def below_one_sided(at: str) -> bool:
    """Whether an address leads into what only one side can answer."""
    keys = parts(at)
    homes = (under("", *keys[:n]) for n in range(1, len(keys)))
    return any(answer_at(home).row.one_sided for home in homes)
