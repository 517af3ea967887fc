"""After the site build: a small page at each address that a page has left.

It links to where the page is now and takes the reader there, with what the address
named on the page. A refresh alone, for those without scripts, would drop that.
"""

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from types import MappingProxyType

# The old address, and the new one; of headings that are gone, the one that stands in.
MOVED: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        "guided/": (
            "your-plan/",
            {
                **dict.fromkeys((f"guided-{n}" for n in range(1, 6)), "worth"),
                **dict.fromkeys((f"guided-{n}" for n in range(6, 9)), "on-the-table"),
                "guided-9": "without-a-deal",
                "guided-10": "at-the-table",
                "guided-11": "worth",
            },
        ),
    }
)
SCRIPT = "assets/moved.js"
FOLLOW = """const link = document.querySelector("a");
const named = JSON.parse(link.dataset.named);
const old = location.hash.slice(1);
link.hash = named[old] ?? old;
location.replace(link.href);
"""
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>This page has moved</title>
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<noscript><meta http-equiv="refresh" content="0; url={href}"></noscript>
</head>
<body>
<main><h1>This page has moved</h1>
<p><a href="{href}" data-named="{named}">Go to where it is now</a></p></main>
<script src="{script}"></script>
</body>
</html>
"""


def add_to(site: Path) -> None:
    """Write the small pages. Raises ValueError where a page stands there again."""
    for old, (new, named) in MOVED.items():
        if not (site / new / "index.html").is_file():
            continue  # a team has taken that page out
        page = site / old / "index.html"
        if page.exists():
            raise ValueError(f"{old}: a page stands there again: take it off the list")
        base = "../" * old.count("/")
        page.parent.mkdir(parents=True, exist_ok=True)
        html = PAGE.format(
            href=base + new,
            named=escape(json.dumps(dict(named))),
            script=base + SCRIPT,
        )
        page.write_text(html, "utf-8")
    (site / SCRIPT).write_text(FOLLOW, "utf-8")
