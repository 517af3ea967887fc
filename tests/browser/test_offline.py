"""What a reader has without a network, and what becomes of it when the site changes."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Dialog,
    Error,
    Locator,
    Page,
    expect,
)

from runtime.bundle import offline
from runtime.tools.building import PREFIX, ROOT, SITE_NAME
from runtime.tools.serving import Line, serving
from tests.browser.conftest import PATIENCE, PLANS, keep_as_own
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser

HANDBOOK = "Available offline: the handbook and its search."
PLANNER = "Available offline: the handbook, its search and the planner."
WHOLE = (
    "Available offline: the handbook, its search and the planner, workbooks included."
)
NOTHING = "can be kept on this device"
AWAY = "This page is not available offline"
SECOND = "Second edition: "

PROSE = "reference/sources/"  # a page that asks nothing of Python

type Deploy = Callable[[Path], None]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader whose browser may keep what it is given."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def reader(context: BrowserContext) -> Iterator[Page]:
    """A page of theirs; every complaint of it is a failure."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


@pytest.fixture
def edition(folder: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A deployment of its own: where it is read, and the folder that is served."""
    served = tmp_path / "site"
    shutil.copytree(folder, served)
    with serving(served, PREFIX) as address:
        yield address, served


def deploy_second(served: Path) -> None:
    """Replace what is served: other pages, a planner and styles of other names."""
    renamed = {}
    for path in (served / "assets/runtime").glob("*-*.*"):
        if path.suffix in {".mjs", ".css"}:
            new = re.sub(r"-[0-9A-Z]{8}\.", "-SECONDED.", path.name)
            path.rename(path.with_name(new))
            renamed[path.name] = new
    for path in (*served.rglob("*.html"), *served.rglob("*.mjs")):
        text = path.read_text("utf-8")
        for old, new in renamed.items():
            text = text.replace(old, new)
        path.write_text(re.sub(r"(<h1[^>]*>)", rf"\1{SECOND}", text), "utf-8")
    offline.add_to(served)


def kept(page: Page) -> Locator:
    """What the foot of the page says of this device."""
    return page.locator("parley-offline p[data-offline]:visible").first


def notice(page: Page) -> Locator:
    """What the page says of a new version."""
    return page.locator("[data-renewal]:visible")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def heading(page: Page) -> Locator:
    return page.locator("h1")


def chance(page: Page) -> Locator:
    return page.locator('[name="/future/continue_chance"]')


def ready(page: Page) -> None:
    expect(page.locator("parley-panel")).to_have_attribute("ready", "")


def plans(page: Page) -> None:
    """Use the planner: what is typed is answered."""
    ready(page)
    chance(page).fill("90")
    expect(page.locator("#f-advice strong")).to_have_text("Collaborate")


def caches(page: Page) -> list[str]:
    names: list[str] = page.evaluate("() => caches.keys()")
    return sorted(names)


def workers(page: Page) -> int:
    count: int = page.evaluate(
        "async () => (await navigator.serviceWorker.getRegistrations()).length"
    )
    return count


class TestWithoutANetwork:
    def test_after_one_visit_the_handbook_and_its_search_are_there(
        self, reader: Page, context: BrowserContext, site: str
    ) -> None:
        reader.goto(site + PROSE)
        expect(kept(reader)).to_have_text(HANDBOOK)
        context.set_offline(True)

        # Once as the theme goes from page to page, once as a browser does.
        reader.get_by_role("link", name="Glossary").first.click()
        expect(heading(reader)).to_contain_text("What the words mean")
        other = context.new_page()
        other.goto(f"{site}reference/sources/")
        expect(other).to_have_title(f"Sources - {SITE_NAME}")
        other.goto(f"{site}reference/glossary")
        expect(other).to_have_url(f"{site}reference/glossary/")
        other.close()

        reader.get_by_label("Search", exact=True).first.click()
        reader.locator("[data-md-component=search-query]").press_sequentially("batna")
        reader.locator(".md-search-result__link[href*='h=batna']").first.click()
        expect(reader).to_have_url(re.compile(r"\?h=batna"))
        reader.reload()
        expect(reader.locator("mark").first).to_be_visible()

    def test_a_planner_that_was_used_is_there(
        self, reader: Page, context: BrowserContext, site: str
    ) -> None:
        reader.goto(f"{site}your-plan/")
        ready(reader)
        expect(kept(reader)).to_have_text(PLANNER)
        context.set_offline(True)
        reader.reload()
        plans(reader)
        reader.goto(site)
        reader.get_by_role("link", name="Your plan", exact=True).first.click()
        ready(reader)

    def test_a_planner_used_only_after_the_first_page_is_there(
        self, reader: Page, context: BrowserContext, site: str
    ) -> None:
        """The worker that serves the page hands the files on, and keeps them."""
        reader.goto(site + PROSE)
        expect(kept(reader)).to_have_text(HANDBOOK)
        reader.goto(f"{site}your-plan/")
        ready(reader)
        expect(kept(reader)).to_have_text(PLANNER)
        context.set_offline(True)
        reader.reload()
        plans(reader)

    def test_a_planner_that_was_never_used_is_there_after_a_press(
        self, reader: Page, context: BrowserContext, site: str
    ) -> None:
        reader.goto(site + PROSE)
        press(reader, "Make the planner available offline")
        expect(kept(reader)).to_have_text(WHOLE)
        expect(reader.locator("parley-offline section")).to_be_focused()
        context.set_offline(True)
        reader.goto(f"{site}your-plan/")
        keep_as_own(reader)
        plans(reader)
        reader.locator(".parley-menus summary", has_text="Share").click()
        with reader.expect_download() as download:
            press(reader, "Save a workbook")
        assert download.value.suggested_filename.endswith(".xlsx")

    def test_a_page_that_is_not_kept_says_so_and_leads_back(
        self, reader: Page, context: BrowserContext, site: str
    ) -> None:
        reader.goto(site + PROSE)
        expect(kept(reader)).to_have_text(HANDBOOK)
        context.set_offline(True)
        reader.goto(f"{site}method/nowhere/at/all/")
        expect(heading(reader)).to_have_text(AWAY)
        assert faults(reader) == []
        reader.get_by_role("link", name="Your plan").click()
        expect(heading(reader)).to_contain_text("Your plan")

    def test_what_could_not_be_fetched_is_told_and_fetched_later(
        self, reader: Page, context: BrowserContext, site: str
    ) -> None:
        reader.goto(site + PROSE)
        expect(kept(reader)).to_have_text(HANDBOOK)
        context.set_offline(True)
        press(reader, "Make the planner available offline")
        expect(kept(reader)).to_contain_text("Not all of it could be kept")
        context.set_offline(False)
        press(reader, "Try again")
        expect(kept(reader)).to_have_text(WHOLE)

    def test_a_reader_who_saves_data_is_asked_first(
        self, reader: Page, context: BrowserContext, site: str
    ) -> None:
        reader.add_init_script(
            "Object.defineProperty(navigator, 'connection',"
            " { value: { saveData: true } })"
        )
        reader.goto(f"{site}reference/sources/")
        expect(kept(reader)).to_have_text("Available offline: the pages you have read.")
        context.set_offline(True)
        reader.reload()
        expect(reader).to_have_title(f"Sources - {SITE_NAME}")
        reader.goto(f"{site}reference/glossary/")
        expect(heading(reader)).to_have_text(AWAY)


class TestANewVersion:
    def test_announces_itself_and_keeps_the_draft(
        self, reader: Page, context: BrowserContext, edition: tuple[str, Path]
    ) -> None:
        site, served = edition
        reader.goto(f"{site}your-plan/")
        expect(kept(reader)).to_have_text(PLANNER)
        chance(reader).fill("91")
        other = context.new_page()
        other.goto(f"{site}your-plan/#on-the-table")
        ready(other)
        deploy_second(served)

        # From page to page within the old version, until the reader says so.
        reader.locator(".md-header__button.md-logo").click()
        expect(notice(reader)).to_contain_text(f"A new version of {SITE_NAME} is ready")
        assert faults(reader) == []
        expect(heading(reader)).not_to_contain_text(SECOND)
        reader.get_by_role("link", name="Your plan", exact=True).first.click()
        expect(chance(reader)).to_have_value("91")
        expect(heading(reader)).not_to_contain_text(SECOND)
        chance(reader).fill("92")
        press(reader, "Reload for the new version")

        expect(heading(reader)).to_contain_text(SECOND)
        expect(chance(reader)).to_have_value("92")
        expect(heading(other)).to_contain_text(SECOND)
        expect(kept(reader)).to_have_text(PLANNER)
        context.set_offline(True)
        reader.reload()
        expect(chance(reader)).to_have_value("92")
        expect(heading(reader)).to_contain_text(SECOND)
        plans(reader)

    def test_can_wait(self, reader: Page, edition: tuple[str, Path]) -> None:
        site, served = edition
        reader.goto(site + PROSE)
        expect(kept(reader)).to_have_text(HANDBOOK)
        deploy_second(served)
        reader.reload()
        press(reader, "Later")
        button = reader.get_by_role("button", name="Reload for the new version")
        expect(button).not_to_be_visible()
        reader.reload()
        expect(heading(reader)).not_to_contain_text(SECOND)
        button.click()
        expect(heading(reader)).to_contain_text(SECOND)

    def test_does_not_reload_what_could_not_be_saved(
        self, reader: Page, edition: tuple[str, Path]
    ) -> None:
        site, served = edition
        reader.goto(f"{site}your-plan/")
        expect(kept(reader)).to_have_text(PLANNER)
        deploy_second(served)
        reader.reload()
        expect(notice(reader)).to_contain_text("is ready")
        ready(reader)
        keep_as_own(reader)
        reader.evaluate(
            """() => {
              IDBObjectStore.prototype.put = () => {
                throw new DOMException("full", "QuotaExceededError");
              };
            }"""
        )
        asked: list[str] = []

        def stay(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.dismiss()

        reader.on("dialog", stay)
        chance(reader).fill("93")
        press(reader, "Reload for the new version")
        expect(notice(reader)).to_contain_text("Not reloaded")
        assert faults(reader) == []
        expect(chance(reader)).to_have_value("93")
        press(reader, "Reload without saving")
        expect(heading(reader)).to_contain_text(SECOND)
        assert asked == []  # the reader has said so already

    def test_comes_to_pages_that_were_fetched_past_the_worker(
        self, reader: Page, context: BrowserContext, edition: tuple[str, Path]
    ) -> None:
        """A hard reload: the worker serves neither this tab nor the other any more."""
        site, served = edition
        other = context.new_page()
        for page in (reader, other):
            page.goto(f"{site}your-plan/")
            expect(kept(page)).to_have_text(PLANNER)
            session = context.new_cdp_session(page)
            with page.expect_event("load"):
                session.send("Page.reload", {"ignoreCache": True})
            expect(kept(page)).to_have_text(PLANNER)
            assert page.evaluate("() => navigator.serviceWorker.controller") is None
        deploy_second(served)
        other.locator(".md-header__button.md-logo").click()
        press(reader, "Reload for the new version")
        expect(heading(reader)).to_contain_text(SECOND)
        expect(heading(other)).to_contain_text(SECOND)

    def test_never_gives_its_pages_to_scripts_of_the_old_one(
        self, reader: Page, edition: tuple[str, Path]
    ) -> None:
        """A page that was not kept in time comes with its own scripts."""
        site, served = edition
        reader.goto(site + PROSE)
        expect(kept(reader)).to_have_text(HANDBOOK)
        reader.evaluate(f"() => caches.delete('parley:{PREFIX}:handbook')")
        deploy_second(served)
        reader.get_by_role("link", name="Glossary").first.click()
        expect(heading(reader)).to_contain_text(SECOND)
        script = reader.locator("script[src*='panel-']")
        expect(script).to_have_attribute("src", re.compile("SECONDED"))

    def test_fetches_again_only_what_has_changed(
        self, reader: Page, edition: tuple[str, Path]
    ) -> None:
        """A planner that is built again has its other files in another folder."""
        site, served = edition
        reader.goto(f"{site}your-plan/")
        expect(kept(reader)).to_have_text(PLANNER)
        runtime = next((served / "assets/runtime").glob("runtime-*"))
        moved = runtime.rename(runtime.with_name("runtime-0123456789"))
        for path in (served / "assets/runtime").glob("panel-*.mjs"):
            text = path.read_text("utf-8")
            path.write_text(text.replace(runtime.name, moved.name), "utf-8")
        deploy_second(served)
        # Whoever fetched this would not get the second edition.
        (moved / "pyodide.asm.wasm").unlink()
        reader.reload()
        press(reader, "Reload for the new version")
        expect(heading(reader)).to_contain_text(SECOND)
        expect(kept(reader)).to_have_text(PLANNER)
        plans(reader)


class TestRemoving:
    def test_leaves_nothing_but_the_plans(
        self, reader: Page, context: BrowserContext, edition: tuple[str, Path]
    ) -> None:
        site, _ = edition
        reader.goto(f"{site}your-plan/")
        expect(kept(reader)).to_have_text(PLANNER)
        chance(reader).fill("91")
        press(reader, "Remove offline copy")
        expect(kept(reader)).to_contain_text(NOTHING)
        assert caches(reader) == []
        assert workers(reader) == 0
        expect(chance(reader)).to_have_value("91")

        reader.goto(site + PROSE)
        expect(kept(reader)).to_contain_text(NOTHING)
        context.set_offline(True)
        with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
            reader.goto(f"{site}reference/glossary/")
        context.set_offline(False)
        reader.goto(site + PROSE)
        press(reader, "Make available offline")
        expect(kept(reader)).to_have_text(WHOLE)

    def test_other_tabs_keep_nothing_either(
        self, reader: Page, context: BrowserContext, site: str
    ) -> None:
        reader.goto(site + PROSE)
        expect(kept(reader)).to_have_text(HANDBOOK)
        other = context.new_page()
        other.goto(site + PROSE)
        expect(kept(other)).to_have_text(HANDBOOK)
        press(reader, "Remove offline copy")
        expect(kept(reader)).to_contain_text(NOTHING)
        other.get_by_role("link", name="Glossary").first.click()
        expect(heading(other)).to_contain_text("What the words mean")
        assert caches(other) == []

    def test_what_another_tab_is_keeping_goes_too(
        self, reader: Page, context: BrowserContext, folder: Path
    ) -> None:
        line = Line(10_000_000, 0.0)
        with serving(folder, PREFIX, line=line) as site:
            reader.goto(site + PROSE)
            expect(kept(reader)).to_have_text(HANDBOOK)
            other = context.new_page()
            other.goto(site + PROSE)
            expect(kept(other)).to_have_text(HANDBOOK)
            line.rate = 400_000
            press(reader, "Make the planner available offline")
            expect(kept(reader)).to_contain_text(f"Keeping {SITE_NAME}")
            press(other, "Remove offline copy")
            expect(kept(other)).to_contain_text(NOTHING)
            expect(kept(reader)).to_contain_text("Not all of it could be kept")
            assert caches(other) == []

    def test_the_site_can_withdraw_its_worker(
        self, reader: Page, edition: tuple[str, Path]
    ) -> None:
        """What a build with `OFFLINE=false` puts in the worker's place."""
        site, served = edition
        reader.goto(site + PROSE)
        expect(kept(reader)).to_have_text(HANDBOOK)
        shutil.copy(ROOT / "overrides/service-worker.js", served / offline.WORKER)
        for path in served.rglob("*.html"):
            text = path.read_text("utf-8")
            path.write_text(re.sub(r"<script[^>]+/offline-.*", "", text), "utf-8")
        reader.reload()
        # The page loads itself again, and comes without the script.
        unoffered = "html:not(:has(script[src*='offline-'])) parley-offline[hidden]"
        expect(reader.locator(unoffered)).to_have_count(1)
        assert caches(reader) == []
        assert workers(reader) == 0
        deploy_second(served)
        reader.reload()
        expect(heading(reader)).to_contain_text(SECOND)


class TestTwoSitesOfOneOrigin:
    def test_keep_apart(
        self, reader: Page, context: BrowserContext, folder: Path, tmp_path: Path
    ) -> None:
        """One at the root, one below it; the second edition is the one below."""
        shutil.copytree(folder, tmp_path / "root")
        shutil.copytree(folder, tmp_path / "root/parley")
        deploy_second(tmp_path / "root/parley")
        with serving(tmp_path / "root") as root:
            below = f"{root}parley/"
            for site in (root, below):
                reader.goto(site + PROSE)
                expect(kept(reader)).to_have_text(HANDBOOK)
            scopes = {name.rpartition(":")[0] for name in caches(reader)}
            assert scopes == {"parley:/", "parley:/parley/"}
            context.set_offline(True)
            reader.goto(f"{root}reference/sources/")
            expect(heading(reader)).not_to_contain_text(SECOND)
            reader.goto(f"{below}reference/sources/")
            expect(heading(reader)).to_contain_text(SECOND)
            context.set_offline(False)
            press(reader, "Remove offline copy")
            expect(kept(reader)).to_contain_text(NOTHING)
            assert {n.rpartition(":")[0] for n in caches(reader)} == {"parley:/"}
            context.set_offline(True)
            reader.goto(f"{root}reference/glossary/")
            expect(reader).to_have_title(f"Glossary - {SITE_NAME}")


# Everything that a browser keeps for an origin, by the name that it has there.
EVERY_NAME = """async (database) => {
  const settings = await new Promise((resolve) => {
    indexedDB.open(database).onsuccess = ({ target: { result } }) => {
      const keys = result.transaction("settings").objectStore("settings").getAllKeys();
      keys.onsuccess = () => { result.close(); resolve(keys.result); };
    };
  });
  return [
    ...(await indexedDB.databases()).map(({ name }) => name),
    ...settings.map((key) => key.split(" ")[0]),
    ...(await caches.keys()),
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
  ];
}"""


@pytest.mark.cold
def test_every_name_under_which_something_is_kept_is_on_the_privacy_page(
    reader: Page, site: str, folder: Path
) -> None:
    html = (folder / "reference" / "privacy" / "index.html").read_text("utf-8")
    named = set(re.findall(r"<code>([^<]+)</code>", html))
    reader.goto(f"{site}your-plan/")
    keep_as_own(reader)
    plans(reader)
    reader.get_by_title("Switch to dark").click()
    reader.locator("#menu-share > summary").click()
    with reader.expect_download():
        reader.locator("#give-plan-json").click()
    press(reader, "Make workbooks available offline")
    expect(kept(reader)).to_have_text(WHOLE)
    reader.reload()  # the steps for undo are kept meanwhile
    ready(reader)
    found = reader.evaluate(EVERY_NAME, PLANS)
    with reader.expect_event("load"):  # it is loaded again, without what was kept
        press(reader, "Remove offline copy")
    expect(reader.locator("parley-offline")).to_contain_text(NOTHING)
    found += reader.evaluate("() => Object.keys(localStorage)")

    assert len(found) > 10
    for name in found:
        own = name.rpartition(PREFIX)[2]
        assert own in named, f"{name} is kept, and the page does not name it"
