"""What a reader waits for with the largest plan, on a core that others keep busy.

The browser and Python in it have one core, and so have two programs that do nothing
but take it: about a quarter of a core is left, as on a slow phone.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from time import perf_counter

from playwright.sync_api import Page, expect

from bench.pressing import PRESS
from tests.plans import largest_plan

BUSY = 2  # programs beside the browser
PRESSES = 3
PATIENCE = 120_000  # ms
LOOP = "while True: pass"


def sharing(a_page: Callable[[], AbstractContextManager[Page]]) -> dict[str, float]:
    """Return the waits in seconds: until it is opened, told of an edit, and saved."""
    plan = largest_plan()
    file = {
        "name": "largest.json",
        "mimeType": "application/json",
        "buffer": json.dumps(plan, separators=(",", ":")).encode(),
    }
    with _one_core(), a_page() as page:
        page.set_default_timeout(PATIENCE)
        start = perf_counter()
        page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        title = page.locator('[name="/title"]')
        expect(title).to_have_value(plan["title"], timeout=PATIENCE)
        opened = perf_counter() - start
        saved = page.locator("[data-saving=saved]").first
        expect(saved).to_be_visible(timeout=PATIENCE)
        kept = perf_counter() - start
        chances = [str(60 + 7 * n) for n in range(PRESSES)]
        found = page.evaluate(PRESS, ["/future/continue_chance", chances])
        stopped = page.get_by_role("alert").filter(has_text="stopped")
        expect(stopped).to_be_hidden()
    return {"opened": opened, "saved": kept, "edited": max(found["times"]) / 1000}


@contextmanager
def _one_core() -> Iterator[None]:
    """Keep this process, and what it starts, on one core with the busy programs."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    busy = [subprocess.Popen([sys.executable, "-c", LOOP]) for _ in range(BUSY)]
    try:
        yield
    finally:
        for each in busy:
            each.kill()
            each.wait()
        os.sched_setaffinity(0, cores)
