"""The plan page in its tabs: gone through by hand, by key, by address and by Back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from planner.edits.examples import example
from planner.plan.document import FORMAT
from planner.plan.kinds import CHANCES
from planner.show.page import view
from planner.show.tabs import APART, TABS
from runtime.handbook.macros import (
    LETTERS_A_MINUTE,
    SECONDS_A_FIELD,
    TUTORIAL_STEPS,
    typed,
)
from tests.browser.conftest import keep_as_own

pytestmark = [pytest.mark.browser, pytest.mark.every_width]

type Open = Callable[[str], Page]

MINUTES = 5
PARTS = (*TABS, *APART)
EDGE = 0.25  # of the window's height, the most that may stay in it
LOW = 500  # px; in a lower window only the answer's line stays
# px of the window's height that stay in it wherever one scrolls.
STAYS = """() => [...document.querySelectorAll("body *")]
  .filter((e) => ["sticky", "fixed"].includes(getComputedStyle(e).position))
  .filter((e) => e.checkVisibility() && e.offsetWidth > innerWidth / 2)
  .map((e) => e.getBoundingClientRect())
  .filter(({ top, bottom, left, right, height }) => height > 1
    && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth)
  .reduce((sum, { height }) => sum + height, 0)"""


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def part(page: Page, id: str) -> Locator:
    return page.locator(f"#part-{id}")


def line(page: Page) -> Locator:
    """The answer in one sentence."""
    return page.locator(".parley-bottom strong")


def only(page: Page, id: str) -> None:
    """That part is open and no other one, and its tab says so."""
    for each in PARTS:
        expect(part(page, each.id)).to_be_visible(visible=each.id == id)
    for tab in TABS:
        chosen = "true" if tab.id == id else "false"
        expect(page.locator(f"#tab-{tab.id}")).to_have_attribute(
            "aria-selected", chosen
        )


class TestTheTutorial:
    @pytest.mark.wide_only
    def test_is_under_five_minutes_of_typing(self) -> None:
        answers = [said for step in TUTORIAL_STEPS for _, said in typed(step)]
        minutes = sum(map(len, answers)) / LETTERS_A_MINUTE
        assert minutes + len(answers) * SECONDS_A_FIELD / 60 < MINUTES


def test_three_answers_from_an_empty_plan_say_how_to_play_it_and_why(
    open_page: Open, page: Page
) -> None:
    """One press to begin, one for the chance, and two figures."""
    open_page("your-plan/")
    page.locator("#start-empty-here").click()
    expect(field(page, "/title")).to_be_focused()
    page.get_by_role("button", name="Likely", exact=True).click()
    field(page, "/future/us/yearly_gain").fill("20000")
    field(page, "/future/us/one_off_gain").fill("12000")
    promised = view(
        {
            "format": FORMAT,
            "currency": example("renewal")["currency"],  # as an empty plan begins
            "future": {
                "continue_chance": 0.8,
                "us": {"yearly_gain": 20_000, "one_off_gain": 12_000},
            },
        }
    ).advice
    expect(line(page)).to_have_text(promised.says)
    expect(page.locator(".parley-grounds li").first).to_contain_text(
        promised.grounds[0].says
    )


class TestFromTabToTab:
    def test_by_hand_by_back_and_by_a_reload(self, open_page: Open, page: Page) -> None:
        open_page("your-plan/")
        only(page, TABS[0].id)
        page.locator(f"#tab-{TABS[1].id}").click()
        only(page, TABS[1].id)
        page.locator(f"#part-{TABS[1].id} .parley-next a").click()
        only(page, TABS[2].id)
        expect(page.locator(f"#{TABS[2].id}")).to_be_focused()
        page.go_back()
        only(page, TABS[1].id)
        page.reload()
        only(page, TABS[1].id)
        page.go_back()
        only(page, TABS[0].id)

    @pytest.mark.wide_only
    def test_by_key_as_in_any_list_of_tabs(self, open_page: Open, page: Page) -> None:
        open_page("your-plan/")
        page.locator(f"#tab-{TABS[0].id}").focus()
        for key, place in (
            ("ArrowRight", 1),
            ("ArrowRight", 2),
            ("ArrowLeft", 1),
            ("End", -1),
            ("ArrowRight", 0),
            ("ArrowLeft", -1),
            ("Home", 0),
        ):
            page.keyboard.press(key)
            only(page, TABS[place].id)
            expect(page.locator(f"#tab-{TABS[place].id}")).to_be_focused()
        page.keyboard.press("Tab")
        assert not page.evaluate("() => document.activeElement.matches('[role=tab]')")

    @pytest.mark.wide_only
    def test_by_its_address(self, open_page: Open, page: Page) -> None:
        for each in PARTS:
            page.goto("about:blank")
            open_page(f"your-plan/#{each.id}")
            only(page, each.id)

    def test_a_field_that_an_address_names_is_gone_to_in_its_tab(
        self, open_page: Open, page: Page
    ) -> None:
        open_page("your-plan/#f-issues-1-limit")
        only(page, "on-the-table")
        expect(field(page, "/issues/1/limit")).to_be_focused()
        expect(field(page, "/issues/1/limit")).to_be_in_viewport(ratio=1)

    def test_what_was_typed_in_one_shows_in_another_when_it_is_opened(
        self, open_page: Open, page: Page
    ) -> None:
        open_page("your-plan/#on-the-table")
        name = page.locator(".parley-issue summary").first
        name.click()
        field(page, "/issues/0/name").fill("Freight")
        page.locator("#tab-at-the-table").click()
        expect(page.locator("[data-panel=packages]")).to_contain_text("Freight")

    def test_only_what_is_open_is_asked_for(self, open_page: Open, page: Page) -> None:
        """And what is closed, once it is opened."""
        page.add_init_script(
            """globalThis.asked = new Set();
            const parse = JSON.parse;
            JSON.parse = (text, ...rest) => {
              const read = parse(text, ...rest);
              for (const name of Object.keys(read?.html ?? {})) asked.add(name);
              return read;
            };"""
        )
        open_page("your-plan/")
        field(page, "/future/continue_chance").fill("90")
        # Not by ``expect``, which would go to the tab of the brief.
        page.wait_for_function(
            """() => document.querySelector(".parley-brief__main")
              .textContent.includes("Collaborate")"""
        )
        page.wait_for_function(
            "() => ['future', 'signals', 'advice'].every((name) => asked.has(name))"
        )
        named = set(page.evaluate("() => [...asked]"))
        apart = {n for each in PARTS[1:] for n in each.panels} - {"brief"}
        assert named & apart == set()
        page.locator("#tab-afterwards").click()
        page.wait_for_function("() => asked.has('review')")


def test_old_addresses_lead_on(page: Page, site: str) -> None:
    page.goto(f"{site}guided/#guided-9")
    expect(page).to_have_url(f"{site}your-plan/#without-a-deal")
    only(page, "without-a-deal")


@pytest.mark.wide_only
def test_without_scripts_the_parts_stand_below_each_other(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}your-plan/")
    for each in PARTS:
        heading = page.locator(f"#{each.id}")
        expect(heading).to_be_visible()
    for tab in TABS:
        href = page.locator(f"#tab-{tab.id}").get_attribute("href") or ""
        assert href.endswith(f"#{tab.id}")
    expect(page.locator("#f-advice")).to_be_visible()
    assert page.locator("parley-panel button:not(.parley-term):visible").count() == 0
    page.goto(f"{site}guided/")
    expect(page).to_have_url(f"{site}your-plan/")
    context.close()


class TestTheAnswer:
    def test_stays_in_sight_wherever_one_is(self, open_page: Open, page: Page) -> None:
        page.set_viewport_size({"width": page.viewport_size["width"], "height": 800})  # type: ignore[index]
        open_page("your-plan/")
        for tab in TABS:
            page.evaluate("(id) => { location.hash = id }", tab.id)
            only(page, tab.id)
            expect(part(page, tab.id).locator("[inert]")).to_have_count(0)
            for share in (0, 0.5, 1):
                page.evaluate(
                    "(to) => scrollTo(0, to * document.documentElement.scrollHeight)",
                    share,
                )
                expect(line(page)).to_be_in_viewport()
                if share == 0.5:
                    expect(page.locator(f"#tab-{tab.id}")).to_be_in_viewport()

    def test_what_stays_leaves_room_for_what_is_read(
        self, open_page: Open, page: Page
    ) -> None:
        wide = page.viewport_size["width"]  # type: ignore[index]
        page.set_viewport_size({"width": wide, "height": 812})
        open_page("your-plan/#on-the-table")
        page.locator("#start-here").click()
        expect(page.locator("[data-told]:not([hidden])")).to_have_count(1)
        page.evaluate("() => scrollTo(0, document.documentElement.scrollHeight / 2)")
        page.keyboard.press("Escape")  # what was just done is told for a moment only
        expect(page.locator("[data-told]:not([hidden])")).to_have_count(0)
        stays = page.evaluate(STAYS)
        assert stays <= EDGE * 812
        page.set_viewport_size({"width": wide, "height": LOW - 1})
        heads = page.locator(".parley-head").evaluate(
            "(head) => getComputedStyle(head).position"
        )
        assert heads == "static"

    @pytest.mark.parametrize("width", [375], indirect=True)
    def test_on_a_phone_its_line_unfolds_and_folds_again(
        self, open_page: Open, page: Page
    ) -> None:
        open_page("your-plan/")
        expect(page.locator("#f-advice")).to_be_hidden()
        page.locator(".parley-bottom").tap()
        expect(page.locator("#f-advice")).to_be_focused()
        expect(page.locator("#f-advice")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#f-advice")).to_be_hidden()
        expect(page.locator(".parley-bottom")).to_be_focused()


def test_a_menu_opens_inside_the_window(
    open_page: Open, page: Page, width: int
) -> None:
    open_page("your-plan/")
    keep_as_own(page)
    for menu in page.locator(".parley-menu").all():
        menu.locator("> summary").click()
        box = menu.locator(".parley-menu__body").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


# A press on the menu as Safari takes it: nothing has the focus then. It comes while
# what follows from what was typed is being shown.
PRESS_MEANWHILE = """() => new MutationObserver((_, observer) => {
  observer.disconnect();
  document.querySelector("#menu-plans").open = true;
  document.activeElement.blur();
}).observe(document.querySelector("[data-panel=stance]"), {
  subtree: true,
  childList: true,
  characterData: true,
})"""


def test_a_menu_that_is_opened_while_an_answer_is_shown_stays_open(
    open_page: Open, page: Page
) -> None:
    open_page("your-plan/")
    keep_as_own(page)
    field(page, "/future/continue_chance").fill("70")
    expect(page.locator("parley-panel:not([behind])")).to_be_visible()
    page.evaluate(PRESS_MEANWHILE)
    field(page, "/future/continue_chance").fill("20")
    expect(page.locator("#menu-plans")).to_have_attribute("open", "")
    expect(page.locator("parley-panel:not([behind])")).to_be_visible()
    expect(page.locator("#menu-plans")).to_have_attribute("open", "")


class TestAChanceInWords:
    def test_is_picked_shown_and_taken_back(self, open_page: Open, page: Page) -> None:
        open_page("your-plan/")
        chance = field(page, "/future/continue_chance")
        future = page.locator("[data-panel=future]")
        choices = future.locator(".parley-choice")
        pressed = future.locator(".parley-choice[aria-pressed=true]")
        expect(pressed).to_have_count(1)
        choices.first.click()
        expect(choices.first).to_have_attribute("aria-pressed", "true")
        expect(chance).to_have_value(f"{min(CHANCES.values()):.0%}"[:-1])
        page.locator("#undo").click()
        expect(chance).to_have_value("80")
        chance.fill("81")
        expect(pressed).to_have_count(0)


MEASURES = """() => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true });
  const fields = [...document.querySelectorAll(
    "parley-panel :is(input:not([type=file]), select, textarea)")].filter(shown);
  const first = fields.find((e) => e.closest("[data-part]"));
  const stops = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(shown).filter((e) => !e.disabled && e.tabIndex >= 0)
    // Tab stops once at a choice; the arrows go on in it.
    .filter((e, _, all) => e.type !== "radio"
      || all.find(({ type, name }) => type === "radio" && name === e.name) === e);
  return {
    screens: document.documentElement.scrollHeight / innerHeight,
    fields: fields.length,
    stops: stops.length,
    first: first ? (first.getBoundingClientRect().top + scrollY) / innerHeight : 0,
  };
}"""
# In screens of a desk and of a phone.
LONGEST = {1280: 2.0, 375: 4.0}
MOST_FIELDS, MOST_STOPS = 18, 120


def test_no_tab_is_long(open_page: Open, page: Page, width: int) -> None:
    """With the worked renewal, as a plan of one's own."""
    page.set_viewport_size({"width": width, "height": 800 if width > 375 else 812})
    open_page("your-plan/")
    keep_as_own(page)
    for tab in TABS:
        page.locator(f"#tab-{tab.id}").click()
        expect(part(page, tab.id).locator("[inert]")).to_have_count(0)
        found = page.evaluate(MEASURES)
        assert found["stops"] <= MOST_STOPS, (tab.id, found)
        assert found["screens"] <= LONGEST[width], (tab.id, found)
        if tab is TABS[0]:
            assert found["fields"] <= MOST_FIELDS, found
            assert found["first"] < 1, found


# What a finger presses: links inside a sentence are as high as their line.
SMALL = """() => [...document.querySelectorAll(
    "parley-panel :is(a, button, input, select, textarea, summary)")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }))
  .filter((e) => !e.matches(".parley-unseen, .parley-term, .parley-help, [type=range]"))
  .filter((e) => !(e.tagName === "A" && getComputedStyle(e).display === "inline"))
  .filter((e) => e.getBoundingClientRect().height < 43.5)
  .map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("width", [375], indirect=True)
def test_a_finger_meets_what_it_presses(open_page: Open, page: Page) -> None:
    open_page("your-plan/")
    keep_as_own(page)
    small = {}
    for tab in PARTS:
        page.evaluate("(id) => { location.hash = id }", tab.id)
        expect(part(page, tab.id)).to_be_visible()
        expect(part(page, tab.id).locator("[inert]")).to_have_count(0)
        if found := page.evaluate(SMALL):
            small[tab.id] = found
    assert small == {}


def test_the_browsers_own_search_finds_what_a_closed_tab_holds(
    open_page: Open, page: Page
) -> None:
    open_page("your-plan/")
    closed = part(page, TABS[-1].id)
    assert closed.get_attribute("hidden") in ("until-found", "")
    closed.evaluate(
        "(e) => { e.dispatchEvent(new Event('beforematch', { bubbles: true })) }"
    )
    only(page, TABS[-1].id)
