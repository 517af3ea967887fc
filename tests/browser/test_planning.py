"""What a reader does on the site, with Python in a real browser."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from planner.advice.rule import Kind
from planner.analyses.stance import Stance
from planner.edits.examples import example
from planner.plan.rows import question
from planner.show.page import show, view
from runtime.tools.building import SITE_NAME
from tests.browser.conftest import LISTEN, PLANS, SLOW, keep_as_own
from tests.browser.going import go_to

pytestmark = [pytest.mark.browser, pytest.mark.every_width]

type Open = Callable[[str], Page]
type Block = Callable[[str], Callable[[], None]]


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def menu(page: Page, name: str) -> None:
    """Open one of the menus under the plan's name."""
    page.locator(".parley-menus summary", has_text=name).click()


def fill(page: Page, at: str, text: str) -> None:
    """Type as a reader does, then leave the field."""
    field(page, at).fill(text)
    field(page, at).press("Tab")


def stance(page: Page) -> Locator:
    return page.locator(".parley-stance strong")


def opened(page: Page, summary: str) -> Locator:
    """The disclosure with that summary, opened."""
    details = page.locator("details", has=page.get_by_text(summary, exact=True)).first
    details.locator("summary").first.click()
    return details


def add_option(page: Page, at: str, name: str, us: int, them: int) -> None:
    issue = page.locator("details[open]", has=field(page, f"{at}/name"))
    issue.get_by_role("button", name="Add an option").click()
    options = issue.locator('input[name$="/name"]')
    last = options.last
    expect(last).to_be_focused()
    here = (last.get_attribute("name") or "").removesuffix("/name")
    page.keyboard.type(name)
    field(page, f"{here}/us").fill(str(us))
    field(page, f"{here}/them").fill(str(them))


def to_the_whole_plan(page: Page) -> None:
    """By the tabs, or on a phone by the menu, which opens at the chapter's part."""
    menu = page.locator(".md-header .parley-menu-button")
    if menu.is_visible():
        menu.click()
        parts = page.locator(".md-nav__item--active > .md-nav > [for^=__nav_]")
        for part in reversed(parts.all()):
            part.click()
        page.locator(".md-nav--primary").get_by_role("link", name="Your plan").click()
    else:
        page.locator(".md-tabs").get_by_role("link", name="Your plan").click()


@pytest.mark.wide_only
def test_the_example_is_played_with_until_it_is_kept(
    open_page: Open, page: Page
) -> None:
    open_page("your-plan/")
    bar = page.locator("[data-panel=whose]")
    expect(bar).to_contain_text("not one of your plans")
    fill(page, "/future/continue_chance", "90")
    expect(stance(page)).to_have_text("Collaborate")
    expect(bar).to_contain_text("not one of your plans")
    expect(page.locator("#menu-plans > summary")).to_have_text("Plans")
    page.reload()
    expect(field(page, "/future/continue_chance")).to_have_value("90")
    expect(stance(page)).to_have_text("Collaborate")

    keep_as_own(page)
    expect(page.get_by_text("This is a plan of your own now")).to_be_visible()
    expect(bar).to_be_empty()
    expect(field(page, "/future/continue_chance")).to_have_value("90")
    expect(page.locator("#menu-plans > summary")).to_have_text("Plans (1)")
    expect(page.locator("[data-saving=saved]").first).to_be_visible()


def test_a_reader_plans_across_pages_and_finds_everything_again(
    open_page: Open, page: Page
) -> None:
    """The whole path: play, keep, add, watch, follow a reason, return, reload."""
    open_page("method/the-two-questions/")
    fill(page, "/future/continue_chance", "90%")
    expect(stance(page)).to_have_text("Collaborate")

    to_the_whole_plan(page)
    expect(page).to_have_title(f"Your plan - {SITE_NAME}")
    expect(field(page, "/future/continue_chance")).to_have_value("90")
    keep_as_own(page)
    expect(stance(page)).to_have_text("Collaborate")

    pieces = page.locator(".parley__follows")
    expect(pieces).not_to_contain_text("Forecast horizon")
    page.get_by_role("button", name="Add an issue to the deal").click()
    expect(field(page, "/issues/10/name")).to_be_focused()
    page.keyboard.type("Forecast horizon")
    field(page, "/issues/10/weight/us").fill("40")
    field(page, "/issues/10/weight/them").fill("5")
    for name, us, them in (
        ("30 days", 0, 100),
        ("60 days", 60, 50),
        ("90 days", 100, 0),
    ):
        add_option(page, "/issues/10", name, us, them)
    expect(pieces).to_contain_text("on Forecast horizon")

    fill(page, "/future/them/one_off_gain", "500000")
    expect(stance(page)).to_have_text("Collaborate on conditions")

    page.locator("[data-panel=advice] .parley-stance a").click()
    expect(page).to_have_url(re.compile("/stances/#protect$"))
    expect(page.locator("#protect")).to_be_in_viewport()

    page.go_back()
    expect(page).to_have_title(f"Your plan - {SITE_NAME}")
    expect(stance(page)).to_have_text("Collaborate on conditions")
    expect(field(page, "/issues/10/name")).to_have_value("Forecast horizon")

    page.reload()
    expect(stance(page)).to_have_text("Collaborate on conditions")
    expect(field(page, "/issues/10/options/2/name")).to_have_value("90 days")
    expect(field(page, "/issues/10/options/2/us")).to_have_value("100")


def test_the_keyboard_alone_is_enough(open_page: Open, page: Page) -> None:
    """Tab, type, Enter and Space reach every control; focus stays where it was."""
    open_page("your-plan/")
    tab_to(page, "/future/continue_chance")
    page.keyboard.press("Control+A")
    page.keyboard.type("9")
    page.keyboard.type("0")
    expect(stance(page)).to_have_text("Collaborate")
    expect(field(page, "/future/continue_chance")).to_be_focused()
    assert page.evaluate("() => document.activeElement.selectionStart") == 2

    walk(page, lambda: page.evaluate(TAB) == "worth", "Shift+Tab")
    page.keyboard.press("ArrowRight")
    tab_to_button(page, "Add an issue to the relationship")
    page.keyboard.press("Enter")
    expect(field(page, "/issues/10/name")).to_be_focused()
    page.keyboard.type("Faster answers")
    expect(page.get_by_role("button", name="Up Faster answers")).to_be_visible()
    tab_to_button(page, "Up Faster answers")
    page.keyboard.press("Enter")
    expect(field(page, "/issues/9/name")).to_have_value("Faster answers")
    expect(page.get_by_role("button", name="Up Faster answers")).to_be_focused()
    page.keyboard.press("Space")
    expect(field(page, "/issues/8/name")).to_have_value("Faster answers")
    expect(page.get_by_role("button", name="Up Faster answers")).to_be_focused()

    tab_to_button(page, "Remove Faster answers")
    page.keyboard.press("Enter")
    gone = page.get_by_role("button", name="Remove Faster answers")
    expect(gone).to_have_count(0)
    expect(page.locator("#f-issues-relationship")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("() => document.activeElement !== document.body")


def tab_to(page: Page, at: str) -> None:
    walk(page, lambda: page.evaluate("() => document.activeElement.name") == at)


def tab_to_button(page: Page, name: str) -> None:
    words = "() => document.activeElement.textContent.replace(/\\s+/g, ' ').trim()"
    walk(page, lambda: page.evaluate(words) == name)


TAB = "() => document.activeElement.dataset.tab"


def walk(page: Page, arrived: Callable[[], bool], key: str = "Tab") -> None:
    for _ in range(300):
        if arrived():
            return
        page.keyboard.press(key)
    raise AssertionError("300 tabs did not get there")


@pytest.mark.cold
@pytest.mark.wide_only
def test_a_runtime_that_cannot_load_says_so_and_tries_again(
    page: Page, site: str, block: Block
) -> None:
    """Blocked wasm: an error with a retry, the page readable, the answer kept."""
    unblock = block("pyodide.asm.wasm")
    page.goto(f"{site}your-plan/")
    field(page, "/future/continue_chance").fill("90")
    alert = page.get_by_role("alert").filter(has_text="could not start")
    expect(alert).to_be_visible(timeout=20_000)
    expect(stance(page)).to_have_text("Probe")
    expect(field(page, "/future/continue_chance")).to_have_value("90")

    unblock()
    page.get_by_role("button", name="Try again").click()
    expect(stance(page)).to_have_text("Collaborate")
    expect(alert).to_be_hidden()
    expect(field(page, "/future/continue_chance")).to_have_value("90")


@pytest.mark.cold
@pytest.mark.wide_only
@pytest.mark.parametrize("file", ["python.zip", "pyodide.asm.js", "pyodide.mjs"])
def test_every_missing_file_of_the_runtime_is_told(
    page: Page, site: str, block: Block, file: str
) -> None:
    block(file)
    page.goto(f"{site}your-plan/")
    field(page, "/future/continue_chance").focus()
    alert = page.get_by_role("alert").filter(has_text="could not start")
    expect(alert).to_be_visible(timeout=20_000)


@pytest.mark.cold
@pytest.mark.wide_only
@pytest.mark.parametrize(
    ("file", "fault"),
    [
        (
            "pyodide.asm.wasm",
            {"status": 404, "content_type": "text/html", "body": "<p>"},
        ),
        ("pyodide.mjs", {"content_type": "text/html", "body": "<p>Not a script"}),
        ("python.zip", {"content_type": "application/zip", "body": "PK"}),
    ],
    ids=[
        "a page instead of the wasm",
        "a script of a wrong type",
        "an archive cut off",
    ],
)
def test_a_wrong_answer_for_a_file_of_the_runtime_is_told(
    page: Page, site: str, file: str, fault: dict[str, str]
) -> None:
    page.route(f"**/*{file}", lambda route: route.fulfill(**fault))
    page.goto(f"{site}your-plan/")
    field(page, "/future/continue_chance").focus()
    alert = page.get_by_role("alert").filter(has_text="could not start")
    expect(alert).to_be_visible(timeout=20_000)


@pytest.mark.cold
@pytest.mark.wide_only
def test_what_is_typed_and_pressed_while_python_starts_is_not_lost(
    page: Page, site: str
) -> None:
    """Before the runtime is there: two presses and an answer, in one go."""
    page.goto(f"{site}your-plan/")
    page.get_by_role("button", name="Add an issue to the deal").click()
    page.get_by_role("button", name="Add an issue to the deal").click()
    page.locator("summary", has_text="Price per 1,000 trays").first.click()
    field(page, "/issues/0/name").fill("Price per tray")
    expect(page.locator("summary", has_text="New issue")).to_have_count(2)
    renamed = page.locator(".parley-issue summary", has_text="Price per tray")
    expect(renamed).to_have_count(1)
    expect(field(page, "/issues/0/name")).to_have_value("Price per tray")


@pytest.fixture
def scriptless(page: Page, site: str) -> Callable[[], None]:
    """The whole plan as it is served; calling what this gives lets its script come."""
    held: list[Route] = []
    page.route("**/panel-*.mjs", lambda route: held.append(route))
    page.goto(f"{site}your-plan/", wait_until="commit")

    def come() -> None:
        while not held:
            page.wait_for_timeout(50)
        held[0].continue_()

    return come


@pytest.mark.wide_only
def test_what_is_typed_before_the_scripts_have_loaded_is_not_lost(
    page: Page, scriptless: Callable[[], None]
) -> None:
    """The form is served filled in, so a reader can type before it is alive."""
    field(page, "/future/continue_chance").fill("90")
    page.locator("select[name='/future/them/basis']").select_option("told")
    scriptless()
    expect(stance(page)).to_have_text("Collaborate")
    expect(field(page, "/future/continue_chance")).to_have_value("90")
    page.unroute_all()
    page.reload()
    expect(field(page, "/future/continue_chance")).to_have_value("90")
    expect(field(page, "/future/them/basis")).to_have_value("told")


@pytest.mark.wide_only
def test_what_was_left_before_the_scripts_have_loaded_is_told(
    page: Page, scriptless: Callable[[], None]
) -> None:
    field(page, "/future/continue_chance").fill("often")
    field(page, "/future/continue_chance").press("Tab")
    scriptless()
    expect(page.locator(".parley-summary")).to_contain_text("a chance from 0")


# As Firefox does it where the reader has forbidden a site to keep anything.
KEPT_NOWHERE = {
    "a database that is denied": ["indexedDB"],
    "whatever keeps or tells is denied": [
        "indexedDB",
        "BroadcastChannel",
        "localStorage",
        "sessionStorage",
        "caches",
        "serviceWorker",
    ],
}
DENY = """(names) => {
  const deny = function () { throw new DOMException("no", "SecurityError"); };
  for (const name of names) {
    const owner = name in Navigator.prototype ? Navigator.prototype : globalThis;
    const access = name === "BroadcastChannel" ? { value: deny } : { get: deny };
    Object.defineProperty(owner, name, access);
  }
}"""


@pytest.mark.cold
@pytest.mark.wide_only
@pytest.mark.parametrize("denied", KEPT_NOWHERE.values(), ids=KEPT_NOWHERE)
def test_a_browser_that_keeps_nothing_says_so_and_still_plans(
    page: Page, site: str, denied: list[str]
) -> None:
    page.add_init_script(f"({DENY})({json.dumps(denied)})")
    page.goto(f"{site}your-plan/")
    field(page, "/future/continue_chance").fill("90")
    expect(stance(page)).to_have_text("Collaborate")
    expect(page.get_by_role("alert").filter(has_text="Not saved")).to_be_visible()
    # The theme's own scripts run as well.
    page.get_by_label("Search", exact=True).first.click()
    page.locator("[data-md-component=search-query]").press_sequentially("batna")
    expect(page.locator(".md-search-result__link").first).to_be_visible()


@pytest.mark.wide_only
def test_a_reason_in_a_chapter_leads_to_its_answer_on_the_plan_page(
    open_page: Open, page: Page
) -> None:
    open_page("reference/assumptions/")
    first = view(example("renewal")).advice.first
    asked = next(reason for reason in first if reason.rule.kind is Kind.ASK)
    piece = page.locator(".parley-piece", has_text=asked.advice)
    piece.get_by_role("link", name="because").first.click()
    expect(page).to_have_title(f"Your plan - {SITE_NAME}")
    expect(page.locator(f'[name^="{asked.evidence.at}"]:focus')).to_be_in_viewport()


@pytest.mark.wide_only
@pytest.mark.parametrize(
    ("at", "typed", "says"),
    [
        ("/future/us/yearly_gain", "a lot", "Enter a number in digits"),
        ("/future/continue_chance", "140%", "Enter a chance from 0 to 100%"),
        ("/issues/0/weight/us", "-5", "Enter a number from 0 to 100"),
        ("/issues/0/name", "", "Give this issue a name"),
        ("/issues/1/name", "Price per 1,000 trays", "Rename one"),
    ],
    ids=["letters", "over 100%", "negative weight", "no name", "a name twice"],
)
def test_an_answer_that_cannot_be_used_is_told_and_kept(
    open_page: Open, page: Page, at: str, typed: str, says: str
) -> None:
    """A plain sentence by the field and in the list; advice for the rest."""
    open_page("your-plan/")
    if at.startswith("/issues"):
        page.locator("details", has=field(page, at)).locator("summary").first.click()
    field(page, at).fill(typed)
    summary = page.locator(".parley-summary")
    field(page, at).press("Tab")
    expect(summary).to_contain_text(says)
    expect(field(page, at)).to_have_attribute("aria-invalid", "true")
    problem = page.locator(f'[id="f{at.replace("/", "-")}-problem"]')
    expect(problem).to_contain_text(says)
    expect(field(page, at)).to_have_value(typed)
    expect(page.locator(".parley-piece")).not_to_have_count(0)

    summary.get_by_role("link").click()
    expect(field(page, at)).to_be_focused()

    page.reload()
    expect(summary).to_contain_text(says)
    expect(field(page, at)).to_have_value(typed)


@pytest.mark.wide_only
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Dear colleague", "not JSON"),
        ('{"format": "shopping-list/2"}', "“shopping-list/2”"),
        (" " * (2**20 + 1), "over 1 MiB"),
    ],
    ids=["not JSON", "another format", "too big"],
)
def test_a_file_that_is_no_plan_is_refused_and_the_plan_stays(
    open_page: Open, page: Page, tmp_path: Path, text: str, says: str
) -> None:
    open_page("your-plan/")
    fill(page, "/future/continue_chance", "90")
    expect(stance(page)).to_have_text("Collaborate")
    file = tmp_path / "plan.json"
    file.write_text(text)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".parley-summary")).to_contain_text(says)
    expect(page.locator(".parley-summary")).to_be_focused()
    expect(field(page, "/future/continue_chance")).to_have_value("90")
    expect(stance(page)).to_have_text("Collaborate")


@pytest.mark.wide_only
def test_a_file_that_is_chosen_while_an_answer_comes_is_opened(
    open_page: Open, page: Page, tmp_path: Path
) -> None:
    """The browser's dialog keeps the field for which it was opened."""
    open_page("your-plan/")
    asked_for = page.locator("input[type=file]").element_handle()
    keep_as_own(page)  # which draws the menus anew
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(example("sale")))
    asked_for.set_input_files(file)
    expect(field(page, "/title")).to_have_value(example("sale")["title"])


@pytest.mark.wide_only
def test_a_plan_file_is_downloaded_and_opened_again(
    open_page: Open, page: Page, tmp_path: Path
) -> None:
    open_page("your-plan/")
    page.get_by_role("button", name="Start with these answers").click()
    fill(page, "/title", "Ours")
    menu(page, "Share")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the plan").click()
    file = tmp_path / "plan.json"
    download.value.save_as(file)
    assert json.loads(file.read_text())["title"] == "Ours"

    menu(page, "Plans")
    page.get_by_role("button", name="Start empty").click()
    expect(stance(page)).to_have_text("Answer the two questions first")
    page.locator("input[type=file]").set_input_files(file)
    expect(field(page, "/title")).to_have_value("Ours")
    expect(stance(page)).to_have_text("Probe")


@pytest.mark.wide_only
def test_starting_empty_asks_the_questions_that_come_first(
    open_page: Open, page: Page
) -> None:
    open_page("your-plan/")
    page.get_by_role("button", name="Start empty").click()
    expect(stance(page)).to_have_text("Answer the two questions first")
    first = page.locator("[data-panel=advice] .parley-questions a").first
    expect(first).to_have_text(question("/future/continue_chance"))
    first.click()
    expect(field(page, "/future/continue_chance")).to_be_focused()


def test_issues_and_options_move_and_go_by_mouse(open_page: Open, page: Page) -> None:
    open_page("your-plan/")
    page.locator("summary", has_text="Quality disputes").click()
    page.get_by_role("button", name="Up Court of Quality disputes").wait_for(
        state="detached"
    )
    page.get_by_role("button", name="Down Court of Quality disputes").click()
    expect(field(page, "/issues/3/options/1/name")).to_have_value("Court")
    page.get_by_role("button", name="Remove Court of Quality disputes").click()
    expect(field(page, "/issues/3/options/1/name")).not_to_have_value("Court")
    page.get_by_role("button", name="Up Quality disputes", exact=True).click()
    expect(field(page, "/issues/2/name")).to_have_value("Quality disputes")
    expect(page.locator(".parley-summary")).to_have_count(0)


@pytest.mark.wide_only
def test_renaming_an_option_renames_it_where_it_is_quoted(
    open_page: Open, page: Page
) -> None:
    """The limit, the offers and the steps follow; nothing is left dangling."""
    open_page("your-plan/")
    page.locator("summary", has_text="Price per 1,000 trays").first.click()
    fill(page, "/issues/0/options/1/name", "€116")
    expect(field(page, "/issues/0/limit")).to_have_value("€116")
    fill(page, "/issues/0/options/2/name", "€114")
    offered = page.locator("[data-panel=ledger] summary", has_text="They offered")
    expect(offered).to_contain_text("€114")
    expect(page.locator(".parley-summary")).to_have_count(0)


@pytest.mark.wide_only
def test_what_they_were_seen_to_do_decides_where_their_figures_do_not(
    open_page: Open, page: Page
) -> None:
    open_page("method/reading-their-frame/")
    for signal in ("talks-about-next-time", "keeps-small-promises"):
        field(page, f"/signals/{signal}").select_option("yes")
    expect(stance(page)).to_have_text("Collaborate")
    expect(page.locator(".parley-grounds")).to_contain_text("4 of 4 signs")


@pytest.mark.wide_only
def test_a_ranking_is_taken_from_the_order_of_the_list(
    open_page: Open, page: Page
) -> None:
    open_page("your-plan/")
    page.locator("summary", has_text="I can only rank them").click()
    page.get_by_role("button", name="Take the order of this list").click()
    expect(page.get_by_text("Your ranking: Price per 1,000 trays")).to_be_visible()
    expect(page.locator(".parley__follows")).to_contain_text(
        "Your weights and your ranking disagree"
    )


@pytest.mark.wide_only
def test_a_changed_stance_is_announced_once(open_page: Open, page: Page) -> None:
    open_page("your-plan/")
    region = page.locator("[data-conclusion]")
    page.evaluate(LISTEN)
    field(page, "/future/continue_chance").fill("9")
    field(page, "/future/continue_chance").fill("90")
    expect(region).to_contain_text(Stance.COLLABORATE.label)
    expect(region).to_contain_text(Stance.COLLABORATE.says.removesuffix("."))
    assert len(page.evaluate("() => heard")) == 1


@pytest.mark.wide_only
def test_a_stance_that_is_outdated_is_not_announced(
    open_page: Open, page: Page
) -> None:
    """Where an answer takes longer than the pause before an announcement."""
    open_page("your-plan/")
    region = page.locator("[data-conclusion]")
    page.evaluate(SLOW, 1500)
    page.evaluate(LISTEN)
    field(page, "/future/continue_chance").fill("9")
    field(page, "/future/continue_chance").fill("90")
    expect(region).to_contain_text("Collaborate")
    assert len(page.evaluate("() => heard")) == 1


@pytest.mark.wide_only
def test_whoever_goes_on_is_not_taken_back_to_what_they_pressed(
    open_page: Open, page: Page
) -> None:
    open_page("your-plan/")
    page.evaluate(SLOW, 1000)
    page.get_by_role("button", name="Add an issue to the deal").click()
    cost = field(page, "/future/discount_rate")
    cost.click()
    cost.press("End")
    cost.press_sequentially(".123456789", delay=200)
    expect(cost).to_be_focused()
    expect(cost).to_have_value("10.123456789")
    go_to(field(page, "/issues/10/name"))
    expect(field(page, "/issues/10/name")).to_have_count(1)


@pytest.mark.cold
@pytest.mark.wide_only
def test_the_runtime_waits_until_it_is_wanted(page: Page, site: str) -> None:
    """A page without a panel and an unseen panel fetch no byte of the runtime."""
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{site}situations/")
    page.goto(f"{site}method/two-lists/")
    # A panel starts Python in an idle moment, once it is seen.
    idle = "new Promise((done) => requestIdleCallback(done))"
    page.evaluate(f"async () => {{ await {idle}; await {idle}; }}")
    assert [url for url in fetched if "/runtime-" in url] == []
    page.locator("parley-panel :is(input, textarea)").first.focus()
    expect(page.locator("parley-panel")).to_have_attribute("ready", "")


@pytest.mark.cold
@pytest.mark.wide_only
def test_the_planner_asks_no_other_host(page: Page, site: str) -> None:
    """Nor does any other page: `make team-check` opens them all."""
    fetched: list[str] = []
    page.context.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{site}your-plan/")
    expect(page.locator("parley-panel")).to_have_attribute("ready", "")
    assert [
        url for url in fetched if not url.startswith((site, "blob:", "data:"))
    ] == []


@pytest.mark.wide_only
def test_without_scripts_there_is_a_plan_to_read(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}your-plan/")
    expect(stance(page)).to_have_text("Probe")
    expect(page.locator(".parley-piece").first).to_be_visible()
    charts = page.locator("svg title").all_text_contents()
    assert "Deals by what they are worth to each side" in charts
    context.close()


@pytest.mark.wide_only
def test_the_browser_makes_the_same_html_as_the_build(
    open_page: Open, page: Page
) -> None:
    """CPython and Pyodide render the worked case to the same characters."""
    open_page("your-plan/")
    worker = page.evaluate(
        """async () => {
          const panel = document.querySelector("parley-panel");
          return panel.ask({ plan: panel.start, base: "../" });
        }"""
    )
    built = show(view(example("renewal"), base="../"))
    assert worker["html"] == built


# What changes in a panel is written down, and how often Python has answered.
WATCH = """() => {
  globalThis.changes = [];
  globalThis.answers = 0;
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver((all) => {
      for (const { target, type, attributeName } of all) {
        const at = target.nodeType === 1 ? target : target.parentElement;
        const panel = at.closest("[data-panel]")?.dataset.panel;
        if (panel) changes.push(`${panel}: ${type} ${attributeName ?? ""}`);
      }
    }).observe(document, {
      subtree: true, childList: true, characterData: true, attributes: true,
    });
  });
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message) {
    if ("start" in message) this.addEventListener("message", ({ data }) => {
      if (data.stage === "answer") answers += 1;
    });
    post.call(this, message);
  };
}"""


@pytest.mark.wide_only
@pytest.mark.parametrize("address", ["your-plan/", "method/at-the-table/"])
def test_a_panel_that_shows_already_what_python_says_is_left_alone(
    address: str, open_page: Open, page: Page
) -> None:
    """Neither links nor dates nor figures of a served panel are written again."""
    page.add_init_script(f"({WATCH})()")
    open_page(address)
    panels = page.locator("[data-panel]").evaluate_all(
        """(all) => all.filter((e) => !e.closest("[data-part][hidden]"))
          .map(({ dataset }) => dataset.panel)"""
    )
    # The conclusion comes in one answer, and every other panel in one of its own.
    others = set(panels) - {"problems", "tabs", "stance", "advice"}
    page.wait_for_function("(count) => answers > count", arg=len(others))
    # Which tab is open, and what is out of reach until then, is not Python's to say.
    changes = page.evaluate("() => changes")
    own = ("tabs: attributes", "attributes inert")
    assert [each for each in changes if not any(o in each for o in own)] == []


@pytest.mark.wide_only
def test_hostile_text_stays_text(open_page: Open, page: Page) -> None:
    open_page("your-plan/")
    page.evaluate("() => { globalThis.hit = [] }")
    hostile = (
        "<img src=x onerror=hit.push(1)><script>hit.push(2)</script>\"'</textarea>"
    )
    page.locator("summary", has_text="Price per 1,000 trays").first.click()
    fill(page, "/issues/0/name", hostile)
    fill(page, "/issues/0/options/0/name", hostile)
    issue = page.locator(".parley-issue summary", has_text="<img src=x")
    expect(issue).to_have_count(1)
    assert page.evaluate("() => hit") == []
    assert page.locator("parley-panel img").count() == 0


@pytest.mark.wide_only
def test_a_kept_plan_of_another_version_is_told_and_left_alone(
    open_page: Open, page: Page
) -> None:
    """A later version may have kept it; it must not be lost to an older one."""
    open_page("your-plan/")
    keep = """([name, format]) => new Promise((resolve) => {
      const open = indexedDB.open(name);
      open.onsuccess = () => {
        const change = open.result.transaction(["plans", "settings"], "readwrite");
        const document = { format, title: "Later" };
        const kept = { id: "later", title: "Later", document, changed: 1 };
        change.objectStore("plans").put(kept, "later");
        change.objectStore("settings").put("later", "current");
        change.oncomplete = () => { open.result.close(); resolve(true); };
      };
    })"""
    assert page.evaluate(keep, [PLANS, "negotiation-plan/2"])
    page.reload()
    told = page.locator(".parley-summary")
    expect(told).to_contain_text("“negotiation-plan/2”")
    page.reload()
    expect(told).to_contain_text("“negotiation-plan/2”")
