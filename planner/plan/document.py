"""The plan document: JSON text or objects → ``Plan``, and back.

This module is the only one that meets raw input. The table ``values.PLAN`` says what
a document may hold; ``_contradictions`` what its answers may not say together.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from planner.plan.address import look_up, replaced, under
from planner.plan.errors import PlanError, Problem, UnsupportedDocument
from planner.plan.kinds import normalize_name
from planner.plan.limits import MOST_BYTES, MOST_DEEP, MOST_DIGITS, MOST_NODES
from planner.plan.values import PLAN, SIDES, AgreementIssue, Money, Move, Plan

__all__ = [
    "FORMAT",
    "TOO_DEEP",
    "TOO_MUCH",
    "Draft",
    "check_format",
    "decode",
    "parse",
    "read_draft",
    "read_plan",
    "tidied",
    "to_json",
    "unknown_members",
    "write_plan",
]

FORMAT = "negotiation-plan/1"
ROUNDING = 1e-9  # of a sum of chances: what is smaller is rounding

TOO_DEEP = (
    "This file is nested too deep for a plan. Choose a file that the planner saved"
)

TOO_MUCH = (
    f"This file holds more than {MOST_NODES:,} values, and no plan can. Choose a file "
    "that the planner saved"
)
TOO_LARGE = (
    "This plan is over 1 MiB, and a larger file cannot be opened again. Shorten some "
    "notes, or remove offers and comparisons that you no longer need"
)

# Text in quotes, whose brackets do not count, or a bracket.
_NESTING = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{\]}]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as far as it can be read.

    ``plan`` holds every answer that can be used; one that needs another look
    counts as not given and stands in ``problems``.
    """

    plan: Plan
    problems: tuple[Problem, ...]


def parse(text: str) -> dict[str, Any]:
    """The document in a JSON text.

    Raises UnsupportedDocument where the text is no JSON, no plan document, of another
    format, nested too deep, over 1 MiB or of too many values.
    """
    if _bytes(text) > MOST_BYTES:
        raise UnsupportedDocument("This file is over 1 MiB. Choose a smaller plan")
    try:
        document = decode(text.removeprefix("\ufeff"))
    except RecursionError:
        raise UnsupportedDocument(TOO_DEEP) from None
    except ValueError:
        raise UnsupportedDocument(
            "This file is not JSON. Choose a plan file, as the planner saves it"
        ) from None
    if _nodes(document) > MOST_NODES:
        raise UnsupportedDocument(TOO_MUCH)
    check_format(document)
    return dict(document)


def _nodes(value: Any) -> int:
    """How many values stand in one, itself included."""
    if not isinstance(value, dict | list):
        return 1
    members = value.values() if isinstance(value, dict) else value
    return 1 + sum(map(_nodes, members))


def to_json(document: Any) -> str:
    """Serialize a document for a file: easy to read, unless that makes it too large.

    What is over 1 MiB with its line breaks is written without them, so that what the
    planner saves it also opens.
    """
    text = json.dumps(document, indent=2, ensure_ascii=False)
    return text if _bytes(text) <= MOST_BYTES else _compact(document)


def _compact(document: Any) -> str:
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)


def _bytes(text: str) -> int:
    return len(text.encode(errors="replace"))


def decode(text: str, around: int = 0) -> Any:
    """What a JSON text holds, in finite numbers; one too big for that stays text.

    ``around`` is how many levels stand around a document in it. Raises ValueError
    where it is no JSON, RecursionError where it is too deep: in the browser Python
    would not survive finding that out by itself.
    """
    _check_depth(text, MOST_DEEP + around)
    return json.loads(
        text, parse_int=_whole, parse_float=_finite, parse_constant=_no_constant
    )


def _check_depth(text: str, most: int) -> None:
    deep = 0
    for token in _NESTING.finditer(text):
        deep += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if deep > most:
            raise RecursionError(f"deeper than {most}")


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) < MOST_DIGITS else digits


def _finite(digits: str) -> float | str:
    return float(digits) if isfinite(float(digits)) else digits


def _no_constant(name: str) -> None:
    raise ValueError(name)


def check_format(document: Any) -> None:
    """Make sure that ``read_draft`` can read the document, without reading it.

    Raises UnsupportedDocument for what is no plan document of our format.
    """
    if not isinstance(document, dict) or "format" not in document:
        raise UnsupportedDocument(
            f"This file is not a plan. A plan starts with “format”: “{FORMAT}”"
        )
    if document["format"] != FORMAT:
        raise UnsupportedDocument(
            f"This file has the format “{str(document['format'])[:80]}”. "
            f"Choose one of the format “{FORMAT}”"
        )


def read_plan(document: Any) -> Plan:
    """The plan of a document whose every answer can be used.

    Raises UnsupportedDocument for another format, and PlanError with all
    problems at once, each with its address and an instruction.
    """
    draft = read_draft(document)
    if draft.problems:
        raise PlanError(draft.problems)
    return draft.plan


def read_draft(document: Any) -> Draft:
    """Read as much of a document as can be used, and say what cannot.

    Raises UnsupportedDocument only for what is no plan document at all.
    """
    check_format(document)
    plan, unreadable = _read(document)
    contradictory = list(_contradictions(plan))
    found: dict[str, Problem] = {}
    for problem in (*_size(document), *unreadable, *contradictory):
        found.setdefault(problem.at, problem)
    if contradictory:  # what is unreadable counts as not given already
        plan, _ = _read(_without(document, found.values()))
    return Draft(plan, tuple(found.values()))


def _size(document: dict[str, Any]) -> Iterator[Problem]:
    try:
        size = _bytes(_compact(document))
    except ValueError:  # a number of more digits than Python writes: its field says so
        return
    if size > MOST_BYTES:
        yield Problem("", TOO_LARGE)


def _read(document: dict[str, Any]) -> tuple[Plan, list[Problem]]:
    problems: list[Problem] = []
    answers = {key: value for key, value in document.items() if key != "format"}
    plan = PLAN.read(answers, "", lambda at, says: problems.append(Problem(at, says)))
    return plan, problems


def _without(document: Any, problems: Iterable[Problem]) -> Any:
    """The document with every doubtful single answer taken back."""
    for problem in problems:
        if not isinstance(look_up(document, problem.at), dict | list):
            document = replaced(document, problem.at, None)
    return document


def write_plan(plan: Plan) -> dict[str, Any]:
    """The document of a plan; reading it gives the same plan."""
    written: dict[str, Any] = {"format": FORMAT} | PLAN.write(plan)
    return written


def tidied(document: dict[str, Any]) -> dict[str, Any]:
    """The document with typed numbers as numbers; what cannot be read stays."""
    return {"format": FORMAT} | {
        k: v for k, v in PLAN.tidy(document).items() if k != "format"
    }


def unknown_members(document: dict[str, Any]) -> list[str]:
    """Return the address of each member that the format does not know.

    They are kept and not used: of a later version, of another program, or misspelt.
    """
    return [at for at in PLAN.unknown(document, "") if at != "/format"]


# What single answers may not say together. Each check yields problems.


def _contradictions(plan: Plan) -> Iterator[Problem]:
    for check in _CHECKS:
        yield from check(plan)


def _names_are_unique(plan: Plan) -> Iterator[Problem]:
    names = [(under("/issues", i, "name"), v.name) for i, v in enumerate(plan.issues)]
    yield from _repeated(names, "Another issue is called “{}”. Rename one")
    ids = [(under("/issues", i, "id"), v.id) for i, v in enumerate(plan.issues)]
    yield from _repeated(ids, "Another issue has the id “{}”. Change one")
    for at, issue in plan.agreement.items():
        options = [
            (under(at, "options", i, "name"), option.name)
            for i, option in enumerate(issue.options)
        ]
        yield from _repeated(options, "Another option is called “{}”. Rename one")


def _repeated(names: Sequence[tuple[str, str | None]], says: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, name in names:
        known = normalize_name(name or "")
        if known and known in seen:
            yield Problem(at, says.format(name))
        seen.add(known)


def _quotes_exist(plan: Plan) -> Iterator[Problem]:
    """Every answer that quotes an issue or an option quotes one that is there."""
    for issue, quotes in _own_quotations(plan):
        yield from _missing_options(issue, quotes)
    known = {issue.id: issue for issue in reversed(plan.issues) if issue.id}
    for at, issue_id, quotes in _quotations(plan):
        if issue_id is not None and issue_id not in known:
            yield Problem(at, f"Choose another issue: none has the id “{issue_id}”")
        quoted = known.get(issue_id or "")
        if isinstance(quoted, AgreementIssue):
            yield from _missing_options(quoted, quotes)


type _Quotes = Sequence[tuple[str, str | None]]


def _missing_options(issue: AgreementIssue, quotes: _Quotes) -> Iterator[Problem]:
    name = issue.name or issue.id or "this issue"
    for at, option in quotes:
        if option is not None and issue.option(option) is None:
            yield Problem(at, f"Choose an option of {name}: “{option}” is none")


def _own_quotations(plan: Plan) -> Iterator[tuple[AgreementIssue, _Quotes]]:
    """What an issue says about its own options."""
    for at, issue in plan.agreement.items():
        quotes = [("limit", issue.limit), ("target", issue.target)]
        yield issue, [(under(at, key), name) for key, name in quotes]


def _quotations(plan: Plan) -> Iterator[tuple[str, str | None, _Quotes]]:
    """(address of an issue's id, that id, [(address of an option's name, it)])."""
    yield _step("/money", plan.money)
    for i, move in enumerate(plan.moves):
        yield _step(f"/moves/{i}", move)
    for i, issue_id in enumerate(plan.ranking):
        yield f"/ranking/{i}", issue_id, []
    for place, terms in _packages(plan):
        for issue_id, option in terms.items():
            at = under(place, issue_id)
            yield at, issue_id, [(at, option)]


def _packages(plan: Plan) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every package of the plan: the address of its terms, and them."""
    for i, offer in enumerate(plan.offers):
        yield f"/offers/{i}/terms", offer.terms
    for side in SIDES:
        for i, alternative in enumerate(getattr(plan.alternatives, side)):
            yield under("/alternatives", side, i, "terms"), alternative.terms
    for i, comparison in enumerate(plan.comparisons):
        yield f"/comparisons/{i}/first", comparison.first
        yield f"/comparisons/{i}/second", comparison.second
    yield "/outcome/terms", plan.outcome.terms
    yield "/composing", plan.composing


def _step(at: str, step: Money | Move) -> tuple[str, str | None, _Quotes]:
    quotes = [(under(at, "from"), step.start), (under(at, "to"), step.end)]
    return under(at, "issue"), step.issue, quotes


def _future_adds_up(plan: Plan) -> Iterator[Problem]:
    """The relationship multiple needs r(1 + g) < 1 + i, unless years are given."""
    future = plan.future
    if future.years is not None or future.discount_rate is None:
        return
    for key in ("continue_chance", "continue_chance_if_we_give"):
        chance = getattr(future, key)
        if chance is None:
            continue
        # As relationship.multiple reckons, so that both say the same of every plan.
        ratio = chance / (1 + future.discount_rate) * (1 + (future.growth or 0.0))
        if ratio >= 1:
            yield Problem(
                "/future/discount_rate",
                "Enter a higher rate, or a number of years: "
                "at this one the future would be worth more than any sum",
            )
            return


def _chances_exclude_each_other(plan: Plan) -> Iterator[Problem]:
    """Only one alternative of a side comes off, so its chances sum to 1 at most.

    A chance that takes the sum over 1 is doubtful and not counted on, so that the
    others still sum to 1 at most without it.
    """
    sides = (("us", plan.alternatives.us), ("them", plan.alternatives.them))
    for side, alternatives in sides:
        summed = 0.0
        for i, alternative in enumerate(alternatives):
            after = summed + (alternative.chance or 0.0)
            if after > 1 + ROUNDING:
                yield Problem(
                    under("/alternatives", side, i, "chance"),
                    "Enter a lower chance here or above: only one of these can "
                    "happen, so together they are at most 100%",
                )
            else:
                summed = after


_CHECKS: tuple[Callable[[Plan], Iterator[Problem]], ...] = (
    _names_are_unique,
    _quotes_exist,
    _future_adds_up,
    _chances_exclude_each_other,
)
