"""What walking away is worth: Σ chance × value."""

import pytest

from planner.alternatives import reservation_value
from planner.plan import Alternative


def test_each_alternative_counts_by_its_chance() -> None:
    ours = [
        Alternative(value=40_000, chance=0.7),
        Alternative(value=10_000, chance=0.2),
    ]

    assert reservation_value(ours) == pytest.approx(30_000)


def test_without_an_alternative_it_is_unknown_and_not_zero() -> None:
    assert reservation_value([]) is None


@pytest.mark.parametrize(
    "unknown", [Alternative(value=5), Alternative(chance=0.5), Alternative()]
)
def test_one_unknown_makes_it_unknown(unknown: Alternative) -> None:
    assert reservation_value([Alternative(value=5, chance=0.5), unknown]) is None


def test_an_alternative_may_cost_something() -> None:
    assert reservation_value([Alternative(value=-5_000, chance=1)]) == -5_000
