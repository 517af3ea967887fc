"""After the site build: what a browser keeps, so that the site works offline.

Every file of the site that a browser asks for belongs to one part, and the service
worker at the site's root knows each by its SHA-256: what it keeps is what was built,
never a mixture of two versions. When which part is kept is told in
docs/decisions/0009-what-is-kept-for-use-offline.md.
"""

import base64
import hashlib
import json
import os
import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path
from typing import TypedDict

from runtime.bundle import bundle

SOURCE = bundle.ROOT / "overrides" / "assets" / "offline" / "service-worker.mjs"
WORKER = "service-worker.js"  # at the root: a worker serves what lies below it

# The first pattern that fits a file's path decides; * stands for slashes too.
PARTS = {
    "assets/runtime/runtime-*/sheets.zip": "sheets",
    "assets/runtime/runtime-*": "runtime",
    # Over plain http alone, where nothing is kept.
    "assets/runtime/digest-*.mjs": None,
    # What no page asks for: maps are for developers, the others for search engines
    # and for search in languages other than English.
    WORKER: None,
    "*.map": None,
    "*.gz": None,
    "assets/javascripts/lunr/*": None,
    # A host may leave these out.
    ".*": None,
    "*/.*": None,
    # The theme looks into the site map when it goes from page to page.
    "sitemap.xml": "shell",
    "index.html": "shell",
    "offline.html": "shell",
    "manifest.webmanifest": "shell",
    "assets/favicon.svg": "shell",
    "*.css": "shell",
    "*.js": "shell",
    "*.mjs": "shell",
    "*-latin-wght-*.woff2": "shell",
    "*": "handbook",
}
HASHED = re.compile(
    r"[.-][0-9a-f]{8}\.min\.\w+$"  # the theme's
    r"|^assets/runtime/[\w-]+-[0-9A-Z]{8}\.\w+$"  # esbuild's
    r"|^assets/runtime/runtime-[0-9a-f]{10}/"  # our bundle's
)


class Built(TypedDict):
    """A file as the service worker knows it; `revision` is None for a hashed name."""

    url: str
    size: int
    integrity: str
    revision: str | None


def wanted(site: Path) -> bool:
    """Whether the pages of a built site offer to work offline."""
    return "<parley-offline" in (site / "index.html").read_text("utf-8")


def add_to(site: Path) -> None:
    """Write the service worker of a built site, with the manifest of its files."""
    files = json.dumps(manifest(site))
    command = [
        str(bundle.PACKAGES / ".bin" / "esbuild"),
        str(SOURCE),
        "--bundle",
        "--minify",
        "--format=iife",  # not every browser takes a module here
        "--target=es2022",
        "--charset=utf8",
        "--log-level=warning",
        '--define:process.env.NODE_ENV="production"',
        f"--define:globalThis.PARLEY_FILES={files}",
    ]
    environment = os.environ | {"NODE_PATH": str(bundle.PACKAGES)}
    made = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE)
    (site / WORKER).write_bytes(made.stdout)


def manifest(site: Path) -> dict[str, list[Built]]:
    """The files of each part, sorted by path."""
    files: dict[str, list[Built]] = {part: [] for part in PARTS.values() if part}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        part = part_of(name)
        if path.is_file() and part:
            files[part].append(built(name, path.read_bytes()))
    return files


def part_of(name: str) -> str | None:
    """The part that a file belongs to, by its path; None if nobody asks for it."""
    return next(part for pattern, part in PARTS.items() if fnmatch(name, pattern))


def built(name: str, data: bytes) -> Built:
    """A file by its path and content."""
    digest = hashlib.sha256(data)
    return {
        "url": name,
        "size": len(data),
        "integrity": f"sha256-{base64.b64encode(digest.digest()).decode()}",
        "revision": None if HASHED.search(name) else digest.hexdigest()[:10],
    }
