"""What walking away is worth, and what is left between the two sides."""

from dataclasses import replace
from math import isfinite
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analyses.alternatives import (
    Range,
    Zone,
    first_middle,
    midpoint,
    price_zone,
    reservation_range,
    reservation_value,
    walk_away_flips,
    zone,
)
from planner.plan.values import (
    AgreementIssue,
    Alternative,
    Alternatives,
    Basis,
    Money,
    Offer,
    Option,
    Plan,
    Side,
)
from tests import strategies
from tests.planner.changes import analysed

prices = st.floats(-1e15, 1e15)
ranges = st.tuples(prices, prices)
alternatives = st.lists(
    st.builds(
        Alternative,
        value=strategies.maybe(strategies.amounts),
        chance=strategies.maybe(strategies.shares),
        cost=strategies.maybe(strategies.amounts),
        basis=strategies.maybe(strategies.bases),
    ),
    max_size=3,
)


class TestReservationValue:
    """Σ chance × value − cost."""

    def test_each_alternative_counts_by_its_chance(self) -> None:
        ours = [
            Alternative(value=40_000, chance=0.7),
            Alternative(value=10_000, chance=0.2),
        ]

        assert reservation_value(ours) == pytest.approx(30_000)

    def test_what_looking_and_switching_cost_is_paid_in_any_case(self) -> None:
        ours = [Alternative(value=40_000, chance=0.7, cost=5_000)]

        assert reservation_value(ours) == pytest.approx(23_000)

    def test_without_an_alternative_it_is_unknown_and_not_zero(self) -> None:
        assert reservation_value([]) is None

    @pytest.mark.parametrize(
        "unknown", [Alternative(value=5), Alternative(chance=0.5), Alternative()]
    )
    def test_one_unknown_makes_it_unknown(self, unknown: Alternative) -> None:
        assert reservation_value([Alternative(value=5, chance=0.5), unknown]) is None

    def test_an_alternative_may_be_worth_less_than_nothing(self) -> None:
        assert reservation_value([Alternative(value=-5_000, chance=1)]) == -5_000

    @pytest.mark.parametrize(("chance", "value"), [(0, 0), (1, 40_000)])
    def test_a_chance_of_nothing_or_of_all_is_a_chance(
        self, chance: float, value: float
    ) -> None:
        assert reservation_value([Alternative(value=40_000, chance=chance)]) == value

    @pytest.mark.property
    @given(alternatives, strategies.amounts)
    def test_a_cost_lowers_it_by_itself(
        self, ours: list[Alternative], cost: float
    ) -> None:
        known = reservation_value(ours)
        more = reservation_value([*ours, Alternative(value=0, chance=1, cost=cost)])

        if known is not None:
            assert more == pytest.approx(known - cost)


class TestReservationRange:
    """Theirs as a range: as sure as how we know."""

    @pytest.mark.parametrize("basis", ["told", "observed"])
    def test_what_was_told_or_observed_is_a_point(self, basis: Basis) -> None:
        theirs = [Alternative(value=45_000, chance=0.6, cost=2_000, basis=basis)]

        assert reservation_range(theirs) == pytest.approx((25_000, 25_000))

    @pytest.mark.parametrize("basis", ["guessed", None])
    def test_a_guess_may_be_a_quarter_off(self, basis: Basis | None) -> None:
        theirs = [Alternative(value=40_000, chance=0.5, cost=2_000, basis=basis)]

        assert reservation_range(theirs) == pytest.approx((13_000, 23_000))

    @pytest.mark.parametrize(
        ("value", "expected"), [(40_000, (0, 40_000)), (-40_000, (-40_000, 0))]
    )
    def test_a_chance_that_is_not_given_may_be_any(
        self, value: float, expected: Range
    ) -> None:
        assert reservation_range([Alternative(value=value)]) == expected

    def test_chances_that_are_not_given_share_what_the_others_leave(self) -> None:
        """Only one comes off: of 40% left, the better or neither may have it all."""
        theirs = [
            Alternative(value=45_000, chance=0.6, basis="told"),
            Alternative(value=50_000),
            Alternative(value=10_000, cost=1_000),
        ]

        assert reservation_range(theirs) == pytest.approx((26_000, 46_000))

    def test_without_a_value_there_is_no_range(self) -> None:
        assert reservation_range([]) is None
        assert reservation_range([Alternative(value=1), Alternative()]) is None

    @pytest.mark.property
    @given(alternatives)
    def test_it_holds_the_value_that_is_likely(self, theirs: list[Alternative]) -> None:
        likely, span = reservation_value(theirs), reservation_range(theirs)

        if likely is not None:
            assert span is not None
            slack = 1e-9 * (1 + sum(abs(a.value or 0) for a in theirs))
            slack += 1e-9 * sum(abs(a.cost or 0) for a in theirs)
            assert span[0] - slack <= likely <= span[1] + slack

    @pytest.mark.property
    @given(alternatives)
    def test_it_runs_from_low_to_high_in_finite_numbers(
        self, theirs: list[Alternative]
    ) -> None:
        span = reservation_range(theirs)

        assert span is None or (span[0] <= span[1] and all(map(isfinite, span)))


def between(seller: float | Range, buyer: float | Range) -> Zone:
    found = zone(seller, buyer)
    assert found is not None
    return found


class TestElmtreeHouse:
    """Elmtree House, [RaiffaBook1982] ch. 3, in thousands (ORACLES B.7 [V])."""

    SELLER = 220.0
    CLOSE = 325.0  # 300 and a donation of 25

    def test_the_zone_is_105_wide_at_least(self) -> None:
        """The buyer is only known to have gone to 325."""
        known = between(self.SELLER, self.CLOSE)

        assert known.size == (105, 105)
        assert known.sure == (220, 325)

    def test_the_seller_gains_105_over_its_walk_away(self) -> None:
        known = between(self.SELLER, self.CLOSE)

        assert self.CLOSE - known.seller[0] == 105

    def test_the_buyer_is_shown_as_a_range(self) -> None:
        """The experts' quartiles for the buyer's limit were 250 and 475."""
        known = between(self.SELLER, (250, 475))

        assert known.exists is True
        assert known.size == (30, 255)
        assert known.sure == (220, 250)
        assert known.possible == (220, 475)

    def test_a_dearer_new_home_would_narrow_it(self) -> None:
        """At 275, what would justify the move to Allston."""
        known = between(275, (250, 475))

        assert known.exists is None
        assert known.size == (-25, 200)
        assert known.sure is None

    def test_the_first_serious_offers_point_at_their_middle(self) -> None:
        assert midpoint(250, 475) == 362.5


class TestZone:
    """ZOPA = [s, b] where b ≥ s; else there is a gap."""

    def test_a_gap_has_its_size_and_no_price(self) -> None:
        known = between(300, (220, 250))

        assert known.exists is False
        assert known.gap == (50, 80)
        assert known.sure is None
        assert known.possible is None

    def test_a_single_price_is_a_zone(self) -> None:
        known = between(300, 300)

        assert known.exists is True
        assert known.sure == (300, 300)
        assert known.gap is None

    def test_an_unknown_side_leaves_no_zone_and_no_zero(self) -> None:
        assert zone(None, 300) is None
        assert zone(300, None) is None

    @pytest.mark.parametrize("odd", [float("nan"), float("inf"), -1e308])
    def test_what_cannot_be_reckoned_with_is_unknown(self, odd: float) -> None:
        assert zone(odd, 1e308) is None
        assert zone(1, (odd, float("inf"))) is None

    @pytest.mark.property
    @given(ranges, ranges)
    def test_it_exists_or_has_a_gap_or_depends(
        self, seller: Range, buyer: Range
    ) -> None:
        known = between(seller, buyer)

        assert (known.sure is not None) is (known.exists is True)
        assert (known.gap is not None) is (known.exists is False)
        assert (known.possible is None) is (known.exists is False)
        assert known.size[0] <= known.size[1]

    @pytest.mark.property
    @given(ranges, ranges)
    def test_the_other_way_up_the_sides_change_places(
        self, seller: Range, buyer: Range
    ) -> None:
        """A price counted downwards makes the seller a buyer."""
        known = between(seller, buyer)
        turned = between((-buyer[0], -buyer[1]), (-seller[0], -seller[1]))

        assert turned.size == known.size
        assert turned.exists is known.exists

    @pytest.mark.property
    @given(ranges, ranges, st.data())
    def test_at_any_price_in_it_nobody_would_rather_walk_away(
        self, seller: Range, buyer: Range, data: st.DataObject
    ) -> None:
        known = between(seller, buyer)

        if known.sure:
            price = data.draw(st.floats(*known.sure))
            assert price >= max(seller)
            assert price <= min(buyer)

    @pytest.mark.property
    @given(prices, prices)
    def test_the_middle_of_two_offers_lies_between_them(
        self, first: float, reply: float
    ) -> None:
        assert min(first, reply) <= midpoint(first, reply) <= max(first, reply)


def house(ours: float | None, theirs: float | None, limit: str | None = None) -> Plan:
    """We sell at 100 to 200; a unit of price is worth 1 to both."""
    return Plan(
        issues=(
            AgreementIssue(
                id="price",
                name="Price",
                options=tuple(Option(name=n) for n in ("€100", "€150", "€200")),
                limit=limit,
            ),
        ),
        money=Money(issue="price", start="€100", end="€200", worth=100),
        alternatives=Alternatives(
            us=() if ours is None else (Alternative(value=ours, chance=1),),
            them=()
            if theirs is None
            else (Alternative(value=theirs, chance=1, basis="told"),),
        ),
    )


def on_the_table(*prices: tuple[Side, str]) -> Plan:
    """The house, with offers that name these prices."""
    offers = tuple(Offer(by=side, terms={"price": price}) for side, price in prices)
    return replace(house(20, 30), offers=offers)


class TestFirstOffers:
    """The middle of each side's first price, whoever spoke first."""

    @pytest.mark.parametrize(
        "plan",
        [
            on_the_table(("us", "€200"), ("them", "€100")),
            on_the_table(("them", "€100"), ("us", "€200"), ("us", "€150")),
        ],
    )
    def test_only_the_first_of_each_side_counts(self, plan: Plan) -> None:
        assert first_middle(plan) == 150

    @pytest.mark.parametrize(
        "plan",
        [
            Plan(),
            house(20, 30),
            on_the_table(("us", "€200"), ("us", "€150")),
            on_the_table(("us", "€200"), ("them", "much less")),
        ],
    )
    def test_there_is_none_until_both_have_named_a_price(self, plan: Plan) -> None:
        assert first_middle(plan) is None


class TestPriceZone:
    """The zone on the issue that the money anchor names, as if it were all."""

    def test_each_side_counts_from_the_price_that_is_worst_for_it(self) -> None:
        known = price_zone(house(20, 30))

        assert known == Zone(seller=(120, 120), buyer=(170, 170), ours="seller")

    def test_our_limit_counts_where_it_is_stricter(self) -> None:
        strict, loose = price_zone(house(20, 30, "€150")), price_zone(house(70, 30))

        assert strict is not None
        assert strict.seller == (150, 150)
        assert loose == price_zone(house(70, 30, "€150"))

    def test_a_limit_alone_is_enough(self) -> None:
        known = price_zone(house(None, 30, "€150"))

        assert known == Zone(seller=(150, 150), buyer=(170, 170), ours="seller")

    def test_a_buyer_counts_down_from_the_highest_price(
        self, worked: dict[str, Any]
    ) -> None:
        """€118 to €106 is worth 48,000; 28,000 over the worst is €111."""
        known = price_zone(analysed(worked).plan)

        assert known is not None
        assert known.buyer == pytest.approx((111, 111))
        assert known.seller == pytest.approx((111.0625, 114.4375))
        assert known.exists is False

    @pytest.mark.parametrize("plan", [house(None, 30), house(20, None), Plan()])
    def test_without_a_walk_away_on_both_sides_there_is_none(self, plan: Plan) -> None:
        assert price_zone(plan) is None

    @pytest.mark.parametrize(
        "changes",
        [
            {"/money/worth": None},
            {"/money/worth": 0},
            {"/money/issue": None},
            {"/money/to": None},
            {"/money/to": "€118"},
            {"/money/issue": "service", "/money/from": "10 days"},
            {"/issues/0/options/1/name": "as it is"},
        ],
    )
    def test_without_a_price_there_is_none(
        self, worked: dict[str, Any], changes: dict[str, Any]
    ) -> None:
        assert price_zone(analysed(worked, changes).plan) is None

    @pytest.mark.property
    @given(strategies.plans)
    def test_any_plan_has_a_zone_in_finite_numbers_or_none(self, plan: Plan) -> None:
        known = price_zone(plan)

        assert known is None or all(map(isfinite, (*known.seller, *known.buyer)))

    @pytest.mark.property
    @given(strategies.amounts, strategies.amounts, prices)
    def test_tiny_and_huge_worths_have_a_zone_in_finite_numbers_or_none(
        self, ours: float, theirs: float, worth: float
    ) -> None:
        plan = house(ours, theirs)
        for anchor in (worth, 5e-324, -5e-324, 1e-300):
            money = Money(issue="price", start="€100", end="€200", worth=anchor)
            known = price_zone(
                Plan(issues=plan.issues, money=money, alternatives=plan.alternatives)
            )
            assert known is None or all(map(isfinite, (*known.size, *known.seller)))


class TestWhereADealTurns:
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

    @pytest.mark.property
    @given(
        st.lists(
            st.builds(
                Alternative,
                value=st.integers(-20, 60).map(lambda n: n * 5_000.0),
                chance=st.integers(0, 4).map(lambda n: n / 8),
                cost=st.none() | st.integers(0, 9).map(lambda n: n * 1_000.0),
            ),
            min_size=1,
            max_size=2,
        ),
        st.integers(-20, 60).map(lambda n: n * 5_000.0),
    )
    def test_just_beyond_it_the_deal_is_what_it_says(
        self, known: list[Alternative], worth: float
    ) -> None:
        now = reservation_value(known)
        assert now is not None
        for turn in walk_away_flips(known, worth):
            *_, i, key = turn.at.split("/")
            step = 2e-9 * max(1.0, abs(turn.turns_at)) * (-1 if turn.falls else 1)
            beyond = turn.turns_at + step
            figure: dict[str, Any] = {key: beyond if key == "value" else max(0, beyond)}
            moved = [*known]
            moved[int(i)] = replace(moved[int(i)], **figure)

            assert turn.becomes is not (worth >= now)
            assert (worth >= (reservation_value(moved) or 0)) is turn.becomes
            assert key != "chance" or figure[key] <= 1
