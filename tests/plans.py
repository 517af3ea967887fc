"""Plans whose figures the tests know by hand.

They are the handbook's worked plans of one day. Those may change; these stay, and no
page shows them.
"""

import json
from pathlib import Path
from typing import Any

__all__ = ["FIXED", "fixed_plan"]

FOLDER = Path(__file__).resolve().parent / "cases" / "plans"
FIXED = ("renewal", "sale", "key-customer", "joint-venture")


def fixed_plan(name: str) -> dict[str, Any]:
    """Return a plan document that no change of the handbook touches, fresh each time.

    Beside those of ``FIXED`` there is ``first-plan``, with the answers of the ten
    questions alone.
    """
    document: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return document
