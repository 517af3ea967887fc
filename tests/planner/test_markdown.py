"""What somebody typed is text in a brief, whoever reads its Markdown."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from unicodedata import category

import pytest
from hypothesis import example as such_as
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt

from planner.advice.advice import advise
from planner.analyses.analysis import Analysis
from planner.plan.address import replaced
from planner.plan.document import read_draft
from planner.show.brief import as_markdown
from planner.words.markdown import begun, quoted, written
from tests.plans import fixed_plan
from tests.strategies import slow

ORDINARY = (
    *("Price per 1,000 trays", "€106", "5 days, two weeks of stock held", "A-1 Ltd"),
    *("Smith & Sons", "10% off (net)", "Yes!", "a_b", "C#", "Lot #12", "C:\\plans"),
    *("~5 days", "< 5 days", "<5 days", "≥ 3", "-5%", "+5%", "AT&T", "R & D"),
    *("ann@acme.com", "No. 1", "3.5 kg", "2 × 4", "50/50", "a = b", "Why?", "x > y"),
    *("Ann “A.” O'Neill", "Straße", "日本", "Terms: net 30", "1 200 €", "a\u202f000"),
)
HOSTILE = (
    *(
        "<img src=x onerror=alert(1)>",
        "<b>",
        "</p>",
        "<!-- ",
        "-->",
        "<?php",
        "<5@b.c>",
    ),
    *("<https://a.b>", "<", ">", "![a](http://a.b/c.png)", "[x](javascript:alert(1))"),
    *(
        "[x]: http://a.b",
        "[x]",
        "[[x]]",
        "[^1]",
        "[ ] ",
        "](a)",
        "`",
        "``",
        "```",
        "~~~",
    ),
    *(
        "*",
        "**",
        "***",
        "_",
        "__",
        "~",
        "~~",
        "|",
        "|-|-|",
        "\\",
        "\\\\",
        "&lt;",
        "&#60;",
    ),
    *("# ", "#", "##", "- ", "-", "---", "===", "+ ", "1. ", "2) ", "> ", ": ", "@all"),
    *("{: onclick=alert(1)}", "{{ x }}", "\n", "\n\n", "\r", "\t", "    ", " ", "  \n"),
    *(
        "\x02",
        "\x03",
        "\x00",
        "\u2028",
        "a",
        "b",
        "1",
        "é",
        "“",
        "”",
        "(",
        ")",
        ".",
        ",",
        "&",
    ),
)
COMMON = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# Where a text of the reader's stands in a brief, with the right form for it.
PLACES = {
    "a heading": lambda text: f"# {written(text)}\n\nAnd so on",
    "a line": lambda text: begun(text),
    "a second line": lambda text: f"So be it\n{begun(text)}\nAnd so on",
    "a list": lambda text: f"- {begun(text)}\n- {begun(text)}",
    "a list in order": lambda text: f"1. {begun(text)}\n2. {begun(text)}",
    "a list's second line": lambda text: f"- **So:** be it\n  {begun(text)}\n- Next",
    "something bold": lambda text: f"- **{written(f'{text}.')}** And (so on)",
    "quotes": lambda text: f"It is “{written(text)}” and “{written(text)}”.",
    "a table": lambda text: (
        f"| A | B |\n|---|---|\n| {written(text)} | {written(text)} |\n| c | d |"
    ),
    "an address": lambda text: f"- Enter it ({quoted(f'/{text}/a')})",
}
READERS: dict[str, Callable[[], Callable[[str], str]]] = {
    "Python-Markdown": lambda: Markdown(extensions=["extra", "sane_lists"]).convert,
    "CommonMark": lambda: COMMON.render,
}

texts = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=3), max_size=6).map(
    "".join
)


class Elements(HTMLParser):
    """What there is in some HTML: each element and attribute, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Any] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag != "code":  # only an address is code, and where it can be
            self.tags.append((tag, attrs))

    def handle_comment(self, data: str) -> None:
        self.tags.append("comment")

    def handle_data(self, data: str) -> None:
        self.text += data


def elements(brief: str, reader: str) -> list[Any]:
    return Elements(READERS[reader]()(brief)).tags


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_name_comes_out_as_it_was_typed(text: str) -> None:
    assert written(text) == text
    assert begun(text) == text


@pytest.mark.property
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("place", PLACES)
class TestWhateverIsTyped:
    @given(texts)
    @such_as("<\x02img src=x>")
    @such_as("\\[x](javascript:alert(1))")
    def test_makes_no_element(self, place: str, reader: str, text: str) -> None:
        hostile, harmless = (PLACES[place](f"a{t}b") for t in (text, "word"))
        assert elements(hostile, reader) == elements(harmless, reader)

    @given(texts)
    @such_as(": a definition")
    def test_makes_no_element_at_the_very_start_and_end(
        self, place: str, reader: str, text: str
    ) -> None:
        if not written(text):
            return
        hostile, harmless = (PLACES[place](t) for t in (text, "word"))
        assert elements(hostile, reader) == elements(harmless, reader)


@pytest.mark.property
@given(texts)
def test_whatever_is_typed_reads_as_it_was_typed(text: str) -> None:
    html = COMMON.render(f"So\n{begun(f'a{text}b')}")
    seen = (" " if category(c) in ("Cc", "Zl", "Zp") else c for c in f"a{text}b")
    typed = " ".join("".join(seen).split())
    read = " ".join(Elements(html).text.replace("\u2060", "").split())
    assert read == f"So {typed}"


NAMED = (
    *("title", "name", "role", "limit", "target", "from", "to", "owner"),
    *("we_offer", "we_ask", "in_return_for"),
)


def retold(value: Any, tell: Callable[[str], str], key: str = "") -> Any:
    """A document whose texts are others, the same where they were the same."""
    if isinstance(value, dict):
        named = {k: "name" if key == "terms" else k for k in value}
        return {k: retold(inner, tell, named[k]) for k, inner in value.items()}
    if isinstance(value, list):
        return [retold(inner, tell, key) for inner in value]
    return tell(value) if isinstance(value, str) and key in NAMED else value


def brief_with(text: str, reader: str, name: str, agreed: bool | None) -> list[Any]:
    """The elements of an example's brief where every text is this one, numbered."""
    known: dict[str, int] = {}
    plan = retold(
        fixed_plan(name), lambda was: f"{text}{known.setdefault(was, len(known))}{text}"
    )
    plan = replaced(plan, "/future/years", f"x{text}")
    plan = replaced(plan, "/currency", text[:8])
    if agreed is not None and "offers" in plan:
        terms = plan["offers"][0]["terms"]
        plan = {**plan, "outcome": {"agreed": agreed, "terms": terms}}
    draft = read_draft(plan)
    analysis = Analysis(draft.plan)
    # Whole: what a short brief leaves out depends on the number of words.
    told = as_markdown(draft, analysis, advise(analysis), whole=True)
    return elements(told, reader)


@pytest.mark.property
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("name", "agreed"),
    [("renewal", None), ("renewal", True), ("joint-venture", None), ("sale", False)],
)
class TestABrief:
    @slow
    @given(texts)
    def test_has_the_same_elements_whatever_its_names_are(
        self, name: str, agreed: bool | None, reader: str, text: str
    ) -> None:
        hostile = brief_with(f"a{text[:80]}b", reader, name, agreed)
        assert hostile == brief_with("word", reader, name, agreed)
