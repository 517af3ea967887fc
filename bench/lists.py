"""What a reader waits for with a list as long as a plan may hold, in Chromium.

From the file to the preview, and from the press to the new plan on the page.
"""

import io
from base64 import b64encode
from collections.abc import Iterator
from statistics import median

from openpyxl import Workbook
from playwright.sync_api import Page

from planner.edits.sheets import HEADER, as_csv
from planner.plan.limits import MOST_ISSUES, MOST_OPTIONS

# A file is dropped; the clock stops when the preview is on the page.
SHOW = """async ([name, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name));
  const options = { bubbles: true, cancelable: true, dataTransfer };
  const start = performance.now();
  const shown = globalThis.until(() => document.querySelector("#list-begin"));
  document.querySelector("h1").dispatchEvent(new DragEvent("drop", options));
  return (await shown) - start;
}"""
# It is taken; the clock stops when the preview has gone and its issues are there.
TAKE = """async () => {
  const start = performance.now();
  const taken = globalThis.until(() =>
    !document.querySelector("#list-begin") &&
    document.querySelector(".parley-issue__name")?.textContent === "Issue 0");
  document.querySelector("#list-begin").click();
  return (await taken) - start;
}"""
UNTIL = """() => {
  globalThis.until = (holds) => new Promise((done) => {
    const seen = new MutationObserver(() => {
      if (!holds()) return;
      seen.disconnect();
      // What is told is what the reader sees: once it is laid out.
      requestAnimationFrame(() => done(performance.now()));
    });
    const all = { childList: true, subtree: true, characterData: true };
    seen.observe(document.body, all);
  });
}"""
ROUNDS = 5
SETTLING = 3_000  # ms
ISSUES, OPTIONS = MOST_ISSUES, MOST_OPTIONS


def lists(page: Page) -> dict[str, dict[str, float]]:
    """Return the median waits in ms for a list as text and as a workbook."""
    page.evaluate(UNTIL)
    page.locator("#tab-on-the-table").click()  # where the issues are drawn
    return {name: _waits(page, name, data) for name, data in _files().items()}


def _waits(page: Page, name: str, data: bytes) -> dict[str, float]:
    shown, taken = [], []
    for _ in range(ROUNDS):
        shown.append(page.evaluate(SHOW, [name, b64encode(data).decode()]))
        taken.append(page.evaluate(TAKE))
        page.wait_for_timeout(SETTLING)  # what follows of it is worked out
    return {"shown": median(shown), "taken": median(taken)}


def _files() -> dict[str, bytes]:
    rows: list[list[str | float | None]] = [list(HEADER), *_rows()]
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(out)
    return {"list.csv": as_csv(rows).encode(), "list.xlsx": out.getvalue()}


def _rows() -> Iterator[list[str | float | None]]:
    for n in range(ISSUES):
        named: list[str | float | None] = [f"Issue {n}", n + 1, ISSUES - n]
        for i in range(OPTIONS):
            us = round(100 * i / (OPTIONS - 1), 1)
            yield [*named, f"Option {i}", us, 100 - us, None, None]
            named = [None] * 3
