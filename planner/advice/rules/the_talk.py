"""Advice about how one talks: what else could be done, whose numbers, and fairly."""

from collections.abc import Iterable, Mapping

from planner.advice.rule import (
    BEFORE_AN_OFFER,
    DURING,
    GIVING_WAY,
    SHORT,
    Evidence,
    Kind,
    Theme,
    rule,
)
from planner.advice.rules.the_deal import HEAVY
from planner.analyses.analysis import Analysis
from planner.plan.address import under
from planner.plan.values import Offer, Side
from planner.words.figures import points

STAKE = 5.0  # points: worth saying, after what the figures call for
ENOUGH = 3  # terms in common, from which on one offer can be told from another

BARE = {"name": "Two weeks of stock", "us": 100, "them": 0}
FULL = {"name": "No stock", "us": 0, "them": 100}
THEIRS = {
    "price": "€115",
    "service": "5 days",
    "tooling": "Northwind pays",
    "disputes": "Court",
    "ending": "12 months",
    "duties": "Northwind carries them",
}
OWN = THEIRS | {"price": "€106", "tooling": "Alder pays", "ending": "3 months"}


def _offers(answer: Mapping[str, str]) -> list[dict[str, object]]:
    return [{"by": "them", "terms": THEIRS}, {"by": "us", "terms": dict(answer)}]


@rule(
    kind=Kind.DO,
    theme=Theme.OPTIONS,
    advice="Invent a third way to settle “{issue}” before you make an offer.",
    page="method/talk-options-trust.md#invent-options-before-you-choose",
    fires_on={"/moves": [], "/offers": [], "/issues/1/options": [FULL, BARE]}
    | {"/issues/1/target": None, "/issues/1/limit": None},
    silent_on={"/moves": [], "/offers": []},
    phases=BEFORE_AN_OFFER,
    silent_in=SHORT,
    stake=STAKE,
)
def only_two_options(analysis: Analysis) -> Evidence | None:
    """Applies when an issue of a fifth of your points or more has two options."""
    bare = [
        score
        for score in analysis.counted
        if score.swing_us >= HEAVY and len(score.issue.options) == 2
    ]
    if not bare:
        return None
    score = max(bare, key=lambda each: each.swing_us)
    return Evidence(
        f"{score.at}/options",
        f"It has {points(score.swing_us)} of your 100 and two options, one for each "
        "side: there is nothing between them to trade.",
        {"issue": score.issue.name or "an issue"},
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.ANSWER,
    advice="Answer with a package of your own: yours is theirs with little changed.",
    page="method/opening.md#answer-their-opening",
    fires_on={"/moves": [], "/offers": _offers(THEIRS | {"price": "€112"})},
    silent_on={"/moves": [], "/offers": _offers(OWN)},
    phases=DURING,
    silent_in=GIVING_WAY | SHORT,
    stake=STAKE,
)
def answered_from_their_numbers(analysis: Analysis) -> Evidence | None:
    """Applies when your first offer follows theirs and changes one term at most."""
    first = {side: _first(analysis.plan.offers, side) for side in ("us", "them")}
    ours, theirs = first["us"], first["them"]
    if ours is None or theirs is None or ours[0] < theirs[0]:
        return None
    shared = [key for key in ours[1].terms if key in theirs[1].terms]
    changed = [key for key in shared if ours[1].terms[key] != theirs[1].terms[key]]
    if len(shared) < ENOUGH or len(changed) > 1:
        return None
    same = len(shared) - len(changed)
    return Evidence(
        under("/offers", ours[0]),
        f"{same} of {len(shared)} terms are those that they asked for.",
    )


@rule(
    kind=Kind.DO,
    theme=Theme.FAIRNESS,
    advice="Hear them before you decide, and give your reason: they need you more.",
    page="method/fair-dealing.md#ask-six-questions",
    fires_on={"/future/us/one_off_gain": 500000, "/future/them/one_off_gain": 40000},
    silent_on={"/future/them/one_off_gain": 40000},
    silent_in=SHORT,
    stake=STAKE,
)
def they_need_you_more(analysis: Analysis) -> Evidence | None:
    """Applies when keeping the relationship pays for them and not for you."""
    known = analysis.relationship
    if known.theirs.holds is not True or known.ours.holds is not False:
        return None
    return Evidence(
        "/future/us/one_off_gain",
        "Keeping you pays for them, and keeping them does not pay for you.",
    )


def _first(offers: Iterable[Offer], side: Side) -> tuple[int, Offer] | None:
    """The first offer of a side that has terms, and where it stands."""
    return next(
        ((i, o) for i, o in enumerate(offers) if o.by == side and o.terms), None
    )


RULES = (
    only_two_options,
    answered_from_their_numbers,
    they_need_you_more,
)
