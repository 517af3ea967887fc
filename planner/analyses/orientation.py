"""Their orientation: what their behaviour says about how they see the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import comb

from planner.analyses.flips import bisect
from planner.plan.signals import SIGNALS

__all__ = ["Orientation", "interval", "orientation"]

ENOUGH = 3  # observations; reading-their-frame.md#how-many-are-enough
TAIL = 0.1  # on either side of the 80% interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Orientation:
    """How relational the other side is, as far as it was seen.

    ``for_relational`` and ``for_transactional`` count observations; ``mean`` and
    ``interval`` (80%, central) estimate the share of relational behaviour, from 0
    to 1. ``belief`` is the reader's own, from 0 to 1; where it is given, it
    decides, and ``observed`` still says what the observations say.
    """

    for_relational: int
    for_transactional: int
    mean: float
    interval: tuple[float, float]
    belief: float | None

    @property
    def observations(self) -> int:
        """How many signals were looked for and answered."""
        return self.for_relational + self.for_transactional

    @property
    def observed(self) -> bool | None:
        """Whether the observations alone say that they are relational.

        None under three of them, or where the interval straddles one half.
        """
        low, high = self.interval
        if self.observations < ENOUGH or low <= 0.5 <= high:
            return None
        return low > 0.5

    @property
    def relational(self) -> bool | None:
        """Whether they are: the reader's belief if given, else as observed.

        None where that is not known, and for a belief of exactly one half.
        """
        if self.belief is None:
            return self.observed
        return None if self.belief == 0.5 else self.belief > 0.5

    @property
    def missing(self) -> tuple[str, ...]:
        """The address to answer while too little was seen and nothing believed."""
        few = self.observations < ENOUGH
        return ("/signals",) if few and self.belief is None else ()


def orientation(
    signals: Mapping[str, bool | None], own_belief: float | None = None
) -> Orientation:
    """Estimate how relational they are from what they were seen to do.

    A signal that was seen (True) counts for its own kind; one that was looked
    for and not seen (False) for the other kind. One that is not answered, or
    whose id is not in ``SIGNALS``, does not count. All weigh the same: the
    estimate is Beta(1 + relational, 1 + transactional). The catalogue and the
    equal weights are ours.
    """
    votes = [
        signal.relational is seen
        for signal in SIGNALS
        if (seen := signals.get(signal.id)) is not None
    ]
    relational = sum(votes)
    transactional = len(votes) - relational
    return Orientation(
        for_relational=relational,
        for_transactional=transactional,
        mean=(1 + relational) / (2 + len(votes)),
        interval=interval(relational, transactional),
        belief=own_belief,
    )


def interval(relational: int, transactional: int) -> tuple[float, float]:
    """The central 80% interval of Beta(1 + relational, 1 + transactional).

    Both counts are from 0 to 500; the ends are from 0 to 1, exact to rounding.
    """
    return (
        _quantile(TAIL, relational, transactional),
        1 - _quantile(TAIL, transactional, relational),
    )


def _quantile(share: float, relational: int, transactional: int) -> float:
    """The value under which a share of the distribution lies."""
    return bisect(lambda x: _below(x, relational, transactional) >= share, 0.0, 1.0)


def _below(x: float, relational: int, transactional: int) -> float:
    """The share of the distribution under x.

    For whole parameters the incomplete beta function is a binomial tail: that
    of ``n`` tries, more than ``relational`` come off at a chance of x.
    """
    n = relational + transactional + 1
    return sum(
        comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(relational + 1, n + 1)
    )
