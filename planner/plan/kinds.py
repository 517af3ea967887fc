"""The kinds of answers: how each is read, written and described.

A kind is the one place that knows what an answer may look like. ``document``
composes kinds into the table of the plan document; ``schema`` and the reference
page describe the same table.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from planner.plan.address import under
from planner.plan.values import Estimate, Value
from planner.words.figures import plain, read_number

__all__ = [
    "Amount",
    "Choice",
    "Date",
    "Field",
    "Flag",
    "Kind",
    "Listing",
    "Mapped",
    "Number",
    "Percent",
    "Record",
    "Report",
    "Tagged",
    "Text",
]

NAME = 200  # characters in a name; METHOD, "Rules of reading"
NOTE = 10_000  # characters in a note
MOST = 1e15  # any number; ours, so that no sum or product of answers overflows

type Report = Callable[[str, str], None]
type Schema = dict[str, Any]


class Kind(ABC):
    """One kind of answer. ``None`` and blank text always read as not answered."""

    @abstractmethod
    def read(self, raw: Any, at: str, report: Report) -> Any:
        """The value at ``at``, or None where there is none to be had.

        What is wrong is reported with its address; nothing is raised.
        """

    @abstractmethod
    def schema(self) -> Schema:
        """The JSON Schema of what ``write`` gives."""

    def write(self, value: Any) -> Any:
        """The value as JSON; reading it again gives the same value."""
        return value

    def tidy(self, raw: Any) -> Any:
        """``raw`` as ``write`` would give it; what cannot be read stays as typed."""
        problems: list[str] = []
        value = self.read(raw, "", lambda at, says: problems.append(says))
        return raw if problems or value is None else self.write(value)

    def places(self, at: str) -> Iterator[str]:
        """Yield the addresses that an answer of this kind has at ``at`` and below.

        Of a list, those of its first member.
        """
        yield at

    def unknown(self, raw: Any, at: str) -> Iterator[str]:
        """Yield the address of each member that no field knows; each is kept unread."""
        return iter(())

    def member(self, key: str) -> "Kind | None":
        """Return the kind of the member under a key; None where there is none."""
        return None


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Words, up to ``most`` characters, kept without the spaces around them."""

    most: int = NAME

    def read(self, raw: Any, at: str, report: Report) -> str | None:
        if raw is None:
            return None
        if not isinstance(raw, str):
            report(at, "Write this in words")
            return None
        if len(raw) > self.most:
            report(at, f"Shorten this to {self.most} characters or fewer")
            return None
        return raw.strip() or None

    def schema(self) -> Schema:
        return {"type": "string", "maxLength": self.most}


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A number in a range; typed text is read as people write numbers."""

    least: float = -MOST
    most: float = MOST
    says: str = "Enter a number in digits, for example 120000"

    def read(self, raw: Any, at: str, report: Report) -> float | None:
        if _blank(raw):
            return None
        try:
            value = self._value(raw)
        except ValueError as error:
            report(at, str(error))
            return None
        except (TypeError, OverflowError):
            report(at, self.says)
            return None
        if not self.least <= value <= self.most:
            report(at, self.says)
            return None
        return value

    def _value(self, raw: Any) -> float:
        if isinstance(raw, bool):
            raise TypeError
        if not isinstance(raw, str):
            return float(raw)
        return read_number(raw, least=self.least, most=self.most)

    def write(self, value: Any) -> Any:
        return int(value) if value == int(value) and abs(value) < 2**53 else value

    def schema(self) -> Schema:
        return {"type": "number", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Percent(Number):
    """A share, 0.8 for 80%. Typed text is a percentage: ``80`` or ``80%``."""

    least: float = 0.0
    most: float = 1.0
    says: str = "Enter a chance from 0 to 100%"

    def _value(self, raw: Any) -> float:
        if not isinstance(raw, str):
            return Number._value(self, raw)
        try:
            bare = raw.strip().removesuffix("%")
            share = read_number(bare, least=self.least * 100, most=self.most * 100)
            return round(share / 100, 12)
        except ValueError:
            raise ValueError(self.says) from None


@dataclass(frozen=True, slots=True)
class Amount(Kind):
    """Money: a number, or an estimate with ``low``, ``likely`` and ``high``.

    ``apart`` writes a number as an estimate too, where the form asks in three.
    """

    apart: bool = False

    def read(self, raw: Any, at: str, report: Report) -> Estimate | None:
        if not isinstance(raw, dict):
            likely = Number().read(raw, at, report)
            return None if likely is None else Estimate(likely=likely)
        estimate: Estimate = _ESTIMATE.read(raw, at, report)
        if not _rises(estimate):
            report(under(at, "likely"), "Put low, likely and high in rising order")
            estimate = replace(estimate, likely=None)
        given = estimate.known or estimate.unread
        return estimate if given and _rises(estimate) else None

    def write(self, value: Any) -> Any:
        written = _ESTIMATE.write(value)
        plain_number = list(written) == ["likely"] and not self.apart
        return written["likely"] if plain_number else written

    def tidy(self, raw: Any) -> Any:
        return _ESTIMATE.tidy(raw) if isinstance(raw, dict) else Kind.tidy(self, raw)

    def places(self, at: str) -> Iterator[str]:
        return _ESTIMATE.places(at)

    def unknown(self, raw: Any, at: str) -> Iterator[str]:
        return _ESTIMATE.unknown(raw, at)

    def member(self, key: str) -> Kind | None:
        return _ESTIMATE.member(key)

    def schema(self) -> Schema:
        return {"anyOf": [Number().schema(), _ESTIMATE.schema()]}


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, raw: Any, at: str, report: Report) -> str | None:
        if _blank(raw):
            return None
        if not isinstance(raw, str) or raw not in self.words:
            report(at, f"Choose one of: {', '.join(self.words)}")
            return None
        return raw

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    """Yes or no."""

    def read(self, raw: Any, at: str, report: Report) -> bool | None:
        if _blank(raw):
            return None
        if raw in ("yes", "no"):
            return bool(raw == "yes")
        if not isinstance(raw, bool):
            report(at, "Answer yes or no")
            return None
        return raw

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Date(Kind):
    """A calendar day, as ``2026-12-15``."""

    def read(self, raw: Any, at: str, report: Report) -> str | None:
        if _blank(raw):
            return None
        try:
            return date.fromisoformat(raw).isoformat()
        except (TypeError, ValueError):
            report(at, "Enter a date as year-month-day, like 2026-12-15")
            return None

    def schema(self) -> Schema:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class Field:
    """One named answer: its key, its kind, and what it says in one line.

    ``required`` is the instruction shown when it is left out; ``attribute`` its
    name in the value where the key is a Python keyword.
    """

    key: str
    kind: Kind
    says: str
    required: str = ""
    attribute: str = ""

    @property
    def slot(self) -> str:
        """The attribute of the value that holds it."""
        return self.attribute or self.key


@dataclass(frozen=True, slots=True)
class Record(Kind):
    """An object with named answers; other keys are carried along unread."""

    build: type[Value]
    fields: tuple[Field, ...]

    def read(self, raw: Any, at: str, report: Report) -> Any:
        if raw is not None and not isinstance(raw, dict):
            report(at, "Put an object in braces here")
        source = raw if isinstance(raw, dict) else {}
        values = {}
        for field in self.fields:
            place = under(at, field.key)
            value = field.kind.read(source.get(field.key), place, report)
            if value is not None:
                values[field.slot] = value
            elif field.required and _blank(source.get(field.key)):
                report(place, field.required)
        known = {field.key for field in self.fields}
        unread = {key: v for key, v in source.items() if key not in known}
        return self.build(**values, unread=unread)

    def write(self, value: Any) -> Any:
        written = {
            field.key: field.kind.write(answer)
            for field in self.fields
            if (answer := getattr(value, field.slot)) not in (None, (), {})
        }
        return {k: v for k, v in written.items() if v != {}} | dict(value.unread)

    def tidy(self, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        kinds = {field.key: field.kind for field in self.fields}
        return {k: kinds[k].tidy(v) if k in kinds else v for k, v in raw.items()}

    def places(self, at: str) -> Iterator[str]:
        yield at
        for field in self.fields:
            yield from field.kind.places(under(at, field.key))

    def member(self, key: str) -> Kind | None:
        return next((field.kind for field in self.fields if field.key == key), None)

    def unknown(self, raw: Any, at: str) -> Iterator[str]:
        kinds = {field.key: field.kind for field in self.fields}
        for key, member in raw.items() if isinstance(raw, dict) else ():
            here = under(at, key)
            yield from kinds[key].unknown(member, here) if key in kinds else (here,)

    def schema(self) -> Schema:
        described = {
            field.key: field.kind.schema() | {"description": field.says}
            for field in self.fields
        }
        required = [field.key for field in self.fields if field.required]
        schema: Schema = {"type": "object", "properties": described}
        return schema | ({"required": required} if required else {})


@dataclass(frozen=True, slots=True)
class Tagged(Kind):
    """An object whose ``key`` says which of several records it is."""

    key: str
    records: Mapping[str, Record]
    says: str

    def read(self, raw: Any, at: str, report: Report) -> Any:
        tag = raw.get(self.key) if isinstance(raw, dict) else None
        if isinstance(raw, dict):
            raw = {key: member for key, member in raw.items() if key != self.key}
            if not self._knows(tag):
                words = " or ".join(self.records)
                report(under(at, self.key), f"Choose {words}")
        return self._record(tag).read(raw, at, report)

    def _knows(self, tag: Any) -> bool:
        return isinstance(tag, str) and tag in self.records

    def _record(self, tag: Any) -> Record:
        return self.records[tag if self._knows(tag) else next(iter(self.records))]

    def write(self, value: Any) -> Any:
        tag = next(t for t, r in self.records.items() if r.build is type(value))
        return {self.key: tag} | self.records[tag].write(value)

    def tidy(self, raw: Any) -> Any:
        tag = raw.get(self.key) if isinstance(raw, dict) else None
        return self._record(tag).tidy(raw)

    def places(self, at: str) -> Iterator[str]:
        known = [list(record.places(at)) for record in self.records.values()]
        yield from dict.fromkeys([at, under(at, self.key), *chain(*known)])

    def member(self, key: str) -> Kind | None:
        known = (record.member(key) for record in self.records.values())
        return next((kind for kind in known if kind is not None), None)

    def unknown(self, raw: Any, at: str) -> Iterator[str]:
        """Yield what its record does not know; what none does, where it has no tag."""
        tag = raw.get(self.key) if isinstance(raw, dict) else None
        known = self._knows(tag)
        records = [self._record(tag)] if known else list(self.records.values())
        first, *others = (dict.fromkeys(r.unknown(raw, at)) for r in records)
        for place in first:
            if place != under(at, self.key) and all(place in each for each in others):
                yield place

    def schema(self) -> Schema:
        return {"oneOf": [self._tagged(tag) for tag in self.records]}

    def _tagged(self, tag: str) -> Schema:
        schema = self.records[tag].schema()
        described = {"const": tag, "description": self.says}
        return schema | {
            "properties": {self.key: described, **schema["properties"]},
            "required": [self.key, *schema.get("required", ())],
        }


@dataclass(frozen=True, slots=True)
class Listing(Kind):
    """A list of one kind, up to ``most`` long; the rest is reported, not read."""

    item: Kind
    most: int
    things: str

    def read(self, raw: Any, at: str, report: Report) -> tuple[Any, ...]:
        if raw is None:
            return ()
        if not isinstance(raw, list):
            report(at, "Put a list in brackets here")
            return ()
        if len(raw) > self.most:
            report(at, f"Keep at most {self.most} {self.things}; there are {len(raw)}")
        return tuple(
            self.item.read(member, under(at, i), report)
            for i, member in enumerate(raw[: self.most])
        )

    def write(self, value: Sequence[Any]) -> Any:
        return [self.item.write(member) for member in value]

    def tidy(self, raw: Any) -> Any:
        if not isinstance(raw, list):
            return raw
        return [self.item.tidy(m) for m in raw[: self.most]] + raw[self.most :]

    def places(self, at: str) -> Iterator[str]:
        yield at
        yield from self.item.places(under(at, 0))

    def member(self, key: str) -> Kind | None:
        return self.item

    def unknown(self, raw: Any, at: str) -> Iterator[str]:
        for i, member in enumerate(raw if isinstance(raw, list) else ()):
            yield from self.item.unknown(member, under(at, i))

    def schema(self) -> Schema:
        return {"type": "array", "maxItems": self.most, "items": self.item.schema()}


@dataclass(frozen=True, slots=True)
class Mapped(Kind):
    """An object from names to answers of one kind; unanswered ones are left out."""

    item: Kind
    most: int
    things: str

    def read(self, raw: Any, at: str, report: Report) -> dict[str, Any]:
        if raw is None:
            return {}
        if not isinstance(raw, dict):
            report(at, "Put an object in braces here")
            return {}
        if len(raw) > self.most:
            report(at, f"Keep at most {self.most} {self.things}; there are {len(raw)}")
        read = {
            key: self.item.read(member, under(at, key), report)
            for key, member in list(raw.items())[: self.most]
        }
        return {key: value for key, value in read.items() if value is not None}

    def write(self, value: Mapping[str, Any]) -> Any:
        return {key: self.item.write(member) for key, member in value.items()}

    def tidy(self, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        return {key: self.item.tidy(member) for key, member in raw.items()}

    def unknown(self, raw: Any, at: str) -> Iterator[str]:
        for key, member in raw.items() if isinstance(raw, dict) else ():
            yield from self.item.unknown(member, under(at, key))

    def schema(self) -> Schema:
        return {
            "type": "object",
            "maxProperties": self.most,
            "additionalProperties": self.item.schema(),
        }


_ESTIMATE = Record(
    Estimate,
    (
        Field("low", Number(), "The least it could be"),
        Field("likely", Number(), "What you expect"),
        Field("high", Number(), "The most it could be"),
    ),
)


def _rises(estimate: Estimate) -> bool:
    return list(estimate.known) == sorted(estimate.known)


def _blank(raw: Any) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip())


def in_range(least: float, most: float) -> str:
    """The instruction of a number field with both bounds."""
    return f"Enter a number from {plain(least)} to {plain(most)}"
