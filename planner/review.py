"""After the deal: what was predicted, what came, and what was left on the table."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from planner.analysis import Analysis
from planner.packages import Package
from planner.plan import Offer

__all__ = ["Review", "concessions", "pattern", "review"]

STEADY = 0.1  # relative change of a step that still counts as the same size; ours

type Pattern = Literal["shrinking", "steady", "growing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The outcome against the plan, in points of 100.

    ``agreed`` is the package that was signed, None while a term is missing;
    ``aim`` the one that the plan aimed for. ``surplus`` is what the deal gave us
    over walking away. ``better`` would have given them no less and us
    ``left`` points more. ``steps`` are our concessions in their order and
    ``pattern`` how they went on.
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
    agreed = analysis.points(Offer(terms=outcome.terms)) if outcome.terms else None
    better = analysis.better_than(agreed) if agreed else None
    steps = concessions(analysis)
    return Review(
        agreed=agreed,
        aim=analysis.balanced,
        surplus=_surplus(agreed, analysis.walk_away_points),
        better=better,
        left=_left(agreed, better),
        steps=steps,
        pattern=pattern(steps),
        relationship=outcome.relationship,
    )


def concessions(analysis: Analysis) -> tuple[float, ...]:
    """What each of our steps on the deal cost us, in points, in their order."""
    scores = {score.issue.id: score for score in analysis.scores.counted}
    found = []
    for move in analysis.plan.moves:
        score = scores.get(move.issue) if move.by == "us" else None
        names = [o.name for o in score.issue.options] if score else []
        if score and move.start in names and move.end in names:
            cost = score.us[names.index(move.start)] - score.us[names.index(move.end)]
            found.append(cost)
    return tuple(cost for cost in found if cost > 0)


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
