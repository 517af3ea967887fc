"""What if: the few figures that matter most, and where each turns the answer.

A trial changes figures beside the plan; the plan stays as it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from planner.analyses.analysis import Analysis
from planner.analyses.flips import Flip
from planner.analyses.stance import Stance
from planner.plan.address import look_up, replaced
from planner.plan.document import Draft, read_draft

__all__ = ["Dial", "dials", "figure", "tried"]

MOST_DIALS = 5
REACH = 2.0  # how far a dial for money goes, times its figure or its farthest turn
STEPS = 100  # of a dial for money, so that each is a round figure
LONGEST = 40.0  # years on a dial
RATES = {"/future/discount_rate", "/future/growth"}
CHANCES = {"/future/continue_chance", "/future/continue_chance_if_we_give"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """A figure of the plan that can be tried: shares from 0 to 1, money, or years.

    ``now`` is what the plan says. ``low`` to ``high`` holds it and every turn, in
    steps of ``step``; ``kind`` is ``share``, ``money`` or ``years``.
    """

    at: str
    kind: str
    now: float
    low: float
    high: float
    step: float
    turns: tuple[Flip[Stance], ...]


def dials(analysis: Analysis) -> tuple[Dial, ...]:
    """The figures that matter most, those nearest to a turn first, at most five.

    After them come those that move the value of the future most. A figure that the
    plan does not give has no dial: it is a question.
    """
    turns = _turns(analysis)
    bars = [bar.at for bar in analysis.tornado]
    chosen = list(dict.fromkeys([*turns, *bars]))[:MOST_DIALS]
    found = (_dial(analysis, at, turns.get(at, ())) for at in chosen)
    return tuple(dial for dial in found if dial is not None)


def tried(document: dict[str, Any], trial: Mapping[str, Any], own: Draft) -> Draft:
    """Read the document with the figures on trial in place of its own.

    ``own`` is its draft, given back where nothing is on trial. A figure that cannot
    be read counts as not tried, and is among the problems.
    """
    changed = document
    for at, typed in trial.items():
        if str(typed).strip():
            changed = replaced(changed, _place(document, at), typed)
    if changed is document:
        return own
    draft = read_draft(changed)
    unread = {problem.at for problem in draft.problems}
    untried = unread.intersection(_place(document, at) for at in trial)
    if not untried:
        return draft
    for place in untried:
        changed = replaced(changed, place, look_up(document, place))
    return Draft(read_draft(changed).plan, draft.problems)


def _place(document: dict[str, Any], at: str) -> str:
    """Where an amount that was given in three has its likely value."""
    return f"{at}/likely" if isinstance(look_up(document, at), dict) else at


def _turns(analysis: Analysis) -> dict[str, tuple[Flip[Stance], ...]]:
    """The turns of the stance for each figure, the nearest figure first."""
    flips = [*analysis.boundaries, *analysis.other_flips]
    found: dict[str, tuple[Flip[Stance], ...]] = {}
    for turn in sorted(flips, key=lambda flip: flip.distance):
        at = turn.at.removesuffix("/likely")
        found[at] = (*found.get(at, ()), turn)
    return found


def _dial(analysis: Analysis, at: str, turns: tuple[Flip[Stance], ...]) -> Dial | None:
    now = figure(analysis, at)
    if now is None:
        return None
    places = [now, *(turn.turns_at for turn in turns)]
    if at in CHANCES:
        return Dial(at=at, kind="share", now=now, low=0, high=1, step=0.01, turns=turns)
    if at in RATES:
        high = max(0.3, *(_up(place, 0.05) for place in places))
        low = min(0.0, *(-_up(-place, 0.05) for place in places))
        return Dial(
            at=at, kind="share", now=now, low=low, high=high, step=0.005, turns=turns
        )
    if at == "/future/years":
        high = min(max(LONGEST, *places), 100.0)
        return Dial(at=at, kind="years", now=now, low=0, high=high, step=1, turns=turns)
    step = _round_step(REACH * max(map(abs, places)) / STEPS)
    low = min(0.0, *(-_up(-place, step) for place in places))
    high = max(_up(REACH * place, step) for place in (*places, step))
    return Dial(
        at=at, kind="money", now=now, low=low, high=high, step=step, turns=turns
    )


def figure(analysis: Analysis, at: str) -> float | None:
    """The figure that the plan gives at an address, the likely one of three."""
    return next((value for place, value in _figures(analysis) if place == at), None)


def _figures(analysis: Analysis) -> Iterator[tuple[str, float | None]]:
    future = analysis.plan.future
    yield "/future/continue_chance", future.continue_chance
    yield "/future/continue_chance_if_we_give", future.continue_chance_if_we_give
    yield "/future/discount_rate", future.discount_rate
    yield "/future/growth", future.growth
    yield "/future/years", future.years
    yield "/future/talking_costs", future.talking_costs
    for side, stake in (("us", future.us), ("them", future.them)):
        gain = stake.yearly_gain
        yield f"/future/{side}/yearly_gain", gain.middle if gain else None
        yield f"/future/{side}/one_off_gain", stake.one_off_gain


def _up(value: float, step: float) -> float:
    """The value, rounded up to a whole number of steps."""
    return -(-value // step) * step


def _round_step(step: float) -> float:
    """The next 1, 2 or 5 with noughts at or above a step."""
    size = 10.0 ** len(str(int(max(step, 1)))) / 10
    return next(size * n for n in (1, 2, 5, 10) if size * n >= min(step, size * 10))
