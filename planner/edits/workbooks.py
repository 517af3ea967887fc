"""The sheets of a workbook as tables, read in a stream with bounds on everything.

A workbook (ECMA-376) is a few XML files in a ZIP. Nothing is built of what a list does
not need: cells pass by one at a time, and a file that holds too much is left before
it costs anything. No library that keeps a whole workbook sees it.
"""

import io
import posixpath
import pyexpat
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

from planner.edits.formats import BUILT_IN, format_number, is_percent
from planner.edits.tables import Cell, Row, Table
from planner.plan.errors import UnsupportedDocument
from planner.plan.limits import MOST_CELLS, MOST_WORKBOOK
from planner.words.figures import plain

__all__ = ["is_workbook", "read_workbook"]

MOST_UNPACKED = 20_000_000  # bytes of all its parts: a small file can hold much more
MOST_PARTS = 1_000  # files in the file: each sheet, picture and comment is one
MOST_ELEMENTS = 1_000_000  # of all its parts: a cell has four at most; ours
LAST_ROW = 1_048_576  # of a sheet, as spreadsheets have them
LAST_COLUMN = 16_384
CHUNK = 65_536  # bytes that are parsed before the bounds are looked at again
TOO_LARGE = "too large a number"  # where a cell says 1e400; its field asks for another
ROUNDING = 1e-9  # a number nearer to 0 is what rounding left of it

_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TOO_BIG = (
    "This workbook is too big for a list of issues. Copy the list into a new workbook"
)
_UNREADABLE = (
    "This file could not be read as a workbook. Save it as .xlsx, without a password, "
    "and try again"
)

type Attributes = dict[str, str]
type Start = Callable[[str, Attributes], object]
type End = Callable[[str], object]
type Text = Callable[[str], object]


class _TooMuch(Exception):
    """A part holds more than is read."""


def is_workbook(data: bytes) -> bool:
    """Tell a workbook, of today or of the old kind, from a text by how it begins."""
    return data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def read_workbook(data: bytes) -> tuple[Table, ...]:
    """Read every sheet of a workbook that has something in it, in their order.

    Raises UnsupportedDocument for what is no workbook, and for one that is too big. A
    sheet that is too big is left out where there are others.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            unpacked = sum(part.file_size for part in parts)
            if max(len(data) / MOST_WORKBOOK, unpacked / MOST_UNPACKED) > 1:
                raise UnsupportedDocument(_TOO_BIG)
            if len(parts) > MOST_PARTS:
                raise UnsupportedDocument(_TOO_BIG)
            tables = list(_read_sheets(_Package(packed)))
    except UnsupportedDocument:
        raise
    except _TooMuch:
        raise UnsupportedDocument(_TOO_BIG) from None
    # A damaged file can be wrong anywhere, and in any way.
    except Exception:
        raise UnsupportedDocument(_UNREADABLE) from None
    if not any(table.rows for table in tables):
        big = any(table.too_big for table in tables)
        raise UnsupportedDocument(
            _TOO_BIG if big else "There is nothing in this workbook"
        )
    return tuple(table for table in tables if table.rows or table.too_big)


class _Package:
    """The parts of a workbook by their names."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._left = MOST_ELEMENTS
        self._names = {name.lower(): name for name in packed.namelist()}

    def parse(self, part: str, start: Start, end: End, text: Text) -> bool:
        """Pass a part by, element by element; False where there is no such part."""
        name = self._names.get(part.lstrip("/").lower())
        if name is None:
            return False
        # Not by way of xml.parsers: the package xml is fetched with what writes.
        parser = pyexpat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._counting(start)
        parser.EndElementHandler = lambda tag: end(_local(tag))
        parser.CharacterDataHandler = text
        with self._packed.open(name) as stream:
            while chunk := stream.read(CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
        return True

    def _counting(self, start: Start) -> Start:
        def begin(tag: str, given: Attributes) -> None:
            self._left -= 1
            if self._left < 0:
                raise _TooMuch
            start(_local(tag), given)

        return begin

    def elements(self, part: str) -> list[tuple[str, Attributes]]:
        """Return the elements of a small part with their attributes, in order."""
        found: list[tuple[str, Attributes]] = []

        def start(tag: str, given: Attributes) -> None:
            found.append((tag, given))
            if len(found) > MOST_CELLS:
                raise _TooMuch

        self.parse(part, start, lambda tag: None, lambda text: None)
        return found


def _refuse_doctype(*_: object) -> None:
    raise ValueError("no workbook declares entities")


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _read_sheets(package: _Package) -> Iterator[Table]:
    book = _find_book(package)
    elements = package.elements(book)
    if not elements:
        raise ValueError("no workbook")
    targets = _targets(package, book)
    dates = next((a for tag, a in elements if tag == "workbookPr"), {})
    shown = _Shown(
        texts=_read_texts(package, targets),
        codes=_read_formats(package, targets),
        since_1904=_is_on(dates.get("date1904")),
    )
    budget = MOST_CELLS
    for tag, given in elements:
        if tag != "sheet":
            continue
        reader = _Sheet(shown, budget)
        part = targets.get(_relation(given), "")
        name, visible = given.get("name", ""), given.get("state") in (None, "visible")
        try:
            if "chartsheets/" not in part and reader.read(package, part):
                yield reader.table(name, visible=visible)
        except _TooMuch:
            yield Table(name=name, rows=(), visible=visible, too_big=True)
        budget -= min(budget, reader.seen)


def _find_book(package: _Package) -> str:
    """Return the name of the part that lists the sheets."""
    for _, given in package.elements("_rels/.rels"):
        if given.get("Type", "").endswith("/officeDocument"):
            return given.get("Target", "").lstrip("/")
    return "xl/workbook.xml"


def _targets(package: _Package, book: str) -> dict[str, str]:
    """Return the parts that the workbook names: by their ids, and by their kinds."""
    folder, name = posixpath.split(book)
    found: dict[str, str] = {}
    for _, given in package.elements(f"{folder}/_rels/{name}.rels"):
        target = given.get("Target", "")
        whole = posixpath.normpath(posixpath.join(f"/{folder}", target))
        found[given.get("Id", "")] = whole
        found.setdefault(given.get("Type", "").rpartition("/")[2], whole)
    return found


def _relation(given: Attributes) -> str:
    return next((v for k, v in given.items() if k.endswith(":id")), "")


def _is_on(flag: str | None) -> bool:
    return flag in ("1", "true", "on")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What cells refer to: texts and number formats by their places."""

    texts: Sequence[str]
    codes: Sequence[str]
    since_1904: bool


def _read_texts(package: _Package, targets: Mapping[str, str]) -> list[str]:
    """Read the texts that cells share, without the readings above Japanese ones."""
    texts: list[list[str]] = []
    inside: list[str] = []

    def start(tag: str, _: Attributes) -> None:
        inside.append(tag)
        if tag == "si":
            texts.append([])
            if len(texts) > MOST_CELLS:
                raise _TooMuch

    def text(piece: str) -> None:
        if inside[-1] == "t" and "rPh" not in inside:
            texts[-1].append(piece)

    part = targets.get("sharedStrings", "")
    package.parse(part, start, lambda _: inside.pop(), text)
    return [_unescape("".join(pieces)) for pieces in texts]


def _unescape(text: str) -> str:
    """Turn ``_x000D_`` and the like into the characters that they stand for."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _read_formats(package: _Package, targets: Mapping[str, str]) -> list[str]:
    """Read the number format of every style of cells, by the place of the style."""
    codes = dict(BUILT_IN)
    numbers: list[int] = []
    styled = False
    for tag, given in package.elements(targets.get("styles", "")):
        if tag == "numFmt":
            codes[_whole(given.get("numFmtId"))] = given.get("formatCode", "General")
        elif tag in ("cellXfs", "cellStyles"):
            styled = tag == "cellXfs"
        elif tag == "xf" and styled:
            numbers.append(_whole(given.get("numFmtId")))
    return [codes.get(number, "General") for number in numbers]


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


@dataclass(slots=True)
class _Sheet:
    """One sheet while it passes by."""

    shown: _Shown
    budget: int
    seen: int = 0
    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    shown_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    zero_height: bool = False
    _row: int = 0
    _column: int = 0
    _given: Attributes = field(default_factory=dict)
    _texts: list[str] = field(default_factory=list)
    _inside: list[str] = field(default_factory=list)
    _formula: bool = False
    _stored: bool = False

    def read(self, package: _Package, part: str) -> bool:
        """Read a part; False where it is not there. Raises _TooMuch."""
        return package.parse(part, self._start, self._end, self._text)

    def _start(self, tag: str, given: Attributes) -> None:
        self._inside.append(tag)
        if tag == "c":
            self._begin_cell(given)
        elif tag == "row":
            self._begin_row(given)
        elif tag in ("v", "t"):
            self._stored = True
        elif tag == "f":
            self._formula = True
        elif tag in ("mergeCell", "hyperlink"):
            self._note_range(tag, given.get("ref", ""))
        elif tag == "col" and _is_on(given.get("hidden")):
            span = _whole(given.get("min")), _whole(given.get("max"))
            self.hidden_columns.append(span)
            self._count(1)
        elif tag == "sheetFormatPr":
            self.zero_height = _is_on(given.get("zeroHeight"))

    def _count(self, cells: int) -> None:
        self.seen += cells
        if self.seen > self.budget:
            raise _TooMuch

    def _begin_row(self, given: Attributes) -> None:
        self._count(1)
        self._row = _whole(given.get("r")) or self._row + 1
        self._column = 0
        if self._row > LAST_ROW:
            raise _TooMuch
        if _is_on(given.get("hidden")):
            self.hidden_rows.add(self._row)
        else:
            self.shown_rows.add(self._row)

    def _begin_cell(self, given: Attributes) -> None:
        self._count(1)
        place = _RANGE.match(given.get("r", ""))
        self._column = _column(place[1]) if place else self._column + 1
        self._given, self._texts = given, []
        self._formula = self._stored = False

    def _note_range(self, tag: str, ref: str) -> None:
        found = _RANGE.fullmatch(ref)
        if not found:
            return
        first = _column(found[1]), int(found[2])
        last = (_column(found[3]), int(found[4])) if found[3] else first
        wide, tall = last[0] - first[0] + 1, last[1] - first[1] + 1
        self._count(max(wide * tall, 1))
        if tag == "mergeCell":
            self.merged.append((first[1], first[0], last[1], last[0]))

    def _text(self, piece: str) -> None:
        inside = self._inside
        if inside[-1] == "v" or (inside[-1] == "t" and "rPh" not in inside):
            self._texts.append(piece)

    def _end(self, tag: str) -> None:
        self._inside.pop()
        if tag != "c":
            return
        cell = self._cell("".join(self._texts))
        if cell:
            self.cells.setdefault(self._row, {})[self._column] = cell

    def _cell(self, value: str) -> Cell:
        kind = self._given.get("t", "n")
        if self._formula and not value and not (kind == "str" and self._stored):
            return Cell(lacking=True)
        if kind == "s":
            return Cell(_tidy(self.shown.texts[int(value)]) if value else "")
        if kind == "b":
            return Cell("yes" if value == "1" else "no")
        if kind == "d":
            return Cell(value.partition("T")[0])
        if kind != "n" or not value:
            return Cell(_tidy(_unescape(value)))
        return self._number(float(value))

    def _number(self, number: float) -> Cell:
        if not isfinite(number):
            return Cell(TOO_LARGE)
        number = 0.0 if abs(number) < ROUNDING else number
        style = _whole(self._given.get("s"))
        codes = self.shown.codes
        code = codes[style] if style < len(codes) else "General"
        if code == "General":
            return Cell(plain(number), number)
        text = format_number(number, code, since_1904=self.shown.since_1904)
        return Cell(text or plain(number), number, is_percent(code))

    def table(self, name: str, *, visible: bool) -> Table:
        """Return what was read as a table, its merged cells filled in."""
        self._fill_merged()
        # A row is as long as its last cell is far.
        if sum(map(max, self.cells.values())) > MOST_CELLS:
            raise _TooMuch
        columns = {column for row in self.cells.values() for column in row}
        hidden = frozenset(self._hidden_among(columns))
        rows = tuple(self._rows(self._spanning()))
        return Table(name=name, rows=rows, visible=visible, hidden=hidden)

    def _hidden_among(self, columns: Iterable[int]) -> Iterator[int]:
        """Yield the places of those columns that do not show."""
        spans = sorted(self.hidden_columns, reverse=True)
        end = 0
        for column in sorted(columns):
            while spans and spans[-1][0] <= column:
                end = max(end, spans.pop()[1])
            if column <= end:
                yield column - 1

    def _fill_merged(self) -> None:
        """Read a merged cell as its first one all over its range."""
        if not self.cells:
            return
        last_row = max(self.cells)
        last_column = max(column for row in self.cells.values() for column in row)
        for top, left, bottom, right in self.merged:
            cell = self.cells.get(top, {}).get(left)
            if cell is None:
                continue
            for row in range(top, min(bottom, last_row) + 1):
                for column in range(left, min(right, last_column) + 1):
                    self.cells.setdefault(row, {})[column] = cell

    def _spanning(self) -> set[int]:
        """Return the rows of which one merged cell is all that there is."""
        spanning = set()
        for top, left, _, right in self.merged:
            filled = self.cells.get(top, {})
            if right > left and all(left <= column <= right for column in filled):
                spanning.add(top)
        return spanning

    def _rows(self, spanning: Iterable[int]) -> Iterator[Row]:
        for number in sorted(self.cells):
            filled = self.cells[number]
            cells = tuple(filled.get(i, _EMPTY) for i in range(1, max(filled) + 1))
            hidden = number in self.hidden_rows
            hidden |= self.zero_height and number not in self.shown_rows
            yield Row(number, cells, hidden=hidden, spans=number in spanning)


_EMPTY = Cell()


def _column(letters: str) -> int:
    """Return the number of a column: 1 for A, 28 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    if number > LAST_COLUMN:
        raise _TooMuch
    return number


def _tidy(text: str) -> str:
    """Return a cell's text with each of its lines on one, without the empty ones."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)
