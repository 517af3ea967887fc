"""A spreadsheet's number as it shows it: ``30`` in ``0 "days"`` is “30 days”.

Number formats are those of ECMA-376, part 1, section 18.8.30. Days and months are
said in English; the short date of somebody's system is said as year-month-day.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from math import isfinite
from types import MappingProxyType

from planner.words.figures import grouped, plain

__all__ = ["BUILT_IN", "format_number", "is_percent"]

EXACT = 14  # digits of a number behind which a float has one more to round by
NUDGE = 4e-16  # by how much of a number that is two steps of a float, at most

# The formats that every workbook has without saying so, by their numbers.
BUILT_IN: Mapping[int, str] = MappingProxyType(
    {
        0: "General",
        1: "0",
        2: "0.00",
        3: "#,##0",
        4: "#,##0.00",
        9: "0%",
        10: "0.00%",
        11: "General",
        12: "General",
        13: "General",
        14: "yyyy-mm-dd",
        15: "d-mmm-yy",
        16: "d-mmm",
        17: "mmm-yy",
        18: "h:mm AM/PM",
        19: "h:mm:ss AM/PM",
        20: "h:mm",
        21: "h:mm:ss",
        22: "yyyy-mm-dd h:mm",
        37: "#,##0;(#,##0)",
        38: "#,##0;(#,##0)",
        39: "#,##0.00;(#,##0.00)",
        40: "#,##0.00;(#,##0.00)",
        41: "#,##0",
        42: "#,##0",
        43: "#,##0.00",
        44: "#,##0.00",
        45: "mm:ss",
        46: "[h]:mm:ss",
        47: "mm:ss",
        48: "General",
        49: "@",
    }
)
DAYS = 2_958_466  # from 1900 to 9999, as spreadsheets count them
_LEAP = 60  # the day of 1900 that spreadsheets have and no calendar has

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<gap>.)|\*(?P<fill>.)'
    r"|\[\$(?P<sign>[^\]-]*)(?:-(?P<system>F800|F400)|-[^\]]*)?\]"
    r"|\[(?P<elapsed>h+|m+|s+)\]|\[(?P<aside>[^\]]*)\]"
    r"|(?P<general>General)|(?P<noon>AM/PM|A/P)"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)|(?P<digit>[0#?])|(?P<mark>[.,%@/])"
    r"|(?P<power>E[+-])|(?P<other>.)",
    re.I | re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    """Part a format into its sections: positive, negative, zero, text."""
    sections: list[list[_Token]] = [[]]
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or "other"
        if kind == "system":
            kind = "sign"
        if kind == "other" and found[0] == ";":
            sections.append([])
        else:
            sections[-1].append(_Token(kind, found[kind] or ""))
    return tuple(map(tuple, sections))


def is_percent(code: str) -> bool:
    """Tell whether a format shows a share as a percentage; an escaped sign does not."""
    return any(t.kind == "mark" and t.text == "%" for t in _sections(code)[0])


def format_number(value: float, code: str, *, since_1904: bool = False) -> str:
    """Say a number as the format has it, in the figures of the reader's language."""
    sections = _sections(code)
    section, bare = _choose(value, sections)
    kinds = {token.kind for token in section}
    if kinds & {"date", "elapsed"}:
        return _say_date(value, section, since_1904=since_1904)
    unusual = "power" in kinds or any(t.text in "/@" for t in _marks(section))
    if unusual or not kinds & {"digit", "general"}:
        words = "" if unusual else _literal(section)
        return words or plain(value)
    return _say_number(abs(value) if bare else value, section)


def _choose(
    value: float, sections: Sequence[tuple[_Token, ...]]
) -> tuple[tuple[_Token, ...], bool]:
    """Return the section for a number, and whether it writes the sign itself."""
    conditions = [_condition(section) for section in sections[:2]]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=False):
            if condition is None or _holds(value, condition[1], float(condition[2])):
                return section, False
        return sections[-1], False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], False


def _condition(section: Sequence[_Token]) -> re.Match[str] | None:
    found = (_CONDITION.match(t.text) for t in section if t.kind == "aside")
    return next((condition for condition in found if condition), None)


def _holds(value: float, sign: str, bound: float) -> bool:
    return {
        "<": value < bound,
        ">": value > bound,
        "=": value == bound,
        "<=": value <= bound,
        ">=": value >= bound,
        "<>": value != bound,
    }[sign]


def _marks(section: Sequence[_Token]) -> list[_Token]:
    return [token for token in section if token.kind == "mark"]


def _literal(section: Sequence[_Token]) -> str:
    """Join the words of a part of a format."""
    words = ("quoted", "escaped", "sign", "other")
    said = (
        " " if t.kind == "gap" else t.text
        for t in section
        if t.kind in (*words, "gap") or (t.kind == "mark" and t.text == "%")
    )
    return re.sub(r"\s+", " ", "".join(said))


def _say_number(value: float, section: Sequence[_Token]) -> str:
    digits = [
        i
        for i, t in enumerate(section)
        if t.kind in ("digit", "general") or (t.kind == "mark" and t.text == ".")
    ]
    first, last = digits[0], digits[-1]
    inner = section[first : last + 1]
    after = section[last + 1 :]
    scale = 1.0
    while after and after[0] == _Token("mark", ","):
        after, scale = after[1:], scale / 1000
    if any(t.text == "%" for t in _marks(section)):
        scale *= 100
    if not isfinite(value * scale):
        return plain(value)
    value = round(value * scale, 12)
    if inner[0].kind == "general":
        said = plain(abs(value))
    else:
        said = _say_digits(abs(value), inner)
    sign = "-" if value < 0 and re.search("[1-9]", said) else ""
    return f"{sign}{_literal(section[:first])}{said}{_literal(after)}".strip()


def _say_digits(value: float, inner: Sequence[_Token]) -> str:
    point = next(
        (i for i, t in enumerate(inner) if t == _Token("mark", ".")), len(inner)
    )
    whole, rest = inner[:point], inner[point + 1 :]
    places = [t.text for t in rest if t.kind == "digit"]
    least = len(places) if "0" in places else 0
    while least and places[least - 1] != "0":
        least -= 1
    # Half is rounded up, as spreadsheets do; a float of .125 and the like would not be.
    exact = value < 10.0 ** (EXACT - len(places))
    text = f"{value + value * NUDGE if exact else value:.{len(places)}f}"
    before, _, decimals = text.partition(".")
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    zeros = sum(t == _Token("digit", "0") for t in whole)
    before = before.zfill(zeros) if zeros or before != "0" else ""
    commas = any(t == _Token("mark", ",") for t in whole)
    return grouped(before, decimals, apart=commas)


def _say_date(value: float, section: Sequence[_Token], *, since_1904: bool) -> str:
    if not 0 <= value < DAYS:
        return plain(value)
    whole = value + (0 if since_1904 or value >= _LEAP else 1)
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    moment = start + timedelta(seconds=round(whole * 86_400))
    half = any(token.kind == "noon" for token in section)
    said, clock = "", ""
    for i, token in enumerate(section):
        if token.kind == "date":
            unit = token.text[0].lower()
            minutes = unit == "m" and (clock == "h" or _next_unit(section, i) == "s")
            said += _say_part(moment, token.text.lower(), half=half, minutes=minutes)
            clock = unit
        elif token.kind == "elapsed":
            unit = token.text[0].lower()
            said += str(int(value * {"h": 24, "m": 1440, "s": 86_400}[unit] + 1e-6))
            clock = unit
        elif token.kind == "noon":
            said += f"{moment:%p}"
        elif token.kind in ("mark", "digit"):
            said += token.text
        else:
            said += _literal([token])
    return said.strip()


def _next_unit(section: Sequence[_Token], i: int) -> str:
    return next((t.text[0].lower() for t in section[i + 1 :] if t.kind == "date"), "")


def _say_part(moment: datetime, part: str, *, half: bool, minutes: bool) -> str:
    long = len(part) > 1
    hour = (moment.hour - 1) % 12 + 1 if half else moment.hour
    if part[0] == "y":
        return f"{moment:%Y}" if len(part) > 2 else f"{moment:%y}"
    if part[0] == "m" and not minutes and len(part) > 2:
        return f"{moment:%B}"[: 3 if len(part) == 3 else 1 if len(part) == 5 else None]
    if part[0] == "d" and len(part) > 2:
        return f"{moment:%A}"[: 3 if len(part) == 3 else None]
    number = {
        "m": moment.minute if minutes else moment.month,
        "d": moment.day,
        "h": hour,
        "s": moment.second,
    }[part[0]]
    return f"{number:02}" if long else str(number)
