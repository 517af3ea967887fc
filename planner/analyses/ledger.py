"""The ledger: what the moves so far gave and brought, and where that ends."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import ceil, floor, isfinite, log

from planner.analyses.scoring import Gap, Score
from planner.plan.address import under
from planner.plan.rows import question
from planner.plan.values import AgreementIssue, Issue, Move, RelationshipIssue, Side

__all__ = [
    "BUFFER",
    "UNRECIPROCATED",
    "Cliff",
    "Commitment",
    "CrossSubsidy",
    "Entry",
    "Ledger",
    "Pace",
    "StopLine",
    "cliff",
    "ledger",
    "pace",
    "slows",
    "unanswered_goodwill",
]

BUFFER = 0.1  # share of the starting surplus under which to stop; ours
UNRECIPROCATED = 2  # rounds of giving without return in a row; ours, oracles.md#b6
MOST_ROUNDS = 10_000  # a cliff further away than a plan can count is none
ROUNDING = 1e-9  # points, or a share of a round: what is smaller is rounding

# Goodwill as people write it down, and how they say that it was none.
_GOODWILL = re.compile(
    r"\bgood[\s-]?will\b|\brelationship\b|\bgesture\b|\bgood faith\b", re.IGNORECASE
)
_NOT = re.compile(r"\b(?:not?|never|without|nothing)\b|n[’']t\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;:,!?()]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One move on the deal, in our points.

    ``move`` is the step as it was written down. ``given`` is what it cost us,
    ``received`` what it brought us; either is negative where a side took something
    back, and one of them is 0. ``cost`` is what our terms lost by it: a step of
    theirs adds to them only where it goes beyond what they ask. ``surplus`` is what
    our terms leave over the walk-away after it; None while that is not known.
    """

    at: str
    round: float
    by: Side
    score: Score
    move: Move
    given: float
    received: float
    cost: float
    surplus: float | None
    for_relationship: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One move on the relationship. It has no points and never gets any."""

    at: str
    by: Side
    issue: RelationshipIssue
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossSubsidy:
    """What we gave on the deal for the relationship, and got nothing for.

    ``points`` is its sum, ``worth`` the same in money, ``premium`` the most that
    it is rational to give, and ``over`` what it exceeds that by (negative: what
    may still be given). None where unknown; ``moves`` are addresses.
    """

    moves: tuple[str, ...]
    points: float
    worth: float | None
    premium: float | None
    over: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What a round costs our terms, in points, and how that changes.

    The next round costs ``step``; each one after it ``ratio`` times the one
    before, over 0 and at most 1.
    """

    step: float
    ratio: float = 1.0

    def gone(self, rounds: int) -> float:
        """What so many rounds from now on cost our terms, in points."""
        if 1 - self.ratio <= ROUNDING:
            return self.step * rounds
        return self.step * (1 - self.ratio**rounds) / (1 - self.ratio)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cliff:
    """In how many rounds the deal is worth nothing, and in how many it loses.

    0 is now, None never (or not in 10,000 rounds).
    """

    worthless: int | None
    losing: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopLine:
    """Where to stop conceding: whichever comes first.

    ``run`` are the addresses of our latest concessions that nothing came back
    for, over ``rounds`` rounds; ``passed`` is the round in which they became too
    many, ``buffer`` the surplus to keep, in points. ``reached`` is None while the
    surplus is unknown and the run does not decide. A run needs no points, only
    which way each step went.
    """

    run: tuple[str, ...]
    rounds: int
    passed: float | None
    buffer: float | None
    reached: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The two ledgers: the deal in points, the relationship in commitments.

    ``start`` is what our terms left over our walk-away before the first move and
    ``surplus`` what they leave after the last, in points; ``surplus_worth`` the
    latter in money. ``assumed`` are the issues on which we have named no terms: our
    best within our limit counts. ``reciprocity`` is Σ received / Σ given, None where
    we have given nothing.
    ``worthless`` and ``losing`` are the rounds at which, at the current ``pace``,
    nothing is left of the surplus and less than nothing; the present round where
    that is so already. ``slowing`` lists the sides whose concessions get smaller
    each time: a sign that a limit is near. ``questions`` ask for what the moves do
    not say.
    """

    entries: tuple[Entry, ...]
    commitments: tuple[Commitment, ...]
    start: float | None
    surplus: float | None
    surplus_worth: float | None
    assumed: tuple[Score, ...]
    given: float
    received: float
    reciprocity: float | None
    subsidy: CrossSubsidy
    pace: Pace | None
    worthless: int | None
    losing: int | None
    stop: StopLine
    slowing: tuple[Side, ...]
    questions: tuple[Gap, ...]


def ledger(
    moves: Sequence[Move],
    issues: Sequence[Issue],
    scores: Sequence[Score],
    *,
    offered: Sequence[tuple[str, Move]] = (),
    opening: Mapping[str, str] | None = None,
    point_worth: float | None = None,
    premium: float | None = None,
    walk_away_points: float | None = None,
    buffer: float = BUFFER,
) -> Ledger:
    """Keep the books of the moves so far.

    ``offered`` are the steps that offers make, each with its address; they are in
    the round that they name. ``opening`` are the terms of our first offer, issue id →
    option name. ``point_worth`` is what a point is worth in money, ``premium`` the
    relationship premium in money, ``walk_away_points`` our reservation value in
    points; each None while unknown, and then so is what needs it. ``buffer`` is a
    share of the starting surplus. A move that cannot be read is left out and asked
    about. Moves count in the order of their rounds; one without a round comes a round
    after the one before it in the list. (Our derivation, oracles.md#b6, where what
    comes back counts beyond what our terms asked for already: those hold the rest.)
    """
    said = [*_listed(moves), *offered]
    steps, turns, commitments, questions = _read(said, issues, scores)
    terms, assumed = _first_terms(scores, steps, opening or {})
    start = _start(scores, terms, walk_away_points)
    entries = _entries(steps, terms, start)
    given = sum((entry.given for entry in entries), 0.0)
    received = sum((entry.received for entry in entries), 0.0)
    surplus = entries[-1].surplus if entries else start
    known = pace(_cost_by_round(entries)) if entries else None
    ahead = _ahead(entries, surplus, known)
    return Ledger(
        entries=entries,
        commitments=commitments,
        start=start,
        surplus=surplus,
        surplus_worth=_times(surplus, point_worth),
        assumed=assumed,
        given=given,
        received=received,
        reciprocity=received / given if given > ROUNDING else None,
        subsidy=_subsidy(entries, point_worth, premium),
        pace=known,
        worthless=ahead.worthless,
        losing=ahead.losing,
        stop=_stop_line(turns, start, surplus, buffer),
        slowing=_slowing(entries),
        questions=questions,
    )


def _times(points: float | None, worth: float | None) -> float | None:
    """Points in money; None where either is unknown or it is beyond any number."""
    if points is None or worth is None or not isfinite(points * worth):
        return None
    return points * worth


# Reading the moves


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    at: str
    round: float
    by: Side
    score: Score
    end: int  # the number of the option that it led to
    change: float  # in our points
    move: Move


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """A move on the deal as the stop line sees it: whether we gave, or got."""

    at: str
    round: float
    gave: bool
    answered: bool


def _listed(moves: Sequence[Move]) -> Iterator[tuple[str, Move]]:
    """The moves of the list with their addresses, each in its round."""
    for i, (move, number) in enumerate(zip(moves, _rounds(moves), strict=True)):
        yield f"/moves/{i}", replace(move, round=number)


def _read(
    moves: Sequence[tuple[str, Move]],
    issues: Sequence[Issue],
    scores: Sequence[Score],
) -> tuple[list[_Step], list[_Turn], tuple[Commitment, ...], tuple[Gap, ...]]:
    """The moves on the deal by round, those on the relationship, and questions."""
    known = {issue.id: issue for issue in reversed(issues) if issue.id}
    counted = {score.issue.id: score for score in reversed(scores)}
    steps, turns, commitments, questions = [], [], [], []
    for at, move in moves:
        number, issue = move.round or 0.0, known.get(move.issue or "")
        gaps = _gaps(at, move, issue)
        questions += gaps
        score = counted.get(move.issue)
        if gaps or move.by is None:
            continue
        if isinstance(issue, RelationshipIssue):
            commitments.append(_commitment(at, move.by, move, issue))
            continue
        if isinstance(issue, AgreementIssue):
            turns.append(_turn(at, number, move, issue))
        if score is not None:
            steps.append(_step(at, number, move.by, move, score))
    steps.sort(key=lambda step: step.round)
    turns.sort(key=lambda turn: turn.round)
    return steps, turns, tuple(commitments), tuple(questions)


def _rounds(moves: Sequence[Move]) -> list[float]:
    """The round of each move; one after the move before it where none is given."""
    numbers: list[float] = []
    for move in moves:
        after = numbers[-1] + 1 if numbers else 1.0
        numbers.append(after if move.round is None else move.round)
    return numbers


def _gaps(at: str, move: Move, issue: Issue | None) -> list[Gap]:
    """What a move does not say. What its issue does not say, scoring asks."""
    missing = [] if move.by else ["by"]
    if issue is None:
        missing.append("issue")
    elif isinstance(issue, AgreementIssue):
        if issue.option(move.start) is None:
            missing.append("from")
        if issue.option(move.end) is None:
            missing.append("to")
    name = (issue and issue.name) or "the issue"
    places = [under(at, key) for key in missing]
    return [Gap(at=place, asks=question(place, issue=name)) for place in places]


def _commitment(at: str, by: Side, move: Move, issue: RelationshipIssue) -> Commitment:
    return Commitment(at=at, by=by, issue=issue, start=move.start, end=move.end)


def _step(at: str, number: float, by: Side, move: Move, score: Score) -> _Step:
    names = [option.name for option in score.issue.options]
    before, after = names.index(move.start), names.index(move.end)
    change = score.us[after] - score.us[before]
    return _Step(
        at=at, round=number, by=by, score=score, end=after, change=change, move=move
    )


def _turn(at: str, number: float, move: Move, issue: AgreementIssue) -> _Turn:
    """Which way a step went for us, whether its issue has points or not.

    A step of theirs that we cannot tell the worth of may be an answer.
    """
    ends = (issue.option(move.start), issue.option(move.end))
    before, after = (option.us if option else None for option in ends)
    known = before is not None and after is not None
    change = (after or 0.0) - (before or 0.0) if known and issue.weight.us != 0 else 0.0
    gave = move.by == "us" and change < 0
    back = change > 0 or not known
    answered = back if move.by == "them" else gave and _returned(move)
    return _Turn(at=at, round=number, gave=gave, answered=answered)


# The deal

type _Terms = dict[str, int]  # the address of an issue → the number of an option


def _first_terms(
    scores: Sequence[Score], steps: Sequence[_Step], opening: Mapping[str, str]
) -> tuple[_Terms, tuple[Score, ...]]:
    """Where we stood before the first step, and the issues where that is assumed.

    It is where our first step on an issue began, else what our first offer says
    of it. Where we have named nothing, it is the best within our limit.
    """
    began = {step.score.at: step.move.start for step in steps[::-1] if step.by == "us"}
    terms: _Terms = {}
    assumed = []
    for score in scores:
        named = began.get(score.at, opening.get(score.issue.id or ""))
        place = score.issue.index(named)
        if place is not None:
            terms[score.at] = place
        elif score.allowed:
            terms[score.at] = max(score.allowed, key=lambda i: score.us[i])
            assumed.append(score)
    return terms, tuple(assumed)


def _start(
    scores: Sequence[Score], terms: _Terms, walk_away: float | None
) -> float | None:
    if walk_away is None or not terms:
        return None
    return sum(s.us[terms[s.at]] for s in scores if s.at in terms) - walk_away


def _entries(
    steps: Sequence[_Step], terms: _Terms, start: float | None
) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    terms, spent = dict(terms), 0.0
    for step in steps:
        us, at = step.score.us, step.score.at
        held = terms[at]
        # Theirs holds where it is better than what we ask; ours holds in any case.
        if step.by == "us" or us[step.end] > us[held]:
            terms[at] = step.end
        cost = us[held] - us[terms[at]]
        spent += cost
        entries.append(_entry(step, cost, None if start is None else start - spent))
    return tuple(entries)


def _entry(step: _Step, cost: float, surplus: float | None) -> Entry:
    given = -step.change if step.by == "us" else 0.0
    return Entry(
        at=step.at,
        round=step.round,
        by=step.by,
        score=step.score,
        move=step.move,
        given=given + 0.0,  # no −0
        received=step.change if step.by == "them" else 0.0,
        cost=cost,
        surplus=surplus,
        for_relationship=given > 0 and unanswered_goodwill(step.move),
    )


def unanswered_goodwill(move: Move) -> bool:
    """Whether a move says that it was made as goodwill, and for nothing back.

    Its kind says so, or, where it has none, the reason in the reader's own words.
    """
    goodwill = move.kind == "goodwill" if move.kind else _tells_goodwill(move.why or "")
    return goodwill and not _returned(move)


def _tells_goodwill(why: str) -> bool:
    """Whether a clause of a reason names goodwill, and does not deny it."""
    for clause in _CLAUSE_END.split(why):
        found = _GOODWILL.search(clause)
        if found and not _NOT.search(clause, 0, found.start()):
            return True
    return False


def _returned(move: Move) -> bool:
    """Whether something came back: it is named, or the step is said to be a trade."""
    return move.kind == "return" or bool((move.in_return_for or "").strip())


def _subsidy(
    entries: Sequence[Entry], point_worth: float | None, premium: float | None
) -> CrossSubsidy:
    """What was given for the relationship, against what that is worth."""
    goodwill = [entry for entry in entries if entry.for_relationship]
    points = sum((entry.given for entry in goodwill), 0.0)
    worth = _times(points, point_worth) if goodwill else 0.0
    over = None if worth is None or premium is None else worth - premium
    return CrossSubsidy(
        moves=tuple(entry.at for entry in goodwill),
        points=points,
        worth=worth,
        premium=premium,
        over=over if over is None or isfinite(over) else None,
    )


# Where it ends


def cliff(surplus: float, at: Pace) -> Cliff:
    """When a surplus is used up at a pace.

    Constant steps of c: worthless after ⌈V/c⌉ rounds, at a loss after ⌊V/c⌋ + 1.
    Steps that change by the ratio q: after n rounds c(1 − qⁿ)/(1 − q) is gone, so
    that n = ln(1 − V(1 − q)/c) / ln q, and never where all steps together are
    smaller than the surplus. (Our derivation, oracles.md#b6.)
    """
    if surplus < -ROUNDING:
        return Cliff(worthless=0, losing=0)
    rounds = _rounds_until(max(surplus, 0.0), at)
    if rounds is None:
        return Cliff(worthless=0 if surplus <= ROUNDING else None, losing=None)
    return Cliff(worthless=ceil(rounds - ROUNDING), losing=floor(rounds + ROUNDING) + 1)


def _rounds_until(surplus: float, at: Pace) -> float | None:
    """The rounds, and parts of one, until as much is gone; None if it never is."""
    if at.step <= ROUNDING or surplus > at.step * MOST_ROUNDS:
        return None
    rounds = surplus / at.step
    if 1 - at.ratio > ROUNDING:
        left = 1 - rounds * (1 - at.ratio)
        if left < ROUNDING:
            return None
        rounds = log(left) / log(at.ratio)
    return rounds if rounds <= MOST_ROUNDS else None


def pace(net: Sequence[float]) -> Pace | None:
    """The pace of what each round cost us net, in points, from the first on.

    Where each of three rounds or more cost less than the one before, yet
    something, the steps are taken to go on shrinking at their mean ratio; else
    the mean of all rounds is taken. None without a round. Ours.
    """
    if not net:
        return None
    if slows(net) and min(net) > ROUNDING:
        ratio: float = (net[-1] / net[0]) ** (1 / (len(net) - 1))
        return Pace(step=net[-1] * ratio, ratio=ratio)
    return Pace(step=sum(net) / len(net))


def slows(concessions: Sequence[float]) -> bool:
    """Whether each of three concessions or more is smaller than the one before.

    It is how people move who near their limit, or who want to look like it: an
    old observation.
    """
    steps = [step for step in concessions if step > 0]
    return len(steps) > 2 and all(b < a - ROUNDING for a, b in pairwise(steps))


def _by_round[T: (Entry, _Turn)](moves: Sequence[T]) -> Iterator[list[T]]:
    for _, group in groupby(moves, key=lambda move: move.round):
        yield list(group)


def _cost_by_round(entries: Sequence[Entry]) -> list[float]:
    """What each round that had a move cost our terms."""
    return [sum(entry.cost for entry in group) for group in _by_round(entries)]


def _ahead(entries: Sequence[Entry], surplus: float | None, at: Pace | None) -> Cliff:
    """The cliff by the number of its round."""
    if surplus is None or at is None:
        return Cliff(worthless=None, losing=None)
    now, found = ceil(entries[-1].round), cliff(surplus, at)
    worthless, losing = (
        None if n is None else now + n for n in (found.worthless, found.losing)
    )
    return Cliff(worthless=worthless, losing=losing)


def _stop_line(
    turns: Sequence[_Turn],
    start: float | None,
    surplus: float | None,
    share: float,
) -> StopLine:
    run = _unreciprocated(turns)
    rounds = sorted({turn.round for turn in run})
    passed = rounds[UNRECIPROCATED - 1] if len(rounds) >= UNRECIPROCATED else None
    buffer = None if start is None else max(start, 0.0) * share
    under_it = None if surplus is None or buffer is None else surplus < buffer
    return StopLine(
        run=tuple(turn.at for turn in run),
        rounds=len(rounds),
        passed=passed,
        buffer=buffer,
        reached=under_it if passed is None else True,
    )


def _unreciprocated(turns: Sequence[_Turn]) -> list[_Turn]:
    """Our concessions since anything last came back. A round counts as a whole."""
    run: list[_Turn] = []
    for round_ in _by_round(turns):
        answered = any(turn.answered for turn in round_)
        run = [] if answered else [*run, *(turn for turn in round_ if turn.gave)]
    return run


def _slowing(entries: Sequence[Entry]) -> tuple[Side, ...]:
    """The sides whose concessions get smaller from round to round.

    In our points, so as we see them. A round counts as a whole: the order in which
    the steps of one meeting were written down says nothing.
    """
    given = [sum(e.given for e in group) for group in _by_round(entries)]
    received = [sum(e.received for e in group) for group in _by_round(entries)]
    sides: tuple[tuple[Side, list[float]], ...] = (("us", given), ("them", received))
    return tuple(side for side, steps in sides if slows(steps))
