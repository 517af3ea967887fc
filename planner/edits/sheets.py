"""Lists as rows: pasted into the fields of a list, taken into a plan, written again.

Cells go into the draft as they were typed, so that a value that cannot be read is
told beside its field and kept. Rows that do not fit are refused whole.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from planner.edits.edited import (
    BLANKS,
    GONE,
    Document,
    Edited,
    free_id,
    normalize_text,
)
from planner.edits.guarding import guard
from planner.edits.headings import ROLES
from planner.edits.lists import FoundIssue, FoundOption
from planner.edits.tables import read_table
from planner.plan.address import look_up, parts, replaced, under
from planner.plan.document import FORMAT
from planner.plan.errors import UnsupportedDocument
from planner.plan.kinds import normalize_name
from planner.plan.limits import MOST_ISSUES, MOST_MOVES, MOST_OPTIONS
from planner.plan.values import SIDES, Plan
from planner.words.figures import current_spelling, written_out

__all__ = [
    "HEADER",
    "add_issues",
    "as_csv",
    "csv_separator",
    "issue_rows",
    "make_plan",
    "pasted",
]

type Row = Sequence[str | float | None]

HEADER = tuple(ROLES.values())

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
# A step is one line of choices: what is pasted at one of them is pasted at the line.
_LINE = re.compile(r"/moves/(\d+)/(?:by|issue|from|to|kind)")
_MOST = {"issues": MOST_ISSUES, "options": MOST_OPTIONS, "moves": MOST_MOVES}
_SAID = {"us": "us", "we": "us", "you": "us", "them": "them", "they": "them"}
_ROUND = re.compile(r"\d+")
_PERCENT = re.compile(r"[-+−]?[\d.,]*\d\s*%")
_FIGURES = ("weight/us", "weight/them", "us", "them")


def pasted(document: Document, at: str, text: str) -> Edited:
    """Fill in the fields from an address on, to the right and downwards.

    Rows that are missing are made. Raises UnsupportedDocument for rows that do not
    fit there.
    """
    table = read_table(text, pasted=True)
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    home, i, column = _line(at, rows) or _cell(at)
    kind = parts(home)[-1]
    across = _ACROSS[kind][column:]
    _check_width(rows, len(across))
    members = look_up(document, home)
    places = _places(members if isinstance(members, list) else [], kind, i, len(rows))
    _check_number(kind, max(places) + 1)
    for place, row in zip(places, rows, strict=True):
        here = under(home, place)
        document = _with_blank(document, home, place, kind)
        for field, cell in zip(across, row, strict=False):
            typed = _typed(document, kind, field, cell)
            document = replaced(document, f"{here}/{field}", typed)
    return Edited(document, focus=at)


def _line(at: str, rows: Sequence[Sequence[str]]) -> tuple[str, int, int] | None:
    """The step whose line that is, and whether the rows begin with the round."""
    found = _LINE.fullmatch(at)
    if found is None:
        return None
    rounds = all(not row[0] or _ROUND.fullmatch(row[0]) for row in rows)
    return "/moves", int(found[1]), 0 if rounds else 1


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


def _typed(document: Document, kind: str, field: str, cell: str) -> str:
    """Return a cell as the document holds it: 20% of a weight is 20."""
    if kind == "moves":
        return _move_cell(document, field, cell)
    if kind in ("issues", "options") and field in _FIGURES and _PERCENT.fullmatch(cell):
        return cell.rstrip("% ")
    return cell


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


def _check_width(rows: Sequence[Sequence[str]], most: int) -> None:
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


def add_issues(document: Document, found: Iterable[FoundIssue]) -> Edited:
    """Add a list of issues to the draft. Nothing that is there is removed.

    An issue that is there already, by its name, gets the new weights and options. Rows
    in which nothing is said yet are filled first.
    Raises UnsupportedDocument for more than a plan can hold.
    """
    members = look_up(document, "/issues")
    issues = list(members) if isinstance(members, list) else []
    known = {
        normalize_text(issue, "name"): i
        for i, issue in reversed(list(enumerate(issues)))
        if not _is_relationship(issue) and normalize_text(issue, "name")
    }
    spare = [i for i, issue in enumerate(issues) if _is_blank(issue)]
    for each in found:
        i = known.get(normalize_name(each.name), -1)
        if i < 0:
            i = spare.pop(0) if spare else len(issues)
        if i == len(issues):
            issues.append({"id": free_id(issues), **BLANKS["agreement"]})
        issues[i] = _with_answers(issues[i], each)
    _check_number("issues", len(issues))
    grown = dict(replaced(document, "/issues", issues))
    return Edited(grown, focus="/issues/agreement")


def _is_blank(issue: Any) -> bool:
    """Whether a row of the deal says nothing yet."""
    kept = {"id", "kind"}
    return (
        isinstance(issue, dict)
        and not _is_relationship(issue)
        and not any(value for key, value in issue.items() if key not in kept)
    )


def make_plan(
    document: Document, found: Iterable[FoundIssue], title: str = ""
) -> Edited:
    """Make a new plan of a list of issues, in the currency of the draft."""
    empty = {"format": FORMAT, "currency": document.get("currency") or "EUR"}
    named = empty | ({"title": title} if title else {})
    return Edited(add_issues(named, found).document, GONE, "/title")


def _with_answers(issue: Document, found: FoundIssue) -> Document:
    """Return an issue with what a list says of it."""
    answers = {"name": issue.get("name") or found.name}
    weights = {"us": _json(found.us), "them": _json(found.them)}
    given = {side: weight for side, weight in weights.items() if weight is not None}
    if given:
        before = issue.get("weight")
        answers["weight"] = (before if isinstance(before, dict) else {}) | given
    options = issue.get("options")
    options = list(options) if isinstance(options, list) else []
    names = [normalize_text(option, "name") for option in options]
    for each in found.options:
        name = normalize_name(each.name)
        i = names.index(name) if name in names else len(options)
        if i == len(options):
            options.append({"name": each.name})
            names.append(name)
        options[i] = {**options[i], **_points(each)}
    for key in ("limit", "target"):
        quoted = getattr(found, key)
        name = normalize_name(quoted)
        if quoted and name not in names:
            options.append({"name": quoted})
            names.append(name)
        if quoted:
            answers[key] = options[names.index(name)]["name"]
    _check_number("options", len(options))
    answers |= {"options": options} if options else {}
    return issue | answers


def _points(option: FoundOption) -> Document:
    points = {"us": _json(option.us), "them": _json(option.them)}
    return {side: value for side, value in points.items() if value is not None}


def _json(value: float | str | None) -> float | str | None:
    """Return a figure as a plan file has it: a whole number without decimals."""
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 2**53
    return int(value) if whole and value is not None else value


def issue_rows(plan: Plan) -> list[list[str | float | None]]:
    """Return the deal's issues as rows under ``HEADER``, one for each option."""
    return [list(HEADER), *_issue_rows(plan)]


def _issue_rows(plan: Plan) -> Iterator[list[str | float | None]]:
    for issue in plan.agreement.values():
        named = [issue.name, issue.weight.us, issue.weight.them]
        quoted = [issue.limit, issue.target]
        for option in issue.options:
            yield [*named, option.name, option.us, option.them, *quoted]
            named, quoted = [None] * 3, [None] * 2
        if not issue.options:
            yield [*named, None, None, None, *quoted]


def csv_separator() -> str:
    """Return what separates the cells of a CSV in the reader's language.

    A semicolon where numbers have a comma, and where their groups have an apostrophe,
    as in Switzerland: so their spreadsheets take it.
    """
    spelling = current_spelling()
    return ";" if spelling.decimal == "," or spelling.group in ("'", "’") else ","


def as_csv(rows: Iterable[Row]) -> str:
    """Write rows as CSV that the reader's spreadsheet opens, and that runs nothing.

    In UTF-8 with a byte order mark, numbers with the decimal sign of the reader's
    language. What a spreadsheet would take for a formula is marked, also inside a
    text; numbers, negative ones too, stay numbers. A cell with any separator in it is
    quoted: spreadsheets guess which of them separates.
    """
    separator = csv_separator()
    lines = (separator.join(map(_csv_cell, row)) for row in rows)
    return "\ufeff" + "".join(f"{line}\r\n" for line in lines)


def _csv_cell(value: str | float | None) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        # Not quoted, though it may have a comma: the separator is another sign then.
        return written_out(value)
    cell = guard(value)
    if not any(mark in cell for mark in '\t;,|"\r\n') and cell == cell.strip():
        return cell
    return '"' + cell.replace('"', '""') + '"'
