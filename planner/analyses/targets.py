"""What to aim for: the zone, the fair deal, our best, the aim and the opening."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from planner.analyses.frontier import TOLERANCE, Deal, bounded_frontier
from planner.analyses.ledger import ROUNDING
from planner.analyses.packages import Package, packed
from planner.analyses.scoring import Score
from planner.analyses.solutions import nash_solution
from planner.analyses.stance import Stance

__all__ = [
    "SHARES",
    "Efficient",
    "Shares",
    "Targets",
    "WalkAway",
    "ZoneState",
    "fair_and_best",
    "onward",
    "targets",
    "zone_of",
]

LEFT = 0.25  # of a side's gain from the fair deal, the least that is left to it; ours
ALIKE = 6  # decimals of a point to which two gains are compared
DIGITS = 9  # decimals of a point: what is smaller is rounding

type ZoneState = Literal["open", "unknown", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How a stance claims, opens and steps, as shares; ours.

    ``aim`` is how far from the fair deal to our best we aim, ``opening`` how far
    from the aim to our best we open. Each step is ``step`` times the one before;
    None makes no steps.
    """

    aim: float = 0.0
    opening: float
    step: float | None


# The section of each stance, in method/stances.md, argues for its row.
SHARES = {
    Stance.COLLABORATE: Shares(opening=1 / 3, step=1 / 2),
    Stance.PROTECT: Shares(opening=1 / 2, step=2 / 3),
    Stance.PROBE: Shares(opening=1 / 2, step=2 / 3),
    Stance.UNDECIDED: Shares(opening=1 / 2, step=2 / 3),
    Stance.DEAL_FAIRLY: Shares(opening=1 / 2, step=2 / 3),
    Stance.CLAIM_COURTEOUSLY: Shares(aim=1 / 3, opening=2 / 3, step=4 / 5),
    Stance.CLAIM: Shares(aim=2 / 3, opening=1.0, step=4 / 5),
    Stance.KEEP_SHORT: Shares(opening=0.0, step=None),
    Stance.YIELD: Shares(opening=0.0, step=1 / 2),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkAway:
    """What leaving is worth to each side, in points; None where it is not known.

    Theirs is a range around ``likely``.
    """

    us: float | None = None
    low: float | None = None
    likely: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Efficient:
    """Efficient deals of some issues, best for us first.

    A deal names an option by its place in ``allowed``, the options that each issue
    may take.
    """

    issues: tuple[Score, ...]
    allowed: tuple[tuple[int, ...], ...]
    deals: Sequence[Deal]

    def options(self, deal: Deal) -> tuple[int, ...]:
        """Return the number of the option that a deal takes on each issue."""
        return tuple(a[i] for a, i in zip(self.allowed, deal.choice, strict=True))

    def package(self, deal: Deal) -> Package:
        """Return a deal with its terms."""
        return packed(list(zip(self.issues, self.options(deal), strict=True)))

    def worth(self, us: float, them: float) -> "Efficient":
        """Return those that are worth at least so much to each side."""
        kept = (
            d
            for d in self.deals
            if d.us >= us - TOLERANCE and d.them >= them - TOLERANCE
        )
        return replace(self, deals=tuple(kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """What to aim for in the zone of agreement.

    ``reach`` are the deals from which aim, opening and packages come. ``retreats``
    tells that no deal is left that takes back no step of ours, so that these do.
    """

    fair: Package
    best: Package
    aim: Package
    opening: Package
    reach: Efficient
    retreats: bool


def zone_of(deals: Efficient, away: WalkAway) -> tuple[ZoneState, float]:
    """Return whether both can sign, and their walk-away that is reckoned with.

    Unknown where their walk-away is, which then counts as 0, and where it depends
    on the estimate: then its low end counts. Closed where no deal is as good as
    leaving for both even so. See [RaiffaBook1982].
    """
    us, low = away.us or 0.0, away.low or 0.0
    if not deals.deals:
        return "unknown", low
    if away.likely is not None and deals.worth(us, away.likely).deals:
        return "open", away.likely
    return "unknown" if deals.worth(us, low).deals else "closed", low


def targets(
    within: Efficient,
    onward: Efficient,
    away: WalkAway,
    them: float,
    stance: Stance,
    ceiling: float,
) -> Targets | None:
    """Set the targets of a stance; None where no deal is as good as leaving for both.

    ``within`` are the efficient deals within our limits, from which fair and best
    come whatever we conceded, and ``onward`` those that take back no step of ours.
    ``them`` is their walk-away as reckoned with, ``ceiling`` the most that goodwill
    is worth, in points, where we yield.

    Fair is the Nash deal from both walk-aways [Nash1950]; our best is the one best
    for us that leaves them a quarter of what the fair deal would. Aim and opening
    lie between them by the stance's shares. All of these shares are ours.
    """
    us = away.us or 0.0
    found = fair_and_best(within, away, them)
    if found is None:
        return None
    fair, best = found
    reach = onward.worth(us, best.them)
    retreats = not reach.deals
    if retreats:
        reach = within.worth(us, best.them)
    floor = max(fair.us - ceiling, us + LEFT * (fair.us - us))
    aim = _aim(reach.deals, fair, best, stance, floor)
    return Targets(
        fair=within.package(fair),
        best=within.package(best),
        aim=reach.package(aim),
        opening=reach.package(_opening(reach.deals, fair, best, stance, aim)),
        reach=reach,
        retreats=retreats,
    )


def fair_and_best(
    within: Efficient, away: WalkAway, them: float
) -> tuple[Deal, Deal] | None:
    """Return the fair deal and the one best for us, whatever the stance.

    None where no deal is as good as leaving for both. See ``targets``.
    """
    us = away.us or 0.0
    zone = within.worth(us, them).deals
    if not zone:
        return None
    fair = _fair(zone, us, them)
    return fair, _best(zone, _least_for_them(fair, them, away.high or 0.0))


def onward(within: Efficient, start: Sequence[int], held: Sequence[int]) -> Efficient:
    """Return the efficient deals among those that take back no step of ours.

    On an issue where we have moved from ``start`` to what gives them more, ``held``,
    an option gives them no less. There are none where our limits forbid that.
    """
    allowed = tuple(map(_not_back, within.issues, start, held))
    if allowed == within.allowed:
        return within
    points = tuple(
        tuple((score.us[i], score.them[i]) for i in options)
        for score, options in zip(within.issues, allowed, strict=True)
    )
    return Efficient(
        issues=within.issues, allowed=allowed, deals=bounded_frontier(points)
    )


def _not_back(score: Score, start: int, held: int) -> tuple[int, ...]:
    given = score.them[held] - ROUNDING
    if given <= score.them[start]:
        return score.allowed
    return tuple(i for i in score.allowed if score.them[i] >= given)


def _fair(zone: Sequence[Deal], us: float, them: float) -> Deal:
    """The Nash deal; of equal products the greater smaller gain, then ours."""

    def smaller_gain(deal: Deal) -> tuple[float, float]:
        return round(min(deal.us - us, deal.them - them), ALIKE), deal.us

    return max(nash_solution(zone, (us, them)).deals, key=smaller_gain)


def _least_for_them(fair: Deal, them: float, high: float) -> float:
    """What our best leaves them: a quarter of their gain from the fair deal.

    The gain counts from the high end of their walk-away, but from no more than half
    of the way to the fair deal.
    """
    start = min(max(high, 0.0), (them + fair.them) / 2)
    return start + LEFT * (fair.them - start)


def _best(zone: Sequence[Deal], least: float) -> Deal:
    return next(deal for deal in zone if deal.them >= least - TOLERANCE)


def _aim(
    reach: Sequence[Deal], fair: Deal, best: Deal, stance: Stance, floor: float
) -> Deal:
    """The deal nearest to what the stance claims, the better for us of two.

    In Yield the one best for them from the fair deal down to the floor.
    """
    high = fair.us + SHARES[stance].aim * (best.us - fair.us)
    low = floor if stance is Stance.YIELD else high

    def apart(deal: Deal) -> tuple[float, float]:
        off = round(max(low - deal.us, deal.us - high, 0.0), DIGITS)
        gives = stance is Stance.YIELD and not off
        return off, deal.us if gives else -deal.us

    return min(reach, key=apart)


def _opening(
    reach: Sequence[Deal], fair: Deal, best: Deal, stance: Stance, aim: Deal
) -> Deal:
    """The deal worth least to us of those at the stance's share or over it."""
    bar = aim.us + SHARES[stance].opening * (best.us - aim.us)
    if stance is Stance.YIELD:
        bar = max(bar, fair.us)
    over = (deal for deal in reversed(reach) if deal.us >= bar - ROUNDING)
    return next(over, aim)
