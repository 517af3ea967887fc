"""How far what we believe about them may be off, by how we know it: one table."""

from collections.abc import Mapping
from types import MappingProxyType

from planner.plan.values import Basis

__all__ = ["WEIGHT", "WORTH", "doubt"]

type Doubts = Mapping[Basis, float]  # as a share of what is believed, either way

# All ours. What they told us stands.
# Of an issue: how far their weight of it may be from the one in the plan.
WEIGHT: Doubts = MappingProxyType({"told": 0.0, "observed": 0.25, "guessed": 0.5})
# Of an alternative of theirs: how far its chance × value may be from the plan's.
WORTH: Doubts = MappingProxyType({"told": 0.0, "observed": 0.0, "guessed": 0.25})


def doubt(doubts: Doubts, basis: Basis | None) -> float:
    """Return how far off something may be; without a basis it counts as guessed."""
    return doubts[basis or "guessed"]
