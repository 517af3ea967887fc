"""The site's name stands in its configuration alone: a team changes it there.

On a renamed site a test that looks for the old name fails, and a page that says it
misleads.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.tools.building import ROOT, SITE_NAME

SEEN = ("docs", "overrides", "planner", "runtime")  # what the site is made from
TEXT = {".css", ".html", ".js", ".json", ".md", ".mjs", ".py", ".sh", ".webmanifest"}
MADE = {"node_modules", "__pycache__"}  # by others, or by the build
BUNDLED = ROOT / "overrides" / "assets" / "runtime"


def names() -> list[str]:
    """The name that the project came with, and the site's own if it is another.

    A name that the handbook's prose uses as a word says nothing where it stands.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    prose = " ".join(path.read_text("utf-8") for path in texts("docs"))
    own = [SITE_NAME] if not found(SITE_NAME, prose) else []
    return sorted({project["name"].title(), *own})


def texts(folder: str) -> Iterator[Path]:
    for path in sorted((ROOT / folder).rglob("*")):
        made = MADE & set(path.parts) or BUNDLED in path.parents
        if path.suffix in TEXT and not made:
            yield path


def found(name: str, text: str) -> bool:
    """Whether it stands there as a word; `parley-panel` and `ParleyPanel` are code."""
    return bool(re.search(rf"\b{re.escape(name)}\b", text))


@pytest.mark.parametrize("name", names())
def test_no_test_looks_for_the_name_of_the_site(name: str) -> None:
    """Those that need it take it from the configuration: `building.SITE_NAME`."""
    assert [p.name for p in texts("tests") if found(name, p.read_text("utf-8"))] == []


@pytest.mark.parametrize("name", names())
def test_nothing_that_a_reader_sees_has_the_name_built_in(name: str) -> None:
    holding = [
        path.relative_to(ROOT).as_posix()
        for folder in SEEN
        for path in texts(folder)
        if found(name, path.read_text("utf-8"))
    ]
    assert holding == []
