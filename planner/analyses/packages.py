"""Packages: whole deals, which of them to offer at once, and what a choice tells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import sumprod

from planner.analyses.doubts import WEIGHT, doubt
from planner.analyses.scoring import Score
from planner.plan.values import Basis, Option

__all__ = [
    "BAND",
    "Package",
    "Shift",
    "Tell",
    "equal_packages",
    "in_words",
    "packed",
    "to_say",
]

BAND = 2.0  # points either way that count as equal to us; ours, after oracles.md#b12
RIVALS = 40  # packages for which weights are sought that make them best; ours
NEGLIGIBLE = 1e-9  # points: what is smaller is rounding

type _Choice = tuple[int, ...]  # the index of an option for each issue
type _Range = tuple[float, float]  # from and to which share of the weight in the plan


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


def to_say(score: Score, option: Option) -> str:
    """Say a term as something one does: agree to “5 days” on Delivery.

    With the issue's own verb where it has one: give longer notice (“12 months”).
    """
    name = option.name or "an option"
    if score.issue.verb:
        return f"{score.issue.verb} (“{name}”)"
    return f"agree to “{name}” on {score.issue.name or 'an issue'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """What it tells about them if they take ``pick`` from the packages offered.

    ``issue`` then matters to them at least ``ratio`` times as much as ``than``;
    by the weights in the plan it is ``believed`` times. ``pays`` tells whether that
    is enough for a trade: to give on the first and ask on the second.
    """

    pick: Package
    issue: Score
    than: Score
    ratio: float
    believed: float
    pays: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One issue goes from one option to another, and what that changes in points."""

    score: Score
    start: Option
    end: Option
    us: float
    them: float


def packed(chosen: Sequence[tuple[Score, int]]) -> Package:
    """The package of an option, by its index, for each issue."""
    return Package(
        us=sum(score.us[i] for score, i in chosen),
        them=sum(score.them[i] for score, i in chosen),
        terms=tuple((score, score.issue.options[i]) for score, i in chosen),
    )


# Equal packages


def equal_packages(
    scores: Sequence[Score],
    pool: Sequence[Sequence[int]],
    most: int = 3,
    doubts: Mapping[Basis, float] = WEIGHT,
) -> tuple[tuple[Package, ...], tuple[Tell, ...]]:
    """Choose up to ``most`` of the packages in ``pool``, and say what each would tell.

    A package is the number of an option for each issue. Each chosen one is the best
    of them for them under some plausible weights of theirs, by ``doubts``; and they
    differ as much as they can, an issue counting by what it is worth to them. The
    first is the best by the weights in the plan. Fewer where more would be padding:
    never the best for them. MESO; see [Leonardelli2019]; the procedure is ours
    (oracles.md#b12).
    """
    ranges = [_range(score, doubts) for score in scores]
    best = _best_for_them(scores, ranges, [tuple(choice) for choice in pool])
    chosen = _different(scores, best, most)
    packages = tuple(packed(list(zip(scores, c, strict=True))) for c in chosen)
    return packages, tuple(_tells(scores, ranges, chosen, packages))


def _range(score: Score, doubts: Mapping[Basis, float]) -> _Range:
    """From and to which share of the weight in the plan theirs may be."""
    unsure = doubt(doubts, score.issue.basis)
    return 1 - unsure, 1 + unsure


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
    issues: Sequence[Score],
    ranges: Sequence[_Range],
    chosen: Sequence[_Choice],
    packages: Sequence[Package],
) -> Iterator[Tell]:
    worths = [_worths(issues, choice) for choice in chosen]
    for n, package in enumerate(packages):
        bounds = [
            bound
            for other in worths
            for bound in _bounds(worths[n], other, ranges)
            if bound.share > bound.known + NEGLIGIBLE
        ]
        told = [_tell(issues, package, bound) for bound in bounds]
        news = [bound.share / max(bound.known, NEGLIGIBLE) for bound in bounds]
        ranked = zip(told, news, strict=True)
        best = max(ranked, key=_usefulness, default=None)
        if best is not None:
            yield best[0]


def _usefulness(tell: tuple[Tell, float]) -> tuple[bool, bool, float]:
    """What can be acted on before what cannot; then the greater news."""
    return tell[0].pays, tell[0].ratio >= 1, tell[1]


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
        pays=ratio * than.swing_us > issue.swing_us > NEGLIGIBLE,
    )
