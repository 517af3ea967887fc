"""What each module offers is there, named once, and in order."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import planner

MODULES = sorted(
    module.name
    for module in walk_packages(planner.__path__, "planner.")
    if module.name != "planner.__main__"
)

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(ROOT.glob("planner/show/templates/*.html"))
# What calls the planner; its tests are not among them.
PLACES = ("planner/**/*.py", "runtime/*/*.py", "bench/*.py")
CALLERS = [path for place in PLACES for path in sorted(ROOT.glob(place))]
ENTRANCES = {*planner.__all__, "respond", "extend"}  # the last two for the worker


@pytest.mark.parametrize("name", ["planner", *MODULES])
def test_a_module_offers_what_it_says_it_offers(name: str) -> None:
    module = import_module(name)
    offered = getattr(module, "__all__", [])

    assert sorted(set(offered)) == sorted(offered)
    assert all(hasattr(module, thing) for thing in offered)
    assert module.__doc__


def test_the_package_is_a_table_of_contents_of_its_modules() -> None:
    assert [n for n in planner.__all__ if n.startswith("_")] == []
    assert planner.FORMAT == "negotiation-plan/1"


def test_only_what_somebody_calls_is_there() -> None:
    """What is there for the tests alone is read, kept and carried along for nothing."""
    called: Counter[str] = Counter()
    for path in CALLERS:
        called.update(_called(ast.parse(path.read_text("utf-8"))))
    for path in TEMPLATES:
        called.update(re.findall(r"[A-Za-z_]\w*", path.read_text("utf-8")))
    made = {
        f"{path.stem}: {name}"
        for path in ROOT.glob("planner/**/*.py")
        for name in _made(ast.parse(path.read_text("utf-8")))
        if not called[name.rpartition(".")[2]]
    }

    assert {name for name in made if name.rpartition(" ")[2] not in ENTRANCES} == set()


def _called(tree: ast.AST) -> Iterator[str]:
    """Every name that is looked up, of a value or in one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def _is_shape(node: ast.stmt) -> bool:
    """Whether it says what a dictionary holds: that is looked up by text."""
    return isinstance(node, ast.ClassDef) and any(
        isinstance(base, ast.Name) and base.id == "TypedDict" for base in node.bases
    )


def _made(tree: ast.Module | ast.ClassDef, home: str = "") -> Iterator[str]:
    """Every name that a module or a class gives to something, but Python's own."""
    for node in tree.body:
        names: list[str] = []
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.TypeAlias):
            stored = (n for n in ast.walk(node) if isinstance(n, ast.Name))
            names = [n.id for n in stored if isinstance(n.ctx, ast.Store)]
        yield from (home + name for name in names if not name.startswith("__"))
        if isinstance(node, ast.ClassDef) and not _is_shape(node):
            yield from _made(node, f"{node.name}.")
