"""The one door of the browser: JSON text in, JSON text out, and never an error."""

import json
import re
from base64 import b64encode
from html import escape
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.edits.commands import COMMANDS, Refused
from planner.edits.examples import example
from planner.plan.address import look_up, replaced
from planner.plan.document import FORMAT, read_draft
from planner.plan.kinds import Record, Report
from planner.plan.limits import MOST_DEEP
from planner.plan.values import PLAN
from planner.respond import respond
from planner.show.brief import as_markdown
from planner.show.chapters import CHAPTERS
from planner.show.page import PANELS, field_id, panel, show, view
from tests import strategies
from tests.plans import fixed_plan

KEYS = {
    *("id", "plan", "html", "problems", "says", "moved", "focus", "refused"),
    *("warns", "still", "did", "file", "reads", "failed"),
}


def strictly(text: str) -> Any:
    """JSON as the standard has it: no NaN, and text that can be encoded."""

    def refused(constant: str) -> None:
        raise AssertionError(constant)

    text.encode()
    return json.loads(text, parse_constant=refused)


def ask(**request: Any) -> dict[str, Any]:
    answer: dict[str, Any] = strictly(respond(json.dumps(request)))
    return answer


PLAN_WITH = '{"plan": {"format": "negotiation-plan/1", "x": %s}}'

requests = st.fixed_dictionaries(
    {},
    optional={
        "id": strategies.json_values,
        "plan": strategies.lookalikes | strategies.drafts | strategies.json_values,
        "panels": st.lists(st.sampled_from([*PANELS, *CHAPTERS]), max_size=1)
        | strategies.json_values,
        "base": strategies.json_values,
        "own": strategies.json_values,
        "typing": st.sampled_from(strategies.PLACES) | strategies.json_values,
        "do": st.dictionaries(
            st.sampled_from([*COMMANDS, "blank", "text"]),
            st.sampled_from(strategies.PLACES) | strategies.json_values,
            max_size=2,
        )
        | strategies.json_values,
        "locale": st.fixed_dictionaries(
            {},
            optional={
                "decimal": st.sampled_from([".", ",", "very long", 7]),
                "group": st.sampled_from([",", "", "\u202f"]),
                "sizes": st.lists(st.integers(-2, 12) | st.none()),
                "before": st.booleans() | st.none(),
            },
        )
        | strategies.json_values,
        "open": st.lists(st.text()) | strategies.json_values,
        "trial": st.dictionaries(st.sampled_from(strategies.PLACES), st.text())
        | strategies.json_values,
        "other": strategies.drafts | strategies.json_values,
        "plans": st.lists(
            st.fixed_dictionaries(
                {"id": st.text(), "title": st.text(), "changed": st.integers()}
            )
        )
        | strategies.json_values,
        "visiting": strategies.json_values,
        "list": st.fixed_dictionaries(
            {},
            optional={
                "name": st.text() | strategies.json_values,
                "text": st.text() | strategies.json_values,
                "base64": st.binary().map(lambda data: b64encode(data).decode())
                | strategies.json_values,
                "choices": st.dictionaries(
                    st.sampled_from(["sheet", "heading", "first", "column-0"]),
                    st.text() | st.integers(0, 3).map(str),
                )
                | strategies.json_values,
            },
        )
        | strategies.json_values,
        "still": st.lists(st.text()) | strategies.json_values,
        "now": st.lists(st.sampled_from(PANELS), max_size=2) | strategies.json_values,
        "give": st.sampled_from(["plan.json", "brief.md"]) | strategies.json_values,
    },
)


@pytest.mark.property
class TestAnyText:
    """Never raises, whatever the text holds; the answer is strict JSON."""

    @given(st.text())
    def test_any_text_is_answered(self, text: str) -> None:
        assert set(strictly(respond(text))) == KEYS

    @given(requests)
    def test_any_request_is_answered(self, request: Any) -> None:
        answer = strictly(respond(json.dumps(request)))

        assert set(answer) == KEYS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "5",
        '"plan"',
        "{",
        "NaN",
        '{"plan": NaN}',
        PLAN_WITH % "1e999",
        PLAN_WITH % ("9" * 5000),
        PLAN_WITH % ("[" * 900 + "]" * 900),
        PLAN_WITH % ("[" * 90_000 + "]" * 90_000),
        "[" * 200_000,
        '{"id": "\\ud800", "plan": 5}',
        '{"do": 5}',
        '{"do": ["add"]}',
        '{"do": "add"}',
        '{"do": {"add": null, "blank": []}}',
        '{"do": {"remove": "/issues/' + "9" * 5000 + '"}}',
        '{"panels": 5, "typing": {}, "base": []}',
        '{"plan": [1], "do": {"start": "empty"}}',
        '{"plan": "text", "do": {"add": "/issues", "blank": "agreement"}}',
    ],
    ids=lambda text: f"{text[:60]!r} of {len(text)}",
)
def test_odd_requests_are_answered(text: str) -> None:
    assert set(strictly(respond(text))) == KEYS


class TestAnswers:
    def test_the_first_question_is_answered_with_the_example(self) -> None:
        answer = ask(id=7)

        assert answer["id"] == 7
        assert answer["plan"] == example("renewal")
        assert set(answer["html"]) == set(PANELS)
        assert answer["problems"] == []
        stance = view(example("renewal")).advice.stance.label
        assert answer["says"].endswith(f" We call it “{stance}”.")
        assert answer["refused"] is False

    def test_the_html_is_that_of_the_page(self, worked: dict[str, Any]) -> None:
        answer = ask(plan=worked, own=True, base="../", panels=["future", "advice"])

        assert answer["html"] == show(
            view(worked, own=True, base="../", panels=("future", "advice"))
        )

    @pytest.mark.parametrize("typed", ["140", "a lot", "<b>", "", "1,2,3", "\ud7ff"])
    def test_what_was_typed_is_kept(self, worked: dict[str, Any], typed: str) -> None:
        at = "/future/continue_chance"
        answer = ask(plan=replaced(worked, at, typed))

        assert look_up(answer["plan"], at) == typed

    def test_a_problem_comes_with_its_address_and_the_advice_stays(
        self, worked: dict[str, Any]
    ) -> None:
        answer = ask(plan=replaced(worked, "/issues/0/weight/us", "-5"))

        assert answer["problems"] == [
            {"at": "/issues/0/weight/us", "says": "Enter a number from 0 to 100"}
        ]
        assert "Probe" in answer["html"]["advice"]

    def test_an_edit_says_where_to_go_on(self, worked: dict[str, Any]) -> None:
        answer = ask(plan=worked, do={"remove": "/issues/0/options/1"})

        assert answer["focus"] == field_id("/issues/0/options")
        assert answer["moved"]["/issues/0/options/2"] == "/issues/0/options/1"

    @pytest.mark.parametrize(
        "plan", [5, "text", [1], {"format": "negotiation-plan/9"}, {"title": "x"}]
    )
    def test_an_unknown_plan_is_a_problem_and_stays_as_it_is(self, plan: Any) -> None:
        answer = ask(id="q", plan=plan)

        assert answer["id"] == "q"
        assert answer["plan"] == plan
        assert list(answer["html"]) == ["problems"]
        assert answer["refused"] is True
        [problem] = answer["problems"]
        assert problem["at"] == ""
        assert FORMAT in problem["says"]

    @pytest.mark.parametrize("error", [ValueError, RecursionError, TypeError, KeyError])
    def test_a_plan_that_cannot_be_worked_out_comes_back_as_it_came(
        self,
        worked: dict[str, Any],
        error: type[Exception],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def failing(*_: Any) -> None:
            raise error

        monkeypatch.setattr("planner.respond._answer", failing)
        answer = ask(id=3, plan=worked)

        assert answer["id"] == 3
        assert answer["plan"] == worked
        assert answer["refused"] is True
        # Each panel says so and has the ways on; none stays as the plan before left it.
        assert set(answer["failed"]) == set(PANELS)
        assert set(answer["html"]) == set(PANELS)

    def test_a_panel_that_fails_does_not_take_the_others(
        self, worked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = ask(plan=worked)["html"]

        def failing(name: str, shown: Any) -> str:
            if name == "issues":
                raise TypeError(name)
            return panel(name, shown)

        monkeypatch.setattr("planner.respond.panel", failing)
        answer = ask(plan=worked)

        assert list(answer["failed"]) == ["issues"]
        assert "data-undo" in answer["html"]["issues"]
        assert "plan.json" in answer["html"]["issues"]
        left = {name: html for name, html in whole.items() if name != "issues"}
        assert answer["html"] == left | {"issues": answer["html"]["issues"]}
        assert not answer["refused"]

    def test_what_failed_is_told_without_a_word_of_the_plan(
        self, worked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def failing(*_: Any) -> None:
            raise ValueError(worked["title"])

        monkeypatch.setattr("planner.respond.panel", failing)
        [why] = ask(plan=worked, now=["issues"])["failed"].values()

        assert why.startswith("ValueError in ")
        assert worked["title"] not in why

    def test_from_an_unknown_plan_one_can_go_to_another(
        self, worked: dict[str, Any]
    ) -> None:
        later = {"format": "negotiation-plan/9", "title": "Later"}

        begun: list[tuple[dict[str, str], dict[str, Any]]] = [
            ({"start": "renewal"}, example("renewal")),
            ({"open": json.dumps(worked)}, worked),
        ]
        for do, plan in begun:
            answer = ask(plan=later, do=do)
            assert not answer["refused"]
            assert answer["plan"] == plan
            assert answer["moved"] == {"": None}

        refused = ask(plan=later, do={"open": "Dear Alder"})
        assert refused["refused"]
        assert refused["plan"] == later
        assert ask(plan=later, do={"add": "/issues"})["plan"] == later

    def test_a_file_that_is_no_plan_leaves_the_draft_as_it_was(
        self, worked: dict[str, Any]
    ) -> None:
        answer = ask(plan=worked, do={"open": "Dear Alder"})

        assert answer["refused"] is True
        assert answer["plan"] == worked
        assert answer["focus"] == "problems"
        assert "not JSON" in answer["problems"][0]["says"]
        assert "not JSON" in answer["html"]["problems"]

    def test_numbers_too_big_for_a_float_come_back_as_typed(self) -> None:
        text = '{"plan": {"format": "negotiation-plan/1", "future": {"years": 1e999}}}'
        answer = strictly(respond(text))

        assert answer["plan"]["future"]["years"] == "1e999"
        assert [p["at"] for p in answer["problems"]] == ["/future/years"]


class TestTheReaderSFigures:
    """Figures are said as the reader's browser writes them."""

    GERMAN: ClassVar = {
        "decimal": ",",
        "group": ".",
        "sizes": [3],
        "before": False,
        "gap": "\u00a0",
        "share": "\u00a0%",
    }

    def test_amounts_and_shares_follow_it(self, worked: dict[str, Any]) -> None:
        html = "".join(ask(plan=worked, locale=self.GERMAN)["html"].values())
        assert "160.000\u00a0€" in html
        assert re.search(r"\d\u00a0%", html)
        assert "€160,000" not in html

    def test_what_is_typed_back_in_is_read_the_same(
        self, worked: dict[str, Any]
    ) -> None:
        plan = replaced(worked, "/future/continue_chance", "82,5")
        answer = ask(plan=plan, panels=["future"], locale=self.GERMAN)
        assert look_up(answer["plan"], "/future/continue_chance") == 0.825
        assert 'value="82,5"' in answer["html"]["future"]

    def test_without_it_they_are_english(self, worked: dict[str, Any]) -> None:
        assert "€160,000" in ask(plan=worked, panels=["future"])["html"]["future"]


class TestSomePanelsFirst:
    """A page can have its answer in parts."""

    def test_only_the_panels_asked_for_now_are_made(self) -> None:
        answer = ask(panels=["future", "advice"], now=["advice"])
        assert set(answer["html"]) == {"advice"}

    def test_they_are_those_of_the_whole_answer(self, worked: dict[str, Any]) -> None:
        whole = ask(plan=worked)["html"]
        for name in PANELS:
            assert ask(plan=worked, now=[name])["html"] == {name: whole[name]}


@pytest.mark.large
class TestReading:
    """A document is read once for each request, and for the next about it not again."""

    @pytest.fixture
    def read(self, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
        """The titles of the documents that were read since it was last emptied."""
        titles: list[Any] = []

        def counted(self: Record, raw: Any, at: str, report: Report) -> Any:
            if self is PLAN:
                titles.append(raw.get("title"))
            return reading(self, raw, at, report)

        reading = Record.read
        monkeypatch.setattr(Record, "read", counted)
        ask(plan={"format": FORMAT})  # so that nothing is known of the next one
        titles.clear()
        return titles

    LISTED: ClassVar[dict[str, Any]] = {"name": "x.csv", "text": "Issue\nPrice"}
    REQUESTS: ClassVar[dict[str, dict[str, Any]]] = {
        "a key": {"typing": "/title"},
        "a key, in parts": {"now": ["advice"]},
        "a file to save": {"give": "plan.json"},
        "a press that adds": {"do": {"add": "/issues", "blank": "agreement"}},
        "a press that removes": {"do": {"remove": "/issues/0"}},
        "a press that changes nothing": {"do": {"remove": "/issues/99"}},
        "a list": {"do": {"starter": "service"}},
        "a paste": {"do": {"paste": "/issues/0/name", "text": "Price\t40"}},
        "a list that is shown": {"do": {"read": True}, "list": LISTED},
        "a list that is added": {"do": {"take": True}, "list": LISTED},
        "a list that begins a plan": {"do": {"begin": True}, "list": LISTED},
        "a weight worked out": {"do": {"adopt": {"/issues/0/weight/us": 50}}},
        "another plan": {"do": {"open": json.dumps(example("sale"))}},
        "another example": {"do": {"start": "joint-venture"}},
        "a link": {"do": {"look": json.dumps(example("sale"))}},
        "what was refused": {"do": {"refused": "deep"}},
    }

    @pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
    def test_a_document_is_read_once(
        self, request_: dict[str, Any], read: list[Any], worked: dict[str, Any]
    ) -> None:
        answer = ask(plan=worked, **request_)

        assert read == [answer["plan"]["title"]]

    def test_for_the_other_panels_it_is_not_read_again(
        self, read: list[Any], worked: dict[str, Any]
    ) -> None:
        answer = ask(plan=worked, now=["advice"], do={"remove": "/issues/0"})
        read.clear()
        ask(plan=answer["plan"], now=["issues"])

        assert read == []

    def test_a_problem_is_looked_for_once(
        self, read: list[Any], worked: dict[str, Any]
    ) -> None:
        doubtful = replaced(worked, "/issues/0/weight/us", "-5")
        read_draft(doubtful)
        at_once = len(read)
        ask(plan=doubtful)

        assert len(read) == 2 * at_once

    def test_the_plan_to_compare_with_is_read_once_too(
        self, read: list[Any], worked: dict[str, Any]
    ) -> None:
        sale = example("sale")
        plans = [{"id": "sale", "title": sale["title"], "changed": 1}]
        answer = ask(plan=worked, other=sale, plans=plans)

        assert '<th scope="col">The other</th>' in answer["html"]["compare"]
        assert sorted(read) == sorted([worked["title"], sale["title"]])


class TestFiles:
    """What the page can ask for as a file."""

    def test_the_plan_comes_back_as_it_stands(self, worked: dict[str, Any]) -> None:
        file = ask(plan=worked, give="plan.json")["file"]
        assert json.loads(file["text"]) == ask(plan=worked)["plan"]
        assert file["name"] == "renewing-the-alder-packaging-contract.json"

    def test_the_brief_is_that_of_the_command_line(
        self, worked: dict[str, Any]
    ) -> None:
        shown = view(worked)
        text = as_markdown(shown.draft, shown.analysis, shown.advice)
        assert ask(plan=worked, give="brief.md")["file"]["text"] == text

    @pytest.mark.parametrize("title", ["", "../../etc", "///", "Été & Söhne “1”"])
    def test_its_name_is_one_that_every_system_takes(self, title: str) -> None:
        plan = {"format": FORMAT, "title": title}
        name = ask(plan=plan, give="plan.json")["file"]["name"]
        assert re.fullmatch(r"[\w-]+\.json", name)

    def test_there_is_none_unless_it_is_asked_for(self) -> None:
        assert ask()["file"] is None
        assert ask(give="everything")["file"] is None


@pytest.mark.parametrize("lists", [MOST_DEEP - 1, MOST_DEEP])
def test_a_document_in_a_request_may_be_as_deep_as_in_a_file(lists: int) -> None:
    answer = strictly(respond(PLAN_WITH % ("[" * lists + "]" * lists)))
    assert answer["refused"] == (lists == MOST_DEEP)


@pytest.mark.large
@pytest.mark.parametrize("reason", [*Refused.REASONS, "something else"])
def test_what_is_not_let_in_is_said_and_leaves_the_plan_alone(
    reason: str, worked: dict[str, Any]
) -> None:
    answer = ask(plan=worked, do={"refused": reason})
    assert answer["refused"]
    assert answer["plan"] == ask(plan=worked)["plan"]
    says = Refused.REASONS.get(reason, Refused.REASONS["unreadable"])
    assert {"at": "", "says": says} in answer["problems"]
    assert escape(says) in answer["html"]["problems"]


class TestLinks:
    """A link is looked at only once its text is known to be a plan."""

    def test_a_plan_leaves_the_draft_as_it_is(self, worked: dict[str, Any]) -> None:
        answer = ask(plan=worked, do={"look": json.dumps(fixed_plan("sale"))})
        assert not answer["refused"]
        assert answer["plan"] == ask(plan=worked)["plan"]
        assert answer["did"] is None

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ('{"format": "negotiation-plan/2"}', "newer"),
            ('{"format": "shopping-list/2"}', "garbled"),
            ("5", "garbled"),
            ("{}", "garbled"),
            ("", "garbled"),
        ],
    )
    def test_anything_else_is_refused(
        self, worked: dict[str, Any], text: str, reason: str
    ) -> None:
        answer = ask(plan=worked, do={"look": text})
        assert answer["refused"]
        assert answer["plan"] == ask(plan=worked)["plan"]
        assert {"at": "", "says": Refused.REASONS[reason]} in answer["problems"]

    def test_what_was_refused_is_said_until_it_is_read(
        self, worked: dict[str, Any]
    ) -> None:
        refused = ask(plan=worked, do={"refused": "cut"})
        again = ask(plan=worked, still=refused["still"])
        assert again["html"]["problems"] == refused["html"]["problems"]
        assert not again["refused"]
        assert again["focus"] is None


class TestALongList:
    """It is shown and taken at once, whatever follows from it."""

    LONG = "Issue\tOur weight\tTheir weight\tOption\tTo us\tTo them\n" + "\n".join(
        f"Issue {i}\t{i}\t{60 - i}\tOption {o}\t{o}\t{30 - o}"
        for i in range(60)
        for o in range(30)
    )

    def test_it_is_told_in_figures(self) -> None:
        html = ask(list={"text": self.LONG}, do={"read": True})["html"]["list"]
        assert "60 issues, 30 options each, weights for both" in html

    def test_it_is_taken_before_anything_is_worked_out(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def work_out(*_: object) -> None:
            pytest.fail("it need not be worked out yet")

        monkeypatch.setattr("planner.analyses.analysis.bounded_frontier", work_out)
        monkeypatch.setattr("planner.show.page.advise", work_out)
        asked = {"list": {"text": self.LONG}, "do": {"begin": True}}
        answer = ask(**asked, now=["plan", "problems", "list"])
        assert len(answer["plan"]["issues"]) == 60
        assert (answer["failed"], answer["says"]) == ({}, "")
        assert answer["html"]["list"] == ""
        assert "60 issues and 1,800 options" in answer["did"]["says"]

    def test_more_than_a_plan_holds_is_refused_and_still_shown(self) -> None:
        more = f"{self.LONG}\nIssue 61\t1\t1\tOption 1\t1\t1"
        answer = ask(list={"text": more}, do={"begin": True})
        assert answer["refused"]
        assert "room for 60" in answer["problems"][0]["says"]
        assert "room for 60" in answer["html"]["list"]


class TestExamples:
    """None is added to: a list becomes a plan of its own."""

    def test_a_list_taken_into_an_example_begins_a_plan(
        self, worked: dict[str, Any]
    ) -> None:
        example_plan = example("renewal")
        listed = {"name": "Terms of May.csv", "text": "Issue\nPrice"}
        answer = ask(plan=example_plan, own=True, list=listed, do={"take": True})
        assert answer["plan"]["title"] == "Terms of May"
        assert [issue["name"] for issue in answer["plan"]["issues"]] == ["Price"]
        assert answer["did"]["undo"] == "plan"
        added = ask(plan=worked | {"title": "x"}, own=True, list=listed, do={"take": 1})
        assert added["plan"]["issues"][-1]["name"] == "Price"
        assert added["did"]["undo"] == "step"

    def test_a_plan_that_is_begun_from_one_is_the_readers_own(
        self, worked: dict[str, Any]
    ) -> None:
        before = ask(plan=worked, own=False)
        after = ask(plan=worked, own=False, do={"start": "empty"})
        assert "not one of your plans" in before["html"]["whose"]
        assert after["html"]["whose"] == ""
        assert after["did"]["undo"] == "plan"
