"""After the site build: small pages at the addresses that pages once had.

A bookmark, a printed sheet and a link from elsewhere go on working. Such a page stands
in no navigation, search or site map, and is kept for use offline with the others.
"""

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from posixpath import relpath
from types import MappingProxyType

from runtime.bundle import notices

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = "moved.js"  # overrides/moved.js, which the build copies to the site's root

# Where a page was → where what it said now stands. A fragment is for those who come
# without one of their own.
MOVED: Mapping[str, str] = MappingProxyType(
    {
        "guided/": "your-plan/",
        "method/stances/claim/": "method/stances/#claim",
        "method/stances/claim-courteously/": "method/stances/#claim-courteously",
        "method/stances/collaborate/": "method/stances/#collaborate",
        "method/stances/deal-fairly/": "method/stances/#deal-fairly",
        "method/stances/keep-short/": "method/stances/#keep-short",
        "method/stances/probe/": "method/stances/#probe",
        "method/stances/protect/": "method/stances/#protect",
        "method/stances/undecided/": "method/stances/#undecided",
        "method/stances/yield/": "method/stances/#yield",
        "method/why-firms-cooperate/": "method/the-two-questions/#three-reasons",
    }
)
# Where the headings of such a page went, by the fragment of a link to one.
HEADINGS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "guided/": {
            **dict.fromkeys((f"guided-{n}" for n in range(1, 6)), "worth"),
            **dict.fromkeys((f"guided-{n}" for n in range(6, 9)), "on-the-table"),
            "guided-9": "without-a-deal",
            "guided-10": "at-the-table",
            "guided-11": "worth",
        },
    }
)

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>This page has moved</title>
<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>
</head>
<body>
<p>This page has moved:
<a href="{to}" data-headings="{headings}">go to its new place</a>.</p>
<p><a href="{notices}">Notices and licences</a></p>
<script src="{script}"></script>
</body>
</html>
"""


def add_to(site: Path, moved: Mapping[str, str] = MOVED) -> None:
    """Write a page at each old address of a built site.

    Raises ValueError where a page stands there again: its row has to go.
    """
    for old, new in moved.items():
        path = site / old / "index.html"
        if path.exists():
            raise ValueError(f"{old} has not moved: take it out of {__name__}.MOVED")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(old, new), "utf-8")


def _page(old: str, new: str) -> str:
    """Return what stands at an old address."""
    address, hash, fragment = new.partition("#")
    to = f"{relpath(address or '.', old)}/{hash}{fragment}"
    return PAGE.format(
        to=escape(to),
        headings=escape(json.dumps(dict(HEADINGS.get(old, {})))),
        script=relpath(SCRIPT, old),
        notices=relpath(notices.NAME, old),
    )
