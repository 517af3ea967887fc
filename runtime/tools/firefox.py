"""Find the Firefox in which some tests run as well, or install one.

Any that a reader may have: Playwright drives it by the standard protocol, WebDriver
BiDi, and needs no build of its own.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from runtime.tools.chromium import install_by_apt, runs

NAMES = ("firefox-esr", "firefox")
MAC_APP = "Firefox.app/Contents/MacOS/firefox"
ADVICE = """\
Some tests need Firefox and found none that runs. Do one of these:
    sudo apt-get install firefox-esr    on Debian
    brew install --cask firefox         on macOS with Homebrew
    FIREFOX=/path/to/firefox make test  with one you have"""


class FirefoxMissing(Exception):
    """No Firefox runs here and none could be installed."""


def launch_firefox(playwright: Playwright) -> Browser:
    """Start Firefox without a window."""
    return playwright.firefox.launch(
        channel="moz-firefox", executable_path=str(ensure_firefox())
    )


def ensure_firefox() -> Path:
    """Return a Firefox that runs, installing one if need be.

    Raises:
        FirefoxMissing: none runs here and none could be installed.
    """
    if path := find_firefox():
        return path
    if "FIREFOX" not in os.environ:
        install_by_apt("firefox-esr")
    if path := find_firefox():
        return path
    raise FirefoxMissing(ADVICE)


def find_firefox() -> Path | None:
    """Return a Firefox that runs; where $FIREFOX is set, that one or none."""
    return next((path for path in candidates() if runs(path, "Firefox")), None)


def candidates() -> Iterator[Path]:
    """Yield where a Firefox might be, the reader's own choice first."""
    if chosen := os.environ.get("FIREFOX"):
        yield Path(shutil.which(chosen) or chosen)
        return
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        yield folder / MAC_APP


if __name__ == "__main__":
    try:
        print(ensure_firefox())
    except FirefoxMissing as missing:
        sys.exit(str(missing))
