"""Which efficient deals the published rules pick."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analyses.frontier import Deal, frontier
from planner.analyses.solutions import Solution, nash_solution, solutions
from tests import strategies

type Rule = Callable[[Sequence[Deal], tuple[float, float]], Solution]


def kalai_smorodinsky(
    deals: Sequence[Deal], walk_away: tuple[float, float]
) -> Solution:
    return solutions(deals, walk_away)[1]


def egalitarian(deals: Sequence[Deal], walk_away: tuple[float, float]) -> Solution:
    return solutions(deals, walk_away)[2]


def utilitarian(deals: Sequence[Deal], walk_away: tuple[float, float]) -> Solution:
    return solutions(deals, walk_away)[3]


RULES: tuple[Rule, ...] = (nash_solution, kalai_smorodinsky, egalitarian, utilitarian)
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)

# oracles.md#b11 (i): Alice and George, pure options, walk-away (30, 80).
ALICE_AND_GEORGE = [Deal(60, 80, (0,)), Deal(50, 110, (1,)), Deal(30, 150, (2,))]

# oracles.md#c3 [X]: price, delivery, payment, returns; (Itex, Cypress).
ITEX_CYPRESS = {
    "price": {
        "$4.37": (0.2881, 0.0118),
        "$4.12": (0.1921, 0.1175),
        "$3.98": (0.0960, 0.2938),
        "$3.71": (0.0480, 0.3878),
        "$3.47": (0.0096, 0.4700),
    },
    "delivery": {
        "60 days": (0.0096, 0.0049),
        "45 days": (0.1915, 0.0488),
        "30 days": (0.0958, 0.0928),
        "20 days": (0.0479, 0.1221),
    },
    "payment": {
        "on delivery": (0.0969, 0.1773),
        "30 days": (0.2421, 0.0709),
        "60 days": (0.0097, 0.0118),
    },
    "returns": {
        "full price": (0.0093, 0.2306),
        "5% spoilage": (0.2782, 0.0807),
        "10% spoilage": (0.0464, 0.0115),
    },
}


def nash(deals: Sequence[Deal], walk_away: tuple[float, float]) -> Deal | None:
    """The first of the deals that the Nash rule picks."""
    return nash_solution(deals, walk_away).deal


# The walk-away gains of the mixes that each rule picks; [R], arithmetic.
MIXED = [
    (nash_solution, (17.5, 35)),
    (kalai_smorodinsky, (16.1538, 37.6923)),
    (egalitarian, (22.5, 22.5)),
]


def mixes(deals: Sequence[Deal], steps: int) -> list[Deal]:
    """Each deal mixed with the next in so many steps, by chance or by turns."""
    return [
        Deal(
            ((steps - k) * one.us + k * other.us) / steps,
            ((steps - k) * one.them + k * other.them) / steps,
            (i, k),
        )
        for i, (one, other) in enumerate(pairwise(deals))
        for k in range(steps if i < len(deals) - 2 else steps + 1)
    ]


@pytest.mark.parametrize(
    ("rule", "gains"), MIXED, ids=lambda value: getattr(value, "__name__", "")
)
def test_alice_and_george_may_mix_their_options(
    rule: Rule, gains: tuple[float, float]
) -> None:
    """oracles.md#b11 (i): 104 steps hold the 8ths, 4ths and 26ths of the answers."""
    (deal,) = rule(mixes(ALICE_AND_GEORGE, 104), (30, 80)).deals

    assert (deal.us - 30, deal.them - 80) == pytest.approx(gains, abs=1e-4)


@pytest.mark.parametrize(
    ("rule", "picked"),
    list(zip(RULES, [1, 1, 1, 2], strict=True)),
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_alice_and_george_on_pure_options(rule: Rule, picked: int) -> None:
    """oracles.md#b11 (i): three rules agree; the largest sum is the third option's."""
    assert rule(ALICE_AND_GEORGE, (30, 80)).deals == (ALICE_AND_GEORGE[picked],)


@pytest.mark.parametrize(
    ("rule", "share"),
    [(nash_solution, 2 / 3), (kalai_smorodinsky, 0.618034), (egalitarian, 0.618034)],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_one_shared_with_a_side_that_tires_of_more(rule: Rule, share: float) -> None:
    """oracles.md#b11 (ii): x to us is worth x, 1 − x to them its square root."""
    steps = 30_000
    deals = [Deal(k / steps, sqrt(1 - k / steps), (k,)) for k in range(steps, -1, -1)]
    deal = rule(deals, (0, 0)).deal

    assert deal is not None
    assert deal.us == pytest.approx(share, abs=1 / steps)


# oracles.md#c3: four issues of five values, the sides' weights and orders in reverse.
VALUES = (1, 0.8, 0.6, 0.4, 0.2)
NEGOLOG = [
    [
        (us * mine, them * theirs)
        for mine, theirs in zip(VALUES, VALUES[::-1], strict=True)
    ]
    for us, them in ((0.1, 0.4), (0.2, 0.3), (0.3, 0.2), (0.4, 0.1))
]


class TestNegoLog:
    """Its Nash deal is worth 0.76 to each, 1.52 together, at a distance of 0.339."""

    DEALS = frontier(NEGOLOG)

    @every_rule
    def test_every_rule_has_the_even_deal(self, rule: Rule) -> None:
        even = [(d.us, d.them) for d in rule(self.DEALS, (0, 0)).deals]

        assert any(worth == pytest.approx((0.76, 0.76)) for worth in even)

    @pytest.mark.parametrize("rule", RULES[:3], ids=lambda rule: rule.__name__)
    def test_but_for_the_sum_it_is_the_only_one(self, rule: Rule) -> None:
        assert len(rule(self.DEALS, (0, 0)).deals) == 1

    def test_no_deal_is_worth_more_to_both_together(self) -> None:
        assert max(d.us + d.them for d in self.DEALS) == pytest.approx(1.52)

    def test_it_is_that_far_from_all_for_both(self) -> None:
        even = nash(self.DEALS, (0, 0))

        assert even is not None
        opposition = sqrt((1 - even.us) ** 2 + (1 - even.them) ** 2)
        assert opposition == pytest.approx(0.339411, abs=1e-6)


def test_itex_and_cypress_give_price_to_cypress_and_the_rest_to_itex() -> None:
    issues = [list(options.values()) for options in ITEX_CYPRESS.values()]

    best = nash(frontier(issues), (0, 0))

    assert best is not None
    chosen = [
        list(options)[i]
        for options, i in zip(ITEX_CYPRESS.values(), best.choice, strict=True)
    ]
    assert chosen == ["$3.47", "45 days", "30 days", "5% spoilage"]
    # The part-worths are printed to four decimals, so their product to three.
    assert best.us * best.them == pytest.approx(0.4837, abs=1e-4)


def test_flight_booking_gives_three_quarters_and_nine_tenths() -> None:
    """oracles.md#c3: of its frontier, 0.7375 × 0.9 is the largest product."""
    deals = [Deal(1, 0.375, (0,)), Deal(0.7375, 0.9, (1,)), Deal(0.5375, 0.95, (2,))]

    assert nash(deals, (0, 0)) == deals[1]


def test_two_losses_make_no_gain() -> None:
    """The product of two losses is positive, and means nothing."""
    assert nash([Deal(0, 0, (0,))], (10, 10)) is None


def test_of_equal_products_the_more_even_is_taken() -> None:
    assert nash([Deal(12, 1, (0,)), Deal(4, 3, (1,))], (0, 0)) == Deal(4, 3, (1,))


class TestTies:
    """All deals that are equally good by a rule are given."""

    EVEN = (Deal(3, 1, (0,)), Deal(1, 3, (1,)))

    @every_rule
    def test_mirrored_deals_are_equal_by_every_rule(self, rule: Rule) -> None:
        assert rule(self.EVEN, (0, 0)).deals == self.EVEN

    def test_rounding_breaks_none(self) -> None:
        """0.1 + 0.2 is not quite 0.3."""
        deals = (Deal(0.1 + 0.2, 0.1, (0,)), Deal(0.1, 0.3, (1,)))

        assert nash_solution(deals, (0, 0)).deals == deals
        assert utilitarian(deals, (0, 0)).deals == deals

    def test_the_deal_better_for_the_worse_off_comes_first(self) -> None:
        uneven, even = Deal(12, 1, (0,)), Deal(4, 3, (1,))

        assert nash_solution([uneven, even], (0, 0)).deals == (even, uneven)

    def test_of_equal_smaller_shares_the_larger_other_share_decides(self) -> None:
        """Shares of (1, 0), (0.5, 0.8), (0.7, 0.5) and (0, 1)."""
        deals = [Deal(10, 0, (0,)), Deal(7, 5, (1,)), Deal(5, 8, (2,))]
        deals.append(Deal(0, 10, (3,)))

        assert kalai_smorodinsky(deals, (0, 0)).deals == (deals[2],)
        assert egalitarian(deals, (0, 0)).deals == (deals[1], deals[2])


class TestTheWalkAway:
    """No rule picks a deal that a side would leave."""

    @every_rule
    def test_a_deal_below_it_does_not_count(self, rule: Rule) -> None:
        lopsided, poor = Deal(90, 9, (0,)), Deal(11, 11, (1,))

        assert rule([lopsided, poor], (10, 10)).deals == (poor,)
        assert rule([lopsided], (10, 10)).deals == ()
        assert rule([lopsided], (10, 10)).deal is None
        assert rule([], (0, 0)).deals == ()

    @every_rule
    def test_a_deal_just_as_good_counts(self, rule: Rule) -> None:
        """0.1 + 0.7 is a little less than 0.8."""
        same = Deal(0.1 + 0.7, 5, (0,))

        assert same.us < 0.8
        assert rule([same], (0.8, 5)).deals == (same,)

    def test_a_side_that_cannot_gain_does_not_keep_the_other_from_it(self) -> None:
        only = Deal(10, 3, (0,))

        for solution in solutions([only, Deal(9, 4, (1,))], (10, 0)):
            assert solution.deals == (only,)

    @every_rule
    @pytest.mark.parametrize("far", [-1e300, -1e-300, 1e300])
    def test_one_that_is_far_off_gives_an_answer(self, rule: Rule, far: float) -> None:
        deals = [Deal(3, 1, (0,)), Deal(2, 2, (1,)), Deal(1, 3, (2,))]

        assert set(rule(deals, (far, far)).deals) <= set(deals)


def test_the_four_are_named_with_what_they_depend_on() -> None:
    found = solutions(ALICE_AND_GEORGE, (30, 80))

    names = ["Nash", "Kalai–Smorodinsky", "egalitarian", "utilitarian"]
    assert [solution.rule for solution in found] == names
    scales = [solution.scale for solution in found]
    assert scales[0] == scales[1]
    assert scales[2] == scales[3]
    assert scales[1] != scales[2]


def test_a_rescaled_side_changes_what_is_egalitarian_and_not_what_is_nash() -> None:
    """George counts in tenths: the even deal moves, the largest product does not."""
    deals = [Deal(6, 2, (0,)), Deal(4, 4, (1,)), Deal(1, 5, (2,))]
    tenths = [Deal(d.us, d.them / 10, d.choice) for d in deals]

    assert egalitarian(deals, (0, 0)).deals == (deals[1],)
    assert egalitarian(tenths, (0, 0)).deals == (tenths[2],)
    assert utilitarian(deals, (0, 0)).deals == (deals[0], deals[1])[::-1]
    assert utilitarian(tenths, (0, 0)).deals == (tenths[0],)
    assert nash(tenths, (0, 0)) == tenths[1]
    assert kalai_smorodinsky(tenths, (0, 0)).deals == (tenths[1],)


walk_aways = st.tuples(st.integers(0, 20), st.integers(0, 20))
stretches = st.sampled_from([0.25, 0.5, 1, 2, 8, 1024])
shifts = st.integers(-100, 100)


@pytest.mark.property
@every_rule
class TestEveryRule:
    """What holds of each rule."""

    @given(strategies.additive_issues(strategies.whole_points), walk_aways)
    def test_it_picks_efficient_deals_that_neither_side_would_leave(
        self,
        rule: Rule,
        issues: list[list[tuple[float, float]]],
        walk_away: tuple[int, int],
    ) -> None:
        deals = frontier(issues)
        picked = rule(deals, walk_away).deals

        acceptable = [
            d for d in deals if d.us >= walk_away[0] and d.them >= walk_away[1]
        ]
        assert set(picked) <= set(acceptable)
        assert bool(picked) == bool(acceptable)

    @given(strategies.additive_issues(strategies.whole_points), walk_aways)
    def test_swapping_the_sides_swaps_the_answer(
        self,
        rule: Rule,
        issues: list[list[tuple[float, float]]],
        walk_away: tuple[int, int],
    ) -> None:
        deals = frontier(issues)
        swapped = [Deal(d.them, d.us, d.choice) for d in reversed(deals)]
        there = rule(swapped, walk_away[::-1]).deals

        assert {d.choice for d in there} == {
            d.choice for d in rule(deals, walk_away).deals
        }

    @given(
        strategies.additive_issues(strategies.whole_points), walk_aways, shifts, shifts
    )
    def test_shifting_a_side_s_points_changes_nothing(
        self,
        rule: Rule,
        issues: list[list[tuple[float, float]]],
        walk_away: tuple[int, int],
        us: int,
        them: int,
    ) -> None:
        deals = frontier(issues)
        shifted = [Deal(d.us + us, d.them + them, d.choice) for d in deals]
        there = rule(shifted, (walk_away[0] + us, walk_away[1] + them)).deals

        assert [d.choice for d in there] == [
            d.choice for d in rule(deals, walk_away).deals
        ]


@pytest.mark.property
@pytest.mark.parametrize("rule", RULES[:2], ids=lambda rule: rule.__name__)
@given(
    strategies.additive_issues(strategies.whole_points),
    walk_aways,
    stretches,
    stretches,
)
def test_stretching_a_side_s_points_changes_no_answer_that_needs_no_common_scale(
    rule: Rule,
    issues: list[list[tuple[float, float]]],
    walk_away: tuple[int, int],
    us: float,
    them: float,
) -> None:
    deals = frontier(issues)
    stretched = [Deal(d.us * us, d.them * them, d.choice) for d in deals]
    there = rule(stretched, (walk_away[0] * us, walk_away[1] * them)).deals

    assert {d.choice for d in there} == {d.choice for d in rule(deals, walk_away).deals}


@pytest.mark.property
class TestNash:
    """No other deal has a larger product; the scale of a side does not matter."""

    @given(
        strategies.additive_issues(strategies.whole_points),
        st.tuples(st.integers(0, 20), st.integers(0, 20)),
    )
    def test_no_deal_has_a_larger_product(
        self, issues: list[list[tuple[float, float]]], walk_away: tuple[int, int]
    ) -> None:
        deals = frontier(issues)
        best = nash(deals, walk_away)

        gains = [(d.us - walk_away[0], d.them - walk_away[1]) for d in deals]
        products = [us * them for us, them in gains if us >= 0 and them >= 0]
        if best is None:
            assert products == []
        else:
            product = (best.us - walk_away[0]) * (best.them - walk_away[1])
            assert product == max(products)

    @given(
        strategies.additive_issues(strategies.whole_points),
        st.sampled_from([0.25, 0.5, 2, 8, 1024]),
        st.sampled_from([0.25, 0.5, 2, 8, 1024]),
    )
    def test_its_product_is_the_largest_on_every_scale(
        self, issues: list[list[tuple[float, float]]], us: float, them: float
    ) -> None:
        scaled = [[(o[0] * us, o[1] * them) for o in issue] for issue in issues]
        plain, other = nash(frontier(issues), (0, 0)), nash(frontier(scaled), (0, 0))

        assert plain is not None
        assert other is not None
        assert other.us * other.them == plain.us * plain.them * us * them
