"""Which of several deals is worth most, by our points or by both sides' gains.

Deals are given as choices: the number of an option for each counted issue. A deal
is worth its points, and ``Worth`` says how deals compare: by our points, or by
the product of both sides' gains.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from planner.analyses.scoring import Score

__all__ = [
    "CLOSE",
    "Choice",
    "Worth",
    "best",
    "gains_product",
    "our_points",
    "points",
    "rivals",
]

CLOSE = 1e-9  # points; deals nearer to each other than this are tied
RIVALS = 30  # deals compared, the best ones as things stand; ours

type Choice = Sequence[int]
type Worth = Callable[[float, float], float]


def our_points(us: float, them: float) -> float:
    """Compare deals by our points alone."""
    return us


@lru_cache(maxsize=2)  # the same function of the same walk-aways: it can be told so
def gains_product(ours: float = 0.0, theirs: float = 0.0) -> Worth:
    """Compare deals by the product of gains over both walk-aways, in points.

    A side whose walk-away is not known counts from its worst. See [Nash1950].
    """
    return lambda us, them: (us - ours) * (them - theirs)


def points(counted: Sequence[Score], choice: Choice) -> tuple[float, float]:
    """Return what a deal is worth to us and to them."""
    chosen = list(zip(counted, choice, strict=True))
    return sum(s.us[i] for s, i in chosen), sum(s.them[i] for s, i in chosen)


def best(
    counted: Sequence[Score], choices: Sequence[Choice], worth: Worth = our_points
) -> int | None:
    """Return which of the deals is worth most, the first of equals; None of none."""
    worths = [worth(*points(counted, choice)) for choice in choices]
    return worths.index(max(worths)) if worths else None


def rivals(
    counted: Sequence[Score], choices: Sequence[Choice], worth: Worth, first: int = 0
) -> list[int]:
    """Return which deals are compared: ``first`` and the best as things stand.

    At most 30 (ours), in the order given.
    """
    worths = [worth(*points(counted, choice)) for choice in choices]
    others = sorted(range(len(choices)), key=lambda i: (i != first, -worths[i]))
    return sorted(others[:RIVALS])
