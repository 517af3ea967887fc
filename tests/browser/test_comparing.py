"""The plan beside this one is shown as it is now, whoever changed it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import keep_as_own

pytestmark = pytest.mark.browser

type Open = Callable[[str], Page]


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def fill(page: Page, at: str, text: str) -> None:
    field(page, at).fill(text)
    field(page, at).press("Tab")


def chooser(page: Page) -> Locator:
    return page.locator('[data-panel="compare"] select')


def row(page: Page) -> Locator:
    return page.locator('[data-panel="compare"] tr', has_text="Stance")


@pytest.fixture
def compared(open_page: Open, page: Page) -> Page:
    """“A copy” is open, beside “Mine”: one chance differs."""
    open_page("your-plan/")
    keep_as_own(page)
    fill(page, "/title", "Mine")
    page.locator("#menu-plans > summary").click()
    page.get_by_role("button", name="Duplicate “Mine”").click()
    expect(field(page, "/title")).to_have_value("Mine (copy)")
    chooser(page).select_option(label="Mine")
    fill(page, "/future/continue_chance", "90")
    expect(row(page)).to_contain_text("Collaborate")
    expect(row(page)).to_contain_text("Probe")
    return page


def test_what_another_tab_changes_in_it_shows(compared: Page, site: str) -> None:
    other = compared.context.new_page()
    other.goto(f"{site}your-plan/")
    expect(field(other, "/title")).to_have_value("Mine (copy)")
    other.locator("#menu-plans > summary").click()
    other.get_by_role("button", name="Open “Mine”", exact=True).click()
    expect(field(other, "/title")).to_have_value("Mine")
    expect(field(other, "/future/continue_chance")).to_have_value("80")
    fill(other, "/future/continue_chance", "20")
    expect(row(compared)).to_contain_text("Claim value")
    expect(row(compared)).not_to_contain_text("Probe")


def test_it_is_gone_when_it_is_opened_and_current_when_chosen_again(
    compared: Page,
) -> None:
    compared.get_by_role("button", name="Open “Mine”", exact=True).click()
    expect(field(compared, "/title")).to_have_value("Mine")
    expect(chooser(compared)).to_have_value("")
    expect(row(compared)).to_have_count(0)
    fill(compared, "/future/continue_chance", "95")
    compared.get_by_role("button", name="Open “Mine (copy)”").click()
    expect(field(compared, "/title")).to_have_value("Mine (copy)")
    chooser(compared).select_option(label="Mine")
    expect(row(compared)).to_contain_text("same")


def test_it_is_gone_when_it_is_deleted(compared: Page) -> None:
    compared.get_by_role("button", name="Delete “Mine”", exact=True).click()
    expect(row(compared)).to_have_count(0)
    expect(chooser(compared)).to_have_count(0)
