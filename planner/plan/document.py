"""The plan document: JSON text or objects → ``Plan``, and back.

This module is the only one that meets raw input. The table ``PLAN`` says what a
document may hold; ``_contradictions`` what its answers may not say together.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from planner.plan.address import look_up, parts, replaced, under
from planner.plan.errors import PlanError, Problem, UnsupportedDocument
from planner.plan.kinds import (
    NOTE,
    Amount,
    Choice,
    Date,
    Field,
    Flag,
    Kind,
    Listing,
    Mapped,
    Number,
    Percent,
    Record,
    Tagged,
    Text,
    in_range,
)
from planner.plan.limits import (
    MOST_BYTES,
    MOST_DEEP,
    MOST_DIGITS,
    MOST_ISSUES,
    MOST_MOVES,
    MOST_NODES,
    MOST_OPTIONS,
    MOST_OTHERS,
)
from planner.plan.values import (
    AgreementIssue,
    Alternative,
    Alternatives,
    Checks,
    Comparison,
    Future,
    Money,
    Move,
    Offer,
    Option,
    Outcome,
    Party,
    Plan,
    Points,
    RelationshipIssue,
    Stake,
)

__all__ = [
    "FORMAT",
    "PLAN",
    "TOO_DEEP",
    "TOO_MUCH",
    "Draft",
    "check_format",
    "decode",
    "may_be_negative",
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

WEIGHT = Number(0, 100, in_range(0, 100))
SCALE = Number(1, 7, in_range(1, 7))
ROUND = Number(0, 10_000, in_range(0, 10_000))
SIDE = Choice(("us", "them"))
BASIS = Choice(("told", "observed", "guessed"))
NOTES = Text(NOTE)

BASIS_FIELD = Field("basis", BASIS, "How you know: told, observed or guessed")


def _both(kind: Kind, build: type[Any], ours: str, theirs: str) -> Record:
    return Record(build, (Field("us", kind, ours), Field("them", kind, theirs)))


PARTY = Record(
    Party,
    (
        Field("name", Text(), "Who this is"),
        Field("role", Text(), "What they are in this deal: buyer, seller, partner"),
    ),
)


def _stake(gain: Amount) -> Record:
    return Record(
        Stake,
        (
            Field(
                "yearly_gain",
                gain,
                "What a year of dealing with each other brings this side, over its "
                "next best partner; a number, or low, likely and high",
            ),
            Field(
                "one_off_gain",
                Number(),
                "What this side could grab now if it did not mind ending it",
            ),
            Field(
                "monitoring_now",
                Number(),
                "What checking the other side costs a year as things are",
            ),
            Field(
                "monitoring_trusted",
                Number(),
                "What checking would cost a year if the other side were trusted",
            ),
            BASIS_FIELD,
        ),
    )


FUTURE = Record(
    Future,
    (
        Field(
            "continue_chance",
            Percent(),
            "The chance, from one year to the next, that we go on dealing "
            "with each other",
        ),
        Field(
            "continue_chance_if_we_give",
            Percent(),
            "The same chance if we make the concession they ask for",
        ),
        Field(
            "years",
            Number(0, 100, "Enter a number of years from 0 to 100"),
            "A fixed term in years; left out, open-ended",
        ),
        Field(
            "discount_rate",
            Percent(says="Enter a yearly rate from 0 to 100%"),
            "What a year’s wait costs, as a yearly rate",
        ),
        Field(
            "growth",
            Percent(-1.0, 1.0, "Enter a yearly rate from −100 to 100%"),
            "How the yearly gain grows, as a yearly rate; left out, not at all",
        ),
        Field(
            "talking_costs",
            Number(),
            "What reaching a deal takes: people, time, delay, in money",
        ),
        Field("us", _stake(Amount()), "What the future is worth to us"),
        Field(
            "them",
            _stake(Amount(apart=True)),
            "What the future is worth to them, as far as we know",
        ),
    ),
)

OPTION = Record(
    Option,
    (
        Field("name", Text(), "What would be agreed", "Give this option a name"),
        Field(
            "us",
            Number(),
            "What it is worth to us: from 0 for the worst to 100 for the best, or on a "
            "scale of your own, which counts by its range",
        ),
        Field("them", Number(), "What it is worth to them, as far as we know"),
    ),
)

ISSUE_ID = Field(
    "id", Text(), "A short name for links from moves and offers", "Give it an id"
)
ISSUE_NAME = Field("name", Text(), "What it is called", "Give this issue a name")

AGREEMENT_ISSUE = Record(
    AgreementIssue,
    (
        ISSUE_ID,
        ISSUE_NAME,
        BASIS_FIELD,
        Field(
            "weight",
            _both(
                WEIGHT,
                Points,
                "How much the step from worst to best matters to us",
                "How much it matters to them, as far as we know",
            ),
            "How much the step from the worst to the best option matters",
        ),
        Field(
            "options",
            Listing(OPTION, MOST_OPTIONS, "options"),
            "The ways in which it could be settled",
        ),
        Field("limit", Text(), "The option beyond which you would rather walk away"),
        Field("target", Text(), "The option you aim for"),
    ),
)

RELATIONSHIP_ISSUE = Record(
    RelationshipIssue,
    (
        ISSUE_ID,
        ISSUE_NAME,
        Field("now", SCALE, "How it stands now, from 1 (bad) to 7 (excellent)"),
        Field("goal", SCALE, "Where you want it, from 1 to 7"),
        Field("we_offer", NOTES, "The commitment we offer"),
        Field("we_ask", NOTES, "The commitment we ask for"),
        Field("owner", Text(), "Who on our side sees to it"),
        Field("by", Date(), "By when"),
    ),
)

ISSUE = Tagged(
    "kind",
    {"agreement": AGREEMENT_ISSUE, "relationship": RELATIONSHIP_ISSUE},
    "Which of the two lists it belongs to",
)

MONEY = Record(
    Money,
    (
        Field("issue", Text(), "The id of an agreement issue"),
        Field("from", Text(), "The option where the step starts", attribute="start"),
        Field("to", Text(), "The option where it ends", attribute="end"),
        Field("worth", Number(), "What that step is worth to us in money"),
    ),
)

ALTERNATIVE = Record(
    Alternative,
    (
        Field("name", Text(), "What would be done instead"),
        Field(
            "value",
            Number(),
            "What it is worth in money, where a deal on the worst option of "
            "every issue is worth 0",
        ),
        Field(
            "chance",
            Percent(),
            "The chance that it comes off; those of one side exclude each other, so "
            "they sum to at most 100%",
        ),
        Field("cost", Number(), "What looking for it and switching to it cost"),
        BASIS_FIELD,
    ),
)

MOVE = Record(
    Move,
    (
        Field("round", ROUND, "When: 1, 2, 3 …"),
        Field("by", SIDE, "Who moved"),
        Field("issue", Text(), "The id of the issue"),
        Field("from", Text(), "The option before", attribute="start"),
        Field("to", Text(), "The option after", attribute="end"),
        Field(
            "kind",
            Choice(("return", "goodwill", "forced", "facts")),
            "Why it was made: for something in return, as goodwill, because we had "
            "to, or because of new facts",
        ),
        Field("why", NOTES, "The reason given; “relationship” counts as goodwill"),
        Field("in_return_for", NOTES, "What came back for it"),
    ),
)

TERMS = Mapped(Text(), MOST_ISSUES, "terms")

OFFER = Record(
    Offer,
    (
        Field(
            "round",
            ROUND,
            "When: 0, 1, 2 …; left out, each side’s first is 0 and each later one a "
            "round after what was said before it",
        ),
        Field("by", SIDE, "Who made it"),
        Field("date", Date(), "On which day"),
        Field(
            "terms",
            TERMS,
            "Issue id → option name",
        ),
    ),
)

CHECKS = Record(
    Checks,
    (
        Field("cost", Number(), "What one check of their work costs us"),
        Field("penalty", Number(), "What they lose when a check finds a fault"),
        Field("effort", Number(), "What doing it properly costs them each time"),
        Field("a_year", Number(0, 1_000_000), "How many checks there could be a year"),
    ),
)

COMPARISON = Record(
    Comparison,
    (
        Field("first", TERMS, "One package: issue id → option name"),
        Field("second", TERMS, "Another one"),
        Field("prefer", Choice(("first", "second")), "The one you would rather have"),
    ),
)

OUTCOME = Record(
    Outcome,
    (
        Field("agreed", Flag(), "Whether there was a deal"),
        Field("date", Date(), "When it ended"),
        Field("terms", TERMS, "What was agreed: issue id → option name"),
        Field(
            "relationship",
            Choice(("better", "same", "worse")),
            "What became of the relationship",
        ),
        Field("learned", NOTES, "What you would do differently"),
    ),
)

_ALTERNATIVES = Listing(ALTERNATIVE, MOST_OTHERS, "alternatives")

PLAN = Record(
    Plan,
    (
        Field("title", Text(), "What this negotiation is called"),
        Field("currency", Text(8), "The currency of every amount, like EUR"),
        Field("us", PARTY, "Our side"),
        Field("them", PARTY, "Their side"),
        Field("future", FUTURE, "The two questions"),
        Field(
            "signals",
            Mapped(Flag(), MOST_OTHERS, "signals"),
            "What they were seen to do: true, seen; false, looked for and not seen",
        ),
        Field(
            "issues",
            Listing(ISSUE, MOST_ISSUES, "issues"),
            "The two lists: the deal and the relationship",
        ),
        Field("money", MONEY, "What points are worth in money"),
        Field(
            "alternatives",
            _both(_ALTERNATIVES, Alternatives, "Ours", "Theirs, as far as we know"),
            "What each side would do without a deal",
        ),
        Field("moves", Listing(MOVE, MOST_MOVES, "moves"), "Every step so far"),
        Field(
            "offers",
            Listing(OFFER, MOST_OTHERS, "offers"),
            "Whole packages on the table",
        ),
        Field(
            "rounds",
            Number(1, 10_000, in_range(1, 10_000)),
            "How many rounds of offers you expect; left out, four",
        ),
        Field(
            "their_frame",
            Percent(says="Enter a belief from 0 to 100%"),
            "Your own belief that they care for the relationship",
        ),
        Field(
            "ranking",
            Listing(Text(), MOST_ISSUES, "issues"),
            "Ids of issues, the most important to you first",
        ),
        Field(
            "comparisons",
            Listing(COMPARISON, MOST_OTHERS, "comparisons"),
            "Pairs of packages, and which one you prefer",
        ),
        Field("checks", CHECKS, "What checking their work takes"),
        Field(
            "loss_if_betrayed",
            Number(),
            "What you would lose at once if they grabbed",
        ),
        Field("outcome", OUTCOME, "How it ended"),
    ),
)


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


def may_be_negative(at: str) -> bool:
    """Tell whether the number that is asked for at an address may be below 0."""
    kind: Kind | None = PLAN
    for key in parts(at):
        kind = kind.member(key) if kind else None
    return isinstance(kind, Amount) or (isinstance(kind, Number) and kind.least < 0)


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
        if name and name.casefold() in seen:
            yield Problem(at, says.format(name))
        seen.add((name or "").casefold())


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
    for i, comparison in enumerate(plan.comparisons):
        yield f"/comparisons/{i}/first", comparison.first
        yield f"/comparisons/{i}/second", comparison.second
    yield "/outcome/terms", plan.outcome.terms


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
                    "Enter a lower chance here or above: only one of these can come "
                    "off, so together they are at most 100%",
                )
            else:
                summed = after


_CHECKS: tuple[Callable[[Plan], Iterator[Problem]], ...] = (
    _names_are_unique,
    _quotes_exist,
    _future_adds_up,
    _chances_exclude_each_other,
)
