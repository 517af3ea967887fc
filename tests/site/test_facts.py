"""Figures that the handbook tells in words of its own are those of the planner.

What a macro prints needs no test. A number word, or a figure within a quotation or
a sentence of a story, is written by hand; here each is held against its origin.
"""

from collections.abc import Mapping
from math import isclose
from typing import Any

import pytest

from planner import alternatives, ledger, orientation, packages, review, stance, weights
from planner.document import read_draft
from planner.examples import example
from planner.figures import percent, points
from planner.orientation import SIGNALS
from planner.plan import Plan
from planner.relationship import multiple
from planner.rules import (
    after_the_deal,
    one_side,
    the_deal,
    the_relationship,
    the_two_questions,
    the_weights,
    trust,
)
from planner.trust import MILESTONES
from runtime.worked import worked
from tests.building import ROOT

DOCS = ROOT / "docs"
IN_WORDS = {
    0.1: "a tenth",
    0.2: "a fifth",
    0.25: "a quarter",
    0.5: "half",
    2: "two",
    3: "three",
    4: "four",
    6: "six",
    7: "seven",
    10: "ten",
    16: "sixteen",
}


def told(number: float) -> str:
    """A number as the prose writes it."""
    return IN_WORDS[number]


def text(page: str) -> str:
    return (DOCS / page).read_text("utf-8")


# Thresholds that we chose: (page, what it says of the number).

WALK_AWAY = "method/your-walk-away.md"
TRADING = "method/trading-across-issues.md"
ONE_SIDE = "method/when-only-one-side-cares.md"
THRESHOLDS = [
    (
        "method/choosing-a-stance.md",
        f"a change of {percent(the_two_questions.NEAR)} or less",
    ),
    (
        "method/how-the-planner-thinks.md",
        f"a change of {percent(the_two_questions.NEAR)} or less",
    ),
    ("method/how-the-planner-thinks.md", f"is under {told(stance.SMALL)} of what the"),
    ("method/stances/yield.md", f"worst is under {told(stance.SMALL)} of what the"),
    ("method/agreement-issues.md", f"more than {the_deal.MOST:.0f} of your 100 points"),
    (WALK_AWAY, f"heavy from {the_deal.HEAVY:.0f} of your 100 points"),
    (WALK_AWAY, f"less than {told(the_deal.WEAK)} of a balanced deal"),
    (WALK_AWAY, f"{told(alternatives.GUESSED).capitalize()} off, either way"),
    (TRADING, f"at least {the_deal.WORTH_A_TRADE} times as much"),
    (TRADING, f"cheap up to {the_deal.CHEAP:.0f} of your points"),
    (TRADING, f"dear from {the_deal.DEAR:.0f} of theirs"),
    (TRADING, f"more than {told(the_deal.HALF / 100)} of their points"),
    (ONE_SIDE, f"after {told(ledger.UNRECIPROCATED)} steps that nothing answered"),
    (ONE_SIDE, f"less than {told(ledger.BUFFER)} of your lead"),
    (ONE_SIDE, f"less than {told(one_side.THIN)} of what you give"),
    (
        "method/stances/protect.md",
        f"after {told(ledger.UNRECIPROCATED)} steps of yours",
    ),
    (
        "start/the-method-on-one-page.md",
        f"after {told(ledger.UNRECIPROCATED)} steps that",
    ),
    ("start/the-method-on-one-page.md", f"Fewer than {told(orientation.ENOUGH)} obs"),
    ("method/after-the-deal.md", f"Under {told(after_the_deal.MUCH)} points"),
    ("method/after-the-deal.md", f"within {told(review.STEADY)}, which is ours"),
    ("method/equal-packages.md", f"within {told(packages.BAND)} of your 100 points"),
    (
        "method/equal-packages.md",
        f"observed be {told(packages.DOUBT['observed'])} off, "
        f"and one that you guessed {told(packages.DOUBT['guessed'])} off",
    ),
    ("method/weights-that-mean-something.md", f"Under {told(the_weights.FIRM)}, weigh"),
    ("method/weights-that-mean-something.md", f"for {told(weights.MANY)} and more it"),
    ("method/reading-their-frame.md", f"Under {told(orientation.ENOUGH)} observations"),
    (
        "method/reading-their-frame.md",
        f"middle {percent(1 - 2 * orientation.TAIL)} lies",
    ),
    ("method/reading-their-frame.md", f"the {told(len(SIGNALS))} signals"),
    ("method/how-trust-pays.md", f"## {told(len(MILESTONES)).capitalize()} steps"),
    ("method/how-trust-pays.md", f"more than {told(trust.YEARS)} years of savings"),
    ("method/two-lists.md", f"are {told(the_relationship.WIDE)} steps or more short"),
    (
        "method/two-lists.md",
        f"more than {told(the_relationship.AT_ONCE)} entries are",
    ),
]


@pytest.mark.parametrize(("page", "says"), THRESHOLDS)
def test_a_threshold_of_ours_is_the_one_that_the_planner_uses(
    page: str, says: str
) -> None:
    assert says in text(page)


# Facts of the worked plans: (page, what it says of them).


def plan(name: str) -> Plan:
    return read_draft(example(name)).plan


def step(name: str, number: int) -> tuple[str, str]:
    """Where a step of a worked plan began and ended."""
    move = plan(name).moves[number]
    return str(move.start), str(move.end)


def offer(name: str, number: int) -> Mapping[str, str]:
    return plan(name).offers[number].terms


def days(option: str) -> str:
    """“5 days” as “five days”."""
    number, unit = option.split()
    return f"{ {'5': 'five', '10': 'ten', '30': '30', '60': '60'}[number] } {unit}"


def _of_the_renewal() -> list[tuple[str, str]]:
    renewal = plan("renewal")
    slow, fast = map(days, step("renewal", 1))
    low, high = step("renewal", 0)
    deal, relationship = len(renewal.agreement), len(renewal.relationship)
    end = renewal.agreement["/issues/4"].option("12 months")
    assert end
    dear = worked("renewal").analysis.concessions[3].give
    assert dear.score.issue.id == "service"
    return [
        ("method/two-lists.md", f"has {told(deal)} issues on the first list"),
        ("method/two-lists.md", f"and {told(relationship)} on the second"),
        ("method/two-lists.md", f"from {low} to {high} on the price"),
        ("method/agreement-issues.md", f"down from {slow} to {fast.split()[0]}"),
        ("method/why-firms-cooperate.md", f"from {slow} to {fast.split()[0]}"),
        ("cases/renewal.md", f"{told(deal)} issues for the contract"),
        ("cases/renewal.md", f"{told(relationship)} for the relationship"),
        ("cases/renewal.md", f"from {low} to {high} “for the relationship”"),
        ("cases/renewal.md", f"deliver in {fast} instead of {slow.split()[0]}"),
        ("cases/renewal.md", f"{offer('renewal', 1)['price']}, "
         f"{days(offer('renewal', 1)['service'])}, and the old terms"),
        ("cases/renewal.md", f"costs it {points(-dear.us)}."),
    ]  # fmt: skip


def _of_the_customer() -> list[tuple[str, str]]:
    (_, price), (early, late), (_, stock) = (step("key-customer", i) for i in range(3))
    asked = offer("key-customer", 1)
    page = "cases/demanding-customer.md"
    return [
        (page, f"goes {price.lower().replace('down', 'down by')}"),
        (page, f"from {early} to {late.split()[0]}"),
        (page, f"takes {stock.lower()} of Corvo’s stock"),
        (page, f"{asked['price'].split()[1]} off, {asked['payment']}, "
         f"{asked['stock'].lower()} of stock, no committed volume"),
    ]  # fmt: skip


def _of_the_sale() -> list[tuple[str, str]]:
    asked, met = step("sale", 0)
    bid, raised = step("sale", 1)
    letter = offer("sale", 1)
    page = "cases/one-off-sale.md"
    return [
        (page, f"Harbour asks for {asked}, Brandt offers {bid}"),
        (page, f"“If you go to {raised[1:5]}, we go to {met[1:5]}.”"),
        (page, f"Brandt writes: {letter['price']}, keys in two months"),
    ]


def _of_the_venture() -> list[tuple[str, str]]:
    draft = offer("joint-venture", 0)
    page = "cases/joint-venture.md"
    return [
        (page, f"{draft['share']} for Ostermann"),
        (page, f"batteries at {draft['supply'].lower()}"),
    ]


def _of_the_future() -> list[tuple[str, str]]:
    """Of a chance of 80% and a rate of 10%, as the renewal has them."""
    page = "method/what-the-future-is-worth.md"
    still = [percent(round(0.8**year, 2)) for year in (1, 2, 3)]
    return [
        (page, f"the chance that you still deal is {still[0]} after one year, "
         f"{still[1]} after two and {still[2]} after three"),
        (page, f"100 next year count as 100 / 1.10, which is {100 / 1.1:.0f} today"),
    ]  # fmt: skip


FACTS = [
    *_of_the_renewal(),
    *_of_the_customer(),
    *_of_the_sale(),
    *_of_the_venture(),
    *_of_the_future(),
]


@pytest.mark.parametrize(("page", "says"), FACTS)
def test_a_story_tells_what_its_plan_says(page: str, says: str) -> None:
    assert says in text(page)


class TestWhatIsSaidOfTheFuture:
    """“Nearly half”, “two thirds more”: roundings in words, by what they round."""

    PAGE = "method/what-the-future-is-worth.md"

    def test_nearly_half_of_the_value_comes_in_the_first_two_years(self) -> None:
        future = plan("renewal").future
        assert (future.continue_chance, future.discount_rate) == (0.8, 0.1)
        kept = 0.8 / 1.1
        first_two = (kept + kept**2) / (kept / (1 - kept))

        assert "nearly half of the value comes in the first two years." in text(
            self.PAGE
        )
        assert 0.45 < first_two < 0.5

    def test_from_80_to_90_per_cent_is_worth_two_thirds_more(self) -> None:
        more = multiple(0.9, 0.1) / multiple(0.8, 0.1) - 1

        assert "from 80% to 90% makes the future worth two thirds more" in text(
            self.PAGE
        )
        assert isclose(more, 2 / 3, abs_tol=0.03)

    def test_it_tells_the_renewals_value_from_60_and_not_from_150(self) -> None:
        value: Any = worked("renewal").analysis.relationship.value

        assert "telling 160 from 60, not 160 from 150" in text(self.PAGE)
        assert round(value, -4) == 160_000
