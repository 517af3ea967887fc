"""Workbooks as tables: what a cell shows, and nothing that costs too much."""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from planner.edits.tables import Table
from planner.edits.workbooks import MOST_ELEMENTS, read_workbook
from planner.plan.errors import UnsupportedDocument
from planner.plan.limits import MOST_CELLS

HOSTILE = sorted((Path(__file__).parents[1] / "cases" / "hostile").glob("*.xlsx"))
PATIENCE = 10.0  # s: what hangs takes minutes; a busy machine a few seconds


def workbook(
    *rows: list[Any], spoil: Callable[[Any], object] = lambda sheet: None
) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    spoil(sheet)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def altered(data: bytes, part: str, text: str) -> bytes:
    """The same workbook with another text for one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return out.getvalue()


def packed(sheet: str, **parts: str) -> bytes:
    """A workbook of one sheet, whose XML is given, put together by hand."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files = {
        "_rels/.rels": f'<R><r Id="a" Type="{kind}/officeDocument" '
        'Target="xl/workbook.xml"/></R>',
        "xl/workbook.xml": '<x:workbook xmlns:x="x" xmlns:r="r"><x:sheets>'
        '<x:sheet name="S" r:id="b"/></x:sheets></x:workbook>',
        "xl/_rels/workbook.xml.rels": f'<R><r Id="b" Type="{kind}/worksheet" '
        f'Target="/xl/s.xml"/><r Id="c" Type="{kind}/sharedStrings" '
        'Target="t.xml"/></R>',
        "xl/s.xml": sheet,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in {**files, **parts}.items():
            made.writestr(name, text)
    return out.getvalue()


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


class TestCells:
    def test_they_come_as_they_are_shown(self) -> None:
        rows = ["Price", 40, 2.5, None], [None, None], ["x", True]
        [table] = read_workbook(workbook(*rows))
        assert texts(table) == [["Price", "40", "2.5"], ["x", "yes"]]
        assert [row.number for row in table.rows] == [1, 3]

    def test_a_formula_without_its_value_is_lacking(self) -> None:
        [table] = read_workbook(workbook(["Price", "=1+1"]))
        assert [cell.lacking for cell in table.rows[0].cells] == [False, True]

    def test_a_formula_s_value_is_read(self) -> None:
        sheet = (
            "<w><d><row><c><f>1+1</f><v>2</v></c>"
            '<c t="str"><f>x</f><v>two</v></c><c t="str"><f>x</f><v></v></c>'
            '<c t="b"><f>x</f><v>0</v></c><c t="e"><f>x</f><v>#N/A</v></c>'
            "</row></d></w>"
        )
        [table] = read_workbook(packed(sheet))
        assert texts(table) == [["2", "two", "", "no", "#N/A"]]

    def test_shared_texts_have_no_readings_above_them(self) -> None:
        shared = (
            "<sst><si><r><t>価</t></r><r><t>格</t></r><rPh><t>カカク</t></rPh></si>"
            "<si><t>a_x000D_b</t></si></sst>"
        )
        sheet = '<w><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row></w>'
        [table] = read_workbook(packed(sheet, **{"xl/t.xml": shared}))
        assert texts(table) == [["価格", "a\nb"]]

    @pytest.mark.parametrize(
        ("cells", "read"),
        [
            ("A2:A3", [["h", "i"], ["x", "1"], ["x", "2"]]),
            ("A2:B2", [["h", "i"], ["x", "x"], ["", "2"]]),
        ],
    )
    def test_a_merged_cell_fills_its_range(
        self, cells: str, read: list[list[str]]
    ) -> None:
        data = workbook(
            ["h", "i"],
            ["x", 1],
            [None, 2],
            spoil=lambda sheet: sheet.merge_cells(cells),
        )
        [table] = read_workbook(data)
        assert texts(table) == read

    def test_hidden_rows_and_columns_are_told(self) -> None:
        def hide(sheet: Any) -> None:
            sheet.row_dimensions[2].hidden = True
            sheet.column_dimensions["B"].hidden = True

        [table] = read_workbook(workbook(["a", "b"], ["c", "d"], spoil=hide))
        assert [row.hidden for row in table.rows] == [False, True]
        assert table.hidden == {1}

    def test_every_sheet_is_there_and_says_whether_it_shows(self) -> None:
        book = Workbook()
        book.worksheets[0].append(["x"])
        hidden = book.create_sheet("Old")
        hidden.append(["y"])
        hidden.sheet_state = "hidden"
        book.create_sheet("Empty")
        tables = read_workbook(saved(book))
        assert [(t.name, t.visible) for t in tables] == [
            ("Sheet", True),
            ("Old", False),
        ]


class TestBounds:
    @pytest.mark.parametrize("file", HOSTILE, ids=lambda file: file.stem)
    def test_a_bomb_is_refused_at_once(self, file: Path) -> None:
        begun = time.process_time()
        with pytest.raises(UnsupportedDocument, match="too big"):
            read_workbook(file.read_bytes())
        assert time.process_time() - begun < PATIENCE

    @pytest.mark.large
    @pytest.mark.parametrize(
        "sheet",
        [
            "<w>" + "<row/>" * (MOST_CELLS + 1) + "</w>",
            "<w><row>" + "<c/>" * (MOST_CELLS + 1) + "</row></w>",
            '<w><row><c r="ZZZZ1"><v>1</v></c></row><row r="1048577"/></w>',
            '<w><mergeCell ref="A1:A900000"/></w>',
            '<w><hyperlink ref="A1:Z900000"/></w>',
            "<w>" + "<unknown/>" * (MOST_ELEMENTS + 1) + "</w>",
            "<deep>" * (MOST_ELEMENTS + 1),
            "<w>" + '<row><c r="XFD1"><v>1</v></c></row>' * 9_000 + "</w>",
        ],
        ids=[
            *("rows", "cells", "far away", "merged", "links"),
            *("what is no cell", "one in the other", "wide rows"),
        ],
    )
    def test_each_kind_of_too_much_is_refused(self, sheet: str) -> None:
        with pytest.raises(UnsupportedDocument, match="too big"):
            read_workbook(packed(sheet))

    @pytest.mark.large
    def test_what_is_beside_the_sheets_is_bounded_too(self) -> None:
        kind = '<R><r Id="b" Type="worksheet" Target="s.xml"/><r Id="c" Type="styles" '
        styles = {
            "xl/_rels/workbook.xml.rels": f'{kind} Target="t.xml"/></R>',
            "xl/t.xml": "<w>" + "<xf/>" * (MOST_CELLS + 1) + "</w>",
        }
        with pytest.raises(UnsupportedDocument, match="too big"):
            read_workbook(packed("<w><row><c><v>1</v></c></row></w>", **styles))

    @pytest.mark.large
    def test_hidden_columns_are_not_asked_of_every_cell(self) -> None:
        columns = '<col min="2" max="9" hidden="1"/>' * 90_000
        cells = "<c><v>1</v></c>" * 16_000
        begun = time.process_time()
        [table] = read_workbook(packed(f"<w>{columns}<row>{cells}</row></w>"))
        assert table.hidden == set(range(1, 9))
        assert time.process_time() - begun < PATIENCE

    def test_a_sheet_that_is_too_big_leaves_the_others(self) -> None:
        book = Workbook()
        book.worksheets[0].append(["Issue", "Weight"])
        book.create_sheet("Big").append(["x"])
        big = '<w><mergeCell ref="A1:Z900000"/></w>'
        first, second = read_workbook(
            altered(saved(book), "xl/worksheets/sheet2.xml", big)
        )
        assert texts(first) == [["Issue", "Weight"]]
        assert second.too_big

    def test_one_that_unpacks_to_too_much_is_refused_unread(self) -> None:
        data = packed("<w/>", **{"xl/media/x.xml": " " * 30_000_000})
        with pytest.raises(UnsupportedDocument, match="too big"):
            read_workbook(data)

    def test_too_many_parts_are_refused(self) -> None:
        parts = {f"x/{i}": "" for i in range(1_001)}
        with pytest.raises(UnsupportedDocument, match="too big"):
            read_workbook(packed("<w/>", **parts))

    def test_a_file_with_entities_is_refused(self) -> None:
        sheet = '<!DOCTYPE w [<!ENTITY a "b">]><w><row><c><v>&a;</v></c></row></w>'
        with pytest.raises(UnsupportedDocument, match="could not be read"):
            read_workbook(packed(sheet))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"<html>",
        workbook(["x"])[:-30],
        b"\xd0\xcf\x11\xe0" * 99,
        packed("<w><row><c><v>1</v>"),
        packed('<w><row><c t="s"><v>9</v></c></row></w>'),
    ],
    ids=["empty", "a zip's start", "a page", "cut", "an old one", "cut XML", "no text"],
)
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(UnsupportedDocument, match="could not be read"):
        read_workbook(data)


def test_an_empty_one_is_told() -> None:
    with pytest.raises(UnsupportedDocument, match="nothing in this workbook"):
        read_workbook(workbook())
