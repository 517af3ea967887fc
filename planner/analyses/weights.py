"""How much each issue matters: weights from a ranking or from swings."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

__all__ = [
    "Ranked",
    "from_ranking",
    "normalised",
    "rank_order_centroid",
    "rank_sum",
]

# Issues from which on a ranking is read by rank-sum. [RobertsGoodwin2002] find
# that weights tend to it where there are many issues; the seven is ours.
MANY = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Weights made from a ranking, the most important first.

    ``weights`` add up to 1. ``rule`` names the rule that made them and ``says``
    discloses it to the reader.
    """

    weights: tuple[float, ...]
    rule: str
    says: str


def rank_order_centroid(n: int) -> tuple[float, ...]:
    """The mean of all weightings that agree with a ranking of ``n`` issues.

    The i-th is (1/n) Σ 1/k for k from i to n; they add up to 1, the most
    important first. None for no issues. See [EdwardsBarron1994].
    """
    tails = list(accumulate(1 / k for k in range(n, 0, -1)))
    return tuple(tail / n for tail in reversed(tails))


def rank_sum(n: int) -> tuple[float, ...]:
    """Weights that fall evenly: n, n − 1, …, 1, made to add up to 1."""
    return normalised(range(n, 0, -1))


def from_ranking(n: int) -> Ranked:
    """Weights for ``n`` issues of which only the order is known.

    The rank-order centroid, and rank-sum from seven issues up, where the
    centroid leaves too little for the last. See [RobertsGoodwin2002].
    """
    if n < MANY:
        return Ranked(
            weights=rank_order_centroid(n),
            rule="rank-order centroid",
            says="Weights from your ranking, by the rank-order centroid: "
            "the mean of all weights that agree with it.",
        )
    return Ranked(
        weights=rank_sum(n),
        rule="rank-sum",
        says="Weights from your ranking, by rank-sum: they fall evenly, "
        f"as suits {MANY} issues or more.",
    )


def normalised(swings: Sequence[float]) -> tuple[float, ...]:
    """Swing weights made to add up to 1.

    A swing is how much the step from the worst to the best option matters, on
    any scale from 0 up. Where all are 0 nothing is known about what matters,
    and all stay 0. Raises ValueError if one is negative. See [Edwards1977].
    """
    if any(swing < 0 for swing in swings):
        raise ValueError("A swing weight cannot be negative")
    largest = max(swings, default=0)
    shares = [swing / largest if largest else 0.0 for swing in swings]
    whole = sum(shares) or 1.0
    return tuple(share / whole for share in shares)
