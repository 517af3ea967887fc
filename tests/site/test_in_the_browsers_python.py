"""The planner's unit tests pass in the Python that browsers get, too."""

import json
import subprocess
import sysconfig
from collections import Counter
from typing import Any

import pytest

from runtime.tools import unittests
from runtime.tools.building import ROOT


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    """What became of the unit tests in Pyodide under Node."""
    script = ROOT / "runtime" / "tools" / "unittests.mjs"
    command = ["node", str(script), sysconfig.get_path("platlib")]
    done = subprocess.run(command, capture_output=True, text=True)
    last = done.stdout.rstrip().rpartition("\n")[2]
    assert last.startswith("{"), done.stdout[-4_000:] + done.stderr[-2_000:]
    told: dict[str, Any] = json.loads(last) | {"printed": done.stdout}
    return told


@pytest.mark.long
@pytest.mark.site
@pytest.mark.timeout(900)  # s: three times those of one test, for all of them
class TestUnitTests:
    """They run in Pyodide under Node, on the files that lie here."""

    def test_none_fails(self, result: dict[str, Any]) -> None:
        assert result["platform"] == "emscripten"
        assert result["failed"] == [], result["printed"][-8_000:]

    def test_every_plan_gets_the_same_answer_to_the_last_character(
        self, result: dict[str, Any]
    ) -> None:
        assert result["answers"] == unittests.answers()
        assert len(result["answers"]) > 10

    def test_every_module_is_run(self, result: dict[str, Any]) -> None:
        modules = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / "tests" / "planner").glob("test_*.py")
        }

        skipped = {test.partition("::")[0] for test in result["skipped"]}
        assert {*result["passed"], *skipped} >= modules

    def test_only_what_a_browser_cannot_do_is_skipped(
        self, result: dict[str, Any]
    ) -> None:
        reasons = Counter(result["skipped"].values())
        laws = reasons.pop(unittests.NO_LAWS)

        assert set(reasons) <= {unittests.NO_PROCESS, unittests.NOT_COMPILED}
        assert reasons.total() < sum(result["passed"].values()) / 100
        assert laws < sum(result["passed"].values()) / 5
