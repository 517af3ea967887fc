"""What if: the few figures that matter most, and where each turns the answer.

A trial changes figures beside the plan; the plan stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planner.analyses.analysis import Analysis
from planner.analyses.flips import Flip
from planner.analyses.stance import Stance
from planner.plan.address import look_up, replaced
from planner.plan.document import Draft, read_draft
from planner.plan.kinds import Estimate, Estimated, Kind, Number, Percent, Rate
from planner.plan.rows import Answer, answer_at, value_at

__all__ = ["Dial", "dials", "figure", "tried"]

MOST_DIALS = 5
REACH = 2.0  # how far a dial for money goes, times its figure or its farthest turn
STEPS = 100  # of a dial for money, so that each is a round figure
LONGEST = 40.0  # years on a dial
HIGHEST = 0.3  # a yearly rate on a dial, unless there is a higher one
RATE_STEP, COARSE = 0.005, 0.05  # of a dial for a rate: its steps, and its ends
SHARE_STEP = 0.01  # of a dial for a chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """A figure of the plan that can be tried: a share from 0 to 1, money, or years.

    ``now`` is what the plan says. ``low`` to ``high`` holds it and every turn, in
    steps of ``step``.
    """

    answer: Answer
    now: float
    low: float
    high: float
    step: float
    turns: tuple[Flip[Stance], ...]

    @property
    def at(self) -> str:
        """The address of the figure."""
        return self.answer.at


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
        at = _whole(turn.at)
        found[at] = (*found.get(at, ()), turn)
    return found


def _whole(at: str) -> str:
    """The address of the amount whose likely value stands there, else the same."""
    home, _, key = at.rpartition("/")
    is_middle = key == "likely" and isinstance(answer_at(home).kind, Estimated)
    return home if is_middle else at


def _dial(analysis: Analysis, at: str, turns: tuple[Flip[Stance], ...]) -> Dial | None:
    now = figure(analysis, at)
    if now is None:
        return None
    answer = answer_at(at)
    low, high, step = _reach(answer.kind, [now, *(turn.turns_at for turn in turns)])
    return Dial(answer=answer, now=now, low=low, high=high, step=step, turns=turns)


def _reach(kind: Kind, places: Sequence[float]) -> tuple[float, float, float]:
    """From where to where a dial goes, so that it holds all places, and its step."""
    match kind:
        case Rate():
            high = max(HIGHEST, *(_up(place, COARSE) for place in places))
            low = min(0.0, *(-_up(-place, COARSE) for place in places))
            return low, high, RATE_STEP
        case Percent():
            return min(0, kind.least), max(1, kind.most), SHARE_STEP
        case Number() if kind.unit:
            return 0, min(max(LONGEST, *places), kind.most), 1
    step = _round_step(REACH * max(map(abs, places)) / STEPS)
    low = min(0.0, *(-_up(-place, step) for place in places))
    high = max(_up(REACH * place, step) for place in (*places, step))
    return low, high, step


def figure(analysis: Analysis, at: str) -> float | None:
    """The figure that the plan gives at an address, the likely one of three."""
    value = value_at(analysis.plan, at)
    return value.middle if isinstance(value, Estimate) else value


def _up(value: float, step: float) -> float:
    """The value, rounded up to a whole number of steps."""
    return -(-value // step) * step


def _round_step(step: float) -> float:
    """The next 1, 2 or 5 with noughts at or above a step."""
    size = 10.0 ** len(str(int(max(step, 1)))) / 10
    return next(size * n for n in (1, 2, 5, 10) if size * n >= min(step, size * 10))
