"""Ask the planner what nobody would ask, again and again.

A case is a small damage to something that is in order: a request of the page, a draft,
an edit, a list, a workbook, a link. It keeps their structure, so most cases get past
the first check. The same seed makes the same cases; `make fuzz` tries very many.
"""

import argparse
import copy
import io
import json
import random
import re
import subprocess
import sys
import time
import zipfile
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from planner.edits.encodings import ENCODINGS
from planner.edits.sheets import as_csv, issue_rows
from planner.plan.address import look_up, under
from planner.plan.document import FORMAT, read_draft
from planner.plan.limits import LIMITS, MOST_BYTES
from planner.respond import FILES, respond
from planner.show.chapters import CHAPTERS
from planner.show.page import PANELS
from planner.show.workbook import written
from tests.plans import fixed_plan

__all__ = ["KINDS", "LONGEST", "LinkReader", "case", "faults_of", "link_of"]

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 2.0  # seconds of one answer
FIXED = (
    *("renewal", "sale", "key-customer", "joint-venture", "first-plan"),
    *("04-office-lease", "min-trade", "two-issues-two-ends"),
)
HOSTILE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 5, 1e308, -1e308, 5e-324, -0.0, 10**18, 0.1, 101),
    *("", " ", "x", "0", "-5", "80%", "1,5", "1e999", "9" * 400, "<b>", "{0}", "{{x}}"),
    *("=1+1", "x;=1+1;y", "'", '"', "\ud800", "\u202e", "us", "them", "price", "a/b~c"),
    *("agreement", "relationship", "2026-02-30", "0000-00-00", "/issues/0", FORMAT),
    *([], {}, [[]], [{}], [None], {"": {}}, {"id": []}, {"low": 1, "high": 0}, ["x"]),
    *({"us": 0, "them": 100}, {"likely": "x"}, "x" * 201, "x" * 10_001, [0] * 70),
)
KEYS = ("", "0", "-1", "9", "id", "name", "us", "them", "options", "kind", "weight")
BARE_NUMBER = re.compile(r"\b(?:nan|inf|infinity)\b", re.I)
TAG = re.compile(r"<[^>]*>")

type Plan = dict[str, Any]
type Case = dict[str, Any]


def places_in(value: Any, at: str = "") -> Iterator[str]:
    """Yield the address of everything that a JSON value holds."""
    members = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, member in members:
        yield under(at, key)
        yield from places_in(member, under(at, key))


def _hostile(rng: random.Random) -> Any:
    """Return a value of its own: what damages it later must not reach the table."""
    return copy.deepcopy(rng.choice(HOSTILE))


def damaged(rng: random.Random, value: Any) -> Any:
    """Return a copy of a JSON value with one to four damages."""
    value = copy.deepcopy(value)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        value = _damage(rng, value)
    return value


def _damage(rng: random.Random, value: Any) -> Any:
    held = [value, *(look_up(value, at) for at in places_in(value))]
    holders = [each for each in held if isinstance(each, dict | list) and each]
    if not holders:
        return _hostile(rng)
    holder: Any = rng.choice(holders)
    keys: list[Any] = (
        list(holder) if isinstance(holder, dict) else [*range(len(holder))]
    )
    key = rng.choice(keys)
    match rng.randrange(7):
        case 0:
            del holder[key]
        case 1:
            holder[key] = copy.deepcopy(rng.choice(held))
        case 2 if isinstance(holder, list):
            holder.extend(
                copy.deepcopy(holder[key]) for _ in range(rng.choice((1, 70)))
            )
        case 3 if isinstance(holder, dict):
            holder[rng.choice(KEYS)] = _hostile(rng)
        case _:
            holder[key] = _hostile(rng)
    return value


@cache
def _known(name: str) -> str:
    return json.dumps(fixed_plan(name))


def _plan(rng: random.Random) -> Plan:
    plan: Plan = json.loads(_known(rng.choice(FIXED)))
    return plan


def _draft(rng: random.Random) -> Any:
    plan = damaged(rng, _plan(rng))
    # Most cases are about what stands in a plan, not about what is none.
    keeps = isinstance(plan, dict) and rng.random() < 0.95
    return plan | {"format": FORMAT} if keeps else plan


def _panels(rng: random.Random) -> list[str]:
    return rng.sample((*PANELS, *CHAPTERS), rng.choice((1, 2, 4)))


def request(rng: random.Random) -> Case:
    """Make a request of which the settings are damaged."""
    sound: Case = {
        "id": 1,
        "plan": _plan(rng),
        "panels": [*PANELS, *CHAPTERS],
        "now": _panels(rng),
        "base": "../",
        "own": True,
        "typing": "/title",
        "do": _edit(rng, _plan(rng)),
        "locale": {"decimal": ",", "group": ".", "sizes": [3], "before": False},
        "open": ["f-issues-0"],
        "trial": {"/future/continue_chance": "50", "/money/worth": "7"},
        "other": _draft(rng),
        "other_id": "a",
        "plans": [{"id": "a", "title": "A", "changed": 1.5, "current": True}],
        "visiting": rng.random() < 0.2,
        "still": ["x"],
        "give": rng.choice((None, "brief.md", "plan.json", "issues.csv")),
    }
    settings = {key: value for key, value in sound.items() if key != "plan"}
    made = damaged(rng, settings)
    return {"plan": sound["plan"]} | (made if isinstance(made, dict) else {"do": made})


def draft(rng: random.Random) -> Case:
    """Make a question about a draft that is damaged."""
    files = [name for name in FILES if name != "plan.xlsx"]
    give = rng.choice((None, None, *files))
    return {"plan": _draft(rng), "panels": _panels(rng), "give": give}


def _edit(rng: random.Random, plan: Any) -> Any:
    """Make a command of the page, about a place that is there or nearly there."""
    places = list(places_in(plan)) or [""]
    at = rng.choice(places)
    if rng.random() < 0.3:
        at = under(at, rng.choice(KEYS))
    answers = {rng.choice(places): _hostile(rng) for _ in range(2)}
    terms = {"price": "x", rng.choice(KEYS): "y"}
    commands: tuple[Any, ...] = (
        {"add": at, "blank": rng.choice(("agreement", "option", "part", "offer", "x"))},
        *({command: at} for command in ("remove", "up", "down", "ends", "rank")),
        {"rank": ""},
        {"start": rng.choice(("renewal", "empty", "x"))},
        {"starter": rng.choice(("lease", "sale", "lease/rent", "x/y", ""))},
        {"adopt": answers},
        {"compare": {"first": terms, "second": damaged(rng, terms)}},
        {"open": json.dumps(_draft(rng))},
        {"look": json.dumps(_draft(rng))},
        {"paste": at, "text": _list(rng)},
        *({command: True} for command in ("read", "take", "begin")),
        {"refused": _hostile(rng)},
    )
    return rng.choice(commands)


def edit(rng: random.Random) -> Case:
    """Make an edit of a draft that may be damaged."""
    plan = _plan(rng) if rng.random() < 0.5 else _draft(rng)
    return {"plan": plan, "do": _edit(rng, plan), "panels": _panels(rng)}


def _list(rng: random.Random) -> str:
    rows = issue_rows(read_draft(_plan(rng)).plan)
    text = as_csv(rows).replace(",", rng.choice(("\t", ";", ",", ",")))
    return _damaged_text(rng, text)


def _damaged_text(rng: random.Random, text: str) -> str:
    bits = (
        '"',
        "'",
        "\t",
        ";",
        ",",
        "\n",
        "\r",
        "\0",
        "=1",
        "9e9",
        "\ud800",
        "\ufeff",
        "x",
    )
    for _ in range(rng.choice((0, 1, 2, 5))):
        at = rng.randrange(len(text) + 1)
        cut = at + rng.choice((0, 0, 1, 9))
        text = text[:at] + rng.choice(bits) * rng.choice((1, 1, 3, 400)) + text[cut:]
    return text


_LIST_COMMANDS: tuple[dict[str, bool], ...] = (
    {"read": True},
    {"take": True},
    {"begin": True},
)


def table(rng: random.Random) -> Case:
    """Make a list that is pasted or read from a file."""
    plan = _plan(rng)
    at = rng.choice(("/issues/0/name", "/moves/0/round", "/alternatives/us/0/name"))
    pasted = {"paste": at, "text": _list(rng)}
    text = _list(rng)
    if rng.random() < 0.02:  # as long as a list may be: what grows faster shows then
        text *= MOST_BYTES // (len(text.encode(errors="replace")) + 1) or 1
    encoding = rng.choice(sorted(ENCODINGS))
    data = b64encode(text.encode(encoding, errors="replace")).decode()
    held = {"text": text} if rng.random() < 0.5 else {"base64": data}
    do = rng.choice((pasted, *_LIST_COMMANDS))
    listed = {"name": "x.csv", **held, "choices": _choices(rng)}
    return {"plan": plan, "do": do, "list": listed, "panels": _panels(rng)}


def _choices(rng: random.Random) -> dict[str, str]:
    """Choose how a list is to be read, now and then as nobody can."""
    kinds = ("sheet", "heading", "first", "encoding", "separator", "decimal", "ranges")
    roles = ("name", "weight/us", "option", "us", "them", "target", "")
    made = {
        rng.choice(kinds): rng.choice(("0", "2", "utf-8", ";", ",", "yes", "9" * 99))
        for _ in range(rng.choice((0, 0, 1, 2)))
    }
    columns = range(rng.choice((0, 0, 1, 4)))
    return made | {
        f"column-{rng.choice((i, i, 99))}": rng.choice(roles) for i in columns
    }


@cache
def _workbook_parts(name: str) -> Mapping[str, bytes]:
    from planner.show.page import view

    shown = view(fixed_plan(name))
    made = written(shown.draft.plan, shown.analysis, shown.advice)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    return MappingProxyType(parts)


def workbook(rng: random.Random) -> Case:
    """Make a workbook with a damage to its zip or to the text of one of its parts."""
    parts = dict(_workbook_parts(rng.choice(("renewal", "sale"))))
    name = rng.choice(list(parts))
    if rng.random() < 0.7:
        parts[name] = _damaged_xml(rng, parts[name].decode()).encode(errors="replace")
    elif rng.random() < 0.3:
        del parts[name]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in parts.items():
            # Of no day: the same case is the same whenever it is made.
            archive.writestr(zipfile.ZipInfo(each), data, zipfile.ZIP_DEFLATED)
    packed = bytearray(made.getvalue())
    for _ in range(rng.choice((0, 0, 1, 3))):
        packed[rng.randrange(len(packed))] ^= 1 << rng.randrange(8)
    end = rng.choice((None, None, rng.randrange(len(packed))))
    listed = {
        "name": "x.xlsx",
        "base64": b64encode(packed[:end]).decode(),
        "choices": _choices(rng),
    }
    panels = ["problems", "issues", "list"]
    do = rng.choice(_LIST_COMMANDS)
    return {"plan": _plan(rng), "do": do, "list": listed, "panels": panels}


def _damaged_xml(rng: random.Random, text: str) -> str:
    digits = list(re.finditer(r"\d+", text))
    tags = list(re.finditer(r"<[^>]*>", text))
    match rng.randrange(3):
        case 0 if digits:
            found = rng.choice(digits)
            new = rng.choice(("0", "-1", "1048577", "99999999999", "1e400", "NaN", ""))
        case 1 if tags:
            found = rng.choice(tags)
            new = rng.choice(("", found[0] * 2, "<c/>", "<f>1+1</f>", "<x a='"))
        case _:
            return _damaged_text(rng, text)
    return text[: found.start()] + new + text[found.end() :]


def link_of(document: Any) -> str:
    """Return the fragment that the page makes of a plan document."""
    data = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode(
        errors="replace"
    )
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = urlsafe_b64encode(packer.compress(data) + packer.flush()).decode()
    return f"#p=1.{len(data)}.{zlib.crc32(data):08x}.{packed.rstrip('=')}"


def link(rng: random.Random) -> Case:
    """Make a link that was damaged on its way, or that holds a damaged plan."""
    fragment = link_of(_draft(rng) if rng.random() < 0.5 else _plan(rng))
    for _ in range(rng.choice((0, 1, 1, 2))):
        at = rng.randrange(len(fragment) + 1)
        cut = at + rng.choice((0, 1, 1, 7, len(fragment)))
        new = rng.choice(
            ("", "A", "-", ".", "%20", "=", "&utm_source=x", ")", ">", "\n")
        )
        fragment = fragment[:at] + new + fragment[cut:]
    return {"link": fragment, "plan": _plan(rng)}


KINDS: Mapping[str, Callable[[random.Random], Case]] = MappingProxyType(
    {
        "request": request,
        "draft": draft,
        "edit": edit,
        "list": table,
        "workbook": workbook,
        "link": link,
    }
)


def case(seed: int, number: int) -> tuple[str, Case]:
    """Return one case of a run and its kind; each kind has its turn."""
    kind = list(KINDS)[number % len(KINDS)]
    return kind, KINDS[kind](random.Random(f"{seed} {number}"))


class LinkReader:
    """Asks the page's own script what a link holds."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    @classmethod
    @contextmanager
    def started(cls) -> Iterator["LinkReader"]:
        """Give one that ends with the block."""
        script = ROOT / "runtime" / "tools" / "border.mjs"
        with subprocess.Popen(
            ["node", script, json.dumps(dict(LIMITS))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as process:
            yield cls(process)
            if process.stdin:
                process.stdin.close()

    def read(self, fragment: str) -> dict[str, str]:
        """Return what the page makes of a fragment: its text, or why it is refused."""
        return self._ask({"link": fragment})

    def excess_of(self, text: str) -> str | None:
        """Return why the page lets a file of that text not in; None where it does."""
        return self._ask({"file": text}).get("refused")

    def _ask(self, question: dict[str, str]) -> dict[str, str]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        found: dict[str, str] = json.loads(self._process.stdout.readline())
        return found


def faults_of(made: Case, reader: LinkReader) -> list[str]:
    """Ask about one case, and list what is wrong with the answer."""
    begun = time.process_time()
    if "link" in made:
        found = reader.read(made["link"])
        do = {"look": found["text"]} if "text" in found else found
        made = {"plan": made["plan"], "do": do, "panels": ["problems", "plan"]}
    try:
        text = respond(json.dumps(made))
    except Exception as error:
        return [f"it raises {type(error).__name__}: {error}"]
    took = time.process_time() - begun
    faults = [f"it takes {took:.1f} s"] if took > LONGEST else []
    return faults + list(_faults_in(text, json.dumps(made)))


def _faults_in(text: str, asked: str) -> Iterator[str]:
    def refuse(constant: str) -> None:
        raise ValueError(constant)

    try:
        text.encode()
        answer = json.loads(text, parse_constant=refuse)
    except ValueError as error:
        yield f"the answer is no strict JSON: {error}"
        return
    for panel, why in answer.get("failed", {}).items():
        yield f"{panel} is broken: {why}"
    if BARE_NUMBER.search(asked):
        return  # the words are the reader's own
    file = answer.get("file") or {}
    said = [TAG.sub(" ", html) for html in answer["html"].values()]
    for words in (*said, str(file.get("text", ""))):
        for found in BARE_NUMBER.finditer(words):
            near = words[max(0, found.start() - 60) : found.end() + 20]
            yield f"no number is said: …{near}…"


def main() -> int:
    """Try as many cases as the command says; the exit status is 1 for any fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, help="how many cases to try")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--first", type=int, default=0, help="the first one to try")
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    faulty = 0
    with LinkReader.started() as reader:
        for number in range(given.first, given.first + given.count):
            if number % 5_000 == 0:
                print(f"{number}, {faulty} faults so far", flush=True)
            kind, made = case(given.seed, number)
            for fault in faults_of(made, reader):
                faulty += 1
                print(f"{number} {kind}: {fault}", flush=True)
    print(f"{given.count} cases, {faulty} faults")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
