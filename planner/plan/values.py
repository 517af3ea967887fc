"""The plan: everything a reader told us about one negotiation, as values.

``None`` always means *not answered*. An unanswered question is never a zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = [
    "SIDES",
    "AgreementIssue",
    "Alternative",
    "Alternatives",
    "Basis",
    "Checks",
    "Comparison",
    "Estimate",
    "Future",
    "Issue",
    "Money",
    "Move",
    "MoveKind",
    "Offer",
    "OneSided",
    "Option",
    "Outcome",
    "Party",
    "Plan",
    "Points",
    "RelationshipIssue",
    "Side",
    "Stake",
]

type Side = Literal["us", "them"]
type Basis = Literal["told", "observed", "guessed"]
type MoveKind = Literal["return", "goodwill", "forced", "facts"]

SIDES: tuple[Side, ...] = ("us", "them")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What every part of a plan has in common.

    ``unread`` holds the fields of its object that this version does not know,
    so that a document made by a later one survives a round trip.
    """

    unread: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Value):
    """One side of the table."""

    name: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate(Value):
    """An amount of money that is known, or guessed as a range.

    A plain number has only ``likely``.
    """

    low: float | None = None
    likely: float | None = None
    high: float | None = None

    @property
    def known(self) -> tuple[float, ...]:
        """The values that were given, from low to high."""
        return tuple(v for v in (self.low, self.likely, self.high) if v is not None)

    @property
    def middle(self) -> float | None:
        """The likely value, else the mean of the values given, else None."""
        if self.likely is not None or not self.known:
            return self.likely
        return sum(self.known) / len(self.known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake(Value):
    """What the future is worth to one side, in the plan's currency.

    ``yearly_gain`` is what a year of dealing with each other brings beyond the
    next best partner; ``one_off_gain`` what could be grabbed now at the price of
    ending it. The ``monitoring`` costs are a year's.
    """

    yearly_gain: Estimate | None = None
    one_off_gain: float | None = None
    monitoring_now: float | None = None
    monitoring_trusted: float | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Future(Value):
    """The two questions: will we deal again, and what would that gain each side?

    Chances and rates are shares, 0.8 for 80%. ``years`` is a fixed term; None is
    open-ended. ``growth`` is the yearly growth of the gain; left out, none.
    ``talking_costs`` is what reaching a deal takes, in money.
    """

    continue_chance: float | None = None
    continue_chance_if_we_give: float | None = None
    years: float | None = None
    discount_rate: float | None = None
    growth: float | None = None
    talking_costs: float | None = None
    us: Stake = field(default_factory=Stake)
    them: Stake = field(default_factory=Stake)


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(Value):
    """A number for each side, from 0 to 100: how much something matters to it."""

    us: float | None = None
    them: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Value):
    """One way to settle an issue, and what it is worth to each side, on any scale."""

    name: str | None = None
    us: float | None = None
    them: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementIssue(Value):
    """Something the deal has to settle. ``limit`` and ``target`` name options."""

    id: str | None = None
    name: str | None = None
    basis: Basis | None = None
    weight: Points = field(default_factory=Points)
    options: tuple[Option, ...] = ()
    limit: str | None = None
    target: str | None = None

    def option(self, name: str | None) -> Option | None:
        """The option of that name, or None."""
        return next((o for o in self.options if o.name == name and name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipIssue(Value):
    """Something about working together, kept apart from the deal.

    ``now`` and ``goal`` are on a scale from 1 (bad) to 7 (as good as it gets);
    ``by`` is an ISO date.
    """

    id: str | None = None
    name: str | None = None
    now: float | None = None
    goal: float | None = None
    we_offer: str | None = None
    we_ask: str | None = None
    owner: str | None = None
    by: str | None = None


type Issue = AgreementIssue | RelationshipIssue


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Value):
    """The money anchor: one step on one issue, and what it is worth to us."""

    issue: str | None = None
    start: str | None = None
    end: str | None = None
    worth: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative(Value):
    """What a side would do without a deal.

    ``value`` is money over a deal on the worst option of every issue, the worst
    for that side; ``chance`` the share of times it would come off, ``cost`` what
    looking and switching cost in any case; left out, nothing. The alternatives of
    a side exclude each other: their chances sum to at most 1.
    """

    name: str | None = None
    value: float | None = None
    chance: float | None = None
    cost: float | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternatives(Value):
    """What each side can do without a deal."""

    us: tuple[Alternative, ...] = ()
    them: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Value):
    """A step that one side made on one issue.

    ``kind`` is why it was made, as one of four: for something in return, as
    goodwill, because it was forced, because of new facts. ``why`` says the same in
    the reader's own words.
    """

    round: float | None = None
    by: Side | None = None
    issue: str | None = None
    start: str | None = None
    end: str | None = None
    kind: MoveKind | None = None
    why: str | None = None
    in_return_for: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Value):
    """A package that one side put on the table: issue id → option name.

    ``round`` places it among the steps; left out, ``planner.events`` does.
    """

    round: float | None = None
    by: Side | None = None
    date: str | None = None
    terms: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks(Value):
    """What checking the other side takes, for the inspection game.

    ``cost`` is one check's, ``penalty`` what they lose when caught, ``effort``
    what doing it properly costs them, each in money; ``a_year`` how many checks
    there could be.
    """

    cost: float | None = None
    penalty: float | None = None
    effort: float | None = None
    a_year: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Value):
    """Two packages (issue id → option name), and which one the reader prefers."""

    first: Mapping[str, str] = field(default_factory=dict, hash=False)
    second: Mapping[str, str] = field(default_factory=dict, hash=False)
    prefer: Literal["first", "second"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Value):
    """How it ended: the terms agreed, and what became of the relationship."""

    agreed: bool | None = None
    date: str | None = None
    terms: Mapping[str, str] = field(default_factory=dict, hash=False)
    relationship: Literal["better", "same", "worse"] | None = None
    learned: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSided:
    """What only one side can answer, kept for the side that is not planning.

    ``limits`` holds (limit, target) for each issue of the plan, in its order.
    """

    signals: Mapping[str, bool | None] = field(default_factory=dict, hash=False)
    their_frame: float | None = None
    money: Money = field(default_factory=Money)
    ranking: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    checks: Checks = field(default_factory=Checks)
    loss_if_betrayed: float | None = None
    limits: tuple[tuple[str | None, str | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Value):
    """One negotiation, as far as the reader has told us about it.

    ``their_frame`` is the reader's own belief how relational they are, from 0 to
    1. ``ranking`` holds ids of issues, the most important to us first. ``rounds``
    is how many rounds of offers the reader expects.
    ``loss_if_betrayed`` is what we would lose at once if they grabbed. ``other``
    is for a plan seen from their side: our own answers wait there, and no
    document holds it.
    """

    title: str | None = None
    currency: str | None = None
    us: Party = field(default_factory=Party)
    them: Party = field(default_factory=Party)
    future: Future = field(default_factory=Future)
    signals: Mapping[str, bool | None] = field(default_factory=dict, hash=False)
    issues: tuple[Issue, ...] = ()
    money: Money = field(default_factory=Money)
    alternatives: Alternatives = field(default_factory=Alternatives)
    moves: tuple[Move, ...] = ()
    offers: tuple[Offer, ...] = ()
    rounds: float | None = None
    their_frame: float | None = None
    ranking: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    checks: Checks = field(default_factory=Checks)
    loss_if_betrayed: float | None = None
    outcome: Outcome = field(default_factory=Outcome)
    other: OneSided = field(default_factory=OneSided)

    @property
    def agreement(self) -> dict[str, AgreementIssue]:
        """The issues of the deal, each under its address in the plan document."""
        return {
            f"/issues/{i}": issue
            for i, issue in enumerate(self.issues)
            if isinstance(issue, AgreementIssue)
        }

    @property
    def relationship(self) -> dict[str, RelationshipIssue]:
        """The issues of the relationship, each under its address."""
        return {
            f"/issues/{i}": issue
            for i, issue in enumerate(self.issues)
            if isinstance(issue, RelationshipIssue)
        }
