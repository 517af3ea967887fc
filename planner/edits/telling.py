"""What an edit did, told in a line, with how it can be undone."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from planner.edits.editing import normalize_text
from planner.edits.examples import is_example
from planner.edits.starters import starter_issues
from planner.plan.address import look_up, parts
from planner.plan.document import unknown_members
from planner.words.figures import count

__all__ = ["told"]

type Document = dict[str, Any]

STEP = "step"  # undone as any change of the plan is
PLAN = "plan"  # a plan of its own: undone by deleting it
NOTHING = "nothing"  # it changed nothing, and there is nothing to undo
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


def told(
    before: Document, after: Document, do: Mapping[str, Any]
) -> dict[str, str] | None:
    """What the edit ``do`` did: ``says`` in words, and what ``undo`` takes back.

    None for an edit that changed nothing, or whose change is where one looks; but
    who asked for issues is told that they are there already.
    """
    if "take" in do and is_example(before):
        do = {"begin": do["take"]}
    for key, tell in _TOLD.items():
        if key in do and (after != before or key in NEW | ADDING):
            says = tell(before, after, str(do[key]))
            changed = PLAN if key in NEW else STEP
            undo = NOTHING if after == before and key in ADDING else changed
            return {"says": says, "undo": undo} if says else None
    return None


def _removed(before: Document, _: Document, at: str) -> str:
    return f"{_called(before, at)} removed."


def _called(document: Document, at: str) -> str:
    name = look_up(document, f"{at}/name")
    if isinstance(name, str) and name.strip():
        return f"“{name}”"
    *_, home, number = parts(at)
    return f"{UNNAMED.get(home, 'Row')} {int(number) + 1}"


def _tell_starters(before: Document, after: Document, name: str) -> str:
    """What came of a starter list, and what of it was there; empty for no such list."""
    new = {normalize_text(issue, "name") for issue in _new_issues(before, after)}
    wanted = starter_issues(name)
    there = [i["name"] for i in wanted if normalize_text(i, "name") not in new]
    if new:
        were = "was" if len(there) == 1 else "were"
        also = f"; {_join_names(there)} {were} there already" if there else ""
        return f"{_count_added(before, after)}{also}."
    if len(there) == 1:
        return f"Nothing added: {_join_names(there)} is there already."
    every = f"all {_number(len(there), 'issue')}"
    return f"Nothing added: {every} are there already." if there else ""


def _join_names(names: list[str]) -> str:
    """The first few names in a sentence, and how many more there are."""
    *others, last = (f"“{name}”" for name in names)
    if len(names) > MOST_NAMED:
        others, last = others[:MOST_NAMED], f"{count(len(names) - MOST_NAMED)} more"
    return f"{', '.join(others)} and {last}" if others else last


def _taken(before: Document, after: Document, _: str) -> str:
    """What came of a list that was added, in figures."""
    if after == before:
        return "Nothing changed: the plan holds this list already."
    added = _new_issues(before, after)
    there = sum(
        old != new for old, new in zip(_issues(before), _issues(after), strict=False)
    )
    also = f"{_number(there, 'issue')} brought up to date" if there else ""
    said = [_count_added(before, after) if added else "", also]
    return f"{', '.join(part for part in said if part)}."


def _begun(_: Document, after: Document, __: str) -> str:
    issues = _issues(after)
    options = sum(len(look_up(issue, "/options") or []) for issue in issues)
    return (
        f"A new plan with {_number(len(issues), 'issue')} and "
        f"{_number(options, 'option')}; the one before is as it was."
    )


def _count_added(before: Document, after: Document) -> str:
    new = _new_issues(before, after)
    if len(new) == 1:
        return f"{_called(after, f'/issues/{len(_issues(before))}')} added"
    return f"{_number(len(new), 'issue')} added"


def _new_issues(before: Document, after: Document) -> list[Any]:
    """Issues stand at the end of the list when they come together."""
    return _issues(after)[len(_issues(before)) :]


def _filled(before: Document, after: Document, _: str) -> str:
    more = len(_issues(after)) - len(_issues(before))
    return f"Rows pasted, {_number(more, 'issue')} added." if more else "Rows pasted."


def _opened(_: Document, after: Document, __: str) -> str:
    title = look_up(after, "/title")
    named = f"“{title}”" if isinstance(title, str) and title.strip() else "This plan"
    return f"{named} is open as a new plan: {_holds(after)}.{_unknown(after)}"


def _unknown(document: Document) -> str:
    names = [parts(at)[-1][:MOST_LETTERS] for at in unknown_members(document)]
    return f" Kept, but unknown here: {_join_names(names)}." if names else ""


def _started(before: Document, after: Document, name: str) -> str:
    if name == "empty" or not _issues(after):
        return "This is a new, empty plan."
    return _opened(before, after, name)


def _holds(document: Document) -> str:
    kinds = [look_up(issue, "/kind") for issue in _issues(document)]
    relationship = kinds.count("relationship")
    deal = len(kinds) - relationship
    moves = look_up(document, "/moves")
    steps = len(moves) if isinstance(moves, list) else 0
    return (
        f"{_number(deal, 'issue')} of the deal, {count(relationship)} of the "
        f"relationship, {_number(steps, 'step')} so far"
    )


def _issues(document: Document) -> list[Any]:
    issues = look_up(document, "/issues")
    return issues if isinstance(issues, list) else []


def _number(number: int, thing: str) -> str:
    return f"{count(number)} {thing}" + ("" if number == 1 else "s")


NEW = frozenset({"open", "start", "begin"})
ADDING = frozenset({"starter", "take"})

_TOLD: Mapping[str, Callable[[Document, Document, str], str]] = MappingProxyType(
    {
        "remove": _removed,
        "starter": _tell_starters,
        "take": _taken,
        "begin": _begun,
        "paste": _filled,
        "open": _opened,
        "start": _started,
    }
)
