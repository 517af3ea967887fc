"""The one door of the browser: JSON text in, JSON text out.

A request is about one plan document; ``planner/protocol.py`` tells its keys, and those
of the answer. A bad document never raises across the border: it answers with problems,
and with the advice that the valid part still supports.
"""

import json
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from planner.edits.commands import Effect, Notice, Refused, execute, read_command
from planner.edits.edited import GONE
from planner.edits.examples import example
from planner.edits.library import LacksLibrary, import_with_library
from planner.edits.lists import Reading, Source, read_list
from planner.edits.sheets import as_csv, csv_separator, issue_rows
from planner.plan.document import FORMAT, check_format, decode, to_json
from planner.plan.errors import Problem, UnsupportedDocument
from planner.plan.rows import find_answer
from planner.protocol import Answer, PlanFile, ProblemText
from planner.show.brief import as_markdown
from planner.show.chapters import CHAPTERS
from planner.show.home import HOME
from planner.show.page import (
    PANELS,
    SavedPlan,
    View,
    broken,
    field_id,
    panel,
    show,
    view,
)
from planner.words.direction import isolate, right_to_left_names
from planner.words.figures import Spelling, current_spelling, read_spelling, spelled
from planner.words.progress import report, reporting

__all__ = ["extend", "respond"]

WORKBOOKS = "sheets.zip"  # the archive with the library that writes workbooks
UNFETCHED = (
    "The part that writes workbooks could not be fetched. Check your connection and "
    "try again; lists as .csv work without it"
)
UNPUBLISHED = (
    "The part that writes workbooks is missing on this site, or is not as it was "
    "published. Try again in some minutes; lists as .csv work without it"
)
UNREADABLE = (
    "Something in this plan cannot be read. Undo your last change, or open another plan"
)
UNANSWERED = (
    "The planner cannot work with this plan as it stands. Undo your last change, open "
    "another plan, or save this one as a file"
)


def respond(text: str, hear: Callable[[], object] = bool) -> str:
    """Answer one question of the page. Never raises, whatever the text holds.

    A long answer calls ``hear`` now and then, so that whoever waits knows it is alive.

    Where a library is needed that is not there, the answer is ``{"needs": archive}``
    and nothing else: ``extend`` takes the archive, then the question is asked again,
    or with ``"lacking": "fetch"`` or ``"host"`` where it could not be had: because of
    the line, or of what the host gave.
    """
    try:
        decoded = decode(text, around=1)
        request = decoded if isinstance(decoded, dict) else {}
    except (ValueError, RecursionError):
        return _written(_refusal({}, Problem("", UNREADABLE)))
    try:
        with spelled(read_spelling(request.get("locale"))), reporting(hear):
            return _written(_answer(request))
    except LacksLibrary:
        if request.get("lacking"):
            says = UNPUBLISHED if request["lacking"] == "host" else UNFETCHED
            return _written(_refusal(request, Problem("", says)))
        return json.dumps({"needs": WORKBOOKS})
    except UnsupportedDocument as error:
        return _written(_refusal(request, error.problem))
    except Exception as error:  # the last line of defence: a question is answered
        failed = {name: _fault(error) for name in _asked_for(request)}
        return _written(_refusal(request, Problem("", UNANSWERED), failed))


def extend(archive: str) -> None:
    """Let the planner import from an archive at that path."""
    sys.path.append(archive)


def _written(answer: Answer) -> str:
    """Strict JSON; half a character, which no encoding can hold, is replaced."""
    text = json.dumps(answer, ensure_ascii=False, allow_nan=False)
    return text.encode(errors="replace").decode()


def _refusal(
    request: dict[str, Any],
    problem: Problem,
    failed: Mapping[str, str] = MappingProxyType({}),
) -> Answer:
    """The answer about what cannot be read: everything stays as it was.

    ``failed`` are the panels that could not be worked out; they say so.
    """
    told = view({"format": FORMAT}, panels=("problems",), refused=(problem,))
    return {
        "id": request.get("id"),
        "plan": request.get("plan"),
        "html": dict.fromkeys(failed, broken()) | show(told),
        "problems": [_problem(problem)],
        "says": "",
        "warns": [_warning(problem)],
        "moved": {},
        "focus": None,
        "refused": True,
        "still": [problem.says],
        "did": None,
        "reads": False,
        "file": None,
        "failed": dict(failed),
    }


def _asked_for(request: dict[str, Any]) -> tuple[str, ...]:
    """The panels of the page that a question is about; all where it does not say."""
    wanted = request.get("panels")
    panels = wanted if isinstance(wanted, list) and wanted else PANELS
    return tuple(name for name in (*PANELS, *HOME, *CHAPTERS) if name in panels)


def _panels(names: list[str], shown: View) -> tuple[dict[str, str], dict[str, str]]:
    """The HTML of each panel, and why some could not be worked out.

    One that fails does not take the others with it.
    """
    html, failed = {}, {}
    for name in names:
        report()
        try:
            html[name] = panel(name, shown)
        except Exception as error:
            html[name] = broken()
            failed[name] = _fault(error)
    return html, failed


def _fault(error: Exception) -> str:
    """What an error is and where it arose, for the browser's console."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = frame.tb_frame.f_globals.get("__name__") if frame else ""
    return f"{type(error).__name__} in {where}, line {frame.tb_lineno if frame else 0}"


def _answer(request: dict[str, Any]) -> Answer:
    before = request.get("plan") or example("renewal")
    effect = _carry_out(request, before)
    shown = _look_at(request, effect)
    now = _now(request, shown)
    html, failed = _panels(now, shown)
    answer: Answer = {
        "id": request.get("id"),
        "plan": shown.document,
        "html": html,
        "moved": dict(effect.edited.moved),
        "focus": _focus(effect),
        "problems": [_problem(problem) for problem in shown.problems],
        "says": shown.conclusion(now),
        "warns": [_warning(problem) for problem in shown.problems],
        "refused": bool(effect.refused),
        "still": [problem.says for problem in shown.refused],
        "did": effect.notice,
        "reads": effect.reading is not None,
        "file": _file(str(request.get("give")), shown),
        "failed": failed,
    }
    return _isolate_names(answer, before, shown.names)


def _isolate_names(answer: Answer, before: Any, names: tuple[str, ...]) -> Answer:
    """The answer with each name in what it says in the name's own direction.

    What was done may name what is gone: a name of the plan ``before``.
    """
    did = answer["did"]
    if did is not None:
        known = right_to_left_names([before, [*names]])
        did = Notice(says=isolate(did["says"], known), undo=did["undo"])
    return {**answer, "says": isolate(answer["says"], names), "did": did}


def _carry_out(request: dict[str, Any], before: Any) -> Effect:
    """Do what was asked for; a list that cannot be read is refused, and all with it."""
    try:
        reading = _read(_object(request.get("list")))
    except UnsupportedDocument as error:
        return replace(execute(None, before), refused=(error.problem,))
    return execute(read_command(request.get("do")), before, reading)


def _read(listed: dict[str, Any]) -> Reading | None:
    """What a list holds, read with the reader's choices; None where there is none."""
    if not listed:
        return None
    choices = {
        key: choice
        for key, choice in _object(listed.get("choices")).items()
        if isinstance(choice, str)
    }
    return _list_in(
        str(listed.get("name") or ""),
        str(listed.get("base64") or ""),
        str(listed.get("text") or ""),
        json.dumps(choices, sort_keys=True),
        current_spelling(),
    )


@lru_cache(maxsize=2)
def _list_in(name: str, base64: str, text: str, choices: str, _: Spelling) -> Reading:
    """A list read once for all the questions that it stands beside."""
    try:
        data = b64decode(base64, validate=True)
    except ValueError:
        raise UnsupportedDocument(Refused.REASONS["unreadable"]) from None
    return read_list(Source(name=name, data=data, text=text), json.loads(choices))


def _look_at(request: dict[str, Any], effect: Effect) -> View:
    """What the page shows of the draft, shown as it wants to be answered."""
    settings = {key: read(request.get(key)) for key, read in SETTINGS.items()}
    if effect.edited.moved == GONE:  # another plan, begun from an example perhaps
        settings["own"] = True
    asked = json.dumps([effect.edited.document, *map(request.get, CONTEXT)])
    return replace(
        _worked_out(asked),
        panels=_asked_for(request),
        refused=effect.refused or _still(request.get("still")),
        reading=effect.reading,
        **settings,
    )


def _now(request: dict[str, Any], shown: View) -> list[str]:
    """The panels to show at once: those asked for ``now``, else all of the page."""
    now = request.get("now")
    return [p for p in shown.panels if not isinstance(now, list) or p in now]


@lru_cache(maxsize=1)
def _worked_out(asked: str) -> View:
    """A document worked out once for all the questions about it.

    The page asks about its panels one after the other; what has been computed for
    one of them is there for the next. Figures are said in the reader's format, so
    that is a part of what is asked.
    """
    document, context = json.loads(asked)
    before = _last(json.dumps(context))
    before[:] = [view(document, before[0] if before else None)]
    return before[0]


@lru_cache(maxsize=1)
def _last(_: str) -> list[View]:
    """The view worked out last in a context; none where the context is another one."""
    return []


def _focus(effect: Effect) -> str | None:
    """The HTML id where the reader goes on; the list of problems after a refusal."""
    if effect.refused:
        return "problems"
    return field_id(effect.edited.focus) if effect.edited.focus else None


def _problem(problem: Problem) -> ProblemText:
    return {"at": problem.at, "says": problem.says}


def _warning(problem: Problem) -> str:
    """A problem for a screen reader: said once, away from its field."""
    known = find_answer(problem.at)
    if known is None or not known.is_asked:
        return f"{problem.says}."
    return f"{known.label}: {problem.says}."


# How the page wants to be answered. Whatever else stands there counts as not said.


def _object(raw: Any) -> dict[str, Any]:
    return raw if isinstance(raw, dict) else {}


def _list(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []


def _address(raw: Any) -> str | None:
    return raw if isinstance(raw, str) else None


def _still(raw: Any) -> tuple[Problem, ...]:
    """What was refused before, in our words, and is still to be read."""
    return tuple(Problem("", says) for says in _list(raw) if isinstance(says, str))


def _other(raw: Any) -> dict[str, Any] | None:
    """Another plan document; None for what is none."""
    try:
        check_format(raw)
    except UnsupportedDocument:
        return None
    return dict(raw)


def _plans(raw: Any) -> tuple[SavedPlan, ...]:
    return tuple(
        SavedPlan(
            id=str(plan.get("id")),
            title=str(plan.get("title") or ""),
            changed=int(changed),
            current=bool(plan.get("current")),
        )
        for plan in map(_object, _list(raw))
        if isinstance(changed := plan.get("changed"), int | float)
    )


CONTEXT = ("locale",)  # what an analysis in words depends on, besides the document

SETTINGS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "base": lambda raw: str(raw or ""),
        "own": bool,
        "typing": _address,
        "open": lambda raw: frozenset(i for i in _list(raw) if isinstance(i, str)),
        "trial": lambda raw: {
            at: typed for at, typed in _object(raw).items() if isinstance(typed, str)
        },
        "other": _other,
        "other_id": lambda raw: raw if isinstance(raw, str) else "",
        "plans": _plans,
        "visiting": bool,
    }
)


def _file(asked: str, shown: View) -> PlanFile | None:
    """The file that the page asked for, None for what there is no file of."""
    return FILES[asked](shown) if asked in FILES else None


def _plan_file(shown: View) -> PlanFile:
    text = to_json(shown.document)
    return {"name": _named(shown, "json"), "type": "application/json", "text": text}


def _brief_file(shown: View) -> PlanFile:
    text = as_markdown(shown.draft, shown.analysis, shown.advice)
    return {"name": _named(shown, "md"), "type": "text/markdown", "text": text}


def _named(shown: View, ending: str) -> str:
    """A file name that every system takes, from the plan's title."""
    title = shown.draft.plan.title or "negotiation plan"
    words = "".join(c if c.isalnum() else " " for c in title).split()
    return f"{'-'.join(words)[:80].strip('-').lower() or 'plan'}.{ending}"


def _issues_file(shown: View) -> PlanFile:
    text = as_csv(issue_rows(shown.draft.plan))
    # Said in the name: whose spreadsheet expects commas sees why this one has none.
    ending = "csv" if csv_separator() == "," else "semicolons.csv"
    return {"name": _named(shown, ending), "type": "text/csv", "text": text}


def _workbook_file(shown: View) -> PlanFile:
    workbook = import_with_library("planner.show.workbook")
    made = workbook.written(shown.draft.plan, shown.analysis, shown.advice)
    return {
        "name": _named(shown, "xlsx"),
        "type": workbook.TYPE,
        "base64": b64encode(made).decode(),
    }


FILES: Mapping[str, Callable[[View], PlanFile]] = MappingProxyType(
    {
        "plan.json": _plan_file,
        "brief.md": _brief_file,
        "issues.csv": _issues_file,
        "plan.xlsx": _workbook_file,
    }
)
