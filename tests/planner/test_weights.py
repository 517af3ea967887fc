"""Weights from a ranking and from swings, against published tables."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analyses.weights import (
    from_ranking,
    normalised,
    rank_order_centroid,
    rank_sum,
)

swings = st.lists(st.integers(0, 100).map(float) | st.floats(0, 1e15), max_size=8)

OFFICE = (100, 80, 70, 30, 20, 10)  # Goodwin and Wright's swings


class TestRankings:
    @pytest.mark.parametrize(
        ("n", "weights"),
        [
            (2, (0.75, 0.25)),
            (3, (0.6111, 0.2778, 0.1111)),
            (4, (0.5208, 0.2708, 0.1458, 0.0625)),
            (5, (0.4567, 0.2567, 0.1567, 0.09, 0.04)),
            (6, (0.4083, 0.2417, 0.1583, 0.1028, 0.0611, 0.0278)),
        ],
    )
    def test_the_centroids_are_the_published_ones(
        self, n: int, weights: tuple[float, ...]
    ) -> None:
        """The table of Edwards and Barron 1994 (oracles.md#b8)."""
        assert rank_order_centroid(n) == pytest.approx(weights, abs=5e-5)

    def test_a_wrong_table_that_is_going_round_is_not_ours(self) -> None:
        """A project lists these for four issues: the arithmetic says otherwise."""
        wrong = (0.4833, 0.2708, 0.1458, 0.1)

        assert rank_order_centroid(4) != pytest.approx(wrong, abs=1e-3)

    def test_rank_sum_for_four_issues(self) -> None:
        assert rank_sum(4) == pytest.approx((0.4, 0.3, 0.2, 0.1))

    @pytest.mark.parametrize("rule", [rank_order_centroid, rank_sum])
    def test_they_add_up_to_one_and_fall(
        self, rule: Callable[[int], tuple[float, ...]]
    ) -> None:
        for n in range(1, 61):
            weights = rule(n)
            assert len(weights) == n
            assert sum(weights) == pytest.approx(1)
            assert all(one > next_ > 0 for one, next_ in pairwise(weights))

    def test_nothing_ranked_has_no_weights(self) -> None:
        assert rank_order_centroid(0) == rank_sum(0) == ()
        assert from_ranking(0).weights == ()

    def test_up_to_six_issues_it_is_the_centroid_and_then_rank_sum(self) -> None:
        six, seven = from_ranking(6), from_ranking(7)

        assert six.weights == rank_order_centroid(6)
        assert seven.weights == rank_sum(7)
        assert "rank-order centroid" in six.says
        assert "rank-sum" in seven.says
        assert (six.rule, seven.rule) == ("rank-order centroid", "rank-sum")


class TestSwings:
    def test_the_office_s_swings_are_goodwin_and_wright_s_weights(self) -> None:
        rounded = [round(100 * weight) for weight in normalised(OFFICE)]

        assert rounded == [32, 26, 23, 10, 6, 3]

    @pytest.mark.property
    @given(swings)
    def test_they_add_up_to_one_unless_nothing_matters(
        self, values: list[float]
    ) -> None:
        weights = normalised(values)

        assert sum(weights) == pytest.approx(1 if any(values) else 0)
        assert all(0 <= weight <= 1 for weight in weights)

    @pytest.mark.parametrize("swing", [5e-324, 1e-300, 1.0, 1.7e308])
    def test_tiny_and_huge_swings_keep_their_proportions(self, swing: float) -> None:
        assert normalised([swing, swing]) == (0.5, 0.5)

    def test_a_negative_swing_is_no_swing(self) -> None:
        with pytest.raises(ValueError, match="negative"):
            normalised([1, -1])
