"""How a reader of the code gets from ``respond`` to the page, and back.

They read each function when it is first called, and none twice. What is worked out
and shown, below ``view`` and ``panel``, is a way of its own.
"""

import json
import sys
from itertools import groupby, pairwise
from types import FrameType
from typing import Any

import pytest

from planner.respond import respond
from tests.plans import fixed_plan

LAYERS = ("words", "plan", "edits", "analyses", "advice", "show", "respond")
OWN = ("<", "__")  # what has no name, and what Python calls itself
MADE = {"planner.show.page.view", "planner.show.page.panel"}

# Today's, as figures to get better: a way that is longer has to be worth it.
MODULES, STAYS, CLIMBS = 9, 21, 9


class Way:
    """The functions of the planner, in the order in which they are first called."""

    def __init__(self) -> None:
        self.functions: dict[str, str] = {}
        self._below = 0

    def note(self, frame: FrameType, event: str, _: Any) -> None:
        """Take down a call; what is called below ``MADE`` is not taken down."""
        module = str(frame.f_globals.get("__name__", ""))
        name = f"{module}.{frame.f_code.co_qualname}"
        if not module.startswith("planner.") or event not in ("call", "return"):
            return
        if self._below or name in MADE:
            self._below += 1 if event == "call" else -1
        elif event == "call" and not name.rpartition(".")[2].startswith(
            ("_<", "<", "__")
        ):
            self.functions.setdefault(name, module)

    @property
    def stays(self) -> list[str]:
        """The modules that one is in, one after the other."""
        return [module for module, _ in groupby(self.functions.values())]


def layer(module: str) -> int:
    return LAYERS.index(module.split(".")[1])


@pytest.fixture
def way(worked: dict[str, Any]) -> Way:
    """The way of a press that removes an issue, when the page is known already."""
    request = {"plan": worked, "do": {"remove": "/issues/0"}, "panels": ["stance"]}
    respond(json.dumps(request | {"plan": fixed_plan("sale")}))
    way, before = Way(), sys.getprofile()
    sys.setprofile(way.note)
    try:
        respond(json.dumps(request))
    finally:
        sys.setprofile(before)
    return way


def test_it_visits_few_modules_and_seldom_comes_back(way: Way) -> None:
    stays = way.stays
    climbs = sum(layer(here) < layer(there) for here, there in pairwise(stays))

    assert stays[0] == stays[-1] == "planner.respond"
    assert len(set(stays)) <= MODULES
    assert len(stays) <= STAYS
    assert climbs <= CLIMBS
