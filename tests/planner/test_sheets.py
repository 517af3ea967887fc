"""Lists as rows: what is pasted, read from CSV, and written again."""

import json
import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.edits.sheets import (
    HEADER,
    as_csv,
    issue_rows,
    pasted,
    rows_of,
    with_issues,
)
from planner.plan.address import look_up
from planner.plan.document import FORMAT, read_draft
from planner.plan.errors import UnsupportedDocument
from tests import spreadsheet

SIGNS = spreadsheet.SIGNS
EMPTY: dict[str, Any] = {"format": FORMAT}
LIST = [
    ["Issue", "Weight to you", "Weight to them", "Option", "To you", "To them"],
    ["Price", "40", "25", "€118", "0", "100"],
    ["", "", "", "€106", "100", "0"],
    ["Delivery", "20", "30", "5 days", "0", "100"],
]


def names(document: dict[str, Any]) -> list[Any]:
    return [issue.get("name") for issue in document["issues"]]


class TestRows:
    @pytest.mark.parametrize("mark", ["\t", ",", ";"])
    def test_cells_are_told_apart_by_what_the_list_has_most_of(self, mark: str) -> None:
        text = f"Price{mark}40{mark}25\r\nDelivery{mark}20{mark}30\r\n"
        assert rows_of(text) == [["Price", "40", "25"], ["Delivery", "20", "30"]]

    def test_a_byte_order_mark_quotes_and_empty_rows_do_no_harm(self) -> None:
        text = '\ufeff"Price, net",40\n\n"She said ""no""",20\n'
        assert rows_of(text) == [["Price, net", "40"], ['She said "no"', "20"]]

    @pytest.mark.parametrize("text", ["", "\n \n", "\t\t\n", "x" * (2**20 + 1)])
    def test_nothing_and_too_much_are_refused(self, text: str) -> None:
        with pytest.raises(UnsupportedDocument):
            rows_of(text)

    @given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=5), min_size=1))
    @example([[";;;;"]])
    @example([["x;=1+1;y", "a,'-b", '"=1', ";'';=1", "a\n\uff1d1"]])
    def test_what_is_written_runs_nothing_and_is_read_back(
        self, rows: list[list[str]]
    ) -> None:
        rows = [[cell.strip() for cell in row] for row in rows]
        rows = [["first", "second"], *(row for row in rows if any(row))]
        text = as_csv(rows)
        assert rows_of(text) == rows

    @pytest.mark.parametrize("start", ["=1+1", "+1+1", "-x", "@sum(a1)", "\tx", "'=x"])
    def test_a_formula_is_written_as_text(self, start: str) -> None:
        assert as_csv([[start]]).removeprefix("\ufeff").lstrip('"')[0] == "'"

    @given(st.lists(st.sampled_from([*SIGNS, *"'\";,\t\n \xa0x1"])).map("".join))
    def test_no_separator_turns_a_text_into_a_formula(self, text: str) -> None:
        """However it is cut up: a mark stands before every sign that begins a cell."""
        written = as_csv([["Price", text]]).removeprefix("\ufeffPrice,")
        if re.fullmatch(r"[+-]?\d+\r\n", written):
            return  # a number
        for cell in re.split(r"[;,\t\r\n\"]", written):
            assert cell.lstrip(" \xa0")[:1] not in set(SIGNS)

    def test_a_negative_number_stays_one(self) -> None:
        assert as_csv([["-5", "+2.5"]]) == "\ufeff-5,+2.5\r\n"


class TestInASpreadsheet:
    """What LibreOffice makes of a hostile list: `python -m tests.spreadsheet`."""

    @pytest.mark.parametrize("separator", spreadsheet.SEPARATORS)
    def test_no_cell_is_a_formula(self, separator: str) -> None:
        kept = json.loads(spreadsheet.KEPT.read_text("utf-8"))
        assert kept["list"] == spreadsheet.hostile_list(), "run it anew"
        assert len(kept[separator]) > 300
        assert [text for text, formula in kept[separator] if formula] == []


class TestAnIssueList:
    def test_each_row_is_an_option_of_the_issue_above(self) -> None:
        document = with_issues(EMPTY, LIST).document
        plan = read_draft(document).plan
        price, delivery = plan.agreement.values()
        assert (price.name, price.weight.us, price.weight.them) == ("Price", 40, 25)
        assert [(o.name, o.us, o.them) for o in price.options] == [
            ("€118", 0, 100),
            ("€106", 100, 0),
        ]
        assert delivery.options[0].name == "5 days"

    def test_without_a_header_the_columns_have_their_usual_order(self) -> None:
        assert with_issues(EMPTY, LIST[1:]) == with_issues(EMPTY, LIST)

    def test_columns_may_come_in_any_order_and_in_other_words(self) -> None:
        rows = [["Option", "topic", "Our points"], ["€118", "Price", "7"]]
        issue = with_issues(EMPTY, rows).document["issues"][0]
        assert issue["options"] == [{"name": "€118", "us": "7"}]

    def test_an_issue_of_that_name_is_brought_up_to_date(
        self, worked: dict[str, Any]
    ) -> None:
        name = worked["issues"][0]["name"]
        document = with_issues(worked, [[name.upper(), "77"]]).document
        assert names(document) == names(worked)
        assert document["issues"][0]["weight"]["us"] == "77"
        assert document["issues"][0]["options"] == worked["issues"][0]["options"]

    def test_what_cannot_be_read_is_kept_and_told_beside_its_field(self) -> None:
        document = with_issues(EMPTY, [["Price", "a lot"]]).document
        assert document["issues"][0]["weight"]["us"] == "a lot"
        assert [p.at for p in read_draft(document).problems] == ["/issues/0/weight/us"]

    @pytest.mark.parametrize(
        ("rows", "says"),
        [
            ([["Issue", "Colour"], ["Price", "red"]], "“Colour”"),
            ([["Option", "To you"], ["x", "1"]], "no column “Issue”"),
            ([["", "40"]], "names no issue"),
            ([["Price", "1", "2", "3", "4", "5", "6"]], "has 7 columns"),
            ([list(HEADER)], "nothing below the header"),
            ([[f"Issue number {i}"] for i in range(61)], "room for 60"),
            ([["Price", "", "", f"option {i}"] for i in range(31)], "room for 30"),
        ],
    )
    def test_a_wrong_shape_is_refused_whole(
        self, rows: list[list[str]], says: str, worked: dict[str, Any]
    ) -> None:
        before = json.dumps(worked)
        with pytest.raises(UnsupportedDocument, match=says):
            with_issues(worked, rows)
        assert json.dumps(worked) == before

    def test_the_plan_s_own_list_comes_back_as_it_was(
        self, worked: dict[str, Any]
    ) -> None:
        plan = read_draft(worked).plan
        text = as_csv(issue_rows(plan))
        again = read_draft(with_issues(EMPTY, rows_of(text)).document).plan
        assert issue_rows(again) == issue_rows(plan)


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

    def test_a_whole_list_can_be_pasted_onto_a_name(self) -> None:
        text = "\n".join("\t".join(row) for row in LIST)
        assert pasted(EMPTY, "/issues/0/name", text).document == (
            with_issues(EMPTY, LIST).document
        )

    def test_steps_name_sides_and_issues_in_words(self, worked: dict[str, Any]) -> None:
        name, key = worked["issues"][0]["name"], worked["issues"][0]["id"]
        text = f"7\tThey\t{name.upper()}\t€118\t€112\n8\t{worked['us']['name']}\t{name}"
        document = pasted(worked, "/moves/0/round", text).document
        first, second = document["moves"][:2]
        assert (first["round"], first["by"], first["issue"]) == ("7", "them", key)
        assert second["by"] == "us"

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
