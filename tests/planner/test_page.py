"""Plan → HTML: every answer has its field, and no typed text becomes an element."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given

from planner.advice.rules import RULES
from planner.plan.address import look_up, replaced
from planner.plan.document import read_draft, tidied
from planner.show.charts import deals_chart
from planner.show.page import (
    PANELS,
    View,
    field_id,
    field_link,
    link,
    panel,
    show,
    view,
)
from tests import strategies
from tests.planner.changes import changed, is_field

FIELDS = ("input", "select", "textarea")
VOID = {"input", "br", "img", "hr", "path", "circle", "rect", "line"}

HOSTILE = "</textarea></select>\"'><zzz onzzz=a>{{ 7*7 }}<!--&lt;\\u003c "


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    inside: tuple[str, ...] = ()  # the tags around it
    text: str = ""


@dataclass
class Page(HTMLParser):
    """The elements of a page, in order; broken nesting is an error."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), attrs
        inside = tuple(each.tag for each in self.open)
        element = Element(tag, {name: value or "" for name, value in attrs}, inside)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def having(self, attribute: str) -> list[Element]:
        return [e for e in self.elements if attribute in e.attributes]

    @property
    def fields(self) -> list[Element]:
        """What is typed or chosen in, by the address of its answer."""
        return [e for e in self.having("name") if e.tag in FIELDS]

    def at(self, id: str) -> Element:
        [element] = [e for e in self.elements if e.attributes.get("id") == id]
        return element


def parsed(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    assert page.open == []
    return page


def page_of(document: dict[str, Any], **settings: Any) -> Page:
    """Every panel on one page."""
    return parsed("\n".join(show(view(document, own=True, **settings)).values()))


def _full_of_problems(worked: dict[str, Any]) -> dict[str, Any]:
    doubtful: dict[str, Any] = changed(
        worked,
        {
            "/future/continue_chance": "140",
            "/future/us/yearly_gain": "1,234",
            "/issues/0/weight/us": "-5",
            "/issues/0/limit": "€1",
            "/issues/1/name": " ",
            "/issues/2/name": "Price per 1,000 trays",
            "/issues/3/options/0/us": "lots",
            "/issues/9/by": "soon",
            "/alternatives/us/0/chance": "maybe",
            "/moves/0/from": "€1",
            "/moves/1/by": ["us"],
            "/offers/0/date": "yesterday",
            "/offers/1/terms/price": "€1",
        },
    )
    return doubtful


def _hostile(worked: dict[str, Any]) -> dict[str, Any]:
    """The worked plan with markup in every text, ids and quotations included."""
    kept = ("format", "kind", "by", "basis", "date", "currency")

    def spoilt(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            inner = key == "terms"
            return {
                (HOSTILE + k if inner else k): spoilt(v, k) for k, v in value.items()
            }
        if isinstance(value, list):
            return [spoilt(member, key) for member in value]
        text = isinstance(value, str) and key not in kept
        return HOSTILE + value if text else value

    spoiled: dict[str, Any] = spoilt(worked)
    return spoiled


DOCUMENTS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "the worked plan": lambda worked: worked,
    "an empty plan": lambda worked: {"format": worked["format"]},
    "a plan full of problems": _full_of_problems,
    "hostile text": _hostile,
    "blank rows": lambda worked: changed(
        worked,
        {
            "/issues/10": {"kind": "agreement", "id": "issue-11", "name": ""},
            "/issues/11": {"kind": "relationship", "id": "issue-12", "name": ""},
            "/issues/0/options/5": {},
            "/moves/2": {},
            "/offers/2": {},
            "/alternatives/us/1": {},
            "/alternatives/them/1": None,
        },
    ),
}
every_document = pytest.mark.parametrize("make", DOCUMENTS.values(), ids=DOCUMENTS)


@every_document
@pytest.mark.parametrize("name", PANELS)
def test_every_panel_renders(name: str, make: Any, worked: dict[str, Any]) -> None:
    parsed(panel(name, view(make(worked))))


@pytest.mark.large
@every_document
def test_no_two_elements_have_one_id(make: Any, worked: dict[str, Any]) -> None:
    ids = [e.attributes["id"] for e in page_of(make(worked)).having("id")]

    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.large
@every_document
def test_a_field_is_named_by_its_address_and_shows_what_was_typed(
    make: Any, worked: dict[str, Any]
) -> None:
    document = tidied(make(worked))

    for element in page_of(make(worked)).fields:
        attributes = element.attributes
        at = attributes.get("data-at") or attributes["name"]
        assert is_field(at), at
        typed = look_up(document, at)
        if attributes.get("type") == "radio":  # one of a choice, whose value it may be
            assert attributes["id"].startswith(f"{field_id(at)}-")
            continue
        assert attributes["id"] == field_id(at)
        if element.tag == "input" and isinstance(typed, str):
            assert element.attributes["value"] == typed
        if element.tag == "textarea":
            assert element.text == (typed or "")


@pytest.mark.large
@every_document
def test_every_field_has_a_label_or_stands_in_one(
    make: Any, worked: dict[str, Any]
) -> None:
    page = page_of(make(worked))
    labelled = {e.attributes["for"] for e in page.having("for")}

    for element in page.fields:
        named = "aria-label" in element.attributes or "label" in element.inside
        assert named or element.attributes["id"] in labelled


@pytest.mark.large
@every_document
def test_every_link_into_the_page_leads_somewhere(
    make: Any, worked: dict[str, Any]
) -> None:
    page = page_of(make(worked))
    ids = {e.attributes["id"] for e in page.having("id")}
    links = [e.attributes["href"] for e in page.having("href")]

    assert [href for href in links if href[0] == "#" and href[1:] not in ids] == []


@pytest.mark.large
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_evidence_of_every_rule_can_be_reached(
    rule: Any, worked: dict[str, Any]
) -> None:
    document = changed(worked, rule.fires_on)
    shown = view(document, own=True)
    evidence = rule.check(shown.analysis)
    place = f' id="{field_link(evidence.at, shown).removeprefix("#")}"'

    assert any(place in panel(name, shown) for name in PANELS)


class TestHostileText:
    """No element and no attribute is made of what somebody typed."""

    def test_it_stays_text(self, worked: dict[str, Any]) -> None:
        page = page_of(_hostile(worked), base="../")

        assert {e.tag for e in page.elements} <= {
            e.tag for e in page_of(worked).elements
        } | {"p"}
        assert [e for e in page.elements if any("zzz" in a for a in e.attributes)] == []
        assert "49" not in page.at(field_id("/title")).attributes["value"]

    def test_it_is_one_plan_without_a_problem(self, worked: dict[str, Any]) -> None:
        """Strange names are names: nothing is refused for them."""
        assert read_draft(_hostile(worked)).problems == ()

    def test_its_presses_hold_what_they_should(self, worked: dict[str, Any]) -> None:
        for element in page_of(_hostile(worked)).having("data-do"):
            assert json.loads(element.attributes["data-do"])

    def test_its_advice_quotes_it_as_it_stands(self, worked: dict[str, Any]) -> None:
        shown = view(_hostile(worked))
        texts = [e.text for e in parsed(panel("advice", shown)).elements]

        for reason in shown.advice.reasons:
            assert any(reason.advice in text for text in texts)

    @pytest.mark.property
    @strategies.slow
    @given(strategies.drafts | strategies.lookalikes)
    def test_any_draft_can_be_shown_and_its_links_lead_somewhere(
        self, document: Any
    ) -> None:
        page = page_of(document)
        ids = {e.attributes["id"] for e in page.having("id")}
        links = [e.attributes["href"] for e in page.having("href")]

        assert [href for href in links if href[0] == "#" and href[1:] not in ids] == []

    def test_no_template_trusts_a_text(self) -> None:
        templates = list((files("planner.show") / "templates").iterdir())

        assert len(templates) > 5
        for template in templates:
            source = template.read_text("utf-8")
            for unsafe in ("|safe", "| safe", "Markup", "autoescape", "|forceescape"):
                assert unsafe not in source, template.name


class TestProblems:
    """A plain sentence beside the field, and in a list at the top that links to it."""

    def test_each_stands_beside_its_field_and_in_the_list(
        self, worked: dict[str, Any]
    ) -> None:
        document = _full_of_problems(worked)
        page = page_of(document)
        summary = page.at("problems")
        links = [(e.attributes["href"], e.text) for e in page.having("href")]
        found = read_draft(document).problems

        assert len(found) >= 13
        for problem in found:
            beside = page.at(f"{field_id(problem.at)}-problem")
            assert beside.text == f"{problem.says}."
            assert problem.says in summary.text
            assert (f"#{field_id(problem.at)}", problem.says) in links

    def test_its_field_says_so_to_a_screen_reader(self, worked: dict[str, Any]) -> None:
        document = _full_of_problems(worked)
        page = page_of(document)

        for problem in read_draft(document).problems:
            attributes = page.at(field_id(problem.at)).attributes
            assert attributes["aria-invalid"] == "true"
            described = attributes["aria-describedby"].split()
            assert f"{field_id(problem.at)}-problem" in described

    def test_what_was_typed_is_kept(self, worked: dict[str, Any]) -> None:
        page = page_of(_full_of_problems(worked))

        assert page.at(field_id("/future/continue_chance")).attributes["value"] == "140"
        assert page.at(field_id("/issues/0/weight/us")).attributes["value"] == "-5"

    def test_that_of_the_field_being_typed_in_waits(
        self, worked: dict[str, Any]
    ) -> None:
        at = "/future/continue_chance"
        document = replaced(worked, at, "140")

        typing = page_of(document, typing=at)
        left = page_of(document, typing="/title")
        assert [
            e for e in typing.having("id") if e.attributes["id"] == "problems"
        ] == []
        assert "aria-invalid" not in typing.at(field_id(at)).attributes
        assert "Enter a chance" in left.at("problems").text

    def test_a_plan_without_problems_has_no_list(self, worked: dict[str, Any]) -> None:
        assert panel("problems", view(worked)) == ""

    def test_on_another_page_the_link_leads_to_the_plan(
        self, worked: dict[str, Any]
    ) -> None:
        document = replaced(worked, "/issues/0/weight/us", "-5")
        shown = view(document, base="../../", panels=("problems", "future"))
        [element] = parsed(panel("problems", shown)).having("href")

        at = field_id("/issues/0/weight/us")
        assert element.attributes["href"] == f"../../your-plan/#{at}"


class TestRendering:
    def test_only_the_panels_of_the_page_are_made(self, worked: dict[str, Any]) -> None:
        assert list(show(view(worked, panels=("future", "advice")))) == [
            "future",
            "advice",
        ]

    def test_a_panel_that_is_not_there_is_an_error(
        self, worked: dict[str, Any]
    ) -> None:
        with pytest.raises(KeyError):
            panel("fields", view(worked))

    def test_rendering_twice_gives_the_same(self, worked: dict[str, Any]) -> None:
        assert show(view(worked)) == show(view(worked))

    def test_what_mends_the_weights_is_told_as_the_advice_tells_it(
        self, worked: dict[str, Any]
    ) -> None:
        ranking = ["duties", "ending", "tooling", "service", "price"]
        shown: View = view(replaced(worked, "/ranking", ranking), own=True)
        mend = shown.analysis.ranking_repair
        assert mend is not None
        page = parsed(panel("check", shown))
        changes = [e.text for e in page.elements if e.text.startswith("“")]

        assert f"{mend.kind}:" in "".join(e.text for e in page.elements)
        assert list(dict.fromkeys(changes)) == [change.says for change in mend.changes]
        told = parsed(panel("advice", shown))
        assert any(mend.says in element.text for element in told.elements)

    def test_the_worked_plan_s_chart_counts_its_deals(
        self, worked: dict[str, Any]
    ) -> None:
        shown: View = view(worked)
        chart, end, _ = panel("deals", shown).partition("</figure>")
        page = parsed(chart + end)

        efficient = len(shown.analysis.frontier)
        finding = page.at("deals-finding").text
        assert finding.startswith(f"{efficient} of {len(shown.analysis.deals)} deals")
        shown_as = [e.tag for e in page.elements if e.tag in ("circle", "rect")]
        drawn = deals_chart(shown.analysis)
        assert drawn is not None
        worths = {(p.us, p.them) for p in shown.analysis.frontier}
        others = sum((p.us, p.them) not in worths for _, p in drawn.rows)
        assert len(shown_as) == drawn.listed + others  # where they stand, for instance

    def test_deals_of_which_none_beats_walking_away_are_shown_and_say_so(
        self, worked: dict[str, Any]
    ) -> None:
        shown: View = view(replaced(worked, "/alternatives/us/0/value", 400_000))
        deals = panel("deals", shown)
        finding = parsed(deals).at("deals-finding").text

        assert finding.endswith("none is better than walking away for both of you.")
        assert "Nothing here yet" not in deals
        assert "fair-division" not in deals
        assert f"<p>{finding}</p>" in panel("advice", shown)


@pytest.mark.parametrize(
    ("target", "base", "url"),
    [
        ("method/two-lists.md#a", "../", "../method/two-lists/#a"),
        ("your-plan.md", "", "your-plan/"),
        ("index.md", "../", "../"),
        ("index.md", "", "./"),
        ("method/index.md#x", "", "method/#x"),
    ],
)
def test_a_link_leads_from_the_page_to_the_heading(
    target: str, base: str, url: str
) -> None:
    assert link(target, base) == url
