"""After the site build: the policy that keeps a plan in its reader's browser.

A page may run the site's own scripts and ask the site's own host, nothing else. The
host sends no headers of ours, so the policy is in each page; it also holds in Python's
worker, which a page starts from a ``blob:``. The same on every page, because the theme
goes from one page to the next without loading it anew.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

AFTER = '<meta charset="utf-8">'  # the first thing in a page's head
TAG = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
RULES = (
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",  # the theme's icons stand in its styles
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
)
SCRIPTS = "script-src 'self' 'wasm-unsafe-eval'"  # and those with a hash that follows


def add_to(site: Path) -> None:
    """Write the policy into every page of a built site.

    Raises ValueError for a page in which it would come too late or twice.
    """
    pages = {path: path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy(pages)}">'
    for path, html in pages.items():
        head, found, rest = html.partition(AFTER)
        if not found or "<script" in head or "Content-Security-Policy" in html:
            raise ValueError(f"{path.relative_to(site)}: no place for the policy")
        path.write_text(f"{head}{AFTER}{tag}{rest}", "utf-8")


def policy(pages: dict[Path, str]) -> str:
    """What pages may do; of the scripts in them, the very ones that are there."""
    texts = {text for html in pages.values() for text in scripts(html)}
    hashes = " ".join(sorted(f"'{digest(text)}'" for text in texts))
    return "; ".join((*RULES, f"{SCRIPTS} {hashes}"))


def complaints_about(site: Path) -> Iterator[str]:
    """Yield each page of a finished site that the policy does not hold or not fit."""
    for path in sorted(site.rglob("*.html")):
        for fault in _faults(path.read_text("utf-8")):
            yield f"{path.relative_to(site)}: {fault}: build the site by `make build`"


def _faults(html: str) -> Iterator[str]:
    before, _, rest = html.partition(AFTER)
    found = TAG.match(rest)
    if found is None or not before.rstrip().endswith("<head>"):
        yield f"the policy is not the first thing after {AFTER}"
        return
    rules, _, hashes = found[1].partition(f"; {SCRIPTS} ")
    if rules != "; ".join(RULES):
        yield "the policy is not the one of runtime/bundle/policy.py"
    for script in scripts(html):
        if f"'{digest(script)}'" not in hashes.split():
            yield f"the policy does not let the script “{script.strip()[:40]}…” run"


def digest(script: str) -> str:
    """The SHA-256 of a script, as a policy names it."""
    hashed = hashlib.sha256(script.encode()).digest()
    return f"sha256-{base64.b64encode(hashed).decode()}"


def scripts(html: str) -> Iterator[str]:
    """The scripts that stand in a page itself and that a browser would run."""
    reader = _Scripts()
    reader.feed(html)
    reader.close()
    yield from reader.found


class _Scripts(HTMLParser):
    """Collects the text of scripts without an address; data is not run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        given = dict(attrs)
        runs = given.get("type") in {None, "", "module", "text/javascript"}
        self._inside = tag == "script" and "src" not in given and runs
        if self._inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        """Leave a script."""
        self._inside = False

    def handle_data(self, data: str) -> None:
        """Keep what stands in a script."""
        if self._inside:
            self.found[-1] += data
