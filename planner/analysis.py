"""Everything that follows from a plan, computed once and only when asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

from planner import relationship, scoring, stance
from planner.alternatives import reservation_value
from planner.frontier import Deal, frontier
from planner.plan import AgreementIssue, Offer, Option, Plan
from planner.relationship import Relationship
from planner.scoring import Score, Scores
from planner.solutions import nash
from planner.stance import Boundary, Stance

__all__ = ["Analysis", "Package", "Trade"]

NEGLIGIBLE = 1e-6  # points, or money a point: under it an anchor holds nothing
MOST_DEALS = 5_000  # deals listed one by one, for the chart; more are not drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A whole deal: an option for each counted issue, and its points to each side."""

    us: float
    them: float
    terms: tuple[tuple[Score, Option], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """Give on one issue and gain on another: both sides come out ahead.

    ``ratio`` is how much more the gained issue matters to us, relative to them,
    than the given one; over 1.
    """

    give: Score
    gain: Score
    ratio: float


class Analysis:
    """Everything that follows from ``plan``. Nothing is computed before it is asked."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @cached_property
    def relationship(self) -> Relationship:
        """What the future is worth, to each side."""
        return relationship.value(self.plan.future)

    @cached_property
    def scores(self) -> Scores:
        """The issues of the deal in points."""
        return scoring.scores(self.plan)

    @property
    def counted(self) -> tuple[Score, ...]:
        """The issues that can be counted and leave us an option within our limit."""
        return tuple(score for score in self.scores.counted if score.allowed)

    @cached_property
    def frontier(self) -> tuple[Package, ...]:
        """The efficient deals within our limits, best for us first."""
        return tuple(map(self._package, frontier(self._allowed_points())))

    @cached_property
    def deals(self) -> tuple[tuple[float, float], ...]:
        """Every deal within our limits as (us, them) points; none over 5,000."""
        issues = self._allowed_points()
        if not issues or prod(map(len, issues)) > MOST_DEALS:
            return ()
        return tuple(
            (sum(us for us, _ in deal), sum(them for _, them in deal))
            for deal in product(*issues)
        )

    @cached_property
    def point_worth(self) -> float | None:
        """What one of our points is worth in money, by the money anchor."""
        anchor = self.plan.money
        score = self._counted(anchor.issue)
        if anchor.worth is None or score is None:
            return None
        start, end = (_index(score.issue, n) for n in (anchor.start, anchor.end))
        if start is None or end is None:
            return None
        step = score.us[end] - score.us[start]
        if abs(step) < NEGLIGIBLE or anchor.worth / step < NEGLIGIBLE:
            return None
        return anchor.worth / step

    @cached_property
    def spread(self) -> float | None:
        """What our best feasible deal is worth over our worst, in money."""
        if self.point_worth is None or not self.counted:
            return None
        points = sum(
            max(s.us[i] for i in s.allowed) - min(s.us[i] for i in s.allowed)
            for s in self.counted
        )
        return points * self.point_worth

    @cached_property
    def stance(self) -> Stance:
        """How to play it."""
        known = self.relationship
        return stance.choose(
            known.ours, known.theirs, self.spread, self.plan.future.talking_costs
        )

    @cached_property
    def boundaries(self) -> tuple[Boundary, ...]:
        """Where the stance changes, the nearest first."""
        return stance.boundaries(self.plan.future, self.spread)

    @cached_property
    def walk_away(self) -> float | None:
        """Our reservation value, in money; None while it is not known."""
        return reservation_value(self.plan.alternatives.us)

    @cached_property
    def walk_away_points(self) -> float | None:
        """Our reservation value in points of the deal."""
        if self.walk_away is None or self.point_worth is None:
            return None
        return self.walk_away / self.point_worth

    @cached_property
    def balanced(self) -> Package | None:
        """The Nash deal, from our walk-away (else our worst) and their worst."""
        deals = [Deal(p.us, p.them, (i,)) for i, p in enumerate(self.frontier)]
        best = nash(deals, (max(self.walk_away_points or 0.0, 0.0), 0.0))
        return self.frontier[best.choice[0]] if best else None

    @cached_property
    def trades(self) -> tuple[Trade, ...]:
        """Trades across two issues, best first: the classic logroll.

        An issue is given where it matters more to them than to us, and gained
        where it is the other way round. See [FromanCohen1970].
        """
        pairs = [
            Trade(give=give, gain=gain, ratio=_ratio(gain) / _ratio(give))
            for give, gain in product(filter(_opposed, self.counted), repeat=2)
            if 0 < _ratio(give) < 1 < _ratio(gain)
        ]
        return tuple(sorted(pairs, key=lambda trade: -trade.ratio))

    def points(self, offer: Offer) -> Package | None:
        """An offer in points; None unless it settles every counted issue."""
        chosen = [
            (score, _index(score.issue, offer.terms.get(score.issue.id or "")))
            for score in self.scores.counted
        ]
        if not chosen or any(i is None for _, i in chosen):
            return None
        return _packed([(score, i) for score, i in chosen if i is not None])

    def better_than(self, package: Package) -> Package | None:
        """The efficient deal best for us that gives them no less; None if none is."""
        better = [
            p
            for p in self.frontier
            if p.them >= package.them - 1e-9 and p.us > package.us + 1e-9
        ]
        return better[0] if better else None

    def _allowed_points(self) -> list[list[tuple[float, float]]]:
        return [[(s.us[i], s.them[i]) for i in s.allowed] for s in self.counted]

    def _package(self, deal: Deal) -> Package:
        return _packed(
            [
                (score, score.allowed[i])
                for score, i in zip(self.counted, deal.choice, strict=True)
            ]
        )

    def _counted(self, issue_id: str | None) -> Score | None:
        counted = self.counted if issue_id else ()
        return next((s for s in counted if s.issue.id == issue_id), None)


def _packed(chosen: Sequence[tuple[Score, int]]) -> Package:
    return Package(
        us=sum(score.us[i] for score, i in chosen),
        them=sum(score.them[i] for score, i in chosen),
        terms=tuple((score, score.issue.options[i]) for score, i in chosen),
    )


def _index(issue: AgreementIssue, name: str | None) -> int | None:
    names = [option.name for option in issue.options]
    return names.index(name) if name in names else None


def _opposed(score: Score) -> bool:
    """Whether what is best for us is not also best for them."""
    best = score.us.index(max(score.us))
    return score.them[best] < max(score.them)


def _ratio(score: Score) -> float:
    """How much more the issue matters to us than to them, in points."""
    return score.swing_us / score.swing_them if score.swing_them else float("inf")
