"""What the moves so far gave and brought, and where that ends."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate, pairwise
from math import isfinite
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analyses.analysis import Analysis
from planner.analyses.ledger import (
    Cliff,
    Ledger,
    Pace,
    cliff,
    ledger,
    pace,
    slows,
    unanswered_goodwill,
)
from planner.analyses.scoring import Score, scores
from planner.plan.document import read_draft, read_plan
from planner.plan.values import (
    AgreementIssue,
    Move,
    Option,
    Plan,
    Points,
    RelationshipIssue,
    Side,
)
from tests import strategies
from tests.planner.changes import analysed, changed
from tests.plans import fixed_plan

# One issue worth 100 points to us, an option for every five of them; and one of the
# relationship. What we give on it goes down, what they give goes up.
SCALE = Plan(
    issues=(
        AgreementIssue(
            id="price",
            name="Price",
            weight=Points(us=50, them=50),
            options=tuple(
                Option(name=str(n), us=n, them=100 - n) for n in range(0, 101, 5)
            ),
        ),
        RelationshipIssue(id="trust", name="Trust"),
    )
)


def _move(by: Side, start: int, end: int, number: float | None = None) -> Move:
    return Move(by=by, issue="price", start=str(start), end=str(end), round=number)


def _kept(*moves: Move, **known: Any) -> Ledger:
    """The books of some moves; the walk-away is at no points, if not said."""
    counted = scores(SCALE).counted
    known = {"walk_away_points": 0.0} | known
    return ledger(moves, SCALE.issues, counted, **known)


ONE_SIDED = tuple(
    _move("us", start, start - 30, number)
    for number, start in enumerate((100, 70, 40), start=1)
)
# oracles.md#b6 [D] at half its size, since no deal has more than 100 points to give.
HALVED = tuple(
    _move("us", start, start - 15, number)
    for number, start in enumerate((100, 85, 70, 55), start=1)
)


class TestCliff:
    """oracles.md#b6 [D]: the round at which the deal is worth nothing, or loses."""

    def test_thirty_a_round_of_a_hundred_is_used_up_in_the_fourth(self) -> None:
        assert cliff(100, Pace(step=30)) == Cliff(worthless=4, losing=4)

    def test_what_is_used_up_exactly_loses_a_round_later(self) -> None:
        assert cliff(90, Pace(step=30)) == Cliff(worthless=3, losing=4)

    def test_rounding_does_not_move_it(self) -> None:
        """0.3 / 0.1 is not quite 3."""
        assert cliff(0.3, Pace(step=0.1)) == Cliff(worthless=3, losing=4)

    def test_shrinking_steps_reach_it_later(self) -> None:
        """60 + 30 + 15 is over 100."""
        assert cliff(100, Pace(step=60, ratio=0.5)) == Cliff(worthless=3, losing=3)
        assert cliff(105, Pace(step=60, ratio=0.5)) == Cliff(worthless=3, losing=4)

    @pytest.mark.parametrize("surplus", [120, 121, 1e9])
    def test_shrinking_steps_may_never_reach_it(self, surplus: float) -> None:
        """60 + 30 + 15 + … stays under 120."""
        assert cliff(surplus, Pace(step=60, ratio=0.5)) == Cliff(
            worthless=None, losing=None
        )

    @pytest.mark.parametrize("step", [0, -10])
    def test_who_gives_nothing_net_never_reaches_it(self, step: float) -> None:
        assert cliff(50, Pace(step=step)) == Cliff(worthless=None, losing=None)
        assert cliff(0, Pace(step=step)) == Cliff(worthless=0, losing=None)

    def test_who_is_past_it_is_past_it_now(self) -> None:
        assert cliff(-1, Pace(step=5)) == Cliff(worthless=0, losing=0)
        assert cliff(0, Pace(step=5)) == Cliff(worthless=0, losing=1)

    @pytest.mark.parametrize(
        ("surplus", "step"), [(1e308, 1e-300), (1e308, 1e308), (5e-324, 5e-324)]
    )
    def test_huge_and_tiny_numbers_are_defined(
        self, surplus: float, step: float
    ) -> None:
        found = cliff(surplus, Pace(step=step))

        assert found.worthless in (None, 0, 1)

    @pytest.mark.property
    @given(st.integers(0, 300), st.integers(1, 60), st.sampled_from([1.0, 0.75, 0.5]))
    def test_it_is_where_counting_round_by_round_gets(
        self, surplus: int, step: int, ratio: float
    ) -> None:
        found = cliff(surplus, Pace(step=step, ratio=ratio))
        steps = (step * ratio**n for n in range(400))
        gone = [0.0, *accumulate(steps)]

        worthless = next((n for n, g in enumerate(gone) if g >= surplus - 1e-9), None)
        losing = next((n for n, g in enumerate(gone) if g > surplus + 1e-9), None)
        if abs(surplus - gone[-1]) > 1e-6:
            assert found == Cliff(worthless=worthless, losing=losing)


class TestPace:
    def test_steady_rounds_go_on_at_their_mean(self) -> None:
        assert pace([30, 30, 30]) == Pace(step=30)
        assert pace([10, 50]) == Pace(step=30)

    def test_shrinking_rounds_go_on_shrinking(self) -> None:
        """Arithmetic: 40, 20, 10 goes on with 5."""
        assert pace([40, 20, 10]) == Pace(step=5, ratio=0.5)

    def test_two_rounds_are_no_pattern(self) -> None:
        assert pace([40, 20]) == Pace(step=30)

    def test_without_a_round_there_is_none(self) -> None:
        assert pace([]) is None

    def test_elmtree_s_buyer_slows_down(self) -> None:
        """oracles.md#b13: offers of 125, 250, 275, 290 and 300 thousand."""
        offers = (125, 250, 275, 290, 300)
        steps = [after - before for before, after in pairwise(offers)]

        assert steps == [125, 25, 15, 10]
        assert slows(steps)

    @pytest.mark.parametrize("steps", [[], [9], [9, 5], [9, 5, 5], [9, 5, 7]])
    def test_other_series_do_not(self, steps: list[float]) -> None:
        assert not slows(steps)

    def test_the_steps_of_one_round_are_one_step(self) -> None:
        """In whatever order they were written down."""
        moves = [_move("them", *ends, 1) for ends in ((0, 60), (60, 80), (80, 90))]

        assert _kept(*moves).slowing == ()
        assert _kept(*reversed(moves)).slowing == ()

    def test_rounds_of_several_steps_slow_down_as_a_whole(self) -> None:
        """30 in two steps, then 20, then 10."""
        moves = [
            _move("them", 0, 10, 1),
            _move("them", 10, 30, 1),
            _move("them", 30, 50, 2),
            _move("them", 50, 60, 3),
        ]

        assert _kept(*moves).slowing == ("them",)


class TestSurplus:
    """What the terms that we stand on leave over walking away."""

    def test_one_sided_concessions_run_it_down(self) -> None:
        """V0 = 100, c = 30 gives 70, 40, 10, −20; here all of it in halves."""
        kept = _kept(*HALVED, walk_away_points=50.0)

        assert kept.start == pytest.approx(50)
        assert [entry.surplus for entry in kept.entries] == pytest.approx(
            [35, 20, 5, -10]
        )
        assert kept.surplus == pytest.approx(-10)

    @pytest.mark.parametrize("moves", [1, 2, 3, 4])
    def test_the_cliff_is_seen_from_the_first_round_on(self, moves: int) -> None:
        """oracles.md#b6 [D]: n* = 4."""
        kept = _kept(*HALVED[:moves], walk_away_points=50.0)

        assert (kept.worthless, kept.losing) == (4, 4)

    def test_what_our_terms_ask_for_is_not_counted_again_when_it_comes(self) -> None:
        """We ask for 40 of 100 when they come from 0 to 20."""
        kept = _kept(*ONE_SIDED[:2], _move("them", 0, 20, 2))

        assert kept.surplus == pytest.approx(40)
        assert kept.reciprocity == pytest.approx(20 / 60)
        assert kept.worthless == 2 + 2  # 30 a round

    def test_what_comes_back_beyond_our_terms_adds_to_them(self) -> None:
        """We ask for 40 of 100 when they come to 60: 20 a round, net."""
        kept = _kept(*ONE_SIDED[:2], _move("them", 0, 60, 2))

        assert kept.surplus == pytest.approx(60)
        assert kept.worthless == 2 + 3

    def test_terms_worth_less_than_walking_away_leave_less_than_nothing(self) -> None:
        """Two issues of 50 points each: one given whole, one got whole."""
        issues = tuple(
            AgreementIssue(
                id=name,
                name=name,
                weight=Points(us=50, them=50),
                options=(
                    Option(name="a", us=1, them=0),
                    Option(name="b", us=0, them=1),
                ),
            )
            for name in ("one", "other")
        )
        moves = (
            Move(by="us", issue="one", start="a", end="b"),
            Move(by="them", issue="other", start="b", end="a"),
        )
        counted = scores(Plan(issues=issues)).counted
        kept = ledger(moves, issues, counted, walk_away_points=60.0)

        assert (kept.start, kept.surplus) == (40, -10)
        assert kept.stop.reached is True

    def test_it_starts_at_our_first_offer(self) -> None:
        kept = _kept(opening={"price": "80"}, walk_away_points=30.0)

        assert kept.start == pytest.approx(50)
        assert kept.assumed == ()

    def test_it_starts_where_our_first_step_began_whatever_was_offered(self) -> None:
        kept = _kept(_move("us", 90, 60), opening={"price": "60"})

        assert (kept.start, kept.surplus) == (90, 60)

    def test_without_an_offer_it_starts_at_the_best_within_our_limits(self) -> None:
        kept = _kept(walk_away_points=30.0)

        assert kept.start == pytest.approx(70)
        assert [score.at for score in kept.assumed] == ["/issues/0"]

    def test_moves_count_in_the_order_of_their_rounds(self) -> None:
        kept = _kept(_move("us", 90, 80, 2), _move("us", 100, 90, 1))

        assert [entry.at for entry in kept.entries] == ["/moves/1", "/moves/0"]

    def test_a_move_without_a_round_comes_one_later(self) -> None:
        kept = _kept(_move("us", 100, 90, 3), _move("us", 90, 80))

        assert [entry.round for entry in kept.entries] == [3, 4]

    def test_what_a_side_takes_back_counts_against_it(self) -> None:
        kept = _kept(_move("us", 80, 90), _move("them", 50, 20))

        assert (kept.given, kept.received) == pytest.approx((-10, -30))
        assert kept.reciprocity is None
        assert (kept.start, kept.surplus) == pytest.approx((80, 90))

    def test_who_concedes_less_each_time_nears_a_limit(self) -> None:
        kept = _kept(
            *(_move("us", 100, 90), _move("them", 0, 40)),
            *(_move("us", 90, 80), _move("them", 40, 60)),
            *(_move("us", 80, 70), _move("them", 60, 70)),
        )

        assert kept.slowing == ("them",)

    def test_in_money_it_needs_an_anchor(self) -> None:
        assert _kept(*ONE_SIDED[:1], point_worth=480.0).surplus_worth == pytest.approx(
            33_600
        )
        assert _kept(*ONE_SIDED[:1]).surplus_worth is None

    @pytest.mark.property
    @given(strategies.plans, st.floats(-1e6, 1e6))
    def test_it_never_leaves_more_than_the_best_of_every_issue(
        self, plan: Plan, walk_away: float
    ) -> None:
        counted = scores(plan).counted
        kept = ledger(plan.moves, plan.issues, counted, walk_away_points=walk_away)
        best = sum(max(score.us) for score in counted) - walk_away

        if kept.start is None:
            assert not counted
            assert kept.surplus is None
        else:
            after = [entry.surplus for entry in kept.entries]
            known = [left for left in (kept.start, *after) if left is not None]
            assert len(known) == 1 + len(after)
            assert max(known) <= best + 1e-6
            assert kept.surplus == pytest.approx(known[-1])

    @pytest.mark.property
    @given(strategies.plans)
    def test_it_is_what_our_terms_are_worth_at_the_end(self, plan: Plan) -> None:
        """The slow way: settle each issue by its own steps, then add up."""
        counted = scores(plan).counted
        kept = ledger(plan.moves, plan.issues, counted, walk_away_points=0.0)
        worth = 0.0
        for score in counted:
            steps = [e for e in kept.entries if e.score is score]
            starts = [e.move.start for e in steps if e.by == "us"]
            held = _worth_to_us(score, starts[0]) if starts else _best(score)
            for step in steps:
                end = _worth_to_us(score, step.move.end)
                held = end if step.by == "us" else max(held, end)
            worth += held

        assert kept.surplus == (pytest.approx(worth) if counted else None)

    @pytest.mark.property
    @given(strategies.plans, st.sampled_from([None, 1e-308, 0.0, 1e308, -1e308]))
    def test_every_number_is_finite(self, plan: Plan, extreme: float | None) -> None:
        kept = ledger(
            plan.moves,
            plan.issues,
            scores(plan).counted,
            point_worth=extreme,
            premium=extreme,
            walk_away_points=extreme,
        )
        numbers = (
            *(kept.start, kept.surplus, kept.surplus_worth, kept.reciprocity),
            *(kept.subsidy.worth, kept.subsidy.over, kept.stop.buffer),
            *(kept.worthless, kept.losing),
        )

        assert all(number is None or isfinite(number) for number in numbers)


def _worth_to_us(score: Score, name: str | None) -> float:
    return score.us[[option.name for option in score.issue.options].index(name)]


def _best(score: Score) -> float:
    return max(score.us[i] for i in score.allowed)


def _for_goodwill(move: Move, in_return_for: str | None = None) -> Move:
    return replace(move, why="Relationship", in_return_for=in_return_for)


class TestCrossSubsidy:
    """What was given for the relationship, against what it is worth at most."""

    def test_it_is_set_against_the_premium(self) -> None:
        kept = _kept(_for_goodwill(ONE_SIDED[0]), point_worth=480.0, premium=10_000.0)

        assert kept.subsidy.moves == ("/moves/0",)
        assert kept.subsidy.points == pytest.approx(30)
        assert kept.subsidy.worth == pytest.approx(14_400)
        assert kept.subsidy.over == pytest.approx(4_400)

    def test_under_the_premium_the_rest_may_still_be_given(self) -> None:
        kept = _kept(_for_goodwill(ONE_SIDED[0]), point_worth=100.0, premium=10_000.0)

        assert kept.subsidy.over == pytest.approx(-7_000)

    @pytest.mark.parametrize(
        "move",
        [
            _for_goodwill(ONE_SIDED[0], in_return_for="A forecast"),
            replace(ONE_SIDED[0], why="They asked"),
            _for_goodwill(_move("us", 70, 100)),
            _for_goodwill(_move("them", 0, 30)),
        ],
        ids=["paid for", "another reason", "taken back", "theirs"],
    )
    def test_it_counts_only_what_we_gave_for_nothing(self, move: Move) -> None:
        kept = _kept(move, premium=10_000.0)

        assert kept.subsidy.moves == ()
        assert kept.subsidy.worth == 0
        assert kept.subsidy.over == -10_000

    def test_what_is_unknown_stays_unknown(self) -> None:
        kept = _kept(_for_goodwill(ONE_SIDED[0]), walk_away_points=None)

        assert kept.subsidy.points == pytest.approx(30)
        assert (kept.subsidy.worth, kept.subsidy.over) == (None, None)
        assert (kept.start, kept.surplus, kept.losing) == (None, None, None)
        assert kept.stop.reached is None


class TestStopLine:
    """Two unreciprocated concessions in a row, or surplus under the buffer."""

    def test_one_concession_is_no_reason_to_stop(self) -> None:
        assert _kept(_move("us", 100, 90)).stop.reached is False

    def test_two_in_a_row_are(self) -> None:
        stop = _kept(_move("us", 100, 90), _move("us", 90, 80)).stop

        assert stop.run == ("/moves/0", "/moves/1")
        assert (stop.rounds, stop.passed) == (2, 2)
        assert stop.reached is True

    def test_they_are_seen_before_anything_has_points(self) -> None:
        """Nobody has said yet what the issue matters to them."""
        price = SCALE.agreement["/issues/0"]
        issues = (replace(price, weight=Points(us=50)),)
        moves = (_move("us", 100, 90), _move("us", 90, 80))
        kept = ledger(moves, issues, scores(Plan(issues=issues)).counted)

        assert kept.entries == ()
        assert kept.stop.run == ("/moves/0", "/moves/1")
        assert kept.stop.reached is True

    def test_a_step_of_theirs_that_nobody_valued_may_be_an_answer(self) -> None:
        price = SCALE.agreement["/issues/0"]
        untold = replace(
            price,
            id="term",
            options=tuple(replace(option, us=None) for option in price.options),
        )
        answer = replace(_move("them", 0, 10, 2), issue="term")
        moves = (_move("us", 100, 90, 1), answer, _move("us", 90, 80, 3))
        kept = ledger(moves, (price, untold), scores(SCALE).counted)

        assert kept.stop.run == ("/moves/2",)

    def test_two_in_one_round_count_as_one(self) -> None:
        stop = _kept(_move("us", 100, 90, 1), _move("us", 90, 80, 1)).stop

        assert (stop.rounds, stop.reached) == (1, False)

    @pytest.mark.parametrize(
        "answer",
        [
            _move("them", 0, 10),
            replace(_move("us", 90, 80), in_return_for="A forecast"),
        ],
        ids=["they moved", "it was paid for"],
    )
    def test_what_comes_back_starts_the_count_again(self, answer: Move) -> None:
        stop = _kept(_move("us", 100, 90), answer, _move("us", 80, 70)).stop

        assert (stop.run, stop.reached) == (("/moves/2",), False)

    def test_a_commitment_of_theirs_does_not(self) -> None:
        """The two ledgers are kept apart."""
        promise = Move(by="them", issue="trust", start="", end="An early word")
        stop = _kept(_move("us", 100, 90), promise, _move("us", 90, 80)).stop

        assert stop.reached is True

    @pytest.mark.parametrize(
        ("start", "buffer", "reached"), [(111, 11.1, True), (112, 11.2, False)]
    )
    def test_a_tenth_of_the_starting_surplus_is_kept(
        self, start: float, buffer: float, reached: bool
    ) -> None:
        """11 and 12 points are left."""
        paid = replace(_move("us", 100, 0), in_return_for="Their signature")
        stop = _kept(paid, walk_away_points=100 - start).stop

        assert stop.buffer == pytest.approx(buffer)
        assert stop.reached is reached

    def test_another_buffer_may_be_chosen(self) -> None:
        assert _kept(buffer=0.25).stop.buffer == pytest.approx(25)

    def test_who_starts_under_the_walk_away_is_past_it(self) -> None:
        stop = _kept(opening={"price": "10"}, walk_away_points=20.0).stop

        assert (stop.buffer, stop.reached) == (0, True)


class TestReading:
    """A move that cannot be read is left out and asked about."""

    @pytest.mark.parametrize(
        ("change", "at", "asks"),
        [
            ({"by": None}, "by", "Who made this move?"),
            ({"issue": None}, "issue", "On which issue was this move?"),
            ({"issue": "nothing"}, "issue", "On which issue was this move?"),
            ({"start": None}, "from", "Where did Price stand before?"),
            ({"end": "110"}, "to", "Where did Price stand after it?"),
        ],
    )
    def test_what_it_does_not_say_is_asked(
        self, change: Mapping[str, Any], at: str, asks: str
    ) -> None:
        kept = _kept(ONE_SIDED[0], replace(ONE_SIDED[1], **change))

        assert [entry.at for entry in kept.entries] == ["/moves/0"]
        assert [(gap.at, gap.asks) for gap in kept.questions] == [
            (f"/moves/1/{at}", asks)
        ]

    def test_a_move_on_the_relationship_is_a_commitment(self) -> None:
        kept = _kept(Move(by="us", issue="trust", end="A forecast, monthly"))

        assert kept.entries == ()
        assert [(c.at, c.by, c.end) for c in kept.commitments] == [
            ("/moves/0", "us", "A forecast, monthly")
        ]
        assert kept.surplus == kept.start

    def test_an_issue_that_is_not_scored_is_asked_about_by_scoring_alone(
        self, worked: dict[str, Any]
    ) -> None:
        plan = read_plan(changed(worked, {"/issues/0/weight/us": None}))
        counted = scores(plan).counted
        kept = ledger(plan.moves, plan.issues, counted)

        assert [entry.at for entry in kept.entries] == ["/moves/1"]
        assert kept.questions == ()

    @pytest.mark.property
    @given(strategies.plans)
    def test_no_move_counts_twice(self, plan: Plan) -> None:
        kept = ledger(plan.moves, plan.issues, scores(plan).counted)
        places = [entry.at for entry in kept.entries]
        places += [commitment.at for commitment in kept.commitments]
        asked = {"/".join(gap.at.split("/")[:3]) for gap in kept.questions}

        assert len(places) == len(set(places))
        assert not asked & set(places)


def test_the_key_customer_is_offered_no_step_that_it_has_had() -> None:
    analysis = Analysis(read_draft(fixed_plan("key-customer")).plan)
    made = {(e.score.issue.id, e.move.end) for e in analysis.ledger.entries}
    offered = {(t.give.score.issue.id, t.give.end.name) for t in analysis.play.trades}

    assert len(made) == 3
    assert offered
    assert not made & offered


class TestOffers:
    """Two offers in a row by one side are steps on every issue that differs."""

    def _kept(self, worked: dict[str, Any], *terms: dict[str, str]) -> Ledger:
        first = worked["offers"][0]["terms"]
        offers = [{"by": "us", "terms": first | more} for more in ({}, *terms)]
        return analysed(worked, {"/moves": [], "/offers": offers}).ledger

    def test_an_offer_ten_points_lower_is_ten_points_given(
        self, worked: dict[str, Any]
    ) -> None:
        kept = self._kept(worked, {"price": "€109"})

        assert [(e.at, e.given) for e in kept.entries] == [
            ("/offers/1/terms/price", 10)
        ]

    def test_offers_reach_the_stop_line(self, worked: dict[str, Any]) -> None:
        """Two in a row that bring nothing back, told at the offers themselves."""
        kept = self._kept(worked, {"price": "€109"}, {"price": "€112"})

        assert kept.stop.reached
        assert kept.stop.run == ("/offers/1/terms/price", "/offers/2/terms/price")

    def test_a_first_offer_gives_nothing(self, worked: dict[str, Any]) -> None:
        assert self._kept(worked).entries == ()


class TestWhyAStepWasMade:
    """Goodwill is a choice, and without one it is read from the reader's words."""

    @pytest.mark.parametrize(
        "why",
        [
            "relationship",
            "Goodwill",
            "good-will",
            "for the relationship",
            "They asked for a gesture",
            "To keep the relationship going",
            "No reason given; goodwill",
        ],
    )
    def test_goodwill_is_found_in_words(self, why: str) -> None:
        assert unanswered_goodwill(replace(_move("us", 100, 70), why=why))

    @pytest.mark.parametrize(
        "why",
        ["", "Not for goodwill", "without any goodwill", "New figures", "Their price"],
    )
    def test_other_words_are_none(self, why: str) -> None:
        assert not unanswered_goodwill(replace(_move("us", 100, 70), why=why))

    @pytest.mark.parametrize("kind", ["return", "forced", "facts"])
    def test_a_choice_overrules_the_words(self, kind: Any) -> None:
        move = replace(_move("us", 100, 70), kind=kind, why="for the relationship")

        assert not unanswered_goodwill(move)

    def test_goodwill_that_was_chosen_counts_until_something_comes_back(self) -> None:
        move = replace(_move("us", 100, 70), kind="goodwill")

        assert unanswered_goodwill(move)
        assert not unanswered_goodwill(replace(move, in_return_for="A forecast"))

    def test_a_step_for_something_back_is_no_unanswered_one(self) -> None:
        steps = [
            replace(_move("us", 100 - 10 * n, 90 - 10 * n), round=n, kind="return")
            for n in (1, 2)
        ]

        assert _kept(*steps).stop.run == ()


def test_the_worked_plan_is_kept_as_it_says(worked: dict[str, Any]) -> None:
    """We gave €3 for the relationship, and got five days' delivery for a forecast."""
    analysis = analysed(worked)
    plan = analysis.plan
    kept = ledger(
        plan.moves,
        plan.issues,
        analysis.scores.counted,
        opening=plan.offers[0].terms,
        point_worth=1_200.0,
        premium=analysis.relationship.premium,
        walk_away_points=analysis.walk_away_points,
    )

    assert [(e.given, e.received) for e in kept.entries] == [(10, 0), (0, 12)]
    assert kept.reciprocity == pytest.approx(1.2)
    assert kept.subsidy.worth == pytest.approx(12_000)
    assert kept.subsidy.over == pytest.approx(2_000)
    assert kept.start == pytest.approx(100 - 28_000 / 1_200)
    assert kept.surplus == pytest.approx(90 - 28_000 / 1_200)
    assert kept.stop.reached is False
    # The 12 points that came back were asked for from the start: 10 in two rounds.
    assert kept.worthless == 2 + 14
