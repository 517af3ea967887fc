"""What each option of each issue is worth to each side, in points."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analyses.analysis import Analysis
from planner.analyses.scoring import Scores, scores
from planner.plan.document import read_plan
from planner.plan.values import AgreementIssue, Option, Plan, Points
from tests import strategies
from tests.planner.changes import analysed, changed


@st.composite
def scorable(
    draw: st.DrawFn, values: st.SearchStrategy[float] = strategies.points
) -> Plan:
    """A plan whose every issue of the deal can be scored."""
    issues = draw(strategies.additive_issues(values))
    return Plan(
        issues=tuple(
            AgreementIssue(
                id=f"i{i}",
                name=f"Issue {i}",
                weight=Points(us=draw(st.floats(1, 100)), them=draw(st.floats(1, 100))),
                options=tuple(
                    Option(name=f"o{o}", us=us, them=them)
                    for o, (us, them) in enumerate(options)
                ),
            )
            for i, options in enumerate(issues)
        )
    )


def _rescaled(plan: Plan, scale: Callable[[float | None], float]) -> Plan:
    """The plan with option values on another scale for us."""
    return replace(
        plan,
        issues=tuple(
            replace(
                issue,
                options=tuple(replace(o, us=scale(o.us)) for o in issue.options),
            )
            for issue in plan.agreement.values()
        ),
    )


def _worth(known: Scores) -> list[float]:
    return [value for score in known.counted for value in (*score.us, *score.them)]


@pytest.mark.property
class TestPoints:
    """Over all issues a side's best options add up to 100 and its worst to 0."""

    @given(scorable())
    def test_the_best_options_add_up_to_100(self, plan: Plan) -> None:
        counted = scores(plan).counted

        for side in ("us", "them"):
            worths = [getattr(score, side) for score in counted]
            best = sum(map(max, worths))
            differ = any(max(worth) > min(worth) for worth in worths)
            assert best == pytest.approx(100 if differ else 0)

    @given(scorable())
    def test_the_worst_add_up_to_0(self, plan: Plan) -> None:
        counted = scores(plan).counted

        assert [min(score.us) for score in counted] == [0] * len(counted)
        assert [min(score.them) for score in counted] == [0] * len(counted)

    @given(scorable(strategies.whole_points))
    def test_rescaling_option_values_changes_nothing(self, plan: Plan) -> None:
        rescaled = _rescaled(plan, lambda value: (value or 0) / 4 + 25)

        assert _worth(scores(rescaled)) == pytest.approx(_worth(scores(plan)), abs=1e-6)

    @given(scorable(strategies.whole_points))
    def test_rescaling_points_changes_no_stance(self, plan: Plan) -> None:
        rescaled = _rescaled(plan, lambda value: (value or 0) / 4 + 25)

        assert Analysis(rescaled).stance is Analysis(plan).stance

    @given(scorable(), st.data())
    def test_one_weight_moved_leaves_the_others_in_proportion(
        self, plan: Plan, data: st.DataObject
    ) -> None:
        which = data.draw(st.sampled_from(plan.issues))
        assert isinstance(which, AgreementIssue)
        heavier = replace(which, weight=Points(us=100, them=which.weight.them))
        moved = replace(
            plan, issues=tuple(heavier if i is which else i for i in plan.issues)
        )
        before, after = (
            {s.issue.id: max(s.us) for s in scores(p).counted} for p in (plan, moved)
        )
        others = {*before} - {which.id}
        rest, left = (sum(shares[i] for i in others) for shares in (before, after))

        assert sum(after.values()) == pytest.approx(sum(before.values()))
        for i in others:
            assert after[i] * rest == pytest.approx(before[i] * left, abs=1e-6)

    @given(scorable())
    def test_halving_all_weights_changes_nothing(self, plan: Plan) -> None:
        halved = replace(
            plan,
            issues=tuple(
                replace(
                    issue,
                    weight=Points(
                        us=(issue.weight.us or 0) / 2, them=issue.weight.them
                    ),
                )
                for issue in plan.agreement.values()
            ),
        )

        assert _worth(scores(halved)) == pytest.approx(_worth(scores(plan)))

    @given(strategies.plans)
    def test_what_is_not_counted_is_asked_about(self, plan: Plan) -> None:
        known = scores(plan)

        counted = {score.at for score in known.counted}
        asked = {"/".join(gap.at.split("/")[:3]) for gap in known.gaps}
        zero = any("All weights are 0" in gap.asks for gap in known.gaps)
        assert zero or counted | asked == set(plan.agreement)
        assert not counted & asked


def test_the_worked_example_is_scored_as_it_says(worked: dict[str, Any]) -> None:
    """Its weights add up to 100 and its option values run from 0 to 100."""
    price, service, *_ = scores(read_plan(worked)).counted

    assert price.us == (0, 10, 20, 30, 40)
    assert price.them == (35, 26.25, 17.5, 8.75, 0)
    assert service.us == (0, 12, 20)
    assert (price.swing_us, price.swing_them) == (40, 35)


def test_edwards_and_barron_s_swing_weights_are_normalised() -> None:
    """Goodwin and Wright's office: swings 100, 80, 70, 30, 20, 10 (oracles.md#b8)."""
    swings = (100, 80, 70, 30, 20, 10)
    both = (Option(name="worst", us=0, them=0), Option(name="best", us=100, them=100))
    plan = Plan(
        issues=tuple(
            AgreementIssue(
                id=str(swing),
                name=str(swing),
                weight=Points(us=swing, them=1),
                options=both,
            )
            for swing in swings
        )
    )

    rounded = [round(score.swing_us) for score in scores(plan).counted]

    assert rounded == [32, 26, 23, 10, 6, 3]


class TestGaps:
    """An issue with an unanswered figure is left out and asked about.

    So it is where nothing is assumed: see test_assumed.py.
    """

    @pytest.mark.parametrize(
        ("at", "asks"),
        [
            ("/issues/1/weight/us", "How much does Delivery and stock matter to you?"),
            (
                "/issues/1/weight/them",
                "How much does Delivery and stock matter to them?",
            ),
            (
                "/issues/1/options/1/us",
                "What is “5 days” on Delivery and stock worth to you?",
            ),
            (
                "/issues/1/options/1/them",
                "What is “5 days” on Delivery and stock worth to them?",
            ),
        ],
    )
    def test_a_figure_that_is_not_given_is_asked_for(
        self, worked: dict[str, Any], at: str, asks: str
    ) -> None:
        known = scores(read_plan(changed(worked, {at: None})))

        assert [(gap.at, gap.asks) for gap in known.gaps] == [(at, asks)]
        assert "/issues/1" not in [score.at for score in known.counted]
        assert sum(score.swing_us for score in known.counted) == pytest.approx(100)

    def test_an_issue_without_options_is_asked_how_it_could_be_settled(
        self, worked: dict[str, Any]
    ) -> None:
        changes: dict[str, Any] = {
            "/issues/3/options": [],
            "/issues/3/target": None,
            "/offers": [],
        }
        known = analysed(worked, changes).scores

        assert [(gap.at, gap.asks) for gap in known.gaps] == [
            ("/issues/3/options", "How could Quality disputes be settled?")
        ]

    def test_the_tenth_issue_is_not_taken_for_the_first(
        self, worked: dict[str, Any]
    ) -> None:
        more = {"id": "x", "kind": "agreement", "name": "X"}
        known = analysed(worked, {"/issues/10": more}).scores

        assert "/issues/1" in [score.at for score in known.counted]
        assert {gap.at.split("/")[2] for gap in known.gaps} == {"10"}

    @pytest.mark.parametrize("side", ["us", "them"])
    def test_weights_that_are_all_zero_are_one_question(
        self, worked: dict[str, Any], side: str
    ) -> None:
        zero = {f"/issues/{i}/weight/{side}": 0 for i in range(6)}
        known = analysed(worked, zero).scores

        assert known.counted == ()
        assert [(gap.at, gap.asks) for gap in known.gaps] == [
            (
                f"/issues/0/weight/{side}",
                "Which issue matters most? All weights are 0.",
            )
        ]

    def test_one_weight_of_zero_is_an_answer(self, worked: dict[str, Any]) -> None:
        known = analysed(worked, {"/issues/0/weight/us": 0}).scores

        assert known.gaps == ()
        assert known.counted[0].us == (0, 0, 0, 0, 0)


def test_an_issue_with_one_way_out_carries_no_points(worked: dict[str, Any]) -> None:
    """It matters, but no deal differs by it: the other issues share the 100."""
    settled = changed(
        worked,
        {"/issues/0/options": [{"name": "€115", "us": 25, "them": 75}], "/moves": []},
    )
    known = analysed(settled, {"/issues/0/target": None}).scores

    assert known.counted[0].swing_us == 0
    assert sum(score.swing_us for score in known.counted) == pytest.approx(100)


class TestLimits:
    """``allowed`` lists the options that are no worse for us than our limit."""

    def test_without_a_limit_every_option_is_allowed(
        self, worked: dict[str, Any]
    ) -> None:
        known = analysed(worked, {"/issues/0/limit": None}).scores

        assert known.counted[0].allowed == (0, 1, 2, 3, 4)

    def test_what_is_worse_than_the_limit_is_not(self, worked: dict[str, Any]) -> None:
        known = analysed(worked, {"/issues/0/limit": "€112"}).scores

        assert known.counted[0].allowed == (2, 3, 4)

    def test_no_efficient_deal_breaks_a_limit(self, worked: dict[str, Any]) -> None:
        """A deal below our limit is never recommended."""
        analysis = analysed(worked, {"/issues/0/limit": "€112"})

        prices = {p.terms[0][1].name for p in analysis.frontier}
        assert prices <= {"€112", "€109", "€106"}


RANKED = {f"/issues/{i}/weight/us": None for i in range(6)} | {
    "/ranking": ["price", "service", "duties", "tooling", "ending", "disputes"]
}


def test_a_ranking_alone_makes_weights_and_says_so(worked: dict[str, Any]) -> None:
    """Rank-sum for six issues: 6 and 1 of 21, oracles.md#b8."""
    made = scores(read_plan(changed(worked, RANKED)))

    assert made.counted[0].swing_us == pytest.approx(100 * 6 / 21)
    assert made.counted[3].swing_us == pytest.approx(100 * 1 / 21)
    assert made.disclosure


def test_a_single_weight_of_ours_puts_the_ranking_aside(
    worked: dict[str, Any],
) -> None:
    made = scores(read_plan(changed(worked, RANKED | {"/issues/0/weight/us": 40})))

    assert made.disclosure == ""
    assert any(gap.at == "/issues/1/weight/us" for gap in made.gaps)
