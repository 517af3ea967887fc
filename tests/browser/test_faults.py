"""What goes wrong between a reader and the planner; the draft is never at risk."""

import contextlib
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    Dialog,
    Error,
    Locator,
    Page,
    Playwright,
    Route,
    expect,
)

from runtime.tools.building import PREFIX
from runtime.tools.chromium import ensure_chromium
from runtime.tools.serving import Fault, serving
from runtime.tools.visits import ARGUMENTS
from tests.browser.conftest import PATIENCE, PLANS, keep_as_own
from tests.browser.test_offline import HANDBOOK, PLANNER, WHOLE, kept
from tests.browser.warm import BREACH

pytestmark = [pytest.mark.browser, pytest.mark.cold]

CHANCE = '[name="/future/continue_chance"]'
TITLE, THEM = '[name="/title"]', '[name="/them/name"]'
PART = '[name="/future/us/one_off_parts/2/name"]'  # of the example, in its first tab
SILENT = 16_000  # ms: a line is given up 15 s after its last sign of life
# Half of a file that falls silent has come once so much of all of them has.
FETCHED = {"pyodide.asm.wasm": 0.5, "python.zip": 0.9}
# One byte of a kept file is another; the memory that would hide it is gone.
ALTER = """async (name) => {
  for (const each of await caches.keys()) {
    if (each.endsWith(":image")) await caches.delete(each);
    const cache = await caches.open(each);
    for (const key of await cache.keys()) {
      if (!key.url.endsWith(name)) continue;
      const kept = await cache.match(key);
      const bytes = new Uint8Array(await kept.arrayBuffer());
      bytes[bytes.length >> 1] ^= 1;
      await cache.put(key, new Response(bytes, { headers: kept.headers }));
    }
  }
}"""
REFUSE = """globalThis.refused = 0;
IDBFactory.prototype.open = () => {
  refused += 1;
  throw new DOMException("no", "SecurityError");
};"""
# Between the page and Python's worker: what is asked becomes what `spoil` says, a
# question with the words of `deadly` in it makes Python fail, and that Python is ready
# is held back while `slow` is set.
BETWEEN = """
window.Worker = class extends Worker {
  postMessage(message, ...rest) {
    const asked = "text" in message ? message.text : "";
    const kills = window.deadly && asked.includes(window.deadly);
    if (kills) window.killed = (window.killed ?? 0) + 1;
    const text = "spoil" in window ? window.spoil : kills ? 5 : message.text;
    super.postMessage("text" in message ? { ...message, text } : message, ...rest);
  }
  set onmessage(hear) {
    super.onmessage = (event) => {
      const tell = () => hear.call(this, event);
      if (event.data.stage === "ready" && window.slow) window.release = tell;
      else tell();
    };
  }
};"""
DELETE = """(name) => new Promise((resolve) => {
  indexedDB.deleteDatabase(name).onsuccess = () => resolve(true);
})"""
EVICT = """async () => {
  for (const name of await caches.keys()) await caches.delete(name);
}"""

type Faults = dict[str, Fault]


@pytest.fixture
def faulty(folder: Path) -> Iterator[tuple[str, Faults]]:
    """A host of its own: where it is read, and what befalls its files."""
    faults: Faults = {}
    with serving(folder, PREFIX, faults=faults) as address:
        yield address, faults
        faults.clear()  # so that nothing waits for a stalled file any more


@pytest.fixture
def keeper(browser: Browser) -> Iterator[Page]:
    """A reader whose browser may keep the site."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.add_init_script(BREACH)
    yield page
    context.close()


def quota(context: BrowserContext, page: Page, size: int | None) -> None:
    """Let the browser keep that many bytes of this host; None for as many as it has."""
    session: CDPSession = context.new_cdp_session(page)
    origin: str = page.evaluate("() => location.origin")
    given = {"origin": origin} | ({} if size is None else {"quotaSize": size})
    session.send("Storage.overrideQuotaForOrigin", given)


def press(part: Locator, name: str) -> None:
    part.get_by_role("button", name=name).click()


def tries_again(page: Page) -> None:
    """The draft stands, the reader is told and tries again; then it is answered."""
    expect(page.locator(CHANCE)).to_have_value("90")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".parley-stance strong").first).to_have_text("Collaborate")
    page.reload()
    expect(page.locator(CHANCE)).to_have_value("90")


@pytest.mark.parametrize("fault", ["cut", "short", "flipped"])
@pytest.mark.parametrize("file", ["pyodide.asm.wasm", "python.zip"])
def test_a_file_that_does_not_come_as_it_was_built_is_told_and_fetched_again(
    page: Page, faulty: tuple[str, Faults], file: str, fault: Fault
) -> None:
    site, faults = faulty
    faults[file] = fault
    page.goto(f"{site}your-plan/")
    page.locator(CHANCE).fill("90")
    told = page.get_by_role("alert").filter(has_text="could not start")
    expect(told).to_be_visible()
    faults.clear()
    tries_again(page)


def test_a_kept_plan_can_be_saved_where_the_planner_does_not_start(
    page: Page, faulty: tuple[str, Faults], tmp_path: Path
) -> None:
    site, faults = faulty
    faults["python.zip"] = "cut"
    told = page.get_by_role("alert").filter(has_text="could not start")
    page.goto(f"{site}your-plan/")
    page.locator(CHANCE).fill("90")
    expect(told).to_be_visible()
    page.locator("#start-here").click()
    expect(page.locator("[data-saving=saved]").first).to_be_visible()
    page.reload()
    with page.expect_download() as download:
        told.get_by_role("button", name="Save the plan as a file").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)

    faults.clear()
    told.get_by_role("button", name="Try again").click()
    expect(page.locator(CHANCE)).to_have_value("90")
    page.locator(CHANCE).fill("10")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(CHANCE)).to_have_value("90")


@pytest.mark.parametrize("file", ["pyodide.asm.wasm", "python.zip"])
def test_a_line_that_falls_silent_is_given_up_and_told(
    page: Page, faulty: tuple[str, Faults], file: str
) -> None:
    site, faults = faulty
    faults[file] = "stalled"
    page.clock.install()
    page.goto(f"{site}your-plan/")
    page.locator(CHANCE).fill("90")
    told = page.get_by_role("alert").filter(has_text="could not start")
    fetched = page.locator("progress").first
    page.wait_for_function(
        "([bar, whole]) => bar.value > whole * bar.max",
        arg=[fetched.element_handle(), FETCHED[file]],
    )
    page.clock.fast_forward(SILENT)
    expect(told).to_be_visible()
    faults.clear()
    tries_again(page)


def begin(page: Page, site: str) -> None:
    """Start a plan of one's own from the example, and call it Lease."""
    page.goto(f"{site}your-plan/")
    page.locator("#start-here").click()
    page.locator(TITLE).fill("Lease")


def name_them(page: Page, name: str) -> None:
    """Say who they are, in a part of the page that is folded at first."""
    page.locator("details", has=page.locator(THEM)).locator("summary").first.click()
    page.locator(THEM).fill(name)


@pytest.fixture
def between(page: Page) -> Page:
    page.add_init_script(BETWEEN)
    return page


def dropped(page: Page) -> Locator:
    """What the page says of a question that it asks no more."""
    return page.get_by_role("alert").filter(has_text="stopped twice")


def test_a_plan_that_stops_python_is_named_and_can_be_left(
    between: Page, site: str, tmp_path: Path
) -> None:
    """At once, not when 10 s have passed; and to a reader who comes back as well."""
    said: list[str] = []
    between.on("console", lambda message: said.append(message.text))
    between.add_init_script("window.deadly = 'Nemesis'")
    begin(between, site)
    expect(between.locator("[data-saving=saved]").first).to_be_visible()
    name_them(between, "Nemesis")
    expect(dropped(between)).to_contain_text("Lease")
    between.reload()
    expect(dropped(between)).to_contain_text("Lease")
    # What stands there is the example, which nobody may take for their plan.
    expect(between.locator(f"[inert] {CHANCE}")).to_have_count(1)
    assert not any("no sign of life" in reason for reason in said)
    expect(between.get_by_text("could not start")).to_be_hidden()

    with between.expect_download() as download:
        press(dropped(between), "Save the plan as a file")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert json.loads(file.read_text())["them"]["name"] == "Nemesis"

    press(dropped(between), "Set this plan aside")
    expect(dropped(between)).to_be_hidden()
    expect(between.locator(f"[inert] {CHANCE}")).to_have_count(0)
    expect(between.locator("[data-panel=plan]")).to_contain_text("Lease")
    between.locator(CHANCE).fill("90")
    expect(between.locator(".parley-stance strong").first).to_have_text("Collaborate")


def test_a_plan_that_stops_python_is_mended_by_undo(between: Page, site: str) -> None:
    between.add_init_script("window.deadly = 'Nemesis'")
    between.goto(f"{site}your-plan/")
    keep_as_own(between)
    between.locator(CHANCE).fill("90")
    expect(between.locator(".parley-stance strong").first).to_have_text("Collaborate")
    name_them(between, "Nemesis")
    expect(dropped(between)).to_be_visible()
    # Nothing is asked about it again: not when its field is left, nor when it is saved.
    between.locator(THEM).press("Tab")
    expect(between.locator("[data-saving=saved]").first).to_be_visible()
    press(dropped(between), "Undo the last change")
    expect(dropped(between)).to_be_hidden()
    assert between.evaluate("() => window.killed") == 2
    expect(between.locator(THEM)).not_to_have_value("Nemesis")
    expect(between.locator(CHANCE)).to_have_value("90")


def test_a_press_that_stops_python_is_named_and_the_plan_goes_on(
    between: Page, site: str
) -> None:
    begin(between, site)
    expect(between.locator("parley-panel").first).to_have_attribute("ready", "")
    between.evaluate("""() => { window.deadly = '"do":{"start"' }""")
    between.locator("#menu-plans > summary").click()
    between.locator("#start-empty").click()
    expect(dropped(between)).to_contain_text("what you asked for last")
    between.locator(CHANCE).fill("90")
    expect(between.locator(".parley-stance strong").first).to_have_text("Collaborate")
    expect(between.locator(TITLE)).to_have_value("Lease")


@pytest.mark.parametrize(
    ("file", "fault", "says"),
    [
        ("python.zip", "cut", "Check your connection"),
        ("python.zip", "flipped", "not as it was published"),
        ("pyodide.asm.wasm", "missing", "missing on this site"),
    ],
)
def test_why_python_does_not_start_is_told_as_it_is(
    page: Page, faulty: tuple[str, Faults], file: str, fault: Fault, says: str
) -> None:
    site, faults = faulty
    faults[file] = fault
    page.goto(f"{site}your-plan/")
    told = page.get_by_role("alert").filter(has_text="could not start")
    page.locator(CHANCE).fill("90")
    expect(told).to_contain_text(says)
    assert ("connection" in told.inner_text()) == (fault == "cut")


def test_plans_that_are_deleted_under_the_page_are_told_and_saved_again(
    page: Page, site: str
) -> None:
    """A deleted database is no newer version of the page."""
    page.goto(f"{site}your-plan/")
    keep_as_own(page)
    page.locator(CHANCE).fill("90")
    expect(page.locator(".parley-stance strong").first).to_have_text("Collaborate")
    expect(page.locator("[data-saving=saved]").first).to_be_visible()
    page.evaluate(DELETE, PLANS)
    told = page.get_by_role("alert").filter(has_text="Not saved")
    expect(told).to_contain_text("deleted")
    expect(told).not_to_contain_text("newer version")
    page.locator(CHANCE).fill("91")
    expect(told).to_be_hidden()
    expect(page.locator("[data-saving=saved]").first).to_be_visible()
    page.reload()
    expect(page.locator(CHANCE)).to_have_value("91")


def test_what_a_returning_reader_typed_early_is_carried_over_or_told(
    page: Page, site: str
) -> None:
    begin(page, site)
    expect(page.locator("[data-saving=saved]").first).to_be_visible()
    held: list[Route] = []
    page.route("**/panel-*.mjs", lambda route: held.append(route))
    page.goto(f"{site}your-plan/", wait_until="commit")
    page.locator(CHANCE).fill("90")
    page.locator(PART).wait_for(state="attached")
    for folded in page.locator("details", has=page.locator(PART)).all():
        folded.evaluate("(details) => { details.open = true }")
    page.locator(PART).fill("early")
    held[0].continue_()
    expect(page.locator(TITLE)).to_have_value("Lease")
    expect(page.locator(CHANCE)).to_have_value("90")
    expect(page.locator(PART)).not_to_have_value("early")
    told = page.get_by_role("alert").filter(has_text="“early”")
    expect(told).to_be_visible()


def test_a_page_that_is_opened_as_a_file_says_how_to_serve_it(
    page: Page, folder: Path
) -> None:
    page.goto((folder / "your-plan" / "index.html").as_uri())
    expect(page.locator("[data-file]")).to_be_visible()


def test_a_question_that_python_cannot_read_leaves_the_draft_as_it_is(
    between: Page, site: str
) -> None:
    between.goto(f"{site}your-plan/")
    keep_as_own(between)
    between.locator(CHANCE).fill("90")
    expect(between.locator(".parley-stance strong").first).to_have_text("Collaborate")
    between.evaluate("() => { window.spoil = '{' }")
    between.locator(CHANCE).fill("91")
    problem = between.locator(".parley-summary")
    expect(problem).to_contain_text("Something in this plan cannot be read")
    between.evaluate("() => { delete window.spoil }")
    expect(between.locator("[data-saving=saved]").first).to_be_visible()
    between.reload()
    expect(between.locator(CHANCE)).to_have_value("91")


@pytest.fixture
def starting(between: Page, site: str) -> Page:
    """Everything is fetched, and Python takes its time; the page has another clock."""
    between.clock.install()
    between.add_init_script("window.slow = true")
    between.goto(f"{site}your-plan/")
    between.locator(CHANCE).fill("90")
    between.wait_for_function("() => window.release")
    return between


def test_a_device_on_which_python_starts_slowly_is_waited_for(starting: Page) -> None:
    # Twice what a silent line is given; the rest of its minute Python has used itself.
    starting.clock.fast_forward(30_000)
    told = starting.get_by_role("alert").filter(has_text="could not start")
    expect(told).to_be_hidden()
    starting.evaluate("() => { window.slow = false; window.release() }")
    expect(starting.locator(".parley-stance strong").first).to_have_text("Collaborate")


def test_a_python_that_does_not_start_in_a_minute_is_given_up_and_told(
    starting: Page,
) -> None:
    starting.clock.fast_forward(61_000)
    told = starting.get_by_role("alert").filter(has_text="could not start")
    expect(told).to_be_visible()
    starting.evaluate("() => { window.slow = false }")
    starting.get_by_role("button", name="Try again").click()
    expect(starting.locator(".parley-stance strong").first).to_have_text("Collaborate")
    expect(starting.locator(CHANCE)).to_have_value("90")


def test_a_kept_file_that_was_altered_is_fetched_anew(keeper: Page, site: str) -> None:
    keeper.goto(f"{site}your-plan/")
    keeper.locator(CHANCE).fill("90")
    expect(kept(keeper)).to_have_text(PLANNER)
    keeper.evaluate(ALTER, "python.zip")
    keeper.reload()
    expect(keeper.locator(CHANCE)).to_have_value("90")
    expect(keeper.locator(".parley-stance strong").first).to_have_text("Collaborate")
    expect(kept(keeper)).to_have_text(PLANNER)


def test_a_worker_whose_copies_were_cleared_fetches_them_again(
    keeper: Page, site: str
) -> None:
    keeper.goto(f"{site}your-plan/")
    keeper.locator(CHANCE).fill("90")
    expect(kept(keeper)).to_have_text(PLANNER)
    keeper.evaluate(EVICT)
    keeper.reload()
    expect(keeper.locator(CHANCE)).to_have_value("90")
    expect(keeper.locator(".parley-stance strong").first).to_have_text("Collaborate")
    expect(kept(keeper)).to_have_text(PLANNER)


def test_a_draft_that_finds_no_room_is_told_and_saved_when_there_is_some(
    page: Page, site: str
) -> None:
    page.goto(f"{site}your-plan/")
    expect(page.locator("parley-panel").first).to_have_attribute("ready", "")
    quota(page.context, page, 1)
    keep_as_own(page)
    page.locator(CHANCE).fill("90")
    told = page.get_by_role("alert").filter(has_text="Not saved")
    expect(told).to_be_visible()
    expect(page.locator(".parley-stance strong").first).to_have_text("Collaborate")
    quota(page.context, page, None)
    page.locator(CHANCE).fill("91")
    expect(told).to_be_hidden()
    expect(page.locator("[data-saving=saved]").first).to_be_visible()
    page.reload()
    expect(page.locator(CHANCE)).to_have_value("91")


@pytest.fixture
def unkept(page: Page, site: str) -> Page:
    """A plan page, answering, in a browser that refuses every write."""
    page.clock.install()
    page.add_init_script(REFUSE)
    page.goto(f"{site}your-plan/")
    expect(page.locator("parley-panel").first).to_have_attribute("ready", "")
    return page


def asked_on_closing(page: Page) -> list[str]:
    """Close the page as a reader does: the questions that the browser asks."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.close(run_before_unload=True)
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline and not asked and not page.is_closed():
        with contextlib.suppress(Error):
            page.wait_for_timeout(50)
    return asked


def test_what_was_told_as_saved_outlives_a_browser_that_is_killed(
    playwright: Playwright, site: str, tmp_path: Path
) -> None:
    """While the next key is being saved: what was typed after it may be lost."""
    told = ""
    for n, more in enumerate(("", "of May 2027, from draft to deal", "")):
        with playwright.chromium.launch_persistent_context(
            tmp_path, executable_path=str(ensure_chromium()), args=ARGUMENTS
        ) as context:
            page = context.new_page()
            page.goto(f"{site}your-plan/")
            if n == 0:
                page.locator("#start-here").click()
                page.locator(TITLE).fill("Lease 0")
            expect(page.locator(TITLE)).to_have_value(re.compile("^Lease "))
            assert page.locator(TITLE).input_value().startswith(told)
            # It is not said of a plan that was only read.
            saved = page.locator("[data-saving=saved]").first
            expect(saved).to_be_visible(visible=n == 0)
            page.locator(TITLE).fill(f"Lease {n}")
            expect(saved).to_be_visible()
            told = f"Lease {n}" if n else ""
            page.locator(TITLE).press("End")
            page.locator(TITLE).press_sequentially(more)
            kill_browser(tmp_path)


def kill_browser(profile: Path) -> None:
    """Kill every process of the browser that has that profile."""
    listed = subprocess.run(
        ["ps", "-axo", "pid=,command="], check=True, capture_output=True, text=True
    ).stdout
    for line in listed.splitlines():
        number, command = line.split(maxsplit=1)
        if f"--user-data-dir={profile}" in command:
            os.kill(int(number), signal.SIGKILL)


def test_a_plan_that_is_kept_nowhere_is_not_left_without_a_word(unkept: Page) -> None:
    keep_as_own(unkept)
    unkept.locator(CHANCE).press_sequentially("90")
    told = unkept.get_by_role("alert").filter(has_text="Not saved")
    expect(told).to_be_visible()
    assert asked_on_closing(unkept) == ["beforeunload"]


def test_a_plan_that_is_saved_is_left_without_a_question(page: Page, site: str) -> None:
    page.goto(f"{site}your-plan/")
    keep_as_own(page)
    page.locator(CHANCE).press_sequentially("90")
    expect(page.locator("[data-saving=saved]").first).to_be_visible()
    assert asked_on_closing(page) == []


def test_a_page_that_nobody_typed_in_is_left_without_a_question(unkept: Page) -> None:
    unkept.locator(CHANCE).click()
    assert asked_on_closing(unkept) == []


def test_a_plan_that_found_room_again_is_left_without_a_question(
    page: Page, site: str
) -> None:
    page.goto(f"{site}your-plan/")
    expect(page.locator("parley-panel").first).to_have_attribute("ready", "")
    quota(page.context, page, 1)
    keep_as_own(page)
    page.locator(CHANCE).press_sequentially("9")
    told = page.get_by_role("alert").filter(has_text="Not saved")
    expect(told).to_be_visible()
    quota(page.context, page, None)
    expect(page.locator("[data-saving=saved]").first).to_be_visible()
    expect(told).to_be_hidden()
    assert asked_on_closing(page) == []


def test_a_plan_that_is_not_saved_is_told_once_however_much_is_typed(
    unkept: Page,
) -> None:
    """An alert that goes and comes again is read out each time."""
    unkept.evaluate(
        """() => {
          globalThis.toggled = 0;
          const told = document.querySelector("[data-saving=blocked]");
          const watch = new MutationObserver((all) => { toggled += all.length; });
          watch.observe(told, { attributes: true, attributeFilter: ["hidden"] });
        }"""
    )
    keep_as_own(unkept)
    unkept.locator(CHANCE).press_sequentially("0123456789", delay=50)
    told = unkept.get_by_role("alert").filter(has_text="Not saved")
    expect(told).to_be_visible()
    unkept.clock.run_for(60_000)
    assert unkept.evaluate("() => toggled") <= 1


def test_a_write_that_fails_is_tried_again_by_one_clock(unkept: Page) -> None:
    """Ten keys, ten failures; afterwards once a minute, not ten times."""
    keep_as_own(unkept)
    unkept.locator(CHANCE).press_sequentially("0123456789", delay=50)
    expect(unkept.get_by_role("alert").filter(has_text="Not saved")).to_be_visible()
    unkept.clock.run_for(120_000)
    before = unkept.evaluate("() => refused")
    unkept.clock.run_for(300_000)
    assert 4 <= unkept.evaluate("() => refused") - before <= 6


def test_an_offline_copy_that_finds_no_room_is_told_and_kept_when_there_is_some(
    keeper: Page, site: str
) -> None:
    keeper.goto(f"{site}your-plan/")
    keep_as_own(keeper)
    keeper.locator(CHANCE).fill("90")
    expect(kept(keeper)).to_have_text(PLANNER)
    expect(keeper.locator("[data-saving=saved]").first).to_be_visible()
    keeper.evaluate(EVICT)
    quota(keeper.context, keeper, 2_000_000)
    keeper.reload()
    expect(kept(keeper)).to_contain_text("Not all of it could be kept")
    expect(keeper.locator(CHANCE)).to_have_value("90")
    quota(keeper.context, keeper, None)
    keeper.locator("parley-offline [data-keep]").click()
    expect(kept(keeper)).to_have_text(WHOLE)
    keeper.reload()
    expect(keeper.locator(CHANCE)).to_have_value("90")


def test_a_file_that_was_spoilt_in_the_browsers_cache_is_fetched_past_it(
    keeper: Page, faulty: tuple[str, Faults]
) -> None:
    """Else there is no copy, and no word of a new version, until it is forgotten."""
    site, faults = faulty
    keeper.goto(f"{site}assets/favicon.svg")
    names = keeper.evaluate(
        """async (page) => {
          const text = await (await fetch(page)).text();
          return [...text.matchAll(/[\\w-]+-[0-9A-Z]{8}\\.css/g)].map(([name]) => name);
        }""",
        f"{site}index.html",
    )
    faults[names[0]] = "flipped"
    keeper.goto(f"{site}reference/sources/")
    faults.clear()
    expect(kept(keeper)).to_have_text(HANDBOOK)
