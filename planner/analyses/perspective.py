"""Perspective swap: the same negotiation as the other side would plan it."""

from collections.abc import Iterable
from dataclasses import replace

from planner.plan.values import (
    AgreementIssue,
    Alternatives,
    Basis,
    Issue,
    Move,
    Offer,
    OneSided,
    Option,
    Plan,
    Points,
    RelationshipIssue,
    Side,
)

__all__ = ["least_sure", "swapped"]

_OTHER: dict[Side | None, Side | None] = {"us": "them", "them": "us", None: None}


def swapped(plan: Plan) -> Plan:
    """The plan seen from their side. Swapping twice gives the same plan.

    What both sides have changes places: names, weights, gains, alternatives,
    offers, moves. What only one side can answer (limits, targets, the money
    anchor, signals, rankings) is theirs to give: it starts out unanswered and our
    own answers wait in ``plan.other``. ``basis`` stays, since it says how sure we
    are of the guess that is now the answer.
    """
    return replace(
        plan,
        us=plan.them,
        them=plan.us,
        future=replace(plan.future, us=plan.future.them, them=plan.future.us),
        issues=tuple(map(_issue, plan.issues, _limits(plan))),
        alternatives=Alternatives(
            us=plan.alternatives.them,
            them=plan.alternatives.us,
            unread=plan.alternatives.unread,
        ),
        moves=tuple(map(_move, plan.moves)),
        offers=tuple(map(_offer, plan.offers)),
        signals=plan.other.signals,
        their_frame=plan.other.their_frame,
        money=plan.other.money,
        ranking=plan.other.ranking,
        comparisons=plan.other.comparisons,
        checks=plan.other.checks,
        loss_if_betrayed=plan.other.loss_if_betrayed,
        other=_one_sided(plan),
    )


def least_sure(bases: Iterable[Basis | None]) -> Basis | None:
    """The basis of what rests on all of these: as sure as the least sure of them.

    None where one of them does not say, or where there is none.
    """
    known = set(bases)
    if None in known or not known:
        return None
    return next((b for b in ("guessed", "observed") if b in known), "told")


type _Limit = tuple[str | None, str | None]


def _limits(plan: Plan) -> tuple[_Limit, ...]:
    """Their limit and target on each issue; nothing where we do not know."""
    nothing: tuple[_Limit, ...] = ((None, None),) * len(plan.issues)
    return (*plan.other.limits, *nothing)[: len(plan.issues)]


def _one_sided(plan: Plan) -> OneSided:
    limits = [
        (i.limit, i.target) if isinstance(i, AgreementIssue) else (None, None)
        for i in plan.issues
    ]
    known = any(limit != (None, None) for limit in limits)
    return OneSided(
        signals=plan.signals,
        their_frame=plan.their_frame,
        money=plan.money,
        ranking=plan.ranking,
        comparisons=plan.comparisons,
        checks=plan.checks,
        loss_if_betrayed=plan.loss_if_betrayed,
        limits=tuple(limits) if known else (),
    )


def _issue(issue: Issue, limit: _Limit) -> Issue:
    if isinstance(issue, RelationshipIssue):
        return replace(issue, we_offer=issue.we_ask, we_ask=issue.we_offer)
    weight = issue.weight
    return replace(
        issue,
        weight=Points(us=weight.them, them=weight.us, unread=weight.unread),
        options=tuple(map(_option, issue.options)),
        limit=limit[0],
        target=limit[1],
    )


def _option(option: Option) -> Option:
    return replace(option, us=option.them, them=option.us)


def _move(move: Move) -> Move:
    return replace(move, by=_OTHER[move.by])


def _offer(offer: Offer) -> Offer:
    return replace(offer, by=_OTHER[offer.by])
