"""How hard the handbook is to read: `python -m tests.reading` prints it page by page.

The grade is Flesch and Kincaid's, by textstat: the years of school after which a
text is easy. It knows sentences and syllables only, so it is a floor, not praise.
"""

import re
import sys
from dataclasses import dataclass
from html.parser import HTMLParser

import markdown
import textstat

from tests.pages import FORMS, pages

HARDEST = 11.0  # school years, for a page of the handbook
HARDEST_METHOD = 10.0  # for one that is read before a meeting: a chapter, a case …
LONGEST = 25.0  # words a sentence, on average
SHORT = 12  # words from which on a sentence is not a short one
MOST_SHORT = 0.6  # of a method page's sentences: more than that hammers
# Lines to say are short by nature.
METHOD = ("chapter", "stances", "situation", "case", "real")
TEXT = {"p", "li", "dd"}
NOT_PROSE = {"pre", "code", "table", "figure", "svg", "math"}
EXTENSIONS = ["admonition", "attr_list", "md_in_html", "tables", "def_list"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page of the handbook: its words, words a sentence, and years of school.

    ``short`` is the share of its sentences that are short; ``method`` whether it is
    read before a meeting, and so held to more.
    """

    page: str
    words: int
    sentence: float
    grade: float
    short: float
    method: bool

    @property
    def hard(self) -> bool:
        hardest = HARDEST_METHOD if self.method else HARDEST
        return self.grade > hardest or self.sentence > LONGEST

    @property
    def hammers(self) -> bool:
        return self.method and self.short > MOST_SHORT


def readings() -> list[Reading]:
    """Every page with a form and with prose of its own, the hardest first."""
    read = [
        graded(prose(page.text), page.name, method=page.form in METHOD)
        for page in pages(*FORMS)
    ]
    return sorted((r for r in read if r.words), key=lambda r: -r.grade)


def graded(text: str, page: str = "", *, method: bool = False) -> Reading:
    """How a text reads."""
    lengths = [len(sentence.split()) for sentence in sentences(text)]
    short = sum(length < SHORT for length in lengths)
    return Reading(
        page=page,
        method=method,
        short=short / len(lengths) if lengths else 0.0,
        words=len(text.split()),
        sentence=textstat.words_per_sentence(text) if text else 0.0,
        grade=textstat.flesch_kincaid_grade(text) if text else 0.0,
    )


def sentences(text: str) -> list[str]:
    """The sentences of a text of paragraphs, one of them a line."""
    return [
        sentence
        for line in text.split("\n")
        for sentence in re.split(r"(?<=[.?!:])[”’)*]*\s+(?=[“‘(*A-Z0-9])", line)
        if sentence.strip()
    ]


def prose(page: str) -> str:
    """The sentences of a Markdown page, a word of the planner standing as 12.

    A macro with a line of its own makes more than a word, and is left out.
    """
    body = re.sub(r"\A---\n.*?\n---\n", "", page, flags=re.S)
    body = re.sub(r"^\{\{.*?\}\}$|\{\{ source\(.*?\}\}", "", body, flags=re.M)
    body = re.sub(r"\{\{.*?\}\}", "12", body)
    body = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", body, flags=re.S)
    parser = Prose()
    parser.feed(markdown.markdown(body, extensions=EXTENSIONS))
    return "\n".join(parser.sentences)


class Prose(HTMLParser):
    """Collects paragraphs and list items, each closed as a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.sentences: list[str] = []
        self._text: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in TEXT | NOT_PROSE:
            self._within.append(tag)

    def handle_data(self, data: str) -> None:
        if TEXT & set(self._within) and not NOT_PROSE & set(self._within):
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in TEXT:
            self._close()
        if self._within and tag == self._within[-1]:
            self._within.pop()

    def _close(self) -> None:
        text = " ".join("".join(self._text).split())
        self._text.clear()
        if text:
            self.sentences.append(text if text[-1] in ".?!:”" else f"{text}.")


def main() -> int:
    """Print the table; the exit status is 1 where a page is too hard."""
    found = readings()
    print(f"{'page':50} {'words':>6} {'a sentence':>11} {'grade':>6} {'short':>6}")
    for each in found:
        print(
            f"{each.page:50} {each.words:6} {each.sentence:11.1f} {each.grade:6.1f}"
            f" {each.short:6.0%}"
            + (" too hard" if each.hard else "")
            + (" too many short sentences" if each.hammers else "")
        )
    free = [page.name for page in pages("")]
    if free:
        print(f"Without a form, so held to nothing: {', '.join(free)}")
    return int(any(each.hard or each.hammers for each in found))


if __name__ == "__main__":
    sys.exit(main())
