"""What the panels show of what follows, each with the heading that argues for it."""

import re
from typing import Any

import pytest

from planner.analyses.perspective import least_sure
from planner.analyses.trust import MILESTONES
from planner.plan.document import FORMAT
from planner.plan.signals import SIGNALS
from planner.show.closer import theirs
from planner.show.page import PANELS, View, panel, view
from planner.words.figures import (
    Spelling,
    about,
    money,
    percent,
    plain,
    points,
    spelled,
)
from tests.headings import headings
from tests.plans import FIXED, fixed_plan

every_example = pytest.mark.parametrize("name", FIXED)


def results(html: str) -> dict[str, str]:
    """What a panel shows as results: name → HTML behind it."""
    lists = re.findall(r'<dl class="parley-results">(.*?)</dl>', html)
    found = re.findall(r"<div>\s*<dt>(.*?)</dt>(.*?)</div>", "".join(lists))
    return {words(name): behind for name, behind in found}


def words(html: str) -> str:
    """What is read there; what a term means waits until it is asked for."""
    shown = re.sub(r'<span class="parley-meaning".*?</span>', "", html)
    return " ".join(re.sub(r"<[^>]+>", "", shown).split())


def has(shown: View, name: str, text: str) -> None:
    assert text in words(panel(name, shown))


@every_example
def test_every_result_links_to_the_heading_that_argues_for_it(name: str) -> None:
    shown = view(fixed_plan(name))
    found = {
        (one, result): behind
        for one in PANELS
        for result, behind in results(panel(one, shown)).items()
    }
    assert len(found) >= 12
    for where, behind in found.items():
        link = re.search(r'href="method/([\w-]+)/#([\w-]+)">How we know</a>', behind)
        assert link, where
        assert link[2] in headings(f"method/{link[1]}.md"), where


def test_the_day_of_a_commitment_is_written_by_the_reader_s_language(
    worked: dict[str, Any],
) -> None:
    worked["issues"].append(
        {"kind": "relationship", "id": "calls", "name": "Calls", "by": "2026-12-15"}
    )
    html = panel("advice", view(worked))
    assert 'Calls</strong> (<time datetime="2026-12-15">2026-12-15</time>)' in html


def test_a_chart_s_counts_are_written_by_the_reader_s_language() -> None:
    issues = [
        {
            "kind": "agreement",
            "id": f"issue-{i}",
            "weight": {"us": 10 + 3 * i, "them": 90 - 2 * i},
            "options": [
                {"name": str(o), "us": 20 * o, "them": 100 - 20 * o} for o in range(4)
            ],
        }
        for i in range(6)
    ]
    with spelled(Spelling(decimal=",", group=".")):
        html = panel("deals", view({"format": FORMAT, "issues": issues}))
    assert "of 4.096 deals are efficient" in html


class TestLedger:
    """What was given and came back, goodwill, the cliff, and why to stop."""

    @every_example
    def test_it_shows_what_the_books_hold(self, name: str) -> None:
        shown = view(fixed_plan(name))
        kept = shown.analysis.ledger
        if not kept.entries:
            assert results(panel("ledger", shown)) == {}
            return
        found = {k: words(v) for k, v in results(panel("ledger", shown)).items()}
        given, got = points(kept.given), points(kept.received)
        assert found["You gave, and got"].startswith(f"{given}, {got}")
        if kept.reciprocity is not None:
            ratio = plain(round(kept.reciprocity, 2))
            assert found["Came back for each point given"].startswith(ratio)
        if kept.surplus_worth is not None:
            worth = about(kept.surplus_worth, shown.draft.plan.currency)
            assert worth in found["Left over your walk-away"]
        at = "not at this pace" if kept.worthless is None else f"round {kept.worthless}"
        assert at in found["The cliff: nothing is left"]

    def test_it_says_whether_to_stop_and_why(self) -> None:
        shown = view(fixed_plan("key-customer"))
        kept = shown.analysis.ledger
        assert kept.stop.reached
        found = results(panel("ledger", shown))
        assert words(found["Your stop line"]).startswith("reached")
        has(shown, "ledger", f"nothing came back for: now {kept.stop.rounds}")
        assert kept.stop.buffer is not None
        has(shown, "ledger", f"less than {points(kept.stop.buffer)} left")

    def test_goodwill_over_the_premium_is_too_much(
        self, worked: dict[str, Any]
    ) -> None:
        issue = worked["issues"][0]
        high, low = issue["options"][-1]["name"], issue["options"][0]["name"]
        move = {"round": 1, "by": "us", "issue": issue["id"], "why": "relationship"}
        worked["moves"] = [{**move, "from": high, "to": low}]
        shown = view(worked)
        goodwill = shown.analysis.ledger.subsidy
        assert goodwill.over is not None
        assert goodwill.over > 0
        has(shown, "ledger", f"{about(goodwill.over, 'EUR')} too much")


class TestAdvice:
    def test_after_the_talks_it_proposes_no_step(self, worked: dict[str, Any]) -> None:
        before = panel("advice", view(worked))
        over = panel("advice", view({**worked, "outcome": {"agreed": True}}))

        for said in ("Come down one step", "Walk away below", "What would change it"):
            assert said in before
            assert said not in over

    def test_nor_does_the_brief_to_print(self, worked: dict[str, Any]) -> None:
        before = panel("brief", view(worked))
        over = panel("brief", view({**worked, "outcome": {"agreed": True}}))

        for said in ("What to trade", "What to offer", "Points to them"):
            assert said in before
            assert said not in over


class TestReview:
    def test_without_a_deal_nothing_was_signed(self, worked: dict[str, Any]) -> None:
        """Whatever terms were last on the table."""
        terms = worked["offers"][1]["terms"]
        shown = view({**worked, "outcome": {"agreed": False, "terms": terms}})
        found = results(panel("review", shown))

        [signed] = [words(v) for k, v in found.items() if "Signed" in k]
        assert signed.startswith("no deal")
        assert not any("Left on the table" in title for title in found)


class TestTrust:
    """What trust saves, how far it may go, and the steps towards it."""

    def test_it_shows_each_step_with_what_it_saves(self) -> None:
        shown = view(fixed_plan("joint-venture"))
        known = shown.analysis.trust
        for step in MILESTONES:
            has(shown, "trust", f"{step.observed}. {step.relax}.")
            saved = known.saved(step)
            assert saved is not None
            has(shown, "trust", f"Saves {money(saved, 'EUR')} a year from then on.")

    def test_no_step_is_shown_where_grabbing_pays_them(
        self, worked: dict[str, Any]
    ) -> None:
        worked["future"]["them"]["one_off_gain"] = 10_000_000
        shown = view(worked)
        has(shown, "trust", "Not yet: by your figures it pays them more to squeeze you")
        assert MILESTONES[0].observed not in panel("trust", shown)

    def test_it_shows_the_risk_up_to_which_relaxing_pays(self) -> None:
        shown = view(fixed_plan("joint-venture"))
        bearable = shown.analysis.trust.betrayal.bearable
        assert bearable is not None
        [risk] = [
            v for k, v in results(panel("trust", shown)).items() if "more likely" in k
        ]
        assert words(risk).startswith(percent(bearable))

    def test_it_shows_what_checking_costs_and_why_nobody_has_to_guess(
        self, worked: dict[str, Any]
    ) -> None:
        worked["checks"] = {"cost": 8, "penalty": 20, "effort": 15, "a_year": 10}
        shown = view(worked)
        has(shown, "trust", "€6 each time, €60 a year")
        worked["checks"]["cost"] = 30
        has(view(worked), "trust", "A check costs at least what it can save")


class TestTheirSide:
    """Every line on them says how we know it."""

    @every_example
    def test_what_they_were_seen_to_do_is_marked_so(self, name: str) -> None:
        shown = view(fixed_plan(name))
        html = panel("theirs", shown)
        for signal in SIGNALS:
            seen = shown.draft.plan.signals.get(signal.id)
            if seen is None:
                assert signal.observed not in html
            else:
                has(shown, "theirs", f"{signal.observed}: ")
        assert words(html).count("we saw it") >= len(theirs(shown).signs)

    @every_example
    def test_each_line_of_belief_has_its_mark(self, name: str) -> None:
        html = panel("theirs", view(fixed_plan(name)))
        for part in ("What matters most to them", "What they would propose"):
            if part not in html:
                continue
            rest = html[html.index(part) :]
            lines = re.findall(r"<li>(.*?)</li>", rest[: rest.index("</ul>") + 5])
            assert lines
            assert all('class="parley-basis"' in line for line in lines)

    def test_their_points_are_shown(self, worked: dict[str, Any]) -> None:
        option = worked["issues"][0]["options"][0]
        shown = view(worked)
        has(shown, "theirs", f"“{option['name']}” {option['them']}")

    @pytest.mark.parametrize(
        ("bases", "together"),
        [
            (("told", "told"), "told"),
            (("told", "observed"), "observed"),
            (("observed", "guessed", "told"), "guessed"),
            (("told", None), None),
            ((), None),
        ],
    )
    def test_what_rests_on_several_is_as_sure_as_the_least_of_them(
        self, bases: Any, together: str | None
    ) -> None:
        assert least_sure(bases) == together
