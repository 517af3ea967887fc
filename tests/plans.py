"""Plans whose figures the tests know by hand.

They are the handbook's worked plans of one day. Those may change; these stay, and no
page shows them.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planner.plan.limits import (
    MOST_BYTES,
    MOST_ISSUES,
    MOST_MOVES,
    MOST_OPTIONS,
    MOST_OTHERS,
)

__all__ = ["FIXED", "fixed_plan", "largest_plan"]

FOLDER = Path(__file__).resolve().parent / "cases" / "plans"
FIXED = ("renewal", "sale", "key-customer", "joint-venture")


def fixed_plan(name: str) -> dict[str, Any]:
    """Return a plan document that no change of the handbook touches, fresh each time.

    Beside those of ``FIXED`` there is ``first-plan``, with the answers of the ten
    questions alone.
    """
    document: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return document


def largest_plan() -> dict[str, Any]:
    """Return a plan that is full in every list, and as long as a document may be.

    Every issue is of the deal, has all its options, and is in every package.
    """
    packages = [_package(number) for number in range(MOST_OTHERS)]
    moves = [
        {
            "round": n % 50 + 1,
            "by": "us",
            "issue": f"i{n % 60}",
            "from": "a0",
            "to": "a1",
        }
        for n in range(MOST_MOVES)
    ]
    plan = fixed_plan("renewal") | {
        "issues": [*_issues()],
        "money": {"issue": "i0", "from": "a0", "to": "a29", "worth": 90_000},
        "moves": moves,
        "offers": [
            {"by": ("us", "them")[n % 2], "terms": p} for n, p in enumerate(packages)
        ],
        "comparisons": [
            {"first": p, "second": packages[n - 1], "prefer": "first"}
            for n, p in enumerate(packages)
        ],
        "ranking": [f"i{n}" for n in range(MOST_ISSUES)],
    }
    plan.pop("outcome", None)
    room = MOST_BYTES - len(_compact(plan))
    for move in moves:
        fits = min(room, 10_000) - len(',"why":""')
        if fits > 0:
            move["why"] = "w" * fits
            room = MOST_BYTES - len(_compact(plan))
    return plan


def _issues() -> Iterator[dict[str, Any]]:
    for n in range(MOST_ISSUES):
        last = MOST_OPTIONS - 1
        options = [
            {"name": f"a{o}", "us": 100 * o // last, "them": 100 - 90 * o // last}
            for o in range(MOST_OPTIONS)
        ]
        weight = {"us": 10 + n, "them": 70 - n}
        kinds = {"id": f"i{n}", "name": f"Issue {n}", "kind": "agreement"}
        yield kinds | {"weight": weight, "options": options, "basis": "guessed"}


def _package(number: int) -> dict[str, str]:
    return {f"i{n}": f"a{(number + n) % MOST_OPTIONS}" for n in range(MOST_ISSUES)}


def _compact(plan: dict[str, Any]) -> str:
    return json.dumps(plan, separators=(",", ":"), ensure_ascii=False)
