"""Lists as rows: what is pasted, taken into a plan, and written again."""

import json
import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.edits.lists import Source, read_list
from planner.edits.sheets import (
    HEADER,
    add_issues,
    as_csv,
    issue_rows,
    make_plan,
    pasted,
)
from planner.edits.tables import read_table
from planner.plan.address import look_up
from planner.plan.document import FORMAT, read_draft
from planner.plan.errors import UnsupportedDocument
from tests import spreadsheet

SIGNS = spreadsheet.SIGNS
EMPTY: dict[str, Any] = {"format": FORMAT}
LIST = """Issue;Weight to you;Weight to them;Option;To you;To them
Price;40;25;€118;0;100
;;;€106;100;0
Delivery;20;30;5 days;0;100
"""


def names(document: dict[str, Any]) -> list[Any]:
    return [issue.get("name") for issue in document["issues"]]


def add(document: dict[str, Any], text: str) -> dict[str, Any]:
    """The document with a list added, read from a text."""
    return add_issues(document, read_list(Source(text=text)).issues).document


class TestAddingAList:
    def test_its_issues_come_with_all_that_it_says(self) -> None:
        plan = read_draft(add(EMPTY, LIST)).plan
        price, delivery = plan.agreement.values()
        assert (price.name, price.weight.us, price.weight.them) == ("Price", 40, 25)
        assert [(o.name, o.us, o.them) for o in price.options] == [
            ("€118", 0, 100),
            ("€106", 100, 0),
        ]
        assert delivery.options[0].name == "5 days"

    def test_an_issue_of_that_name_is_brought_up_to_date(
        self, worked: dict[str, Any]
    ) -> None:
        name = worked["issues"][0]["name"]
        document = add(worked, f"Issue\tWeight to you\n{name.upper()}\t77")
        assert names(document) == names(worked)
        assert document["issues"][0]["weight"]["us"] == 77
        assert document["issues"][0]["options"] == worked["issues"][0]["options"]

    def test_what_cannot_be_read_is_kept_and_told_beside_its_field(self) -> None:
        document = add(EMPTY, "Issue\tOur weight\nPrice\ta lot")
        assert document["issues"][0]["weight"]["us"] == "a lot"
        assert [p.at for p in read_draft(document).problems] == ["/issues/0/weight/us"]

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("Issue\n" + "\n".join(f"Issue number {i}" for i in range(61)), "60"),
            (
                "Issue\tOption\n" + "\n".join(f"Price\tterm {i}" for i in range(31)),
                "30",
            ),
        ],
    )
    def test_more_than_a_plan_can_hold_is_refused(self, text: str, says: str) -> None:
        with pytest.raises(UnsupportedDocument, match=f"room for {says}"):
            add(EMPTY, text)

    def test_a_limit_and_a_target_are_options_of_the_issue(self) -> None:
        text = "Issue\tTarget\tLimit\nPrice\t€106\t€118"
        document = add(EMPTY, text)
        [issue] = document["issues"]
        assert (issue["target"], issue["limit"]) == ("€106", "€118")
        assert read_draft(document).problems == ()

    def test_a_new_plan_holds_the_list_and_nothing_else(
        self, worked: dict[str, Any]
    ) -> None:
        found = read_list(Source(text=LIST)).issues
        made = make_plan(worked, found, "Terms")
        assert made.moved == {"": None}
        assert names(made.document) == ["Price", "Delivery"]
        assert set(made.document) == {"format", "currency", "title", "issues"}


class TestInASpreadsheet:
    """What LibreOffice makes of a hostile list: `python -m tests.spreadsheet`."""

    @pytest.mark.parametrize("separator", spreadsheet.SEPARATORS)
    def test_no_cell_is_a_formula(self, separator: str) -> None:
        kept = json.loads(spreadsheet.KEPT.read_text("utf-8"))
        assert kept["list"] == spreadsheet.hostile_list(), "run it anew"
        assert len(kept[separator]) > 300
        assert [text for text, formula in kept[separator] if formula] == []


class TestWritingCsv:
    @given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=5), min_size=1))
    @example([["x;=1+1;y", "a,'-b", '"=1', ";'';=1", "a \uff1d1"]])
    def test_what_is_written_runs_nothing_and_is_read_back(
        self, rows: list[list[str]]
    ) -> None:
        rows = [[" ".join(cell.split()) for cell in row] for row in rows]
        rows = [["first", "second", "third", "fourth", "fifth"], *filter(any, rows)]
        table = read_table(as_csv(rows))
        read = [[cell.text for cell in row.cells] for row in table.rows]
        assert read == [trim(row) for row in rows]

    @pytest.mark.parametrize("start", ["=1+1", "+1+1", "-x", "@sum(a1)", "\tx", "'=x"])
    def test_a_formula_is_written_as_text(self, start: str) -> None:
        assert as_csv([[start]]).removeprefix("\ufeff").lstrip('"')[0] == "'"

    @given(st.lists(st.sampled_from([*"=+-@\uff1d\uff0b\uff0d\uff20'\";,\t\n \xa0x1"])))
    def test_no_separator_turns_a_text_into_a_formula(self, signs: list[str]) -> None:
        """However it is cut up: a mark stands before every sign that begins a cell."""
        written = as_csv([["Price", "".join(signs)]]).removeprefix("\ufeffPrice,")
        if re.fullmatch(r"[+-]?\d+\r\n", written):
            return  # a number
        for cell in re.split(r"[;,\t\r\n\"]", written):
            assert cell.lstrip(" \xa0")[:1] not in set("=+-@\uff1d\uff0b\uff0d\uff20")

    def test_a_negative_number_stays_one(self) -> None:
        assert as_csv([[-5, 2.5]]) == "\ufeff-5,2.5\r\n"

    def test_a_list_has_a_column_for_all_that_it_holds(
        self, worked: dict[str, Any]
    ) -> None:
        rows = issue_rows(read_draft(worked).plan)
        assert rows[0] == list(HEADER)
        assert {len(row) for row in rows} == {len(HEADER)}


def trim(row: list[str]) -> list[str]:
    """A row without the empty cells at its end."""
    while row and not row[-1]:
        row = row[:-1]
    return row


class TestPasting:
    def test_rows_fill_the_fields_to_the_right_and_downwards(
        self, worked: dict[str, Any]
    ) -> None:
        document = pasted(worked, "/issues/0/options/0/us", "10\t90\n20\t80").document
        options = document["issues"][0]["options"]
        assert [(o["us"], o["them"]) for o in options[:2]] == [
            ("10", "90"),
            ("20", "80"),
        ]
        assert options[2:] == worked["issues"][0]["options"][2:]

    def test_rows_that_are_missing_are_made(self) -> None:
        document = pasted(EMPTY, "/issues/0/name", "Price\t40\nDelivery\t20").document
        assert names(document) == ["Price", "Delivery"]
        ids = [issue["id"] for issue in document["issues"]]
        assert len(set(ids)) == 2
        assert read_draft(document).problems == ()

    def test_issues_of_the_relationship_are_stepped_over(self) -> None:
        plan = {
            **EMPTY,
            "issues": [
                {"id": "a", "name": "A", "kind": "agreement"},
                {"id": "t", "name": "Trust", "kind": "relationship"},
            ],
        }
        document = pasted(plan, "/issues/0/name", "B\nC").document
        assert names(document) == ["B", "Trust", "C"]

    def test_a_percentage_in_a_figure_is_its_number(self) -> None:
        document = pasted(EMPTY, "/issues/0/name", "Price\t50%\nTerm\t12.5 %").document
        assert [issue["weight"]["us"] for issue in document["issues"]] == ["50", "12.5"]
        assert read_draft(document).problems == ()

    def test_steps_name_sides_and_issues_in_words(self, worked: dict[str, Any]) -> None:
        name, key = worked["issues"][0]["name"], worked["issues"][0]["id"]
        text = f"7\tThey\t{name.upper()}\t€118\t€112\n8\t{worked['us']['name']}\t{name}"
        document = pasted(worked, "/moves/0/round", text).document
        first, second = document["moves"][:2]
        assert (first["round"], first["by"], first["issue"]) == ("7", "them", key)
        assert second["by"] == "us"

    @pytest.mark.parametrize("key", ["by", "issue", "from", "to", "kind"])
    def test_steps_are_pasted_at_any_choice_of_a_line(
        self, worked: dict[str, Any], key: str
    ) -> None:
        name = worked["issues"][0]["name"]
        text = f"They\t{name}\t€118\t€112\nYou\t{name}"
        document = pasted(worked, f"/moves/2/{key}", text).document
        first, second = document["moves"][2:]
        assert first == {"by": "them", "issue": "price", "from": "€118", "to": "€112"}
        assert second == {"by": "us", "issue": "price"}

    def test_steps_that_begin_with_their_round_are_pasted_at_a_line_too(
        self, worked: dict[str, Any]
    ) -> None:
        document = pasted(worked, "/moves/2/by", "7\tThey\n\tYou").document
        assert document["moves"][2:] == [
            {"round": "7", "by": "them"},
            {"round": "", "by": "us"},
        ]

    @pytest.mark.parametrize(
        ("at", "text", "says"),
        [
            ("/issues/0/weight/them", "1\t2", "has 2 columns"),
            ("/moves/0/in_return_for", "a\tb", "has 2 columns"),
            ("/issues/0/options/0/name", "x\n" * 40, "30"),
            ("/title", "a\tb", "cannot be pasted there"),
        ],
    )
    def test_what_does_not_fit_is_refused_whole(
        self, at: str, text: str, says: str, worked: dict[str, Any]
    ) -> None:
        with pytest.raises(UnsupportedDocument, match=says):
            pasted(worked, at, text)

    def test_the_reader_goes_on_where_they_pasted(self) -> None:
        edited = pasted(EMPTY, "/moves/0/round", "1\tus")
        assert edited.focus == "/moves/0/round"
        assert look_up(edited.document, "/moves/0/by") == "us"
