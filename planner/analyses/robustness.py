"""How often a deal stays the best while our weights vary, the order kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt, sumprod
from random import Random

from planner.analyses.scoring import WHOLE, Score, raw_weight, shares
from planner.analyses.worth import CLOSE, Choice, Worth, our_points, points, rivals

__all__ = ["Robustness", "robustness"]

SAMPLES = 400  # weightings tried for the share
BUDGET = 120_000  # weightings × deals × issues; fewer are tried over it
FEWEST = 100  # weightings that are tried in any case
SEED = 20_201_214  # the day of the article: the same plan gives the same share


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """How often a deal stays first while the weights vary.

    ``share`` is from 0 to 1 of ``samples`` weightings, ``error`` its standard
    error. ``rival`` is the deal that most often goes ahead, None if none does.
    """

    share: float
    samples: int
    error: float
    rival: int | None


def robustness(
    counted: Sequence[Score],
    choices: Sequence[Choice],
    first: int = 0,
    worth: Worth = our_points,
    *,
    ranking: Sequence[str] = (),
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Robustness | None:
    """Return how often ``choices[first]`` stays first whatever we exactly weigh.

    Draws weightings of ours evenly from all that agree with ``ranking`` (ids of
    issues), or with the order of the present weights where it leaves an issue
    out; equal weights are drawn in any order. A tie counts as first. Of more than
    30 deals the 30 best are compared, and fewer weightings are drawn where deals
    × issues are many: ``samples`` says how many. None without deals. The same
    seed gives the same answer. (oracles.md#b15.)
    """
    if not choices or samples < 1:
        return None
    keep = rivals(counted, choices, worth, first)
    mine = keep.index(first)
    live = [score for score in counted if any(shares(score, "us"))]
    parts, theirs = _parts(counted, [choices[i] for i in keep])
    samples = min(samples, max(FEWEST, BUDGET // (len(keep) * max(1, len(live)))))
    order = _order(live, ranking)
    ahead = _times_ahead(order, parts, theirs, mine, worth, samples, seed)
    return _counted_out(ahead, keep, samples)


@lru_cache(maxsize=2)
def _times_ahead(
    order: tuple[int, ...],
    parts: tuple[tuple[float, ...], ...],
    theirs: tuple[float, ...],
    mine: int,
    worth: Worth,
    samples: int,
    seed: int,
) -> tuple[int, ...]:
    """How often each deal goes ahead; kept while a reader types what changes none."""
    ahead = [0] * len(parts)
    for weights in _weightings(order, samples, seed):
        ours = [sumprod(weights, part) for part in parts]
        winner = _ahead(list(map(worth, ours, theirs)), mine)
        if winner is not None:
            ahead[winner] += 1
    return tuple(ahead)


def _ahead(worths: Sequence[float], mine: int) -> int | None:
    """The deal that is worth most, if that is more than mine."""
    most = max(worths)
    ahead = most > worths[mine] + CLOSE * max(1.0, abs(most))
    return worths.index(most) if ahead else None


def _counted_out(ahead: Sequence[int], keep: Sequence[int], samples: int) -> Robustness:
    """The share and its error; a share of 0 or 1 is not taken for a certainty."""
    kept = samples - sum(ahead)
    likely = (kept + 1) / (samples + 2)
    return Robustness(
        share=kept / samples,
        samples=samples,
        error=sqrt(likely * (1 - likely) / samples),
        rival=keep[ahead.index(max(ahead))] if any(ahead) else None,
    )


def _parts(
    counted: Sequence[Score], choices: Sequence[Choice]
) -> tuple[tuple[tuple[float, ...], ...], tuple[float, ...]]:
    """Each deal's points for us, were one issue all that counts, and for them."""
    live = [(j, shares(s, "us")) for j, s in enumerate(counted)]
    live = [(j, values) for j, values in live if any(values)]
    ours = (
        tuple(WHOLE * values[choice[j]] for j, values in live) for choice in choices
    )
    return tuple(ours), tuple(points(counted, choice)[1] for choice in choices)


def _order(live: Sequence[Score], ranking: Sequence[str]) -> tuple[int, ...]:
    """A rank for each issue, 0 the most important; equal ones are tied."""
    place = {issue_id: i for i, issue_id in reversed(list(enumerate(ranking)))}
    if all(score.issue.id in place for score in live):
        return _ranks([place[score.issue.id or ""] for score in live])
    return _ranks([-raw_weight(score, "us") for score in live])


def _ranks(sizes: Sequence[float]) -> tuple[int, ...]:
    """The place of each among them, from 0 for the smallest."""
    rank = {size: i for i, size in enumerate(sorted(set(sizes)))}
    return tuple(rank[size] for size in sizes)


@lru_cache(maxsize=4)
def _weightings(
    order: tuple[int, ...], samples: int, seed: int
) -> tuple[list[float], ...]:
    """The weightings drawn for an order: the same ones while a reader keeps it."""
    rng = Random(seed)
    return tuple(_drawn(order, rng) for _ in range(samples))


def _drawn(order: Sequence[int], rng: Random) -> list[float]:
    """Weights drawn evenly from all that add up to 1 and agree with the order."""
    sizes = sorted((rng.expovariate(1.0) for _ in order), reverse=True)
    whole = sum(sizes)
    ranked = sorted(range(len(order)), key=lambda j: (order[j], rng.random()))
    weights = [0.0] * len(order)
    for j, size in zip(ranked, sizes, strict=True):
        weights[j] = size / whole
    return weights
