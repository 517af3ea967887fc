"""The one door of the browser: JSON text in, JSON text out.

A request is about one plan document; ``SETTINGS`` and ``_answer`` tell its keys. A
bad document never raises across the border: it answers with problems, and with the
advice that the valid part still supports.
"""

import json
import re
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any

from planner.edits.editing import Edited, edit
from planner.edits.examples import example
from planner.edits.sheets import as_csv, issue_rows, pasted, rows_of, with_issues
from planner.edits.telling import told
from planner.plan.asking import asked
from planner.plan.document import (
    FORMAT,
    TOO_DEEP,
    TOO_MUCH,
    check_format,
    decode,
    parse,
    to_json,
)
from planner.plan.errors import Problem, UnsupportedDocument
from planner.plan.limits import MOST_LINK
from planner.show.brief import as_markdown
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
from planner.words.figures import Spelling, spelled

__all__ = ["extend", "respond"]

WORKBOOKS = "sheets.zip"  # the archive with the library for workbooks
UNFETCHED = (
    "The part that reads and writes workbooks could not be fetched. Check your "
    "connection and try again; lists as .csv work without it"
)
UNREADABLE = (
    "Something in this plan cannot be read. Undo your last change, or open another plan"
)
UNANSWERED = (
    "The planner cannot work with this plan as it stands. Undo your last change, open "
    "another plan, or save this one as a file"
)

# Why the page let something from outside not in; it tells the reason, these say it.
REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "large": "This file is over 1 MiB, the most that a plan or a list may have. "
        "Choose a smaller one",
        "long": "This list is over 1 MiB. Paste a part of it",
        "heavy": "This workbook is over 5 MB, the most that the planner reads. Save "
        "the sheet with the list as a workbook of its own, or as CSV",
        "lengthy": f"This link is longer than {MOST_LINK:,} characters, the most that "
        "the planner opens. Ask for the plan as a file",
        "deep": TOO_DEEP,
        "much": TOO_MUCH,
        "unreadable": "This file could not be read. Choose it again, or a copy of it",
        "kind": "This file is not one that the planner reads. Choose a plan (.json), "
        "a list (.csv) or a workbook (.xlsx)",
        "cut": "This link ends too early. Ask for it again, and copy all of it",
        "newer": "This link was made by a newer version of this page. Reload the page, "
        "then open the link again",
        "changed": "This link was changed on its way: what it holds is not what was "
        "sent. Ask for it again, or for the plan as a file",
        "garbled": "This link does not hold a plan that can be read. Ask for it again, "
        "or for the plan as a file",
    }
)


def respond(text: str) -> str:
    """Answer one question of the page. Never raises, whatever the text holds.

    Where a library is needed that is not there, the answer is ``{"needs": archive}``
    and nothing else: ``extend`` takes the archive, then the question is asked again,
    or with ``"lacking": true`` where it could not be had.
    """
    try:
        request = _object(decode(text, around=1))
    except (ValueError, RecursionError):
        return _written(_refusal({}, Problem("", UNREADABLE)))
    try:
        with spelled(_spelling(request.get("locale"))):
            return _written(_answer(request))
    except _LacksLibrary:
        if request.get("lacking"):
            return _written(_refusal(request, Problem("", UNFETCHED)))
        return json.dumps({"needs": WORKBOOKS})
    except UnsupportedDocument as error:
        return _written(_refusal(request, error.problem))
    except Exception as error:  # the last line of defence: a question is answered
        failed = {name: _fault(error) for name in _asked_for(request)}
        return _written(_refusal(request, Problem("", UNANSWERED), failed))


def extend(archive: str) -> None:
    """Let the planner import from an archive at that path."""
    sys.path.append(archive)


class _LacksLibrary(Exception):
    """The library for workbooks has not been fetched."""


def _workbook() -> ModuleType:
    """The module for workbooks; its library is fetched only when one is wanted."""
    try:
        return import_module("planner.show.workbook")
    except ModuleNotFoundError:
        raise _LacksLibrary from None


def _written(answer: dict[str, Any]) -> str:
    """Strict JSON; half a character, which no encoding can hold, is replaced."""
    text = json.dumps(answer, ensure_ascii=False, allow_nan=False)
    return text.encode(errors="replace").decode()


def _refusal(
    request: dict[str, Any],
    problem: Problem,
    failed: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any]:
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
        "file": None,
        "failed": dict(failed),
    }


def _asked_for(request: dict[str, Any]) -> tuple[str, ...]:
    """The panels of the page that a question is about; all where it does not say."""
    wanted = request.get("panels")
    panels = wanted if isinstance(wanted, list) and wanted else PANELS
    return tuple(name for name in PANELS if name in panels)


def _panels(names: list[str], shown: View) -> tuple[dict[str, str], dict[str, str]]:
    """The HTML of each panel, and why some could not be worked out.

    One that fails does not take the others with it.
    """
    html, failed = {}, {}
    for name in names:
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


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    do = _object(request.get("do"))
    before = _before(request.get("plan") or example("renewal"), do)
    edited, refused = _edited(before, do)
    shown = replace(
        _looked_at(json.dumps([edited.document, *map(request.get, CONTEXT)])),
        panels=_asked_for(request),
        refused=refused or _still(request.get("still")),
        **{key: read(request.get(key)) for key, read in SETTINGS.items()},
    )
    html, failed = _panels(_now(request, shown), shown)
    return {
        "id": request.get("id"),
        "plan": shown.document,
        "html": html,
        "problems": [_problem(problem) for problem in shown.problems],
        "says": _says(shown),
        "warns": [_warning(problem) for problem in shown.problems],
        "moved": dict(edited.moved),
        "focus": _focus(edited, refused),
        "refused": bool(refused),
        "still": [problem.says for problem in shown.refused],
        "did": None if refused else told(before, edited.document, do),
        "file": _file(str(request.get("give")), shown),
        "failed": failed,
    }


def _before(draft: Any, do: dict[str, Any]) -> Any:
    """The document to edit: edits meet plan documents only.

    From a draft that is none, of a later version perhaps, one can still go to another
    plan. Raises UnsupportedDocument for all else.
    """
    try:
        check_format(draft)
    except UnsupportedDocument:
        if "open" in do:
            parse(str(do["open"]))
        elif "start" not in do:
            raise
        return {"format": FORMAT}
    return draft


def _now(request: dict[str, Any], shown: View) -> list[str]:
    """The panels to show at once: those asked for ``now``, else all of the page."""
    now = request.get("now")
    return [p for p in shown.panels if not isinstance(now, list) or p in now]


@lru_cache(maxsize=1)
def _looked_at(asked: str) -> View:
    """A document worked out once for all the questions about it.

    The page asks about its panels one after the other; what has been computed for
    one of them is there for the next. Figures are said in the reader's format, so
    that is a part of what is asked.
    """
    document, _ = json.loads(asked)
    return view(document)


def _edited(
    before: dict[str, Any], do: dict[str, Any]
) -> tuple[Edited, tuple[Problem, ...]]:
    """The draft after an edit; a refused file leaves it as it was."""
    try:
        if "refused" in do:
            raise UnsupportedDocument(_refused_because(do["refused"]))
        if "look" in do:
            return _look(before, str(do["look"])), ()
        if "paste" in do:
            return pasted(before, str(do["paste"]), str(do.get("text", ""))), ()
        if "read" in do:
            return with_issues(before, _rows(_object(do["read"]))), ()
        return edit(before, do), ()
    except UnsupportedDocument as error:
        return Edited(before), (error.problem,)


def _look(before: dict[str, Any], link: str) -> Edited:
    """The draft as it was, where the text of a link is a plan to be looked at."""
    try:
        parse(link)
    except UnsupportedDocument:
        known = FORMAT.partition("/")[0]
        form = re.match(r'\s*{"format":\s*"([^"/]*)/', link)
        reason = "newer" if form and form[1] == known else "garbled"
        raise UnsupportedDocument(REFUSALS[reason]) from None
    return Edited(before)


def _rows(file: dict[str, Any]) -> list[list[str]]:
    """The rows of a list in a file: its text, or a workbook in base64."""
    if "base64" in file:
        return list(_workbook().read_issues(b64decode(str(file["base64"]))))
    return rows_of(str(file.get("text", "")))


def _refused_because(reason: Any) -> str:
    return REFUSALS.get(str(reason), REFUSALS["unreadable"])


def _focus(edited: Edited, refused: tuple[Problem, ...]) -> str | None:
    """The HTML id where the reader goes on; the list of problems after a refusal."""
    if refused:
        return "problems"
    return field_id(edited.focus) if edited.focus else None


def _says(shown: View) -> str:
    """The conclusion, for a screen reader: said once when it changes."""
    return f"Stance: {shown.advice.stance.label}. {shown.advice.says}"


def _problem(problem: Problem) -> dict[str, str]:
    return {"at": problem.at, "says": problem.says}


def _warning(problem: Problem) -> str:
    """A problem for a screen reader: said once, away from its field."""
    known = asked(problem.at)
    return f"{known.label}: {problem.says}." if known else f"{problem.says}."


# How the page wants to be answered. Whatever else stands there counts as not said.


def _spelling(locale: Any) -> Spelling:
    """How the reader's browser writes figures; in English where it does not say."""
    said = _object(locale)
    sizes = [s for s in _list(said.get("sizes")) if isinstance(s, int) and 0 < s < 10]
    words = {
        key: said[key]
        for key in ("decimal", "group", "gap", "share")
        if isinstance(said.get(key), str) and len(said[key]) < 4
    }
    before = said.get("before")
    return Spelling(
        **words,
        sizes=tuple(sizes[:3]) or (3,),
        before=before if isinstance(before, bool) else True,
    )


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
        "layout": lambda raw: "tables" if raw == "tables" else "forms",
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


def _file(asked: str, shown: View) -> dict[str, str] | None:
    """The file that the page asked for, None for what there is no file of."""
    return FILES[asked](shown) if asked in FILES else None


def _plan_file(shown: View) -> dict[str, str]:
    text = to_json(shown.document)
    return {"name": _named(shown, "json"), "type": "application/json", "text": text}


def _brief_file(shown: View) -> dict[str, str]:
    text = as_markdown(shown.draft, shown.analysis, shown.advice)
    return {"name": _named(shown, "md"), "type": "text/markdown", "text": text}


def _named(shown: View, ending: str) -> str:
    """A file name that every system takes, from the plan's title."""
    title = shown.draft.plan.title or "negotiation plan"
    words = "".join(c if c.isalnum() else " " for c in title).split()
    return f"{'-'.join(words)[:80].strip('-').lower() or 'plan'}.{ending}"


def _issues_file(shown: View) -> dict[str, str]:
    text = as_csv(issue_rows(shown.draft.plan))
    return {"name": _named(shown, "csv"), "type": "text/csv", "text": text}


def _workbook_file(shown: View) -> dict[str, str]:
    workbook = _workbook()
    made = workbook.written(shown.draft.plan, shown.analysis, shown.advice)
    return {
        "name": _named(shown, "xlsx"),
        "type": workbook.TYPE,
        "base64": b64encode(made).decode(),
    }


FILES: Mapping[str, Callable[[View], dict[str, str]]] = MappingProxyType(
    {
        "plan.json": _plan_file,
        "brief.md": _brief_file,
        "issues.csv": _issues_file,
        "plan.xlsx": _workbook_file,
    }
)
