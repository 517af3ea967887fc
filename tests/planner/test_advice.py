"""What we recommend, why, what would change it, and what to find out."""

from typing import Any

import pytest
from hypothesis import given

from planner.advice.advice import Advice, advise
from planner.advice.rule import Kind
from planner.advice.rules.their_frame import RELATIONAL, TRANSACTIONAL
from planner.analyses.stance import Stance
from planner.plan.address import index, look_up, parts
from planner.plan.rows import answer_at
from tests import strategies
from tests.planner.changes import analysed, is_field


def _addresses(advice: Advice) -> list[str]:
    return [
        *(ground.at for ground in advice.grounds),
        *(change.at for change in advice.changes),
        *(reason.evidence.at for reason in advice.reasons),
        *(question.at for question in advice.questions),
    ]


@pytest.mark.property
class TestAnyDraft:
    """The advice is still there for what is valid, whatever else was typed."""

    @given(strategies.drafts | strategies.lookalikes | strategies.documents)
    def test_there_is_always_a_stance(self, document: Any) -> None:
        assert isinstance(advise(analysed(document)).stance, Stance)

    @given(strategies.drafts | strategies.documents)
    def test_every_address_leads_to_an_answer_of_the_plan(self, document: Any) -> None:
        for at in _addresses(advise(analysed(document))):
            assert is_field(at), at

            if at.startswith("/issues/"):
                assert index(look_up(document, "/issues"), parts(at)[1]) is not None

    @given(strategies.drafts | strategies.documents)
    def test_what_is_open_counts_questions_and_what_to_ask_them(
        self, document: Any
    ) -> None:
        advice = advise(analysed(document))
        asks = sum(reason.rule.kind is Kind.ASK for reason in advice.reasons)
        assert advice.open == len(advice.questions) + asks

    @given(strategies.drafts | strategies.documents)
    def test_each_question_is_asked_once(self, document: Any) -> None:
        asked = [question.at for question in advise(analysed(document)).questions]

        assert len(asked) == len(set(asked))

    @given(strategies.documents)
    def test_nothing_is_asked_that_was_answered(self, document: Any) -> None:
        """But for weights that are all zero: they say too little."""
        for question in advise(analysed(document)).questions:
            if "All weights are 0" not in question.asks:
                answer = look_up(document, question.at)
                estimate = {"low", "likely", "high"}
                holds = isinstance(answer, list | dict) and not (
                    isinstance(answer, dict) and estimate & set(answer)
                )
                assert not answer or holds


def test_a_step_that_does_not_say_where_it_led_is_asked_about(
    worked: dict[str, Any],
) -> None:
    advice = advise(analysed(worked, {"/moves/0/to": None}))

    asked = {question.at: question.asks for question in advice.questions}
    assert asked["/moves/0/to"] == "Where did Price per 1,000 trays stand after it?"


class TestWorkedExample:
    def test_the_stance_rests_on_both_sides_figures(
        self, worked: dict[str, Any]
    ) -> None:
        advice = advise(analysed(worked))

        assert [ground.says for ground in advice.grounds] == [
            "Keeping the relationship is worth about €160,000 to you; squeezing it "
            "now, about €90,000.",
            "You cannot tell yet what pays for Alder Packaging: keeping you is worth "
            "about €53,000 to €240,000 to them, a quick gain about €60,000.",
        ]

    def test_what_would_change_it_is_said_in_the_reader_s_units(
        self, worked: dict[str, Any]
    ) -> None:
        nearest, *_ = advise(analysed(worked)).changes

        assert nearest.says == (
            "the chance of dealing again rises above about 83%; you are near the line"
        )
        assert nearest.becomes is Stance.COLLABORATE

    def test_everything_is_answered(self, worked: dict[str, Any]) -> None:
        assert advise(analysed(worked)).questions == ()

    def test_warnings_come_first_then_what_to_do_then_what_to_ask(
        self, worked: dict[str, Any]
    ) -> None:
        kinds = [reason.rule.kind for reason in advise(analysed(worked)).reasons]

        assert kinds == sorted(kinds, key=tuple(Kind).index)
        assert len(kinds) >= 5


NOTHING_TO_GRAB = {"/future/us/one_off_gain": 0, "/future/them/one_off_gain": 0}


class TestWithoutAFuture:
    """Nothing to protect and nothing to grab: it is a one-off, and is called one."""

    def test_the_reasons_say_that_there_is_none(self, worked: dict[str, Any]) -> None:
        advice = advise(
            analysed(worked, NOTHING_TO_GRAB | {"/future/continue_chance": 0})
        )

        assert [ground.says for ground in advice.grounds] == [
            "Keeping the relationship is worth €0 to you: you have no future to "
            "protect.",
            "Keeping you is worth €0 to Alder Packaging: they have no future to "
            "protect.",
        ]

    def test_a_gain_of_nothing_is_not_called_a_loss(
        self, worked: dict[str, Any]
    ) -> None:
        nothing = {"/future/us/yearly_gain": 0}
        reasons = {r.rule.id: r for r in advise(analysed(worked, nothing)).reasons}

        assert reasons["no-gain-to-protect"].advice == (
            "Pay nothing for this relationship: it gains you nothing."
        )

    def test_no_chance_falls_below_none(self, worked: dict[str, Any]) -> None:
        changes = {c.at: c for c in advise(analysed(worked, NOTHING_TO_GRAB)).changes}

        assert changes["/future/continue_chance"].says == (
            "the chance of dealing again falls to 0%"
        )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"/future/us/one_off_gain": 160_000},
            "“Probe”. Just under that it would be",
        ),
        (
            NOTHING_TO_GRAB | {"/future/continue_chance": 0},
            "It stands at 0%: “Claim value”. Just over that it would be “Collaborate”.",
        ),
        (
            {},
            "It stands at about 80%: “Probe”. At about 83% it would be “Collaborate”.",
        ),
    ],
)
def test_a_figure_on_a_boundary_is_not_said_to_be_away_from_it(
    worked: dict[str, Any], changes: dict[str, Any], says: str
) -> None:
    reasons = {r.rule.id: r for r in advise(analysed(worked, changes)).reasons}

    assert says in reasons["close-to-a-boundary"].evidence.says


BEFORE: dict[str, Any] = {"/offers": [], "/moves": []}
FRAMES = {
    "they-look-transactional": TRANSACTIONAL,
    "they-look-relational": RELATIONAL,
}


class TestWhatIsMissing:
    """What is known is said, and what decides is asked for by its name."""

    def test_a_future_without_a_grab_is_told_with_what_it_is_worth(
        self, worked: dict[str, Any]
    ) -> None:
        unknown = {
            "/future/us/one_off_gain": None,
            "/future/them/one_off_gain": None,
            "/money": None,  # with it, the list of issues would tell
        }
        advice = advise(analysed(worked, unknown))

        assert advice.stance is Stance.UNDECIDED
        assert "say what you could squeeze out now" in advice.says
        assert [ground.says for ground in advice.grounds] == [
            "Keeping the relationship is worth about €160,000 to you; you have not "
            "said what you could squeeze out now.",
            "Keeping you is worth about €53,000 to €240,000 to Alder Packaging; you "
            "have not said what they could squeeze out now.",
        ]

    def test_a_range_of_ours_that_straddles_is_asked_to_be_narrower(
        self, worked: dict[str, Any]
    ) -> None:
        wide = {"/future/us/yearly_gain": {"low": 20_000, "high": 90_000}}
        advice = advise(analysed(worked, wide))

        assert advice.stance is Stance.UNDECIDED
        assert "may or may not pay for you" in advice.says
        assert "narrower" in advice.says

    def test_without_a_future_the_two_questions_are_asked(
        self, worked: dict[str, Any]
    ) -> None:
        advice = advise(analysed(worked, {"/future/us/yearly_gain": None}))

        assert advice.says == Stance.UNDECIDED.says
        assert advice.grounds[0].says == (
            "You have not said yet what keeping the relationship is worth to you."
        )

    def test_a_stance_that_is_chosen_says_its_own_sentence(
        self, worked: dict[str, Any]
    ) -> None:
        said = advise(analysed(worked)).says

        assert said.startswith(Stance.PROBE.says.removesuffix("."))
        assert "about €160,000" in said
        assert "about €90,000" in said


class TestTheirFrame:
    """What they do is told where it decides: method.md#orientation."""

    @pytest.mark.parametrize(
        ("rule", "overruled"),
        [
            ("they-look-transactional", {"/future/them/one_off_gain": 1_000}),
            ("they-look-transactional", {"/their_frame": 0.9}),
            ("they-look-relational", {"/future/them/one_off_gain": 400_000}),
            ("they-look-relational", {"/their_frame": 0.1}),
        ],
    )
    def test_behaviour_that_is_overruled_gives_no_advice(
        self, worked: dict[str, Any], rule: str, overruled: dict[str, Any]
    ) -> None:
        signals = {"/signals": FRAMES[rule]}
        told = advise(analysed(worked, signals | BEFORE)).applying
        then = advise(analysed(worked, signals | BEFORE | overruled)).applying

        assert rule in {reason.rule.id for reason in told}
        assert rule not in {reason.rule.id for reason in then}

    @pytest.mark.parametrize(
        ("rule", "agreeing"),
        [
            ("they-look-transactional", {"/future/them/one_off_gain": 400_000}),
            ("they-look-transactional", {"/their_frame": 0.1}),
            ("they-look-relational", {"/future/them/one_off_gain": 1_000}),
            ("they-look-relational", {"/their_frame": 0.9}),
        ],
    )
    def test_behaviour_that_all_else_agrees_with_does(
        self, worked: dict[str, Any], rule: str, agreeing: dict[str, Any]
    ) -> None:
        signals = {"/signals": FRAMES[rule]}
        told = advise(analysed(worked, signals | BEFORE | agreeing)).applying

        assert rule in {reason.rule.id for reason in told}


class TestEmptyPlan:
    def test_the_two_questions_come_first(self, empty: dict[str, Any]) -> None:
        advice = advise(analysed(empty))

        assert advice.stance is Stance.UNDECIDED
        assert [question.at for question in advice.questions[:4]] == [
            "/future/continue_chance",
            "/future/us/yearly_gain",
            "/future/us/one_off_gain",
            "/future/continue_chance_if_we_give",
        ]

    def test_nothing_is_claimed(self, empty: dict[str, Any]) -> None:
        advice = advise(analysed(empty))

        assert advice.reasons == ()
        assert advice.changes == ()


def test_an_unknown_never_votes(worked: dict[str, Any]) -> None:
    """It becomes a question: method.md#rules-of-reading."""
    advice = advise(analysed(worked, {"/future/us/yearly_gain": None}))

    assert advice.stance is Stance.UNDECIDED
    assert [(question.at, question.asks) for question in advice.questions[:1]] == [
        (
            "/future/us/yearly_gain",
            answer_at("/future/us/yearly_gain").asks(),
        )
    ]


class TestWhatIsSaidWhen:
    """Advice is for where the reader stands: before the talks, or after them."""

    def test_after_the_talks_only_what_comes_after_them_is_said(
        self, worked: dict[str, Any]
    ) -> None:
        before = advise(analysed(worked))
        after = advise(analysed(worked, {"/outcome": {"agreed": True}}))

        assert "after-the-deal" not in {_chapter(r.rule.page) for r in before.reasons}
        assert {q.at for q in after.questions} == {
            "/outcome/terms",
            "/outcome/relationship",
        }
        assert after.stance is before.stance
        assert {_chapter(reason.rule.page) for reason in after.reasons} <= {
            "after-the-deal",
            "closing-and-writing-it-down",
        }

    def test_nobody_is_said_to_grab_less_than_nothing(
        self, worked: dict[str, Any]
    ) -> None:
        unsafe = {"/future/them/yearly_gain/low": -5000}
        plan = analysed(worked, unsafe)
        turns = [b for b in plan.boundaries if b.turns_at <= 0 and b.falls]

        assert "/future/them/one_off_gain" in {boundary.at for boundary in turns}
        assert "/future/them/one_off_gain" not in {c.at for c in advise(plan).changes}

    def test_where_our_own_answers_are_missing_that_is_said_first(
        self, worked: dict[str, Any]
    ) -> None:
        unknown = {"/future/us/one_off_gain": None, "/money": None}
        grounds = advise(analysed(worked, unknown)).grounds

        assert grounds[0].at == "/future/us/one_off_gain"
        assert "to you" in grounds[0].says


def _chapter(page: str) -> str:
    return page.partition("#")[0].removeprefix("method/").removesuffix(".md")
