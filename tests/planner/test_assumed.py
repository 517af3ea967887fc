"""What a plain default stands in for: reckoned with, marked, asked for, never kept."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.advice.advice import Advice, advise
from planner.analyses import play
from planner.analyses.analysis import Analysis
from planner.analyses.assumed import RATE, RATE_AT, fill
from planner.plan.address import look_up, replaced, under
from planner.plan.document import FORMAT, read_draft, write_plan
from planner.plan.kinds import CHANCES
from planner.plan.values import SIDES, Plan
from planner.show.brief import as_markdown
from planner.show.page import panel, view
from planner.words.figures import plain
from tests import strategies
from tests.planner.changes import analysed, changed
from tests.plans import fixed_plan

SHEET: Mapping[str, tuple[str, ...]] = {
    "Price": ("€106", "€118"),
    "Notice": ("3", "12"),
    "Recycling": ("they", "we"),
}


def sheet(names: Mapping[str, tuple[str, ...]] = SHEET) -> dict[str, Any]:
    """A plan with names of issues and options, and nothing else."""
    issues = [
        {
            "id": f"i{n}",
            "kind": "agreement",
            "name": name,
            "options": [{"name": option} for option in options],
        }
        for n, (name, options) in enumerate(names.items())
    ]
    return {"format": FORMAT, "issues": issues}


def advised(document: Any) -> Advice:
    return advise(analysed(document))


class TestThreeNames:
    """Three names of issues with two options each, and nothing else, get advice."""

    def test_there_are_packages_to_choose_from(self) -> None:
        told = analysed(sheet()).play

        assert told.advance == "open"
        assert len(told.packages) == 3
        assert len({package.us for package in told.packages}) == 1

    def test_the_question_that_matters_most_is_what_matters_to_them(self) -> None:
        first = advised(sheet()).questions[0]

        assert look_up(sheet(), first.at) is None
        assert first.at.endswith("/weight/them")

    def test_everything_assumed_is_said(self) -> None:
        analysis = analysed(sheet())
        told = play.as_data(analysis.play)["assumed"]
        points = [
            f"/issues/{i}/options/{o}/{side}"
            for i in range(3)
            for o in range(2)
            for side in SIDES
        ]
        weights = [f"/issues/{i}/weight/{side}" for i in range(3) for side in SIDES]

        assert sorted(told) == sorted([*points, *weights])
        assert "Assumed" in as_markdown(read_draft(sheet()), analysis, advise(analysis))

    def test_with_equal_weights_there_is_no_trade(self) -> None:
        assert analysed(sheet()).play.trades == ()

    def test_each_field_shows_what_stands_in_for_it(self) -> None:
        html = panel("issues", view(sheet(), own=True))

        for at in analysed(sheet()).filled.assumed:
            if at.startswith("/issues"):
                mark = f"f{at.replace('/', '-')}-assumed"
                assert f'id="{mark}"' in html
                assert html.count(mark) == 2  # told beside the field, and for it


class TestWhatIsMissingAlone:
    """Points without weights, or weights without points, are enough to begin with."""

    WEIGHED = changed(
        sheet(),
        {
            f"/issues/{i}/weight": {"us": us, "them": them}
            for i, (us, them) in enumerate([(60, 40), (25, 20), (15, 40)])
        },
    )
    POINTED = changed(
        sheet(),
        {
            f"/issues/{i}/options/{o}/{side}": 100 * (o == (side == "them"))
            for i in range(3)
            for o in range(2)
            for side in SIDES
        },
    )

    @pytest.mark.parametrize("document", [WEIGHED, POINTED])
    def test_there_are_packages_and_a_question(self, document: Any) -> None:
        analysis = analysed(document)
        [first, *_] = advise(analysis).questions

        assert analysis.play.packages
        assert first.at in analysis.assumed

    def test_weights_are_kept_and_points_assumed(self) -> None:
        assert not any("weight" in at for at in analysed(self.WEIGHED).assumed)

    def test_points_are_kept_and_weights_assumed(self) -> None:
        assert all("weight" in at for at in analysed(self.POINTED).assumed)


class TestPoints:
    """They fall evenly between two ends, and for them the other way round."""

    @pytest.mark.parametrize(
        ("given_", "us", "them"),
        [
            ({}, (100, 50, 0), (0, 50, 100)),
            ({"0/us": 0, "2/us": 100}, (0, 50, 100), (100, 50, 0)),
            ({"2/us": 100}, (0, 50, 100), (100, 50, 0)),
            ({"0/them": 100}, (0, 50, 100), (100, 50, 0)),
            ({"0/us": 40, "1/us": 30, "2/us": 0}, (40, 30, 0), (0, 25, 100)),
            ({"0/us": -5, "2/us": -25}, (-5, -15, -25), (0, 50, 100)),
            ({"1/us": 80}, (100, 80, 0), (0, 20, 100)),
        ],
    )
    def test_what_is_given_stays_and_the_rest_follows(
        self, given_: dict[str, float], us: Any, them: Any
    ) -> None:
        document = sheet({"Price": ("a", "b", "c"), "Other": ("d", "e")})
        typed = {f"/issues/0/options/{at}": value for at, value in given_.items()}
        options = analysed(changed(document, typed)).plan.agreement["/issues/0"].options

        assert tuple(option.us for option in options) == pytest.approx(us)
        assert tuple(option.them for option in options) == pytest.approx(them)

    def test_negative_ones_are_scaled_by_their_range(self) -> None:
        below = {f"/issues/0/options/{o}/us": value for o, value in ((0, -5), (1, -25))}
        [score, *_] = analysed(changed(sheet(), below)).scores.counted

        assert score.us[1] == 0 < score.us[0]

    def test_an_option_without_a_name_leaves_its_issue_out(self) -> None:
        blank = replaced(sheet(), "/issues/0/options/2", {"name": ""})

        assert len(analysed(blank).scores.counted) == 2

    def test_one_option_is_asked_for_another(self) -> None:
        document = sheet(
            {"Price": ("€106",), "Notice": ("3", "12"), "Term": ("1", "2")}
        )

        assert ("/issues/0/options", "How else could Price be settled?") in [
            (question.at, question.asks) for question in advised(document).questions
        ]


class TestWeights:
    """Equal ones where none are given, as large as the others where some are."""

    def test_one_that_is_missing_is_as_large_as_the_others(self) -> None:
        weighed = changed(
            sheet(), {"/issues/0/weight/us": 80, "/issues/1/weight/us": 40}
        )

        assert analysed(weighed).assumed["/issues/2/weight/us"] == 60

    def test_points_that_carry_the_weight_give_it(self) -> None:
        """A list on which the best options add up to 100 has its weights in it."""
        ranges = {0: 55, 1: 25, 2: 20}
        carried = {
            f"/issues/{i}/options/{o}/us": most * (1 - o)
            for i, most in ranges.items()
            for o in range(2)
        }
        analysis = analysed(changed(sheet(), carried))

        weights = {i: analysis.assumed[f"/issues/{i}/weight/us"] for i in ranges}
        assert weights == ranges
        assert "carry the weight" in advise(analysis).assumed
        assert [s.swing_us for s in analysis.scores.counted] == pytest.approx(
            [55, 25, 20]
        )

    def test_ranges_over_100_are_brought_under_it(self) -> None:
        carried = {"/issues/0/options/0/us": 500, "/issues/0/options/1/us": 0}
        known = analysed(changed(sheet(), carried)).assumed

        assert known["/issues/0/weight/us"] == pytest.approx(100)
        assert known["/issues/1/weight/us"] == pytest.approx(20)

    def test_a_ranking_is_no_assumption(self) -> None:
        ranked = changed(sheet(), {"/ranking": ["i2", "i0", "i1"]})
        known = analysed(ranked)

        assert not any(at.endswith("weight/us") for at in known.assumed)
        assert [s.swing_us for s in known.scores.counted] == pytest.approx(
            [100 / 3, 100 / 6, 50]
        )


class TestTheTwoQuestions:
    """Two presses and one amount lead to a stance with a reason."""

    ANSWERS: ClassVar = {
        "/future/continue_chance": "likely",
        "/future/us/yearly_gain": 20_000,
        "/future/us/one_off_gain": 0,
    }

    def test_there_is_a_stance_with_a_reason(self) -> None:
        advice = advised(changed({"format": FORMAT}, self.ANSWERS))

        assert advice.stance.id == "probe"
        assert "about 53,000" in advice.grounds[0].says
        assert "10%" in advice.assumed

    @pytest.mark.parametrize("word", CHANCES)
    def test_a_chance_is_read_in_words(self, word: str) -> None:
        typed = {"format": FORMAT, "future": {"continue_chance": word.upper()}}

        assert read_draft(typed).plan.future.continue_chance == CHANCES[word]

    @pytest.mark.parametrize("chance", [None, *CHANCES.values(), 0.81])
    def test_each_word_can_be_pressed_and_says_whether_it_is_the_answer(
        self, chance: float | None
    ) -> None:
        at = "/future/continue_chance"
        html = panel("future", view({"format": FORMAT, "future": {at[8:]: chance}}))

        for share in CHANCES.values():
            press = f'data-fill="{plain(share * 100)}"'
            found = re.search(rf'{press}\s+aria-pressed="(\w+)"', html)
            assert found
            assert found[1] == ("true" if share == chance else "false")

    def test_beside_no_question_they_stand_while_there_is_no_answer(self) -> None:
        at = "/future/continue_chance_if_we_give"
        press = 'data-fill="50"'
        for chance, offered in ((None, True), (0.8, False)):
            html = panel("future", view({"format": FORMAT, "future": {at[8:]: chance}}))
            beside = html.partition(f'name="{at}"')[2].partition("parley-field")[0]
            assert (press in beside) == offered

    def test_a_rate_at_which_there_is_no_bound_is_asked_for(self) -> None:
        endless = {"/future/continue_chance": 1, "/future/growth": 0.2}
        analysis = analysed({"format": FORMAT}, endless)

        assert RATE_AT not in analysis.assumed
        assert RATE_AT in [question.at for question in advise(analysis).questions]

    def test_the_rate_is_assumed_where_a_year_is_reckoned_with(self) -> None:
        known = analysed({"format": FORMAT}, {"/future/continue_chance": 0.8})

        assert known.assumed == {RATE_AT: RATE}


def _typed_in(plan: Plan, at: str, value: float) -> Plan:
    return read_draft(replaced(write_plan(plan), at, value)).plan


@st.composite
def _with_gaps(draw: st.DrawFn) -> Plan:
    """A negotiation of which some points, weights or the rate were not given."""
    document = write_plan(draw(strategies.negotiations()))
    places = [
        under(f"/issues/{i}", *keys)
        for i, issue in enumerate(document["issues"])
        for keys in [
            *(("weight", side) for side in SIDES),
            *(
                ("options", o, side)
                for o in range(len(issue["options"]))
                for side in SIDES
            ),
        ]
    ]
    gaps = draw(st.lists(st.sampled_from([*places, RATE_AT]), max_size=12))
    return read_draft(changed(document, dict.fromkeys(gaps))).plan


@pytest.mark.property
class TestAnAssumedAnswer:
    """It never changes the document; typing it in changes nothing but the mark."""

    @given(strategies.drafts | strategies.documents)
    def test_it_never_changes_the_document(self, document: Any) -> None:
        before = deepcopy(document)
        draft = read_draft(document)
        written = write_plan(draft.plan)
        analysis = Analysis(draft.plan)
        advise(analysis)

        assert document == before
        assert write_plan(analysis.typed) == written

    @given(_with_gaps(), st.data())
    def test_typing_it_changes_nothing_but_the_mark(
        self, plan: Plan, data: st.DataObject
    ) -> None:
        before = Analysis(plan)
        if not before.filled.assumed:
            return
        at = data.draw(st.sampled_from(sorted(before.filled.assumed)))
        after = Analysis(_typed_in(plan, at, before.filled.assumed[at]))

        assert set(before.filled.assumed) - set(after.filled.assumed) == {at}
        assert after.stance is before.stance
        assert _said(after) == pytest.approx(_said(before), abs=1e-6)

    @given(_with_gaps())
    def test_no_default_stands_where_there_is_an_answer(self, plan: Plan) -> None:
        document = write_plan(plan)
        assert all(look_up(document, at) is None for at in fill(plan).assumed)


def _said(analysis: Analysis) -> dict[str, float | None]:
    """Every figure of the line of play, and of every issue."""
    told = analysis.play
    deals = {"fair": told.fair, "best": told.best, "aim": told.aim}
    figures = {name: deal.us if deal else None for name, deal in deals.items()}
    points = {
        f"{score.at} {side} {n}": value
        for score in analysis.scores.counted
        for side in SIDES
        for n, value in enumerate(getattr(score, side))
    }
    return (
        figures | points | {"level": told.level, "value": analysis.relationship.value}
    )


def test_of_a_plan_that_has_every_answer_nothing_is_assumed() -> None:
    analysis = analysed(fixed_plan("renewal"))

    assert analysis.assumed == {}
    assert advise(analysis).assumed == ""
