"""The row of an answer: what is asked, where it is explained, how it is told."""

import re
from html import unescape
from typing import Any

import pytest

from planner.edits.examples import example
from planner.plan.address import parts, replaced, under
from planner.plan.document import FORMAT, read_draft
from planner.plan.kinds import Amount, Estimated, Number, Percent, Quotation
from planner.plan.rows import Answer, answer_at, find_answer, label, value_at
from planner.plan.values import PLAN
from planner.show.page import (
    PANELS,
    SavedPlan,
    environment,
    field_id,
    link,
    panel,
    view,
)
from planner.words.figures import money, percent
from runtime.tools.building import ROOT
from tests.planner.changes import leaves, problems
from tests.planner.test_document import FULL


def fields(worked: dict[str, Any]) -> dict[str, str]:
    """The HTML of the panel that holds each field, by the field's address."""
    shown = view(worked, own=True)
    return {
        at: html
        for html in (panel(name, shown) for name in PANELS)
        for at in re.findall(r'<(?:input|select|textarea)[^>]* name="(/[^"]+)"', html)
    }


def test_every_field_has_a_label_and_a_heading(worked: dict[str, Any]) -> None:
    for at in fields(worked):
        known = answer_at(at)
        assert known.label, at
        assert known.hint, at
        assert not known.hint.endswith("."), at
        assert re.fullmatch(r"method/[a-z/-]+\.md#[a-z0-9-]+", known.page), at


def test_every_answer_of_a_plan_has_a_field_on_the_page() -> None:
    """None is without a place, whatever panels its fields move to."""
    pressed = re.findall(
        r'"choose": "(/[^"]+)"', unescape(panel("signals", view(FULL)))
    )
    there = {re.sub(r"/\d+(?=/|$)", "/0", at) for at in (*fields(FULL), *pressed)}
    kept = {at for at, _ in leaves(FULL)}
    asked = {
        re.sub(r"/\d+(?=/|$)", "/0", at)
        for at in kept
        if (known := find_answer(at)) and known.is_asked and known.panel != "check"
    }
    assert asked <= there


def test_every_heading_stands_in_the_handbook(worked: dict[str, Any]) -> None:
    for cited in {answer_at(at).page for at in fields(worked)}:
        page, _, heading = cited.partition("#")
        text = (ROOT / "docs" / page).read_text("utf-8")
        named = re.findall(r"^#+ (.+?)(?: \{ #([\w-]+) \})?$", text, re.M)
        slugs = {
            own or re.sub(r"[^\w]+", "-", said.lower()).strip("-")
            for said, own in named
        }
        assert heading in slugs, cited


def test_every_field_has_its_hint_and_its_link(worked: dict[str, Any]) -> None:
    found = fields(worked)
    assert len(found) > 25
    for at, html in found.items():
        known = answer_at(at)
        field = re.search(rf'<[^>]*id="{re.escape(field_id(at))}"[^>]*>', html)
        assert field, at
        assert link(known.page, "") in html, at
        described = re.search(r'aria-describedby="([^" ]+)', field[0])
        assert described, at
        hint = re.search(rf'id="{re.escape(described[1])}">([^<]+)', html)
        assert hint, at
        assert len(hint[1]) > 3, at


def test_what_holds_no_answer_has_its_hint_and_its_link_too(
    worked: dict[str, Any],
) -> None:
    plans = tuple(
        SavedPlan(id=id, title=id, changed=0, current=id == "this")
        for id in ("this", "that")
    )
    shown = view(worked, own=True, plans=plans)
    for name, field in (("compare", "data-compare"), ("whatif", "data-trial")):
        html = panel(name, shown)
        found = re.findall(rf"<(?:input|select)[^>]* {field}[^>]*>", html)
        assert found
        for each in found:
            described = re.search(r'aria-describedby="([^"]+)"', each)
            assert described, each
            assert f'id="{described[1]}">' in html
        assert html.count('class="parley-help"') >= len(set(found)) / 2


def test_an_address_that_no_form_asks_for_is_its_own_label() -> None:
    assert find_answer("/issues/0/nothing") is None
    assert label("/issues/0/nothing") == "/issues/0/nothing"
    assert label("/issues/3/options/2/name") == "Option 3"


ANSWERS = [answer_at(at) for at in PLAN.places("") if at]
every_answer = pytest.mark.parametrize("answer", ANSWERS, ids=lambda a: a.at)


@every_answer
def test_a_figure_is_told_in_its_own_unit(answer: Answer) -> None:
    match answer.kind:
        case Percent():
            assert answer.kind.say(0.125, "EUR") == percent(0.125)
        case Amount() | Estimated():
            assert answer.kind.say(1200.0, "EUR") == money(1200, "EUR")
        case Number():
            assert answer.kind.say(12.0, "EUR") == f"12 {answer.kind.unit}".rstrip()
        case _:
            assert not answer.row.floor


@every_answer
def test_its_field_has_the_form_of_its_kind(answer: Answer) -> None:
    if not answer.is_asked:
        return
    made = environment().from_string(
        '{% from "fields.html" import field with context %}{{ field(at) }}'
    )
    shown = view(example("renewal"))
    html = made.render(view=shown, plan=shown.draft.plan, says={}, at=answer.at)

    element = {"choice": "select", "note": "textarea"}.get(answer.kind.form, "input")
    assert re.search(rf'<{element}[^>]* name="{answer.at}"', html)
    assert (element, answer.kind.form) != ("input", "")
    assert ("(%)</label>" in html) == isinstance(answer.kind, Percent)
    decimal = isinstance(answer.kind, Number | Estimated)
    keys = "text" if answer.kind.may_be_negative else "decimal"
    assert (f'inputmode="{keys}"' in html) == decimal


def test_nobody_tells_an_answer_by_what_its_address_ends_in() -> None:
    """What an answer is, its row says: its unit, its kind, whose it is."""
    keys = {key for answer in ANSWERS for key in parts(answer.at)}
    ending = re.compile(r"\.(?:endswith|removesuffix)\(([^()]*|\([^()]*\))\)")
    guessed = [
        f"{path.name}: {found[0]}"
        for folder in ("planner", "runtime/handbook")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in {".py", ".html"}
        for found in ending.finditer(path.read_text("utf-8"))
        for said in re.findall(r"[\"']/?([a-z_]+)[\"']", found[1])
        if any(key.endswith(said) for key in keys)
    ]
    assert guessed == []


QUOTATIONS = [
    answer_at(at)
    for answer in ANSWERS
    for at in (answer.at, under(answer.at, "price"))
    if (found := find_answer(at)) and isinstance(found.kind, Quotation)
]


@pytest.mark.parametrize("answer", QUOTATIONS, ids=lambda a: a.at)
def test_what_quotes_an_issue_or_an_option_quotes_one_that_is_there(
    answer: Answer,
) -> None:
    assert answer.at not in problems(FULL)
    assert answer.at in problems(replaced(FULL, answer.at, "nowhere"))


def test_an_answer_that_holds_nothing_the_planner_knows_is_said_as_nothing() -> None:
    at = "/future/us/yearly_gain"
    document = {"format": FORMAT, "future": {"us": {"yearly_gain": {"later": 1}}}}
    known = value_at(read_draft(document).plan, at)

    assert answer_at(at).kind.say(known, "EUR") == ""
