"""Plans that are odd on purpose: each gets a defined answer, and nothing raises."""

import json
from math import isfinite
from typing import Any

import pytest

from planner.analyses.analysis import Analysis
from planner.analyses.assumed import RATE
from planner.plan.document import read_draft
from planner.respond import respond
from planner.show.charts import deals_chart
from planner.show.page import panel, view
from tests.planner.changes import changed

OURS = [f"/issues/{i}/weight/us" for i in range(6)]
ALIKE = {"name": "A", "us": 50, "them": 50}

ODD: dict[str, dict[str, Any]] = {
    "weights all zero": dict.fromkeys(OURS, 0),
    "one option only": {f"/issues/{i}/options": [ALIKE] for i in range(6)}
    | {f"/issues/{i}/limit": None for i in range(6)}
    | {f"/issues/{i}/target": None for i in range(6)}
    | {"/moves": [], "/offers": [], "/money": None},
    "a limit that only the best option meets": {
        "/issues/0/limit": "€106",
        "/issues/0/target": "€106",
    },
    "both sides wanting the same": {
        f"/issues/{i}/options": [
            {"name": "Bad", "us": 0, "them": 0},
            {"name": "Good", "us": 100, "them": 100},
        ]
        for i in range(6)
    }
    | {f"/issues/{i}/limit": None for i in range(6)}
    | {f"/issues/{i}/target": None for i in range(6)}
    | {"/moves": [], "/offers": [], "/money": None},
    "no alternative": {"/alternatives": None},
    "a chance of 0": {"/future/continue_chance": 0},
    "a chance of 1": {"/future/continue_chance": 1},
    "a chance of 1 and no discount": {
        "/future/continue_chance": 1,
        "/future/discount_rate": 0,
    },
    "a negative yearly gain": {"/future/us/yearly_gain": -60000},
    "a rate of -100%": {"/future/discount_rate": -1, "/future/growth": -1},
    "huge numbers": {"/future/us/yearly_gain": 1e15, "/money/worth": 1e15},
    "a ranking of nothing": {"/issues": [None, None], "/ranking": [None]},
    "tiny numbers": {"/future/us/yearly_gain": 1e-300, "/money/worth": 1e-300},
}


def numbers(data: Any) -> list[float]:
    if isinstance(data, dict):
        return [n for value in data.values() for n in numbers(value)]
    if isinstance(data, list):
        return [n for value in data for n in numbers(value)]
    return [data] if isinstance(data, float) else []


@pytest.mark.parametrize("name", ODD)
def test_the_page_gets_an_answer_in_finite_numbers(
    name: str, worked: dict[str, Any]
) -> None:
    request = {"id": 1, "plan": changed(worked, ODD[name]), "own": True}

    answer = json.loads(respond(json.dumps(request)))

    assert answer["refused"] is False
    assert "advice" in answer["html"]
    assert all(map(isfinite, numbers(answer)))
    assert " nan" not in answer["html"]["advice"].lower()
    assert "inf " not in answer["html"]["advice"].lower()


def analysed(name: str, worked: dict[str, Any]) -> Analysis:
    return Analysis(read_draft(changed(worked, ODD[name])).plan)


def test_without_weights_there_is_a_question_and_no_frontier(
    worked: dict[str, Any],
) -> None:
    known = analysed("weights all zero", worked)

    assert known.frontier == ()
    assert any("All weights are 0" in gap.asks for gap in known.scores.gaps)


def test_where_both_want_the_same_there_is_one_efficient_deal(
    worked: dict[str, Any],
) -> None:
    known = analysed("both sides wanting the same", worked)

    assert len(known.frontier) == 1
    assert known.play.fair is not None
    assert (known.play.fair.us, known.play.fair.them) == pytest.approx((100, 100))
    assert known.play.trades == ()


def test_without_an_alternative_the_walk_away_is_unknown_and_not_zero(
    worked: dict[str, Any],
) -> None:
    assert analysed("no alternative", worked).walk_away is None


def test_a_future_that_is_sure_to_end_is_worth_nothing(worked: dict[str, Any]) -> None:
    known = analysed("a chance of 0", worked)

    assert known.relationship.value == 0
    assert known.relationship.ours.holds is False


def test_a_future_without_bound_is_a_problem_and_not_a_number(
    worked: dict[str, Any],
) -> None:
    draft = read_draft(changed(worked, ODD["a chance of 1 and no discount"]))

    assert [problem.at for problem in draft.problems] == ["/future/discount_rate"]
    assert Analysis(draft.plan).assumed["/future/discount_rate"] == RATE


def test_a_gain_below_zero_buys_no_goodwill(worked: dict[str, Any]) -> None:
    assert analysed("a negative yearly gain", worked).relationship.premium == 0


def test_one_issue_with_two_ends_has_nothing_to_trade_and_says_so() -> None:
    """Either end leaves one side with nothing; the better for us is the aim."""
    price = {
        "id": "price",
        "name": "Price",
        "kind": "agreement",
        "target": "high",
        "weight": {"us": 100, "them": 100},
        "options": [
            {"name": "low", "us": 100, "them": 0},
            {"name": "high", "us": 0, "them": 100},
        ],
    }
    document = {"format": "negotiation-plan/1", "issues": [price]}
    shown = view(document)
    drawn = deals_chart(shown.analysis)

    assert shown.analysis.play.trades == ()
    assert "None from where you both stand" in panel("packages", shown)
    assert "one-issue-is-everything" in {
        reason.rule.id for reason in shown.advice.applying
    }
    assert drawn is not None
    assert {mark.label for mark in drawn.marks} >= {"Aim, Fair, Opening, N, K, E, U"}
