"""How a reader of the tests gets to what they want: by the tab and the fold it is in.

The plan page shows one part at a time, and much is folded. A test that says what is
typed or pressed need not say each time how one gets there: whoever acts on something,
or looks at what it holds, first goes to its tab and opens what it is folded into, by
pressing what a reader presses. Tests of the tabs and folds themselves press them on
their own, and look at ``to_be_visible``, which goes nowhere.
"""

import re
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from playwright.sync_api import Error, Locator
from playwright.sync_api._generated import LocatorAssertions

from planner.plan.rows import find_answer
from planner.show.tabs import tab_of

__all__ = ["go_by_themselves", "go_to"]

ACTIONS = (
    "check",
    "click",
    "dispatch_event",
    "fill",
    "focus",
    "hover",
    "inner_text",
    "press",
    "press_sequentially",
    "scroll_into_view_if_needed",
    "select_option",
    "tap",
    "uncheck",
)
TRIES = 100  # times 0.1 s, until what is acted on is there
LOOKS = (
    "to_contain_text",
    "to_have_attribute",
    "to_have_count",
    "to_have_text",
    "to_have_value",
)
# What is in the way of an element: the name of the tab in which it stands, or nothing;
# what it is folded into is opened at once. Asked in one go, as it is asked every time.
IN_THE_WAY = """(all, unfold) => {
  const [element] = all;
  if (!element) return "missing";
  const part = element.closest("[parts] [data-part][hidden]");
  if (part) return part.dataset.part;
  if (!unfold) return null;
  const folds = [];
  // Some of a closed row is in view: nothing need be opened for it.
  const closed = "parley-panel details:not([open])";
  let fold = element.checkVisibility() ? null : element.closest(closed);
  while (fold) {
    const summary = fold.querySelector(":scope > summary");
    if (!summary.contains(element)) folds.unshift(summary);
    fold = fold.parentElement.closest("details:not([open])");
  }
  for (const summary of folds) summary.click();
  const card = element.closest(".parley-card--plan:not([unfolded])");
  const line = card?.querySelector(".parley-bottom");
  const shown = card?.querySelector("[data-panel=advice]")?.checkVisibility();
  if (card && !shown && !line.contains(element)) line.click();
  return null;
}"""
GO = """(id) => {
  const link = document.querySelector(`parley-panel a[href$="#${id}"]`);
  (document.getElementById(`tab-${id}`) ?? link).click();
}"""
OPENED = """(id) => {
  const part = document.getElementById(`part-${id}`);
  return !part || !(part.hidden || part.querySelector("[inert]"));
}"""

# In which closed tab something reads so; in an open one, what it is folded into opens.
READING = """(all, words) => {
  const says = (e) => e.textContent.replace(/\\s+/g, " ").trim().toLowerCase();
  const reads = (e) => !e.checkVisibility() && says(e).includes(words.toLowerCase());
  const where = all.length ? all : [...document.querySelectorAll("parley-panel")];
  const read = where.flatMap((e) => [...e.querySelectorAll("button, a, summary")]);
  const found = read.find(reads);
  const part = found?.closest("[data-part][hidden]");
  if (part) return part.dataset.part;
  for (let fold = found; (fold = fold?.parentElement?.closest("details:not([open])"));)
    fold.open = true;
  return null;
}"""
BY_ROLE = re.compile(r'^(?:(.*) >> )?internal:role=\w+\[name="([^"]+)"')
ANSWER_OR_PANEL = re.compile(r"""name="(/[^"]+)"|data-panel="?(\w+)""")


def go_to(wanted: Locator, *, unfold: bool = True) -> bool:
    """Go to the tab in which something stands, and open what it is folded into.

    A row that is not drawn yet is known by its address, and what a closed tab hides
    from those who go by roles by its words. False where there is no such thing yet.
    """
    try:
        tab = wanted.evaluate_all(IN_THE_WAY, unfold)
        missing = tab == "missing"
        if missing:
            tab = _tab_of_what_is_not_found(wanted)
        if not tab:
            return not missing
        wanted.page.evaluate(GO, tab)
        for _ in range(100):
            if wanted.page.evaluate(OPENED, tab):
                break
            wanted.page.wait_for_timeout(20)
        if unfold and wanted.evaluate_all(IN_THE_WAY, unfold) == "missing":
            _tab_of_what_is_not_found(wanted)
    except Error:
        pass  # the page is on its way to another: whoever acts waits for it
    return True


def _tab_of_what_is_not_found(wanted: Locator) -> str | None:
    """Find the closed tab of something by what it is looked for, or unfold it."""
    looked_for = wanted._impl_obj._selector
    if found := BY_ROLE.search(looked_for):
        within = wanted.page.locator(found[1] or "parley-panel")
        tab: str | None = within.evaluate_all(READING, found[2])
        return tab
    if not (found := ANSWER_OR_PANEL.search(looked_for)):
        return None
    known = find_answer(found[1]) if found[1] else None
    part = tab_of(known.panel if known else found[2] or "")
    closed = part and wanted.page.locator(f"#part-{part.id}[hidden]").count()
    return part.id if part and closed else None


@cache  # pytest and the tests import what calls it under two names
def go_by_themselves() -> None:
    """Let every action and every look of a test go where its element is."""
    for name in ACTIONS:
        setattr(Locator, name, _going(getattr(Locator, name), _go_to_act))
    for name in LOOKS:
        looked = getattr(LocatorAssertions, name)
        setattr(LocatorAssertions, name, _going(looked, _go_to_look))


def _go_to_act(wanted: Locator) -> None:
    """Go to what is acted on once it is there: what is folded may come with an answer.

    What is there at last is left to the action, and what is not as well: it says so.
    """
    for tries in range(TRIES):
        if go_to(wanted):
            return
        wanted.page.wait_for_timeout(100 if tries else 0)


def _go_to_look(assertion: Any) -> None:
    """Go to the tab of what an assertion is about; what is folded has its text."""
    go_to(Locator(assertion._impl_obj._actual_locator), unfold=False)


def _going(does: Callable[..., Any], go: Callable[[Any], None]) -> Callable[..., Any]:
    @wraps(does)
    def going(self: Any, *given: Any, **named: Any) -> Any:
        go(self)
        return does(self, *given, **named)

    return going
