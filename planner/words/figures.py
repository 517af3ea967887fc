"""Figures: how a number that a person typed is read, and how one is said."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import chain, repeat
from math import floor, inf, isfinite, log10
from typing import Any

__all__ = [
    "ENGLISH",
    "Spelling",
    "about",
    "about_between",
    "about_percent",
    "count",
    "current_spelling",
    "grouped",
    "money",
    "over_walking_away",
    "percent",
    "plain",
    "points",
    "read_number",
    "read_spelling",
    "spelled",
    "written_out",
]

SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "INR": "₹"}

LARGE = 1e10  # from here on a number is said with all the digits that a float holds
SMALL = 12  # decimals of a number that is too small for ten digits

_CURRENCY = re.compile(
    r"(?<=^[-+−])[€£$¥₹]|^(?:[€£$¥₹]|[A-Z]{3}\b)|(?:[€£$¥₹]|\b[A-Z]{3})$"
)
_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_AMBIGUOUS = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")
_POINT_DECIMAL = re.compile(
    r"[-+]?(?:(?:\d{1,40}|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})"
    r"(?:\.\d*)?|\.\d+)"
)
_COMMA_DECIMAL = re.compile(
    r"[-+]?(?:(?:\d{1,40}|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d*)?|,\d+)"
)


def read_number(
    text: str, *, decimal: str = "", least: float = -inf, most: float = inf
) -> float:
    """Read a number as people write it: ``1 234,5``, ``1.234,5`` or ``€1,234.5``.

    Raises ValueError where it is no number, or where it could be two: a lone
    separator before exactly three digits (``1,234``) is a question, not a guess,
    unless one reading alone is from ``least`` to ``most``, or the ``decimal`` sign
    is known. The message is the instruction to show.
    """
    bare = _SPACES.sub("", _CURRENCY.sub("", text.strip()).strip()).replace("−", "-")
    if _AMBIGUOUS.fullmatch(bare):
        whole = re.sub("[.,]", "", bare)
        point = bare.replace(",", ".")
        fits = [each for each in (whole, point) if least <= float(each) <= most]
        if len(fits) == 1:
            return float(fits[0])
        if decimal:
            return float(point if decimal in bare else whole)
        raise ValueError(
            f"{bare} could mean {whole} or {point}0. Write the one you mean"
        )
    if _POINT_DECIMAL.fullmatch(bare):
        return float(bare.replace(",", ""))
    if _COMMA_DECIMAL.fullmatch(bare):
        return float(bare.replace(".", "").replace(",", "."))
    raise ValueError("Enter a number in digits, for example 120000")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How the reader's language writes figures.

    ``sizes`` are the digits in a group, from the right; the last one repeats.
    ``before`` tells whether a currency's sign stands before the amount, ``gap``
    what stands between the two, ``share`` what follows a percentage.
    """

    decimal: str = "."
    group: str = ","
    sizes: tuple[int, ...] = (3,)
    before: bool = True
    gap: str = ""
    share: str = "%"

    def whole(self, amount: float) -> str:
        """An amount without its sign, rounded to the unit, its digits in groups."""
        return self.group_digits(f"{abs(amount):.0f}")

    def group_digits(self, digits: str) -> str:
        """Put the sign of groups between the digits of a whole number."""
        parts = []
        for size in chain(self.sizes, repeat(self.sizes[-1])):
            parts.append(digits[-size:])
            digits = digits[:-size]
            if not digits:
                break
        return self.group.join(reversed(parts))


def read_spelling(raw: Any) -> Spelling:
    """Read how a browser writes figures; whatever it does not say is as in English."""
    said = raw if isinstance(raw, dict) else {}
    given = said.get("sizes")
    sizes = [
        size
        for size in (given if isinstance(given, list) else [])
        if isinstance(size, int) and 0 < size < 10
    ]
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


ENGLISH = Spelling()
_SPELLING = ContextVar("spelling", default=ENGLISH)


@contextmanager
def spelled(spelling: Spelling) -> Iterator[None]:
    """While this lasts, figures are said as that spelling writes them."""
    token = _SPELLING.set(spelling)
    try:
        yield
    finally:
        _SPELLING.reset(token)


def plain(value: float) -> str:
    """A number as a reader would type it: ``120000``, ``2.5``, never ``1e-05``."""
    return _in_full(value).replace(".", _SPELLING.get().decimal)


def _in_full(value: float) -> str:
    """Write a number with all the digits that a reader typed, and no power of ten."""
    if not isfinite(value):
        return str(value)
    short = f"{value:.10g}" if abs(value) < LARGE else f"{value:.15g}"
    if "e" in short:
        short = f"{value:.{0 if abs(value) > 1 else SMALL}f}"
        short = short.rstrip("0").rstrip(".") if "." in short else short
    return "0" if short in ("-0", "") else short


def written_out(value: float) -> str:
    """Write a number for a file: exactly, without groups, in one reading only.

    Three decimals could be a group of thousands, so a fourth follows them.
    """
    if float(value).is_integer():
        return f"{value:.0f}"
    digits = repr(float(value))
    digits = f"{value:.{SMALL * 2}f}".rstrip("0") if "e" in digits else digits
    digits += "0" if len(digits.partition(".")[2]) == 3 else ""
    return digits.replace(".", _SPELLING.get().decimal)


def current_spelling() -> Spelling:
    """Return how figures are said now: as ``spelled`` has it, else in English."""
    return _SPELLING.get()


def grouped(whole: str, decimals: str, *, apart: bool) -> str:
    """Join the digits of a number, those before its decimal sign in groups or not."""
    spelling = _SPELLING.get()
    before = spelling.group_digits(whole) if apart and whole else whole
    return f"{before}{spelling.decimal}{decimals}" if decimals else before


def times_as_much(ratio: float) -> str:
    """A ratio in words, to a tenth: ``as much``, ``1.5 times as much``."""
    said = plain(round(ratio, 1))
    return "as much" if said == "1" else f"{said} times as much"


def count(value: int) -> str:
    """A number of things, its digits in groups: ``20,000``."""
    return ("−" if value < 0 else "") + _SPELLING.get().whole(value)


def percent(share: float) -> str:
    """A share in words, to a tenth where it needs one: ``80%``, ``82.5%``."""
    said = plain(round(share * 100, 1)).replace("-", "−")
    return f"{said}{_SPELLING.get().share}"


def points(value: float) -> str:
    """A number of points in words: ``1 point``, ``71 points``."""
    return f"{value:.0f} point" + ("" if round(value) == 1 else "s")


def over_walking_away(surplus: float) -> str:
    """What terms do that leave so many points: ``leave 9 points over walking away``."""
    if round(surplus) < 0:
        return f"are worth {points(-surplus)} less than walking away"
    return f"leave {points(abs(surplus))} over walking away"


def money(amount: float, currency: str | None) -> str:
    """An amount in words, rounded to the unit: ``€48,000``, ``−€300``."""
    spelling = _SPELLING.get()
    sign = "−" if round(amount) < 0 else ""
    digits = spelling.whole(amount)
    unit = SIGNS.get(currency or "")
    if unit and spelling.before:
        return f"{sign}{unit}{spelling.gap}{digits}"
    unit = unit or currency or ""
    return f"{sign}{digits}{spelling.gap or ' '}{unit}" if unit else f"{sign}{digits}"


# What rests on an estimate is said to two significant figures; the data keep all.


def about(amount: float, currency: str | None) -> str:
    """Say an amount that is an estimate: ``about €57,000``."""
    said = money(_two_figures(amount), currency)
    return f"about {said}" if round(amount) else said


def about_between(low: float, high: float, currency: str | None) -> str:
    """Say an estimate that is a range: ``about €53,000 to €240,000``."""
    start, end = (money(_two_figures(v), currency) for v in (low, high))
    return about(low, currency) if start == end else f"about {start} to {end}"


def about_percent(share: float) -> str:
    """Say a share that is an estimate, to the whole percent: ``about 83%``."""
    said = percent(round(share, 2))
    return said if round(share, 2) in (0, 1) else f"about {said}"


def _two_figures(amount: float) -> float:
    if not amount or not isfinite(amount):
        return amount
    size = 10.0 ** (floor(log10(abs(amount))) - 1)
    return round(amount / size) * size if size > 1 else float(round(amount))
