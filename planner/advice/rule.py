"""What a rule is: a piece of advice, the page that argues it, and when it applies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from importlib import import_module
from typing import Any, SupportsIndex

from planner.analyses.analysis import Analysis
from planner.analyses.stance import Stance

__all__ = [
    "AFTERWARDS",
    "AHEAD",
    "ALL",
    "BEFORE_AN_OFFER",
    "CLAIMING",
    "DURING",
    "GIVING_WAY",
    "NOW",
    "ONE_OFF",
    "SHORT",
    "STOPPED",
    "TALKING",
    "UNDER_WAY",
    "Evidence",
    "Kind",
    "Missing",
    "Phase",
    "Rule",
    "Theme",
    "phase_of",
    "rule",
]


ALL = 100.0  # points: what decides the stance decides the whole deal
NOW = 2 * ALL  # what to do next comes before all else of its kind


class Kind(Enum):
    """What a piece of advice asks of the reader."""

    BEWARE = "Beware"
    DO = "Do"
    ASK = "Ask"


class Theme(Enum):
    """One thought. Of the rules that share it only the strongest speaks.

    The others become its reasons. The value is what a reader calls it.
    """

    NEXT = "What to do now"
    TRADES = "What to trade"
    MANDATE = "Who may say yes"
    OWN_WORD = "What you owe them"
    INTERESTS = "What they need it for"
    OPTIONS = "What else could be done"
    ANSWER = "How you answer an offer"
    FAIRNESS = "How you decide"
    FREE = "What costs them nothing"
    GIVING = "What you give for nothing"
    RETREAT = "What you take back"
    GOODWILL = "What goodwill is worth"
    FUTURE = "How the contract ends"
    PROMISE = "What you promise"
    THEIR_FUTURE = "What they see in you"
    FRAME = "How they behave"
    FIRMNESS = "How firm the advice is"
    PRIORITIES = "What matters to them"
    LIMITS = "Your limits"
    WALK_AWAY = "What you do without a deal"
    THEIR_WALK_AWAY = "What they do without a deal"
    MONEY = "Points as money"
    WEIGHTS = "What matters to you"
    PACE = "How they move"
    RELATIONSHIP = "The relationship"
    TRUST = "Trust and checks"
    SIGNED = "What was signed"
    NEXT_TIME = "Next time"


class Phase(Enum):
    """Where the talks are. The value is what a reader calls it."""

    BEFORE = "before anyone has made an offer"
    DURING = "while you talk"
    STOP = "at the stop line"
    AFTER = "after the talks"


TALKING = frozenset({Phase.BEFORE, Phase.DURING, Phase.STOP})
AHEAD = frozenset({Phase.BEFORE, Phase.DURING})
BEFORE_AN_OFFER = frozenset({Phase.BEFORE})
DURING = frozenset({Phase.DURING})
UNDER_WAY = frozenset({Phase.DURING, Phase.STOP})
STOPPED = frozenset({Phase.STOP})
AFTERWARDS = frozenset({Phase.AFTER})

ONE_OFF = frozenset(
    {Stance.DEAL_FAIRLY, Stance.CLAIM, Stance.CLAIM_COURTEOUSLY, Stance.KEEP_SHORT}
)


CLAIMING = frozenset({Stance.CLAIM, Stance.KEEP_SHORT})
SHORT = frozenset({Stance.KEEP_SHORT})
GIVING_WAY = frozenset({Stance.YIELD})
NO_STANCE: frozenset[Stance] = frozenset()


def phase_of(analysis: Analysis) -> Phase:
    """Tell where the talks of a plan are."""
    plan = analysis.plan
    if plan.outcome.agreed is not None:
        return Phase.AFTER
    if analysis.play.stopped and analysis.play.advance in ("stop", None):
        return Phase.STOP
    spoken = any(offer.terms for offer in plan.offers) or any(
        move.issue for move in plan.moves
    )
    return Phase.DURING if spoken else Phase.BEFORE


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rule applies: ``says`` is the reader's own figure, ``at`` its address.

    ``facts`` fill the names in braces of the rule's advice. ``stake`` is how many
    of our 100 points hang on it; the rule's own where None.
    """

    at: str
    says: str
    facts: Mapping[str, str] = field(default_factory=dict)
    stake: float | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """The rule cannot tell. It asks for the answer at ``at`` and never votes."""

    at: str
    asks: str


type Check = Callable[[Analysis], Evidence | Missing | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A piece of advice that applies to some plans.

    ``page`` is the handbook heading that argues it. ``fires_on`` and
    ``silent_on`` are changes to the worked plan, address → value, that make it
    apply and not apply; both are tested. ``stake`` is how many of our 100 points
    hang on it where the evidence does not say; all of them for what decides the
    stance. It speaks in its ``phases`` alone, and is silent ``silent_in`` some stances.

    ``line`` is what to say to the other side, in one sentence of our own mouth; empty
    where the advice is for nobody but the reader. The evidence's facts fill it too.
    """

    check: Check
    kind: Kind
    theme: Theme
    phases: frozenset[Phase]
    silent_in: frozenset[Stance]
    advice: str
    line: str
    page: str
    fires_on: Mapping[str, Any]
    silent_on: Mapping[str, Any]
    stake: float

    @property
    def id(self) -> str:
        """The name of its check, with hyphens."""
        return getattr(self.check, "__name__", "").replace("_", "-")

    @property
    def applies(self) -> str:
        """When it applies, in one sentence."""
        return (self.check.__doc__ or "").partition("\n")[0]

    def speaks(self, phase: Phase, stance: Stance) -> bool:
        """Tell whether it may speak in a phase of the talks and in a stance."""
        return phase in self.phases and stance not in self.silent_in

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        """Copy a reference: its module has the rule under the name of its check."""
        where = self.check.__module__, self.id.replace("-", "_")
        if _find_rule(*where) is self:
            return _find_rule, where
        return object.__reduce_ex__(self, protocol)


def _find_rule(module: str, name: str) -> Any:
    return getattr(import_module(module), name, None)


def rule(
    *,
    kind: Kind,
    theme: Theme,
    advice: str,
    page: str,
    fires_on: Mapping[str, Any],
    silent_on: Mapping[str, Any],
    stake: float = 0.0,
    line: str = "",
    phases: frozenset[Phase] = TALKING,
    silent_in: frozenset[Stance] = NO_STANCE,
) -> Callable[[Check], Rule]:
    """Declare a rule: the decorated check says when it applies."""

    def declared(check: Check) -> Rule:
        return Rule(
            check=check,
            kind=kind,
            theme=theme,
            phases=phases,
            silent_in=silent_in,
            advice=advice,
            line=line,
            page=page,
            fires_on=fires_on,
            silent_on=silent_on,
            stake=stake,
        )

    return declared
