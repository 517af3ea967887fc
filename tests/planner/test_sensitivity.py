"""What would change the answer, against published cases and against trying it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.analyses.relationship import condition, multiple_at
from planner.analyses.relationship import value as relationship_value
from planner.analyses.scoring import Score, scores
from planner.analyses.sensitivity import (
    Flip,
    Input,
    best,
    flip,
    future_flips,
    gains_product,
    guesses_worth_asking,
    nearest,
    our_points,
    package_flips,
    package_tornado,
    points,
    relationship_tornado,
    robustness,
    tornado,
    walk_away_flips,
)
from planner.analyses.stance import Stance, choose
from planner.analyses.weights import normalised
from planner.plan.document import read_plan
from planner.plan.values import (
    AgreementIssue,
    Alternative,
    Basis,
    Estimate,
    Future,
    Option,
    Plan,
    Points,
    Side,
    Stake,
)
from tests import strategies
from tests.planner.changes import analysed

EAGLE = {
    "charter share": 0.5,
    "hours": 800.0,
    "charter price": 325.0,
    "ticket": 100.0,
    "capacity": 0.5,
    "operating": 245.0,
    "insurance": 20_000.0,
    "price": 87_500.0,
    "financed": 0.4,
    "interest": 0.115,
}
EAGLE_RANGES = {
    "price": (85_000.0, 90_000.0),
    "interest": (0.105, 0.13),
    "financed": (0.3, 0.5),
    "insurance": (18_000.0, 25_000.0),
    "ticket": (95.0, 108.0),
    "charter share": (0.45, 0.7),
    "charter price": (300.0, 350.0),
    "hours": (500.0, 1000.0),
    "operating": (230.0, 260.0),
    "capacity": (0.4, 0.6),
}


def profit(x: Mapping[str, float]) -> float:
    """A year's profit of a small airline with one plane and five seats."""
    charter = x["charter share"] * x["hours"] * x["charter price"]
    scheduled = (1 - x["charter share"]) * x["hours"] * x["ticket"] * 5 * x["capacity"]
    flying = x["hours"] * x["operating"]
    loan = x["price"] * x["financed"] * x["interest"]
    return charter + scheduled - (flying + x["insurance"] + loan)


class TestEagleAirlines:
    """Clemen's case; the formula is recalled, the arithmetic is checked (B.15)."""

    def test_arithmetic_of_the_tornado(self) -> None:
        bars = tornado(profit, EAGLE, EAGLE_RANGES)

        assert profit(EAGLE) == pytest.approx(9_975)
        assert [(b.at, round(b.at_low), round(b.at_high)) for b in bars] == [
            ("capacity", -10_025, 29_975),
            ("operating", 21_975, -2_025),
            ("hours", -2_775, 18_475),
            ("charter price", -25, 19_975),
            ("charter share", 6_975, 21_975),
            ("ticket", 4_975, 17_975),
            ("insurance", 11_975, 4_975),
            ("financed", 10_981, 8_969),
            ("interest", 10_325, 9_450),
            ("price", 10_090, 9_860),
        ]
        assert bars[0].swing == pytest.approx(40_000)

    def test_arithmetic_of_the_operating_cost_at_which_the_bank_is_as_good(
        self,
    ) -> None:
        turns_at = flip(
            lambda cost: profit({**EAGLE, "operating": cost}) - 0.08 * 52_500, 245, 260
        )

        assert turns_at == pytest.approx(252.21875)


def test_what_is_not_known_or_not_finite_has_no_bar() -> None:
    ranges = {"x": (0.0, 1.0), "y": (0.0, 1.0), "z": (0.0, 1.0)}

    def f(x: Mapping[str, float]) -> float | None:
        if x["y"] == 1:
            return None
        return float("inf") if x["z"] == 1 else x["x"]

    bars = tornado(f, {"x": 0.5, "y": 0.5, "z": 0.5}, ranges)

    assert [bar.at for bar in bars] == ["x"]


# Goodwin and Wright's offices (ORACLES B.8): swings, and each office's values

SWINGS = (100, 80, 70, 30, 20, 10)
WEIGHTS = (32, 26, 23, 10, 6, 3)
OFFICES = {
    "Addison": (100, 60, 100, 75, 0, 90),
    "Bilton": (20, 80, 10, 30, 100, 30),
    "Carlisle": (80, 70, 0, 0, 10, 100),
    "Elton": (40, 60, 90, 100, 60, 70),
    "Filton": (0, 0, 70, 0, 80, 0),
    "Gorton": (60, 100, 20, 50, 50, 80),
}


def _offices(weights: Sequence[float]) -> tuple[Score, ...]:
    """The table as a deal about six issues, an office being one way to settle all."""
    return scores(
        Plan(
            issues=tuple(
                AgreementIssue(
                    id=str(j),
                    name=str(j),
                    weight=Points(us=weight, them=1),
                    options=tuple(
                        Option(name=name, us=values[j], them=0)
                        for name, values in OFFICES.items()
                    ),
                )
                for j, weight in enumerate(weights)
            )
        )
    ).counted


EACH_OFFICE = [(i,) * 6 for i in range(6)]


class TestOffices:
    def test_their_benefits_are_the_published_ones(self) -> None:
        """80.8, 47.4 and 60.2 are read in the source, the others recomputed."""
        benefits = [points(_offices(WEIGHTS), c)[0] for c in EACH_OFFICE]

        assert benefits == pytest.approx([80.8, 39.4, 47.4, 64.8, 20.9, 60.2], abs=0.05)

    def test_elton_goes_ahead_of_addison_at_the_published_weight_of_turnover(
        self,
    ) -> None:
        """52.1, with unrounded swings; 81.7 at weight 0 and 60.4 at 100."""
        turnover, rest = normalised(SWINGS[:3]), normalised(SWINGS[3:])

        def benefit(office: str, weight: float) -> float:
            values = OFFICES[office]
            inside = sum(w * v for w, v in zip(turnover, values[:3], strict=True))
            outside = sum(w * v for w, v in zip(rest, values[3:], strict=True))
            return weight / 100 * inside + (1 - weight / 100) * outside

        turns_at = flip(lambda w: benefit("Addison", w) - benefit("Elton", w), 81, 0)

        assert benefit("Elton", 0) == pytest.approx(81.7, abs=0.05)
        assert benefit("Elton", 100) == pytest.approx(60.4, abs=0.05)
        assert turns_at == pytest.approx(52.114, abs=5e-4)

    def test_addison_is_first_and_only_elton_or_gorton_come_near(self) -> None:
        counted = _offices(SWINGS)
        turns = package_flips(counted, EACH_OFFICE)

        assert best(counted, EACH_OFFICE) == 0
        assert {turn.becomes for turn in turns} <= {3, 5}
        assert [t.distance for t in turns] == sorted(t.distance for t in turns)


@pytest.mark.property
class TestFlip:
    """Just beyond the point the sign is the other one; at a point before, it is not."""

    @given(
        st.integers(-1000, 1000),
        st.integers(-1000, 1000),
        st.floats(-1e9, 1e9),
        st.floats(-1e9, 1e9),
    )
    def test_a_straight_line_turns_where_it_crosses(
        self, slope: int, root: int, start: float, end: float
    ) -> None:
        def line(x: float) -> float:
            return slope * (x - root)

        turns_at = flip(line, start, end)

        if slope and min(start, end) < root < max(start, end):
            assert turns_at == pytest.approx(root, rel=1e-6, abs=1e-6)
        elif turns_at is not None:
            assert line(start) == 0

    @given(st.floats(0, 1), st.floats(-3, 3), st.floats(-3, 3))
    def test_a_curve_turns_where_it_crosses(
        self, height: float, start: float, end: float
    ) -> None:
        def curve(x: float) -> float:
            return x**3 - height

        turns_at = flip(curve, start, end)

        if turns_at is not None:
            step = 2e-9 * max(1.0, abs(turns_at)) * (1 if end > start else -1)
            assert (curve(turns_at + step) > 0) == (curve(end) > 0)
            assert min(start, end) <= turns_at <= max(start, end)

    @pytest.mark.parametrize("value", [float("nan"), float("inf"), 0.0, 1.0])
    def test_what_never_changes_its_sign_never_turns(self, value: float) -> None:
        assert flip(lambda x: value, 0, 1) is None

    def test_what_only_touches_zero_at_the_end_does_not_turn(self) -> None:
        assert flip(lambda x: 1 - x, 0, 1) is None

    def test_from_the_root_itself_it_turns_at_once(self) -> None:
        assert flip(lambda x: x - 5, 5, 9) == 5

    def test_a_flat_piece_turns_where_it_ends(self) -> None:
        """Zero from 2 to 3: the other sign only comes after it."""
        turns_at = flip(lambda x: min(x - 2, 0) + max(x - 3, 0), 0, 9)

        assert turns_at == pytest.approx(3)


class TestNearest:
    def test_the_smallest_relative_move_comes_first(self) -> None:
        found = nearest(
            lambda at, x: x >= {"a": 15, "b": 110}[at],
            [
                Input(at="a", now=10, low=0, high=100),
                Input(at="b", now=100, low=0, high=1e15),
            ],
        )

        assert [(f.at, f.turns_at, f.falls, f.becomes) for f in found] == [
            ("b", 110, False, True),
            ("a", 15, False, True),
        ]
        assert found[0].distance == pytest.approx(0.1)

    def test_the_nearer_of_two_ways_is_taken(self) -> None:
        moved = Input(at="a", now=10, low=0, high=100)
        (found,) = nearest(lambda at, x: 8 < x < 30, [moved])

        assert found.turns_at == 8
        assert found.falls

    def test_what_becomes_unknown_is_no_change(self) -> None:
        moved = Input(at="a", now=10, low=0, high=100)

        assert nearest(lambda at, x: None if x > 20 else 1, [moved]) == ()
        assert nearest(lambda at, x: None, [moved]) == ()

    def test_an_input_that_cannot_move_changes_nothing(self) -> None:
        moved = Input(at="a", now=0, low=0, high=0)

        assert nearest(lambda at, x: x, [moved]) == ()


def _stance(future: Future) -> Stance | None:
    stance = choose(condition(future, "us"), condition(future, "them"), None)
    return None if stance is Stance.UNDECIDED else stance


def _figured(future: Future, at: str, value: float) -> Future:
    """The future with another figure at that address, the obvious way."""
    _, _, *path = at.split("/")
    changed: dict[str, Any]
    if len(path) == 1:
        changed = {path[0]: value}
        return replace(future, **changed)
    stake = getattr(future, path[0])
    answer: Any = value
    if path[1] == "yearly_gain":
        answer = (
            replace(stake.yearly_gain, **{path[2]: value})
            if len(path) == 3
            else Estimate(likely=value)
        )
    changed = {path[0]: replace(stake, **{path[1]: answer})}
    return replace(future, **changed)


@pytest.mark.property
class TestFuture:
    """Each flip point, when applied, does flip the answer."""

    @given(strategies.typed_futures)
    def test_applied_the_stance_is_what_it_says(self, future: Future) -> None:
        for turn in future_flips(future, _stance):
            assert turn.becomes is not _stance(future)
            assert _stance(_figured(future, turn.at, turn.turns_at)) is turn.becomes

    @given(strategies.typed_futures)
    def test_a_figure_that_is_skipped_is_not_moved(self, future: Future) -> None:
        found = future_flips(future, _stance)
        skipped = {turn.at for turn in found[:1]}

        assert future_flips(future, _stance, skipped) == found[1:]

    @given(strategies.futures)
    def test_any_future_has_finite_answers(self, future: Future) -> None:
        for turn in future_flips(future, _stance):
            assert isfinite(turn.turns_at)
            assert isfinite(turn.distance)
        for bar in relationship_tornado(future):
            assert isfinite(bar.swing)

    @given(strategies.typed_futures)
    def test_the_tornado_s_ends_are_the_values_there(self, future: Future) -> None:
        for bar in relationship_tornado(future):
            for figure, result in ((bar.low, bar.at_low), (bar.high, bar.at_high)):
                there = relationship_value(_figured(future, bar.at, figure)).value
                if not bar.at.endswith("yearly_gain"):
                    assert result == there
                else:
                    now = multiple_at(future, future.continue_chance)
                    assert result == pytest.approx(figure * (now or 0))


def test_from_next_to_nothing_the_way_is_long_and_not_infinite() -> None:
    moved = Input(at="a", now=1e-306, low=-1e15, high=1e15)
    (found,) = nearest(lambda at, x: x < -700, [moved])

    assert found.distance == 1e15


def test_the_worked_relationship_hangs_most_on_going_on(worked: dict[str, Any]) -> None:
    """60,000 a year at 80% and 10%: 160,000; at 90% it is 270,000."""
    bars = relationship_tornado(read_plan(worked).future)

    assert bars[0].at == "/future/continue_chance"
    assert bars[0].at_high == pytest.approx(270_000)
    assert bars[0].at_low == pytest.approx(60_000 * 1.75)


def test_without_a_yearly_gain_there_is_no_tornado() -> None:
    assert relationship_tornado(Future(continue_chance=0.5, discount_rate=0.1)) == ()
    unsure = Future(us=Stake(yearly_gain=Estimate(likely=1.0)))
    assert relationship_tornado(unsure) == ()


class TestWalkAway:
    """Where a deal turns from better to worse than walking away."""

    def test_the_value_and_the_chance_at_which_it_turns(self) -> None:
        rebid = Alternative(name="Rebid", value=100.0, chance=0.5, cost=10.0)
        found = {turn.at: turn for turn in walk_away_flips([rebid], 60.0)}

        assert found["/alternatives/us/0/value"].turns_at == pytest.approx(140)
        assert found["/alternatives/us/0/chance"].turns_at == pytest.approx(0.7)
        assert not found["/alternatives/us/0/value"].becomes
        assert "/alternatives/us/0/cost" not in found

    def test_a_bad_deal_is_saved_by_what_walking_away_costs(self) -> None:
        rebid = Alternative(name="Rebid", value=100.0, chance=0.5, cost=10.0)
        found = {turn.at: turn for turn in walk_away_flips([rebid], 30.0)}

        assert found["/alternatives/us/0/cost"].turns_at == pytest.approx(20)
        assert found["/alternatives/us/0/cost"].becomes
        assert found["/alternatives/us/0/chance"].falls

    @pytest.mark.parametrize("chance", [0.0, 1.0])
    def test_a_chance_of_0_or_1_has_an_answer(self, chance: float) -> None:
        found = walk_away_flips([Alternative(value=100.0, chance=chance)], 50.0)

        assert [turn.at for turn in found if turn.at.endswith("chance")] == [
            "/alternatives/us/0/chance"
        ]

    def test_a_chance_moves_no_further_than_the_others_leave(self) -> None:
        """At 80% of 100 walking away would be worth 80, and 70% is taken."""
        rebid = Alternative(value=100.0, chance=0.2)
        found = walk_away_flips([rebid, Alternative(value=0.0, chance=0.7)], 80.0)

        assert [turn.at for turn in found if turn.at.endswith("us/0/chance")] == []

    @pytest.mark.parametrize("value", [0.0, 1e-300, 1e15])
    def test_huge_and_tiny_values_give_finite_answers(self, value: float) -> None:
        found = walk_away_flips([Alternative(value=value, chance=0.5)], 1e-9)

        assert all(isfinite(turn.turns_at) for turn in found)

    def test_an_unknown_walk_away_turns_nowhere(self) -> None:
        assert walk_away_flips([], 10.0) == ()
        assert walk_away_flips([Alternative(value=1.0)], 10.0) == ()
        assert walk_away_flips([Alternative(value=1.0, chance=1)], float("inf")) == ()


@st.composite
def deals(
    draw: st.DrawFn, bases: Sequence[Basis | None] = ("guessed",)
) -> tuple[Plan, list[tuple[int, ...]]]:
    """A plan that can be scored, and a few of its deals."""
    issues = draw(strategies.additive_issues(strategies.whole_points))
    plan = Plan(
        issues=tuple(
            AgreementIssue(
                id=f"i{i}",
                name=f"Issue {i}",
                basis=draw(st.sampled_from(bases)),
                weight=Points(
                    us=draw(st.integers(0, 100)), them=draw(st.integers(0, 100))
                ),
                options=tuple(
                    Option(name=f"o{o}", us=us, them=them)
                    for o, (us, them) in enumerate(options)
                ),
            )
            for i, options in enumerate(issues)
        )
    )
    deal = st.tuples(*(st.integers(0, len(options) - 1) for options in issues))
    return plan, draw(st.lists(deal, min_size=1, max_size=5))


def _weighed(plan: Plan, at: str, value: float) -> Plan:
    """The plan with another weight or option value at that address."""
    _, _, i, *path = at.split("/")
    issue = plan.issues[int(i)]
    assert isinstance(issue, AgreementIssue)
    figure: dict[str, Any] = {path[-1]: value}
    if path[0] == "weight":
        changed = replace(issue, weight=replace(issue.weight, **figure))
    else:
        o = int(path[1])
        option = replace(issue.options[o], **figure)
        options = (*issue.options[:o], option, *issue.options[o + 1 :])
        changed = replace(issue, options=options)
    return replace(
        plan, issues=(*plan.issues[: int(i)], changed, *plan.issues[int(i) + 1 :])
    )


worths = st.sampled_from([our_points, gains_product(), gains_product(20)])


@pytest.mark.property
class TestPackageFlips:
    """Each flip point, when applied, does flip the answer; before it nothing does."""

    @given(deals(), worths)
    def test_beyond_it_the_other_deal_is_ahead(self, drawn: Any, worth: Any) -> None:
        plan, choices = drawn
        counted = scores(plan).counted
        assume(counted)
        first = best(counted, choices, worth)
        assert first is not None
        for turn in package_flips(counted, choices, worth):
            step = 1e-4 * max(abs(turn.turns_at), 1e-2)
            beyond = turn.turns_at - step if turn.falls else turn.turns_at + step
            if not _possible(plan, turn, beyond):
                continue
            there = scores(_weighed(plan, turn.at, beyond)).counted
            won, lost = (
                worth(*points(there, choices[i])) for i in (turn.becomes, first)
            )
            assert won > lost

    @given(deals(), worths, st.floats(0, 0.999))
    def test_before_it_the_first_stays_first(
        self, drawn: Any, worth: Any, way: float
    ) -> None:
        plan, choices = drawn
        counted = scores(plan).counted
        assume(counted)
        first = best(counted, choices, worth)
        assert first is not None
        for turn in package_flips(counted, choices, worth):
            value = turn.now + way * (turn.turns_at - turn.now)
            there = scores(_weighed(plan, turn.at, value)).counted
            if not there:
                continue
            ranked = [worth(*points(there, choice)) for choice in choices]
            assert ranked[first] >= max(ranked) - 1e-6

    @given(deals(), st.integers(0, 100), st.data())
    def test_a_weight_that_changes_the_best_lies_beyond_one(
        self, drawn: Any, weight: int, data: st.DataObject
    ) -> None:
        plan, choices = drawn
        counted = scores(plan).counted
        assume(counted)
        first = best(counted, choices)
        assert first is not None
        at = f"/issues/{data.draw(st.integers(0, len(plan.issues) - 1))}/weight/us"
        there = scores(_weighed(plan, at, weight)).counted
        assume(there)
        ranked = [points(there, choice)[0] for choice in choices]
        if ranked[first] < max(ranked) - 1e-6:
            assert at in [turn.at for turn in package_flips(counted, choices)]

    @given(deals())
    def test_each_could_be_entered(self, drawn: Any) -> None:
        plan, choices = drawn
        counted = scores(plan).counted
        assume(counted)
        for turn in package_flips(counted, choices, gains_product(5)):
            assert 0 <= turn.turns_at <= 100


def _possible(plan: Plan, turn: Flip[int], beyond: float) -> bool:
    """Whether the step beyond still is an answer that moves no scale."""
    _, _, i, *path = turn.at.split("/")
    if path[0] == "weight":
        return 0 <= beyond <= 100
    issue = plan.issues[int(i)]
    assert isinstance(issue, AgreementIssue)
    values = [getattr(option, path[-1]) for option in issue.options]
    return bool(min(values) <= beyond <= max(values))


class TestBadInput:
    def test_nothing_compared_has_no_best_and_no_flips(self) -> None:
        assert best((), ()) is None
        assert package_flips((), ()) == ()
        assert robustness((), ()) is None
        assert guesses_worth_asking(()) == ()
        assert package_tornado((), ()) == ()

    def test_one_deal_is_always_first(self) -> None:
        counted = _offices(SWINGS)
        share = robustness(counted, [EACH_OFFICE[4]])

        assert package_flips(counted, [EACH_OFFICE[4]]) == ()
        assert share is not None
        assert share.share == 1
        assert share.rival is None
        assert share.error > 0

    def test_one_issue_decides_whatever_its_weight(self) -> None:
        plan = Plan(
            issues=(
                AgreementIssue(
                    id="a",
                    weight=Points(us=10, them=10),
                    options=(Option(us=0, them=1), Option(us=1, them=0)),
                ),
            )
        )
        counted = scores(plan).counted

        assert package_flips(counted, [(0,), (1,)]) == ()
        assert guesses_worth_asking(counted) == ()

    def test_an_issue_with_one_option_moves_nothing(self) -> None:
        counted = scores(
            Plan(
                issues=(
                    AgreementIssue(
                        weight=Points(us=10, them=10), options=(Option(us=5, them=5),)
                    ),
                )
            )
        ).counted

        assert package_tornado(counted, (0,)) == ()
        assert package_flips(counted, [(0,)]) == ()
        share = robustness(counted, [(0,), (0,)])
        assert share is not None
        assert share.share == 1

    @pytest.mark.parametrize("weight", [5e-324, 1e-300, 1e-9])
    def test_a_tiny_weight_gives_finite_answers(self, weight: float) -> None:
        both = (Option(us=0, them=100), Option(us=100, them=0))
        plan = Plan(
            issues=tuple(
                AgreementIssue(
                    id=str(j),
                    weight=Points(us=w, them=w),
                    basis="guessed",
                    options=both,
                )
                for j, w in enumerate((weight, 100.0, weight))
            )
        )
        counted = scores(plan).counted
        choices = [(0, 1, 0), (1, 0, 1), (0, 0, 0)]

        for turn in package_flips(counted, choices, gains_product()):
            assert isfinite(turn.turns_at)
        for guess in guesses_worth_asking(counted):
            assert isfinite(guess.effect)
        for bar in package_tornado(counted, (1, 1, 0)):
            assert isfinite(bar.swing)


class TestRobustness:
    def test_a_deal_that_is_best_on_every_issue_is_always_first(self) -> None:
        counted = _offices(SWINGS)
        top = tuple(score.us.index(max(score.us)) for score in counted)
        share = robustness(counted, [*EACH_OFFICE, top], first=6)

        assert share is not None
        assert share.share == 1

    def test_two_opposite_deals_on_two_issues_follow_the_ranking(self) -> None:
        """All weightings that rank the first issue higher prefer its best option."""
        both = (Option(us=0, them=0), Option(us=100, them=0))
        issues = tuple(
            AgreementIssue(id=name, weight=Points(us=w, them=1), options=both)
            for name, w in (("a", 60), ("b", 40))
        )
        counted = scores(Plan(issues=issues)).counted
        choices = [(1, 0), (0, 1)]

        one = robustness(counted, choices)
        other = robustness(counted, choices, ranking=("b", "a"))
        partly = robustness(counted, choices, ranking=("b",))

        assert one is not None
        assert one.share == 1
        assert other is not None
        assert (other.share, other.rival) == (0, 1)
        assert partly == one

    def test_equal_weights_may_come_in_any_order(self) -> None:
        both = (Option(us=0, them=0), Option(us=100, them=0))
        issues = tuple(
            AgreementIssue(id=name, weight=Points(us=50, them=1), options=both)
            for name in "ab"
        )
        share = robustness(scores(Plan(issues=issues)).counted, [(1, 0), (0, 1)])

        assert share is not None
        assert abs(share.share - 0.5) < 5 * share.error

    def test_a_share_that_is_known_is_found(self) -> None:
        """For w falling over three issues, w1 > 1/2 has 3/4 of the weightings.

        The simplex with w1 ≥ w2 ≥ w3 is a sixth of the whole, and so much of the
        corner w1 > 1/2, a quarter of the whole, as has w2 ≥ w3: a half of it.
        """
        both = (Option(us=0, them=0), Option(us=100, them=0))
        issues = tuple(
            AgreementIssue(id=name, weight=Points(us=w, them=1), options=both)
            for name, w in (("a", 50), ("b", 30), ("c", 20))
        )
        counted = scores(Plan(issues=issues)).counted
        share = robustness(counted, [(1, 0, 0), (0, 1, 1)], samples=4_000)

        assert share is not None
        assert share.samples == 4_000
        assert abs(share.share - 0.75) < 5 * share.error

    @pytest.mark.property
    @given(deals(), worths)
    def test_the_same_plan_gives_the_same_share(self, drawn: Any, worth: Any) -> None:
        plan, choices = drawn
        counted = scores(plan).counted
        assume(counted)
        one = robustness(counted, choices, 0, worth, samples=50)

        assert one == robustness(counted, choices, 0, worth, samples=50)
        assert one is not None
        assert 0 <= one.share <= 1
        assert (one.rival is None) == (one.share == 1)

    def test_the_budget_is_kept_and_said(self) -> None:
        counted = _offices(SWINGS) * 10
        choices = [choice * 10 for choice in EACH_OFFICE] * 20
        share = robustness(counted, choices, first=119)

        assert share is not None
        assert share.samples == 100


class TestGuesses:
    def test_what_they_told_us_is_not_asked_again(self, worked: dict[str, Any]) -> None:
        analysis = analysed(worked)
        guesses = guesses_worth_asking(analysis.counted)

        assert 0 < len(guesses) <= 3
        assert all(guess.score.issue.basis != "told" for guess in guesses)
        effects = [guess.effect for guess in guesses]
        assert effects == sorted(effects, reverse=True)

    def test_a_guess_may_be_further_off_than_what_we_saw(
        self, worked: dict[str, Any]
    ) -> None:
        for guess in guesses_worth_asking(analysed(worked).counted):
            weight = guess.score.issue.weight.them or 0.0
            off = {"guessed": 0.5, "observed": 0.25}[guess.score.issue.basis or ""]
            assert guess.low == pytest.approx(weight * (1 - off))
            assert guess.high == pytest.approx(weight * (1 + off))

    def test_two_issues_by_hand(self) -> None:
        """We weigh 60 and 40, they 40 and 60: we keep the first, they get the second.

        That is 60 to each. Were the second worth 30 beside 40 to them, its 3/7 were
        too little for the product of gains: they would get an eighth of the first
        as well, (60/60 − (3/7)/(4/7))/2, and we 52.5.
        """
        opposed = (Option(us=100, them=0), Option(us=0, them=100))
        plan = Plan(
            issues=(
                AgreementIssue(
                    id="a", weight=Points(us=60, them=40), basis="told", options=opposed
                ),
                AgreementIssue(
                    id="b",
                    weight=Points(us=40, them=60),
                    basis="guessed",
                    options=opposed,
                ),
            )
        )
        counted = scores(plan).counted
        (guess,) = guesses_worth_asking(counted)

        assert guess.at == "/issues/1/weight/them"
        assert guess.effect == pytest.approx(7.5)

    def test_where_we_cannot_reach_our_walk_away_nothing_is_asked(
        self, worked: dict[str, Any]
    ) -> None:
        assert guesses_worth_asking(analysed(worked).counted, 101.0) == ()

    @pytest.mark.property
    @given(deals(("told", "observed", "guessed", None)), st.floats(0, 100))
    def test_answers_are_finite_and_in_order(
        self, drawn: Any, walk_away: float
    ) -> None:
        plan, _ = drawn
        guesses = guesses_worth_asking(scores(plan).counted, walk_away)

        assert len(guesses) <= 3
        for guess in guesses:
            assert 0 < guess.effect <= 100 + 1e-9
            assert 0 <= guess.low < guess.high <= 100


def test_the_tornado_of_a_deal_shows_the_weights_it_hangs_on() -> None:
    counted = _offices(SWINGS)
    bars = package_tornado(counted, EACH_OFFICE[0])
    side: Side = "us"

    assert [bar.swing for bar in bars] == sorted((b.swing for b in bars), reverse=True)
    for bar in bars:
        j = int(bar.at.split("/")[2])
        low = [*SWINGS[:j], bar.low, *SWINGS[j + 1 :]]
        assert points(_offices(low), EACH_OFFICE[0])[0] == pytest.approx(bar.at_low)
        assert bar.at.endswith(side)
        assert bar.high <= 100
