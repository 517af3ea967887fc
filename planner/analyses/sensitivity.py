"""What would change the answer: flip points, tornados, robustness, guesses to check.

Deals are given as choices: the number of an option for each counted issue. A deal
is worth its points, and ``Worth`` says how deals compare: by our points, or by
the product of both sides' gains.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import inf, isfinite, sqrt, sumprod
from random import Random
from typing import Any

from planner.analyses.alternatives import reservation_value
from planner.analyses.relationship import multiple_at
from planner.analyses.scoring import WHOLE, Score
from planner.analyses.weights import normalised
from planner.plan.address import under
from planner.plan.kinds import MOST
from planner.plan.values import SIDES, Alternative, Basis, Estimate, Future, Side, Stake

__all__ = [
    "Bar",
    "Choice",
    "Flip",
    "Guess",
    "Input",
    "Robustness",
    "Worth",
    "best",
    "flip",
    "future_flips",
    "gains_product",
    "guesses_worth_asking",
    "nearest",
    "our_points",
    "package_flips",
    "package_tornado",
    "points",
    "relationship_tornado",
    "robustness",
    "shares",
    "tornado",
    "walk_away_flips",
]

NUDGE = 1e-9  # relative step past a flip, to see what lies behind it
HALVINGS = 200  # bisection steps; two floats are neighbours long before
FIRST_STEP = 0.01  # of a value: how near it a change is looked for first
CLOSE = 1e-9  # points; deals nearer to each other than this are tied
SAMPLES = 400  # weightings tried for the robustness share
BUDGET = 120_000  # weightings × deals × issues; fewer are tried over it
FEWEST = 100  # weightings that are tried in any case
RIVALS = 30  # deals compared, the best ones as things stand; ours
SEED = 20_201_214  # the day of the article: the same plan gives the same share
GUESSED = 0.5  # how far a guessed weight of theirs may be off; ours
OBSERVED = 0.25  # how far one may be off that we observed; ours
ASKED = 3  # guesses worth asking about; METHOD, "Sensitivity"
SWAY = 0.25  # how far a figure without a range moves in a tornado; ours
DRIFT = 0.1  # how far a chance moves in a tornado; ours
FAR = 1_000  # times the largest amount: where a search for money ends; ours
RATE_DRIFT = 0.02  # how far a yearly rate moves in a tornado; ours

type Choice = Sequence[int]
type Worth = Callable[[float, float], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a tornado: an input from ``low`` to ``high``, and the results."""

    at: str
    low: float
    high: float
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """How far the result moves, never negative."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A number at an address, and the range in which it may move."""

    at: str
    now: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip[T]:
    """A value of one input at which the answer changes.

    Just beyond ``turns_at``, seen from ``now``, the answer is ``becomes``;
    ``falls`` tells whether the input has to fall to get there.
    """

    at: str
    now: float
    turns_at: float
    falls: bool
    becomes: T

    @property
    def distance(self) -> float:
        """The relative move to get there, at most 1e15."""
        return min(MOST, abs(self.turns_at - self.now) / (abs(self.now) or 1.0))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A weight of theirs that is not known, and what depends on it.

    ``low`` and ``high`` are how far it may be off; ``effect`` how many of our
    points the balanced deal moves by then.
    """

    at: str
    score: Score
    low: float
    high: float
    effect: float


# Any function of named inputs


def tornado(
    f: Callable[[Mapping[str, float]], float | None],
    base: Mapping[str, float],
    ranges: Mapping[str, tuple[float, float]],
) -> tuple[Bar, ...]:
    """What each input does to ``f`` over its range, the others as in ``base``.

    The longest bar first. An input is left out where ``f`` is unknown (None) or
    not finite at an end of its range, or the same at both. (ORACLES B.15.)
    """
    bars = []
    for at, (low, high) in ranges.items():
        at_low, at_high = (f({**base, at: value}) for value in (low, high))
        if at_low is None or at_high is None:
            continue
        if isfinite(at_low) and isfinite(at_high):
            bars.append(Bar(at=at, low=low, high=high, at_low=at_low, at_high=at_high))
    told = [bar for bar in bars if bar.swing > 0]
    return tuple(sorted(told, key=lambda bar: -bar.swing))


def flip(f: Callable[[float], float], start: float, end: float) -> float | None:
    """Where ``f`` changes its sign between ``start`` and ``end``.

    A billionth beyond the value returned, ``f`` has the sign that it has at
    ``end``; a billionth before, it has not. None if it has the same sign at both,
    is zero at the end, or is not finite. Exact for a straight line; else found by
    halving, one of the roots if there are several. (ORACLES B.15.)
    """
    first, last = f(start), f(end)
    same = (first > 0) == (last > 0) and (first < 0) == (last < 0)
    if not (isfinite(first) and isfinite(last)) or same or not last:
        return None

    def beyond(x: float) -> bool:
        return f(x) > 0 if last > 0 else f(x) < 0

    straight = start - first * ((end - start) / (last - first))
    step = NUDGE * (abs(straight) or min(1.0, abs(end - start)))
    step = step if end > start else -step
    inside = min(start, end) <= straight <= max(start, end)
    if inside and beyond(straight + step) and not beyond(straight - step):
        return straight
    return _halved(beyond, start, end)


def nearest[T](
    answer: Callable[[str, float], T | None], inputs: Sequence[Input]
) -> tuple[Flip[T], ...]:
    """The nearest value of each input at which the answer changes, nearest first.

    ``answer(at, value)`` is the answer with one input changed; None where it is
    unknown, which is no change, and nothing is looked for beyond. Applying
    ``turns_at`` gives ``becomes``. Looked for in doubling steps from one
    hundredth of the value up, so an answer that only holds in between two steps
    may be passed by.
    """
    found = [
        found
        for each in inputs
        for end in (each.low, each.high)
        if (found := _turn(answer, each, end)) is not None
    ]
    return _nearest_each(found)


def _turn[T](
    answer: Callable[[str, float], T | None], moved: Input, end: float
) -> Flip[T] | None:
    """Where the answer first changes as an input moves to one end of its range."""
    same, now = moved.now, answer(moved.at, moved.now)
    for value in _steps(moved.now, end):
        reached = answer(moved.at, value)
        if now is None or reached is None:
            return None
        if reached != now:
            turns_at = _halved(lambda x: answer(moved.at, x) != now, same, value)
            becomes = answer(moved.at, turns_at)
            if becomes is None:
                return None
            return Flip(
                at=moved.at,
                now=moved.now,
                turns_at=turns_at,
                falls=end < moved.now,
                becomes=becomes,
            )
        same = value
    return None


def _steps(now: float, end: float) -> Iterator[float]:
    """From a value to the end of its range, each step twice as long."""
    way = abs(end - now)
    step = FIRST_STEP * min(max(abs(now) or 1.0, way / MOST), way)
    while 0 < step < way:
        yield now + step if end > now else now - step
        step *= 2
    if way:
        yield end


def _halved(beyond: Callable[[float], bool], before: float, after: float) -> float:
    """The first value that is beyond, between one that is not and one that is."""
    for _ in range(HALVINGS):
        middle = before + (after / 2 - before / 2)
        if middle in (before, after):
            break
        if beyond(middle):
            after = middle
        else:
            before = middle
    return after


def _nearest_each[T](flips: Sequence[Flip[T]]) -> tuple[Flip[T], ...]:
    """The nearest flip of each input, the nearest first."""
    by_distance = sorted(flips, key=lambda flip: flip.distance)
    each = {flip.at: flip for flip in reversed(by_distance)}
    return tuple(sorted(each.values(), key=lambda flip: flip.distance))


# What the future is worth


def future_flips[T](
    future: Future,
    answer: Callable[[Future], T | None],
    skip: Container[str] = (),
) -> tuple[Flip[T], ...]:
    """The nearest value of each figure about the future that changes an answer.

    ``answer`` is any function of the future, such as the stance, and None where
    it is unknown. Figures that are not given are not moved, nor those at an address
    in ``skip``. An end of a range moves no further than the figure beside it, an
    amount to a thousand times the largest (ours). See ``nearest``.
    """
    moved = [figure for figure in _figures(future) if figure.at not in skip]
    return nearest(lambda at, value: answer(_with(future, at, value)), moved)


def relationship_tornado(future: Future) -> tuple[Bar, ...]:
    """What each figure does to our relationship value, in money, longest first.

    Our yearly gain runs over its range; a figure without one moves by a quarter,
    a chance by 10 and a rate by 2 percentage points (ours). Empty while the value
    is not known.
    """
    gain = future.us.yearly_gain
    if gain is None or gain.middle is None:
        return ()
    base = {figure.at: figure.now for figure in _shared_figures(future)}
    ranges = {figure.at: _sway(figure) for figure in _shared_figures(future)}
    base[_OUR_GAIN] = gain.middle
    low, high = gain.known[0], gain.known[-1]
    ranges[_OUR_GAIN] = (low, high) if low < high else _quarter(gain.middle)
    return tornado(lambda figures: _value(future, figures), base, ranges)


_GAIN = "yearly_gain"
_OUR_GAIN = "/future/us/yearly_gain"
_SHARED = {  # figure: the least, the most, how far it moves in a tornado
    "continue_chance": (0.0, 1.0, DRIFT),
    "continue_chance_if_we_give": (0.0, 1.0, DRIFT),
    "discount_rate": (0.0, 1.0, RATE_DRIFT),
    "growth": (-1.0, 1.0, RATE_DRIFT),
    "years": (0.0, 100.0, None),
}


def _value(future: Future, figures: Mapping[str, float]) -> float | None:
    """Our relationship value with other figures."""
    for at, figure in figures.items():
        future = _with(future, at, figure)
    now = multiple_at(future, future.continue_chance)
    return None if now is None else now * figures[_OUR_GAIN]


def _sway(figure: Input) -> tuple[float, float]:
    drift = _SHARED[figure.at.rpartition("/")[2]][2]
    low, high = (
        _quarter(figure.now)
        if drift is None
        else (figure.now - drift, figure.now + drift)
    )
    return max(low, figure.low), min(high, figure.high)


def _quarter(now: float) -> tuple[float, float]:
    return now - SWAY * abs(now), now + SWAY * abs(now)


def _figures(future: Future) -> list[Input]:
    """Every figure about the future that is given, and how far it may move."""
    found, far = list(_shared_figures(future)), _far(future)
    for side in SIDES:
        stake = getattr(future, side)
        at = under("/future", side, "one_off_gain")
        if stake.one_off_gain is not None:
            found.append(Input(at=at, now=stake.one_off_gain, low=-far, high=far))
        if stake.yearly_gain is not None:
            at = under("/future", side, _GAIN)
            found += _estimate_figures(at, stake.yearly_gain, far)
    return found


def _far(future: Future) -> float:
    """As far as an amount is moved: a thousand times the largest one given."""
    stakes = (future.us, future.them)
    known = [x for s in stakes for x in (s.yearly_gain or Estimate()).known]
    known += [s.one_off_gain for s in stakes if s.one_off_gain is not None]
    return min(MOST, FAR * max([1.0, *map(abs, known)]))


def _shared_figures(future: Future) -> Iterator[Input]:
    for key, (low, high, _) in _SHARED.items():
        now = getattr(future, key)
        if now is not None:
            yield Input(at=under("/future", key), now=now, low=low, high=high)


def _estimate_figures(at: str, estimate: Estimate, far: float) -> Iterator[Input]:
    """The ends of an estimate, none beyond the next; one value at its own address."""
    keys = [key for key in _ENDS if getattr(estimate, key) is not None]
    if keys == ["likely"]:
        yield Input(at=at, now=estimate.known[0], low=-far, high=far)
        return
    fence = [-far, *estimate.known, far]
    for i, key in enumerate(keys):
        now, low, high = fence[i + 1], fence[i], fence[i + 2]
        yield Input(at=under(at, key), now=now, low=low, high=high)


_ENDS = ("low", "likely", "high")


def _with(future: Future, at: str, value: float) -> Future:
    """The future with another figure at that address."""
    _, _, first, *path = at.split("/")
    changed: dict[str, Any] = {first: value}
    if path:
        stake = getattr(future, first)
        figure = _estimated(stake, path[1:], value) if path[0] == _GAIN else value
        changed = {first: replace(stake, **{path[0]: figure})}
    return replace(future, **changed)


def _estimated(stake: Stake, end: Sequence[str], value: float) -> Estimate:
    """A yearly gain with one end changed; without an end, one value for all."""
    known = stake.yearly_gain
    if not end or known is None:
        return Estimate(likely=value)
    changed: dict[str, Any] = {end[0]: value}
    return replace(known, **changed)


# Walking away


def walk_away_flips(
    alternatives: Sequence[Alternative], worth: float
) -> tuple[Flip[bool], ...]:
    """Where a deal worth ``worth`` turns from better to worse than walking away.

    ``worth`` is in money on the scale of the reservation value. The inputs are
    the value, chance and cost of each of our alternatives, a chance up to what the
    others leave of 1; ``becomes`` is whether the deal is then at least as good.
    Empty while the reservation value is not known.
    """
    if reservation_value(alternatives) is None or not isfinite(worth):
        return ()
    found = [
        turn
        for i, each in enumerate(alternatives)
        for key, ends in _ends(alternatives, i).items()
        if (now := getattr(each, key)) is not None
        for end in ends
        if (turn := _better_or_worse(alternatives, i, key, worth, now, end))
    ]
    return _nearest_each(found)


def _better_or_worse(
    alternatives: Sequence[Alternative],
    which: int,
    key: str,
    worth: float,
    now: float,
    end: float,
) -> Flip[bool] | None:
    """Where a deal turns, as one figure of an alternative moves to one end."""
    over = _surplus(alternatives, which, key, worth)
    turns_at = flip(over, now, end)
    becomes = over(end) > 0
    if turns_at is None or becomes == (over(now) >= 0):
        return None
    at = under("/alternatives/us", which, key)
    falls = end < now
    return Flip(at=at, now=now, turns_at=turns_at, falls=falls, becomes=becomes)


def _ends(
    alternatives: Sequence[Alternative], which: int
) -> dict[str, tuple[float, float]]:
    """How far each figure of an alternative may move, the others as they are."""
    others = sum(a.chance or 0.0 for i, a in enumerate(alternatives) if i != which)
    left = max(0.0, 1 - others)
    return {"value": (-MOST, MOST), "chance": (0.0, left), "cost": (0.0, MOST)}


def _surplus(
    alternatives: Sequence[Alternative], which: int, key: str, worth: float
) -> Callable[[float], float]:
    """What the deal is worth over walking away, by one figure of an alternative."""

    def over(value: float) -> float:
        figure: dict[str, Any] = {key: value}
        changed = list(alternatives)
        changed[which] = replace(changed[which], **figure)
        return worth - (reservation_value(changed) or 0.0)

    return over


# Deals


def our_points(us: float, them: float) -> float:
    """Deals compared by our points alone."""
    return us


def gains_product(walk_away: float = 0.0) -> Worth:
    """Deals compared by the product of gains, ours over the walk-away in points.

    Theirs are counted from their worst. See [Nash1950].
    """
    return lambda us, them: (us - walk_away) * them


def points(counted: Sequence[Score], choice: Choice) -> tuple[float, float]:
    """What a deal is worth to us and to them."""
    chosen = list(zip(counted, choice, strict=True))
    return sum(s.us[i] for s, i in chosen), sum(s.them[i] for s, i in chosen)


def shares(score: Score, side: Side) -> tuple[float, ...]:
    """The option values of an issue from 0 for the worst to 1 for the best.

    All 0 where none differ. Unlike points they do not depend on the weights.
    """
    values = [getattr(option, side) or 0.0 for option in score.issue.options]
    worst, spread = min(values), max(values) - min(values)
    return tuple((value - worst) / (spread or 1.0) for value in values)


def best(
    counted: Sequence[Score], choices: Sequence[Choice], worth: Worth = our_points
) -> int | None:
    """Which of the deals is worth most, the first of equals; None of none."""
    worths = [worth(*points(counted, choice)) for choice in choices]
    return worths.index(max(worths)) if worths else None


def package_flips(
    counted: Sequence[Score], choices: Sequence[Choice], worth: Worth = our_points
) -> tuple[Flip[int], ...]:
    """Where another of the deals becomes the best, nearest first.

    The inputs are both sides' weights, the others staying as they are, and the
    value of each option that no scale hangs on. ``becomes`` is the number of the
    deal. ``worth`` has to be linear in each side's points, as ``our_points`` and
    ``gains_product`` are; then each point is exact to rounding. Of more than 30
    deals the 30 best as things stand are compared. (ORACLES B.15.)
    """
    if not choices:
        return ()
    keep = _rivals(counted, choices, worth)
    compared = [choices[i] for i in keep]
    found = [
        replace(turn, becomes=keep[turn.becomes])
        for line in _lines(counted, compared)
        for end in (line.low, line.high)
        if (turn := _overtaken(line, end, worth)) is not None
    ]
    return _nearest_each(found)


def package_tornado(counted: Sequence[Score], choice: Choice) -> tuple[Bar, ...]:
    """What each of our weights does to a deal's points for us, longest bar first.

    Each weight moves by a quarter of itself (ours), at most to 100.
    """
    part, base, ranges = {}, {}, {}
    for score, i in zip(counted, choice, strict=True):
        at, value = under(score.at, "weight", "us"), shares(score, "us")
        if any(value):
            part[at], base[at] = value[i], score.issue.weight.us or 0.0
            low, high = _quarter(base[at])
            ranges[at] = low, min(high, WHOLE)

    def worth(weights: Mapping[str, float]) -> float | None:
        normal = normalised(list(weights.values()))
        return WHOLE * sumprod(normal, part.values()) if any(normal) else None

    return tornado(worth, base, ranges)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A straight way through both sides' points of all deals, as one input moves.

    ``points`` gives them at a place from ``low`` to ``high``, ``reads`` what the
    input is there, in its own unit.
    """

    at: str
    now: float
    low: float
    high: float
    points: Callable[[float], list[tuple[float, float]]]
    reads: Callable[[float], float]


def _overtaken(line: _Line, end: float, worth: Worth) -> Flip[int] | None:
    """Where, on the way to one end of a line, another deal goes ahead first."""
    here = [worth(*both) for both in line.points(line.now)]
    there = [worth(*both) for both in line.points(end)]
    first = here.index(max(here))
    crossings = []
    for i in range(len(here)):
        lead, left = here[first] - here[i], there[first] - there[i]
        if left < -CLOSE * max(1.0, abs(there[i])):
            crossings.append((lead / (lead - left), left, i))
    if not crossings:
        return None
    way, _, becomes = min(crossings)
    return Flip(
        at=line.at,
        now=line.reads(line.now),
        turns_at=line.reads(line.now + way * (end - line.now)),
        falls=end < line.now,
        becomes=becomes,
    )


def _lines(counted: Sequence[Score], choices: Sequence[Choice]) -> Iterator[_Line]:
    now = [points(counted, choice) for choice in choices]
    for side in SIDES:
        yield from _weight_lines(counted, choices, now, side)
        for j in range(len(counted)):
            yield from _option_lines(counted, choices, now, side, j)


def _weight_lines(
    counted: Sequence[Score],
    choices: Sequence[Choice],
    now: Sequence[tuple[float, float]],
    side: Side,
) -> Iterator[_Line]:
    """One for each weight, along its share: the others scale by what is left."""
    raw = [_raw(score, side) for score in counted]
    for j, score in enumerate(counted):
        rest = sum(raw) - raw[j]
        if not any(shares(score, side)) or rest <= CLOSE * sum(raw):
            continue  # it decides nothing, or everything whatever its weight
        own = [
            (getattr(score, side)[choice[j]], WHOLE * shares(score, side)[choice[j]])
            for choice in choices
        ]
        yield _Line(
            at=under(score.at, "weight", side),
            now=raw[j] / (raw[j] + rest),
            low=0.0,
            high=WHOLE / (WHOLE + rest),
            points=_reweighted(now, own, 1 + raw[j] / rest, side),
            reads=_reader(raw[j], rest),
        )


def _reader(raw: float, rest: float) -> Callable[[float], float]:
    """From a weight's share to the weight as it is typed, beside the others."""
    return lambda share: min(WHOLE, share * rest / (1 - share))


def _reweighted(
    now: Sequence[tuple[float, float]],
    own: Sequence[tuple[float, float]],
    scale: float,
    side: Side,
) -> Callable[[float], list[tuple[float, float]]]:
    """Points by the share of one weight, of which a deal has ``own`` now and fully."""

    def at_share(share: float) -> list[tuple[float, float]]:
        left = scale * (1 - share)
        return [
            (share * full + left * (us - part), them)
            if side == "us"
            else (us, share * full + left * (them - part))
            for (us, them), (part, full) in zip(now, own, strict=True)
        ]

    return at_share


def _option_lines(
    counted: Sequence[Score],
    choices: Sequence[Choice],
    now: Sequence[tuple[float, float]],
    side: Side,
    j: int,
) -> Iterator[_Line]:
    """One for each option in use that no scale hangs on, between worst and best."""
    score = counted[j]
    values = [getattr(option, side) or 0.0 for option in score.issue.options]
    low, high = min(values), max(values)
    for o in sorted({choice[j] for choice in choices}):
        others = values[:o] + values[o + 1 :]
        if low == high or not others or (min(others), max(others)) != (low, high):
            continue
        slope = max(getattr(score, side)) / (high - low)
        has = [slope if choice[j] == o else 0.0 for choice in choices]
        yield _Line(
            at=under(score.at, "options", o, side),
            now=values[o],
            low=low,
            high=high,
            points=_revalued(now, has, values[o], side),
            reads=float,
        )


def _revalued(
    now: Sequence[tuple[float, float]],
    slopes: Sequence[float],
    value: float,
    side: Side,
) -> Callable[[float], list[tuple[float, float]]]:
    """Points by the value of one option, of which a deal has a slope's worth."""

    def at_value(x: float) -> list[tuple[float, float]]:
        return [
            (us + slope * (x - value), them)
            if side == "us"
            else (us, them + slope * (x - value))
            for (us, them), slope in zip(now, slopes, strict=True)
        ]

    return at_value


def _raw(score: Score, side: Side) -> float:
    """A weight as typed; 0 where the options do not differ, as in scoring."""
    weight = getattr(score.issue.weight, side) or 0.0
    return weight if any(shares(score, side)) else 0.0


def _rivals(
    counted: Sequence[Score], choices: Sequence[Choice], worth: Worth, first: int = 0
) -> list[int]:
    """The deals that are compared: the given one and the best as things stand."""
    worths = [worth(*points(counted, choice)) for choice in choices]
    others = sorted(range(len(choices)), key=lambda i: (i != first, -worths[i]))
    return sorted(others[:RIVALS])


# Robustness


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
    """How often ``choices[first]`` stays first whatever we exactly weigh.

    Draws weightings of ours evenly from all that agree with ``ranking`` (ids of
    issues), or with the order of the present weights where it leaves an issue
    out; equal weights are drawn in any order. A tie counts as first. Of more than
    30 deals the 30 best are compared, and fewer weightings are drawn where deals
    × issues are many: ``samples`` says how many. None without deals. The same
    seed gives the same answer. (ORACLES B.15.)
    """
    if not choices or samples < 1:
        return None
    keep = _rivals(counted, choices, worth, first)
    mine = keep.index(first)
    live = [score for score in counted if any(shares(score, "us"))]
    parts, theirs = _parts(counted, [choices[i] for i in keep])
    samples = min(samples, max(FEWEST, BUDGET // (len(keep) * max(1, len(live)))))
    ahead = [0] * len(keep)
    for weights in _weightings(tuple(_order(live, ranking)), samples, seed):
        ours = [sumprod(weights, part) for part in parts]
        winner = _ahead(list(map(worth, ours, theirs)), mine)
        if winner is not None:
            ahead[winner] += 1
    return _counted_out(ahead, keep, samples)


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
) -> tuple[list[list[float]], list[float]]:
    """Each deal's points for us, were one issue all that counts, and for them."""
    live = [(j, shares(s, "us")) for j, s in enumerate(counted)]
    live = [(j, values) for j, values in live if any(values)]
    ours = [[WHOLE * values[choice[j]] for j, values in live] for choice in choices]
    return ours, [points(counted, choice)[1] for choice in choices]


def _order(live: Sequence[Score], ranking: Sequence[str]) -> list[float]:
    """A rank for each issue, the smallest the most important; equal ones are tied."""
    place = {issue_id: float(i) for i, issue_id in reversed(list(enumerate(ranking)))}
    if all(score.issue.id in place for score in live):
        return [place[score.issue.id or ""] for score in live]
    return [-_raw(score, "us") for score in live]


@lru_cache(maxsize=4)
def _weightings(
    order: tuple[float, ...], samples: int, seed: int
) -> tuple[list[float], ...]:
    """The weightings drawn for an order: the same ones while a reader types on."""
    rng = Random(seed)
    return tuple(_drawn(order, rng) for _ in range(samples))


def _drawn(order: Sequence[float], rng: Random) -> list[float]:
    """Weights drawn evenly from all that add up to 1 and agree with the order."""
    sizes = sorted((rng.expovariate(1.0) for _ in order), reverse=True)
    whole = sum(sizes)
    ranked = sorted(range(len(order)), key=lambda j: (order[j], rng.random()))
    weights = [0.0] * len(order)
    for j, size in zip(ranked, sizes, strict=True):
        weights[j] = size / whole
    return weights


# Guesses


def guesses_worth_asking(
    counted: Sequence[Score], walk_away: float = 0.0
) -> tuple[Guess, ...]:
    """The weights of theirs most worth asking about, at most three.

    What they told us is taken as known. A weight that we observed may be off by a
    quarter, one that we guessed, or whose basis is not given, by a half. What
    counts is how far that moves the balanced deal, in our points: the Nash deal
    between our ``walk_away`` and their worst, on the line of efficient deals with
    straight pieces between them, so that no small change is lost between two
    deals. The measure and the ranges are ours.
    """
    stretches = [piece for j, s in enumerate(counted) for piece in _stretches(j, s)]
    top = sum(max(s.us[i] for i in s.allowed) for s in counted if s.allowed)
    start = [_at_our_best(score) for score in counted]
    raw = [_raw(score, "them") for score in counted]
    balanced = _balanced(top, start, stretches, raw, walk_away)
    if balanced is None:
        return ()
    found = []
    for j, score in enumerate(counted):
        off = _OFF[score.issue.basis]
        low, high = raw[j] * (1 - off), min(WHOLE, raw[j] * (1 + off))
        moved = [
            _balanced(top, start, stretches, [*raw[:j], x, *raw[j + 1 :]], walk_away)
            for x in (low, high)
        ]
        effect = max(abs(us - balanced) for us in moved if us is not None)
        if effect > CLOSE:
            at = under(score.at, "weight", "them")
            found.append(Guess(at=at, score=score, low=low, high=high, effect=effect))
    return tuple(sorted(found, key=lambda guess: -guess.effect)[:ASKED])


_OFF: Mapping[Basis | None, float] = {
    "told": 0.0,
    "observed": OBSERVED,
    "guessed": GUESSED,
    None: GUESSED,
}

# A piece of the line of efficient deals: issue, what we give, what share of the
# issue's weight they gain for it.
type _Stretch = tuple[int, float, float]


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
    walk_away: float,
) -> float | None:
    """Our points in the balanced deal, if their weights are ``raw``."""
    weights = [WHOLE * weight for weight in normalised(raw)]
    gain, them = us - walk_away, sumprod(weights, start)
    steps = [(give, weights[j] * share) for j, give, share in stretches]
    steps.sort(key=lambda step: step[0] / step[1] if step[1] else inf)
    if gain < 0:
        return None
    for give, take in steps:
        # The product of gains still rises while they gain relatively more.
        if take * gain <= give * them:
            break
        part = 1.0 if not give else (gain / give - them / take) / 2
        part = min(1.0, part)
        gain, them = gain - part * give, them + part * take
        if part < 1:
            break
    return gain + walk_away
