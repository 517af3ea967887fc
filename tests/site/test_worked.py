"""What the cases say of other answers is what the planner says of them."""

from typing import Any

import pytest

from planner.advice.advice import advise
from planner.analyses.analysis import Analysis
from planner.analyses.stance import Stance
from planner.plan.document import read_draft
from runtime.handbook.worked import changed, otherwise, quoted, worked
from tests.planner.changes import changed as documented
from tests.plans import FIXED, fixed_plan

pytestmark = pytest.mark.usefixtures("fixed_plans")


def to(page: str) -> str:
    """A link from a page beside the method's folder."""
    return f"../{page}"


def advised(plan: str, at: str, value: Any) -> Stance:
    document = documented(fixed_plan(plan), {at: value})
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
            "instead of “Probe”. Keeping you pays for Alder Packaging too: about "
            "€53,000 to €240,000, against about €40,000 now. "
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
        said = otherwise("renewal", "/alternatives/them/0/basis", "told", to)

        assert said.endswith(
            "This would be gone: “Find out what they will do without a deal.”"
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


@pytest.mark.parametrize("plan", FIXED)
def test_every_piece_of_advice_can_be_quoted(plan: str) -> None:
    for reason in worked(plan).advice.reasons:
        quote = quoted(reason.rule.id, plan, {}, to)

        assert quote.startswith(f"> **{reason.rule.kind.value}:** {reason.advice}\n> ")
        assert f"{reason.evidence.says} [How we know](../method/" in quote


def test_advice_is_quoted_as_it_was_at_that_turn() -> None:
    """Before its third step, the customer's supplier had two unanswered ones."""
    then = {"/moves": fixed_plan("key-customer")["moves"][:2]}

    assert "last 3 steps" in quoted("unanswered-steps", "key-customer", {}, to)
    assert "last 2 steps" in quoted("unanswered-steps", "key-customer", then, to)


def test_advice_that_is_not_given_cannot_be_quoted() -> None:
    with pytest.raises(ValueError, match="does not apply to sale"):
        quoted("ceiling-on-goodwill", "sale", {}, to)


def test_a_plan_with_no_other_answers_is_the_worked_one() -> None:
    assert changed("renewal", {}).draft == worked("renewal").draft
