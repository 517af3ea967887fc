"""The one door of the browser: JSON text in, JSON text out.

A request is ``{"id", "plan", "panels", "base", "own", "typing", "do"}``, the
response ``{"id", "plan", "html", "problems", "says", "moved", "focus"}``. A bad
document never raises across the border: it answers with problems, and with the
advice that the valid part still supports.
"""

import json
from typing import Any

from planner.editing import Edited, edit
from planner.errors import PlannerError, Problem, UnsupportedDocument
from planner.examples import example
from planner.page import PANELS, View, field_id, show, view

__all__ = ["respond"]


def respond(text: str) -> str:
    """Answer one question of the page. Never raises, whatever the text holds."""
    try:
        request = json.loads(text)
        answer = _answer(request if isinstance(request, dict) else {})
    except (ValueError, RecursionError, PlannerError) as error:
        says = str(error) if isinstance(error, PlannerError) else "Ask again in JSON"
        answer = {"id": None, "html": {}, "problems": [_problem(Problem("", says))]}
    return json.dumps(answer, ensure_ascii=False, allow_nan=False)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    before = request.get("plan") or example("renewal")
    edited, refused = _edited(before, request.get("do") or {})
    shown = view(
        edited.document,
        base=str(request.get("base") or ""),
        panels=tuple(p for p in PANELS if p in (request.get("panels") or PANELS)),
        own=bool(request.get("own")),
        typing=request.get("typing"),
        refused=refused,
    )
    return {
        "id": request.get("id"),
        "plan": shown.document,
        "html": show(shown),
        "problems": [_problem(problem) for problem in shown.problems],
        "says": _says(shown),
        "moved": dict(edited.moved),
        "focus": _focus(edited, refused),
    }


def _edited(
    before: dict[str, Any], do: dict[str, Any]
) -> tuple[Edited, tuple[Problem, ...]]:
    """The draft after an edit; a refused file leaves it as it was."""
    try:
        return edit(before, do), ()
    except UnsupportedDocument as error:
        return Edited(before), (error.problem,)


def _focus(edited: Edited, refused: tuple[Problem, ...]) -> str | None:
    """The HTML id where the reader goes on; the list of problems after a refusal."""
    if refused:
        return "problems"
    return field_id(edited.focus) if edited.focus else None


def _says(shown: View) -> str:
    """The conclusion, for a screen reader: said once when it changes."""
    return f"Stance: {shown.advice.stance.label}. {shown.advice.stance.says}"


def _problem(problem: Problem) -> dict[str, str]:
    return {"at": problem.at, "says": problem.says}
