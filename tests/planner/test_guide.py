"""Ten questions: each is asked once, says why, and all lead to a stance."""

import re
from typing import Any

import pytest

from planner.analyses.analysis import Analysis
from planner.analyses.stance import Stance
from planner.edits.examples import TUTORIAL, example
from planner.plan.address import look_up, replaced
from planner.plan.document import FORMAT, read_draft
from planner.plan.rows import answer_at, label
from planner.plan.signals import SIGNALS
from planner.show.guide import SCREENS, Screen, answers, asks
from planner.show.page import GUIDED, field_id, panel, view
from tests.headings import headings
from tests.planner.changes import edit
from tests.plans import fixed_plan

every_screen = pytest.mark.parametrize("screen", SCREENS, ids=lambda s: s.id)


def guided(document: dict[str, Any]) -> str:
    return panel(GUIDED, view(document, own=True, panels=(GUIDED,)))


def test_there_are_ten() -> None:
    assert len(SCREENS) == 10
    assert len({screen.id for screen in SCREENS}) == 10


@every_screen
def test_each_says_why_and_where_the_whole_reason_stands(screen: Screen) -> None:
    assert screen.asks.endswith("?")
    assert screen.why.endswith(".")
    page, _, heading = screen.page.partition("#")
    assert heading in headings(page)


@every_screen
def test_each_of_its_fields_is_asked_for(screen: Screen) -> None:
    html = guided(fixed_plan("renewal"))
    for at in screen.fields:
        assert answer_at(at).is_asked
        assert f'id="{field_id(at)}"' in html


def test_no_two_fields_have_one_id() -> None:
    ids = re.findall(r' id="([^"]+)"', guided(fixed_plan("renewal")))
    assert sorted(set(ids)) == sorted(ids)


def test_every_field_on_the_screens_is_one_of_theirs() -> None:
    html = guided(example(TUTORIAL))
    for at in re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', html):
        assert asks(at), at


def test_their_answers_alone_decide_a_stance() -> None:
    known = fixed_plan("renewal")
    document: dict[str, Any] = {"format": FORMAT}
    for screen in SCREENS:
        for at in screen.fields:
            value = look_up(known, at)
            if value is not None:
                document = replaced(document, at, value)
    plan = read_draft(document).plan
    assert Analysis(plan).stance is not Stance.UNDECIDED


def test_the_signals_asked_for_are_of_both_kinds() -> None:
    kinds = {s.id: s.relational for s in SIGNALS}
    named = [
        at.rpartition("/")[2] for s in SCREENS if s.id == "frame" for at in s.fields
    ]
    assert {kinds[name] for name in named} == {True, False}


def test_answers_to_check_are_said_in_words() -> None:
    said = {a.at: a.says for s in SCREENS for a in answers(s, fixed_plan("first-plan"))}
    assert said["/future/continue_chance"] == "80%"
    assert said["/future/us/yearly_gain"] == "€6,000"
    assert said["/signals/threatens"] == "no"
    assert said["/issues"].startswith("Early word")
    assert said["/moves"] == ""


def test_an_answer_in_three_is_told_as_a_range() -> None:
    gain = {"low": 4000, "likely": 6000, "high": 9000}
    document = replaced(fixed_plan("first-plan"), "/future/us/yearly_gain", gain)
    said = {a.at: a.says for s in SCREENS for a in answers(s, document)}
    assert said["/future/us/yearly_gain"] == "€4,000 to €9,000"


def test_a_title_of_digits_is_told_as_it_stands() -> None:
    document = replaced(fixed_plan("first-plan"), "/title", "2027")
    said = {a.at: a.says for s in SCREENS for a in answers(s, document)}
    assert said["/title"] == "2027"


def test_what_was_not_answered_is_said_to_be_so() -> None:
    html = guided({"format": FORMAT})
    assert html.count("not answered") == sum(len(s.fields) or 1 for s in SCREENS)


def test_both_ends_of_an_issue_count_for_both_sides() -> None:
    plan = {"format": FORMAT, "issues": [{"id": "a", "kind": "agreement", "name": "A"}]}
    ended = edit(plan, {"ends": "/issues/0"})
    points = [(o["us"], o["them"]) for o in ended.document["issues"][0]["options"]]
    assert points == [(100, 0), (0, 100)]
    assert ended.focus == "/issues/0/options/0/name"
    assert edit(ended.document, {"ends": "/issues/0"}).document == ended.document


def test_each_answer_to_check_stands_under_its_question(
    worked: dict[str, Any],
) -> None:
    """Else nobody knows whose gain is meant, and what of it we guess."""
    _, _, shown = guided(worked).rpartition("Check your answers")
    places = [shown.index(f"<h3>{screen.asks}</h3>") for screen in SCREENS]
    assert places == sorted(places)
    theirs = shown[places[3] : places[4]]
    asked = ("yearly_gain/low", "yearly_gain/high", "one_off_gain", "basis")
    labels = [label(f"/future/them/{key}") for key in asked]
    assert re.findall("<dt>(.+?)</dt>", theirs) == labels


def test_a_draft_that_cannot_be_read_can_still_be_checked(
    worked: dict[str, Any],
) -> None:
    values: list[Any] = ["nonsense", 7, [1, None], {"a": []}]
    for at in ("/issues", "/moves", "/alternatives/us", "/future", "/title"):
        for value in values:
            assert "Check your answers" in guided(replaced(worked, at, value))


@every_screen
def test_an_answer_of_any_shape_is_said(worked: dict[str, Any], screen: Screen) -> None:
    """Also one that holds nothing but what the planner does not know."""
    odd: list[Any] = [{}, [], {"later": 1}, {"low": "x"}, {"high": None}, "x", 5, True]
    for at in screen.fields:
        for value in odd:
            said = answers(screen, replaced(worked, at, value))
            assert at in [answer.at for answer in said]
