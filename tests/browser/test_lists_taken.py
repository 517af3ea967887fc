"""Lists that come from outside: shown as they would come in, then taken or left."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.planner.test_lists import CASES, FOUND
from tests.planner.test_workbooks import HOSTILE

pytestmark = pytest.mark.browser

type Open = Callable[[str], Page]

# What a reader does with a file or with what was copied: dropped, or pasted.
BRING = """([kind, name, data]) => {
  const dataTransfer = new DataTransfer();
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  if (kind === "drop") dataTransfer.items.add(new File([bytes], name));
  else dataTransfer.setData("text/plain", new TextDecoder().decode(bytes));
  const options = { bubbles: true, cancelable: true };
  const event = kind === "drop"
    ? new DragEvent("drop", { ...options, dataTransfer })
    : new ClipboardEvent("paste", { ...options, clipboardData: dataTransfer });
  document.querySelector("h1").dispatchEvent(event);
}"""
# The issues as the preview shows them, in the order of its columns.
SHOWN = """() => [...document.querySelectorAll(".parley-preview tr:has(td)")].map(
  (row) => [...[...row.cells].slice(0, 3).map((cell) => cell.textContent),
  [...row.querySelectorAll("bdi")].map((name) => name.textContent)],
)"""

# Texts with letters that run to the left outside of any isolate, and fields that hold
# such text and run to the right.
ASTRAY = """() => {
  const leftwards = /[\\u0590-\\u08ff]/;
  const isolates = /\\u2068[^\\u2068\\u2069]*\\u2069/g;
  const found = [];
  const walker = document.createTreeWalker(
    document.querySelector("parley-panel"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    const apart = /isolate|plaintext/.test(getComputedStyle(parentElement).unicodeBidi);
    if (!apart && leftwards.test(data.replace(isolates, ""))) found.push(data);
  }
  for (const field of document.querySelectorAll("parley-panel input"))
    if (leftwards.test(field.value[0]) && getComputedStyle(field).direction !== "rtl")
      found.push(field.name);
  return found;
}"""


def bring(page: Page, file: Path) -> None:
    kind = "paste" if "clipboard" in file.name else "drop"
    data = b64encode(file.read_bytes()).decode()
    page.evaluate(BRING, [kind, file.name, data])


def preview(page: Page) -> Locator:
    return page.locator(".parley-preview")


def press(page: Page, name: str) -> None:
    preview(page).get_by_role("button", name=name).click()


def told(page: Page) -> Locator:
    return page.locator("[data-told]:not([hidden])")


def issues(page: Page) -> Locator:
    return page.locator(".parley-issue__name")


def expected(found: dict[str, Any]) -> list[list[Any]]:
    return [
        [name, said(us), said(them), [option for option, *_ in options]]
        for name, (us, them, options) in found.items()
    ]


def said(weight: float | None) -> str:
    return "" if weight is None else f"{weight:.10f}".rstrip("0").rstrip(".")


def test_every_case_is_shown_as_its_owner_meant(open_page: Open, page: Page) -> None:
    open_page("your-plan/")
    for name, found in FOUND.items():
        bring(page, CASES / name)
        expect(page.locator("#f-list")).to_be_focused()
        assert page.evaluate(SHOWN) == expected(found), name
        press(page, "Leave it")
        expect(preview(page)).to_be_empty()


def test_a_list_becomes_a_plan_of_its_own(open_page: Open, page: Page) -> None:
    """The one on the page stays, and undo goes back to it; no example is added to."""
    open_page("your-plan/")
    page.locator("input[type=file]").set_input_files(CASES / "19-negative-points.csv")
    expect(preview(page)).to_contain_text("3 issues, 3 options each, weights for both")
    expect(preview(page)).to_contain_text("6000, 1600, 2000")
    expect(preview(page).get_by_role("button", name="Add to")).to_have_count(0)
    press(page, "Take it as a new plan")
    expect(issues(page).first).to_have_text("Salary")
    expect(preview(page)).to_be_empty()
    expect(page.locator(".parley-summary")).to_have_count(0)
    expect(told(page)).to_contain_text("3 issues and 9 options")
    bring(page, CASES / "28-total-row.csv")
    press(page, "Add to this plan")
    expect(told(page)).to_contain_text("2 issues added")
    expect(issues(page)).to_have_text(["Salary", "Start", "Bonus", "Price", "Term"])
    page.locator("#undo").click()
    expect(issues(page)).to_have_text(["Salary", "Start", "Bonus"])


def test_the_reader_chooses_and_is_remembered(open_page: Open, page: Page) -> None:
    open_page("your-plan/")
    file = CASES / "08-unknown-header.csv"
    weights = preview(page).locator("tbody td:nth-of-type(1)")
    bring(page, file)
    expect(preview(page)).to_contain_text("What is in column B “weight”")
    expect(weights).to_have_text(["", "", "", ""])
    column = preview(page).get_by_label("Column B")
    column.focus()
    column.select_option("Weight to you")
    expect(weights).to_have_text(["20", "10", "30", "40"])
    expect(column).to_be_focused()
    press(page, "Leave it")
    expect(preview(page)).to_be_empty()
    bring(page, file)
    expect(weights).to_have_text(["20", "10", "30", "40"])
    bring(page, CASES / "09-windows-1252.csv")
    preview(page).get_by_label("Letters").select_option("cp1251")
    expect(preview(page).locator("tbody th").first).to_have_text("Kьndigungsfrist")


def test_names_that_run_to_the_left_read_as_one_unit(
    open_page: Open, page: Page
) -> None:
    open_page("your-plan/")
    page.locator("input[type=file]").set_input_files(CASES / "23-rtl.json")
    expect(page.locator('[name="/title"]')).to_have_value("עסקה 2026")
    expect(page.locator("parley-panel").first).to_contain_text("שירות 24/7")
    assert page.evaluate(ASTRAY) == []


def test_what_hangs_others_is_refused_at_once(open_page: Open, page: Page) -> None:
    open_page("your-plan/")
    before = issues(page).all_text_contents()
    for file in HOSTILE:
        bring(page, CASES / "28-total-row.csv")
        expect(page.locator("#f-list")).to_be_focused()
        bring(page, file)
        expect(page.locator("#problems")).to_be_focused()
        expect(page.locator("#problems")).to_contain_text("too big")
        expect(preview(page)).to_be_empty()
    assert issues(page).all_text_contents() == before
