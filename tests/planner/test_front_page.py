"""The front page's panels: what three answers lead to, and how a plan stands."""

import re
from typing import Any

import pytest

from planner.edits.examples import EXAMPLES, example
from planner.plan.address import look_up, replaced
from planner.plan.document import FORMAT
from planner.show.home import ASKED, HOME, empty_plan, first_answers
from planner.show.page import home_closes, home_opens, panel, view
from tests.planner.test_page import parsed


@pytest.mark.parametrize("name", EXAMPLES)
def test_three_answers_are_taken_and_nothing_else(name: str) -> None:
    document = example(name)
    first = first_answers(document)

    assert {at: look_up(first, at) for at in ASKED} == {
        at: look_up(document, at) for at in ASKED
    }
    assert set(first) == {"format", "currency", "future"}
    assert set(first["future"]) == {"continue_chance", "us"}
    assert set(first["future"]["us"]) == {"yearly_gain", "one_off_gain"}


def test_the_page_asks_the_three_and_tells_the_stance_with_a_reason() -> None:
    shown = view(first_answers(example("renewal")))
    html = panel("home", shown)

    assert [at for at in re.findall(r' name="(/[^"]+)"', html) if at in ASKED] == [
        *ASKED
    ]
    assert shown.advice.says in html
    assert shown.advice.stance.label in html
    assert shown.advice.grounds[1].says in html


@pytest.mark.parametrize("value", [{}, [], {"low": 1, "likely": 2}, "x", True, None])
@pytest.mark.parametrize("at", ASKED)
def test_an_answer_of_any_shape_leaves_it_whole(at: str, value: Any) -> None:
    document = replaced(first_answers(example("renewal")), at, value)

    for name in HOME:
        assert panel(name, view(document, own=True))


def test_a_plan_is_told_by_its_stance_and_its_gaps() -> None:
    shown = view(first_answers(example("renewal")), own=True, panels=HOME)
    gaps = sum(tab.gaps for tab in shown.tabs)

    assert gaps
    assert f"({shown.advice.stance.label})" in panel("resume", shown)
    assert f"{gaps} gap" in panel("resume", shown)


def test_one_without_answers_says_what_decides() -> None:
    shown = view(empty_plan("EUR"), own=True)

    assert shown.advice.says in panel("resume", shown)


def test_its_button_begins_an_empty_plan_in_the_same_currency() -> None:
    front = view(first_answers(example("renewal")), panels=HOME)
    page = parsed(home_opens(front) + home_closes(front))
    begun = [e.attributes["data-plan"] for e in page.having("data-plan")]

    assert len([each for each in begun if f'"{FORMAT}"' in each]) == 2


def test_a_screen_reader_is_told_what_follows() -> None:
    shown = view(first_answers(example("renewal")), panels=("problems", *HOME))

    assert shown.advice.stance.label in shown.conclusion(["home"])
    assert shown.conclusion(["problems"]) == ""
