"""Trades across two issues from where both sides stand, and what an offer wastes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.analyses.doubts import WEIGHT, doubt
from planner.analyses.packages import Shift
from planner.analyses.scoring import Score

__all__ = ["LEAST_NET", "Trade", "shift", "trades", "waste"]

LEAST_NET = 1.0  # points that a trade brings each side at least; ours
ROUNDING = 1e-9  # points: what is smaller is rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """We move on one issue towards them, they move on another towards us.

    ``us`` and ``them`` are the nets: what the trade brings each side, less what it
    costs it. ``sure`` tells whether it pays them at every weight that is plausible;
    else it is a question. ``leaves`` is what our package is worth to us after it and
    the trades before it, without what they give.
    """

    give: Shift
    ask: Shift
    us: float
    them: float
    sure: bool
    leaves: float


@dataclass(frozen=True, slots=True)
class _Side:
    """One half of a trade: the option reached, and what it costs and brings.

    ``doubted`` is the figure of theirs at the weight that speaks against the trade.
    """

    issue: int
    option: int
    us: float  # what it costs us, or brings us
    them: float  # what it brings them, or costs them
    doubted: float


type _Pair = tuple[_Side, _Side]  # what we give, what we ask for


def trades(
    issues: Sequence[Score],
    ours: Sequence[int],
    theirs: Sequence[int],
    floor: float,
) -> tuple[Trade, ...]:
    """Return the trades that pay both sides, each from where the one before left.

    ``ours`` and ``theirs`` are the options on which each side stands. No trade takes
    our package under ``floor``, in points. Those that pay them at every plausible
    weight come first, then those with the greater product of the nets; of equals
    the one that costs us less, then the order of the issues. After
    [FromanCohen1970]; the nets and the order are ours.
    """
    ours, theirs = list(ours), list(theirs)
    left = sum(score.us[i] for score, i in zip(issues, ours, strict=True))
    found: list[Trade] = []
    while (pair := _best_pair(issues, ours, theirs, left - floor)) is not None:
        give, ask = pair
        left -= give.us
        found.append(_trade(issues, ours, theirs, pair, left))
        ours[give.issue], theirs[ask.issue] = give.option, ask.option
    return tuple(found)


def shift(score: Score, start: int, end: int) -> Shift:
    """Return the step from one option of an issue to another."""
    return Shift(
        score=score,
        start=score.issue.options[start],
        end=score.issue.options[end],
        us=score.us[end] - score.us[start],
        them=score.them[end] - score.them[start],
    )


def waste(
    issues: Sequence[Score], theirs: Sequence[int], named: Sequence[int]
) -> tuple[Shift, ...]:
    """Return what would bring us something and costs them nothing, by issue.

    From the options on which they stand, on the issues that they have named.
    """
    found = []
    for n in named:
        score, held = issues[n], theirs[n]
        free = [
            i
            for i in score.allowed
            if score.them[i] >= score.them[held] - ROUNDING
            and score.us[i] > score.us[held] + ROUNDING
        ]
        if free:
            best = max(free, key=lambda i: (score.us[i], score.them[i]))
            found.append(shift(score, held, best))
    return tuple(found)


def _trade(
    issues: Sequence[Score],
    ours: Sequence[int],
    theirs: Sequence[int],
    pair: _Pair,
    leaves: float,
) -> Trade:
    give, ask = pair
    return Trade(
        give=shift(issues[give.issue], ours[give.issue], give.option),
        ask=shift(issues[ask.issue], theirs[ask.issue], ask.option),
        us=ask.us - give.us,
        them=give.them - ask.them,
        sure=_is_sure(pair),
        leaves=leaves,
    )


def _best_pair(
    issues: Sequence[Score], ours: Sequence[int], theirs: Sequence[int], room: float
) -> _Pair | None:
    """The next trade, if there is one that we can afford."""
    gives = [g for g in _gives(issues, ours, theirs) if g.us <= room + ROUNDING]
    asks = sorted(_asks(issues, ours, theirs), key=lambda ask: -ask.us)
    return max(_pairs(gives, asks), key=_merit, default=None)


def _pairs(gives: Sequence[_Side], asks: Sequence[_Side]) -> Iterator[_Pair]:
    """Every two that bring both sides enough; ``asks`` are the best for us first."""
    for give in gives:
        for ask in asks:
            if ask.us - give.us < LEAST_NET - ROUNDING:
                break
            enough = give.them - ask.them >= LEAST_NET - ROUNDING
            if enough and ask.issue != give.issue:
                yield give, ask


def _merit(pair: _Pair) -> tuple[bool, float, float, tuple[int, ...]]:
    give, ask = pair
    product = (ask.us - give.us) * (give.them - ask.them)
    order = (-give.issue, -ask.issue, -give.option, -ask.option)
    return _is_sure(pair), round(product, 9), -round(give.us, 9), order


def _is_sure(pair: _Pair) -> bool:
    give, ask = pair
    return give.doubted - ask.doubted > ROUNDING


def _opposed(score: Score, ours: int, theirs: int) -> bool:
    """Whether each side stands on what is worth more to it than the other's."""
    us, them = score.us[ours] - score.us[theirs], score.them[theirs] - score.them[ours]
    return min(us, them) > ROUNDING


def _gives(
    issues: Sequence[Score], ours: Sequence[int], theirs: Sequence[int]
) -> Iterator[_Side]:
    """Our steps towards them, no further than where they stand."""
    for n, (score, held, goal) in enumerate(zip(issues, ours, theirs, strict=True)):
        if not _opposed(score, held, goal):
            continue
        sure = 1 - doubt(WEIGHT, score.issue.basis)
        for i in score.allowed:
            costs, brings = (
                score.us[held] - score.us[i],
                score.them[i] - score.them[held],
            )
            past = score.them[i] > score.them[goal] + ROUNDING
            if costs > ROUNDING and brings > ROUNDING and not past:
                yield _Side(n, i, costs, brings, sure * brings)


def _asks(
    issues: Sequence[Score], ours: Sequence[int], theirs: Sequence[int]
) -> Iterator[_Side]:
    """Their steps towards us, no further than where we stand."""
    for n, (score, goal, held) in enumerate(zip(issues, ours, theirs, strict=True)):
        if not _opposed(score, goal, held):
            continue
        most = 1 + doubt(WEIGHT, score.issue.basis)
        for i in score.allowed:
            brings, costs = (
                score.us[i] - score.us[held],
                score.them[held] - score.them[i],
            )
            past = score.us[i] > score.us[goal] + ROUNDING
            if costs > ROUNDING and brings > ROUNDING and not past:
                yield _Side(n, i, brings, costs, most * costs)
