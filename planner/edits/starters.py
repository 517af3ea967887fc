"""Lists of issues to start from: what is usually settled, so that nothing is forgotten.

The six issues of a supply agreement and the four of a relationship are those that
[NegotiationsCom2020] names; their options, the other lists and the hints are ours.
Options come without points, and issues without weights: those are the reader's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

__all__ = ["STARTERS", "Starter", "StarterList", "starter_issues"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """An issue to start from; ``hint`` says what it settles and is traded against."""

    id: str
    name: str
    hint: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterList:
    """Starters of one of the two lists, under the ``title`` that a reader chooses."""

    title: str
    kind: Literal["agreement", "relationship"]
    issues: tuple[Starter, ...]


def starter_issues(name: str) -> list[dict[str, Any]]:
    """The issues of a starter list, or the one named ``list/issue``, as raw members.

    Empty for a name that there is none of.
    """
    chosen, _, only = name.partition("/")
    known = STARTERS.get(chosen)
    if known is None:
        return []
    return [
        _member(starter, known.kind)
        for starter in known.issues
        if only in ("", starter.id)
    ]


def _member(starter: Starter, kind: str) -> dict[str, Any]:
    member: dict[str, Any] = {"id": starter.id, "name": starter.name, "kind": kind}
    if kind == "agreement":
        member["options"] = [{"name": option} for option in starter.options]
    return member


SUPPLY = StarterList(
    title="A supply contract",
    kind="agreement",
    issues=(
        Starter(
            id="price-breaks",
            name="Price at volume breaks",
            hint="What a unit costs as the order grows; often traded for volume",
            options=("One price", "A break at a full load", "Breaks at three volumes"),
        ),
        Starter(
            id="service",
            name="Service agreement",
            hint="How fast help comes, and what is stocked; often traded for price",
            options=("Best effort", "Two working days", "Next day, with spare stock"),
        ),
        Starter(
            id="equipment",
            name="Replacing obsolete equipment",
            hint="Who pays for what wears out or falls behind; often traded for term",
            options=("The buyer pays", "Shared in halves", "The seller pays"),
        ),
        Starter(
            id="disputes",
            name="Settling disputes",
            hint="Who decides when you disagree; costs little now and much later",
            options=("The courts", "Mediation first", "A named expert decides"),
        ),
        Starter(
            id="termination",
            name="Termination",
            hint="How either side gets out; often traded for price or investment",
            options=("At any time", "Three months’ notice", "Twelve months’ notice"),
        ),
        Starter(
            id="duties",
            name="Who carries the vendor’s duties",
            hint="Who answers for the work if the seller is sold or subcontracts",
            options=("May be passed on", "With consent", "May not be passed on"),
        ),
    ),
)

SERVICE = StarterList(
    title="A software or service contract",
    kind="agreement",
    issues=(
        Starter(
            id="fee",
            name="Yearly fee",
            hint="What a year costs; often traded for the term or a reference",
        ),
        Starter(
            id="term",
            name="Term",
            hint="How long both are bound; a longer one is often paid with price",
            options=("One year", "Two years", "Three years"),
        ),
        Starter(
            id="increase",
            name="Yearly increase",
            hint="How much the fee may rise; easy to forget, expensive later",
            options=("None", "With an index", "Up to a cap", "At renewal, freely"),
        ),
        Starter(
            id="support",
            name="Support",
            hint="How fast someone helps, and when; often traded for price",
            options=("Office hours", "Extended hours", "Around the clock"),
        ),
        Starter(
            id="exit",
            name="Data and exit",
            hint="What you get back when you leave; costs them little before signing",
            options=("Not settled", "An export", "An export and help to move"),
        ),
        Starter(
            id="payment",
            name="Payment",
            hint="When money moves; worth most to whoever is short of cash",
            options=("A year in advance", "By quarter", "By month"),
        ),
    ),
)

PROJECT = StarterList(
    title="A joint project",
    kind="agreement",
    issues=(
        Starter(
            id="shares",
            name="Shares of cost and gain",
            hint="Who puts in and takes out how much",
        ),
        Starter(
            id="control",
            name="Who decides what",
            hint="Who has the last word on budget, people and scope",
            options=("They decide", "Both must agree", "You decide"),
        ),
        Starter(
            id="results",
            name="Who owns the results",
            hint="Rights in what is made together; often traded for shares",
            options=("They own them", "Owned together", "You own them"),
        ),
        Starter(
            id="way-out",
            name="Way out",
            hint="What happens when one side wants to stop",
            options=("No way out", "A buy-out at a formula", "Either may leave"),
        ),
        Starter(
            id="start",
            name="Start",
            hint="When it begins, and what has to be there first",
        ),
    ),
)

RELATIONSHIP = StarterList(
    title="The usual four",
    kind="relationship",
    issues=(
        Starter(
            id="long-term-goals",
            name="Long-term goals",
            hint="Where each firm wants to be; promise to tell before plans change",
        ),
        Starter(
            id="own-interests",
            name="Individual goals and interests",
            hint="What the people at the table need; promise what you can see kept",
        ),
        Starter(
            id="future-opportunities",
            name="Future opportunities",
            hint="What else you could do together; promise a date to look at it",
        ),
        Starter(
            id="trust-and-respect",
            name="Trust and respect",
            hint="How you treat each other; promise early word, and keep it",
        ),
    ),
)

STARTERS: Mapping[str, StarterList] = MappingProxyType(
    {
        "supply": SUPPLY,
        "service": SERVICE,
        "project": PROJECT,
        "relationship": RELATIONSHIP,
    }
)
