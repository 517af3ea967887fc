"""A sum may be typed in short: thousands as k, millions as m."""

import pytest

from planner.plan.document import FORMAT, read_draft

GRAB = "/future/us/one_off_gain"


def read(text: str) -> tuple[float | None, list[str]]:
    """What a sum is read as, and what is said of it where it cannot be."""
    draft = read_draft({"format": FORMAT, "future": {"us": {"one_off_gain": text}}})
    return draft.plan.future.us.one_off_gain, [each.says for each in draft.problems]


@pytest.mark.parametrize(
    ("text", "sum"),
    [
        ("20k", 20_000),
        ("20 K", 20_000),
        ("€20k", 20_000),
        ("1.5m", 1_500_000),
        ("1,5 M", 1_500_000),
        ("12 000", 12_000),
    ],
)
def test_it_is_read_as_it_is_meant(text: str, sum: float) -> None:
    assert read(text) == (sum, [])


@pytest.mark.parametrize("text", ["k", "3 km", "20kk", "twenty k"])
def test_what_is_no_sum_is_still_refused(text: str) -> None:
    assert read(text) == (None, ["Enter a number in digits, for example 120000"])


def test_what_could_mean_two_sums_is_still_asked_about() -> None:
    known, [says] = read("1,500k")

    assert known is None
    assert "could mean" in says
