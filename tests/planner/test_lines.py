"""What to say to the other side: a line kept with its rule, in the reader's words."""

import re
from html import unescape
from typing import Any

import pytest

from planner.advice.advice import Reason, advise
from planner.advice.rule import Evidence, Rule
from planner.advice.rules import RULES
from planner.plan.document import FORMAT, read_draft
from planner.plan.kinds import NOTE
from planner.show.brief import as_markdown
from planner.show.data import as_data
from planner.show.page import panel, view
from tests.planner.changes import analysed, changed, problems

SPEAKING = [rule for rule in RULES if rule.line]
SURE = {f"/issues/{i}/basis": "told" for i in range(6)}
UNSURE = {f"/issues/{i}/basis": "guessed" for i in range(6)}
BEFORE: dict[str, Any] = {"/offers": [], "/moves": []}


def reason_of(rule: Rule, worked: dict[str, Any]) -> Reason:
    evidence = rule.check(analysed(worked, rule.fires_on))
    assert isinstance(evidence, Evidence)
    return Reason(rule=rule, evidence=evidence)


@pytest.mark.parametrize("rule", SPEAKING, ids=lambda rule: rule.id)
class TestEveryLine:
    def test_it_is_one_sentence_of_our_own_mouth(
        self, rule: Rule, worked: dict[str, Any]
    ) -> None:
        line = reason_of(rule, worked).line
        spoken = re.sub("‘.*?’", "", line)  # names of options, as typed

        assert not re.search("[{}]|None|nan", line)
        assert line[0].isupper()
        assert re.fullmatch(r"[^.?!]+[.?]", spoken)
        assert re.search(r"\b(we|us|our|you)\b", spoken, re.I)
        assert len(spoken.split()) <= 30

    def test_it_speaks_to_them_and_not_of_them(
        self, rule: Rule, worked: dict[str, Any]
    ) -> None:
        """No points, and no word of how the reader reckons, is for their ears."""
        said = re.sub("‘.*?’", "", reason_of(rule, worked).line)

        assert not re.search(r"\b(points?|they|them|their|walk-away)\b", said, re.I)


class TestWhereItIsTold:
    def test_whoever_moves_at_the_table_has_a_line(self) -> None:
        """What to do now, and every question that only they can answer."""
        spoken = {rule.id for rule in SPEAKING}

        assert {
            "open-the-talks",
            "hold-your-offer",
            "come-down-one-step",
            "say-yes",
            "say-what-you-need",
            "trade-across-issues",
            "trade-to-ask-about",
        } <= spoken

    @pytest.mark.parametrize("changes", [BEFORE | SURE, BEFORE | UNSURE, {}])
    def test_it_is_the_same_on_the_page_in_the_brief_and_as_data(
        self, worked: dict[str, Any], changes: dict[str, Any]
    ) -> None:
        document = changed(worked, changes)
        draft, analysis = read_draft(document), analysed(document)
        advice = advise(analysis)
        line = advice.first[0].line
        assert line

        assert line in unescape(panel("advice", view(document)))
        assert line in as_markdown(draft, analysis, advice, whole=True)
        assert line in as_markdown(draft, analysis, advice)
        said = [each["say"] for each in as_data(draft, analysis, advice)["advice"]]
        assert line in said


class TestATrade:
    def _line(self, worked: dict[str, Any], changes: dict[str, Any]) -> str:
        trades = {"trade-across-issues", "trade-to-ask-about"}
        advice = advise(analysed(worked, BEFORE | changes))
        return next(r.line for r in advice.applying if r.rule.id in trades)

    def test_it_names_what_is_given_and_asked_with_the_reader_s_names(
        self, worked: dict[str, Any]
    ) -> None:
        trade = analysed(worked, BEFORE | SURE).play.trades[0]
        line = self._line(worked, SURE)

        for step in (trade.give, trade.ask):
            assert step.end.name is not None
            assert f"‘{step.end.name}’ on {step.score.issue.name}" in line

    def test_an_issue_s_own_verb_takes_the_place_of_its_name(
        self, worked: dict[str, Any]
    ) -> None:
        trade = analysed(worked, BEFORE | SURE).play.trades[0]
        verb = {f"{trade.give.score.at}/verb": "give longer notice"}

        assert "we can give longer notice (" in self._line(worked, SURE | verb)

    def test_their_reason_is_asked_for_where_the_trade_hangs_on_a_guess(
        self, worked: dict[str, Any]
    ) -> None:
        def asked(changes: dict[str, Any]) -> list[str]:
            analysis = analysed(worked, BEFORE | changes)
            return [question.at for question in advise(analysis).questions]

        trade = analysed(worked, BEFORE | UNSURE).play.trades[0]
        at = f"{trade.give.score.at}/why/them"

        assert at in asked(UNSURE)
        assert at not in asked(UNSURE | {at: "A plant that is full until March"})
        assert not [place for place in asked(SURE) if "/why/" in place]

    def test_a_verb_is_asked_for_where_an_option_is_no_thing(
        self, worked: dict[str, Any]
    ) -> None:
        trade = analysed(worked, BEFORE | SURE).play.trades[0]
        step = trade.give
        number = step.score.issue.options.index(step.end)
        yes = {f"{step.score.at}/options/{number}/name": "Yes"}
        unquoted = {f"{step.score.at}/{key}": None for key in ("limit", "target")}
        analysis = analysed(worked, BEFORE | SURE | yes | unquoted)

        asked = [question.at for question in advise(analysis).questions]
        assert f"{step.score.at}/verb" in asked


class TestInterests:
    @pytest.mark.parametrize("side", ["us", "them"])
    def test_one_of_ten_thousand_characters_is_kept(
        self, worked: dict[str, Any], side: str
    ) -> None:
        at = f"/issues/0/why/{side}"
        document = changed(worked, {at: "w" * NOTE})

        assert problems(document) == {}
        why = read_draft(document).plan.agreement["/issues/0"].why
        assert getattr(why, side) == "w" * NOTE
        assert list(problems(changed(worked, {at: "w" * (NOTE + 1)}))) == [at]

    def test_both_are_asked_for_on_the_page(self) -> None:
        issue = {"id": "a", "kind": "agreement", "name": "Notice"}
        html = panel("issues", view({"format": FORMAT, "issues": [issue]}, own=True))

        for key in ("why/us", "why/them", "verb"):
            assert f'name="/issues/0/{key}"' in html
