"""What the reader is told: in every stance and phase, and of each plan of the cases."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from planner.advice.advice import Advice, advise
from planner.advice.rule import TALKING, Phase, Rule, phase_of
from planner.advice.rules import RULES
from planner.analyses.analysis import Analysis
from planner.analyses.stance import Stance
from planner.plan.document import Draft, read_draft
from planner.plan.values import Plan
from planner.show.brief import Brief, as_markdown, brief, say_trade
from planner.show.page import panel, view
from tests import strategies
from tests.planner.changes import changed
from tests.plans import fixed_plan

MOST_WORDS = 350

every_stance = st.sampled_from(Stance)
wide = settings(max_examples=2 * settings().max_examples)


def analysed(name: str) -> Analysis:
    return Analysis(read_draft(fixed_plan(name)).plan)


def told(name: str, *, whole: bool = False) -> str:
    """The brief of a plan of the cases, as text."""
    draft = read_draft(fixed_plan(name))
    known = Analysis(draft.plan)
    return as_markdown(draft, known, advise(known), whole=whole)


def spoken(advice: Advice) -> set[str]:
    """The rules whose advice is heard, not those that only stand behind one."""
    return {reason.rule.id for reason in advice.reasons}


@pytest.mark.property
class TestWhoSpeaks:
    """No rule of a phase or stance in which it must be silent speaks."""

    @wide
    @given(strategies.negotiations(), every_stance)
    def test_each_rule_keeps_to_its_phases_and_stances(
        self, plan: Plan, stance: Stance
    ) -> None:
        known = Analysis(plan, stance)
        phase = phase_of(known)
        event(f"{stance.id}, {phase.name}")

        for reason in advise(known).applying:
            assert phase in reason.rule.phases, reason.rule.id
            assert stance not in reason.rule.silent_in, reason.rule.id

    @given(strategies.negotiations(), every_stance)
    def test_of_each_theme_one_rule_speaks_and_it_is_the_strongest(
        self, plan: Plan, stance: Stance
    ) -> None:
        advice = advise(Analysis(plan, stance))
        themes = [reason.rule.theme for reason in advice.reasons]

        assert len(themes) == len(set(themes))
        for reason in advice.reasons:
            for also in reason.also:
                assert also.rule.theme is reason.rule.theme
                if also.rule.kind is reason.rule.kind:
                    assert also.stake <= reason.stake

    @given(strategies.negotiations(), every_stance)
    def test_first_come_one_to_do_one_to_beware_of_and_one_to_ask(
        self, plan: Plan, stance: Stance
    ) -> None:
        advice = advise(Analysis(plan, stance))
        kinds = {reason.rule.kind for reason in advice.reasons}

        assert {reason.rule.kind for reason in advice.first} == kinds
        assert len(advice.first) == len(kinds)
        ids = [reason.rule.id for reason in (*advice.first, *advice.rest)]
        assert sorted(ids) == sorted(reason.rule.id for reason in advice.reasons)

    @given(strategies.negotiations(), every_stance)
    def test_what_to_do_now_is_what_the_line_of_play_says(
        self, plan: Plan, stance: Stance
    ) -> None:
        known = Analysis(plan, stance)
        said = {
            reason.rule.id: NOW[reason.rule.id]
            for reason in advise(known).applying
            if reason.rule.id in NOW
        }

        assert set(said.values()) <= {known.play.advance}


NOW = {
    "open-the-talks": "open",
    "hold-your-offer": "hold",
    "come-down-one-step": "concede",
    "say-yes": "accept",
    "decide-on-their-offer": "decide",
    "nothing-beats-leaving": "leave",
    "no-deal-for-both": "leave",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_speaks_in_its_own_example(
    rule: Rule, worked: dict[str, Any]
) -> None:
    """Else its phases and stances would leave nothing of what it applies to."""
    advice = advise(Analysis(read_draft(changed(worked, rule.fires_on)).plan))

    assert rule.id in {reason.rule.id for reason in advice.applying}
    assert rule.phases <= TALKING or rule.phases == {Phase.AFTER}


BEFORE_ONE = re.compile(r"before (you|any)\w* (make|made|talk|figure)")


@pytest.mark.property
@given(strategies.negotiations(), every_stance)
def test_nothing_is_asked_before_an_offer_once_one_is_made(
    plan: Plan, stance: Stance
) -> None:
    known = Analysis(plan, stance)
    if phase_of(known) is not Phase.BEFORE:
        said = [reason.advice for reason in advise(known).applying]
        assert not [text for text in said if BEFORE_ONE.search(text)]


@pytest.mark.property
class TestBrief:
    """One text of at most 350 words beside its tables."""

    def _brief(self, plan: Plan, stance: Stance, *, whole: bool = False) -> Brief:
        known = Analysis(plan, stance)
        draft = Draft(plan=plan, problems=())
        return brief(draft, known, advise(known), whole=whole)

    @wide
    @given(strategies.negotiations(), every_stance)
    def test_it_has_at_most_350_words(self, plan: Plan, stance: Stance) -> None:
        assert self._brief(plan, stance).words <= MOST_WORDS

    @given(strategies.drafts | strategies.documents)
    def test_nor_has_that_of_any_draft(self, document: Any) -> None:
        draft = read_draft(document)
        known = Analysis(draft.plan)

        assert brief(draft, known, advise(known)).words <= MOST_WORDS

    @given(strategies.negotiations(), every_stance)
    def test_the_whole_says_all_that_the_short_one_says(
        self, plan: Plan, stance: Stance
    ) -> None:
        """But where it counts what it leaves out."""
        short = set(lines(self._brief(plan, stance)))
        whole = set(lines(self._brief(plan, stance, whole=True)))

        assert {text for text in short if not text.startswith("And ")} <= whole

    @given(strategies.negotiations(), every_stance)
    def test_the_nets_that_it_prints_are_the_nets(
        self, plan: Plan, stance: Stance
    ) -> None:
        for trade in Analysis(plan, stance).play.trades:
            said = re.search(
                r"([\d.]+) points to you, ([\d.]+) to them", say_trade(trade)
            )
            assert said is not None
            assert float(said[1]) == pytest.approx(trade.us, abs=0.05 + 1e-9)
            assert float(said[2]) == pytest.approx(trade.them, abs=0.05 + 1e-9)


def lines(found: Brief) -> Iterable[str]:
    return (line.text for section in found.sections for line in section.lines)


@pytest.mark.parametrize("name", ["renewal", "sale", "key-customer", "joint-venture"])
def test_the_page_shows_what_the_command_line_prints(name: str) -> None:
    shown = view(fixed_plan(name))
    html = panel("brief", shown)

    for section in brief(shown.draft, shown.analysis, shown.advice).sections:
        for line in section.lines:
            assert escaped(line.text) in html
        for row in section.table.rows if section.table else ():
            assert all(escaped(cell) in html for cell in row)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&#34;")


PLANS = (
    "01-saas-renewal",
    "03-salary",
    "04-office-lease",
    "06-family-sale",
    "08-joint-research",
    "10-union-round",
    "variant-renewal-claim",
    "variant-renewal-collaborate",
    "variant-renewal-protect",
    "variant-renewal-yield",
    "variant-sale-keep-short",
)


class TestCases:
    """What must be told of each plan on which advice has been wrong, and what not."""

    @pytest.mark.parametrize("name", PLANS)
    def test_no_trade_loses_and_no_package_is_under_the_aim(self, name: str) -> None:
        play = analysed(name).play

        assert all(min(trade.us, trade.them) >= 1 for trade in play.trades)
        for package in play.packages:
            assert play.aim is not None
            assert package.us >= min(
                play.aim.us, play.stand.package.us if play.stand else play.aim.us
            )

    @pytest.mark.parametrize("name", PLANS)
    def test_you_is_the_reader(self, name: str) -> None:
        text = told(name, whole=True)

        assert not re.search(r"\b(we|us) (offer|ask|give|move|sign|aim)\b", text, re.I)
        assert "If you move" not in text

    def test_the_software_renewal_refuses_what_is_past_the_limit(self) -> None:
        text = told("01-saas-renewal")

        assert "Refuse “$240,000” on “Annual fee”" in text
        assert "Open with" in text

    def test_the_salary_does_not_give_the_start_date_away(self) -> None:
        """It is worth little to her and much to them; what she opens with asks more."""
        known = analysed("03-salary")
        opening, aim = known.play.opening, known.play.aim

        assert "Do not give “Start date” away" in told("03-salary")
        assert opening is not None
        assert aim is not None
        assert opening.us > aim.us

    def test_the_lease_aims_at_what_the_other_tenant_leaves(self) -> None:
        """No rent on the table beats the landlord's other tenant by much."""
        text = told("04-office-lease")

        assert "Aim for what is left" in text
        assert "nothing on Rent per m² and month beats it by much" in text
        assert "You aim for 18 points of 100" in text

    def test_the_family_sale_goes_in_small_steps(self) -> None:
        text = told("06-family-sale")

        assert "Go in small steps" in text
        assert "Find out what keeping you is worth to them" in text

    def test_the_research_says_that_it_is_near_the_line(self) -> None:
        assert "you are near the line" in told("08-joint-research")

    def test_the_wage_round_waits_for_an_answer_and_gives_no_alarm(self) -> None:
        """The two will deal again whatever happens, so nobody is made to stay."""
        text = told("10-union-round")

        assert "it is their turn to move" in text
        assert "Any deal here beats leaving" in text
        assert "make them stay" not in text

    def test_a_zone_that_is_closed_is_said_first_and_nothing_is_offered(self) -> None:
        text = told("min-their-walkaway")

        assert "Make no offer yet" in text
        assert "What to offer" not in text
        assert "What to trade" not in text
        assert "You aim for" not in text

    @pytest.mark.parametrize("name", ["min-trade", "two-issues-two-ends"])
    def test_where_nothing_pays_both_no_trade_and_no_step_is_listed(
        self, name: str
    ) -> None:
        text = told(name, whole=True)

        assert "What to trade" not in text
        assert "If they move" not in text
        assert "Would they move" not in text

    def test_to_claim_is_to_come_down_little(self) -> None:
        stood = {
            name: analysed(f"variant-renewal-{name}").play.level
            for name in ("claim", "collaborate")
        }

        assert stood["claim"] is not None
        assert stood["collaborate"] is not None
        assert stood["claim"] > stood["collaborate"]
        assert "promise no partnership" in told("variant-renewal-claim")

    def test_to_collaborate_is_to_lay_out_packages(self) -> None:
        known = analysed("variant-renewal-collaborate")

        assert len(known.play.packages) > 1
        assert "packages at once" in told("variant-renewal-collaborate")

    def test_to_protect_is_to_match_and_says_on_which_guess_it_hangs(self) -> None:
        text = told("variant-renewal-protect")

        assert "match each step to one of theirs" in text
        assert "If that is wrong, goodwill can be worth about" in text

    def test_to_yield_never_begins_with_an_end_to_giving(self) -> None:
        known = analysed("variant-renewal-yield")
        advice = advise(known)

        assert known.play.stance is Stance.YIELD
        assert not spoken(advice) & {
            "goodwill-paid-in-the-deal",
            "unanswered-steps",
            "little-came-back",
        }
        assert "Stop after" not in told("variant-renewal-yield")

    def test_to_keep_it_short_is_one_offer_and_no_trades(self) -> None:
        known = analysed("variant-sale-keep-short")
        text = told("variant-sale-keep-short", whole=True)

        assert known.play.stance is Stance.KEEP_SHORT
        assert known.play.packages == ()
        assert "What to offer" not in text
        assert "What to trade" not in text

    def test_six_warnings_about_giving_are_one_with_its_reasons(self) -> None:
        advice = advise(analysed("key-customer"))
        warning = next(r for r in advice.reasons if r.rule.id == "unanswered-steps")

        assert len(warning.also) >= 4
        assert not spoken(advice) & {reason.rule.id for reason in warning.also}


@pytest.mark.property
class TestOurOffers:
    """Nothing but the line of play works out an offer: all else quotes it."""

    @given(strategies.negotiations(), every_stance)
    def test_every_package_that_is_shown_is_one_of_the_play(
        self, plan: Plan, stance: Stance
    ) -> None:
        known = Analysis(plan, stance)
        found = brief(Draft(plan=plan, problems=()), known, advise(known))
        tables = {s.title: s.table for s in found.sections if s.table}
        table = tables.get("What to offer")

        assert (table is None) == (not known.play.packages)
        if table:
            ours = [row for row in table.rows if row[0] == "Points to you"][-1]
            assert list(ours[1:]) == [f"{p.us:.0f}" for p in known.play.packages]
