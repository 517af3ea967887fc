"""Builds the site once a run, as `make build` does, under a project's sub-path."""

import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "/parley/"  # as a project's pages are mounted on GitHub Pages
SITE_URL = f"https://team.example{PREFIX}"
SITE_NAME: str = re.findall(
    r"^site_name: (.+)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.M
)[0].strip("\"'")
EDIT_URI = "https://team.example/repository/edit/main/docs/"


@cache
def built_site(generator: str = "mkdocs") -> Path:
    """The folder of the finished site, made by that site generator."""
    folder = Path(tempfile.mkdtemp(prefix="parley-site-"))
    run(tool("python"), "runtime/bundle.py")
    run(
        tool(generator),
        "build",
        "--strict",
        "-f",
        "mkdocs.yml",
        SITE_DIR=str(folder),
        SITE_URL=SITE_URL,
        EDIT_URI=EDIT_URI,
        NO_MKDOCS_2_WARNING="1",
        DISABLE_MKDOCS_2_WARNING="true",
    )
    run(tool("python"), "runtime/finish.py", str(folder))
    return folder


def run(*command: str, **environment: str) -> str:
    """What a command prints; a test that runs it fails with its complaints."""
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


def tool(name: str) -> str:
    """A command of the environment that runs the tests."""
    return (
        sys.executable if name == "python" else str(Path(sys.executable).parent / name)
    )
