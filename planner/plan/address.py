"""Addresses: the JSON Pointer (RFC 6901) of an answer in a plan document.

The same string names the form field, the complaint, the evidence and the open
question, so each of them can link to the field.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

__all__ = [
    "index",
    "is_index",
    "locate",
    "look_up",
    "members",
    "parts",
    "remove_members",
    "replaced",
    "swap_members",
    "under",
]

_INDEX = re.compile("0|[1-9][0-9]{0,8}")


def under(at: str, *keys: str | int) -> str:
    """The address of a member below ``at``."""
    for key in keys:
        name = str(key)
        if "~" in name or "/" in name:
            name = name.replace("~", "~0").replace("/", "~1")
        at = f"{at}/{name}"
    return at


def parts(at: str) -> tuple[str, ...]:
    """The keys along an address, unescaped; none for the document itself."""
    return tuple(
        part.replace("~1", "/").replace("~0", "~") for part in at.split("/")[1:]
    )


def is_index(key: str) -> bool:
    """Whether a key can name a member of a list."""
    return _INDEX.fullmatch(key) is not None


def index(members: Any, key: str) -> int | None:
    """Which member of a list a key names; None if there is no such one."""
    if not isinstance(members, list) or not is_index(key):
        return None
    return int(key) if int(key) < len(members) else None


def look_up(document: Any, at: str) -> Any:
    """What stands at an address, or None where there is nothing."""
    for key in parts(at):
        document = _member(document, key)
    return document


def locate(document: Any, at: str) -> tuple[str, int] | None:
    """Return the list that a member is in, and its index; None for what is in none."""
    home, _, last = at.rpartition("/")
    i = index(look_up(document, home), last)
    return None if i is None else (home, i)


def members(document: Any, at: str) -> list[str]:
    """Return the addresses of a list's members; none where there is no list."""
    found = look_up(document, at)
    return [under(at, i) for i in range(len(found))] if isinstance(found, list) else []


def replaced(document: Any, at: str, value: Any) -> Any:
    """A copy of the document with another value at the address.

    Objects on the way are made where there are none. An index must exist or be
    the next one; otherwise the document comes back unchanged.
    """
    return _replaced(document, iter(parts(at)), value)


def _replaced(document: Any, keys: Iterator[str], value: Any) -> Any:
    key = next(keys, None)
    if key is None:
        return value
    member = _replaced(_member(document, key), keys, value)
    if not isinstance(document, list):
        return {**(document if isinstance(document, dict) else {}), key: member}
    i = index(document, key)
    if i is not None:
        return [*document[:i], member, *document[i + 1 :]]
    return [*document, member] if key in ("-", str(len(document))) else document


def swap_members(document: Any, at: str, other: str) -> Any:
    """Return a copy of the document where two addresses have changed places."""
    here, there = look_up(document, at), look_up(document, other)
    return replaced(replaced(document, at, there), other, here)


def remove_members(
    document: Any, gone: Iterable[str]
) -> tuple[Any, dict[str, str | None]]:
    """Return a copy without the members at some addresses, and where others went.

    Every address that changed stands for its new one, or for None if it is gone.
    """
    moved: dict[str, str | None] = {}
    gone = set(gone)
    for home in sorted({at.rpartition("/")[0] for at in gone}):
        there = look_up(document, home)
        listed = isinstance(there, list)
        keys = list(range(len(there))) if listed else list(there)
        stay = [key for key in keys if under(home, key) not in gone]
        left = [there[key] for key in stay]
        document = replaced(
            document, home, left if listed else dict(zip(stay, left, strict=True))
        )
        new = {key: under(home, i if listed else key) for i, key in enumerate(stay)}
        places = {under(home, key): new.get(key) for key in keys}
        moved |= {old: place for old, place in places.items() if old != place}
    return document, moved


def _member(document: Any, key: str) -> Any:
    if isinstance(document, dict):
        return document.get(key)
    i = index(document, key)
    return None if i is None else document[i]
