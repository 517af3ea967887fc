"""Where another deal becomes the best, against a published case and by trying it."""

from math import isfinite
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.analyses.flips import Flip
from planner.analyses.guesses import guesses_worth_asking
from planner.analyses.overtaking import package_flips
from planner.analyses.scoring import scores
from planner.analyses.tornado import package_tornado
from planner.analyses.worth import best, gains_product, points
from planner.plan.values import AgreementIssue, Option, Plan, Points
from tests.planner.compared import (
    EACH_OFFICE,
    SWINGS,
    WEIGHTS,
    deals,
    offices,
    weighed,
    worths,
)


class TestOffices:
    def test_their_benefits_are_the_published_ones(self) -> None:
        """80.8, 47.4 and 60.2 are read in the source, the others recomputed."""
        benefits = [points(offices(WEIGHTS), c)[0] for c in EACH_OFFICE]

        assert benefits == pytest.approx([80.8, 39.4, 47.4, 64.8, 20.9, 60.2], abs=0.05)

    def test_addison_is_first_and_only_elton_or_gorton_come_near(self) -> None:
        counted = offices(SWINGS)
        turns = package_flips(counted, EACH_OFFICE)

        assert best(counted, EACH_OFFICE) == 0
        assert {turn.becomes for turn in turns} <= {3, 5}
        assert [t.distance for t in turns] == sorted(t.distance for t in turns)


@pytest.mark.property
class TestPackageFlips:
    """Each flip point, when applied, does flip the answer; before it nothing does."""

    @given(deals(), worths)
    def test_beyond_it_the_other_deal_is_ahead(self, drawn: Any, worth: Any) -> None:
        plan, choices = drawn
        counted = scores(plan).counted
        assume(counted)
        first = best(counted, choices, worth)
        assert first is not None
        for turn in package_flips(counted, choices, worth):
            step = 1e-4 * max(abs(turn.turns_at), 1e-2)
            beyond = turn.turns_at - step if turn.falls else turn.turns_at + step
            if not _possible(plan, turn, beyond):
                continue
            there = scores(weighed(plan, turn.at, beyond)).counted
            won, lost = (
                worth(*points(there, choices[i])) for i in (turn.becomes, first)
            )
            assert won > lost

    @given(deals(), worths, st.floats(0, 0.999))
    def test_before_it_the_first_stays_first(
        self, drawn: Any, worth: Any, way: float
    ) -> None:
        plan, choices = drawn
        counted = scores(plan).counted
        assume(counted)
        first = best(counted, choices, worth)
        assert first is not None
        for turn in package_flips(counted, choices, worth):
            value = turn.now + way * (turn.turns_at - turn.now)
            there = scores(weighed(plan, turn.at, value)).counted
            if not there:
                continue
            ranked = [worth(*points(there, choice)) for choice in choices]
            assert ranked[first] >= max(ranked) - 1e-6

    @given(deals(), st.integers(0, 100), st.data())
    def test_a_weight_that_changes_the_best_lies_beyond_one(
        self, drawn: Any, weight: int, data: st.DataObject
    ) -> None:
        plan, choices = drawn
        counted = scores(plan).counted
        assume(counted)
        first = best(counted, choices)
        assert first is not None
        at = f"/issues/{data.draw(st.integers(0, len(plan.issues) - 1))}/weight/us"
        there = scores(weighed(plan, at, weight)).counted
        assume(there)
        ranked = [points(there, choice)[0] for choice in choices]
        if ranked[first] < max(ranked) - 1e-6:
            assert at in [turn.at for turn in package_flips(counted, choices)]

    @given(deals())
    def test_each_could_be_entered(self, drawn: Any) -> None:
        plan, choices = drawn
        counted = scores(plan).counted
        assume(counted)
        for turn in package_flips(counted, choices, gains_product(5)):
            assert 0 <= turn.turns_at <= 100


def _possible(plan: Plan, turn: Flip[int], beyond: float) -> bool:
    """Whether the step beyond still is an answer that moves no scale."""
    _, _, i, *path = turn.at.split("/")
    if path[0] == "weight":
        return 0 <= beyond <= 100
    issue = plan.issues[int(i)]
    assert isinstance(issue, AgreementIssue)
    values = [getattr(option, path[-1]) for option in issue.options]
    return bool(min(values) <= beyond <= max(values))


class TestBadInput:
    def test_nothing_compared_has_no_best_and_no_flips(self) -> None:
        assert best((), ()) is None
        assert package_flips((), ()) == ()

    def test_one_deal_is_always_first(self) -> None:
        counted = offices(SWINGS)

        assert package_flips(counted, [EACH_OFFICE[4]]) == ()

    def test_one_issue_decides_whatever_its_weight(self) -> None:
        plan = Plan(
            issues=(
                AgreementIssue(
                    id="a",
                    weight=Points(us=10, them=10),
                    options=(Option(us=0, them=1), Option(us=1, them=0)),
                ),
            )
        )
        counted = scores(plan).counted

        assert package_flips(counted, [(0,), (1,)]) == ()
        assert guesses_worth_asking(counted) == ()

    def test_an_issue_with_one_option_moves_nothing(self) -> None:
        counted = scores(
            Plan(
                issues=(
                    AgreementIssue(
                        weight=Points(us=10, them=10), options=(Option(us=5, them=5),)
                    ),
                )
            )
        ).counted

        assert package_flips(counted, [(0,)]) == ()

    @pytest.mark.parametrize("weight", [5e-324, 1e-300, 1e-9])
    def test_a_tiny_weight_gives_finite_answers(self, weight: float) -> None:
        both = (Option(us=0, them=100), Option(us=100, them=0))
        plan = Plan(
            issues=tuple(
                AgreementIssue(
                    id=str(j),
                    weight=Points(us=w, them=w),
                    basis="guessed",
                    options=both,
                )
                for j, w in enumerate((weight, 100.0, weight))
            )
        )
        counted = scores(plan).counted
        choices = [(0, 1, 0), (1, 0, 1), (0, 0, 0)]

        for turn in package_flips(counted, choices, gains_product()):
            assert isfinite(turn.turns_at)
        for guess in guesses_worth_asking(counted):
            assert isfinite(guess.effect)
        for bar in package_tornado(counted, (1, 1, 0)):
            assert isfinite(bar.swing)
