"""Pictures of the method, as SVG in the page: legible on a phone, light and dark.

Each has a title and a description that says the same in words. Sizes are in the
picture's own units, one to a CSS pixel at its full width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from planner.analyses.ledger import UNRECIPROCATED

__all__ = ["DIAGRAMS", "SHOWS", "STEPS", "Step"]

WIDTH = 360
BOX = (158, 56)  # of the loop; wide enough for 20 letters
STEP = (250, 40)  # of the path
GAP = 22  # between two steps, for the arrow
LETTERS = 21  # that fit into a line of a box of the loop

LOOP = (
    "One of you makes a small step",
    "The other returns it",
    "Both check less, and share more",
    "Staying is worth more to both",
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the path: its name, and what of that is drawn in its narrow box."""

    name: str
    short: str = ""

    @property
    def drawn(self) -> str:
        """Return the words in the picture."""
        return self.short or self.name


STEPS = (
    Step("Ask the two questions"),
    Step("Read how they see the table"),
    Step("Choose a stance"),
    Step("Write two lists"),
    Step("Know where you walk away"),
    Step("Weigh, and look for trades"),
    Step("Open with packages, and move by trades", "Open with packages"),
    Step("Keep the ledger, and stop in time", "Keep the ledger, stop in time"),
    Step("Close, keep your word, and look back", "Close, and look back"),
)
PATH = tuple(step.drawn for step in STEPS)
LEAVES = (4, 7)  # the steps after which one may leave instead of going on
CLIFF = (100, 70, 40, 10, -20)  # points left after each round; ours
STOP = UNRECIPROCATED  # the round after which to stop; nothing answered so many
BAR = (46, 22)  # how wide a round is drawn, and how far apart
ZERO, POINT = 200, 1.5  # where nothing is left, and how high a point is


def _loop() -> str:
    width, height = BOX
    middle = (WIDTH - width) / 2
    far = WIDTH - width - 2
    places = ((middle, 4), (far, 116), (middle, 228), (2, 116))
    boxes = "".join(
        _box(x, y, width, height, said)
        for (x, y), said in zip(places, LOOP, strict=True)
    )
    centre = WIDTH / 2
    right, left = far + width / 2, 2 + width / 2
    arrows = _arrow(
        f"M{centre + 79} 32 Q{right} 32 {right} 110",
        f"M{right} 172 Q{right} 256 {centre + 85} 256",
        f"M{centre - 79} 256 Q{left} 256 {left} 178",
        f"M{left} 116 Q{left} 32 {centre - 85} 32",
    )
    return _picture(
        "trust-loop",
        "How trust grows",
        f"A loop of four: {'; '.join(LOOP).lower()}; and round again. It stops where "
        "a step is not returned.",
        288,
        arrows + boxes,
    )


def _path() -> str:
    width, height = STEP
    tops = [4 + i * (height + GAP) for i in range(len(PATH))]
    boxes = "".join(
        _box(2, top, width, height, f"{i}. {said}")
        for i, (top, said) in enumerate(zip(tops, PATH, strict=True), start=1)
    )
    down = [
        f"M{2 + width / 2} {above + height} V{below - 3}"
        for above, below in pairwise(tops)
    ]
    aside = [f"M{2 + width} {tops[i] + height / 2} H{WIDTH - 62}" for i in LEAVES]
    words = "".join(
        _words(WIDTH - 30, tops[i] + height / 2, ("or leave",)) for i in LEAVES
    )
    return _picture(
        "path",
        "The path of a negotiation",
        f"{len(PATH)} steps from top to bottom: {'; '.join(PATH).lower()}. After the "
        "walk-away is set, and while you trade, you may leave instead.",
        tops[-1] + height + 4,
        _arrow(*down, *aside) + boxes + words,
    )


def _cliff() -> str:
    width, apart = BAR
    lefts = [20 + i * (width + apart) for i in range(len(CLIFF))]
    bars = "".join(
        f'<rect x="{left}" y="{ZERO - max(points, 0) * POINT:g}" width="{width}" '
        f'height="{abs(points) * POINT:g}" rx="2"/>'
        + _words(left + width / 2, _beyond(points), (_signed(points),))
        + _words(left + width / 2, 266, ("start" if not i else str(i),))
        for i, (left, points) in enumerate(zip(lefts, CLIFF, strict=True))
    )
    line = lefts[STOP] + width + apart / 2
    drawn = f'<path d="M6 {ZERO}H{WIDTH - 6}"/><path class="parley-diagram__line" '
    drawn += f'd="M{line:g} 72V{ZERO + 10}"/>'
    words = _words(line + 34, 58, ("stop here",))
    words += _words(112, ZERO + 16, ("nothing left over leaving",))
    words += _words(WIDTH / 2, 12, ("Points left over walking away",))
    words += _words(WIDTH / 2, 287, ("Round",))
    told = ", ".join(f"{_signed(points)} after round {i}" for i, points in _after())
    return _picture(
        "cliff",
        "The cliff",
        f"What is left over walking away: {CLIFF[0]} points at the start, {told}. "
        f"Each round gives {CLIFF[0] - CLIFF[1]} points and nothing comes back. The "
        f"stop line stands after round {STOP}, where {CLIFF[STOP]} are left.",
        298,
        drawn + bars + words,
    )


def _after() -> Sequence[tuple[int, int]]:
    return list(enumerate(CLIFF))[1:]


def _beyond(points: int) -> float:
    """Where the figure of a bar stands: over its end, or under it."""
    return ZERO - points * POINT + (-12 if points > 0 else 12)


def _signed(points: int) -> str:
    return str(points).replace("-", "−")


def _picture(key: str, title: str, says: str, height: float, drawn: str) -> str:
    head = (
        f'<marker id="{key}-head" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="8" '
        'markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z"/></marker>'
    )
    return (
        f'<svg class="parley-diagram" role="img" viewBox="0 0 {WIDTH} {height:g}" '
        f'aria-labelledby="{key}-title {key}-says"><title id="{key}-title">'
        f'{escape(title)}</title><desc id="{key}-says">{escape(says)}</desc>'
        f"<defs>{head}</defs>{drawn.replace('#head', f'#{key}-head')}</svg>"
    )


def _box(x: float, y: float, width: float, height: float, said: str) -> str:
    frame = f'<rect x="{x:g}" y="{y:g}" width="{width}" height="{height}" rx="4"/>'
    lines = _lines(said) if width < STEP[0] else (said,)
    return frame + _words(x + width / 2, y + height / 2, lines)


def _words(x: float, y: float, lines: Sequence[str]) -> str:
    first = y + 5 - (len(lines) - 1) * 9
    spans = "".join(
        f'<tspan x="{x:g}" y="{first + i * 18:g}">{escape(line)}</tspan>'
        for i, line in enumerate(lines)
    )
    return f"<text>{spans}</text>"


def _arrow(*routes: str) -> str:
    return "".join(f'<path d="{route}" marker-end="url(#head)"/>' for route in routes)


def _lines(said: str) -> tuple[str, ...]:
    """The words in lines that fit a box of the loop."""
    lines = [""]
    for word in said.split():
        fits = len(lines[-1]) + len(word) < LETTERS
        lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if fits else [*lines, word]
    return tuple(lines)


DIAGRAMS = {"trust loop": _loop(), "path": _path(), "cliff": _cliff()}
# What each picture shows, in words that are drawn in it and said beside it.
SHOWS = {"trust loop": LOOP, "path": PATH, "cliff": tuple(map(_signed, CLIFF))}
