"""The row of the answer at an address, with its words for the side and the place.

One look-up for every reader: forms, problems, charts, what-if, the brief and the
reference page say the same of the same answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Any

from planner.plan.address import is_index, parts, under
from planner.plan.kinds import (
    Estimated,
    Kind,
    Listing,
    Mapped,
    Record,
    Row,
    Tagged,
    Words,
)
from planner.plan.values import PLAN, SIDES, Plan, Side

__all__ = ["Answer", "answer_at", "find_answer", "label", "question", "value_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of a plan: its row, and its words where it stands.

    ``side`` is whose it is where each side has one; None for what both share.
    ``can_be_linked`` tells whether a page has a place for it, on its ``panel``.
    """

    at: str
    row: Row
    kind: Kind
    panel: str = ""
    label: str = ""
    hint: str = ""
    page: str = ""
    side: Side | None = None
    number: int = 0
    can_be_linked: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether a form asks for it; a plan file alone can hold what none asks for."""
        return bool(self.label)

    @property
    def title(self) -> str:
        """Its label where no heading tells whose it is."""
        ours_alike = self.side == "them" and isinstance(self.row.label, str)
        return f"{self.label}, theirs" if ours_alike else self.label

    @property
    def named(self) -> str:
        """Its name inside a sentence."""
        return _for_side(self.row.named, self.side) or f"“{self.label or self.at}”"

    def asks(self, **names: str) -> str:
        """Return the question to ask where it is missing.

        ``names`` are those of the issue and the option that it names in braces.
        """
        words = _for_side(self.row.asks, self.side)
        return words.format_map(names) if words else f"What is {self.named}?"


@lru_cache(maxsize=4096)
def find_answer(at: str) -> Answer | None:
    """Find what is known of the answer at an address; None where there can be none."""
    found: Answer | None = _WHOLE
    for key in parts(at):
        found = None if found is None else _below(found, key)
    return found


def answer_at(at: str) -> Answer:
    """Return what is known of the answer at an address.

    Raises LookupError where there can be none.
    """
    known = find_answer(at)
    if known is None:
        raise LookupError(f"Declare {at} in planner/plan/values.py")
    return known


def label(at: str) -> str:
    """Return what the answer at an address is called, as its field is labelled.

    The address itself where no form asks for it.
    """
    known = find_answer(at)
    return known.label if known and known.is_asked else at


def question(at: str, **names: str) -> str:
    """Return the question to ask where the answer at an address is missing."""
    return answer_at(at).asks(**names)


def value_at(plan: Plan, at: str) -> Any:
    """Return the value of the answer at an address; None where it is not given.

    An estimate is one value: its ends have none of their own. Raises LookupError
    where no answer stands there.
    """
    kind: Kind = PLAN
    value: Any = plan
    for key in parts(at):
        value, kind = _member(value, kind, key)
    return value


def _member(value: Any, kind: Kind, key: str) -> tuple[Any, Kind]:
    """The member under a key of what the document holds, and its kind."""
    if isinstance(kind, Tagged):
        kind = kind.record_of(value)
    match kind:
        case Record():
            row = _find_row(kind.rows, key)
            if row is None:
                raise LookupError(key)
            return getattr(value, row.slot), row.kind
        case Listing():
            return value[int(key)], kind.item
        case Mapped():
            return value.get(key), kind.item
    return None, kind


def _below(home: Answer, key: str) -> Answer | None:
    """Find the answer under a key of what stands at an address."""
    match home.kind:
        case Record() | Estimated():
            return _in_record(home, home.kind.rows, key)
        case Tagged():
            tag = Row(key=home.kind.key, kind=home.kind.tags, says=home.kind.says)
            rows = (tag, *chain(*(r.rows for r in home.kind.records.values())))
            return _in_record(home, rows, key)
        case Listing():
            return _in_list(home, home.kind, key)
        case Mapped():
            return _in_map(home, home.kind, key)
    return None


def _in_record(home: Answer, rows: Iterable[Row], key: str) -> Answer | None:
    row = _find_row(rows, key)
    if row is None:
        return None
    whose = (side for side in SIDES if row.mirror and side == key)
    side = next(whose, home.side)
    label = _for_side(row.label, side).replace("{number}", str(home.number))
    return Answer(
        at=under(home.at, key),
        row=row,
        kind=row.kind,
        panel=row.panel or home.panel,
        label=label,
        hint=_for_side(row.hint, side),
        page=row.page,
        side=side,
        number=home.number,
        can_be_linked=bool(label or row.place),
    )


def _find_row(rows: Iterable[Row], key: str) -> Row | None:
    return next((row for row in rows if row.key == key), None)


def _in_list(home: Answer, kind: Listing, key: str) -> Answer | None:
    """A member; or the list itself, under the name of one of its two parts."""
    if isinstance(kind.item, Tagged) and key in kind.item.records:
        return home
    if not is_index(key):
        return None
    linked = home.row.place == "members"
    at, number = under(home.at, key), int(key) + 1
    return replace(home, at=at, kind=kind.item, number=number, can_be_linked=linked)


def _in_map(home: Answer, kind: Mapped, key: str) -> Answer:
    """A member, in the words that its key has."""
    words = home.row.each(key) if home.row.each else None
    return Answer(
        at=under(home.at, key),
        row=home.row,
        kind=kind.item,
        panel=home.panel,
        label=words.label if words else "",
        hint=words.hint if words else "",
        page=words.page if words else "",
        side=home.side,
        can_be_linked=words is not None,
    )


def _for_side(words: Words, side: Side | None) -> str:
    """The words for a side; where it is nobody's, ours."""
    if isinstance(words, str):
        return words
    return words.them if side == "them" else words.us


_WHOLE = Answer(at="", row=Row(kind=PLAN, says="The plan"), kind=PLAN)
