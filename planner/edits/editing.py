"""Edits of a draft that change its shape: add, remove, move up or down, start over.

A draft is the document as typed, so everything here works on raw JSON objects
and never on values; what stands there may still be unreadable.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from planner.edits.examples import EXAMPLES, example
from planner.edits.starters import starter_issues
from planner.plan.address import index, look_up, parts, replaced, under
from planner.plan.document import FORMAT, parse

__all__ = [
    "BLANKS",
    "Edited",
    "edit",
    "free_id",
    "normalize_text",
    "option_names",
    "options_of",
    "quotations",
    "quoted_at",
]

type Document = dict[str, Any]

BLANKS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "agreement": {"kind": "agreement", "name": "", "options": []},
        "relationship": {"kind": "relationship", "name": ""},
        "option": {"name": ""},
        "alternative": {"name": ""},
        "move": {"by": "us"},
        "offer": {"by": "them", "terms": {}},
    }
)

# The lists that a blank of each kind can be added to.
LISTS: Mapping[str, str] = MappingProxyType(
    {
        "agreement": "/issues",
        "relationship": "/issues",
        "option": "/issues/[0-9]+/options",
        "alternative": "/alternatives/(us|them)",
        "move": "/moves",
        "offer": "/offers",
    }
)


GONE: Mapping[str, str | None] = MappingProxyType({"": None})  # the whole document


@dataclass(frozen=True, slots=True)
class Edited:
    """A draft after an edit.

    ``moved`` maps the old address of every member that moved to its new one, or
    to None if it is gone, so that what was typed meanwhile finds its place.
    ``focus`` is the address where the reader goes on.
    """

    document: Document
    moved: Mapping[str, str | None] = field(default_factory=dict)
    focus: str | None = None


def edit(document: Document, do: Mapping[str, Any]) -> Edited:
    """The draft after the edit that ``do`` asks for; unchanged if it cannot be done.

    ``do`` is one of ``{"add": list, "blank": kind}``, ``{"remove": member}``,
    ``{"up": member}``, ``{"down": member}``, ``{"rank": list or ""}``,
    ``{"start": example or "empty"}``, ``{"open": text}``, ``{"adopt": answers by
    address}``, ``{"compare": {"first": terms, "second": terms}}``,
    ``{"ends": issue}`` and ``{"starter": list or list/issue}``. Raises
    UnsupportedDocument for a text that is no plan.
    """
    for key, change in _EDITS.items():
        if key in do:
            return change(document, str(do[key]), str(do.get("blank", "")))
    for key, give in _GIVEN.items():
        if isinstance(do.get(key), dict):
            return give(document, do[key])
    return Edited(document)


def _add(document: Document, at: str, blank: str) -> Edited:
    if blank not in LISTS or not re.fullmatch(LISTS[blank], at):
        return Edited(document)
    members = look_up(document, at)
    members = members if isinstance(members, list) else []
    member = dict(BLANKS[blank])
    if at == "/issues":
        member = {"id": free_id(members)} | member
    here = under(at, len(members))
    first = next((key for key in ("name", "by") if key in member), "name")
    grown = replaced(document, at, [*members, member])
    return Edited(grown, focus=under(here, first))


def free_id(issues: list[Any], wanted: str = "") -> str:
    """Return an id that no issue of the list has, in capitals or not.

    The one that is ``wanted``, with a number behind it where it is taken.
    """
    taken = {normalize_text(issue, "id") for issue in issues}
    if wanted and wanted not in taken:
        return wanted
    stem, number = (wanted, 2) if wanted else ("issue", len(issues) + 1)
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def normalize_text(member: Any, key: str) -> str:
    """Return the text under a key without capitals and needless spaces, to compare it.

    Empty for what is no object, and where no text stands there.
    """
    text = member.get(key) if isinstance(member, dict) else None
    return " ".join(text.split()).casefold() if isinstance(text, str) else ""


def _remove(document: Document, at: str, _: str) -> Edited:
    place, members = _place(document, at)
    if members is None:
        return Edited(document)
    kind = _kind(look_up(document, at))
    moved: dict[str, str | None] = {}
    gone = {at, *_quoting(document, at)}
    for home in sorted({_home(member) for member in gone}):
        left, moves = _cut(look_up(document, home), home, gone)
        document = replaced(document, home, left)
        moved |= moves
    return Edited(document, moved, under(place, kind) if kind else place)


def _cut(
    members: Any, home: str, gone: Iterable[str]
) -> tuple[Any, dict[str, str | None]]:
    """What is left of a list or an object, and where its members went."""
    if isinstance(members, dict):
        left = {key: m for key, m in members.items() if under(home, key) not in gone}
        return left, {under(home, key): None for key in members if key not in left}
    stay = [i for i in range(len(members)) if under(home, i) not in gone]
    moved: dict[str, str | None] = {
        under(home, i): under(home, stay.index(i)) if i in stay else None
        for i in range(len(members))
    }
    changed = {old: new for old, new in moved.items() if old != new}
    return [members[i] for i in stay], changed


def _home(at: str) -> str:
    """The address of what holds the member at an address."""
    return at.rpartition("/")[0]


def _up(document: Document, at: str, _: str) -> Edited:
    return _swapped(document, at, -1)


def _down(document: Document, at: str, _: str) -> Edited:
    return _swapped(document, at, 1)


def _swapped(document: Document, at: str, step: int) -> Edited:
    """Change places with the next member of the same kind in that direction."""
    place, members = _place(document, at)
    if members is None:
        return Edited(document)
    i = int(parts(at)[-1])
    j = _neighbour(members, i, step)
    if j is None:
        return Edited(document)
    changed = list(members)
    changed[i], changed[j] = changed[j], changed[i]
    there = under(place, j)
    # At the end of the list there is no further press in that direction.
    goes_on = _neighbour(changed, j, step) is not None
    press = "up" if (step < 0) == goes_on else "down"
    return Edited(
        replaced(document, place, changed), {at: there, there: at}, f"{there}/{press}"
    )


def _neighbour(members: list[Any], i: int, step: int) -> int | None:
    """The index of the next member of the same kind; None at the end."""
    j = i + step
    while 0 <= j < len(members):
        if _kind(members[j]) == _kind(members[i]):
            return j
        j += step
    return None


def _kind(member: Any) -> Any:
    return member.get("kind") if isinstance(member, dict) else None


def _place(document: Document, at: str) -> tuple[str, list[Any] | None]:
    """The list that holds the member at an address; None if there is no such one."""
    place, _, last = at.rpartition("/")
    members = look_up(document, place)
    return place, None if index(members, last) is None else members


def _rank(document: Document, at: str, _: str) -> Edited:
    """Take the order of the deal's list as the ranking, or drop it (``""``)."""
    kept = {key: member for key, member in document.items() if key != "ranking"}
    ids = [
        look_up(document, under(issue, "id"))
        for issue in _members(document, at)
        if _kind(look_up(document, issue)) != "relationship"
    ]
    ranking = [issue_id for issue_id in ids if isinstance(issue_id, str)]
    return Edited(kept | ({"ranking": ranking} if ranking else {}), focus="/ranking")


def _start(document: Document, name: str, _: str) -> Edited:
    if name in EXAMPLES:
        return Edited(example(name), GONE, "/title")
    empty = {"format": FORMAT, "currency": document.get("currency") or "EUR"}
    return Edited(empty, GONE, "/title")


def _open(document: Document, text: str, _: str) -> Edited:
    return Edited(parse(text), GONE, "/title")


def _adopt(document: Document, answers: Mapping[str, Any]) -> Edited:
    """Take over answers at their addresses, as if they had been typed there."""
    for at, typed in answers.items():
        if at.startswith("/") and isinstance(typed, str | int | float):
            document = replaced(document, at, typed)
    return Edited(document, focus=next(iter(answers), None))


def _compare(document: Document, packages: Mapping[str, Any]) -> Edited:
    """Ask which of two packages the reader would rather have."""
    kept = look_up(document, "/comparisons")
    kept = kept if isinstance(kept, list) else []
    terms = {side: packages.get(side) for side in ("first", "second")}
    if not all(isinstance(package, dict) for package in terms.values()):
        return Edited(document)
    grown = replaced(document, "/comparisons", [*kept, terms])
    return Edited(grown, focus=f"/comparisons/{len(kept)}/prefer")


def _starter(document: Document, name: str, _: str) -> Edited:
    """Add an issue of a starter list, or all of it; what is there stays as it is.

    An issue is there if one has its name: its id says nothing of what it is about.
    """
    members = look_up(document, "/issues")
    members = members if isinstance(members, list) else []
    named = {normalize_text(member, "name") for member in members}
    grown = list(members)
    for issue in starter_issues(name):
        if normalize_text(issue, "name") not in named:
            grown.append(issue | {"id": free_id(grown, issue["id"])})
    if len(grown) == len(members):
        return Edited(document)
    here = under("/issues", len(members), "name")
    return Edited(replaced(document, "/issues", grown), focus=here)


def _ends(document: Document, at: str, _: str) -> Edited:
    """Give an issue without options its two ends: what each side wants."""
    home = under(at, "options")
    if look_up(document, at) is None or look_up(document, home):
        return Edited(document)
    ends = [{"name": "", "us": 100, "them": 0}, {"name": "", "us": 0, "them": 100}]
    return Edited(replaced(document, home, ends), focus=f"{home}/0/name")


_EDITS: Mapping[str, Callable[[Document, str, str], Edited]] = MappingProxyType(
    {
        "add": _add,
        "remove": _remove,
        "up": _up,
        "down": _down,
        "rank": _rank,
        "start": _start,
        "open": _open,
        "starter": _starter,
        "ends": _ends,
    }
)

_GIVEN: Mapping[str, Callable[[Document, Mapping[str, Any]], Edited]] = (
    MappingProxyType({"adopt": _adopt, "compare": _compare})
)


def options_of(document: Document, issue_id: Any) -> list[str]:
    """The option names of the issue with that id, as typed."""
    issues = look_up(document, "/issues")
    for i, issue in enumerate(issues if isinstance(issues, list) else []):
        if isinstance(issue, dict) and issue_id and issue.get("id") == issue_id:
            return option_names(document, under("/issues", i))
    return []


def option_names(document: Document, at: str) -> list[str]:
    """The option names of the issue at an address, as typed."""
    options = _members(document, under(at, "options"))
    names = [look_up(document, under(option, "name")) for option in options]
    return [name for name in names if isinstance(name, str) and name.strip()]


type Quotations = Mapping[tuple[str, str], list[str]]


def quotations(document: Document) -> Quotations:
    """Where each option is quoted: (its issue's address, its name) → addresses.

    Those answers follow when the option is renamed.
    """
    found: dict[tuple[str, str], list[str]] = {}
    by_id: dict[Any, list[str]] = {}
    for issue in _members(document, "/issues"):
        by_id.setdefault(_id_at(document, issue), []).append(issue)
        for key in ("limit", "target"):
            _note(found, document, issue, under(issue, key))
    for step in ("/money", *_members(document, "/moves")):
        for issue in by_id.get(_id_at(document, step, "issue"), ()):
            for key in ("from", "to"):
                _note(found, document, issue, under(step, key))
    for package in _packages(document):
        terms = look_up(document, package)
        for issue_id in terms if isinstance(terms, dict) else ():
            for issue in by_id.get(issue_id, ()):
                _note(found, document, issue, under(package, issue_id))
    return found


def _id_at(document: Document, at: str, key: str = "id") -> str | None:
    """The id of an issue that stands there; None for what is none."""
    issue_id = look_up(document, under(at, key))
    return issue_id if isinstance(issue_id, str) and issue_id else None


def _note(
    found: dict[tuple[str, str], list[str]], document: Document, issue: str, at: str
) -> None:
    name = look_up(document, at)
    if isinstance(name, str) and name:
        found.setdefault((issue, name), []).append(at)


def quoted_at(
    document: Document, at: str, known: Quotations | None = None
) -> list[str]:
    """Where the option at an address is quoted by its name.

    ``known`` are the document's quotations, where they have been gathered before.
    """
    issue, _, rest = at.partition("/options/")
    name = look_up(document, under(at, "name"))
    if not rest or not isinstance(name, str):
        return []
    known = quotations(document) if known is None else known
    return known.get((issue, name), [])


def _quoting(document: Document, at: str) -> list[str]:
    """What goes when the member at an address goes."""
    keys = parts(at)
    if len(keys) == 4 and keys[2] == "options":
        return quoted_at(document, at)
    if len(keys) != 2 or keys[0] != "issues":
        return []
    issue_id = look_up(document, under(at, "id"))
    if not issue_id:
        return []
    return [
        *_steps_on(document, issue_id),
        *_terms_on(document, issue_id),
        *_ranks_of(document, issue_id),
    ]


def _steps_on(document: Document, issue_id: Any) -> list[str]:
    """The money anchor and the moves on an issue."""
    places = ["/money", *_members(document, "/moves")]
    return [p for p in places if look_up(document, under(p, "issue")) == issue_id]


def _terms_on(document: Document, issue_id: Any) -> list[str]:
    """The terms of offers, comparisons and the outcome on an issue."""
    places = [under(package, issue_id) for package in _packages(document)]
    return [place for place in places if look_up(document, place) is not None]


def _packages(document: Document) -> list[str]:
    """The addresses of all terms: of offers, of the outcome, of comparisons."""
    packages = [under(p, "terms") for p in (*_members(document, "/offers"), "/outcome")]
    for comparison in _members(document, "/comparisons"):
        packages += [under(comparison, "first"), under(comparison, "second")]
    return packages


def _ranks_of(document: Document, issue_id: Any) -> list[str]:
    """The places of an issue in the ranking."""
    ranks = _members(document, "/ranking")
    return [rank for rank in ranks if look_up(document, rank) == issue_id]


def _members(document: Document, at: str) -> list[str]:
    """The addresses of the members of a list."""
    members = look_up(document, at)
    return (
        [under(at, i) for i in range(len(members))] if isinstance(members, list) else []
    )
