"""What a plan leaves out and a plain default stands in for.

``fill`` puts the defaults where an answer is missing, for the analyses to reckon with.
The document never holds them, and every one is marked with its address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isclose, isfinite
from typing import Any

from planner.analyses.relationship import multiple_at
from planner.plan.address import under
from planner.plan.kinds import MOST
from planner.plan.values import SIDES, AgreementIssue, Option, Plan, Side

__all__ = ["RATE", "RATE_AT", "WEIGHT", "Filled", "fill", "is_ranked"]

# All ours; the method argues for them: method.md#assumed.
BEST, WORST = 100.0, 0.0  # points of the two ends of an issue
MIDDLE = 50.0  # points: an end that has more is its better one
WEIGHT = 50.0  # of every issue, where none of a side's is given
RATE_AT = "/future/discount_rate"
RATE = 0.10  # what a year’s wait costs, as a yearly rate
NEAR = 0.01  # of 100: ranges of points that add up to it this closely carry the weight

type Ends = tuple[float, float]  # points at the first option and at the last
type Points = list[float]  # of a side, one for each option


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A plan with its defaults, and what was assumed: address → value.

    ``by_range`` are the sides whose points carry the weight of the issues already, so
    that their ranges were taken for weights.
    """

    plan: Plan
    assumed: Mapping[str, float]
    by_range: frozenset[Side] = frozenset()


def fill(plan: Plan) -> Filled:
    """Return the plan with a default for each answer that is missing and has one.

    Points fall evenly between the two ends of an issue, from our best, which stands
    first, and for them the other way round. Weights that are missing are as large as
    those given are on average. What typing a default in would change is the mark alone.
    """
    assumed: dict[str, float] = {}
    issues = {
        at: _with_points(at, issue, assumed) if _is_sheet(issue) else issue
        for at, issue in plan.agreement.items()
    }
    by_range: set[Side] = set()
    for side in SIDES:
        if side == "us" and is_ranked(plan):
            continue
        weights, carried = _weights(issues, side)
        if carried:
            by_range.add(side)
        for at, weight in weights.items():
            assumed[under(at, "weight", side)] = weight
            change: dict[str, Any] = {side: weight}
            weighed = replace(issues[at].weight, **change)
            issues[at] = replace(issues[at], weight=weighed)
    filled = replace(
        plan,
        issues=tuple(
            issues.get(f"/issues/{n}", issue) for n, issue in enumerate(plan.issues)
        ),
    )
    return Filled(
        plan=_with_rate(filled, assumed),
        assumed=assumed,
        by_range=frozenset(by_range),
    )


def is_ranked(plan: Plan) -> bool:
    """Tell whether we ranked every issue of the deal, of two or more, and weigh none.

    Then weights are made from the ranks.
    """
    issues = list(plan.agreement.values())
    ranked = {issue_id for issue_id in plan.ranking if issue_id}
    return (
        len(issues) > 1
        and all(issue.id in ranked for issue in issues)
        and not any(issue.weight.us for issue in issues)
    )


def _is_sheet(issue: AgreementIssue) -> bool:
    """Whether an issue says what can be chosen: two options or more, each named."""
    return len(issue.options) > 1 and all(option.name for option in issue.options)


# --- Points


def _with_points(
    at: str, issue: AgreementIssue, assumed: dict[str, float]
) -> AgreementIssue:
    points = _points(issue.options)
    options = []
    for n, option in enumerate(issue.options):
        missing = [side for side in SIDES if getattr(option, side) is None]
        values: dict[str, Any] = {side: points[side][n] for side in missing}
        for side, value in values.items():
            assumed[under(at, "options", n, side)] = value
        options.append(replace(option, **values) if values else option)
    return replace(issue, options=tuple(options))


def _points(options: Sequence[Option]) -> Mapping[Side, Points]:
    """The points of both sides, those given and the defaults."""
    ours, theirs = _ends(options)
    last = len(options) - 1
    us, them = [], []
    for n, option in enumerate(options):
        here, there = (
            ends[0] + (ends[1] - ends[0]) * n / last for ends in (ours, theirs)
        )
        if n in (0, last):
            here, there = ours[n > 0], theirs[n > 0]
        elif option.them is not None:
            here = _mapped(option.them, theirs, ours, here)
        elif option.us is not None:
            there = _mapped(option.us, ours, theirs, there)
        us.append(here if option.us is None else option.us)
        them.append(there if option.them is None else option.them)
    return {"us": us, "them": them}


def _ends(options: Sequence[Option]) -> tuple[Ends, Ends]:
    """The points at both ends, ours and theirs.

    An end that is not given is the other one's opposite; where a side gave neither,
    its ends run against the other side's. Where nobody gave any, our best stands first.
    """
    first, last = options[0], options[-1]
    ours, theirs = _own_ends(first.us, last.us), _own_ends(first.them, last.them)
    if ours is None:
        falls = theirs is None or theirs[0] <= theirs[1]
        ours = (BEST, WORST) if falls else (WORST, BEST)
    if theirs is None:
        theirs = (WORST, BEST) if ours[0] >= ours[1] else (BEST, WORST)
    return ours, theirs


def _own_ends(first: float | None, last: float | None) -> Ends | None:
    if first is not None and last is not None:
        return first, last
    if first is not None:
        return first, _opposite(first)
    return None if last is None else (_opposite(last), last)


def _opposite(end: float) -> float:
    return WORST if end >= MIDDLE else BEST


def _mapped(value: float, start: Ends, end: Ends, otherwise: float) -> float:
    """A value between two ends, as far along between two others."""
    span = start[1] - start[0]
    if not span:
        return otherwise
    found = end[0] + (value - start[0]) / span * (end[1] - end[0])
    return found if isfinite(found) and abs(found) <= MOST else otherwise


# --- Weights


def _weights(
    issues: Mapping[str, AgreementIssue], side: Side
) -> tuple[dict[str, float], bool]:
    """The weights that are missing, by issue; and whether they are ranges of points."""
    sheet = {at: issue for at, issue in issues.items() if _is_sheet(issue)}
    given = {
        at: weight
        for at, issue in issues.items()
        if (weight := getattr(issue.weight, side)) is not None
    }
    missing = [at for at in sheet if at not in given]
    ranges = _carried(sheet, side)
    if ranges and all(ranges.get(at) == weight for at, weight in given.items()):
        return {at: ranges[at] for at in missing}, bool(missing)
    counted = [weight for weight in given.values() if weight > 0]
    mean = sum(counted) / len(counted) if counted else WEIGHT
    return dict.fromkeys(missing, mean), False


def _carried(sheet: Mapping[str, AgreementIssue], side: Side) -> dict[str, float]:
    """The ranges of a side's points where they carry the weight; empty where not.

    They do where they differ and add up to 100 over all issues, or where points are off
    the scale from 0 to 100, as on a list read from a file. At most 100, as weights are.
    """
    points = {
        at: [getattr(option, side) for option in issue.options]
        for at, issue in sheet.items()
    }
    ranges = {at: max(values) - min(values) for at, values in points.items()}
    every = [value for values in points.values() for value in values]
    if len(set(ranges.values())) < 2:
        return {}
    off = min(every) < WORST or max(every) > BEST
    if not off and not isclose(sum(ranges.values()), BEST, rel_tol=NEAR):
        return {}
    scale = min(1.0, BEST / max(ranges.values()))
    return {at: length * scale for at, length in ranges.items()}


# --- The future


def _with_rate(plan: Plan, assumed: dict[str, float]) -> Plan:
    """Assume the yearly rate.

    Not where the future would be worth more than any sum at it: there it is asked for.
    """
    future = plan.future
    if future.discount_rate is not None:
        return plan
    rated = replace(future, discount_rate=RATE)
    chances = (future.continue_chance, future.continue_chance_if_we_give)
    if any(multiple_at(rated, c) is None for c in chances if c is not None):
        return plan
    assumed[RATE_AT] = RATE
    return replace(plan, future=rated)
