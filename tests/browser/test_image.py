"""The memory that is kept for the next visit: used when right, dropped when not."""

from collections.abc import Iterator
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, expect

from runtime.tools.building import PREFIX
from tests.browser.conftest import PATIENCE, keep_as_own
from tests.browser.test_offline import PLANNER, kept

pytestmark = pytest.mark.browser

IDLE = 5_000  # ms without a question, after which an image is made
WORDS = "Copper from Ardmore comes late"
CLAIM = "Claim value"
COLLABORATE = "Collaborate"
CHANCE = '[name="/future/continue_chance"]'

# What Python's workers tell, as the page hears it; and what befalls the one that makes
# an image, before it begins and while it is at it.
WATCH = """
window.started = [];
window.portrayed = 0;
window.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({ data }) => {
      if (data.stage === "portrayed") window.portrayed += 1;
      if (data.stage !== "starting") return;
      if (this.portrays) window.meanwhile?.();
      else window.started.push(data.recalled);
    });
  }
  async postMessage(message, ...rest) {
    this.portrays = "portray" in message;
    if (this.portrays) await window.before?.();
    super.postMessage(message, ...rest);
  }
};
"""
FORGET = """async () => {
  for (const name of await caches.keys()) await caches.delete(name);
}"""
KEPT = """async () => {
  for (const name of await caches.keys()) {
    if (name.endsWith(":image") && (await (await caches.open(name)).keys()).length)
      return true;
  }
  return false;
}"""
# Some bytes of the image changed; with the digest of what they are now, if wished.
SPOIL = """async (disguised) => {
  const name = (await caches.keys()).find((each) => each.endsWith(":image"));
  const cache = await caches.open(name);
  const [key] = await cache.keys();
  const kept = await cache.match(key);
  const bytes = new Uint8Array(await kept.arrayBuffer());
  const [, pages] = new Uint32Array(bytes.buffer, 0, 2);
  // The first page kept is the header, which tells the build that made it.
  bytes.fill(7, 4 * (2 + pages), 4 * (2 + pages) + 64);
  const headers = new Headers(kept.headers);
  if (disguised) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const hexadecimal = [...digest].map((b) => b.toString(16).padStart(2, "0"));
    headers.set("x-sha-256", hexadecimal.join(""));
  }
  await cache.put(key, new Response(bytes, { headers }));
}"""
HOLDS = """async (text) => {
  const name = (await caches.keys()).find((each) => each.endsWith(":image"));
  const cache = await caches.open(name);
  const [key] = await cache.keys();
  const bytes = new Uint8Array(await (await cache.match(key)).arrayBuffer());
  const holds = (words) => {
    const sought = [...words].map((c) => c.charCodeAt(0));
    let at = -1;
    while ((at = bytes.indexOf(sought[0], at + 1)) >= 0)
      if (sought.every((b, n) => bytes[at + n] === b)) return true;
    return false;
  };
  return text.map(holds);
}"""


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A reader whose browser may keep what it is given."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.clock.install()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def visit(page: Page, site: str) -> list[bool]:
    """Open the whole plan; whether each Python that started was recalled."""
    page.goto(f"{site}your-plan/")
    expect(page.locator("parley-panel").first).to_have_attribute("ready", "")
    started: list[bool] = page.evaluate("() => window.started")
    return started


def wait_for_image(page: Page) -> None:
    """Until the visit has left an image; that takes an idle moment."""
    page.clock.run_for(IDLE)
    deadline = monotonic() + 4 * PATIENCE / 1000
    while not page.evaluate(KEPT):
        assert monotonic() < deadline, "no image was kept"
        page.wait_for_timeout(200)


def stance(page: Page, chance: str, label: str) -> str:
    """Type a chance and wait for a stance; the advice as the page then has it."""
    page.locator(CHANCE).fill(chance)
    expect(page.locator(".parley-stance strong").first).to_have_text(label)
    return page.locator('[data-panel="advice"]').inner_html()


def test_a_later_visit_starts_from_what_is_kept_and_answers_the_same(
    reader: Page, site: str
) -> None:
    assert visit(reader, site) == [False]
    fresh = stance(reader, "31%", CLAIM)
    wait_for_image(reader)
    assert visit(reader, site)[0] is True
    expect(reader.locator(CHANCE)).to_have_value("31")
    stance(reader, "85%", COLLABORATE)
    assert stance(reader, "31%", CLAIM) == fresh


def test_what_is_kept_holds_nothing_of_a_plan(reader: Page, site: str) -> None:
    visit(reader, site)
    keep_as_own(reader)
    reader.locator('[name="/outcome/learned"]').fill(WORDS)
    expect(reader.locator("[data-saving=saved]").first).to_be_visible()
    wait_for_image(reader)
    assert reader.evaluate(HOLDS, [WORDS, "planner.respond"]) == [False, True]


@pytest.mark.parametrize(
    "disguised", [False, True], ids=["altered", "of another build"]
)
def test_what_cannot_be_used_is_dropped_and_python_starts_without(
    reader: Page, site: str, disguised: bool
) -> None:
    visit(reader, site)
    wait_for_image(reader)
    reader.evaluate(SPOIL, disguised)
    started = visit(reader, site)
    assert started == ([True, False] if disguised else [False])
    stance(reader, "31%", CLAIM)
    wait_for_image(reader)  # a new one
    assert visit(reader, site)[0] is True


def test_none_is_kept_of_what_is_removed_meanwhile(reader: Page, site: str) -> None:
    """As another tab does: this one is not loaded again."""
    reader.add_init_script(f"window.meanwhile = {FORGET}")
    visit(reader, site)
    expect(kept(reader)).to_have_text(PLANNER)  # nothing more is put there
    reader.clock.run_for(IDLE)
    reader.wait_for_function("() => window.portrayed")
    assert reader.evaluate(KEPT) is False


def test_one_is_made_once_the_device_keeps_the_rest(reader: Page, site: str) -> None:
    """On a slow line the rest takes longer than the reader needs to pause."""
    reader.add_init_script(f"window.before = {FORGET}")
    visit(reader, site)
    expect(kept(reader)).to_have_text(PLANNER)
    reader.clock.run_for(IDLE)
    reader.wait_for_function("() => window.portrayed")
    assert reader.evaluate(KEPT) is False
    reader.evaluate("() => { delete window.before }")
    reader.evaluate("(name) => caches.open(name)", f"parley:{PREFIX}:runtime")
    stance(reader, "31%", CLAIM)
    wait_for_image(reader)


def test_it_goes_with_the_offline_copy(reader: Page, site: str) -> None:
    visit(reader, site)
    wait_for_image(reader)
    reader.get_by_role("button", name="Remove offline copy").click()
    reader.wait_for_function(f"async () => !(await ({KEPT})())")  # over the reload
