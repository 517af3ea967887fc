"""What a page may not do, tried in the page and in Python's worker."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

type Open = Callable[[str], Page]

# Each is tried; what it says is "blocked", or what it got.
ATTEMPTS = """
const attempts = {
  eval: () => eval("'ran'"),
  function: () => new Function("return 'ran'")(),
  elsewhere: (elsewhere) => fetch(elsewhere).then(() => "reached"),
};
const tried = async (elsewhere) => {
  const found = {};
  // What the browser's driver runs itself is excused; later it is the page's own.
  await new Promise((done) => setTimeout(done));
  for (const [name, attempt] of Object.entries(attempts)) {
    try { found[name] = await attempt(elsewhere); } catch { found[name] = "blocked"; }
  }
  return found;
};
"""
IN_THE_PAGE = (
    "async (elsewhere) => {"
    + ATTEMPTS
    + """
  const told = await tried(elsewhere);
  window.ran = false;
  const script = document.createElement("script");
  script.textContent = "window.ran = true";
  document.head.append(script);
  const image = document.createElement("img");
  image.setAttribute("onerror", "window.ran = true");
  image.src = "data:,";
  document.body.append(image);
  await new Promise((done) => image.addEventListener("error", done));
  return { ...told, inline: window.ran ? "ran" : "blocked" };
}"""
)
# Started as the planner starts its own: from a blob: that imports a module of the site.
IN_A_WORKER = (
    "(elsewhere) => new Promise((done) => {\n  const script = `"
    + ATTEMPTS
    + """
  self.onmessage = async ({ data }) => postMessage(await tried(data));`;
  const blob = new Blob([script], { type: "text/javascript" });
  const worker = new Worker(URL.createObjectURL(blob), { type: "module" });
  worker.onmessage = ({ data }) => done(data);
  worker.postMessage(elsewhere);
})"""
)


@pytest.fixture
def unwatched(page: Page) -> Page:
    """A page whose broken rules are no complaint: here they are broken on purpose."""
    page.add_init_script("window.expected = true")
    return page


def test_a_page_runs_nothing_of_anybodys_and_asks_no_other_host(
    unwatched: Page, site: str
) -> None:
    unwatched.goto(f"{site}your-plan/")
    elsewhere = site.replace("127.0.0.1", "localhost")
    assert unwatched.evaluate(IN_THE_PAGE, elsewhere) == {
        "eval": "blocked",
        "function": "blocked",
        "elsewhere": "blocked",
        "inline": "blocked",
    }


def test_nor_does_a_worker_that_is_started_as_pythons_is(
    unwatched: Page, site: str
) -> None:
    unwatched.goto(f"{site}your-plan/")
    elsewhere = site.replace("127.0.0.1", "localhost")
    assert unwatched.evaluate(IN_A_WORKER, elsewhere) == {
        "eval": "blocked",
        "function": "blocked",
        "elsewhere": "blocked",
    }


def test_going_from_page_to_page_breaks_no_rule(open_page: Open, page: Page) -> None:
    """The first page's policy holds for those that the theme fetches after it."""
    open_page("method/the-two-questions/")
    tabs = page.get_by_role("navigation", name="Tabs")
    tabs.get_by_role("link", name="Your plan").click()
    expect(page).to_have_url(re.compile("/your-plan/"))
    expect(page.locator("parley-panel")).to_be_visible()
    tabs.get_by_role("link", name="Reference").click()
    expect(page).to_have_url(re.compile("/reference/"))


def test_every_worker_of_a_page_begins_where_the_policy_holds(
    page: Page, site: str
) -> None:
    """One that is started from an address is none of the policy's business."""
    started: list[str] = []
    page.on("worker", lambda worker: started.append(worker.url))
    page.goto(f"{site}reference/privacy/")
    page.locator(".md-search__input").press_sequentially("plan")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    assert started
    assert all(address.startswith("blob:") for address in started)
