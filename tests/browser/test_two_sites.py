"""Two sites of one origin: what each keeps is its own, and may be copied."""

from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from planner.edits.examples import example
from tests.browser.conftest import DEALS, OTHER, PATIENCE, keep_as_own
from tests.browser.test_accessibility import faults_in_both_schemes, sideways
from tests.browser.test_links import bar, follow, titled

pytestmark = pytest.mark.browser

EARLIER = "parley"  # the database of every site, before each had one of its own
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
# The plans in a database, by key; null where there is no such database.
KEPT = """async (name) => {
  const all = await indexedDB.databases();
  if (!all.some((each) => each.name === name)) return null;
  return new Promise((resolve, reject) => {
    const open = indexedDB.open(name);
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const plans = open.result.transaction("plans").objectStore("plans").getAll();
      plans.onsuccess = () => { open.result.close(); resolve(plans.result); };
    };
  });
}"""
NO_ROOM = """() => {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  globalThis.makeRoom = () => { IDBObjectStore.prototype.put = put; };
}"""

type Plan = dict[str, Any]


def database(path: str) -> str:
    """The name of the database of the site at a path."""
    return f"parley:{path}:plans"


class Sites(NamedTuple):
    """The addresses of two sites of one origin."""

    deals: str
    other: str


@pytest.fixture
def sites(origin: str) -> Sites:
    return Sites(origin + DEALS, origin + OTHER)


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


def kept(page: Page, name: str) -> list[Plan]:
    """The plans of a database, the newest first."""
    plans: list[Plan] = page.evaluate(KEPT, name) or []
    return sorted(plans, key=lambda each: -each["changed"])


def titles(page: Page, name: str) -> list[str]:
    return [each["title"] for each in kept(page, name)]


def visit(page: Page, site: str) -> None:
    """Open the plan page of a site, and wait until Python is there."""
    page.goto(f"{site}your-plan/")
    panel = page.locator("parley-panel")
    panel.scroll_into_view_if_needed()
    expect(panel).to_have_attribute("ready", "")


def begin(page: Page) -> None:
    """Start a plan of one's own from the example."""
    keep_as_own(page)


def fill(page: Page, field: str, text: str) -> None:
    page.locator(field).fill(text)
    page.locator(field).press("Tab")
    expect(page.locator("[data-saving=saved]")).to_be_visible()


def offer(page: Page) -> Locator:
    """What the page says of plans that are kept elsewhere."""
    return page.locator("[data-offer]:visible")


def says(page: Page, words: str) -> None:
    """What is hidden in the offer is not said."""
    expect(offer(page)).to_contain_text(words, use_inner_text=True)


def press(page: Page, name: str) -> None:
    offer(page).get_by_role("button", name=name).click()


def count(page: Page) -> Locator:
    """The menu that says how many plans the site has."""
    return page.locator("#menu-plans > summary")


def answered(page: Page) -> None:
    """Questions wait for each other: this one comes after all that were asked."""
    page.evaluate("() => document.querySelector('parley-panel').ask({ now: [] })")


def nothing_is_offered(page: Page) -> None:
    """The page has looked: what it shows comes after that."""
    answered(page)
    expect(page.locator("parley-panel:not([loading])")).to_be_visible()
    expect(offer(page)).to_have_count(0)


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


class TestPlansKeptElsewhere:
    @pytest.fixture
    def offered(self, page: Page, sites: Sites) -> Page:
        """A reader with plans of one site, on a page of the other."""
        plans = (
            plan("Older", 1000),
            plan("Open there", 3000),
            plan("Deleted", 2000, deleted=2500),
        )
        keep(page, sites.deals, *plans, current="open-there")
        visit(page, sites.other)
        says(page, "2 plans are kept in this browser by")
        return page

    def test_are_named_and_copied_on_a_press(self, offered: Page, sites: Sites) -> None:
        before = kept(offered, database("/deals/"))
        says(offered, "/deals/")
        assert kept(offered, database("/other/")) == []
        expect(offered.locator("#start-here")).to_be_visible()

        press(offered, "Copy to this site")
        expect(offered.locator(TITLE)).to_have_value("Open there")
        expect(count(offered)).to_have_text("Plans (2)")
        expect(offer(offered)).to_have_count(0)
        told = offered.locator("[data-told]:not([hidden])")
        expect(told).to_contain_text("the originals are where they were")
        copies = kept(offered, database("/other/"))
        assert [each["title"] for each in copies] == ["Open there", "Older"]
        assert copies == [each for each in before if "deleted" not in each]
        assert kept(offered, database("/deals/")) == before

        visit(offered, sites.other)
        expect(offered.locator(TITLE)).to_have_value("Open there")
        nothing_is_offered(offered)

    def test_can_be_left_where_they_are(self, offered: Page, sites: Sites) -> None:
        press(offered, "Not now")
        expect(offer(offered)).to_have_count(0)
        visit(offered, sites.other)
        expect(offered.locator("#start-here")).to_be_visible()
        nothing_is_offered(offered)
        assert kept(offered, database("/other/")) == []
        assert titles(offered, database("/deals/")) == [
            "Open there",
            "Deleted",
            "Older",
        ]

    @pytest.mark.parametrize("name", ["Copy to this site", "Not now"])
    def test_are_answered_for_by_keyboard(self, offered: Page, name: str) -> None:
        button = offer(offered).get_by_role("button", name=name)
        offered.locator("#menu-plans > summary").focus()
        focused = "() => document.activeElement.textContent"
        for _ in range(10):
            offered.keyboard.press("Shift+Tab")
            if offered.evaluate(focused) == name:
                break
        expect(button).to_be_focused()
        offered.keyboard.press("Enter")
        expect(offer(offered)).to_have_count(0)
        expect(offered.locator(".parley-status")).to_be_focused()

    def test_are_told_to_a_screen_reader_in_the_same_words(self, offered: Page) -> None:
        region = offered.locator("[role=status][data-conclusion]")
        words = offer(offered).locator("[data-offer-words]").inner_text()
        expect(region).to_have_text(words)

    def test_are_offered_until_the_reader_has_answered(
        self, offered: Page, sites: Sites
    ) -> None:
        """Who has begun a plan meanwhile keeps it open, and may copy all the same."""
        begin(offered)
        fill(offered, TITLE, "Mine")
        visit(offered, sites.other)
        expect(offered.locator(TITLE)).to_have_value("Mine")
        press(offered, "Copy to this site")
        expect(count(offered)).to_have_text("Plans (3)")
        expect(offer(offered)).to_have_count(0)
        expect(offered.locator(TITLE)).to_have_value("Mine")

    def test_are_answered_for_in_all_tabs_at_once(
        self, offered: Page, sites: Sites
    ) -> None:
        tab = offered.context.new_page()
        visit(tab, sites.other)
        expect(offer(tab)).to_be_visible()
        press(offered, "Copy to this site")
        expect(offer(tab)).to_have_count(0)
        expect(count(tab)).to_have_text("Plans (2)")

    def test_are_still_offered_where_there_was_no_room(
        self, offered: Page, sites: Sites
    ) -> None:
        offered.evaluate(NO_ROOM)
        press(offered, "Copy to this site")
        expect(offered.locator("[data-saving=full]")).to_be_visible()
        expect(offer(offered)).to_be_visible()
        assert kept(offered, database("/other/")) == []
        offered.evaluate("() => makeRoom()")
        press(offered, "Copy to this site")
        expect(offer(offered)).to_have_count(0)
        assert titles(offered, database("/other/")) == ["Open there", "Older"]

    def test_do_not_keep_their_own_site_from_changing(
        self, offered: Page, sites: Sites
    ) -> None:
        """A database is closed once it is read: whoever upgrades it need not wait."""
        newer = offered.context.new_page()
        keep(newer, sites.deals, plan("Newer", 9000, key="newer"), version=3)
        press(offered, "Copy to this site")
        expect(count(offered)).to_have_text("Plans (3)")
        assert "Newer" in titles(offered, database("/other/"))

    def test_wait_while_a_plan_from_a_link_is_looked_at(self, offered: Page) -> None:
        follow(offered, titled("Theirs"))
        expect(bar(offered)).to_be_visible()
        expect(offer(offered)).to_have_count(0)
        bar(offered).get_by_role("button", name="Leave it").click()
        expect(offer(offered)).to_be_visible()


class TestWhatIsFound:
    @pytest.mark.parametrize("version", [1, 2, 3])
    def test_plans_under_the_earlier_name_of_any_version(
        self, page: Page, sites: Sites, version: int
    ) -> None:
        kept_so = plan("From before", key="draft")
        if version == 1:
            kept_so = {key: kept_so[key] for key in ("document", "changed")}
        page.goto(sites.other + BLANK)
        page.evaluate(KEEP, [EARLIER, version, [["draft", kept_so]], "draft"])
        visit(page, sites.other)
        says(page, "One plan is kept in this browser by")
        says(page, "an earlier version of the planner")
        press(page, "Copy to this site")
        expect(page.locator(TITLE)).to_have_value("From before")
        expect(offer(page)).to_have_count(0)
        visit(page, sites.other)
        expect(page.locator(TITLE)).to_have_value("From before")
        nothing_is_offered(page)

    @pytest.mark.parametrize("there", [True, False])
    def test_the_earlier_name_where_a_browser_lists_no_databases(
        self, page: Page, sites: Sites, there: bool
    ) -> None:
        """It is tried, and not made where it is not there."""
        if there:
            keep(page, sites.other, plan("From before"), name=EARLIER)
        page.add_init_script("delete IDBFactory.prototype.databases")
        visit(page, sites.other)
        if there:
            says(page, "an earlier version")
        nothing = page.context.new_page()
        nothing.goto(sites.other + BLANK)
        expect(offer(page)).to_have_count(int(there))
        assert (nothing.evaluate(KEPT, EARLIER) is not None) == there

    def test_one_site_after_the_other_and_no_plan_twice(
        self, page: Page, sites: Sites
    ) -> None:
        """One has copied a plan of the earlier name, and has another besides."""
        copied = plan("Copied", 1000)
        keep(page, sites.deals, copied, name=EARLIER)
        keep(page, sites.deals, copied, plan("Its own", 2000))
        visit(page, sites.other)
        says(page, "an earlier version of the planner")
        press(page, "Copy to this site")
        says(page, "One plan is kept in this browser by")
        says(page, "/deals/")
        press(page, "Copy to this site")
        expect(offer(page)).to_have_count(0)
        assert titles(page, database("/other/")) == ["Its own", "Copied"]

    def test_a_plan_whose_id_is_taken_gets_another(
        self, page: Page, sites: Sites
    ) -> None:
        keep(page, sites.deals, plan("Theirs", 1000, key="same"))
        gone = plan("Deleted here", 2000, key="same", deleted=9_000_000_000_000)
        keep(page, sites.other, gone)
        visit(page, sites.other)
        press(page, "Copy to this site")
        expect(offer(page)).to_have_count(0)
        both = kept(page, database("/other/"))
        assert [each["title"] for each in both] == ["Deleted here", "Theirs"]
        assert both[1]["id"] != "same"

    def test_nothing_by_a_site_with_plans_of_its_own(
        self, page: Page, sites: Sites
    ) -> None:
        keep(page, sites.deals, plan("Theirs"))
        keep(page, sites.other, plan("Ours"), current="ours")
        visit(page, sites.other)
        expect(page.locator(TITLE)).to_have_value("Ours")
        nothing_is_offered(page)

    def test_nothing_in_databases_of_others_or_without_plans(
        self, page: Page, sites: Sites
    ) -> None:
        keep(page, sites.deals)
        keep(page, sites.deals, plan("Deleted", deleted=2), name=EARLIER)
        keep(page, sites.deals, plan("Foreign"), name="parley-of-somebody-else")
        page.evaluate("() => { indexedDB.open('parley:/empty/:plans', 7); }")
        visit(page, sites.other)
        nothing_is_offered(page)


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_in_the_offer(
    browser: Browser, sites: Sites, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="light",
        reduced_motion="reduce",
        service_workers="block",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    keep(page, sites.deals, plan("One"), plan("Two"))
    visit(page, sites.other)
    expect(offer(page)).to_be_visible()
    assert faults_in_both_schemes(page) + sideways(page) == []
    context.close()
