"""Whether the reader's own answers agree, against trying every repair."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations_with_replacement
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analyses.consistency import (
    Repair,
    contradictions,
    questions,
    ranking_repair,
    repair,
    verdicts,
)
from planner.analyses.scoring import scores
from planner.plan.document import read_plan
from planner.plan.values import AgreementIssue, Comparison, Option, Plan, Points
from tests import strategies
from tests.planner.changes import analysed


def _plan(weights: Sequence[float | None], options: int = 3) -> Plan:
    """Issues a, b, c … with options from worth 0 to worth 100 to us."""
    return Plan(
        issues=tuple(
            AgreementIssue(
                id="abcdefghijkl"[j],
                weight=Points(us=weight, them=1),
                options=tuple(
                    Option(name=f"o{o}", us=100 * o / (options - 1), them=0)
                    for o in range(options)
                ),
            )
            for j, weight in enumerate(weights)
        )
    )


def _ranked(weights: Sequence[float | None], ranking: str) -> Plan:
    return replace(_plan(weights), ranking=tuple(ranking))


def _asked(weights: Sequence[float], *answers: tuple[str, str]) -> Plan:
    """Each answer prefers winning the first issues to winning the second ones."""
    return replace(
        _plan(weights),
        comparisons=tuple(
            Comparison(
                first={i: "o2" if i in one else "o0" for i in one + other},
                second={i: "o2" if i in other else "o0" for i in one + other},
                prefer="first",
            )
            for one, other in answers
        ),
    )


def _repaired(plan: Plan, mended: Repair) -> Plan:
    """The plan with the weights of a repair."""
    issues: list[Any] = list(plan.issues)
    for change in mended.changes:
        i = int(change.at.split("/")[2])
        weight = replace(issues[i].weight, us=change.end)
        issues[i] = replace(issues[i], weight=weight)
    return replace(plan, issues=tuple(issues))


def _least(weights: Sequence[float]) -> tuple[float, int]:
    """The least sum of moves to a falling order and then the fewest, of all ways."""
    falling = combinations_with_replacement(
        sorted(set(weights), reverse=True), len(weights)
    )
    ways = [list(zip(weights, ends, strict=True)) for ends in falling]
    return min(
        (round(sum(abs(w - e) for w, e in way), 7), sum(w != e for w, e in way))
        for way in ways
    )


class TestRanking:
    def test_an_issue_that_is_ranked_higher_and_weighs_less_contradicts(self) -> None:
        (found,) = contradictions(_ranked([30, 50, 20], "abc"))

        assert (found.above, found.below, found.by) == ("/issues/0", "/issues/1", 20)

    def test_the_worst_comes_first(self) -> None:
        found = contradictions(_ranked([10, 20, 40], "abc"))

        assert [each.by for each in found] == [30, 20, 10]

    def test_equal_weights_contradict_no_ranking(self) -> None:
        plan = _ranked([20, 20, 20], "cab")

        assert contradictions(plan) == ()
        assert ranking_repair(plan) is None

    def test_what_is_not_ranked_or_not_weighed_says_nothing(self) -> None:
        assert contradictions(_ranked([10, None, 90], "ab")) == ()
        assert contradictions(_ranked([10, 20], "")) == ()
        assert contradictions(_ranked([10, 20], "axxa")) == ()
        assert ranking_repair(Plan()) is None

    def test_one_weight_is_changed_where_one_is_enough(self) -> None:
        mended = ranking_repair(_ranked([40, 10, 30, 20], "abcd"))

        assert mended is not None
        (change,) = mended.changes
        assert (change.at, change.start, change.end) == ("/issues/1/weight/us", 10, 30)
        assert mended.size == 20
        assert mended.least

    def test_the_worked_plan_has_no_ranking_to_contradict(
        self, worked: dict[str, Any]
    ) -> None:
        assert contradictions(read_plan({**worked, "ranking": None})) == ()

    @pytest.mark.property
    @given(
        st.lists(st.integers(0, 100).map(float) | strategies.points, max_size=6),
        st.randoms(use_true_random=False),
    )
    def test_repaired_nothing_contradicts_and_no_smaller_change_would_do(
        self, weights: list[float], random: Any
    ) -> None:
        ranking = list("abcdef"[: len(weights)])
        random.shuffle(ranking)
        plan = _ranked(weights, "".join(ranking))
        mended = ranking_repair(plan)

        assert (mended is None) == (contradictions(plan) == ())
        if mended is not None:
            ordered = [weights["abcdef".index(i)] for i in ranking]
            assert contradictions(_repaired(plan, mended)) == ()
            size, moved = _least(ordered)
            assert mended.size == pytest.approx(size, abs=1e-6)
            assert len(mended.changes) >= moved


class TestQuestions:
    """Three package pairs that the weights decide, clearly but not trivially."""

    def test_the_worked_plan_asks_three(self, worked: dict[str, Any]) -> None:
        asked = questions(analysed(worked).counted)

        assert len(asked) == 3
        assert len({tuple(q.comparison.first.items()) for q in asked}) == 3

    @pytest.mark.property
    @given(st.lists(st.integers(0, 100).map(float), min_size=1, max_size=12))
    def test_each_is_decided_but_neither_package_is_better_throughout(
        self, weights: list[float]
    ) -> None:
        counted = scores(_plan(weights)).counted
        by_id = {score.issue.id: score for score in counted}
        asked = questions(counted)

        assert len(asked) <= 3
        for question in asked:
            one, other = question.comparison.first, question.comparison.second
            worths = sorted((question.first, question.second))
            assert 0.25 * worths[1] <= worths[0] + 1e-9 <= 0.9 * worths[1] + 1e-6
            assert one.keys() == other.keys()
            better = {one[i] > other[i] for i in one}
            assert better == {True, False}
            points = sum(by_id[i].us[int(name[1])] for i, name in one.items())
            assert points == pytest.approx(question.first)

    @pytest.mark.property
    @given(st.lists(st.integers(0, 100).map(float), min_size=1, max_size=8))
    def test_answered_as_expected_the_weights_agree(self, weights: list[float]) -> None:
        plan = _plan(weights)
        asked = questions(scores(plan).counted)
        answered = replace(
            plan,
            comparisons=tuple(
                replace(q.comparison, prefer=q.expects)  # type: ignore[arg-type]
                for q in asked
            ),
        )
        counted = scores(answered).counted

        assert all(v.agrees for v in verdicts(answered, counted))
        assert repair(answered, counted) is None

    @pytest.mark.parametrize("weights", [[], [10], [0, 0], [50, 50], [100, 1]])
    def test_where_nothing_is_in_question_nothing_is_asked(
        self, weights: list[float]
    ) -> None:
        """One issue, no weights, equal weights, and one that decides everything."""
        assert questions(scores(_plan(weights)).counted) == ()

    def test_only_options_within_our_limits_are_offered(
        self, worked: dict[str, Any]
    ) -> None:
        for question in questions(analysed(worked).counted):
            terms = (*question.comparison.first.items(),)
            terms += (*question.comparison.second.items(),)
            assert ("price", "€118") not in terms

    def test_an_issue_that_has_no_name_to_ask_by_is_not_asked_about(self) -> None:
        plan = _plan([50, 30])
        issues = tuple(replace(issue, id=None) for issue in plan.issues)

        assert questions(scores(replace(plan, issues=issues)).counted) == ()


class TestAnswers:
    def test_an_answer_against_the_weights_is_found(self) -> None:
        plan = _asked([50, 30, 20], ("b", "a"), ("a", "c"))
        wrong, right = verdicts(plan, scores(plan).counted)

        assert (wrong.at, wrong.agrees) == ("/comparisons/0", False)
        assert (wrong.first, wrong.second) == (30, 50)
        assert (right.at, right.agrees) == ("/comparisons/1", True)

    def test_a_tie_agrees_with_either_answer(self) -> None:
        plan = _asked([50, 50], ("b", "a"), ("a", "b"))

        assert [v.agrees for v in verdicts(plan, scores(plan).counted)] == [True, True]

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ({}, {}),
            ({"a": "o2"}, {"b": "o2"}),
            ({"a": "o2", "x": "o1"}, {"a": "o0", "x": "o1"}),
            ({"a": "gone"}, {"a": "o1"}),
        ],
    )
    def test_what_cannot_be_compared_stays_unknown(
        self, first: dict[str, str], second: dict[str, str]
    ) -> None:
        asked = Comparison(first=first, second=second, prefer="first")
        plan = replace(_plan([50, 30]), comparisons=(asked,))
        counted = scores(plan).counted

        assert [v.agrees for v in verdicts(plan, counted)] == [None]
        assert repair(plan, counted) is None

    def test_what_is_not_answered_is_not_judged(self) -> None:
        plan = replace(_plan([50, 30]), comparisons=(Comparison(first={"a": "o1"}),))

        assert verdicts(plan, scores(plan).counted) == ()

    def test_the_least_change_of_one_weight_repairs_it(self) -> None:
        """Winning b and c, 45 points, is preferred to winning a, 50."""
        plan = _asked([50, 30, 15], ("bc", "a"))
        mended = repair(plan, scores(plan).counted)

        assert mended is not None
        assert mended.single
        assert mended.least
        assert mended.size == pytest.approx(5)
        assert len(mended.changes) == 1

    def test_answers_that_contradict_each_other_have_no_repair_but_a_tie(self) -> None:
        plan = _asked([50, 30], ("a", "b"), ("b", "a"))
        mended = repair(plan, scores(plan).counted)

        assert mended is not None
        assert mended.size == pytest.approx(20)

    def test_answers_that_no_weights_give_have_no_repair(self) -> None:
        """Preferring the worst to the best on an issue that alone is at stake."""
        worse = Comparison(first={"a": "o0"}, second={"a": "o2"}, prefer="first")
        plan = replace(_plan([50]), comparisons=(worse,))

        assert repair(plan, scores(plan).counted) is None

    def test_two_weights_are_changed_where_one_is_not_enough(self) -> None:
        plan = _asked([60, 10, 50, 10], ("b", "a"), ("d", "c"))
        mended = repair(plan, scores(plan).counted)

        assert mended is not None
        assert not mended.single
        assert not mended.least
        assert len(mended.changes) >= 2
        after = _repaired(plan, mended)
        assert all(v.agrees for v in verdicts(after, scores(after).counted))

    def test_all_weights_zero_is_nothing_to_compare(self) -> None:
        plan = _asked([0, 0], ("a", "b"))
        counted = scores(plan).counted

        assert [v.agrees for v in verdicts(plan, counted)] == [None]
        assert repair(plan, counted) is None


_sets = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "ab", "c"]), st.sampled_from(["d", "e", "de", "f"])
    ).flatmap(lambda pair: st.sampled_from([pair, pair[::-1]])),
    min_size=1,
    max_size=4,
)


@pytest.mark.property
class TestRepair:
    """After it every answer agrees, and no single weight would have done with less."""

    @given(st.lists(st.integers(1, 100), min_size=6, max_size=6), _sets)
    def test_after_it_every_answer_agrees(
        self, weights: list[float], answers: list[tuple[str, str]]
    ) -> None:
        plan = _asked(weights, *answers)
        counted = scores(plan).counted
        mended = repair(plan, counted)
        agreed = all(v.agrees for v in verdicts(plan, counted))

        assert mended is None or not agreed
        if mended is not None:
            after = _repaired(plan, mended)
            assert all(v.agrees for v in verdicts(after, scores(after).counted))
            assert all(0 <= change.end <= 100 for change in mended.changes)

    @given(st.lists(st.integers(1, 100), min_size=6, max_size=6), _sets)
    def test_no_smaller_change_of_one_weight_would_do(
        self, weights: list[float], answers: list[tuple[str, str]]
    ) -> None:
        plan = _asked(weights, *answers)
        mended = repair(plan, scores(plan).counted)
        if _agreed(plan):
            return
        for j in range(6):
            for value in range(0, 101, 10):
                other = [*weights[:j], value, *weights[j + 1 :]]
                if _agreed(_asked(other, *answers)):
                    assert mended is not None
                    assert mended.single
                    assert mended.size <= abs(value - weights[j]) + 1e-6


def _agreed(plan: Plan) -> bool:
    return all(v.agrees for v in verdicts(plan, scores(plan).counted))


def test_the_office_s_weights_agree_with_goodwin_and_wright_s_ranking() -> None:
    """Swings 100, 80, 70, 30, 20, 10 (oracles.md#b8); swapped, they would not."""
    swings = (100, 80, 70, 30, 20, 10)

    assert contradictions(_ranked(swings, "abcdef")) == ()
    (found,) = contradictions(_ranked(swings, "abcdfe"))
    assert found.by == 10
    mended = ranking_repair(_ranked(swings, "bacdef"))
    assert mended is not None
    assert mended.size == 20
