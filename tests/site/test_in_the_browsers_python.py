"""The planner's unit tests pass in the Python that browsers get, too."""

import json
import math
import subprocess
import sysconfig
from importlib import import_module
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime import unittests
from tests.building import ROOT


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    """What became of the unit tests in Pyodide under Node."""
    script = ROOT / "runtime" / "unittests.mjs"
    command = ["node", str(script), sysconfig.get_path("platlib")]
    done = subprocess.run(command, capture_output=True, text=True)
    last = done.stdout.rstrip().rpartition("\n")[2]
    assert last.startswith("{"), done.stdout[-4_000:] + done.stderr[-2_000:]
    told: dict[str, Any] = json.loads(last) | {"printed": done.stdout}
    return told


@pytest.mark.site
class TestUnitTests:
    """They run in Pyodide under Node, on the files that lie here."""

    def test_none_fails(self, result: dict[str, Any]) -> None:
        assert result["platform"] == "emscripten"
        assert result["failed"] == [], result["printed"][-8_000:]

    def test_every_module_is_run(self, result: dict[str, Any]) -> None:
        modules = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / "tests" / "planner").glob("test_*.py")
        }

        assert {*result["passed"], *result["skipped"]} >= modules

    def test_only_what_a_browser_cannot_do_is_skipped(
        self, result: dict[str, Any]
    ) -> None:
        reasons = {unittests.NO_PROCESS, unittests.NOT_COMPILED}

        assert set(result["skipped"].values()) <= reasons
        assert len(result["skipped"]) < sum(result["passed"].values()) / 100


type Width = Literal[16, 32, 64]

widths: st.SearchStrategy[Width] = st.sampled_from([16, 32, 64])
finite = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.property
class TestFloatFunctions:
    """Those that replace Hypothesis's compiled ones there do the same."""

    floats = import_module("hypothesis._native.internal.floats")
    cathetus = import_module("hypothesis._native.internal.cathetus")

    def test_they_are_all_there(self) -> None:
        ours = {function.__name__ for function in unittests.FLOATS}

        assert ours == set(self.floats.__all__)

    @given(st.data(), widths)
    def test_of_one_float(self, data: st.DataObject, width: Width) -> None:
        x = data.draw(st.floats(width=width, allow_nan=False))

        for name in ("float_to_int", "float_of", "next_up", "next_down"):
            ours = getattr(unittests, name)(x, width)
            theirs = getattr(self.floats, name)(x, width)
            assert same(ours, theirs), (name, ours, theirs)
        assert unittests.is_negative(x) == self.floats.is_negative(x)
        bits = self.floats.float_to_int(x, width)
        assert same(unittests.int_to_float(bits, width), x)

    @given(st.data(), widths, st.booleans())
    def test_of_the_next_normal_one(
        self, data: st.DataObject, width: Width, subnormal: bool
    ) -> None:
        smallest = unittests.width_smallest_normals(width)
        x = data.draw(
            st.sampled_from([0.0, -0.0, smallest, -smallest])
            | st.floats(width=width, allow_nan=False, allow_subnormal=subnormal)
        )

        assert smallest == self.floats.width_smallest_normals(width)
        for name in ("next_up_normal", "next_down_normal"):
            ours = getattr(unittests, name)(x, width, allow_subnormal=subnormal)
            theirs = getattr(self.floats, name)(x, width, allow_subnormal=subnormal)
            assert same(ours, theirs), (name, ours, theirs)

    @given(finite, finite)
    def test_of_how_many_lie_between(self, one: float, other: float) -> None:
        low, high = sorted([one, other])

        ours = unittests.count_between_floats(low, high)
        assert ours == self.floats.count_between_floats(low, high)

    @given(st.floats(0, 1e150), st.floats(0, 1e150))
    def test_of_the_other_leg(self, one: float, other: float) -> None:
        leg, long = sorted([one, other])

        theirs = self.cathetus.cathetus(long, leg)
        assert unittests.cathetus(long, leg) == pytest.approx(theirs)


def same(one: float, other: float) -> bool:
    """Equal to the sign of zero."""
    return one == other and math.copysign(1, one) == math.copysign(1, other)
