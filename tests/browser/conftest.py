"""A real Chromium on the built site, under a sub-path."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from runtime.tools.building import PREFIX, built_site
from runtime.tools.serving import serving
from tests.browser.going import go_by_themselves
from tests.browser.warm import BREACH, WarmContext, fresh_context

PLANS = f"parley:{PREFIX}:plans"  # the database in which the site keeps plans
STEPS = f"parley:{PREFIX}:steps"  # and what it keeps for the session, for undo
DEALS, OTHER = "/deals/", "/other/"  # where the site is as well
DESK, PHONE = 1280, 375  # px, how wide the window is
PATIENCE = 30_000  # ms; Python starts in 1–3 s, in 10 on a busy machine; more follows

# What the live region says is written down, in its order.
LISTEN = """() => {
  globalThis.heard = [];
  const region = document.querySelector("[data-conclusion]");
  new MutationObserver(() => heard.push(region.textContent)).observe(region, {
    childList: true, characterData: true, subtree: true,
  });
}"""
# Python hears what it is asked, and so answers, so many ms late, as on a slow device.
SLOW = """(delay) => {
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message) {
    setTimeout(() => post.call(this, message), delay);
  };
}"""


expect.set_options(timeout=PATIENCE)


go_by_themselves()


@pytest.fixture(scope="session")
def folder() -> Path:
    return built_site()


@pytest.fixture(scope="session")
def origin(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site at three paths of one origin, so that one Python answers on all."""
    root = tmp_path_factory.mktemp("origin")
    for path in (PREFIX, DEALS, OTHER):
        (root / path.strip("/")).symlink_to(folder)
    (root / "404.html").symlink_to(folder / "404.html")
    with serving(root) as address:
        yield address.removesuffix("/")


@pytest.fixture(scope="session")
def site(origin: str) -> str:
    return origin + PREFIX


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What a reader does is tried at a desk and on a phone, unless told otherwise."""
    marked = metafunc.definition.get_closest_marker
    if "width" not in metafunc.fixturenames or not marked("every_width"):
        return
    own = [m.args[0] for m in metafunc.definition.iter_markers("parametrize")]
    if "width" not in own and not marked("wide_only"):
        metafunc.parametrize("width", [DESK, PHONE], indirect=True)


@pytest.fixture
def width(request: pytest.FixtureRequest) -> int:
    """How wide the window is."""
    return int(getattr(request, "param", DESK))


@pytest.fixture(scope="session")
def warm(browser: Browser, site: str) -> Iterator[Callable[[bool], WarmContext]]:
    """Gives the context of a desk or of a phone, where Python is there already."""
    made: dict[bool, WarmContext] = {}

    def of(phone: bool) -> WarmContext:
        if phone in made and made[phone].lost:
            made.pop(phone).close()
        if phone not in made:
            made[phone] = WarmContext(browser, site, {"has_touch": phone})
        return made[phone]

    yield of
    for context in made.values():
        context.close()


@pytest.fixture
def page(
    request: pytest.FixtureRequest, browser: Browser, width: int
) -> Iterator[Page]:
    """A fresh reader: nothing stored, and every complaint of the page is a failure.

    Python is there, unless the test is marked ``cold``.
    """
    phone = width <= PHONE
    complaints: list[str] = []
    with ExitStack() as stack:
        if request.node.get_closest_marker("cold"):
            context = fresh_context(browser, {"has_touch": phone})
            stack.callback(context.close)
            page = context.new_page()
            page.add_init_script(BREACH)
        else:
            warm = request.getfixturevalue("warm")(phone)
            page = stack.enter_context(warm.page())
        page.context.set_default_timeout(PATIENCE)
        page.set_viewport_size({"width": width, "height": 667 if phone else 900})
        note = lambda error: complaints.append(str(error))  # noqa: E731
        page.on("pageerror", note)
        yield page
        page.remove_listener("pageerror", note)
    assert complaints == []


@pytest.fixture
def open_page(page: Page, site: str) -> Callable[[str], Page]:
    """Opens a page of the site and waits until its planner answers.

    Until the plan that is kept is back there, a reader can type nothing.
    """

    def opened(address: str) -> Page:
        page.goto(site + address)
        panel = page.locator("parley-panel")
        panel.scroll_into_view_if_needed()
        expect(panel.and_(page.locator("[ready]:not([loading])"))).to_be_attached()
        return page

    return opened


def keep_as_own(page: Page) -> None:
    """Make a plan of the example on the plan page, which is only played with before."""
    page.locator("#start-here").click()
    expect(page.locator('[name="/title"]')).to_be_focused()


@pytest.fixture
def block(page: Page) -> Callable[[str], Callable[[], None]]:
    """Makes files whose address ends so unreachable; calling what it gives ends it."""

    def blocked(ending: str) -> Callable[[], None]:
        def abort(route: Route) -> None:
            route.abort()

        page.route(f"**/*{ending}", abort)
        return lambda: page.unroute(f"**/*{ending}", abort)

    return blocked
