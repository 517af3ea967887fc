"""The headings of a page of the handbook, by their addresses."""

import re

from runtime.tools.building import ROOT


def headings(page: str) -> set[str]:
    """What may stand after a ``#``: a heading's own address, else its words."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    titles = re.findall(r"^#+ (.+?)(?: \{ #([\w-]+) \})?$", text, re.M)
    return {
        own or re.sub(r"[^\w]+", "-", title.lower()).strip("-") for title, own in titles
    }
