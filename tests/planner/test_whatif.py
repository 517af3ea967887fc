"""What if: which figures matter, where they turn the stance, and what a trial shows."""

from typing import Any

import pytest

from planner.analyses.analysis import Analysis
from planner.analyses.whatif import Dial, dials, figure, tried
from planner.plan.address import look_up, replaced
from planner.plan.document import FORMAT, read_draft
from planner.show.closer import trial as whatif
from planner.show.page import panel, view
from tests.plans import FIXED, fixed_plan


def dials_of(document: dict[str, Any]) -> tuple[Dial, ...]:
    return dials(Analysis(read_draft(document).plan))


def stance_with(document: dict[str, Any], at: str, value: float) -> str:
    """The stance with the figure itself in the document, worked out anew."""
    at = f"{at}/likely" if isinstance(look_up(document, at), dict) else at
    return Analysis(read_draft(replaced(document, at, value)).plan).stance.id


every_example = pytest.mark.parametrize("name", FIXED)


@every_example
def test_every_turn_that_is_shown_is_true(name: str) -> None:
    document = fixed_plan(name)
    shown = [(dial, turn) for dial in dials_of(document) for turn in dial.turns]
    assert shown
    for dial, turn in shown:
        if isinstance(look_up(document, dial.at), dict):
            continue  # the ends of a range move with it; test_stance holds those
        step = abs(turn.turns_at - dial.now) * 1e-6
        beyond = turn.turns_at - step if turn.falls else turn.turns_at + step
        assert stance_with(document, dial.at, beyond) == turn.becomes.id, dial.at


@every_example
def test_a_dial_holds_what_the_plan_says_and_every_turn(name: str) -> None:
    for dial in dials_of(fixed_plan(name)):
        for place in (dial.now, *(turn.turns_at for turn in dial.turns)):
            assert dial.low <= place <= dial.high
        assert 0 < dial.step <= dial.high - dial.low
        assert (dial.high - dial.low) / dial.step <= 1000


def test_a_turn_at_no_chance_at_all_is_not_said_to_lie_below_it(
    worked: dict[str, Any],
) -> None:
    for side in ("us", "them"):
        worked["future"][side]["one_off_gain"] = 0
    html = panel("whatif", view(worked))

    assert "At 0%: <strong>claim value" in html
    assert "Below 0%" not in html


def test_a_figure_that_the_plan_does_not_give_has_no_dial(
    worked: dict[str, Any],
) -> None:
    del worked["future"]["us"]["one_off_gain"]
    assert "/future/us/one_off_gain" not in {dial.at for dial in dials_of(worked)}
    assert dials_of({"format": FORMAT}) == ()


def test_a_trial_changes_what_follows_and_not_the_plan(worked: dict[str, Any]) -> None:
    trial = {"/future/continue_chance": "30"}
    draft = tried(worked, trial, read_draft(worked))
    assert figure(Analysis(draft.plan), "/future/continue_chance") == 0.3
    assert worked == fixed_plan("renewal")


def test_a_trial_that_cannot_be_read_is_told_and_not_tried(
    worked: dict[str, Any],
) -> None:
    draft = tried(worked, {"/future/continue_chance": "often"}, read_draft(worked))
    assert draft.plan == read_draft(worked).plan
    assert [problem.at for problem in draft.problems] == ["/future/continue_chance"]


def test_the_panel_says_what_changes(worked: dict[str, Any]) -> None:
    trial = {"/future/continue_chance": "30"}
    html = panel("whatif", view(worked, trial=trial))
    then = Analysis(tried(worked, trial, read_draft(worked)).plan)
    assert then.stance.label in html
    assert "changes" in html
    assert "Use these figures" in html
    assert "Use these figures" not in panel("whatif", view(worked))


def test_figures_on_trial_go_where_the_plan_holds_them(worked: dict[str, Any]) -> None:
    trial = {"/future/them/yearly_gain": "1000", "/future/continue_chance": "30"}
    answers = whatif(view(worked, trial=trial)).answers
    assert answers == {
        "/future/them/yearly_gain/likely": "1000",
        "/future/continue_chance": "30",
    }
