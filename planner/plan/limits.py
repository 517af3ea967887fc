"""How much of anything there may be: one table for every way into the planner.

Reader, page, saved file and link keep to the same limits: the bundler hands ``LIMITS``
to the page's scripts. Where method.md#rules-of-reading gives none they are ours.
"""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = [
    "LIMITS",
    "MOST_BYTES",
    "MOST_CELLS",
    "MOST_DEEP",
    "MOST_DIGITS",
    "MOST_ISSUES",
    "MOST_LINK",
    "MOST_MOVES",
    "MOST_NODES",
    "MOST_OPTIONS",
    "MOST_OTHERS",
    "MOST_ROWS",
    "MOST_WORKBOOK",
]

MOST_BYTES = 2**20  # 1 MiB, of a document or a list as UTF-8
MOST_WORKBOOK = 5_000_000  # bytes of a workbook
MOST_CELLS = 200_000  # of a table, and in merged ranges and links
MOST_ROWS = 10_000  # of a table that are not empty: a plan has room for 1,800
MOST_LINK = 2**16  # characters of a link's fragment: browsers cut longer ones
MOST_DEEP = 32  # objects and lists in each other; a plan's own are five
MOST_DIGITS = 300  # of a whole number, well under what a float holds
MOST_ISSUES = 60
MOST_OPTIONS = 30  # of one issue
MOST_MOVES = 500
MOST_OTHERS = 100  # offers, comparisons, alternatives of a side, signals
# Values in a document, each object and list one of them. A plan that is full in every
# list has a few more than 30,000; what the format does not know is kept beside it.
MOST_NODES = 80_000

LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "bytes": MOST_BYTES,
        "workbook": MOST_WORKBOOK,
        "link": MOST_LINK,
        "deep": MOST_DEEP,
        "nodes": MOST_NODES,
    }
)
