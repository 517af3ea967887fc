"""Everything that follows from a plan, computed once and only when asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

from planner.analyses import (
    consistency,
    ledger,
    orientation,
    relationship,
    scoring,
    stance,
    trust,
)
from planner.analyses.alternatives import (
    Range,
    Zone,
    first_middle,
    price_zone,
    reservation_range,
    reservation_value,
)
from planner.analyses.assumed import RATE_AT, Filled, fill
from planner.analyses.composing import Composed, compose
from planner.analyses.consistency import Contradiction, Question, Repair, Verdict
from planner.analyses.events import steps_of_offers
from planner.analyses.flips import Flip
from planner.analyses.frontier import Deal, Frontier, bounded_frontier
from planner.analyses.guesses import Guess, guesses_worth_asking
from planner.analyses.leaving import (
    points_of_terms,
    walk_away_in_points,
    with_values,
)
from planner.analyses.ledger import Ledger
from planner.analyses.orientation import Orientation
from planner.analyses.overtaking import package_flips
from planner.analyses.packages import Package, packed
from planner.analyses.play import Play, play
from planner.analyses.relationship import Relationship
from planner.analyses.robustness import Robustness, robustness
from planner.analyses.scoring import Score, Scores
from planner.analyses.solutions import Solution, solutions
from planner.analyses.squeeze import Squeeze, squeeze
from planner.analyses.stance import Stance
from planner.analyses.targets import Efficient, WalkAway
from planner.analyses.tornado import Bar, package_tornado, relationship_tornado
from planner.analyses.trust import Trust
from planner.analyses.worth import gains_product
from planner.plan.address import under
from planner.plan.values import (
    SIDES,
    Alternatives,
    Estimate,
    Future,
    Offer,
    Part,
    Plan,
    Side,
    Stake,
)

__all__ = ["Analysis"]

NEGLIGIBLE = 1e-6  # points, or money a point: under it an anchor holds nothing
MOST_DEALS = 5_000  # deals listed one by one, for the chart; more are not drawn


@dataclass(frozen=True)
class Analysis:
    """Everything that follows from a plan. Nothing is computed before it is asked.

    ``typed`` is the plan as the reader has it, ``plan`` the one that is reckoned with.
    ``forced`` is a stance to play instead of the plan's own.
    """

    typed: Plan
    forced: Stance | None = None

    def __reduce__(self) -> tuple[Callable[..., "Analysis"], tuple[Any, ...]]:
        """Copy the plan alone: from it the rest follows, thousands of deals perhaps."""
        return Analysis, (self.typed, self.forced)

    @cached_property
    def plan(self) -> Plan:
        """The plan that is reckoned with: what is missing and follows is filled in.

        Defaults stand in for points, weights and the yearly rate; an alternative has
        the value of its terms; a gain has the sum of its worksheet, and what could be
        squeezed out, without a figure, is what the list of issues shows.
        """
        return replace(
            self._listed, alternatives=self._alternatives, future=self._future
        )

    @cached_property
    def filled(self) -> Filled:
        """The plan with its defaults, and which they are."""
        return fill(self.typed)

    @property
    def _listed(self) -> Plan:
        """The plan whose list of issues can be reckoned with."""
        return self.filled.plan

    @cached_property
    def assumed(self) -> Mapping[str, float]:
        """The answers that nobody gave and that are reckoned with: address → value."""
        grabs = {
            under("/future", side, "one_off_gain"): stake.one_off_gain
            for side in SIDES
            if (stake := getattr(self._future, side)).from_list
        }
        known = self.filled.assumed
        if self.typed.future.continue_chance is None:  # then no year is reckoned with
            known = {at: value for at, value in known.items() if at != RATE_AT}
        return {**known, **grabs}

    @cached_property
    def _alternatives(self) -> Alternatives:
        typed, scores = self.typed.alternatives, self.scores.counted
        return replace(
            typed,
            us=with_values(typed.us, "us", scores, self.point_worth),
            them=with_values(typed.them, "them", scores, self.their_point_worth),
        )

    @cached_property
    def _future(self) -> Future:
        """The future with the sums of its worksheets, and what the list shows."""
        future = self._listed.future
        return replace(
            future,
            us=self._with_sums(future.us, "us", self.point_worth),
            them=self._with_sums(future.them, "them", self.their_point_worth),
        )

    def _with_sums(self, stake: Stake, side: Side, worth: float | None) -> Stake:
        gain, grab = _sum_of(stake.yearly_parts), _sum_of(stake.one_off_parts)
        if stake.yearly_gain is None and gain is not None:
            stake = replace(stake, yearly_gain=Estimate(likely=gain))
        if stake.one_off_gain is not None:
            return stake
        if grab is not None:
            return replace(stake, one_off_gain=grab)
        if worth is None or self._squeeze is None:
            return stake
        points = getattr(self._squeeze, side)
        return replace(stake, one_off_gain=points * worth, from_list=True)

    @cached_property
    def _squeeze(self) -> Squeeze | None:
        return squeeze(self._within, self.away, self.scores.counted)

    @cached_property
    def _within(self) -> Efficient:
        """The efficient deals within our limits, as the targets take them."""
        scores = self.scores.counted
        allowed = tuple(score.allowed for score in scores)
        return Efficient(issues=scores, allowed=allowed, deals=self._folded)

    def compose(self, terms: Mapping[str, str]) -> Composed:
        """Return what an offer is worth that nobody has made: issue id → option."""
        return compose(self._within, terms)

    @cached_property
    def relationship(self) -> Relationship:
        """What the future is worth, to each side."""
        return relationship.value(self.plan.future)

    @cached_property
    def orientation(self) -> Orientation:
        """How they see the table, by what they were seen to do."""
        return orientation.orientation(self.plan.signals, self.plan.their_frame)

    @cached_property
    def trust(self) -> Trust:
        """What trust would save, and what a betrayal would cost."""
        return trust.trust(self.plan, self.relationship)

    @cached_property
    def scores(self) -> Scores:
        """The issues of the deal in points."""
        return scoring.scores(self._listed)

    @cached_property
    def counted(self) -> tuple[Score, ...]:
        """The issues that can be counted and leave us an option within our limit."""
        return tuple(score for score in self.scores.counted if score.allowed)

    @cached_property
    def frontier(self) -> tuple[Package, ...]:
        """The efficient deals within our limits, best for us first."""
        return tuple(map(self._package, self._folded))

    @property
    def exact(self) -> bool:
        """Whether the efficient deals are all there are, or a budget left some out."""
        return self._folded.exact

    @cached_property
    def _folded(self) -> Frontier:
        return bounded_frontier(tuple(map(tuple, self._allowed_points())))

    @property
    def deals_exist(self) -> bool:
        """Whether there is a deal within our limits that can be counted."""
        return len(self._folded) > 0

    def efficient(self, number: int) -> Package:
        """One of the efficient deals by its number, as in ``frontier``."""
        return self._package(self._folded[number])

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
        worth, step = self.typed.money.worth, self.priced_step
        if worth is None or step is None or worth / step < NEGLIGIBLE:
            return None
        return worth / step

    @property
    def their_point_worth(self) -> float | None:
        """What one of their points is worth in money; None where that is not known.

        A unit of money on the issue of the anchor is taken to be worth the same to
        both (ours).
        """
        anchor, score = self.typed.money, self._counted(self.typed.money.issue)
        if score is None or self.point_worth is None or anchor.worth is None:
            return None
        start, end = (score.issue.index(n) for n in (anchor.start, anchor.end))
        if start is None or end is None:
            return None
        step = abs(score.them[end] - score.them[start])
        return abs(anchor.worth) / step if step > NEGLIGIBLE else None

    @property
    def priced_step(self) -> float | None:
        """What the step of the money anchor brings us, in points; less than 0 costs.

        None where it brings nothing, or cannot be counted.
        """
        anchor = self.typed.money
        score = self._counted(anchor.issue)
        if score is None:
            return None
        start, end = (score.issue.index(n) for n in (anchor.start, anchor.end))
        if start is None or end is None:
            return None
        step = score.us[end] - score.us[start]
        return None if abs(step) < NEGLIGIBLE else step

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
        return self.forced or stance.stance_at(
            self.plan.future, self.spread, self.orientation.relational
        )

    @cached_property
    def boundaries(self) -> tuple[Flip[Stance], ...]:
        """Where the stance changes, the nearest first."""
        return stance.boundaries(
            self.plan.future, self.spread, self.orientation.relational
        )

    @cached_property
    def other_flips(self) -> tuple[Flip[Stance], ...]:
        """Where the stance changes as a rate, a term or an end of a range moves.

        The figures that ``boundaries`` covers are left to it.
        """
        seen = {boundary.at for boundary in self.boundaries}
        return stance.other_flips(
            self.plan.future, self.spread, self.orientation.relational, seen
        )

    @property
    def aim_worth(self) -> float | None:
        """What the deal to aim for is worth to us, in money."""
        if self.play.aim is None or self.point_worth is None:
            return None
        return self.play.aim.us * self.point_worth

    @cached_property
    def walk_away(self) -> float | None:
        """Our reservation value, in money; None while it is not known."""
        return reservation_value(self._alternatives.us)

    @cached_property
    def walk_away_points(self) -> float | None:
        """Our reservation value in points of the deal."""
        return self.away.us

    @property
    def worths_of_leaving(self) -> list[float]:
        """What each of our alternatives counts, chance × worth; 0 where unknown."""
        return [
            (one.chance or 0.0)
            * (
                one.value
                if one.value is not None
                else points_of_terms(one, "us", self.scores.counted) or 0.0
            )
            for one in self._alternatives.us
        ]

    @cached_property
    def away(self) -> WalkAway:
        """What leaving is worth to each side, in points."""
        return walk_away_in_points(
            self._alternatives.us,
            self._alternatives.them,
            self.scores.counted,
            self.point_worth,
            self.their_point_worth,
        )

    @cached_property
    def play(self) -> Play:
        """What to offer, ask, accept or refuse; nothing else works out an offer."""
        return play(self)

    @cached_property
    def ledger(self) -> Ledger:
        """What was given, what came back, and where it ends."""
        first = next((o for o in self.plan.offers if o.by == "us"), None)
        return ledger.ledger(
            self.plan.moves,
            self.plan.issues,
            self.scores.counted,
            offered=steps_of_offers(self.plan, self.scores.counted),
            opening=first.terms if first else None,
            point_worth=self.point_worth,
            premium=self.relationship.premium,
            walk_away_points=self.walk_away_points,
        )

    @cached_property
    def solutions(self) -> tuple[Solution, ...]:
        """What four published rules would pick, each with its scale."""
        return solutions(self._deals, self._disagreement)

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Where our ranking contradicts our weights, the worst first."""
        return consistency.contradictions(self.plan)

    @cached_property
    def ranking_repair(self) -> Repair | None:
        """The least change of weights that makes them agree with the ranking."""
        return consistency.ranking_repair(self.plan)

    @cached_property
    def rather(self) -> tuple[Question, ...]:
        """Pairs of packages to check the weights with."""
        return consistency.questions(self.counted)

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Whether the weights agree with the pairs that were answered."""
        return consistency.verdicts(self.plan, self.counted)

    @cached_property
    def comparison_repair(self) -> Repair | None:
        """A change of weights after which they agree with the answers."""
        return consistency.repair(self.plan, self.counted)

    @cached_property
    def guesses(self) -> tuple[Guess, ...]:
        """The guesses about their weights most worth asking about, at most three."""
        return guesses_worth_asking(self.counted, *self._disagreement)

    @cached_property
    def robustness(self) -> Robustness | None:
        """How often the fair deal stays the best of those we would offer.

        The others are what the other rules would pick, and the packages to offer.
        """
        if self.play.fair is None:
            return None
        return robustness(
            self.counted,
            self._candidates,
            0,
            gains_product(*self._disagreement),
            ranking=[issue for issue in self.plan.ranking if issue],
        )

    @cached_property
    def aim_flips(self) -> tuple[Flip[int], ...]:
        """Where another deal that we would offer overtakes the fair one, nearest first.

        Empty while no deal is fair: then there is none to overtake.
        """
        if self.play.fair is None:
            return ()
        worth = gains_product(*self._disagreement)
        return package_flips(self.counted, self._candidates, worth)

    @cached_property
    def aim_tornado(self) -> tuple[Bar, ...]:
        """What each of our weights does to the aim's points, longest bar first."""
        if self.play.aim is None:
            return ()
        return package_tornado(self.counted, _numbers(self.play.aim))

    @cached_property
    def tornado(self) -> tuple[Bar, ...]:
        """What each answer does to the value of the future, longest bar first."""
        return relationship_tornado(self.plan.future)

    @cached_property
    def their_walk_away(self) -> Range | None:
        """What walking away is worth to them, in money, as a range."""
        return reservation_range(self._alternatives.them)

    @cached_property
    def zone(self) -> Zone | None:
        """The zone of agreement on the price alone, where the anchor is a price."""
        return price_zone(self.plan)

    @cached_property
    def first_middle(self) -> float | None:
        """The middle of each side's first price, where the anchor is a price."""
        return first_middle(self.plan)

    @property
    def _deals(self) -> list[Deal]:
        """The efficient deals by their number."""
        return [Deal(p.us, p.them, (i,)) for i, p in enumerate(self._folded)]

    @property
    def _disagreement(self) -> tuple[float, float]:
        """Where both stand without a deal: each walk-away, their worst if not known."""
        return self.walk_away_points or 0.0, self.play.their_walk_away

    @property
    def _candidates(self) -> list[tuple[int, ...]]:
        """The fair deal and its rivals, as option numbers."""
        picked = [deal for rule in self.solutions for deal in rule.deals[:1]]
        rivals = [self.efficient(deal.choice[0]) for deal in picked]
        own = [self.play.fair] if self.play.fair else []
        offered = [*own, *rivals, *self.play.packages]
        return list(dict.fromkeys(map(_numbers, offered)))

    def points(self, offer: Offer) -> Package | None:
        """An offer in points; None unless it settles every counted issue."""
        chosen = [
            (score, score.issue.index(offer.terms.get(score.issue.id or "")))
            for score in self.scores.counted
        ]
        if not chosen or any(i is None for _, i in chosen):
            return None
        return packed([(score, i) for score, i in chosen if i is not None])

    def better_than(self, package: Package) -> Package | None:
        """The efficient deal best for us that gives them no less; None if none is.

        Nor is there one where we would do better to walk away.
        """
        better = (
            i
            for i, deal in enumerate(self._folded)
            if deal.them >= package.them - 1e-9
            and deal.us > package.us + 1e-9
            and deal.us >= self._disagreement[0]
        )
        first = next(better, None)
        return None if first is None else self.efficient(first)

    def _allowed_points(self) -> list[list[tuple[float, float]]]:
        return [[(s.us[i], s.them[i]) for i in s.allowed] for s in self.counted]

    def _package(self, deal: Deal) -> Package:
        return packed(
            [
                (score, score.allowed[i])
                for score, i in zip(self.counted, deal.choice, strict=True)
            ]
        )

    def _counted(self, issue_id: str | None) -> Score | None:
        counted = self.counted if issue_id else ()
        return next((s for s in counted if s.issue.id == issue_id), None)


def _sum_of(parts: Sequence[Part]) -> float | None:
    """The sum of a worksheet; None while no line of it has an amount."""
    worths = [part.worth for part in parts if part.worth is not None]
    return sum(worths) if worths else None


def _numbers(package: Package) -> tuple[int, ...]:
    """A package as the number of the option chosen on each issue."""
    return tuple(score.issue.options.index(option) for score, option in package.terms)
