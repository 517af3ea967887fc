"""Cases a negotiator would recognise: the worked plan with a few other answers."""

import json
from pathlib import Path
from typing import Any

import pytest

from planner.advice.advice import advise
from planner.advice.rules import RULES
from tests.planner.changes import analysed

CASES = [
    case
    for file in sorted((Path(__file__).parent.parent / "cases").glob("*.json"))
    for case in json.loads(file.read_text("utf-8"))
]
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])


def test_there_are_cases_for_every_stance() -> None:
    assert len(CASES) >= 8
    assert len({case["stance"] for case in CASES}) == 8


@every_case
def test_the_stance_fits_the_case(case: dict[str, Any], worked: dict[str, Any]) -> None:
    assert analysed(worked, case["change"]).stance.id == case["stance"]


@every_case
def test_the_rules_that_speak_up_fit_the_case(
    case: dict[str, Any], worked: dict[str, Any]
) -> None:
    known = {rule.id for rule in RULES}
    advice = advise(analysed(worked, case["change"]))
    spoken = {reason.rule.id for reason in advice.applying}

    assert set(case["rules"] + case["silent"]) <= known
    assert set(case["rules"]) <= spoken
    assert not set(case["silent"]) & spoken
