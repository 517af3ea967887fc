"""What could be squeezed out: typed, added up, or read from the list as a floor."""

from typing import Any

import pytest
from hypothesis import given

from planner.advice.advice import advise
from planner.analyses.analysis import Analysis
from planner.plan.values import Plan
from planner.show.page import panel, view
from tests import strategies
from tests.planner.changes import analysed, changed, edit

OURS, THEIRS = "/future/us/one_off_gain", "/future/them/one_off_gain"
PARTS = "/future/us/one_off_parts"


class TestFromTheList:
    def test_ours_is_what_the_best_deal_brings_over_the_fair_one(
        self, worked: dict[str, Any]
    ) -> None:
        """The renewal: (86.0 − 68.4) × 1,200 = 21,120."""
        known = analysed(worked, {OURS: None})
        told = known.play
        assert told.best is not None
        assert told.fair is not None

        assert known.relationship.ours.grab == pytest.approx(
            (told.best.us - told.fair.us) * (known.point_worth or 0)
        )
        assert known.relationship.ours.at_least

    def test_it_is_told_as_a_floor(self, worked: dict[str, Any]) -> None:
        document = changed(worked, {OURS: None})
        advice = advise(analysed(document))

        assert "at least about €21,000" in advice.says
        assert "by your list" in advice.assumed
        assert "By your list, at least" in panel("future", view(document))

    def test_the_typed_figure_wins(self, worked: dict[str, Any]) -> None:
        known = analysed(worked, {OURS: 5}).relationship.ours

        assert (known.grab, known.at_least) == (5, False)

    def test_theirs_never_shows_that_squeezing_does_not_pay(
        self, worked: dict[str, Any]
    ) -> None:
        """It is a floor: bad faith is on no list."""
        large = {THEIRS: None, "/future/them/yearly_gain": 10**9}
        theirs = analysed(worked, large).relationship.theirs

        assert theirs.at_least
        assert theirs.holds is None

    def test_theirs_may_show_that_squeezing_pays(self, worked: dict[str, Any]) -> None:
        small = {THEIRS: None, "/future/them/yearly_gain": 1}

        assert analysed(worked, small).relationship.theirs.holds is False

    @pytest.mark.parametrize("gone", ["/money", "/issues"])
    def test_without_a_list_in_money_it_is_asked_for(
        self, worked: dict[str, Any], gone: str
    ) -> None:
        bare = {"format": worked["format"], "future": worked["future"]}
        kept = {**worked, "money": {}} if gone == "/money" else bare
        known = analysed(kept, {OURS: None})

        assert known.relationship.ours.grab is None
        assert OURS in [question.at for question in advise(known).questions]

    @pytest.mark.property
    @given(strategies.negotiations(phases=("before",)))
    def test_it_is_never_below_nothing(self, plan: Plan) -> None:
        known = Analysis(plan).relationship

        for side in (known.ours, known.theirs):
            if side.at_least:
                assert (side.grab or 0) >= -1e-6


class TestPresses:
    """Nothing, or what the list shows: a press each, that takes the other back."""

    def test_nothing_is_an_answer_and_the_list_takes_it_back(
        self, worked: dict[str, Any]
    ) -> None:
        nothing = edit(worked, {"adopt": {OURS: 0}}).document
        assert analysed(nothing).relationship.ours.grab == 0

        shown = panel("future", view(nothing, own=True))
        assert 'id="grab-from-list"' in shown
        listed = edit(nothing, {"adopt": {OURS: ""}}).document
        assert analysed(listed).relationship.ours.at_least
        assert 'id="grab-nothing"' in panel("future", view(listed, own=True))


class TestWorksheets:
    """Lines are added up where no figure is typed."""

    LINES = ({"name": "A rise", "worth": 40_000}, {"name": "Fees", "worth": -4_000})

    def test_their_sum_is_what_could_be_squeezed_out(
        self, worked: dict[str, Any]
    ) -> None:
        known = analysed(worked, {OURS: None, PARTS: [*self.LINES, {"name": "?"}]})

        assert known.relationship.ours.grab == 36_000
        assert not known.relationship.ours.at_least

    def test_a_typed_figure_wins(self, worked: dict[str, Any]) -> None:
        known = analysed(worked, {PARTS: [*self.LINES]})

        assert known.relationship.ours.grab == worked["future"]["us"]["one_off_gain"]

    def test_a_year_can_be_added_up(self, worked: dict[str, Any]) -> None:
        gain = "/future/us/yearly_gain"
        typed = analysed(worked, {gain: 36_000}).relationship
        added = {gain: None, "/future/us/yearly_parts": [*self.LINES]}

        assert analysed(worked, added).relationship.value == typed.value

    def test_what_checking_saves_is_not_added_twice(
        self, worked: dict[str, Any]
    ) -> None:
        """It stays where it is asked for."""
        gain = "/future/us/yearly_gain"
        added = {gain: None, "/future/us/yearly_parts": [*self.LINES]}
        more = added | {"/future/us/monitoring_now": 90_000}

        assert (
            analysed(worked, more).relationship == analysed(worked, added).relationship
        )

    def test_a_line_is_added_and_removed_on_the_page(
        self, worked: dict[str, Any]
    ) -> None:
        grown = edit(worked, {"add": PARTS, "blank": "part"})
        assert grown.focus == f"{PARTS}/0/name"
        html = panel("future", view(grown.document, own=True))
        assert f'name="{PARTS}/0/worth"' in html

        left = edit(grown.document, {"remove": f"{PARTS}/0"}).document
        assert analysed(left).relationship == analysed(worked).relationship
