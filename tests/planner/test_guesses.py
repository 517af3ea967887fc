"""Which guesses are worth asking about, by hand and on any deal."""

import copy
from math import isfinite
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analyses.doubts import WEIGHT, doubt
from planner.analyses.guesses import guesses_worth_asking
from planner.analyses.scoring import scores
from planner.plan.values import AgreementIssue, Option, Plan, Points
from tests.planner.changes import analysed
from tests.planner.compared import deals


class TestGuesses:
    def test_what_they_told_us_is_not_asked_again(self, worked: dict[str, Any]) -> None:
        analysis = analysed(worked)
        guesses = guesses_worth_asking(analysis.counted)

        assert 0 < len(guesses) <= 3
        assert all(guess.score.issue.basis != "told" for guess in guesses)
        effects = [guess.effect for guess in guesses]
        assert effects == sorted(effects, reverse=True)

    def test_a_guess_may_be_further_off_than_what_we_saw(
        self, worked: dict[str, Any]
    ) -> None:
        for guess in guesses_worth_asking(analysed(worked).counted):
            weight = guess.score.issue.weight.them or 0.0
            off = doubt(WEIGHT, guess.score.issue.basis)
            assert guess.low == pytest.approx(weight * (1 - off))
            assert guess.high == pytest.approx(weight * (1 + off))

    @pytest.mark.parametrize("weight", [0, 5e-324, 1e-320, 1e-300])
    @pytest.mark.parametrize("their_walk_away", [0, 50, 99])
    def test_an_issue_of_next_to_no_weight_buys_nothing(
        self, worked: dict[str, Any], weight: float, their_walk_away: float
    ) -> None:
        for i in range(4):
            plan = copy.deepcopy(worked)
            plan["issues"][i]["weight"]["them"] = weight
            counted = analysed(plan).counted
            for guess in guesses_worth_asking(counted, 20, their_walk_away):
                assert isfinite(guess.effect)

    def test_two_issues_by_hand(self) -> None:
        """We weigh 60 and 40, they 40 and 60: we keep the first, they get the second.

        That is 60 to each. Were the second worth 30 beside 40 to them, its 3/7 were
        too little for the product of gains: they would get an eighth of the first
        as well, (60/60 − (3/7)/(4/7))/2, and we 52.5.
        """
        opposed = (Option(us=100, them=0), Option(us=0, them=100))
        plan = Plan(
            issues=(
                AgreementIssue(
                    id="a", weight=Points(us=60, them=40), basis="told", options=opposed
                ),
                AgreementIssue(
                    id="b",
                    weight=Points(us=40, them=60),
                    basis="guessed",
                    options=opposed,
                ),
            )
        )
        counted = scores(plan).counted
        (guess,) = guesses_worth_asking(counted)

        assert guess.at == "/issues/1/weight/them"
        assert guess.effect == pytest.approx(7.5)

    def test_where_we_cannot_reach_our_walk_away_nothing_is_asked(
        self, worked: dict[str, Any]
    ) -> None:
        assert guesses_worth_asking(analysed(worked).counted, 101.0) == ()

    def test_without_issues_nothing_is_asked(self) -> None:
        assert guesses_worth_asking(()) == ()

    @pytest.mark.property
    @given(deals(("told", "observed", "guessed", None)), st.floats(0, 100))
    def test_answers_are_finite_and_in_order(
        self, drawn: Any, walk_away: float
    ) -> None:
        plan, _ = drawn
        guesses = guesses_worth_asking(scores(plan).counted, walk_away)

        assert len(guesses) <= 3
        for guess in guesses:
            assert 0 < guess.effect <= 100 + 1e-9
            assert 0 <= guess.low < guess.high <= 100
