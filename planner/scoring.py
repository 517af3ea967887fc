"""Points: what each option of each issue is worth to each side."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.address import under
from planner.plan import AgreementIssue, Option, Plan

__all__ = ["Gap", "Score", "Scores", "scores"]

WHOLE = 100.0  # points that the best deal is worth to a side


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A figure that scoring needs and the plan does not give."""

    at: str
    asks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One issue of the deal in points, ``us[i]`` and ``them[i]`` for option ``i``.

    Over all issues a side's best options add up to 100 and its worst to 0.
    ``allowed`` lists the options that are no worse for us than our limit.
    """

    at: str
    issue: AgreementIssue
    us: tuple[float, ...]
    them: tuple[float, ...]
    allowed: tuple[int, ...]

    @property
    def swing_us(self) -> float:
        """What the whole issue is worth to us, in points."""
        return max(self.us) - min(self.us)

    @property
    def swing_them(self) -> float:
        """What the whole issue is worth to them, in points."""
        return max(self.them) - min(self.them)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Every issue that can be scored, and what is missing for the others."""

    counted: tuple[Score, ...]
    gaps: tuple[Gap, ...]


def scores(plan: Plan) -> Scores:
    """Score the deal: weight × option value, both by range (swing weights).

    Weights are normalised to a sum of 100 points over the issues that can be
    counted; option values run from 0 to 1 over the range of the options given.
    An issue with an unanswered figure is left out and asked about. See
    [Edwards1977].
    """
    gaps = [gap for at, issue in plan.agreement.items() for gap in _gaps(at, issue)]
    open_at = {gap.at for gap in gaps}
    ready = {
        at: issue
        for at, issue in plan.agreement.items()
        if not any(place.startswith(f"{at}/") for place in open_at)
    }
    whole_us = sum(_weight(issue.weight.us) for issue in ready.values())
    whole_them = sum(_weight(issue.weight.them) for issue in ready.values())
    if ready and not (whole_us and whole_them):
        side = "them" if whole_us else "us"
        at = under(next(iter(ready)), "weight", side)
        gaps.append(Gap(at=at, asks="Which issue matters most? All weights are 0."))
        ready = {}
    counted = tuple(
        _score(at, issue, whole_us, whole_them) for at, issue in ready.items()
    )
    return Scores(counted=counted, gaps=tuple(gaps))


def _score(at: str, issue: AgreementIssue, whole_us: float, whole_them: float) -> Score:
    return Score(
        at=at,
        issue=issue,
        us=_part_worths([o.us for o in issue.options], issue.weight.us, whole_us),
        them=_part_worths(
            [o.them for o in issue.options], issue.weight.them, whole_them
        ),
        allowed=_allowed(issue),
    )


def _part_worths(
    values: Sequence[float | None], weight: float | None, whole: float
) -> tuple[float, ...]:
    known = [value or 0.0 for value in values]
    worst, spread = min(known), max(known) - min(known)
    scale = WHOLE * _weight(weight) / whole / spread if spread else 0.0
    return tuple((value - worst) * scale for value in known)


def _allowed(issue: AgreementIssue) -> tuple[int, ...]:
    limit = issue.option(issue.limit)
    return tuple(
        i
        for i, option in enumerate(issue.options)
        if limit is None or (option.us or 0.0) >= (limit.us or 0.0)
    )


def _weight(weight: float | None) -> float:
    return weight or 0.0


def _gaps(at: str, issue: AgreementIssue) -> list[Gap]:
    """What is missing before an issue can be scored."""
    name = issue.name or "this issue"
    asks = {
        under(at, "weight", "us"): f"How much does {name} matter to you?",
        under(at, "weight", "them"): f"How much does {name} matter to them?",
    }
    weights = {
        under(at, "weight", "us"): issue.weight.us,
        under(at, "weight", "them"): issue.weight.them,
    }
    missing = [
        Gap(at=p, asks=asks[p]) for p, weight in weights.items() if weight is None
    ]
    if not issue.options:
        place = under(at, "options")
        missing.append(Gap(at=place, asks=f"How could {name} be settled?"))
    for i, option in enumerate(issue.options):
        missing += _option_gaps(under(at, "options", i), option, name)
    return missing


def _option_gaps(at: str, option: Option, issue: str) -> list[Gap]:
    name = option.name or "this option"
    sides = (("us", option.us, "you"), ("them", option.them, "them"))
    return [
        Gap(at=under(at, key), asks=f"What is “{name}” on {issue} worth to {whom}?")
        for key, value, whom in sides
        if value is None
    ]
