"""Perspective swap: the same negotiation as the other side would plan it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from planner.plan.address import under
from planner.plan.kinds import Kind, Listing, Record, Tagged, Whose
from planner.plan.values import PLAN, Basis, Plan

__all__ = ["least_sure", "swapped"]

_TURNED = (Record, Tagged, Listing, Whose)  # what can look otherwise from their side


def swapped(plan: Plan) -> Plan:
    """The plan seen from their side. Swapping twice gives the same plan.

    What both sides have changes places: names, weights, gains, alternatives,
    offers, moves. What only one side can answer (limits, targets, the money
    anchor, signals, rankings) is theirs to give: it starts out unanswered and our
    own answers wait in ``plan.other``. ``basis`` stays, since it says how sure we
    are of the guess that is now the answer. Which answer is which, its row says.
    """
    swap = _Swap(plan.other)
    there: Plan = swap.seen(PLAN, plan, "", "")
    return replace(there, other=swap.aside)


@dataclass(frozen=True, slots=True)
class _Swap:
    """One change of sides: ``aside`` gathers what only this side can answer.

    ``theirs`` is what the other side answered before; both by address.
    """

    theirs: Mapping[str, Any]
    aside: dict[str, Any] = field(default_factory=dict)

    def seen(self, kind: Kind, value: Any, at: str, there: str) -> Any:
        """The value as the other side sees it, ``at`` here and now ``there``."""
        match kind:
            case Record():
                return self._record(kind, value, at, there)
            case Tagged():
                return self._record(kind.record_of(value), value, at, there)
            case Listing():
                return tuple(
                    self.seen(kind.item, member, under(at, i), under(there, i))
                    for i, member in enumerate(value)
                )
            case Whose() if value is not None:
                return "them" if value == "us" else "us"
        return value

    def _record(self, kind: Record, value: Any, at: str, there: str) -> Any:
        slots = {row.key: row.slot for row in kind.rows}
        changes: dict[str, Any] = {}
        for row in kind.rows:
            if not (row.mirror or row.one_sided or isinstance(row.kind, _TURNED)):
                continue
            key = row.mirror or row.key
            own, place = getattr(value, slots[key]), under(there, row.key)
            if not row.one_sided:
                changes[row.slot] = self.seen(row.kind, own, under(at, key), place)
                continue
            if own != row.kind.empty:
                self.aside[under(at, key)] = own
            changes[row.slot] = self.theirs.get(place, row.kind.empty)
        return replace(value, **changes)


def least_sure(bases: Iterable[Basis | None]) -> Basis | None:
    """The basis of what rests on all of these: as sure as the least sure of them.

    None where one of them does not say, or where there is none.
    """
    known = set(bases)
    if None in known or not known:
        return None
    return next((b for b in ("guessed", "observed") if b in known), "told")
