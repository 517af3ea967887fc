"""The tutorial is followed as it stands: pressed what is bold, typed what is listed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from planner.edits.examples import TUTORIAL, example
from planner.show.page import view

pytestmark = pytest.mark.browser

# What a page tells to do, in its order: a press, or a field with what goes into it.
TOLD = """(article) => {
  const parts = [...article.querySelectorAll(":scope p strong, :scope tbody tr")];
  return parts.map((part) => part.tagName === "STRONG"
    ? { press: part.innerText }
    : { field: part.cells[0].innerText, text: part.cells[1].innerText });
}"""

ADDS = ("Add ", "Name both ends")  # how the presses begin that make room to type in


def told(page: Page, site: str) -> list[dict[str, str]]:
    page.goto(f"{site}start/your-first-plan/")
    found: list[dict[str, str]] = page.locator("article").evaluate(TOLD)
    return found


def press(page: Page, name: str) -> None:
    """Press the link, button or fold of that name that the reader can see.

    What they add is there once they can type on in it.
    """
    pressed = "a, button, summary"
    seen = page.locator(f"parley-panel :is({pressed}):visible").filter(has_text=name)
    expect(seen.first).to_be_visible()
    seen.first.click()
    if name.startswith(ADDS):
        expect(page.locator("input:focus")).to_have_value("")


def fill(page: Page, name: str, text: str) -> None:
    """Type into the first empty field of that name, or press what it is said with."""
    signs = page.get_by_role("group", name=name, exact=True).and_(
        page.locator(".parley-sign:visible")
    )
    shown = page.locator(":is(input, select, textarea):visible")
    fields = page.get_by_label(re.compile(f"^{re.escape(name)}(,|$)")).and_(shown)
    expect(signs.or_(fields).first).to_be_visible()
    if signs.count():
        signs.get_by_role("button", name=text, exact=True).click()
        return
    field = next((each for each in fields.all() if not each.input_value()), None)
    put(field or fields.first, text)


def put(field: Locator, text: str) -> None:
    if field.evaluate("(field) => field.tagName") == "SELECT":
        field.select_option(label=text)
    else:
        field.fill(text)


def follow_the_tutorial(
    page: Page, site: str, each: Callable[[], None] = lambda: None
) -> None:
    """Do what it says from the front page on; after each answer, ``each``."""
    steps = told(page, site)
    page.goto(site)
    expect(page.locator("parley-panel")).to_have_attribute("ready", "")
    for step in steps:
        if "press" in step and step["press"] != "bold":
            press(page, step["press"])
        elif "field" in step:
            fill(page, step["field"], step["text"])
            each()


def test_the_tutorial_leads_from_home_to_what_it_promises(
    page: Page, site: str
) -> None:
    promised: Any = view(example(TUTORIAL)).advice

    follow_the_tutorial(page, site)

    expect(page.locator(".parley-bottom strong")).to_have_text(promised.says)
    expect(page.locator("#f-advice strong")).to_have_text(promised.stance.label)
