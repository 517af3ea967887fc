"""Two plans side by side: only what differs is called different."""

from typing import Any

import pytest

from planner.advice.advice import advise
from planner.analyses.analysis import Analysis
from planner.edits.examples import EXAMPLES, example
from planner.plan.address import replaced
from planner.plan.document import FORMAT, read_draft
from planner.plan.rows import label
from planner.show.compare import Comparison, compare
from planner.show.page import SavedPlan, panel, view


def compared(mine: dict[str, Any], other: dict[str, Any]) -> Comparison:
    one, two = (Analysis(read_draft(document).plan) for document in (mine, other))
    return compare(one, advise(one), two, advise(two))


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_plan_does_not_differ_from_its_copy(name: str) -> None:
    found = compared(example(name), example(name))
    assert not found.differ
    assert not any(row.differs for row in found.rows)


def test_one_changed_answer_shows_in_what_follows(worked: dict[str, Any]) -> None:
    other = replaced(worked, "/future/continue_chance", 0.9)
    rows = {row.label: row for row in compared(worked, other).rows}
    assert rows["Stance"].mine == "Probe"
    assert rows["Stance"].other == "Collaborate"
    assert rows["The future is worth to you"].differs
    assert not rows["Walk-away"].differs


def test_advice_that_only_one_has_is_named(worked: dict[str, Any]) -> None:
    found = compared(worked, {"format": FORMAT})
    assert found.only_mine
    mine = {reason.rule.id for reason in found.only_mine}
    assert not mine & {reason.rule.id for reason in found.only_other}


def test_what_one_plan_does_not_know_is_not_a_zero(worked: dict[str, Any]) -> None:
    rows = {row.label: row for row in compared(worked, {"format": FORMAT}).rows}
    assert rows["Walk-away"].other == "not known"
    assert rows[label("/future/continue_chance")].other == "not known"


def test_the_panel_offers_the_other_plans_only(worked: dict[str, Any]) -> None:
    plans = (
        SavedPlan(id="a", title="This one", changed=1, current=True),
        SavedPlan(id="b", title="Its <copy>", changed=2, current=False),
    )
    html = panel("compare", view(worked, plans=plans, other=worked, other_id="b"))
    assert "Its &lt;copy&gt;" in html
    assert "This one" not in html
    assert "No difference" in html
