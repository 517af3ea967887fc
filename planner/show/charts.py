"""Charts as geometry and words: what to draw where, what it says, the table behind.

The templates draw it. Coordinates are in the units of a view box 320 wide, so
that text of size 14 stays legible at phone width.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from math import ceil, floor, inf

from planner.analyses.alternatives import Zone
from planner.analyses.analysis import Analysis
from planner.analyses.ledger import Entry, Ledger
from planner.analyses.packages import Package
from planner.analyses.relationship import Condition
from planner.analyses.tornado import Bar as Swing
from planner.plan.address import under
from planner.plan.rows import answer_at, label
from planner.words.figures import about, count, money, plain, points
from planner.words.listing import listed

__all__ = [
    "Bar",
    "BarChart",
    "Cliff",
    "DealsChart",
    "Label",
    "LedgerChart",
    "Mark",
    "ZoneChart",
    "deals_chart",
    "deals_finding",
    "ledger_chart",
    "temptation_chart",
    "tornado_chart",
    "weights_chart",
    "zone_chart",
]

WIDTH = 320.0
LEFT, RIGHT, TOP, BOTTOM = 38.0, 310.0, 12.0, 256.0
TALL, LETTER, AWAY = 15.0, 7.4, 9.0  # of a label: height, letter, from its mark
FITS = int(WIDTH / LETTER)  # letters of a label that is as wide as the picture
SQUARE = 10.0  # of a mark
WALKED = 30  # efficient deals that can be pointed at; the others are only drawn
CELLS = 200  # of the table of deals; of many issues, fewer deals are listed
TERMS = 6  # that a point says; the table has all
DOT = 2.0  # deals closer than this are drawn as one dot


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A labelled deal: where it and its label stand, whose it is, and its terms.

    ``side`` is us, them or both; ``anchor`` the end of the label that stands there.
    ``key`` tells it from the others however the chart changes.
    """

    key: str
    x: float
    y: float
    label: str
    side: str
    says: str
    label_x: float = 0.0
    label_y: float = 0.0
    anchor: str = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class DealsChart:
    """Every deal by what it is worth to each side, the efficient ones marked.

    ``points`` are the efficient deals without a name that can be pointed at, as
    (x, y, which deal it is); ``others`` draws the rest of them. ``rows`` is the
    table behind: what each deal is, the named ones first. ``efficient`` counts the
    efficient deals and ``listed`` those of them in the table.
    """

    title: str
    finding: str
    dots: str
    edge: str
    others: str
    points: tuple[tuple[float, float, str], ...]
    marks: tuple[Mark, ...]
    walk_away: float | None
    ticks: tuple[tuple[float, float, str], ...]
    rows: tuple[tuple[str, Package], ...]
    efficient: int
    listed: int


def deals_chart(analysis: Analysis) -> DealsChart | None:
    """The chart of our deals and theirs; None while no issue can be counted."""
    efficient = analysis.frontier
    if not efficient:
        return None
    floor = analysis.walk_away_points
    named = _named(analysis)
    marked = {_terms(each.package) for each in named}
    walked = [p for p in _spread(efficient) if _terms(p) not in marked]
    return DealsChart(
        title="Deals by what they are worth to each side",
        finding=deals_finding(analysis),
        dots=_dots((_x(us), _y(them)) for us, them in analysis.deals),
        edge=" ".join(f"{_x(p.us):.1f},{_y(p.them):.1f}" for p in efficient),
        others=_others(efficient, walked),
        points=tuple((_x(p.us), _y(p.them), _said(p)) for p in walked),
        marks=tuple(_labelled(map(_mark, named))),
        walk_away=None if floor is None or not 0 < floor <= 100 else _x(floor),
        ticks=tuple((_x(t), _y(t), str(t)) for t in (0, 50, 100)),
        rows=(
            *((each.what, each.package) for each in named),
            *(("Efficient", package) for package in walked),
        ),
        efficient=len(efficient),
        listed=len(walked) + len(marked & set(map(_terms, efficient))),
    )


def deals_finding(analysis: Analysis) -> str:
    """How many deals are efficient, and what the one to aim for is worth."""
    aim, efficient = analysis.play.aim, count(len(analysis.frontier))
    found = f"{efficient} of {count(len(analysis.deals))} deals are efficient"
    if not analysis.deals:
        found = f"{efficient} deals are efficient"
    if not analysis.exact:
        found = f"{found}, the best found within our budget"
    if analysis.play.zone == "closed":
        return f"{found}; none is better than walking away for both of you."
    if aim is None:
        return f"{found}; none is better for you than walking away."
    return (
        f"{found}. The one to aim for gives you {points(aim.us)} "
        f"and them {points(aim.them)}."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A deal that has a name: as its mark is labelled, and ``what`` it is."""

    key: str
    package: Package
    label: str
    what: str
    side: str


def _named(analysis: Analysis) -> list[_Named]:
    """The deals that have a name: the line of play, and what other rules pick.

    Where no deal is fair there is nothing to aim for, and the rules pick none.
    """
    told = analysis.play
    found = [
        _Named(key=key, package=package, label=name, what=name, side=side)
        for key, name, side, package in (
            ("aim", "Aim", "both", told.aim),
            ("fair", "Fair", "both", told.fair),
            ("opening", "Opening", "us", None if told.stand else told.opening),
            ("us", "Your stand", "us", told.stand.package if told.stand else None),
            (
                "them",
                "Their stand",
                "them",
                told.their_stand.package if told.their_stand else None,
            ),
        )
        if package
    ]
    picked: dict[int, list[str]] = {}
    for solution in analysis.solutions if told.fair else ():
        for deal in solution.deals[:1]:
            picked.setdefault(deal.choice[0], []).append(solution.rule)
    found += [_picked(analysis.frontier[i], rules) for i, rules in picked.items()]
    return _once([_joined(each, found) for each in found])


def _once(named: list[_Named]) -> list[_Named]:
    """Each deal once, under the first of its names."""
    kept: dict[tuple[tuple[str, str | None], ...], _Named] = {}
    for each in named:
        kept.setdefault(_terms(each.package), each)
    return list(kept.values())


def _picked(package: Package, rules: list[str]) -> _Named:
    """What one or more of the published rules pick."""
    letters = ", ".join(rule[0].upper() for rule in rules)
    names = listed(rules)
    one = len(rules) == 1
    what = f"What the {names} {'rule picks' if one else 'rules pick'}"
    key = f"rule-{letters[0].lower()}"
    return _Named(key=key, package=package, label=letters, what=what, side="both")


def _joined(named: _Named, all_named: list[_Named]) -> _Named:
    """The same deal with the other names that it has: their marks stand on it."""
    terms = _terms(named.package)
    same = [each.what for each in all_named if _terms(each.package) == terms]
    others = [what for what in same if what != named.what]
    labels = [each.label for each in all_named if _terms(each.package) == terms]
    what = "; also: ".join([named.what, *others])
    return replace(named, what=what, label=", ".join(dict.fromkeys(labels)))


def _terms(package: Package) -> tuple[tuple[str, str | None], ...]:
    """What tells one deal from another."""
    return tuple((score.at, option.name) for score, option in package.terms)


def _spread(efficient: tuple[Package, ...]) -> list[Package]:
    """As many of the efficient deals as can be listed, from one end to the other."""
    most, last = _listed(efficient[0]), len(efficient) - 1
    if last < most:
        return list(efficient)
    return [efficient[round(i * last / (most - 1))] for i in range(most)]


def _others(efficient: tuple[Package, ...], walked: list[Package]) -> str:
    if len(efficient) <= _listed(efficient[0]):
        return ""
    shown = set(map(id, walked))
    return _dots((_x(p.us), _y(p.them)) for p in efficient if id(p) not in shown)


def _mark(named: _Named) -> Mark:
    return Mark(
        key=named.key,
        x=_x(named.package.us),
        y=_y(named.package.them),
        label=named.label,
        side=named.side,
        says=f"{named.what}: {_said(named.package)}",
    )


def _said(package: Package) -> str:
    """A deal in words: what it is worth, and its terms."""
    named = [f"{s.issue.name or 'New issue'}: {o.name}" for s, o in package.terms]
    more = f"; and {len(named) - TERMS} more" if len(named) > TERMS else ""
    worth = f"{points(package.us)} to you, {points(package.them)} to them. "
    return worth + "; ".join(named[:TERMS]) + more


def _listed(package: Package) -> int:
    """How many deals of so many issues are listed one by one."""
    return max(TERMS, min(WALKED, CELLS // max(1, len(package.terms))))


def _labelled(marks: Iterable[Mark]) -> Iterable[Mark]:
    """Marks with their labels where none covers another or leaves the chart.

    A label goes beside its mark, above or below it, wherever there is room first;
    over another mark only where there is no other place.
    """
    marks, taken = list(marks), list[Box]()
    squares: list[Box] = [(m.x - SQUARE / 2, m.y + 5, SQUARE) for m in marks]
    for mark in marks:
        label = mark.label if len(mark.label) <= FITS else mark.label[: FITS - 1] + "…"
        width = LETTER * len(label)
        start = mark.x + AWAY + width <= WIDTH or mark.x - AWAY < width
        x = min(mark.x + AWAY, WIDTH - width) if start else mark.x - AWAY
        left = x if start else x - width
        y = _free(mark.y + 5, left, width, (taken + squares, taken))
        taken.append((left, y, width))
        anchor = "start" if start else "end"
        yield replace(mark, label=label, label_x=x, label_y=y, anchor=anchor)


type Box = tuple[float, float, float]  # left end, baseline and width of a label


def _free(
    beside: float, left: float, width: float, wishes: tuple[list[Box], ...]
) -> float:
    """The first baseline that meets nothing of a wish, the first wish first."""
    rows = [beside + step * TALL for step in (0, -1, 1, -2, 2, -3, 3, -4, 4)]
    free = (
        y
        for taken in wishes
        for y in rows
        if TALL <= y <= BOTTOM and not any(_meet((left, y, width), t) for t in taken)
    )
    return next(free, beside)


def _meet(one: Box, other: Box) -> bool:
    return (
        abs(one[1] - other[1]) < TALL
        and one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
    )


def _dots(places: Iterable[tuple[float, float]]) -> str:
    """An SVG path that draws every place as a dot, near ones once."""
    near = {(round(x / DOT), round(y / DOT)) for x, y in places}
    return "".join(f"M{x * DOT:g} {y * DOT:g}h0" for x, y in sorted(near))


def _x(us: float) -> float:
    return LEFT + (RIGHT - LEFT) * us / 100


def _y(them: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * them / 100


# Bars: one line of text above each, so that no label can meet another.

BAR, LINE, GAP = 12.0, 18.0, 8.0  # heights of a bar, of its words, and between rows
FULL = 300.0  # width of the longest bar
LONGEST = 10  # bars of a tornado that are drawn; the table holds all


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar from ``x`` on, ``width`` wide; ``side`` is us, them or both.

    ``about`` is the deal or the relationship, which have their colours.
    """

    x: float
    y: float
    width: float
    side: str
    says: str
    about: str = "deal"


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Rows of labelled bars; ``labels`` holds (y, text), ``axis`` where zero stands.

    ``head`` and ``rows`` are the table behind it. ``id`` is unique on a page.
    """

    id: str
    title: str
    finding: str
    height: float
    axis: float
    labels: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tornado_chart(analysis: Analysis) -> BarChart | None:
    """What each answer does to the value of the future, the longest bar first.

    None while that value is not known.
    """
    middle, found = analysis.relationship.value, analysis.tornado
    if middle is None or not found:
        return None
    currency = analysis.plan.currency
    longest = label(found[0].at)
    return _tornado(
        found,
        middle,
        named=label,
        spelled=lambda at: partial(answer_at(at).kind.say, currency=currency),
        worth=lambda value: money(value, currency),
        id="tornado-chart",
        title="What each answer does to the value of the future",
        finding=f"“{longest}” moves it most, by {money(found[0].swing, currency)}; the "
        f"line is at {money(middle, currency)}, as planned.",
        head=("Answer, from and to", "Value at the first", "Value at the second"),
    )


def weights_chart(analysis: Analysis) -> BarChart | None:
    """What each of our weights does to the aim's points for us, the longest bar first.

    None while there is no aim, or where no weight moves it.
    """
    aim, found = analysis.play.aim, analysis.aim_tornado
    if aim is None or not found:
        return None
    names = {
        under(score.at, "weight", "us"): score.issue.name or "New issue"
        for score in analysis.counted
    }
    return _tornado(
        found,
        aim.us,
        named=names.__getitem__,
        spelled=lambda at: _tenths,
        worth=lambda value: f"{_tenths(value)} points",
        id="weights-chart",
        title="What your weights do to the worth of the aim",
        finding=f"“{names[found[0].at]}” moves it most, by {_tenths(found[0].swing)} "
        "points; each weight moves by a quarter, down and up. The line is at "
        f"{_tenths(aim.us)} points, as planned."
        + (f" Drawn are the {LONGEST} longest." if len(found) > LONGEST else ""),
        head=("Weight, from and to", "Aim at the first", "Aim at the second"),
    )


def _tenths(value: float) -> str:
    return plain(round(value, 1))


def _tornado(
    found: Sequence[Swing],
    middle: float,
    *,
    named: Callable[[str], str],
    spelled: Callable[[str], Callable[[float], str]],
    worth: Callable[[float], str],
    id: str,
    title: str,
    finding: str,
    head: tuple[str, ...],
) -> BarChart:
    """Bars from what a result is at an input's low value to what it is at its high.

    ``named`` and ``spelled`` say the input at an address and its values, ``worth``
    the result; the line stands at ``middle``.
    """
    ends = [middle, *(v for bar in found for v in (bar.at_low, bar.at_high))]
    low, high = min(ends), max(ends)
    scale = FULL / ((high - low) or 1.0)
    labels: list[tuple[float, str]] = []
    bars: list[Bar] = []
    rows, y = [], LINE
    for each in found:
        name, said = named(each.at), spelled(each.at)
        moved = f"{said(each.low)} to {said(each.high)}"
        first, second = worth(each.at_low), worth(each.at_high)
        rows.append((f"{name}: {moved}", first, second))
        if len(bars) == LONGEST:
            continue
        start, end = sorted((each.at_low, each.at_high))
        says = f"{name}, from {moved}: {first} to {second}"
        labels.append((y - 5, _short(name)))
        width = (end - start) * scale
        bars.append(
            Bar(x=(start - low) * scale, y=y, width=width, side="both", says=says)
        )
        y += BAR + GAP + LINE
    return BarChart(
        id=id,
        title=title,
        finding=finding,
        height=y - LINE,
        axis=(middle - low) * scale,
        labels=tuple(labels),
        bars=tuple(bars),
        head=head,
        rows=tuple(rows),
    )


def temptation_chart(analysis: Analysis) -> BarChart | None:
    """What going on is worth to each side, against what it could grab now.

    None while neither side's figures are known.
    """
    known, currency = analysis.relationship, analysis.plan.currency
    sides = [
        (side, who, each)
        for side, who, each in (
            ("us", "you", known.ours),
            ("them", "them", known.theirs),
        )
        if each.future and each.grab is not None
    ]
    others = {"you": "them", "them": "you"}
    if not sides:
        return None
    most = max(max(0.0, each.grab or 0.0, *each.future) for _, _, each in sides) or 1.0
    labels, bars, rows, y = [], [], [], LINE
    for side, who, each in sides:
        grab = each.grab or 0.0
        names = ("at least", "likely", "at most")[: len(each.future)]
        worths = (
            zip(names, each.future, strict=True)
            if len(each.future) > 1
            else (("", each.future[0]),)
        )
        keeping, squeezing = f"Keeping {others[who]}", f"Squeezing {others[who]} now"
        lines = [
            ("relationship", f"{keeping}, {name}".rstrip(", "), value)
            for name, value in worths
        ]
        for kind, name, value in [*lines, ("deal", squeezing, grab)]:
            worth = (about if kind == "relationship" else money)(value, currency)
            says = f"{name}: {worth} to {who}"
            labels.append((y - 5, says))
            width = FULL * max(value, 0.0) / most
            bars.append(Bar(x=0, y=y, width=width, side=side, says=says, about=kind))
            rows.append((f"{name}, {who}", worth))
            y += BAR + GAP + LINE
    return BarChart(
        id="temptation-chart",
        title="Keeping the relationship against squeezing now",
        finding=" ".join(_temptation(side, each) for side, _, each in sides),
        height=y - LINE,
        axis=0,
        labels=tuple(labels),
        bars=tuple(bars),
        head=("What, to whom", "Worth"),
        rows=tuple(rows),
    )


def _temptation(side: str, known: Condition) -> str:
    you = side == "us"
    if max(known.future) <= 0:
        return f"{'You' if you else 'They'} gain nothing by staying."
    if known.holds is None:
        who = "you" if you else "they"
        return f"Whether {who} gain more by staying depends on the estimate."
    if known.holds:
        return "You gain more by staying." if you else "They gain more by staying."
    return "You gain more by squeezing." if you else "They gain more by squeezing."


def _short(text: str) -> str:
    """Text that fits over a bar at 320 px."""
    return text if len(text) <= 42 else f"{text[:41]}…"


# Lines


TICKS = 5  # rounds that are named below the picture
AHEAD = 24  # rounds that are drawn ahead at most; a later cliff is told in words
LEVEL = 4  # rounds that are drawn ahead where something is always left
EDGE = 206.0  # where the last round stands; beside it, the column of labels
NEXT = 4.0  # from a line to the words beside it
STOP_WORDS = 36.0  # nearer to the edge, the words at the stop line stand before it
AXIS, MIDDLE = (
    86,
    30,
)  # the height of the price axis below both bands, and below a middle
FLOOR, ROOF = 130.0, 30.0  # of the ledger's lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words in the column beside a picture, at the height of what they are about."""

    y: float
    words: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cliff:
    """A round to come: where it stands, its word, at what height, and what is left."""

    x: float
    y: float
    word: str
    word_y: float
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopMark:
    """Where the stop line was reached: at ``x``, and the end of its words beside it."""

    x: float
    word_x: float
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerChart:
    """The surplus over walking away, round by round; ``stop`` is where to stop.

    Its ``title`` is what it finds, and ``finding`` what is drawn. ``points`` holds
    (x, y, what the step was, whether it was goodwill); ``zero`` is where nothing is
    left. ``labels`` stand in a column: what is left now, a gift, the walk-away, the
    stop line, and the cliffs, which say their own words. ``ahead`` goes on at the
    current pace to the ``cliffs``: where nothing is left, and where the deal loses.
    ``stopped`` is where the stop line was reached, None where it was not.
    ``rounds`` and ``levels`` are (place, figure).
    """

    title: str
    finding: str
    line: str
    points: tuple[tuple[float, float, str, bool], ...]
    labels: tuple[Label, ...]
    zero: float
    stop: float | None
    ahead: str
    cliffs: tuple[Cliff, ...]
    stopped: StopMark | None
    rounds: tuple[tuple[float, str], ...]
    levels: tuple[tuple[float, str], ...]
    rows: tuple[tuple[str, ...], ...]


def ledger_chart(analysis: Analysis) -> LedgerChart | None:
    """The ledger's running surplus; None while it is not known, or without steps."""
    kept = analysis.ledger
    known = [(e, e.surplus) for e in kept.entries if e.surplus is not None]
    if kept.start is None or not known:
        return None
    values = [kept.start, *(surplus for _, surplus in known)]
    times, ahead = _times(kept), _ahead(kept, values[-1])
    buffer = kept.stop.buffer or 0.0
    grid = _grid([*times, *ahead], [0.0, buffer, *values, *ahead.values()])
    said = ["Before the first step", *(_step_said(entry) for entry, _ in known)]
    gifts = [False, *(entry.for_relationship for entry, _ in known)]
    steps = list(zip(times, values, said, strict=True))
    cliffs = [(n, ahead[n], word) for n, word in _turns(kept).items() if n in ahead]
    wished = [
        (grid.y(values[-1]), f"{values[-1]:.0f} now", "now"),
        (grid.y(0.0), "walk-away", "walk-away"),
        (grid.y(buffer), "stop line", "stop"),
        *((grid.y(v), word, "cliff") for _, v, word in cliffs),
    ]
    if any(gifts):
        wished.append((grid.y(values[gifts.index(True)]), "gift", "gift"))
    labels = _in_a_column(wished)
    heights = {label.words: label.y for label in labels}
    return LedgerChart(
        title=_ledger_finding(analysis, values[-1]),
        finding=f"Points over walking away{'; dotted is to come' if ahead else ''}.",
        line=grid.line([(time, value) for time, value, _ in steps]),
        points=tuple(
            (grid.x(time), grid.y(value), f"{what}: {_left(value)}", gift)
            for (time, value, what), gift in zip(steps, gifts, strict=True)
        ),
        labels=tuple(labels),
        zero=grid.y(0.0),
        stop=grid.y(buffer),
        ahead=grid.line([(times[-1], values[-1]), *ahead.items()]) if ahead else "",
        cliffs=tuple(
            Cliff(
                x=grid.x(n),
                y=grid.y(v),
                word=word,
                word_y=heights[word],
                says=f"{_then(n)}: {_left(v)}",
            )
            for n, v, word in cliffs
        ),
        stopped=_stopped(kept, grid),
        rounds=grid.rounds(),
        levels=tuple((grid.y(v), f"{v:.0f}") for v in {0.0, kept.start}),
        rows=(
            *((what, points(value)) for _, value, what in steps),
            *((_then(n), points(value)) for n, value, _ in cliffs),
        ),
    )


def _in_a_column(wished: Iterable[tuple[float, str, str]]) -> list[Label]:
    """Labels one below the other, each as near as can be to where it is wished."""
    labels = [Label(y=y, words=words, about=about) for y, words, about in wished]
    labels.sort(key=lambda each: each.y)
    heights: list[float] = []
    for each in labels:
        heights.append(max(each.y, heights[-1] + TALL if heights else ROOF))
    below = FLOOR + TALL
    for n in reversed(range(len(heights))):
        heights[n] = below = min(heights[n], below - TALL)
    return [replace(each, y=y) for each, y in zip(labels, heights, strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Where rounds and points stand in the picture of the ledger."""

    first: float
    last: float
    low: float
    high: float

    def x(self, time: float) -> float:
        span = (self.last - self.first) or 1.0
        return LEFT + (EDGE - LEFT) * (time - self.first) / span

    def y(self, value: float) -> float:
        span = (self.high - self.low) or 1.0
        return FLOOR - (FLOOR - ROOF) * (value - self.low) / span

    def line(self, places: Iterable[tuple[float, float]]) -> str:
        return " ".join(f"{self.x(t):.1f},{self.y(v):.1f}" for t, v in places)

    def rounds(self) -> tuple[tuple[float, str], ...]:
        """The rounds to name below the picture, a few of many."""
        step = max(1, ceil((self.last - self.first) / TICKS))
        named = range(ceil(self.first) + step, floor(self.last) + 1, step)
        return tuple((self.x(n), plain(n)) for n in named)


def _grid(times: Iterable[float], values: Iterable[float]) -> _Grid:
    times, values = list(times), list(values)
    return _Grid(first=min(times), last=max(times), low=min(values), high=max(values))


def _times(kept: Ledger) -> list[float]:
    """When each step was made, in rounds, after the start; a round is shared out."""
    before = kept.entries[0].round - 1
    times = [before]
    for number, group in groupby(kept.entries, key=lambda entry: entry.round):
        steps = len(list(group))
        times += [before + (number - before) * k / steps for k in range(1, steps + 1)]
        before = number
    return times


def _ahead(kept: Ledger, left: float) -> dict[int, float]:
    """What is left after each round to come at this pace, until the deal loses."""
    if kept.pace is None or kept.pace.step <= 0 or left <= 0:
        return {}
    now = ceil(kept.entries[-1].round)
    rounds = LEVEL if kept.losing is None else min(kept.losing - now, AHEAD)
    return {now + n: left - kept.pace.gone(n) for n in range(1, rounds + 1)}


def _turns(kept: Ledger) -> dict[int | None, str]:
    """The rounds in which nothing is left and in which the deal loses, as words."""
    if kept.worthless == kept.losing:
        return {kept.worthless: "cliff"}
    return {kept.worthless: "cliff", kept.losing: "a loss"}


def _then(number: int) -> str:
    return f"Round {number}, at this pace"


def _left(value: float) -> str:
    """What is left over walking away, in words."""
    if round(value) < 0:
        return f"{points(-value)} worse than walking away"
    return f"{points(abs(value))} left"


def _stopped(kept: Ledger, grid: _Grid) -> StopMark | None:
    """Where the rounds that nothing came back for reached the stop line."""
    passed = kept.stop.passed
    if passed is None or not grid.first <= passed <= grid.last:
        return None
    x = grid.x(passed)
    ends = x > EDGE - STOP_WORDS
    return StopMark(
        x=x, word_x=x - NEXT if ends else x + NEXT, anchor="end" if ends else "start"
    )


def _step_said(entry: Entry) -> str:
    who = "you" if entry.by == "us" else "they"
    name = entry.score.issue.name or "a new issue"
    gift = ", as goodwill" if entry.for_relationship else ""
    return f"Round {plain(entry.round)}, {who} on {name}, to {entry.move.end}{gift}"


def _ledger_finding(analysis: Analysis, left: float) -> str:
    kept = analysis.ledger
    verb = "is" if round(left) == 1 else "are"
    says = f"{points(left)} {verb} left over walking away."
    if round(left) < 0:
        says = f"The deal is {_left(left)}."
    if kept.worthless is not None and left > 0:
        says += f" At this pace nothing is left in round {kept.worthless}"
        later = kept.losing != kept.worthless and kept.losing is not None
        says += f", and you lose from round {kept.losing} on." if later else "."
    if analysis.play.stopped:
        says += " You are at your stop line."
    return says


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneChart:
    """The price axis: where each side would rather walk away, and what lies between.

    Bands are (x, width); ``us`` and ``them`` are of both reservation prices, and
    ``floor`` is the height of the axis below them. ``middle`` is where the middle of
    each side's first price stands, None where one of them has named none.
    """

    title: str
    finding: str
    seller: tuple[float, float]
    buyer: tuple[float, float]
    zone: tuple[float, float] | None
    middle: float | None
    floor: int
    ours: str
    ends: tuple[str, str]
    rows: tuple[tuple[str, str], ...]


def zone_chart(analysis: Analysis) -> ZoneChart | None:
    """The zone of agreement on the price alone; None where the anchor is no price."""
    zone = analysis.zone
    if zone is None:
        return None
    middle = analysis.first_middle
    halfway = () if middle is None else (middle,)
    ends = [*zone.seller, *zone.buyer, *halfway]
    low, high = min(ends), max(ends)
    margin = (high - low) * 0.1 or 1.0
    low, high = low - margin, high + margin

    def band(start: float, end: float) -> tuple[float, float]:
        scale = FULL / (high - low)
        return (start - low) * scale, max((end - start) * scale, 2.0)

    between = zone.possible or (min(zone.seller[1], zone.buyer[1]), zone.seller[0])
    return ZoneChart(
        title="The price alone: where each side would rather walk away",
        finding=_zone_finding(zone) + "".join(_halfway(at, zone) for at in halfway),
        seller=band(*zone.seller),
        buyer=band(*zone.buyer),
        zone=band(*between) if zone.possible else None,
        middle=None if middle is None else band(middle, middle)[0],
        floor=AXIS if middle is None else AXIS + MIDDLE,
        ours=zone.ours,
        ends=(_price(low), _price(high)),
        rows=(
            ("The seller walks away below", _prices(zone.seller)),
            ("The buyer walks away above", _prices(zone.buyer)),
            ("Both would sign, at every estimate", _prices(zone.sure)),
            ("Both would sign, at some estimate", _prices(zone.possible)),
            *(("Halfway between the first two offers", _price(at)) for at in halfway),
        ),
    )


def _zone_finding(zone: Zone) -> str:
    """What follows on the price alone: every other issue is at a side's worst."""
    if zone.gap:
        says = f"there is a gap of {_prices(zone.gap)}, which other issues must close"
    elif zone.sure:
        says = f"both would sign at {_prices(zone.sure)}"
    else:
        says = f"both may sign at {_prices(zone.possible)}, if the estimates allow it"
    return f"On the price alone, with the rest at each side’s worst, {says}."


def _halfway(middle: float, zone: Zone) -> str:
    """What the middle of the first two offers tells; see ``midpoint``."""
    low, high = zone.possible or (inf, inf)
    if low <= middle <= high:
        tells = "near which haggling over a price tends to end; a forecast, not advice"
    else:
        tells = "which is no forecast: on the price alone one of you would not sign it"
    return f" Halfway between the first two offers is {_price(middle)}, {tells}."


def _price(value: float) -> str:
    return plain(round(value, 2))


def _prices(span: tuple[float, float] | None) -> str:
    if span is None:
        return "none"
    low, high = map(_price, span)
    return low if low == high else f"{low} to {high}"
