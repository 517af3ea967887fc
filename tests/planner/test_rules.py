"""Three promises for every rule, present and future."""

import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given

from planner.advice.advice import Reason
from planner.advice.rule import Evidence, Missing, Rule
from planner.advice.rules import RULES
from planner.plan.document import read_draft
from tests import strategies
from tests.planner.changes import analysed, changed, is_field
from tests.plans import fixed_plan

DUTIES = ("Northwind carries them", "Alder carries them in the price")
# Steps of the key customer's supplier, after which no trade is left above its aim.
GIVEN_AWAY = [
    {"by": "us", "kind": "goodwill", "issue": issue, "from": start, "to": end}
    for issue, start, end in (
        ("price", "As it is", "Down 4%"),
        ("payment", "30 days", "90 days"),
        ("stock", "Two weeks", "Four weeks"),
    )
]

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


@every_rule
def test_it_applies_to_its_example(rule: Rule, worked: dict[str, Any]) -> None:
    assert isinstance(rule.check(analysed(worked, rule.fires_on)), Evidence)


@every_rule
def test_it_is_silent_on_its_counter_example(
    rule: Rule, worked: dict[str, Any]
) -> None:
    assert rule.check(analysed(worked, rule.silent_on)) is None


@every_rule
def test_its_examples_are_plans_that_somebody_could_have(
    rule: Rule, worked: dict[str, Any]
) -> None:
    for changes in (rule.fires_on, rule.silent_on):
        assert read_draft(changed(worked, changes)).problems == ()


@every_rule
def test_it_says_when_it_applies(rule: Rule) -> None:
    assert re.fullmatch(r"Applies when .+\.", rule.applies)


@every_rule
def test_it_says_so_to_the_reader(rule: Rule) -> None:
    assert not re.search(r"\b(we|us|our)\b", rule.applies, re.I)


@every_rule
def test_it_cites_a_heading(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z/-]+\.md#[a-z0-9-]+", rule.page)


@every_rule
def test_its_advice_is_a_sentence_with_the_reader_s_own_words(
    rule: Rule, worked: dict[str, Any]
) -> None:
    evidence = rule.check(analysed(worked, rule.fires_on))
    assert isinstance(evidence, Evidence)
    reason = Reason(rule=rule, evidence=evidence)

    assert not re.search("[{}]|None|nan|inf\\b", reason.advice + evidence.says)
    assert reason.advice[0].isupper()
    assert reason.advice[-1] in ".?"
    assert evidence.says.endswith(".")
    assert is_field(evidence.at)


def test_there_are_at_least_eight_and_each_has_its_own_id() -> None:
    counted = Counter(rule.id for rule in RULES)

    assert len(RULES) >= 8
    assert [rule for rule, times in counted.items() if times > 1] == []
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", rule.id) for rule in RULES)


def test_every_kind_of_advice_is_given() -> None:
    assert {rule.kind.name for rule in RULES} == {"BEWARE", "DO", "ASK"}


@pytest.mark.property
class TestEveryRule:
    """Evidence, a question or nothing: for any plan, and never an error."""

    @given(strategies.drafts | strategies.documents)
    def test_it_answers_for_any_plan(self, document: Any) -> None:
        """And an unanswered question never shows as “None”."""
        analysis = analysed(document)
        said = "None" in repr(strings(document))
        for rule in RULES:
            answer = rule.check(analysis)

            assert answer is None or isinstance(answer, Evidence | Missing)
            if isinstance(answer, Evidence) and not said:
                assert "None" not in Reason(rule=rule, evidence=answer).advice
                assert "None" not in answer.says


def strings(value: Any) -> list[str]:
    """Every text in a document."""
    if isinstance(value, dict):
        return [s for member in value.values() for s in strings(member)]
    if isinstance(value, list):
        return [s for member in value for s in strings(member)]
    return [value] if isinstance(value, str) else []


class TestTheirOwnFigures:
    """What a rule shows is the reader's own figure, at its own address."""

    def _says(self, worked: dict[str, Any], rule: str, changes: Any) -> Evidence:
        found = next(r for r in RULES if r.id == rule)
        evidence = found.check(analysed(worked, changes))
        assert isinstance(evidence, Evidence)
        return evidence

    def test_the_ceiling_on_goodwill_is_the_premium(
        self, worked: dict[str, Any]
    ) -> None:
        """60,000 × 0.1 / 1.1 × 3.6667 = 20,000; times 5.5 if it lasts: 110,000."""
        changes = {"/future/continue_chance_if_we_give": 0.9}
        evidence = self._says(worked, "ceiling-on-goodwill", changes)

        assert evidence.facts["premium"] == "about €20,000"
        assert "about €110,000" in evidence.says

    def test_a_step_without_its_ends_is_told_without_them(
        self, worked: dict[str, Any]
    ) -> None:
        changes = {"/moves/0/from": None, "/moves/0/to": None}
        evidence = self._says(worked, "goodwill-paid-in-the-deal", changes)

        assert evidence.says == "You gave for goodwill, and nothing came back."

    def test_goodwill_on_an_issue_that_cannot_be_counted_is_flagged_all_the_same(
        self, worked: dict[str, Any]
    ) -> None:
        changes = {"/issues/0/options/1/us": None}
        evidence = self._says(worked, "goodwill-paid-in-the-deal", changes)

        assert evidence.at == "/moves/0/why"

    def test_who_has_nothing_left_to_trade_asks_for_what_brings_most(self) -> None:
        """Volume: 22 points to us for 10 of theirs, the most over what it costs."""
        plan = fixed_plan("key-customer")
        told = self._says(plan, "say-what-you-need", {"/moves": GIVEN_AWAY})

        assert analysed(plan, {"/moves": GIVEN_AWAY}).play.trades == ()
        assert told.facts["ask"] == "“80% of last year” on Committed volume"

    def test_who_does_not_know_their_terms_asks_for_one_thing(self) -> None:
        plan = fixed_plan("key-customer")
        changes = {"/moves": GIVEN_AWAY, "/offers/1": None}
        told = self._says(plan, "say-what-you-need", changes)

        assert told.facts["ask"] == "one thing, with a date"

    @pytest.mark.parametrize(
        "changes",
        [
            {"/moves/0/from": "€112", "/moves/0/to": "€106"},
            {"/moves/0/from": "€109", "/moves/0/to": "€109"},
            {"/moves/0/by": "them"},
        ],
        ids=["taken back", "no step", "theirs"],
    )
    def test_what_cost_us_nothing_was_not_paid_for_goodwill(
        self, worked: dict[str, Any], changes: dict[str, Any]
    ) -> None:
        rule = next(r for r in RULES if r.id == "goodwill-paid-in-the-deal")

        assert rule.check(analysed(worked, changes)) is None

    def test_a_price_on_a_step_that_loses_is_to_be_turned_round(
        self, worked: dict[str, Any]
    ) -> None:
        """€118 is the worst price for us, so the step to it is worth no money."""
        changes = {"/money/from": "€106", "/money/to": "€118"}
        evidence = self._says(worked, "points-without-a-price", changes)

        assert evidence.at == "/money/from"
        assert evidence.says == (
            "From “€106” to “€118” it gets worse for you, and you put that at "
            "€48,000. Turn the step round."
        )

    def test_a_gain_priced_below_nothing_is_asked_about_at_its_price(
        self, worked: dict[str, Any]
    ) -> None:
        evidence = self._says(
            worked, "points-without-a-price", {"/money/worth": -48000}
        )

        assert evidence.at == "/money/worth"
        assert evidence.says == (
            "From “€118” to “€106” it gets better for you, and you put that at "
            "−€48,000. Leave out the minus."
        )

    def test_the_walk_away_rests_on_the_best_alternative(
        self, worked: dict[str, Any]
    ) -> None:
        """And says that it is a sum: 40,000 × 0.7 + 100,000 × 0.3 − 4,000 = 54,000."""
        second = {"name": "Make them ourselves", "value": 100000, "chance": 0.3}
        second |= {"cost": 4000}
        evidence = self._says(worked, "walk-away", {"/alternatives/us/1": second})

        assert evidence.at == "/alternatives/us/1/value"
        assert evidence.says.startswith(
            "“Make them ourselves” has a chance of 30% to beat your worst terms by "
            "€100,000. Call it about €54,000 over all 2."
        )

    def test_what_mends_a_ranking_is_told_with_all_its_changes(
        self, worked: dict[str, Any]
    ) -> None:
        """After one of them the ranking would disagree as before."""
        ranking = ["duties", "ending", "tooling", "service", "price"]
        changes = {"/ranking": ranking}
        evidence = self._says(worked, "ranking-contradicts-weights", changes)
        mend = analysed(worked, changes).ranking_repair

        assert mend is not None
        assert len(mend.changes) == 3
        assert evidence.at == mend.changes[0].at
        assert evidence.says.endswith(
            " more. The least change of weights that makes them agree: "
            "“Notice to end the contract” from 8 to 12, "
            "“Delivery and stock” from 20 to 12, "
            "“Price per 1,000 trays” from 40 to 12."
        )

    def test_what_mends_an_answer_is_the_least_change_only_where_it_is(
        self, worked: dict[str, Any]
    ) -> None:
        """One answer takes one weight; two on other issues take more than one."""
        service_over_price = {
            "first": {"price": "€118", "service": "5 days, two weeks of stock held"},
            "second": {"price": "€106", "service": "10 days"},
            "prefer": "first",
        }
        court_over_duties = {
            "first": {"disputes": "An independent lab decides", "duties": DUTIES[0]},
            "second": {"disputes": "Court", "duties": DUTIES[1]},
            "prefer": "first",
        }
        rule = "an-answer-contradicts-the-weights"
        alone = {"/comparisons": [service_over_price]}
        both = {"/comparisons": [service_over_price, court_over_duties]}

        assert self._says(worked, rule, alone).says.endswith(
            " The least change of one weight that makes them agree: "
            "“Price per 1,000 trays” from 40 to 20."
        )
        said = self._says(worked, rule, both).says
        mend = analysed(worked, both).comparison_repair
        assert mend is not None
        assert len(mend.changes) > 1
        assert " A change of weights that makes them agree: " in said
        assert all(change.says in said for change in mend.changes)

    def test_one_step_that_used_up_the_lead_is_no_row_of_unanswered_steps(
        self, worked: dict[str, Any]
    ) -> None:
        step = {"by": "us", "round": 1, "issue": "price", "from": "€106", "to": "€118"}
        rules = {r.id: r for r in RULES}
        changes = {"/moves": [step], "/alternatives/us/0/value": 100000}
        analysis = analysed(worked, changes)

        assert analysis.ledger.stop.rounds == 1
        assert rules["unanswered-steps"].check(analysis) is None
        found = self._says(worked, "lead-used-up", changes)
        assert found.facts == {"share": "10%"}
        assert found.says == (
            "Your first terms leave 42 points over walking away; the ones you stand on "
            "now leave 2 points over walking away."
        )

    def test_terms_worth_less_than_walking_away_are_told_besides(
        self, worked: dict[str, Any]
    ) -> None:
        step = {"by": "us", "issue": "price", "why": "relationship"}
        steps = [
            step | {"round": 1, "from": "€106", "to": "€112"},
            step | {"round": 2, "from": "€112", "to": "€118"},
        ]
        changes = {"/moves": steps, "/alternatives/us/0/value": 120000}
        found = self._says(worked, "lead-used-up", changes)
        rules = {r.id: r for r in RULES}

        assert found.says.endswith("now are worth 10 points less than walking away.")
        assert rules["unanswered-steps"].check(analysed(worked, changes)) is not None
        assert rules["cliff-ahead"].check(analysed(worked, changes)) is None

    def test_one_observation_and_one_point_are_told_as_one(
        self, worked: dict[str, Any]
    ) -> None:
        seen = {"/signals": {"shares-their-goals": True}}
        evidence = self._says(worked, "too-little-seen", seen)

        assert evidence.says == "1 observation is too few to tell how they see it."
        step = {"by": "us", "round": 1, "issue": "price", "from": "€106", "to": "€118"}
        nearly = {"/moves": [step], "/alternatives/us/0/value": 101000}
        evidence = self._says(worked, "cliff-ahead", nearly)
        assert (
            evidence.says == "The terms you stand on leave 1 point over walking away."
        )

    def test_trust_that_costs_more_than_it_saves_is_held_against_no_betrayal(
        self, worked: dict[str, Any]
    ) -> None:
        changes = {
            "/future/us/monitoring_trusted": 35000,
            "/future/us/monitoring_now": 30000,
            "/loss_if_betrayed": 1000,
        }
        rule = next(r for r in RULES if r.id == "betrayal-outweighs-the-saving")

        assert rule.check(analysed(worked, changes)) is None

    def test_nobody_is_asked_to_rank_a_single_issue(
        self, worked: dict[str, Any]
    ) -> None:
        rule = next(r for r in RULES if r.id == "mostly-guesses")
        first = worked["issues"][0] | {"basis": "guessed"}

        assert rule.check(analysed(worked | {"issues": [first]})) is None
