"""Inside Pyodide: the planner's unit tests, by pytest (see unittests.mjs).

What a browser's Python cannot do is skipped and told: start another process, and
load the packages that are compiled for this machine. Hypothesis has a compiled part
too, ten functions on floating-point numbers; they are replaced, so every law is held.
"""

import json
import math
import struct
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from types import ModuleType
from typing import Any, NoReturn

import pytest

EXAMPLES = 20  # of each law; the same laws are held to more of them outside
NO_PROCESS = "a browser's Python starts no other process"
NOT_COMPILED = "jsonschema stands on rpds, which is compiled for this machine"


def main(arguments: Sequence[str]) -> int:
    """Run the tests; the last line printed is what became of them, as JSON."""
    install_float_functions()
    sys.modules["jsonschema"] = Uncompiled("jsonschema")
    subprocess.run = no_process
    count = Count()
    # The plugins of the configuration; pytest-timeout cannot interrupt anything here.
    plugins = ("-p", "_hypothesis_pytestplugin", "-p", "pytest_timeout")
    options = ("-o", "timeout=0", "-p", "no:cacheprovider", "-q", "-rs")
    chosen = arguments or ["tests/planner"]
    status = pytest.main([*plugins, *options, *chosen], plugins=[count])
    print(json.dumps(count.told()))
    return int(status)


class Count:
    """How many tests of each module passed or failed, and why others were skipped."""

    def __init__(self) -> None:
        self.passed: Counter[str] = Counter()
        self.failed: list[str] = []
        self.skipped: dict[str, str] = {}

    def pytest_sessionstart(self) -> None:
        """Draw fewer examples: everything takes longer here."""
        # Only now, when the compiled part is replaced.
        from hypothesis import settings

        ours = settings.get_profile("parley")
        settings.register_profile("browser", ours, max_examples=EXAMPLES)
        settings.load_profile("browser")

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


# Hypothesis's functions on floats, as its documentation of them has it

FORMATS = {16: ("!H", "!e"), 32: ("!I", "!f"), 64: ("!Q", "!d")}
SMALLEST_NORMALS = {16: 2.0**-14, 32: 2.0**-126, 64: sys.float_info.min}


def install_float_functions() -> None:
    """Put them where Hypothesis looks for its compiled part."""
    native, internal, floats, root = (
        ModuleType(f"hypothesis._native{name}")
        for name in ("", ".internal", ".internal.floats", ".internal.cathetus")
    )
    vars(native).update(__version__=version("hypothesis"), internal=internal)
    vars(internal).update(floats=floats, cathetus=root)
    vars(root).update(cathetus=cathetus)
    vars(floats).update({function.__name__: function for function in FLOATS})
    for module in (native, internal, floats, root):
        sys.modules[module.__name__] = module


def float_to_int(value: float, width: int = 64) -> int:
    """The bits of a float, read as a number."""
    whole, real = FORMATS[width]
    bits: int = struct.unpack(whole, struct.pack(real, value))[0]
    return bits


def int_to_float(value: int, width: int = 64) -> float:
    """The float with these bits."""
    whole, real = FORMATS[width]
    number: float = struct.unpack(real, struct.pack(whole, value))[0]
    return number


def float_of(x: float, width: int) -> float:
    """The nearest float of a width."""
    return float(x) if width == 64 else int_to_float(float_to_int(x, width), width)


def is_negative(x: float) -> bool:
    """Whether the sign is minus; −0.0 has one too."""
    return math.copysign(1.0, x) < 0


def count_between_floats(x: float, y: float, width: int = 64) -> int:
    """How many floats there are from x to y, both counted."""
    if is_negative(x):
        if is_negative(y):
            return float_to_int(x, width) - float_to_int(y, width) + 1
        below = count_between_floats(x, -0.0, width)
        return below + count_between_floats(0.0, y, width)
    return float_to_int(y, width) - float_to_int(x, width) + 1


def next_up(value: float, width: int = 64) -> float:
    """The next larger float."""
    if math.isnan(value) or (math.isinf(value) and value > 0):
        return value
    if value == 0 and is_negative(value):
        return 0.0
    bits = float_to_int(value, width)
    return int_to_float(bits + (1 if value >= 0 else -1), width)


def next_down(value: float, width: int = 64) -> float:
    """The next smaller float."""
    return -next_up(-value, width)


def next_up_normal(value: float, width: int, *, allow_subnormal: bool) -> float:
    """The next larger float that is not too small to be normal."""
    following = next_up(value, width)
    smallest = SMALLEST_NORMALS[width]
    if allow_subnormal or following == 0 or abs(following) >= smallest:
        return following
    return smallest if value >= 0 and not is_negative(value) else -0.0


def next_down_normal(value: float, width: int, *, allow_subnormal: bool) -> float:
    """The next smaller float that is not too small to be normal."""
    return -next_up_normal(-value, width, allow_subnormal=allow_subnormal)


def width_smallest_normals(width: int) -> float:
    """The smallest float over 0 that has all its digits."""
    return SMALLEST_NORMALS[width]


def cathetus(h: float, a: float) -> float:
    """The other leg of a right triangle, from its long side and a leg."""
    if math.isnan(h) or math.isnan(a) or (math.isinf(a) and not math.isinf(h)):
        return math.nan
    if math.isinf(h):
        return math.nan if math.isinf(a) else math.inf
    h, a = abs(h), abs(a)
    if h < a:
        return math.nan
    return math.sqrt(h - a) * math.sqrt(h + a)


FLOATS = (
    count_between_floats,
    float_of,
    float_to_int,
    int_to_float,
    is_negative,
    next_down,
    next_down_normal,
    next_up,
    next_up_normal,
    width_smallest_normals,
)
