"""What can go wrong with a plan, and how it is said.

PlannerError
├── UnsupportedDocument   it cannot be read at all: not JSON, another format, too big
└── PlanError             it can be read, and some answers need another look
"""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["PlanError", "PlannerError", "Problem", "UnsupportedDocument"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One answer that needs another look.

    ``at`` is its JSON Pointer (RFC 6901) in the plan document, ``""`` for the
    document as a whole. ``says`` is an instruction: what to enter instead.
    """

    at: str
    says: str


class PlannerError(Exception):
    """Everything that the planner raises on purpose."""


class UnsupportedDocument(PlannerError):
    """The text is no plan document that this planner can read.

    ``problem`` says what to do about it.
    """

    def __init__(self, says: str) -> None:
        super().__init__(says)
        self.problem = Problem("", says)


class PlanError(PlannerError):
    """A plan document has answers that need another look.

    ``problems`` holds all of them, at most one for each answer.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        # Not the text: an error is made anew from these in another process.
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "; ".join(f"{p.at or '/'}: {p.says}" for p in self.problems)
