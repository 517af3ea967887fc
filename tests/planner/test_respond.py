"""The one door of the browser: JSON text in, JSON text out, and never an error."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.address import look_up, replaced
from planner.document import FORMAT
from planner.page import PANELS, field_id, show, view
from planner.respond import respond
from tests import strategies

KEYS = {"id", "plan", "html", "problems", "says", "moved", "focus", "refused"}


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
        "panels": st.lists(st.sampled_from(PANELS), max_size=1)
        | strategies.json_values,
        "base": strategies.json_values,
        "own": strategies.json_values,
        "typing": st.sampled_from(strategies.PLACES) | strategies.json_values,
        "do": st.dictionaries(
            st.sampled_from(["add", "blank", "remove", "up", "down", "start", "open"]),
            st.sampled_from(strategies.PLACES) | strategies.json_values,
            max_size=2,
        )
        | strategies.json_values,
    },
)


@pytest.mark.property
class TestAnyText:
    """Never raises, whatever the text holds; the answer is strict JSON."""

    @given(st.text())
    def test_any_text_is_answered(self, text: str) -> None:
        assert set(strictly(respond(text))) == KEYS

    @settings(max_examples=40)
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
        assert answer["plan"]["title"] == "Renewing the Alder packaging contract"
        assert set(answer["html"]) == set(PANELS)
        assert answer["problems"] == []
        assert answer["says"].startswith("Stance: Probe. ")
        assert answer["refused"] is False

    def test_the_html_is_that_of_the_page(self, worked: dict[str, Any]) -> None:
        answer = ask(plan=worked, own=True, base="../", panels=["future", "advice"])

        assert answer["html"] == show(
            view(worked, own=True, base="../", panels=("future", "advice"))
        )

    @pytest.mark.parametrize("typed", ["140", "a lot", "<b>", "", "1,234", "\ud7ff"])
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
