"""What an edit did is told in a line, with what undo takes back."""

from typing import Any

import pytest

from planner import editing
from planner.document import FORMAT
from planner.editing import edit
from planner.starters import starter_issues
from planner.telling import told
from tests.plans import fixed_plan


def after(do: dict[str, Any], plan: dict[str, Any]) -> dict[str, str] | None:
    return told(plan, edit(plan, do).document, do)


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("/issues/0", "“Price per 1,000 trays” removed."),
        ("/issues/0/options/1", "“€115” removed."),
        ("/moves/1", "Step 2 removed."),
        ("/offers/0", "Offer 1 removed."),
    ],
)
def test_a_row_that_went_is_named(at: str, says: str) -> None:
    done = after({"remove": at}, fixed_plan("renewal"))
    assert done == {"says": says, "undo": "step"}


def test_a_row_without_a_name_goes_by_its_number() -> None:
    added = edit(fixed_plan("renewal"), {"add": "/issues", "blank": "agreement"})
    done = after({"remove": "/issues/10"}, added.document)
    assert done == {"says": "Issue 11 removed.", "undo": "step"}


def test_an_opened_plan_says_what_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "example", fixed_plan)
    plan = fixed_plan("renewal")
    done = after({"start": "renewal"}, {"format": FORMAT})
    assert done is not None
    assert done["undo"] == "plan"
    deal = [i for i in plan["issues"] if i["kind"] == "agreement"]
    assert done["says"] == (
        f"“{plan['title']}” is open as a new plan: {len(deal)} issues of the deal, "
        f"{len(plan['issues']) - len(deal)} of the relationship, "
        f"{len(plan['moves'])} steps so far."
    )


def test_issues_from_a_list_are_counted() -> None:
    empty = {"format": FORMAT}
    first, *rest = starter_issues("supply")
    one = after({"starter": f"supply/{first['id']}"}, empty)
    assert one == {"says": f"“{first['name']}” added.", "undo": "step"}
    many = after({"starter": "supply"}, empty)
    assert many == {"says": f"{1 + len(rest)} issues added.", "undo": "step"}


@pytest.mark.parametrize(
    "do",
    [{}, {"remove": "/issues/99"}, {"up": "/issues/1"}, {"starter": "nothing"}],
    ids=str,
)
def test_what_changed_nothing_or_is_seen_is_not_told(do: dict[str, str]) -> None:
    assert after(do, fixed_plan("renewal")) is None
