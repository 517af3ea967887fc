"""The plan page: every panel lies in one part, and every answer has its place there."""

import re
from typing import Any

import pytest

from planner.plan.rows import find_answer
from planner.plan.schema import schema
from planner.plan.signals import SIGNALS
from planner.show.page import (
    PANELS,
    field_link,
    panel,
    plan_closes,
    plan_opens,
    plan_part,
    view,
)
from planner.show.tabs import APART, CARD, TABS, gaps, tab_of
from tests.planner.changes import changed
from tests.planner.test_page import parsed

PARTS = (*TABS, *APART)
# What nobody types: what kind of file it is, what rows are found by, what a button
# writes, and what is asked of one side alone.
NOT_TYPED = re.compile(
    r"/format|/issues/0/(id|kind)|/comparisons/0/(first|second)(/.*)?|/ranking(/.*)?"
    r"|/future/them/monitoring_(now|trusted)|/future/us/basis"
)
ROWS = re.compile(r'<(?:input|select|textarea)[^>]* name="(/[^"]+)"')


def served(worked: dict[str, Any]) -> str:
    shown = view(worked, own=True, panels=PANELS)
    parts = "".join(plan_part(shown, part.id) for part in PARTS)
    return plan_opens(shown) + parts + plan_closes(shown)


def test_every_panel_stands_once_on_the_plan_page(worked: dict[str, Any]) -> None:
    found = re.findall(r'data-panel="([^"]+)"', served(worked))

    assert sorted(found) == sorted(PANELS)


def test_what_the_page_is_put_together_of_closes_what_it_opens(
    worked: dict[str, Any],
) -> None:
    page = parsed(served(worked))

    parts = [e.attributes["data-part"] for e in page.having("data-part")]
    assert parts == [part.id for part in PARTS]
    ids = [e.attributes["id"] for e in page.having("id")]
    assert sorted(set(ids)) == sorted(ids)


def leaves(described: dict[str, Any], at: str = "") -> set[str]:
    """The addresses of the answers in a schema, the first row standing for all."""
    kinds = described.get("anyOf", described.get("oneOf", ()))
    found = {each for kind in kinds for each in leaves(kind, at)}
    for key, inner in described.get("properties", {}).items():
        found |= leaves(inner, f"{at}/{key}")
    if "items" in described:
        found |= leaves(described["items"], f"{at}/0")
    return found or {at}


def test_no_answer_of_the_document_is_without_a_place() -> None:
    for at in leaves(schema()):
        if NOT_TYPED.fullmatch(at):
            continue
        if at == "/signals":
            at = f"{at}/{SIGNALS[0].id}"
        known = find_answer(f"{at}/price" if at.endswith("/terms") else at)
        assert known is not None, at
        assert tab_of(known.panel) or known.panel == "plan", at


def test_each_field_stands_in_the_panel_that_is_said_to_ask_for_it(
    worked: dict[str, Any],
) -> None:
    shown = view(worked, own=True)
    for name in PANELS:
        for at in ROWS.findall(panel(name, shown)):
            known = find_answer(at)
            assert known is not None, at
            assert known.panel == name, at


def test_a_link_to_an_answer_stays_on_the_plan_page(worked: dict[str, Any]) -> None:
    shown = view(worked, own=True, panels=PANELS)
    for question in shown.advice.questions:
        assert field_link(question.at, shown).startswith("#f-")


class TestGaps:
    def test_each_counts_in_the_tab_that_asks_for_it(self) -> None:
        counted = {
            tab.id: tab.gaps for tab in gaps(["future", "future", "ledger", None])
        }

        assert counted == {
            tab.id: 2 * ("future" in tab.panels) + ("ledger" in tab.panels)
            for tab in TABS
        }

    def test_all_that_is_to_find_out_is_counted(self, worked: dict[str, Any]) -> None:
        shown = view({"format": worked["format"]})
        homes = [find_answer(q.at) for q in shown.advice.questions]
        apart = [known for known in homes if known and tab_of(known.panel) in APART]

        assert sum(tab.gaps for tab in shown.tabs) == len(homes) - len(apart)

    @pytest.mark.parametrize(("number", "said"), [(1, "1 gap"), (2, "2 gaps")])
    def test_it_is_part_of_the_tabs_name(
        self, worked: dict[str, Any], number: int, said: str
    ) -> None:
        known = ["/future/continue_chance", "/future/us/yearly_gain"]
        unsaid = dict.fromkeys(known[:number])
        tabs = parsed(panel("tabs", view(changed(worked, unsaid))))

        [first] = [e for e in tabs.having("data-tab") if e.text.strip()][:1]
        assert first.text.split(", ")[-1].strip() == said


def test_the_card_is_beside_all_parts(worked: dict[str, Any]) -> None:
    closes = plan_closes(view(worked, panels=PANELS))

    assert re.findall(r'data-panel="([^"]+)"', closes) == list(CARD)
