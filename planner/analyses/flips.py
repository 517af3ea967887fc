"""Where an answer turns as one input moves: one engine, whatever the answer is.

An answer is any function of one input at a time: the stance, whether a deal beats
walking away, which deal is best. Whoever asks says which inputs there are, how far
each may move and, where that is known, at which places the answer may turn. This
module walks there, and knows nothing of negotiating.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from planner.plan.kinds import MOST

__all__ = ["Flip", "Input", "bisect", "nearest", "nearest_each"]

NUDGE = 1e-9  # step past a place, of it or of 1, to see what lies behind it
HALVINGS = 200  # bisection steps: enough for all but what is next to nothing
FIRST_STEP = 0.01  # of a value: how near it a change is looked for first


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A number at an address, and the range in which it may move.

    ``places`` are all values at which the answer may turn; None where they are
    not known and have to be searched for.
    """

    at: str
    now: float
    low: float
    high: float
    places: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip[T]:
    """A value of one input at which the answer changes.

    Just beyond ``turns_at``, seen from ``now``, the answer is ``becomes``;
    ``falls`` tells whether the input has to fall to get there. At the least that
    an input can be there is no beyond: the answer is another there itself.
    """

    at: str
    now: float
    turns_at: float
    falls: bool
    becomes: T

    @property
    def distance(self) -> float:
        """The relative move to get there, at most 1e15."""
        return min(MOST, abs(self.turns_at - self.now) / (abs(self.now) or 1.0))

    @property
    def side(self) -> str:
        """Where it turns, in a word: what falls to 0 is another at 0 itself."""
        if self.falls:
            return "Below" if self.turns_at else "At"
        return "Above"


def nearest[T](
    now: T | None,
    answer: Callable[[str, float], T | None],
    inputs: Sequence[Input],
) -> tuple[Flip[T], ...]:
    """Return the nearest value of each input at which the answer changes.

    The nearest input comes first. ``now`` is the answer as things stand, and
    ``answer(at, value)`` the answer with one input changed; None where it is
    unknown, which is no change, and nothing is looked for beyond. Where an input
    says at which places the answer may turn, these are tried, and ``turns_at`` is
    exact; else it is looked for in doubling steps from one hundredth of the value
    up, and found by bisection: an answer that only holds in between two steps may
    be passed by. (ORACLES B.15.)
    """
    if now is None:
        return ()
    found = [
        flip
        for moved in inputs
        for end in (moved.high, moved.low)
        if end != moved.now
        and (flip := _first_flip(now, answer, moved, end)) is not None
    ]
    return nearest_each(found)


def nearest_each[T](flips: Sequence[Flip[T]]) -> tuple[Flip[T], ...]:
    """Return the nearest flip of each input, the nearest first."""
    by_distance = sorted(flips, key=lambda flip: flip.distance)
    each = {flip.at: flip for flip in reversed(by_distance)}
    return tuple(sorted(each.values(), key=lambda flip: flip.distance))


def bisect(beyond: Callable[[float], bool], before: float, after: float) -> float:
    """Return the first value that is beyond, found by halving.

    ``before`` is a value that is not beyond, ``after`` one that is; either may be
    the larger. The next float towards ``before`` is not beyond, except where the
    value is next to nothing beside the way there, under 2**-100 of it. Where there
    are several such values it is one of them.
    """
    for _ in range(HALVINGS):
        middle = before + (after / 2 - before / 2)
        if middle in (before, after):
            break
        if beyond(middle):
            after = middle
        else:
            before = middle
    return after


def _first_flip[T](
    now: T, answer: Callable[[str, float], T | None], moved: Input, end: float
) -> Flip[T] | None:
    """Where the answer first changes as an input moves to one end of its range."""
    same = moved.now
    for value, place in _stops(moved, end):
        becomes = answer(moved.at, value)
        if becomes is None:
            return None
        if becomes != now:
            if place is None:
                place = bisect(lambda x: answer(moved.at, x) != now, same, value)
                becomes = answer(moved.at, place)
            return _flip(moved, place, end, becomes)
        same = value
    return None


def _flip[T](
    moved: Input, turns_at: float, end: float, becomes: T | None
) -> Flip[T] | None:
    if becomes is None:
        return None
    return Flip(
        at=moved.at,
        now=moved.now,
        turns_at=turns_at,
        falls=end < moved.now,
        becomes=becomes,
    )


def _stops(moved: Input, end: float) -> Iterator[tuple[float, float | None]]:
    """Values to look at on the way to an end, and the place that each lies behind."""
    if moved.places is None:
        for value in _steps(moved.now, end):
            yield value, None
        return
    for place in sorted(moved.places, key=lambda place: abs(place - moved.now)):
        step = NUDGE * max(1.0, abs(place))
        on_it = abs(place - moved.now) < step  # then it may turn either way
        if on_it or (place > moved.now) == (end > moved.now):
            beyond = place + step if end > moved.now else place - step
            if beyond <= moved.high:
                yield max(moved.low, beyond), place


def _steps(now: float, end: float) -> Iterator[float]:
    """From a value to the end of its range, each step twice as long."""
    way = abs(end - now)
    step = FIRST_STEP * min(max(abs(now) or 1.0, way / MOST), way)
    while 0 < step < way:
        yield now + step if end > now else now - step
        step *= 2
    yield end
