"""What refers to an issue, and what quotes its options, in a draft as typed.

Issues are referred to by their ids, options are quoted by their names. One walk finds
both: a removed issue takes along what refers to it, a renamed option is renamed
wherever it is quoted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from planner.plan.address import look_up, members, parts, under
from planner.plan.values import SIDES

__all__ = [
    "Quotations",
    "Reference",
    "find_dependents",
    "option_names",
    "options_of",
    "quotations",
    "quoted_at",
    "references",
]

type Document = dict[str, Any]
type Quotations = Mapping[tuple[str, str], list[str]]


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that is about an issue, and goes when the issue goes.

    ``quotes`` are the addresses, there or below, that may quote one of its options.
    """

    issue_id: str
    at: str
    quotes: tuple[str, ...] = ()


def references(document: Document) -> Iterator[Reference]:
    """Yield every place outside the list of issues that is about one, by its id."""
    for step in ("/money", *members(document, "/moves")):
        issue_id = _id_at(document, under(step, "issue"))
        if issue_id:
            quotes = (under(step, "from"), under(step, "to"))
            yield Reference(issue_id, step, quotes)
    for package in _packages(document):
        terms = look_up(document, package)
        for issue_id in terms if isinstance(terms, dict) else ():
            term = under(package, issue_id)
            yield Reference(issue_id, term, (term,))
    for rank in members(document, "/ranking"):
        issue_id = _id_at(document, rank)
        if issue_id:
            yield Reference(issue_id, rank)


def _id_at(document: Document, at: str) -> str | None:
    """Return the id that stands at an address; None for what is none."""
    issue_id = look_up(document, at)
    return issue_id if isinstance(issue_id, str) and issue_id else None


def _packages(document: Document) -> Iterator[str]:
    """Yield the addresses of all terms.

    Of offers, made or being composed, of alternatives, of the outcome and of pairs.
    """
    yield "/composing"
    sides = [m for side in SIDES for m in members(document, f"/alternatives/{side}")]
    for holder in (*members(document, "/offers"), *sides, "/outcome"):
        yield under(holder, "terms")
    for comparison in members(document, "/comparisons"):
        yield under(comparison, "first")
        yield under(comparison, "second")


def find_dependents(document: Document, at: str) -> list[str]:
    """Return what goes when the issue or the option at an address goes."""
    keys = parts(at)
    if len(keys) == 4 and keys[2] == "options":
        return quoted_at(document, at)
    if len(keys) != 2 or keys[0] != "issues":
        return []
    issue_id = look_up(document, under(at, "id"))
    return [each.at for each in references(document) if each.issue_id == issue_id]


def quotations(document: Document) -> Quotations:
    """Return where each option is quoted: (its issue's address, its name) → addresses.

    Those answers follow when the option is renamed.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for issue, at in _quoting(document):
        name = look_up(document, at)
        if isinstance(name, str) and name:
            found.setdefault((issue, name), []).append(at)
    return found


def _quoting(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the address of an issue and one that may quote its options, for each."""
    by_id: dict[str, list[str]] = {}
    for issue in members(document, "/issues"):
        issue_id = _id_at(document, under(issue, "id"))
        if issue_id:
            by_id.setdefault(issue_id, []).append(issue)
        yield issue, under(issue, "limit")
        yield issue, under(issue, "target")
    for reference in references(document):
        for issue in by_id.get(reference.issue_id, ()):
            for at in reference.quotes:
                yield issue, at


def quoted_at(
    document: Document, at: str, known: Quotations | None = None
) -> list[str]:
    """Return where the option at an address is quoted by its name.

    ``known`` are the document's quotations, where they have been gathered before.
    """
    issue, _, rest = at.partition("/options/")
    name = look_up(document, under(at, "name"))
    if not rest or not isinstance(name, str):
        return []
    known = quotations(document) if known is None else known
    return known.get((issue, name), [])


def options_of(document: Document, issue_id: Any) -> list[str]:
    """Return the option names of the issue with that id, as typed."""
    for issue in members(document, "/issues") if issue_id else ():
        if look_up(document, under(issue, "id")) == issue_id:
            return option_names(document, issue)
    return []


def option_names(document: Document, at: str) -> list[str]:
    """Return the option names of the issue at an address, as typed."""
    options = members(document, under(at, "options"))
    names = [look_up(document, under(option, "name")) for option in options]
    return [name for name in names if isinstance(name, str) and name.strip()]
