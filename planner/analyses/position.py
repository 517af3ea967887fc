"""Where the talks are, and what to do now: the level, the next step, the packages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import inf
from typing import Any, Literal

from planner.analyses.events import Course, best_option
from planner.analyses.frontier import Deal
from planner.analyses.ledger import ROUNDING
from planner.analyses.packages import BAND, Package, Shift, Tell, equal_packages, packed
from planner.analyses.scoring import Score
from planner.analyses.stance import Stance
from planner.analyses.targets import SHARES, Efficient, Targets, WalkAway
from planner.analyses.trades import Trade, shift, trades

__all__ = [
    "Advance",
    "Position",
    "Schedule",
    "advance",
    "equal_offers",
    "next_trades",
    "offers_now",
    "opening_trades",
    "retreats",
]

ROUNDS = 4  # rounds of offers where the reader expects no other number; ours
LEAST_STEP = 0.5  # points that a concession is at least; ours
MOST_PACKAGES = 3  # offered at once
MOST_TWINS = 40  # deals, and pairs of issues in each, that change places; ours
STEP_FOR_STEP = (Stance.PROBE, Stance.PROTECT, Stance.UNDECIDED)
AIM_IS_ENOUGH = (Stance.COLLABORATE, Stance.YIELD)  # to say yes at once; ours

type Advance = Literal[
    "over", "leave", "accept", "decide", "stop", "open", "hold", "concede"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How we come down from where we stood first to the aim, in points.

    ``rounds`` is in how many, ``taken`` in how many our package has fallen. Each step
    is ``step`` times the one before; None goes to the aim at once.
    """

    first: float
    aim: float
    step: float | None
    rounds: float
    taken: int

    def at(self, number: int) -> float:
        """Return where we are after so many rounds; the aim from the last one on.

        first − (first − aim)(1 − qʲ)/(1 − qⁿ), so that steps shrink.
        """
        if self.step is None or number >= self.rounds:
            return self.aim
        done: float = (1 - self.step**number) / (1 - self.step**self.rounds)
        return self.first - (self.first - self.aim) * done


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where both sides are in the talks, and what we aim for.

    ``within`` are the efficient deals within our limits, ``away`` both walk-aways
    and ``their_walk_away`` theirs as reckoned with, in points; ``talking`` is what
    reaching a deal costs, in points; ``ours`` and ``theirs`` are the ways of those
    who have spoken. ``rounds`` is how many rounds the reader expects. ``ended``
    tells that the outcome is known, ``stopped`` that the stop line is reached.
    """

    stance: Stance
    within: Efficient
    away: WalkAway
    their_walk_away: float
    talking: float
    aims: Targets
    ours: Course | None
    theirs: Course | None
    rounds: float | None
    ended: bool
    stopped: bool

    @property
    def leaving(self) -> float:
        """What leaving is worth to us; 0 where that is not known."""
        return self.away.us or 0.0

    @property
    def stand(self) -> float:
        """What we stand on is worth to us; without limit before we have spoken."""
        return self._package(self.ours).us if self.ours else inf

    @property
    def offered(self) -> float:
        """What they stand on is worth to us; below any deal before they have spoken."""
        return self._package(self.theirs).us if self.theirs else -inf

    @property
    def offered_whole(self) -> float:
        """The same, where their last offer settles every issue by itself."""
        return self.offered if self.theirs and self.theirs.whole else -inf

    @property
    def schedule(self) -> Schedule:
        """How we come down to the aim."""
        first = self.aims.opening.us
        if self.ours:
            issues = zip(self.within.issues, self.ours.start, strict=True)
            first = sum(score.us[i] for score, i in issues)
        return Schedule(
            first=first,
            aim=self.aims.aim.us,
            step=SHARES[self.stance].step,
            rounds=self.rounds or ROUNDS,
            taken=self.ours.falls if self.ours else 0,
        )

    @property
    def level(self) -> float:
        """What our next offer is worth to us.

        Before we speak, the opening. Then the next step of the schedule, but not over
        where we stand, nor under the aim or what they offer; and where we give a step
        only for a step, no further down than their last round brought us. A whole
        offer of theirs is never asked to be worse for us.
        """
        if self.ours is None:
            return max(self.aims.opening.us, self.offered_whole)
        plan = self.schedule
        least = max(plan.aim, self.offered, plan.at(plan.taken + 1))
        if self.stance in STEP_FOR_STEP:
            brought = self.theirs.last_brought if self.theirs else 0.0
            least = max(least, self.stand - max(brought, 0.0))
        return max(self.offered_whole, min(self.stand, least))

    @property
    def gives_them(self) -> float:
        """What our stand gives them; below any deal before we have spoken."""
        return self._package(self.ours).them if self.ours else -inf

    def _package(self, way: Course) -> Package:
        return packed(list(zip(self.within.issues, way.held, strict=True)))


# What to do now


def advance(at: Position) -> Advance:
    """Return what to do now: the first of these that holds.

    ``over``: the outcome is known. ``leave``: no deal within our limits beats
    leaving. ``accept``: their offer settles every issue by itself, within our
    limits, and is worth leaving and our next offer. ``decide``: we have come down
    all the way, and such an offer beats leaving, but is under the aim. ``stop``:
    we are at the stop line. ``open``: we have not spoken. ``hold``: since we spoke
    they gave nothing, or there is nothing to concede. Else ``concede``.
    """
    return next(name for name, holds in _ADVANCES if holds(at))


def _nothing_beats_leaving(at: Position) -> bool:
    us = at.away.us
    return us is not None and at.within.deals[0].us <= us + ROUNDING


def _may_be_signed(at: Position) -> bool:
    """Whether their offer settles every issue by itself, within our limits."""
    if at.theirs is None or not at.theirs.whole:
        return False
    held = zip(at.within.allowed, at.theirs.held, strict=True)
    return all(option in allowed for allowed, option in held)


def _is_acceptable(at: Position) -> bool:
    """Whether they offer as much as we would offer next, or enough.

    Enough is the aim in some stances, and where the talks are to be short the aim
    less what they cost. That the next offer decides is the usual rule of negotiating
    programs, AC_next; the rest is ours.
    """
    enough = at.level
    if at.stance in AIM_IS_ENOUGH:
        enough = min(enough, at.aims.aim.us)
    if at.stance is Stance.KEEP_SHORT:
        enough = min(enough, at.aims.aim.us - at.talking)
    return _may_be_signed(at) and at.offered >= max(enough, at.leaving) - ROUNDING


def _is_to_decide(at: Position) -> bool:
    down = at.schedule.taken >= at.schedule.rounds
    between = at.leaving + ROUNDING < at.offered < at.aims.aim.us
    return down and between and _may_be_signed(at)


def _holds(at: Position) -> bool:
    arrived = at.stand <= at.aims.aim.us + ROUNDING
    return arrived or _waits(at) or not _near(at, "concede")


def _waits(at: Position) -> bool:
    """Whether they have given nothing since we spoke; a round counts as a whole.

    To yield, a step needs no answer; a first offer does.
    """
    if at.ours is None or (at.stance is Stance.YIELD and len(at.ours.brought) > 1):
        return False
    brought = at.theirs.brought if at.theirs else ()
    return not any(n >= at.ours.last and points > ROUNDING for n, points in brought)


_ADVANCES: tuple[tuple[Advance, Callable[[Position], bool]], ...] = (
    ("over", lambda at: at.ended),
    ("leave", _nothing_beats_leaving),
    ("accept", _is_acceptable),
    ("decide", _is_to_decide),
    ("stop", lambda at: at.stopped and at.stance is not Stance.YIELD),
    ("open", lambda at: at.ours is None),
    ("hold", _holds),
    ("concede", lambda at: True),
)


# What to offer


def offers_now(at: Position, doing: Advance) -> tuple[Deal, ...]:
    """Return the deals to choose offers from, best for us first.

    They are worth the level, give or take two points; where we hold, our stand or
    up to two points more. Where there is none, the one nearest over that, or else,
    where we do not hold, the nearest under it. None is under the aim, or our stand
    if that is lower, nor under what they offer; none gives them less than leaving
    or our stand. A concession is half a point or more. Nothing is offered where we
    keep it short, or stand under our walk-away.
    """
    talking = doing in ("open", "hold", "concede")
    return tuple(_near(at, doing)) if talking else ()


def _near(at: Position, doing: Advance) -> Sequence[Deal]:
    if at.stance is Stance.KEEP_SHORT or at.stand < at.leaving - ROUNDING:
        return ()
    holding = doing == "hold"
    level = at.stand if holding else at.level
    low, high = level if holding else level - BAND, level + BAND
    fit = _fit(at, doing)
    near = [d for d in fit if low - ROUNDING <= d.us <= high + ROUNDING]
    over = [d for d in fit if d.us >= level - ROUNDING]
    return near or over[-1:] or ([] if holding else fit[:1])


def _fit(at: Position, doing: Advance) -> list[Deal]:
    """The deals that may be offered; see ``offers_now``."""
    least = max(min(at.aims.aim.us, at.stand), at.offered, at.leaving) - ROUNDING
    most = at.stand - LEAST_STEP if doing == "concede" else inf
    them = max(at.their_walk_away, at.gives_them) - ROUNDING
    reach = at.aims.reach.deals
    return [d for d in reach if least <= d.us <= most + ROUNDING and d.them >= them]


def equal_offers(
    reach: Efficient, deals: Sequence[Deal]
) -> tuple[tuple[Package, ...], tuple[Tell, ...]]:
    """Return up to three of the deals as packages, and what their choice would tell.

    Deals of equal points count as one among the efficient ones. So those in which two
    issues that count the same change places are offered beside each other (ours).
    """
    pool = [reach.options(deal) for deal in deals]
    for choice in pool[:MOST_TWINS]:
        pool += [twin for twin in _twins(reach, choice) if twin not in pool]
    return equal_packages(reach.issues, pool, MOST_PACKAGES)


def _twins(reach: Efficient, choice: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The deals of equal points in which two issues that count the same are swapped."""
    alike: dict[Any, list[int]] = {}
    for n, score in enumerate(reach.issues):
        alike.setdefault((score.us, score.them, reach.allowed[n]), []).append(n)
    pairs = (pair for places in alike.values() for pair in combinations(places, 2))
    for one, other in islice(pairs, MOST_TWINS):
        if choice[one] != choice[other]:
            twin = list(choice)
            twin[one], twin[other] = choice[other], choice[one]
            yield tuple(twin)


def next_trades(at: Position, doing: Advance) -> tuple[Trade, ...]:
    """Return the trades from where both stand, down to the aim.

    Before we have spoken that is the opening for us, and their best for them. None
    goes under our stand where that is lower than the aim. Where we keep it short,
    or do not talk on, there is none.
    """
    if not _trades_now(at, doing):
        return ()
    ours = at.ours.held if at.ours else _options(at.aims.opening)
    floor = min(at.aims.aim.us, at.stand)
    return trades(at.within.issues, ours, _their_options(at), floor)


def opening_trades(at: Position, doing: Advance) -> tuple[Trade, ...]:
    """Return the trades that our opening has in it, from what is best for each side.

    Once we have spoken there is none: the steps from there are our own.
    """
    if at.ours or not _trades_now(at, doing):
        return ()
    issues = at.within.issues
    opening = dict(zip((s.at for s in issues), _options(at.aims.opening), strict=True))
    best = [best_option(score, "us") for score in issues]

    def goes_there(step: Shift, worth: Sequence[float]) -> bool:
        end = step.score.issue.options.index(step.end)
        return worth[opening[step.score.at]] > worth[end] - ROUNDING

    return tuple(
        trade
        for trade in trades(issues, best, _their_options(at), at.aims.opening.us)
        if goes_there(trade.give, trade.give.score.them)
        and goes_there(trade.ask, trade.ask.score.us)
    )


def _trades_now(at: Position, doing: Advance) -> bool:
    talking = doing in ("open", "hold", "concede", "stop")
    return talking and at.stance is not Stance.KEEP_SHORT


def _their_options(at: Position) -> Sequence[int]:
    """Where they stand; before they have spoken, on what is best for them."""
    if at.theirs:
        return at.theirs.held
    return [best_option(score, "them") for score in at.within.issues]


def retreats(at: Position) -> tuple[tuple[Shift, ...], tuple[Shift, ...]]:
    """Return what the aim takes back of our steps, and what it gives against that.

    Both are empty while there is a deal to aim for that takes back none.
    """
    if at.ours is None or not at.aims.retreats:
        return (), ()
    issues, start, held = at.within.issues, at.ours.start, at.ours.held
    shifts = tuple(map(shift, issues, held, _options(at.aims.aim)))
    given = list(map(_gave, issues, start, held))
    taken = (s for s, gave in zip(shifts, given, strict=True) if gave)
    return (
        tuple(step for step in taken if step.them < -ROUNDING),
        tuple(step for step in shifts if step.them > ROUNDING),
    )


def _gave(score: Score, start: int, held: int) -> bool:
    return score.them[held] > score.them[start] + ROUNDING


def _options(package: Package) -> tuple[int, ...]:
    """The number of the option that a package takes on each issue."""
    return tuple(score.issue.options.index(option) for score, option in package.terms)
