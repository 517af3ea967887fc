"""What axe-core finds on the pages as a reader meets them (WCAG 2.2 A and AA)."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from planner.show.tabs import APART, TABS
from runtime.bundle.moved import MOVED
from runtime.tools.building import ROOT
from tests.browser.conftest import keep_as_own
from tests.browser.test_links import bar, follow, titled

pytestmark = pytest.mark.browser

type Rules = dict[str, object]  # what axe is to look at, as it takes it

AXE = ROOT / "runtime/node_modules/axe-core/axe.min.js"
EVERY_RULE: Rules = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}
SAVES_DATA = """Object.defineProperty(navigator, "connection", {
  value: { saveData: true },
});"""
OF_COLOURS = ["color-contrast", "link-in-text-block"]
COLOURS: Rules = {"runOnly": OF_COLOURS}
BUT_COLOURS = EVERY_RULE | {"rules": {id: {"enabled": False} for id in OF_COLOURS}}
IN_THE_LIGHT = "() => { document.body.dataset.mdColorScheme = 'default' }"
IN_THE_DARK = "() => { document.body.dataset.mdColorScheme = 'slate' }"


def pages(folder: Path) -> list[str]:
    """The address of every page of the site that a reader can stay on."""
    found = sorted(folder.rglob("index.html"))
    every = [f.relative_to(folder).as_posix().removesuffix("index.html") for f in found]
    return [address for address in every if address not in MOVED]


def faults(page: Page, rules: Rules = EVERY_RULE, within: str = "html") -> list[str]:
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(AXE.read_text("utf-8") + "; 0")
    # From the top: a button that the bar happens to cut is not a small one.
    found = page.evaluate(
        """async ([within, rules]) => {
          scrollTo(0, 0);
          // No rule of these reads style sheets or media, which would be fetched anew.
          const how = { resultTypes: ["violations"], preload: false };
          return (await axe.run(within, { ...rules, ...how })).violations;
        }""",
        [within, rules],
    )
    return [
        f"{fault['id']}: {node['target']}: {node['failureSummary']}"
        for fault in found
        for node in fault["nodes"]
    ]


def faults_in_both_schemes(page: Page, within: str = "html") -> list[str]:
    """In the dark only the colours are others. The page is to be light, and is dark."""
    found = faults(page, EVERY_RULE, within)
    page.evaluate(IN_THE_DARK)
    in_the_dark = faults(page, COLOURS, within)
    return found + [f"in the dark: {fault}" for fault in in_the_dark]


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_axe_finds_nothing_on_any_page_and_none_scrolls_sideways(
    page: Page, site: str, folder: Path, part: int
) -> None:
    """As they are served; in the dark only the colours are others.

    On a phone not even those: what only a phone shows in its own colours is in the
    planner. With a mouse: for a finger the theme takes what scrolls out of the tab
    order. Each is opened once, since that takes longest, wide first: the theme's search
    is too wide a moment after a window grows. On a phone with all unfolded.
    """
    page.add_init_script(SAVES_DATA)  # Python does not start unasked
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = []
    for address in pages(folder)[part::4]:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(site + address)
        told = faults_in_both_schemes(page)
        open_all(page)
        told += sideways(page)
        page.set_viewport_size({"width": 375, "height": 900})
        told += [f"375 px: {fault}" for fault in faults(page, BUT_COLOURS)]
        told += sideways(page)
        page.set_viewport_size({"width": 320, "height": 900})
        told += sideways(page)
        found += [f"{address}: {fault}" for fault in told]
    assert found == []


def sideways(page: Page) -> list[str]:
    """How wide the page is, where that is more than its window."""
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    return [f"{wide} px in {width_of(page)}"] if wide > width_of(page) else []


def width_of(page: Page) -> int:
    return (page.viewport_size or {"width": 0})["width"]


def test_a_press_on_the_switch_changes_between_light_and_dark_and_is_kept(
    page: Page, site: str
) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site)
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.locator("[data-md-component=palette] label:visible").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(f"{site}your-plan/")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


def own(page: Page, site: str) -> None:
    """A plan of one's own, made of the worked one."""
    page.goto(f"{site}your-plan/")
    keep_as_own(page)


def with_problems(page: Page, site: str) -> None:
    own(page, site)
    open_all(page)
    page.locator('[name="/future/us/yearly_gain"]').fill("a lot")
    page.locator('[name="/issues/0/name"]').fill("")
    page.locator('[name="/issues/0/name"]').press("Tab")
    expect(page.locator(".parley-summary li")).to_have_count(2)


def with_a_trial(page: Page, site: str) -> None:
    own(page, site)
    page.locator('input[type=text][data-trial="/future/continue_chance"]').fill("90")
    expect(page.get_by_role("button", name="Use these figures")).to_be_visible()


def beside_another(page: Page, site: str) -> None:
    own(page, site)
    page.locator(".parley-menus summary", has_text="Plans").click()
    page.locator("#start-sale").click()
    page.locator("[data-panel=compare] select").select_option(index=1)
    compared = page.locator("[data-panel=compare] table")
    expect(compared).to_contain_text("differs")


def with_a_meaning(page: Page, site: str) -> None:
    own(page, site)
    page.locator(".parley-term:visible").first.click()
    expect(page.locator(".parley-meaning:popover-open")).to_be_visible()


def without_python(page: Page, site: str) -> None:
    page.route("**/*pyodide.asm.wasm", lambda route: route.abort())
    page.goto(f"{site}your-plan/")
    page.locator('[name="/future/continue_chance"]').focus()
    failed = page.get_by_role("alert").filter(has_text="could not start")
    expect(failed).to_be_visible()


def with_nothing_typed(page: Page, site: str) -> None:
    page.goto(f"{site}your-plan/")
    page.locator("#start-empty-here").click()
    expect(page.locator('[name="/title"]')).to_be_focused()


def with_the_answer_unfolded(page: Page, site: str) -> None:
    own(page, site)
    page.locator(".parley-bottom").click()
    expect(page.locator("#f-advice")).to_be_focused()


def looking_at_a_link(page: Page, site: str) -> None:
    own(page, site)
    follow(page, titled("Theirs"))
    expect(bar(page)).to_be_visible()


def answered_at_home(page: Page, site: str) -> None:
    page.goto(site)
    page.locator('[name="/future/us/yearly_gain"]').fill("a lot")
    page.locator('[name="/future/continue_chance"]').fill("5")
    expect(page.locator("#f-future-us-yearly_gain-problem")).to_be_visible()


def coming_back(page: Page, site: str) -> None:
    own(page, site)
    expect(page.locator("[data-saving=saved]")).to_be_visible()
    page.goto(site)
    expect(page.locator("[data-panel=resume]")).to_contain_text("Probe")


STATES = {
    "answered at home": answered_at_home,
    "coming back": coming_back,
    "with problems": with_problems,
    "with a trial": with_a_trial,
    "beside another": beside_another,
    "with a meaning": with_a_meaning,
    "without Python": without_python,
    "with nothing typed": with_nothing_typed,
    "with the answer unfolded": with_the_answer_unfolded,
    "looking at a link": looking_at_a_link,
}
COLD = {"without Python"}


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize(
    "state",
    [pytest.param(s, marks=[pytest.mark.cold] if s in COLD else []) for s in STATES],
)
def test_axe_finds_nothing_in_what_a_planner_can_come_to(
    page: Page, site: str, state: str, width: int
) -> None:
    """A press on the switch between the schemes would leave some of the states."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    STATES[state](page, site)
    assert faults_in_both_schemes(page) + sideways(page) == []


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_in_any_part_of_the_plan_page(
    page: Page, site: str, width: int
) -> None:
    """A plan of one's own, all unfolded; what is around the parts stays the same."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    own(page, site)
    found = []
    for each in (*TABS, *APART):
        page.evaluate("(id) => { location.hash = id }", each.id)
        part = page.locator(f"#part-{each.id}")
        expect(part).to_be_visible()
        expect(part.locator("[inert]")).to_have_count(0)
        open_all(part)
        told = faults_in_both_schemes(page, f"#part-{each.id}") + sideways(page)
        found += [f"{each.id}: {fault}" for fault in told]
        page.evaluate(IN_THE_LIGHT)
    assert found == []


def open_all(where: Page | Locator) -> None:
    """Unfold all that is folded on a page or in a part of it."""
    where.locator("summary").evaluate_all(
        "all => all.forEach((s) => s.parentElement.open = true)"
    )


SEEN = """() => {
  if (!document.activeElement.closest("parley-panel")) return true;  // the theme's
  const { x, y, width, height } = document.activeElement.getBoundingClientRect();
  const there = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.9]].map(([right, down]) =>
    document.elementFromPoint(x + right * width, y + down * height));
  return there.some((e) => document.activeElement.contains(e)
    || e?.closest("label")?.contains(document.activeElement));
}"""


def see_the_focus(page: Page, presses: int) -> None:
    """Press Tab so many times: what has the focus then is never covered."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        what = page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)")
        assert page.evaluate(SEEN), what


def test_at_twice_the_size_a_plan_is_typed_and_read(
    browser: Browser, site: str
) -> None:
    """A window of 1280 × 900 zoomed to 200%: half as wide, two dots for each dot."""
    context = browser.new_context(
        viewport={"width": 640, "height": 450},
        device_scale_factor=2,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{site}your-plan/")
    expect(page.locator("parley-panel")).to_have_attribute("ready", "")
    page.locator("parley-panel :is(a, button):visible").first.focus()
    see_the_focus(page, 60)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 640
    page.locator('[name="/future/continue_chance"]').fill("90")
    expect(page.locator("#f-advice")).to_contain_text("Collaborate")
    context.close()
