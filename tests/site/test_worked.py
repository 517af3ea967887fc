"""What the cases say of other answers is what the planner says of them."""

import json
import re
from typing import Any

import pytest

from planner.advice import advise
from planner.analysis import Analysis
from planner.document import read_draft
from planner.examples import EXAMPLES, example
from planner.packages import Package
from planner.review import Review, review
from planner.stance import Stance
from runtime import tables
from runtime.worked import changed, otherwise, quoted, worked
from tests.building import ROOT
from tests.planner.changes import changed as documented


def to(page: str) -> str:
    """A link from a page beside the method's folder."""
    return f"../{page}"


def advised(plan: str, at: str, value: Any) -> Stance:
    document = documented(example(plan), {at: value})
    return advise(Analysis(read_draft(document).plan)).stance


class TestHadOneAnswerDiffered:
    """The stance, the reason that is new, and the first new piece of advice."""

    def test_a_small_temptation_of_theirs_makes_trust_safe(self) -> None:
        """Going on is worth 53,333 to 240,000 to them; they could grab 40,000."""
        at, value = "/future/them/one_off_gain", 40000
        said = otherwise("renewal", at, value, to)

        assert advised("renewal", at, value) is Stance.COLLABORATE
        assert said.startswith(
            f"The stance would be **[Collaborate](../{Stance.COLLABORATE.page})** "
            "instead of “Probe”. Going on pays for them too: €53,333 to €240,000, "
            "against €40,000 now. "
        )

    def test_a_stance_that_stays_is_said_to_stay(self) -> None:
        said = otherwise("key-customer", "/moves/2/in_return_for", "A forecast", to)

        assert said.startswith(
            "The stance would still be **[Collaborate on conditions]"
        )

    def test_new_advice_comes_with_its_evidence(self) -> None:
        said = otherwise("renewal", "/offers/1/terms/price", "€118", to)

        assert said.endswith(
            "New would be: “Refuse ‘€118’ on ‘Price per 1,000 trays’: it is beyond "
            "your limit.” You wrote down “€115” as your limit."
        )

    def test_where_nothing_is_new_it_says_what_is_gone(self) -> None:
        said = otherwise("key-customer", "/moves/2/in_return_for", "A forecast", to)

        assert said.endswith(
            "This would be gone: “Stop here: your last 3 steps were not answered.”"
        )

    def test_a_sign_that_was_not_looked_for_can_be_seen(self) -> None:
        """Two of three speak for a relationship, and three are enough to tell."""
        said = otherwise("renewal", "/signals/returns-concessions", True, to)

        assert "/signals/returns-concessions" not in signals("renewal")
        assert "They behave as partners do: " in said

    @pytest.mark.parametrize(
        "at", ["/future/continue_chanse", "/issues/99/weight/us", "/nowhere"]
    )
    def test_a_wrong_address_stops_the_build(self, at: str) -> None:
        with pytest.raises(ValueError, match="renewal"):
            otherwise("renewal", at, 0.5, to)

    def test_a_value_that_nobody_could_enter_stops_the_build(self) -> None:
        with pytest.raises(ValueError, match="does not read"):
            otherwise("renewal", "/future/continue_chance", 1.5, to)

    def test_an_answer_that_changes_no_advice_is_no_turning_point(self) -> None:
        with pytest.raises(ValueError, match="advises the same"):
            otherwise("renewal", "/title", "Another name", to)


def signals(plan: str) -> set[str]:
    """The addresses of the signs that somebody looked for."""
    return {f"/signals/{id}" for id in worked(plan).draft.plan.signals}


@pytest.mark.parametrize("plan", EXAMPLES)
def test_every_piece_of_advice_can_be_quoted(plan: str) -> None:
    for reason in worked(plan).advice.reasons:
        quote = quoted(reason.rule.id, plan, {}, to)

        assert quote.startswith(f"> **{reason.rule.kind.value}:** {reason.advice}\n> ")
        assert f"{reason.evidence.says} [How we know](../method/" in quote


def test_advice_is_quoted_as_it_was_at_that_turn() -> None:
    """Before its third step, the customer's supplier had two unanswered ones."""
    then = {"/moves": example("key-customer")["moves"][:2]}

    assert "last 3 steps" in quoted("unanswered-steps", "key-customer", {}, to)
    assert "last 2 steps" in quoted("unanswered-steps", "key-customer", then, to)


def test_advice_that_is_not_given_cannot_be_quoted() -> None:
    with pytest.raises(ValueError, match="does not apply to sale"):
        quoted("ceiling-on-goodwill", "sale", {}, to)


def test_a_plan_with_no_other_answers_is_the_worked_one() -> None:
    assert changed("renewal", {}).draft == worked("renewal").draft


class TestWhatTheCasesTell:
    """Where a case tells a finding without its figure, the finding is still so."""

    def test_what_the_renewal_misses_of_its_aim_went_for_goodwill(self) -> None:
        ended = signed("renewal", "renewal")

        assert ended.aim
        assert ended.agreed
        missing = ended.aim.us - ended.agreed.us
        assert missing == pytest.approx(
            worked("renewal").analysis.ledger.subsidy.points
        )

    def test_the_warehouse_is_sold_by_package_a(self) -> None:
        equal = worked("sale").analysis.equal
        ended = signed("one-off-sale", "sale")

        assert equal
        assert ended.agreed
        assert settled(ended.agreed) == settled(equal.packages[0])

    def test_keys_in_four_months_for_the_full_deposit_is_package_c(self) -> None:
        equal = worked("sale").analysis.equal
        assert equal
        first, third = settled(equal.packages[0]), settled(equal.packages[2])

        assert third == first | {"Hand-over": "In 4 months"} | {
            "Deposit at signing": "10%"
        }

    def test_the_customer_s_demand_is_only_just_better_than_leaving(self) -> None:
        analysis = worked("key-customer").analysis
        over = tables.their_offer(analysis).us - (analysis.walk_away_points or 0)

        assert 0 < over < 5

    def test_what_the_customer_signs_is_more_than_the_plan_aimed_for(self) -> None:
        ended = signed("demanding-customer", "key-customer")

        assert ended.agreed
        assert ended.aim
        assert ended.agreed.us > ended.aim.us

    @pytest.mark.parametrize("plan", ["sale", "joint-venture"])
    def test_their_letter_beats_leaving_and_wastes_nothing(self, plan: str) -> None:
        analysis = worked(plan).analysis
        offered = tables.their_offer(analysis)

        assert offered.us > (analysis.walk_away_points or 0)
        assert analysis.better_than(offered) is None

    def test_the_partners_sign_the_balanced_deal(self) -> None:
        ended = signed("joint-venture", "joint-venture")

        assert ended.agreed
        assert ended.aim
        assert settled(ended.agreed) == settled(ended.aim)


def signed(case: str, plan: str) -> Review:
    """How a case ended, by the terms that its page says were signed."""
    page = (ROOT / "docs" / "cases" / f"{case}.md").read_text("utf-8")
    found = re.search(r"{% set signed = ({.*?}) %}", page)
    assert found
    outcome = {"agreed": True, "terms": json.loads(found[1])}
    ended = review(changed(plan, {"/outcome": outcome}).analysis)
    assert ended
    return ended


def settled(package: Package) -> dict[str | None, str | None]:
    """How a package settles each issue, by their names."""
    return {score.issue.name: option.name for score, option in package.terms}
