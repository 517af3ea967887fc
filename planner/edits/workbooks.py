"""An issue list out of a workbook.

A cell holds what its reader would have typed; what only the workbook's own program
could work out is refused.
"""

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from math import isfinite
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from planner.plan.errors import UnsupportedDocument
from planner.plan.limits import MOST_WORKBOOK
from planner.words.figures import plain

__all__ = ["read_issues"]

MOST_UNPACKED = 20_000_000  # bytes of all its parts: a small file can hold much more
MOST_ROWS = 2_000  # of a list: 60 issues × 30 options, and empty rows between them
MOST_COLUMNS = 50
TOO_LARGE = "too large a number"  # where a cell says 1e400; its field asks for another
NAMED = 5  # cells that a refusal lists


def read_issues(data: bytes) -> list[list[str]]:
    """Return the rows of a workbook's sheet “Issues”, or of its first one, as typed.

    Raises UnsupportedDocument for what is no workbook or too big, and for formulas
    and merged cells: what they stand for cannot be told without their program.
    """
    sheet = _sheet(data)
    _refuse_merged(sheet)
    cells = [
        list(row)
        for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
    ]
    _refuse_formulas(cells)
    rows = [[_typed(cell.value) for cell in row] for row in cells]
    rows = [_trimmed(row) for row in rows if any(row)]
    if not rows:
        raise UnsupportedDocument("The first sheet of this workbook is empty")
    if len(rows) > MOST_ROWS:
        raise UnsupportedDocument(
            f"This list is longer than {MOST_ROWS} rows. Keep the rows of one plan"
        )
    return rows


def _sheet(data: bytes) -> Worksheet:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if len(data) > MOST_WORKBOOK or unpacked > MOST_UNPACKED:
            raise UnsupportedDocument(
                "This workbook is too big for a list of issues. Copy the list into a "
                "new workbook"
            )
        book = load_workbook(io.BytesIO(data))
        named = [sheet for sheet in book.worksheets if sheet.title.lower() == "issues"]
        return (named or book.worksheets)[0]
    except UnsupportedDocument:
        raise
    # A damaged file can fail anywhere in the library, in any way.
    except Exception:
        raise UnsupportedDocument(
            "This file could not be read as a workbook. Save it as .xlsx, without a "
            "password, and try again"
        ) from None


def _refuse_merged(sheet: Worksheet) -> None:
    merged = [str(each) for each in sheet.merged_cells.ranges]
    if merged:
        raise UnsupportedDocument(
            f"Cells {_listed(sorted(merged))} are merged. Unmerge them, so that each "
            "row has its own cells"
        )


def _refuse_formulas(rows: Iterable[Iterable[Cell | MergedCell]]) -> None:
    formulas = [c.coordinate for row in rows for c in row if c.data_type == "f"]
    if formulas:
        one = len(formulas) == 1
        cells = f"{'Cell' if one else 'Cells'} {_listed(formulas)}"
        raise UnsupportedDocument(
            f"{cells} {'holds a formula' if one else 'hold formulas'}. Copy the list "
            "and paste its values alone, then open it again"
        )


def _listed(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _typed(value: Any) -> str:
    """Return a cell as the reader would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return plain(value) if isfinite(value) else TOO_LARGE
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _trimmed(row: list[str]) -> list[str]:
    """Return a row without the empty cells at its end."""
    while row and not row[-1]:
        row = row[:-1]
    return row
