"""Advice from what they were seen to do: a deal or a relationship?"""

from planner.advice.rule import (
    AHEAD,
    ALL,
    BEFORE_AN_OFFER,
    ONE_OFF,
    Evidence,
    Kind,
    Missing,
    Theme,
    rule,
)
from planner.analyses.analysis import Analysis
from planner.plan.rows import question
from planner.words.figures import percent

SIGNALS = "/signals"
TRANSACTIONAL = {
    "talks-only-about-price": True,
    "reopens-what-was-settled": True,
    "hides-their-reasons": True,
}
RELATIONAL = {
    "shares-their-goals": True,
    "talks-about-next-time": True,
    "keeps-small-promises": True,
}


@rule(
    kind=Kind.BEWARE,
    theme=Theme.GIVING,
    advice="Treat this as a one-off until they do something for the relationship.",
    line="Each step of ours needs one of yours, so what can you do on your side?",
    page="method/reading-their-frame.md#two-ways-to-see-one-table",
    fires_on={SIGNALS: TRANSACTIONAL},
    silent_on={SIGNALS: RELATIONAL},
    stake=ALL,
)
def they_look_transactional(analysis: Analysis) -> Evidence | None:
    """Applies when staying pays for you and, all told, they treat it as a one-off.

    Their behaviour says so; but their figures overrule it where it pays for
    them, and so does your own belief where it is another.
    """
    known = analysis.orientation
    if not analysis.relationship.ours.holds or known.observed is not False:
        return None
    if analysis.relationship.theirs.holds or known.relational is not False:
        return None
    return Evidence(
        SIGNALS,
        f"{known.for_transactional} of {known.observations} observations speak for a "
        "one-off. You would give, and wait for something to come back.",
    )


@rule(
    kind=Kind.DO,
    theme=Theme.FRAME,
    advice="Open with where you both want to be, before any figure.",
    line="Before the terms, where would you like us to be with each other in "
    "three years?",
    page="method/reading-their-frame.md#two-ways-to-see-one-table",
    fires_on={SIGNALS: RELATIONAL, "/offers": [], "/moves": []},
    silent_on={SIGNALS: TRANSACTIONAL},
    stake=ALL,
    phases=BEFORE_AN_OFFER,
    silent_in=ONE_OFF,
)
def they_look_relational(analysis: Analysis) -> Evidence | None:
    """Applies when staying pays for you and, all told, they behave as partners do.

    Their behaviour says so; but their figures overrule it where it does not
    pay for them, and so does your own belief where it is another.
    """
    known = analysis.orientation
    if not analysis.relationship.ours.holds or not known.observed:
        return None
    if analysis.relationship.theirs.holds is False or not known.relational:
        return None
    return Evidence(
        SIGNALS,
        f"{known.for_relational} of {known.observations} observations speak for a "
        "relationship.",
    )


@rule(
    kind=Kind.ASK,
    theme=Theme.THEIR_FUTURE,
    advice="Watch them before you decide: make one small step and ask one question.",
    line="Let’s settle one small thing first: what would help you most?",
    page="method/reading-their-frame.md#how-many-are-enough",
    fires_on={SIGNALS: {"shares-their-goals": True}},
    silent_on={SIGNALS: RELATIONAL},
    stake=ALL,
    phases=AHEAD,
)
def too_little_seen(analysis: Analysis) -> Evidence | Missing | None:
    """Applies when they were seen too seldom and their figures do not tell either."""
    known = analysis.orientation
    if not known.missing or analysis.relationship.theirs.holds is not None:
        return None
    seen = known.observations
    if not seen:
        return Missing(SIGNALS, question(SIGNALS))
    counted = "1 observation is" if seen == 1 else f"{seen} observations are"
    return Evidence(SIGNALS, f"{counted} too few to tell how they see it.")


@rule(
    kind=Kind.BEWARE,
    theme=Theme.FRAME,
    advice="Ask a colleague how they see it: you and your own notes disagree.",
    page="method/reading-their-frame.md#when-you-know-better",
    fires_on={"/their_frame": 0.9, SIGNALS: TRANSACTIONAL},
    silent_on={"/their_frame": 0.1, SIGNALS: TRANSACTIONAL},
    stake=ALL,
    phases=AHEAD,
)
def belief_against_the_signals(analysis: Analysis) -> Evidence | None:
    """Applies when your belief about them contradicts what you saw them do."""
    known = analysis.orientation
    if known.belief is None or known.observed is None:
        return None
    if known.observed is known.relational:
        return None
    return Evidence(
        "/their_frame",
        f"You believe {percent(known.belief)}; what you saw suggests "
        f"{percent(known.mean)}.",
    )


RULES = (
    they_look_transactional,
    they_look_relational,
    too_little_seen,
    belief_against_the_signals,
)
