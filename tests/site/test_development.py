"""The pages for those who change the planner: true to the tree, and led to by it."""

import re
import tomllib
from pathlib import Path

import pytest

from runtime.handbook import house
from runtime.tools.building import ROOT
from tests.headings import headings

DEVELOPMENT = ROOT / "docs" / "development"
DESIGN = (DEVELOPMENT / "design.md").read_text("utf-8")
CODE = ("planner", "tests", "runtime", "bench", "overrides")
APART = {"node_modules", "__pycache__"}
REFERENCE = re.compile(r"\b(\w+)\.md#([\w-]+)")
IN_CAPITALS = re.compile(r"\b([A-Z]{4,})(?:\.md|,? section \d| [A-D]\.\d|, “)")


def sources(*suffixes: str) -> list[Path]:
    """Every file of ours that may refer to a page, itself left out."""
    return [
        path
        for folder in CODE
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in suffixes
        and not APART & set(path.parts)
        and path != Path(__file__)
    ]


def references(text: str) -> list[tuple[str, str]]:
    """(page, heading) of each reference to a page for developers."""
    return [
        (f"development/{page}.md", heading)
        for page, heading in REFERENCE.findall(text)
        if (DEVELOPMENT / f"{page}.md").exists()
    ]


def test_what_the_code_refers_to_is_a_heading_that_there_is() -> None:
    dead = [
        f"{path.relative_to(ROOT)}: {page}#{heading}"
        for path in sources(".py", ".mjs", ".html")
        for page, heading in references(path.read_text("utf-8"))
        if heading not in headings(page)
    ]

    assert dead == []


def test_nothing_refers_to_a_document_that_is_not_here() -> None:
    """Papers in capitals: those of the repository stand at its root."""
    here = {path.stem for path in ROOT.glob("*.md")}
    elsewhere = [
        f"{path.relative_to(ROOT)}: {paper}"
        for path in sources(".py", ".mjs", ".html")
        for paper in IN_CAPITALS.findall(path.read_text("utf-8"))
        if paper not in here
    ]

    assert elsewhere == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the cells are ours; see METHOD, section 3", ["METHOD"]),
        ("it becomes a question: METHOD, “Rules of reading”", ["METHOD"]),
        ("(ORACLES B.15.)", ["ORACLES"]),
        ("see DESIGN.md", ["DESIGN"]),
        ("METHOD = list(pages())", []),
        ("(oracles.md#b15)", []),
    ],
)
def test_a_reference_to_a_paper_is_told_from_a_name(
    text: str, found: list[str]
) -> None:
    assert IN_CAPITALS.findall(text) == found


def test_the_design_has_each_folder_of_modules() -> None:
    told = re.findall(r'\{\{ modules\("([\w/]+)"\) \}\}', DESIGN)
    roots = ("planner", "overrides/assets", "runtime")
    there = {
        path.parent.relative_to(ROOT).as_posix()
        for root in roots
        for path in (ROOT / root).rglob("*")
        if path.suffix in house.KINDS
        and path.name != "__init__.py"
        and not APART & set(path.parts)
        and (ROOT / "overrides/assets/runtime") not in path.parents
    }

    assert sorted(told) == sorted(there - set(roots))


def test_the_design_tells_the_layers_that_are_held() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    held = next(
        contract["layers"]
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    )
    (told,) = re.findall(r"^`\w+`(?:,? <? ?`\w+`)+$", DESIGN, re.M)

    assert [set(re.findall(r"\w+", layer)) for layer in told.split("<")] == [
        set(re.findall(r"\w+", layer)) for layer in reversed(held)
    ]


def test_a_module_is_told_by_its_own_first_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "ROOT", tmp_path)
    (tmp_path / "__init__.py").write_text('"""A folder."""')
    (tmp_path / "one.py").write_text('"""One <tag> | and\n``code``.\n\nMore."""\n')
    (tmp_path / "two.mjs").write_text("// Two,\n// in lines.\n\n// More.\n")
    (tmp_path / "three.txt").write_text("Three")

    assert house.modules(".").splitlines()[2:] == [
        r"| `one.py` | One &lt;tag&gt; \| and `code`. |",
        "| `two.mjs` | Two, in lines. |",
    ]


def test_a_folder_or_a_module_that_says_nothing_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "ROOT", tmp_path)
    with pytest.raises(ValueError, match="no module"):
        house.modules("nowhere")

    (tmp_path / "one.py").write_text("x = 1\n")
    with pytest.raises(ValueError, match=r"one\.py"):
        house.modules(".")
