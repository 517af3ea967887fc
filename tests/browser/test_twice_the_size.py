"""A reader who needs everything twice as large plans from the first question on."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from planner.edits.examples import TUTORIAL, example
from planner.show.page import view
from tests.browser.conftest import PATIENCE
from tests.browser.test_accessibility import SEEN
from tests.browser.test_plan_tabs import field
from tests.browser.test_tutorial import follow_the_tutorial

pytestmark = pytest.mark.browser

WIDE = 640  # px, what a window of 1280 has at 200%


@pytest.fixture
def enlarged(browser: Browser) -> Iterator[Page]:
    """A window of 1280 × 900 zoomed to 200%: half as wide, two dots for each dot."""
    context = browser.new_context(
        viewport={"width": WIDE, "height": 450},
        device_scale_factor=2,
        locale="en-GB",
        reduced_motion="reduce",
        service_workers="block",
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def in_sight(page: Page) -> None:
    """What has the focus is not covered, and nothing is wider than the window."""
    what = page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)")
    assert page.evaluate(SEEN), what
    assert page.evaluate("() => document.documentElement.scrollWidth") <= WIDE, what


def test_at_twice_the_size_a_plan_comes_to_a_recommendation_and_into_a_file(
    enlarged: Page, site: str, tmp_path: Path
) -> None:
    page, document = enlarged, example(TUTORIAL)
    follow_the_tutorial(page, site, each=lambda: in_sight(page))
    promised = view(document).advice.stance.label
    expect(page.locator("#f-advice strong")).to_have_text(promised)

    last = len(document["issues"])
    page.get_by_role("button", name="Add an issue to the deal").click()
    expect(field(page, f"/issues/{last}/name")).to_be_focused()
    in_sight(page)
    page.keyboard.type("Forecast horizon")
    page.keyboard.press("Tab")
    in_sight(page)

    page.locator(".parley-menus summary", has_text="Share").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the plan").click()
    in_sight(page)
    download.value.save_as(tmp_path / "plan.json")
    kept = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert kept["issues"][last]["name"] == "Forecast horizon"
    assert kept["title"] == document["title"]
