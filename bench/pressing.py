"""From a key press to the morphed advice, as a reader waits for it, in Chromium."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from bench import workload

FEWEST = 40  # presses of each plan

# A key is typed into the chance of going on; the clock stops when the advice has
# changed in the page. Meanwhile the main thread's long tasks are noted.
PRESS = """async ([at, texts]) => {
  const field = document.querySelector(`[name="${at}"]`);
  const advice = document.querySelector('[data-panel="advice"]');
  const long = [];
  const watch = new PerformanceObserver((list) => {
    for (const task of list.getEntries()) long.push(task.duration);
  });
  watch.observe({ type: "longtask" });
  const quiet = () => new Promise((done) => setTimeout(done, 400));
  const times = [];
  for (const text of texts) {
    const changed = new Promise((done) => {
      const seen = new MutationObserver(() => { seen.disconnect(); done(); });
      seen.observe(advice, { subtree: true, childList: true, characterData: true,
                             attributes: true });
    });
    field.focus();
    const start = performance.now();
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await changed;
    times.push(performance.now() - start);
    await quiet();
  }
  watch.disconnect();
  return { times, long };
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How long each press waited, in ms, sorted; and the main thread's long tasks."""

    times: tuple[float, ...]
    long: tuple[float, ...]

    def share(self, part: float) -> float:
        """The wait that this share of the presses stayed under."""
        return self.times[min(int(part * len(self.times)), len(self.times) - 1)]

    @property
    def longest(self) -> float:
        """The longest task that blocked the page, in ms; 0 where none was over 50."""
        return max(self.long, default=0.0)


def waits(page: Page, presses: int = FEWEST) -> dict[str, Waits]:
    """The waits on the worked plan and on the large one."""
    plans = {"worked": workload.worked_plan(), "large": workload.large_plan()}
    return {name: _waits(page, plan, presses) for name, plan in plans.items()}


def _waits(page: Page, plan: dict[str, Any], presses: int) -> Waits:
    file = {
        "name": "plan.json",
        "mimeType": "application/json",
        "buffer": json.dumps(plan).encode(),
    }
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.locator(f'[name="/title"][value="{plan["title"]}"]').wait_for()
    page.wait_for_timeout(1500)
    found = page.evaluate(PRESS, ["/future/continue_chance", _texts(presses)])
    return Waits(times=tuple(sorted(found["times"])), long=tuple(found["long"]))


def _texts(presses: int) -> Sequence[str]:
    """Chances on both sides of a turn of the stance, each unlike the one before."""
    return [str(60 + (7 * n) % 37) for n in range(presses)]
