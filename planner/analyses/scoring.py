"""Points: what each option of each issue is worth to each side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.analyses.assumed import is_ranked
from planner.analyses.weights import from_ranking
from planner.plan.address import under
from planner.plan.rows import question
from planner.plan.values import SIDES, AgreementIssue, Option, Plan, Side

__all__ = ["WHOLE", "Gap", "Score", "Scores", "raw_weight", "scores", "shares"]

WHOLE = 100.0  # points that the best deal is worth to a side


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A figure that scoring needs and the plan does not give."""

    at: str
    asks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One issue of the deal in points, ``us[i]`` and ``them[i]`` for option ``i``.

    Over all issues a side's best options add up to 100 and its worst to 0;
    where no options differ to it, all are 0.
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
    """Every issue that can be scored, and what is missing for the others.

    ``disclosure`` says how our weights were made where only a ranking was given.
    """

    counted: tuple[Score, ...]
    gaps: tuple[Gap, ...]
    disclosure: str = ""


def scores(plan: Plan) -> Scores:
    """Score the deal: weight × option value, both by range (swing weights).

    Weights are normalised to a sum of 100 points over the issues that can be
    counted and whose options differ; option values run from 0 to 1 over the range
    of the options given. An issue with an unanswered figure is left out and asked
    about. Where we rank all issues and weigh none, weights are made from the
    ranks, and said to be. See [Edwards1977].
    """
    plan, disclosure = _weighed(plan)
    gaps = [gap for at, issue in plan.agreement.items() for gap in _gaps(at, issue)]
    open_at = {gap.at for gap in gaps}
    ready = {
        at: issue
        for at, issue in plan.agreement.items()
        if not any(place.startswith(f"{at}/") for place in open_at)
    }
    for side in SIDES:
        if ready and not any(getattr(issue.weight, side) for issue in ready.values()):
            at = under(next(iter(ready)), "weight", side)
            gaps.append(Gap(at=at, asks="Which issue matters most? All weights are 0."))
            ready = {}
    issues = list(ready.values())
    us, them = (_part_worths(issues, side) for side in SIDES)
    counted = tuple(
        Score(at=at, issue=v, us=us[i], them=them[i], allowed=_allowed(v))
        for i, (at, v) in enumerate(ready.items())
    )
    return Scores(counted=counted, gaps=tuple(gaps), disclosure=disclosure)


def shares(score: Score, side: Side) -> tuple[float, ...]:
    """Return the option values of an issue from 0 for the worst to 1 for the best.

    All 0 where none differ. Unlike points they do not depend on the weights.
    """
    return _shares([getattr(option, side) or 0.0 for option in score.issue.options])


def raw_weight(score: Score, side: Side) -> float:
    """Return a side's weight as typed; 0 where the options do not differ to it."""
    weight = getattr(score.issue.weight, side) or 0.0
    return weight if any(shares(score, side)) else 0.0


def _weighed(plan: Plan) -> tuple[Plan, str]:
    """The plan with weights from our ranking, if that is all we gave; and the word."""
    if not is_ranked(plan):
        return plan, ""
    ranked = list(plan.agreement.values())
    places = {issue_id: i for i, issue_id in enumerate(plan.ranking) if issue_id}
    made = from_ranking(len(ranked))
    ranked.sort(key=lambda issue: places[issue.id or ""])
    weights = {v.id: w * WHOLE for v, w in zip(ranked, made.weights, strict=True)}
    weighed = tuple(
        replace(issue, weight=replace(issue.weight, us=weights[issue.id]))
        if isinstance(issue, AgreementIssue)
        else issue
        for issue in plan.issues
    )
    return replace(plan, issues=weighed), made.says


def _part_worths(
    issues: Sequence[AgreementIssue], side: Side
) -> list[tuple[float, ...]]:
    """What every option of every issue is worth to one side, in points."""
    values = [[getattr(o, side) or 0.0 for o in issue.options] for issue in issues]
    swings = [
        getattr(issue.weight, side) if max(known) > min(known) else 0.0
        for issue, known in zip(issues, values, strict=True)
    ]
    whole = sum(swings) or 1.0
    return [
        tuple(WHOLE * swing / whole * share for share in _shares(known))
        for swing, known in zip(swings, values, strict=True)
    ]


def _shares(values: Sequence[float]) -> tuple[float, ...]:
    """The values from 0 for the worst to 1 for the best; all 0 where none differ."""
    worst, spread = min(values), max(values) - min(values)
    return tuple((value - worst) / (spread or 1.0) for value in values)


def _allowed(issue: AgreementIssue) -> tuple[int, ...]:
    limit = issue.option(issue.limit)
    return tuple(
        i
        for i, option in enumerate(issue.options)
        if limit is None or (option.us or 0.0) >= (limit.us or 0.0)
    )


def _gaps(at: str, issue: AgreementIssue) -> list[Gap]:
    """What is missing before an issue can be scored."""
    name = issue.name or "this issue"
    weights = {
        under(at, "weight", "us"): issue.weight.us,
        under(at, "weight", "them"): issue.weight.them,
    }
    missing = [
        Gap(at=p, asks=question(p, issue=name))
        for p, weight in weights.items()
        if weight is None
    ]
    if len(issue.options) == 1 and _is_open(issue.options[0]):
        place = under(at, "options")
        return [Gap(at=place, asks=f"How else could {name} be settled?")]
    if not issue.options:
        place = under(at, "options")
        missing.append(Gap(at=place, asks=question(place, issue=name)))
    for i, option in enumerate(issue.options):
        missing += _option_gaps(under(at, "options", i), option, name)
    return missing


def _is_open(option: Option) -> bool:
    return option.us is None or option.them is None


def _option_gaps(at: str, option: Option, issue: str) -> list[Gap]:
    name = option.name or "this option"
    places = [under(at, side) for side in SIDES if getattr(option, side) is None]
    return [Gap(at=p, asks=question(p, issue=issue, option=name)) for p in places]
