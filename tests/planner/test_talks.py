"""What *At the table* tells: what to do now, packages, trades, steps and offers."""

import json
from typing import Any

import pytest

from planner.edits.commands import read_command
from planner.plan.address import look_up
from planner.plan.document import FORMAT
from planner.plan.limits import MOST_MOVES
from planner.show.page import PANELS, View, panel, view
from planner.show.talks import MOST_SHARED, Talks, propose, talks
from tests.planner.changes import changed
from tests.planner.test_page import parsed
from tests.planner.test_shown import words
from tests.plans import FIXED, fixed_plan

every_example = pytest.mark.parametrize("name", FIXED)


def seen(plan: dict[str, Any], changes: dict[str, Any] | None = None) -> View:
    return view(changed(plan, changes or {}), panels=PANELS)


def of(plan: dict[str, Any], changes: dict[str, Any] | None = None) -> Talks:
    return talks(seen(plan, changes))


class TestNow:
    @every_example
    def test_it_says_what_the_line_of_play_says(self, name: str) -> None:
        shown = view(fixed_plan(name))
        told, advance = propose(shown).now, shown.analysis.play.advance
        assert told is not None
        begins = {
            "open": "Open with",
            "hold": "Hold at",
            "concede": "Come down one step",
            "stop": "Say what you need",
        }
        assert told.advice.startswith(begins[advance or ""])
        assert told.advice in words(panel("packages", shown))

    def test_after_the_talks_it_proposes_nothing(self, worked: dict[str, Any]) -> None:
        over = propose(seen(worked, {"/outcome/agreed": True}))
        assert over.now is not None
        assert over.now.advice == "The talks are over."
        assert (over.offer, over.trades) == (None, None)

    def test_where_nothing_is_known_it_says_what_is_needed(self) -> None:
        shown = view({"format": FORMAT})
        assert propose(shown).now is None
        assert "With two issues that have options" in words(panel("packages", shown))


class TestPackages:
    @every_example
    def test_each_term_is_a_row_or_shared(self, name: str) -> None:
        shown = view(fixed_plan(name))
        packages, offer = shown.analysis.play.packages, propose(shown).offer
        if not packages:
            assert offer is None
            return
        assert offer is not None
        assert len(offer.rows) + len(offer.shared) == len(packages[0].terms)
        assert offer.us == tuple(f"{p.us:.0f}" for p in packages)
        for issue, options in offer.rows:
            assert len(options) == len(packages), issue
            assert len(packages) == 1 or len(set(options)) > 1, issue

    def test_many_shared_terms_are_a_list_and_no_sentence(self) -> None:
        plan = changed(fixed_plan("renewal"), {"/offers": [], "/moves": []})
        alike = [
            {
                "kind": "agreement",
                "id": f"more-{n}",
                "name": f"Detail {n}",
                "weight": {"us": 1, "them": 1},
                "options": [
                    {"name": "Ours", "us": 100, "them": 100},
                    {"name": "None", "us": 0, "them": 0},
                ],
            }
            for n in range(MOST_SHARED + 1)
        ]
        plan["issues"] += alike
        shown = view(plan)
        offer = propose(shown).offer
        assert offer is not None
        assert len(offer.shared) > MOST_SHARED
        assert offer.shared_in_words == ""
        assert f"The same in each: {len(offer.shared)} terms" in words(
            panel("packages", shown)
        )


class TestTrades:
    @every_example
    def test_both_nets_are_told(self, name: str) -> None:
        shown = view(fixed_plan(name))
        trades = propose(shown).trades or ()
        told = words(panel("packages", shown))
        for trade in trades:
            assert trade.says in told
            assert f"you +{trade.us} · they +{trade.them}" in told

    def test_one_that_hangs_on_a_guess_is_a_question(
        self, worked: dict[str, Any]
    ) -> None:
        trades = propose(seen(worked)).trades
        assert trades is not None
        sure, other = trades[0], next(t for t in trades if not t.sure)
        assert sure.sure
        assert sure.says.startswith("If you ")
        assert other.says.startswith("Would you ")

    def test_with_the_same_order_on_both_sides_it_says_that_there_is_none(self) -> None:
        issue = {
            "kind": "agreement",
            "weight": {"us": 50, "them": 50},
            "options": [{"name": "a"}, {"name": "b"}],
        }
        issues = [issue | {"id": key, "name": key} for key in ("one", "two")]
        shown = view({"format": FORMAT, "issues": issues})
        assert propose(shown).trades == ()
        assert "None from where you both stand" in words(panel("packages", shown))

    def test_with_none_left_it_tells_those_that_the_opening_has_in_it(self) -> None:
        """Price matters to us and notice to them: the opening trades the two."""
        weights = {"Price": (5, 1), "Notice": (1, 5), "Delivery": (3, 3)}
        issues = [
            {
                "id": name.lower(),
                "kind": "agreement",
                "name": name,
                "weight": {"us": us, "them": them},
                "options": [{"name": "ours"}, {"name": "theirs"}],
            }
            for name, (us, them) in weights.items()
        ]
        shown = view({"format": FORMAT, "issues": issues})
        (trade,) = propose(shown).trades or ()
        assert propose(shown).opened
        assert (trade.us, trade.them) == ("44.4", "44.4")
        assert "Your opening makes this one already" in words(panel("packages", shown))


class TestSteps:
    def test_a_step_is_told_with_its_reason_and_its_worth(
        self, worked: dict[str, Any]
    ) -> None:
        ours, theirs = of(worked).steps[:2]
        assert ours.says == (
            "You moved Price per 1,000 trays from €106 to €109 · as goodwill"
        )
        assert ours.worth == "10 given"
        assert ours.goodwill
        assert theirs.says == (
            "They moved Delivery and stock from 10 days to 5 days · for A 90-day "
            "forecast"
        )
        assert theirs.worth == "12 received"

    @pytest.mark.parametrize(
        ("by", "kind", "reason"),
        [
            ("us", "forced", "because you had to"),
            ("them", "forced", "because they had to"),
            ("us", "facts", "because of new facts"),
            ("us", "return", "for something back"),
        ],
    )
    def test_its_reason_is_in_the_words_of_a_sentence(
        self, worked: dict[str, Any], by: str, kind: str, reason: str
    ) -> None:
        said = of(worked, {"/moves/0/by": by, "/moves/0/kind": kind}).steps[0].says
        assert said.endswith(f" · {reason}")

    def test_a_step_back_is_told_as_one(self, worked: dict[str, Any]) -> None:
        back = {"/moves/0/from": "€109", "/moves/0/to": "€106"}
        assert of(worked, back).steps[0].worth == "10 taken back"

    def test_the_next_one_is_there_once_the_others_are_whole(
        self, worked: dict[str, Any]
    ) -> None:
        last = of(worked).steps[-1]
        assert (last.at, last.new) == ("/moves/2", True)
        unfinished = of(worked, {"/moves/2": {"by": "us", "issue": "price"}}).steps[-1]
        assert (unfinished.at, unfinished.new) == ("/moves/2", False)
        full = of(worked, {"/moves": [worked["moves"][0]] * MOST_MOVES})
        assert not full.steps[-1].new

    def test_it_begins_where_its_side_stands(self, worked: dict[str, Any]) -> None:
        starts = of(worked).steps[-1].starts
        stand = view(worked).analysis.play.stand
        assert stand is not None
        held = {s.issue.id: o.name for s, o in stand.package.terms}
        ours = {k: o for k, o in starts.items() if k.startswith("us/")}
        assert ours == {f"us/{key}": name for key, name in held.items()}
        assert starts["us/price"] == "€109"

    def test_before_a_side_has_spoken_it_begins_at_its_best(
        self, worked: dict[str, Any]
    ) -> None:
        silent = {"/offers": [], "/moves": [{"by": "them", "issue": "price"}]}
        [begun] = of(worked, silent).steps
        assert begun.starts["them/ending"] == "12 months"
        assert (begun.starts["us/price"], begun.starts["them/price"]) == (
            "€106",
            "€118",
        )

    def test_where_points_are_lacking_what_was_named_last_counts(self) -> None:
        plan = {
            "format": FORMAT,
            "issues": [
                {
                    "kind": "agreement",
                    "id": "colour",
                    "name": "Colour",
                    "options": [{"name": "red"}],
                }
            ],
            "offers": [{"by": "them", "terms": {"colour": "blue"}}],
        }
        whole = {"by": "them", "issue": "colour", "from": "blue", "to": "red"}
        begun = {"by": "them", "issue": "colour"}
        before, after = of(plan), of(plan, {"/moves": [whole, begun]})
        assert before.steps[-1].starts == {"us/colour": "", "them/colour": "blue"}
        assert after.steps[-1].starts == {"us/colour": "", "them/colour": "red"}

    def test_a_step_made_by_an_offer_is_listed_with_its_worth(
        self, worked: dict[str, Any]
    ) -> None:
        again = worked["offers"][0] | {"terms": {"price": "€112"}, "round": 5}
        shown = view(changed(worked, {"/offers/2": again}))
        [(at, says, worth)] = talks(shown).made_by_offers
        assert at == "/offers/2/terms/price"
        assert says == "You moved Price per 1,000 trays from €109 to €112"
        assert worth == "10 given"

    def test_what_is_chosen_on_a_line_is_a_command(
        self, worked: dict[str, Any]
    ) -> None:
        page = parsed(panel("ledger", view(worked, own=True)))
        lines = page.having("data-picks")
        assert len(lines) == 5 * 3
        for each in lines:
            command = read_command(json.loads(each.attributes["data-picks"]))
            assert command is not None
            assert command.to_json()["step"] == each.attributes["name"]


class TestOffers:
    def test_one_is_told_with_its_terms_and_its_worth_to_both(
        self, worked: dict[str, Any]
    ) -> None:
        ours, theirs = of(worked).offers
        assert (ours.who, ours.date) == ("You", "2026-10-20")
        assert (
            ours.terms == "€106, 5 days, two weeks of stock held, Alder pays and 3 more"
        )
        scores = {s.issue.id: s for s in view(worked).analysis.counted}
        named = worked["offers"][1]["terms"].items()
        picked = [(s := scores[key], s.issue.index(o) or 0) for key, o in named]
        us = sum(score.us[i] for score, i in picked)
        them = sum(score.them[i] for score, i in picked)
        assert theirs.worth == f"{us:.0f} to you, {them:.0f} to them"

    def test_its_terms_are_in_the_order_of_the_issues(
        self, worked: dict[str, Any]
    ) -> None:
        terms = worked["offers"][0]["terms"]
        turned = dict(reversed(terms.items()))
        assert of(worked, {"/offers/0/terms": turned}).offers == of(worked).offers

    def test_one_that_leaves_something_open_has_no_worth(
        self, worked: dict[str, Any]
    ) -> None:
        assert of(worked, {"/offers/0/terms/price": ""}).offers[0].worth == ""
        assert look_up(worked, "/offers/0/terms/price")
