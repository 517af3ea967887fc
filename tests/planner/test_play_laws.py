"""What holds for the line of play of any plan, in every stance and phase."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from planner.analyses.analysis import Analysis
from planner.analyses.doubts import WEIGHT, doubt
from planner.analyses.events import course, events, steps_of_offers
from planner.analyses.ledger import Ledger, ledger
from planner.analyses.packages import Package, Shift
from planner.analyses.play import Play, play
from planner.analyses.scoring import Score
from planner.analyses.stance import Stance
from planner.analyses.trades import Trade
from planner.plan.values import (
    Alternatives,
    Move,
    Offer,
    Option,
    Plan,
    Points,
    Side,
)
from tests import strategies
from tests.planner import brute

ROUNDING = 1e-6

# Nine stances and six phases: more examples than for a law of one thing.
wide = settings(max_examples=2 * settings().max_examples)

every_stance = st.sampled_from(Stance)


@dataclass(frozen=True)
class Line:
    """A plan, a stance that is forced on it, and what is told."""

    plan: Plan
    stance: Stance
    told: Play

    @property
    def issues(self) -> tuple[Score, ...]:
        return Analysis(self.plan).scores.counted

    @property
    def whole(self) -> Package | None:
        """Their whole offer, as it stands; None where they made none."""
        way = brute.follow(self.plan, self.issues, "them")
        if way is None or len(way.offer) < len(self.issues):
            return None
        assert self.told.their_stand is not None
        return self.told.their_stand.package


def _line(plan: Plan, stance: Stance) -> Line:
    told = play(Analysis(plan), stance)
    event(f"{stance.id}: {told.advance}")
    return Line(plan, stance, told)


lines = st.builds(_line, strategies.negotiations(), every_stance)


def in_phase(*phases: strategies.Phase) -> st.SearchStrategy[Line]:
    """Lines of plans in one of these phases."""
    return st.builds(_line, strategies.negotiations(phases), every_stance)


def points(package: Package | None) -> tuple[float, float] | None:
    """A package's points, to compare."""
    return None if package is None else (round(package.us, 6), round(package.them, 6))


@pytest.mark.property
class TestOracle:
    """The planner tells what trying every deal tells, from the sentences of old."""

    @wide
    @given(strategies.negotiations(), every_stance)
    def test_it_agrees_with_trying_every_deal(self, plan: Plan, stance: Stance) -> None:
        assume(brute.is_clear(plan))
        known = Analysis(plan)
        worth = known.point_worth
        premium, talking = known.relationship.premium, plan.future.talking_costs

        told = play(known, stance)
        expected = brute.tell(
            plan,
            stance,
            stopped=_is_stopped(known),
            ceiling=None if premium is None or worth is None else premium / worth,
            talking=0.0 if talking is None or worth is None else talking / worth,
        )

        event(f"{told.zone}, {told.advance}")
        assert (told.zone, told.advance) == (expected.zone, expected.advance)
        for name in ("fair", "best", "aim", "opening"):
            deal = getattr(expected, name)
            found = points(getattr(told, name))
            assert found == (deal and pytest.approx(deal[:2], abs=ROUNDING)), name
        assert told.level == (
            expected.level and pytest.approx(expected.level, abs=ROUNDING)
        )


def _is_stopped(known: Analysis) -> bool:
    """Whether the ledger, kept of steps and offers, is at the stop line."""
    kept = _kept(known.plan, known.walk_away_points)
    gave = kept.stop.run or any(entry.given > 1e-9 for entry in kept.entries)
    return bool(gave and kept.stop.reached)


@pytest.mark.property
class TestPackages:
    """No package is under the aim (or our stand, if lower) nor under our walk-away.

    Where we stand under it there is none; none gives them less than our stand does.
    """

    @wide
    @given(lines)
    def test_none_is_under_the_aim_or_our_lower_stand(self, line: Line) -> None:
        told = line.told
        for package in told.packages:
            assert told.aim is not None
            stand = told.stand.package.us if told.stand else told.aim.us
            assert package.us >= min(told.aim.us, stand) - ROUNDING

    @wide
    @given(lines)
    def test_none_is_under_our_walk_away(self, line: Line) -> None:
        leaving = line.told.walk_away.us or 0.0
        assert all(p.us >= leaving - ROUNDING for p in line.told.packages)

    @wide
    @given(in_phase("ours", "both", "steps", "stop"))
    def test_there_is_none_where_we_stand_under_our_walk_away(self, line: Line) -> None:
        told = line.told
        assume(told.stand is not None and told.walk_away.us is not None)
        assert told.stand is not None
        if told.stand.package.us < (told.walk_away.us or 0.0) - ROUNDING:
            assert told.packages == ()

    @wide
    @given(lines)
    def test_none_gives_them_less_than_our_stand(self, line: Line) -> None:
        stand = line.told.stand
        if stand is not None:
            given_ = stand.package.them - ROUNDING
            assert all(p.them >= given_ for p in line.told.packages)

    @wide
    @given(lines)
    def test_each_is_within_our_limits_and_takes_back_no_step(self, line: Line) -> None:
        ours = brute.follow(line.plan, line.issues, "us")
        for package in line.told.packages:
            choice = tuple(s.issue.options.index(o) for s, o in package.terms)
            assert all(i in s.allowed for s, i in zip(line.issues, choice, strict=True))
            back = ours and brute.takes_back(line.issues, ours, (0, 0, choice))
            assert not back or line.told.taken_back

    @wide
    @given(lines)
    def test_there_are_three_at_most_and_no_two_alike(self, line: Line) -> None:
        told = [package.terms for package in line.told.packages]
        assert len(told) <= 3
        assert all(one != other for i, one in enumerate(told) for other in told[:i])

    @wide
    @given(lines)
    def test_none_is_told_where_the_talks_are_not_going_on(self, line: Line) -> None:
        if line.told.advance not in ("open", "hold", "concede"):
            assert line.told.packages == ()


@pytest.mark.property
class TestTargets:
    """Opening at or over aim; both between leaving and our best."""

    @wide
    @given(lines)
    def test_we_open_at_the_aim_or_over_it(self, line: Line) -> None:
        told = line.told
        if told.opening and told.aim and told.best:
            assert told.aim.us - ROUNDING <= told.opening.us <= told.best.us + ROUNDING

    @wide
    @given(lines)
    def test_fair_and_best_leave_nobody_under_the_walk_away(self, line: Line) -> None:
        told = line.told
        least = told.walk_away.us or 0.0
        for deal in (told.fair, told.best, told.aim, told.opening):
            if deal is not None:
                assert deal.us >= least - ROUNDING
                assert (
                    told.zone != "open"
                    or deal.them >= (told.walk_away.likely or 0) - ROUNDING
                )

    @wide
    @given(strategies.negotiations())
    def test_who_claims_more_aims_no_lower(self, plan: Plan) -> None:
        """aim(claim) ≥ aim(courteous) ≥ aim(fair) ≥ aim(yield)."""
        known = Analysis(plan)
        rising = (
            Stance.YIELD,
            Stance.DEAL_FAIRLY,
            Stance.CLAIM_COURTEOUSLY,
            Stance.CLAIM,
        )
        aims = [play(known, stance).aim for stance in rising]
        assert all(
            low.us <= high.us + ROUNDING
            for low, high in pairwise(aims)
            if low is not None and high is not None
        )

    @wide
    @given(st.data(), strategies.negotiations(), every_stance)
    def test_a_step_of_ours_changes_neither_fair_nor_best(
        self, data: st.DataObject, plan: Plan, stance: Stance
    ) -> None:
        step = data.draw(strategies.steps_on(list(plan.agreement.values())))
        after = replace(plan, moves=(*plan.moves, replace(step, by="us")))

        before_, after_ = (play(Analysis(p), stance) for p in (plan, after))

        assert before_.zone == after_.zone
        assert before_.fair == after_.fair
        assert before_.best == after_.best


@pytest.mark.property
class TestBothSides:
    """Fair is the same deal seen from their side.

    Where neither has limits and both walk-aways are exact; of two deals that are
    as fair, each side names the better one for itself.
    """

    @wide
    @given(strategies.negotiations(limited=False, exact=True))
    def test_fair_is_the_same_deal_from_their_side(self, plan: Plan) -> None:
        here, there = (play(Analysis(p)) for p in (plan, _from_their_side(plan)))
        known = here.walk_away.likely is not None and there.walk_away.likely is not None
        assume(known and here.zone == "open" == there.zone)
        assert here.fair is not None
        assert there.fair is not None

        one, other = points(here.fair), points(there.fair)
        assert one is not None
        assert other is not None
        if one != other[::-1]:  # as fair: the gains change places
            us, them = here.walk_away.us or 0.0, here.walk_away.likely or 0.0
            gains = one[0] - us, one[1] - them
            theirs = other[0] - them, other[1] - us
            product, same = gains[0] * gains[1], theirs[0] * theirs[1]
            assert product == pytest.approx(same, abs=1e-3)
            assert min(gains) == pytest.approx(min(theirs), abs=1e-3)


def _from_their_side(plan: Plan) -> Plan:
    """The plan as they would write it, the step priced as it is for us."""
    issues = tuple(
        replace(
            issue,
            weight=Points(us=issue.weight.them, them=issue.weight.us),
            options=tuple(
                Option(name=o.name, us=o.them, them=o.us) for o in issue.options
            ),
        )
        for issue in plan.agreement.values()
    )
    ends = {plan.money.start, plan.money.end}
    rising = sorted(issues[0].options, key=lambda option: option.us or 0.0)
    start, *_, end = [o.name for o in rising if o.name in ends] * 2
    return replace(
        plan,
        issues=issues,
        money=replace(plan.money, start=start, end=end),
        alternatives=Alternatives(us=plan.alternatives.them, them=plan.alternatives.us),
        moves=(),
        offers=(),
    )


def every_trade(told: Play) -> tuple[Trade, ...]:
    """Those that are left, or that the opening has in it."""
    return told.trades + told.opening_trades


@pytest.mark.property
class TestTrades:
    """Every trade's nets are at least 1, and the printed nets are the nets."""

    @wide
    @given(lines)
    def test_both_nets_are_at_least_one_point(self, line: Line) -> None:
        for trade in every_trade(line.told):
            assert min(trade.us, trade.them) >= 1 - ROUNDING

    @wide
    @given(lines)
    def test_the_nets_are_what_the_options_are_worth(self, line: Line) -> None:
        for trade in every_trade(line.told):
            assert trade.us == pytest.approx(
                _change(trade.give, "us") + _change(trade.ask, "us")
            )
            assert trade.them == pytest.approx(
                _change(trade.give, "them") + _change(trade.ask, "them")
            )

    @wide
    @given(lines)
    def test_each_costs_either_side_what_it_gives(self, line: Line) -> None:
        """What costs them nothing is waste, not a trade."""
        for trade in every_trade(line.told):
            assert _change(trade.give, "us") < 0 < _change(trade.give, "them")
            assert _change(trade.ask, "them") < 0 < _change(trade.ask, "us")

    @wide
    @given(lines)
    def test_a_sure_one_pays_them_at_every_plausible_weight(self, line: Line) -> None:
        for trade in every_trade(line.told):
            give, ask = _doubt(trade.give), _doubt(trade.ask)
            worst = _change(trade.give, "them") * (1 - give) + _change(
                trade.ask, "them"
            ) * (1 + ask)
            assert trade.sure == (worst > 1e-9)

    @wide
    @given(lines)
    def test_each_leaves_the_aim_or_our_lower_stand(self, line: Line) -> None:
        told = line.told
        for trade in told.trades:
            assert told.aim is not None
            stand = told.stand.package.us if told.stand else told.aim.us
            assert trade.leaves >= min(told.aim.us, stand) - ROUNDING

    @wide
    @given(lines)
    def test_each_starts_from_where_both_stand_then(self, line: Line) -> None:
        told = line.told
        if not told.trades:
            return
        assert told.opening is not None
        ours = _terms(told.stand.package if told.stand else told.opening)
        theirs = _terms(told.their_stand.package) if told.their_stand else {}
        for trade in told.trades:
            give, ask = trade.give, trade.ask
            assert give.start == ours[give.score.at]
            assert ask.start == theirs.get(ask.score.at, ask.start)
            assert ask.end in [ask.score.issue.options[i] for i in ask.score.allowed]
            assert give.end in [give.score.issue.options[i] for i in give.score.allowed]
            ours[give.score.at], theirs[ask.score.at] = give.end, ask.end


def _terms(package: Package) -> dict[str, Option]:
    return {score.at: option for score, option in package.terms}


def _change(step: Shift, side: Side) -> float:
    worths: Sequence[float] = getattr(step.score, side)
    names = [option.name for option in step.score.issue.options]
    return worths[names.index(step.end.name)] - worths[names.index(step.start.name)]


def _doubt(step: Shift) -> float:
    return doubt(WEIGHT, step.score.issue.basis)


@pytest.mark.property
class TestTheirWholeOffer:
    """No package and no level is worth less to us than their whole offer.

    An aim under it is told as reached.
    """

    @wide
    @given(in_phase("before", "both", "steps", "stop"))
    def test_no_level_is_under_it(self, line: Line) -> None:
        whole, level = line.whole, line.told.level
        assert whole is None or level is None or level >= whole.us - ROUNDING

    @wide
    @given(in_phase("before", "both", "steps", "stop"))
    def test_no_package_is_under_it(self, line: Line) -> None:
        whole = line.whole
        assert whole is None or all(
            package.us >= whole.us - ROUNDING for package in line.told.packages
        )

    @wide
    @given(in_phase("before", "both", "steps", "stop"))
    def test_an_aim_under_it_is_reached(self, line: Line) -> None:
        whole, aim = line.whole, line.told.aim
        if aim is not None:
            assert line.told.reached == (
                whole is not None and whole.us >= aim.us - 1e-9
            )


@pytest.mark.property
class TestWhatNow:
    """What to do now is as safe as it is told."""

    @wide
    @given(in_phase("ours"))
    def test_after_our_first_offer_alone_we_hold(self, line: Line) -> None:
        assume(events(line.plan, line.issues))
        assert line.told.advance in ("hold", "leave")

    @wide
    @given(in_phase("both", "steps"))
    def test_concede_has_packages_half_a_point_under_our_stand(
        self, line: Line
    ) -> None:
        told = line.told
        if told.advance == "concede":
            assert told.stand is not None
            assert told.packages
            most = told.stand.package.us - 0.5 + ROUNDING
            assert all(package.us <= most for package in told.packages)

    @wide
    @given(in_phase("before", "both", "steps", "stop"))
    def test_accept_breaks_no_limit_and_fills_nothing_in(self, line: Line) -> None:
        told = line.told
        if told.advance != "accept":
            return
        assert line.whole is not None
        assert told.their_stand is not None
        assert told.their_stand.assumed == ()
        for score, option in told.their_stand.package.terms:
            limit = score.issue.option(score.issue.limit)
            assert limit is None or (option.us or 0.0) >= (limit.us or 0.0)

    @wide
    @given(lines)
    def test_accept_and_decide_beat_leaving(self, line: Line) -> None:
        told = line.told
        if told.advance in ("accept", "decide"):
            assert told.their_stand is not None
            leaving = told.walk_away.us or 0.0
            assert told.their_stand.package.us >= leaving - ROUNDING

    @wide
    @given(in_phase("over"))
    def test_once_it_is_over_nothing_is_offered(self, line: Line) -> None:
        told = line.told
        assert told.advance == "over"
        assert (told.level, told.packages, told.trades) == (None, (), ())

    @wide
    @given(lines)
    def test_yield_never_stops(self, line: Line) -> None:
        assert line.told.stance is not Stance.YIELD or line.told.advance != "stop"

    @wide
    @given(lines)
    def test_a_short_talk_has_one_offer_and_no_trades(self, line: Line) -> None:
        if line.told.stance is Stance.KEEP_SHORT:
            assert (line.told.packages, line.told.trades) == ((), ())
            assert points(line.told.opening) == points(line.told.aim)

    @wide
    @given(lines)
    def test_a_closed_zone_shows_no_deal(self, line: Line) -> None:
        told = line.told
        if told.zone == "closed":
            deals = (told.fair, told.best, told.aim, told.opening, told.level)
            assert deals == (None,) * 5
            assert (told.packages, told.trades) == ((), ())
            assert told.advance in ("leave", "over")


@pytest.mark.property
class TestComingDown:
    """The level falls by less each round, and n answered rounds reach the aim."""

    @wide
    @given(lines)
    def test_each_step_is_smaller_than_the_one_before(self, line: Line) -> None:
        plan = line.told.schedule
        assume(plan is not None)
        assert plan is not None
        assume(plan.step is not None and plan.first >= plan.aim)
        levels = [plan.at(j) for j in range(int(plan.rounds) + 3)]
        falls = [before - after for before, after in pairwise(levels)]

        assert levels[0] == pytest.approx(plan.first)
        assert levels[-1] == plan.aim
        assert all(b <= a + ROUNDING for a, b in pairwise(falls))
        assert min(falls) >= 0

    @wide
    @given(in_phase("ours", "both", "steps", "stop"))
    def test_a_step_for_a_step_gives_no_more_than_came_back(self, line: Line) -> None:
        told, matching = line.told, (Stance.PROBE, Stance.PROTECT, Stance.UNDECIDED)
        if told.stance in matching and told.level is not None and told.stand:
            theirs = brute.follow(line.plan, line.issues, "them")
            least = told.stand.package.us - brute.last_brought(theirs)
            assert told.level >= least - ROUNDING

    @wide
    @given(strategies.negotiations(("before",)), every_stance, st.booleans())
    def test_following_the_advice_reaches_the_aim(
        self, plan: Plan, stance: Stance, typed: bool
    ) -> None:
        """They answer each offer with one that is worth a little more to us.

        In each round we offer the first of the packages, by an offer or by steps.
        Where we give a step only for a step, theirs may be too small to bring us
        there; and who can say yes, must stop, or is offered the aim goes no further.
        """
        talks = _Talks(plan, stance, typed=typed)
        assume(stance is not Stance.KEEP_SHORT and talks.told.packages)
        rounds = int(plan.rounds or 4)
        for number in range(1, rounds + 1):
            talks.say("us", _terms(talks.told.packages[0]))
            assume(talks.answer())
            told, plan_ = talks.told, talks.told.schedule
            assert plan_ is not None
            assert told.level is not None
            assume(told.advance in ("concede", "hold") and not told.reached)
            assume(told.level <= plan_.at(number) + ROUNDING)
            if told.advance == "hold":
                break
            assert plan_.taken == number - 1
        event(f"{stance.id} ends in {told.advance}")
        assert told.aim is not None
        assert told.stand is not None
        if told.advance == "hold":  # nothing is left to concede
            assert told.stand.package.us <= told.aim.us + 0.5 + ROUNDING
        else:
            assert told.level == pytest.approx(told.aim.us)


class _Talks:
    """Talks in which we follow the advice, from before the first word."""

    def __init__(self, plan: Plan, stance: Stance, *, typed: bool) -> None:
        self.plan = replace(plan, offers=(), moves=())
        self.stance, self.typed = stance, typed
        self.issues = Analysis(plan).scores.counted
        best = [brute.best_for(score, "them") for score in self.issues]
        self.theirs = {
            score.at: score.issue.options[i]
            for score, i in zip(self.issues, best, strict=True)
        }
        self.stands: dict[Side, dict[str, Option]] = {}
        self.number = 0.0

    @property
    def told(self) -> Play:
        return play(Analysis(self.plan), self.stance)

    def say(self, by: Side, terms: dict[str, Option]) -> None:
        """Make an offer, or from the second on the steps to it."""
        self.number += 1
        before = self.stands.get(by)
        if self.typed and before is not None:
            steps = [
                Move(
                    round=self.number,
                    by=by,
                    issue=score.issue.id,
                    start=before[score.at].name,
                    end=terms[score.at].name,
                )
                for score in self.issues
                if terms[score.at] != before[score.at]
            ]
            self.plan = replace(self.plan, moves=(*self.plan.moves, *steps))
        else:
            named = {s.issue.id or "": terms[s.at].name or "" for s in self.issues}
            offer = Offer(by=by, terms=named)
            self.plan = replace(self.plan, offers=(*self.plan.offers, offer))
        self.stands[by] = dict(terms)

    def answer(self) -> bool:
        """Have them offer the least that is more for us; whether they have any."""
        better = [
            (score.us[i] - score.us[held], score, i)
            for score in self.issues
            for held in [score.issue.options.index(self.theirs[score.at])]
            for i in range(len(score.us))
            if score.us[i] > score.us[held] + ROUNDING
        ]
        if not better:
            return False
        _, score, i = min(better, key=lambda step: step[0])
        self.theirs[score.at] = score.issue.options[i]
        self.say("them", self.theirs)
        return True


@pytest.mark.property
class TestOffersAreSteps:
    """An offer equal to a step gives the same as that step without a reason.

    The same given, received and surplus, and the same stands, if it is in the same
    round. (The books are kept here of the steps that ``events`` reads.) Where
    a side takes something back, its offer needs to name the round: nothing else tells
    it from one that was made before the steps that go beyond it.
    """

    @wide
    @given(
        st.data(),
        strategies.negotiations(("both", "steps")),
        every_stance,
        st.booleans(),
    )
    def test_an_offer_equal_to_a_step_gives_the_same(
        self, data: st.DataObject, plan: Plan, stance: Stance, numbered: bool
    ) -> None:
        step, by_offer = _step_and_offer(data, plan, numbered=numbered)

        one, other = (play(Analysis(p), stance) for p in (step, by_offer))

        assert _stands(one) == _stands(other)
        assert _books(step) == pytest.approx(_books(by_offer))

    @wide
    @given(
        st.data(),
        strategies.negotiations(("both", "steps")),
        every_stance,
        st.booleans(),
    )
    def test_a_step_and_its_offer_are_one(
        self, data: st.DataObject, plan: Plan, stance: Stance, numbered: bool
    ) -> None:
        """The step stays with its reason, and counts once."""
        step, by_offer = _step_and_offer(data, plan, numbered=numbered)
        both = replace(step, offers=by_offer.offers)

        one, other = (play(Analysis(p), stance) for p in (step, both))

        assert one.schedule == other.schedule
        assert _books(step) == pytest.approx(_books(both))
        assert _steps(step) == _steps(both)


def _stands(told: Play) -> list[tuple[float, float] | None]:
    stands = (told.stand, told.their_stand)
    return [points(stand.package if stand else None) for stand in stands]


def _step_and_offer(
    data: st.DataObject, plan: Plan, *, numbered: bool
) -> tuple[Plan, Plan]:
    """The plan after a step of a side that has made an offer, and after its offer.

    The offers so far name their rounds; the last does where it is ``numbered``.
    """
    scores = Analysis(plan).scores.counted
    said = events(plan, scores)
    rounds = {event.at: event.round for event in said}
    offers = [
        replace(offer, round=rounds.get(f"/offers/{i}"))
        for i, offer in enumerate(plan.offers)
    ]
    plan = replace(plan, offers=tuple(offers))
    last = max((event.round for event in said), default=0.0) + 1
    step = data.draw(strategies.steps_on([score.issue for score in scores]))
    assert step.by is not None
    way = course(said, scores, step.by)
    made = any(offer.by == step.by and offer.terms for offer in plan.offers)
    assume(way is not None and made)
    assert way is not None
    stands = {
        score.issue.id or "": score.issue.options[i].name or ""
        for score, i in zip(scores, way.held, strict=True)
    }
    step = replace(step, round=last, start=stands[step.issue or ""])
    own = [move for move in (*_every_move(plan), step) if move.by == step.by]
    assume(step.start != step.end)
    assume(numbered or all(_gives(move, scores) for move in own))
    offer = Offer(
        by=step.by,
        round=last if numbered else None,
        terms=stands | {step.issue or "": step.end or ""},
    )
    by_offer = replace(plan, offers=(*plan.offers, offer))
    assume(max(event.round for event in events(by_offer, scores)) == last)
    return replace(plan, moves=(*plan.moves, step)), by_offer


def _gives(step: Move, scores: Sequence[Score]) -> bool:
    score = next(score for score in scores if score.issue.id == step.issue)
    names = [option.name for option in score.issue.options]
    worths = score.them if step.by == "us" else score.us
    return worths[names.index(step.end)] > worths[names.index(step.start)] + ROUNDING


def _steps(plan: Plan) -> list[tuple[str, ...]]:
    return sorted(
        (str(move.by), str(move.issue), str(move.start), str(move.end))
        for move in _every_move(plan)
    )


def _every_move(plan: Plan) -> tuple[Move, ...]:
    offered = steps_of_offers(plan, Analysis(plan).scores.counted)
    return *plan.moves, *(move for _, move in offered)


def _books(plan: Plan) -> tuple[float, float, float]:
    """Given, received and surplus, of the steps and the offers."""
    kept = _kept(plan, 0.0)
    return kept.given, kept.received, kept.surplus or 0.0


def _kept(plan: Plan, walk_away: float | None) -> Ledger:
    """The books of the steps that are typed and those that offers make."""
    first = next((offer for offer in plan.offers if offer.by == "us"), None)
    return ledger(
        _every_move(plan),
        plan.issues,
        Analysis(plan).scores.counted,
        opening=first.terms if first else None,
        walk_away_points=walk_away,
    )
