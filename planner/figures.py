"""Figures: how a number that a person typed is read, and how one is said."""

import re
from math import isfinite

__all__ = ["money", "percent", "plain", "points", "read_number"]

SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "INR": "₹"}

_CURRENCY = re.compile(
    r"(?<=^[-+−])[€£$¥₹]|^(?:[€£$¥₹]|[A-Z]{3}\b)|(?:[€£$¥₹]|\b[A-Z]{3})$"
)
_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_AMBIGUOUS = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")
_POINT_DECIMAL = re.compile(
    r"[-+]?(?:(?:\d{1,40}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d*)?|\.\d+)"
)
_COMMA_DECIMAL = re.compile(
    r"[-+]?(?:(?:\d{1,40}|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d*)?|,\d+)"
)


def read_number(text: str) -> float:
    """Read a number as people write it: ``1 234,5``, ``1.234,5`` or ``€1,234.5``.

    Raises ValueError where it is no number, or where it could be two: a lone
    separator before exactly three digits (``1,234``) is a question, not a guess.
    The message is the instruction to show.
    """
    bare = _SPACES.sub("", _CURRENCY.sub("", text.strip()).strip()).replace("−", "-")
    if _AMBIGUOUS.fullmatch(bare):
        whole = re.sub("[.,]", "", bare)
        decimal = bare.replace(",", ".")
        raise ValueError(
            f"{bare} could mean {whole} or {decimal}0. Write the one you mean"
        )
    if _POINT_DECIMAL.fullmatch(bare):
        return float(bare.replace(",", ""))
    if _COMMA_DECIMAL.fullmatch(bare):
        return float(bare.replace(".", "").replace(",", "."))
    raise ValueError("Enter a number in digits, for example 120000")


def plain(value: float) -> str:
    """A number as a reader would type it: ``120000``, ``2.5``."""
    return f"{value:.10g}" if abs(value) < 1e10 or not isfinite(value) else f"{value:g}"


def percent(share: float) -> str:
    """A share in words, to a tenth where it needs one: ``80%``, ``82.5%``."""
    return f"{plain(round(share * 100, 1))}%"


def points(value: float) -> str:
    """A number of points in words: ``1 point``, ``71 points``."""
    return f"{value:.0f} point" + ("" if round(value) == 1 else "s")


def money(amount: float, currency: str | None) -> str:
    """An amount in words, rounded to the unit: ``€48,000``, ``−€300``."""
    sign = "−" if round(amount) < 0 else ""
    digits = f"{abs(amount):,.0f}"
    unit = SIGNS.get(currency or "")
    if unit:
        return f"{sign}{unit}{digits}"
    return f"{sign}{digits} {currency}".strip() if currency else f"{sign}{digits}"
