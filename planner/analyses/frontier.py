"""The efficient deals: none other is better for one side and no worse for the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, compress
from operator import gt

from planner.words.progress import report

__all__ = ["Deal", "Frontier", "bounded_frontier", "frontier"]

TOLERANCE = 1e-12  # points; sums of part-worths differ by rounding only
MOST_EFFICIENT = 20_000  # efficient deals kept while folding; more are thinned
# Sums of a partial deal and an option, in each fold together: about half a second of
# the browser's Python. A plan of over 200 options in all keeps fewer deals for it.
MOST_SUMS = 4_000_000


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal: what it is worth to each side, and the option chosen on each issue."""

    us: float
    them: float
    choice: tuple[int, ...]


class Frontier(list[Deal]):
    """Efficient deals, best for us first; ``exact`` unless a budget left some out."""

    def __init__(self, deals: Iterable[Deal] = (), *, exact: bool = True) -> None:
        super().__init__(deals)
        self.exact = exact


def frontier(
    issues: Sequence[Sequence[tuple[float, float]]], *, most: int | None = None
) -> Frontier:
    """The efficient deals of additive scores, best for us first.

    ``issues`` holds each issue's options as ``(us, them)`` pairs of finite numbers.
    Exact without enumeration: issues are folded in one by one and dominated partial
    sums are dropped, which is sound because a dominated part stays dominated
    whatever is added to it (oracles.md#b10). Of deals that are equal to both sides
    within 1e-12, one is kept, for the same issues always the same one. No issues,
    or an issue without options, give no deals.

    The exact frontier can grow without end: 60 issues of 30 options have over
    100,000 efficient deals. ``most``, at least 2, is a budget: after each issue at
    most so many partial deals are kept, the best for each side among them, and
    ``exact`` is then False. What is left out costs a side at most 2/(most − 1) of
    the range of its points on the frontier so far, each time that this happens.

    Raises:
        ValueError: ``most`` is less than 2.
    """
    if most is not None and most < 2:
        raise ValueError("Keep at least the best deal for each side")
    if not issues or not all(issues):
        return Frontier()
    us, them = [0.0], [0.0]
    exact = True
    folds: list[tuple[Sequence[int], int, list[int]]] = []
    for options in issues:
        report()
        useful = _efficient([o[0] for o in options], [o[1] for o in options])
        ours = [total + options[i][0] for i in useful for total in us]
        theirs = [total + options[i][1] for i in useful for total in them]
        kept = _efficient(ours, theirs)
        if most is not None and len(kept) > most:
            kept, exact = _spread(kept, ours, theirs, most), False
        folds.append((useful, len(us), kept))
        us, them = [ours[i] for i in kept], [theirs[i] for i in kept]
    return Frontier(map(Deal, us, them, _choices(folds)), exact=exact)


@lru_cache(maxsize=4)
def bounded_frontier(
    issues: tuple[tuple[tuple[float, float], ...], ...],
) -> Frontier:
    """Return the efficient deals within a budget of deals and of time.

    Folded once while a reader types into other answers.
    """
    options = sum(map(len, issues))
    most = min(MOST_EFFICIENT, MOST_SUMS // max(options, 1))
    return frontier(issues, most=max(most, 2))


def _efficient(us: Sequence[float], them: Sequence[float]) -> list[int]:
    """The numbers of the efficient points, best for us first.

    Sorts by our value and keeps each that gives them more than all before it. The
    sort meets one falling run for each option, which is what it merges fastest.
    """
    order = sorted(range(len(us)), key=us.__getitem__, reverse=True)
    theirs = [them[i] for i in order]
    before = chain((float("-inf"),), accumulate(theirs, max))
    kept: list[int] = []
    for i in compress(order, map(gt, theirs, before)):
        if kept and them[i] <= them[kept[-1]] + TOLERANCE:
            continue
        # What is worse for us by rounding only replaces those it beats for them.
        while kept and us[i] >= us[kept[-1]] - TOLERANCE:
            kept.pop()
        kept.append(i)
    return kept


def _spread(
    kept: Sequence[int], us: Sequence[float], them: Sequence[float], most: int
) -> list[int]:
    """At most ``most`` of the efficient points, evenly spread from end to end.

    The way along the frontier goes from 0 to 2: the share of our range that is
    lost, and of theirs that is gained. It is cut into ``most − 1`` equal pieces;
    the first point of each is kept, and the last of all.
    """
    first, last = kept[0], kept[-1]
    lost = (most - 1) / 2 / (us[first] - us[last])
    gained = (most - 1) / 2 / (them[last] - them[first])
    spread: list[int] = []
    piece = -1
    for i in kept[:-1]:
        here = int((us[first] - us[i]) * lost + (them[i] - them[first]) * gained)
        if here > piece:
            piece = here
            spread.append(i)
    return [*spread[: most - 1], last]


def _choices(
    folds: Sequence[tuple[Sequence[int], int, list[int]]],
) -> list[tuple[int, ...]]:
    """The option of each issue, for each deal, read back from the last issue.

    A fold numbers its partial deals option by option, each time over all the
    partial deals before it.
    """
    columns: list[list[int]] = []
    rows: Sequence[int] = range(len(folds[-1][2]))
    for useful, before, kept in reversed(folds):
        numbers = [kept[row] for row in rows]
        columns.append([useful[number // before] for number in numbers])
        rows = [number % before for number in numbers]
    return list(zip(*reversed(columns), strict=True))
