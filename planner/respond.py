"""The one door of the browser: JSON text in, JSON text out.

A request is ``{"id", "plan", "panels", "base", "own", "typing", "do"}``, the
response ``{"id", "plan", "html", "problems", "says", "moved", "focus", "refused"}``.
A bad document never raises across the border: it answers with problems, and with
the advice that the valid part still supports.
"""

import json
from typing import Any

from planner.document import FORMAT, decode, read_draft
from planner.editing import Edited, edit
from planner.errors import Problem, UnsupportedDocument
from planner.examples import example
from planner.page import PANELS, View, field_id, show, view

__all__ = ["respond"]


def respond(text: str) -> str:
    """Answer one question of the page. Never raises, whatever the text holds."""
    request: dict[str, Any] = {}
    try:
        decoded = decode(text)
        request = decoded if isinstance(decoded, dict) else {}
        return _written(_answer(request))
    except UnsupportedDocument as error:
        return _written(_refusal(request, error.problem))
    except (ValueError, RecursionError):
        return _written(_refusal({}, Problem("", "Ask again in JSON")))


def _written(answer: dict[str, Any]) -> str:
    """Strict JSON; half a character, which no encoding can hold, is replaced."""
    text = json.dumps(answer, ensure_ascii=False, allow_nan=False)
    return text.encode(errors="replace").decode()


def _refusal(request: dict[str, Any], problem: Problem) -> dict[str, Any]:
    """The answer about what cannot be read: everything stays as it was."""
    return {
        "id": request.get("id"),
        "plan": request.get("plan"),
        "html": show(
            view({"format": FORMAT}, panels=("problems",), refused=(problem,))
        ),
        "problems": [_problem(problem)],
        "says": problem.says,
        "moved": {},
        "focus": None,
        "refused": True,
    }


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    before = request.get("plan") or example("renewal")
    read_draft(before)  # so that edits meet plan documents only
    do, asked = request.get("do"), request.get("panels")
    panels = asked if isinstance(asked, list) and asked else PANELS
    edited, refused = _edited(before, do if isinstance(do, dict) else {})
    shown = view(
        edited.document,
        base=str(request.get("base") or ""),
        panels=tuple(panel for panel in PANELS if panel in panels),
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
        "refused": bool(refused),
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
