"""Advice for when only one side cares: the ledger, the cliff, the stop line."""

from planner.advice.rule import (
    DURING,
    GIVING_WAY,
    NOW,
    UNDER_WAY,
    Evidence,
    Kind,
    Theme,
    rule,
)
from planner.analyses.analysis import Analysis
from planner.analyses.ledger import BUFFER, UNRECIPROCATED
from planner.words.figures import about, over_walking_away, percent, points

PAGE = "method/when-only-one-side-cares.md"
LEDGER = "method/the-concession-ledger.md"
THIN = 0.5  # of what we give; when-only-one-side-cares.md#ask-for-something-each-time
SOON = 3  # rounds; when-only-one-side-cares.md#watch-the-cliff

PRICE = {"by": "us", "issue": "price", "why": "relationship"}
UNANSWERED = [
    PRICE | {"round": 1, "from": "€106", "to": "€109"},
    PRICE | {"round": 2, "from": "€109", "to": "€112"},
]
STEEP = [
    PRICE | {"round": 1, "from": "€106", "to": "€112"},
    PRICE | {"round": 2, "from": "€112", "to": "€118"},
]
AT_ONCE = [PRICE | {"round": 1, "from": "€106", "to": "€118"}]
MATCHED = [
    PRICE | {"round": 1, "from": "€106", "to": "€109", "in_return_for": "5 days"},
    {
        "by": "them",
        "round": 1,
        "issue": "service",
        "from": "10 days",
        "to": "5 days, two weeks of stock held",
    },
]


@rule(
    kind=Kind.BEWARE,
    theme=Theme.GIVING,
    advice="Stop here: your last {steps} steps brought nothing back.",
    line="We have moved {times}, so the next step is yours.",
    page=f"{PAGE}#draw-the-stop-line",
    fires_on={"/moves": UNANSWERED},
    silent_on={"/moves": MATCHED},
    phases=UNDER_WAY,
    silent_in=GIVING_WAY,
)
def unanswered_steps(analysis: Analysis) -> Evidence | None:
    """Applies when two concessions in a row, or more, brought nothing back."""
    stop = analysis.ledger.stop
    if stop.rounds < UNRECIPROCATED:
        return None
    return Evidence(
        _where(stop.run[0], "in_return_for"),
        f"You gave {points(analysis.ledger.given)} in all and got "
        f"{points(analysis.ledger.received)}.",
        {
            "steps": str(stop.rounds),
            "times": "twice" if stop.rounds == 2 else f"{stop.rounds} times",
        },
        stake=NOW,
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.GIVING,
    advice="Stop here: less than {share} of what you were ahead is left.",
    line="We can’t move any further on these terms, so what can you change?",
    page=f"{PAGE}#draw-the-stop-line",
    fires_on={"/moves": AT_ONCE, "/alternatives/us/0/value": 100000},
    silent_on={"/moves": MATCHED},
    phases=UNDER_WAY,
    silent_in=GIVING_WAY,
)
def lead_used_up(analysis: Analysis) -> Evidence | None:
    """Applies when less than a tenth of what you were ahead of leaving is left."""
    kept = analysis.ledger
    start, surplus = kept.start, kept.surplus
    if start is None or surplus is None or not kept.stop.reached or kept.given <= 0:
        return None
    # Steps that were not answered are reason enough, and said; a loss is said besides.
    if kept.stop.rounds >= UNRECIPROCATED and surplus >= 0:
        return None
    return Evidence(
        "/moves",
        f"Your first terms {over_walking_away(start)}; the ones you stand on now "
        f"{over_walking_away(surplus)}.",
        {"share": percent(BUFFER)},
        stake=kept.given,
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.GIVING,
    advice="Ask for something each time: they have given little for what they got.",
    line="We have put several things on the table, so what can you put there?",
    page=f"{PAGE}#ask-for-something-each-time",
    fires_on={"/moves": UNANSWERED},
    silent_on={"/moves": MATCHED},
    phases=UNDER_WAY,
    silent_in=GIVING_WAY,
)
def little_came_back(analysis: Analysis) -> Evidence | None:
    """Applies when less than half of what you gave came back, in points."""
    kept = analysis.ledger
    if kept.reciprocity is None or kept.reciprocity >= THIN:
        return None
    return Evidence(
        "/moves",
        f"You gave {points(kept.given)} and got {points(kept.received)}: "
        f"{percent(kept.reciprocity)}.",
        stake=kept.given - kept.received,
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.GIVING,
    advice="Give no more as goodwill: you have given more than it can be worth.",
    line="We have done our part for the relationship, and from now on each "
    "step of ours needs one of yours.",
    page=f"{LEDGER}#keep-goodwill-in-its-own-column",
    fires_on={"/moves": STEEP, "/future/continue_chance_if_we_give": 0.81},
    silent_on={"/moves": MATCHED},
    phases=UNDER_WAY,
)
def goodwill_over_the_ceiling(analysis: Analysis) -> Evidence | None:
    """Applies when what you gave for goodwill exceeds the premium."""
    subsidy = analysis.ledger.subsidy
    if not subsidy.moves or subsidy.over is None or subsidy.over <= 0:
        return None
    currency, most = analysis.plan.currency, subsidy.premium
    return Evidence(
        f"{subsidy.moves[-1]}/why",
        f"You gave {about(subsidy.worth or 0.0, currency)} as goodwill; "
        f"{f'at most {about(most, currency)}' if most else 'nothing'} could come back.",
        stake=subsidy.points,
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.GIVING,
    advice="Slow down: at this rate you will have given it all away by round {round}.",
    line="We can’t keep up this pace, so from here on each small step of ours "
    "needs one of yours.",
    page=f"{PAGE}#watch-the-cliff",
    fires_on={"/moves": STEEP},
    silent_on={"/moves": MATCHED},
    phases=UNDER_WAY,
    silent_in=GIVING_WAY,
)
def cliff_ahead(analysis: Analysis) -> Evidence | None:
    """Applies when nothing will be left within three rounds at the present pace."""
    kept = analysis.ledger
    rounds = [entry.round for entry in kept.entries]
    if kept.worthless is None or not rounds or not kept.surplus or kept.surplus < 0:
        return None
    if kept.worthless - max(rounds) > SOON:
        return None
    return Evidence(
        "/moves",
        f"The terms you stand on {over_walking_away(kept.surplus)}.",
        {"round": str(kept.worthless)},
        stake=kept.start or 0.0,
    )


@rule(
    kind=Kind.DO,
    theme=Theme.PACE,
    advice="Expect little more from them: their steps get smaller.",
    page=f"{LEDGER}#read-the-size-of-the-steps",
    fires_on={
        "/moves": [
            {
                "by": "them",
                "round": n,
                "issue": "price",
                "from": start,
                "to": end,
            }
            for n, (start, end) in enumerate(
                (("€118", "€112"), ("€112", "€109"), ("€109", "€109")), start=1
            )
        ]
        + [
            {
                "by": "them",
                "round": 3,
                "issue": "duties",
                "from": "Northwind carries them",
                "to": "Alder carries them at cost",
            },
        ]
    },
    silent_on={"/moves": MATCHED},
    phases=DURING,
)
def their_steps_shrink(analysis: Analysis) -> Evidence | None:
    """Applies when they give less from round to round, in three rounds or more."""
    if "them" not in analysis.ledger.slowing:
        return None
    return Evidence(
        "/moves", "Shrinking steps are how people show that a limit is near."
    )


def _where(step: str, key: str) -> str:
    """An answer about a step; a step that an offer makes has none but the offer."""
    return f"{step}/{key}" if step.startswith("/moves") else step


RULES = (
    unanswered_steps,
    lead_used_up,
    little_came_back,
    goodwill_over_the_ceiling,
    cliff_ahead,
    their_steps_shrink,
)
