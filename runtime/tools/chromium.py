"""Find the Chromium that the browser tests drive, or install one.

`python runtime/tools/chromium.py` prints the path of an executable that runs.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# The shell draws and runs pages as the others do, and starts in half the time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
MAC_APPS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
)
DOWNLOAD_SECONDS = 600  # a slow line may need minutes for 170 MB
CONNECT_SECONDS = 10  # but a host that does not answer by then never will

ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""

ADVICE = """\
The browser tests need Chromium and found none that runs. Do one of these:
    sudo apt-get install chromium-headless-shell    on Debian
    brew install --cask chromium                    on macOS with Homebrew
    CHROMIUM=/path/to/chromium make test with one you have"""


class ChromiumMissing(Exception):
    """No Chromium runs here and none could be installed."""


def find_chromium() -> Path | None:
    """Return a Chromium that runs; where $CHROMIUM is set, that one or none."""
    return next((path for path in candidates() if runs(path)), None)


def ensure_chromium() -> Path:
    """Return a Chromium that runs, installing one if need be.

    Raises:
        ChromiumMissing: none runs here and none could be installed.
    """
    if path := find_chromium():
        return path
    if chosen := os.environ.get("CHROMIUM"):
        raise ChromiumMissing(f"CHROMIUM is set to {chosen}, which does not run.")
    for install in (install_by_playwright, install_by_apt):
        install()
        if path := find_chromium():
            return path
    raise ChromiumMissing(ADVICE)


def candidates() -> Iterator[Path]:
    """Yield where a Chromium might be, the reader's own choice first."""
    if chosen := os.environ.get("CHROMIUM"):
        yield Path(shutil.which(chosen) or chosen)
        return
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        yield from (folder / app for app in MAC_APPS)
    asked = subprocess.run(
        [sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True
    )
    if asked.returncode == 0:
        yield Path(asked.stdout.strip())


def runs(path: Path, called: str = "Chrom") -> bool:
    """Tell whether the file starts and is so called: some lack their libraries."""
    if not path.is_file():
        return False
    try:
        started = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return started.returncode == 0 and called in started.stdout


def install_by_playwright() -> None:
    """Try Playwright's own download, for a bounded time."""
    attempt(
        [sys.executable, "-m", "playwright", "install", "chromium"],
        PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT=str(CONNECT_SECONDS * 1000),
    )


def install_by_apt(package: str = "chromium-headless-shell") -> None:
    """Install Debian's package where we may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    if attempt(["apt-get", "update", "-qq"]):
        command = ["apt-get", "install", "-qq", "--no-install-recommends", package]
        attempt(command, DEBIAN_FRONTEND="noninteractive")


def attempt(command: list[str], **environment: str) -> bool:
    """Run a command and all that it starts until done or out of time."""
    print("Trying:", *command, file=sys.stderr, flush=True)
    process = subprocess.Popen(
        command,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,  # our own output is the path and nothing else
        start_new_session=True,
    )
    try:
        return process.wait(DOWNLOAD_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


if __name__ == "__main__":
    try:
        print(ensure_chromium())
    except ChromiumMissing as missing:
        sys.exit(str(missing))
