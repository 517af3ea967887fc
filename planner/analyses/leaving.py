"""What leaving is worth to each side in points: by a sum, or by the terms elsewhere."""

from collections.abc import Sequence
from dataclasses import replace

from planner.analyses.alternatives import (
    Range,
    reservation_range,
    reservation_value,
)
from planner.analyses.scoring import Score
from planner.analyses.targets import WalkAway
from planner.plan.values import Alternative, Side

__all__ = ["APART", "points_of_terms", "walk_away_in_points", "with_values"]

APART = 0.1  # of the larger: a sum and terms further apart than this disagree; ours

type Alone = Sequence[Alternative]  # the alternatives of a side


def points_of_terms(
    alternative: Alternative, side: Side, scores: Sequence[Score]
) -> float | None:
    """Return what the terms of an alternative are worth to a side, in points.

    An issue that they leave out counts as that side's worst; our limits do not count.
    None where it has no terms, or nothing can be counted.
    """
    if not alternative.terms or not scores:
        return None
    return sum(_on(score, alternative, getattr(score, side)) for score in scores)


def _on(score: Score, alternative: Alternative, points: Sequence[float]) -> float:
    place = score.issue.index(alternative.terms.get(score.issue.id or ""))
    return min(points) if place is None else points[place]


def with_values(
    alternatives: Alone, side: Side, scores: Sequence[Score], worth: float | None
) -> tuple[Alternative, ...]:
    """Give the alternatives that have only terms the value of these, in money.

    ``worth`` is what a point is worth to that side; without it nothing is priced.
    """

    def valued(one: Alternative) -> Alternative:
        points = points_of_terms(one, side, scores)
        if one.value is not None or points is None or worth is None:
            return one
        return replace(one, value=points * worth)

    return tuple(map(valued, alternatives))


def walk_away_in_points(
    us: Alone,
    them: Alone,
    scores: Sequence[Score],
    worth: float | None,
    their_worth: float | None,
) -> WalkAway:
    """Return what leaving is worth to each side, in points; theirs as a range.

    ``worth`` and ``their_worth`` are what a point is worth to each, in money. Where it
    is not known only terms can be counted, and what switching costs is not taken off.
    """
    ours = reservation_value(us if worth else _as_points(us, "us", scores))
    theirs = reservation_range(
        them if their_worth else _as_points(them, "them", scores)
    )
    known = None if ours is None else ours / (worth or 1.0)
    if theirs is None:
        return WalkAway(us=known)
    low, high = _over(theirs, their_worth or 1.0)
    return WalkAway(us=known, low=low, likely=(low + high) / 2, high=high)


def _over(values: Range, worth: float) -> Range:
    return values[0] / worth, values[1] / worth


def _as_points(alternatives: Alone, side: Side, scores: Sequence[Score]) -> Alone:
    """The alternatives with the points of their terms for a value; a sum has none."""
    return [
        replace(
            one,
            cost=None,
            value=None if one.value is not None else points_of_terms(one, side, scores),
        )
        for one in alternatives
    ]
