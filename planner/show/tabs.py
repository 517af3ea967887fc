"""The plan page's tabs: which panels lie in which, and in what order they are met.

The order is that of the work: whether they are worth keeping, what is to be settled,
what else one could do, the talks, and what came of them. It is ours.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["APART", "CARD", "TABS", "Tab", "TabLink", "gaps", "tab_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A part of the plan page; ``id`` is the heading that its address names.

    ``leads`` is what the part before it says where it leads here.
    """

    id: str
    name: str
    panels: tuple[str, ...]
    leads: str = ""


TABS = (
    Tab(id="worth", name="Worth it?", panels=("future", "signals")),
    Tab(
        id="on-the-table",
        name="On the table",
        panels=("composer", "issues"),
        leads="what is on the table",
    ),
    Tab(
        id="without-a-deal",
        name="Without a deal",
        panels=("alternatives",),
        leads="what you do without a deal",
    ),
    Tab(
        id="at-the-table",
        name="At the table",
        panels=("packages", "ledger"),
        leads="what to offer, and the steps so far",
    ),
    Tab(
        id="afterwards",
        name="Afterwards",
        panels=("review",),
        leads="how it ended",
    ),
)
# One press away, and no tab: what is looked at now and then, and what is printed.
APART = (
    Tab(
        id="look-closer",
        name="Look closer",
        panels=("whatif", "theirs", "deals", "check", "trust", "compare"),
    ),
    Tab(id="print", name="Print", panels=("brief",)),
)
CARD = ("stance", "advice")  # beside them


@dataclass(frozen=True, slots=True, kw_only=True)
class TabLink:
    """A tab as its link shows it: ``gaps`` is how much is still to find out there."""

    id: str
    name: str
    gaps: int


def tab_of(panel: str) -> Tab | None:
    """Return the part of the plan page in which a panel lies."""
    return next((tab for tab in (*TABS, *APART) if panel in tab.panels), None)


def gaps(panels: Iterable[str | None]) -> tuple[TabLink, ...]:
    """Count what is still to find out in each tab, by the panels that ask for it."""
    counts = Counter(tab.id for panel in panels if (tab := tab_of(panel or "")))
    return tuple(TabLink(id=tab.id, name=tab.name, gaps=counts[tab.id]) for tab in TABS)
