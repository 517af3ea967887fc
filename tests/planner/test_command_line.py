"""The brief, and ``python -m planner``: what is printed, and with which status."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from planner.__main__ import main
from planner.advice.advice import advise
from planner.advice.rules.after_the_deal import SIGNED
from planner.analyses.analysis import Analysis
from planner.analyses.review import review
from planner.edits.examples import EXAMPLES, example
from planner.plan.address import replaced
from planner.plan.document import read_draft
from planner.plan.rows import question
from planner.plan.schema import schema
from planner.plan.signals import SIGNALS
from planner.plan.values import PLAN
from planner.show.brief import as_markdown
from planner.show.data import as_data
from planner.words.figures import points
from tests import strategies
from tests.planner.changes import changed
from tests.planner.test_document import FULL

KEYS = ["format", "stance", "relationship", "frontier", "advice", "questions"]

# Every name in the table; what ends with a number is a place in a list.
NAMES = [at for at in PLAN.places("") if at and not at.endswith("/0")]


@pytest.fixture
def saved(tmp_path: Path) -> Any:
    """Saves a document to a file and gives its name."""

    def save(document: Any) -> str:
        file = tmp_path / "plan.json"
        text = document if isinstance(document, str) else json.dumps(document)
        file.write_text(text, "utf-8")
        return str(file)

    return save


def brief(document: dict[str, Any]) -> str:
    draft = read_draft(document)
    analysis = Analysis(draft.plan)
    return as_markdown(draft, analysis, advise(analysis))


class TestAdvise:
    def test_it_prints_the_brief(
        self, saved: Any, worked: dict[str, Any], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["advise", saved(worked)]) == 0
        assert capsys.readouterr().out == brief(worked)

    def test_as_json_it_has_exactly_these_keys(
        self, saved: Any, worked: dict[str, Any], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["advise", saved(worked), "--format", "json"]) == 0
        data = json.loads(capsys.readouterr().out)

        assert list(data) == [*KEYS, "problems", "analyses"]
        assert data["format"] == "negotiation-plan/1"
        assert data["stance"]["id"] == "probe"
        assert data["relationship"]["value"] == pytest.approx(160_000)
        assert len(data["frontier"]) > 3

    def test_a_plan_with_problems_is_advised_on_all_the_same(
        self, saved: Any, worked: dict[str, Any], capsys: pytest.CaptureFixture[str]
    ) -> None:
        doubtful = replaced(worked, "/issues/0/weight/us", "-5")

        assert main(["advise", saved(doubtful)]) == 0
        printed = capsys.readouterr().out
        assert "## Left out until you change it" in printed
        assert "- Enter a number from 0 to 100 (`/issues/0/weight/us`)" in printed

    @pytest.mark.parametrize("format", ["text", "json"])
    def test_half_a_character_does_not_stop_it(
        self, saved: Any, format: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = '{"format": "negotiation-plan/1", "title": "Half \\ud800"}'

        assert main(["advise", saved(text), "--format", format]) == 0
        assert capsys.readouterr().out

    def test_it_reads_standard_input(
        self,
        worked: dict[str, Any],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(worked)))

        assert main(["advise", "-"]) == 0
        assert capsys.readouterr().out.startswith("# Renewing the Alder")

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("Dear Alder", "This file is not JSON. Choose a plan file"),
            ("{}", "This file is not a plan"),
            ('{"format": "x"}', "This file has the format “x”"),
        ],
    )
    @pytest.mark.parametrize("command", ["advise", "check"])
    def test_a_file_that_is_no_plan_is_an_instruction_and_status_1(
        self,
        saved: Any,
        command: str,
        text: str,
        says: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        assert main([command, saved(text)]) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        assert says in printed.err

    def test_a_file_that_is_not_there_is_one_as_well(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["advise", str(tmp_path / "none.json")]) == 1
        assert "Name a plan file" in capsys.readouterr().err

    def test_a_file_in_another_encoding_is_one_as_well(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "plan.json"
        file.write_bytes('{"format": "ü"}'.encode("latin-1"))

        assert main(["check", str(file)]) == 1
        assert "Cannot read" in capsys.readouterr().err


class TestAfterTheTalks:
    """The brief says how it ended; nothing in it is left to say at the table."""

    @pytest.mark.parametrize("agreed", [True, False])
    def test_the_brief_proposes_no_step(
        self, worked: dict[str, Any], agreed: bool
    ) -> None:
        before = brief(worked)
        over = brief({**worked, "outcome": {"agreed": agreed}})

        for said in (
            "## What to offer",
            "## What to trade",
            "You aim for",
            "Walk away below",
            "Stop after",
        ):
            assert said in before
            assert said not in over

    def test_the_brief_holds_the_terms_against_the_aim_and_the_walk_away(
        self, worked: dict[str, Any]
    ) -> None:
        document = {**worked, "outcome": {"agreed": True, "terms": SIGNED}}
        found = review(Analysis(read_draft(document).plan))
        assert found is not None
        assert found.agreed is not None
        assert found.aim is not None
        said = brief(document)

        assert (
            f"## How it ended\n\nYou signed {points(found.agreed.us)} of 100.\n"
            f"You aimed for {points(found.aim.us)}.\n"
            f"That is {points(found.surplus or 0.0)} over your walk-away.\n"
            f"Left on the table: {points(found.left or 0.0)}.\n\n| Issue "
        ) in said
        rows = [[c.strip() for c in r.split("|")[1:-1]] for r in said.splitlines()]
        for score, option in found.agreed.terms:
            aim = {s.at: o.name for s, o in found.aim.terms}[score.at]
            assert [score.issue.name, option.name, aim] in rows

    def test_a_deal_under_the_walk_away_is_said_to_be_under_it(
        self, worked: dict[str, Any]
    ) -> None:
        worked["alternatives"]["us"][0]["value"] = 120000
        said = brief({**worked, "outcome": {"agreed": True, "terms": SIGNED}})

        assert "That is 38 points under your walk-away." in said

    @pytest.mark.parametrize(
        ("agreed", "says"),
        [
            (True, "There was a deal. What it is worth is not known yet."),
            (False, "There was no deal."),
        ],
    )
    def test_without_terms_it_says_no_more_than_whether_there_was_a_deal(
        self, worked: dict[str, Any], agreed: bool, says: str
    ) -> None:
        said = brief({**worked, "outcome": {"agreed": agreed}})

        assert f"## How it ended\n\n{says}\n" in said


class TestCheck:
    def test_nothing_to_look_at_is_status_0(
        self, saved: Any, worked: dict[str, Any], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["check", saved(worked)]) == 0
        assert capsys.readouterr().out == ""

    def test_each_problem_is_a_line_and_the_status_is_1(
        self, saved: Any, worked: dict[str, Any], capsys: pytest.CaptureFixture[str]
    ) -> None:
        doubtful = changed(worked, {"/title": 5, "/future/continue_chance": 1.4})

        assert main(["check", saved(doubtful)]) == 1
        assert capsys.readouterr().out.splitlines() == [
            "/title: Write this in words",
            "/future/continue_chance: Enter a chance from 0 to 100%",
        ]


class TestUnknownNames:
    """What the planner would pass over in silence is told, with what it may be."""

    def checked(self, document: Any, capsys: pytest.CaptureFixture[str]) -> list[str]:
        """The lines that ``check`` prints of a document."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.stdin", io.StringIO(json.dumps(document)))
            status = main(["check", "-"])
        lines = capsys.readouterr().out.splitlines()
        assert status == (1 if lines else 0)
        return lines

    @pytest.mark.parametrize(
        ("at", "nearest"),
        [
            ("/futur", "/future"),
            ("/future/continue_chansse", "/future/continue_chance"),
            ("/future/us/yearlyGain", "/future/us/yearly_gain"),
            ("/future/them/yearly_gain/lo", "/future/them/yearly_gain/low"),
            ("/issues/3/weihgt", "/issues/3/weight"),
            ("/issues/3/weight/thm", "/issues/3/weight/them"),
            ("/issues/0/options/4/Name", "/issues/0/options/4/name"),
            ("/alternatives/them/0/chansse", "/alternatives/them/0/chance"),
            ("/moves/1/form", "/moves/1/from"),
            ("/offers/1/term", "/offers/1/terms"),
            ("/outcome/agrede", "/outcome/agreed"),
            *((f"/signals/{s.id}s", f"/signals/{s.id}") for s in SIGNALS[:2]),
            ("/discount_rate", "/future/discount_rate"),
            ("/issues/2/yearly_gain", "/future/us/yearly_gain"),
        ],
    )
    def test_each_is_told_with_the_nearest_one_that_is_known(
        self,
        at: str,
        nearest: str,
        worked: dict[str, Any],
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        assert self.checked(replaced(worked, at, True), capsys) == [
            f"{at}: Check this name: the planner knows {nearest}; this one is kept and "
            "not used"
        ]

    @pytest.mark.parametrize("at", ["/zzz", "/issues/0/x/y", "/signals/sings", "/0"])
    def test_one_like_no_other_is_told_too(
        self, at: str, worked: dict[str, Any], capsys: pytest.CaptureFixture[str]
    ) -> None:
        [line] = self.checked(replaced(worked, at, True), capsys)

        assert line.startswith(f"/{at.split('/')[1]}")
        assert line.endswith(
            ": Check this name: the planner knows none like it; this one is kept and "
            "not used"
        )

    @pytest.mark.parametrize("at", NAMES)
    def test_a_slip_of_the_pen_is_seen_in_any_name(
        self, at: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lines = self.checked(replaced(FULL, f"{at}s", 1), capsys)

        told = f"{at}s: Check this name: the planner knows {at};"
        assert [line for line in lines if line.startswith(told)]

    def test_an_answer_of_the_other_list_says_so(
        self, worked: dict[str, Any], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.checked(replaced(worked, "/issues/0/goal", 5), capsys) == [
            "/issues/0/goal: Check the kind of this issue: only the other kind has "
            "this; this one is kept and not used"
        ]

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_nothing_is_told_of_a_worked_plan(
        self, name: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.checked(example(name), capsys) == []

    def test_the_advice_is_the_same_without_them(
        self, saved: Any, worked: dict[str, Any], capsys: pytest.CaptureFixture[str]
    ) -> None:
        odd = changed(worked, {"/futur": {}, "/issues/0/weihgt": 5})

        assert main(["advise", saved(odd)]) == 0
        assert capsys.readouterr().out == brief(worked)

    @pytest.mark.property
    @given(strategies.drafts | strategies.lookalikes)
    def test_any_draft_is_checked(self, document: Any) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.stdin", io.StringIO(json.dumps(document)))
            patch.setattr("sys.stdout", io.StringIO())
            assert main(["check", "-"]) in (0, 1)


def test_schema_prints_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schema()


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_prints_a_plan_that_can_be_checked(
    name: str, saved: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["example", name]) == 0
    printed = capsys.readouterr().out

    assert json.loads(printed) == example(name)
    assert main(["check", saved(printed)]) == 0


@pytest.mark.parametrize("arguments", [[], ["plan"], ["advise"], ["example", "x"]])
def test_a_wrong_command_is_answered_with_the_right_ones(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 2
    assert "usage: planner" in capsys.readouterr().err


def test_it_runs_as_a_module() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "planner", "example"], capture_output=True, check=True
    )

    first, *_ = EXAMPLES
    assert json.loads(ran.stdout) == example(first)


class TestBrief:
    def test_it_reads_from_the_stance_to_the_agenda(
        self, worked: dict[str, Any]
    ) -> None:
        headings = [line for line in brief(worked).splitlines() if line[:1] == "#"]

        assert headings == [
            "# Renewing the Alder packaging contract",
            "## How to play it",
            "## First of all",
            "## Where to stop",
            "## What to offer",
            "## The deal",
            "## What to trade",
            "## Where it stands",
            "## The relationship, kept apart",
        ]

    def test_an_empty_plan_asks_the_two_questions(self, empty: dict[str, Any]) -> None:
        printed = brief(empty)

        assert printed.startswith("# A negotiation\n\n## How to play it\n\nBefore you")
        assert f"1. {question('/future/continue_chance')}" in printed

    def test_a_name_cannot_break_the_table(self, worked: dict[str, Any]) -> None:
        printed = brief(replaced(worked, "/issues/1/name", "Stock | held\nhere"))

        assert "| Stock \\| held here " in printed

    @pytest.mark.property
    @given(strategies.drafts | strategies.lookalikes | strategies.documents)
    def test_any_draft_has_a_brief_in_both_forms(self, document: Any) -> None:
        draft = read_draft(document)
        analysis = Analysis(draft.plan)
        advice = advise(analysis)

        data = as_data(draft, analysis, advice)
        assert as_markdown(draft, analysis, advice).startswith("# ")
        assert list(data) == [*KEYS, "problems", "analyses"]
        json.dumps(data, allow_nan=False)
