"""The glossary's terms in the prose: a page's first mention says what it means."""

import re
from collections.abc import Iterator
from html import escape

from planner.words.glossary import GLOSSARY, Term

__all__ = ["explained"]

# What is no prose: macros, code, links and their targets, tags and attributes.
APART = re.compile(r"(\{\{.*?\}\}|`[^`]*`|\[[^\]]*\]\([^)]*\)|<[^>]*>|\{[^}]*\})")
NO_PROSE = ("#", "|", "<", "{", "!", "    ")


def explained(markdown: str, page: str) -> str:
    """The page, with each term's first mention explained where it stands.

    Only terms of art are: a single word such as “limit” has its everyday meaning
    as well. A term is left alone on the page that its definition leads to.
    """
    lines = markdown.split("\n")
    for pattern, term in _terms():
        if term.page.partition("#")[0] != page:
            _explain_first(lines, pattern, term)
    return "\n".join(lines)


def _explain_first(lines: list[str], pattern: re.Pattern[str], term: Term) -> None:
    for i, line in enumerate(lines):
        if line.startswith(NO_PROSE):
            continue
        parts = APART.split(line)
        for k in range(0, len(parts), 2):  # the others are no prose
            parts[k], found = pattern.subn(_marked(term), parts[k], count=1)
            if found:
                lines[i] = "".join(parts)
                return


def _marked(term: Term) -> str:
    return rf'<abbr title="{escape(term.says)}" tabindex="0">\1</abbr>'


def _terms() -> Iterator[tuple[re.Pattern[str], Term]]:
    for term in GLOSSARY.values():
        for name in (term.name, *term.also):
            bare = re.sub(r"^(?:an?|the) ", "", name)
            if bare.isupper() or bare.rstrip("s").isupper():
                yield re.compile(rf"\b({bare})\b"), term
            elif " " in bare or "-" in bare:
                yield re.compile(rf"(?<![\w-])({bare}s?)(?![\w-])", re.I), term
