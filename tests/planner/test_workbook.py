"""The plan as a workbook: values alone, and no formula."""

import io
import json
import re
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from planner.advice.advice import advise
from planner.analyses.analysis import Analysis
from planner.edits.lists import Source, read_list
from planner.edits.sheets import add_issues, issue_rows
from planner.plan.document import FORMAT, read_draft
from planner.show.workbook import written
from planner.words.figures import Spelling, spelled
from tests.plans import FIXED, fixed_plan


def book_of(document: dict[str, Any]) -> bytes:
    analysis = Analysis(read_draft(document).plan)
    return written(analysis.plan, analysis, advise(analysis))


def listed(data: bytes) -> dict[str, Any]:
    """Read a workbook back as a plan document."""
    found = read_list(Source(data=data)).issues
    return add_issues({"format": FORMAT}, found).document


def altered(data: bytes, old: bytes, new: bytes) -> bytes:
    """The same workbook with other bytes in its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as there, zipfile.ZipFile(made, "w") as here:
        for name in there.namelist():
            here.writestr(name, there.read(name).replace(old, new))
    return made.getvalue()


class TestANumberBeyondAllNumbers:
    """A workbook may say 1e400, which is read as infinity: it is asked for again."""

    @pytest.mark.parametrize("number", ["1e400", "-1e400", "1e308", "NaN"])
    @pytest.mark.parametrize("shown_as", ["General", "0%", "#,##0.00", "d mmm yyyy"])
    def test_it_is_asked_for_again(self, number: str, shown_as: str) -> None:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(["Issue", "Our weight", "Option", "To us"])
        sheet.append(["Price", 12345, "Low", 12345])
        sheet.append(["Term", 40, "Long", 12345])
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                cell.number_format = shown_as
        out = io.BytesIO()
        book.save(out)
        data = altered(out.getvalue(), b"12345", number.encode())
        reading = read_list(Source(data=data))
        plan = listed(data)
        at = {problem.at for problem in read_draft(plan).problems}
        assert {"/issues/0/weight/us", "/issues/0/options/0/us"} <= at
        assert any(said.startswith("Cell B2") for said in reading.problems)
        assert not re.search(r"\b(inf|nan)\b", json.dumps(plan), re.I)

    def test_so_is_one_in_text(self) -> None:
        text = f"Issue;Our weight;Option;To us\nPrice;40;Low;{'9' * 400}\n"
        plan = add_issues({"format": FORMAT}, read_list(Source(text=text)).issues)
        [problem] = read_draft(plan.document).problems
        assert problem.at == "/issues/0/options/0/us"


class TestWriting:
    @pytest.mark.parametrize("name", FIXED)
    def test_its_issues_are_read_back_as_they_were(self, name: str) -> None:
        document = fixed_plan(name)
        again = listed(book_of(document))
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
        assert listed(data)["issues"][0]["name"] == f"{start}1+1"

    def test_the_same_plan_gives_the_same_bytes(self, worked: dict[str, Any]) -> None:
        assert book_of(worked) == book_of(worked)

    def test_an_empty_plan_is_a_workbook_too(self) -> None:
        assert load_workbook(io.BytesIO(book_of({"format": FORMAT}))).worksheets

    def test_what_no_cell_can_hold_is_left_out(self, worked: dict[str, Any]) -> None:
        worked["title"] = "a\x00b\x0bc"
        book = load_workbook(io.BytesIO(book_of(worked)))
        assert book["Brief"]["B2"].value == "abc"

    @pytest.mark.parametrize("decimal", [".", ","])
    def test_numbers_are_numbers_in_every_language(
        self, decimal: str, worked: dict[str, Any]
    ) -> None:
        worked["issues"][0]["weight"]["us"] = 37.5
        with spelled(Spelling(decimal=decimal)):
            book = load_workbook(io.BytesIO(book_of(worked)))
        assert book["Issues"]["B2"].value == 37.5
