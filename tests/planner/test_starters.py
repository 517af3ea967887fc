"""Lists to start from: added without figures, and never twice."""

from typing import Any

import pytest

from planner.document import FORMAT, read_draft
from planner.editing import edit
from planner.starters import STARTERS, starter_issues

EMPTY: dict[str, Any] = {"format": FORMAT}


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


def test_an_issue_of_that_name_is_not_added_again() -> None:
    named = [{"id": "x", "kind": "agreement", "name": " termination "}]
    document = edit({**EMPTY, "issues": named}, {"starter": "supply"}).document
    assert len(document["issues"]) == len(STARTERS["supply"].issues)


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
