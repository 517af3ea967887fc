"""The plan as a workbook: the only module with openpyxl.

It holds values alone, never a formula: what is shown is what the planner computed.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from planner.advice.advice import Advice
from planner.analyses.analysis import Analysis
from planner.edits.sheets import HEADER, issue_rows
from planner.plan.document import write_plan
from planner.plan.values import Plan
from planner.words.direction import FIRST_STRONG, POP, isolate, right_to_left_names

__all__ = ["TYPE", "written"]

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

EPOCH = datetime(1980, 1, 1)  # in the file's properties: the same plan, the same bytes
WIDEST = 60  # characters
KEPT = f"\n\t{FIRST_STRONG}{POP}"  # of what does not print

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what programs take for a character
_MODIFIED = re.compile(rb"\d{4}-\d\d-\d\dT[\d:]+Z<")

type Line = Iterable[str | float | None]


def written(plan: Plan, analysis: Analysis, advice: Advice) -> bytes:
    """The workbook of a plan: the same bytes for the same plan."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "Negotiation planner"
    book.properties.created = book.properties.modified = EPOCH
    names = right_to_left_names(write_plan(plan))
    for title, header, lines in _sheets(plan, analysis, advice):
        _fill(book.create_sheet(title), header, lines, names)
    out = io.BytesIO()
    book.save(out)
    return _undated(out.getvalue())


def _sheets(
    plan: Plan, analysis: Analysis, advice: Advice
) -> Iterator[tuple[str, Line, Iterable[Line]]]:
    yield "Brief", ("What", "Says"), _brief(plan, advice)
    yield "Issues", HEADER, issue_rows(plan)[1:]
    yield (
        "Packages",
        ("Package", "Worth to you", "Worth to them", *_names(analysis)),
        (_packages(analysis)),
    )
    yield (
        "Relationship",
        ("Issue", "Now", "Goal", "We offer", "We ask", "Who", "By when"),
        (
            (i.name, i.now, i.goal, i.we_offer, i.we_ask, i.owner, i.by)
            for i in plan.relationship.values()
        ),
    )
    yield (
        "Steps",
        ("Round", "Who", "Issue", "From", "To", "Points to you", "Surplus after"),
        _steps(plan, analysis),
    )
    yield (
        "Without a deal",
        ("Whose", "What", "Worth", "Chance", "Cost", "How you know"),
        (
            (whose, a.name, a.value, a.chance, a.cost, a.basis)
            for whose, side in (
                ("yours", plan.alternatives.us),
                ("theirs", plan.alternatives.them),
            )
            for a in side
        ),
    )


def _brief(plan: Plan, advice: Advice) -> Iterator[Line]:
    yield "Plan", plan.title
    yield "Stance", advice.stance.label
    yield "", advice.says
    for ground in advice.grounds:
        yield "because", ground.says
    for reason in advice.reasons:
        yield reason.rule.kind.value, f"{reason.advice} {reason.evidence.says}"
    for question in advice.questions:
        yield "Find out", question.asks


def _names(analysis: Analysis) -> list[str]:
    return [score.issue.name or "New issue" for score in analysis.counted]


def _packages(analysis: Analysis) -> Iterator[Line]:
    told = analysis.play
    named = [("Aim", told.aim), ("Fair", told.fair)]
    named += [("Where you stand", told.stand.package)] if told.stand else []
    named += (
        [("Where they stand", told.their_stand.package)] if told.their_stand else []
    )
    named += zip("ABCDEF", told.packages, strict=False)
    for name, package in named:
        if package is None:
            continue
        options = [option.name for _, option in package.terms]
        yield name, round(package.us, 2), round(package.them, 2), *options


def _steps(plan: Plan, analysis: Analysis) -> Iterator[Line]:
    """The steps as typed, then those that offers make."""
    entries = {entry.at: entry for entry in analysis.ledger.entries}
    moves = {f"/moves/{i}": move for i, move in enumerate(plan.moves)}
    moves |= {at: e.move for at, e in entries.items() if at not in moves}
    names = {issue.id: issue.name for issue in plan.issues}
    for at, move in moves.items():
        entry = entries.get(at)
        who = {"us": "you", "them": "they"}.get(move.by or "", "")
        worth = None if entry is None else round(entry.received - entry.given, 2)
        left = None if entry is None or entry.surplus is None else entry.surplus
        yield (
            *(move.round, who, names.get(move.issue), move.start, move.end, worth),
            None if left is None else round(left, 2),
        )


def _fill(
    sheet: Worksheet, header: Line, lines: Iterable[Line], names: tuple[str, ...]
) -> None:
    widths: dict[int, int] = {}
    for row, line in enumerate([list(header), *map(list, lines)], start=1):
        for column, value in enumerate(line, start=1):
            cell = sheet.cell(row=row, column=column)
            # A name alone has its own direction; in a sentence it is isolated.
            alone = value in names or not isinstance(value, str)
            _put(cell, value if alone else isolate(str(value), names))
            if row == 1:
                cell.font = Font(bold=True)
            wanted = min(len(str(value or "")) + 2, WIDEST)
            widths[column] = max(widths.get(column, 8), wanted)
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _put(cell: Cell | MergedCell, value: str | float | None) -> None:
    """Text stays text, whatever it starts with; what no cell can hold is left out."""
    if not isinstance(value, str):
        cell.value = value
        return
    shown = "".join(c for c in value if c.isprintable() or c in KEPT)
    cell.value = _ESCAPE.sub("_x005F_", shown)
    cell.data_type = "s"


def _undated(data: bytes) -> bytes:
    """The same file with every part, and the last change, dated alike."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as made,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in made.namelist():
            part = made.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(EPOCH.isoformat().encode() + b"Z<", part)
            kept.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part)
    return out.getvalue()
