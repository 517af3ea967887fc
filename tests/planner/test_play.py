"""The line of play: what is told on plans that somebody worked out by hand."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from planner.analyses.analysis import Analysis
from planner.analyses.packages import Package, Shift
from planner.analyses.play import Play, Stand, as_data, play
from planner.analyses.stance import Stance
from planner.analyses.trades import Trade
from planner.plan.document import read_draft, read_plan
from tests.planner.changes import analysed, changed

PLANS = Path(__file__).parent.parent / "cases" / "plans"
NEAR = 0.1  # points to which the prototypes' figures are printed


def case(name: str) -> dict[str, Any]:
    """A plan that is kept as it was when it was worked out."""
    document: dict[str, Any] = json.loads((PLANS / f"{name}.json").read_text("utf-8"))
    return document


def told(
    document: dict[str, Any],
    changes: Mapping[str, Any] = {},
    stance: Stance | None = None,
) -> Play:
    """The line of play of a plan with other answers."""
    return play(analysed(document, changes), stance)


def points(deal: Package | Stand | None) -> tuple[float, float] | None:
    """What a deal is worth to each side."""
    package = deal.package if isinstance(deal, Stand) else deal
    return None if package is None else (package.us, package.them)


def near(*figures: float) -> Any:
    """The figures, to the tenth of a point."""
    return pytest.approx(figures, abs=NEAR)


# Independent prototype: two programs written by hand, apart from the planner.
# Stance, d_us, d_them (low, likely, high); fair, best, aim, opening (us, them); level.
WORKED: dict[str, dict[str, Any]] = {
    "renewal": {
        "stance": "probe",
        "walk_away": (23.3, 14.8, 19.7, 24.6),
        "deals": [(68.4, 56.5), (86.0, 35.2), (68.0, 53.0), (77.2, 40.6)],
        "level": 78.0,
        "advance": "concede",
        "nets": [(4, 12), (8, 2.5)],
    },
    "sale": {
        "stance": "claim",
        "walk_away": (11.4, 5.8, 7.7, 9.6),
        "deals": [(59.0, 60.2), (89.9, 25.0), (77.9, 28.0), (77.9, 28.0)],
        "level": 80.0,
        # The prototypes say "hold", since no deal lies between the aim, 77.9, and our
        # stand, 80. But who holds there never comes down to the aim, whatever the
        # others answer; so the aim itself is what is left to concede.
        "advance": "concede",
        "nets": [(9.9, 7.6)],
    },
    "key-customer": {
        "stance": "protect",
        "walk_away": (15.0, 19.7, 19.7, 19.7),
        "deals": [(59.6, 64.8), (85.6, 31.0), (60.0, 58.2), (74.0, 37.8)],
        "level": 60.0,
        "advance": "stop",
        "nets": [(9.2, 1.4)],
    },
    "joint-venture": {
        "stance": "collaborate",
        "walk_away": (9.5, 16.0, 16.0, 16.0),
        "deals": [(65.9, 69.8), (88.7, 34.2), (65.9, 69.8), (73.7, 60.2)],
        "level": 73.7,
        "advance": "open",
        "nets": [(2.7, 2.1)],
    },
    "04-office-lease": {
        "stance": "protect",
        "walk_away": (6.7, 71.2, 71.2, 71.2),
        "deals": [(17.8, 82.5), (36.3, 74.2), (17.8, 82.5), (36.3, 74.2)],
        "level": 36.3,
        "advance": "open",
        "nets": [],
    },
}
every_worked = pytest.mark.parametrize("name", WORKED)


class TestWorked:
    """What two programs of our own say of each plan, to a tenth of a point."""

    @every_worked
    def test_the_stance_and_what_to_do_now(self, name: str) -> None:
        known = told(case(name))

        assert known.zone == "open"
        assert known.stance.id == WORKED[name]["stance"]
        assert known.advance == WORKED[name]["advance"]

    @every_worked
    def test_both_walk_aways(self, name: str) -> None:
        away = told(case(name)).walk_away

        found = (away.us, away.low, away.likely, away.high)
        assert found == near(*WORKED[name]["walk_away"])

    @every_worked
    def test_fair_best_aim_and_opening(self, name: str) -> None:
        known = told(case(name))

        found = [known.fair, known.best, known.aim, known.opening]
        for deal, expected in zip(found, WORKED[name]["deals"], strict=True):
            assert points(deal) == near(*expected)

    @every_worked
    def test_the_level_of_the_next_offer(self, name: str) -> None:
        assert told(case(name)).level == pytest.approx(WORKED[name]["level"], abs=NEAR)

    @every_worked
    def test_the_trades_and_their_nets(self, name: str) -> None:
        nets = [(trade.us, trade.them) for trade in told(case(name)).trades]

        assert len(nets) == len(WORKED[name]["nets"])
        for found, expected in zip(nets, WORKED[name]["nets"], strict=True):
            assert found == near(*expected)

    def test_their_walk_away_can_close_the_zone(self) -> None:
        known = told(case("min-their-walkaway"))

        assert (known.walk_away.us, known.walk_away.likely) == near(10, 95)
        assert (known.zone, known.advance) == ("closed", "leave")
        assert (known.fair, known.best, known.aim, known.opening) == (None,) * 4
        assert (known.level, known.packages, known.trades) == (None, (), ())


class TestRenewal:
    """The plan that the handbook works through, told whole."""

    def test_it_says_where_both_stand(self) -> None:
        known = told(case("renewal"))

        assert points(known.stand) == near(90.0, 12.9)
        assert points(known.their_stand) == near(22.0, 81.3)
        assert known.assumed == ()

    def test_its_packages_lie_between_the_aim_and_our_stand(self) -> None:
        known = told(case("renewal"))

        assert [points(package) for package in known.packages] == [near(76.0, 44.0)]

    def test_its_trades_are_told_as_they_are(self) -> None:
        sure, question = told(case("renewal")).trades

        assert _told(sure) == (
            ("ending", "3 months", "12 months"),
            ("duties", "Northwind carries them", "Alder carries them in the price"),
        )
        assert sure.sure
        assert sure.leaves == pytest.approx(82.0)
        assert _told(question) == (
            ("tooling", "Alder pays", "Northwind pays"),
            ("price", "€115", "€109"),
        )
        assert not question.sure
        assert question.leaves == pytest.approx(70.0)

    def test_a_court_in_their_offer_is_waste(self) -> None:
        (lost,) = told(case("renewal")).waste

        assert _named(lost) == ("disputes", "Court", "An independent lab decides")
        assert (lost.us, lost.them) == near(8.0, 4.2)

    def test_our_walk_away_is_told_as_a_deal(self) -> None:
        known = told(case("renewal"))

        assert points(known.walk_away_deal) == near(26.8, 87.3)
        assert not known.any_deal_beats_leaving

    def test_we_come_down_from_our_first_offer(self) -> None:
        plan = told(case("renewal")).schedule

        assert plan is not None
        assert (plan.first, plan.aim) == near(100, 68)
        assert (plan.rounds, plan.taken) == (4, 1)
        assert [plan.at(j) for j in range(6)] == near(100, 86.7, 77.8, 72, 68, 68)


def _named(step: Shift) -> tuple[str | None, str | None, str | None]:
    return step.score.issue.id, step.start.name, step.end.name


def _told(trade: Trade) -> tuple[Any, Any]:
    return _named(trade.give), _named(trade.ask)


# One issue on which the sides want opposite things, in steps of ten points, and one
# on which they want the same.
SCALE = {
    "format": "negotiation-plan/1",
    "issues": [
        {
            "id": "price",
            "name": "Price",
            "kind": "agreement",
            "weight": {"us": 50, "them": 50},
            "options": [
                {"name": str(n), "us": n, "them": 100 - n} for n in range(0, 101, 10)
            ],
        }
    ],
    "money": {"issue": "price", "from": "0", "to": "100", "worth": 100_000},
}


def offer(by: str, price: int | str, **more: Any) -> dict[str, Any]:
    """An offer on the price alone."""
    return {"by": by, "terms": {"price": str(price)}, **more}


def step(by: str, start: int, end: int, **more: Any) -> dict[str, Any]:
    """A step on the price."""
    return {
        "by": by,
        "issue": "price",
        "from": str(start),
        "to": str(end),
        **more,
    }


def alone(value: float, basis: str = "told") -> list[dict[str, Any]]:
    """An alternative of so many points, as sure as its basis."""
    return [{"value": 1_000 * value, "chance": 1, "basis": basis}]


def scaled(stance: Stance = Stance.DEAL_FAIRLY, **answers: Any) -> Play:
    """What is told on the scale with other answers."""
    return told(SCALE, {f"/{key}": value for key, value in answers.items()}, stance)


def limited(limit: str, **answers: Any) -> Play:
    """The same with our limit on the price."""
    changes = {f"/{key}": value for key, value in answers.items()}
    return told(SCALE, {"/issues/0/limit": limit} | changes, Stance.DEAL_FAIRLY)


class TestTargets:
    """The zone, and what to aim for in it."""

    def test_fair_is_the_middle_of_both_walk_aways(self) -> None:
        known = scaled(alternatives={"us": alone(20), "them": alone(40)})

        assert known.zone == "open"
        assert points(known.fair) == near(40, 60)

    def test_our_best_leaves_them_a_quarter_of_their_fair_gain(self) -> None:
        known = scaled(alternatives={"us": alone(0), "them": alone(20)})

        assert points(known.fair) == near(40, 60)
        assert points(known.best) == near(70, 30)

    @pytest.mark.parametrize(
        ("stance", "aim", "opening"),
        [
            (Stance.COLLABORATE, 50, 60),
            (Stance.PROTECT, 50, 70),
            (Stance.PROBE, 50, 70),
            (Stance.UNDECIDED, 50, 70),
            (Stance.DEAL_FAIRLY, 50, 70),
            (Stance.CLAIM_COURTEOUSLY, 60, 80),
            (Stance.CLAIM, 70, 80),
            (Stance.KEEP_SHORT, 50, 50),
        ],
        ids=lambda value: getattr(value, "id", value),
    )
    def test_each_stance_claims_and_opens_by_its_shares(
        self, stance: Stance, aim: float, opening: float
    ) -> None:
        """Fair is 50, our best 80: a quarter of 50 for them is between two steps."""
        known = scaled(stance, alternatives={"us": alone(0), "them": alone(0)})

        assert (points(known.fair), points(known.best)) == (near(50, 50), near(80, 20))
        assert known.aim is not None
        assert known.opening is not None
        assert (known.aim.us, known.opening.us) == near(aim, opening)

    def test_an_estimate_on_which_the_zone_hangs_leaves_it_unknown(self) -> None:
        """Their 70 of a guess may be 52.5, which leaves us 40."""
        known = scaled(alternatives={"us": alone(40), "them": alone(70, "guessed")})

        assert known.walk_away.low == pytest.approx(52.5)
        assert known.zone == "unknown"
        assert points(known.fair) == near(40, 60)

    def test_their_unknown_walk_away_leaves_it_unknown_from_nothing(self) -> None:
        known = scaled(alternatives={"us": alone(20)})

        assert (known.walk_away.likely, known.zone) == (None, "unknown")
        assert points(known.fair) == near(60, 40)

    def test_a_walk_away_under_nothing_is_beaten_by_any_deal(self) -> None:
        known = scaled(alternatives={"us": alone(-20), "them": alone(0)})

        assert known.any_deal_beats_leaving
        assert known.walk_away_deal is None
        assert points(known.fair) == near(40, 60)

    def test_leaving_that_no_deal_beats_is_told(self) -> None:
        known = scaled(alternatives={"us": alone(100), "them": alone(0)})

        assert (known.zone, known.advance) == ("open", "leave")
        assert (known.level, known.packages, known.trades) == (None, (), ())

    def test_to_yield_is_to_go_down_to_the_ceiling(self) -> None:
        """A ceiling of 20 points under fair, 50; our opening is fair."""
        known = scaled(Stance.YIELD, future=_worth(20_000))

        assert known.stance is Stance.YIELD
        assert (points(known.aim), points(known.opening)) == (
            near(30, 70),
            near(50, 50),
        )

    def test_to_yield_keeps_a_quarter_of_our_fair_gain(self) -> None:
        known = scaled(
            Stance.YIELD,
            future=_worth(90_000),
            alternatives={"us": alone(20), "them": alone(0)},
        )

        assert points(known.fair) == near(60, 40)
        assert points(known.aim) == near(30, 70)


def _worth(premium: float) -> dict[str, Any]:
    """A future in which goodwill is worth so much at most."""
    return {
        "continue_chance": 0,
        "continue_chance_if_we_give": 0.5,
        "discount_rate": 0,
        "us": {"yearly_gain": 2 * premium},
    }


class TestStepsTaken:
    """What we have given stays given."""

    def test_no_target_takes_back_a_step(self) -> None:
        """We went from 100 to 40; fair stays at 50, and the aim is where we are."""
        known = scaled(moves=[step("us", 100, 40, round=1)])

        assert points(known.fair) == near(50, 50)
        assert points(known.aim) == near(40, 60)
        assert known.taken_back == ()

    def test_where_nothing_else_is_left_it_says_what_is_taken_back(self) -> None:
        """We went to 10, under our walk-away: what is left takes it back."""
        known = scaled(
            moves=[step("us", 100, 10, round=1)],
            alternatives={"us": alone(20), "them": alone(0)},
        )

        assert [_named(taken) for taken in known.taken_back] == [("price", "10", "60")]
        assert known.packages == ()

    def test_it_says_what_is_given_against_it(self) -> None:
        """Our best option of the other issue is all that we could give for it."""
        document = changed(SCALE, {"/issues/1": _other(us=20, them=80)})
        known = told(
            document,
            {
                "/moves": [step("us", 100, 0, round=1)],
                "/alternatives": {"us": alone(30), "them": alone(0)},
            },
            Stance.DEAL_FAIRLY,
        )

        assert [step.score.issue.id for step in known.taken_back] == ["price"]
        assert [step.score.issue.id for step in known.against] == ["delivery"]


def _other(*, us: float, them: float) -> dict[str, Any]:
    """An issue of two ends."""
    return {
        "id": "delivery",
        "name": "Delivery",
        "kind": "agreement",
        "weight": {"us": us, "them": them},
        "options": [
            {"name": "now", "us": 100, "them": 0},
            {"name": "later", "us": 0, "them": 100},
        ],
    }


class TestWhatNow:
    """What to do now, the first that holds."""

    def test_it_is_over_once_the_outcome_is_known(self) -> None:
        assert scaled(outcome={"agreed": False}).advance == "over"

    def test_an_offer_worth_our_next_one_is_accepted(self) -> None:
        """Fair 50, opening 70; of 80 first, the next level is 67.5."""
        known = scaled(offers=[offer("us", 80), offer("them", 70)])

        assert known.level == pytest.approx(70)
        assert known.advance == "accept"
        assert known.reached

    def test_an_offer_under_our_next_one_is_not(self) -> None:
        known = scaled(offers=[offer("us", 80), offer("them", 60)])

        assert known.level == pytest.approx(67.5, abs=NEAR)
        assert (known.advance, known.reached) == ("concede", True)
        assert [points(package) for package in known.packages] == [near(70, 30)]

    def test_to_collaborate_the_aim_is_enough(self) -> None:
        offers = [offer("us", 80), offer("them", 50)]

        assert scaled(Stance.COLLABORATE, offers=offers).advance == "accept"
        assert scaled(Stance.DEAL_FAIRLY, offers=offers).advance == "concede"

    def test_a_short_talk_takes_the_aim_less_what_it_costs(self) -> None:
        offers, future = [offer("them", 40)], {"talking_costs": 10_000}

        assert scaled(Stance.KEEP_SHORT, offers=offers).advance == "open"
        short = scaled(Stance.KEEP_SHORT, offers=offers, future=future)
        assert short.advance == "accept"

    def test_at_the_end_of_our_rounds_one_decides(self) -> None:
        """The aim is 50; after two rounds of two they are still at 30."""
        known = scaled(
            Stance.CLAIM,
            rounds=2,
            offers=[offer("us", 100), offer("them", 10)],
            moves=[
                step("us", 100, 90, round=1),
                step("them", 10, 20, round=1),
                step("us", 90, 80, round=2),
                step("them", 20, 30, round=2),
            ],
        )

        assert known.advance == "decide"
        assert known.packages == ()

    def test_at_the_stop_line_nothing_is_offered(self) -> None:
        steps = [step("us", 100, 90, round=1), step("us", 90, 80, round=2)]
        known = scaled(offers=[offer("them", 10)], moves=steps)

        assert (known.advance, known.packages) == ("stop", ())

    def test_offers_reach_the_stop_line_as_steps_do(self) -> None:
        offers = [offer("us", 100), offer("us", 90), offer("us", 80), offer("them", 0)]

        assert scaled(offers=offers).advance == "stop"

    def test_before_we_speak_we_open(self) -> None:
        assert scaled().advance == "open"
        assert scaled(offers=[offer("them", 20)]).advance == "open"

    def test_after_our_first_offer_we_hold(self) -> None:
        assert scaled(offers=[offer("us", 80)]).advance == "hold"

    def test_two_first_offers_count_as_answers(self) -> None:
        offers = [offer("us", 80), offer("them", 20)]

        assert scaled(offers=offers).advance == "concede"
        assert scaled(offers=offers[::-1]).advance == "concede"

    def test_who_offers_nothing_new_is_waited_for(self) -> None:
        """Their best is no concession, and neither is the same offer again."""
        assert scaled(offers=[offer("us", 80), offer("them", 0)]).advance == "hold"
        offers = [offer("us", 80), offer("them", 20), offer("us", 70)]
        assert scaled(offers=[*offers, offer("them", 20)]).advance == "hold"
        assert scaled(offers=[*offers, offer("them", 30)]).advance == "concede"

    def test_to_yield_steps_need_no_answer(self) -> None:
        offers = [offer("us", 80), offer("them", 10)]
        steps = [step("us", 80, 70, round=1)]
        future = _worth(20_000)

        fair = scaled(Stance.DEAL_FAIRLY, offers=offers, moves=steps)
        yielding = scaled(Stance.YIELD, offers=offers, moves=steps, future=future)
        assert (fair.advance, yielding.advance) == ("hold", "concede")
        first = scaled(Stance.YIELD, offers=offers[:1], future=future)
        assert first.advance == "hold"

    def test_a_stand_at_the_aim_holds(self) -> None:
        offers = [offer("us", 50), offer("them", 10)]

        known = scaled(offers=offers)
        assert known.advance == "hold"
        assert known.level == pytest.approx(50)

    def test_the_aim_next_to_our_stand_is_conceded(self) -> None:
        """Nothing lies between 60 and 50, and yet 50 is where we want to end."""
        known = scaled(offers=[offer("us", 60), offer("them", 10)])

        assert known.advance == "concede"
        assert [points(package) for package in known.packages] == [near(50, 50)]

    def test_an_offer_that_would_hurt_them_is_asked_about(self) -> None:
        known = scaled(
            offers=[offer("them", 80)],
            alternatives={"us": alone(0), "them": alone(40)},
        )

        assert known.beyond_them
        assert known.advance == "accept"


class TestOrder:
    """Who said what when: steps have rounds, offers may have."""

    def test_an_offer_equal_to_a_step_gives_the_same(self) -> None:
        first = [offer("us", 100), offer("them", 10)]
        by_step = scaled(offers=first, moves=[step("us", 100, 80, round=1)])
        by_offer = scaled(offers=[*first, offer("us", 80)])

        assert points(by_step.stand) == points(by_offer.stand) == near(80, 20)
        assert by_step.schedule == by_offer.schedule
        assert by_step.advance == by_offer.advance == "hold"

    def test_a_step_typed_beside_its_offer_counts_once(self) -> None:
        known = scaled(
            offers=[offer("us", 100), offer("them", 10), offer("us", 80)],
            moves=[step("us", 100, 80, round=1, why="To go on")],
        )

        assert known.schedule is not None
        assert known.schedule.taken == 1
        assert points(known.stand) == near(80, 20)

    def test_a_step_beyond_the_last_offer_came_after_it(self) -> None:
        known = scaled(
            offers=[offer("us", 100), offer("them", 10), offer("us", 80)],
            moves=[step("us", 80, 70, round=2)],
        )

        assert points(known.stand) == near(70, 30)
        assert known.schedule is not None
        assert known.schedule.taken == 2

    def test_an_offer_after_steps_is_the_last_word(self) -> None:
        known = scaled(
            offers=[offer("us", 100), offer("them", 10), offer("us", 70)],
            moves=[step("us", 100, 90, round=1), step("them", 10, 20, round=2)],
        )

        assert points(known.stand) == near(70, 30)
        assert known.advance == "hold"

    @pytest.mark.parametrize(
        ("number", "advance"),
        [(0, "stop"), (2, "hold"), (3, "concede"), (None, "hold")],
    )
    def test_an_offer_may_say_in_which_round_it_was_made(
        self, number: int | None, advance: str
    ) -> None:
        """Without a round it takes the first that the steps leave free, the second."""
        offers = [offer("us", 100), offer("them", 10), offer("them", 20, round=number)]
        steps = [step("us", 100, 90, round=1), step("us", 90, 80, round=3)]

        assert scaled(offers=offers, moves=steps).advance == advance

    def test_in_one_round_both_sides_count_as_answered(self) -> None:
        offers = [offer("us", 100), offer("them", 10)]
        steps = [step("them", 10, 20, round=1), step("us", 100, 90, round=1)]

        assert scaled(offers=offers, moves=steps).advance == "concede"


class TestBadInput:
    """Whatever is missing or contradicts itself, the answer is a plain one."""

    def test_nothing_at_all(self) -> None:
        known = told({"format": "negotiation-plan/1"})

        assert (known.zone, known.advance, known.level) == ("unknown", None, None)
        assert known.fair is None

    def test_two_issues_with_two_ends_each(self) -> None:
        known = told(case("two-issues-two-ends"))

        assert points(known.aim) == near(40, 77.8)
        assert points(known.opening) == near(60, 22.2)
        assert (known.trades, known.advance) == ((), "open")

    def test_a_trade_that_would_lose_is_not_listed(self) -> None:
        assert told(case("min-trade")).trades == ()

    def test_one_issue_with_two_ends(self) -> None:
        """No deal leaves both something; then what is better for us is told."""
        document = {"format": "negotiation-plan/1", "issues": [_other(us=1, them=1)]}

        assert points(told(document).aim) == near(100, 0)

    def test_no_money_anchor(self) -> None:
        known = told(case("renewal"), {"/money": None}, Stance.YIELD)

        assert known.stance is Stance.COLLABORATE
        assert (known.walk_away.us, known.walk_away.likely) == (None, None)
        assert known.zone == "unknown"
        assert known.walk_away_deal is None
        assert known.fair is not None

    def test_an_anchor_on_an_issue_that_is_nothing_to_them(self) -> None:
        changes = {f"/issues/0/options/{n}/them": 50 for n in range(5)}
        known = told(case("renewal"), changes)

        assert known.walk_away.us == pytest.approx(23.3, abs=NEAR)
        assert (known.walk_away.likely, known.zone) == (None, "unknown")

    def test_an_offer_that_names_an_unknown_option(self) -> None:
        known = told(
            case("renewal"),
            {"/moves": [], "/offers/1/terms/price": "€99"},
        )

        assert known.their_stand is not None
        assert [s.issue.id for s in known.their_stand.assumed] == ["price"]
        assert points(known.their_stand) == near(12.0, 90.0)
        assert known.assumed == ("/issues/0",)
        assert known.advance != "accept"

    def test_a_later_offer_that_leaves_an_issue_out(self) -> None:
        """It stands as before, and so does one whose option cannot be found."""
        offers = [
            *case("renewal")["offers"],
            {"by": "them", "terms": {"price": "€112"}},
        ]
        known = told(case("renewal"), {"/moves": [], "/offers": offers})

        assert points(known.their_stand) == near(32.0, 72.5)
        assert known.their_stand is not None
        assert known.their_stand.assumed == ()

    def test_an_offer_with_gaps_is_not_accepted(self) -> None:
        document = changed(SCALE, {"/issues/1": _other(us=1, them=1)})

        assert told(document, {"/offers": [offer("them", 100)]}).advance == "open"

    def test_an_offer_without_terms_is_none(self) -> None:
        known = scaled(offers=[{"by": "us"}, {"by": "them", "terms": {}}])

        assert (known.stand, known.their_stand) == (None, None)
        assert known.advance == "open"

    @pytest.mark.parametrize(("by", "advance"), [("us", "hold"), ("them", "open")])
    def test_offers_by_one_side_only(self, by: str, advance: str) -> None:
        offers = [o for o in case("renewal")["offers"] if o["by"] == by]
        known = told(case("renewal"), {"/moves": [], "/offers": offers})

        assert known.advance == advance
        assert (known.stand is None) == (by == "them")
        assert (known.their_stand is None) == (by == "us")

    def test_limits_that_exclude_everything_else(self) -> None:
        known = limited("100")

        assert known.no_room
        assert points(known.fair) == points(known.aim) == near(100, 0)
        assert not scaled().no_room

    def test_an_offer_beyond_our_limit_is_not_accepted(self) -> None:
        known = limited("90", offers=[offer("them", 80)])

        assert known.advance == "open"

    def test_both_walk_aways_above_every_deal(self) -> None:
        known = scaled(alternatives={"us": alone(120), "them": alone(130)})

        assert (known.zone, known.advance) == ("closed", "leave")
        assert known.walk_away_deal is None

    def test_an_issue_on_which_both_want_the_same_is_not_traded(self) -> None:
        same = _other(us=50, them=50)
        same["options"][0]["them"], same["options"][1]["them"] = 100, 0
        known = told(
            changed(SCALE, {"/issues/1": same}),
            {"/offers": [offer("us", 80), offer("them", 20)]},
            Stance.DEAL_FAIRLY,
        )

        assert points(known.best) is not None
        assert known.trades == ()
        assert all(_takes(package, "delivery") == "now" for package in known.packages)


def _takes(package: Package, issue: str) -> str | None:
    return next(o.name for score, o in package.terms if score.issue.id == issue)


class TestData:
    """The same as data; what is not there is null."""

    KEYS = (
        *("stance", "walk_away", "zone", "fair", "best", "aim", "opening", "stand"),
        *("their_stand", "level", "advance", "packages", "trades", "opening_trades"),
        *("tells", "waste", "walk_away_deal", "assumed", "reached"),
        *("beyond_them", "no_room"),
        "any_deal_beats_leaving",
    )

    def test_it_has_every_key_in_order(self) -> None:
        assert tuple(as_data(told(case("renewal")))) == self.KEYS
        assert tuple(as_data(told({"format": "negotiation-plan/1"}))) == self.KEYS

    def test_what_is_not_there_is_null(self) -> None:
        data = as_data(told({"format": "negotiation-plan/1"}))

        assert data["walk_away"] == {
            "us": None,
            "them": {"low": None, "likely": None, "high": None},
        }
        assert [data[key] for key in self.KEYS[3:11]] == [None] * 8
        assert [data[key] for key in ("packages", "trades", "waste")] == [[], [], []]
        assert (data["walk_away_deal"], data["assumed"]) == (None, [])

    def test_a_package_is_its_points_and_terms(self) -> None:
        data = as_data(told(case("joint-venture")))

        assert data["aim"] == {
            "us": pytest.approx(65.9),
            "them": pytest.approx(69.8),
            "terms": {
                "share": "50%",
                "site": "Their plant",
                "process": "Both, in their own field",
                "supply": "Cost plus 5%",
                "disputes": "An outside chair",
                "exit": "After five years, at a fair value",
            },
        }

    def test_a_stand_says_what_is_assumed(self) -> None:
        offers = [{"by": "us", "terms": {"price": "€109"}}]
        data = as_data(told(case("renewal"), {"/moves": [], "/offers": offers}))

        assert data["stand"]["terms"]["price"] == "€109"
        assert data["stand"]["assumed"] == [
            *("service", "tooling", "disputes", "ending", "duties")
        ]
        assert data["assumed"] == [f"/issues/{n}" for n in range(1, 6)]

    def test_a_trade_says_what_is_given_and_asked(self) -> None:
        (trade,) = as_data(told(case("joint-venture")))["trades"]

        assert trade == {
            "give": {
                "issue": "process",
                "from": "We do",
                "to": "Both, in their own field",
            },
            "ask": {"issue": "share", "from": "45%", "to": "50%"},
            "us": pytest.approx(2.7),
            "them": pytest.approx(2.1),
            "sure": True,
            "leaves": pytest.approx(65.9),
        }

    def test_waste_says_what_each_side_would_gain(self) -> None:
        assert as_data(told(case("renewal")))["waste"] == [
            {
                "issue": "disputes",
                "from": "Court",
                "to": "An independent lab decides",
                "us": pytest.approx(8.0),
                "them": pytest.approx(4.2),
            }
        ]

    def test_it_is_strict_json(self) -> None:
        for name in WORKED:
            json.dumps(as_data(told(case(name))), allow_nan=False)


def test_a_stance_can_be_forced() -> None:
    known = Analysis(read_plan(case("renewal")))

    assert play(known).stance is Stance.PROBE
    assert play(known, Stance.CLAIM).stance is Stance.CLAIM
    assert play(known, Stance.CLAIM).aim != play(known).aim


def test_a_draft_with_problems_is_told_as_far_as_it_is_read() -> None:
    document = changed(case("renewal"), {"/rounds": 0, "/offers/0/round": "soon"})

    assert play(Analysis(read_draft(document).plan)).advance == "concede"
