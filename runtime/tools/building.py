"""Builds the site once a run, as `make build` does, under a project's sub-path."""

import atexit
import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "/parley/"  # as a project's pages are mounted on GitHub Pages
SITE_URL = f"https://team.example{PREFIX}"
EDIT_URI = "https://team.example/repository/edit/main/docs/"
# As a reader sees it in titles and notices; a team has another.
[SITE_NAME] = re.findall(r"^site_name: (.+)$", (ROOT / "mkdocs.yml").read_text(), re.M)
BUILDS = "PARLEY_BUILDS"  # the name in the environment


@cache
def built_site(generator: str = "mkdocs") -> Path:
    """Return the folder of the finished site, made by that site generator.

    Whichever process of a run comes first builds it, and the others wait for it.
    """
    from filelock import FileLock  # not above: a browser's Python has no locks

    folder = builds() / generator
    with FileLock(builds() / "lock"):
        if not folder.exists():
            _build(generator, folder.with_suffix(".part")).rename(folder)
    return folder


def builds() -> Path:
    """Return the folder for what the processes of one run share; it goes at the end.

    Who asks first makes it; the processes that they start find it by its name in the
    environment.
    """
    if BUILDS not in os.environ:
        os.environ[BUILDS] = tempfile.mkdtemp(prefix="parley-")
        atexit.register(shutil.rmtree, os.environ[BUILDS], ignore_errors=True)
    return Path(os.environ[BUILDS])


def _build(generator: str, folder: Path) -> Path:
    run(tool("python"), "runtime/bundle/bundle.py")
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
    run(tool("python"), "runtime/bundle/finish.py", str(folder))
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
