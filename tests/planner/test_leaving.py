"""An alternative as terms: what one would get elsewhere, an option for each issue."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.advice.advice import advise
from planner.analyses.analysis import Analysis
from planner.analyses.leaving import points_of_terms
from planner.plan.document import read_draft, write_plan
from planner.plan.values import SIDES, Plan, Side
from planner.show.page import panel, view
from tests import strategies
from tests.planner.changes import analysed, changed, edit, problems

TERMS = {"price": "€112", "service": "10 days"}


def elsewhere(worked: dict[str, Any], side: Side = "us", **known: Any) -> Any:
    """The worked plan in which a side has one alternative, that is all terms."""
    alternative = {"name": "The other one", "terms": TERMS} | known
    return changed(worked, {f"/alternatives/{side}": [alternative]})


class TestTerms:
    def test_they_count_by_the_points_of_the_sheet(
        self, worked: dict[str, Any]
    ) -> None:
        """Price 20 and the worst elsewhere; half of it at a chance of 50%."""
        known = analysed(elsewhere(worked, chance=0.5))
        [price, service, *_] = known.scores.counted
        middle = price.us[[o.name for o in price.issue.options].index("€112")]

        assert min(service.us) == 0
        assert known.walk_away_points == pytest.approx(middle / 2)

    def test_they_need_no_money_anchor(self, worked: dict[str, Any]) -> None:
        with_one = analysed(elsewhere(worked, chance=1))
        without = analysed(elsewhere(worked, chance=1), {"/money": None})

        assert without.walk_away is None
        assert without.walk_away_points == pytest.approx(with_one.walk_away_points)
        assert "of 100" in advise(without).walk_away

    def test_our_limits_do_not_count(self, worked: dict[str, Any]) -> None:
        limited = analysed(elsewhere(worked, chance=1), {"/issues/0/limit": "€106"})

        assert limited.walk_away_points == pytest.approx(
            analysed(elsewhere(worked, chance=1)).walk_away_points
        )

    def test_theirs_are_as_unsure_as_their_basis(self, worked: dict[str, Any]) -> None:
        told = analysed(elsewhere(worked, "them", chance=1, basis="told")).away
        guessed = analysed(elsewhere(worked, "them", chance=1, basis="guessed")).away

        assert told.low == told.high == pytest.approx(guessed.likely)
        assert guessed.low < told.low < guessed.high  # type: ignore[operator]

    def test_the_sum_wins_and_a_gap_is_asked_about(
        self, worked: dict[str, Any]
    ) -> None:
        document = elsewhere(worked, chance=1, value=200_000)
        analysis = analysed(document)

        assert analysis.walk_away == 200_000
        assert "/alternatives/us/0/value" in [q.at for q in advise(analysis).questions]

    def test_a_sum_that_agrees_is_not_asked_about(self, worked: dict[str, Any]) -> None:
        priced = analysed(elsewhere(worked, chance=1)).walk_away
        both = analysed(elsewhere(worked, chance=1, value=priced))

        asked = [question.at for question in advise(both).questions]
        assert "/alternatives/us/0/value" not in asked

    def test_a_cost_without_an_anchor_is_asked_about_and_not_taken_off(
        self, worked: dict[str, Any]
    ) -> None:
        dear = analysed(elsewhere(worked, chance=1, cost=5_000), {"/money": None})
        free = analysed(elsewhere(worked, chance=1), {"/money": None})

        assert dear.walk_away_points == free.walk_away_points
        assert "/money/worth" in [question.at for question in advise(dear).questions]

    def test_an_option_that_is_none_is_a_problem_and_counts_as_the_worst(
        self, worked: dict[str, Any]
    ) -> None:
        document = elsewhere(worked, chance=1, terms={"price": "€1"})

        assert list(problems(document)) == ["/alternatives/us/0/terms/price"]
        assert analysed(document).walk_away_points is None
        more = elsewhere(worked, chance=1, terms={"price": "€1", "service": "5 days"})
        service = elsewhere(worked, chance=1, terms={"service": "5 days"})
        assert analysed(more).walk_away_points == analysed(service).walk_away_points

    @pytest.mark.parametrize("side", SIDES)
    def test_they_follow_a_removed_issue(
        self, worked: dict[str, Any], side: Side
    ) -> None:
        left = edit(elsewhere(worked, side), {"remove": "/issues/0"}).document

        assert left["alternatives"][side][0]["terms"] == {"service": "10 days"}

    @pytest.mark.parametrize("side", SIDES)
    def test_they_follow_an_option_that_is_renamed(
        self, worked: dict[str, Any], side: Side
    ) -> None:
        names = [option["name"] for option in worked["issues"][0]["options"]]
        option = f"/issues/0/options/{names.index(TERMS['price'])}"

        followers = view(elsewhere(worked, side)).quoted(option)
        assert f"/alternatives/{side}/0/terms/price" in followers

    def test_they_can_be_chosen_on_the_page(self, worked: dict[str, Any]) -> None:
        html = panel("alternatives", view(elsewhere(worked), own=True))
        for name in ("price", "service", "ending"):
            assert f'name="/alternatives/us/0/terms/{name}"' in html


@pytest.mark.property
class TestTermsAndASum:
    """That say the same give the same walk-away."""

    @given(
        strategies.negotiations(exact=True), st.data(), st.sampled_from(["us", "them"])
    )
    def test_they_give_the_same_walk_away(
        self, plan: Plan, data: st.DataObject, side: Side
    ) -> None:
        terms = {
            issue.id: data.draw(st.sampled_from(issue.options)).name
            for issue in plan.agreement.values()
        }
        place = f"/alternatives/{side}/0"
        bare = changed(write_plan(plan), {f"{place}/value": None})
        by_terms = Analysis(read_draft(changed(bare, {f"{place}/terms": terms})).plan)
        worth = {"us": by_terms.point_worth, "them": by_terms.their_point_worth}[side]
        one = getattr(by_terms.typed.alternatives, side)[0]
        points = points_of_terms(one, side, by_terms.scores.counted)
        if worth is None or points is None:
            return
        by_sum = Analysis(
            read_draft(changed(bare, {f"{place}/value": points * worth})).plan
        )

        for end in ("us", "low", "likely", "high"):
            assert getattr(by_sum.away, end) == pytest.approx(
                getattr(by_terms.away, end), rel=1e-9, abs=1e-9
            )
