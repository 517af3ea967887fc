"""What an edit did is told in a line, with what undo takes back."""

import json
from typing import Any

import pytest

from planner.edits import commands
from planner.edits.commands import Notice, execute, read_command
from planner.edits.examples import example
from planner.edits.lists import Source, read_list
from planner.edits.starters import starter_issues
from planner.plan.document import FORMAT
from planner.show.page import embedded, view
from tests.planner.changes import edit
from tests.plans import fixed_plan


def after(do: dict[str, Any], plan: dict[str, Any]) -> Notice | None:
    return execute(read_command(do), plan).notice


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
    monkeypatch.setattr(commands, "example", fixed_plan)
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


def test_an_opened_plan_says_what_of_it_is_not_known_here() -> None:
    odd = {**example("renewal"), "futur": {}, "x" * 99: 1}
    odd["future"]["continue_chansse"] = 0.5
    opened = {"open": json.dumps(odd)}
    done = after(opened, {"format": FORMAT})
    known = after({"start": "renewal"}, {"format": FORMAT})
    assert done is not None
    assert known is not None
    assert done["says"] == known["says"] + (
        f" Kept, but unknown here: “continue_chansse”, “futur” and “{'x' * 40}”."
    )


def test_issues_from_a_list_are_counted() -> None:
    empty = {"format": FORMAT}
    first, *rest = starter_issues("supply")
    one = after({"starter": f"supply/{first['id']}"}, empty)
    assert one == {"says": f"“{first['name']}” added.", "undo": "step"}
    many = after({"starter": "supply"}, empty)
    assert many == {"says": f"{1 + len(rest)} issues added.", "undo": "step"}


def test_what_was_there_of_a_list_is_named() -> None:
    named = starter_issues("supply")
    first, second, third, *rest = (issue["name"] for issue in named)
    some = after({"starter": "supply"}, {"format": FORMAT, "issues": named[:2]})
    assert some == {
        "says": f"{len(named) - 2} issues added; “{first}” and “{second}” were there "
        "already.",
        "undo": "step",
    }
    most = after({"starter": "supply"}, {"format": FORMAT, "issues": named[:-1]})
    assert most == {
        "says": f"“{rest[-1]}” added; “{first}”, “{second}”, “{third}” and "
        f"{len(rest) - 1} more were there already.",
        "undo": "step",
    }


def test_a_press_that_has_nothing_to_add_says_so() -> None:
    issues = starter_issues("supply")
    full = {"format": FORMAT, "issues": issues}
    name = issues[0]["name"]
    assert after({"starter": f"supply/{issues[0]['id']}"}, full) == {
        "says": f"Nothing added: “{name}” is there already.",
        "undo": "nothing",
    }
    assert after({"starter": "supply"}, full) == {
        "says": f"Nothing added: all {len(issues)} issues are there already.",
        "undo": "nothing",
    }


def test_a_list_that_the_plan_holds_already_says_so() -> None:
    plan = {"format": FORMAT, "issues": [{"kind": "agreement", "name": "Price"}]}
    reading = read_list(Source(text="Issue\nprice"))
    assert execute(read_command({"take": True}), plan, reading).notice == {
        "says": "Nothing changed: the plan holds this list already.",
        "undo": "nothing",
    }


@pytest.mark.parametrize(
    "do",
    [
        {"starter": "supply"},
        {"starter": "supply/disputes"},
        {"remove": "/issues/0"},
        {"start": "sale"},
    ],
    ids=str,
)
def test_the_page_has_a_line_for_whatever_is_told(do: dict[str, Any]) -> None:
    full = {"format": FORMAT, "issues": starter_issues("supply")}
    done = after(do, full)
    assert done is not None
    assert f'data-told="{done["undo"]}"' in embedded(view(full))


@pytest.mark.parametrize(
    "do",
    [{}, {"remove": "/issues/99"}, {"up": "/issues/1"}, {"starter": "nothing"}],
    ids=str,
)
def test_what_changed_nothing_or_is_seen_is_not_told(do: dict[str, str]) -> None:
    assert after(do, fixed_plan("renewal")) is None
