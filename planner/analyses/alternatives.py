"""Without a deal: what each side's alternatives are worth, and what is left between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any, Literal

from planner.analyses.doubts import WORTH, doubt
from planner.analyses.flips import Flip, Input, nearest
from planner.plan.address import parts, under
from planner.plan.kinds import MOST
from planner.plan.values import SIDES, AgreementIssue, Alternative, Offer, Plan
from planner.words.figures import read_number

__all__ = [
    "Range",
    "Zone",
    "first_middle",
    "midpoint",
    "price_zone",
    "reservation_range",
    "reservation_value",
    "walk_away_flips",
    "zone",
]

type Range = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """The zone of possible agreement (ZOPA) on a price: from seller to buyer.

    ``seller`` and ``buyer`` are the prices at which each would rather walk away,
    from low to high; both ends are the same where it is known. ``ours`` says which
    of the two is our side, where that is known. See [RaiffaBook1982].
    """

    seller: Range
    buyer: Range
    ours: Literal["seller", "buyer", ""] = ""

    @property
    def size(self) -> Range:
        """How wide the zone is, at least and at most; below zero it is a gap."""
        return self.buyer[0] - self.seller[1], self.buyer[1] - self.seller[0]

    @property
    def gap(self) -> Range | None:
        """How far apart the two are, at least and at most; None if a deal may be."""
        least, most = self.size
        return (-most, -least) if most < 0 else None

    @property
    def exists(self) -> bool | None:
        """Whether there is one; None where that depends on the estimate."""
        least, most = self.size
        if most < 0:
            return False
        return True if least >= 0 else None

    @property
    def sure(self) -> Range | None:
        """The prices that both would sign at every estimate, or None."""
        return (self.seller[1], self.buyer[0]) if self.size[0] >= 0 else None

    @property
    def possible(self) -> Range | None:
        """The prices that both would sign at some estimate, or None."""
        return (self.seller[0], self.buyer[1]) if self.size[1] >= 0 else None


def reservation_value(alternatives: Sequence[Alternative]) -> float | None:
    """The value of walking away, in money: Σ chance × value − cost.

    The alternatives are outcomes that exclude each other, so that their chances sum
    to at most 1. A cost left out is nothing. None while there is no alternative, or
    one whose value or chance is not given. See [RaiffaBook1982].
    """
    known = [
        a.chance * a.value - (a.cost or 0.0)
        for a in alternatives
        if a.value is not None and a.chance is not None
    ]
    return sum(known) if known and len(known) == len(alternatives) else None


def reservation_range(alternatives: Sequence[Alternative]) -> Range | None:
    """The value of walking away, from low to high: as sure as its basis.

    Chance × value may be as far off as ``doubts.WORTH`` says, and a chance that is
    not given is anything from 0 to what the others leave of 1. None while there is
    no alternative, or one whose value is not given.
    """
    worths = [a.value for a in alternatives if a.value is not None]
    if not worths or len(worths) < len(alternatives):
        return None
    left = max(0.0, 1 - sum(a.chance or 0.0 for a in alternatives))
    open_ends = [
        left * worth
        for a, worth in zip(alternatives, worths, strict=True)
        if a.chance is None
    ]
    cost = sum(a.cost or 0.0 for a in alternatives)
    spans = [_span(a, worth) for a, worth in zip(alternatives, worths, strict=True)]
    # Of those whose chance is not known one may have all that is left, or none has.
    low = sum(low for low, _ in spans) + min([0.0, *open_ends]) - cost
    high = sum(high for _, high in spans) + max([0.0, *open_ends]) - cost
    return low, high


def zone(seller: float | Range | None, buyer: float | Range | None) -> Zone | None:
    """The zone between two reservation prices, each a price or a range.

    None while one of them is not known, or too large to reckon with. The ends of
    a range may come in either order.
    """
    if seller is None or buyer is None:
        return None
    found = Zone(seller=_range(seller), buyer=_range(buyer))
    return found if all(map(isfinite, (*found.seller, *found.size))) else None


def price_zone(plan: Plan) -> Zone | None:
    """The zone on the issue that the money anchor names, as if it were all there is.

    Its options have to be numbers, such as “€118”. Each side's reservation value
    is counted from the price that is worst for it, a unit of price being worth
    the same to both; our limit on the issue counts where it is stricter. None
    while that cannot be said. The step from money to price is ours: a trade with
    another issue can find a deal where there is none on the price alone.
    """
    anchor = plan.money
    issue = _anchored(plan)
    prices = _prices(issue) if issue else {}
    start, end = prices.get(anchor.start), prices.get(anchor.end)
    if issue is None or start is None or end is None or not anchor.worth:
        return None
    unit = (end - start) / anchor.worth  # price for one of our money, with its sign
    if not unit or not isfinite(unit):
        return None
    ours = _our_price(plan, prices, unit, prices.get(issue.limit))
    theirs = _their_price(plan, prices, -unit)
    found = zone(ours, theirs) if unit > 0 else zone(theirs, ours)
    return replace(found, ours="seller" if unit > 0 else "buyer") if found else None


def midpoint(first: float, reply: float) -> float:
    """The middle of the first two serious offers, near which haggling tends to end.

    A forecast, not a recommendation, and only where both would sign it. See
    [RaiffaBook1982].
    """
    return (first + reply) / 2


def first_middle(plan: Plan) -> float | None:
    """The middle of the prices in each side's first offer, on the anchor's issue.

    None until both name one there that is a number.
    """
    issue = _anchored(plan)
    if issue is None:
        return None
    prices = _prices(issue)
    opened = (next((o for o in plan.offers if o.by == side), Offer()) for side in SIDES)
    ours, theirs = (prices.get(offer.terms.get(issue.id or "")) for offer in opened)
    return None if ours is None or theirs is None else midpoint(ours, theirs)


def walk_away_flips(
    alternatives: Sequence[Alternative], worth: float
) -> tuple[Flip[bool], ...]:
    """Return where a deal worth ``worth`` turns from better to worse than leaving.

    ``worth`` is in money on the scale of the reservation value. The inputs are
    the value, chance and cost of each of our alternatives, a chance up to what the
    others leave of 1; ``becomes`` is whether the deal is then at least as good.
    Empty while the reservation value is not known.
    """
    now = reservation_value(alternatives)
    if now is None or not isfinite(worth):
        return ()

    def is_as_good(at: str, value: float) -> bool:
        changed = _with_figure(alternatives, at, value)
        return worth >= (reservation_value(changed) or 0.0)

    inputs = list(_figures(alternatives, worth - now))
    return nearest(worth >= now, is_as_good, inputs)


def _figures(alternatives: Sequence[Alternative], surplus: float) -> Iterator[Input]:
    """What we know of our alternatives, and where each figure uses up a surplus.

    The reservation value is a straight line in each.
    """
    for i, each in enumerate(alternatives):
        others = sum(a.chance or 0.0 for n, a in enumerate(alternatives) if n != i)
        chance, value, left = each.chance or 0.0, each.value or 0.0, 1 - others
        for key, now, low, high, slope in (
            ("value", each.value, -MOST, MOST, chance),
            ("chance", each.chance, 0.0, max(0.0, left), value),
            ("cost", each.cost, 0.0, MOST, -1.0),
        ):
            if now is not None:
                at = under("/alternatives/us", i, key)
                places = (now + surplus / slope,) if slope else ()
                yield Input(at=at, now=now, low=low, high=high, places=places)


def _with_figure(
    alternatives: Sequence[Alternative], at: str, value: float
) -> list[Alternative]:
    """Our alternatives with another figure at that address."""
    *_, i, key = parts(at)
    changed: dict[str, Any] = {key: value}
    return [
        replace(each, **changed) if n == int(i) else each
        for n, each in enumerate(alternatives)
    ]


def _span(alternative: Alternative, value: float) -> Range:
    """Chance × value, as sure as its basis; 0 where the chance is not given."""
    worth = (alternative.chance or 0.0) * value
    off = doubt(WORTH, alternative.basis) * abs(worth)
    return worth - off, worth + off


def _range(price: float | Range) -> Range:
    low, high = price if isinstance(price, tuple) else (price, price)
    return (low, high) if low <= high else (high, low)


def _anchored(plan: Plan) -> AgreementIssue | None:
    """The issue that the money anchor names."""
    at = plan.money.issue
    return next((i for i in plan.agreement.values() if at and i.id == at), None)


def _prices(issue: AgreementIssue) -> dict[str | None, float]:
    """Option name → price; empty unless every option is a number."""
    try:
        return {o.name: read_number(o.name) for o in issue.options if o.name}
    except ValueError:
        return {}


def _our_price(
    plan: Plan, prices: dict[str | None, float], unit: float, limit: float | None
) -> float | None:
    """Our reservation value as a price, or our limit where that is stricter."""
    value = reservation_value(plan.alternatives.us)
    walk_away = None if value is None else _priced(value, prices, unit)
    stated = [price for price in (walk_away, limit) if price is not None]
    strictest = max if unit > 0 else min
    return strictest(stated, default=None)


def _their_price(
    plan: Plan, prices: dict[str | None, float], unit: float
) -> Range | None:
    values = reservation_range(plan.alternatives.them)
    if values is None:
        return None
    return _priced(values[0], prices, unit), _priced(values[1], prices, unit)


def _priced(value: float, prices: dict[str | None, float], unit: float) -> float:
    """A value in money as a price, counted from the price worst for that side."""
    worst = min(prices.values()) if unit > 0 else max(prices.values())
    return worst + value * unit
