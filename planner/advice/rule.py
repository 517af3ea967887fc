"""What a rule is: a piece of advice, the page that argues it, and when it applies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from importlib import import_module
from typing import Any, SupportsIndex

from planner.analyses.analysis import Analysis

__all__ = ["ALL", "Evidence", "Kind", "Missing", "Rule", "rule"]


ALL = 100.0  # points: what decides the stance decides the whole deal


class Kind(Enum):
    """What a piece of advice asks of the reader."""

    BEWARE = "Beware"
    DO = "Do"
    ASK = "Ask"


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
    stance.
    """

    check: Check
    kind: Kind
    advice: str
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
    advice: str,
    page: str,
    fires_on: Mapping[str, Any],
    silent_on: Mapping[str, Any],
    stake: float = 0.0,
) -> Callable[[Check], Rule]:
    """Declare a rule: the decorated check says when it applies."""

    def declared(check: Check) -> Rule:
        return Rule(
            check=check,
            kind=kind,
            advice=advice,
            page=page,
            fires_on=fires_on,
            silent_on=silent_on,
            stake=stake,
        )

    return declared
