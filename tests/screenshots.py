"""Pictures of every page and panel as a reader meets them, for somebody to look at.

``make screenshots`` writes them to build/screenshots/: wide and narrow, in light and
in dark, and the printed brief of each worked plan on both papers.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page, expect, sync_playwright

from planner.examples import EXAMPLES
from planner.guide import SCREENS
from runtime.chromium import ensure_chromium
from tests.browser.test_accessibility import pages
from tests.building import PREFIX, ROOT, built_site
from tests.serving import serving

OUT = ROOT / "build" / "screenshots"
WIDTHS = (1280, 375)
SCHEMES = ("light", "dark")
PAPERS = ("A4", "Letter")
SHARP = 2.0  # dots of a picture for a dot of the paper at 72 dpi


def main() -> None:
    """Take them all."""
    OUT.mkdir(parents=True, exist_ok=True)
    folder = built_site()
    with serving(folder, PREFIX) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(ensure_chromium()), args=["--no-sandbox"]
        )
        for width in WIDTHS:
            for scheme in SCHEMES:
                with reader(browser, width, scheme) as page:
                    of_pages(page, site, folder, f"{width}-{scheme}")
                    of_screens(page, site, f"{width}-{scheme}")
                    of_panels(page, site, f"{width}-{scheme}")
        with reader(browser, WIDTHS[0], SCHEMES[0]) as page:
            of_paper(page, site)
        browser.close()
    print(f"Written to {OUT.relative_to(ROOT)}/")


@contextmanager
def reader(browser: Browser, width: int, scheme: str) -> Iterator[Page]:
    """A fresh reader with that window and scheme."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def of_pages(page: Page, site: str, folder: Path, name: str) -> None:
    """Every page of the site, from top to bottom."""
    for address in pages(folder):
        page.goto(site + address)
        take(page, f"page-{address.strip('/').replace('/', '-') or 'home'}-{name}")


def of_screens(page: Page, site: str, name: str) -> None:
    """Every screen of the guided plan."""
    for number in range(1, len(SCREENS) + 2):
        page.goto(f"{site}guided/#guided-{number}")
        expect(page.locator(f"#guided-{number}")).to_be_visible()
        take(page, f"guided-{number}-{name}")


def of_panels(page: Page, site: str, name: str) -> None:
    """Every panel of the whole plan, opened, as forms and as tables."""
    page.goto(f"{site}your-plan/")
    expect(page.locator("parley-panel")).to_have_attribute("ready", "")
    page.locator("#start-here").click()
    expect(page.locator('[name="/title"]')).to_be_focused()
    page.locator("summary").evaluate_all(
        "all => all.forEach((s) => s.parentElement.open = true)"
    )
    for section in page.locator("[data-panel]").all():
        if section.is_visible():
            panel = section.get_attribute("data-panel")
            section.screenshot(path=OUT / f"panel-{panel}-{name}.png")
    page.locator("#layout").click()
    expect(page.locator(".parley-grid").first).to_be_visible()
    take(page, f"tables-{name}")


def of_paper(page: Page, site: str) -> None:
    """The printed brief of every worked plan, on both papers."""
    page.goto(f"{site}your-plan/")
    expect(page.locator("parley-panel")).to_have_attribute("ready", "")
    page.locator(".parley-menus summary").first.click()
    for name in EXAMPLES:
        page.locator(f"#start-{name}").click()
        expect(page.locator('[name="/title"]')).to_be_focused()
        for paper in PAPERS:
            file = OUT / f"brief-{name}-{paper}.pdf"
            page.pdf(path=file, format=paper)
            for number, sheet in enumerate(pypdfium2.PdfDocument(file), start=1):
                picture = sheet.render(scale=SHARP).to_pil()
                picture.save(OUT / f"brief-{name}-{paper}-{number}.png")


def take(page: Page, name: str) -> None:
    """One picture of the whole page."""
    page.screenshot(path=OUT / f"{name}.png", full_page=True)
    print(name, file=sys.stderr)


if __name__ == "__main__":
    main()
