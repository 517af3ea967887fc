"""Pictures of the method say in words what they show."""

import re
from xml.etree import ElementTree

import pytest

from planner.ledger import UNRECIPROCATED, Pace, cliff
from runtime.diagrams import CLIFF, DIAGRAMS, PATH, SHOWS, STOP, WIDTH
from tests.building import ROOT

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


def test_the_path_has_the_steps_of_the_method_on_one_page() -> None:
    page = (ROOT / "docs/start/the-method-on-one-page.md").read_text("utf-8")
    steps = re.findall(r"^\*\*(\d)\. (.+)\.\*\*$", page, re.M)

    assert [number for number, _ in steps] == [str(i + 1) for i in range(len(PATH))]
    for drawn, (_, told) in zip(PATH, steps, strict=True):
        said = set(re.findall(r"\w+", told.lower()))
        assert set(re.findall(r"\w+", drawn.lower())) <= said, (drawn, told)


def test_the_cliff_is_where_the_planner_finds_it() -> None:
    """From 100 points at 30 a round, the fourth round is the first at a loss."""
    found = cliff(CLIFF[0], Pace(step=CLIFF[0] - CLIFF[1]))
    lost = next(i for i, left in enumerate(CLIFF) if left < 0)

    assert found.losing == lost == 4
    assert STOP == UNRECIPROCATED
