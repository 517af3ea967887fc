"""Which of our guesses about their weights are worth asking them about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, sumprod

from planner.analyses.doubts import WEIGHT, doubt
from planner.analyses.scoring import WHOLE, Score, raw_weight, shares
from planner.analyses.weights import normalised
from planner.analyses.worth import CLOSE
from planner.plan.address import under

__all__ = ["Guess", "guesses_worth_asking"]

ASKED = 3  # guesses worth asking about; method.md#sensitivity

# A piece of the line of efficient deals: issue, what we give, what share of the
# issue's weight they gain for it.
type _Stretch = tuple[int, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A weight of theirs that is not known, and what depends on it.

    ``low`` and ``high`` are how far it may be off; ``effect`` how many of our
    points the fair deal moves by then.
    """

    at: str
    score: Score
    low: float
    high: float
    effect: float


def guesses_worth_asking(
    counted: Sequence[Score], walk_away: float = 0.0, their_walk_away: float = 0.0
) -> tuple[Guess, ...]:
    """Return the weights of theirs most worth asking about, at most three.

    Each may be off by as much as how we know it lets it be (``doubts.WEIGHT``).
    What counts is how far that moves the fair deal, in our points: the Nash deal
    from our ``walk_away`` and theirs, on the line of efficient deals with
    straight pieces between them, so that no small change is lost between two
    deals. The measure and the ranges are ours.
    """
    stretches = [piece for j, s in enumerate(counted) for piece in _stretches(j, s)]
    top = sum(max(s.us[i] for i in s.allowed) for s in counted if s.allowed)
    start = [_at_our_best(score) for score in counted]
    raw = [raw_weight(score, "them") for score in counted]
    ends = walk_away, their_walk_away
    balanced = _balanced(top, start, stretches, raw, ends)
    if balanced is None:
        return ()
    found = []
    for j, score in enumerate(counted):
        off = doubt(WEIGHT, score.issue.basis)
        low, high = raw[j] * (1 - off), min(WHOLE, raw[j] * (1 + off))
        moved = [
            _balanced(top, start, stretches, [*raw[:j], x, *raw[j + 1 :]], ends)
            for x in (low, high)
        ]
        effect = max(abs(us - balanced) for us in moved if us is not None)
        if effect > CLOSE:
            at = under(score.at, "weight", "them")
            found.append(Guess(at=at, score=score, low=low, high=high, effect=effect))
    return tuple(sorted(found, key=lambda guess: -guess.effect)[:ASKED])


def _at_our_best(score: Score) -> float:
    """Their share of the issue at our best option for it, the kindest if several."""
    theirs = shares(score, "them")
    ranked = sorted(score.allowed, key=lambda i: (score.us[i], theirs[i]))
    return theirs[ranked[-1]] if ranked else 0.0


def _stretches(j: int, score: Score) -> Iterator[_Stretch]:
    """From our best option on an issue to theirs, each step the cheapest to us."""
    theirs = shares(score, "them")
    options = sorted(((score.us[i], theirs[i]) for i in score.allowed), reverse=True)
    hull: list[tuple[float, float]] = []
    for option in options:
        if hull and option[1] <= hull[-1][1]:
            continue
        while len(hull) > 1 and _bends_in(hull[-2], hull[-1], option):
            hull.pop()
        hull.append(option)
    for (us, them), (next_us, next_them) in pairwise(hull):
        yield j, us - next_us, next_them - them


def _bends_in(
    one: tuple[float, float], two: tuple[float, float], three: tuple[float, float]
) -> bool:
    """Whether the middle of three options is no better than a mix of the others."""
    gained, given = two[1] - one[1], one[0] - two[0]
    return gained * (two[0] - three[0]) <= (three[1] - two[1]) * given


def _balanced(
    us: float,
    start: Sequence[float],
    stretches: Sequence[_Stretch],
    raw: Sequence[float],
    walk_aways: tuple[float, float],
) -> float | None:
    """Our points in the fair deal, if their weights are ``raw``."""
    weights = [WHOLE * weight for weight in normalised(raw)]
    ours, theirs = walk_aways
    gain, them = us - ours, sumprod(weights, start) - theirs
    steps = [(give, weights[j] * share) for j, give, share in stretches]
    steps.sort(key=lambda step: step[0] / step[1] if step[1] else inf)
    if gain < 0:
        return None
    for give, take in steps:
        # The product of gains still rises while they gain relatively more. What weighs
        # next to nothing may come to nothing here, and so does all that follows.
        if take * gain <= give * them or (give and not take):
            break
        part = 1.0 if not give else (gain / give - them / take) / 2
        part = min(1.0, part)
        gain, them = gain - part * give, them + part * take
        if part < 1:
            break
    return gain + ours
