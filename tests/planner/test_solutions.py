"""The Nash deal: the largest product of both sides' gains over the walk-away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.frontier import Deal, frontier
from planner.solutions import nash
from tests import strategies

# ORACLES B.11 (i): Alice and George, pure options, walk-away (30, 80).
ALICE_AND_GEORGE = [Deal(60, 80, (0,)), Deal(50, 110, (1,)), Deal(30, 150, (2,))]

# ORACLES C.3 [X]: price, delivery, payment, returns; (Itex, Cypress).
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


def test_alice_and_george_take_the_second_option() -> None:
    assert nash(ALICE_AND_GEORGE, (30, 80)) == ALICE_AND_GEORGE[1]


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
    """ORACLES C.3: of its frontier, 0.7375 × 0.9 is the largest product."""
    deals = [Deal(1, 0.375, (0,)), Deal(0.7375, 0.9, (1,)), Deal(0.5375, 0.95, (2,))]

    assert nash(deals, (0, 0)) == deals[1]


def test_a_deal_below_a_walk_away_does_not_count() -> None:
    lopsided, poor = Deal(90, 9, (0,)), Deal(11, 11, (1,))

    assert nash([lopsided, poor], (10, 10)) == poor
    assert nash([lopsided], (10, 10)) is None
    assert nash([], (0, 0)) is None


def test_two_losses_make_no_gain() -> None:
    """The product of two losses is positive, and means nothing."""
    assert nash([Deal(0, 0, (0,))], (10, 10)) is None


def test_of_equal_products_the_more_even_is_taken() -> None:
    assert nash([Deal(12, 1, (0,)), Deal(4, 3, (1,))], (0, 0)) == Deal(4, 3, (1,))


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
