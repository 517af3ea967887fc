"""A draft after an edit, and what edits share: blanks, ids, names compared.

A draft is the document as typed, so everything here works on raw JSON objects
and never on values; what stands there may still be unreadable.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from planner.plan.kinds import normalize_name

__all__ = ["BLANKS", "GONE", "Document", "Edited", "free_id", "normalize_text"]

type Document = dict[str, Any]

BLANKS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "agreement": {"kind": "agreement", "name": "", "options": []},
        "relationship": {"kind": "relationship", "name": ""},
        "option": {"name": ""},
        "alternative": {"name": ""},
        "offer": {"by": "them", "terms": {}},
        "part": {"name": ""},
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
    return normalize_name(text) if isinstance(text, str) else ""
