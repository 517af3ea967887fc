"""What trust saves, and what it risks: the dividend beside the downside."""

from dataclasses import dataclass
from enum import Enum

from planner.analyses.relationship import Relationship
from planner.plan.values import Checks, Plan

__all__ = [
    "MILESTONES",
    "Betrayal",
    "Corner",
    "Dividend",
    "Inspection",
    "Milestone",
    "Trust",
    "betrayal",
    "dividend",
    "inspection",
    "trust",
]


class Corner(Enum):
    """Why nobody has to guess in the inspection game; the value says it."""

    NO_NEED = "Doing it properly costs them nothing, so a check finds nothing"
    NO_CHECK_PAYS = "A check costs at least what it can save, so do not check"
    NO_DETERRENCE = (
        "Being caught costs them no more than doing it properly would, so checks "
        "do not change what they do: raise what is at stake for them"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Dividend:
    """What trust saves on checking: ``yearly``, and its ``value`` today.

    In money; below zero where trusting would cost more. None while an answer
    among ``missing`` is not given.
    """

    yearly: float | None
    value: float | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """How often to check, if both sides reckon with each other.

    ``shirk`` is the chance that they do not do it properly, ``inspect`` that of a
    check, each from 0 to 1; ``spend`` what checking costs on average each time,
    ``yearly`` in a year, in money. With a ``corner``, the answer is a plain one.
    """

    shirk: float | None = None
    inspect: float | None = None
    spend: float | None = None
    yearly: float | None = None
    corner: Corner | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Betrayal:
    """What it would cost if they grabbed and left, in money.

    ``at_once`` is lost on the day, ``future`` what going on was worth to us (at
    least nothing), ``cost`` both. ``bearable`` is the added yearly chance of it,
    from 0 to 1, up to which the dividend pays for relaxing the checks (ours).
    """

    at_once: float | None
    future: float | None
    cost: float | None
    bearable: float | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A step towards trust: what was ``observed``, so what may be relaxed.

    ``keep`` stays in force; ``share`` of the dividend, from 0 to 1, is what may
    be saved from here on.
    """

    observed: str
    relax: str
    keep: str
    share: float


# The steps and the shares are ours: small first, and each undone by one breach.
MILESTONES = (
    Milestone(
        observed="They kept every small promise for a quarter",
        relax="Check samples where you checked everything",
        keep="Acceptance tests, securities and the notice period",
        share=0.25,
    ),
    Milestone(
        observed="They told you of a problem before you could find it",
        relax="Take their own records where you kept a second set",
        keep="A sample of the records, securities and the notice period",
        share=0.5,
    ),
    Milestone(
        observed="They kept their word once when breaking it would have paid",
        relax="Drop guarantees and retentions that cost you more than they save",
        keep="The notice period and a second source",
        share=0.75,
    ),
    Milestone(
        observed="A year without a breach, and a dispute settled in talks",
        relax="Check only what the law or your auditors ask for",
        keep="The notice period, and a yearly look at this list",
        share=1.0,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The dividend of trust beside its downside.

    ``milestones`` are the steps at which a safeguard may be relaxed: none where
    grabbing pays for them better than going on at every estimate.
    """

    dividend: Dividend
    inspection: Inspection
    betrayal: Betrayal
    milestones: tuple[Milestone, ...]

    def saved(self, milestone: Milestone) -> float | None:
        """What a year saves from that milestone on, in money; None if unknown."""
        yearly = self.dividend.yearly
        return None if yearly is None else max(0.0, yearly) * milestone.share


def trust(plan: Plan, known: Relationship) -> Trust:
    """Reckon what trust saves and risks in this plan."""
    saves = dividend(plan, known)
    return Trust(
        dividend=saves,
        inspection=inspection(plan.checks),
        betrayal=betrayal(plan, known, saves.yearly),
        milestones=() if known.theirs.holds is False else MILESTONES,
    )


def dividend(plan: Plan, known: Relationship) -> Dividend:
    """Monitoring now − monitoring when trusted, a year and at its value today.

    The value is the yearly sum × the multiple of the relationship. That trust
    saves on checking is observed in [DyerChu2003]; the sum is ours.
    """
    now, trusted = plan.future.us.monitoring_now, plan.future.us.monitoring_trusted
    yearly = None if now is None or trusted is None else now - trusted
    return Dividend(
        yearly=yearly,
        value=_times(yearly, known.multiple),
        missing=_missing(
            {
                "/future/us/monitoring_now": now,
                "/future/us/monitoring_trusted": trusted,
                **_for_the_multiple(plan),
            }
        ),
    )


def inspection(checks: Checks) -> Inspection:
    """The equilibrium of the inspection game, for one check and for a year.

    With h the cost of a check, w what being caught costs them (and saves us) and
    g their effort: they shirk with chance h/w, we check with chance g/w, and
    spend h·g/w, where w > h and w > g; elsewhere a ``Corner`` says what follows.
    A sum below zero counts as nothing. See [FudenbergTirole1991].
    """
    h, w, g = (_at_least_0(x) for x in (checks.cost, checks.penalty, checks.effort))
    times = _at_least_0(checks.a_year)
    missing = _missing(
        {
            "/checks/cost": h,
            "/checks/penalty": w,
            "/checks/effort": g,
            "/checks/a_year": times,
        }
    )
    if h is None or w is None or g is None:
        return Inspection(missing=missing)
    shirk, inspect, corner = _equilibrium(h, w, g)
    return Inspection(
        shirk=shirk,
        inspect=inspect,
        spend=h * inspect,
        yearly=_times(h * inspect, times),
        corner=corner,
        missing=missing,
    )


def betrayal(plan: Plan, known: Relationship, yearly: float | None) -> Betrayal:
    """What a betrayal would cost, and how likely it may get before trust stops paying.

    ``yearly`` is the yearly dividend. Relaxing pays while the added chance ×
    cost stays under it; the comparison looks at one year and is ours.
    """
    gain = plan.future.us.yearly_gain
    future = None if known.value is None else max(0.0, known.value)
    at_once = _at_least_0(plan.loss_if_betrayed)
    cost = None if at_once is None or future is None else at_once + future
    return Betrayal(
        at_once=at_once,
        future=future,
        cost=cost,
        bearable=_bearable(yearly, cost),
        missing=_missing(
            {
                "/loss_if_betrayed": at_once,
                "/future/us/yearly_gain": gain.middle if gain else None,
                **_for_the_multiple(plan),
            }
        ),
    )


def _equilibrium(h: float, w: float, g: float) -> tuple[float, float, Corner | None]:
    """(chance that they shirk, chance that we check, why if neither is mixed)."""
    if g == 0:
        return 0.0, 0.0, Corner.NO_NEED
    if h >= w:
        return 1.0, 0.0, Corner.NO_CHECK_PAYS
    if g >= w:
        return 1.0, 1.0, Corner.NO_DETERRENCE
    return h / w, g / w, None


def _bearable(yearly: float | None, cost: float | None) -> float | None:
    if yearly is None or cost is None:
        return None
    if yearly <= 0:
        return 0.0
    return yearly / cost if cost > yearly else 1.0


def _for_the_multiple(plan: Plan) -> dict[str, float | None]:
    return {
        "/future/continue_chance": plan.future.continue_chance,
        "/future/discount_rate": plan.future.discount_rate,
    }


def _missing(answers: dict[str, float | None]) -> tuple[str, ...]:
    return tuple(at for at, answer in answers.items() if answer is None)


def _times(amount: float | None, factor: float | None) -> float | None:
    return None if amount is None or factor is None else amount * factor


def _at_least_0(amount: float | None) -> float | None:
    return None if amount is None else max(0.0, amount)
