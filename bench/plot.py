"""A line chart in SVG: times against sizes, the times on a logarithmic scale."""

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10

__all__ = ["plot"]

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 44, 52  # the margins; names stand on the right
COLOURS = ("#1b6e5a", "#b5482a", "#4a5fa5", "#8a6d1f", "#7a3e83")

type Points = Sequence[tuple[float, float]]


def plot(title: str, across: str, up: str, lines: Mapping[str, Points]) -> str:
    """The chart of some lines, each of (size, time over 0) points."""
    sizes = [x for points in lines.values() for x, _ in points]
    powers = [log10(y) for points in lines.values() for _, y in points]
    low, high = floor(min(powers)), ceil(max(powers))
    first, last = min(sizes), max(sizes)

    def x_of(size: float) -> float:
        return LEFT + (size - first) / (last - first) * (WIDTH - LEFT - RIGHT)

    def y_of(time: float) -> float:
        share = (log10(time) - low) / (high - low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        _text(LEFT, 24, title, size=15),
        _text(LEFT, HEIGHT - 12, across),
        _text(8, TOP - 8, up),
    ]
    for power in range(low, high + 1):
        y = y_of(10**power)
        parts.append(
            f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd" fill="none"/>'
        )
        parts.append(_text(LEFT - 8, y + 4, f"{10.0**power:g}", anchor="end"))
    for size in sorted(set(sizes)):
        parts.append(_text(x_of(size), HEIGHT - BOTTOM + 18, f"{size:g}", "middle"))
    for colour, (name, points) in zip(COLOURS, lines.items(), strict=False):
        path = "L".join(f"{x_of(x):.1f} {y_of(y):.1f}" for x, y in points)
        parts.append(
            f'<path d="M{path}" stroke="{colour}" stroke-width="2" fill="none"/>'
        )
        parts += [
            f'<circle cx="{x_of(x):.1f}" cy="{y_of(y):.1f}" r="3" fill="{colour}"/>'
            for x, y in points
        ]
        x, y = points[-1]
        parts.append(_text(x_of(x) + 8, y_of(y) + 4, name, colour=colour))
    return "\n".join([*parts, "</svg>\n"])


def _text(
    x: float,
    y: float,
    words: str,
    anchor: str = "start",
    *,
    size: int = 12,
    colour: str = "#222",
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" '
        f'fill="{colour}">{escape(words)}</text>'
    )
