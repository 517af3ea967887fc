"""Whoever adds or edits a worked plan learns here what every one of them needs."""

from pathlib import Path

import pytest

from planner.edits import examples
from planner.edits.examples import EXAMPLES, TUTORIAL, example
from planner.show.chapters import CHAPTERS
from planner.show.page import PANELS, panel, view

every_plan = pytest.mark.parametrize("name", [*EXAMPLES, TUTORIAL])


def test_each_file_is_listed_and_each_that_is_listed_is_there() -> None:
    files = {path.stem for path in Path(examples.__file__).parent.glob("*.json")}

    assert files == {*EXAMPLES, TUTORIAL}


def test_one_that_there_is_none_of_is_refused() -> None:
    with pytest.raises(KeyError):
        example("renewals")


@every_plan
def test_each_reads_without_a_problem(name: str) -> None:
    draft = view(example(name)).draft

    assert draft.problems == ()
    assert draft.plan.title
    assert draft.plan.currency


@every_plan
def test_each_can_be_shown_in_every_panel(name: str) -> None:
    shown = view(example(name))

    for each in (*PANELS, *CHAPTERS):
        assert isinstance(panel(each, shown), str)


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_is_chosen_by_a_line_that_says_what_it_is(name: str) -> None:
    assert EXAMPLES[name][:1].isupper()
