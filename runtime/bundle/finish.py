"""After the site build: check what a reader's browser will ask for.

No page or style may make a browser ask another host, and every file that one
asks for must be in the site. What only the bundler needed is taken out; the policy
comes in, by which a browser holds to the first, and the service worker, which keeps
the site for use offline.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from runtime.bundle import moved, notices, offline, policy

ROOT = Path(__file__).resolve().parents[2]
# Sources that the pages use in bundled form.
ROOMS = ("page", "draft", "python", "border", "offline", "styles")
BUNDLED = tuple(f"assets/{room}" for room in ROOMS)

# Where a browser fetches from without being asked to follow a link.
FETCHED = {
    ("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"),
    ("audio", "src"), ("video", "src"), ("track", "src"), ("embed", "src"),
    ("object", "data"), ("input", "src"), ("image", "href"), ("use", "href"),
}  # fmt: skip
FETCHED_LINKS = {
    "stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch",
    "preconnect", "dns-prefetch", "apple-touch-icon",
}  # fmt: skip
IN_STYLE = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s]+)""")
IN_SCRIPT = re.compile(r"""(?:\bimport|\bfrom|\bimport\()\s*["'](https?://[^"']+)""")


def main() -> int:
    """Finish the site; the exit status is 1 where a browser would miss something."""
    site = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "site"
    for folder in BUNDLED:
        shutil.rmtree(site / folder, ignore_errors=True)
    moved.add_to(site)
    policy.add_to(site)
    notices.add_to(site)
    # Last, because the service worker knows each page by its bytes.
    if offline.wanted(site):
        offline.add_to(site)
    complaints = list(complaints_about(site))
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


def complaints_about(site: Path) -> Iterator[str]:
    """What a browser would ask another host for, or not find."""
    for path in sorted(site.rglob("*")):
        for address in addresses(path):
            fault = fault_of(address, path, site)
            if fault:
                yield f"{path.relative_to(site)}: {address}: {fault}"


def addresses(path: Path) -> Iterator[str]:
    """What a browser fetches because of this file."""
    if path.suffix == ".html":
        page = Page()
        page.feed(path.read_text("utf-8"))
        yield from page.fetched
    elif path.suffix == ".css":
        yield from IN_STYLE.findall(path.read_text("utf-8"))
    elif path.suffix in {".js", ".mjs"}:
        yield from IN_SCRIPT.findall(path.read_text("utf-8"))


def fault_of(address: str, path: Path, site: Path) -> str | None:
    """Why a browser must not be sent there; None if all is well."""
    if address.startswith(("data:", "blob:", "#")) or not address:
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return "asks another host: put the file into docs/ and name it there"
    if address.startswith("/"):
        # Only 404.html names its files so, below wherever the site is mounted.
        return (
            None
            if path.name == "404.html"
            else "leaves the site's own folder: take the slash away"
        )
    here = path.relative_to(site).as_posix()
    target = site / unquote(urlsplit(urljoin(f"/{here}", address)).path).lstrip("/")
    found = target.is_file() or (target / "index.html").is_file()
    return None if found else "is not in the site: put it there, or do not name it"


class Page(HTMLParser):
    """Collects what a browser fetches because of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        given = {name: value or "" for name, value in attrs}
        self.fetched += [given[a] for t, a in FETCHED if t == tag and a in given]
        if tag == "link" and FETCHED_LINKS & set(given.get("rel", "").lower().split()):
            self.fetched.append(given.get("href", ""))
        if "srcset" in given:
            self.fetched += [one.split()[0] for one in given["srcset"].split(",")]
        self.fetched += IN_STYLE.findall(given.get("style", ""))


if __name__ == "__main__":
    sys.exit(main())
