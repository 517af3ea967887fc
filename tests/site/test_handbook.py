"""What the handbook promises its reader, held against its pages.

Each page says in its front matter what it is held to (``tests.pages.FORMS``); one that
a team adds says nothing, and may be as it likes.
"""

import re

import pytest

from planner.advice.rules import RULES
from planner.analyses.stance import Stance
from planner.edits.examples import EXAMPLES
from planner.plan.signals import SIGNALS
from runtime.tools.building import SITE_NAME
from tests import reading
from tests.pages import FORMS, Page, pages

METHOD = list(pages("chapter", "stance"))
CITED = {
    cited.page.partition("#")[0] for cited in (*RULES, *Stance, *SIGNALS)
}  # what an answer of the planner argues from


def named(page: Page) -> str:
    return page.name


each_page = pytest.mark.parametrize("page", pages(), ids=named)
each_method_page = pytest.mark.parametrize("page", METHOD, ids=named)
each_stance_page = pytest.mark.parametrize("page", pages("stance"), ids=named)
each_chapter = pytest.mark.parametrize("page", pages("chapter"), ids=named)


@each_page
def test_a_page_has_a_form_that_there_is_or_none(page: Page) -> None:
    assert page.form in ("", *FORMS)


@each_page
def test_a_query_is_a_few_words(page: Page) -> None:
    for query in page.queries:
        assert isinstance(query, str)
        assert query.strip()


def test_no_two_pages_are_the_answer_to_one_query() -> None:
    queries = [query.lower() for page in pages() for query in page.queries]

    assert sorted(set(queries)) == sorted(queries)


@each_method_page
def test_a_method_page_has_a_rule_or_says_why_not(page: Page) -> None:
    why = page.front.get("no_rules", "")
    assert (page.name in CITED) != bool(why)


@each_method_page
def test_a_method_page_begins_with_its_answer(page: Page) -> None:
    found = re.search(r"^# (.+)\n\n(.+)\n\{ \.parley-answer \}", page.text, re.M)
    assert found
    title, answer = found.groups()
    assert title[0].isupper()
    assert len(re.findall(r"[.!?](?: |$)", answer)) == 1


@each_method_page
def test_a_method_page_says_what_can_go_wrong_and_how_sure_we_are(page: Page) -> None:
    assert {"What can go wrong", "How sure we are"} <= set(page.headings())


@each_chapter
def test_a_chapter_says_when_when_not_and_how_or_why_it_has_no_steps(
    page: Page,
) -> None:
    why_not = page.front.get("no_steps", "")
    asked = {"When to do this", "When not to", "Steps"}

    assert (asked <= set(page.headings())) != bool(why_not)


@each_stance_page
@pytest.mark.parametrize("part", ["Open", "Share", "Concede", "When to stop"])
def test_a_stance_page_says_how_to_open_share_concede_and_stop(
    page: Page, part: str
) -> None:
    wording = {"Concede": r"(?:Concede|Trade first)"}.get(part, part)
    assert any(re.match(wording, heading) for heading in page.headings())


@each_stance_page
def test_a_stance_page_says_that_its_name_or_its_advice_is_ours(page: Page) -> None:
    sure = page.text.partition("## How sure we are")[2].partition("## ")[0]

    assert "ours" in sure
    assert len(sure.strip().splitlines()) == 2


# What a macro of a page shows: its worked plan, and the answers changed first.
SHOWN = re.compile(r"\{\{ (figure|worked_table|planner)\((.*?)\) \}\}")
PLANS = "|".join(EXAMPLES)


def shown(text: str, macros: set[str]) -> list[tuple[str, str]]:
    """(plan, given) of each call of some macros, in their order."""
    calls = [args for macro, args in SHOWN.findall(text) if macro in macros]
    return [
        (
            (re.findall(rf'"({PLANS}|empty)"', args) or ["renewal"])[0],
            (re.findall(r"given=(\w+)", args) or [""])[0],
        )
        for args in calls
    ]


@each_method_page
def test_the_panel_of_a_method_page_holds_the_case_that_it_opens_with(
    page: Page,
) -> None:
    """By the last figure before the first heading, which is what the case leads to."""
    opening = page.text.partition("\n## ")[0]
    told = shown(opening, {"figure", "worked_table"})
    panels = shown(page.text, {"planner"})

    assert len(panels) == 1
    if told:
        assert panels == told[-1:]


@each_method_page
def test_a_method_page_ends_in_something_to_do(page: Page) -> None:
    assert "## Do it now" in page.text
    assert re.search(r"^\[Next: .+\]\(.+\)$", page.text.rstrip().splitlines()[-1])


@pytest.mark.parametrize("read", reading.readings(), ids=lambda read: read.page)
def test_no_page_is_harder_to_read_than_we_promise(read: reading.Reading) -> None:
    assert read.grade <= reading.HARDEST
    assert read.sentence <= reading.LONGEST


def test_the_check_of_the_reading_can_fail() -> None:
    text = (
        "Notwithstanding considerable organisational heterogeneity, "
        "interorganisational collaboration necessitates institutionalised "
        "verification capabilities."
    )
    assert reading.graded(text).hard


def test_what_is_weighed_is_the_prose_alone() -> None:
    page = (
        "---\ntitle: x\n---\n# Title\n\nIt is {{ figure('a') }} a year. {{ source('X') "
        "}}\n\n- one\n\n| a | b |\n|---|---|\n| c | d |\n\n{{ planner('issues') }}\n"
    )
    assert reading.prose(page) == "It is 12 a year.\none."


@each_method_page
def test_headings_are_in_sentence_case(page: Page) -> None:
    for heading in (each for level in (1, 2, 3) for each in page.headings(level)):
        words = re.sub(r"\{\{.*?\}\}", "12", heading).split()
        later = {word for word in words[1:] if word[0].isupper()}
        assert later <= {"I", "MESO", "ZOPA", *SITE_NAME.split()}, heading
