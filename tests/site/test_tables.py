"""The tables of worked plans in the handbook's prose say what the planner says."""

import re

import pytest

from planner.analyses.analysis import Analysis
from planner.analyses.relationship import multiple_at
from planner.analyses.stance import Stance
from planner.analyses.targets import Shares
from planner.plan.document import FORMAT, read_draft
from planner.words.figures import money, plain, points
from runtime.handbook import tables
from runtime.handbook.worked import changed
from tests.plans import FIXED, fixed_plan

pytestmark = pytest.mark.usefixtures("fixed_plans")


def worked(name: str) -> Analysis:
    return Analysis(read_draft(fixed_plan(name)).plan)


def cells(table: str) -> list[list[str]]:
    """The rows of a Markdown table, its head first and without the rule below."""
    rows = [line[2:-2].split(" | ") for line in table.splitlines()]
    assert {len(row) for row in rows} == {len(rows[1])}
    return [rows[0], *rows[2:]]


def test_a_chance_and_a_rate_give_the_published_multiple() -> None:
    """Gupta and Lehmann's: 0.8 and 10% make 2.67, 0.9 and 10% make 4.50."""
    rows = {row[0]: row[1:] for row in cells(tables.multiples())}

    assert rows["80%"][1] == "2.67"
    assert rows["90%"][1] == "4.50"


def test_the_years_add_up_to_what_the_future_is_worth() -> None:
    analysis = worked("renewal")
    *years, together = cells(tables.years_ahead(analysis))[1:]
    amounts = [int(re.sub(r"\D", "", row[-1])) for row in years]

    assert [row[1] for row in years] == ["80%", "64%", "51%", "41%", "33%", ""]
    assert together[-1] == f"**{money(analysis.relationship.value or 0, 'EUR')}**"
    assert sum(amounts) == pytest.approx(analysis.relationship.value, abs=len(amounts))


SALES = 1_600_000


def test_the_margin_left_falls_by_what_each_step_costs() -> None:
    analysis = worked("key-customer")
    opening, *steps, asked = cells(tables.margin_left(analysis, SALES))[1:]
    costs = [entry.given for entry in analysis.ledger.entries if entry.by == "us"]
    rows = (opening, *steps, asked)
    told = [row[-1].partition(" ") for row in rows]
    amounts = [int(re.sub(r"\D", "", sum_)) for sum_, _, _ in told]

    assert len(steps) == len(costs)
    for before, after, cost in zip(amounts, amounts[1:], costs, strict=False):
        assert before - after == pytest.approx(
            cost * (analysis.point_worth or 0), abs=10_000
        )
    assert amounts == sorted(amounts, reverse=True)
    for (_, _, share), amount in zip(told, amounts, strict=True):
        percents = float(share.removeprefix("(").removesuffix("%)"))
        assert percents / 100 == pytest.approx(amount / SALES, abs=0.004)


def test_each_step_stands_beside_what_they_said_for_it() -> None:
    analysis = worked("key-customer")
    _, *steps, _ = cells(tables.margin_left(analysis, SALES))[1:]

    assert [row[0] for row in steps] == [m.why for m in analysis.plan.moves]


def test_a_plan_without_money_or_walk_away_has_no_margin_to_tell() -> None:
    for gone in ("money", "alternatives", "offers"):
        plan = fixed_plan("key-customer")
        del plan[gone]
        with pytest.raises(ValueError, match=r"in money|made no offer"):
            tables.margin_left(Analysis(read_draft(plan).plan), SALES)


def test_a_growing_gain_has_no_table_of_years() -> None:
    with pytest.raises(ValueError, match="growing"):
        tables.years_ahead(worked("joint-venture"))


@pytest.mark.parametrize("name", FIXED)
def test_at_the_break_even_chance_the_future_is_worth_what_could_be_grabbed(
    name: str,
) -> None:
    analysis = worked(name)
    future = analysis.plan.future
    gain = future.us.yearly_gain
    turn = multiple_at(future, tables.break_even(analysis))

    assert gain
    assert gain.middle
    assert turn
    assert gain.middle * turn == pytest.approx(analysis.relationship.ours.grab)


def test_a_trade_of_two_issues_is_better_for_both_than_their_middles() -> None:
    """7 and 20 points lie on what is given, 20 and 8 on what is gained."""
    middle, trade = cells(tables.logroll(worked("sale")))[1:]

    assert middle[1:] == ["17 points", "16 points"]
    assert trade[1:] == ["20 points", "20 points"]


@pytest.mark.parametrize("name", FIXED)
def test_what_to_offer_now_stands_beside_where_both_stand(name: str) -> None:
    analysis = worked(name)
    told = analysis.play
    if not told.packages:
        with pytest.raises(ValueError, match="no packages"):
            tables.offer_now(analysis)
        return
    head, *issues, us, them = cells(tables.offer_now(analysis))

    stands = [stand for stand in (told.their_stand, told.stand) if stand]
    shown = [*(stand.package for stand in stands), *told.packages]
    assert len(head) == 1 + len(shown)
    assert len(issues) == len(analysis.counted)
    assert us[1:] == [points(package.us) for package in shown]
    assert them[1:] == [points(package.them) for package in shown]


def unspoken(name: str) -> Analysis:
    """A plan of which nobody has spoken yet."""
    return changed(name, {"/offers": [], "/moves": []}).analysis


def test_equal_packages_show_every_issue_on_which_they_differ() -> None:
    analysis = unspoken("renewal")
    head, *issues, us, _ = cells(tables.equal_packages(analysis))

    assert len(analysis.play.packages) > 1
    assert head == ["Issue", *"ABC"[: len(analysis.play.packages)]]
    assert all(len(set(row[1:])) > 1 for row in issues)
    assert us[0] == "Worth to us"


SIGNED = {"issue-2": "6 months", "issue-1": "€2,000"}


def test_what_was_signed_is_told_in_the_order_of_the_plan() -> None:
    told = cells(tables.signed(worked("first-plan").plan, SIGNED))

    assert told[1:] == [["Price a month", "€2,000"], ["Notice", "6 months"]]


@pytest.mark.parametrize(
    "terms", [{}, SIGNED | {"issue-1": "€1"}, SIGNED | {"colour": "Blue"}]
)
def test_terms_that_nobody_could_sign_stop_the_build(terms: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"option|settles"):
        tables.signed(worked("first-plan").plan, terms)


def test_what_was_left_on_the_table_is_told_as_points_or_as_nothing() -> None:
    for name, left in (("sale", "nothing"), ("renewal", "16 points")):
        theirs = fixed_plan(name)["offers"][1]["terms"]
        signed = {"/outcome": {"agreed": True, "terms": theirs}}

        assert tables.left_over(changed(name, signed).analysis) == left
    with pytest.raises(ValueError, match="no outcome"):
        tables.left_over(worked("sale"))


@pytest.mark.parametrize("name", FIXED)
def test_each_choice_says_what_the_planner_would_learn(name: str) -> None:
    analysis = unspoken(name)
    play = analysis.play
    told = tables.tells(analysis).splitlines()

    assert len(told) == len(play.tells)
    for line, tell in zip(told, play.tells, strict=True):
        pick = "ABC"[play.packages.index(tell.pick)]
        assert line.startswith(f"- **If they take {pick}**, “{tell.issue.issue.name}”")
        assert ("Next, give" in line) == tell.pays


def test_a_plan_without_issues_has_no_packages_to_show() -> None:
    empty = Analysis(read_draft({"format": FORMAT}).plan)
    for table in (tables.equal_packages, tables.tells, tables.offer_now):
        with pytest.raises(ValueError, match="no packages"):
            table(empty)


@pytest.mark.parametrize("name", FIXED)
def test_each_trade_says_what_it_brings_both(name: str) -> None:
    trades = worked(name).play.trades
    told = tables.trades(worked(name)).splitlines()

    assert trades
    for line, trade in zip(told, trades, strict=True):
        nets = (
            f"{plain(round(trade.us, 1))} points to us, {plain(round(trade.them, 1))}"
        )
        assert f": {nets} to them." in line


def test_each_step_of_the_ledger_says_what_it_was_for() -> None:
    ours, theirs = cells(tables.steps(worked("renewal")))[1:]

    assert ours[3:] == ["10 points", "", "Goodwill"]
    assert theirs[3:] == ["", "12 points", "A 90-day forecast"]


def test_a_plan_without_an_offer_of_theirs_has_none_to_answer() -> None:
    document = fixed_plan("renewal")
    document["offers"] = document["offers"][:1]
    with pytest.raises(ValueError, match="no offer"):
        tables.their_offer(Analysis(read_draft(document).plan))


def test_the_shares_of_every_stance_are_told_as_fractions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = {
        Stance.CLAIM: Shares(aim=2 / 3, opening=1.0, step=4 / 5),
        Stance.KEEP_SHORT: Shares(opening=0.0, step=None),
    }
    monkeypatch.setattr(tables, "SHARES", told)

    assert cells(tables.shares())[1:] == [
        [Stance.CLAIM.label, "2/3", "all", "4/5"],
        [Stance.KEEP_SHORT.label, "0", "0", "none"],
    ]
