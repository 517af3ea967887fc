"""Two sites of one origin: what each keeps is its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from planner.examples import example
from tests.building import PREFIX
from tests.serving import serving

pytestmark = pytest.mark.browser

TITLE, CHANCE = '[name="/title"]', '[name="/future/continue_chance"]'
BLANK = "assets/favicon.svg"  # a page of a site without its scripts

# Makes a database as a version of the planner left it; the first had one plan alone.
KEEP = """([name, version, plans, current]) => new Promise((resolve, reject) => {
  const open = indexedDB.open(name, version);
  open.onerror = () => reject(open.error);
  open.onblocked = () => reject(new Error(`${name} is held open`));
  open.onupgradeneeded = () => {
    const there = open.result.objectStoreNames;
    for (const store of version > 1 ? ["plans", "settings"] : ["plans"])
      if (!there.contains(store)) open.result.createObjectStore(store);
  };
  open.onsuccess = () => {
    const database = open.result;
    const change = database.transaction(database.objectStoreNames, "readwrite");
    for (const [key, plan] of plans) change.objectStore("plans").put(plan, key);
    if (version > 1) change.objectStore("settings").put(current, "current");
    change.oncomplete = () => { database.close(); resolve(true); };
  };
})"""

type Plan = dict[str, Any]


def database(path: str) -> str:
    """The name of the database of the site at a path."""
    return f"parley:{path}:plans"


DATABASE = database(PREFIX)  # that of the site which other tests read


class Sites(NamedTuple):
    """The addresses of two sites of one origin."""

    deals: str
    other: str


@pytest.fixture(scope="module")
def sites(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    root = tmp_path_factory.mktemp("origin")
    for name in Sites._fields:
        (root / name).symlink_to(folder)
    with serving(root) as origin:
        yield Sites(*(f"{origin}{name}/" for name in Sites._fields))


def plan(title: str, changed: int = 1, key: str = "", **more: Any) -> Plan:
    """A plan as the database holds it."""
    document = {**example("renewal"), "title": title}
    return {
        "id": key or title.lower().replace(" ", "-"),
        "title": title,
        "document": document,
        "changed": changed,
        **more,
    }


def keep(
    page: Page,
    site: str,
    *plans: Plan,
    name: str = "",
    version: int = 2,
    current: str = "",
) -> None:
    """Put plans into a database of the origin, as a visit of a site would have."""
    page.goto(site + BLANK)
    path = f"/{site.split('/', 3)[3]}"
    keyed = [(each["id"], each) for each in plans]
    page.evaluate(KEEP, [name or database(path), version, keyed, current])


def visit(page: Page, site: str) -> None:
    """Open the plan page of a site, and wait until Python is there."""
    page.goto(f"{site}your-plan/")
    panel = page.locator("parley-panel")
    panel.scroll_into_view_if_needed()
    expect(panel).to_have_attribute("ready", "")


def begin(page: Page) -> None:
    """Start a plan of one's own from the example."""
    page.locator("#start-here").click()
    expect(page.locator(TITLE)).to_be_focused()


def fill(page: Page, field: str, text: str) -> None:
    page.locator(field).fill(text)
    page.locator(field).press("Tab")
    expect(page.locator("[data-saving=saved]")).to_be_visible()


def count(page: Page) -> Locator:
    """The menu that says how many plans the site has."""
    return page.locator("#menu-plans summary")


def answered(page: Page) -> None:
    """Questions wait for each other: this one comes after all that were asked."""
    page.evaluate("() => document.querySelector('parley-panel').ask({ now: [] })")


class TestEachHasItsOwn:
    def test_plans_of_one_are_not_open_in_the_other(
        self, page: Page, sites: Sites
    ) -> None:
        visit(page, sites.deals)
        begin(page)
        fill(page, TITLE, "Of the first")
        visit(page, sites.other)
        expect(page.locator("#start-here")).to_be_visible()
        expect(count(page)).to_have_text("Plans")
        begin(page)
        fill(page, TITLE, "Of the second")
        visit(page, sites.deals)
        expect(page.locator(TITLE)).to_have_value("Of the first")
        expect(count(page)).to_have_text("Plans (1)")

    def test_typing_in_one_is_not_told_to_tabs_of_the_other(
        self, page: Page, sites: Sites
    ) -> None:
        """Both have the same plan, by its id, as a copy has."""
        for site in sites:
            keep(page, site, plan("Both", key="both"), current="both")
        tab, other = page.context.new_page(), page.context.new_page()
        for each, site in ((page, sites.deals), (tab, sites.deals)):
            visit(each, site)
            expect(each.locator(TITLE)).to_have_value("Both")
        visit(other, sites.other)
        expect(other.locator(TITLE)).to_have_value("Both")
        fill(page, CHANCE, "91")
        expect(tab.locator(CHANCE)).to_have_value("91")
        answered(other)
        expect(other.locator(CHANCE)).to_have_value("80")
        visit(other, sites.other)
        expect(other.locator(CHANCE)).to_have_value("80")

    def test_steps_for_undo_outlast_a_visit_of_the_other(
        self, page: Page, sites: Sites
    ) -> None:
        for site in sites:
            visit(page, site)
            begin(page)
            fill(page, CHANCE, "91")
        visit(page, sites.deals)
        expect(page.locator(CHANCE)).to_have_value("91")
        page.locator("#undo").click()
        expect(page.locator(CHANCE)).to_have_value("80")

    def test_a_newer_version_of_one_leaves_the_other_saving(
        self, page: Page, sites: Sites
    ) -> None:
        """Its tab has to reload, as ever; the other site knows nothing of it."""
        visit(page, sites.deals)
        begin(page)
        fill(page, TITLE, "Of the first")
        other = page.context.new_page()
        visit(other, sites.other)
        begin(other)
        fill(other, TITLE, "Of the second")
        newer = page.context.new_page()
        keep(newer, sites.deals, plan("Newer", key="newer"), version=3)
        expect(page.locator("[data-saving=old]")).to_be_visible()
        fill(other, TITLE, "Still saved")
        expect(other.locator("[data-saving=old]")).to_be_hidden()
        visit(other, sites.other)
        expect(other.locator(TITLE)).to_have_value("Still saved")
