"""Every field says what it asks for, and where the handbook explains it."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from planner.plan.asking import asked, label
from planner.show.page import PANELS, SavedPlan, field_id, link, panel, view
from runtime.tools.building import ROOT

MODES: dict[str, tuple[tuple[str, ...], str]] = {
    "forms": (PANELS, "forms"),
    "tables": (PANELS, "tables"),
}
every_mode = pytest.mark.parametrize("mode", MODES)


def fields(worked: dict[str, Any], mode: str = "forms") -> dict[str, str]:
    """The HTML of the panel that holds each field, by the field's address."""
    panels, layout = MODES[mode]
    shown = view(worked, own=True, layout=layout)
    return {
        at: html
        for html in (panel(name, shown) for name in panels)
        for at in re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', html)
    }


def test_every_field_has_a_label_and_a_heading(worked: dict[str, Any]) -> None:
    for at in fields(worked):
        known = asked(at)
        assert known is not None, at
        assert known.label, at
        assert known.hint, at
        assert not known.hint.endswith("."), at
        assert re.fullmatch(r"method/[a-z/-]+\.md#[a-z0-9-]+", known.page), at


def test_every_heading_stands_in_the_handbook(worked: dict[str, Any]) -> None:
    for known in {asked(at) for at in fields(worked)}:
        assert known is not None
        page, _, heading = known.page.partition("#")
        text = (ROOT / "docs" / page).read_text("utf-8")
        named = re.findall(r"^#+ (.+?)(?: \{ #([\w-]+) \})?$", text, re.M)
        slugs = {
            own or re.sub(r"[^\w]+", "-", said.lower()).strip("-")
            for said, own in named
        }
        assert heading in slugs, known.page


@every_mode
def test_every_field_has_its_hint_and_its_link(
    worked: dict[str, Any], mode: str
) -> None:
    found = fields(worked, mode)
    assert len(found) > 25
    for at, html in found.items():
        known = asked(at)
        assert known is not None
        field = re.search(rf'<[^>]*id="{re.escape(field_id(at))}"[^>]*>', html)
        assert field, at
        assert link(known.page, "") in html, at
        described = re.search(r'aria-describedby="([^" ]+)', field[0])
        assert described, at
        hint = re.search(rf'id="{re.escape(described[1])}">([^<]+)', html)
        assert hint, at
        assert len(hint[1]) > 3, at


def test_what_holds_no_answer_has_its_hint_and_its_link_too(
    worked: dict[str, Any],
) -> None:
    plans = tuple(
        SavedPlan(id=id, title=id, changed=0, current=id == "this")
        for id in ("this", "that")
    )
    shown = view(worked, own=True, plans=plans)
    for name, field in (("compare", "data-compare"), ("whatif", "data-trial")):
        html = panel(name, shown)
        found = re.findall(rf"<(?:input|select)[^>]* {field}[^>]*>", html)
        assert found
        for each in found:
            described = re.search(r'aria-describedby="([^"]+)"', each)
            assert described, each
            assert f'id="{described[1]}">' in html
        assert html.count('class="parley-help"') >= len(set(found)) / 2


def test_the_fields_of_the_tables_are_those_of_the_forms(
    worked: dict[str, Any],
) -> None:
    in_tables = set(fields(worked, "tables"))
    extra = {"limit", "target", "basis", "kind"}  # asked for in the forms alone
    missing = set(fields(worked)) - in_tables
    assert {at.rpartition("/")[2] for at in missing} == extra


def test_an_address_that_no_form_asks_for_is_its_own_label() -> None:
    assert asked("/issues/0/nothing") is None
    assert label("/issues/0/nothing") == "/issues/0/nothing"
    assert label("/future/continue_chance") == "Chance of going on"
    assert label("/issues/3/options/2/name") == "Option 3"


# Where the recipe for a new answer has something written, before which line, and what.
RECIPE: Mapping[str, tuple[str, str]] = {
    "planner/plan/document.py": (
        '        Field("currency", ',
        '        Field("venue", Text(), "Where you meet"),\n',
    ),
    "planner/plan/values.py": (
        "    currency: str | None",
        "    venue: str | None = None\n",
    ),
    "planner/plan/asking.py": (
        '        ("/currency", ',
        '        ("/venue", _said("plan", "Venue", LISTS, "Town or room")),\n',
    ),
    "planner/show/templates/plan.html": (
        '{{ text("/currency", ',
        '{{ text("/venue") }}\n',
    ),
}
FOLLOWED = """
from planner.plan.document import read_plan, write_plan
from planner.show.page import panel, view
from planner.plan.schema import schema

document = {"format": "negotiation-plan/1", "venue": "Bonn"}
assert read_plan(document).venue == "Bonn"
assert write_plan(read_plan(document)) == document
assert schema()["properties"]["venue"]["description"] == "Where you meet"
print(panel("plan", view(document, own=True)))
"""


class TestRecipe:
    """CONTRIBUTING says how an answer is added, and that is all there is to do."""

    def follow(
        self, folder: Path, steps: Mapping[str, tuple[str, str]]
    ) -> subprocess.CompletedProcess[str]:
        """Follow the recipe in a copy of the planner, and try the new answer."""
        copytree(ROOT / "planner", folder / "planner")
        for name, (before, line) in steps.items():
            file = folder / name
            text = file.read_text("utf-8")
            assert text.count(before) == 1, name
            file.write_text(text.replace(before, line + before), "utf-8")
        return subprocess.run(
            [sys.executable, "-c", FOLLOWED], cwd=folder, capture_output=True, text=True
        )

    def test_it_names_every_file_that_changes(self) -> None:
        text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
        _, _, after = text.partition("## To add an answer to the plan document\n")
        named = re.findall(r"`(planner/[^`]+)`", after.partition("\n## ")[0])

        assert {n for n in RECIPE if not n.endswith(".html")} <= {*named}
        assert all((ROOT / name).exists() for name in named)

    def test_who_follows_it_has_a_new_answer(self, tmp_path: Path) -> None:
        done = self.follow(tmp_path, RECIPE)

        assert done.returncode == 0, done.stderr
        assert 'name="/venue"' in done.stdout
        assert 'value="Bonn"' in done.stdout
        assert "Town or room" in done.stdout

    def test_who_forgets_the_words_is_told_where_they_go(self, tmp_path: Path) -> None:
        forgotten = "planner/plan/asking.py"
        steps = {name: step for name, step in RECIPE.items() if name != forgotten}
        done = self.follow(tmp_path, steps)

        assert done.returncode == 1
        assert f"Say in {forgotten} how a form asks for /venue" in done.stderr
