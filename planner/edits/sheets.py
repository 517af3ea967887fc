"""Lists as rows: pasted from a spreadsheet, read from CSV, and written again.

Cells go into the draft as they were typed, so that a value that cannot be read is
told beside its field and kept. A list of the wrong shape is refused whole.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from planner.edits.edited import BLANKS, Document, Edited, free_id
from planner.plan.address import look_up, parts, replaced, under
from planner.plan.errors import UnsupportedDocument
from planner.plan.limits import MOST_BYTES, MOST_ISSUES, MOST_MOVES, MOST_OPTIONS
from planner.plan.values import SIDES, Plan
from planner.words.figures import plain

__all__ = ["HEADER", "as_csv", "issue_rows", "pasted", "rows_of", "with_issues"]

type Row = Sequence[str]

HEADER = ("Issue", "Weight to you", "Weight to them", "Option", "To you", "To them")

# What each column of an issue list is called, besides its own name.
_CALLED: Mapping[str, str] = MappingProxyType(
    {
        "topic": "Issue",
        "item": "Issue",
        "weight": "Weight to you",
        "our weight": "Weight to you",
        "weight us": "Weight to you",
        "their weight": "Weight to them",
        "weight them": "Weight to them",
        "choice": "Option",
        "us": "To you",
        "our points": "To you",
        "points to you": "To you",
        "them": "To them",
        "their points": "To them",
        "points to them": "To them",
    }
)
_COLUMNS = {name.lower(): name for name in HEADER} | dict(_CALLED)

# The fields of a row, from left to right, as a table shows them.
_ACROSS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "issues": ("name", "weight/us", "weight/them"),
        "options": ("name", "us", "them"),
        "moves": ("round", "by", "issue", "from", "to", "why", "in_return_for"),
        "us": ("name", "value", "chance", "cost"),
        "them": ("name", "value", "chance", "cost"),
    }
)
_MOST = {"issues": MOST_ISSUES, "options": MOST_OPTIONS, "moves": MOST_MOVES}
_SAID = {"us": "us", "we": "us", "you": "us", "them": "them", "they": "them"}
_QUOTED = re.compile(r'"[^"]*"')
# How a cell begins that a spreadsheet would run: so OWASP, "CSV Injection". In full
# width it reads the same. Which separator it takes is its own guess, so behind each of
# them, and behind a quote that they leave open, a text may turn into a cell.
_WIDE = "\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"  # the same, full and small
_SIGNS = rf"=+\-@{_WIDE}"
_BREAKS = r"[;,|\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029\"][ \xa0]*"
_BEGINS = (  # what stands before it, and what it begins with, marked or not
    (r"^", rf"(?='*[{_SIGNS}\t\r\n])"),
    (rf"^[ \xa0]+|{_BREAKS}", rf"(?='*[{_SIGNS}])"),
)
_FORMULA = re.compile("|".join(f"(?:{place}){begin}" for place, begin in _BEGINS))
_MARKED = re.compile("|".join(f"(?:{place})'{begin}" for place, begin in _BEGINS))
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.I | re.A)


def rows_of(text: str) -> list[list[str]]:
    """The rows of a text with tabs, commas or semicolons between its cells.

    Empty rows are left out. Raises UnsupportedDocument where there are none, or
    where the text is over 1 MiB.
    """
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise UnsupportedDocument("This list is over 1 MiB. Paste a part of it")
    text = text.removeprefix("\ufeff")
    try:
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=_between(text)))
    except csv.Error:
        raise UnsupportedDocument(
            "This list could not be read. Save it as CSV, in UTF-8, and try again"
        ) from None
    rows = [[_unguarded(cell.strip()) for cell in row] for row in read]
    rows = [row for row in rows if any(row)]
    if not rows:
        raise UnsupportedDocument("There is nothing in this list. Copy its rows first")
    return rows


def _between(text: str) -> str:
    """What separates the cells: whatever the first lines have most of, unquoted."""
    start = "\n".join(_QUOTED.sub("", text).splitlines()[:5])
    return max("\t;,", key=start.count) if any(map(start.count, "\t;,")) else "\t"


def _unguarded(cell: str) -> str:
    """A cell without the marks that keep a spreadsheet from running it."""
    return _MARKED.sub(lambda found: found[0][:-1], cell)


def pasted(document: Document, at: str, text: str) -> Edited:
    """Fill in the fields from an address on, to the right and downwards.

    Rows that are missing are made. On the name of an issue, a whole issue list can
    be pasted too. Raises UnsupportedDocument for rows that do not fit there.
    """
    rows = rows_of(text)
    home, i, column = _cell(at)
    kind = parts(home)[-1]
    if kind == "issues" and column == 0 and _is_list(rows):
        return with_issues(document, rows)
    across = _ACROSS[kind][column:]
    _check_width(rows, len(across))
    members = look_up(document, home)
    places = _places(members if isinstance(members, list) else [], kind, i, len(rows))
    _check_number(kind, max(places) + 1)
    for place, row in zip(places, rows, strict=True):
        here = under(home, place)
        document = _with_blank(document, home, place, kind)
        for field, cell in zip(across, row, strict=False):
            typed = _move_cell(document, field, cell) if kind == "moves" else cell
            document = replaced(document, f"{here}/{field}", typed)
    return Edited(document, focus=at)


def _cell(at: str) -> tuple[str, int, int]:
    """The list, the row and the column of the field at an address."""
    for kind in ("options", "issues", "moves", "alternatives/us", "alternatives/them"):
        head, found, tail = at.partition(f"/{kind}/")
        row, _, field = tail.partition("/")
        across = _ACROSS[kind.rpartition("/")[2]]
        if found and row.isdecimal() and field in across:
            return f"{head}/{kind}", int(row), across.index(field)
    raise UnsupportedDocument(
        "Rows cannot be pasted there. Paste them into the first cell of a list"
    )


def _is_list(rows: Sequence[Row]) -> bool:
    """Whether the rows are an issue list, rather than names and weights alone."""
    return _has_header(rows[0]) or max(map(len, rows)) > len(_ACROSS["issues"])


def _has_header(row: Row) -> bool:
    return sum(cell.lower() in _COLUMNS for cell in row) * 2 >= len(row)


def _places(members: list[Any], kind: str, first: int, count: int) -> list[int]:
    """The rows to fill: of issues, only those of the deal."""
    there = [
        i
        for i in range(first, len(members))
        if kind != "issues" or not _is_relationship(members[i])
    ]
    fresh = range(len(members), len(members) + count)
    return [*there, *fresh][:count]


def _is_relationship(member: Any) -> bool:
    return isinstance(member, dict) and member.get("kind") == "relationship"


def _with_blank(document: Document, home: str, place: int, kind: str) -> Document:
    """The document with a row at that place, made anew where there was none."""
    here = under(home, place)
    if look_up(document, here) is not None:
        return document
    document = _with_list(document, home)
    return dict(replaced(document, here, _blank(document, kind)))


def _with_list(document: Document, home: str) -> Document:
    listed = isinstance(look_up(document, home), list)
    return document if listed else dict(replaced(document, home, []))


def _blank(document: Document, kind: str) -> dict[str, Any]:
    if kind != "issues":
        return {}
    return {"id": free_id(look_up(document, "/issues") or []), **BLANKS["agreement"]}


def _move_cell(document: Document, field: str, cell: str) -> str:
    """A cell of a step as the document holds it: sides and issues by their ids."""
    said = cell.strip().lower()
    if field == "by":
        names = {
            str(look_up(document, f"/{side}/name")).lower(): side for side in SIDES
        }
        return (names | _SAID).get(said, cell)
    if field == "issue":
        issues = look_up(document, "/issues")
        for issue in issues if isinstance(issues, list) else []:
            if isinstance(issue, dict) and str(issue.get("name")).lower() == said:
                return str(issue.get("id"))
    return cell


def _check_width(rows: Sequence[Row], most: int) -> None:
    for number, row in enumerate(rows, start=1):
        if len(row) > most:
            raise UnsupportedDocument(
                f"Row {number} has {len(row)} columns, and there are {most} from here "
                "on. Copy fewer columns, or paste further to the left"
            )


def _check_number(kind: str, number: int) -> None:
    most = _MOST.get(kind, MOST_OPTIONS)
    if number > most:
        raise UnsupportedDocument(
            f"That would make {number} rows, and a plan has room for {most}. "
            "Copy fewer rows"
        )


def with_issues(document: Document, rows: Sequence[Row]) -> Edited:
    """The draft with an issue list added: one row for an option, or for an issue.

    The columns go by their header, else in the order of ``HEADER``; an empty issue
    goes on with the one above. An issue that is there already, by its name, gets
    the new weights and options; nothing is removed. Raises UnsupportedDocument for
    rows of the wrong shape, and for more than a plan can hold.
    """
    columns, body = _columns(rows)
    _check_list(columns, body, 2 if len(body) < len(rows) else 1)
    at = ""
    for row in body:
        cells = dict(zip(columns, row, strict=False))
        if cells.get("Issue"):
            document, at = _issue_at(document, cells["Issue"])
        for column, field in (("Weight to you", "us"), ("Weight to them", "them")):
            if cells.get(column):
                document = replaced(document, f"{at}/weight/{field}", cells[column])
        if cells.get("Option"):
            document = _with_option(document, at, cells)
    _check_number("issues", len(look_up(document, "/issues") or []))
    return Edited(document, focus="/issues/agreement")


def _columns(rows: Sequence[Row]) -> tuple[list[str], Sequence[Row]]:
    if not _has_header(rows[0]):
        return list(HEADER), rows
    return [_COLUMNS.get(cell.lower(), cell) for cell in rows[0]], rows[1:]


def _check_list(columns: Sequence[str], body: Sequence[Row], first: int) -> None:
    if "Issue" not in columns:
        raise UnsupportedDocument(
            "This list has no column “Issue”. Name its columns: " + ", ".join(HEADER)
        )
    if not body:
        raise UnsupportedDocument("There is nothing below the header of this list")
    unknown = [column for column in columns if column and column not in HEADER]
    if unknown:
        raise UnsupportedDocument(
            f"This list has a column “{unknown[0][:40]}” that the planner does not "
            f"know. Take it out, or name it as one of: {', '.join(HEADER)}"
        )
    for number, row in enumerate(body, start=first):
        if len(row) > len(columns):
            raise UnsupportedDocument(
                f"Row {number} has {len(row)} columns; this list has "
                f"{len(columns)}: {', '.join(columns)}"
            )
    if not dict(zip(columns, body[0], strict=False)).get("Issue"):
        raise UnsupportedDocument(
            f"Row {first} names no issue. Write the issue’s name into its first row"
        )


def _issue_at(document: Document, name: str) -> tuple[Document, str]:
    """The issue of the deal with that name, made where there is none."""
    document = _with_list(document, "/issues")
    issues = look_up(document, "/issues")
    for i, issue in enumerate(issues):
        known = issue.get("name") if isinstance(issue, dict) else None
        same = isinstance(known, str) and known.strip().lower() == name.lower()
        if same and not _is_relationship(issue):
            return document, under("/issues", i)
    at = under("/issues", len(issues))
    made = _blank(document, "issues") | {"name": name}
    return dict(replaced(document, at, made)), at


def _with_option(document: Document, at: str, cells: Mapping[str, str]) -> Document:
    home = under(at, "options")
    document = _with_list(document, home)
    options = look_up(document, home)
    names = [o.get("name") if isinstance(o, dict) else None for o in options]
    name = cells["Option"]
    place = names.index(name) if name in names else len(options)
    _check_number("options", place + 1)
    here = under(home, place)
    if place == len(options):
        document = replaced(document, here, {"name": name})
    for column, field in (("To you", "us"), ("To them", "them")):
        if cells.get(column):
            document = replaced(document, under(here, field), cells[column])
    return document


def issue_rows(plan: Plan) -> list[list[str]]:
    """The deal's issues as rows under ``HEADER``, one for each option."""
    return [list(HEADER), *_issue_rows(plan)]


def _issue_rows(plan: Plan) -> Iterator[list[str]]:
    for issue in plan.agreement.values():
        named = [issue.name or "", _said(issue.weight.us), _said(issue.weight.them)]
        for option in issue.options:
            yield [*named, option.name or "", _said(option.us), _said(option.them)]
            named = ["", "", ""]
        if not issue.options:
            yield [*named, "", "", ""]


def _said(value: float | None) -> str:
    return "" if value is None else plain(value)


def as_csv(rows: Iterable[Row]) -> str:
    """Rows as CSV that any spreadsheet opens, and that runs nothing in one.

    In UTF-8 with a byte order mark. What a spreadsheet would take for a formula is
    marked, also inside a text; numbers, negative ones too, stay numbers. A cell with
    any separator in it is quoted: spreadsheets guess which of them separates.
    """
    lines = [",".join(_quoted(_guarded(cell)) for cell in row) for row in rows]
    return "\ufeff" + "".join(f"{line}\r\n" for line in lines)


def _quoted(cell: str) -> str:
    if not any(mark in cell for mark in '\t;,"\r\n'):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _guarded(cell: str) -> str:
    return cell if _NUMBER.fullmatch(cell) else _FORMULA.sub(r"\g<0>'", cell)
