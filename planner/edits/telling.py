"""The words with which a command tells what it did."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from planner.edits.edited import Document, normalize_text
from planner.plan.address import look_up, parts
from planner.plan.document import unknown_members
from planner.words.figures import count

__all__ = [
    "added_of_list",
    "call_member",
    "describe_plan",
    "issues_added",
    "number_of",
]

MOST_NAMED = 3  # things named in a line; ours, so that it stays one
MOST_LETTERS = 40  # of a name that nobody has checked

# What a member without a name is called, with its number in the list.
UNNAMED: Mapping[str, str] = MappingProxyType(
    {
        "issues": "Issue",
        "options": "Option",
        "us": "Alternative",
        "them": "Alternative",
        "moves": "Step",
        "offers": "Offer",
        "comparisons": "Comparison",
    }
)


def call_member(document: Document, at: str) -> str:
    """Return what a member of a list is called: its name, else its number."""
    name = look_up(document, f"{at}/name")
    if isinstance(name, str) and name.strip():
        return f"“{name}”"
    *_, home, number = parts(at)
    return f"{UNNAMED.get(home, 'Row')} {int(number) + 1}"


def added_of_list(before: Document, after: Document, wanted: Sequence[Any]) -> str:
    """Return what came of a list of issues, and what of it was there.

    Empty where nothing was wanted.
    """
    new = {normalize_text(issue, "name") for issue in _new_issues(before, after)}
    there = [i["name"] for i in wanted if normalize_text(i, "name") not in new]
    if new:
        were = "was" if len(there) == 1 else "were"
        also = f"; {_join_names(there)} {were} there already" if there else ""
        return f"{issues_added(before, after)}{also}."
    if len(there) == 1:
        return f"Nothing added: {_join_names(there)} is there already."
    every = f"all {number_of(len(there), 'issue')}"
    return f"Nothing added: {every} are there already." if there else ""


def _join_names(names: list[str]) -> str:
    """Return the first few names in a sentence, and how many more there are."""
    *others, last = (f"“{name}”" for name in names)
    if len(names) > MOST_NAMED:
        others, last = others[:MOST_NAMED], f"{count(len(names) - MOST_NAMED)} more"
    return f"{', '.join(others)} and {last}" if others else last


def issues_added(before: Document, after: Document) -> str:
    """Return which issue was added, or how many; empty where none was."""
    new = _new_issues(before, after)
    if len(new) == 1:
        return f"{call_member(after, f'/issues/{len(_issues(before))}')} added"
    return f"{number_of(len(new), 'issue')} added" if new else ""


def _new_issues(before: Document, after: Document) -> list[Any]:
    """Return the issues at the end of the list, where they stand when they come."""
    return _issues(after)[len(_issues(before)) :]


def describe_plan(document: Document) -> str:
    """Return what a plan that was opened is called, holds, and holds unread."""
    title = look_up(document, "/title")
    named = f"“{title}”" if isinstance(title, str) and title.strip() else "This plan"
    holds = f"{named} is open as a new plan: {_count_parts(document)}."
    names = [parts(at)[-1][:MOST_LETTERS] for at in unknown_members(document)]
    return holds + (f" Kept, but unknown here: {_join_names(names)}." if names else "")


def _count_parts(document: Document) -> str:
    kinds = [look_up(issue, "/kind") for issue in _issues(document)]
    relationship = kinds.count("relationship")
    deal = len(kinds) - relationship
    moves = look_up(document, "/moves")
    steps = len(moves) if isinstance(moves, list) else 0
    return (
        f"{number_of(deal, 'issue')} of the deal, {count(relationship)} of the "
        f"relationship, {number_of(steps, 'step')} so far"
    )


def _issues(document: Document) -> list[Any]:
    issues = look_up(document, "/issues")
    return issues if isinstance(issues, list) else []


def number_of(number: int, thing: str) -> str:
    """Return so many of a thing, in words: “1 issue”, “2 issues”."""
    return f"{count(number)} {thing}" + ("" if number == 1 else "s")
