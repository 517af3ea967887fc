"""What each module offers is there, named once, and in order."""

from importlib import import_module
from pkgutil import walk_packages

import pytest

import planner

MODULES = sorted(
    module.name
    for module in walk_packages(planner.__path__, "planner.")
    if module.name != "planner.__main__"
)


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
