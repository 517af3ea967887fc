"""How they see the table: counted from what they were seen to do."""

import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analyses.orientation import Orientation, interval, orientation
from planner.plan.signals import SIGNALS, Signal

RELATIONAL = [f"warm-{i}" for i in range(8)]
TRANSACTIONAL = [f"cold-{i}" for i in range(8)]

counts = st.integers(0, 40)
answers = st.dictionaries(
    st.sampled_from([*RELATIONAL, *TRANSACTIONAL]) | st.text(max_size=5),
    st.none() | st.booleans(),
)
beliefs = st.none() | st.floats(0, 1)


def seen(relational: int, transactional: int) -> Orientation:
    """What so many signals of either kind say."""
    ids = RELATIONAL[:relational] + TRANSACTIONAL[:transactional]
    return orientation(dict.fromkeys(ids, True))


@pytest.fixture(autouse=True, scope="module")
def catalogue() -> Iterator[None]:
    """A catalogue of the tests' own: which signals there are is the handbook's."""
    made = [
        Signal(
            id=key,
            observed=f"They did {key}",
            tells=f"It tells {key}",
            relational=key in RELATIONAL,
            page="method/reading-their-frame.md",
            source="Ours",
        )
        for key in (*RELATIONAL, *TRANSACTIONAL)
    ]
    with pytest.MonkeyPatch.context() as patch:
        counting = sys.modules["planner.analyses.orientation"]
        patch.setattr(counting, "SIGNALS", tuple(made))
        yield


class TestTheCatalogue:
    """Observable signals of both kinds, each with its line and its source."""

    def test_it_holds_signals_of_either_kind(self) -> None:
        assert {signal.relational for signal in SIGNALS} == {True, False}

    def test_each_is_told_apart_and_has_its_page_and_source(self) -> None:
        assert len({signal.id for signal in SIGNALS}) == len(SIGNALS)
        assert len({signal.observed for signal in SIGNALS}) == len(SIGNALS)
        assert len({signal.tells for signal in SIGNALS}) == len(SIGNALS)
        assert all(signal.source and signal.page for signal in SIGNALS)


class TestCounting:
    """Seen counts for its own kind, looked for and not seen for the other kind."""

    def test_a_signal_that_was_seen_counts_for_its_own_kind(self) -> None:
        known = orientation({RELATIONAL[0]: True, TRANSACTIONAL[0]: True})

        assert (known.for_relational, known.for_transactional) == (1, 1)

    def test_one_that_was_looked_for_and_not_seen_counts_for_the_other(self) -> None:
        known = orientation({RELATIONAL[0]: False, TRANSACTIONAL[0]: False})

        assert (known.for_relational, known.for_transactional) == (1, 1)

    def test_an_unknown_never_counts(self) -> None:
        known = orientation({RELATIONAL[0]: None, "wears-a-tie": True})

        assert known == orientation({})
        assert known.observations == 0

    @pytest.mark.property
    @given(answers)
    def test_the_opposite_of_every_answer_swaps_the_counts(
        self, signals: dict[str, bool | None]
    ) -> None:
        flipped = {k: None if v is None else not v for k, v in signals.items()}
        known, other = orientation(signals), orientation(flipped)

        assert known.for_relational == other.for_transactional
        assert known.for_transactional == other.for_relational
        assert known.mean == pytest.approx(1 - other.mean)

    @pytest.mark.property
    @given(answers, beliefs)
    def test_it_is_always_a_share_between_the_ends_of_its_interval(
        self, signals: dict[str, bool | None], belief: float | None
    ) -> None:
        known = orientation(signals, belief)
        low, high = known.interval

        assert 0 < low < high < 1
        assert low < known.mean < high


class TestTheInterval:
    """The central 80% of Beta(1 + relational, 1 + transactional)."""

    def test_before_any_observation_it_is_the_middle_of_everything(self) -> None:
        assert interval(0, 0) == pytest.approx((0.1, 0.9))

    @pytest.mark.parametrize("n", [1, 2, 3, 8, 500])
    def test_of_observations_that_all_agree_it_has_a_closed_form(self, n: int) -> None:
        """Arithmetic: Beta(n + 1, 1) lies under x with chance x^(n + 1)."""
        ends = (0.1 ** (1 / (n + 1)), 0.9 ** (1 / (n + 1)))

        assert interval(n, 0) == pytest.approx(ends, rel=1e-12)

    def test_of_one_on_each_side_it_is_the_root_of_a_cubic(self) -> None:
        """Arithmetic: Beta(2, 2) lies under x with chance 3x² − 2x³."""
        low, high = interval(1, 1)

        assert 3 * low**2 - 2 * low**3 == pytest.approx(0.1, abs=1e-12)
        assert 3 * high**2 - 2 * high**3 == pytest.approx(0.9, abs=1e-12)

    @pytest.mark.property
    @given(counts, counts)
    def test_it_is_the_mirror_of_the_opposite_counts(
        self, relational: int, transactional: int
    ) -> None:
        low, high = interval(relational, transactional)

        assert interval(transactional, relational) == pytest.approx((1 - high, 1 - low))

    @pytest.mark.property
    @given(st.integers(0, 8), st.integers(0, 8))
    def test_it_holds_four_fifths_of_the_density(
        self, relational: int, transactional: int
    ) -> None:
        low, high = interval(relational, transactional)
        steps = [(i + 0.5) / 4_000 for i in range(4_000)]
        density = [x**relational * (1 - x) ** transactional for x in steps]
        under = sum(d for x, d in zip(steps, density, strict=True) if x < low)
        above = sum(d for x, d in zip(steps, density, strict=True) if x > high)

        assert under / sum(density) == pytest.approx(0.1, abs=2e-3)
        assert above / sum(density) == pytest.approx(0.1, abs=2e-3)

    @pytest.mark.property
    @given(counts, counts)
    def test_one_more_relational_observation_moves_it_up(
        self, relational: int, transactional: int
    ) -> None:
        low, high = interval(relational, transactional)
        more = interval(relational + 1, transactional)

        assert more[0] > low
        assert more[1] > high


class TestTheVerdict:
    """Unknown under three observations, or where the interval straddles one half."""

    @pytest.mark.parametrize(
        ("relational", "transactional", "verdict"),
        [
            (0, 0, None),
            (2, 0, None),
            (3, 0, True),
            (0, 3, False),
            (3, 1, None),
            (4, 1, None),
            (5, 1, True),
            (1, 5, False),
            (8, 8, None),
        ],
    )
    def test_it_needs_three_that_agree_and_five_against_one(
        self, relational: int, transactional: int, verdict: bool | None
    ) -> None:
        assert seen(relational, transactional).relational is verdict

    def test_too_few_observations_are_a_question(self) -> None:
        assert seen(2, 0).missing == ("/signals",)
        assert seen(3, 0).missing == ()

    def test_two_that_agree_are_too_few_to_say(self) -> None:
        known = orientation({RELATIONAL[0]: True, TRANSACTIONAL[0]: False})

        assert known.mean == pytest.approx(0.75)
        assert known.relational is None


class TestOwnBelief:
    """The reader's own belief decides, and what was seen is still shown."""

    @pytest.mark.parametrize(
        ("belief", "verdict"), [(0.9, True), (0.5, None), (0.1, False), (0.0, False)]
    )
    def test_it_decides_even_against_what_was_seen(
        self, belief: float, verdict: bool | None
    ) -> None:
        known = orientation(dict.fromkeys(RELATIONAL, True), belief)

        assert known.relational is verdict
        assert known.observed is True
        assert known.belief == belief

    def test_with_it_nothing_is_missing(self) -> None:
        assert orientation({}, 0.5).missing == ()

    @pytest.mark.property
    @given(answers, beliefs)
    def test_it_changes_nothing_about_what_was_observed(
        self, signals: dict[str, bool | None], belief: float | None
    ) -> None:
        with_it, without = orientation(signals, belief), orientation(signals)

        assert with_it.observed is without.observed
        assert with_it.interval == without.interval
