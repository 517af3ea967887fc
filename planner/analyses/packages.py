"""Packages: what to trade, which offers to make at once, and what to concede next."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, product
from math import sumprod
from types import MappingProxyType

from planner.analyses.doubts import WEIGHT, doubt
from planner.analyses.scoring import Score
from planner.plan.values import Basis, Option

__all__ = [
    "BAND",
    "BUDGET",
    "Concession",
    "EqualPackages",
    "Package",
    "Shift",
    "Tell",
    "Trade",
    "concession_plan",
    "equal_packages",
    "in_words",
    "packed",
    "trades",
    "within",
]

BAND = 2.0  # points either way that count as equal to us; ours, after ORACLES B.12
BUDGET = 2_000  # partial packages held at once before the search turns to samples; ours
RIVALS = 40  # packages for which weights are sought that make them best; ours
NEGLIGIBLE = 1e-9  # points: what is smaller is rounding

type _Choice = tuple[int, ...]  # the index of an option for each issue
type _Range = tuple[float, float]  # from and to which share of the weight in the plan
type _Rung = tuple[float, float, int]  # cost a point given, cost, the option reached
type _Terms = Mapping[str, str]  # issue id → option name

NO_TERMS: _Terms = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A whole deal: an option for each counted issue, and its points to each side."""

    us: float
    them: float
    terms: tuple[tuple[Score, Option], ...]

    def apart(self, other: "Package") -> tuple[tuple[Score, Option], ...]:
        """The terms in which it differs from another package on the same issues."""
        kept = {score.at: option for score, option in other.terms}
        return tuple(
            (score, option)
            for score, option in self.terms
            if option is not kept[score.at]
        )


def in_words(terms: Iterable[tuple[Score, Option]]) -> list[str]:
    """Terms as a reader would name them: “5 days” on Delivery."""
    return [
        f"“{option.name or 'an option'}” on {score.issue.name or 'an issue'}"
        for score, option in terms
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """Give on one issue and gain on another: both sides come out ahead.

    ``ratio`` is how much more the gained issue matters to us, relative to them,
    than the given one; over 1.
    """

    give: Score
    gain: Score
    ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """What it tells about them if they take ``pick`` from the packages offered.

    ``issue`` then matters to them at least ``ratio`` times as much as ``than``;
    by the weights in the plan it is ``believed`` times. ``trade`` is what to open
    with then, or None where that much is not enough to make a trade pay.
    """

    pick: Package
    issue: Score
    than: Score
    ratio: float
    believed: float
    trade: Trade | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualPackages:
    """Packages to offer at the same time, all equal to us within the band.

    The first is the best for them by the weights in the plan. There are fewer
    than asked for where more would be padding: never the best for them. ``tells``
    has at most one entry for each package, none where a choice tells nothing new.
    ``complete`` is False where the band held more packages than the budget
    allows, so that these are the best found so far.
    """

    target: float
    band: float
    packages: tuple[Package, ...]
    tells: tuple[Tell, ...]
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One issue goes from one option to another, and what that changes in points."""

    score: Score
    start: Option
    end: Option
    us: float
    them: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """If they move as in ``ask``, then we move as in ``give``.

    ``ask`` is None where no issue is worth more to us than to them in exchange.
    ``leaves`` is what our package is worth to us, in points, after this step and
    those before it, without anything in return. ``past_target`` says whether it
    goes beyond what we aim for on the issue; None without a target.
    """

    give: Shift
    ask: Shift | None
    leaves: float
    past_target: bool | None


def packed(chosen: Sequence[tuple[Score, int]]) -> Package:
    """The package of an option, by its index, for each issue."""
    return Package(
        us=sum(score.us[i] for score, i in chosen),
        them=sum(score.them[i] for score, i in chosen),
        terms=tuple((score, score.issue.options[i]) for score, i in chosen),
    )


# Trades


def trades(scores: Sequence[Score]) -> tuple[Trade, ...]:
    """Trades across two issues, best first: the classic logroll.

    An issue is given where it matters more to them than to us, and gained where
    it is the other way round; the weights are the swings over all options. A
    pair is left out where the options within our limits do not let both sides
    gain, at whatever fractions. See [FromanCohen1970].
    """
    opposed = [c for s in scores if s.allowed and (c := _contest(s)) is not None]
    pairs = [
        Trade(give=give.score, gain=gain.score, ratio=gain.ratio / give.ratio)
        for give, gain in product(opposed, repeat=2)
        if give.ratio < 1 < gain.ratio and gain.us * give.them > give.us * gain.them
    ]
    return tuple(sorted(pairs, key=lambda trade: -trade.ratio))


@dataclass(frozen=True, slots=True)
class _Contest:
    """An issue on which the two sides want different options.

    ``us`` and ``them`` is what lies between these options, in points of each;
    ``ratio`` how much more the whole issue matters to us than to them.
    """

    score: Score
    us: float
    them: float
    ratio: float


def _contest(score: Score) -> _Contest | None:
    ours = _our_best(score)
    theirs = max(score.allowed, key=lambda i: (score.them[i], score.us[i]))
    us = score.us[ours] - score.us[theirs]
    them = score.them[theirs] - score.them[ours]
    if min(us, them) <= NEGLIGIBLE:
        return None
    return _Contest(score, us, them, score.swing_us / score.swing_them)


# Equal packages


def equal_packages(
    scores: Sequence[Score],
    target: float,
    *,
    band: float = BAND,
    most: int = 3,
    budget: int = BUDGET,
    doubts: Mapping[Basis, float] = WEIGHT,
) -> EqualPackages:
    """Up to ``most`` packages equal to us, to offer at once: MESO.

    Each is worth ``target`` points to us, give or take ``band``; each is the best
    of those for them under some plausible weights of theirs, by ``doubts``; and
    they differ as much as they can, an issue counting by what it is worth to
    them. No packages where none is within the band. See [Leonardelli2019];
    the procedure is ours (ORACLES B.12).
    """
    issues = [score for score in scores if score.allowed]
    ranges = [_range(score, doubts) for score in issues]
    pool, complete = _pool(issues, ranges, (target - band, target + band), budget)
    best = _best_for_them(issues, ranges, pool)
    chosen = _different(issues, best, most)
    return EqualPackages(
        target=target,
        band=band,
        packages=tuple(_package(issues, choice) for choice in chosen),
        tells=tuple(_tells(issues, ranges, chosen)),
        complete=complete,
    )


def within(
    scores: Sequence[Score], low: float, high: float, budget: int = BUDGET
) -> list[Package] | None:
    """Every package within our limits worth ``low`` to ``high`` points to us.

    None where more than ``budget`` partial packages would have to be held.
    """
    issues = [score for score in scores if score.allowed]
    choices = _fold(issues, low, high, budget)
    return None if choices is None else [_package(issues, c) for c in choices]


def _package(issues: Sequence[Score], choice: _Choice) -> Package:
    return packed(list(zip(issues, choice, strict=True)))


def _range(score: Score, doubts: Mapping[Basis, float]) -> _Range:
    """From and to which share of the weight in the plan theirs may be."""
    unsure = doubt(doubts, score.issue.basis)
    return 1 - unsure, 1 + unsure


def _pool(
    issues: Sequence[Score], ranges: Sequence[_Range], band: _Range, budget: int
) -> tuple[list[_Choice], bool]:
    """Packages within the band, and whether these are all."""
    if not issues:
        return [], True
    everything = _fold(issues, *band, budget)
    if everything is not None:
        return everything, True
    return _near_frontier(issues, ranges, *band), False


def _fold(
    issues: Sequence[Score], low: float, high: float, budget: int
) -> list[_Choice] | None:
    """Every choice worth ``low`` to ``high``; None over the budget.

    Issues are folded in one by one, and what cannot reach the band is dropped.
    """
    if not issues:
        return []
    least = _still_to_come([min(s.us[i] for i in s.allowed) for s in issues])
    most = _still_to_come([max(s.us[i] for i in s.allowed) for s in issues])
    partials: list[tuple[float, _Choice]] = [(0.0, ())]
    for score, lowest, highest in zip(issues, least, most, strict=True):
        partials = [
            (us + score.us[i], (*choice, i))
            for us, choice in partials
            for i in score.allowed
            if us + score.us[i] + highest >= low - NEGLIGIBLE
            and us + score.us[i] + lowest <= high + NEGLIGIBLE
        ]
        if len(partials) > budget:
            return None
    return [choice for _, choice in partials]


def _still_to_come(values: Sequence[float]) -> list[float]:
    """For each issue, the sum over those after it."""
    sums = list(accumulate(reversed(values), initial=0.0))
    return sums[-2::-1]


def _near_frontier(
    issues: Sequence[Score], ranges: Sequence[_Range], low: float, high: float
) -> list[_Choice]:
    """Packages within the band that are good for them in some direction.

    The directions are the plan's weights, and for each issue in doubt the
    weights that make most of it and least of the others.
    """
    ladders = [list(_ladder(score)) for score in issues]
    directions = [[1.0] * len(issues)]
    for j, (least, most) in enumerate(ranges):
        if most > least:
            directions.append([most if k == j else r[0] for k, r in enumerate(ranges)])
    found = [_descend(issues, ladders, w, low, high) for w in directions]
    return list(dict.fromkeys(choice for choice in found if choice is not None))


def _ladder(score: Score) -> Iterator[_Rung]:
    """From our best option to theirs, never to a cheaper step than before."""
    at, price = _our_best(score), 0.0
    while (option := _next_option(score, at, score.allowed)) is not None:
        cost = score.us[at] - score.us[option]
        price = max(price, cost / (score.them[option] - score.them[at]))
        yield price, cost, option
        at = option


def _our_best(score: Score) -> int:
    return max(score.allowed, key=lambda i: (score.us[i], score.them[i]))


def _next_option(score: Score, at: int, options: Iterable[int]) -> int | None:
    """The option that costs us least for what it gives them; the nearest of equals."""
    more = [i for i in options if score.them[i] > score.them[at] + NEGLIGIBLE]

    def price(i: int) -> tuple[float, float]:
        cost = score.us[at] - score.us[i]
        return round(cost / (score.them[i] - score.them[at]), 9), cost

    return min(more, key=price, default=None)


def _descend(
    issues: Sequence[Score],
    ladders: Sequence[Sequence[_Rung]],
    weights: Sequence[float],
    low: float,
    high: float,
) -> _Choice | None:
    """Concede from our best package, cheapest step first, down into the band."""
    choice = [_our_best(score) for score in issues]
    us = sum(score.us[i] for score, i in zip(issues, choice, strict=True))
    steps = sorted(
        (price / max(weights[j], NEGLIGIBLE), j, rung)
        for j, ladder in enumerate(ladders)
        for rung, (price, _, _) in enumerate(ladder)
    )
    stuck: set[int] = set()
    for _, j, rung in steps:
        _, cost, option = ladders[j][rung]
        if j in stuck or us - cost < low:
            stuck.add(j)
        else:
            choice[j], us = option, us - cost
    return _settled(issues, choice, low, high)


def _settled(
    issues: Sequence[Score], choice: list[int], low: float, high: float
) -> _Choice | None:
    """Use up what is left of the band for them; None where it is not reached."""
    us = sum(score.us[i] for score, i in zip(issues, choice, strict=True))
    for j, score in enumerate(issues):
        without = us - score.us[choice[j]]
        inside = [i for i in score.allowed if low <= without + score.us[i] <= high]
        if inside:
            choice[j] = max(inside, key=lambda i: score.them[i])
            us = without + score.us[choice[j]]
    return tuple(choice) if low <= us <= high else None


def _best_for_them(
    issues: Sequence[Score], ranges: Sequence[_Range], pool: Sequence[_Choice]
) -> dict[_Choice, tuple[float, ...]]:
    """The packages best for them under some plausible weights: choice → its worths.

    The first is the best by the plan's weights. Weights are sought for those that
    some could lift over the first, the nearest to it before others.
    """
    worths = {choice: _worths(issues, choice) for choice in pool}
    if not worths:
        return {}
    first = max(worths, key=lambda choice: sum(worths[choice]))
    rivals = [c for c in pool if _most(worths[c], worths[first], ranges) > NEGLIGIBLE]
    rivals.sort(key=lambda choice: -sum(worths[choice]))
    best = {first: worths[first]}
    for rival in rivals[:RIVALS]:
        weights = _favouring(worths[rival], worths[first], ranges)
        winner = max([first, *rivals], key=lambda c: sumprod(weights, worths[c]))
        best[winner] = worths[winner]
    return best


def _worths(issues: Sequence[Score], choice: _Choice) -> tuple[float, ...]:
    """What each issue of the package is worth to them."""
    return tuple(score.them[i] for score, i in zip(issues, choice, strict=True))


def _favouring(
    one: Sequence[float], other: Sequence[float], ranges: Sequence[_Range]
) -> list[float]:
    """The plausible weights that speak most for one package against another."""
    return [
        most if a > b else least if a < b else 1.0
        for a, b, (least, most) in zip(one, other, ranges, strict=True)
    ]


def _most(
    one: Sequence[float], other: Sequence[float], ranges: Sequence[_Range]
) -> float:
    """By how much one can be better for them than another, at most."""
    weights = _favouring(one, other, ranges)
    return sumprod(weights, one) - sumprod(weights, other)


def _different(
    issues: Sequence[Score], best: Mapping[_Choice, Sequence[float]], most: int
) -> list[_Choice]:
    """The first, then each time the one that differs most from all chosen."""
    swings = [score.swing_them for score in issues]
    chosen: list[_Choice] = []
    left = list(best)
    while left and len(chosen) < most:
        apart = [min((_apart(swings, c, d) for d in chosen), default=1.0) for c in left]
        furthest = max(apart)
        if furthest <= NEGLIGIBLE:
            break
        chosen.append(left.pop(apart.index(furthest)))
    return chosen


def _apart(swings: Sequence[float], one: _Choice, other: _Choice) -> float:
    """What the issues on which two packages differ are worth to them."""
    return sum(swing for swing, a, b in zip(swings, one, other, strict=True) if a != b)


# What their choice tells


@dataclass(frozen=True, slots=True)
class _Bound:
    """``issue`` matters at least ``share`` × what the plan says, against ``than``."""

    issue: int
    than: int
    share: float
    known: float  # what was known before, on the same scale


def _tells(
    issues: Sequence[Score], ranges: Sequence[_Range], chosen: Sequence[_Choice]
) -> Iterator[Tell]:
    worths = [_worths(issues, choice) for choice in chosen]
    for n, choice in enumerate(chosen):
        bounds = [
            bound
            for other in worths
            for bound in _bounds(worths[n], other, ranges)
            if bound.share > bound.known + NEGLIGIBLE
        ]
        told = [_tell(issues, _package(issues, choice), bound) for bound in bounds]
        news = [bound.share / max(bound.known, NEGLIGIBLE) for bound in bounds]
        ranked = zip(told, news, strict=True)
        best = max(ranked, key=_usefulness, default=None)
        if best is not None:
            yield best[0]


def _usefulness(tell: tuple[Tell, float]) -> tuple[bool, bool, float]:
    """What can be acted on before what cannot; then the greater news."""
    return tell[0].trade is not None, tell[0].ratio >= 1, tell[1]


def _bounds(
    pick: Sequence[float], other: Sequence[float], ranges: Sequence[_Range]
) -> Iterator[_Bound]:
    """What preferring one package to another says of each pair of issues.

    Preferring means Σ f·d ≥ 0 over the issues, d what the pick gives them more
    and f the share of the plan's weight. For the pair (x, y), with d_x > 0 > d_y
    and the other issues as favourable as they may be: f_x·d_x ≥ f_y·|d_y| − rest.
    """
    gains = [a - b for a, b in zip(pick, other, strict=True)]
    tops = [
        max(d * least, d * most) for d, (least, most) in zip(gains, ranges, strict=True)
    ]
    whole = sum(tops)
    for x, y in product(range(len(gains)), repeat=2):
        if gains[x] > NEGLIGIBLE and gains[y] < -NEGLIGIBLE and ranges[y][0] > 0:
            rest = whole - tops[x] - tops[y]
            share = -gains[y] - rest / ranges[y][0 if rest > 0 else 1]
            known = ranges[x][0] / ranges[y][1]
            yield _Bound(x, y, share / gains[x], known)


def _tell(issues: Sequence[Score], pick: Package, bound: _Bound) -> Tell:
    issue, than = issues[bound.issue], issues[bound.than]
    believed = issue.swing_them / than.swing_them
    ratio = bound.share * believed
    return Tell(
        pick=pick,
        issue=issue,
        than=than,
        ratio=ratio,
        believed=believed,
        trade=_opening(issue, than, ratio),
    )


def _opening(give: Score, gain: Score, ratio: float) -> Trade | None:
    """Give what matters so much more to them, if it does not to us as well."""
    if min(give.swing_us, gain.swing_us) <= NEGLIGIBLE:
        return None
    pays = ratio * gain.swing_us / give.swing_us
    return Trade(give=give, gain=gain, ratio=pays) if pays > 1 else None


# The concession plan


def concession_plan(
    scores: Sequence[Score],
    *,
    ours: Mapping[str, str] = NO_TERMS,
    theirs: Mapping[str, str] = NO_TERMS,
    floor: float | None = None,
) -> tuple[Concession, ...]:
    """The next step on each issue, what costs us least for what it gives them first.

    ``ours`` and ``theirs`` are the terms on which each side stands, issue id →
    option name; what they do not settle counts as the side's best. No step goes
    beyond our limit on an issue, gives them more than where they said they stand,
    moved on by what was asked for before, or leaves us under ``floor``, our
    walk-away in points. In return we ask for a step toward ours where we gain more
    for what it costs them, enough to make good for the concession where there is
    one; none is asked for twice. The pairing is ours, after [FromanCohen1970].
    """
    issues = [score for score in scores if score.allowed]
    held = {s.at: _stands(s, ours, _our_best(s)) for s in issues}
    stand = {s.at: _stands(s, theirs, s.them.index(max(s.them))) for s in issues}
    left = sum(score.us[held[score.at]] for score in issues)
    plan: list[Concession] = []
    asked: set[str] = set()
    for give in _gives(issues, held, stand):
        at = give.score.at
        if floor is not None and left + give.us < floor - NEGLIGIBLE:
            continue
        said = (give.score.issue.id or "") in theirs
        if said and _index(give) not in _not_past(give.score, stand[at]):
            continue  # what we asked for has brought them closer since
        left += give.us
        held[at] = _index(give)
        asks = [ask for s in issues for ask in _asks(s, stand[s.at], held[s.at])]
        ask = _in_return(give, asks, asked)
        if ask is not None:
            asked.add(ask.score.at)
            stand[ask.score.at] = _index(ask)
        plan.append(
            Concession(give=give, ask=ask, leaves=left, past_target=_past_target(give))
        )
    return tuple(plan)


def _stands(score: Score, terms: _Terms, otherwise: int) -> int:
    """The option that the terms name for the issue, by its index."""
    names = [option.name for option in score.issue.options]
    name = terms.get(score.issue.id or "")
    return names.index(name) if name in names else otherwise


def _index(shift: Shift) -> int:
    """The option that a step leads to, by its index."""
    options = shift.score.issue.options
    return next(i for i, option in enumerate(options) if option is shift.end)


def _shift(score: Score, start: int, end: int) -> Shift:
    return Shift(
        score=score,
        start=score.issue.options[start],
        end=score.issue.options[end],
        us=score.us[end] - score.us[start],
        them=score.them[end] - score.them[start],
    )


def _gives(
    issues: Sequence[Score], held: Mapping[str, int], stand: Mapping[str, int]
) -> list[Shift]:
    """The next step on each issue that has one, the cheapest for its use first.

    None gives them more than where they stand.
    """
    steps = [
        (s, _next_option(s, held[s.at], _not_past(s, stand[s.at]))) for s in issues
    ]
    shifts = [_shift(s, held[s.at], end) for s, end in steps if end is not None]
    return sorted(shifts, key=lambda shift: -shift.us / shift.them)


def _not_past(score: Score, stands: int) -> list[int]:
    """The options within our limit that give them no more than where they stand."""
    most = score.them[stands] + NEGLIGIBLE
    return [i for i in score.allowed if score.them[i] <= most]


def _asks(score: Score, start: int, held: int) -> list[Shift]:
    """Their steps from where they stand that gain us something, up to what we hold."""
    return [
        _shift(score, start, end)
        for end, worth in enumerate(score.us)
        if score.us[start] + NEGLIGIBLE < worth <= score.us[held]
    ]


def _in_return(
    give: Shift, asks: Sequence[Shift], asked: Collection[str]
) -> Shift | None:
    """What to ask for: both gain if they can, a new issue if there is one."""

    def merit(ask: Shift) -> tuple[bool, bool, float, float]:
        both = ask.us + give.us >= 0 and ask.them + give.them >= 0
        exchange = ask.us / (ask.us + max(-ask.them, 0.0))
        return both, ask.score.at not in asked, exchange, -abs(ask.us + give.us)

    better = [
        ask
        for ask in asks
        if ask.score.at != give.score.at and ask.us * give.them > give.us * ask.them
    ]
    return max(better, key=merit, default=None)


def _past_target(give: Shift) -> bool | None:
    issue = give.score.issue
    target = issue.option(issue.target)
    if target is None or target.us is None or give.end.us is None:
        return None
    return give.end.us < target.us
