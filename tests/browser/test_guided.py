"""Ten questions, one screen each: the tutorial, step by step, as a reader does it."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from planner.edits.examples import TUTORIAL, example
from planner.show.guide import SCREENS, Screen
from planner.show.page import view
from runtime.handbook.macros import (
    LETTERS_A_MINUTE,
    SECONDS_A_FIELD,
    _typed,
    places,
    typed,
)
from runtime.tools.building import SITE_NAME
from tests.browser.test_accessibility import faults

pytestmark = [pytest.mark.browser, pytest.mark.every_width]

MINUTES = 5
ADDS = {
    "issues": "Add an issue",
    "relationship": "Add an issue",
    "alternatives": "Add an alternative",
}


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def shown(page: Page) -> Locator:
    """The one screen that the script shows."""
    return page.locator("[screens] [data-screen]:not([hidden])")


def heading(page: Page) -> Locator:
    return shown(page).locator("[data-heading]")


def press(page: Page, name: str) -> None:
    shown(page).get_by_role("button", name=name).first.click()


def go_on(page: Page) -> None:
    shown(page).get_by_role("link", name="Continue").click()


def answer(page: Page, screen: Screen, document: dict[str, Any]) -> None:
    """Type what the tutorial says, adding rows where a list asks for them."""
    for at in places(screen, document):
        if said := _typed(at, document):
            put(page, screen, at, said)


def put(page: Page, screen: Screen, at: str, said: str) -> None:
    """Answer one field, in a new row where its list has none for it."""
    if not field(page, at).count():
        add(page, screen)
    expect(field(page, at)).to_be_visible()
    field(page, at).focus()
    if field(page, at).evaluate("e => e.tagName") == "SELECT":
        field(page, at).select_option(label=said)
    else:
        field(page, at).fill(said)


def add(page: Page, screen: Screen) -> None:
    press(page, "Name both ends" if screen.part == "options" else ADDS[screen.part])


def test_the_tutorial_leads_from_the_home_page_to_a_recommendation(
    page: Page, site: str
) -> None:
    document = example(TUTORIAL)
    page.goto(site)
    page.get_by_role("link", name="Plan in ten questions").first.click()
    for number, screen in enumerate(SCREENS, start=1):
        expect(heading(page)).to_have_text(screen.asks)
        expect(page).to_have_title(
            f"Question {number} of {len(SCREENS)}: {screen.asks} – "
            f"Plan in ten questions - {SITE_NAME}"
        ) if number > 1 else None
        answer(page, screen, document)
        go_on(page)
    expect(heading(page)).to_have_text("Check your answers")
    promised = view(document).advice.stance.label
    last = shown(page)
    expect(last.locator(".parley-stance strong")).to_have_text(promised)
    expect(last.locator(".parley-piece").first).to_be_visible()

    last.get_by_role("link", name="Go on in the whole plan").click()
    expect(field(page, "/title")).to_have_value(document["title"])
    expect(page.locator("#f-advice strong")).to_have_text(promised)


def test_it_is_under_five_minutes_of_typing() -> None:
    answers = [said for screen in SCREENS for _, said in typed(screen)]
    minutes = sum(map(len, answers)) / LETTERS_A_MINUTE
    assert minutes + len(answers) * SECONDS_A_FIELD / 60 < MINUTES


def test_back_forward_reload_skip_and_change_keep_their_place(
    page: Page, site: str
) -> None:
    page.goto(f"{site}guided/")
    field(page, "/title").fill("Ours")
    go_on(page)
    field(page, "/future/continue_chance").fill("80")
    page.get_by_role("link", name="Skip for now").locator("visible=true").click()
    expect(heading(page)).to_have_text(SCREENS[2].asks)
    expect(heading(page)).to_be_focused()
    page.go_back()
    expect(heading(page)).to_have_text(SCREENS[1].asks)
    expect(field(page, "/future/continue_chance")).to_have_value("80")
    page.go_forward()
    expect(heading(page)).to_have_text(SCREENS[2].asks)
    page.reload()
    expect(heading(page)).to_have_text(SCREENS[2].asks)
    shown(page).get_by_role("link", name="Back").click()
    expect(field(page, "/future/continue_chance")).to_have_value("80")

    page.goto(f"{site}guided/#guided-11")
    page.get_by_role("link", name="Change This plan").click()
    expect(heading(page)).to_have_text(SCREENS[0].asks)
    expect(field(page, "/title")).to_have_value("Ours")


def test_the_keyboard_alone_answers_and_goes_on(page: Page, site: str) -> None:
    page.goto(f"{site}guided/")
    field(page, "/title").focus()
    page.keyboard.type("By hand")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.textContent") == "Continue":
            break
    page.keyboard.press("Enter")
    expect(heading(page)).to_be_focused()
    expect(heading(page)).to_have_text(SCREENS[1].asks)


def test_a_problem_leads_back_to_its_screen(page: Page, site: str) -> None:
    page.goto(f"{site}guided/")
    go_on(page)
    field(page, "/future/continue_chance").fill("often")
    go_on(page)
    page.locator(".parley-summary a").click()
    expect(heading(page)).to_have_text(SCREENS[1].asks)
    expect(field(page, "/future/continue_chance")).to_be_focused()
    expect(field(page, "/future/continue_chance")).to_have_value("often")


def test_without_scripts_all_questions_stand_below_each_other(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}guided/")
    for screen in SCREENS:
        expect(page.get_by_role("heading", name=screen.asks).first).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_on_any_screen(
    page: Page, site: str, scheme: Any, width: int
) -> None:
    # A page in the middle of fading in is no state.
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{site}guided/")
    found = []
    for number in range(1, len(SCREENS) + 2):
        page.goto(f"{site}guided/#guided-{number}")
        expect(page.locator(f"#guided-{number}")).to_be_visible()
        found += faults(page)
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width
    assert found == []
