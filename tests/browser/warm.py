"""A browser in which Python is there already: where most tests begin.

Python takes seconds to start. So each context starts it once, in a page of its own
that no test sees, and the pages of the tests ask that Python: it is the real one, in
the real worker, and only how it came there is not what a reader has. Tests about
starting, faults, caches or being offline are marked ``cold`` and start their own.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

__all__ = ["BREACH", "WarmContext", "fresh_context"]

# What a page's own policy forbids is a complaint too.
BREACH = """addEventListener("securitypolicyviolation", (event) => {
  if (!window.expected)
    throw new Error(`${event.effectiveDirective} forbids ${event.blockedURI}`);
});"""

# The page that has Python: it lends its worker to the others, and keeps nothing. Once
# Python is ready, its own page hears only the answers to its own questions: what the
# worker says of a lent one would make it impatient.
LEND = """
const { BroadcastChannel: Channel, Worker: Original } = globalThis;
const channel = new Channel("tests");
const asked = new Map();
let ready = false;
globalThis.BroadcastChannel = class extends EventTarget { postMessage() {} };
IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); };
globalThis.Worker = class extends Original {
  constructor(address, options) {
    super(address, options);
    // A second one, if any, only keeps its memory for another visit.
    if (options?.name !== "parley" || channel.onmessage) return;
    let count = 0;
    channel.onmessage = ({ data: { from, id, text } }) => {
      const own = `lent-${count++}`;
      asked.set(own, { from, id });
      this.postMessage({ id: own, text });
    };
    this.addEventListener("message", ({ data }) => this.#tell(data));
  }
  set onmessage(hear) {
    super.onmessage = (event) => {
      if (!ready || typeof event.data.id === "number") hear.call(this, event);
      if (event.data.stage === "ready") ready = true;
    };
  }
  #tell(data) {
    globalThis.lost = data.stage === "failed";
    if (data.stage === "fetching" || data.stage === "failed")
      for (const { from } of asked.values()) channel.postMessage({ ...data, from });
    if (!asked.has(data.id)) return;
    channel.postMessage({ ...data, ...asked.get(data.id) });
    asked.delete(data.id);
  }
};
"""

# A page of a test: what it takes for Python's worker asks the one that is lent.
BORROW = """
const Original = globalThis.Worker;
const Channel = globalThis.BroadcastChannel;
globalThis.Worker = class extends EventTarget {
  #channel = new Channel("tests");
  #own = crypto.randomUUID();
  constructor(address, options) {
    super();
    if (options?.name !== "parley") return new Original(address, options);
    this.#channel.onmessage = ({ data }) => {
      if (data.from === this.#own && "stage" in data) this.#hear(data);
    };
  }
  set onmessage(hear) { this.addEventListener("message", hear); }
  postMessage(message) {
    if ("text" in message) this.#channel.postMessage({ from: this.#own, ...message });
    if (!("start" in message)) return;
    // It was there before: there is no module to hand on, and no image to make.
    const stages = [{ stage: "starting", module: null, recalled: true },
                    { stage: "ready" }];
    for (const each of stages) Promise.resolve().then(() => this.#hear(each));
  }
  terminate() { this.#channel.close(); }
  #hear(data) { this.dispatchEvent(new MessageEvent("message", { data })); }
};
"""


class WarmContext:
    """A browser context whose pages ask one Python, with nothing kept between tests."""

    def __init__(self, browser: Browser, site: str, options: Mapping[str, Any]) -> None:
        self._site = site
        self._context = fresh_context(browser, options)
        self._lender = self._context.new_page()
        self._lender.add_init_script(LEND)
        self._lender.goto(f"{site}your-plan/")
        expect(self._lender.locator("parley-panel").first).to_have_attribute(
            "ready", ""
        )
        self._context.add_init_script(f"{{{BORROW}}}")
        self._session = self._context.new_cdp_session(self._lender)
        self._origin = self._lender.evaluate("() => location.origin")
        self._page: Page | None = None

    @property
    def lost(self) -> bool:
        """Whether a test has made Python fail, so that no other can ask it."""
        return bool(self._lender.evaluate("() => globalThis.lost"))

    @contextmanager
    def page(self) -> Iterator[Page]:
        """Give a page to a test, then forget everything that it has left.

        It is the page of the test before, since a browser takes long to make one;
        unless that one had scripts of its own, which a page keeps.
        """
        self._page = self._page or self._new_page()
        try:
            yield self._page
        finally:
            self._clear()

    def close(self) -> None:
        """Close it, Python included."""
        self._context.close()

    def _new_page(self) -> Page:
        page = self._context.new_page()
        add_script = page.add_init_script

        def note(*given: Any, **named: Any) -> Any:
            self._page = None
            return add_script(*given, **named)

        page.add_init_script(BREACH)
        page.add_init_script = note  # type: ignore[method-assign]
        return page

    def _clear(self) -> None:
        # It is the clock of the whole context, and stays.
        faked = self._lender.evaluate("() => '__pwClock' in globalThis")
        assert not faked, "a test that sets the clock is to be marked cold"
        for page in self._context.pages:
            if page not in (self._lender, self._page):
                page.close()
        if self._page:
            self._empty(self._page)
        self._context.clear_cookies()
        self._context.clear_permissions()
        self._context.unroute_all()
        everything = {"origin": self._origin, "storageTypes": "all"}
        self._session.send("Storage.clearDataForOrigin", everything)

    def _empty(self, page: Page) -> None:
        """Leave for a file of the site that has no script, and keep nothing there.

        Nor does the mouse stay, which would rest on something of the next page.
        """
        page.mouse.move(0, 0)
        page.unroute_all()
        page.emulate_media(color_scheme="null", reduced_motion="null", media="null")
        page.goto(f"{self._site}assets/favicon.svg")
        page.evaluate("() => sessionStorage.clear()")


def fresh_context(browser: Browser, options: Mapping[str, Any]) -> BrowserContext:
    """Make a context without service workers: what they fetch cannot be held up."""
    return browser.new_context(
        **{"locale": "en-GB", "service_workers": "block"} | dict(options)
    )
