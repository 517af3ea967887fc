"""The planner on the command line: ``python -m planner advise PLAN.json``."""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from planner.advice.advice import advise
from planner.analyses.analysis import Analysis
from planner.edits.examples import EXAMPLES, example
from planner.plan.address import look_up, under
from planner.plan.document import parse, read_draft, unknown_members
from planner.plan.errors import Problem, UnsupportedDocument
from planner.plan.schema import schema
from planner.plan.signals import SIGNALS
from planner.plan.values import PLAN
from planner.show.brief import as_markdown
from planner.show.data import as_data

LIKE, ALIKE = 0.7, 0.8  # how much, from 0 to 1: names side by side, and far apart


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status is 1 where something needs another look."""
    options = _parser().parse_args(arguments)
    status: int = options.run(options)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="planner", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("advise", help="print the brief of a plan")
    run.add_argument("plan", help="a plan file, or - for standard input")
    run.add_argument("--format", choices=("text", "json"), default="text")
    run.add_argument("--all", action="store_true", help="print everything, not a page")
    run.set_defaults(run=_advise)
    run = commands.add_parser("check", help="list what needs another look")
    run.add_argument("plan", help="a plan file, or - for standard input")
    run.set_defaults(run=_check)
    run = commands.add_parser("schema", help="print the JSON Schema of a plan")
    run.set_defaults(run=lambda _: _print(schema()))
    run = commands.add_parser("example", help="print a worked plan")
    run.add_argument("name", nargs="?", choices=EXAMPLES, default=next(iter(EXAMPLES)))
    run.set_defaults(run=lambda options: _print(example(options.name)))
    return parser


def _advise(options: argparse.Namespace) -> int:
    document = _read(options.plan)
    if document is None:
        return 1
    draft = read_draft(document)
    analysis = Analysis(draft.plan)
    advice = advise(analysis)
    if options.format == "json":
        return _print(as_data(draft, analysis, advice))
    return _write(as_markdown(draft, analysis, advice, whole=options.all))


def _check(options: argparse.Namespace) -> int:
    document = _read(options.plan)
    if document is None:
        return 1
    problems = [*read_draft(document).problems, *_unknown_names(document)]
    for problem in problems:
        _write(f"{problem.at or '/'}: {problem.says}\n")
    return 1 if problems else 0


def _unknown_names(document: dict[str, Any]) -> Iterator[Problem]:
    """Tell what is kept and not used: of a later version perhaps, or misspelt."""
    catalogue = [under("/signals", signal.id) for signal in SIGNALS]
    known = [*PLAN.places(""), *catalogue]
    given = look_up(document, "/signals")
    signals = given if isinstance(given, dict) else {}
    strays = {under("/signals", key) for key in signals}.difference(catalogue)
    for at in (*unknown_members(document), *sorted(strays)):
        yield Problem(at, f"{_explain_name(at, known)}; this one is kept and not used")


def _explain_name(at: str, known: Sequence[str]) -> str:
    if _generalize(at) in known:
        return "Check the kind of this issue: only the other kind has this"
    nearest = _find_nearest(at, known) or "none like it"
    return f"Check this name: the planner knows {nearest}"


def _find_nearest(at: str, known: Sequence[str]) -> str | None:
    """Return the known address most like one: of those beside it, else of all."""
    home, _, name = at.rpartition("/")
    beside: dict[str, str] = {}
    elsewhere: dict[str, str] = {}
    for place in known:
        around, _, key = place.rpartition("/")
        if around == _generalize(home):
            beside[key] = f"{home}/{key}"
        elif not key.isdecimal():
            elsewhere.setdefault(key, place)
    for places, cutoff in ((beside, LIKE), (elsewhere, ALIKE)):
        for key in get_close_matches(name, places, 1, cutoff):
            return places[key]
    return None


def _generalize(at: str) -> str:
    """Return an address as the table has it: its lists have one member, the first."""
    return re.sub(r"/\d+(?=/|$)", "/0", at)


def _read(name: str) -> dict[str, Any] | None:
    """The document in a file; None, with an instruction printed, if there is none."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
        return parse(text)
    except UnsupportedDocument as error:
        print(error, file=sys.stderr)
    except (OSError, UnicodeDecodeError):
        print(f"Cannot read {name}. Name a plan file", file=sys.stderr)
    return None


def _print(data: Any) -> int:
    text = json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)
    return _write(f"{text}\n")


def _write(text: str) -> int:
    """Half a character, which no terminal can show, is replaced."""
    sys.stdout.write(text.encode(errors="replace").decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
