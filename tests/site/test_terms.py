"""The first mention of a term of art says what it means; nothing else is touched."""

import pytest

from planner.words.glossary import GLOSSARY
from runtime.handbook.terms import explained

PAGE = "start/what-this-is.md"
LIMIT = GLOSSARY["walk-away"]


def test_the_first_mention_is_explained_and_the_next_is_not() -> None:
    shown = explained("Know your walk-away.\nA walk-away is a figure.", PAGE)

    assert shown.count("<abbr") == 1
    assert shown.startswith(f'Know your <abbr title="{LIMIT.says}" tabindex="0">')
    assert shown.endswith("</abbr>.\nA walk-away is a figure.")


@pytest.mark.parametrize(
    "line",
    [
        "## Your walk-away",
        "See [your walk-away](../method/your-walk-away.md).",
        '{{ figure("walk_away") }}',
        "`walk-away`",
        "| walk-away |",
        "Set a limit and an aim.",
        "They walk-awayed.",
    ],
)
def test_what_is_no_prose_or_an_everyday_word_is_left_alone(line: str) -> None:
    assert explained(line, PAGE) == line


def test_a_term_is_not_explained_where_it_is_defined() -> None:
    line = "Know your walk-away."
    assert explained(line, "method/your-walk-away.md") == line


def test_another_name_is_explained_by_the_same_sentence() -> None:
    assert f'title="{GLOSSARY["alternative"].says}"' in explained("A BATNA.", PAGE)
