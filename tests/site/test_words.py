"""The list of words is read where a reader would see them, and nowhere else."""

import re
from pathlib import Path

import pytest

from planner.advice.rule import Rule
from planner.advice.rules import RULES
from tests import words

A_WORD = "somebody"  # of the list, which a sentence may need
assert A_WORD in words.WORDS


def told(path: Path) -> list[tuple[int, str]]:
    """The line and the word of each complaint."""
    return [(found.line, found.word) for found in words.found_in(path)]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.md", "One.\nAsk somebody.", 2),
        ("a.md", "# Ask Somebody { #ask }", 1),
        ("a.md", "---\ntitle: Ask somebody\n---\n", 2),
        ("a.md", '{{ paper_form("Ask somebody") }}', 1),
        ("a.md", "[ask somebody](there.md)", 1),
        ("a.html", "<p>\n<b>Ask somebody</b></p>", 2),
        ("a.html", '{{ help("Ask somebody", page) }}', 1),
        ("a.py", '"""Docstring."""\nSAYS = "Ask somebody"', 2),
        ("a.py", "def f(x):\n    return f'Ask somebody at {x}'", 2),
    ],
)
def test_a_word_is_found_where_a_reader_sees_it(
    tmp_path: Path, name: str, text: str, line: int
) -> None:
    (tmp_path / name).write_text(text)
    assert [where for where, _ in told(tmp_path / name)] == [line]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "[ask](somebody.md#somebody)"),
        ("a.md", "# Ask { #somebody }"),
        ("a.md", "`somebody`"),
        ("a.md", "One\nsomebodyelse"),
        ("a.html", "{# somebody #}<p>Ask</p>"),
        ("a.py", '"""Ask somebody."""\n\n\ndef f():\n    """Ask somebody."""'),
        ("a.py", "somebody = 1  # somebody"),
        ("a.csv", "somebody"),
    ],
)
def test_what_no_reader_sees_is_left_alone(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text)
    assert told(tmp_path / name) == []


def test_a_listed_sentence_may_have_its_word(tmp_path: Path) -> None:
    for sentence in words.ALLOWED:
        (tmp_path / "a.md").write_text(sentence)
        assert told(tmp_path / "a.md") == []


def test_every_listed_sentence_is_needed() -> None:
    """One that is no longer written, or holds no such word, goes from the list."""
    written = "\n".join(path.read_text("utf-8") for path in words.files())
    for sentence, why in words.ALLOWED.items():
        assert sentence in written
        assert any(
            re.search(rf"\b(?:{word})\b", sentence, re.I) for word in words.WORDS
        )
        assert why


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_when_a_rule_applies_is_told_without_a_word_of_the_list(rule: Rule) -> None:
    """It is a docstring, which no reader sees of anything else."""
    for word in words.WORDS:
        assert not re.search(rf"\b(?:{word})\b", rule.applies, re.I)


@pytest.mark.parametrize("path", list(words.files()), ids=str)
def test_no_text_has_a_word_of_the_list(path: Path) -> None:
    assert list(words.found_in(path)) == []
