"""How often a deal stays first, against shares that are known."""

from typing import Any

import pytest
from hypothesis import assume, given

from planner.analyses.robustness import robustness
from planner.analyses.scoring import scores
from planner.plan.values import AgreementIssue, Option, Plan, Points
from tests.planner.compared import EACH_OFFICE, SWINGS, deals, offices, worths


class TestRobustness:
    def test_a_deal_that_is_best_on_every_issue_is_always_first(self) -> None:
        counted = offices(SWINGS)
        top = tuple(score.us.index(max(score.us)) for score in counted)
        share = robustness(counted, [*EACH_OFFICE, top], first=6)

        assert share is not None
        assert share.share == 1

    def test_two_opposite_deals_on_two_issues_follow_the_ranking(self) -> None:
        """All weightings that rank the first issue higher prefer its best option."""
        both = (Option(us=0, them=0), Option(us=100, them=0))
        issues = tuple(
            AgreementIssue(id=name, weight=Points(us=w, them=1), options=both)
            for name, w in (("a", 60), ("b", 40))
        )
        counted = scores(Plan(issues=issues)).counted
        choices = [(1, 0), (0, 1)]

        one = robustness(counted, choices)
        other = robustness(counted, choices, ranking=("b", "a"))
        partly = robustness(counted, choices, ranking=("b",))

        assert one is not None
        assert one.share == 1
        assert other is not None
        assert (other.share, other.rival) == (0, 1)
        assert partly == one

    def test_equal_weights_may_come_in_any_order(self) -> None:
        both = (Option(us=0, them=0), Option(us=100, them=0))
        issues = tuple(
            AgreementIssue(id=name, weight=Points(us=50, them=1), options=both)
            for name in "ab"
        )
        share = robustness(scores(Plan(issues=issues)).counted, [(1, 0), (0, 1)])

        assert share is not None
        assert abs(share.share - 0.5) < 5 * share.error

    def test_a_share_that_is_known_is_found(self) -> None:
        """For w falling over three issues, w1 > 1/2 has 3/4 of the weightings.

        The simplex with w1 ≥ w2 ≥ w3 is a sixth of the whole, and so much of the
        corner w1 > 1/2, a quarter of the whole, as has w2 ≥ w3: a half of it.
        """
        both = (Option(us=0, them=0), Option(us=100, them=0))
        issues = tuple(
            AgreementIssue(id=name, weight=Points(us=w, them=1), options=both)
            for name, w in (("a", 50), ("b", 30), ("c", 20))
        )
        counted = scores(Plan(issues=issues)).counted
        share = robustness(counted, [(1, 0, 0), (0, 1, 1)], samples=4_000)

        assert share is not None
        assert share.samples == 4_000
        assert abs(share.share - 0.75) < 5 * share.error

    @pytest.mark.property
    @given(deals(), worths)
    def test_the_same_plan_gives_the_same_share(self, drawn: Any, worth: Any) -> None:
        plan, choices = drawn
        counted = scores(plan).counted
        assume(counted)
        one = robustness(counted, choices, 0, worth, samples=50)

        assert one == robustness(counted, choices, 0, worth, samples=50)
        assert one is not None
        assert 0 <= one.share <= 1
        assert (one.rival is None) == (one.share == 1)

    def test_the_budget_is_kept_and_said(self) -> None:
        counted = offices(SWINGS) * 10
        choices = [choice * 10 for choice in EACH_OFFICE] * 20
        share = robustness(counted, choices, first=119)

        assert share is not None
        assert share.samples == 100


class TestBadInput:
    def test_nothing_compared_has_no_share(self) -> None:
        assert robustness((), ()) is None

    def test_one_deal_is_always_first(self) -> None:
        share = robustness(offices(SWINGS), [EACH_OFFICE[4]])

        assert share is not None
        assert share.share == 1
        assert share.rival is None
        assert share.error > 0

    def test_where_no_option_differs_the_first_stays_first(self) -> None:
        one = AgreementIssue(
            weight=Points(us=10, them=10), options=(Option(us=5, them=5),)
        )
        share = robustness(scores(Plan(issues=(one,))).counted, [(0,), (0,)])

        assert share is not None
        assert share.share == 1
