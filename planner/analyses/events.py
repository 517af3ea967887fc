"""What was said at the table: offers and steps in their order, and where it led."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import inf
from typing import NamedTuple

from planner.analyses.ledger import ROUNDING
from planner.analyses.scoring import Score
from planner.plan.address import under
from planner.plan.values import SIDES, Move, Offer, Plan, Side

__all__ = ["Course", "Event", "best_option", "course", "events", "steps_of_offers"]

# Here an issue is its number among the counted ones, an option its number on it.
type _Terms = Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An offer, or a step on one issue, in its round.

    ``terms`` are the options that it leads to, each under its issue. ``start`` is
    the option from which a step was made; None for an offer.
    """

    at: str
    round: float
    by: Side
    terms: _Terms
    start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The way of one side through the talks.

    ``start`` is the option on which it stood at first on each issue, ``held`` the
    one on which it stands. ``assumed`` are the issues on which it has named none, so
    that its best counts. ``whole`` tells whether its last offer settles every issue
    by itself. ``last`` is the round in which it spoke last, ``falls`` the number of
    rounds in which its package lost points for us. ``brought`` holds the round of
    each offer and step, and the points that it brought us.
    """

    start: tuple[int, ...]
    held: tuple[int, ...]
    assumed: tuple[int, ...]
    whole: bool
    last: float
    falls: int
    brought: tuple[tuple[float, float], ...]

    @property
    def last_brought(self) -> float:
        """What the last round in which it changed anything brought us, in points."""
        told = [(n, points) for n, points in self.brought if abs(points) > ROUNDING]
        return sum(points for n, points in self.brought if told and n == told[-1][0])


# The order of events


def events(plan: Plan, scores: Sequence[Score]) -> tuple[Event, ...]:
    """Return the offers, and the steps on counted issues, in their order.

    A step is in the round that it names, else in the one after the step before it
    in the list; an offer in the round that it names. Else a side's first offer is
    in round 0, and a later one in the first round without a step after the offers
    above it and after its side's steps on what it names, up to one that goes on from
    it, but not after the next round that an offer below it names. One that only
    repeats where its side's steps have led is made with the last of them. What
    cannot be read is left out; an offer without terms is none. The order is ours.
    """
    steps = _steps(plan.moves, scores)
    offers = _offers(plan.offers, steps, scores)
    return tuple(sorted([*steps, *offers], key=lambda e: _place(e, offers, scores)))


def steps_of_offers(
    plan: Plan, scores: Sequence[Score]
) -> tuple[tuple[str, Move], ...]:
    """Return the steps that offers make, each with the address of its term.

    A later offer of a side is a step on every issue on which it differs from where
    the side stood. What a typed step has said is not said again.
    """
    said = events(plan, scores)
    return tuple(step for side in SIDES for step in _made(said, scores, side))


def _made(
    said: Sequence[Event], scores: Sequence[Score], side: Side
) -> Iterator[tuple[str, Move]]:
    """The steps that the offers of a side make."""
    own = [event for event in said if event.by == side]
    held = _start(own, scores, side)
    for event, after in zip(own, _way(own, scores, held), strict=True):
        if event.start is None:
            for n, end in event.terms.items():
                if held[n] != end:
                    move = _move(event, scores[n], held[n], end)
                    yield under(event.at, "terms", move.issue or ""), move
        held = after


def _move(event: Event, score: Score, start: int, end: int) -> Move:
    names = [option.name for option in score.issue.options]
    issue, before, after = score.issue.id, names[start], names[end]
    return Move(round=event.round, by=event.by, issue=issue, start=before, end=after)


def _steps(moves: Sequence[Move], scores: Sequence[Score]) -> list[Event]:
    """The steps that can be read, by round."""
    numbers = _numbers(scores)
    steps, number = [], 0.0
    for i, move in enumerate(moves):
        number = number + 1 if move.round is None else move.round
        n = numbers.get(move.issue)
        start, end = (_option(scores, n, name) for name in (move.start, move.end))
        if move.by and n is not None and start is not None and end is not None:
            at, terms = f"/moves/{i}", {n: end}
            steps.append(
                Event(at=at, round=number, by=move.by, terms=terms, start=start)
            )
    return sorted(steps, key=lambda step: step.round)


def _numbers(scores: Sequence[Score]) -> Mapping[str | None, int]:
    """Issue id → its number; the first where two share one."""
    return {s.issue.id: n for n, s in reversed(list(enumerate(scores))) if s.issue.id}


def _option(scores: Sequence[Score], n: int | None, name: str | None) -> int | None:
    return scores[n].issue.index(name) if n is not None and name else None


def _offers(
    offers: Sequence[Offer], steps: Sequence[Event], scores: Sequence[Score]
) -> list[Event]:
    """The offers with their rounds, as listed."""
    listed = [
        _Listed(_offer(i, offer, offer.by, scores), offer.round is not None)
        for i, offer in enumerate(offers)
        if offer.by is not None and offer.terms
    ]
    made: list[Event] = []
    for i, (offer, named) in enumerate(listed):
        number = offer.round
        if not named and any(above.by == offer.by for above in made):
            number = _round(offer, made, listed[i + 1 :], steps, scores)
        made.append(replace(offer, round=number))
    return made


class _Listed(NamedTuple):
    """An offer of the list, in round 0 if it does not name its round."""

    offer: Event
    named: bool


def _offer(i: int, offer: Offer, by: Side, scores: Sequence[Score]) -> Event:
    terms = _terms(offer, scores)
    return Event(at=f"/offers/{i}", round=offer.round or 0.0, by=by, terms=terms)


def _terms(offer: Offer, scores: Sequence[Score]) -> _Terms:
    """What an offer says of the counted issues, where it can be read."""
    numbers = _numbers(scores)
    named = {numbers.get(issue): name for issue, name in offer.terms.items()}
    read = {n: _option(scores, n, name) for n, name in named.items() if n is not None}
    return {n: option for n, option in read.items() if option is not None}


def _round(
    offer: Event,
    above: Sequence[Event],
    below: Sequence[_Listed],
    steps: Sequence[Event],
    scores: Sequence[Score],
) -> float:
    """The round of a later offer that names none; see ``events``."""
    own = [other for other in above if other.by == offer.by]
    latest = min(_bounds(offer, above, below, steps, scores), default=inf)
    led = [
        step
        for step in steps
        if step.by == offer.by
        and own[-1].round < step.round < latest
        and step.terms.keys() <= offer.terms.keys()
    ]
    if led and _repeats(offer, [*own, *led], scores):
        return led[-1].round
    number = 1 + max(event.round for event in (*above, *led))
    while any(number <= step.round < number + 1 for step in steps):
        number += 1
    return max(own[-1].round, min(number, latest))


def _bounds(
    offer: Event,
    above: Sequence[Event],
    below: Sequence[_Listed],
    steps: Sequence[Event],
    scores: Sequence[Score],
) -> Iterator[float]:
    """Rounds that an offer cannot be after: of later offers, and of steps from it."""
    last = max(other.round for other in above)
    yield from (other.round for other, named in below if named and other.round > last)
    own = [offer, *(other for other, _ in below if other.by == offer.by)]
    for step in steps:
        if step.by == offer.by and any(_goes_on(step, o.terms, scores) for o in own):
            yield step.round


def _goes_on(step: Event, terms: _Terms, scores: Sequence[Score]) -> bool:
    """Whether a step leads on from what an offer of its side says of the issue."""
    return any(
        end != terms.get(n, end) and _leads_on(step, scores[n], terms[n], end)
        for n, end in step.terms.items()
    )


def _leads_on(step: Event, score: Score, held: int, end: int) -> bool:
    """Whether a step starts where its side stands, or gives more than that.

    Any other was made before the side came to stand there.
    """
    given = score.them if step.by == "us" else score.us
    return step.start == held or given[end] > given[held] + ROUNDING


def _repeats(offer: Event, own: Sequence[Event], scores: Sequence[Score]) -> bool:
    """Whether an offer says where the steps have led since the ones before it."""
    said = sorted(own, key=lambda event: _place(event, own, scores))
    *_, held = _way(said, scores, _start(said, scores, offer.by))
    return all(held[n] == option for n, option in offer.terms.items())


def _place(
    event: Event, offers: Sequence[Event], scores: Sequence[Score]
) -> tuple[float, int]:
    """By round; in one, a step after the offer that it goes on from, else before."""
    if event.start is None:
        return event.round, 1
    same = (o for o in offers if o.round == event.round and o.by == event.by)
    return event.round, 2 if any(_goes_on(event, o.terms, scores) for o in same) else 0


# The way of one side


def best_option(score: Score, side: Side) -> int:
    """Return the number of the option best for a side, for us within our limit.

    Of options equal to that side, the best for the other.
    """
    if side == "us":
        return max(score.allowed, key=lambda i: (score.us[i], score.them[i]))
    return max(range(len(score.us)), key=lambda i: (score.them[i], score.us[i]))


def course(said: Sequence[Event], scores: Sequence[Score], side: Side) -> Course | None:
    """Follow one side through the events; None where it has said nothing.

    On each issue it stands at first where its first offer says, or its first step
    there began, and else on its best. An offer moves it to its terms, a step to its
    end, unless it was made before the side came to stand where it does. What an
    offer leaves out, or names wrongly, stays as before.
    """
    own = [event for event in said if event.by == side]
    if not own:
        return None
    start = _start(own, scores, side)
    way = [start, *_way(own, scores, start)]
    named = {n for event in own for n in event.terms}
    whole = [len(event.terms) == len(scores) for event in own if event.start is None]
    return Course(
        start=start,
        held=way[-1],
        assumed=tuple(n for n in range(len(scores)) if n not in named),
        whole=whole[-1:] == [True],
        last=own[-1].round,
        falls=_falls(own, scores, way),
        brought=tuple(_brought(own, scores, side, way)),
    )


def _start(
    own: Sequence[Event], scores: Sequence[Score], side: Side
) -> tuple[int, ...]:
    """The options on which a side stood first."""
    best = [best_option(score, side) for score in scores]
    start = dict(enumerate(best))
    first = next((event for event in own if event.start is None), None)
    for event in reversed(own):
        for n, option in event.terms.items():
            later = best[n] if event.start is None else event.start
            start[n] = option if event is first else later
    return tuple(start.values())


def _way(
    own: Sequence[Event], scores: Sequence[Score], start: Sequence[int]
) -> Iterator[tuple[int, ...]]:
    """The options on which a side stands after each of its events."""
    held = list(start)
    for event in own:
        for n, end in event.terms.items():
            if event.start is None or _leads_on(event, scores[n], held[n], end):
                held[n] = end
        yield tuple(held)


def _falls(
    own: Sequence[Event], scores: Sequence[Score], way: Sequence[Sequence[int]]
) -> int:
    """In how many rounds a package lost points; ``way`` starts before the first."""
    worth = [sum(s.us[i] for s, i in zip(scores, held, strict=True)) for held in way]
    falls, before = 0, worth[0]
    for _, round_ in groupby(zip(own, worth[1:], strict=True), lambda p: p[0].round):
        *_, (_, after) = round_
        falls += after < before - ROUNDING
        before = after
    return falls


def _brought(
    own: Sequence[Event],
    scores: Sequence[Score],
    side: Side,
    way: Sequence[Sequence[int]],
) -> Iterator[tuple[float, float]]:
    """The round of each event and what it brought us, a first offer over their best."""
    best = [best_option(score, side) for score in scores]
    for i, (event, held) in enumerate(zip(own, way, strict=False)):
        yield event.round, _brings(event, scores, held if i else best)


def _brings(event: Event, scores: Sequence[Score], held: Sequence[int]) -> float:
    """What an event brings us, over where its side stood or its step began."""
    return sum(
        scores[n].us[end]
        - scores[n].us[held[n] if event.start is None else event.start]
        for n, end in event.terms.items()
    )
