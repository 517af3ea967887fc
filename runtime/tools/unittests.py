"""Inside Pyodide: the planner's unit tests, by pytest (see unittests.mjs).

What a browser's Python cannot do is skipped and told: start another process, and
load the packages that are compiled for this machine. Hypothesis is one of them, so
laws are held in CPython; here the examples show that the two Pythons agree. Tests
marked ``large`` are left to CPython: here they take minutes, and what they look at,
the whole page of a plan, is compared instead (``answers``).
"""

import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NoReturn
from unittest.mock import MagicMock

import pytest

from planner.respond import respond
from planner.show.chapters import CHAPTERS
from planner.show.page import PANELS
from runtime.tools.building import ROOT

PLANS = ROOT / "tests" / "cases" / "plans"
NO_LAWS = "laws are held against generated plans in CPython"
NO_PROCESS = "a browser's Python starts no other process"
NOT_COMPILED = "jsonschema stands on rpds, which is compiled for this machine"


def main(arguments: Sequence[str]) -> int:
    """Run the tests; the last line printed is what became of them, as JSON."""
    skip_laws()
    sys.modules["jsonschema"] = Uncompiled("jsonschema")
    subprocess.run = no_process
    subprocess.Popen = no_process  # type: ignore[assignment,misc]
    count = Count()
    # A plugin of the configuration; it cannot interrupt anything here.
    plugins = ("-p", "pytest_timeout")
    options = ("-o", "timeout=0", "-q", "-rs")
    spared = ("cacheprovider", "logging", "threadexception", "unraisableexception")
    quick = ("--assert=plain",)  # CPython says what an assertion compared
    fitting = ("-m", "not large")
    chosen = arguments or ["tests/planner"]
    status = pytest.main(
        [
            *plugins,
            *options,
            *(f"-pno:{name}" for name in spared),
            *quick,
            *fitting,
            *chosen,
        ],
        plugins=[count],
    )
    print(json.dumps(count.told() | {"answers": answers()}))
    return int(status)


class Count:
    """How many tests of each module passed or failed, and why others were skipped."""

    def __init__(self) -> None:
        self.passed: Counter[str] = Counter()
        self.failed: list[str] = []
        self.skipped: dict[str, str] = {}

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A module that cannot be loaded, or that is skipped."""
        if report.failed:
            self.failed.append(report.nodeid)
        elif report.skipped:
            self.skipped[report.nodeid] = reason(report.longrepr)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """What became of a test."""
        if report.failed:
            self.failed.append(report.nodeid)
        elif report.skipped:
            self.skipped[report.nodeid] = reason(report.longrepr)
        elif report.when == "call":
            self.passed[report.nodeid.split("::")[0]] += 1

    def told(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {
            "python": sys.version.split()[0],
            "platform": sys.platform,
            "passed": self.passed,
            "failed": self.failed,
            "skipped": self.skipped,
        }


def answers() -> dict[str, str]:
    """Digest, for each plan of the tests, all that the page and the brief say of it."""
    told = {}
    for path in sorted(PLANS.glob("*.json")):
        plan = json.loads(path.read_text("utf-8"))
        asked = {"plan": plan, "panels": [*PANELS, *CHAPTERS], "own": True}
        answer = respond(json.dumps(asked | {"give": "brief.md"}))
        told[path.stem] = hashlib.sha256(answer.encode()).hexdigest()
    return told


def reason(longrepr: object) -> str:
    """Why something was skipped: pytest gives (file, line, "Skipped: why")."""
    said = longrepr[2] if isinstance(longrepr, tuple) else longrepr
    return str(said).removeprefix("Skipped: ")


class Uncompiled(ModuleType):
    """A package that cannot be had here: who imports from it is skipped."""

    def __getattr__(self, name: str) -> NoReturn:
        """Skip, unless it is the import system that asks."""
        if name.startswith("__"):
            raise AttributeError(name)
        pytest.skip(NOT_COMPILED, allow_module_level=True)


def no_process(*_: object, **__: object) -> NoReturn:
    """Skip the test that wants one."""
    pytest.skip(NO_PROCESS)


def skip_laws() -> None:
    """Put a stand-in where tests import Hypothesis: each of its tests is skipped."""
    hypothesis = MagicMock()
    hypothesis.given = lambda *_, **__: pytest.mark.skip(reason=NO_LAWS)
    hypothesis.example = hypothesis.settings = Unchanged
    sys.modules["hypothesis"] = hypothesis
    sys.modules["hypothesis.strategies"] = hypothesis.strategies


class Unchanged:
    """Stand in for a decorator that says how a law is held: the test stays as it is."""

    max_examples = 1
    register_profile = get_profile = load_profile = MagicMock()

    def __init__(self, *_: object, **__: object) -> None:
        """Take whatever it is told."""

    def __call__[T](self, test: T) -> T:
        """Return the test."""
        return test
