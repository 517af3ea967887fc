"""Worked plans: shown in the handbook, used by the tests, and a place to start."""

import json
from collections.abc import Mapping
from pkgutil import get_data
from types import MappingProxyType
from typing import Any

__all__ = ["EXAMPLES", "TUTORIAL", "example", "is_example"]

TUTORIAL = "first-plan"  # what the tutorial has its reader type

# Each with the line under which a reader chooses it.
EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "renewal": "A buyer renews a yearly contract with a good supplier",
        "sale": "A one-off sale: they will not meet again",
        "key-customer": "A customer asks for one discount after the other",
        "joint-venture": "Two partners who gain most from staying together",
    }
)


def example(name: str) -> dict[str, Any]:
    """The plan document of a worked example.

    Raises KeyError for a name that is not in ``EXAMPLES`` and not the tutorial's.
    """
    if name not in (*EXAMPLES, TUTORIAL):
        raise KeyError(name)
    document: dict[str, Any] = json.loads(get_data(__name__, f"{name}.json") or "")
    return document


def is_example(document: dict[str, Any]) -> bool:
    """Tell whether a document is a worked example as it stands, nothing changed."""
    return any(document == example(name) for name in EXAMPLES)
