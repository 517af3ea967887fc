"""Links that hold something else than a plan: told at once, and nothing is lost."""

import json
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from planner.edits.examples import example
from tests.browser.conftest import PLANS, SLOW, keep_as_own

pytestmark = pytest.mark.browser

type Open = Callable[[str], Page]

DEEP = '{"format": "negotiation-plan/1", "x": ' + "[" * 900 + "]" * 900 + "}"
# The titles of the plans in the browser's database.
KEPT = """(name) => new Promise((resolve, reject) => {
  const open = indexedDB.open(name);
  open.onerror = () => reject(open.error);
  open.onsuccess = () => {
    const plans = open.result.transaction("plans").objectStore("plans").getAll();
    plans.onerror = () => reject(plans.error);
    plans.onsuccess = () => {
      open.result.close();
      resolve(plans.result.map((plan) => plan.title));
    };
  };
})"""
LATER = json.dumps({"format": "negotiation-plan/2", "title": "Later"})


def fragment(text: str) -> str:
    """What share.mjs writes: version, length, CRC-32, deflated text in base64url."""
    plain = text.encode()
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = urlsafe_b64encode(deflate.compress(plain) + deflate.flush()).decode()
    return f"#p=1.{len(plain)}.{zlib.crc32(plain):08x}.{packed.rstrip('=')}"


def follow(page: Page, text: str) -> None:
    """Follow a link on the page that is open already."""
    page.evaluate("(fragment) => { location.hash = fragment }", fragment(text))


def titled(title: str) -> str:
    return json.dumps({**example("sale"), "title": title})


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="A plan from a link")


def summary(page: Page) -> Locator:
    return page.locator(".parley-summary")


def own(page: Page, open_page: Open) -> None:
    """A reader with a plan of their own."""
    open_page("your-plan/")
    keep_as_own(page)
    field(page, "/title").fill("Mine")
    field(page, "/title").press("Tab")


@pytest.mark.parametrize(
    ("text", "says", "width"),
    [
        (LATER, "newer version", 1280),
        ("5", "does not hold a plan", 375),
        ("{}", "does not hold a plan", 1280),
        (DEEP, "does not hold a plan", 375),
    ],
    ids=["a later format", "a number", "an empty object", "too deep"],
)
class TestWhatIsNoPlan:
    def test_is_told_and_the_readers_own_plan_goes_on(
        self, open_page: Open, page: Page, text: str, says: str, width: int
    ) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        own(page, open_page)
        follow(page, text)
        expect(summary(page)).to_contain_text(says)
        expect(summary(page)).to_be_focused()
        expect(summary(page)).to_be_in_viewport()
        expect(bar(page)).to_have_count(0)
        expect(field(page, "/title")).to_have_value("Mine")
        field(page, "/future/continue_chance").fill("90")
        expect(page.locator("#f-advice strong")).to_have_text("Collaborate")
        page.reload()
        expect(field(page, "/title")).to_have_value("Mine")
        expect(field(page, "/future/continue_chance")).to_have_value("90")

    def test_is_told_to_somebody_who_has_no_plan_yet(
        self, page: Page, site: str, text: str, says: str, width: int
    ) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{site}your-plan/{fragment(text)}")
        expect(summary(page)).to_contain_text(says)
        expect(page.locator("#start-here")).to_be_visible()
        page.locator("#start-empty-here").click()
        expect(field(page, "/title")).to_have_value("")
        expect(summary(page)).to_have_count(0)


class TestWhileALinkIsLookedAt:
    @pytest.fixture
    def looking(self, open_page: Open, page: Page) -> Page:
        own(page, open_page)
        follow(page, titled("First"))
        expect(bar(page)).to_contain_text("First")
        return page

    @pytest.mark.parametrize("text", [LATER, "5", DEEP])
    def test_another_that_is_no_plan_is_told_at_once(
        self, looking: Page, text: str
    ) -> None:
        follow(looking, text)
        expect(summary(looking)).to_contain_text("link")
        expect(summary(looking)).to_be_focused()
        expect(bar(looking)).to_contain_text("First")
        bar(looking).get_by_role("button", name="Leave it").click()
        expect(field(looking, "/title")).to_have_value("Mine")

    def test_another_plan_takes_its_place(self, looking: Page) -> None:
        follow(looking, titled("Second"))
        expect(bar(looking)).to_contain_text("Second")
        bar(looking).get_by_role("button", name="Keep a copy").click()
        expect(field(looking, "/title")).to_have_value("Second")
        looking.locator(".parley-menus summary", has_text="Plans").click()
        titles = looking.get_by_role("list", name="Your plans").get_by_role("listitem")
        expect(titles).to_have_count(2)


COUNT = """() => {
  const post = Worker.prototype.postMessage;
  globalThis.looks = 0;
  Worker.prototype.postMessage = function (message) {
    if ("text" in message && JSON.parse(message.text).do?.look) globalThis.looks += 1;
    post.call(this, message);
  };
}"""


def is_kept_once(page: Page) -> None:
    """The plan of the link is one of two of one’s own, and is looked at no more."""
    field(page, "/title").fill("Ours")
    page.locator(".parley-menus summary", has_text="Plans").click()
    plans = page.get_by_role("list", name="Your plans").get_by_role("listitem")
    expect(plans.filter(has_text="Ours")).to_be_visible()
    expect(plans).to_have_count(2)
    expect(bar(page)).to_have_count(0)


class TestWhileAQuestionIsOpen:
    """Python answers half a second late, as on a slow device."""

    @pytest.fixture
    def looking(self, open_page: Open, page: Page) -> Page:
        own(page, open_page)
        expect(page.locator("[data-saving=saved]")).to_be_visible()
        page.evaluate(COUNT)
        page.evaluate(SLOW, 500)
        follow(page, titled("Theirs"))
        expect(bar(page)).to_contain_text("Theirs")
        return page

    def test_whoever_leaves_meanwhile_has_their_own_plan(
        self, looking: Page, site: str
    ) -> None:
        """What they type in another tab is asked about while they look."""
        other = looking.context.new_page()
        other.goto(f"{site}your-plan/")
        expect(field(other, "/title")).to_have_value("Mine")
        field(other, "/future/discount_rate").fill("12")
        bar(looking).get_by_role("button", name="Leave it").click()
        expect(bar(looking)).to_have_count(0)
        expect(field(looking, "/title")).to_have_value("Mine")
        expect(field(looking, "/future/discount_rate")).to_have_value("12")
        field(looking, "/future/continue_chance").fill("90")
        expect(looking.locator("#f-advice strong")).to_have_text("Collaborate")
        looking.reload()
        expect(looking.locator("parley-panel").first).to_have_attribute("ready", "")
        expect(field(looking, "/title")).to_have_value("Mine")
        expect(field(looking, "/future/continue_chance")).to_have_value("90")

    def test_the_link_is_looked_at_once_and_kept_once(self, looking: Page) -> None:
        bar(looking).get_by_role("button", name="Keep a copy").click()
        expect(field(looking, "/title")).to_have_value("Theirs")
        expect(bar(looking)).to_have_count(0)
        is_kept_once(looking)
        assert looking.evaluate("looks") == 1


def test_a_link_that_was_kept_does_not_come_back_with_a_page_that_is_fetched_late(
    open_page: Open, page: Page, site: str
) -> None:
    """The theme fetches the page of an address that changes, and may take its time."""
    own(page, open_page)
    late: list[Route] = []
    page.route(f"{site}your-plan/", lambda route: late.append(route))
    with page.expect_request(f"{site}your-plan/"):
        follow(page, titled("Theirs"))
    bar(page).get_by_role("button", name="Keep a copy").click()
    expect(field(page, "/title")).to_have_value("Theirs")
    before = page.locator("parley-panel").first.element_handle()
    for route in late:
        route.continue_()
    page.wait_for_function("(panel) => !panel.isConnected", arg=before)
    expect(page.locator("parley-panel[ready]:not([loading])")).to_be_visible()
    is_kept_once(page)


def test_a_link_to_nothing_but_a_plan_leaves_no_trace_of_itself(
    page: Page, site: str
) -> None:
    """Looked at and left by somebody without a plan: nothing is kept."""
    page.goto(f"{site}your-plan/{fragment(titled('Theirs'))}")
    expect(bar(page)).to_contain_text("Theirs")
    bar(page).get_by_role("button", name="Leave it").click()
    expect(bar(page)).to_have_count(0)
    page.reload()
    expect(page.locator("parley-panel[ready]:not([loading])")).to_be_visible()
    assert page.evaluate(KEPT, PLANS) == []
    expect(page.locator("#start-here")).to_be_visible()
