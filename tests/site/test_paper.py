"""Tables to write on: each field has its words, and there is room in each."""

import re
from xml.etree import ElementTree

from runtime.handbook.paper import form, grid


def rows(html: str) -> list[list[str]]:
    """Each row as the words in its cells."""
    found = ElementTree.fromstring(html).iter("tr")
    return [["".join(cell.itertext()) for cell in row] for row in found]


def test_a_form_has_a_label_and_a_field_in_each_row() -> None:
    assert rows(form("Who", "Date", "Place")) == [["Date", ""], ["Place", ""]]


def test_a_form_for_two_sides_has_a_field_for_each() -> None:
    table = form("Two questions", "Chance", columns=["We", "They"])

    assert rows(table) == [["", "We", "They"], ["Chance", "", ""]]


def test_a_grid_has_as_many_empty_rows_as_asked_for() -> None:
    assert rows(grid("Deal", "Issue", "Limit", rows=2)) == [
        ["Issue", "Limit"],
        ["", ""],
        ["", ""],
    ]


def test_a_numbered_grid_counts_its_rows_in_the_first_column() -> None:
    assert rows(grid("Rounds", "Round", "By", rows=2, numbered=True)) == [
        ["Round", "By"],
        ["1", ""],
        ["2", ""],
    ]


def test_every_heading_says_what_it_heads() -> None:
    table = grid("A & B", "Round", "By", rows=1, numbered=True)

    assert re.findall(r'scope="(\w+)"', table) == ["col", "col", "row"]
    assert "<caption>A &amp; B</caption>" in table
    assert 'aria-label="A &amp; B"' in table


def test_a_narrow_column_is_marked_and_no_other() -> None:
    table = grid("Deal", "Issue", "Limit", rows=1, narrow=["Limit"])

    assert re.findall(r"narrow\">(\w+)<", table) == ["Limit"]
