"""The handbook's pages, and what each says of itself in its front matter.

``form`` is what the tests of this project hold a page to: see ``FORMS``. A page
without one is held to nothing, so that a team's own page needs to know of none of it;
whoever rewrites one of ours for good drops the line. ``queries`` are what a reader
types into the search and this page answers; ``asked`` are more of them, which the
search is not told of.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

__all__ = ["FORMS", "Page", "pages"]

DOCS = Path(__file__).resolve().parent.parent / "docs"
APART = {"decisions"}  # folders whose files are no pages of the site

FORMS: Mapping[str, str] = MappingProxyType(
    {
        "chapter": "a line, an answer, steps, an example, what can go wrong, a panel",
        "stances": "how to open, share, concede and stop, once for each way to play",
        "lines": "what to say, by moment",
        "situation": "one screen: what is going on, what to say first, what to do",
        "case": "a negotiation told from the first question to the review",
        "real": "what happened to a firm, and what the planner would have said",
        "formulas": "each with its limits and source, and held by hand in the tests",
        "sources": "each is cited somewhere",
        "page": "easy to read, as all of them are",
    }
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the handbook by its file, named as in the navigation."""

    path: Path

    @property
    def name(self) -> str:
        """Return its file, from the folder of the handbook: ``method/two-lists.md``."""
        return self.path.relative_to(DOCS).as_posix()

    @property
    def address(self) -> str:
        """Return where it stands on the site: ``method/two-lists/``."""
        bare = self.name.removesuffix(".md")
        return "" if bare == "index" else f"{bare.removesuffix('/index')}/"

    @property
    def text(self) -> str:
        """Return all of its file."""
        return self.path.read_text("utf-8")

    @property
    def front(self) -> dict[str, Any]:
        """Return what it says of itself."""
        return _front(self.path)

    @property
    def form(self) -> str:
        """Return what it is held to; empty for a page that is a team's own."""
        return str(self.front.get("form", ""))

    @property
    def queries(self) -> list[str]:
        """Return what a reader types into the search to find it, which it knows."""
        return list(self.front.get("queries", []))

    @property
    def asked(self) -> list[str]:
        """Return what the search finds it by though nothing told it so."""
        return list(self.front.get("asked", []))

    def headings(self, level: int = 2) -> list[str]:
        """Return its headings of a level, without their addresses."""
        return re.findall(rf"^{'#' * level} (.+?)(?: \{{[^{{].*\}})?$", self.text, re.M)


@cache
def _front(path: Path) -> dict[str, Any]:
    found = re.match(r"---\n(.*?)\n---\n", path.read_text("utf-8"), re.S)
    front: dict[str, Any] = yaml.safe_load(found[1]) if found else {}
    return front


def pages(*forms: str) -> list[Page]:
    """Return every page of these forms, or every page, in the order of their files."""
    found = (
        Page(path)
        for path in sorted(DOCS.rglob("*.md"))
        if not APART & set(path.relative_to(DOCS).parts)
    )
    return [page for page in found if not forms or page.form in forms]
