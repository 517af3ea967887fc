"""Pictures of the method say in words what they show."""

from xml.etree import ElementTree

import pytest

from runtime.diagrams import DIAGRAMS, LOOP, PATH, WIDTH

each = pytest.mark.parametrize("name", DIAGRAMS)


@each
def test_a_picture_has_a_title_and_says_what_it_shows(name: str) -> None:
    picture = ElementTree.fromstring(DIAGRAMS[name])
    labels = (picture.get("aria-labelledby") or "").split()
    said = {each.get("id"): each.text for each in picture.iter()}

    assert picture.get("role") == "img"
    assert all(said[label] for label in labels)
    for step in LOOP if name == "trust loop" else PATH:
        assert step.lower() in (said[labels[1]] or "")


@each
def test_every_word_of_it_is_drawn_within_its_edges(name: str) -> None:
    picture = ElementTree.fromstring(DIAGRAMS[name])
    height = float((picture.get("viewBox") or "").split()[3])
    drawn = " ".join(t.text or "" for t in picture.iter() if t.tag.endswith("tspan"))

    for step in LOOP if name == "trust loop" else PATH:
        assert step in drawn
    for box in (e for e in picture.iter() if e.tag.endswith("rect")):
        assert float(box.get("x", -1)) >= 0
        assert float(box.get("x", 0)) + float(box.get("width", 0)) <= WIDTH
        assert float(box.get("y", 0)) + float(box.get("height", 0)) <= height
