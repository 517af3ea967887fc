"""Pictures of every page and panel as a reader meets them, for somebody to look at.

``make screenshots`` writes them to build/screenshots/: wide and narrow, in light and
in dark, and the printed brief of each worked plan on both papers. ``make screenshots
ONLY=state`` takes only the kinds whose name holds that word (pages, parts, panels,
states, phone, paper).
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page, expect, sync_playwright

from planner.edits.examples import EXAMPLES
from planner.show.tabs import APART, TABS, tab_of
from runtime.tools.building import PREFIX, ROOT, built_site
from runtime.tools.chromium import ensure_chromium
from runtime.tools.serving import serving
from tests.browser.test_accessibility import STATES, own, pages

OUT = ROOT / "build" / "screenshots"
WIDTHS = (1280, 375)
NARROWEST = 320
SCHEMES = ("light", "dark")
PAPERS = ("A4", "Letter")
# What stays at the edge of the window would lie across a panel taller than it.
STAYING = ".md-header, .md-tabs, .parley-head, .parley-bottom, .parley-told"
HIDE = "all => all.forEach((one) => { one.style.visibility = 'hidden' })"
SHARP = 2.0  # dots of a picture for a dot of the paper at 72 dpi


def main(only: str = "") -> None:
    """Take them all, or the kinds whose name holds the word given."""
    OUT.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=60_000)
    folder = built_site()
    with serving(folder, PREFIX) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(ensure_chromium()), args=["--no-sandbox"]
        )
        kinds: dict[str, Callable[[Page, str], None]] = {
            "pages": lambda page, name: of_pages(page, site, folder, name),
            "parts": lambda page, name: of_parts(page, site, name),
            "panels": lambda page, name: of_panels(page, site, name),
            "states": lambda page, name: of_states(browser, site, name),
        }
        once = {"phone": of_a_phone, "paper": of_paper}
        for width, scheme in product(WIDTHS, SCHEMES):
            for take_them in (kinds[kind] for kind in kinds if only in kind):
                with reader(browser, width, scheme) as page:
                    take_them(page, f"{width}-{scheme}")
        for kind in (kind for kind in once if only in kind):
            once[kind](browser, site)
        browser.close()
    print(f"Written to {OUT.relative_to(ROOT)}/")


@contextmanager
def reader(browser: Browser, width: int, scheme: str) -> Iterator[Page]:
    """A fresh reader with that window and scheme."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        service_workers="block",  # what it fetches could not be made to fail
    )
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def of_pages(page: Page, site: str, folder: Path, name: str) -> None:
    """Every page of the site, from top to bottom."""
    for address in pages(folder):
        page.goto(site + address)
        take(page, f"page-{address.strip('/').replace('/', '-') or 'home'}-{name}")


def of_parts(page: Page, site: str, name: str) -> None:
    """Every part of the plan page."""
    for part in (*TABS, *APART):
        page.goto(f"{site}your-plan/#{part.id}")
        expect(page.locator(f"#part-{part.id}")).to_be_visible()
        take(page, f"part-{part.id}-{name}")


def of_panels(page: Page, site: str, name: str) -> None:
    """Every panel of the whole plan, opened."""
    page.goto(f"{site}your-plan/")
    expect(page.locator("parley-panel")).to_have_attribute("ready", "")
    page.locator("#start-here").click()
    expect(page.locator('[name="/title"]')).to_be_focused()
    page.locator("summary").evaluate_all(
        "all => all.forEach((s) => s.parentElement.open = true)"
    )
    for section in page.locator("[data-panel]").all():
        panel = section.get_attribute("data-panel")
        if part := tab_of(panel or ""):
            page.evaluate("(id) => { location.hash = id }", part.id)
            expect(page.locator(f"#part-{part.id}")).to_be_visible()
        if section.is_visible():
            page.locator(STAYING).evaluate_all(HIDE)
            section.screenshot(path=OUT / f"panel-{panel}-{name}.png")


def of_states(browser: Browser, site: str, name: str) -> None:
    """Every state a planner can come to, as axe-core is shown it."""
    width, scheme = name.split("-")
    for state, come_to in STATES.items():
        with reader(browser, int(width), scheme) as page:
            come_to(page, site)
            take(page, f"state-{state.replace(' ', '-').lower()}-{name}")


def of_a_phone(browser: Browser, site: str) -> None:
    """What a phone's window shows with the slim bar in it, and the narrowest plan."""
    for scheme in SCHEMES:
        with reader(browser, WIDTHS[1], scheme) as page:
            page.set_viewport_size({"width": WIDTHS[1], "height": 667})
            own(page, site)
            page.screenshot(path=OUT / f"phone-{scheme}.png")
        with reader(browser, NARROWEST, scheme) as page:
            own(page, site)
            take(page, f"phone-{NARROWEST}-{scheme}")


def of_paper(browser: Browser, site: str) -> None:
    """The brief of every worked plan, and a chapter sent off in the dark."""
    with reader(browser, WIDTHS[0], SCHEMES[0]) as page:
        page.goto(f"{site}your-plan/")
        expect(page.locator("parley-panel")).to_have_attribute("ready", "")
        page.locator(".parley-menus summary").first.click()
        for name in EXAMPLES:
            page.locator(f"#start-{name}").click()
            expect(page.locator('[name="/title"]')).to_be_focused()
            printed(page, f"brief-{name}")
    with reader(browser, WIDTHS[0], "dark") as page:
        page.goto(f"{site}method/relationship-issues/")
        printed(page, "chapter-dark")


def printed(page: Page, name: str) -> None:
    """The page on both papers, and a picture of every sheet."""
    for paper in PAPERS:
        file = OUT / f"{name}-{paper}.pdf"
        page.pdf(path=file, format=paper)
        for number, sheet in enumerate(pypdfium2.PdfDocument(file), start=1):
            picture = sheet.render(scale=SHARP).to_pil()
            picture.save(OUT / f"{name}-{paper}-{number}.png")


def take(page: Page, name: str) -> None:
    """One picture of the whole page, from its top."""
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=OUT / f"{name}.png", full_page=True)
    print(name, file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
