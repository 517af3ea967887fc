"""The planner: a plan document in, a recommendation with its reasons out.

Pure Python on the standard library, but for ``page``, which renders with Jinja2.
"""

from planner.advice.advice import Advice, advise
from planner.analyses.analysis import Analysis
from planner.plan.document import FORMAT, read_draft, read_plan, write_plan
from planner.plan.errors import PlanError, PlannerError, Problem, UnsupportedDocument
from planner.plan.values import Plan

__all__ = [
    "FORMAT",
    "Advice",
    "Analysis",
    "Plan",
    "PlanError",
    "PlannerError",
    "Problem",
    "UnsupportedDocument",
    "advise",
    "read_draft",
    "read_plan",
    "write_plan",
]
