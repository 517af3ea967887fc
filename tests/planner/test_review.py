"""After the deal: the outcome against the plan."""

from typing import Any

import pytest

from planner.advice.advice import advise
from planner.advice.rules.after_the_deal import SIGNED
from planner.analyses.analysis import Analysis
from planner.analyses.review import Review, pattern, review
from planner.plan.document import read_plan
from tests.planner.changes import changed


def reviewed(worked: dict[str, Any], **outcome: Any) -> Review:
    document = changed(worked, {"/outcome": outcome})
    found = review(Analysis(read_plan(document)))
    assert found is not None
    return found


def test_a_plan_without_an_outcome_has_no_review(worked: dict[str, Any]) -> None:
    assert review(Analysis(read_plan(worked))) is None


def test_value_left_on_the_table_is_what_they_would_not_have_missed(
    worked: dict[str, Any],
) -> None:
    found = reviewed(worked, agreed=True, terms=SIGNED, relationship="same")

    assert found.agreed is not None
    assert found.better is not None
    assert found.left == pytest.approx(found.better.us - found.agreed.us)
    assert (found.left or 0.0) > 0
    assert found.better.them >= found.agreed.them - 1e-9


def test_an_efficient_deal_leaves_nothing(worked: dict[str, Any]) -> None:
    aim = Analysis(read_plan(worked)).play.fair
    assert aim is not None
    terms = {score.issue.id: option.name for score, option in aim.terms}

    found = reviewed(worked, agreed=True, terms=terms)

    assert found.left == 0.0
    assert found.better is None
    assert found.surplus == pytest.approx(aim.us - 28000 / 1200)


def test_an_outcome_without_all_terms_is_reviewed_as_far_as_it_goes(
    worked: dict[str, Any],
) -> None:
    found = reviewed(worked, agreed=True, terms={"price": "€112"}, relationship="worse")

    assert found.agreed is None
    assert found.surplus is None
    assert found.left is None
    assert found.relationship == "worse"


@pytest.mark.parametrize("outcome", [{"agreed": False}, {}], ids=["no deal", "talking"])
def test_terms_that_nobody_agreed_to_are_not_a_deal(
    worked: dict[str, Any], outcome: dict[str, Any]
) -> None:
    """The last that was on the table: worth less than walking away, and wasteful."""
    outcome = {**outcome, "terms": SIGNED}
    changes = {"/outcome": outcome, "/alternatives/us/0/value": 120000}
    found = reviewed(worked, **outcome)
    said = {
        reason.rule.id
        for reason in advise(Analysis(read_plan(changed(worked, changes)))).reasons
    }

    assert found.agreed is None
    assert found.surplus is None
    assert found.left is None
    assert not said & {"left-on-the-table", "signed-below-the-walk-away"}


def test_our_concessions_are_counted_in_their_order(worked: dict[str, Any]) -> None:
    found = reviewed(worked, agreed=False)

    assert found.steps == pytest.approx((10.0,))
    assert found.pattern is None


GIVEN: tuple[dict[str, Any], ...] = (
    {"issue": "disputes", "from": "An independent lab decides", "to": "Court"},
    {"issue": "price", "from": "€106", "to": "€109"},
    {"issue": "service", "from": "5 days, two weeks of stock held", "to": "10 days"},
)


@pytest.mark.parametrize(
    ("rounds", "steps"),
    [
        ((1, 2, 3), (8, 10, 20)),
        ((3, 2, 1), (20, 10, 8)),
        ((1, 1, 2), (18, 20)),
        ((None, None, None), (8, 10, 20)),
    ],
)
def test_our_concessions_count_by_their_rounds_as_in_the_ledger(
    worked: dict[str, Any],
    rounds: tuple[int | None, ...],
    steps: tuple[float, ...],
) -> None:
    moves = [
        move | {"by": "us", "round": number}
        for move, number in zip(GIVEN, rounds, strict=True)
    ]
    found = reviewed(changed(worked, {"/moves": moves}), agreed=True)

    assert found.steps == pytest.approx(steps)


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ((125, 25, 15, 10), "shrinking"),  # the buyer's steps in Elmtree House, B.13
        ((10, 10, 10), "steady"),
        ((5, 10, 20), "growing"),
        ((5, 10, 4), None),
        ((5, 10), None),
        ((), None),
    ],
)
def test_the_pattern_of_concessions_is_named(
    steps: tuple[float, ...], says: str | None
) -> None:
    assert pattern(steps) == says
