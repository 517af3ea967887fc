"""Bargaining solutions: which efficient deal a published rule would pick."""

from collections.abc import Sequence

from planner.frontier import Deal

__all__ = ["nash"]


def nash(deals: Sequence[Deal], walk_away: tuple[float, float]) -> Deal | None:
    """The deal with the largest product of both sides' gains over the walk-away.

    ``walk_away`` is (us, them) on the scale of the deals. Deals that leave a side
    worse off than without one do not count; None where none is left. Of equal
    products the one better for the worse-off side is taken. See [Nash1950].
    """
    gains = [(d.us - walk_away[0], d.them - walk_away[1], d) for d in deals]
    open_to_both = [g for g in gains if g[0] >= 0 and g[1] >= 0]
    if not open_to_both:
        return None
    return max(open_to_both, key=lambda g: (g[0] * g[1], min(g[0], g[1])))[2]
