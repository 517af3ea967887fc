"""The front page: three questions that answer at once, and the way to one's plan."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from planner.analyses.stance import Stance
from planner.edits.examples import example
from planner.plan.document import FORMAT
from planner.show.home import ASKED, first_answers
from planner.show.page import view
from tests.browser.conftest import DESK, LISTEN, PLANS, SLOW
from tests.pages import pages

pytestmark = [pytest.mark.browser, pytest.mark.every_width]

type Open = Callable[[str], Page]

CHANCE, GAIN, GRAB = ASKED
# What the browser keeps of the plan that is open.
KEPT = """async (name) => {
  const asked = (request) => new Promise((done) => {
    request.onsuccess = () => done(request.result);
  });
  const database = await asked(indexedDB.open(name));
  const stores = database.transaction(["plans", "settings"]);
  const plans = await asked(stores.objectStore("plans").getAll());
  const current = await asked(stores.objectStore("settings").get("current"));
  database.close();
  return { plans, open: plans.find(({ id }) => id === current)?.document ?? null };
}"""
# A device that is never idle, and tells late: that the panel was out of view and has
# come into view it tells in one.
BUSY = """
globalThis.requestIdleCallback = (does, { timeout } = {}) =>
  timeout && setTimeout(does, timeout);
const Original = IntersectionObserver;
globalThis.IntersectionObserver = class extends Original {
  constructor(hear, how) {
    const before = { isIntersecting: false };
    super((changes, observer) => hear([before, ...changes], observer), how);
  }
};"""


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def answer(page: Page) -> Locator:
    return page.locator(".parley-few__follows")


def begin(page: Page) -> Locator:
    return page.get_by_role("link", name="Plan my negotiation")


def go_on(page: Page) -> Locator:
    return page.get_by_role("link", name="Go on with")


def kept(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(KEPT, PLANS)
    return found


def of_one_s_own(chance: float, gain: float, grab: float) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "currency": example("renewal")["currency"],
        "future": {
            "continue_chance": chance,
            "us": {"yearly_gain": gain, "one_off_gain": grab},
        },
    }


def test_python_starts_on_a_device_that_is_busy_all_the_time(
    page: Page, site: str
) -> None:
    page.add_init_script(f"{{{BUSY}}}")
    page.goto(site)
    expect(page.locator("parley-panel")).to_have_attribute("ready", "")


def test_it_is_served_with_an_example_and_its_answer(page: Page, site: str) -> None:
    """Before any script has come: read from what the host gives."""
    response = page.request.get(site)
    promised = view(first_answers(example("renewal"))).advice

    assert promised.says in response.text()
    assert promised.stance.label in response.text()


def test_three_answers_make_a_plan_with_these_and_nothing_else(
    open_page: Open, page: Page
) -> None:
    """Four presses and answers from the door to a stance with its reason."""
    open_page("")
    page.get_by_role("button", name="Even", exact=True).click()
    field(page, GAIN).fill("24000")
    field(page, GRAB).fill("9000")
    promised = view(of_one_s_own(0.5, 24000, 9000)).advice
    expect(answer(page)).to_contain_text(promised.says)
    expect(answer(page)).to_contain_text(promised.stance.label)
    begin(page).click()

    expect(page).to_have_url(re.compile("/your-plan/"))
    expect(field(page, CHANCE)).to_have_value("50")
    expect(field(page, GAIN)).to_have_value("24000")
    expect(field(page, GRAB)).to_have_value("9000")
    expect(page.locator(".parley-bottom strong")).to_have_text(promised.says)
    expect(page.locator(".parley-grounds li").first).to_contain_text(
        promised.grounds[0].says
    )
    assert kept(page)["open"] == of_one_s_own(0.5, 24000, 9000)


def test_what_is_typed_takes_the_place_of_the_example(
    open_page: Open, page: Page
) -> None:
    open_page("")
    page.get_by_role("button", name="Likely", exact=True).click()
    field(page, GAIN).click()
    page.keyboard.type("18000")
    expect(field(page, GAIN)).to_have_value("18000")
    expect(answer(page)).to_contain_text("€48,000")


def test_untouched_its_button_opens_an_empty_plan(open_page: Open, page: Page) -> None:
    open_page("")
    begin(page).click()

    expect(field(page, "/title")).to_have_value("")
    for at in ASKED:
        expect(field(page, at)).to_have_value("")
    assert "future" not in kept(page)["open"]


def test_a_first_key_is_answered_while_the_reader_looks(page: Page, site: str) -> None:
    """On a slow device: the answer before is marked as such, and stays in view."""
    page.add_init_script(f"({SLOW})(1500)")
    page.goto(site)
    field(page, CHANCE).fill("5")
    old = answer(page).locator(".parley-old")
    expect(old).to_be_visible()
    expect(answer(page).locator(".parley-stance")).to_be_in_viewport(ratio=1)
    expect(field(page, CHANCE)).to_be_in_viewport(ratio=1)
    expect(answer(page)).not_to_contain_text("Probe")
    expect(old).to_be_hidden()
    expect(answer(page).locator(".parley-stance")).to_be_in_viewport(ratio=1)
    expect(field(page, CHANCE)).to_be_in_viewport(ratio=1)


def test_a_pressed_chance_shows_before_python_is_there(page: Page, site: str) -> None:
    page.add_init_script(f"({SLOW})(1500)")
    page.goto(site)
    hardly = page.get_by_role("button", name="Hardly", exact=True)
    hardly.click()
    expect(hardly).to_have_attribute("aria-pressed", "true", timeout=500)
    expect(field(page, CHANCE)).to_have_value("25", timeout=500)


def test_what_cannot_be_read_is_told_at_its_field_after_one_leaves_it(
    open_page: Open, page: Page
) -> None:
    open_page("")
    field(page, GAIN).fill("a lot")
    field(page, GAIN).press("Tab")
    expect(field(page, GAIN)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#f-future-us-yearly_gain-problem")).to_be_visible()


class TestAReaderWhoComesBack:
    def test_is_led_to_their_plan_and_told_how_it_stands(
        self, open_page: Open, page: Page
    ) -> None:
        open_page("your-plan/")
        page.locator("#start-here").click()
        field(page, "/title").fill("Kestrel Retail 2027")
        field(page, "/title").press("Tab")
        expect(page.locator("[data-saving=saved]")).to_be_visible()

        open_page("")
        expect(go_on(page)).to_have_text("Go on with Kestrel Retail 2027")
        promised = view(example("renewal")).advice.stance
        told = page.locator("[data-returning]")
        expect(told).to_contain_text(f"({promised.label})")
        expect(told).to_contain_text("today")
        expect(begin(page)).to_be_hidden()
        expect(field(page, CHANCE)).to_be_hidden()
        go_on(page).click()
        expect(field(page, "/title")).to_have_value("Kestrel Retail 2027")

    def test_can_begin_another_and_finds_the_first_among_their_plans(
        self, open_page: Open, page: Page
    ) -> None:
        open_page("your-plan/")
        page.locator("#start-here").click()
        expect(page.locator("[data-saving=saved]")).to_be_visible()
        open_page("")
        page.get_by_role("link", name="Plan another negotiation").click()
        expect(field(page, "/title")).to_have_value("")
        for at in ASKED:
            expect(field(page, at)).to_have_value("")
        assert len(kept(page)["plans"]) == 2

    def test_finds_what_they_typed_on_the_front_page(
        self, open_page: Open, page: Page
    ) -> None:
        open_page("")
        field(page, GAIN).fill("24000")
        expect(page.locator("[data-saving=saved]")).to_be_visible()
        page.reload()
        expect(go_on(page)).to_have_text("Go on with your plan")
        go_on(page).click()
        expect(field(page, GAIN)).to_have_value("24000")


def test_six_situations_lead_to_their_pages(page: Page, site: str) -> None:
    page.goto(site)
    links = page.locator(".parley-situations a")
    known = {each.address for each in pages("situation")}
    led = {link.get_attribute("href") or "" for link in links.all()}

    assert len(led) == 6
    assert {each.removeprefix(site).removeprefix("./") for each in led} <= known


@pytest.mark.wide_only
def test_its_first_view_has_all_of_the_questions_and_their_answer(
    page: Page, site: str, width: int
) -> None:
    assert width == DESK
    page.set_viewport_size({"width": DESK, "height": 800})
    page.goto(site)
    for at in ASKED:
        expect(field(page, at)).to_be_in_viewport(ratio=1)
    expect(answer(page).locator(".parley-stance")).to_be_in_viewport(ratio=1)
    expect(begin(page)).to_be_in_viewport(ratio=1)


def test_a_change_is_read_aloud_once(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.locator("parley-panel")).to_have_attribute("ready", "")
    page.evaluate(LISTEN)
    field(page, CHANCE).fill("5")
    expect(page.locator("[data-conclusion]")).to_contain_text(
        Stance.CLAIM_COURTEOUSLY.label
    )
    heard = page.evaluate("() => heard.filter(Boolean)")
    assert len(heard) == 1, json.dumps(heard)


@pytest.mark.wide_only
def test_the_keyboard_alone_leads_from_the_door_to_a_plan(
    open_page: Open, page: Page
) -> None:
    open_page("")
    focused = "() => document.activeElement.name || document.activeElement.innerText"

    def walk(to: str, key: str) -> None:
        for _ in range(40):
            if page.evaluate(focused) == to:
                return
            page.keyboard.press(key)
        raise AssertionError(f"40 keys did not lead to {to}")

    walk("Hardly", "Tab")
    page.keyboard.press("Space")
    walk(GAIN, "Tab")
    page.keyboard.type("24k")
    walk(GRAB, "Tab")
    page.keyboard.type("9k")
    promised = view(of_one_s_own(0.25, 24000, 9000)).advice
    expect(answer(page)).to_contain_text(promised.says)
    walk("Plan my negotiation", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".parley-bottom strong")).to_have_text(promised.says)


@pytest.mark.wide_only
def test_at_twice_the_size_nothing_lies_over_a_question(
    page: Page, site: str, width: int
) -> None:
    page.set_viewport_size({"width": width // 2, "height": 400})
    page.goto(site)
    for at in ASKED:
        field(page, at).focus()
        covers = field(page, at).evaluate(
            """(field) => {
              const { x, y, width, height } = field.getBoundingClientRect();
              const there = document.elementFromPoint(x + width / 2, y + height / 2);
              return there === field ? null : there?.outerHTML.slice(0, 100);
            }"""
        )
        assert covers is None
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= width // 2
