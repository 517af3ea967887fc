"""What the future is worth: to us, to them, and at most in today's concessions."""

from dataclasses import dataclass, replace

from planner.analyses.flips import bisect
from planner.plan.values import Estimate, Future, Side, Stake

__all__ = [
    "Condition",
    "Relationship",
    "chance_for",
    "condition",
    "multiple",
    "multiple_at",
    "value",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Whether going on pays for one side better than grabbing and leaving.

    ``holds`` is True or False where that is so for every value of the estimate,
    else None; False where no value of it makes the future worth anything.
    Theirs may fail by a ``grab`` that is only a floor, and never holds by one.
    ``future`` holds what keeping the relationship is worth, in money, from low to
    high; ``grab`` what could be squeezed out now, ``at_least`` where only the list of
    issues tells it. ``missing`` are the addresses of answers that are needed and not
    given.
    """

    holds: bool | None
    future: tuple[float, ...]
    grab: float | None
    missing: tuple[str, ...]
    at_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """The two questions, answered in money.

    ``multiple`` turns a yearly gain into a present value; ``value`` is ours.
    ``premium`` is the most that it is rational to give today for the relationship,
    where one concession lifts the chance of the next renewal alone; every rule uses
    it. ``lasting_premium`` is the same where it lifts the chance of every later one.
    ``uncredited`` is what the premium would be if they cared to stay: where it is
    0 only because they do not. Each is None while an answer it needs is missing.
    """

    multiple: float | None
    value: float | None
    premium: float | None
    lasting_premium: float | None
    uncredited: float | None
    ours: Condition
    theirs: Condition


def multiple(
    chance: float, rate: float, growth: float = 0.0, years: float | None = None
) -> float:
    """The present value of 1 a year, while the relationship lasts.

    r/(1 + i − r(1 + g)) for an open end, the finite sum for a term in ``years``;
    the first gain comes after one year, if we still deal. Raises ValueError
    where the open-ended sum has no bound, r(1 + g) ≥ 1 + i. See
    [GuptaLehmann2003].
    """
    first = chance / (1 + rate)
    ratio = first * (1 + growth)
    if years is None:
        if ratio >= 1:
            raise ValueError("r(1 + g) must be smaller than 1 + i")
        return first / (1 - ratio)
    if ratio == 1:
        return first * years
    return float(first * (1 - ratio**years) / (1 - ratio))


def multiple_at(future: Future, chance: float | None) -> float | None:
    """The multiple of this future at a chance of going on; None if it has none."""
    if chance is None or future.discount_rate is None:
        return None
    try:
        return multiple(
            chance, future.discount_rate, future.growth or 0.0, future.years
        )
    except (ValueError, OverflowError):
        return None


def value(future: Future) -> Relationship:
    """Price the future for both sides.

    The premium is zero where the low end of our yearly gain is not positive, where
    the chance does not rise, and where the relationship does not pay for them at any
    value of the estimate: they would take the concession and leave. See
    ``_next_premium`` and ``_lasting_premium`` for both of its readings.
    """
    now = multiple_at(future, future.continue_chance)
    gain = future.us.yearly_gain.middle if future.us.yearly_gain else None
    theirs = condition(future, "them")
    nothing = theirs.holds is False
    following, lasting = _next_premium(future), _lasting_premium(future)
    return Relationship(
        multiple=now,
        value=None if now is None or gain is None else gain * now,
        premium=_credited(following, nothing=nothing),
        lasting_premium=_credited(lasting, nothing=nothing),
        uncredited=following if nothing else None,
        ours=condition(future, "us"),
        theirs=theirs,
    )


def condition(future: Future, side: Side) -> Condition:
    """Test whether going on pays for a side: grab ≤ yearly gain × multiple.

    This is the grim-trigger condition with δ = r/(1 + i), written in money. See
    [Friedman1971]. It says that one who loses nothing by cooperating may cooperate;
    we ask for a reason to. A future that is worth nothing at every value is a
    one-off, and it does not hold there, even with nothing to grab (ours).
    """
    stake: Stake = getattr(future, side)
    now = multiple_at(future, future.continue_chance)
    gains = (stake.yearly_gain or Estimate()).known
    grab = stake.one_off_gain
    missing = {
        "/future/continue_chance": future.continue_chance is None,
        "/future/discount_rate": future.discount_rate is None,
        f"/future/{side}/yearly_gain": not gains,
        f"/future/{side}/one_off_gain": grab is None,
    }
    worth = tuple(gain * now for gain in gains) if now is not None else ()
    holds = _holds(worth, grab)
    return Condition(
        holds=None if holds and side == "them" and stake.from_list else holds,
        future=worth,
        grab=grab,
        missing=tuple(at for at, is_missing in missing.items() if is_missing),
        at_least=stake.from_list,
    )


def chance_for(future: Future, wanted: float) -> float | None:
    """Return the chance of going on at which the multiple is ``wanted``.

    None where no chance from 0 to 1 gives it. Found by bisection, since the
    multiple rises with the chance.
    """
    top = multiple_at(future, 1.0)
    if wanted < 0 or (top is not None and top < wanted):
        return None
    if wanted == 0:
        return 0.0

    def is_enough(chance: float) -> bool:
        reached = multiple_at(future, chance)
        return reached is None or reached >= wanted

    return bisect(is_enough, 0.0, 1.0)


def _holds(worth: tuple[float, ...], grab: float | None) -> bool | None:
    if grab is None or not worth:
        return None
    if max(worth) <= 0:
        return False
    verdicts = {grab <= value for value in worth}
    return verdicts.pop() if len(verdicts) == 1 else None


def _next_premium(future: Future) -> float | None:
    """The premium where a concession lifts the chance of the next renewal alone.

    gain × (r′ − r)/(1 + i) × (1 + (1 + g)M): what a renewal is worth, times the rise
    of its chance. In a fixed term, M is that of one year less. (Our derivation,
    oracles.md#b5, oracles.md#b6.)
    """
    gain, rise = _low_gain(future), _rise(future)
    if gain is None or rise is None or future.discount_rate is None:
        return None
    shorter = future
    if future.years is not None:
        shorter = replace(future, years=max(future.years - 1, 0.0))
    after = multiple_at(shorter, future.continue_chance)
    if after is None:
        return None
    renewal = (1 + (1 + (future.growth or 0.0)) * after) / (1 + future.discount_rate)
    part = 1.0 if future.years is None else min(future.years, 1.0)
    return max(0.0, gain) * rise * renewal * part


def _lasting_premium(future: Future) -> float | None:
    """The premium where a concession lifts the chance of every later renewal.

    gain × (M′ − M), where M′ uses the chance if we give. (Our derivation,
    oracles.md#b5, oracles.md#b6.)
    """
    gain, rise = _low_gain(future), _rise(future)
    now = multiple_at(future, future.continue_chance)
    given = multiple_at(future, future.continue_chance_if_we_give)
    if gain is None or rise is None or now is None or given is None:
        return None
    return max(0.0, gain) * (given - now) if rise else 0.0


def _low_gain(future: Future) -> float | None:
    """The low end of our yearly gain."""
    known = (future.us.yearly_gain or Estimate()).known
    return known[0] if known else None


def _rise(future: Future) -> float | None:
    """How much likelier the next renewal is if we give."""
    now, given = future.continue_chance, future.continue_chance_if_we_give
    return None if now is None or given is None else max(0.0, given - now)


def _credited(premium: float | None, *, nothing: bool) -> float | None:
    return 0.0 if nothing and premium is not None else premium
