"""Weights from a ranking and from swings, against published tables."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analyses.weights import from_ranking, normalised, rank_sum

swings = st.lists(st.integers(0, 100).map(float) | st.floats(0, 1e15), max_size=8)

OFFICE = (100, 80, 70, 30, 20, 10)  # Goodwin and Wright's swings


class TestRankings:
    def test_rank_sum_for_four_issues(self) -> None:
        assert rank_sum(4) == pytest.approx((0.4, 0.3, 0.2, 0.1))

    def test_they_add_up_to_one_and_fall(self) -> None:
        for n in range(1, 61):
            weights = rank_sum(n)
            assert len(weights) == n
            assert sum(weights) == pytest.approx(1)
            assert all(one > next_ > 0 for one, next_ in pairwise(weights))

    def test_nothing_ranked_has_no_weights(self) -> None:
        assert rank_sum(0) == from_ranking(0).weights == ()

    @pytest.mark.parametrize("n", [2, 6, 7, 60])
    def test_a_ranking_of_any_number_is_read_by_rank_sum(self, n: int) -> None:
        made = from_ranking(n)

        assert made.weights == rank_sum(n)
        assert "rank-sum" in made.says


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
