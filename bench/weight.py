"""What a chapter weighs for a reader who has not come to its planner."""

import gzip
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import sync_playwright

from runtime.tools.building import PREFIX, built_site
from runtime.tools.chromium import ensure_chromium
from runtime.tools.serving import serving

CHAPTER = "method/the-two-questions/"
OURS = "/assets/runtime/"  # what the theme does not bring
KEPT = "Available offline: the handbook"
RUNTIME = {"pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python.zip"}


def weight() -> dict[str, int]:
    """Bytes, compressed as the host does.

    Our own scripts and styles of a chapter; the typefaces and pictures it asks for;
    and what it fetches of the runtime, up to when the handbook is kept for use offline.
    """
    site = built_site()
    sizes = {name: len(squeezed(path)) for name, path in scripts_and_styles(site)}
    sent: Counter[str] = Counter()
    _read(site, sent)
    return {
        "scripts and styles": sum(sizes.values()),
        "typefaces": sum(n for name, n in sent.items() if name.endswith(".woff2")),
        "pictures": sum(
            n for name, n in sent.items() if name.endswith((".svg", ".png"))
        ),
        "runtime": sum(n for name, n in sent.items() if name in RUNTIME),
    }


def scripts_and_styles(site: Path) -> list[tuple[str, Path]]:
    """The scripts and styles of ours that a chapter's page names."""
    html = (site / CHAPTER / "index.html").read_text("utf-8")
    named = re.findall(r'(?:src|href)="([^"]+\.(?:mjs|css))"', html)
    places = [urljoin(f"/{CHAPTER}", each) for each in named]
    return [(place, site / place.lstrip("/")) for place in places if OURS in place]


def squeezed(path: Path) -> bytes:
    """A file as the host compresses it."""
    return gzip.compress(path.read_bytes(), 6, mtime=0)


def _read(site: Path, sent: Counter[str]) -> None:
    """Open a chapter, its planner out of sight, and stay until the handbook is kept."""
    with serving(site, PREFIX, sent=sent) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(ensure_chromium()), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.goto(f"{address}{CHAPTER}")
        page.get_by_text(KEPT).first.wait_for(timeout=60_000)
        browser.close()


if __name__ == "__main__":
    print(json.dumps(weight()))
