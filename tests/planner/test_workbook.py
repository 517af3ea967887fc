"""Workbooks: a list of issues in, the whole plan out, and no formula either way."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from planner.advice.advice import advise
from planner.analyses.analysis import Analysis
from planner.edits.sheets import issue_rows, with_issues
from planner.edits.workbooks import read_issues
from planner.plan.document import FORMAT, read_draft
from planner.plan.errors import UnsupportedDocument
from planner.show.workbook import written
from tests.plans import FIXED, fixed_plan

type Spoil = Callable[[Any], None]


def book_of(document: dict[str, Any]) -> bytes:
    analysis = Analysis(read_draft(document).plan)
    return written(analysis.plan, analysis, advise(analysis))


def workbook(*rows: list[Any], spoil: Spoil = lambda sheet: None) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    spoil(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class TestWriting:
    @pytest.mark.parametrize("name", FIXED)
    def test_its_issues_are_read_back_as_they_were(self, name: str) -> None:
        document = fixed_plan(name)
        again = with_issues({"format": FORMAT}, read_issues(book_of(document))).document
        plan = read_draft(document).plan
        assert issue_rows(read_draft(again).plan) == issue_rows(plan)

    def test_it_has_a_sheet_for_everything(self, worked: dict[str, Any]) -> None:
        book = load_workbook(io.BytesIO(book_of(worked)))
        assert book.sheetnames == [
            *("Brief", "Issues", "Packages", "Relationship", "Steps", "Without a deal")
        ]
        analysis = Analysis(read_draft(worked).plan)
        assert book["Brief"]["B3"].value == analysis.stance.label
        assert analysis.play.aim is not None
        assert book["Packages"]["B2"].value == round(analysis.play.aim.us, 2)
        steps = list(book["Steps"].iter_rows(min_row=2))
        assert len(steps) == len(analysis.plan.moves)

    @pytest.mark.parametrize("start", "=+-@")
    def test_text_stays_text_whatever_it_starts_with(
        self, start: str, worked: dict[str, Any]
    ) -> None:
        worked["issues"][0]["name"] = worked["title"] = f"{start}1+1"
        data = book_of(worked)
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            sheets = [n for n in packed.namelist() if n.startswith("xl/worksheets/")]
            assert not any(b"<f>" in packed.read(name) for name in sheets)
        assert f"{start}1+1" in {row[0] for row in read_issues(data)}

    def test_the_same_plan_gives_the_same_bytes(self, worked: dict[str, Any]) -> None:
        assert book_of(worked) == book_of(worked)

    def test_an_empty_plan_is_a_workbook_too(self) -> None:
        assert load_workbook(io.BytesIO(book_of({"format": FORMAT}))).worksheets

    def test_what_no_cell_can_hold_is_left_out(self, worked: dict[str, Any]) -> None:
        worked["title"] = "a\x00b\x0bc"
        book = load_workbook(io.BytesIO(book_of(worked)))
        assert book["Brief"]["B2"].value == "abc"


class TestReading:
    def test_cells_come_as_they_would_have_been_typed(self) -> None:
        rows = read_issues(
            workbook(["Price", 40, 2.5, None], [None, None], ["x", True])
        )
        assert rows == [["Price", "40", "2.5"], ["x", "yes"]]

    def test_a_number_beyond_all_numbers_is_asked_for_again(self) -> None:
        """A workbook may say 1e400, which is read as infinity."""
        packed = workbook(["Price", 12345])
        made = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(packed)) as there,
            zipfile.ZipFile(made, "w") as here,
        ):
            for name in there.namelist():
                here.writestr(name, there.read(name).replace(b"12345", b"1e400"))
        rows = read_issues(made.getvalue())
        plan = with_issues({"format": FORMAT}, rows).document
        [problem] = read_draft(plan).problems
        assert problem.at == "/issues/0/weight/us"
        assert "inf" not in json.dumps(rows)

    def test_the_sheet_that_is_called_issues_is_read(self) -> None:
        book = Workbook()
        book.worksheets[0].append(["Not this"])
        book.create_sheet("issues").append(["Price", 1])
        out = io.BytesIO()
        book.save(out)
        assert read_issues(out.getvalue()) == [["Price", "1"]]

    def test_formulas_are_refused_by_their_cells(self) -> None:
        data = workbook(["Price", "=1+1"], *[[f"Issue {i}", "=2"] for i in range(6)])
        with pytest.raises(UnsupportedDocument, match="B1, B2, B3, B4, B5 and 2 more"):
            read_issues(data)

    def test_merged_cells_are_refused(self) -> None:
        data = workbook(["Price", 1], spoil=lambda sheet: sheet.merge_cells("B2:B5"))
        with pytest.raises(UnsupportedDocument, match="B2:B5 are merged"):
            read_issues(data)

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"PK\x03\x04",
            b"<html>",
            workbook(["x"])[:-30],
            b"\xd0\xcf\x11\xe0" * 99,
        ],
        ids=["empty", "a zip's start", "a page", "cut off", "an old workbook"],
    )
    def test_what_is_no_workbook_is_refused(self, data: bytes) -> None:
        with pytest.raises(UnsupportedDocument, match="could not be read"):
            read_issues(data)

    def test_another_archive_is_refused(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            packed.writestr("hello.txt", "hello")
        with pytest.raises(UnsupportedDocument, match="could not be read"):
            read_issues(out.getvalue())

    def test_one_that_unpacks_to_too_much_is_refused_unread(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/workbook.xml", b" " * 30_000_000)
        with pytest.raises(UnsupportedDocument, match="too big"):
            read_issues(out.getvalue())

    def test_a_sheet_without_an_end_is_refused(self) -> None:
        with pytest.raises(UnsupportedDocument, match="longer than"):
            read_issues(workbook(*[[f"Issue {i}"] for i in range(2100)]))

    def test_an_empty_one_is_told(self) -> None:
        with pytest.raises(UnsupportedDocument, match="empty"):
            read_issues(workbook())
