"""The lists that the handbook offers to copy come in as they stand."""

import re
from pathlib import Path

import pytest

from planner.edits.lists import Source, read_list

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "lists.md"
EXAMPLES = re.findall(r"```text\n(.*?)```", PAGE.read_text("utf-8"), re.S)


def test_there_are_three() -> None:
    assert len(EXAMPLES) == 3


@pytest.mark.parametrize("text", EXAMPLES)
def test_each_is_read_as_it_stands(text: str) -> None:
    """Which end of options without points is better for us is all that is asked."""
    reading = read_list(Source(text=text))

    assert len(reading.issues) >= 2
    assert reading.problems == reading.left_out == ()
    assert len(reading.asks) == bool(reading.order)
    assert read_list(Source(text=text), {"order": "last"}).asks == ()
