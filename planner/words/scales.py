"""Options that are numbers with one unit: read as a scale, and the steps between."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from planner.words.figures import read_number

__all__ = ["Scale", "read_scale", "steps_between", "units_of"]

STEPS = 3  # between two ends; ours

_NUMBER = re.compile(
    r"(?P<before>[^\d\s+−-]{0,3}\s?)"
    r"(?P<digits>[-+−]?\d[\d.,'’ ]*?)"
    r"(?P<after>\s?[^\d\s]*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Numbers with what stands before and after them, as they were written.

    ``decimals`` is how many the most exact one has, ``comma`` whether a comma begins
    them.
    """

    numbers: tuple[float, ...]
    before: str
    after: str
    decimals: int
    comma: bool


def units_of(names: Sequence[str]) -> list[str] | None:
    """Return the unit of each name; None where one is no number with one word."""
    found = [_NUMBER.fullmatch(name.strip()) for name in names]
    if not all(found):
        return None
    return [_unit(match) for match in found if match]


def read_scale(names: Sequence[str]) -> Scale | None:
    """Read two names or more as a scale; None where they are none.

    They are one where all are different numbers with one unit: “€106” and “€118”,
    “1 year” and “3 years”.
    """
    units = units_of(names)
    if units is None or len(units) < 2 or len(set(units)) > 1:
        return None
    found = [match for name in names if (match := _NUMBER.fullmatch(name.strip()))]
    try:
        numbers = tuple(read_number(match["digits"]) for match in found)
    except ValueError:
        return None
    if len(set(numbers)) < len(numbers):
        return None
    # Of two ways to write the unit, the longer one is that of many: “years”.
    longest = max(found, key=lambda match: len(match["after"]))
    parts = [re.search(r"[.,](\d+)$", match["digits"]) for match in found]
    return Scale(
        numbers=numbers,
        before=longest["before"],
        after=longest["after"],
        decimals=max(len(part[1]) if part else 0 for part in parts),
        comma=any(part and part[0].startswith(",") for part in parts),
    )


def steps_between(names: Sequence[str]) -> list[str]:
    """Return the names of three steps between two ends; fewer where they are too near.

    None of what is no scale of two.
    """
    scale = read_scale(names) if len(names) == 2 else None
    if scale is None:
        return []
    first, last = scale.numbers
    between = [first + (last - first) * n / (STEPS + 1) for n in range(1, STEPS + 1)]
    rounded = dict.fromkeys(round(value, scale.decimals) for value in between)
    return [_written(value, scale) for value in rounded if value not in scale.numbers]


def _unit(match: re.Match[str]) -> str:
    after = match["after"].strip().casefold()
    return f"{match['before'].strip().casefold()} {after.rstrip('s')}".strip()


def _written(value: float, scale: Scale) -> str:
    digits = f"{value:.{scale.decimals}f}"
    digits = digits.replace(".", ",") if scale.comma else digits
    return f"{scale.before}{digits}{scale.after}"
