"""Tables in text: what separates the cells, and what a quote means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.edits.tables import read_table, split
from planner.plan.errors import UnsupportedDocument


def rows(text: str, *, pasted: bool = False) -> list[list[str]]:
    table = read_table(text, pasted=pasted)
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("mark", ["\t", ",", ";", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_cells_and_lines_are_told_apart(mark: str, end: str) -> None:
    text = f"Price{mark}40{mark}25{end}Delivery{mark}20{mark}30{end}"
    assert rows(text) == [["Price", "40", "25"], ["Delivery", "20", "30"]]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('\ufeff"Price, net",40\n\n"She said ""no""",20\n', ["Price, net", "40"]),
        ("Delivery, tested;40\nWarranty, parts, labour;60", ["Delivery, tested", "40"]),
        ('"a;b;c;d;e",1\n"f;g;h;i;j",2', ["a;b;c;d;e", "1"]),
        ('"Gold" support;40\nSilver;60', ['"Gold" support', "40"]),
        ('"never closed;40\nSilver;60', ['"never closed', "40"]),
        ('5" pipe;40\n6" pipe;60', ['5" pipe', "40"]),
        ("sep=;\na,b;c,d\n", ["a,b", "c,d"]),
        ('"sep=|"\na,b|c,d\n', ["a,b", "c,d"]),
        ("Price,40,25,,,\n,,,118,0,\n", ["Price", "40", "25"]),
        ("List of May\nIssue;Ours\nA, b;1\nC, d;2", ["List of May"]),
        (
            "Delivery, installed, tested\nWarranty, parts",
            ["Delivery, installed, tested"],
        ),
        ('"two\nlines";1\nx;2', ["two\nlines", "1"]),
    ],
)
def test_a_row_is_what_its_program_shows(text: str, read: list[str]) -> None:
    assert rows(text)[0] == read


def test_what_a_spreadsheet_copies_is_split_at_tabs_alone() -> None:
    text = "Delivery, installed, tested\t40\nWarranty; parts; labour\t20\nOne, two"
    assert rows(text, pasted=True) == [
        ["Delivery, installed, tested", "40"],
        ["Warranty; parts; labour", "20"],
        ["One, two"],
    ]


@pytest.mark.parametrize(
    ("copied", "cell"),
    [
        ('"Gold"', '"Gold"'),
        ('"two\nlines"', "two\nlines"),
        ('"a\tb"', "a\tb"),
        ('"""Gold"""', '"Gold"'),
        ('"Gold" and more', '"Gold" and more'),
    ],
)
def test_on_the_clipboard_quotes_are_the_reader_s_own(copied: str, cell: str) -> None:
    assert rows(f"{copied}\t1", pasted=True)[0] == [cell, "1"]


def test_rows_keep_their_numbers() -> None:
    table = read_table("sep=;\n\nPrice;40\n\nTerm;60")
    assert [row.number for row in table.rows] == [3, 5]


@pytest.mark.parametrize("text", ["", "\n \n", "\t\t\n", "x" * (2**20 + 1)])
def test_nothing_and_too_much_are_refused(text: str) -> None:
    with pytest.raises(UnsupportedDocument):
        read_table(text)


CELLS = st.text(st.characters(exclude_characters="\0"), max_size=9)


@pytest.mark.property
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1),
    st.sampled_from("\t;,|"),
)
def test_every_quoted_table_is_split_as_it_was_joined(
    table: list[list[str]], separator: str
) -> None:
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in table]
    text = "\n".join(separator.join(row) for row in quoted)

    assert split(text, separator) == table


@pytest.mark.property
@given(
    st.lists(st.text("a 1\t;,|", max_size=9), min_size=1, max_size=4),
    st.sampled_from("\t;,|"),
)
def test_a_line_is_split_alike_whether_another_is_quoted_or_not(
    lines: list[str], separator: str
) -> None:
    text = "\n".join(lines)

    assert split(f'{text}\n"a"', separator) == [*split(text, separator), ["a"]]
    assert split(f'"a"{separator}{text}', separator) == [
        ["a", *split(text, separator)[0]],
        *split(text, separator)[1:],
    ]


@pytest.mark.property
@given(st.text(max_size=200), st.sampled_from("\t;,|"))
def test_no_character_of_any_text_is_lost(text: str, separator: str) -> None:
    joined = "".join(cell for row in split(text, separator) for cell in row)

    for letter in set(text) - set(f'"\r\n{separator} '):
        assert joined.count(letter) == text.count(letter)
