"""Say on the root of each page what kind it is, for the styles: a hook of mkdocs.

They could find that out with ``:has()``, but then a browser looks through the page
again after every change in it: 5 to 10% of the work in which the plan page starts.
"""

from typing import Any

# How an element begins that only a page of this kind has.
MARKS = {
    "plan": '<div class="parley parley--plan"',
    "few": '<div class="parley-few__follows"',
    "columns": '<div class="parley-columns"',
}


def on_post_page(output: str, **_: Any) -> str:
    """Return the page with its kinds, if any, as ``data-page`` of its root."""
    kinds = " ".join(kind for kind, mark in MARKS.items() if mark in output)
    root = f'<html data-page="{kinds}" ' if kinds else "<html "
    return output.replace("<html ", root, 1)
