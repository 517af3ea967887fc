"""An offer while it is composed: what it is worth to both, and what is better for both.

Nothing else counts it: it is no offer until somebody has made it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.analyses.frontier import Deal
from planner.analyses.packages import Shift
from planner.analyses.scoring import Score
from planner.analyses.targets import Efficient
from planner.analyses.trades import LEAST_NET, ROUNDING, shift

__all__ = ["Composed", "compose", "options_in"]

MOST_LOOKED_AT = 200  # efficient deals among which fewest changes are sought; ours

type _Chosen = Mapping[int, int]  # the number of an issue → that of its option


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """An offer as far as it is composed, in points.

    ``chosen`` are the counted issues on which it names an option, ``open`` the others.
    ``beyond`` are the options that are worse for us than our limit. ``better`` are
    changes that together bring one side something and cost neither.
    """

    chosen: tuple[tuple[Score, int], ...]
    open: tuple[Score, ...]
    us: float
    them: float
    beyond: tuple[tuple[Score, int], ...]
    better: tuple[Shift, ...]

    @property
    def whole(self) -> bool:
        """Whether it names an option on every counted issue."""
        return bool(self.chosen) and not self.open


def compose(within: Efficient, terms: Mapping[str, str]) -> Composed:
    """Count an offer: issue id → option name. What cannot be counted is left out.

    ``within`` are the efficient deals within our limits. What is better for both is
    first sought on each issue by itself; where the offer is whole and no single change
    is, it is the efficient deal with the fewest changes.
    """
    scores = within.issues
    chosen = options_in(terms, scores)
    pairs = tuple((scores[n], i) for n, i in chosen.items())
    return Composed(
        chosen=pairs,
        open=tuple(score for n, score in enumerate(scores) if n not in chosen),
        us=sum(score.us[i] for score, i in pairs),
        them=sum(score.them[i] for score, i in pairs),
        beyond=tuple((score, i) for score, i in pairs if i not in score.allowed),
        better=_single_changes(scores, chosen) or _whole_change(within, chosen),
    )


def options_in(terms: Mapping[str, str], scores: Sequence[Score]) -> _Chosen:
    """Find the options that terms name: number of the issue → that of its option."""
    numbers = {
        n: score.issue.index(terms.get(score.issue.id or ""))
        for n, score in enumerate(scores)
        if terms.get(score.issue.id or "")
    }
    return {n: i for n, i in numbers.items() if i is not None}


def _single_changes(scores: Sequence[Score], chosen: _Chosen) -> tuple[Shift, ...]:
    """The best change of each issue by itself that costs neither side anything."""
    steps = (_free_step(scores[n], held) for n, held in chosen.items())
    return tuple(step for step in steps if step is not None)


def _free_step(score: Score, held: int) -> Shift | None:
    steps = [shift(score, held, i) for i in score.allowed if i != held]
    free = [
        step
        for step in steps
        if min(step.us, step.them) >= -ROUNDING and _counts(step.us, step.them)
    ]
    return max(free, key=lambda step: (step.us + step.them, step.us), default=None)


def _counts(us: float, them: float) -> bool:
    """Whether a change brings one side enough to be told."""
    return max(us, them) >= LEAST_NET - ROUNDING


def _whole_change(within: Efficient, chosen: _Chosen) -> tuple[Shift, ...]:
    """The changes to the efficient deal that costs neither, with the fewest of them."""
    scores = within.issues
    if not scores or len(chosen) < len(scores):
        return ()
    us = sum(score.us[chosen[n]] for n, score in enumerate(scores))
    them = sum(score.them[chosen[n]] for n, score in enumerate(scores))
    better = [
        deal
        for deal in within.worth(us, them).deals
        if _counts(deal.us - us, deal.them - them)
    ]
    if not better:
        return ()
    every = max(1, len(better) // MOST_LOOKED_AT)
    held = [chosen[n] for n in range(len(scores))]
    ways = [_way(within, held, deal) for deal in better[::every]]
    return min(ways, key=lambda way: (len(way), -_gain(way)))


def _way(within: Efficient, held: Sequence[int], deal: Deal) -> tuple[Shift, ...]:
    """The changes from some options to those of a deal."""
    options = zip(within.issues, held, within.options(deal), strict=True)
    return tuple(shift(score, old, new) for score, old, new in options if old != new)


def _gain(way: Sequence[Shift]) -> float:
    """What the side that gains less gains, and a little for the other."""
    us, them = sum(step.us for step in way), sum(step.them for step in way)
    return min(us, them) + (us + them) / 1000
