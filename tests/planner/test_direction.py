"""Names that run from right to left read as one unit wherever they stand."""

import io
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from planner.plan.document import parse
from planner.plan.rows import find_answer
from planner.show.chapters import CHAPTERS
from planner.show.page import PANELS, panel, view
from planner.words.direction import isolate, isolate_html, right_to_left_names
from tests.planner.test_respond import ask
from tests.planner.test_workbook import book_of

CASE = parse((Path(__file__).parents[1] / "cases/lists/23-rtl.json").read_text("utf-8"))
LEFTWARDS = re.compile("[\u0590-\u08ff]")
WHOLE = re.compile("\u2068[^\u2068\u2069]*\u2069")


def bare(text: str) -> str:
    """What of a text stands in no isolate."""
    return WHOLE.sub("", text)


def words(html: str) -> str:
    """The text of HTML that is not typed into it."""
    kept = re.sub(r"<textarea.*?</textarea>", "", html, flags=re.S)
    return unescape(re.sub(r"<[^>]*>", "\n", kept))


@pytest.mark.parametrize("name", [*PANELS, *CHAPTERS])
def test_on_the_page_and_in_charts(name: str) -> None:
    html = panel(name, view(CASE, own=True))

    assert LEFTWARDS.findall(bare(words(html))) == []


def test_in_the_brief() -> None:
    text = ask(plan=CASE, give="brief.md")["file"]["text"]

    assert "מחיר" in text
    assert LEFTWARDS.findall(bare(text)) == []


def test_in_the_sentences_of_a_workbook() -> None:
    names = right_to_left_names(CASE)
    for sheet in load_workbook(io.BytesIO(book_of(CASE))).worksheets:
        for row in sheet.iter_rows(values_only=True):
            for value in map(str, filter(None, row)):
                assert value in names or LEFTWARDS.findall(bare(value)) == []


def test_in_what_is_told_of_a_press() -> None:
    done = ask(plan=CASE, own=True, do={"remove": "/issues/0"})["did"]

    assert LEFTWARDS.search(done["says"])
    assert LEFTWARDS.findall(bare(done["says"])) == []


def test_each_field_has_the_direction_of_what_is_typed() -> None:
    html = panel("issues", view(CASE, own=True))
    fields = re.findall(r"<(?:input|select)[^>]*name=[^>]*/name\"[^>]*>", html)

    assert fields
    assert [field for field in fields if 'dir="auto"' not in field] == []


def test_a_plan_in_other_letters_has_no_marks(worked: dict[str, Any]) -> None:
    html = "".join(panel(name, view(worked, own=True)) for name in PANELS)

    assert not re.search("[\u2068\u2069]", html)


@given(st.text(), st.lists(st.text("אב<&\"'ab1 ", min_size=1)))
def test_nothing_else_is_changed(text: str, names: list[str]) -> None:
    known = right_to_left_names(names)

    assert re.sub("[\u2068\u2069]", "", isolate(text, known)) == re.sub(
        "[\u2068\u2069]", "", text
    )
    html = f"<p title='{json.dumps(names)}'>{text.replace('<', '')}</p>"
    assert isolate_html(html, known).startswith(html.partition(">")[0][:9])


def may_be_negative(at: str) -> bool:
    known = find_answer(at)
    return known is not None and known.kind.may_be_negative


@pytest.mark.parametrize(
    ("at", "negative"),
    [
        ("/issues/0/options/0/us", True),
        ("/future/growth", True),
        ("/future/us/yearly_gain", True),
        ("/future/us/yearly_gain/likely", True),
        ("/money/worth", True),
        ("/issues/0/weight/us", False),
        ("/future/continue_chance", False),
        ("/moves/3/round", False),
        ("/title", False),
        ("/nowhere/at/all", False),
    ],
)
def test_a_number_that_may_be_negative_is_known(at: str, *, negative: bool) -> None:
    assert may_be_negative(at) is negative


def test_a_phone_shows_a_minus_where_one_may_be_typed(worked: dict[str, Any]) -> None:
    html = "".join(panel(name, view(worked, own=True)) for name in PANELS)
    fields = re.findall(r'inputmode="(\w+)"[^>]*name="([^"]*)"', html)

    assert {mode for mode, _ in fields} == {"text", "decimal"}
    for mode, at in fields:
        assert (mode == "text") == may_be_negative(at), at
