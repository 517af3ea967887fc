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

METHOD = list(pages("chapter", "stances", "lines"))
CITED = {
    cited.page.partition("#")[0] for cited in (*RULES, *Stance, *SIGNALS)
}  # what an answer of the planner argues from


def named(page: Page) -> str:
    return page.name


each_page = pytest.mark.parametrize("page", pages(), ids=named)
each_method_page = pytest.mark.parametrize("page", METHOD, ids=named)
each_chapter = pytest.mark.parametrize("page", pages("chapter"), ids=named)
each_situation = pytest.mark.parametrize("page", pages("situation"), ids=named)
each_page_with_a_line = pytest.mark.parametrize(
    "page", pages("chapter", "stances", "lines", "situation"), ids=named
)
# “A line”, a new line of the next speaker, …
SAID = r"“[^”\n]+”"


@each_page
def test_a_page_has_a_form_that_there_is_or_none(page: Page) -> None:
    assert page.form in ("", *FORMS)


@each_page
def test_a_query_is_a_few_words(page: Page) -> None:
    for query in (*page.queries, *page.asked):
        assert isinstance(query, str)
        assert query.strip()


def test_no_two_pages_are_the_answer_to_one_query() -> None:
    queries = [
        query.lower() for page in pages() for query in (*page.queries, *page.asked)
    ]

    assert sorted(set(queries)) == sorted(queries)


def test_the_search_is_asked_more_than_it_was_told() -> None:
    """Of what pages are found by, some were never told to the search."""
    ours = [page for page in pages() if page.form]
    told = [query for page in ours for query in page.queries]
    others = [query for page in ours for query in page.asked]

    assert len(told) + len(others) >= 60
    assert len(others) >= 25


@each_method_page
def test_a_method_page_has_a_rule_or_says_why_not(page: Page) -> None:
    why = page.front.get("no_rules", "")
    assert (page.name in CITED) != bool(why)


@each_page_with_a_line
def test_a_page_begins_with_a_line_that_people_say_and_then_its_answer(
    page: Page,
) -> None:
    found = re.search(
        rf"^# (.+)\n\n> {SAID}\n\n(.+)\n\{{ \.parley-answer \}}", page.text, re.M
    )
    assert found
    title, answer = found.groups()
    assert title[0].isupper()
    assert len(re.findall(r"[.!?](?: |$)", answer)) == 1


@each_chapter
def test_a_chapter_has_five_to_seven_headings_that_begin_and_end_alike(
    page: Page,
) -> None:
    headings = page.headings()

    assert 5 <= len(headings) <= 7
    assert headings[0] == "Steps"
    assert headings[-3:] == ["What can go wrong", "How sure we are", "Do it now"]


@each_chapter
def test_the_steps_of_a_chapter_are_counted_and_have_a_line_to_say(page: Page) -> None:
    steps = part(page, "Steps")

    assert len(re.findall(r"^\d\. ", steps, re.M)) >= 4
    assert re.search(SAID, steps)


@each_method_page
def test_a_method_page_says_what_can_go_wrong_and_how_sure_we_are(page: Page) -> None:
    assert len(re.findall(r"^- \*\*", part(page, "What can go wrong"), re.M)) >= 3
    assert part(page, "How sure we are").strip()


@each_page
def test_what_is_our_own_judgement_has_its_footnote_and_no_other_page_has(
    page: Page,
) -> None:
    """A dagger in the text is told of once, on a line that begins with one."""
    if page.form in ("", "formulas"):  # the formulas explain it at their beginning
        return
    told = re.findall(r"^† .+\.$", page.text, re.M)
    used = re.sub(r"^† .*$", "", page.text, flags=re.M).count("†")

    if page.name != "reference/assumptions.md" and "dagger (†)" not in page.text:
        assert len(told) == bool(used)


@each_situation
def test_a_situation_says_what_is_going_on_what_to_say_and_what_to_do(
    page: Page,
) -> None:
    assert page.headings() == ["What is going on", "Say first", "Then do", "Beware"]
    assert re.search(rf"^> {SAID}", part(page, "Say first"), re.M)
    assert "(../your-plan.md" in part(page, "Then do")
    assert "(../method/" in part(page, "Then do")


@pytest.mark.parametrize("stance", list(Stance), ids=lambda stance: stance.id)
def test_each_way_to_play_says_how_to_open_share_concede_and_stop(
    stance: Stance,
) -> None:
    name, _, address = stance.page.partition("#")
    text = next(page.text for page in pages() if page.name == name)
    section = re.search(
        rf"^(##+) .+ \{{ #{address} \}}\n(.+?)(?=^##+ )", text, re.M | re.S
    )
    assert section
    told = re.findall(r"^- \*\*(\w+)\*\*", section[2], re.M)
    assert told == ["Open", "Share", "Concede", "Stop"]


def test_there_are_lines_for_forty_moments_and_ten_letters() -> None:
    """Each line with what not to say, and why."""
    lines, letters = (
        "\n".join(
            page.text for page in pages("lines") if re.search(mark, page.text, re.M)
        )
        for mark in (r"^\| Moment \|", r"^\*\*1\. ")
    )
    rows = re.findall(r"^\| (.+) \| (.+) \| (.+) \| (.+) \|$", lines, re.M)
    told = [row for row in rows if row[0] != "Moment"]

    assert len(told) >= 40
    assert all(cell.strip() for row in told for cell in row)
    assert len({row[1] for row in told if row[1] != "nothing"}) >= 40
    assert len(re.findall(r"^\*\*\d+\. .+\*\*\n\n> ", letters, re.M)) == 10


# What the planner works out of guesses; the formulas show their arithmetic in full.
GUESSED = (
    r"relationship\.(?:value|premium|lasting_premium|theirs\.future\.\d)"
    r"|their_walk_away\.\d|trust\.dividend\.value|trust\.betrayal\.cost"
    r"|robustness\.share"
)
ROUNDED = {"estimate", "whole percent"}


@each_page
def test_a_figure_that_rests_on_guesses_is_not_told_to_the_digit(page: Page) -> None:
    if page.form == "formulas":
        return
    told = re.findall(rf'figure\("(?:{GUESSED})"(?:, "([\w ]+)")?', page.text)

    assert {*told} <= ROUNDED


def test_every_source_has_its_link() -> None:
    for page in pages("sources"):
        entries = re.split(r"^### ", page.text, flags=re.M)[1:]
        assert entries
        for entry in entries:
            assert re.search(r"\]\(https://", entry), entry.partition("\n")[0]


def part(page: Page, heading: str) -> str:
    """What stands under a heading of a page."""
    found = re.search(rf"^## {heading}\n(.+?)(?=^## |\Z)", page.text, re.M | re.S)
    return found[1] if found else ""


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
    """By the last figure before the first heading, which is what the case leads to.

    A page that no rule argues from has no panel: there is nothing it could change.
    """
    opening = page.text.partition("\n## ")[0]
    told = shown(opening, {"figure", "worked_table"})
    panels = shown(page.text, {"planner"})

    assert len(panels) == (page.name in CITED)
    if told and panels:
        assert panels == told[-1:]


@each_method_page
def test_a_method_page_ends_in_something_to_do(page: Page) -> None:
    assert "## Do it now" in page.text
    assert re.search(r"^\[Next: .+\]\(.+\)$", page.text.rstrip().splitlines()[-1])


def test_the_check_of_the_reading_can_fail() -> None:
    text = (
        "Notwithstanding considerable organisational heterogeneity, "
        "interorganisational collaboration necessitates institutionalised "
        "verification capabilities."
    )
    assert reading.graded(text).hard


def test_the_check_of_the_rhythm_can_fail() -> None:
    hammered = "Count it. Write it down. Ask for more. Then stop. Look at it again."
    varied = (
        "Count what they did, write it down that day, and ask for more when it stops. "
        "Then stop."
    )

    assert reading.graded(hammered, method=True).hammers
    assert not reading.graded(varied, method=True).hammers


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
