"""The offer being composed: its points, what is better for both, and who counts it."""

from itertools import product
from typing import Any

import pytest

from planner.analyses.analysis import Analysis
from planner.analyses.trades import LEAST_NET
from planner.edits.commands import read_command
from planner.plan.address import look_up, replaced
from planner.plan.document import read_draft
from planner.show.composer import composer, composing
from planner.show.data import as_data
from planner.show.page import view
from tests.planner.changes import analysed, edit, problems
from tests.plans import FIXED, fixed_plan

every_plan = pytest.mark.parametrize("name", FIXED)


def terms_of(analysis: Analysis, choice: tuple[int, ...]) -> dict[str, str]:
    """The terms of the deal that takes so many an option of each counted issue."""
    return {
        score.issue.id or "": score.issue.options[i].name or ""
        for score, i in zip(analysis.counted, choice, strict=True)
    }


def worst_for_both(analysis: Analysis) -> dict[str, str]:
    """On each issue the option that is worth least to both together."""
    return {
        score.issue.id or "": min(
            zip(score.us, score.them, score.issue.options, strict=True),
            key=lambda each: each[0] + each[1],
        )[2].name
        or ""
        for score in analysis.counted
    }


class TestPoints:
    @every_plan
    def test_are_those_that_the_aim_has_in_the_advice(self, name: str) -> None:
        shown = view(fixed_plan(name))
        told = as_data(shown.draft, shown.analysis, shown.advice)["analyses"]["play"]
        composed = shown.analysis.compose(told["aim"]["terms"])

        assert composed.whole
        assert composed.us == pytest.approx(told["aim"]["us"])
        assert composed.them == pytest.approx(told["aim"]["them"])

    def test_of_a_part_are_those_of_the_options_it_names(self) -> None:
        analysis = analysed(fixed_plan("renewal"))
        first, *rest = analysis.counted
        composed = analysis.compose({"price": first.issue.options[0].name or ""})

        assert (composed.us, composed.them) == (first.us[0], first.them[0])
        assert composed.open == tuple(rest)
        assert not composed.whole

    def test_are_not_given_for_what_is_no_option(self) -> None:
        analysis = analysed(fixed_plan("renewal"))
        composed = analysis.compose({"price": "€1", "gone": "€118"})

        assert composed.chosen == ()
        assert (composed.us, composed.them) == (0, 0)

    def test_say_which_option_is_beyond_the_limit(self) -> None:
        analysis = analysed(fixed_plan("renewal"))
        composed = analysis.compose({"price": "€118"})

        assert [score.issue.id for score, _ in composed.beyond] == ["price"]


class TestBetterForBoth:
    @every_plan
    def test_costs_neither_side_and_brings_one_a_point(self, name: str) -> None:
        analysis = analysed(fixed_plan(name))
        ranges = [range(len(score.issue.options)) for score in analysis.counted]
        for choice in list(product(*ranges))[::7]:
            composed = analysis.compose(terms_of(analysis, choice))
            for side in ("us", "them"):
                assert sum(getattr(s, side) for s in composed.better) >= -1e-6
            if composed.better:
                most = max(
                    sum(getattr(s, side) for s in composed.better)
                    for side in ("us", "them")
                )
                assert most >= LEAST_NET - 1e-6

    @every_plan
    def test_is_never_found_for_an_efficient_deal(self, name: str) -> None:
        analysis = analysed(fixed_plan(name))
        for package in analysis.frontier:
            terms = {s.issue.id or "": o.name or "" for s, o in package.terms}

            assert analysis.compose(terms).better == ()

    @every_plan
    def test_is_found_where_a_deal_within_the_limits_is(self, name: str) -> None:
        """Held to every deal there is, one by one."""
        analysis = analysed(fixed_plan(name))
        ranges = [range(len(score.issue.options)) for score in analysis.counted]
        for choice in list(product(*ranges))[::101]:
            composed = analysis.compose(terms_of(analysis, choice))
            exists = any(
                us >= composed.us
                and them >= composed.them
                and max(us - composed.us, them - composed.them) >= LEAST_NET
                for us, them in analysis.deals
            )

            assert composed.better or not exists

    def test_of_an_offer_not_yet_whole_is_one_change_of_an_issue_by_itself(
        self,
    ) -> None:
        analysis = analysed(fixed_plan("renewal"))
        composed = analysis.compose({"disputes": "Court"})
        [step] = composed.better

        assert step.score.issue.id == "disputes"
        assert step.start.name == "Court"
        assert min(step.us, step.them) >= 0

    def test_taken_is_worth_what_it_says(self) -> None:
        analysis = analysed(fixed_plan("renewal"))
        told = composer(analysis, worst_for_both(analysis))
        assert told is not None
        after = analysis.compose(told.instead)

        assert after.us == pytest.approx(
            told.composed.us + sum(step.us for step in told.composed.better)
        )
        assert after.us >= told.composed.us
        assert after.them >= told.composed.them


class TestNothingCountsIt:
    @every_plan
    def test_the_advice_is_the_same_with_it(self, name: str) -> None:
        before = view(fixed_plan(name))
        terms = terms_of(before.analysis, tuple(0 for _ in before.analysis.counted))
        after = view(fixed_plan(name) | {"composing": terms})
        told = [as_data(s.draft, s.analysis, s.advice) for s in (before, after)]

        assert told[0] == told[1]

    def test_what_was_worked_out_is_taken_over_and_else_is_not(self) -> None:
        before = view(fixed_plan("renewal"))
        composed = fixed_plan("renewal") | {"composing": {"price": "€112"}}
        heavier = replaced(composed, "/issues/0/weight/us", 50)

        assert view(composed, known=before).analysis is before.analysis
        assert view(heavier, known=before).analysis is not before.analysis


class TestOffering:
    @pytest.mark.parametrize("by", ["us", "them"])
    def test_writes_it_among_the_offers_with_its_day(self, by: str) -> None:
        plan = fixed_plan("renewal") | {"composing": {"price": "€112"}}
        edited = edit(plan, {"offer": by, "date": "2026-12-01"})

        assert look_up(edited.document, "/offers")[-1] == {
            "by": by,
            "date": "2026-12-01",
            "terms": {"price": "€112"},
        }
        assert look_up(edited.document, "/composing") == {"price": "€112"}
        assert problems(edited.document) == {}

    def test_of_nothing_is_nothing(self) -> None:
        plan = fixed_plan("renewal")

        assert edit(plan, {"offer": "us", "date": "2026-12-01"}).document == plan

    def test_clearing_it_leaves_no_trace(self) -> None:
        plan = fixed_plan("renewal")
        composed = edit(plan, {"compose": {"price": "€112", "duties": 3}})

        assert look_up(composed.document, "/composing") == {"price": "€112"}
        assert edit(composed.document, {"compose": {}}).document == plan
        assert read_command({"compose": []}) is None


class TestAnIssueOrAnOptionThatChanges:
    def composing(self) -> dict[str, Any]:
        return fixed_plan("renewal") | {
            "composing": {"price": "€112", "disputes": "Court"}
        }

    def test_that_goes_takes_its_term_along(self) -> None:
        gone = edit(self.composing(), {"remove": "/issues/0"}).document

        assert look_up(gone, "/composing") == {"disputes": "Court"}

    def test_an_option_that_goes_takes_its_term_along(self) -> None:
        options = look_up(self.composing(), "/issues/0/options")
        i = [option["name"] for option in options].index("€112")
        gone = edit(self.composing(), {"remove": f"/issues/0/options/{i}"}).document

        assert look_up(gone, "/composing") == {"disputes": "Court"}

    def test_an_option_that_is_renamed_is_renamed_in_it(self) -> None:
        shown = view(self.composing())
        options = look_up(self.composing(), "/issues/0/options")
        i = [option["name"] for option in options].index("€112")

        assert "/composing/price" in shown.quoted(f"/issues/0/options/{i}")

    def test_a_term_of_no_issue_has_its_place_and_a_way_out(self) -> None:
        document = fixed_plan("renewal") | {"composing": {"gone": "€112"}}
        shown = view(document)

        assert read_draft(document).problems[0].at == "/composing/gone"
        assert composing(shown).strangers == (("/composing/gone", {}),)
