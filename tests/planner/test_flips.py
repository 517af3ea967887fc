"""Where an answer turns: the engine, against published turns and against trying it."""

from collections.abc import Callable
from math import inf, nextafter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.analyses.flips import Flip, Input, bisect, nearest, nearest_each
from planner.analyses.weights import normalised
from tests.planner.compared import EAGLE, OFFICES, SWINGS, profit


def turn(f: Callable[[float], float], now: float, end: float) -> Flip[bool] | None:
    """Where the sign of ``f`` first turns on the way from a value to an end."""
    moved = Input(at="x", now=now, low=min(now, end), high=max(now, end))
    found = nearest(f(now) > 0, lambda _, x: f(x) > 0, [moved])
    return found[0] if found else None


class TestPublished:
    def test_the_operating_cost_at_which_the_bank_is_as_good(self) -> None:
        """Clemen's Eagle Airlines (ORACLES B.15): 252.22, above it the bank."""
        found = turn(
            lambda cost: profit({**EAGLE, "operating": cost}) - 0.08 * 52_500, 245, 260
        )

        assert found is not None
        assert found.turns_at == pytest.approx(252.21875)
        assert (found.falls, found.becomes) == (False, False)

    def test_elton_goes_ahead_at_the_published_weight_of_turnover(self) -> None:
        """ORACLES B.8: 52.1, with unrounded swings; 81.7 at weight 0, 60.4 at 100."""
        turnover, rest = normalised(SWINGS[:3]), normalised(SWINGS[3:])

        def benefit(office: str, weight: float) -> float:
            values = OFFICES[office]
            inside = sum(w * v for w, v in zip(turnover, values[:3], strict=True))
            outside = sum(w * v for w, v in zip(rest, values[3:], strict=True))
            return weight / 100 * inside + (1 - weight / 100) * outside

        found = turn(lambda w: benefit("Addison", w) - benefit("Elton", w), 81, 0)

        assert benefit("Elton", 0) == pytest.approx(81.7, abs=0.05)
        assert benefit("Elton", 100) == pytest.approx(60.4, abs=0.05)
        assert found is not None
        assert found.turns_at == pytest.approx(52.114, abs=5e-4)


@pytest.mark.property
class TestBisect:
    """The first value that is beyond: the one next to it before is not."""

    @given(st.floats(-1e15, 1e15), st.floats(-1e15, 1e15), st.floats(0, 1))
    def test_the_float_next_to_it_is_not_beyond(
        self, before: float, after: float, share: float
    ) -> None:
        assume(before != after)
        edge = before + share * (after - before)
        assume(min(before, after) < edge < max(before, after))
        assume(abs(edge) > 2**-100 * abs(after - before))

        def is_beyond(x: float) -> bool:
            return x >= edge if after > before else x <= edge

        found = bisect(is_beyond, before, after)

        assert found == edge
        assert is_beyond(found)
        assert not is_beyond(nextafter(found, before))

    @pytest.mark.parametrize("edge", [1e-300, 1e-30, 1e-9, 0.3, 1.0])
    def test_it_is_exact_however_small_the_value(self, edge: float) -> None:
        assert bisect(lambda x: x >= edge, 0, 1) == pytest.approx(edge, rel=1e-15)


@pytest.mark.property
class TestSearched:
    """At the value found the answer is another; next to it, before, it is not."""

    @given(st.integers(-1000, 1000), st.integers(-1000, 1000), st.data())
    def test_a_straight_line_turns_where_it_crosses(
        self, slope: int, root: int, data: st.DataObject
    ) -> None:
        now, end = (data.draw(st.floats(-1e9, 1e9)) for _ in range(2))
        found = turn(lambda x: slope * (x - root), now, end)

        if slope and min(now, end) < root < max(now, end):
            assert found is not None
            assert found.turns_at == pytest.approx(root, rel=1e-12, abs=1e-12)
            assert found.falls == (end < now)
        elif found is not None:
            assert root in (now, end)

    @given(st.floats(0, 1), st.floats(-3, 3), st.floats(-3, 3))
    def test_a_curve_turns_where_it_crosses(
        self, height: float, now: float, end: float
    ) -> None:
        def curve(x: float) -> float:
            return x**3 - height

        found = turn(curve, now, end)

        assert (found is None) == ((curve(now) > 0) == (curve(end) > 0))
        if found is not None:
            step = 1e-9 if found.falls else -1e-9
            assert found.becomes == (curve(found.turns_at) > 0)
            assert found.becomes == (curve(end) > 0)
            assert min(now, end) <= found.turns_at <= max(now, end)
            if min(now, end) <= found.turns_at + step <= max(now, end):
                assert (curve(found.turns_at + step) > 0) != found.becomes

    @pytest.mark.parametrize("value", [float("nan"), inf, 0.0, 1.0])
    def test_what_never_changes_its_sign_never_turns(self, value: float) -> None:
        assert turn(lambda x: value, 0, 1) is None

    def test_a_flat_piece_turns_where_it_ends(self) -> None:
        """Zero from 2 to 3, and more than zero only after it."""
        found = turn(lambda x: min(x - 2, 0) + max(x - 3, 0), 0, 9)

        assert found is not None
        assert found.turns_at == pytest.approx(3)

    def test_from_next_to_nothing_the_way_is_long_and_not_infinite(self) -> None:
        moved = Input(at="a", now=1e-306, low=-1e15, high=1e15)
        (found,) = nearest(False, lambda at, x: x < -700, [moved])

        assert found.distance == 1e15


class TestKnownPlaces:
    """Where the places are known nothing is searched for."""

    @pytest.mark.property
    @given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
    def test_a_place_is_found_as_it_was_given(
        self, now: float, place: float, other: float
    ) -> None:
        """One at which nothing changes is passed by, near or far."""
        assume(abs(now - place) > 0.01)
        low, high = -1e7, 1e7
        moved = Input(at="a", now=now, low=low, high=high, places=(other, place))
        same = now > place
        (found,) = nearest(same, lambda at, x: x > place, [moved])

        assert found.turns_at == place or abs(found.turns_at - place) < 0.01
        assert (found.falls, found.becomes) == (place < now, not same)

    def test_the_answer_is_asked_only_behind_a_place(self) -> None:
        asked = []

        def answer(at: str, x: float) -> bool:
            asked.append(x)
            return x > 5

        moved = Input(at="a", now=1, low=0, high=9, places=(5,))
        (found,) = nearest(False, answer, [moved])

        assert found.turns_at == 5
        assert asked == [pytest.approx(5)]

    def test_on_a_place_it_turns_at_once_and_the_right_way(self) -> None:
        moved = Input(at="a", now=5, low=0, high=9, places=(5,))

        (rising,) = nearest(False, lambda at, x: x > 5, [moved])
        (falling,) = nearest(False, lambda at, x: x < 5, [moved])

        assert (rising.turns_at, rising.falls) == (5, False)
        assert (falling.turns_at, falling.falls) == (5, True)

    def test_at_the_least_that_it_can_be_there_is_no_beyond(self) -> None:
        moved = Input(at="a", now=0.5, low=0, high=1, places=(0, 1))
        (found,) = nearest(True, lambda at, x: x > 0, [moved])

        assert (found.turns_at, found.falls, found.side) == (0, True, "At")
        assert nearest(True, lambda at, x: x < 1, [moved]) == ()


class TestNearest:
    def test_the_smallest_relative_move_comes_first(self) -> None:
        found = nearest(
            False,
            lambda at, x: x >= {"a": 15, "b": 110}[at],
            [
                Input(at="a", now=10, low=0, high=100),
                Input(at="b", now=100, low=0, high=1e15),
            ],
        )

        assert [(f.at, f.turns_at, f.falls, f.becomes) for f in found] == [
            ("b", 110, False, True),
            ("a", 15, False, True),
        ]
        assert found[0].distance == pytest.approx(0.1)

    @pytest.mark.parametrize("places", [None, (30.0, 8.0)])
    def test_the_nearer_of_two_ways_is_taken(
        self, places: tuple[float, ...] | None
    ) -> None:
        moved = Input(at="a", now=10, low=0, high=100, places=places)
        (found,) = nearest(True, lambda at, x: 8 < x < 30, [moved])

        assert found.turns_at == 8
        assert found.falls

    @pytest.mark.parametrize("places", [None, (15.0, 25.0)])
    def test_what_becomes_unknown_is_no_change(
        self, places: tuple[float, ...] | None
    ) -> None:
        """Nor is anything looked for beyond it."""
        moved = Input(at="a", now=10, low=0, high=100, places=places)

        def answer(at: str, x: float) -> int | None:
            return None if 14 < x < 22 else 1 + (x > 25)

        assert nearest(1, answer, [moved]) == ()
        assert nearest(None, answer, [moved]) == ()

    def test_an_input_that_cannot_move_changes_nothing(self) -> None:
        moved = Input(at="a", now=0, low=0, high=0)

        assert nearest(0.0, lambda at, x: x + 1, [moved]) == ()

    def test_each_input_is_named_once_at_its_nearest(self) -> None:
        def flip(at: str, turns_at: float) -> Flip[str]:
            return Flip(at=at, now=10, turns_at=turns_at, falls=False, becomes="other")

        found = nearest_each([flip("a", 30), flip("b", 20), flip("a", 15)])

        assert [(each.at, each.turns_at) for each in found] == [("a", 15), ("b", 20)]
