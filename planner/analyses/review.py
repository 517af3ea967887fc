"""After the deal: what was predicted, what came, and what was left on the table."""

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from planner.analyses.analysis import Analysis
from planner.analyses.packages import Package
from planner.plan.values import Offer

__all__ = ["Review", "concessions", "pattern", "review"]

ROUNDING = 1e-9  # points; what is smaller is no step
STEADY = 0.1  # relative change of a step that still counts as the same size; ours

type Pattern = Literal["shrinking", "steady", "growing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The outcome against the plan, in points of 100.

    ``agreed`` is the package that was signed, None without a deal and while a
    term is missing; ``aim`` the one that the plan aimed for, None where it had none.
    ``surplus`` is what the deal gave us over walking away. ``better`` would have given
    them no less and us ``left`` points more. ``steps`` are our concessions, round by
    round, and ``pattern`` how they went on.
    """

    agreed: Package | None
    aim: Package | None
    surplus: float | None
    better: Package | None
    left: float | None
    steps: tuple[float, ...]
    pattern: Pattern | None
    relationship: str | None


def review(analysis: Analysis) -> Review | None:
    """Review the outcome of a plan; None while it has none."""
    outcome = analysis.plan.outcome
    if outcome.agreed is None and not outcome.terms and outcome.relationship is None:
        return None
    agreed = analysis.points(Offer(terms=outcome.terms)) if outcome.agreed else None
    better = analysis.better_than(agreed) if agreed else None
    steps = concessions(analysis)
    return Review(
        agreed=agreed,
        aim=analysis.play.aim,
        surplus=_surplus(agreed, analysis.walk_away_points),
        better=better,
        left=_left(agreed, better),
        steps=steps,
        pattern=pattern(steps),
        relationship=outcome.relationship,
    )


def concessions(analysis: Analysis) -> tuple[float, ...]:
    """What we gave on the deal in each round, in points, from the first on.

    As the ledger counts it. A round in which we gave nothing is left out.
    """
    rounds = groupby(analysis.ledger.entries, key=lambda entry: entry.round)
    given = [sum(entry.given for entry in entries) for _, entries in rounds]
    return tuple(cost for cost in given if cost > ROUNDING)


def pattern(steps: tuple[float, ...]) -> Pattern | None:
    """How the size of concessions went on; None under three of them.

    Shrinking if none grew by more than a tenth and the last is the smaller,
    growing if none shrank by more, steady if none did either.
    """
    if len(steps) < 3:
        return None
    ratios = [after / before for before, after in pairwise(steps)]
    no_growth = all(ratio <= 1 + STEADY for ratio in ratios)
    no_fall = all(ratio >= 1 - STEADY for ratio in ratios)
    if no_growth and no_fall:
        return "steady"
    return "shrinking" if no_growth else "growing" if no_fall else None


def _surplus(agreed: Package | None, walk_away: float | None) -> float | None:
    return None if agreed is None or walk_away is None else agreed.us - walk_away


def _left(agreed: Package | None, better: Package | None) -> float | None:
    if agreed is None:
        return None
    return better.us - agreed.us if better else 0.0
