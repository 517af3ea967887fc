"""Where each answer of a plan stands on its page, and how many presses lead there.

What has a test of its own elsewhere is not repeated: saved plans, files and links in
``test_plans``, steps and offers in ``test_at_the_table``, undo in ``test_undo``.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from planner.edits.examples import example
from planner.plan.rows import find_answer
from planner.show.page import field_id, view
from planner.show.tabs import TABS, tab_of
from planner.words.figures import percent
from tests.browser.conftest import keep_as_own
from tests.planner.changes import leaves
from tests.planner.test_document import FULL

pytestmark = [pytest.mark.browser, pytest.mark.every_width]

type Open = Callable[[str], Page]

# A tab and a fold; what lies apart from the tabs, by the menu and its link.
MOST_PRESSES, MOST_APART = 2, 3
# What stands between a reader and each of these ids, in presses; none for no such id.
PRESSES = """(wanted) => wanted.map((ids) => {
  const place = ids.map((id) => document.getElementById(id)).find(Boolean);
  if (!place) return null;
  let presses = 0;
  for (let at = place; at; at = at.parentElement) {
    const fold = at.tagName === "DETAILS" && !at.open && at !== place;
    const tab = at.matches("[data-part]") && !at.matches("[data-part]:first-of-type");
    presses += Number(fold) + Number(tab);
  }
  return presses;
})"""


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def panel(page: Page, name: str) -> Locator:
    return page.locator(f'[data-panel="{name}"]')


@pytest.fixture
def plan(open_page: Open) -> Page:
    """The worked renewal, as a plan of one's own."""
    page = open_page("your-plan/")
    keep_as_own(page)
    return page


CLOSE = """() => {
  for (const fold of document.querySelectorAll("parley-panel details[open]"))
    fold.open = false;
}"""


def reach(page: Page, path: Sequence[str]) -> None:
    """From the plan as it is opened, press what a reader presses, and nothing else."""
    page.evaluate(CLOSE)
    page.locator(f"#tab-{TABS[0].id}").click()
    for selector in path:
        there = page.locator(selector)
        expect(there).to_be_visible()
        there.evaluate("(e) => e.click()")


def to(tab: str, *folds: str) -> list[str]:
    """The way to a tab and the folds in it."""
    return [f"#tab-{tab}", *(f"{fold} > summary" for fold in folds)]


APART = ["#menu-more > summary", '#menu-more a[href$="#look-closer"]']
# The way to each group of answers, from the plan as it is opened.
PLACES: dict[str, tuple[list[str], tuple[str, ...]]] = {
    "names, roles, currency and mandate": (
        ["#menu-plans > summary", "#menu-parties > summary"],
        ("/us/name", "/us/role", "/them/name", "/them/role", "/currency", "/mandate"),
    ),
    "the two questions": (
        to("worth"),
        (
            "/future/continue_chance",
            "/future/us/yearly_gain",
            "/future/us/one_off_gain",
        ),
    ),
    "their side with its basis": (
        to("worth", "#their-side"),
        (
            "/future/them/yearly_gain/low",
            "/future/them/yearly_gain/high",
            "/future/them/one_off_gain",
            "/future/them/basis",
        ),
    ),
    "rate, term, growth and costs": (
        to("worth", "#more-of-the-future"),
        (
            "/future/discount_rate",
            "/future/continue_chance_if_we_give",
            "/future/years",
            "/future/growth",
            "/future/talking_costs",
        ),
    ),
    "your own belief": (to("worth", "#f-signals"), ("/their_frame",)),
    "alternatives of both sides": (
        to("without-a-deal"),
        tuple(
            f"/alternatives/{side}/0/{key}"
            for side in ("us", "them")
            for key in ("name", "value", "chance", "cost", "basis")
        ),
    ),
    "what came back for a step": (
        to("at-the-table", "#f-moves-0"),
        ("/moves/0/why", "/moves/0/in_return_for", "/moves/0/round", "/moves/0/date"),
    ),
    "the date and the terms of an offer": (
        to("at-the-table", "#f-offers-1"),
        ("/offers/1/by", "/offers/1/date", "/offers/1/round", "/offers/1/terms/price"),
    ),
    "how many rounds are expected": (to("at-the-table"), ("/rounds",)),
    "how it ended": (
        to("afterwards"),
        (
            "/outcome/agreed",
            "/outcome/date",
            "/outcome/relationship",
            "/outcome/learned",
        ),
    ),
    "what was signed": (to("afterwards", "#outcome-terms"), ("/outcome/terms/price",)),
    "what checking costs": (
        APART,
        (
            "/future/us/monitoring_now",
            "/future/us/monitoring_trusted",
            "/loss_if_betrayed",
            "/own_failure",
        ),
    ),
    "how often to check": (
        [*APART, "#more-on-checks > summary"],
        ("/checks/cost", "/checks/penalty", "/checks/effort", "/checks/a_year"),
    ),
}


def test_answers_are_where_they_are_looked_for(plan: Page) -> None:
    for path, answers in PLACES.values():
        apart = path[: len(APART)] == APART
        assert len(path) <= (MOST_APART if apart else MOST_PRESSES)
        reach(plan, path)
        for at in answers:
            expect(field(plan, at)).to_be_visible()
            expect(field(plan, at)).to_be_enabled()


class TestWhatIsTyped:
    """An answer that is folded away reaches what follows from it all the same."""

    @pytest.mark.wide_only
    def test_the_names_stand_in_the_brief(self, plan: Page) -> None:
        reach(plan, PLACES["names, roles, currency and mandate"][0])
        field(plan, "/them/name").fill("Birch Packaging")
        expect(plan.locator(".parley-brief")).to_contain_text("Birch Packaging")

    @pytest.mark.wide_only
    def test_a_fixed_term_changes_what_the_future_is_worth(self, plan: Page) -> None:
        worth = panel(plan, "future").locator(".parley-results dd").first
        before = worth.inner_text()
        reach(plan, PLACES["rate, term, growth and costs"][0])
        field(plan, "/future/years").fill("2")
        expect(worth).not_to_have_text(before)

    @pytest.mark.wide_only
    def test_a_belief_overrides_the_signs(self, plan: Page) -> None:
        reach(plan, PLACES["your own belief"][0])
        field(plan, "/their_frame").fill("90")
        looks = panel(plan, "signals").locator(".parley-results > div").last
        expect(looks).to_contain_text(f"{percent(0.9)}, your belief")


class TestLookCloser:
    def test_has_every_deal_the_rules_and_how_firm_the_fair_one_is(
        self, plan: Page
    ) -> None:
        reach(plan, APART)
        deals = panel(plan, "deals")
        expect(deals.locator("figcaption").first).to_be_visible()
        known = view(example("renewal")).analysis
        for solution in known.solutions:
            expect(deals).to_contain_text(solution.rule[1:])
        assert known.robustness is not None
        expect(deals).to_contain_text(percent(known.robustness.share))
        expect(deals.locator("#weights-chart-title")).to_have_count(1)

    def test_has_what_is_looked_at_now_and_then(self, plan: Page) -> None:
        reach(plan, APART)
        for name in ("whatif", "theirs", "check", "trust", "compare"):
            expect(panel(plan, name).locator("h3").first).to_be_visible()


def test_the_browsers_own_print_prints_the_brief_from_every_tab(plan: Page) -> None:
    for tab in TABS:
        reach(plan, to(tab.id))
        plan.emulate_media(media="print")
        expect(plan.locator(".parley-brief__main")).to_be_visible()
        plan.emulate_media(media="screen")


def asked() -> Iterator[str]:
    """Every answer of the full document that a form asks for, but for the lists."""
    for at, _ in leaves(FULL):
        known = find_answer(at)
        home = tab_of(known.panel) if known else None
        if known and known.is_asked and home and home.id != "on-the-table":
            yield at


def test_no_answer_of_the_document_is_without_a_place(
    open_page: Open, page: Page, tmp_path: Path
) -> None:
    """Each has its field, or its chips, at most a tab and a fold away."""
    file = tmp_path / "full.json"
    file.write_text(json.dumps(FULL))
    open_page("your-plan/")
    page.locator("input[type=file]").set_input_files(file)
    expect(field(page, "/title")).to_be_focused()
    places: dict[str, Any] = {}
    for tab in (*(each.id for each in TABS), "look-closer"):
        page.evaluate("(id) => { location.hash = id }", tab)
        expect(page.locator(f"#part-{tab}")).to_be_visible()
        expect(page.locator(f"#part-{tab} [inert]")).to_have_count(0)
    answers = list(asked())
    wanted = [[field_id(at)] for at in answers]
    places = dict(zip(answers, page.evaluate(PRESSES, wanted), strict=True))
    assert [at for at, presses in places.items() if presses is None] == []
    assert {at: n for at, n in places.items() if n > MOST_PRESSES} == {}
