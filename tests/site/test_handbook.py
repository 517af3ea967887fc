"""What the handbook promises its reader, held against its pages."""

import re
from pathlib import Path

import pytest
import yaml

from planner.examples import EXAMPLES
from planner.orientation import SIGNALS
from planner.rules import RULES
from planner.stance import Stance
from tests import reading
from tests.building import ROOT, SITE_NAME

DOCS = ROOT / "docs"
METHOD = sorted((DOCS / "method").rglob("*.md"))
CHAPTERS = [path for path in METHOD if "stances" not in path.parts]
CITED = {
    cited.page.partition("#")[0] for cited in (*RULES, *Stance, *SIGNALS)
}  # what an answer of the planner argues from


def named(path: Path) -> str:
    return path.relative_to(DOCS).as_posix()


each_method_page = pytest.mark.parametrize("path", METHOD, ids=named)
each_stance_page = pytest.mark.parametrize(
    "path", [path for path in METHOD if "stances" in path.parts], ids=named
)
each_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=named)


def text(path: Path) -> str:
    return path.read_text("utf-8")


def front_matter(path: Path) -> dict[str, str]:
    found = re.match(r"---\n(.*?)\n---\n", text(path), re.S)
    front: dict[str, str] = yaml.safe_load(found[1]) if found else {}
    return front


@each_method_page
def test_a_method_page_has_a_rule_or_says_why_not(path: Path) -> None:
    why = front_matter(path).get("no_rules", "")
    assert (named(path) in CITED) != bool(why)


@each_method_page
def test_a_method_page_begins_with_its_answer(path: Path) -> None:
    found = re.search(r"^# (.+)\n\n(.+)\n\{ \.parley-answer \}", text(path), re.M)
    assert found
    title, answer = found.groups()
    assert title[0].isupper()
    assert len(re.findall(r"[.!?](?: |$)", answer)) == 1


def headings(path: Path) -> list[str]:
    return re.findall(r"^## (.+?)(?: \{.*\})?$", text(path), re.M)


@each_method_page
def test_a_method_page_says_what_can_go_wrong_and_how_sure_we_are(path: Path) -> None:
    assert {"What can go wrong", "How sure we are"} <= set(headings(path))


@each_chapter
def test_a_chapter_says_when_when_not_and_how_or_why_it_has_no_steps(
    path: Path,
) -> None:
    why_not = front_matter(path).get("no_steps", "")
    asked = {"When to do this", "When not to", "Steps"}

    assert (asked <= set(headings(path))) != bool(why_not)


@each_stance_page
@pytest.mark.parametrize("part", ["Open", "Share", "Concede", "When to stop"])
def test_a_stance_page_says_how_to_open_share_concede_and_stop(
    path: Path, part: str
) -> None:
    wording = {"Concede": r"(?:Concede|Trade first)"}.get(part, part)
    assert any(re.match(wording, heading) for heading in headings(path))


@each_stance_page
def test_a_stance_page_says_that_its_name_or_its_advice_is_ours(path: Path) -> None:
    sure = text(path).partition("## How sure we are")[2].partition("## ")[0]

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
    path: Path,
) -> None:
    """By the last figure before the first heading, which is what the case leads to."""
    opening = text(path).partition("\n## ")[0]
    told = shown(opening, {"figure", "worked_table"})
    panels = shown(text(path), {"planner"})

    assert len(panels) == 1
    if told:
        assert panels == told[-1:]


def test_the_plan_document_calls_its_buttons_as_the_screen_does() -> None:
    screen = text(ROOT / "planner/templates/plan.html")
    said = re.findall(r"“([^”]+)”", text(DOCS / "reference/plan-document.md"))[:2]

    assert said == ["Save the plan", "Open a file"]
    assert all(label in screen for label in said)


@each_method_page
def test_a_method_page_ends_in_something_to_do(path: Path) -> None:
    assert "## Do it now" in text(path)
    assert re.search(r"^\[Next: .+\]\(.+\)$", text(path).rstrip().splitlines()[-1])


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


@pytest.mark.parametrize("path", METHOD, ids=named)
def test_headings_are_in_sentence_case(path: Path) -> None:
    for heading in re.findall(r"^#+ (.+?)(?: \{.*\})?$", text(path), re.M):
        later = [word for word in heading.split()[1:] if word[0].isupper()]
        assert set(later) <= {"I", "MESO", "ZOPA", *SITE_NAME.split()}, heading
