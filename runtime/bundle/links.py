"""Check where the links of a built site lead, those out of panels included.

MkDocs' strict mode follows the links of Markdown. It does not see those in the HTML of
panels and macros, nor those that the planner makes of a plan that stands on no page.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from planner.advice.rules import RULES
from planner.analyses.stance import Stance
from planner.edits.examples import EXAMPLES, TUTORIAL, example
from planner.plan.document import FORMAT
from planner.plan.signals import SIGNALS
from planner.show import home
from planner.show.page import (
    SavedPlan,
    card,
    embedded,
    home_closes,
    home_opens,
    link,
    view,
)
from planner.words.glossary import GLOSSARY

ROOT = Path(__file__).resolve().parents[2]

LEADING = {"href", "xlink:href", "src", "action", "formaction", "poster"}
HOME = "index.html"
PLANNER = "planner/"
CHAPTERS = "method/"
NAMED = 3  # pages that a complaint names; of more, it says how many
TOP = {"", "top"}  # a browser finds these on every page
TEXT = ":~:"  # and what follows this among its words
# What the planner's code and templates cite of the handbook; some leave out the folder.
CITATION = re.compile(r"""["']([\w/-]+\.md#[\w-]*\w)["']""")
LEFT_OUT = ("", "method/")
# A reader's own plans, with which panels show more.
OTHERS = tuple(
    SavedPlan(id=id, title=id.upper(), changed=0, current=id == "a") for id in "ab"
)
NAMED = 3  # pages that a complaint names; of more, it says how many


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it is written; ``planned`` where the planner made it."""

    href: str
    planned: bool


class Page(HTMLParser):
    """The links and ids of a page, or of a piece of one."""

    def __init__(self, html: str, *, planned: bool = False) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.ids: list[str] = []
        self.panels: dict[str, set[str]] = {}  # of each, the ids in it
        self.canonical = ""
        self._planned = planned
        self._panel: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what one tag holds."""
        given = {name: value or "" for name, value in attrs}
        self._planned |= tag == "parley-panel"
        if "data-panel" in given:
            self._panel = self.panels.setdefault(given["data-panel"], set())
        if given.get("rel") == "canonical":
            self.canonical = given.get("href", "")
        if "id" in given:
            self.ids.append(given["id"])
            self._panel.add(given["id"])
        hrefs = (value for name, value in given.items() if name in LEADING)
        self.links += [Link(href, self._planned) for href in hrefs]

    def handle_endtag(self, tag: str) -> None:
        """Leave the planner's part of a page."""
        self._planned &= tag != "parley-panel"


@dataclass(frozen=True, slots=True)
class Place:
    """Where links stand, as a complaint names it, and the path that they start from."""

    name: str
    path: str
    page: Page


class Dead(NamedTuple):
    """A link that leads nowhere: where it stands, as it is written, who made it."""

    name: str
    href: str
    maker: str


class Site:
    """The pages of a built site, each read once, and what the planner shows beside."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages = {
            path.relative_to(folder).as_posix(): Page(path.read_text("utf-8"))
            for path in sorted(folder.rglob("*.html"))
        }

    @cached_property
    def address(self) -> str:
        """The address that the site is built for; empty where it has none."""
        home = self.pages.get(HOME)
        return home.canonical if home else ""

    @property
    def mount(self) -> str:
        """The path below which a host serves the site: ``/``, or ``/handbook/``."""
        return urlsplit(self.address).path or "/"

    @property
    def places(self) -> list[Place]:
        """Every built page, then every panel, as it would stand at the site's root."""
        built = [Place(path, path, page) for path, page in self.pages.items()]
        return [*built, *panels()]

    def links(self) -> Iterator[tuple[Place, Link]]:
        """Yield the links that stay in the site, each with its place."""
        for place in self.places:
            for each in place.page.links:
                if self.path_of(each.href, place.path) is not None:
                    yield place, each

    def path_of(self, href: str, start: str) -> str | None:
        """Return the path in the site of what a link leads to.

        None for a link to another host; a path that begins with ``/`` is one on this
        host beside the site's own folder.
        """
        if self.address and href.startswith(self.address):
            href = self.mount + href.removeprefix(self.address)
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return None
        path = unquote(urlsplit(urljoin(self.mount + start, href)).path)
        if not path.startswith(self.mount):
            return path
        inside = path.removeprefix(self.mount)
        if inside and not inside.endswith("/") and not (self.folder / inside).is_dir():
            return inside
        return f"{inside.rstrip('/')}/{HOME}".lstrip("/")

    def fault_of(self, href: str, place: Place) -> str | None:
        """Say why a link leads nowhere and what to do about it; None where it leads.

        The sentence is open at its end: who made the link is for the caller to say.
        """
        path = self.path_of(href, place.path) or ""
        if path.startswith("/"):
            return "it is outside the site's own folder: change"
        there = place.page if href.startswith("#") else self.pages.get(path)
        if there is None:
            found = (self.folder / path).is_file()
            return None if found else f"there is no {path}: put it back, or change"
        fragment = unquote(urlsplit(href).fragment)
        if fragment in TOP or fragment.startswith(TEXT) or fragment in there.ids:
            return None
        if self._asks(there, fragment):
            return None
        return f"{path} has no id {fragment}: put the heading back, or change"

    def _asks(self, page: Page, fragment: str) -> bool:
        """Whether a panel of the page holds a field of that id for another plan."""
        id = _in_any_row(fragment)
        return any(id in fields().get(panel, ()) for panel in page.panels)


def complaints_about(site: Site) -> list[str]:
    """List the dead ends: from where, what leads there, and what to do about it."""
    found: dict[tuple[str, bool], list[Dead]] = {}
    for place, each in site.links():
        if fault := site.fault_of(each.href, place):
            maker = PLANNER if each.planned else source_of(place.path)
            dead = Dead(place.name, each.href, maker)
            found.setdefault((fault, each.planned), []).append(dead)
    for who, cited in citations():
        if fault := _fault_of_citation(cited, site):
            found.setdefault((fault, True), []).append(Dead(who, cited, PLANNER))
    return [_told(fault, dead) for (fault, _), dead in found.items()]


def _told(fault: str, dead: list[Dead]) -> str:
    """Tell once of all that leads to the same dead end."""
    names, hrefs, makers = map(_enumerate, zip(*dead, strict=True))
    return f"{names}: dead link to {hrefs}: {fault} what leads there in {makers}"


@cache
def panels() -> tuple[Place, ...]:
    """Return what the planner shows of each plan that comes with it, and its links."""
    return tuple(
        Place(name, HOME, Page(html, planned=True)) for name, html in rendered()
    )


@cache
def fields() -> Mapping[str, set[str]]:
    """Return the ids that each panel can hold, without the numbers of their rows."""
    found: dict[str, set[str]] = {}
    for place in panels():
        for panel, ids in place.page.panels.items():
            found.setdefault(panel, set()).update(map(_in_any_row, ids))
    return found


def rendered() -> Iterator[tuple[str, str]]:
    """Yield all that the planner shows of each plan that comes with it, as HTML."""
    documents = {"empty": {"format": FORMAT}}
    documents |= {name: example(name) for name in (*EXAMPLES, TUTORIAL)}
    for name, document in documents.items():
        plan = f"the plan “{name}”"
        shown = view(document)
        yield f"the panels on {plan}", embedded(shown)
        beside = replace(shown, own=True, plans=OTHERS, other=document, other_id="b")
        yield f"the panels on {plan} beside others", embedded(beside)
        front = replace(shown, panels=home.HOME)
        yield f"the front page on {plan}", home_opens(front) + home_closes(front)
        if name in EXAMPLES:
            yield f"the card of {plan}", card(shown, name)


def citations() -> Iterator[tuple[str, str]]:
    """Yield the headings that the planner cites, each with who cites it."""
    yield from ((f"the rule {rule.id}", rule.page) for rule in RULES)
    yield from ((f"the stance {stance.id}", stance.page) for stance in Stance)
    yield from ((f"the signal {signal.id}", signal.page) for signal in SIGNALS)
    yield from ((f"the term {term.name}", term.page) for term in GLOSSARY.values())
    for kind in ("*.py", "*.html"):
        for path in sorted((ROOT / "planner").rglob(kind)):
            for cited in CITATION.findall(path.read_text("utf-8")):
                yield path.relative_to(ROOT).as_posix(), cited


def source_of(path: str) -> str:
    """Return the source that a built page is made from, as a path from the root."""
    page = path.removesuffix(HOME)
    sources = (
        f"docs/{page.rstrip('/')}.md",
        f"docs/{page}index.md",
        f"overrides/{path}",
    )
    return next((each for each in sources if (ROOT / each).is_file()), "overrides/")


def _fault_of_citation(cited: str, site: Site) -> str | None:
    """Say why a citation leads nowhere, as ``Site.fault_of`` does of a link."""
    page, _, heading = cited.partition("#")
    if not heading:
        return "it names no heading: add one to"
    whole = (ROOT / "docs" / page.partition("/")[0]).exists()
    target = link(cited if whole else CHAPTERS + cited, "")
    return site.fault_of(target, Place("", HOME, Page("")))


def _in_any_row(id: str) -> str:
    """The id of a field without the number of its row."""
    return re.sub(r"\d+", "0", id)


def _enumerate(names: Iterable[str]) -> str:
    """The first few names, and how many more there are."""
    unique = list(dict.fromkeys(names))
    more = len(unique) - NAMED
    return ", ".join(unique[:NAMED]) + (f" and {more} more" if more > 0 else "")
