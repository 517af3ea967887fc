"""Advice about how one talks: what else could be done, whose numbers, and fairly."""

from collections.abc import Iterable, Mapping

from planner.advice.rule import (
    AHEAD,
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
    line="What else could we do about {issue} that helps you and us?",
    page="method/talk-options-trust.md#invent-options-before-you-choose",
    fires_on={
        "/moves": [],
        "/offers": [],
        "/issues/1/options": [FULL, BARE],
        "/issues/1/weight/us": 75,
    }
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
    kind=Kind.ASK,
    theme=Theme.INTERESTS,
    advice="Ask what they need “{issue}” for: there may be another way to give it.",
    line="What would {issue} let you do, and what else could give you the same?",
    page="method/what-they-want.md#ask-so-that-people-can-answer",
    fires_on={"/issues/0/why": {}},
    silent_on={"/issues/0/why": {"them": "Pulp has risen since the last contract"}},
    phases=AHEAD,
    silent_in=SHORT,
    stake=STAKE,
)
def interest_unknown(analysis: Analysis) -> Evidence | None:
    """Applies when you do not know why what matters most to them matters."""
    known = [score for score in analysis.counted if score.swing_them >= HEAVY]
    if not known:
        return None
    score = max(known, key=lambda each: each.swing_them)
    if score.issue.why.them is not None:
        return None
    return Evidence(
        under(score.at, "why", "them"),
        f"It has {points(score.swing_them)} of their 100, as far as you know, and you "
        "know only what they ask for.",
        {"issue": score.issue.name or "an issue"},
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.ANSWER,
    advice="Answer with a package of your own: yours is theirs with little changed.",
    line="We’d like to leave both lists aside and show you a package that we "
    "could sign.",
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
    kind=Kind.BEWARE,
    theme=Theme.MANDATE,
    advice="Settle at home who may say yes to what before you make an offer.",
    line="We can settle most of this with you, and for the rest we have to ask at "
    "home, so let’s agree by when.",
    page="method/your-own-house.md#mandate",
    fires_on={"/mandate": False},
    silent_on={"/mandate": True},
    phases=AHEAD,
    stake=STAKE,
)
def no_mandate(analysis: Analysis) -> Evidence | None:
    """Applies when it is not settled on your side who may say yes."""
    if analysis.plan.mandate is not False:
        return None
    return Evidence("/mandate", "You said that it is not settled yet.")


@rule(
    kind=Kind.DO,
    theme=Theme.OWN_WORD,
    advice="Own up to “{failure}” before they raise it, with what you will change.",
    line="You should hear it from us first: “{failure}” was our mistake, and here is "
    "what changes.",
    page="method/how-trust-grows.md#mend-it-when-it-broke",
    fires_on={"/own_failure": "Two forecasts came late"},
    silent_on={},
    stake=STAKE,
)
def failure_to_own_up_to(analysis: Analysis) -> Evidence | None:
    """Applies when you promised something and did not do it."""
    failure = (analysis.plan.own_failure or "").strip().rstrip(".")
    if not failure:
        return None
    return Evidence(
        "/own_failure",
        "An apology mends a failure if it comes at once and whole.",
        {"failure": failure},
    )


@rule(
    kind=Kind.DO,
    theme=Theme.FAIRNESS,
    advice="Hear them before you decide, and give your reason: they need you more.",
    line="Before we decide, we’d like to hear what this would mean for you.",
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
    interest_unknown,
    answered_from_their_numbers,
    no_mandate,
    failure_to_own_up_to,
    they_need_you_more,
)
