"""From page to page as a reader goes: the theme fetches them, the planner stays.

The theme follows only links that the sitemap lists, so it gets one for this server:
everywhere else in these tests a link loads its page whole.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from planner.show.tabs import TABS
from runtime.tools.building import SITE_URL
from tests.browser.conftest import SLOW, keep_as_own

pytestmark = [pytest.mark.browser, pytest.mark.every_width]

CHANCE = '[name="/future/continue_chance"]'
LEAVING = """() => {
  document.querySelector(".md-content__inner").setAttribute("data-leaving", "");
}"""


@pytest.fixture
def reader(page: Page, site: str, folder: Path) -> Page:
    """Somebody on the chapter about the two questions."""
    listed = (folder / "sitemap.xml").read_text("utf-8").replace(SITE_URL, site)
    page.route(
        "**/sitemap.xml",
        lambda route: route.fulfill(body=listed, content_type="application/xml"),
    )
    with page.expect_event("requestfinished", lambda r: r.url.endswith("sitemap.xml")):
        page.goto(f"{site}method/the-two-questions/")
    # Once it has come to us after that, the theme has read it.
    page.evaluate(
        """async () => {
          await (await fetch("../../sitemap.xml")).text();
          await new Promise((done) => requestIdleCallback(done));
          window.same = true;
        }"""
    )
    return page


def at(address: str) -> re.Pattern[str]:
    """On that page; a late scroll makes the theme write a heading's name behind it."""
    return re.compile(f"{re.escape(address)}(#.*)?$")


def go(page: Page, address: str) -> None:
    """Follow the first link to an address; the page is fetched, not loaded anew."""
    page.evaluate(LEAVING)
    # A press on a link in the closed menu of a phone is as good.
    page.locator(f"a[href$='{address}']").first.dispatch_event("click")
    arrive(page, address)


def back(page: Page, address: str) -> None:
    page.evaluate(LEAVING)
    page.go_back()
    arrive(page, address)


def arrive(page: Page, address: str) -> None:
    """The address changes first: until the old page has gone, one types into it."""
    expect(page).to_have_url(at(address))
    expect(page.locator("[data-leaving]")).to_have_count(0)
    assert page.evaluate("() => window.same")


def go_to_an_own_plan(page: Page) -> None:
    """All that was asked about it is answered."""
    go(page, "/your-plan/")
    keep_as_own(page)
    expect(page.locator("parley-panel")).to_have_attribute("ready", "")
    expect(page.locator("parley-panel[behind]")).to_have_count(0)


def chance(page: Page) -> Locator:
    return page.locator(CHANCE)


def stance(page: Page) -> Locator:
    return page.locator(".parley-stance strong").first


def whose(page: Page) -> Locator:
    """Whose plan the panel of a chapter shows."""
    return page.locator(".parley-few__whose")


@pytest.mark.wide_only
def test_what_was_typed_a_moment_ago_is_there_and_is_answered(reader: Page) -> None:
    go(reader, "/your-plan/")
    keep_as_own(reader)
    chance(reader).fill("90")
    back(reader, "/the-two-questions/")
    expect(stance(reader)).to_have_text("Collaborate")
    expect(chance(reader)).to_have_value("90")
    expect(whose(reader)).to_contain_text("Your plan")
    chance(reader).fill("10")
    go(reader, "/your-plan/")
    expect(chance(reader)).to_have_value("10")
    expect(stance(reader)).not_to_have_text("Collaborate")


def test_what_is_played_with_is_the_same_on_every_page_and_is_no_plan(
    reader: Page,
) -> None:
    expect(whose(reader)).to_contain_text("Example")
    chance(reader).fill("90")
    expect(stance(reader)).to_have_text("Collaborate")
    expect(whose(reader)).to_contain_text("Example")
    go(reader, "/your-plan/")
    expect(chance(reader)).to_have_value("90")
    expect(reader.locator(".parley-whose")).to_contain_text(
        "it is not one of your plans"
    )
    expect(reader.locator("#menu-plans > summary")).to_have_text("Plans")
    back(reader, "/the-two-questions/")
    expect(chance(reader)).to_have_value("90")
    expect(stance(reader)).to_have_text("Collaborate")
    reader.locator("#undo").click()
    expect(chance(reader)).to_have_value("80")
    expect(stance(reader)).to_have_text("Probe")


@pytest.mark.wide_only
def test_what_was_pressed_a_moment_ago_is_done(reader: Page) -> None:
    """Also where the chapter that one goes to has its panel before the answer."""
    go_to_an_own_plan(reader)
    reader.evaluate(SLOW, 500)
    reader.get_by_role("button", name="Add an issue to the deal").click()
    go(reader, "/method/two-lists/")
    back(reader, "/your-plan/")
    expect(reader.locator('[name="/issues/10/name"]')).to_have_count(1)


@pytest.mark.wide_only
def test_a_press_that_waits_goes_to_the_plan_it_was_pressed_on(reader: Page) -> None:
    """It is asked about when a chapter's example is on the page instead."""
    go_to_an_own_plan(reader)
    reader.evaluate(SLOW, 1000)
    reader.locator("[data-trial]").first.dispatch_event("input")  # a question before it
    add = reader.get_by_role("button", name="Add an issue to the deal")
    add.click()
    add.click()
    go(reader, "/the-two-questions/")
    expect(whose(reader)).to_contain_text("Your plan")
    back(reader, "/your-plan/")
    expect(reader.locator('[name="/issues/11/name"]')).to_have_count(1)


@pytest.mark.wide_only
def test_a_step_on_one_page_is_undone_on_another(reader: Page) -> None:
    go(reader, "/your-plan/")
    chance(reader).fill("90")
    expect(stance(reader)).to_have_text("Collaborate")
    back(reader, "/the-two-questions/")
    reader.locator("#undo").click()
    expect(chance(reader)).to_have_value("80")
    reader.locator("#redo").click()
    expect(chance(reader)).to_have_value("90")


def test_back_leads_to_the_tab_before_without_loading_the_page(reader: Page) -> None:
    go(reader, "/your-plan/")
    for tab in TABS[1:3]:
        reader.locator(f"#tab-{tab.id}").click()
        expect(reader.locator(f"#part-{tab.id}")).to_be_visible()
    reader.go_back()
    expect(reader.locator(f"#part-{TABS[1].id}")).to_be_visible()
    expect(reader.locator(f"#part-{TABS[2].id}")).to_be_hidden()
    assert reader.evaluate("() => window.same")


def test_a_link_to_a_field_of_the_plan_leads_to_it(reader: Page) -> None:
    reader.locator(".parley-grounds a").first.dispatch_event("click")
    expect(reader.locator("parley-panel :focus")).to_have_count(1)
