"""Bargaining solutions: which efficient deals a published rule would pick.

Every rule starts from the walk-away point: deals that leave a side worse off than
without one do not count, and what counts is the gain over it. ``deals`` are
efficient, as ``frontier`` gives them; ``walk_away`` is (us, them) on their scale.
Mixtures of deals are not offered: each rule is applied to whole deals.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isclose

from planner.analyses.frontier import TOLERANCE, Deal

__all__ = ["Solution", "nash_solution", "solutions"]

TIED = 1e-9  # of the best value: closer than this is equal, as sums are rounded


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """What a rule picks: all deals that are equally good by it.

    Those better for the side that gains less come first. Without deals, none is
    as good for both sides as walking away. ``scale`` says what the answer
    depends on.
    """

    rule: str
    scale: str
    deals: tuple[Deal, ...]

    @property
    def deal(self) -> Deal | None:
        """The first of the deals; None if there is none."""
        return self.deals[0] if self.deals else None


@dataclass(frozen=True, slots=True)
class _Gain:
    """What a deal adds to the walk-away, and as shares of the most that it can be."""

    deal: Deal
    us: float
    them: float
    share_us: float
    share_them: float


EITHER = "Each side’s points may be stretched or shifted without changing the answer."
SHARED = "A point is taken to be worth the same to both sides."


def solutions(
    deals: Sequence[Deal], walk_away: tuple[float, float]
) -> tuple[Solution, ...]:
    """All four, the one that needs the fewest assumptions first."""
    gains = _gains(deals, walk_away)
    rules = (_nash, _kalai_smorodinsky, _egalitarian, _utilitarian)
    return tuple(rule(gains) for rule in rules)


def nash_solution(deals: Sequence[Deal], walk_away: tuple[float, float]) -> Solution:
    """The deals with the largest product of both sides' gains. See [Nash1950]."""
    return _nash(_gains(deals, walk_away))


def _nash(gains: Sequence[_Gain]) -> Solution:
    # Of shares, not of gains: it is the same order, and no product is too large.
    best = _best(gains, lambda gain: gain.share_us * gain.share_them)
    return _solution("Nash", EITHER, best)


def _kalai_smorodinsky(gains: Sequence[_Gain]) -> Solution:
    """The deals where the side that gets the smaller share gets the most.

    A share is a side's gain over the walk-away, of the most that it could gain in
    a deal that the other side would take; a side that cannot gain has all of it.
    Of equal smaller shares, those where the other share is larger. On whole deals
    the shares can be unequal, as they never are in the proof of
    [KalaiSmorodinsky1975].
    """
    fair = _best(gains, lambda gain: min(gain.share_us, gain.share_them))
    best = _best(fair, lambda gain: max(gain.share_us, gain.share_them))
    return _solution("Kalai–Smorodinsky", EITHER, best)


def _egalitarian(gains: Sequence[_Gain]) -> Solution:
    """The deals where the side that gains less gains most. See [Kalai1977].

    It compares points across the table, so it changes when a side's are rescaled.
    """
    best = _best(gains, lambda gain: min(gain.us, gain.them))
    return _solution("egalitarian", SHARED, best)


def _utilitarian(gains: Sequence[_Gain]) -> Solution:
    """The deals with the largest sum of both sides' gains.

    It compares points across the table, so it changes when a side's are rescaled.
    """
    best = _best(gains, lambda gain: gain.us + gain.them)
    return _solution("utilitarian", SHARED, best)


def _gains(deals: Sequence[Deal], walk_away: tuple[float, float]) -> list[_Gain]:
    """The gains of the deals that neither side would leave."""
    worths = [(d, d.us - walk_away[0], d.them - walk_away[1]) for d in deals]
    gained = [
        (deal, max(us, 0.0), max(them, 0.0))
        for deal, us, them in worths
        if us >= -TOLERANCE and them >= -TOLERANCE
    ]
    most_us = max((us for _, us, _ in gained), default=0.0)
    most_them = max((them for _, _, them in gained), default=0.0)
    return [
        _Gain(deal, us, them, _share(us, most_us), _share(them, most_them))
        for deal, us, them in gained
    ]


def _share(gain: float, most: float) -> float:
    return gain / most if most else 1.0


def _best(gains: Sequence[_Gain], worth: Callable[[_Gain], float]) -> list[_Gain]:
    """The gains of the largest worth, ties and all."""
    if not gains:
        return []
    worths = list(map(worth, gains))
    best = max(worths)
    pairs = zip(gains, worths, strict=True)
    return [gain for gain, each in pairs if isclose(each, best, rel_tol=TIED)]


def _solution(rule: str, scale: str, best: Sequence[_Gain]) -> Solution:
    ordered = sorted(best, key=lambda gain: -min(gain.us, gain.them))
    return Solution(rule=rule, scale=scale, deals=tuple(g.deal for g in ordered))
