"""What the handbook promises its reader, held against its pages."""

import re
from pathlib import Path

import pytest
import yaml

from planner.orientation import SIGNALS
from planner.rules import RULES
from planner.stance import Stance
from tests import reading
from tests.building import ROOT

DOCS = ROOT / "docs"
METHOD = sorted((DOCS / "method").rglob("*.md"))
CHAPTERS = [path for path in METHOD if "stances" not in path.parts]
CITED = {
    cited.page.partition("#")[0] for cited in (*RULES, *Stance, *SIGNALS)
}  # what an answer of the planner argues from


def named(path: Path) -> str:
    return path.relative_to(DOCS).as_posix()


each_method_page = pytest.mark.parametrize("path", METHOD, ids=named)
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


@each_chapter
def test_a_chapter_says_what_can_go_wrong_and_how_sure_we_are(path: Path) -> None:
    headings = re.findall(r"^## (.+?)(?: \{.*\})?$", text(path), re.M)
    assert {"What can go wrong", "How sure we are"} <= set(headings)


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
        assert set(later) <= {"I", "Parley", "MESO"}, heading
