"""A team's handbook on an intranet, over plain http: everything but what https adds."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.test_faults import REFUSE
from tests.browser.warm import BREACH
from tests.conftest import HOST

pytestmark = [pytest.mark.browser, pytest.mark.cold]

ANSWERS = {"/title": "Lease", "/us/name": "Harbour", "/future/continue_chance": "90"}


@pytest.fixture
def intranet(browser: Browser, site: str) -> Iterator[tuple[Page, str]]:
    """A page of a reader whose browser has nothing of what only https gives."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.add_init_script(BREACH)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page, site.replace("127.0.0.1", HOST)
    context.close()
    assert complaints == []


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def stance(page: Page) -> Locator:
    return page.locator(".parley-stance strong").first


def test_answers_are_kept_and_advice_follows(intranet: tuple[Page, str]) -> None:
    page, site = intranet
    page.goto(f"{site}your-plan/")
    assert page.evaluate("() => isSecureContext || 'subtle' in crypto") is False
    for at, answer in ANSWERS.items():
        field(page, at).fill(answer)
    expect(page.locator("parley-panel").first).to_have_attribute("ready", "")
    expect(stance(page)).to_have_text("Collaborate")
    expect(page.locator("[data-saving=saved]").first).to_be_visible()

    page.reload()
    for at, answer in ANSWERS.items():
        expect(field(page, at)).to_have_value(answer)
    field(page, "/future/continue_chance").fill("0")
    expect(stance(page)).not_to_have_text("Collaborate")


def test_what_is_missing_is_said_once(intranet: tuple[Page, str]) -> None:
    page, site = intranet
    page.goto(f"{site}your-plan/")
    told = page.locator("[data-plain]")
    expect(told).to_contain_text("https")
    told.get_by_role("button").click()
    expect(told).to_be_hidden()
    field(page, "/title").fill("Lease")
    expect(page.locator("[data-saving=saved]").first).to_be_visible()
    page.reload()
    expect(field(page, "/title")).to_have_value("Lease")
    expect(told).to_be_hidden()


def test_where_nothing_is_kept_it_is_said_before_the_first_key(
    intranet: tuple[Page, str],
) -> None:
    page, site = intranet
    page.add_init_script(REFUSE)
    page.goto(f"{site}your-plan/")
    told = page.get_by_role("alert").filter(has_text="Not saved")
    expect(told).to_be_visible()
    field(page, "/future/continue_chance").fill("90")
    expect(stance(page)).to_have_text("Collaborate")
    expect(told).to_be_visible()
    for claim in page.locator("[data-kept]:visible").all():
        assert "kept in this browser" not in claim.inner_text()
