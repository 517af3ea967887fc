"""A table as a file holds it: rows of cells, before anybody says what they mean.

Tables in text are read here, those of workbooks in ``planner.edits.workbooks``.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from planner.edits.guarding import unguard
from planner.plan.errors import UnsupportedDocument
from planner.plan.limits import MOST_BYTES, MOST_CELLS, MOST_ROWS
from planner.words.figures import count

__all__ = ["SEPARATORS", "TOO_LONG", "Cell", "Row", "Table", "read_table", "split"]

# What may stand between the cells of a row, in the order of a tie, as a reader says it.
SEPARATORS: Mapping[str, str] = MappingProxyType(
    {"\t": "tabs", ";": "semicolons", ",": "commas", "|": "bars"}
)
MOST_LINES = 100_000  # of a text, empty or not; ours
JUDGED = 100_000  # characters in which the separator is looked for; ours
TOO_LONG = (
    f"There are more than {count(MOST_ROWS)} rows, or {count(MOST_CELLS)} cells: more "
    "than a list of issues has. Copy the rows that are the list, and paste them"
)
_DECLARED = re.compile(r'"?sep=([\t;,|])"?[\t;,|]*', re.I)
_QUOTED = re.compile(  # a cell in quotes, whatever separates the cells
    r'(?<![^\t;,|\r\n])"(?:[^"]|"")*+"(?=[ ]*(?:[\t;,|\r\n]|\Z))'
)
_RULE = re.compile(r":?-+:?")
_OTHER = re.compile(r"\s*(?:<(?:[!?]|html|table|meta)|%PDF-|\{\\rtf)", re.I)
_ENDS = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"[^\r\n]*")
_NUMBER = re.compile(r"[-+−]?[\d.,]*\d\s*%?")
_DECIMAL = re.compile(r"[-+−]?\d*([.,])(?:\d{1,2}|\d{4,})")
_GROUPED = re.compile(r"[-+−]?\d{1,3}(?:([.,’' \u00a0\u202f])\d{3})(?:\1\d{3})+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text as its program shows it, and its number where it is one.

    ``percent`` marks a number that is shown as a percentage, 0.2 as 20%; ``lacking``
    a formula beside which no value is stored.
    """

    text: str = ""
    number: float | None = None
    percent: bool = False
    lacking: bool = False

    def __bool__(self) -> bool:
        return bool(self.text) or self.lacking


_EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """A row and its number in the file, counted from 1.

    ``spans`` tells that one merged cell is all that the row shows.
    """

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False
    spans: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a text or of one sheet that are not empty.

    ``hidden`` are the places of columns that do not show, ``decimal`` the sign that
    numbers in text have, empty where the table does not tell. One that is ``too_big``
    was not read.
    """

    name: str
    rows: tuple[Row, ...]
    visible: bool = True
    hidden: frozenset[int] = frozenset()
    decimal: str = ""
    separator: str = ""
    too_big: bool = False

    @property
    def is_too_long(self) -> bool:
        """Tell what no list of issues is, and would take long to look through."""
        cells = sum(len(row.cells) for row in self.rows)
        return len(self.rows) > MOST_ROWS or cells > MOST_CELLS

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max((len(row.cells) for row in self.rows), default=0)


def read_table(text: str, *, separator: str = "", pasted: bool = False) -> Table:
    """Read a table in text, its cells apart by the likeliest separator or a given one.

    Raises UnsupportedDocument where there is nothing in it, where it is over 1 MiB, and
    for a text that is a web page or another document.
    """
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise UnsupportedDocument("This list is over 1 MiB. Take a part of it")
    text = text.removeprefix("\ufeff")
    if _OTHER.match(text):
        raise UnsupportedDocument(
            "This is a document and not a table. Open it in its program, copy the "
            "table and paste it here, or save it as .xlsx or .csv"
        )
    if text.count("\n") + text.count("\r") > MOST_LINES:
        raise UnsupportedDocument(TOO_LONG)
    first, end, rest = _partition(text)
    declared = _DECLARED.fullmatch(first.strip(" "))
    start = 1
    if declared:
        text, start = rest, 2 if end else 1
    between = separator if separator in SEPARATORS else ""
    between = between or (declared[1] if declared else _between(text, pasted=pasted))
    lines = split(text, between, pasted=pasted)
    if between == "|":  # as Markdown has it, with a line below the heading
        lines = [[] if _is_ruled(line) else line for line in lines]
    cells = [tuple(map(_cell, _trim(line))) for line in lines]
    rows = tuple(Row(i, c) for i, c in enumerate(cells, start=start) if c)
    if not rows:
        raise UnsupportedDocument("There is nothing in this list. Copy its rows first")
    texts = [cell.text for row in rows for cell in row.cells]
    return Table(
        name="", rows=rows, decimal=_decimal_sign(texts, between), separator=between
    )


def _is_ruled(line: Sequence[str]) -> bool:
    """Tell a row that is a line and nothing else."""
    cells = [cell.strip() for cell in line if cell.strip()]
    return bool(cells) and all(map(_RULE.fullmatch, cells))


def _partition(text: str) -> tuple[str, str, str]:
    """Part a text at the end of its first line."""
    end = _ENDS.search(text)
    return (text[: end.start()], end[0], text[end.end() :]) if end else (text, "", "")


def split(text: str, separator: str, *, pasted: bool = False) -> list[list[str]]:
    """Split a text into rows of cells, whatever ends its lines.

    A cell is quoted where a quote opens it and one that is not doubled closes it
    before a separator, a line's end or the end; any other quote is a character. With
    tabs on the clipboard a program quotes only what needs it: quotes around anything
    else are the reader's own.
    """
    rows: list[list[str]] = [[]]
    own = pasted and separator == "\t"
    sign = re.escape(separator)
    quoted = re.compile(rf'"((?:[^"]|"")*+)"(?=[ ]*(?:{sign}|\r|\n|\Z))[ ]*')
    bare = re.compile(rf"[^\r\n{sign}]*")
    at = 0
    while True:
        line = None if rows[-1] else _LINE.match(text, at)
        if line and '"' not in line[0]:
            rows[-1] = line[0].split(separator)
            at = line.end()
        else:
            found = quoted.match(text, at)
            if found and not (own and not re.search(r'[\t\r\n]|""', found[1])):
                rows[-1].append(found[1].replace('""', '"'))
            else:
                found = bare.match(text, at)
                rows[-1].append(found[0] if found else "")
            at = found.end() if found else at
            if text.startswith(separator, at):
                at += len(separator)
                continue
        end = _ENDS.match(text, at)
        if not end:
            return rows
        at = end.end()
        rows.append([])


def _between(text: str, *, pasted: bool) -> str:
    """Tell what separates the cells: what makes the most even table of the text.

    What a spreadsheet copies is separated by tabs alone. Of a long text its first
    lines tell it as well.
    """
    if len(text) > JUDGED:
        end = max(text.rfind(sign, 0, JUDGED) for sign in "\r\n")
        text = text[: end if end > 0 else JUDGED]
    bare = _QUOTED.sub("quoted", text)
    parted = {sign: split(bare, sign, pasted=pasted) for sign in SEPARATORS}
    if pasted and any(len(row) > 1 for row in parted["\t"]):
        return "\t"
    best = max(parted, key=lambda sign: _evenness(parted[sign], sign))
    return best if _evenness(parted[best], best) else "\t"


def _evenness(rows: Sequence[Sequence[str]], separator: str) -> float:
    """Return the share of rows with as many cells as most: 0 for a single column."""
    full = [row for row in rows if any(cell.strip() for cell in row)]
    widths = [len(row) for row in full if len(row) > 1]
    if not widths or (separator == "," and _is_prose(full)):
        return 0.0
    return max(Counter(widths).values()) / len(full)


def _is_prose(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether commas only part words: a space follows each, and no number."""
    inner = [cell for row in rows for cell in row[1:]]
    return all(c.startswith(" ") and not _NUMBER.fullmatch(c.strip()) for c in inner)


def _decimal_sign(texts: Sequence[str], separator: str = "") -> str:
    """Return the decimal sign of the numbers in a table; empty where nothing tells.

    A number that can be read in one way only tells; else who separates by semicolons
    has the comma for numbers, and who separates by commas the point.
    """
    votes = {".": 0, ",": 0}
    for sign in _signs(texts):
        votes[sign] += 1
    if votes["."] != votes[","]:
        return max(votes, key=lambda sign: votes[sign])
    return {";": ",", ",": "."}.get(separator, "")


def _signs(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        bare = text.rstrip("% \u00a0\u202f")
        decimal = _DECIMAL.fullmatch(bare)
        grouped = _GROUPED.fullmatch(bare)
        if decimal or re.fullmatch(r"[-+−]?0[.,]\d{3}", bare):
            yield "." if "." in bare else ","
        elif grouped and grouped[1] in ".,":
            yield "," if grouped[1] == "." else "."


def _trim(texts: Sequence[str]) -> Iterator[str]:
    """Give the texts of a row without space around them or empty ones at its end."""
    ends = next((i for i in range(len(texts), 0, -1) if texts[i - 1].strip()), 0)
    return (text.strip() for text in texts[:ends])


def _cell(text: str) -> Cell:
    return Cell(unguard(text)) if text else _EMPTY
