"""When the worked recommendation stands on the page, with and without scripts."""

import json
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from runtime.tools.building import PREFIX, built_site
from runtime.tools.chromium import ensure_chromium
from runtime.tools.serving import serving

ROUNDS = 7
PAGE = "your-plan/"
QUIET = 1500  # ms after the page has loaded: nothing larger is painted later
EVENT = "largest-contentful-paint"


def painting(rounds: int = ROUNDS) -> dict[str, float]:
    """Milliseconds to the largest contentful paint, medians of rounds in turns.

    ``with`` and ``without`` scripts, each time in a browser that has nothing of the
    site; a page without scripts cannot tell, so the browser is asked.
    """
    found: dict[str, list[float]] = {"with": [], "without": []}
    with serving(built_site(), PREFIX) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(ensure_chromium()), args=["--no-sandbox"]
        )
        for _ in range(rounds):
            for name, times in found.items():
                times.append(_painted(browser, site, scripts=name == "with"))
        browser.close()
    return {name: median(times) for name, times in found.items()}


def _painted(browser: Browser, site: str, *, scripts: bool) -> float:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    session = context.new_cdp_session(page)
    paints: list[dict[str, Any]] = []
    session.on(
        "PerformanceTimeline.timelineEventAdded", lambda event: paints.append(event)
    )
    session.send("PerformanceTimeline.enable", {"eventTypes": [EVENT]})
    page.goto(f"{site}{PAGE}")
    page.wait_for_timeout(QUIET)
    # The browser's own tools may ask also where a page may not run scripts.
    began = float(page.evaluate("() => performance.timeOrigin"))
    context.close()
    last = paints[-1]["event"]["lcpDetails"]
    return 1000 * float(last["renderTime"] or last["loadTime"]) - began


if __name__ == "__main__":
    print(json.dumps(painting()))
