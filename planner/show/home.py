"""The front page's panels: three questions with their answer, and the way back.

``home`` asks the three questions, filled in with a worked plan until the reader types;
``resume`` tells a reader who comes back how their plan stands.
"""

from typing import Any

from planner.plan.address import look_up, replaced
from planner.plan.document import FORMAT
from planner.show.chapters import Shown, likely_field

__all__ = ["HOME", "asked_at_home", "empty_plan", "first_answers"]

HOME = ("home", "resume")
ASKED = (
    "/future/continue_chance",
    "/future/us/yearly_gain",
    "/future/us/one_off_gain",
)


def asked_at_home(shown: Shown) -> tuple[str, ...]:
    """Return the addresses of the three questions' fields, in their order."""
    return tuple(likely_field(shown, at) for at in ASKED)


def empty_plan(currency: str | None) -> dict[str, Any]:
    """Return a plan with nothing in it but the currency that sums are shown in."""
    return {"format": FORMAT} | ({"currency": currency} if currency else {})


def first_answers(document: dict[str, Any]) -> dict[str, Any]:
    """Return a plan with a document's three answers, and nothing else of it."""
    first = empty_plan(look_up(document, "/currency"))
    for at in ASKED:
        first = replaced(first, at, look_up(document, at))
    return first
