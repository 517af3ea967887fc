"""The efficient deals, against the definition of dominance."""

from collections.abc import Sequence
from itertools import pairwise, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analyses.frontier import TOLERANCE, Deal, Frontier, frontier
from planner.analyses.solutions import nash_solution
from tests import strategies

type Issues = Sequence[Sequence[tuple[float, float]]]


def every_deal(issues: Issues) -> list[Deal]:
    """All deals there are, one by one: the obvious slow way."""
    return [
        Deal(
            sum(issue[i][0] for issue, i in zip(issues, choice, strict=True)),
            sum(issue[i][1] for issue, i in zip(issues, choice, strict=True)),
            choice,
        )
        for choice in product(*(range(len(issue)) for issue in issues))
    ]


def dominates(one: Deal, other: Deal) -> bool:
    """Better for one side and no worse for the other, by more than rounding."""
    gains = (one.us - other.us, one.them - other.them)
    return min(gains) >= -TOLERANCE and max(gains) > TOLERANCE


def efficient(issues: Issues) -> list[tuple[float, float]]:
    """What the efficient deals are worth, by definition, best for us first."""
    deals = every_deal(issues)
    best = [d for d in deals if not any(dominates(other, d) for other in deals)]
    return sorted({(d.us, d.them) for d in best}, reverse=True)


@pytest.mark.property
class TestEfficientDeals:
    """No other deal is better for one side and no worse for the other."""

    @given(strategies.additive_issues(strategies.whole_points))
    def test_they_are_those_of_the_definition(self, issues: Issues) -> None:
        assert [(d.us, d.them) for d in frontier(issues)] == efficient(issues)

    @given(strategies.additive_issues(strategies.any_points))
    def test_none_is_beaten_by_any_deal(self, issues: Issues) -> None:
        for deal in frontier(issues):
            better = [
                other
                for other in every_deal(issues)
                if min(other.us - deal.us, other.them - deal.them) >= 0
                and max(other.us - deal.us, other.them - deal.them) > 1e-9
            ]
            assert better == []

    @given(strategies.additive_issues(strategies.any_points))
    def test_each_deal_is_matched_or_beaten_by_one(self, issues: Issues) -> None:
        found = frontier(issues)

        for deal in every_deal(issues):
            assert any(
                f.us >= deal.us - 1e-9 and f.them >= deal.them - 1e-9 for f in found
            )

    @given(strategies.additive_issues(strategies.any_points))
    def test_each_is_worth_what_its_choice_is_worth(self, issues: Issues) -> None:
        worths = {d.choice: (d.us, d.them) for d in every_deal(issues)}

        for deal in frontier(issues):
            assert (deal.us, deal.them) == pytest.approx(worths[deal.choice])

    @given(strategies.additive_issues(strategies.any_points))
    def test_from_first_to_last_we_lose_and_they_gain(self, issues: Issues) -> None:
        found = frontier(issues)

        for better, worse in pairwise(found):
            assert better.us > worse.us
            assert better.them < worse.them

    @given(
        strategies.additive_issues(strategies.whole_points),
        st.tuples(strategies.whole_points, strategies.whole_points),
        st.data(),
    )
    def test_one_more_option_never_shrinks_what_is_attainable(
        self, issues: Issues, option: tuple[float, float], data: st.DataObject
    ) -> None:
        n = data.draw(st.integers(0, len(issues) - 1))
        grown = [[*o, option] if i == n else o for i, o in enumerate(issues)]
        after = frontier(grown)

        for deal in frontier(issues):
            assert any(d.us >= deal.us and d.them >= deal.them for d in after)

    @given(strategies.additive_issues(strategies.whole_points), st.randoms())
    def test_the_order_of_issues_does_not_matter(
        self, issues: list[list[tuple[float, float]]], random: Random
    ) -> None:
        shuffled = random.sample(issues, len(issues))

        assert [(d.us, d.them) for d in frontier(shuffled)] == [
            (d.us, d.them) for d in frontier(issues)
        ]


class TestTies:
    """Of deals that are equal to both sides within 1e-12, one is kept."""

    def test_equal_options_are_kept_once(self) -> None:
        assert frontier([[(1, 1), (1, 1)]]) == [Deal(1, 1, (0,))]

    def test_equal_sums_are_kept_once(self) -> None:
        twice = [[(0, 1), (1, 0)], [(0, 1), (1, 0)]]

        assert [(d.us, d.them) for d in frontier(twice)] == [(2, 0), (1, 1), (0, 2)]

    def test_sums_that_differ_by_rounding_are_equal(self) -> None:
        """0.1 + 0.2 is not quite 0.3."""
        issues = [[(0.1, 0.0), (0.3, 0.0)], [(0.2, 0.0), (0.0, 0.0)]]
        both = [[*issues[0]], [*issues[1]], [(0.0, 0.0)]]

        assert len(frontier(both)) == 1

    def test_a_rounding_error_saves_no_deal_that_is_beaten(self) -> None:
        beaten, better = 0.1 + 0.2, 0.3

        assert beaten > better
        assert frontier([[(beaten, 0.0), (better, 1.0)]]) == [Deal(0.3, 1.0, (1,))]

    def test_worse_for_them_and_no_better_for_us_is_dropped(self) -> None:
        assert frontier([[(1, 0), (1, 1), (0, 1)]]) == [Deal(1, 1, (1,))]

    def test_the_same_issues_keep_the_same_one(self) -> None:
        equal = [[(0, 1), (1, 0), (1, 0)], [(0, 1), (0, 1), (1, 0)]]

        assert frontier(equal) == frontier(equal)


def many_issues(count: int, options: int, seed: int) -> list[list[tuple[float, float]]]:
    """Issues where each option that is better for us is worse for them."""
    random = Random(seed)
    return [
        list(
            zip(
                sorted(random.uniform(0, 10) for _ in range(options)),
                sorted((random.uniform(0, 10) for _ in range(options)), reverse=True),
                strict=True,
            )
        )
        for _ in range(count)
    ]


class TestBudget:
    """Where ``most`` leaves deals out, the frontier says so and stays close."""

    def test_without_one_it_is_exact(self) -> None:
        assert frontier(many_issues(6, 5, seed=1)).exact
        assert Frontier().exact

    def test_one_that_is_not_reached_changes_nothing(self) -> None:
        issues = many_issues(6, 5, seed=1)
        whole = frontier(issues)

        assert frontier(issues, most=10_000) == whole
        assert frontier(issues, most=10_000).exact

    @pytest.mark.parametrize("most", [2, 3, 10, 50])
    def test_one_that_is_reached_is_kept_and_told(self, most: int) -> None:
        found = frontier(many_issues(10, 5, seed=1), most=most)

        assert 2 <= len(found) <= most
        assert not found.exact

    @pytest.mark.parametrize("most", [2, 3, 10, 50])
    def test_the_best_for_each_side_is_never_left_out(self, most: int) -> None:
        issues = many_issues(10, 5, seed=2)
        whole, found = frontier(issues), frontier(issues, most=most)

        assert found[0] == whole[0]
        assert found[-1] == whole[-1]

    @pytest.mark.parametrize("seed", range(5))
    def test_each_deal_left_out_is_nearly_matched_by_one(self, seed: int) -> None:
        """For each issue it costs a side at most 2/(most − 1) of the range."""
        most, count = 100, 12
        issues = many_issues(count, 5, seed)
        whole, found = frontier(issues), frontier(issues, most=most)

        assert len(whole) > most
        share = count * 2 / (most - 1)
        us = share * (whole[0].us - whole[-1].us)
        them = share * (whole[-1].them - whole[0].them)
        for deal in whole:
            assert any(
                f.us >= deal.us - us and f.them >= deal.them - them for f in found
            )

    def test_it_leaves_room_for_the_best_of_each_side(self) -> None:
        with pytest.raises(ValueError, match="best deal for each side"):
            frontier([[(1, 1)]], most=1)


def test_390_625_deals_have_the_efficient_ones_of_the_definition() -> None:
    """8 issues × 5 options, each deal looked at once, in the order of our value."""
    issues = many_issues(8, 5, seed=3)
    worths = [(0.0, 0.0)]
    for issue in issues:
        worths = [(a + us, b + them) for a, b in worths for us, them in issue]
    assert len(worths) == 390_625
    best, efficient_ones = float("-inf"), []
    for us, them in sorted(worths, key=lambda worth: (-worth[0], -worth[1])):
        if them > best:
            best = them
            efficient_ones.append((us, them))

    assert [(d.us, d.them) for d in frontier(issues)] == efficient_ones


@pytest.mark.parametrize("issues", [[], [[]], [[(1, 1)], []]])
def test_where_nothing_can_be_agreed_there_are_no_deals(issues: Issues) -> None:
    assert frontier(issues) == []


# oracles.md#c3 [X], FlightBookingC: price, airport, date.
FLIGHT = [
    [(0.0875, 0.70), (0.175, 0.525), (0.2625, 0.35), (0.35, 0.175)],
    [(0.7 / 3, 0.05), (0.35, 0.10), (0.35 / 3, 0.15)],
    [(0.10, 0.15), (0.30, 0.10), (0.20, 0.05)],
]
FLIGHT_FRONTIER = [
    (1, 0.375),
    (0.9125, 0.55),
    (0.825, 0.725),
    (0.7375, 0.9),
    (0.5375, 0.95),
    (0.3041667, 1),
]

# oracles.md#b9 (i) [R], Bazerman, Magliozzi and Neale 1985, levels A to I for
# delivery, discount, financing. Arithmetic on the table as recalled, no quotation.
STEPS = range(9)
BAZERMAN = [
    [(200 * i, 500 * (8 - i)) for i in STEPS],
    [(300 * i, 300 * (8 - i)) for i in STEPS],
    [(500 * i, 200 * (8 - i)) for i in STEPS],
]


class TestPublishedCases:
    def test_flight_booking_has_six_efficient_deals(self) -> None:
        for deal, (us, them) in zip(frontier(FLIGHT), FLIGHT_FRONTIER, strict=True):
            assert deal.us == pytest.approx(us, abs=1e-6)
            assert deal.them == pytest.approx(them, abs=1e-6)

    def test_bazerman_s_729_deals_have_25_efficient_ones(self) -> None:
        """Arithmetic."""
        assert len(every_deal(BAZERMAN)) == 729
        assert len(frontier(BAZERMAN)) == 25
        assert [(d.us, d.them) for d in frontier(BAZERMAN)] == efficient(BAZERMAN)

    @pytest.mark.parametrize(
        ("levels", "us", "them"),
        [("AEI", 5200, 5200), ("AAI", 4000, 6400), ("AII", 6400, 4000)],
    )
    def test_its_named_deals_are_efficient(
        self, levels: str, us: float, them: float
    ) -> None:
        """Arithmetic."""
        choice = tuple("ABCDEFGHI".index(level) for level in levels)

        assert Deal(us, them, choice) in frontier(BAZERMAN)

    def test_splitting_every_difference_is_not_efficient(self) -> None:
        """Arithmetic: EEE gives both 4,000 where 5,200 each can be had."""
        middle = sum(issue[4][0] for issue in BAZERMAN)

        assert middle == 4000
        assert (4000, 4000) not in [(d.us, d.them) for d in frontier(BAZERMAN)]
        best = nash_solution(frontier(BAZERMAN), (0, 0)).deal
        assert best is not None
        assert (best.us, best.them) == (5200, 5200)
        assert max(d.us + d.them for d in frontier(BAZERMAN)) == 10400
