"""How much each issue matters: weights from a ranking or from swings."""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "Ranked",
    "from_ranking",
    "normalised",
    "rank_sum",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Weights made from a ranking, the most important first.

    ``weights`` add up to 1; ``says`` discloses to the reader which rule made them.
    """

    weights: tuple[float, ...]
    says: str


def rank_sum(n: int) -> tuple[float, ...]:
    """Weights that fall evenly: n, n − 1, …, 1, made to add up to 1."""
    return normalised(range(n, 0, -1))


def from_ranking(n: int) -> Ranked:
    """Return weights for ``n`` issues of which only the order is known, by rank-sum.

    [RobertsGoodwin2002] find it better than the rank-order centroid for weights that
    are rated freely and then normalised, as swing weights are.
    """
    return Ranked(
        weights=rank_sum(n),
        says="Weights from your ranking, by rank-sum: they fall evenly.",
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
