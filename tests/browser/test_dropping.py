"""Files dragged onto the page: a miss must not lose the page."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from planner.edits.examples import example

pytestmark = pytest.mark.browser

type Open = Callable[[str], Page]

DRAG = """([kind, where, text]) => {
  const dataTransfer = new DataTransfer();
  if (text === null) dataTransfer.setData("text/plain", "words");
  else dataTransfer.items.add(new File([text], "plan.json"));
  const options = { dataTransfer, bubbles: true, cancelable: true };
  const event = new DragEvent(kind, options);
  document.querySelector(where).dispatchEvent(event);
  return event.defaultPrevented;
}"""


def drag(page: Page, kind: str, where: str, text: str | None = "{}") -> bool:
    """Whether the page took the event; else the browser would open the file."""
    taken: bool = page.evaluate(DRAG, [kind, where, text])
    return taken


@pytest.mark.parametrize("where", ["body", "h1", ".md-header", "parley-panel"])
def test_a_plan_file_can_be_dropped_anywhere(
    open_page: Open, page: Page, where: str
) -> None:
    open_page("your-plan/")
    sign = page.locator(".parley-drop")
    expect(sign).to_be_hidden()
    assert drag(page, "dragover", where)
    expect(sign).to_be_visible()
    expect(sign).to_be_in_viewport()
    text = json.dumps({**example("sale"), "title": "Dropped"})
    assert drag(page, "drop", where, text)
    expect(sign).to_be_hidden()
    expect(page.locator('[name="/title"]')).to_have_value("Dropped")
    expect(page.locator("#menu-plans > summary")).to_have_text("Plans (1)")


def test_a_file_that_is_dragged_away_again_leaves_no_sign(
    open_page: Open, page: Page
) -> None:
    open_page("your-plan/")
    drag(page, "dragover", "body")
    expect(page.locator(".parley-drop")).to_be_visible()
    drag(page, "dragleave", "body")
    expect(page.locator(".parley-drop")).to_be_hidden()


def test_words_that_are_dragged_are_the_browsers_own(
    open_page: Open, page: Page
) -> None:
    open_page("your-plan/")
    assert not drag(page, "dragover", "body", None)
    expect(page.locator(".parley-drop")).to_be_hidden()


def test_a_page_without_a_planner_leaves_files_to_the_browser(
    open_page: Open, page: Page
) -> None:
    open_page("your-plan/")
    page.get_by_role("link", name="Reference").first.click()
    expect(page.locator("parley-panel")).to_have_count(0)
    page.wait_for_load_state()
    assert not drag(page, "dragover", "body")
