"""What the prose says of the planner follows the planner, or stops the build."""

import re
from copy import deepcopy
from typing import Any

import pytest

from planner.advice.rules import the_deal, the_two_questions
from planner.analyses import doubts, ledger, orientation, stance
from planner.analyses.stance import Stance
from planner.analyses.targets import SHARES
from planner.edits.examples import example
from planner.plan.signals import SIGNALS
from planner.plan.values import Future
from planner.words.figures import points
from runtime.handbook import facts
from runtime.handbook.worked import worked
from runtime.tools.building import ROOT
from tests.plans import FIXED, fixed_plan

pytestmark = pytest.mark.usefixtures("fixed_plans")


def test_what_a_macro_refuses_stops_the_build() -> None:
    config = (ROOT / "mkdocs.yml").read_text("utf-8")

    assert re.search(r"^ +on_undefined: strict$", config, re.M)
    assert re.search(r"^ +on_error_fail: true$", config, re.M)


class TestConstants:
    """A threshold of ours is written as the planner uses it, in the words of prose."""

    @pytest.mark.parametrize(
        ("value", "says"),
        [
            (1, "one"),
            (3.0, "three"),
            (20, "twenty"),
            (21, "21"),
            (1.2, "1.2"),
            (0.1, "a tenth"),
            (0.2, "a fifth"),
            (0.25, "a quarter"),
            (0.5, "half"),
            (0.35, "35%"),
        ],
    )
    def test_a_number_is_a_word_if_there_is_one(self, value: float, says: str) -> None:
        assert facts.number_in_words(value) == says

    @pytest.mark.parametrize(
        ("form", "of_a_share", "of_a_number"),
        [
            ("words", "half", "three"),
            ("a", "a half", "three"),
            ("the", "the half", "the three"),
            ("digits", "0.5", "3"),
            ("percent", "50%", "300%"),
        ],
    )
    def test_each_form_fits_its_sentence(
        self,
        monkeypatch: pytest.MonkeyPatch,
        form: str,
        of_a_share: str,
        of_a_number: str,
    ) -> None:
        monkeypatch.setattr(stance, "SMALL", 0.5)
        monkeypatch.setattr(orientation, "ENOUGH", 3)

        assert facts.constant("analyses.stance.SMALL", form) == of_a_share
        assert facts.constant("analyses.orientation.ENOUGH", form) == of_a_number

    def test_some_forms_are_a_step_away_from_the_constant(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(the_deal, "HALF", 25.0)
        monkeypatch.setattr(orientation, "TAIL", 0.05)

        half = facts.constant("advice.rules.the_deal.HALF", "of a hundred")
        assert half == "a quarter"
        assert facts.constant("analyses.orientation.TAIL", "middle") == "90%"
        assert facts.constant("analyses.orientation.TAIL", "in hundredths") == "five"

    def test_another_threshold_changes_the_page(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ledger, "BUFFER", 0.15)
        monkeypatch.setattr(the_two_questions, "NEAR", 0.2)

        assert facts.constant("analyses.ledger.BUFFER") == "15%"
        assert facts.constant("analyses.ledger.BUFFER", "the") == "the 15%"
        assert facts.constant("advice.rules.the_two_questions.NEAR", "percent") == "20%"

    def test_a_value_of_a_mapping_is_picked_by_its_key(self) -> None:
        doubt = facts.number_in_words(doubts.WEIGHT["observed"])

        assert facts.constant("analyses.doubts.WEIGHT", key="observed") == doubt

    def test_a_collection_counts_as_what_it_holds(self) -> None:
        many = facts.number_in_words(len(SIGNALS))

        assert facts.constant("plan.signals.SIGNALS") == many

    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("analyses.ledger.BUFFERS", ""),
            ("analyses.leger.BUFFER", ""),
            ("", ""),
            ("analyses.ledger", ""),
            ("analyses.ledger.GOODWILL", ""),
            ("analyses.ledger.cliff", ""),
            ("analyses.doubts.WEIGHT", "guesed"),
            ("analyses.ledger.BUFFER", "guessed"),
        ],
    )
    def test_one_that_there_is_none_of_is_refused(self, name: str, key: str) -> None:
        with pytest.raises(ValueError, match="planner"):
            facts.constant(name, key=key)

    def test_a_form_that_there_is_none_of_is_refused(self) -> None:
        with pytest.raises(KeyError):
            facts.constant("analyses.ledger.BUFFER", "wrds")


class TestShares:
    """How a stance plays is told in words on its page, and argued for there."""

    @pytest.mark.parametrize("stance", SHARES, ids=lambda each: each.id)
    def test_each_share_between_nothing_and_all_is_told_on_its_page(
        self, stance: Stance
    ) -> None:
        page = (ROOT / "docs" / stance.page.partition("#")[0]).read_text("utf-8")
        for part in ("aim", "opening", "step"):
            share = getattr(SHARES[stance], part)
            if share is not None and 0 < share < 1:
                assert facts.play_share(stance.id, part)
                assert f'play_share("{stance.id}", "{part}")' in page

    def test_a_share_without_a_name_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no aim with a name"):
            facts.play_share("probe", "aim")


class TestAnswers:
    """A story quotes what its plan says, by the address of the answer."""

    @pytest.mark.parametrize("plan", FIXED)
    def test_an_answer_is_quoted_as_it_stands(self, plan: str) -> None:
        assert facts.answer(plan, "/title") == fixed_plan(plan)["title"]

    def test_a_number_is_written_plainly(self) -> None:
        gain = fixed_plan("sale")["future"]["us"]["yearly_gain"]

        assert facts.answer("sale", "/future/us/yearly_gain") == f"{gain:g}"

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("5 days", "five days"),
            ("In 2 months", "In two months"),
            ("30 days", "30 days"),
            ("5 days, 2 weeks of stock", "five days, two weeks of stock"),
            ("Cost plus 5%", "Cost plus 5%"),
            ("€2.40 million", "€2.40 million"),
            ("€5 or $5", "€5 or $5"),
            ("1,5 or 5,1", "1,5 or 5,1"),
            ("Plan A1", "Plan A1"),
            ("Half each", "Half each"),
        ],
    )
    def test_small_numbers_become_words_and_amounts_do_not(
        self, text: str, says: str
    ) -> None:
        assert facts.small_numbers_in_words(text) == says

    @pytest.mark.parametrize(
        "at",
        ["/titles", "/issues", "/issues/99/name", "/future", "/signals/x", "title"],
    )
    def test_an_address_without_an_answer_is_refused(self, at: str) -> None:
        with pytest.raises(ValueError, match="renewal has no answer"):
            facts.answer("renewal", at)

    def test_a_yes_is_no_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen = {"signals": {SIGNALS[0].id: True}}
        monkeypatch.setattr(facts, "example", lambda plan: deepcopy(seen))

        with pytest.raises(ValueError, match="no answer"):
            facts.answer("renewal", f"/signals/{SIGNALS[0].id}")

    def test_a_plan_that_there_is_none_of_is_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(facts, "example", example)

        with pytest.raises(KeyError):
            facts.answer("renewals", "/title")


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (1_865_284.97, 1_900_000),
        (53_333.33, 53_000),
        (160_000, 160_000),
        (102, 100),
        (7.46, 7.5),
        (-53_333.33, -53_000),
        (0, 0),
    ],
)
def test_an_estimate_has_two_figures(value: float, says: float) -> None:
    assert facts.rounded(value) == says


class TestClaims:
    """What a page says in words of its own stands there only while it is true."""

    def test_a_true_one_is_written(self) -> None:
        assert facts.claim("nearly half", 0.45 < 0.47) == "nearly half"

    def test_another_is_refused_with_its_words(self) -> None:
        with pytest.raises(ValueError, match="no longer true: “nearly half”"):
            facts.claim("nearly half", 0.45 < 0.4)


class TestScreens:
    """A button is called in the prose as it is on the screen."""

    @pytest.mark.parametrize("label", ["Save the plan", "Plans", "Compare with"])
    def test_one_that_is_there_is_named(self, label: str) -> None:
        assert facts.button(label) == label

    @pytest.mark.parametrize("label", ["Save the", "Save the pln", "save the plan"])
    def test_another_is_refused(self, label: str) -> None:
        with pytest.raises(ValueError, match="No screen has"):
            facts.button(label)


def test_signals_are_counted_by_their_kind() -> None:
    relational = [signal for signal in SIGNALS if signal.relational]
    many = facts.number_in_words(len(relational))

    assert facts.signal_count("relational") == many


class TestWhatFollowsFromAPlan:
    """By hand, for a chance of 80%, a rate of 10% and a sum without an end."""

    @pytest.fixture(autouse=True)
    def future(self, monkeypatch: pytest.MonkeyPatch) -> None:
        known = Future(continue_chance=0.8, discount_rate=0.1)
        monkeypatch.setattr(facts, "_future", lambda plan: known)

    def test_the_chance_works_on_each_year_anew(self) -> None:
        still = [facts.still_dealing(years) for years in (1, 2, 3)]

        assert still == ["80%", "64%", "51%"]

    def test_a_hundred_next_year_are_less_today(self) -> None:
        assert (facts.one_plus_rate(), facts.discounted(100)) == ("1.10", "91")

    def test_the_first_years_bring_their_share_of_the_whole(self) -> None:
        assert facts.first_years(2) == pytest.approx(1 - (0.8 / 1.1) ** 2)

    def test_where_nothing_is_known_it_is_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(facts, "_future", lambda plan: Future())
        asked: list[Any] = [
            lambda: facts.still_dealing(1),
            facts.one_plus_rate,
            lambda: facts.discounted(100),
            lambda: facts.first_years(2),
        ]
        for ask in asked:
            with pytest.raises(ValueError, match="does not have that figure"):
                ask()


class TestWhatFollowsFromTheDeal:
    """By the planner's own findings on a worked plan, whatever stands in it."""

    @pytest.mark.parametrize("plan", FIXED)
    def test_a_step_costs_what_lies_between_its_ends(self, plan: str) -> None:
        score = worked(plan).analysis.scores.counted[0]
        issue = score.issue
        best, worst = (
            issue.options[score.us.index(end)].name or ""
            for end in (max(score.us), min(score.us))
        )

        said = facts.step_cost(issue.id or "", best, worst, plan)

        assert said == points(score.swing_us)

    def test_a_step_that_nobody_can_make_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no step"):
            facts.step_cost("price", "€1", "€2")

    @pytest.mark.parametrize("plan", FIXED)
    def test_deals_are_counted_that_beat_walking_away(self, plan: str) -> None:
        known = worked(plan).analysis
        assert known.walk_away_points is not None
        better = [us for us, _ in known.deals if us > known.walk_away_points]

        share = facts.better_than_leaving(plan)

        assert share == pytest.approx(len(better) / len(known.deals))
