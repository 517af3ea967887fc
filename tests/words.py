"""Words that are not English for what we mean: `python -m tests.words` lists them.

Each stands with what to write instead. Some are right in a few sentences, which are
listed with their reason. What a reader sees is looked at, wherever it is written: pages
in Markdown, templates, and the texts in Python; a folder is held to it from the day on
which it stands in ``FOLDERS``.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

__all__ = ["ALLOWED", "FOLDERS", "READ", "WORDS", "Found", "files", "found_in"]

ROOT = Path(__file__).resolve().parent.parent

FOLDERS = ("docs", "overrides", "planner", "runtime/handbook")
# Folders for developers, and what is made by the build.
APART = {"decisions", "development", "runtime"}

WORDS: Mapping[str, str] = MappingProxyType(
    {
        r"dear(?:er|est|ly)?": "expensive, or costs them a lot",
        r"comes? off": "works, or happens",
        r"sees to": "looks after",
        r"likelier|likeliest": "more likely",
        r"in kind": "with one of the same kind",
        r"(?:is|are) ours": "a dagger (†), and a footnote",
        r"go(?:es|ing)? on": "keep the relationship, renew, stay, continue",
        r"somebody": "someone",
    }
)

# A sentence in which one of them is right → why.
ALLOWED: Mapping[str, str] = MappingProxyType(
    {
        "the_deal.DEAR": "the name of a constant",
        "Dear Ms Varga": "the address of a letter",
        "Dear Mr Okafor": "the address of a letter",
        "Dear Ms Lund": "the address of a letter",
        "Dear all": "the address of a letter",
        "What is going on": "what is happening, as one says it",
        "Go on with": "take up again, as work that was begun",
        "go on only when something of the same size": "continue, as in a list",
    }
)

# Links' targets, headings' own addresses and code are not read; what macros are given
# is, because it may be shown.
UNREAD = re.compile(r"\{#.*?#\}|`[^`]*`|\]\([^)]*\)|\{ ?[#.:][^}]*\}", re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A word that is not to be there: where, which, and what to write instead."""

    path: str
    line: int
    word: str
    better: str


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each text that a reader may see of a file, with the line it begins on."""
    if path.suffix in READ:
        yield from READ[path.suffix](path.read_text("utf-8"))


def _markup(text: str) -> Iterator[tuple[int, str]]:
    """Markdown or a template, without what is for machines; lines stay where they are.

    A template's own words in quotes are read too: they are names and labels.
    """
    bare = UNREAD.sub(lambda unread: "\n" * unread[0].count("\n"), text)
    yield from enumerate(bare.split("\n"), start=1)


def _strings(code: str) -> Iterator[tuple[int, str]]:
    """The strings of a module that are not docstrings."""
    tree = ast.parse(code)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(
            node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        )
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in docstrings:
                yield node.lineno, text


READ: Mapping[str, Callable[[str], Iterator[tuple[int, str]]]] = MappingProxyType(
    {".md": _markup, ".html": _markup, ".py": _strings}
)


def found_in(path: Path, name: str = "") -> Iterator[Found]:
    """Yield the words of a file that are not to be there."""
    for line, text in texts(path):
        for sentence in ALLOWED:
            text = text.replace(sentence, "")
        for pattern, better in WORDS.items():
            for word in re.findall(rf"\b(?:{pattern})\b", text, re.I):
                yield Found(path=name or str(path), line=line, word=word, better=better)


def files() -> Iterator[Path]:
    """Yield every file that is held to it."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            apart = APART & set(path.relative_to(ROOT / folder).parts)
            if path.suffix in READ and not apart:
                yield path


def main() -> int:
    """Print what was found; the exit status is 1 where there is anything."""
    every = [
        found
        for path in files()
        for found in found_in(path, path.relative_to(ROOT).as_posix())
    ]
    for found in every:
        print(f"{found.path}:{found.line}: “{found.word}”: write {found.better}")
    return int(bool(every))


if __name__ == "__main__":
    sys.exit(main())
