"""The modules of a folder as a table, each with what its own first words say of it."""

import ast
from html import escape
from itertools import takewhile
from pathlib import Path

__all__ = ["modules"]

ROOT = Path(__file__).resolve().parents[2]
KINDS = {".py": "", ".mjs": "//"}  # what a line of the first words begins with


def modules(folder: str) -> str:
    """Return a Markdown table of the modules of a folder, such as ``planner/plan``.

    Raises ValueError for a folder without modules, and for a module that does not
    begin with what it is.
    """
    paths = [path for path in sorted((ROOT / folder).glob("*")) if path.suffix in KINDS]
    if not paths:
        raise ValueError(f"There is no module in {folder}")
    rows = [
        f"| `{path.name}` | {_cell(_first_words(path))} |"
        for path in paths
        if path.name != "__init__.py"
    ]
    return "\n".join(["| Module | What it is |", "|---|---|", *rows])


def _first_words(path: Path) -> str:
    """The first paragraph of its docstring, or of the comment that it begins with."""
    text, mark = path.read_text("utf-8"), KINDS[path.suffix]
    if mark:
        lines = takewhile(lambda line: line.startswith(mark), text.splitlines())
        words = " ".join(line.removeprefix(mark).strip() for line in lines)
    else:
        words = (ast.get_docstring(ast.parse(text)) or "").partition("\n\n")[0]
    if not words:
        raise ValueError(f"{path.name} does not begin with what it is")
    return " ".join(words.split())


def _cell(text: str) -> str:
    """Text as it may stand in a cell: it holds no tag and no end of the cell."""
    return escape(text, quote=False).replace("|", r"\|").replace("``", "`")
