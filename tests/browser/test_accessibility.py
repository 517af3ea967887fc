"""What axe-core finds on the pages as a reader meets them (WCAG 2.2 A and AA)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.building import ROOT

pytestmark = pytest.mark.browser

AXE = ROOT / "runtime/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pages(folder: Path) -> list[str]:
    """The address of every page of the site."""
    found = sorted(folder.rglob("index.html"))
    return [f.relative_to(folder).as_posix().removesuffix("index.html") for f in found]


def faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8") + "; 0")
    found = page.evaluate(
        "async (tags) => (await axe.run({ runOnly: tags })).violations", TAGS
    )
    return [
        f"{fault['id']}: {node['target']}: {node['failureSummary']}"
        for fault in found
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_on_any_page(
    browser: Browser, site: str, folder: Path, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    found = []
    for address in pages(folder):
        page.goto(site + address)
        found += [f"{address}: {fault}" for fault in faults(page)]
    context.close()
    assert found == []


def test_axe_finds_nothing_in_a_plan_with_problems(
    open_page: Callable[[str], Page], page: Page
) -> None:
    open_page("your-plan/")
    page.locator("summary").evaluate_all(
        "all => all.forEach((s) => s.parentElement.open = true)"
    )
    page.locator('[name="/future/us/yearly_gain"]').fill("a lot")
    page.locator('[name="/issues/0/name"]').fill("")
    page.locator('[name="/issues/0/name"]').press("Tab")
    expect(page.locator(".parley-summary li")).to_have_count(2)
    assert faults(page) == []


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_no_page_scrolls_sideways(
    browser: Browser, site: str, folder: Path, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for address in pages(folder):
        page.goto(site + address)
        page.locator("summary").evaluate_all(
            "all => all.forEach((s) => s.parentElement.open = true)"
        )
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width, address
    context.close()


SEEN = """() => {
  if (!document.activeElement.closest("parley-panel")) return true;  // the theme's
  const { x, y, width, height } = document.activeElement.getBoundingClientRect();
  const there = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.9]].map(([right, down]) =>
    document.elementFromPoint(x + right * width, y + down * height));
  return there.some((e) => document.activeElement.contains(e)
    || e?.closest("label")?.contains(document.activeElement));
}"""


@pytest.mark.parametrize("path", ["your-plan/", "guided/"])
def test_at_twice_the_size_a_plan_is_typed_and_read(
    browser: Browser, site: str, path: str
) -> None:
    """A window of 1280 × 900 zoomed to 200%: half as wide, two dots for each dot."""
    context = browser.new_context(
        viewport={"width": 640, "height": 450},
        device_scale_factor=2,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(site + path)
    expect(page.locator("parley-panel")).to_have_attribute("ready", "")
    page.locator("parley-panel :is(a, button):visible").first.focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        what = page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)")
        assert page.evaluate(SEEN), what
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 640
    if path == "your-plan/":
        page.locator('[name="/future/continue_chance"]').fill("90")
        expect(page.locator("[data-panel=stance]")).to_contain_text("Collaborate")
    context.close()
