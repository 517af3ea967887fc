"""Charts as geometry and words: what to draw where, what it says, the table behind.

The templates draw it. Coordinates are in the units of a view box 320 wide, so
that text of size 14 stays legible at phone width.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from planner.analysis import Analysis
from planner.figures import points
from planner.packages import Package

__all__ = ["DealsChart", "Mark", "deals_chart"]

WIDTH, HEIGHT = 320.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 38.0, 310.0, 12.0, 256.0
DOT = 2.0  # deals closer than this are drawn as one dot


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A labelled deal: where it stands and whose it is (us, them or both)."""

    x: float
    y: float
    label: str
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DealsChart:
    """Every deal by what it is worth to each side, the efficient ones marked."""

    title: str
    finding: str
    dots: str
    edge: str
    efficient: tuple[tuple[float, float], ...]
    marks: tuple[Mark, ...]
    walk_away: float | None
    ticks: tuple[tuple[float, float, str], ...]
    rows: tuple[Package, ...]


def deals_chart(analysis: Analysis) -> DealsChart | None:
    """The chart of our deals and theirs; None while no issue can be counted."""
    efficient = analysis.frontier
    if not efficient:
        return None
    floor = analysis.walk_away_points
    return DealsChart(
        title="Deals by what they are worth to each side",
        finding=_finding(analysis),
        dots=_dots(analysis.deals),
        edge=" ".join(f"{_x(p.us):.1f},{_y(p.them):.1f}" for p in efficient),
        efficient=tuple((_x(p.us), _y(p.them)) for p in efficient),
        marks=tuple(_marks(analysis)),
        walk_away=None if floor is None or not 0 < floor <= 100 else _x(floor),
        ticks=tuple((_x(t), _y(t), str(t)) for t in (0, 50, 100)),
        rows=efficient,
    )


def _finding(analysis: Analysis) -> str:
    balanced, count = analysis.balanced, len(analysis.frontier)
    found = f"{count} of {len(analysis.deals)} deals are efficient"
    if not analysis.deals:
        found = f"{count:,} deals are efficient"
    if not analysis.exact:
        found = f"{found}, the best found within our budget"
    if balanced is None:
        return f"{found}; none is better for you than walking away."
    return (
        f"{found}. The balanced one gives you {points(balanced.us)} "
        f"and them {points(balanced.them)}."
    )


def _marks(analysis: Analysis) -> Iterable[Mark]:
    if analysis.balanced:
        balanced = analysis.balanced
        yield _mark(balanced, "Aim", "both")
    for side, label in (("us", "Our offer"), ("them", "Their offer")):
        offers = [offer for offer in analysis.plan.offers if offer.by == side]
        package = analysis.points(offers[-1]) if offers else None
        if package:
            yield _mark(package, label, side)


def _mark(package: Package, label: str, side: str) -> Mark:
    return Mark(x=_x(package.us), y=_y(package.them), label=label, side=side)


def _dots(deals: Iterable[tuple[float, float]]) -> str:
    """An SVG path that draws every deal as a dot, near ones once."""
    places = {(round(_x(us) / DOT), round(_y(them) / DOT)) for us, them in deals}
    return "".join(f"M{x * DOT:g} {y * DOT:g}h0" for x, y in sorted(places))


def _x(us: float) -> float:
    return LEFT + (RIGHT - LEFT) * us / 100


def _y(them: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * them / 100
