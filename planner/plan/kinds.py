"""The kinds of answers, and the row that holds all that is known of one answer.

A kind is the one place that knows what an answer may look like: how it is read,
written, described, told in words and asked for. ``values`` declares each answer in
one row; ``document``, ``schema``, the forms and the reference page read that row.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import Any, ClassVar, Literal, NamedTuple

from planner.plan.address import under
from planner.words.figures import money, percent, plain, read_number

__all__ = [
    "CHANCES",
    "Amount",
    "Choice",
    "Date",
    "Each",
    "Estimate",
    "Estimated",
    "Flag",
    "Kind",
    "Listing",
    "Mapped",
    "Note",
    "Number",
    "Percent",
    "Quotation",
    "Rate",
    "Record",
    "Report",
    "Row",
    "Sided",
    "Tagged",
    "Text",
    "Value",
    "Whose",
    "Words",
    "in_range",
    "normalize_name",
    "record",
    "row",
]

NAME = 200  # characters in a name; method.md#rules-of-reading
NOTE = 10_000  # characters in a note
SHORT = 20  # characters that fit into a short field; ours
MOST = 1e15  # any number; ours, so that no sum or product of answers overflows
DRIFT = 0.1  # how far a chance moves in a tornado; ours
RATE_DRIFT = 0.02  # how far a yearly rate moves in a tornado; ours

type Report = Callable[[str, str], None]
type Schema = dict[str, Any]


def normalize_name(name: str) -> str:
    """Return a name as names are compared: without capitals and needless spaces.

    Letters stay apart: Maße, dimensions, and Masse, bulk, are two things.
    """
    return " ".join(name.split()).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What every part of a plan has in common.

    ``unread`` holds the fields of its object that this version does not know,
    so that a document made by a later one survives a round trip.
    """

    unread: Mapping[str, Any] = field(default_factory=dict, hash=False)


class Kind(ABC):
    """One kind of answer. ``None`` and blank text always read as not answered.

    ``form`` names the field of a form that asks for it, a macro of ``fields.html``;
    empty for what is made of other answers.
    """

    __slots__ = ()
    form: ClassVar[str] = ""

    @property
    def empty(self) -> Any:
        """The value of an answer that is not given."""
        return None

    @property
    def choices(self) -> Mapping[str, str]:
        """What a form offers to choose from: the text of an answer → its words."""
        return {}

    @property
    def may_be_negative(self) -> bool:
        """Whether it is a number that may be below 0."""
        return False

    def say(self, value: Any, currency: str | None) -> str:
        """Say a value as a sentence does, an amount in that currency."""
        return str(value)

    def spell(self, value: Any) -> str:
        """Spell a value as one types it, or as the choice is called."""
        return str(value)

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


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Words, up to ``most`` characters, kept without the spaces around them."""

    form: ClassVar[str] = "text"
    most: int = NAME

    @property
    def short(self) -> bool:
        """Whether a short field has room for it."""
        return self.most <= SHORT

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
class Note(Text):
    """Words in a field of several lines."""

    form: ClassVar[str] = "note"
    most: int = NOTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation(Text):
    """The id of an issue, or the name of an option.

    ``of`` tells what is quoted: an ``issue``; an ``option`` of the issue that it
    stands in; of a ``step``, the option of the issue that is named beside it; of a
    ``term``, the option of the issue whose id is its key.
    """

    form: ClassVar[str] = "choice"
    of: Literal["issue", "option", "step", "term"]


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A number in a range; typed text is read as people write numbers.

    ``unit`` stands behind it. ``scale`` is what a form shows for 1, and ``drift`` how
    far it moves where one asks what it changes; where None, by a share of itself.
    """

    form: ClassVar[str] = "number"
    scale: ClassVar[float] = 1
    drift: ClassVar[float | None] = None
    least: float = -MOST
    most: float = MOST
    says: str = "Enter a number in digits, for example 120000"
    unit: str = ""

    @property
    def may_be_negative(self) -> bool:
        return self.least < 0

    def say(self, value: Any, currency: str | None) -> str:
        return f"{plain(round(value, 1))} {self.unit}".rstrip()

    def spell(self, value: Any) -> str:
        return plain(round(value * self.scale, 10))

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


# A chance in words; ours, and the only place where the figures stand.
CHANCES: Mapping[str, float] = MappingProxyType(
    {"No": 0.05, "Hardly": 0.25, "Even": 0.5, "Likely": 0.8, "Nearly sure": 0.95}
)


@dataclass(frozen=True, slots=True)
class Percent(Number):
    """A share, 0.8 for 80%. Typed text is a percentage: ``80`` or ``80%``.

    ``words`` are those that may be picked or typed for a figure.
    """

    words: ClassVar[Mapping[str, float]] = CHANCES
    scale: ClassVar[float] = 100
    drift: ClassVar[float | None] = DRIFT
    least: float = 0.0
    most: float = 1.0
    says: str = "Enter a chance from 0 to 100%"
    unit: str = "%"

    def say(self, value: Any, currency: str | None) -> str:
        return percent(value)

    def _value(self, raw: Any) -> float:
        if not isinstance(raw, str):
            return Number._value(self, raw)
        for word, share in self.words.items():
            if raw.strip().casefold() == word.casefold():
                return share
        try:
            bare = raw.strip().removesuffix("%")
            share = read_number(bare, least=self.least * 100, most=self.most * 100)
            return round(share / 100, 12)
        except ValueError:
            raise ValueError(self.says) from None


@dataclass(frozen=True, slots=True)
class Rate(Percent):
    """A yearly rate, 0.1 for 10%."""

    words: ClassVar[Mapping[str, float]] = MappingProxyType({})
    drift: ClassVar[float | None] = RATE_DRIFT
    says: str = "Enter a yearly rate from 0 to 100%"


_IN_SHORT = re.compile(r"(?P<number>.*\d)\s*(?P<unit>[km])", re.I)
_UNITS: Mapping[str, float] = MappingProxyType({"k": 1e3, "m": 1e6})


@dataclass(frozen=True, slots=True)
class Amount(Number):
    """Money; ``20k`` and ``1.5m`` are read as thousands and millions."""

    form: ClassVar[str] = "amount"

    def say(self, value: Any, currency: str | None) -> str:
        return money(value, currency)

    def _value(self, raw: Any) -> float:
        found = _IN_SHORT.fullmatch(raw.strip()) if isinstance(raw, str) else None
        if found is None:
            return Number._value(self, raw)
        return read_number(found["number"]) * _UNITS[found["unit"].lower()]


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of a few words; ``said`` has each with what a reader sees for it."""

    form: ClassVar[str] = "choice"
    said: tuple[tuple[str, str], ...]

    @property
    def choices(self) -> Mapping[str, str]:
        return dict(self.said)

    def read(self, raw: Any, at: str, report: Report) -> str | None:
        if _blank(raw):
            return None
        words = [word for word, _ in self.said]
        if not isinstance(raw, str) or raw not in words:
            report(at, f"Choose one of: {', '.join(words)}")
            return None
        return raw

    def say(self, value: Any, currency: str | None) -> str:
        return self.choices[value]

    def spell(self, value: Any) -> str:
        return self.choices[value]

    def schema(self) -> Schema:
        return {"enum": [word for word, _ in self.said]}


@dataclass(frozen=True, slots=True)
class Whose(Choice):
    """One of the two sides; from the other side, the other one."""

    said: tuple[tuple[str, str], ...] = (("us", "You"), ("them", "They"))


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    """Yes or no; ``yes`` and ``no`` are what a reader chooses."""

    form: ClassVar[str] = "choice"
    yes: str = "Yes"
    no: str = "No"

    @property
    def choices(self) -> Mapping[str, str]:
        return {"yes": self.yes, "no": self.no}

    def read(self, raw: Any, at: str, report: Report) -> bool | None:
        if _blank(raw):
            return None
        if raw in ("yes", "no"):
            return bool(raw == "yes")
        if not isinstance(raw, bool):
            report(at, "Answer yes or no")
            return None
        return raw

    def say(self, value: Any, currency: str | None) -> str:
        return "yes" if value else "no"

    def spell(self, value: Any) -> str:
        return self.yes if value else self.no

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Date(Kind):
    """A calendar day, as ``2026-12-15``."""

    form: ClassVar[str] = "day"

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


class Sided(NamedTuple):
    """What is said of an answer that each side has: of ours, and of theirs."""

    us: str
    them: str


class Each(NamedTuple):
    """What a form asks for of one member, by its key: see ``Row``."""

    label: str
    hint: str
    page: str


type Words = str | Sided
type Place = Literal["", "list", "members"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """All that is known of one answer: whatever deals with it reads this row.

    In the document it stands under ``key``, in the value in the attribute ``slot``;
    ``says`` what it is in one line, and ``required`` is the instruction where it may
    not be left out. A form asks for it if it has a ``label``: on its ``panel``, or
    that of what it stands in, with a ``hint`` in one line and the ``page`` and heading
    of the handbook that explain it. ``{number}`` in a label counts the members of a
    list; ``unsaid`` is what a choice shows before it is made. A list has no label; its
    ``place`` tells whether a link can lead to it, and to its ``members``. Members with
    names of their own get their words from ``each``.

    ``named`` is its name inside a sentence, ``asks`` the question where it is missing.
    ``floor`` is the least that one can picture. From the other side, it changes places
    with the answer under the key ``mirror``; one that is ``one_sided`` is theirs to
    give there.
    """

    kind: Kind
    says: str
    key: str = ""
    slot: str = ""
    required: str = ""
    label: Words = ""
    hint: Words = ""
    page: str = ""
    panel: str = ""
    unsaid: str = "Not said"
    place: Place = ""
    each: Callable[[str], Each | None] | None = None
    named: Words = ""
    asks: Words = ""
    floor: float | None = None
    mirror: str = ""
    one_sided: bool = False


def row(kind: Kind, says: str, **known: Any) -> Any:
    """Declare an attribute of a value as an answer, with its row."""
    declared = {"row": Row(kind=kind, says=says, **known)}
    hashed = False if isinstance(kind, Mapped) else None
    if isinstance(kind, Record):
        return field(default_factory=kind.build, metadata=declared)
    if isinstance(kind, Mapped):
        return field(default_factory=dict, hash=hashed, metadata=declared)
    return field(default=kind.empty, metadata=declared)


def record(build: type[Value], **kinds: Kind) -> "Record":
    """Make the kind of a value of that type, with some answers of other kinds."""
    rows = [
        replace(declared, key=declared.key or attribute.name, slot=attribute.name)
        for attribute in fields(build)
        if (declared := attribute.metadata.get("row")) is not None
    ]
    changed = (replace(row, kind=kinds.get(row.slot, row.kind)) for row in rows)
    return Record(build, tuple(changed))


@dataclass(frozen=True, slots=True)
class Record(Kind):
    """An object with named answers; other keys are carried along unread."""

    build: type[Value]
    rows: tuple[Row, ...]

    @property
    def empty(self) -> Any:
        return self.build()

    def read(self, raw: Any, at: str, report: Report) -> Any:
        if raw is not None and not isinstance(raw, dict):
            report(at, "Put an object in braces here")
        source = raw if isinstance(raw, dict) else {}
        values = {}
        for row in self.rows:
            place = under(at, row.key)
            value = row.kind.read(source.get(row.key), place, report)
            if value is not None:
                values[row.slot] = value
            elif row.required and _blank(source.get(row.key)):
                report(place, row.required)
        known = {row.key for row in self.rows}
        unread = {key: v for key, v in source.items() if key not in known}
        return self.build(**values, unread=unread)

    def write(self, value: Any) -> Any:
        written = {
            row.key: row.kind.write(answer)
            for row in self.rows
            if (answer := getattr(value, row.slot)) not in (None, (), {})
        }
        return {k: v for k, v in written.items() if v != {}} | dict(value.unread)

    def tidy(self, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        kinds = {row.key: row.kind for row in self.rows}
        return {k: kinds[k].tidy(v) if k in kinds else v for k, v in raw.items()}

    def places(self, at: str) -> Iterator[str]:
        yield at
        for row in self.rows:
            yield from row.kind.places(under(at, row.key))

    def unknown(self, raw: Any, at: str) -> Iterator[str]:
        kinds = {row.key: row.kind for row in self.rows}
        for key, member in raw.items() if isinstance(raw, dict) else ():
            here = under(at, key)
            yield from kinds[key].unknown(member, here) if key in kinds else (here,)

    def schema(self) -> Schema:
        described = {
            row.key: row.kind.schema() | {"description": row.says} for row in self.rows
        }
        required = [row.key for row in self.rows if row.required]
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

    @property
    def tags(self) -> "Choice":
        """The kind of the answer that says which record it is."""
        return Choice(tuple((tag, tag.capitalize()) for tag in self.records))

    def record_of(self, value: Any) -> Record:
        """Return the record of a value."""
        return next(r for r in self.records.values() if r.build is type(value))

    def write(self, value: Any) -> Any:
        record = self.record_of(value)
        tag = next(tag for tag, r in self.records.items() if r is record)
        return {self.key: tag} | record.write(value)

    def tidy(self, raw: Any) -> Any:
        tag = raw.get(self.key) if isinstance(raw, dict) else None
        return self._record(tag).tidy(raw)

    def places(self, at: str) -> Iterator[str]:
        known = [list(record.places(at)) for record in self.records.values()]
        yield from dict.fromkeys([at, under(at, self.key), *chain(*known)])

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

    @property
    def empty(self) -> Any:
        return ()

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

    @property
    def empty(self) -> Any:
        return {}

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


BOTH = "method/the-two-questions.md#ask-it-for-both-sides"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate(Value):
    """An amount of money that is known, or guessed as a range.

    A plain number has only ``likely``.
    """

    low: float | None = row(
        Amount(),
        "The least it could be",
        label="Gain, at least",
        hint="In a bad year",
        page=BOTH,
    )
    likely: float | None = row(
        Amount(),
        "What you expect",
        label="Likely",
        hint="In most years",
        page=BOTH,
    )
    high: float | None = row(
        Amount(),
        "The most it could be",
        label="At most",
        hint="In a good year",
        page=BOTH,
    )

    @property
    def known(self) -> tuple[float, ...]:
        """The values that were given, from low to high."""
        return tuple(v for v in (self.low, self.likely, self.high) if v is not None)

    @property
    def middle(self) -> float | None:
        """The likely value, else the mean of the values given, else None."""
        if self.likely is not None or not self.known:
            return self.likely
        return sum(self.known) / len(self.known)


_ESTIMATE = record(Estimate)


@dataclass(frozen=True, slots=True)
class Estimated(Kind):
    """Money: a number, or an estimate with ``low``, ``likely`` and ``high``.

    ``apart`` writes a number as an estimate too, where the form asks in three.
    """

    form: ClassVar[str] = "amount"
    scale: ClassVar[float] = 1
    unit: ClassVar[str] = ""
    apart: bool = False

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of an estimate."""
        return _ESTIMATE.rows

    @property
    def may_be_negative(self) -> bool:
        return Amount().may_be_negative

    def read(self, raw: Any, at: str, report: Report) -> Estimate | None:
        if not isinstance(raw, dict):
            likely = Amount().read(raw, at, report)
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

    def say(self, value: Any, currency: str | None) -> str:
        """Say an estimate as its range, and one figure of it as an amount.

        It may hold what the planner does not know, and no figure.
        """
        known = value.known if isinstance(value, Estimate) else (value,)
        said = [money(end, currency) for end in (*known[:1], *known[-1:])]
        return " to ".join(dict.fromkeys(said))

    def spell(self, value: Any) -> str:
        return " to ".join(map(plain, value.known))

    def places(self, at: str) -> Iterator[str]:
        return _ESTIMATE.places(at)

    def unknown(self, raw: Any, at: str) -> Iterator[str]:
        return _ESTIMATE.unknown(raw, at)

    def schema(self) -> Schema:
        return {"anyOf": [Amount().schema(), _ESTIMATE.schema()]}


def _rises(estimate: Estimate) -> bool:
    return list(estimate.known) == sorted(estimate.known)


def _blank(raw: Any) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip())


def in_range(least: float, most: float) -> str:
    """The instruction of a number field with both bounds."""
    return f"Enter a number from {plain(least)} to {plain(most)}"
