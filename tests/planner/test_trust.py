"""What trust saves on checking, and what a betrayal would cost."""

from dataclasses import replace
from math import isfinite
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analyses.relationship import value
from planner.analyses.trust import MILESTONES, Corner, Trust, inspection, trust
from planner.plan.values import Checks, Estimate, Future, Plan, Stake
from tests import strategies
from tests.planner.changes import analysed

# As wide as a plan document can be, to the smallest number that there is.
sums = st.floats(-1e15, 1e15) | st.sampled_from([0.0, 5e-324, 1e-300, 1.0, 1e15])
whole = st.integers(0, 10**6).map(float)
checks = st.builds(
    Checks,
    cost=strategies.maybe(sums),
    penalty=strategies.maybe(sums),
    effort=strategies.maybe(sums),
    a_year=strategies.maybe(st.floats(0, 1e6)),
)
plans = st.builds(
    Plan,
    future=strategies.futures,
    checks=checks,
    loss_if_betrayed=strategies.maybe(sums),
)


def reckoned(plan: Plan) -> Trust:
    return trust(plan, value(plan.future))


def of(worked: dict[str, Any], changes: dict[str, Any]) -> Trust:
    return reckoned(analysed(worked, changes).plan)


class TestDividend:
    """Monitoring now − monitoring when trusted, a year and as a present value."""

    def test_it_is_what_checking_costs_more_than_it_would(
        self, worked: dict[str, Any]
    ) -> None:
        """30,000 − 9,000 a year, at the multiple of r = 0.8 and i = 0.10."""
        saves = reckoned(analysed(worked).plan).dividend

        assert saves.yearly == 21_000
        assert saves.value == pytest.approx(56_000)
        assert saves.missing == ()

    def test_it_is_negative_where_trusting_would_cost_more(
        self, worked: dict[str, Any]
    ) -> None:
        saves = of(worked, {"/future/us/monitoring_trusted": 40_000}).dividend

        assert saves.yearly == -10_000

    @pytest.mark.parametrize(
        "at", ["/future/us/monitoring_now", "/future/us/monitoring_trusted"]
    )
    def test_an_unknown_makes_it_unknown_and_is_named(
        self, worked: dict[str, Any], at: str
    ) -> None:
        saves = of(worked, {at: None}).dividend

        assert (saves.yearly, saves.value) == (None, None)
        assert saves.missing == (at,)

    def test_without_the_multiple_the_yearly_sum_still_stands(
        self, worked: dict[str, Any]
    ) -> None:
        at = "/future/continue_chance"
        saves = of(worked, {at: None}).dividend

        assert (saves.yearly, saves.value) == (21_000, None)
        assert saves.missing == (at,)


class TestInspection:
    """Shirk h/w, check g/w, spend h·g/w, where w > h and w > g."""

    def test_the_arithmetic_of_one_check(self) -> None:
        """oracles.md#b14 [R]: h = 8, w = 20, g = 15, recomputed and not looked up."""
        game = inspection(Checks(cost=8, penalty=20, effort=15, a_year=12))

        assert game.shirk == pytest.approx(0.4)
        assert game.inspect == pytest.approx(0.75)
        assert game.spend == pytest.approx(6)
        assert game.yearly == pytest.approx(72)
        assert game.corner is None

    @pytest.mark.property
    @given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(1e-6, 1e9))
    def test_in_equilibrium_neither_side_can_do_better(
        self, cost: float, effort: float, penalty: float
    ) -> None:
        """Each is indifferent: that is what makes mixing an equilibrium."""
        h, w, g = cost * penalty, penalty, effort * penalty
        game = inspection(Checks(cost=h, penalty=w, effort=g))

        assert game.shirk is not None
        assert game.inspect is not None
        assert game.shirk * w - h == pytest.approx(0, abs=1e-9 * w)
        assert w - g == pytest.approx((1 - game.inspect) * w, abs=1e-9 * w)

    @pytest.mark.parametrize(
        ("cost", "penalty", "effort", "answer"),
        [
            (8, 20, 0, (0, 0, 0, Corner.NO_NEED)),
            (0, 0, 0, (0, 0, 0, Corner.NO_NEED)),
            (8, 20, -5, (0, 0, 0, Corner.NO_NEED)),
            (20, 20, 15, (1, 0, 0, Corner.NO_CHECK_PAYS)),
            (30, 20, 25, (1, 0, 0, Corner.NO_CHECK_PAYS)),
            (8, 0, 15, (1, 0, 0, Corner.NO_CHECK_PAYS)),
            (8, 20, 20, (1, 1, 8, Corner.NO_DETERRENCE)),
            (8, 20, 30, (1, 1, 8, Corner.NO_DETERRENCE)),
            (0, 20, 15, (0, 0.75, 0, None)),
        ],
    )
    def test_at_a_corner_the_answer_is_a_plain_one(
        self,
        cost: float,
        penalty: float,
        effort: float,
        answer: tuple[float, float, float, Corner | None],
    ) -> None:
        game = inspection(Checks(cost=cost, penalty=penalty, effort=effort))

        assert (game.shirk, game.inspect, game.spend, game.corner) == answer

    @pytest.mark.parametrize("key", ["cost", "penalty", "effort"])
    def test_an_unknown_makes_it_unknown_and_is_named(self, key: str) -> None:
        known = Checks(cost=8, penalty=20, effort=15, a_year=1)
        lacking: dict[str, Any] = {key: None}
        game = inspection(replace(known, **lacking))

        assert (game.shirk, game.inspect, game.spend, game.yearly) == (None,) * 4
        assert game.missing == (f"/checks/{key}",)

    def test_without_the_number_of_checks_only_the_year_is_unknown(self) -> None:
        game = inspection(Checks(cost=8, penalty=20, effort=15))

        assert (game.spend, game.yearly) == (6, None)
        assert game.missing == ("/checks/a_year",)

    @pytest.mark.property
    @given(whole, whole, whole, st.integers(-20, 20))
    def test_in_another_currency_the_chances_are_the_same(
        self, cost: float, penalty: float, effort: float, power: int
    ) -> None:
        rate = 2.0**power  # so that nothing is rounded
        here = inspection(Checks(cost=cost, penalty=penalty, effort=effort))
        there = inspection(
            Checks(cost=cost * rate, penalty=penalty * rate, effort=effort * rate)
        )

        assert (here.shirk, here.inspect, here.corner) == (
            there.shirk,
            there.inspect,
            there.corner,
        )


class TestBetrayal:
    """What is lost at once, and the future with it, beside the dividend."""

    def test_it_costs_the_loss_and_the_future(self, worked: dict[str, Any]) -> None:
        """60,000 a year at 2.667 is 160,000; 21,000 saved bear one chance in ten."""
        risk = of(worked, {"/loss_if_betrayed": 50_000}).betrayal

        assert risk.at_once == 50_000
        assert risk.future == pytest.approx(160_000)
        assert risk.cost == pytest.approx(210_000)
        assert risk.bearable == pytest.approx(0.1)
        assert risk.missing == ()

    def test_a_future_that_gains_us_nothing_is_no_loss(
        self, worked: dict[str, Any]
    ) -> None:
        changes = {"/loss_if_betrayed": 50_000, "/future/us/yearly_gain": -1}

        assert of(worked, changes).betrayal.cost == 50_000

    def test_where_trust_saves_nothing_no_risk_is_worth_it(
        self, worked: dict[str, Any]
    ) -> None:
        changes = {"/loss_if_betrayed": 5, "/future/us/monitoring_trusted": 30_000}

        assert of(worked, changes).betrayal.bearable == 0

    def test_where_nothing_can_be_lost_any_risk_is(
        self, worked: dict[str, Any]
    ) -> None:
        changes = {"/loss_if_betrayed": 0, "/future/us/yearly_gain": 0}

        assert of(worked, changes).betrayal.bearable == 1

    @pytest.mark.parametrize(
        "at",
        [
            "/loss_if_betrayed",
            "/future/us/yearly_gain",
            "/future/continue_chance",
        ],
    )
    def test_an_unknown_makes_the_cost_unknown_and_is_named(
        self, worked: dict[str, Any], at: str
    ) -> None:
        risk = of(worked, {"/loss_if_betrayed": 50_000} | {at: None}).betrayal

        assert (risk.cost, risk.bearable) == (None, None)
        assert risk.missing == (at,)

    @pytest.mark.property
    @given(plans)
    def test_up_to_the_bearable_chance_the_dividend_pays(self, plan: Plan) -> None:
        known = reckoned(plan)
        risk, yearly = known.betrayal, known.dividend.yearly

        if risk.bearable is not None and risk.cost is not None and yearly is not None:
            assert 0 <= risk.bearable <= 1
            assert risk.bearable * risk.cost <= max(yearly, 0) * (1 + 1e-9)


class TestMilestones:
    """Which safeguard may be relaxed, once what has been observed; ours."""

    def test_each_step_saves_more_until_all_is_saved(self) -> None:
        shares = [step.share for step in MILESTONES]

        assert shares == sorted(set(shares))
        assert shares[0] > 0
        assert shares[-1] == 1

    def test_a_step_saves_its_share_of_the_dividend(
        self, worked: dict[str, Any]
    ) -> None:
        known = reckoned(analysed(worked).plan)

        assert [known.saved(step) for step in known.milestones] == [
            5_250,
            10_500,
            15_750,
            21_000,
        ]

    def test_nothing_is_relaxed_where_they_would_grab_at_every_estimate(
        self, worked: dict[str, Any]
    ) -> None:
        assert of(worked, {"/future/them/one_off_gain": 300_000}).milestones == ()

    def test_where_the_dividend_is_unknown_so_is_what_a_step_saves(self) -> None:
        assert reckoned(Plan()).saved(MILESTONES[0]) is None


def test_of_an_empty_plan_everything_is_unknown_and_nothing_zero() -> None:
    known = reckoned(Plan())
    figures = (
        *(known.dividend.yearly, known.dividend.value),
        *(known.inspection.spend, known.betrayal.cost, known.betrayal.bearable),
    )

    assert set(figures) == {None}


@pytest.mark.property
@given(plans)
def test_no_figure_is_ever_infinite_or_no_number(plan: Plan) -> None:
    known = reckoned(plan)
    game, risk = known.inspection, known.betrayal
    figures = [
        *(known.dividend.yearly, known.dividend.value),
        *(game.shirk, game.inspect, game.spend, game.yearly),
        *(risk.at_once, risk.future, risk.cost, risk.bearable),
        *(known.saved(step) for step in known.milestones),
    ]

    assert all(isfinite(figure) for figure in figures if figure is not None)


@pytest.mark.property
@given(plans)
def test_a_figure_is_known_or_what_it_lacks_is_named(plan: Plan) -> None:
    known = reckoned(plan)

    assert known.dividend.yearly is not None or known.dividend.missing
    assert known.inspection.yearly is not None or known.inspection.missing
    assert known.betrayal.cost is not None or known.betrayal.missing


def test_huge_answers_still_have_an_answer() -> None:
    stake = Stake(
        yearly_gain=Estimate(likely=1e15), monitoring_now=1e15, monitoring_trusted=-1e15
    )
    future = Future(continue_chance=1, discount_rate=1e-9, us=stake)
    known = reckoned(Plan(future=future, loss_if_betrayed=1e15))

    assert known.dividend.value == pytest.approx(2e24)
    assert known.betrayal.bearable == pytest.approx(2e-9)
