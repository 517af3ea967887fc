"""How to play it: the table, and where it turns."""

from dataclasses import replace
from math import isfinite
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.analyses.flips import Flip
from planner.analyses.relationship import Condition, condition
from planner.analyses.relationship import value as relationship_value
from planner.analyses.stance import Stance, boundaries, choose, other_flips
from planner.plan.values import Estimate, Future
from tests import strategies
from tests.planner.changes import analysed

spreads = st.none() | st.integers(0, 40).map(lambda n: n * 2_500.0)


def _condition(holds: bool | None, future: float = 100.0) -> Condition:
    return Condition(holds=holds, future=(future,), grab=50.0, missing=())


class TestTable:
    """METHOD, section 3: two questions, six cells, and two that stand outside."""

    @pytest.mark.parametrize(
        ("ours", "theirs", "stance"),
        [
            (True, True, Stance.COLLABORATE),
            (True, False, Stance.PROTECT),
            (True, None, Stance.PROBE),
            (False, True, Stance.DEAL_FAIRLY),
            (False, False, Stance.CLAIM),
            (False, None, Stance.CLAIM_COURTEOUSLY),
            (None, True, Stance.UNDECIDED),
            (None, False, Stance.UNDECIDED),
            (None, None, Stance.UNDECIDED),
        ],
    )
    def test_each_pair_of_answers_has_its_stance(
        self, ours: bool | None, theirs: bool | None, stance: Stance
    ) -> None:
        for spread in (None, 1_000.0):
            assert choose(_condition(ours), _condition(theirs), spread) is stance

    def test_a_small_deal_beside_a_large_future_is_yielded(self) -> None:
        both = _condition(True, 1_000), _condition(True)

        assert choose(*both, 99.0, premium=1.0) is Stance.YIELD
        assert choose(*both, 100.0, premium=1.0) is Stance.COLLABORATE
        assert choose(*both, None, premium=1.0) is Stance.COLLABORATE

    @pytest.mark.parametrize("premium", [0.0, None])
    def test_nothing_is_yielded_where_giving_buys_nothing_or_its_worth_is_unknown(
        self, premium: float | None
    ) -> None:
        both = _condition(True, 1_000), _condition(True)

        assert choose(*both, 99.0, premium=premium) is Stance.COLLABORATE

    def test_a_deal_worth_less_than_the_talking_is_kept_short(self) -> None:
        alone = _condition(False), _condition(None)

        assert choose(*alone, 99.0, 100.0) is Stance.KEEP_SHORT
        assert choose(*alone, 101.0, 100.0) is Stance.CLAIM_COURTEOUSLY
        assert choose(*alone, None, 100.0) is Stance.CLAIM_COURTEOUSLY
        assert choose(_condition(True), _condition(False), 99.0, 100.0) is (
            Stance.PROTECT
        )

    @pytest.mark.parametrize("theirs", [False, None])
    def test_nothing_is_yielded_to_those_who_may_not_go_on(
        self, theirs: bool | None
    ) -> None:
        ours = _condition(True, 1_000)
        chosen = choose(ours, _condition(theirs), 1.0, premium=1.0)

        assert chosen is not Stance.YIELD

    def test_a_range_of_ours_is_taken_at_its_lowest(self) -> None:
        """What we might not have we do not give away."""
        ours = Condition(holds=True, future=(500.0, 5_000.0), grab=0.0, missing=())

        chosen = choose(ours, _condition(True), 60.0, premium=1.0)

        assert chosen is Stance.COLLABORATE

    def test_every_stance_has_its_own_name_sentence_and_page(self) -> None:
        stances = list(Stance)

        assert len({stance.id for stance in stances}) == len(stances)
        assert len({stance.label for stance in stances}) == len(stances)
        assert len({stance.page for stance in stances}) == len(stances)
        assert all(stance.says.endswith(".") for stance in stances)
        assert Stance.CLAIM_COURTEOUSLY.id == "claim-courteously"


def _stance(future: Future, spread: float | None) -> Stance:
    ours, theirs = condition(future, "us"), condition(future, "them")
    premium = relationship_value(future).premium
    return choose(ours, theirs, spread, future.talking_costs, premium=premium)


def _answered(future: Future, at: str, value: float) -> Future:
    """The future with another answer at that address."""
    _, _, *path, key = at.split("/")
    if not path:
        return replace(future, **{key: value})  # type: ignore[arg-type]
    stake = getattr(future, path[0])
    answer = Estimate(likely=value) if key == "yearly_gain" else value
    changed: dict[str, Any] = {path[0]: replace(stake, **{key: answer})}
    return replace(future, **changed)


def _figured(future: Future, at: str, value: float) -> Future:
    """The future with another figure at that address, the obvious way."""
    _, _, *path = at.split("/")
    changed: dict[str, Any]
    if len(path) == 1:
        changed = {path[0]: value}
        return replace(future, **changed)
    stake = getattr(future, path[0])
    answer: Any = value
    if path[1] == "yearly_gain":
        answer = (
            replace(stake.yearly_gain, **{path[2]: value})
            if len(path) == 3
            else Estimate(likely=value)
        )
    changed = {path[0]: replace(stake, **{path[1]: answer})}
    return replace(future, **changed)


def _beyond(boundary: Flip[Stance]) -> float:
    """A value just past a boundary."""
    step = 2e-9 * max(1.0, abs(boundary.turns_at))
    beyond = boundary.turns_at + (-step if boundary.falls else step)
    return max(0.0, beyond) if boundary.at == "/future/continue_chance" else beyond


@pytest.mark.property
class TestBoundaries:
    """Just beyond a boundary the stance is another; before it nothing changes."""

    @given(strategies.typed_futures, spreads)
    def test_beyond_it_the_stance_is_what_it_says(
        self, future: Future, spread: float | None
    ) -> None:
        for boundary in boundaries(future, spread):
            beyond = _answered(future, boundary.at, _beyond(boundary))

            assert boundary.becomes is not _stance(future, spread)
            assert _stance(beyond, spread) is boundary.becomes

    @given(strategies.typed_futures, spreads, st.floats(0, 1))
    def test_before_it_nothing_changes(
        self, future: Future, spread: float | None, way: float
    ) -> None:
        for boundary in boundaries(future, spread):
            step = 2e-9 * max(1.0, abs(boundary.turns_at))
            edge = boundary.turns_at + (step if boundary.falls else -step)
            if (edge < boundary.now) != boundary.falls:
                continue  # it stands on the boundary: there is no before
            for value in (edge, boundary.now + way * (edge - boundary.now)):
                before = _answered(future, boundary.at, value)
                assert _stance(before, spread) is _stance(future, spread)

    @given(
        strategies.typed_futures,
        spreads,
        st.sampled_from(
            [
                "/future/continue_chance",
                "/future/us/one_off_gain",
                "/future/them/one_off_gain",
                "/future/us/yearly_gain",
                "/future/them/yearly_gain",
            ]
        ),
        st.integers(-40, 120),
    )
    def test_an_answer_that_changes_the_stance_lies_beyond_one(
        self, future: Future, spread: float | None, at: str, n: int
    ) -> None:
        """The distance to every boundary is shown: none is left out."""
        value = n / 120 if at == "/future/continue_chance" else n * 5_000.0
        assume(value >= 0 or at != "/future/continue_chance")
        other = _answered(future, at, value)
        assume(strategies.bounded(other))
        stake = future.them if "/them/" in at else future.us
        known = stake.yearly_gain.known if stake.yearly_gain else ()
        assume(not at.endswith("yearly_gain") or len(known) == 1)
        assume(not at.endswith("one_off_gain") or stake.one_off_gain is not None)

        if _stance(other, spread) is not _stance(future, spread):
            assert at in [b.at for b in boundaries(future, spread)]

    @given(strategies.typed_futures, spreads)
    def test_each_could_be_entered(self, future: Future, spread: float | None) -> None:
        for boundary in boundaries(future, spread):
            if boundary.at == "/future/continue_chance":
                assert 0 <= boundary.turns_at <= 1
            assert abs(boundary.turns_at) <= 1e15

    @given(strategies.typed_futures, spreads)
    def test_the_nearest_comes_first_and_each_answer_once(
        self, future: Future, spread: float | None
    ) -> None:
        found = boundaries(future, spread)

        assert [b.distance for b in found] == sorted(b.distance for b in found)
        assert len({b.at for b in found}) == len(found)


@pytest.mark.property
class TestOtherFlips:
    """Each value found for any figure, when applied, does change the stance."""

    @given(strategies.typed_futures, spreads)
    def test_applied_the_stance_is_what_it_says(
        self, future: Future, spread: float | None
    ) -> None:
        for turn in other_flips(future, spread):
            there = _figured(future, turn.at, turn.turns_at)

            assert turn.becomes not in (_stance(future, spread), Stance.UNDECIDED)
            assert _stance(there, spread) is turn.becomes

    @given(strategies.typed_futures)
    def test_a_figure_that_is_skipped_is_not_moved(self, future: Future) -> None:
        found = other_flips(future, None)
        skipped = {turn.at for turn in found[:1]}

        assert other_flips(future, None, skip=skipped) == found[1:]

    @given(strategies.futures)
    def test_any_future_has_finite_answers(self, future: Future) -> None:
        for turn in other_flips(future, None):
            assert isfinite(turn.turns_at)
            assert isfinite(turn.distance)

    @given(strategies.typed_futures, spreads)
    def test_what_both_find_they_find_at_the_same_value(
        self, future: Future, spread: float | None
    ) -> None:
        """The known places are an oracle for the search, which steps and halves."""
        exact = {b.at: b for b in boundaries(future, spread)}
        for turn in other_flips(future, spread):
            known = exact.get(turn.at)
            if known is not None and known.becomes is turn.becomes:
                nearby = abs(known.turns_at - turn.turns_at)
                assert nearby <= 1e-6 * max(1.0, abs(known.turns_at))


NOTHING_TO_GRAB = {"/future/us/one_off_gain": 0, "/future/them/one_off_gain": 0}


class TestYielding:
    """What is given has to buy something: METHOD, “yield up to the premium”."""

    SMALL_DEAL = MappingProxyType(
        {"/future/us/yearly_gain": 600_000, "/future/them/one_off_gain": 1_000}
    )

    @pytest.mark.parametrize(
        ("if_we_give", "stance"),
        [
            (0.85, Stance.YIELD),
            (0.8, Stance.COLLABORATE),
            (0.7, Stance.COLLABORATE),
            (None, Stance.COLLABORATE),
        ],
    )
    def test_it_is_only_for_what_makes_going_on_likelier(
        self, worked: dict[str, Any], if_we_give: float | None, stance: Stance
    ) -> None:
        given = {"/future/continue_chance_if_we_give": if_we_give}

        assert analysed(worked, self.SMALL_DEAL | given).stance is stance

    def test_it_ends_where_the_chance_is_as_good_without_giving(
        self, worked: dict[str, Any]
    ) -> None:
        found = {b.at: b for b in analysed(worked, self.SMALL_DEAL).boundaries}
        turn = found["/future/continue_chance"]

        assert (turn.turns_at, turn.falls) == (0.85, False)
        assert turn.becomes is Stance.COLLABORATE


class TestWithoutAFuture:
    """METHOD, section 1: a one-off deal is one in which to claim value."""

    @pytest.mark.parametrize(
        "nothing",
        [
            {"/future/continue_chance": 0},
            {"/future/us/yearly_gain": 0, "/future/them/yearly_gain": 0},
        ],
    )
    def test_value_is_claimed_even_with_nothing_to_grab(
        self, worked: dict[str, Any], nothing: dict[str, Any]
    ) -> None:
        analysis = analysed(worked, NOTHING_TO_GRAB | nothing)

        assert analysis.stance is Stance.CLAIM

    def test_it_turns_at_no_chance_of_going_on_at_all(
        self, worked: dict[str, Any]
    ) -> None:
        found = {b.at: b for b in analysed(worked, NOTHING_TO_GRAB).boundaries}
        turn = found["/future/continue_chance"]

        assert (turn.turns_at, turn.falls, turn.becomes) == (0, True, Stance.CLAIM)


class TestWorkedExample:
    def test_it_probes_until_their_gain_is_known(self, worked: dict[str, Any]) -> None:
        """Ours: 160,000 against 90,000. Theirs: 53,333 to 240,000 against 60,000."""
        analysis = analysed(worked)

        assert analysis.relationship.ours.holds is True
        assert analysis.relationship.theirs.holds is None
        assert analysis.stance is Stance.PROBE

    def test_the_chance_of_going_on_would_change_it_first(
        self, worked: dict[str, Any]
    ) -> None:
        nearest, *_ = analysed(worked).boundaries

        assert nearest.at == "/future/continue_chance"
        assert nearest.becomes is Stance.COLLABORATE
        assert nearest.turns_at == pytest.approx(0.825)

    def test_where_it_stands_on_a_boundary_the_direction_is_right(
        self, worked: dict[str, Any]
    ) -> None:
        """At r = 0.5 and i = 0 the multiple is 1: 60,000 a year equals 60,000 now."""
        on_it = {
            "/future/continue_chance": 0.5,
            "/future/discount_rate": 0,
            "/future/us/yearly_gain": 60_000,
            "/future/us/one_off_gain": 60_000,
        }
        found = {b.at: b for b in analysed(worked, on_it).boundaries}

        assert found["/future/us/yearly_gain"].falls
        assert not found["/future/us/one_off_gain"].falls
        assert found["/future/continue_chance"].falls
