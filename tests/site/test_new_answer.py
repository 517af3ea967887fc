"""A new answer is declared in one row and placed in a template, and that is all."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from runtime.tools.building import ROOT
from tests.site.new_answer import INNER, OURS, SHARE

SAYS = "The share of their customers that they would send us"
VALUES = "planner/plan/values.py"
TEMPLATE = "planner/show/templates/future.html"

# Where the recipe has something written, before which line, and what.
RECIPE: Mapping[str, Mapping[str, str]] = {
    VALUES: {
        "    talking_costs: float | None = row(": f'''    referral: float | None = row(
        Percent(says="Enter a share from 0 to 100%"),
        "{SAYS}",
        label="They refer",
        hint="Of their customers",
        page=GAIN,
        named="the share that they refer",
        asks="How many of their customers would they send you?",
    )
''',
        "    outcome: Outcome = row(": """    reserve: float | None = row(
        Amount(), "What we keep back", one_sided=True
    )
""",
        "    target: str | None = row(": """    patience: float | None = row(
        Percent(), "How long we can wait", one_sided=True
    )
""",
    },
    TEMPLATE: {'{{ field("/future/growth") }}': f'{{{{ field("{SHARE}") }}}}\n'},
}


def follow(folder: Path, recipe: Mapping[str, Mapping[str, str]], *only: str) -> Any:
    """Follow the recipe in a copy of the planner, and ask what its readers say."""
    copytree(ROOT / "planner", folder / "planner")
    for name, steps in recipe.items():
        file = folder / name
        text = file.read_text("utf-8")
        for before, lines in steps.items():
            assert text.count(before) == 1, before
            text = text.replace(before, lines + before)
        file.write_text(text, "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "tests.site.new_answer", *only],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What every reader says of the made-up answers."""
    done = follow(tmp_path_factory.mktemp("copy"), RECIPE)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


class TestRecipe:
    """CONTRIBUTING says how an answer is added, and that is all there is to do."""

    def test_it_names_the_files_that_change_and_no_other(self) -> None:
        text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
        _, _, after = text.partition("## To add an answer to the plan document\n")
        named = set(re.findall(r"`(planner/[^`]+)`", after.partition("\n## ")[0]))

        assert named == {VALUES, str(Path(TEMPLATE).parent)}
        assert len(RECIPE) == 2

    def test_who_forgets_the_row_is_told_where_it_goes(self, tmp_path: Path) -> None:
        done = follow(tmp_path, {TEMPLATE: RECIPE[TEMPLATE]}, "form")

        assert done.returncode == 1
        assert f"Say in {VALUES} how a form asks for {SHARE}" in done.stderr


class TestPercentage:
    """A made-up percentage is one for every reader, whatever its address ends in."""

    def test_it_is_read_as_typed(self, told: dict[str, Any]) -> None:
        assert told["reads"] == 0.3
        assert told["refuses"] == {SHARE: "Enter a share from 0 to 100%"}
        assert told["problems"] == []

    def test_it_is_written_as_a_share(self, told: dict[str, Any]) -> None:
        assert told["writes"] == 0.3

    def test_the_schema_bounds_and_describes_it(self, told: dict[str, Any]) -> None:
        described = told["describes"]
        assert (described["minimum"], described["maximum"]) == (0, 1)
        assert described["description"] == SAYS

    def test_the_form_asks_for_it_in_percent(self, told: dict[str, Any]) -> None:
        html = told["asks for"]
        field = re.search(rf'<input[^>]* name="{SHARE}"[^>]*>([^/]*)', html)
        assert field
        assert 'value="30"' in field[0]
        assert field[1].endswith("%<")
        assert "They refer (%)" in html
        assert "Of their customers" in html
        assert "Enter a share from 0 to 100%." in told["asks again"]

    def test_it_is_asked_for_in_its_own_words(self, told: dict[str, Any]) -> None:
        assert told["question"] == "How many of their customers would they send you?"

    def test_it_is_told_in_percent(self, told: dict[str, Any]) -> None:
        assert told["says"] == "30%"

    def test_the_brief_tells_where_it_turns(self, told: dict[str, Any]) -> None:
        says = "the share that they refer falls below about 12%"
        assert told["changes"] == [says]
        assert says in told["brief"]

    def test_it_moves_as_a_chance_does(self, told: dict[str, Any]) -> None:
        low, high = told["bar"]
        assert low == pytest.approx(0.2)
        assert high == pytest.approx(0.4)
        assert "They refer: 20% to 40%" in told["chart"]
        assert told["turns"] == {SHARE: 0.5}

    def test_it_can_be_tried(self, told: dict[str, Any]) -> None:
        assert told["dial"] == [0, 1, 0.01]
        assert "They refer (%)" in told["tried"]
        assert "Now 30%." in told["tried"]
        assert 'aria-valuetext="45%"' in told["tried"]

    def test_the_reference_page_has_it(self, told: dict[str, Any]) -> None:
        assert told["reference"][SHARE] == ["a number, 0 to 1", SAYS]

    def test_what_both_sides_share_stays(self, told: dict[str, Any]) -> None:
        assert told["theirs"][SHARE] == 0.3


def test_what_only_we_can_answer_is_not_theirs(told: dict[str, Any]) -> None:
    assert told["theirs"][OURS] is None
    assert told["theirs"][INNER] is None
    assert told["ours again"] == {SHARE: 0.3, OURS: 7000, INNER: 0.25}
    assert told["the same again"]
