"""The keyboard alone: the sheet as in a spreadsheet, and the saved plans."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from planner.edits.examples import example
from tests.browser.conftest import keep_as_own
from tests.browser.going import go_to

pytestmark = pytest.mark.browser

type Open = Callable[[str], Page]

WIDTHS = (1280, 375)
MOST_TABS = 150
FOCUSED = """() => {
  const { activeElement: focused } = document;
  const words = focused.textContent.replace(/\\s+/g, " ").trim();
  return [focused.name ?? "", words, focused.tagName];
}"""

# The page is slow: it lets the reader act as often as it can while it shows an answer.
BREATHES = """() => {
  let now = 0;
  performance.now = () => (now += 1000);
  globalThis.breaths = 0;
  const later = globalThis.setTimeout;
  globalThis.setTimeout = (does, delay, ...rest) => {
    if (delay === undefined) globalThis.breaths += 1;
    return later(does, delay, ...rest);
  };
}"""


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press Tab until the field at that address, or what reads so, has the focus."""
    for _ in range(MOST_TABS):
        at, words, tag = page.evaluate(FOCUSED)
        if at == name or (words == name and tag in ("A", "BUTTON", "SUMMARY")):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{MOST_TABS} tabs did not lead to {name}")


def own(page: Page, open_page: Open, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_page("your-plan/")
    keep_as_own(page)


def deal(page: Page, open_page: Open, width: int) -> tuple[Locator, list[str]]:
    """The names of the issues of the deal in a plan of one's own, and what they are."""
    own(page, open_page, width)
    names = page.locator(".parley-list--deal .parley-issue__name")
    go_to(names.first)
    return names, names.all_inner_texts()


@pytest.mark.parametrize("width", WIDTHS)
class TestEnterInTheSheet:
    def test_goes_down_an_issue_s_options_and_adds_one_after_the_last(
        self, open_page: Open, page: Page, width: int
    ) -> None:
        own(page, open_page, width)
        last = len(example("renewal")["issues"][4]["options"]) - 1
        go_to(field(page, f"/issues/4/options/{last - 1}/us"))
        field(page, f"/issues/4/options/{last - 1}/us").focus()
        page.keyboard.press("Enter")
        expect(field(page, f"/issues/4/options/{last}/us")).to_be_focused()
        page.keyboard.press("Shift+Enter")
        expect(field(page, f"/issues/4/options/{last - 1}/us")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(field(page, f"/issues/4/options/{last + 1}/name")).to_be_focused()

    def test_makes_a_list_from_an_empty_plan_without_a_mouse(
        self, open_page: Open, page: Page, width: int
    ) -> None:
        """Names and options, and an empty option ends those of an issue."""
        own(page, open_page, width)
        page.locator("#menu-plans > summary").click()
        page.locator("#start-empty").click()
        expect(field(page, "/title")).to_have_value("")
        page.locator("#add-agreement").press("Enter")
        typed = {"Price": ["€106", "€118"], "Notice": ["3 months", "12 months"]}
        for i, (name, options) in enumerate(typed.items()):
            expect(field(page, f"/issues/{i}/name")).to_be_focused()
            page.keyboard.type(name)
            page.keyboard.press("Enter")
            for o, option in enumerate(options):
                expect(field(page, f"/issues/{i}/options/{o}/name")).to_be_focused()
                page.keyboard.type(option)
                page.keyboard.press("Enter")
            spare = field(page, f"/issues/{i}/options/{len(options)}/name")
            expect(spare).to_be_focused()
            page.keyboard.press("Enter")
        expect(field(page, "/issues/2/name")).to_be_focused()
        for i, (name, options) in enumerate(typed.items()):
            expect(field(page, f"/issues/{i}/name")).to_have_value(name)
            shown = page.locator(f'[name^="/issues/{i}/options/"][name$="/name"]')
            expect(shown).to_have_count(len(options))

    def test_in_the_name_of_a_relationship_s_row_adds_the_next(
        self, open_page: Open, page: Page, width: int
    ) -> None:
        own(page, open_page, width)
        field(page, "/issues/9/name").press("Enter")
        expect(field(page, "/issues/10/name")).to_be_focused()
        kind = page.locator(
            ".parley-list--relationship", has=field(page, "/issues/10/name")
        )
        expect(kind).to_have_count(1)


@pytest.mark.parametrize("width", WIDTHS)
class TestAltAndAnArrow:
    def test_move_a_row_with_the_reader_and_undo_moves_it_back(
        self, open_page: Open, page: Page, width: int
    ) -> None:
        names, before = deal(page, open_page, width)
        page.locator("#f-issues-1-open").focus()
        page.keyboard.press("Alt+ArrowUp")
        expect(names).to_have_text([before[1], before[0], *before[2:]])
        expect(page.locator("#f-issues-0-open")).to_be_focused()
        page.keyboard.press("Alt+ArrowUp")  # it is the first already
        page.keyboard.press("Alt+ArrowDown")
        expect(page.locator("#f-issues-1-open")).to_be_focused()
        page.keyboard.press("Alt+ArrowDown")
        expect(names).to_have_text([before[0], before[2], before[1], *before[3:]])
        expect(page.locator("#f-issues-2-open")).to_be_focused()
        expect(page.locator(".parley-issue > details[open]")).to_have_count(0)
        page.keyboard.press("Control+z")
        page.keyboard.press("Control+z")
        expect(names).to_have_text([before[1], before[0], *before[2:]])

    def test_leave_no_moment_in_which_a_row_has_the_address_of_another(
        self, open_page: Open, page: Page, width: int
    ) -> None:
        """Else the key, pressed again, would move another row, or this one back."""
        names, before = deal(page, open_page, width)
        page.locator("#f-issues-2-open").focus()
        page.evaluate(BREATHES)
        page.keyboard.press("Alt+ArrowUp")
        expect(names).to_have_text([before[0], before[2], before[1], *before[3:]])
        expect(page.locator("#f-issues-1-open")).to_be_focused()
        assert page.evaluate("() => globalThis.breaths") == 0
        field(page, "/issues/0/name").fill("Freight")  # nothing moves: it may breathe
        expect(names.first).to_have_text("Freight")
        page.wait_for_function("() => globalThis.breaths > 0")

    def test_move_an_open_row_and_an_option_in_it(
        self, open_page: Open, page: Page, width: int
    ) -> None:
        own(page, open_page, width)
        option = field(page, "/issues/1/options/1/name")
        said = option.input_value()
        option.focus()
        page.keyboard.press("Alt+ArrowUp")
        expect(field(page, "/issues/1/options/0/name")).to_have_value(said)
        expect(field(page, "/issues/1/options/0/name")).to_be_focused()
        field(page, "/issues/1/limit").focus()
        name = field(page, "/issues/1/name")
        called = name.input_value()
        name.focus()
        page.keyboard.press("Alt+ArrowDown")
        expect(field(page, "/issues/2/name")).to_have_value(called)
        expect(field(page, "/issues/2/name")).to_be_focused()
        opened = page.locator(".parley-issue > details[open]")
        expect(opened).to_have_count(1)
        expect(opened.locator(".parley-issue__name")).to_have_text(called)


@pytest.mark.parametrize("width", WIDTHS)
def test_saved_plans_are_copied_opened_deleted_and_brought_back(
    open_page: Open, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_page("your-plan/")
    tab_to(page, "Start with these answers")
    page.keyboard.press("Enter")
    expect(field(page, "/title")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Mine")
    plans = page.locator("[aria-label='Your plans'] > li")
    expect(plans).to_contain_text("Mine")
    tab_to(page, "Plans (1)")
    page.keyboard.press("Enter")

    tab_to(page, "Duplicate “Mine”")
    page.keyboard.press("Enter")
    expect(field(page, "/title")).to_have_value("Mine (copy)")
    expect(plans).to_have_count(2)
    expect(plans.first).to_contain_text("Mine (copy)")
    tab_to(page, "Open “Mine”", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(field(page, "/title")).to_have_value("Mine")
    expect(page.locator(":focus")).to_have_count(1)

    tab_to(page, "Delete “Mine”")
    page.keyboard.press("Enter")
    expect(field(page, "/title")).to_have_value("Mine (copy)")
    expect(page.locator(":focus")).to_have_count(1)
    tab_to(page, "Undo", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(field(page, "/title")).to_have_value("Mine")
    expect(plans).to_have_count(2)


@pytest.mark.parametrize("width", [375], indirect=True)
def test_the_menu_of_a_narrow_window_is_in_reach_once_it_is_open(
    page: Page, site: str
) -> None:
    page.goto(site)
    menu, links = page.locator(".md-sidebar--primary"), page.locator("a:focus")
    for key, opens in (("Enter", True), ("Enter", False), ("Space", True)):
        page.get_by_role("button", name="Menu").press(key)
        expect(menu).to_be_visible(visible=opens)
    menu.get_by_role("link").last.focus()
    expect(links).to_have_count(1)
