"""The planner on the command line: ``python -m planner advise PLAN.json``."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from planner.advice import advise
from planner.analysis import Analysis
from planner.brief import as_data, as_markdown
from planner.document import Draft, parse, read_draft
from planner.errors import UnsupportedDocument
from planner.examples import EXAMPLES, example
from planner.schema import schema


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
    draft = _read(options.plan)
    if draft is None:
        return 1
    analysis = Analysis(draft.plan)
    advice = advise(analysis)
    if options.format == "json":
        return _print(as_data(draft, analysis, advice))
    return _write(as_markdown(draft, analysis, advice))


def _check(options: argparse.Namespace) -> int:
    draft = _read(options.plan)
    if draft is None:
        return 1
    for problem in draft.problems:
        _write(f"{problem.at or '/'}: {problem.says}\n")
    return 1 if draft.problems else 0


def _read(name: str) -> Draft | None:
    """The draft in a file; None, with an instruction printed, if there is none."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
        return read_draft(parse(text))
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
