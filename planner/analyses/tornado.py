"""Tornados: what each input does to a result, the longest bar first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, sumprod

from planner.analyses.flips import Input
from planner.analyses.inputs import shared_figures, with_figure
from planner.analyses.relationship import multiple_at
from planner.analyses.scoring import WHOLE, Score, shares
from planner.analyses.weights import normalised
from planner.analyses.worth import Choice
from planner.plan.address import under
from planner.plan.values import Future

__all__ = ["Bar", "package_tornado", "relationship_tornado", "tornado"]

SWAY = 0.25  # how far a figure without a range moves, as a share of it; ours
DRIFT = 0.1  # how far a chance moves; ours
RATE_DRIFT = 0.02  # how far a yearly rate moves; ours

_OUR_GAIN = "/future/us/yearly_gain"
_DRIFTS = {  # figures that move by percentage points; any other by a share of it
    "/future/continue_chance": DRIFT,
    "/future/continue_chance_if_we_give": DRIFT,
    "/future/discount_rate": RATE_DRIFT,
    "/future/growth": RATE_DRIFT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a tornado: an input from ``low`` to ``high``, and the results."""

    at: str
    low: float
    high: float
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """How far the result moves, never negative."""
        return abs(self.at_high - self.at_low)


def tornado(
    f: Callable[[Mapping[str, float]], float | None],
    base: Mapping[str, float],
    ranges: Mapping[str, tuple[float, float]],
) -> tuple[Bar, ...]:
    """Return what each input does to ``f`` over its range, the others as in ``base``.

    The longest bar first. An input is left out where ``f`` is unknown (None) or
    not finite at an end of its range, or the same at both. (ORACLES B.15.)
    """
    bars = []
    for at, (low, high) in ranges.items():
        at_low, at_high = (f({**base, at: value}) for value in (low, high))
        if at_low is None or at_high is None:
            continue
        if isfinite(at_low) and isfinite(at_high):
            bars.append(Bar(at=at, low=low, high=high, at_low=at_low, at_high=at_high))
    told = [bar for bar in bars if bar.swing > 0]
    return tuple(sorted(told, key=lambda bar: -bar.swing))


def relationship_tornado(future: Future) -> tuple[Bar, ...]:
    """Return what each figure does to our relationship value, in money, longest first.

    Our yearly gain runs over its range; a figure without one moves by a quarter,
    a chance by 10 and a rate by 2 percentage points (ours). Empty while the value
    is not known.
    """
    gain = future.us.yearly_gain
    if gain is None or gain.middle is None:
        return ()
    base = {figure.at: figure.now for figure in shared_figures(future)}
    ranges = {figure.at: _sway(figure) for figure in shared_figures(future)}
    base[_OUR_GAIN] = gain.middle
    low, high = gain.known[0], gain.known[-1]
    ranges[_OUR_GAIN] = (low, high) if low < high else _quarter(gain.middle)
    return tornado(lambda figures: _value(future, figures), base, ranges)


def package_tornado(counted: Sequence[Score], choice: Choice) -> tuple[Bar, ...]:
    """Return what each of our weights does to a deal's points for us.

    The longest bar first. Each weight moves by a quarter of itself (ours), at most
    to 100.
    """
    part, base, ranges = {}, {}, {}
    for score, i in zip(counted, choice, strict=True):
        at, value = under(score.at, "weight", "us"), shares(score, "us")
        if any(value):
            part[at], base[at] = value[i], score.issue.weight.us or 0.0
            low, high = _quarter(base[at])
            ranges[at] = low, min(high, WHOLE)

    def worth(weights: Mapping[str, float]) -> float | None:
        normal = normalised(list(weights.values()))
        return WHOLE * sumprod(normal, part.values()) if any(normal) else None

    return tornado(worth, base, ranges)


def _value(future: Future, figures: Mapping[str, float]) -> float | None:
    """Our relationship value with other figures."""
    for at, figure in figures.items():
        future = with_figure(future, at, figure)
    now = multiple_at(future, future.continue_chance)
    return None if now is None else now * figures[_OUR_GAIN]


def _sway(figure: Input) -> tuple[float, float]:
    drift = _DRIFTS.get(figure.at)
    low, high = (
        _quarter(figure.now)
        if drift is None
        else (figure.now - drift, figure.now + drift)
    )
    return max(low, figure.low), min(high, figure.high)


def _quarter(now: float) -> tuple[float, float]:
    return now - SWAY * abs(now), now + SWAY * abs(now)
