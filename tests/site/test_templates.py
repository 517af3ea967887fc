"""The templates that the checks let off: there, and only as long as they need it."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["djlint"]
LET_OFF = re.findall(r"\w+", SETTINGS["extend_exclude"].partition("(")[2])[:-1]


def faults(path: Path, *how: str) -> int:
    """Return whether djLint finds fault with a template, as its exit status."""
    command = [sys.executable, "-m", "djlint", "--quiet", *how, "-"]
    settings = ["--profile", SETTINGS["profile"], "--rules", ".djlint_rules.yaml"]
    with path.open("rb") as template:
        done = subprocess.run(
            [*command, *settings], stdin=template, capture_output=True, cwd=ROOT
        )
    return done.returncode


@pytest.mark.parametrize("name", LET_OFF)
def test_a_template_is_let_off_while_it_needs_it(name: str) -> None:
    path = ROOT / f"planner/show/templates/{name}.html"

    assert faults(path, "--lint") or faults(path, "--check")


def test_a_line_that_is_too_long_is_found(tmp_path: Path) -> None:
    long = tmp_path / "long.html"
    long.write_text(f"<p>{'word ' * 30}</p>\n", "utf-8")
    short = tmp_path / "short.html"
    short.write_text(f"<p>{'word ' * 20}</p>\n", "utf-8")

    assert faults(long, "--lint")
    assert not faults(short, "--lint")
