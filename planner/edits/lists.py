"""A list of issues out of a table: what was found, what is left out, what to ask.

Nothing is taken here. The reader sees what was read and may choose otherwise: the
encoding, the sheet, the heading, what each column holds. A cell that cannot be read
goes on as it was typed, and its problem names its row and column.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from math import isclose
from types import MappingProxyType

from planner.edits.encodings import Decoded, decode_text
from planner.edits.headings import (
    ASIDE,
    LETTERS,
    LEVELS,
    ROLES,
    begins_as_total,
    heads_group,
    is_level,
    is_note,
    is_plain,
    is_total,
    role_of,
)
from planner.edits.tables import TOO_LONG, Cell, Row, Table, read_table
from planner.edits.workbooks import ROUNDING, is_workbook, read_workbook
from planner.plan.errors import UnsupportedDocument
from planner.plan.kinds import MOST, NAME, normalize_name
from planner.plan.limits import MOST_ISSUES, MOST_OPTIONS
from planner.words.figures import count, current_spelling, plain, read_number
from planner.words.listing import listed

__all__ = ["Column", "FoundIssue", "FoundOption", "Reading", "Source", "read_list"]

type Value = float | str | None
type Choices = Mapping[str, str]

JUDGED = 100  # cells by which a column is judged; ours
MOST_TOLD = 20  # lines of a kind; ours
HEADING_ROWS = 40  # in which a heading is looked for; ours
MOST_NAMED = 3  # things that a line names; ours
WHOLE = 100.0  # what shares add up to, as percentages
NEAR = 0.02  # how far from 1 a sum of shares may be, rounded as people round; ours
DIGITS = 4  # decimals of a weight that is reckoned from others; ours
MOST_WEIGHT = 100.0  # WEIGHT of planner/plan/document.py
_SIDES = ("us", "them")  # a heading that says whose, and not of what
_KINDS = ("weight", "points")  # and the other way round
NUMERIC = ("weight/us", "weight/them", "us", "them")
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")  # of direction
# The signs of Arabic figures, and those that Japanese and Chinese have in full width.
_SIGNS = {0x66A: "%", 0x66B: ".", 0x66C: None} | {
    ord(sign) + 0xFEE0: sign for sign in "%(),-.+"
}
_POWER = re.compile(r"[-+−]?\d+(?:[.,]\d+)?e[-+−]?\d{1,3}", re.I)
_BELOW = re.compile(r"\((.*\d)\)|(\d.*)[-−]")  # below 0, as accounts are written
_BREAKS = re.compile(r"\s*(?:\n|;)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a reader dropped, chose or pasted: a file's bytes, or a text."""

    name: str = ""
    data: bytes = b""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its letter, what heads it, what it is read as, and a few cells.

    ``role`` is one of ``ROLES``, or "" where the column is left out.
    """

    place: int
    letter: str
    heading: str
    role: str
    sample: tuple[str, ...] = ()
    asked: bool = False


@dataclass(slots=True, kw_only=True)
class FoundOption:
    """One option as it would come in."""

    name: str
    us: Value = None
    them: Value = None


@dataclass(slots=True, kw_only=True)
class FoundIssue:
    """One issue as it would come in; ``row`` is where it begins in the file.

    ``named`` has its options by their names, as names are compared.
    """

    name: str
    row: int
    us: Value = None
    them: Value = None
    options: list[FoundOption] = field(default_factory=list)
    named: dict[str, FoundOption] = field(default_factory=dict, repr=False)
    limit: str = ""
    target: str = ""

    @property
    def is_bare(self) -> bool:
        """Tell one of which there is a name and nothing else."""
        known = self.us is not None or self.them is not None
        return not (known or self.options or self.limit or self.target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a list was read, with the reader's own choices.

    ``heading`` and ``first`` are rows of the file; a heading of 0 is none. ``notes``
    say how figures were read, ``left_out`` what was not taken and why, ``asks`` what
    the reader may choose, ``problems`` what needs another look. ``order`` tells which
    end of the options is better for us, ``first`` or ``last``, where no points do.
    """

    name: str
    tables: tuple[Table, ...]
    table: Table
    decoded: Decoded | None
    heading: int
    first: int
    columns: tuple[Column, ...]
    issues: tuple[FoundIssue, ...]
    notes: tuple[str, ...]
    left_out: tuple[str, ...]
    asks: tuple[str, ...]
    problems: tuple[str, ...]
    ranges: bool | None
    decimal: str
    order: str = ""

    @property
    def sheets(self) -> list[tuple[str, str]]:
        """The sheets to choose from, where there are several: by name, and as said."""
        readable = [table for table in self.tables if table.rows]
        if len(readable) < 2:
            return []
        return [
            (t.name, t.name if t.visible else f"{t.name} (hidden)") for t in readable
        ]

    @property
    def heading_rows(self) -> list[tuple[str, str]]:
        """The rows that may be the heading: by number, and with their words."""
        rows = [(row.number, _say_row(row)) for row in self.table.rows[:HEADING_ROWS]]
        return [("0", "None"), *((str(number), said) for number, said in rows)]

    @property
    def first_rows(self) -> list[tuple[str, str]]:
        """The rows with which the list may begin: by number, and with their words."""
        rows = [row for row in self.table.rows if row.number > self.heading]
        shown = {row.number: _say_row(row) for row in rows[:HEADING_ROWS]}
        said = (
            shown if self.first in shown else {self.first: f"Row {self.first}"} | shown
        )
        return [(str(number), words) for number, words in said.items()]

    def encodings(self, names: Mapping[str, str]) -> list[tuple[str, str]]:
        """The encodings to choose from, each with a sample of the file in it."""
        samples = self.decoded.samples if self.decoded else {}
        return [
            (name, f"{names[name]}: {sample}" if sample else names[name])
            for name, sample in samples.items()
        ]

    @property
    def says(self) -> str:
        """What was found, in figures."""
        if not self.issues:
            return "No issue found yet"
        said = [_number(len(self.issues), "issue"), *self._say_options()]
        return ", ".join([*said, self._say_weights()])

    def _say_options(self) -> Iterator[str]:
        counts = {len(issue.options) for issue in self.issues}
        if counts == {0}:
            yield "no options"
        elif len(counts) == 1:
            yield f"{_number(max(counts), 'option')} each"
        else:
            options = sum(len(issue.options) for issue in self.issues)
            yield _number(options, "option")

    def _say_weights(self) -> str:
        ours = any(issue.us is not None for issue in self.issues)
        theirs = any(issue.them is not None for issue in self.issues)
        if ours and theirs:
            return "weights for both"
        return "your weights" if ours else "their weights" if theirs else "no weights"


def _number(number: int, thing: str) -> str:
    return f"{count(number)} {thing}" + ("" if number == 1 else "s")


def read_list(source: Source, choices: Choices = MappingProxyType({})) -> Reading:
    """Read a list as far as it can be read, with the reader's choices.

    Raises UnsupportedDocument for what is no list at all.
    """
    tables, decoded = _read_tables(source, choices)
    tables = tuple(map(_bounded, tables))
    if not any(table.rows for table in tables):
        raise UnsupportedDocument(TOO_LONG)
    table = _choose_table(tables, choices.get("sheet", ""))
    return _Reader(source.name, tables, table, decoded, choices).read()


def _bounded(table: Table) -> Table:
    """Return a table, without its rows where they are too many to be a list."""
    return replace(table, rows=(), too_big=True) if table.is_too_long else table


def _read_tables(
    source: Source, choices: Choices
) -> tuple[tuple[Table, ...], Decoded | None]:
    if is_workbook(source.data):
        return _workbook(source.data), None
    decoded = None
    if source.data:
        decoded = decode_text(source.data, choices.get("encoding", ""))
    text = decoded.text if decoded else source.text
    separator = choices.get("separator", "")
    table = read_table(text, separator=separator, pasted=decoded is None)
    return (table,), decoded


@lru_cache(maxsize=1)
def _workbook(data: bytes) -> tuple[Table, ...]:
    """Return the sheets of a workbook, which is read once for all choices."""
    return read_workbook(data)


def _choose_table(tables: Sequence[Table], chosen: str) -> Table:
    """Return the chosen sheet, else the visible one that looks most like a list."""
    readable = [table for table in tables if table.rows]
    for table in readable:
        if table.name == chosen:
            return table
    visible = [table for table in readable if table.visible] or readable
    return max(visible, key=_likeness)


def _likeness(table: Table) -> tuple[int, int]:
    """Say how much a sheet looks like a list: by its heading, then by its numbers."""
    heading = _find_heading(table)
    known = len(_known(_headings(table, heading))) if heading else 0
    numbers = any(cell.number is not None for row in table.rows for cell in row.cells)
    return known, int(numbers and table.width > 1)


def _find_heading(table: Table) -> int:
    """Return the row of the heading, 0 where there is none.

    The row that says most of its columns, in the words of headings before others; else
    one of words over a column of numbers.
    """
    rows = [row for row in table.rows if not (row.hidden or row.spans)][:HEADING_ROWS]
    best, most = 0, (0, 1)
    wide = False  # whether a row above has several cells
    for row in rows:
        headings = _headings(table, row.number)
        plain_words = _count_known(filter(is_plain, headings))
        said = plain_words, _count_known(headings)
        # An issue may be called by a word that heads issues elsewhere.
        lone = _known(headings) == {"name"}
        fits = not (lone and (wide or not plain_words or _is_narrow(table, row)))
        if fits and said > most and not any(_is_number(cell) for cell in row.cells):
            best, most = row.number, said
        wide = wide or table.width == 1 or not _is_narrow(table, row)
    if best:
        return best
    for row in rows:
        if _heads_numbers(table, row):
            return row.number
    return 0


def _count_known(headings: Iterable[str]) -> int:
    """Count the columns that are told; that of the issues tells twice as much."""
    known = _known(headings)
    return len(known) + ("name" in known)


def _is_narrow(table: Table, row: Row) -> bool:
    """Tell a row of a single cell where the table has several columns."""
    return table.width > 1 and sum(map(bool, row.cells)) < 2


def _known(headings: Iterable[str]) -> set[str]:
    roles = {role_of(heading) for heading in headings}
    return roles - {"", ASIDE}


def _heads_numbers(table: Table, row: Row) -> bool:
    """Tell whether a row of words stands over columns that hold numbers below it."""
    named = [i for i, cell in enumerate(row.cells) if cell]
    if len(named) < 2 or any(_is_number(cell) for cell in row.cells):
        return False
    rows = (each for each in table.rows if each.number > row.number)
    below = list(islice(rows, JUDGED))
    numeric = [_is_numeric(below, i) for i in named]
    return any(numeric) and not all(numeric)


def _headings(table: Table, number: int) -> list[str]:
    """Return the words over each column: of its own row, and of merged cells above."""
    place = next(i for i, row in enumerate(table.rows) if row.number == number)
    own = [cell.text for cell in table.rows[place].cells]
    own += [""] * (table.width - len(own))
    above = table.rows[place - 1] if place else None
    if above is None or above.spans or above.number != number - 1:
        return own
    groups = [cell.text for cell in above.cells]
    if sum(map(bool, groups)) < 2 or any(_is_number(cell) for cell in above.cells):
        return own
    groups += [""] * (len(own) - len(groups))
    # Where merged cells were saved as text, only the first of them has its words.
    for i in range(1, len(own)):
        side = role_of(own[i]) in _SIDES
        if side or (role_of(groups[i - 1]) in _SIDES and role_of(own[i]) in _KINDS):
            groups[i] = groups[i] or groups[i - 1]
    repeated = {text for text in groups if text and groups.count(text) > 1}
    sided = {text for text in groups if role_of(text) in _SIDES}
    return [
        _headed(group, word, grouped=group in repeated | sided)
        for group, word in zip(groups, own, strict=True)
    ]


def _headed(group: str, word: str, *, grouped: bool) -> str:
    """Return the words over a column that has a heading of its own and one above it."""
    if not word and role_of(group) in ("name", "option"):
        return group
    alone = role_of(word) in ("name", "option", "limit", "target", ASIDE)
    return word if alone or not grouped or group == word else f"{group} {word}"


def _is_number(cell: Cell) -> bool:
    return cell.number is not None or _is_figure(cell.text)


@lru_cache(maxsize=2**15)  # a column is judged from each row that may head it
def _is_figure(text: str) -> bool:
    if is_level(text):
        return True
    try:
        _read_figure(text, ".")
    except ValueError:
        return False
    return True


def _read_figure(text: str, decimal: str, **bounds: float) -> float:
    """Read a number as spreadsheets and programs write it, a percentage as its number.

    Raises ValueError where it is none.
    """
    bare = _MARKS.sub("", text).translate(_SIGNS)
    bare = bare.rstrip("% \u00a0\u202f")
    if power := _POWER.fullmatch(bare):
        return float(power[0].replace(",", ".").replace("−", "-"))
    if below := _BELOW.fullmatch(bare):
        bare = f"-{below[1] or below[2]}"
    return read_number(bare, decimal=decimal, **bounds)


def _is_numeric(rows: Iterable[Row], place: int) -> bool:
    """Tell whether most of a column's first cells are numbers."""
    cells = (row.cells[place] for row in rows if place < len(row.cells))
    filled = list(islice(filter(None, cells), JUDGED))
    return sum(map(_is_number, filled)) * 2 > len(filled)


class _Reader:
    """One reading, step by step: heading, columns, rows, figures."""

    def __init__(
        self,
        name: str,
        tables: tuple[Table, ...],
        table: Table,
        decoded: Decoded | None,
        choices: Choices,
    ) -> None:
        self.name, self.tables, self.table = name, tables, table
        self.decoded, self.choices = decoded, choices
        self.notes: list[str] = []
        self.left_out: list[str] = []
        self.asks: list[str] = []
        self.problems: list[str] = []
        self.issues: list[FoundIssue] = []
        self.taken: bool | None = None
        self.ended = False  # below a gap, what stands alone in its row is a note
        self.decimal = choices.get("decimal") or table.decimal or _spoken()

    def read(self) -> Reading:
        """Go through the table from top to bottom."""
        self.heading = self._choose_heading()
        self.first = self._choose_first()
        shown = [row for row in self.table.rows if not row.hidden]
        self.body = [row for row in shown if row.number >= self.first]
        # What the planner wrote is as it is: no row of it is a total or a note.
        self.written = self._heading_words() == list(ROLES.values())
        self.columns = self._find_columns()
        self._tell_hidden()
        self._tell_above()
        self._read_rows()
        self._leave_groups()
        self._tell_sheets()
        self._check_weights()
        self._take_ranges()
        order = self._take_order()
        self._check_bounds()
        return Reading(
            name=self.name,
            tables=self.tables,
            table=self.table,
            decoded=self.decoded,
            heading=self.heading,
            first=self.first,
            columns=tuple(self.columns),
            issues=tuple(self.issues),
            notes=_few(self.notes),
            left_out=_few(self.left_out),
            asks=_few(self.asks),
            problems=_few(self.problems),
            ranges=self.taken,
            decimal=self.decimal,
            order=order,
        )

    def _choose_heading(self) -> int:
        chosen = self.choices.get("heading", "")
        numbers = {row.number for row in self.table.rows}
        if chosen.isdecimal() and (int(chosen) in numbers or chosen == "0"):
            return int(chosen)
        return _find_heading(self.table)

    def _choose_first(self) -> int:
        chosen = self.choices.get("first", "")
        if chosen.isdecimal() and int(chosen) > self.heading:
            return int(chosen)
        if self.heading:
            return self.heading + 1
        rows = self.table.rows
        wide = (row.number for row in rows if sum(map(bool, row.cells)) > 1)
        return next(wide, rows[0].number)

    # Columns.

    def _find_columns(self) -> list[Column]:
        headings = self._heading_words()
        roles = self._roles(headings)
        columns = []
        for i in range(self.table.width):
            cells = [row.cells[i] for row in self.body if i < len(row.cells)]
            sample = tuple(cell.text for cell in cells if cell.text)[:MOST_NAMED]
            if i in self.table.hidden or not (sample or headings[i] or any(cells)):
                continue
            role, asked = self._settle(i, roles[i], cells)
            columns.append(
                Column(
                    place=i,
                    letter=letter(i),
                    heading=headings[i],
                    role=role,
                    sample=sample,
                    asked=asked,
                )
            )
        return columns

    def _heading_words(self) -> list[str]:
        if not self.heading:
            return [""] * self.table.width
        return _headings(self.table, self.heading)

    def _roles(self, headings: Sequence[str]) -> list[str]:
        """Return the role of each column: by its heading, else by what it holds."""
        if self.heading and _known(headings):
            roles = [role_of(heading) for heading in headings]
            return self._complete(self._give_sides(roles, headings), headings)
        numeric = [_is_numeric(self.body, i) for i in range(self.table.width)]
        usual = list(ROLES)
        levels = list(filter(self._is_of_levels, range(self.table.width)))
        fits = not (self.heading or levels) and all(
            is_number == (usual[i] in NUMERIC) or usual[i] == "option"
            for i, is_number in enumerate(numeric)
            if i < len(usual) and self._holds(i)
        )
        if fits and self.table.width <= len(usual):
            return [usual[i] for i in range(self.table.width)]
        words = [i for i, each in enumerate(numeric) if not each and self._holds(i)]
        by_place = dict(zip(words, ("name", "option"), strict=False))
        by_place |= dict.fromkeys(levels, "weight/us")
        return [by_place.get(i, "") for i in range(self.table.width)]

    def _holds(self, place: int) -> bool:
        return any(row.cells[place] for row in self.body if place < len(row.cells))

    def _is_of_levels(self, place: int) -> bool:
        cells = [row.cells[place] for row in self.body if place < len(row.cells)]
        filled = [cell.text for cell in cells if cell]
        return bool(filled) and all(map(is_level, filled))

    def _give_sides(self, roles: list[str], headings: Sequence[str]) -> list[str]:
        """Say whose weights and points are, where headings do not: ours come first."""
        options = "option" in roles
        repeated = [i for i, role in enumerate(roles) if role == "name"]
        second = self._second_block(repeated, headings)
        for kind, ours, theirs in (
            ("weight", "weight/us", "weight/them"),
            ("points", "us", "them"),
        ):
            open_ones = [i for i, role in enumerate(roles) if role == kind]
            for i in open_ones:
                wanted = theirs if second and i > second else ours
                beside = _beside(roles, i) if kind == "points" else roles
                free = next((w for w in (wanted, theirs) if w not in beside), "")
                roles[i] = free if kind == "weight" or options else ""
            self._tell_guess(
                [i for i in open_ones if roles[i] == ours],
                [i for i in open_ones if roles[i] == theirs],
            )
        return roles

    def _tell_guess(self, ours: Sequence[int], theirs: Sequence[int]) -> None:
        """Say which columns are taken for whose, where their headings do not."""
        chosen = any(f"column-{i}" in self.choices for i in (*ours, *theirs))
        if ours and theirs and not chosen:
            self._note(
                f"Column {letter(ours[0])} is read as yours and column "
                f"{letter(theirs[0])} as theirs: the headings do not say whose they are"
            )

    def _second_block(self, repeated: Sequence[int], headings: Sequence[str]) -> int:
        """Return where a second list stands beside the first one; 0 for none."""
        if len(repeated) < 2 or repeated[1] - repeated[0] < 2:
            return 0
        first, second = (headings[i].split()[-1].casefold() for i in repeated[:2])
        return repeated[1] if first == second else 0

    def _complete(self, roles: list[str], headings: Sequence[str]) -> list[str]:
        """Find the column of the issues where no heading names one, or several do."""
        named = [i for i, role in enumerate(roles) if role == "name"]
        if self._second_block(named, headings):
            return roles
        if not named:
            numeric = (_is_numeric(self.body, i) for i in range(len(roles)))
            for i, is_number in enumerate(numeric):
                if not roles[i] and not is_number and self._holds(i):
                    roles[i] = "name"
                    break
        # Of a section and its requirements, the column that tells more apart.
        best = max(named, key=self._variety, default=None)
        return [
            ASIDE if role == "name" and named and i != best else role
            for i, role in enumerate(roles)
        ]

    def _variety(self, place: int) -> int:
        cells = (row.cells[place] for row in self.body if place < len(row.cells))
        return len({cell.text for cell in cells if cell})

    def _settle(self, i: int, role: str, cells: Sequence[Cell]) -> tuple[str, bool]:
        """Return the role of a column, and whether the reader is asked about it."""
        chosen = self.choices.get(f"column-{i}")
        if chosen is not None and (chosen in ROLES or chosen == ""):
            return chosen, False
        if role == ASIDE:
            return "", False
        if role.startswith("weight") and not self.written and _are_shares(cells):
            return "", True
        judged = islice(filter(None, cells), JUDGED)
        asked = not role and any(map(_is_number, judged))
        return role, asked

    # What is not taken, and why.

    def _tell_hidden(self) -> None:
        hidden = [row for row in self.table.rows if row.hidden]
        if hidden:
            place = next((c.place for c in self.columns if c.role == "name"), 0)
            names = [r.cells[place].text for r in hidden if place < len(r.cells)]
            said = _join(dict.fromkeys(name for name in names if name))
            rows = _say_rows([row.number for row in hidden])
            self.left_out.append(
                f"Hidden or filtered: {said + ', ' if said else ''}{rows}"
            )
        if self.table.hidden:
            letters = _join([letter(i) for i in sorted(self.table.hidden)], "")
            many = "columns" if len(self.table.hidden) > 1 else "column"
            self.left_out.append(f"Hidden: {many} {letters}")

    def _tell_above(self) -> None:
        for row in self.table.rows:
            if row.number < self.first and row.number != self.heading:
                texts = dict.fromkeys(cell.text for cell in row.cells if cell.text)
                said = _shorten(" ".join(texts))
                self.left_out.append(f"Above the list: “{said}”, row {row.number}")

    def _tell_sheets(self) -> None:
        big = [table.name for table in self.tables if table.too_big]
        if big:
            self.left_out.append(f"Too big to be read: sheet {_join(big)}")
        for column in self.columns:
            if column.asked:
                called = f" “{column.heading}”" if column.heading else ""
                sample = ", ".join(column.sample)
                self.asks.append(
                    f"What is in column {column.letter}{called} ({sample})? It is left "
                    "out until you choose"
                )
            elif not column.role and column.sample:
                called = f" “{column.heading}”" if column.heading else ""
                self.left_out.append(f"Column {column.letter}{called}")

    # Rows.

    def _read_rows(self) -> None:
        blocks = self._blocks()
        current: list[FoundIssue | None] = [None] * len(blocks)
        known: dict[str, FoundIssue] = {}
        before = self.body[0].number - 1 if self.body else 0
        for row in self.body:
            gap, before = row.number > before + 1, row.number
            reason = self._skip(row, gap=gap)
            if reason == "table":
                self._tell_rest(row)
                break
            if reason:
                self.left_out.append(reason)
                continue
            for i, block in enumerate(blocks):
                current[i] = self._read_row(row, block, current[i], known)

    def _leave_groups(self) -> None:
        """Leave out what heads a group of issues, in a list of which the others weigh.

        In text nothing tells it from an issue without a weight but how it is written.
        """
        bare = [issue for issue in self.issues if issue.is_bare]
        others = [issue for issue in self.issues if not issue.is_bare]
        if self.written or len(bare) >= len(others):
            return
        if not any(heads_group(issue.name) for issue in others):
            heads = [issue for issue in bare if heads_group(issue.name)]
            self.left_out += [_say_group(issue.name, issue.row) for issue in heads]
            bare = [issue for issue in bare if not heads_group(issue.name)]
            self.issues = [
                issue
                for issue in self.issues
                if not (issue.is_bare and heads_group(issue.name))
            ]
        if bare:
            names = _join(issue.name for issue in bare)
            self._note(f"Of {names} there is a name and nothing else")

    def _blocks(self) -> list[list[Column]]:
        """Return the columns of each list: two stand side by side now and then."""
        used = [column for column in self.columns if column.role]
        starts = [i for i, column in enumerate(used) if column.role == "name"]
        if not starts:
            if used:
                self.asks.insert(0, "Which column names the issues?")
            return []
        ends = [*starts[1:], len(used)]
        return [
            used[(0 if n == 0 else start) : end]
            for n, (start, end) in enumerate(zip(starts, ends, strict=True))
        ]

    def _skip(self, row: Row, *, gap: bool) -> str:
        """Say why a row is no issue; ``table`` where another one begins."""
        texts = [cell.text for cell in row.cells if cell.text]
        name = texts[0] if texts else ""
        if self.written:
            return ""
        if self.heading and [cell.text for cell in row.cells] == self._heading_cells():
            return f"The heading again, row {row.number}"
        if row.spans and self._is_section(row):
            return _say_group(name, row.number)
        if name and (is_total(name) or (begins_as_total(name) and self._sums(row))):
            return f"Total: “{_shorten(name)}”, row {row.number}"
        if not any(self._names(row)) and self._sums(row):
            return f"Total: row {row.number}"
        alone = len({*texts}) == 1 and len(self._filling()) > 1
        self.ended = alone and bool(self.issues) and (gap or self.ended)
        if alone and (self.ended or is_note(name)):
            return f"Note: “{_shorten(name)}”, row {row.number}"
        roles = _known(texts)
        if gap and self.issues and len(roles) > 1 and "name" in roles:
            return "table"
        return ""

    def _names(self, row: Row) -> list[str]:
        """Return what a row says in words: of an issue, an option, a limit."""
        places = [c.place for c in self.columns if c.role and c.role not in NUMERIC]
        return [row.cells[i].text for i in places if i < len(row.cells)]

    def _sums(self, row: Row) -> bool:
        """Tell whether the weights of a row are the sums of those above it."""
        sums = []
        for column in self.columns:
            role, _, slot = column.role.partition("/")
            cell = row.cells[column.place] if column.place < len(row.cells) else Cell()
            if role == "weight" and cell:
                above = [getattr(issue, slot) for issue in self.issues]
                known = [weight for weight in above if isinstance(weight, float)]
                share = _share(cell) or 0.0
                value = share * (WHOLE if cell.percent else 1)
                sums.append(len(known) > 1 and isclose(sum(known), value, abs_tol=NEAR))
        return bool(sums) and all(sums)

    def _heading_cells(self) -> list[str]:
        rows = (row for row in self.table.rows if row.number == self.heading)
        return [cell.text for cell in next(rows).cells]

    def _filling(self) -> list[Column]:
        return [column for column in self.columns if column.role]

    def _is_section(self, row: Row) -> bool:
        """Tell a heading inside the list from the last cells of a merged issue."""
        return not any(_is_number(cell) for cell in row.cells)

    def _tell_rest(self, row: Row) -> None:
        rest = [each.number for each in self.body if each.number >= row.number]
        self.left_out.append(f"Another table, {_say_rows(rest)}")

    def _read_row(
        self,
        row: Row,
        block: Sequence[Column],
        issue: FoundIssue | None,
        known: dict[str, FoundIssue],
    ) -> FoundIssue | None:
        """Take a row into its issue, which goes on where the row names none."""
        cells = {c.place: row.cells[c.place] for c in block if c.place < len(row.cells)}
        named = next(c for c in block if c.role == "name")
        name = _one_line(cells.get(named.place, Cell()).text)
        if name:
            issue = known.get(normalize_name(name))
            if issue is None:
                issue = known[normalize_name(name)] = FoundIssue(
                    name=name, row=row.number
                )
                self.issues.append(issue)
        if issue is None:
            if any(cells.values()):
                self.problems.append(f"Row {row.number} names no issue. It is left out")
            return None
        figures: dict[int, Value] = {}
        for column in block:
            cell = cells.get(column.place, Cell())
            if column.role in NUMERIC and cell:
                figures[column.place] = self._figure(cell, column, row)
            elif column.role in ("limit", "target") and cell.text:
                self._set(issue, column.role, _one_line(cell.text))
            elif cell.lacking and column.role:
                self._ask_formula(column, row)
        for column in block:
            kind, _, slot = column.role.partition("/")
            if kind == "weight" and figures.get(column.place) is not None:
                self._set_weight(issue, slot, figures[column.place], row)
        for columns in _option_groups(block):
            self._take_options(issue, cells, columns, figures, row)
        return issue

    def _set(self, issue: FoundIssue, slot: str, value: str) -> None:
        if not getattr(issue, slot):
            setattr(issue, slot, value)

    def _set_weight(self, issue: FoundIssue, slot: str, value: Value, row: Row) -> None:
        known = getattr(issue, slot)
        if known is None:
            setattr(issue, slot, value)
        elif known != value:
            self.problems.append(
                f"Row {row.number} gives {issue.name} another weight; the first counts"
            )

    def _take_options(
        self,
        issue: FoundIssue,
        cells: Mapping[int, Cell],
        block: Sequence[Column],
        figures: Mapping[int, Value],
        row: Row,
    ) -> None:
        columns = [column for column in block if column.role == "option"]
        points = {
            column.role: figures[column.place]
            for column in block
            if column.role in ("us", "them") and column.place in figures
        }
        names = [
            name
            for column in columns
            for name in self._option_names(cells.get(column.place, Cell()), points)
        ]
        if points and len(names) != 1:
            where = f"Row {row.number}, {issue.name}"
            what = "no option" if not names else "several options"
            self.problems.append(f"{where}: points stand beside {what}. Left out")
            points = {}
        for name in names:
            self._add_option(issue, name, points, row)

    def _option_names(self, cell: Cell, points: Mapping[str, Value]) -> list[str]:
        """Return the options of a cell: without points, several may stand in one."""
        if not cell.text:
            return []
        if points or self.written or cell.number is not None:
            return [_one_line(cell.text)]
        return [part for part in _BREAKS.split(cell.text) if part]

    def _add_option(
        self, issue: FoundIssue, name: str, points: Mapping[str, Value], row: Row
    ) -> None:
        known = issue.named.get(normalize_name(name))
        if known:
            if points and (known.us, known.them) == (None, None):
                known.us, known.them = points.get("us"), points.get("them")
            elif points and (known.us, known.them) != (
                points.get("us"),
                points.get("them"),
            ):
                self.problems.append(
                    f"Row {row.number} names “{_shorten(name)}” of {issue.name} again; "
                    "the first is taken"
                )
            return
        issue.named[normalize_name(name)] = option = FoundOption(name=name, **points)
        issue.options.append(option)

    def _ask_formula(self, column: Column, row: Row) -> None:
        self.problems.append(
            f"Cell {column.letter}{row.number} holds a formula without its value. Open "
            "the file in its program, save it, and choose it again"
        )

    # Figures.

    def _figure(self, cell: Cell, column: Column, row: Row) -> Value:
        """Return a weight or points as a number; as typed where it is none."""
        if cell.lacking:
            self._ask_formula(column, row)
            return None
        if cell.number is not None:
            shown = cell.number * (WHOLE if cell.percent else 1)
            return self._bounded(shown, cell, column, row)
        weighs = column.role.startswith("weight")
        level = self._level(cell, column)
        if weighs and level is not None:
            self._note(f"“{cell.text}” is read as a weight of {plain(level)}")
            return float(level)
        bounds = {"least": 0.0, "most": MOST_WEIGHT} if weighs else {}
        try:
            read = _read_figure(cell.text, self.decimal, **bounds)
        except ValueError:
            return self._unread("no number", cell, column, row)
        return self._bounded(read, cell, column, row)

    def _level(self, cell: Cell, column: Column) -> float | None:
        """Return what a word stands for; a letter, where the column has no other."""
        said = cell.text.casefold().replace("’", "'")
        if said in LETTERS and self._is_of_letters(column.place):
            return LETTERS[said]
        return LEVELS.get(said)

    def _is_of_letters(self, place: int) -> bool:
        cells = [row.cells[place] for row in self.body if place < len(row.cells)]
        return all(cell.text.casefold() in LETTERS for cell in cells if cell)

    def _bounded(self, value: float, cell: Cell, column: Column, row: Row) -> Value:
        """Return a number; as typed where it is beyond what a plan can hold."""
        if abs(value) <= MOST:
            return _round(value)
        return self._unread("too large a number", cell, column, row)

    def _unread(self, what: str, cell: Cell, column: Column, row: Row) -> str:
        self.problems.append(
            f"Cell {column.letter}{row.number}, {ROLES[column.role].lower()}: "
            f"“{_shorten(cell.text)}” is {what}"
        )
        return cell.text

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)

    def _check_weights(self) -> None:
        """Turn shares of 1, and of more than 100, into shares of 100."""
        for slot, whose in (("us", "to you"), ("them", "to them")):
            known = [getattr(issue, slot) for issue in self.issues]
            weights = [w for w in known if isinstance(w, float)]
            chosen = self._is_chosen(f"weight/{slot}")
            if chosen and _sum_to_one(weights):
                self._scale(slot, WHOLE)
                self._note(f"Weights {whose} are shares of 1: 0.2 is read as 20")
            elif weights and max(weights) > MOST_WEIGHT and min(weights) >= 0:
                self._scale(slot, WHOLE / sum(weights))
                self._note(
                    f"Weights {whose} are read as shares of {plain(sum(weights))}"
                )

    def _is_chosen(self, role: str) -> bool:
        places = [c.place for c in self.columns if c.role == role]
        return any(self.choices.get(f"column-{i}") == role for i in places)

    def _scale(self, slot: str, factor: float) -> None:
        for issue in self.issues:
            value = getattr(issue, slot)
            if isinstance(value, float):
                setattr(issue, slot, round(value * factor, DIGITS))

    def _take_ranges(self) -> None:
        """Take the ranges of points for weights, where they carry the weights."""
        ranges = {slot: self._ranges(slot) for slot in ("us", "them")}
        ranges = {slot: found for slot, found in ranges.items() if found}
        if not ranges:
            return
        chosen = self.choices.get("ranges", "")
        carried = not self.written and any(map(self._carries, ranges))
        self.taken = chosen == "yes" if chosen else carried
        for slot, found in ranges.items():
            whose = "to you" if slot == "us" else "to them"
            said = ", ".join(map(plain, found))
            if chosen and not self.taken:
                self._stretch(slot)
                self._note(
                    f"Points {whose} run from 0 to 100 on each issue now: "
                    f"their ranges, {said}, are no weights"
                )
                continue
            if not self.taken:
                self._note(f"Points {whose} range over {said}: they may be weights")
                continue
            for issue, swing in zip(self.issues, found, strict=True):
                setattr(issue, slot, round(swing / sum(found) * WHOLE, DIGITS))
            self._note(f"Weights {whose} by the range of the points: {said}")

    def _take_order(self) -> str:
        """Put our best option first, by the reader's word, where no points tell it.

        It is never guessed: until it is chosen it is asked for, once for all issues.
        """
        bare = [
            issue
            for issue in self.issues
            if len(issue.options) > 1 and all(o.us is None for o in issue.options)
        ]
        if not bare:
            return ""
        chosen = self.choices.get("order", "")
        if chosen not in ("first", "last"):
            self.asks.append("Which end of the options is better for you?")
            return "first"
        if chosen == "last":
            for issue in bare:
                issue.options.reverse()
        return chosen

    def _ranges(self, slot: str) -> list[float]:
        """Return how far the points of each issue range; none where all are alike."""
        if any(getattr(issue, slot) is not None for issue in self.issues):
            return []
        points = [[getattr(o, slot) for o in issue.options] for issue in self.issues]
        if len(points) < 2 or not all(map(_all_numbers, points)):
            return []
        found = [max(each) - min(each) for each in points]
        return found if len({*found}) > 1 else []

    def _stretch(self, slot: str) -> None:
        """Bring the points of each issue to 0 to 100, so that they carry no weight.

        Left as they are, their ranges would stand in for the weights that are missing,
        whatever the reader has chosen here.
        """
        for issue in self.issues:
            points = [getattr(option, slot) for option in issue.options]
            least, span = min(points), max(points) - min(points)
            for option, value in zip(issue.options, points, strict=True):
                scaled = (value - least) / span * WHOLE if span else value
                setattr(option, slot, round(scaled, DIGITS))

    def _carries(self, slot: str) -> bool:
        """Tell whether points are off the scale, or range over 100 in all.

        What a plan without weights is reckoned with goes by the same.
        """
        points = [[getattr(o, slot) for o in issue.options] for issue in self.issues]
        every = [value for each in points for value in each]
        swings = sum(max(each) - min(each) for each in points)
        off = min(every) < 0 or max(every) > MOST_WEIGHT
        return off or isclose(swings, WHOLE, rel_tol=NEAR)

    def _check_bounds(self) -> None:
        if len(self.issues) > MOST_ISSUES:
            self.problems.append(
                f"There are {count(len(self.issues))} issues, and a plan has room for "
                f"{MOST_ISSUES}. Keep fewer rows, or choose where the list begins"
            )
        for issue in self.issues:
            if len(issue.options) > MOST_OPTIONS:
                self.problems.append(
                    f"Row {issue.row}, {_shorten(issue.name)}: there are "
                    f"{len(issue.options)} options, and an issue has room for "
                    f"{MOST_OPTIONS}"
                )
            names = [issue.name, *(option.name for option in issue.options)]
            for name in names:
                if len(name) > NAME:
                    self.problems.append(
                        f"Row {issue.row}: “{_shorten(name)}” is longer than {NAME} "
                        "characters"
                    )
                if "\ufffd" in name:
                    self.problems.append(
                        f"Row {issue.row}: a letter of “{_shorten(name)}” was lost "
                        "when the file was made"
                    )


def _beside(roles: Sequence[str], place: int) -> Sequence[str]:
    """Return the roles up to the next option, from the one before, where there are two.

    Points may stand behind each option of a row.
    """
    options = [i for i, role in enumerate(roles) if role == "option"]
    if len(options) < 2:
        return roles
    start = max((i for i in options if i < place), default=0)
    return roles[start : min((i for i in options if i > place), default=len(roles))]


def _option_groups(block: Sequence[Column]) -> list[list[Column]]:
    """Return the columns of options with their points, in groups that repeat.

    One group, unless every option has points of its own behind it.
    """
    columns = [column for column in block if column.role in ("option", "us", "them")]
    starts = [i for i, column in enumerate(columns) if column.role == "option"]
    ends = [*starts[1:], len(columns)][: len(starts)]
    groups = [columns[i:j] for i, j in zip(starts, ends, strict=True)]
    apart = bool(starts) and starts[0] == 0 and all(len(group) > 1 for group in groups)
    return groups if apart else [columns]


def _few(lines: Sequence[str]) -> tuple[str, ...]:
    """Return what can be read: the first lines, and how many more there are."""
    more = len(lines) - MOST_TOLD
    told = lines if more <= 0 else [*lines[:MOST_TOLD], f"And {count(more)} more"]
    return tuple(told)


def _spoken() -> str:
    """Return the decimal sign of the reader's language."""
    return current_spelling().decimal


def _are_shares(cells: Iterable[Cell]) -> bool:
    """Tell whether a column holds shares of 1 that no format shows as percentages."""
    bare = [cell for cell in cells if cell and not cell.percent]
    numbers = [_share(cell) for cell in bare]
    return _sum_to_one([number for number in numbers if number is not None])


def _share(cell: Cell) -> float | None:
    if cell.number is not None:
        return cell.number
    try:
        return _read_figure(cell.text, "," if "," in cell.text else ".")
    except ValueError:
        return None


def _sum_to_one(numbers: Sequence[float]) -> bool:
    """Tell shares of 1: two or more, each from 0 to 1, that sum to 1, or twice that.

    Twice, where a total stands under them.
    """
    if len(numbers) < 2 or min(numbers) < 0 or max(numbers) > 1:
        return False
    total = sum(numbers)
    return abs(total - 1) < NEAR or (max(numbers) == 1 and abs(total - 2) < NEAR)


def _all_numbers(values: Sequence[Value]) -> bool:
    return bool(values) and all(isinstance(value, float) for value in values)


def _round(value: float) -> float:
    """Return a number without what reckoning in binary left behind."""
    return 0.0 if abs(value) < ROUNDING else float(f"{value:.15g}")


def _one_line(text: str) -> str:
    return " ".join(text.splitlines()).strip()


def letter(place: int) -> str:
    """Return the letters of a column by its place, A for 0."""
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _join(names: Iterable[str], quote: str = "“”") -> str:
    """Name the first few things of a list, and how many more there are."""
    left, right = (quote[0], quote[1]) if quote else ("", "")
    return listed((f"{left}{_shorten(name)}{right}" for name in names), MOST_NAMED)


def _say_row(row: Row) -> str:
    """Say which row is meant, by its number and its first words."""
    texts = dict.fromkeys(_one_line(cell.text) for cell in row.cells if cell.text)
    return f"Row {row.number}: {_shorten(' | '.join(texts))}"


def _say_group(name: str, row: int) -> str:
    return f"Heading of a group: “{_shorten(name)}”, row {row}"


def _say_rows(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    whole = numbers[-1] - numbers[0] + 1 == len(numbers)
    if whole and len(numbers) > 2:
        return f"rows {numbers[0]} to {numbers[-1]}"
    return f"rows {_join(map(str, numbers), '')}"


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
