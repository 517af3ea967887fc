"""Open every page of a built site once in a browser, and ask its Python once.

What only a browser sees: a script that fails, a file that is not there when a script
asks for it, what the policy forbids, and a request to another host.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Request,
    expect,
    sync_playwright,
)

from runtime.bundle.links import HOME, Site
from runtime.bundle.moved import MOVED
from runtime.tools.chromium import ensure_chromium
from runtime.tools.serving import serving

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
)
PATIENCE = 60_000  # ms, for a page or for Python on a busy machine
NO_HOST = ("data:", "blob:")  # how an address begins for which no host is asked

# What a page does once it is loaded is done when its browser has nothing more to do.
SETTLE = "() => new Promise((done) => requestIdleCallback(() => done()))"
# Which panels Python gives no HTML for; the plan is the one that the page came with.
ASK = """async (panel, patience) => {
  const { panels, start: plan } = panel;
  const late = new Promise((_, fail) =>
    setTimeout(fail, patience, new Error("Python does not answer")));
  const { html } = await Promise.race([panel.ask({ plan, panels }), late]);
  return panels.filter((name) => !(name in html));
}"""
CONSOLE = "run `make serve`, open the page, and look at the browser's console"


class Visitor:
    """Opens pages one after the other and writes down what goes wrong on each."""

    def __init__(self, page: Page, address: str) -> None:
        self.complaints: list[str] = []
        self._page = page
        self._address = address
        self._path = ""
        page.on("pageerror", self._fail)
        page.on("console", self._hear)
        page.on("request", self._watch)

    def open(self, path: str, *, asking: bool = False) -> None:
        """Open a page; with ``asking``, also ask its Python about its own plan."""
        self._path = path
        try:
            self._page.goto(self._address + path)
            self._page.evaluate(SETTLE)
            if asking:
                self._ask()
        except Error as error:
            self._note(f"it does not open: {error.message}: {CONSOLE}")

    def _ask(self) -> None:
        panel = self._page.locator("parley-panel").first
        panel.scroll_into_view_if_needed()  # unseen, it does not start Python
        try:
            expect(panel).to_have_attribute("ready", "", timeout=PATIENCE)
        except AssertionError:
            self._note(f"Python does not start in {PATIENCE // 1000} s: {CONSOLE}")
            return
        for name in panel.evaluate(ASK, PATIENCE):
            self._note(f"Python shows nothing in the panel “{name}”: {CONSOLE}")

    def _fail(self, error: Error) -> None:
        self._note(f"a script fails, “{error.message}”: {CONSOLE}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            place = message.location.get("url", "").removeprefix(self._address)
            self._note(f"the browser reports “{message.text}” at {place}: {CONSOLE}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self._address, *NO_HOST)):
            self._note(f"it asks another host: put {request.url} into docs/")

    def _note(self, says: str) -> None:
        self.complaints.append(f"{self._path}: {says}")


def complaints_about(site: Site) -> list[str]:
    """Start a browser, open every page of a site, and list what goes wrong on which."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(
            executable_path=str(ensure_chromium()), args=ARGUMENTS
        ) as browser,
    ):
        return complaints_in(browser, site)


def complaints_in(browser: Browser, site: Site) -> list[str]:
    """Open every page of a site in a browser, and list what goes wrong on which."""
    planner = planner_page(site)
    with visitor(site, browser) as visiting:
        for path in site.pages:
            if path.removesuffix(HOME) in MOVED:
                continue  # it leads elsewhere before anything could be asked of it
            visiting.open(path, asking=path == planner)
        return list(dict.fromkeys(visiting.complaints))


def planner_page(site: Site) -> str | None:
    """Return the page with the most panels, the whole planner's; None without any."""
    panels = {path: len(page.panels) for path, page in site.pages.items()}
    most = max(panels, key=lambda path: panels[path], default=None)
    return most if most and panels[most] else None


@contextmanager
def visitor(site: Site, browser: Browser) -> Iterator[Visitor]:
    """Give a visitor to a site that is served as its host will serve it."""
    with (
        serving(site.folder, site.mount) as address,
        # A service worker would fetch the whole site beside each page.
        browser.new_context(service_workers="block") as context,
    ):
        context.set_default_timeout(PATIENCE)
        yield Visitor(context.new_page(), address)
