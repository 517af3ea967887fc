"""What the planner gives can be copied, and sent to another process and back."""

import copy
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given

import planner
from planner.advice.advice import advise
from planner.advice.rule import Evidence, Kind, Rule, Theme, rule
from planner.advice.rules import RULES
from planner.analyses.analysis import Analysis
from planner.analyses.perspective import swapped
from planner.edits.examples import EXAMPLES, example
from planner.plan.document import FORMAT, read_draft, read_plan, write_plan
from planner.plan.errors import PlanError, PlannerError, Problem, UnsupportedDocument
from planner.plan.values import Plan
from tests import strategies
from tests.planner.changes import changed


def pickled(value: Any, protocol: int) -> Any:
    return pickle.loads(pickle.dumps(value, protocol))


PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
COPIES: dict[str, Callable[[Any], Any]] = {
    **{f"pickle {number}": partial(pickled, protocol=number) for number in PROTOCOLS},
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}
ERRORS: dict[type[PlannerError], PlannerError] = {
    PlannerError: PlannerError("It cannot be planned"),
    UnsupportedDocument: UnsupportedDocument("Choose another file"),
    PlanError: PlanError([Problem("/title", "Shorten this"), Problem("", "Enter it")]),
}

copied = pytest.mark.parametrize("way", COPIES.values(), ids=COPIES)


def results(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Whatever can be had of a document, each by its name."""
    draft = read_draft(document)
    analysis = Analysis(draft.plan)
    yield "draft", draft
    yield "plan", draft.plan
    yield "their side", swapped(draft.plan)
    yield "advice", advise(analysis)
    yield "analysis", analysis
    for name, member in vars(Analysis).items():
        if hasattr(member, "__get__") and not callable(member):
            yield name, getattr(analysis, name)


@copied
class TestResults:
    """A copy of what follows from a plan is equal to it."""

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_of_a_worked_plan_every_copy_is_equal(
        self, name: str, way: Callable[[Any], Any]
    ) -> None:
        for what, value in results(example(name)):
            assert way(value) == value, what

    def test_of_a_rule_there_is_only_one(self, way: Callable[[Any], Any]) -> None:
        assert [id(way(each)) for each in RULES] == list(map(id, RULES))

    @pytest.mark.parametrize("error", ERRORS)
    def test_an_error_says_the_same(
        self, error: type[PlannerError], way: Callable[[Any], Any]
    ) -> None:
        raised = ERRORS[error]
        back = way(raised)

        assert type(back) is type(raised)
        assert str(back) == str(raised) != ""
        assert vars(back) == vars(raised)


@pytest.mark.property
@given(strategies.drafts | strategies.documents)
def test_of_any_draft_every_copy_is_equal(document: Any) -> None:
    draft = read_draft(document)
    written = write_plan(draft.plan)

    for way in COPIES.values():
        assert way(draft) == draft
        assert write_plan(way(draft.plan)) == written


def test_every_error_of_the_planner_is_among_them() -> None:
    family, more = {PlannerError}, {PlannerError}
    while more:
        more = {below for error in more for below in error.__subclasses__()}
        family |= more

    assert {*ERRORS} == family


def test_every_class_that_is_offered_is_among_them() -> None:
    offered = {vars(planner)[name] for name in planner.__all__}
    classes = {v for v in offered if isinstance(v, type)} - {*ERRORS, Problem}
    given = {type(value) for _, value in results(example("renewal"))}

    assert classes <= given


def test_an_error_says_each_problem_with_its_address() -> None:
    assert str(ERRORS[PlanError]) == "/title: Shorten this; /: Enter it"


def test_a_copy_of_an_analysis_takes_nothing_along_but_the_plan() -> None:
    analysis = Analysis(read_plan(example("renewal")))
    before = pickle.dumps(analysis)
    assert analysis.frontier

    assert pickle.dumps(analysis) == before
    assert analysis != Analysis(Plan())


def test_a_rule_of_no_module_is_copied_but_never_sent() -> None:
    """It would be missed only at the other end, where nobody could tell."""

    @rule(
        kind=Kind.DO,
        theme=Theme.NEXT,
        advice="Do",
        page="p.md#h",
        fires_on={},
        silent_on={},
    )
    def of_a_test(_: Analysis) -> Evidence | None:
        """Applies when it is tried."""
        return None

    for own in (of_a_test, replace(RULES[0], stake=7.0)):
        assert isinstance(own, Rule)
        assert copy.deepcopy(own) == own
        with pytest.raises((pickle.PicklingError, AttributeError)):
            pickle.dumps(own)


BATCH = """
import json, sys
from multiprocessing import Pool
from planner import PlannerError, read_plan, write_plan

with Pool(2) as pool:
    for read in [pool.apply_async(read_plan, [d]) for d in json.load(sys.stdin)]:
        try:
            print(json.dumps(write_plan(read.get())["title"]))
        except PlannerError as error:
            print(json.dumps(str(error)))
"""


def test_a_batch_of_good_and_bad_plans_ends_with_every_result(
    worked: dict[str, Any],
) -> None:
    bad = changed(worked, {"/title": 5, "/future/continue_chance": 1.4})
    told = "/title: Write this in words; /future/continue_chance: Enter a chance"
    ran = subprocess.run(
        [sys.executable, "-c", BATCH],
        input=json.dumps([worked, bad, {"format": "x"}, bad, worked]),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        timeout=60,  # seconds, for what would never end
    )
    good, first, other, second, last = map(json.loads, ran.stdout.splitlines())

    assert good == last == worked["title"]
    assert first == second == f"{told} from 0 to 100%"
    assert FORMAT in other
