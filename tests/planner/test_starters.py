"""Lists to start from: added without figures, and never twice."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from planner.edits.examples import EXAMPLES, example
from planner.edits.starters import STARTERS, starter_issues
from planner.plan.document import FORMAT, read_draft
from planner.respond import respond
from tests.planner.changes import edit, problems

EMPTY: dict[str, Any] = {"format": FORMAT}


def folded(name: str) -> str:
    return " ".join(name.split()).casefold()


@pytest.mark.parametrize("name", STARTERS)
def test_a_whole_list_is_a_plan_without_problems(name: str) -> None:
    document = edit(EMPTY, {"starter": name}).document
    draft = read_draft(document)
    assert draft.problems == ()
    assert len(draft.plan.issues) == len(STARTERS[name].issues)


@pytest.mark.parametrize("name", STARTERS)
def test_it_brings_no_figures(name: str) -> None:
    for issue in read_draft(
        edit(EMPTY, {"starter": name}).document
    ).plan.agreement.values():
        assert issue.weight.us is None
        assert all(option.us is None for option in issue.options)


@pytest.mark.parametrize("name", STARTERS)
def test_added_twice_it_is_there_once(name: str) -> None:
    once = edit(EMPTY, {"starter": name}).document
    assert edit(once, {"starter": name}).document == once


def test_one_issue_comes_alone_and_the_reader_goes_on_there() -> None:
    edited = edit(EMPTY, {"starter": "supply/disputes"})
    assert [issue["name"] for issue in edited.document["issues"]] == [
        "Settling disputes"
    ]
    assert edited.focus == "/issues/0/name"


@pytest.mark.parametrize(
    "name", [" settling disputes ", "SETTLING DISPUTES", "Settling\t disputes"]
)
def test_an_issue_of_that_name_is_not_added_again(name: str) -> None:
    named = [{"id": "x", "kind": "agreement", "name": name}]
    document = edit({**EMPTY, "issues": named}, {"starter": "supply"}).document
    assert len(document["issues"]) == len(STARTERS["supply"].issues)


@pytest.mark.parametrize("plan", EXAMPLES)
@pytest.mark.parametrize("name", STARTERS)
def test_beside_any_issues_the_whole_list_is_there(name: str, plan: str) -> None:
    before = example(plan)
    after = edit(before, {"starter": name}).document
    names = [folded(issue["name"]) for issue in after["issues"]]
    assert after["issues"][: len(before["issues"])] == before["issues"]
    assert {folded(issue.name) for issue in STARTERS[name].issues} <= {*names}
    assert problems(after) == problems(before)


@pytest.mark.parametrize("name", STARTERS)
@pytest.mark.parametrize("taken", ["{}", " {} ", "{}-2"])
@pytest.mark.parametrize("write", [str, str.upper])
def test_an_id_that_is_taken_is_given_to_nobody_else(
    name: str, taken: str, write: Callable[[str], str]
) -> None:
    """An id says nothing of what an issue is about: another name, another issue."""
    listed = STARTERS[name].issues
    first = listed[0].id
    ids = dict.fromkeys([first, write(taken.format(first)), taken.format("issue")])
    mine = [
        {"id": id, "kind": "agreement", "name": f"Mine {i}"} for i, id in enumerate(ids)
    ]
    after = edit({**EMPTY, "issues": mine}, {"starter": name}).document
    assert [i["name"] for i in after["issues"][len(mine) :]] == [i.name for i in listed]
    assert problems({**after, "issues": after["issues"][1:]}) == {}


ODD: list[Any] = [None, 5, True, "odd", [], {}, [{}]]


@pytest.mark.parametrize(
    "issues",
    [*ODD, ODD, [{"kind": "agreement", "id": odd, "name": odd} for odd in ODD]],
    ids=lambda issues: json.dumps(issues)[:40],
)
@pytest.mark.parametrize(
    "do",
    [
        {"starter": "supply"},
        {"add": "/issues", "blank": "agreement"},
        {"take": True},
        {"paste": "/issues/0/name", "text": "Price"},
        {"paste": "/issues/9/name", "text": "Price"},
    ],
    ids=json.dumps,
)
def test_whatever_stands_there_issues_are_added(
    do: dict[str, Any], issues: Any
) -> None:
    document = {**EMPTY, "issues": issues}
    listed = {"text": "Issue,Option\nPrice,High"}
    request = {"plan": document, "do": do, "list": listed}
    answer = json.loads(respond(json.dumps(request)))
    assert isinstance(answer["plan"]["issues"], list)


def test_the_four_of_a_relationship_are_those_of_the_source() -> None:
    assert [issue.name for issue in STARTERS["relationship"].issues] == [
        "Long-term goals",
        "Individual goals and interests",
        "Future opportunities",
        "Trust and respect",
    ]


@pytest.mark.parametrize("name", ["", "nothing", "supply/nothing", "/"])
def test_a_name_that_there_is_none_of_adds_nothing(name: str) -> None:
    assert starter_issues(name) == []
    assert edit(EMPTY, {"starter": name}).document == EMPTY
