"""What the future is worth: to us, to them, and at most in today's concessions."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analyses.relationship import (
    chance_for,
    condition,
    multiple,
    multiple_at,
    value,
)
from planner.plan.values import Estimate, Future, Stake
from tests import strategies
from tests.planner.changes import analysed

# oracles.md#b5 [X]: the multiple at a chance of going on and a yearly rate.
MULTIPLES = {
    0.60: {0.10: 1.20, 0.12: 1.15, 0.14: 1.11, 0.16: 1.07},
    0.70: {0.10: 1.75, 0.12: 1.67, 0.14: 1.59, 0.16: 1.52},
    0.80: {0.10: 2.67, 0.12: 2.50, 0.14: 2.35, 0.16: 2.22},
    0.90: {0.10: 4.50, 0.12: 4.09, 0.14: 3.75, 0.16: 3.46},
}

chances = st.floats(0, 1)
rates = st.floats(0, 1)
growths = st.floats(-1, 1)


class TestMultiple:
    """M = r / (1 + i − r(1 + g)), or the finite sum when years are given."""

    @pytest.mark.parametrize("rate", [0.10, 0.12, 0.14, 0.16])
    @pytest.mark.parametrize("chance", MULTIPLES)
    def test_it_is_the_published_one(self, chance: float, rate: float) -> None:
        assert multiple(chance, rate) == pytest.approx(
            MULTIPLES[chance][rate], abs=0.005
        )

    def test_it_is_exact_beyond_the_table_s_rounding(self) -> None:
        """oracles.md#b4: r = 0.8, i = 0.10."""
        assert multiple(0.8, 0.1) == pytest.approx(2.666667, abs=1e-6)

    @pytest.mark.property
    @given(chances, rates, growths, st.integers(0, 30))
    def test_for_a_term_it_is_the_sum_year_by_year(
        self, chance: float, rate: float, growth: float, years: int
    ) -> None:
        total, gain, reached = 0.0, 1.0, 1.0
        for year in range(1, years + 1):
            reached *= chance
            total += gain * reached / (1 + rate) ** year
            gain *= 1 + growth

        assert multiple(chance, rate, growth, years) == pytest.approx(
            total, rel=1e-6, abs=1e-9
        )

    def test_a_term_in_which_nothing_shrinks_counts_its_years(self) -> None:
        assert multiple(1, 0, 0, 7) == 7

    def test_a_long_term_comes_near_an_open_end(self) -> None:
        assert multiple(0.8, 0.1, 0, 100) == pytest.approx(multiple(0.8, 0.1))

    @pytest.mark.parametrize(
        ("chance", "rate", "growth"), [(1, 0, 0), (1, 0.1, 0.1), (0.9, 0, 1)]
    )
    def test_without_a_bound_there_is_none(
        self, chance: float, rate: float, growth: float
    ) -> None:
        with pytest.raises(ValueError, match="must be smaller"):
            multiple(chance, rate, growth)

    @pytest.mark.property
    @given(rates, growths, st.none() | st.integers(1, 30), st.data())
    def test_it_rises_with_the_chance(
        self, rate: float, growth: float, years: int | None, data: st.DataObject
    ) -> None:
        future = Future(discount_rate=rate, growth=growth, years=years)
        low, high = sorted([data.draw(chances), data.draw(chances)])
        less, more = multiple_at(future, low), multiple_at(future, high)

        assert more is None or (less is not None and less <= more * (1 + 1e-9))

    @pytest.mark.property
    @given(st.floats(0, 0.95), st.floats(0.01, 1), st.none() | st.floats(1, 30))
    def test_the_chance_that_gives_a_multiple_is_found_again(
        self, chance: float, rate: float, years: float | None
    ) -> None:
        future = Future(discount_rate=rate, years=years)
        reached = multiple_at(future, chance)

        assert reached is not None
        assert chance_for(future, reached) == pytest.approx(chance, abs=1e-9)

    @pytest.mark.parametrize("chance", [1e-15, 1e-9, 1e-3, 0.5])
    def test_a_chance_however_small_is_exact(self, chance: float) -> None:
        future = Future(discount_rate=0.1)
        reached = multiple_at(future, chance)

        assert reached is not None
        assert chance_for(future, reached) == pytest.approx(chance, rel=1e-14)

    def test_a_multiple_that_no_chance_gives_has_none(self) -> None:
        assert chance_for(Future(discount_rate=0.1), 11) is None
        assert chance_for(Future(discount_rate=0.1), -1) is None


def _game(temptation: float, reward: float, punishment: float, chance: float) -> Future:
    """A repeated dilemma in money: cooperation gains R − P a year, T − R now."""
    stake = Stake(
        yearly_gain=Estimate(likely=reward - punishment),
        one_off_gain=temptation - reward,
    )
    return Future(continue_chance=chance, discount_rate=0, us=stake, them=stake)


class TestCooperation:
    """Cooperation pays where one-off gain ≤ yearly gain × δ/(1 − δ): grim trigger."""

    @pytest.mark.parametrize(
        ("payoffs", "threshold"), [((5, 3, 1), 0.5), ((6, 4, 0), 1 / 3)]
    )
    def test_it_turns_at_the_published_threshold(
        self, payoffs: tuple[float, float, float], threshold: float
    ) -> None:
        """oracles.md#b4: δ = (T − R)/(T − P), for (5,3,1,0) and (6,4,0,−2)."""
        assert condition(_game(*payoffs, threshold + 1e-9), "us").holds is True
        assert condition(_game(*payoffs, threshold - 1e-9), "us").holds is False

    def test_with_a_rate_it_turns_at_a_higher_chance(self) -> None:
        """oracles.md#b4 [D]: at i = 0.10 cooperation flips at r = 0.55."""
        game = Future(
            discount_rate=0.1,
            us=Stake(yearly_gain=Estimate(likely=2), one_off_gain=2),
        )

        assert chance_for(game, 1) == pytest.approx(0.55)

    @pytest.mark.property
    @given(st.floats(0, 0.99), st.floats(0, 1), st.floats(0, 1e6), st.floats(0, 1e6))
    def test_it_is_the_grim_trigger_condition(
        self, chance: float, rate: float, gain: float, grab: float
    ) -> None:
        delta = chance / (1 + rate)
        worth = gain * delta / (1 - delta)
        future = Future(
            continue_chance=chance,
            discount_rate=rate,
            us=Stake(yearly_gain=Estimate(likely=gain), one_off_gain=grab),
        )

        if abs(worth - grab) > 1e-6 * (1 + worth):
            assert condition(future, "us").holds is (grab < worth)

    @pytest.mark.parametrize("grab", [-100.0, 0.0])
    @pytest.mark.parametrize(
        ("chance", "gain", "holds"),
        [
            (0.0, Estimate(likely=60_000), False),
            (0.8, Estimate(likely=0), False),
            (0.8, Estimate(low=-2_000, high=0), False),
            (0.8, Estimate(low=0, high=1), True),
        ],
    )
    def test_a_future_that_is_worth_nothing_is_a_one_off(
        self, chance: float, gain: Estimate, holds: bool, grab: float
    ) -> None:
        """method.md#source-article: nothing to protect, nothing that protects."""
        stake = Stake(yearly_gain=gain, one_off_gain=grab)
        future = Future(continue_chance=chance, discount_rate=0.1, us=stake, them=stake)

        assert condition(future, "us").holds is holds
        assert condition(future, "them").holds is holds

    @pytest.mark.parametrize(
        ("grab", "holds"), [(40_000, True), (100_000, None), (300_000, False)]
    )
    def test_over_a_range_it_holds_or_fails_everywhere_or_is_open(
        self, worked: dict[str, Any], grab: float, holds: bool | None
    ) -> None:
        """Theirs is tested over low, likely and high: 53,333 to 240,000."""
        known = analysed(worked, {"/future/them/one_off_gain": grab}).relationship

        assert known.theirs.future == pytest.approx((53_333.33, 133_333.33, 240_000))
        assert known.theirs.holds is holds

    @pytest.mark.parametrize(
        "at",
        [
            "/future/continue_chance",
            "/future/us/yearly_gain",
        ],
    )
    def test_an_unknown_leaves_it_open_and_is_named(
        self, worked: dict[str, Any], at: str
    ) -> None:
        known = analysed(worked, {at: None}).relationship

        assert known.ours.holds is None
        assert known.ours.missing == (at,)

    def test_growth_left_out_is_none(self, worked: dict[str, Any]) -> None:
        with_zero = analysed(worked, {"/future/growth": 0}).relationship

        assert analysed(worked, {"/future/growth": None}).relationship == with_zero


class TestPremium:
    """What a concession that lifts the chance of going on is worth, at most."""

    def _future(self, gain: float, grab: float) -> Future:
        return Future(
            continue_chance=0.8,
            continue_chance_if_we_give=0.9,
            discount_rate=0.1,
            us=Stake(yearly_gain=Estimate(likely=gain)),
            them=Stake(yearly_gain=Estimate(low=1, high=100), one_off_gain=grab),
        )

    def test_it_is_what_a_likelier_next_renewal_is_worth(self) -> None:
        """100,000 × 0.1 / 1.1 × (1 + 2.6667), by hand."""
        known = value(self._future(100_000, 0))

        assert known.premium == pytest.approx(33_333.33)
        assert known.value == pytest.approx(266_666.67)

    def test_where_every_later_renewal_is_likelier_it_is_worth_more(self) -> None:
        """oracles.md#b5 [D]: 100,000 a year, r from 0.80 to 0.90 at 10%."""
        known = value(self._future(100_000, 0))

        assert known.lasting_premium == pytest.approx(183_333.33)

    @pytest.mark.property
    @given(
        st.floats(0, 0.5), st.floats(0.01, 0.4), st.floats(0.01, 1), st.floats(-1, 0)
    )
    def test_the_lasting_one_is_so_many_times_the_next(
        self, chance: float, rise: float, rate: float, growth: float
    ) -> None:
        """1 + (1 + g)M′ times, without an end: method.md, “Goodwill ceiling”."""
        future = replace(
            self._future(100_000, 0),
            continue_chance=chance,
            continue_chance_if_we_give=chance + rise,
            discount_rate=rate,
            growth=growth,
        )
        known = value(future)
        assert known.premium is not None

        times = 1 + (1 + growth) * multiple(chance + rise, rate, growth)
        assert known.lasting_premium == pytest.approx(known.premium * times)

    @pytest.mark.property
    @given(strategies.typed_futures)
    def test_the_next_renewal_is_worth_no_more_than_all(self, future: Future) -> None:
        known = value(future)
        if known.premium is not None and known.lasting_premium is not None:
            assert known.premium <= known.lasting_premium * (1 + 1e-9) + 1e-6

    def test_in_a_fixed_term_a_renewal_is_worth_the_years_after_it(self) -> None:
        """Two years: 100,000 × 0.1 / 1.1 × (1 + 0.8 / 1.1), by hand."""
        known = value(replace(self._future(100_000, 0), years=2))

        assert known.premium == pytest.approx(15_702.48)

    def test_of_a_range_the_low_end_counts(self) -> None:
        us = Stake(yearly_gain=Estimate(low=100_000, high=900_000))

        assert value(replace(self._future(0, 0), us=us)).premium == pytest.approx(
            33_333.33
        )

    def test_what_hangs_on_a_guess_about_them_is_kept_for_the_sentence(self) -> None:
        known = value(self._future(100_000, 1_000_000))

        assert known.uncredited == pytest.approx(33_333.33)
        assert value(self._future(100_000, 0)).uncredited is None

    @pytest.mark.parametrize("gain", [0, -100_000])
    def test_a_future_that_gains_us_nothing_is_worth_no_concession(
        self, gain: float
    ) -> None:
        assert value(self._future(gain, 0)).premium == 0

    def test_it_is_zero_where_they_would_grab_at_every_estimate(self) -> None:
        """oracles.md#b6 [D]: they would take the concession and leave."""
        assert value(self._future(100_000, 1_000_000)).premium == 0

    def test_it_stands_where_they_would_grab_at_some_estimates(self) -> None:
        known = value(self._future(100_000, 200))

        assert known.theirs.holds is None
        assert known.premium == pytest.approx(33_333.33)

    def test_a_concession_that_makes_it_worse_is_worth_nothing(
        self, worked: dict[str, Any]
    ) -> None:
        changes = {"/future/continue_chance_if_we_give": 0.5}

        assert analysed(worked, changes).relationship.premium == 0

    @pytest.mark.parametrize(
        "at",
        [
            "/future/continue_chance",
            "/future/continue_chance_if_we_give",
            "/future/us/yearly_gain",
        ],
    )
    def test_an_unknown_makes_it_unknown_and_not_zero(
        self, worked: dict[str, Any], at: str
    ) -> None:
        assert analysed(worked, {at: None}).relationship.premium is None

    @pytest.mark.property
    @given(strategies.typed_futures)
    def test_it_is_never_negative(self, future: Future) -> None:
        known = value(future)

        for premium in (known.premium, known.lasting_premium, known.uncredited):
            assert premium is None or premium >= 0
