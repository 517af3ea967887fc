"""The figures about the future as inputs: how far each may move, and moving one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from planner.analyses.flips import Input
from planner.plan.address import under
from planner.plan.kinds import MOST
from planner.plan.values import SIDES, Estimate, Future, Stake

__all__ = ["figures", "shared_figures", "with_figure"]

FAR = 1_000  # times the largest amount: where a search for money ends; ours

_GAIN = "yearly_gain"
_ENDS = ("low", "likely", "high")
_SHARED = {  # figure: the least and the most that it may be
    "continue_chance": (0.0, 1.0),
    "continue_chance_if_we_give": (0.0, 1.0),
    "discount_rate": (0.0, 1.0),
    "growth": (-1.0, 1.0),
    "years": (0.0, 100.0),
}


def figures(future: Future) -> list[Input]:
    """Return every figure about the future that is given, and how far it may move.

    An end of a range moves no further than the figure beside it, an amount to a
    thousand times the largest (ours).
    """
    found, far = list(shared_figures(future)), _far(future)
    for side in SIDES:
        stake = getattr(future, side)
        at = under("/future", side, "one_off_gain")
        if stake.one_off_gain is not None:
            found.append(Input(at=at, now=stake.one_off_gain, low=-far, high=far))
        if stake.yearly_gain is not None:
            at = under("/future", side, _GAIN)
            found += _estimate_figures(at, stake.yearly_gain, far)
    return found


def _far(future: Future) -> float:
    """As far as an amount is moved: a thousand times the largest one given."""
    stakes = (future.us, future.them)
    known = [x for s in stakes for x in (s.yearly_gain or Estimate()).known]
    known += [s.one_off_gain for s in stakes if s.one_off_gain is not None]
    return min(MOST, FAR * max([1.0, *map(abs, known)]))


def shared_figures(future: Future) -> Iterator[Input]:
    """Yield the figures that both sides' values hang on, as far as they are given."""
    for key, (low, high) in _SHARED.items():
        now = getattr(future, key)
        if now is not None:
            yield Input(at=under("/future", key), now=now, low=low, high=high)


def _estimate_figures(at: str, estimate: Estimate, far: float) -> Iterator[Input]:
    """The ends of an estimate, none beyond the next; one value at its own address."""
    keys = [key for key in _ENDS if getattr(estimate, key) is not None]
    if keys == ["likely"]:
        yield Input(at=at, now=estimate.known[0], low=-far, high=far)
        return
    fence = [-far, *estimate.known, far]
    for i, key in enumerate(keys):
        now, low, high = fence[i + 1], fence[i], fence[i + 2]
        yield Input(at=under(at, key), now=now, low=low, high=high)


def with_figure(future: Future, at: str, value: float) -> Future:
    """Return the future with another figure at that address."""
    _, _, first, *path = at.split("/")
    changed: dict[str, Any] = {first: value}
    if path:
        stake = getattr(future, first)
        figure = _estimated(stake, path[1:], value) if path[0] == _GAIN else value
        changed = {first: replace(stake, **{path[0]: figure})}
    return replace(future, **changed)


def _estimated(stake: Stake, end: Sequence[str], value: float) -> Estimate:
    """A yearly gain with one end changed; without an end, one value for all."""
    known = stake.yearly_gain
    if not end or known is None:
        return Estimate(likely=value)
    changed: dict[str, Any] = {end[0]: value}
    return replace(known, **changed)
