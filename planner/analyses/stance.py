"""The two questions answered: how to play this negotiation."""

from collections.abc import Container, Iterator
from enum import Enum

from planner.analyses.flips import Flip, Input, nearest
from planner.analyses.inputs import figures, with_figure
from planner.analyses.relationship import Condition, chance_for, condition, multiple_at
from planner.analyses.relationship import value as relationship_value
from planner.plan.kinds import MOST
from planner.plan.values import SIDES, Future, Side

__all__ = ["Stance", "boundaries", "choose", "other_flips", "stance_at"]

SMALL = 0.1  # of the relationship's value; stances/yield.md#check-first-that-it-is-true

_CHANCE = "/future/continue_chance"


class Stance(Enum):
    """How to play it. The names and the cells are ours; see method.md#stance.

    ``label`` is the name, ``says`` the stance in one sentence, ``page`` the
    handbook page on how to play it.
    """

    COLLABORATE = (
        "Collaborate",
        "Look for what helps you both, share what you know, and divide fairly.",
    )
    PROTECT = (
        "Collaborate on conditions",
        "Keep the door open, and give nothing that is not matched.",
    )
    PROBE = (
        "Probe",
        "Go in small steps and watch what comes back.",
    )
    YIELD = (
        "Yield on substance",
        "Give on this deal where that keeps them, up to a ceiling.",
    )
    DEAL_FAIRLY = (
        "Deal fairly",
        "Say openly what you want, and promise no relationship that you do not mean.",
    )
    CLAIM = (
        "Claim value",
        "Treat it as a one-off and get the best deal that both can sign.",
    )
    KEEP_SHORT = (
        "Keep it short",
        "Make one offer, or take the first fair one, and go.",
    )
    CLAIM_COURTEOUSLY = (
        "Claim, and stay courteous",
        "Get a good deal now, and leave the door open until you know more.",
    )
    UNDECIDED = (
        "Answer the two questions first",
        "Before you choose how to play it, say whether you will deal again "
        "and what that would gain you.",
    )

    def __init__(self, label: str, says: str) -> None:
        self.label = label
        self.says = says

    @property
    def id(self) -> str:
        """The short name in documents: ``collaborate``."""
        return self.name.lower().replace("_", "-")

    @property
    def page(self) -> str:
        """The handbook page on how to play it."""
        return f"method/stances/{self.id}.md#{self.id}"


_TABLE = {
    (True, True): Stance.COLLABORATE,
    (True, False): Stance.PROTECT,
    (True, None): Stance.PROBE,
    (False, True): Stance.DEAL_FAIRLY,
    (False, False): Stance.CLAIM,
    (False, None): Stance.CLAIM_COURTEOUSLY,
}


def choose(
    ours: Condition,
    theirs: Condition,
    spread: float | None,
    talking: float | None = None,
    frame: bool | None = None,
    premium: float | None = None,
) -> Stance:
    """Choose a stance from both sides' conditions and what is at stake.

    Where their condition does not tell, ``frame`` does: whether their behaviour
    says that they are relational; None if it does not say either. ``spread`` is
    what our best feasible deal is worth over our worst, in money; None if unknown.
    Where both gain from going on and the spread is under a tenth of what the
    future is worth to us, yield (ours); but not where the ``premium`` on giving is
    0, since it would buy nothing, nor where it is unknown, since there is no
    ceiling. Where we do not gain from going on and the spread is no more than
    ``talking`` costs, keep it short (ours).
    """
    if ours.holds is None:
        return Stance.UNDECIDED
    they = frame if theirs.holds is None else theirs.holds
    helps = ours.holds and they and premium is not None and premium > 0
    if helps and spread is not None and spread < SMALL * min(ours.future):
        return Stance.YIELD
    small = spread is not None and talking is not None and spread <= talking
    if small and not ours.holds:
        return Stance.KEEP_SHORT
    return _TABLE[ours.holds, they]


def stance_at(future: Future, spread: float | None, frame: bool | None) -> Stance:
    """The stance that both sides' conditions in this future lead to; see ``choose``."""
    known = relationship_value(future)
    return choose(
        known.ours, known.theirs, spread, future.talking_costs, frame, known.premium
    )


def boundaries(
    future: Future, spread: float | None, frame: bool | None = None
) -> tuple[Flip[Stance], ...]:
    """Return where the stance changes as one answer moves, the nearest first.

    Looks at the chance of going on and at both sides' gains. Each value is
    exact to rounding: applying it, and a billionth more, gives ``becomes``; a chance
    that falls to 0 stops there. One that nobody could enter, such as a chance over
    100%, is left out.
    """

    def answer(at: str, value: float) -> Stance | None:
        if at == _CHANCE and multiple_at(future, value) is None:
            return None  # a future without a bound
        return stance_at(with_figure(future, at, value), spread, frame)

    now = stance_at(future, spread, frame)
    return nearest(now, answer, list(_candidates(future, spread)))


def other_flips(
    future: Future,
    spread: float | None,
    frame: bool | None = None,
    skip: Container[str] = (),
) -> tuple[Flip[Stance], ...]:
    """Return where the stance changes as a rate, a term or an end of a range moves.

    The nearest value of each figure about the future that is given, those at an
    address in ``skip`` left out. An undecided stance is no answer. See ``nearest``.
    """

    def answer(at: str, value: float) -> Stance | None:
        return _decided(stance_at(with_figure(future, at, value), spread, frame))

    now = _decided(stance_at(future, spread, frame))
    moved = [figure for figure in figures(future) if figure.at not in skip]
    return nearest(now, answer, moved)


def _decided(stance: Stance) -> Stance | None:
    return None if stance is Stance.UNDECIDED else stance


def _candidates(future: Future, spread: float | None) -> Iterator[Input]:
    """The answers, each with a value at which a part of the stance may turn."""
    given = future.continue_chance_if_we_give
    if future.continue_chance is not None and given is not None:
        yield _chance(future, given)
    if future.talking_costs is not None and spread is not None:
        yield _amount("/future/talking_costs", future.talking_costs, spread)
    for side in SIDES:
        known = condition(future, side)
        if known.missing or not known.future or known.grab is None:
            continue
        for worth in known.future:
            yield _amount(f"/future/{side}/one_off_gain", known.grab, worth)
        yield from _reaching(future, side, known.grab)
        if known.grab < 0:
            yield from _reaching(future, side, 0.0)
        if side == "us" and spread is not None:
            yield from _reaching(future, side, spread / SMALL)


def _reaching(future: Future, side: Side, wanted: float) -> Iterator[Input]:
    """Where going on is worth ``wanted`` to a side, at each value of its estimate."""
    gains = getattr(future, side).yearly_gain.known
    now = multiple_at(future, future.continue_chance)
    for gain in gains:
        chance = chance_for(future, wanted / gain) if gain else None
        if chance is not None:
            yield _chance(future, chance)
    if len(gains) == 1 and now:
        yield _amount(f"/future/{side}/yearly_gain", gains[0], wanted / now)


def _chance(future: Future, place: float) -> Input:
    now = future.continue_chance or 0.0
    return Input(at=_CHANCE, now=now, low=0.0, high=1.0, places=(place,))


def _amount(at: str, now: float, place: float) -> Input:
    return Input(at=at, now=now, low=-MOST, high=MOST, places=(place,))
