"""Worked plans: shown in the handbook, used by the tests, and a place to start."""

import json
from importlib.resources import files
from typing import Any

__all__ = ["EXAMPLES", "example"]

EXAMPLES = ("renewal", "sale", "key-customer", "joint-venture")


def example(name: str) -> dict[str, Any]:
    """The plan document of a worked example.

    Raises KeyError for a name that is not in ``EXAMPLES``.
    """
    if name not in EXAMPLES:
        raise KeyError(name)
    text = (files(__name__) / f"{name}.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document
