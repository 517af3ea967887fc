"""Pictures of the method say in words what they show."""

import re
from xml.etree import ElementTree

import pytest

from planner.analyses.ledger import Pace, cliff
from runtime.handbook.diagrams import CLIFF, DIAGRAMS, SHOWS, STEPS, STOP, WIDTH, Step
from runtime.tools.building import ROOT

each = pytest.mark.parametrize("name", DIAGRAMS)


@each
def test_a_picture_has_a_title_and_says_what_it_shows(name: str) -> None:
    picture = ElementTree.fromstring(DIAGRAMS[name])
    labels = (picture.get("aria-labelledby") or "").split()
    said = {each.get("id"): each.text for each in picture.iter()}

    assert picture.get("role") == "img"
    assert all(said[label] for label in labels)
    assert len(SHOWS[name]) > 3
    for shown in SHOWS[name]:
        assert shown.lower() in (said[labels[1]] or "")


@each
def test_every_word_of_it_is_drawn_within_its_edges(name: str) -> None:
    picture = ElementTree.fromstring(DIAGRAMS[name])
    height = float((picture.get("viewBox") or "").split()[3])
    drawn = " ".join(t.text or "" for t in picture.iter() if t.tag.endswith("tspan"))

    for shown in SHOWS[name]:
        assert shown in drawn
    for box in (e for e in picture.iter() if e.tag.endswith("rect")):
        assert float(box.get("x", -1)) >= 0
        assert float(box.get("x", 0)) + float(box.get("width", 0)) <= WIDTH
        assert float(box.get("y", 0)) + float(box.get("height", 0)) <= height


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_of_the_path_is_drawn_in_words_of_its_name(step: Step) -> None:
    drawn, name = (set(re.findall(r"\w+", said)) for said in (step.drawn, step.name))

    assert drawn <= name


def test_a_page_tells_all_steps_of_the_path_or_none() -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        told = re.findall(r"\{\{ path_step\((\d+)\) \}\}", page.read_text("utf-8"))
        assert told in ([], [str(i + 1) for i in range(len(STEPS))]), page


def test_the_cliff_is_where_the_planner_finds_it() -> None:
    found = cliff(CLIFF[0], Pace(step=CLIFF[0] - CLIFF[1]))
    lost = next(i for i, left in enumerate(CLIFF) if left < 0)

    assert found.losing == lost


def test_the_stop_line_stands_before_the_cliff() -> None:
    assert 0 < STOP < len(CLIFF)
    assert CLIFF[STOP] > 0
