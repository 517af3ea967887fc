"""Whatever has a target is compared with it, in the report and on the page."""

import ast
import copy
from typing import Any

import pytest

from runtime.handbook import speed
from runtime.tools.building import ROOT

DATA = speed.measured()
SCRIPTS = [*sorted(ROOT.glob("bench/*.py")), *sorted(ROOT.glob("runtime/*/*.py"))]


def missed(data: dict[str, Any]) -> set[str]:
    return {target.key for target in speed.missed(data)} - {
        target.key for target in speed.missed(DATA)
    }


@pytest.fixture
def data() -> dict[str, Any]:
    """What was measured last, to be changed."""
    return copy.deepcopy(DATA)


@pytest.mark.parametrize("name", DATA["targets"])
def test_what_computing_takes_is_compared(name: str, data: dict[str, Any]) -> None:
    for place in speed.PLACES:
        data[place][name] = [[data["targets"][name] * 1.1]]

    assert missed(data) == {f"cost {name}"}


@pytest.mark.parametrize("place", ["Node", "Chromium"])
def test_how_much_slower_the_browser_is_is_compared(
    place: str, data: dict[str, Any]
) -> None:
    name = next(iter(data["targets"]))
    data["CPython"][name], data[place][name] = [[1.0]], [[speed.SLOWER * 1.1]]

    assert missed(data) == {"slower"}


def test_how_much_faster_than_trying_all_is_compared(data: dict[str, Any]) -> None:
    data["enumeration"]["ratio"] = speed.FASTER - 1

    assert missed(data) == {"enumeration"}


def test_what_memory_a_process_takes_is_compared(data: dict[str, Any]) -> None:
    data["memory"]["process"] = speed.PROCESS + 1

    assert missed(data) == {"memory"}


def test_a_figure_has_one_name() -> None:
    keys = [target.key for target in speed.targets(DATA)]
    said = [target.what for target in speed.targets(DATA)]

    assert len({*keys}) == len(keys)
    assert len({*said}) == len(said)


def test_no_number_stands_in_a_script_that_nothing_reads() -> None:
    """A target that nobody compares is a promise that nobody keeps."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in SCRIPTS}
    read = {
        node.id if isinstance(node, ast.Name) else node.attr
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    written = {
        f"{path.stem}.{name.id}"
        for path, tree in trees.items()
        if path.stem == "speed" or path.parent == ROOT / "bench"
        for statement in tree.body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for name in ast.walk(statement)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    }

    idle = {name for name in written if name.partition(".")[2] not in read}
    assert idle - {"speed.__all__"} == set()
