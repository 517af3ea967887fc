"""A question always gets an answer, however odd: half a minute of `make fuzz`."""

import json
import random
import time
from typing import Any

import pytest

from planner.plan.address import look_up, replaced
from planner.respond import respond
from planner.show.chapters import CHAPTERS
from planner.show.page import PANELS
from tests.fuzz import BARE_NUMBER, KINDS, LinkReader, case, faults_of, places_in
from tests.plans import fixed_plan

SEED = 20_261_130
BUDGET = 30.0  # seconds for all kinds together
FEWEST = 300  # cases that even a slow machine tries


@pytest.mark.filterwarnings("ignore")  # openpyxl warns of what it refuses or mends
def test_a_damaged_question_gets_an_answer() -> None:
    found: list[str] = []
    number = 0
    with LinkReader.started() as reader:
        begun = time.monotonic()
        while number < FEWEST or time.monotonic() - begun < BUDGET:
            kind, made = case(SEED, number)
            found += [f"{number} {kind}: {why}" for why in faults_of(made, reader)]
            number += 1
    assert found == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_makes_the_same_cases_on_any_day(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = KINDS[kind]
    today = make(random.Random(7))
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    assert make(random.Random(7)) == today
    assert make(random.Random(7)) != make(random.Random(8))


@pytest.mark.parametrize("number", [1e308, -1e308, 1e300, 5e-324])
def test_no_number_is_ever_said_as_none(number: float) -> None:
    """However large it is: in no panel, for none of the answers that take a number."""
    plan = fixed_plan("renewal")
    asked = {"panels": [*PANELS, *CHAPTERS], "own": True, "give": "brief.md"}
    for at in places_in(plan):
        if isinstance(look_up(plan, at), int | float):
            plan = replaced(plan, at, number)
    answer = json.loads(respond(json.dumps(asked | {"plan": plan})))
    assert answer["failed"] == {}
    for words in (*answer["html"].values(), answer["file"]["text"]):
        assert BARE_NUMBER.findall(words) == []


@pytest.mark.parametrize(
    "issue",
    [
        {"options": 5},
        {"options": {"name": "x"}},
        {"options": "ab"},
        {"id": ["x"], "options": []},
        {"id": {"x": 1}, "options": []},
        {"weight": [1, 2], "options": [{"name": ["x"]}, 7]},
    ],
    ids=json.dumps,
)
def test_an_issue_of_the_wrong_shape_is_shown(issue: dict[str, Any]) -> None:
    """Everywhere, and what quotes it too."""
    plan = fixed_plan("first-plan")
    plan["issues"] = [{"kind": "agreement", "name": "Price", **issue}]
    plan["moves"] = [{"by": "us", "issue": issue.get("id"), "from": 5, "to": {}}]
    request = {"plan": plan, "panels": [*PANELS, *CHAPTERS], "own": True}
    answer = json.loads(respond(json.dumps(request)))
    assert answer["failed"] == {}
