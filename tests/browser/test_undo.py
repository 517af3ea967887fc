"""Undo and redo, for every change and everywhere, and after a reload."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from planner.edits.examples import example
from tests.browser.conftest import SLOW, STEPS, keep_as_own

pytestmark = pytest.mark.browser

type Open = Callable[[str], Page]

WIDTHS = (1280, 375)


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def fill(page: Page, at: str, text: str) -> None:
    field(page, at).fill(text)
    field(page, at).press("Tab")


def told(page: Page) -> Locator:
    return page.locator("[data-told]:not([hidden])")


def own(page: Page, open_page: Open) -> None:
    open_page("your-plan/")
    keep_as_own(page)


def paste(page: Page, at: str, text: str) -> None:
    """What the clipboard gives a field when rows were copied in a spreadsheet."""
    field(page, at).focus()
    field(page, at).evaluate(
        """(field, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          const options = { clipboardData, bubbles: true, cancelable: true };
          field.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


class TestInATextField:
    """Ctrl-Z is the field's own as long as there is typing in it to take back."""

    def test_a_row_just_added_is_taken_back_from_its_own_field(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        page.get_by_role("button", name="Add an issue to the deal").click()
        expect(field(page, "/issues/10/name")).to_be_focused()
        page.keyboard.press("Control+z")
        expect(field(page, "/issues/10/name")).to_have_count(0)
        # Where the row was, the reader goes on: not from the top of the page.
        expect(page.locator("#f-issues-agreement")).to_be_focused()
        page.keyboard.press("Control+Shift+z")
        expect(field(page, "/issues/10/name")).to_have_count(1)

    def test_and_so_on_a_page_that_was_opened_at_a_heading(
        self, open_page: Open, page: Page
    ) -> None:
        """As the theme writes it into the address of whoever scrolls."""
        open_page("your-plan/#on-the-table")
        page.get_by_role("button", name="Add an issue to the deal").click()
        expect(field(page, "/issues/10/name")).to_be_focused()
        page.keyboard.press("Control+z")
        expect(page.locator("#f-issues-agreement")).to_be_focused()

    def test_a_paste_of_rows_is_taken_back_at_once(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        at = "/issues/0/options/0/us"
        before = field(page, at).input_value()
        paste(page, at, "11\t91\r\n22\t82\r\n")
        expect(field(page, "/issues/0/options/1/them")).to_have_value("82")
        expect(field(page, at)).to_be_focused()
        expect(told(page)).to_contain_text("Rows pasted.")
        page.keyboard.press("Control+z")
        expect(field(page, at)).to_have_value(before)
        expect(told(page)).to_have_count(0)

    def test_typing_is_taken_back_first_and_then_the_row(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        page.get_by_role("button", name="Add an issue to the deal").click()
        expect(field(page, "/issues/10/name")).to_be_focused()
        page.keyboard.type("Re")
        # The browser takes one letter or the word at a time.
        while field(page, "/issues/10/name").input_value():
            page.keyboard.press("Control+z")
        page.keyboard.press("Control+Shift+z")
        expect(field(page, "/issues/10/name")).not_to_have_value("")
        while field(page, "/issues/10/name").input_value():
            page.keyboard.press("Control+z")
        expect(field(page, "/issues/10/name")).to_have_count(1)
        page.keyboard.press("Control+z")
        expect(field(page, "/issues/10/name")).to_have_count(0)


class TestBeforePythonHasRead:
    """What was typed a moment ago is taken back before any answer is about it."""

    TYPE_AND = """(field, press) => {
      field.value = "10";
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      document.querySelector(press).click();
    }"""

    def test_an_answer_is_taken_back(self, open_page: Open, page: Page) -> None:
        own(page, open_page)
        chance = field(page, "/future/continue_chance")
        chance.evaluate(self.TYPE_AND, "#undo")
        expect(chance).to_have_value("80")
        expect(page.locator("#redo")).to_be_visible()

    def test_a_plan_with_the_answer_from_before_is_opened(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        chance = field(page, "/future/continue_chance")
        chance.evaluate(self.TYPE_AND, "#start-renewal")
        expect(chance).to_have_value("80")


@pytest.mark.parametrize("width", WIDTHS)
class TestButtons:
    def test_a_chapter_has_them(self, open_page: Open, page: Page, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        open_page("method/the-two-questions/")
        fill(page, "/future/continue_chance", "90")
        expect(page.locator(".parley-stance strong")).to_have_text("Collaborate")
        page.locator("#undo").click()
        expect(field(page, "/future/continue_chance")).to_have_value("80")
        expect(page.locator("#undo")).to_be_hidden()
        expect(page.locator("#redo")).to_be_focused()
        page.keyboard.press("Enter")
        expect(field(page, "/future/continue_chance")).to_have_value("90")
        expect(page.locator("#undo")).to_be_focused()

    def test_a_row_that_went_is_told_and_comes_back(
        self, open_page: Open, page: Page, width: int
    ) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        own(page, open_page)
        name = example("renewal")["issues"][9]["name"]
        page.locator(".parley-issue summary", has_text=name).click()
        page.get_by_role("button", name=f"Remove {name}").click()
        expect(field(page, "/issues/9/name")).to_have_count(0)
        expect(told(page)).to_contain_text(f"“{name}” removed.")
        expect(told(page)).to_be_in_viewport()
        told(page).get_by_role("button", name="Undo").click()
        expect(field(page, "/issues/9/name")).to_have_value(name)
        expect(told(page)).to_have_count(0)
        expect(page.locator("#f-issues-relationship")).to_be_focused()
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width

    def test_what_is_told_goes_when_the_reader_goes_on(
        self, open_page: Open, page: Page, width: int
    ) -> None:
        """Its Undo would take back something else by then."""
        page.set_viewport_size({"width": width, "height": 900})
        own(page, open_page)
        ways: tuple[Callable[[], None], ...] = (
            lambda: page.keyboard.press("Escape"),
            lambda: page.get_by_role("button", name="Close").click(),
            lambda: fill(page, "/title", "On we go"),
        )
        for go_on in ways:
            page.locator("#add-relationship").click()
            expect(field(page, "/issues/10/name")).to_be_focused()
            page.locator('[id="f-issues-10-remove"]').click()
            expect(told(page)).to_contain_text("Issue 11 removed.")
            go_on()
            expect(told(page)).to_have_count(0)


class TestAfterAReload:
    def test_every_step_is_still_there_both_ways(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        fill(page, "/future/continue_chance", "90")
        page.get_by_role("button", name="Add an issue to the deal").click()
        expect(field(page, "/issues/10/name")).to_be_focused()
        fill(page, "/title", "Mine")
        page.locator("#undo").click()
        expect(field(page, "/title")).not_to_have_value("Mine")

        page.reload()
        page.locator("#redo").click()
        expect(field(page, "/title")).to_have_value("Mine")
        page.locator("#undo").click()
        page.locator("#undo").click()
        expect(field(page, "/issues/10/name")).to_have_count(0)
        page.locator("#undo").click()
        expect(field(page, "/future/continue_chance")).to_have_value("80")
        expect(page.locator("#undo")).to_be_hidden()

    def test_a_hundred_of_them(self, open_page: Open, page: Page) -> None:
        own(page, open_page)
        title, role = field(page, "/title"), field(page, "/us/role")
        page.locator("#menu-parties summary").click()
        page.evaluate(SLOW, 1_000)  # Python answers while they type on, not each key
        for n in range(50):
            title.fill(f"Title {n}")
            role.fill(f"Role {n}")
        expect(page.locator("[data-saving=saved]")).to_be_visible()
        page.reload()
        expect(title).to_have_value("Title 49")
        for _ in range(99):
            page.keyboard.press("Control+z")
        expect(title).to_have_value("Title 0")
        expect(role).to_have_value(example("renewal")["us"]["role"])
        page.locator("#undo").click()
        expect(title).to_have_value(example("renewal")["title"])

    def test_none_of_another_plan_or_of_another_draft(
        self, open_page: Open, page: Page
    ) -> None:
        """Steps that do not fit what is kept are left alone, the plan is not."""
        own(page, open_page)
        fill(page, "/title", "Mine")
        expect(page.locator("#undo")).to_be_visible()
        spoil = """(name) => addEventListener("visibilitychange", () => {
          const kept = JSON.parse(sessionStorage.getItem(name));
          kept.draft = kept.draft.replace("Mine", "Another");
          sessionStorage.setItem(name, JSON.stringify(kept));
        })"""
        page.evaluate(spoil, STEPS)
        page.reload()
        expect(field(page, "/title")).to_have_value("Mine")
        expect(page.locator("parley-panel")).to_have_attribute("ready", "")
        fill(page, "/future/continue_chance", "90")
        page.locator("#undo").click()
        expect(field(page, "/future/continue_chance")).to_have_value("80")
        expect(field(page, "/title")).to_have_value("Mine")
        expect(page.locator("#undo")).to_be_hidden()

    def test_a_browser_that_keeps_nothing_for_a_session_still_plans(
        self, page: Page, site: str
    ) -> None:
        page.add_init_script(
            "Object.defineProperty(globalThis, 'sessionStorage', { get() { "
            "throw new DOMException('no', 'SecurityError') } })"
        )
        page.goto(f"{site}your-plan/")
        keep_as_own(page)
        fill(page, "/future/continue_chance", "90")
        expect(page.locator("#undo")).to_be_visible()
        page.reload()
        expect(field(page, "/future/continue_chance")).to_have_value("90")
