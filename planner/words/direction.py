"""Names from languages that run from right to left, kept whole in English sentences.

Without a mark, a browser lets a name that runs to the left pull the digits and signs
beside it along. Unicode's isolates say where a name begins and ends (UAX 9, section
2.5); they are characters, so they hold in HTML, in a chart's text, in Markdown and in
a cell alike.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from planner.words.markdown import written

__all__ = ["FIRST_STRONG", "POP", "isolate", "isolate_html", "right_to_left_names"]

FIRST_STRONG, POP = "\u2068", "\u2069"  # FSI, PDI
_LEFTWARDS = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]"
_HAS = re.compile(_LEFTWARDS)
# What is typed stays as it is, and so do tags with their attributes.
_TYPED = re.compile(r"(<textarea.*?</textarea>|<[^>]*>)", re.S)


def right_to_left_names(document: Any) -> tuple[str, ...]:
    """Return the texts of a document that have letters written to the left."""
    return tuple(sorted(set(_texts(document)), key=lambda text: (-len(text), text)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if _HAS.search(value):
            yield value.strip()
    elif isinstance(value, dict):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)


def isolate(text: str, names: tuple[str, ...]) -> str:
    """Return a text in which each of the names is isolated.

    So is what is left of a name that was cut; nothing else is changed.
    """
    if not names:
        return text
    return _pattern(names).sub(lambda found: f"{FIRST_STRONG}{found[0]}{POP}", text)


def isolate_html(html: str, names: tuple[str, ...]) -> str:
    """Return HTML in whose text, tags left alone, each of the names is isolated."""
    if not names:
        return html
    parts = _TYPED.split(html)
    parts[::2] = [isolate(text, names) for text in parts[::2]]
    return "".join(parts)


@lru_cache(maxsize=4)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches each name, as it stands, in HTML and in Markdown."""
    forms = {form for name in names for form in (name, _html(name), written(name))}
    longest = sorted(forms, key=lambda form: (-len(form), form))
    rest = rf"{_LEFTWARDS}(?:[^A-Za-z<>\n{FIRST_STRONG}{POP}]*{_LEFTWARDS})?"
    return re.compile("|".join([*map(re.escape, longest), rest]))


def _html(name: str) -> str:
    """Return a name as the templates escape it."""
    return re.sub("[&<>'\"]", lambda found: _ESCAPED[found[0]], name)


_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", '"': "&#34;"}
