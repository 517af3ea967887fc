"""Fixtures of every kind of test, and what a run begins with."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from runtime.tools.building import builds
from tests.plans import fixed_plan

if TYPE_CHECKING:  # the browser's own Python, which runs the unit tests, has none
    from playwright.sync_api import Browser, Playwright

# A host that is this machine, and to the browser a stranger without https.
HOST = "handbook.test"
INTRANET = f"--host-resolver-rules=MAP {HOST} 127.0.0.1"
# V8 optimizes only what has run for long: the Python that many tests ask soon has, and
# a visit with a Python of its own is over before it would pay.
OPTIMIZED_LATE = "--js-flags=--wasm-tiering-budget=600000000"

# Plans are large: a slow draw says something about the machine, not about a law.
# The examples follow from the test alone, so that a commit passes always or never;
# `make hunt` draws others, and many more, and what it finds becomes a test.
settings.register_profile(
    "parley",
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile(
    "hunt",
    settings.get_profile("parley"),
    max_examples=1_000,
    derandomize=False,
    print_blob=True,
)
settings.load_profile("parley")


def pytest_configure() -> None:
    """Name the folder of shared builds before other processes of the run start."""
    builds()


@pytest.hookimpl(trylast=True)  # after they were put into an order by chance
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest: at the end of a run a worker would wait for one."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture
def worked() -> dict[str, Any]:
    """The document of a plan in which everything is answered, fresh for each test."""
    return fixed_plan("renewal")


@pytest.fixture
def empty() -> dict[str, Any]:
    """The document of a plan in which nothing is answered yet."""
    return {"format": "negotiation-plan/1"}


@pytest.fixture(scope="session")
def playwright() -> "Iterator[Playwright]":
    """What drives browsers: it can't be started twice in a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: "Playwright") -> "Iterator[Browser]":
    """The one Chromium of a process."""
    from runtime.tools.chromium import ensure_chromium
    from runtime.tools.visits import ARGUMENTS

    with playwright.chromium.launch(
        executable_path=str(ensure_chromium()),
        args=[*ARGUMENTS, INTRANET, OPTIMIZED_LATE],
    ) as browser:
        yield browser


@pytest.fixture(scope="session")
def firefox(playwright: "Playwright") -> "Iterator[Browser]":
    """The Firefox of a process, for what engines may do differently."""
    from runtime.tools.firefox import launch_firefox

    with launch_firefox(playwright) as browser:
        yield browser
