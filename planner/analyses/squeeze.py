"""What could be squeezed out now, as far as the list of issues shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.analyses.frontier import TOLERANCE, bounded_frontier
from planner.analyses.scoring import Score
from planner.analyses.targets import (
    LEFT,
    Efficient,
    WalkAway,
    fair_and_best,
    zone_of,
)

__all__ = ["Squeeze", "squeeze"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Squeeze:
    """What each side's best deal brings it over the fair one, in its own points.

    A floor: bad faith in delivery, payment or loyalty is on no list.
    """

    us: float
    them: float


def squeeze(
    within: Efficient, away: WalkAway, scores: Sequence[Score]
) -> Squeeze | None:
    """Reckon what each side could squeeze out by the list; None without a fair deal.

    Our best deal leaves them what ``targets`` leaves them. Theirs, of all deals
    whatever our limits, leaves us a quarter of our gain from the fair one (ours).
    """
    _, them = zone_of(within, away)
    found = fair_and_best(within, away, them)
    if found is None:
        return None
    fair, best = found
    us = away.us or 0.0
    least = us + LEFT * (fair.us - us)
    every = bounded_frontier(
        tuple(tuple(zip(score.us, score.them, strict=True)) for score in scores)
    )
    theirs = [deal.them for deal in every if deal.us >= least - TOLERANCE]
    return Squeeze(
        us=best.us - fair.us, them=max(0.0, max(theirs, default=fair.them) - fair.them)
    )
