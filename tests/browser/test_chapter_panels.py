"""A chapter is read: its panel is small beside the prose, and answers in view."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import DESK
from tests.pages import pages

pytestmark = pytest.mark.browser

LEAST_PROSE = 0.6  # of a chapter's height at a desk
# The height of what is read, as a share of the whole.
PROSE = """() => {
  const height = (found) => found.getBoundingClientRect().height;
  const panels = [...document.querySelectorAll(".parley")].map(height);
  const article = height(document.querySelector("article"));
  return 1 - panels.reduce((sum, each) => sum + each, 0) / article;
}"""


def test_most_of_a_chapter_is_prose(browser: Browser, site: str) -> None:
    """As it is served, which is as high as it is once the planner is there."""
    page = browser.new_page(
        java_script_enabled=False, viewport={"width": DESK, "height": 800}
    )
    shares = {}
    for chapter in pages("chapter", "stances", "lines", "situation", "real"):
        page.goto(f"{site}{chapter.address}")
        shares[chapter.name] = page.evaluate(PROSE)
    page.close()

    assert shares
    assert {name: share for name, share in shares.items() if share < LEAST_PROSE} == {}


@pytest.mark.cold
@pytest.mark.every_width
def test_what_follows_is_marked_as_old_until_the_new_answer_is_there(
    page: Page, site: str
) -> None:
    """In a fresh browser, where Python is still to be fetched when one types."""
    held: list[Route] = []
    page.route("**/*pyodide.asm.wasm", lambda route: held.append(route))
    page.goto(f"{site}method/the-two-questions/")
    field = page.locator('[name="/future/continue_chance"]')
    follows = page.locator(".parley-few__follows")
    field.fill("90")
    expect(follows.locator(".parley-old")).to_be_visible()
    expect(follows).to_contain_text("Probe")
    for each in held:
        each.continue_()
    expect(follows.get_by_text("Collaborate", exact=True)).to_be_in_viewport(ratio=1)
    expect(follows.locator(".parley-old")).to_be_hidden()
    expect(field).to_be_in_viewport(ratio=1)


@pytest.mark.every_width
@pytest.mark.parametrize(
    ("chapter", "at", "typed", "says"),
    [
        ("the-two-questions", "/future/continue_chance", "90", "Collaborate"),
        ("your-walk-away", "/alternatives/us/0/value", "60000", "€42,000"),
    ],
)
def test_what_follows_is_in_view_while_one_types(
    open_page: Callable[[str], Page],
    page: Page,
    chapter: str,
    at: str,
    typed: str,
    says: str,
) -> None:
    """Wherever the field stands in the window when the reader goes into it."""
    open_page(f"method/{chapter}/")
    field = page.locator(f'[name="{at}"]')
    follows = page.locator(".parley-few__follows")
    for block in ("start", "center", "end"):
        field.evaluate("(field, block) => field.scrollIntoView({ block })", block)
        field.fill(typed)
        expect(follows.get_by_text(says)).to_be_in_viewport(ratio=1)
        expect(field).to_be_in_viewport(ratio=1)
        expect(follows).not_to_contain_text("€28,000")
        field.fill("")
