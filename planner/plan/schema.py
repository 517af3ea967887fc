"""The JSON Schema of the plan document, from the table that ``document`` reads by."""

from typing import Any

from planner.plan.document import FORMAT
from planner.plan.values import PLAN

__all__ = ["schema"]


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``negotiation-plan/1``.

    It describes what the planner writes. What answers may not say together
    (two issues of one name, an option that is not there) only ``check`` tells.
    """
    described = PLAN.schema()
    return (
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": FORMAT,
        }
        | described
        | {
            "properties": {
                "format": {"const": FORMAT, "description": "Which format this is"},
                **described["properties"],
            },
            "required": ["format"],
        }
    )
