"""Small words that the planner's tests share."""

from collections.abc import Iterator, Mapping
from typing import Any

from planner.analyses.analysis import Analysis
from planner.edits.commands import read_command
from planner.edits.edited import Edited
from planner.plan.address import parts, replaced, under
from planner.plan.document import read_draft
from planner.plan.kinds import Estimated, Kind, Listing, Mapped, Record, Tagged
from planner.plan.values import PLAN, Estimate


def changed(document: Any, changes: Mapping[str, Any]) -> Any:
    """The document with other answers; None for one that is not answered."""
    for at, value in changes.items():
        document = replaced(document, at, value)
    return document


def analysed(document: dict[str, Any], changes: Mapping[str, Any] = {}) -> Analysis:
    """What follows from the document with other answers."""
    return Analysis(read_draft(changed(document, changes)).plan)


def edit(document: dict[str, Any], do: Mapping[str, Any]) -> Edited:
    """Return the draft after a command, as the page sends it."""
    command = read_command(do)
    return command.apply(document) if command else Edited(document)


def problems(document: Any) -> dict[str, str]:
    """What the document's problems say, by address."""
    return {p.at: p.says for p in read_draft(document).problems}


def without_nulls(value: Any) -> Any:
    """The value without answers that are not given."""
    if isinstance(value, dict):
        return {k: without_nulls(v) for k, v in value.items() if v is not None}
    return [without_nulls(v) for v in value] if isinstance(value, list) else value


def leaves(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every single answer in a document, with its address."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from leaves(member, under(at, key))
    elif isinstance(value, list):
        for i, member in enumerate(value):
            yield from leaves(member, under(at, i))
    else:
        yield at, value


def is_field(at: str) -> bool:
    """Whether the table of the plan document has an answer at that address."""
    return _has(PLAN, parts(at))


def _has(kind: Kind, keys: tuple[str, ...]) -> bool:
    if not keys:
        return True
    first, rest = keys[0], keys[1:]
    match kind:
        case Record():
            return any(f.key == first and _has(f.kind, rest) for f in kind.rows)
        case Tagged():
            known = any(_has(record, keys) for record in kind.records.values())
            return known or keys == (kind.key,)
        case Listing():
            return first.isdecimal() and _has(kind.item, rest)
        case Mapped():
            return _has(kind.item, rest)
        case Estimated():
            return first in Estimate.__slots__ and not rest
    return False
