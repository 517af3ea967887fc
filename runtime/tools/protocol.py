"""Write protocol.d.ts: what the page and Python say to each other, for our scripts.

``make protocol`` writes it; with ``--check`` it is only compared, as in ``make check``.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from inspect import cleandoc
from json import dumps
from pathlib import Path
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    TypeAliasType,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from planner.edits.commands import COMMANDS, Command
from planner.protocol import Answer, Request
from planner.show.presses import PRESSES, FileName, PlanPress, Press

__all__ = ["declare", "schema"]

FILE = Path(__file__).parents[2] / "overrides/assets/python/protocol.d.ts"
HEAD = """\
// What the page and Python say to each other. Made by `make protocol` from
// planner/edits/commands.py and planner/protocol.py: change it there.

import type { Json } from "../draft/address.mjs";
"""
WIDE = 88  # letters of a line
ONE_A_LINE = ("Command", "PlanPress", "PressName")  # a new one is a line of its own
SHORT = 70  # letters of an object that stands in one line
PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number"}
IN_SCRIPTS = {"integer": "number"} | {t: t for t in ("string", "boolean", "number")}

type Schema = dict[str, Any]


def schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of requests, commands and answers."""
    made: dict[str, Schema] = {}
    for command in COMMANDS.values():
        made[command.__name__] = _describe_asked(command, made)
    made["Command"] = {
        "description": cleandoc(Command.__doc__ or ""),
        "anyOf": [_refer(kind) for kind in COMMANDS.values()],
    }
    harmless = [name for name, kind in COMMANDS.items() if kind.harmless]
    made["Harmless"] = {
        "description": "The names of the commands that leave every plan as it is.",
        "enum": harmless,
    }
    made["PressName"] = {
        "description": "What a button asks of the page, by the name of its attribute.",
        "anyOf": [
            {"enum": [name]} for name, press in PRESSES.items() if not press.on_plans
        ],
    }
    made["PlanPress"] = _describe_presses(PlanPress, made)
    made["FileName"] = _describe(FileName.__value__, made)
    for kind in (Request, Answer):
        _describe(kind, made)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": made}


def _refer(kind: type | TypeAliasType) -> Schema:
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _describe_asked(asked: type[Command | Press], made: dict[str, Schema]) -> Schema:
    hints = get_type_hints(asked, include_extras=True)
    names = [asked.name(), *(each.name for each in fields(asked)[1:])]
    kinds = [_describe(hints[each.name], made) for each in fields(asked)]
    properties = dict(zip(names, kinds or [{"enum": [True]}], strict=True))
    return _object(properties, names, cleandoc(asked.__doc__ or ""))


def _describe_presses(base: type[Press], made: dict[str, Schema]) -> Schema:
    presses = [each for each in PRESSES.values() if issubclass(each, base)]
    return {
        "description": cleandoc(base.__doc__ or ""),
        "anyOf": [_describe_asked(each, made) for each in presses],
    }


def _object(properties: Schema, required: Iterable[str], says: str) -> Schema:
    described = {"description": says} if says else {}
    return {
        **described,
        "type": "object",
        "properties": properties,
        "required": sorted(required, key=list(properties).index),
        "additionalProperties": False,
    }


def _describe(kind: Any, made: dict[str, Schema]) -> Schema:
    """Return the schema of a type; one with a name is noted among those ``made``."""
    if isinstance(kind, TypeAliasType):
        return _describe(kind.__value__, made) if kind is not FileName else _refer(kind)
    if is_typeddict(kind):
        if kind.__name__ not in made:
            made[kind.__name__] = {}  # its place, before what it is made of
            made[kind.__name__] = _describe_typed(kind, made)
        return _refer(kind)
    if kind in PLAIN:
        return {"type": PLAIN[kind]}
    if kind is Command:
        return _refer(kind)
    if kind is NoneType:
        return {"type": "null"}
    return {} if kind is Any else _describe_made_of(kind, made)


def _describe_made_of(kind: Any, made: dict[str, Schema]) -> Schema:
    """Return the schema of a type that is made of others."""
    origin, of = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return {"description": of[1], **_describe(of[0], made)}
    if origin is NotRequired:
        return _describe(of[0], made)
    if origin is Literal:
        return {"enum": list(of)}
    if origin is UnionType:
        return {"anyOf": [_describe(each, made) for each in of]}
    if origin is list:
        return {"type": "array", "items": _describe(of[0], made)}
    if origin is not dict:
        raise TypeError(f"Say in runtime/tools/protocol.py what {kind} is in JSON")
    if get_origin(of[0]) is Literal:
        keys = get_args(of[0])
        return _object({key: _describe(of[1], made) for key in keys}, keys, "")
    return {"type": "object", "additionalProperties": _describe(of[1], made)}


def _describe_typed(kind: Any, made: dict[str, Schema]) -> Schema:
    hints = get_type_hints(kind, include_extras=True)
    described = {name: _describe(hint, made) for name, hint in hints.items()}
    return _object(described, kind.__required_keys__, cleandoc(kind.__doc__ or ""))


def declare() -> str:
    """Return the same in TypeScript, as the scripts' comments refer to it."""
    made = schema()["$defs"]
    return "\n".join([HEAD, *(_declare(name, each) for name, each in made.items())])


def _declare(name: str, described: Schema) -> str:
    comment = "".join(_comment(described, ""))
    if name in ONE_A_LINE:
        between = "\n  | "
        kinds = (_type(each, "    ") for each in described["anyOf"])
        return f"{comment}export type {name} ={between}{between.join(kinds)};\n"
    return f"{comment}export type {name} = {_type(described, '')};\n"


def _comment(described: Schema, indent: str) -> Iterator[str]:
    lines = described.get("description", "").replace("``", "`").splitlines()
    if len(lines) == 1:
        yield f"{indent}/** {lines[0]} */\n"
    elif lines:
        body = "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines)
        yield f"{indent}/**\n{body}{indent} */\n"


def _type(described: Schema, indent: str) -> str:
    """Return the type that a schema describes."""
    if "$ref" in described:
        return str(described["$ref"]).rpartition("/")[2]
    if "enum" in described:
        return " | ".join(map(dumps, described["enum"]))
    if "anyOf" in described:
        return " | ".join(_type(each, indent) for each in described["anyOf"])
    kind = described.get("type")
    if kind == "array":
        return f"{_grouped(_type(described['items'], indent))}[]"
    if kind == "object":
        return _object_type(described, indent)
    return IN_SCRIPTS.get(str(kind), "null" if kind else "Json")


def _grouped(made: str) -> str:
    return f"({made})" if " | " in made else made


def _object_type(described: Schema, indent: str) -> str:
    if "properties" not in described:
        value = _type(described["additionalProperties"], indent)
        return f"{{ [key: string]: {value} }}"
    if not any("description" in each for each in described["properties"].values()):
        keys = described["properties"]
        line = "; ".join(_member(described, key, indent) for key in keys)
        if len(line) < SHORT:
            return f"{{ {line} }}"
    inner = f"{indent}  "
    members = "".join(
        f"{''.join(_comment(each, inner))}{inner}{_member(described, key, inner)};\n"
        for key, each in described["properties"].items()
    )
    return f"{{\n{members}{indent}}}"


def _member(described: Mapping[str, Any], key: str, indent: str) -> str:
    mark = "" if key in described["required"] else "?"
    made = _type(described["properties"][key], indent)
    if len(f"{indent}{key}{mark}: {made};") > WIDE and " | " in made:
        below = f"{indent}  {made}"
        if len(f"{below};") <= WIDE and "\n" not in made:
            return f"{key}{mark}:\n{below}"
        between = f"\n{indent}  | "
        return f"{key}{mark}:{between}{made.replace(' | ', between)}"
    return f"{key}{mark}: {made}"


def main(arguments: Sequence[str]) -> int:
    """Write the file, or tell whether it is as it would be written."""
    made = declare()
    if "--check" not in arguments:
        FILE.write_text(made, "utf-8")
    elif not FILE.is_file() or FILE.read_text("utf-8") != made:
        print("protocol.d.ts is not up to date: run make protocol", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
