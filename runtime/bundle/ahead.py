"""Done while bundling, so that no start has to do it in the browser.

Jinja2 would translate each template to Python when it is first used, and dataclasses
compile the methods that they write for each class. Together that is a quarter of the
time from a worker's start to its first answer.
"""

import dataclasses
import marshal
import os
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from jinja2 import ModuleLoader

ROOT = Path(__file__).resolve().parents[2]
COMPILED = "planner/compiled"  # where planner/show/page.py looks for them

# Python loads a module of this name before all others: runtime/bundle/startup.py, which
# reads the other.
FIRST = "sitecustomize.py"
METHODS = "prepared.py"
PREPARED = '''"""What dataclasses compile, compiled while bundling, by its text."""

from marshal import loads

METHODS = loads({codes!r})
'''


def templates() -> dict[str, bytes]:
    """The planner's templates as Python, by their names in the archive."""
    # Not above: methods() starts this module before the planner is loaded.
    from planner.show.page import environment

    made = environment()
    files = {f"{COMPILED}/__init__.py": b""}
    for name in made.list_templates():
        source, *_ = made.loader.get_source(made, name)  # type: ignore[union-attr]
        python = made.compile(source, name, name, raw=True, defer_init=True)
        files[f"{COMPILED}/{ModuleLoader.get_module_filename(name)}"] = python.encode()
    return files


def methods(how: Mapping[str, str]) -> dict[str, bytes]:
    """What runs first, and the module that has the methods of the planner's classes.

    ``how`` is the environment in which bytecode is made; it is only right for the
    Python that makes it.
    """
    command = [sys.executable, "-m", "runtime.bundle.ahead"]
    environment = os.environ | how
    done = subprocess.run(
        command, check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE
    )
    startup = (Path(__file__).resolve().parent / "startup.py").read_bytes()
    return {FIRST: startup, METHODS: done.stdout}


def main() -> None:
    """Print the latter: load the planner and note what dataclasses compile."""
    texts: set[str] = set()

    def noted(text: str, names: dict[str, Any], made: dict[str, Any]) -> None:
        texts.add(text)
        exec(text, names, made)

    dataclasses.exec = noted  # type: ignore[attr-defined]
    package = import_module("planner")
    for module in walk_packages(package.__path__, "planner."):
        if not module.name.endswith(("__main__", "workbook")):
            import_module(module.name)
    codes = {
        text: compile(text, "<string>", "exec", dont_inherit=True)
        for text in sorted(texts)
    }
    print(PREPARED.format(codes=marshal.dumps(codes)), end="")


if __name__ == "__main__":
    main()
