"""Do the reader's own answers agree with each other, and what would repair them?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

from planner.analyses.scoring import WHOLE, Score, shares
from planner.plan.address import under
from planner.plan.values import AgreementIssue, Comparison, Plan
from planner.words.figures import plain

__all__ = [
    "Change",
    "Contradiction",
    "Question",
    "Repair",
    "Verdict",
    "contradictions",
    "questions",
    "ranking_repair",
    "repair",
    "verdicts",
]

ASKED = 3  # pairs of packages; method.md#honesty-check
WEIGHED = 8  # issues that the pairs are made of, the weightiest; ours
CLEAR = 0.3  # by how much of the better package it should be the better one; ours
TRIVIAL = 0.75  # a pair that differs by more than this of the better is no question
UNCLEAR = 0.1  # nor is one that differs by less; ours
CLOSE = 1e-9  # points; packages nearer to each other than this are tied
DIGITS = 9  # of a point; moves that differ by less are as long
ROUNDS = 100  # repairs in turn, before we say that we found none


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two issues that the ranking puts one way and the weights the other.

    ``above`` and ``below`` are addresses of issues, as ranked; ``by`` is how much
    more the lower one weighs, as the weights were given.
    """

    above: str
    below: str
    by: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A weight of ours at an address, as it is and as it would have to be.

    ``name`` is what its issue is called.
    """

    at: str
    name: str
    start: float
    end: float

    @property
    def says(self) -> str:
        """The change in words, to a tenth: “Price” from 40 to 12."""
        start, end = plain(round(self.start, 1)), plain(round(self.end, 1))
        return f"“{self.name}” from {start} to {end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Changes of weights after which an answer agrees with them.

    ``least`` tells whether no smaller change would do, of weights together or,
    where ``single``, of one weight alone.
    """

    changes: tuple[Change, ...]
    least: bool
    single: bool

    @property
    def kind(self) -> str:
        """What its changes are together: the least change only where they are."""
        if not self.least:
            return "A change of weights that makes them agree"
        weights = "one weight" if self.single else "weights"
        return f"The least change of {weights} that makes them agree"

    @property
    def says(self) -> str:
        """All of its changes in a sentence."""
        return f"{self.kind}: {', '.join(change.says for change in self.changes)}."

    @property
    def size(self) -> float:
        """How far all weights move together, in the points they were given in."""
        return sum(abs(change.end - change.start) for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """“Would you rather …”: two packages, alike in all that they do not name.

    ``first`` and ``second`` are our points on the issues they name, ``expects``
    the one that the weights prefer.
    """

    comparison: Comparison
    first: float
    second: float

    @property
    def expects(self) -> str:
        """The package that the weights prefer: ``first`` or ``second``."""
        return "first" if self.first >= self.second else "second"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the weights say about a comparison that the reader answered.

    ``agrees`` is None where a package names an issue that the other does not, or
    that cannot be counted. ``first`` and ``second`` are in our points.
    """

    at: str
    comparison: Comparison
    first: float | None
    second: float | None
    agrees: bool | None


def _change(at: str, issue: AgreementIssue, start: float, end: float) -> Change:
    name = issue.name or "An issue"
    return Change(at=under(at, "weight", "us"), name=name, start=start, end=end)


# The ranking


def contradictions(plan: Plan) -> tuple[Contradiction, ...]:
    """Where the reader's ranking contradicts the weights, the worst first.

    Issues that are not ranked, or whose weight is not known, say nothing. Equal
    weights contradict no ranking.
    """
    found = [
        Contradiction(above=above, below=below, by=less - more)
        for (above, more), (below, less) in combinations(_ranked(plan), 2)
        if less > more
    ]
    return tuple(sorted(found, key=lambda each: -each.by))


def ranking_repair(plan: Plan) -> Repair | None:
    """The least change of weights that makes them agree with the ranking.

    Least in the sum of all moves, in the points that they were given in, and of
    equal sums the one that moves fewest weights. Exact: each weight that moves
    ends at another one that was given (isotonic regression by absolute moves).
    None where nothing contradicts.
    """
    ranked = _ranked(plan)
    pooled = _falling([weight for _, weight in ranked])
    changes = tuple(
        _change(at, plan.agreement[at], weight, end)
        for (at, weight), end in zip(ranked, pooled, strict=True)
        if weight != end
    )
    return Repair(changes=changes, least=True, single=False) if changes else None


def _ranked(plan: Plan) -> list[tuple[str, float]]:
    """The issues that are ranked and weighed, with their weights, best first."""
    by_id = {
        issue.id: (at, issue.weight.us)
        for at, issue in plan.agreement.items()
        if issue.id is not None
    }
    known = [by_id[i] for i in dict.fromkeys(plan.ranking) if i in by_id]
    return [(at, weight) for at, weight in known if weight is not None]


# How far weights moved so far, how many of them, and where to.
type _Way = tuple[float, int, tuple[float, ...]]


def _falling(values: Sequence[float]) -> tuple[float, ...]:
    """The nearest values of which none rises, moving as few as that takes."""
    ends = sorted(set(values), reverse=True)
    ways: list[_Way] = [(0.0, 0, ()) for _ in ends]
    for value in values:
        # A way that ends at one of them came from one that is no lower.
        before = accumulate(ways, min)
        ways = [
            _onward(*way, value, end) for way, end in zip(before, ends, strict=True)
        ]
    return min(ways)[2] if ways else ()


def _onward(
    moved: float, many: int, so_far: tuple[float, ...], value: float, end: float
) -> _Way:
    # Rounded, so that of ways that are as long the one with fewest moves is found.
    way = round(moved + abs(value - end), DIGITS)
    return way, many + (value != end), (*so_far, end)


# Would you rather …


def questions(counted: Sequence[Score]) -> tuple[Question, ...]:
    """Up to three pairs of packages that the weights decide, to be confirmed.

    Each puts the best on one issue against the best on another, or on two others,
    the rest being equal. Decided, but not trivially: by 10 to 75% of the better
    one, and by 30% if it can be; the second and third pair ask about other issues
    than the first if they can. Only options within our limits, and the eight
    weightiest issues. How the pairs are picked is ours.
    """
    stakes = [stake for stake in map(_stake, counted) if stake is not None]
    stakes.sort(key=lambda stake: -stake[0])
    candidates = [
        (abs(_margin(one, other) - CLEAR), one, other)
        for one, other in _pairs(stakes[:WEIGHED])
        if UNCLEAR <= _margin(one, other) <= TRIVIAL
    ]
    picked: list[tuple[_Bundle, _Bundle]] = []
    asked: set[str] = set()
    while candidates and len(picked) < ASKED:
        _, one, other = nearest = min(
            candidates, key=lambda c: (len(asked & _ids(c[1], c[2])), c[0])
        )
        candidates.remove(nearest)
        picked.append((one, other))
        asked |= _ids(one, other)
    return tuple(_question(one, other) for one, other in picked)


# What is at stake on an issue within our limits: points, id, our best, our worst.
type _Stake = tuple[float, str, str, str]
type _Bundle = tuple[_Stake, ...]


def _stake(score: Score) -> _Stake | None:
    """What is at stake on an issue; None if it cannot be asked about."""
    options, ranked = (
        score.issue.options,
        sorted(score.allowed, key=score.us.__getitem__),
    )
    if not ranked or score.us[ranked[-1]] - score.us[ranked[0]] <= CLOSE:
        return None
    worst, best = options[ranked[0]].name, options[ranked[-1]].name
    if not (score.issue.id and worst and best):
        return None
    return score.us[ranked[-1]] - score.us[ranked[0]], score.issue.id, best, worst


def _pairs(stakes: Sequence[_Stake]) -> Iterator[tuple[_Bundle, _Bundle]]:
    """One issue against another, and one against two others."""
    for one, other in combinations(stakes, 2):
        yield (one,), (other,)
    for one in stakes:
        others = [stake for stake in stakes if stake is not one]
        for two in combinations(others, 2):
            yield (one,), two


def _worth(bundle: _Bundle) -> float:
    return sum(points for points, *_ in bundle)


def _margin(one: _Bundle, other: _Bundle) -> float:
    """By what share of the better bundle it is the better one."""
    worths = _worth(one), _worth(other)
    return 1 - min(worths) / max(worths)


def _ids(one: _Bundle, other: _Bundle) -> set[str]:
    return {issue for _, issue, *_ in (*one, *other)}


def _question(one: _Bundle, other: _Bundle) -> Question:
    """Each bundle won and the other lost; the first is not always the expected."""
    won = {issue: best for _, issue, best, _ in one}
    lost = {issue: worst for _, issue, _, worst in one}
    other_won = {issue: best for _, issue, best, _ in other}
    other_lost = {issue: worst for _, issue, _, worst in other}
    sides = [
        ({**won, **other_lost}, _worth(one)),
        ({**lost, **other_won}, _worth(other)),
    ]
    # By name, so that the order gives nothing away.
    sides.sort(key=lambda side: sorted(side[0].items()))
    (first, first_points), (second, second_points) = sides
    return Question(
        comparison=Comparison(first=first, second=second),
        first=first_points,
        second=second_points,
    )


# The answers


def verdicts(plan: Plan, counted: Sequence[Score]) -> tuple[Verdict, ...]:
    """Whether the weights agree with each comparison that the reader answered.

    A tie agrees with either answer.
    """
    return tuple(
        _verdict(under("/comparisons", i), comparison, counted)
        for i, comparison in enumerate(plan.comparisons)
        if comparison.prefer is not None
    )


def repair(plan: Plan, counted: Sequence[Score]) -> Repair | None:
    """Changes of weights after which every answered comparison agrees with them.

    The least change of a single weight where one is enough, exact. Else weights
    are moved in turn, each as little as mends the worst disagreement; that need
    not be the least change, and says so. None where nothing disagrees, or where
    no repair was found: then the answers may contradict each other.
    """
    live = [score for score in counted if any(shares(score, "us"))]
    weights = [score.issue.weight.us or 0.0 for score in live]
    rows = [row for v in verdicts(plan, counted) if (row := _row(v, live)) is not None]
    if all(_holds(row, weights) for row in rows):
        return None
    single = _single(rows, weights)
    mended = single or _in_turn(rows, weights)
    if mended is None:
        return None
    changes = tuple(
        _change(score.at, score.issue, start, end)
        for score, start, end in zip(live, weights, mended, strict=True)
        if start != end
    )
    is_single = single is not None
    return Repair(changes=changes, least=is_single, single=is_single)


def _verdict(at: str, comparison: Comparison, counted: Sequence[Score]) -> Verdict:
    first = _points(comparison.first, comparison.second, counted)
    second = _points(comparison.second, comparison.first, counted)
    agrees = None
    if first is not None and second is not None:
        lead = first - second if comparison.prefer == "first" else second - first
        agrees = lead >= -CLOSE
    return Verdict(
        at=at, comparison=comparison, first=first, second=second, agrees=agrees
    )


def _points(
    terms: Mapping[str, str], others: Mapping[str, str], counted: Sequence[Score]
) -> float | None:
    """Our points for what a package names; None unless it can be compared."""
    by_id = {score.issue.id: score for score in counted}
    chosen = [(by_id.get(issue), name) for issue, name in terms.items()]
    if not terms or terms.keys() != others.keys():
        return None
    found = [
        score.us[i]
        for score, name in chosen
        if score is not None and (i := score.issue.index(name)) is not None
    ]
    return sum(found) if len(found) == len(terms) else None


# For each weight, how much the preferred package gains on the other as it grows: an
# answer agrees with the weights if the sum of weight × gain is not below zero.
type _Row = list[float]


def _row(verdict: Verdict, live: Sequence[Score]) -> _Row | None:
    if verdict.agrees is None:
        return None
    asked = verdict.comparison
    preferred, other = asked.first, asked.second
    if asked.prefer == "second":
        preferred, other = other, preferred
    return [_gain(score, preferred, other) for score in live]


def _gain(
    score: Score, preferred: Mapping[str, str], other: Mapping[str, str]
) -> float:
    """How much better the preferred package is on an issue, from −1 to 1."""
    values, issue = shares(score, "us"), score.issue
    ends = [issue.index(side.get(issue.id or "", "")) for side in (preferred, other)]
    if ends[0] is None or ends[1] is None:
        return 0.0
    return values[ends[0]] - values[ends[1]]


def _lead(row: _Row, weights: Sequence[float]) -> float:
    return sum(gain * weight for gain, weight in zip(row, weights, strict=True))


def _holds(row: _Row, weights: Sequence[float]) -> bool:
    return _lead(row, weights) >= -CLOSE * sum(weights) / WHOLE


def _single(rows: Sequence[_Row], weights: Sequence[float]) -> list[float] | None:
    """The weights with the one changed that has to change least, or None."""
    found = []
    for j, weight in enumerate(weights):
        moved = _moved(rows, weights, j)
        if moved is not None:
            changed = [*weights[:j], moved, *weights[j + 1 :]]
            if any(changed) and all(_holds(row, changed) for row in rows):
                found.append((abs(moved - weight), j, changed))
    return min(found)[2] if found else None


def _moved(rows: Sequence[_Row], weights: Sequence[float], j: int) -> float | None:
    """The nearest value of one weight at which every answer agrees, or None."""
    low, high = 0.0, WHOLE
    for row in rows:
        rest = _lead(row, weights) - row[j] * weights[j]
        if row[j] > 0:
            low = max(low, -rest / row[j])
        elif row[j] < 0:
            high = min(high, rest / -row[j])
        elif not _holds(row, weights):
            return None
    if low > high + CLOSE:
        return None
    return min(max(weights[j], low), max(low, high), WHOLE)


def _in_turn(rows: Sequence[_Row], weights: Sequence[float]) -> list[float] | None:
    """The weights after mending the worst disagreement in turn, if that ends."""
    mended = list(weights)
    for _ in range(ROUNDS):
        row = min(rows, key=lambda row: _lead(row, mended))
        if _holds(row, mended):
            return mended if any(mended) else None
        mended = _mended(row, mended)
    return None


def _mended(row: _Row, weights: Sequence[float]) -> list[float]:
    """The least change for one answer: first the weights that tell the most."""
    mended, missing = list(weights), -_lead(row, weights)
    for j in sorted(range(len(row)), key=lambda j: -abs(row[j])):
        if missing <= 0 or not row[j]:
            break
        end = WHOLE if row[j] > 0 else 0.0
        move = min(abs(end - mended[j]), missing / abs(row[j]))
        mended[j] += move if row[j] > 0 else -move
        missing -= move * abs(row[j])
    return mended
