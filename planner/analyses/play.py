"""The line of play: what to offer, ask, accept or refuse, as one value.

Everything that the reader is told to do at the table comes from ``play``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any, Protocol

from planner.analyses.events import Course, course, events
from planner.analyses.ledger import ROUNDING, Ledger
from planner.analyses.packages import Package, Shift, Tell, packed
from planner.analyses.position import (
    Advance,
    Position,
    Schedule,
    advance,
    equal_offers,
    next_trades,
    offers_now,
    opening_trades,
    retreats,
)
from planner.analyses.relationship import Relationship
from planner.analyses.scoring import Score, Scores
from planner.analyses.stance import Stance
from planner.analyses.targets import (
    Efficient,
    Targets,
    WalkAway,
    ZoneState,
    onward,
    targets,
    zone_of,
)
from planner.analyses.trades import Trade, waste
from planner.plan.values import Plan

__all__ = ["Analysed", "Play", "Stand", "as_data", "play"]


class Analysed(Protocol):
    """What the line of play is worked out from: an ``Analysis`` has it all."""

    @property
    def plan(self) -> Plan: ...
    @property
    def scores(self) -> Scores: ...
    @property
    def _within(self) -> Efficient: ...
    @property
    def point_worth(self) -> float | None: ...
    @property
    def away(self) -> WalkAway: ...
    @property
    def assumed(self) -> Mapping[str, float]: ...
    @property
    def relationship(self) -> Relationship: ...
    @property
    def stance(self) -> Stance: ...
    @property
    def ledger(self) -> Ledger: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """The package on which a side stands; on the ``assumed`` issues, its best."""

    package: Package
    assumed: tuple[Score, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """The line of play of one plan; what is None or empty is not there.

    ``stance`` is the one that is played. ``their_walk_away`` is theirs as reckoned
    with, in points: 0 where it is not known. ``walk_away_deal`` is the efficient deal
    nearest above our walk-away. ``level`` is what our next offer is worth to us,
    ``advance`` what to do now, with ``packages``, what a choice among them ``tells``,
    and ``trades``; where none is left, ``opening_trades`` are those that our opening
    has in it. ``waste`` is what would cost them nothing in what they offer, and bring
    us something. ``assumed`` are the addresses of the issues on which a side that has
    spoken named no option, and those of answers that a default stands in for.

    ``schedule`` is how we come down. ``taken_back`` are the steps of ours that the
    aim takes back, where no deal is left that takes back none, and ``against`` what
    it gives for that. ``reached`` tells that they offer our aim or more,
    ``beyond_them`` that they offer what we believe is worse for them than leaving,
    ``no_room`` that our own limits leave one deal only, ``any_deal_beats_leaving``
    that our walk-away is under 0, ``stopped`` that we are at the stop line.
    """

    stance: Stance
    walk_away: WalkAway
    zone: ZoneState
    their_walk_away: float = 0.0
    fair: Package | None = None
    best: Package | None = None
    aim: Package | None = None
    opening: Package | None = None
    stand: Stand | None = None
    their_stand: Stand | None = None
    level: float | None = None
    advance: Advance | None = None
    packages: tuple[Package, ...] = ()
    tells: tuple[Tell, ...] = ()
    trades: tuple[Trade, ...] = ()
    opening_trades: tuple[Trade, ...] = ()
    waste: tuple[Shift, ...] = ()
    walk_away_deal: Package | None = None
    assumed: tuple[str, ...] = ()
    schedule: Schedule | None = None
    taken_back: tuple[Shift, ...] = ()
    against: tuple[Shift, ...] = ()
    reached: bool = False
    beyond_them: bool = False
    no_room: bool = False
    any_deal_beats_leaving: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """What is known before anything is aimed for; in points.

    ``them`` is their walk-away as reckoned with, ``ceiling`` the most that goodwill
    is worth.
    """

    stance: Stance
    within: Efficient
    away: WalkAway
    zone: ZoneState
    them: float
    ours: Course | None
    theirs: Course | None
    ceiling: float
    ended: bool
    stopped: bool
    assumed: tuple[str, ...]


def play(known: Analysed, stance: Stance | None = None) -> Play:
    """Work out the line of play of a plan; a ``stance`` that is given is played.

    Else it is the plan's. ``events`` puts what was said in order, ``targets`` sets what
    to aim for, and ``position`` says what to do now. Yielding without a ceiling on
    goodwill would have no end: it is played as Collaborate.
    """
    table = _table(known, stance or known.stance)
    told, reach, ours = _without_targets(table), table.within, table.ours
    if ours:
        reach = onward(reach, ours.start, ours.held)
    aims = targets(
        table.within, reach, table.away, table.them, table.stance, table.ceiling
    )
    return told if aims is None else _with_targets(told, _position(known, table, aims))


def _position(known: Analysed, table: _Table, aims: Targets) -> Position:
    return Position(
        stance=table.stance,
        within=table.within,
        away=table.away,
        their_walk_away=table.them,
        talking=_in_points(known, known.plan.future.talking_costs) or 0.0,
        aims=aims,
        ours=table.ours,
        theirs=table.theirs,
        rounds=known.plan.rounds,
        ended=table.ended,
        stopped=table.stopped,
    )


def _table(known: Analysed, stance: Stance) -> _Table:
    scores, within = known.scores.counted, known._within
    away = known.away
    zone, them = zone_of(within, away)
    said = events(known.plan, scores)
    ceiling = _in_points(known, known.relationship.premium)
    unbounded = stance is Stance.YIELD and ceiling is None
    return _Table(
        stance=Stance.COLLABORATE if unbounded else stance,
        within=within,
        away=away,
        zone=zone,
        them=them,
        ours=course(said, scores, "us"),
        theirs=course(said, scores, "them"),
        ceiling=ceiling or 0.0,
        ended=known.plan.outcome.agreed is not None,
        stopped=_stop_line(known),
        assumed=tuple(known.assumed),
    )


def _in_points(known: Analysed, money: float | None) -> float | None:
    if money is None or known.point_worth is None:
        return None
    return money / known.point_worth


def _stop_line(known: Analysed) -> bool:
    """Whether the steps and offers so far have reached the stop line.

    Who has only made a first offer has given nothing yet.
    """
    kept = known.ledger
    gave = kept.stop.run or any(entry.given > ROUNDING for entry in kept.entries)
    return bool(gave and kept.stop.reached)


def _without_targets(table: _Table) -> Play:
    """What can be told without anything to aim for."""
    closed: Advance | None = "leave" if table.zone == "closed" else None
    stands = [_stand(table.within, way) for way in (table.ours, table.theirs)]
    assumed = [score.at for stand in stands if stand for score in stand.assumed]
    return Play(
        stance=table.stance,
        walk_away=table.away,
        zone=table.zone,
        their_walk_away=table.them,
        stand=stands[0],
        their_stand=stands[1],
        advance="over" if table.ended else closed,
        waste=_waste(table),
        walk_away_deal=_walk_away_deal(table),
        assumed=(*dict.fromkeys(assumed), *table.assumed),
        beyond_them=_is_beyond_them(table, stands[1]),
        no_room=_leave_no_room(table.within),
        any_deal_beats_leaving=(table.away.us or 0.0) < 0,
        stopped=table.stopped and table.stance is not Stance.YIELD,
    )


def _with_targets(told: Play, at: Position) -> Play:
    doing, aims = advance(at), at.aims
    chosen, tells = equal_offers(aims.reach, offers_now(at, doing))
    taken_back, against = retreats(at)
    left = next_trades(at, doing)
    return replace(
        told,
        fair=aims.fair,
        best=aims.best,
        aim=aims.aim,
        opening=aims.opening,
        level=None if doing in ("over", "leave") else at.level,
        advance=doing,
        packages=chosen,
        tells=tells,
        trades=left,
        opening_trades=() if left else opening_trades(at, doing),
        schedule=at.schedule,
        taken_back=taken_back,
        against=against,
        reached=at.offered_whole >= aims.aim.us - ROUNDING,
    )


def _stand(within: Efficient, way: Course | None) -> Stand | None:
    if way is None:
        return None
    return Stand(
        package=packed(list(zip(within.issues, way.held, strict=True))),
        assumed=tuple(within.issues[n] for n in way.assumed),
    )


def _waste(table: _Table) -> tuple[Shift, ...]:
    way = table.theirs
    if way is None:
        return ()
    named = [n for n in range(len(way.held)) if n not in way.assumed]
    return waste(table.within.issues, way.held, named)


def _walk_away_deal(table: _Table) -> Package | None:
    """The efficient deal nearest above our walk-away; none where that is under 0."""
    us = table.away.us
    above = () if us is None or us < 0 else table.within.worth(us, -inf).deals
    return table.within.package(above[-1]) if above else None


def _is_beyond_them(table: _Table, stand: Stand | None) -> bool:
    """Whether they stand on what we believe is worse for them than leaving."""
    if stand is None or table.away.likely is None:
        return False
    return stand.package.them < table.them - ROUNDING


def _leave_no_room(within: Efficient) -> bool:
    """Whether our limits leave one deal on issues that have more to them."""
    return len(within.deals) == 1 and any(map(_is_contested, within.issues))


def _is_contested(score: Score) -> bool:
    """Whether the sides want different options of an issue, whatever our limit."""
    us, their_loss = max(zip(score.us, score.them, strict=True))
    them, our_loss = max(zip(score.them, score.us, strict=True))
    return us - our_loss > ROUNDING and them - their_loss > ROUNDING


def as_data(told: Play) -> dict[str, Any]:
    """Return the line of play as JSON; what is not there is null."""
    away = told.walk_away
    return {
        "stance": told.stance.id,
        "walk_away": {
            "us": away.us,
            "them": {"low": away.low, "likely": away.likely, "high": away.high},
        },
        "zone": told.zone,
        "fair": _package(told.fair),
        "best": _package(told.best),
        "aim": _package(told.aim),
        "opening": _package(told.opening),
        "stand": _stand_data(told.stand),
        "their_stand": _stand_data(told.their_stand),
        "level": told.level,
        "advance": told.advance,
        "packages": [_package(package) for package in told.packages],
        "trades": [_trade(trade) for trade in told.trades],
        "opening_trades": [_trade(trade) for trade in told.opening_trades],
        "tells": [_tell(tell, told.packages) for tell in told.tells],
        "waste": [_step(s) | {"us": s.us, "them": s.them} for s in told.waste],
        "walk_away_deal": _package(told.walk_away_deal),
        "assumed": list(told.assumed),
        "reached": told.reached,
        "beyond_them": told.beyond_them,
        "no_room": told.no_room,
        "any_deal_beats_leaving": told.any_deal_beats_leaving,
    }


def _package(package: Package | None) -> dict[str, Any] | None:
    if package is None:
        return None
    terms = {_id(score): option.name for score, option in package.terms}
    return {"us": package.us, "them": package.them, "terms": terms}


def _stand_data(stand: Stand | None) -> dict[str, Any] | None:
    package = _package(stand.package if stand else None)
    if stand is None or package is None:
        return None
    return package | {"assumed": list(map(_id, stand.assumed))}


def _trade(trade: Trade) -> dict[str, Any]:
    return {
        "give": _step(trade.give),
        "ask": _step(trade.ask),
        "us": trade.us,
        "them": trade.them,
        "sure": trade.sure,
        "leaves": trade.leaves,
    }


def _tell(tell: Tell, packages: Sequence[Package]) -> dict[str, Any]:
    return {
        "if_they_pick": packages.index(tell.pick),
        "issue": _id(tell.issue),
        "than": _id(tell.than),
        "ratio": tell.ratio,
        "believed": tell.believed,
    }


def _step(step: Shift) -> dict[str, Any]:
    return {
        "issue": _id(step.score),
        "from": step.start.name,
        "to": step.end.name,
    }


def _id(score: Score) -> str:
    return score.issue.id or score.at
