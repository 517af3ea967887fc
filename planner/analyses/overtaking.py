"""Where another deal becomes the best, as a weight or an option's value moves.

The points of all deals move along straight lines then, so that nothing has to be
searched for: the first line that crosses the leading one is the turn.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from planner.analyses.flips import Flip, nearest_each
from planner.analyses.scoring import WHOLE, Score, raw_weight, shares
from planner.analyses.worth import CLOSE, Choice, Worth, our_points, points, rivals
from planner.plan.address import under
from planner.plan.values import SIDES, Side

__all__ = ["package_flips"]


def package_flips(
    counted: Sequence[Score], choices: Sequence[Choice], worth: Worth = our_points
) -> tuple[Flip[int], ...]:
    """Return where another of the deals becomes the best, nearest first.

    The inputs are both sides' weights, the others staying as they are, and the
    value of each option that no scale hangs on. ``becomes`` is the number of the
    deal. ``worth`` has to be linear in each side's points, as ``our_points`` and
    ``gains_product`` are; then each point is exact to rounding. Of more than 30
    deals the 30 best as things stand are compared. (ORACLES B.15.)
    """
    if not choices:
        return ()
    keep = rivals(counted, choices, worth)
    compared = [choices[i] for i in keep]
    found = [
        replace(turn, becomes=keep[turn.becomes])
        for line in _lines(counted, compared)
        for end in (line.low, line.high)
        if (turn := _overtaken(line, end, worth)) is not None
    ]
    return nearest_each(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A straight way through both sides' points of all deals, as one input moves.

    ``points`` gives them at a place from ``low`` to ``high``, ``reads`` what the
    input is there, in its own unit.
    """

    at: str
    now: float
    low: float
    high: float
    points: Callable[[float], list[tuple[float, float]]]
    reads: Callable[[float], float]


def _overtaken(line: _Line, end: float, worth: Worth) -> Flip[int] | None:
    """Where, on the way to one end of a line, another deal goes ahead first."""
    here = [worth(*both) for both in line.points(line.now)]
    there = [worth(*both) for both in line.points(end)]
    first = here.index(max(here))
    crossings = []
    for i in range(len(here)):
        lead, left = here[first] - here[i], there[first] - there[i]
        if left < -CLOSE * max(1.0, abs(there[i])):
            crossings.append((lead / (lead - left), left, i))
    if not crossings:
        return None
    way, _, becomes = min(crossings)
    return Flip(
        at=line.at,
        now=line.reads(line.now),
        turns_at=line.reads(line.now + way * (end - line.now)),
        falls=end < line.now,
        becomes=becomes,
    )


def _lines(counted: Sequence[Score], choices: Sequence[Choice]) -> Iterator[_Line]:
    now = [points(counted, choice) for choice in choices]
    for side in SIDES:
        yield from _weight_lines(counted, choices, now, side)
        for j in range(len(counted)):
            yield from _option_lines(counted, choices, now, side, j)


def _weight_lines(
    counted: Sequence[Score],
    choices: Sequence[Choice],
    now: Sequence[tuple[float, float]],
    side: Side,
) -> Iterator[_Line]:
    """One for each weight, along its share: the others scale by what is left."""
    raw = [raw_weight(score, side) for score in counted]
    for j, score in enumerate(counted):
        rest = sum(raw) - raw[j]
        if not any(shares(score, side)) or rest <= CLOSE * sum(raw):
            continue  # it decides nothing, or everything whatever its weight
        own = [
            (getattr(score, side)[choice[j]], WHOLE * shares(score, side)[choice[j]])
            for choice in choices
        ]
        yield _Line(
            at=under(score.at, "weight", side),
            now=raw[j] / (raw[j] + rest),
            low=0.0,
            high=WHOLE / (WHOLE + rest),
            points=_reweighted(now, own, 1 + raw[j] / rest, side),
            reads=_reader(raw[j], rest),
        )


def _reader(raw: float, rest: float) -> Callable[[float], float]:
    """From a weight's share to the weight as it is typed, beside the others."""
    return lambda share: min(WHOLE, share * rest / (1 - share))


def _reweighted(
    now: Sequence[tuple[float, float]],
    own: Sequence[tuple[float, float]],
    scale: float,
    side: Side,
) -> Callable[[float], list[tuple[float, float]]]:
    """Points by the share of one weight, of which a deal has ``own`` now and fully."""

    def at_share(share: float) -> list[tuple[float, float]]:
        left = scale * (1 - share)
        return [
            (share * full + left * (us - part), them)
            if side == "us"
            else (us, share * full + left * (them - part))
            for (us, them), (part, full) in zip(now, own, strict=True)
        ]

    return at_share


def _option_lines(
    counted: Sequence[Score],
    choices: Sequence[Choice],
    now: Sequence[tuple[float, float]],
    side: Side,
    j: int,
) -> Iterator[_Line]:
    """One for each option in use that no scale hangs on, between worst and best."""
    score = counted[j]
    values = [getattr(option, side) or 0.0 for option in score.issue.options]
    low, high = min(values), max(values)
    for o in sorted({choice[j] for choice in choices}):
        others = values[:o] + values[o + 1 :]
        if low == high or not others or (min(others), max(others)) != (low, high):
            continue
        slope = max(getattr(score, side)) / (high - low)
        has = [slope if choice[j] == o else 0.0 for choice in choices]
        yield _Line(
            at=under(score.at, "options", o, side),
            now=values[o],
            low=low,
            high=high,
            points=_revalued(now, has, values[o], side),
            reads=float,
        )


def _revalued(
    now: Sequence[tuple[float, float]],
    slopes: Sequence[float],
    value: float,
    side: Side,
) -> Callable[[float], list[tuple[float, float]]]:
    """Points by the value of one option, of which a deal has a slope's worth."""

    def at_value(x: float) -> list[tuple[float, float]]:
        return [
            (us + slope * (x - value), them)
            if side == "us"
            else (us, them + slope * (x - value))
            for (us, them), slope in zip(now, slopes, strict=True)
        ]

    return at_value
