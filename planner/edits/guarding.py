"""The mark that keeps a spreadsheet from running a text as a formula.

How a cell begins that a spreadsheet would run: so OWASP, "CSV Injection".
"""

import re

__all__ = ["guard", "unguard"]

# In full width a sign reads the same. Which separator a spreadsheet takes is its own
# guess, so behind each of them, and behind a quote that they leave open, a text may
# turn into a cell.
_WIDE = "\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"  # the same, full and small
_SIGNS = rf"=+\-@{_WIDE}"
_BREAKS = r"[;,|\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029\"][ \xa0]*"
_BEGINS = (  # what stands before it, and what it begins with, marked or not
    (r"^", rf"(?='*[{_SIGNS}\t\r\n])"),
    (rf"^[ \xa0]+|{_BREAKS}", rf"(?='*[{_SIGNS}])"),
)
_FORMULA = re.compile("|".join(f"(?:{place}){begin}" for place, begin in _BEGINS))
_MARKED = re.compile("|".join(f"(?:{place})'{begin}" for place, begin in _BEGINS))
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.I | re.A)


def guard(cell: str) -> str:
    """Return a text with a mark wherever a spreadsheet would begin a formula in it.

    A number stays as it is.
    """
    return cell if _NUMBER.fullmatch(cell) else _FORMULA.sub(r"\g<0>'", cell)


def unguard(cell: str) -> str:
    """Return a text without the marks that keep a spreadsheet from running it."""
    return _MARKED.sub(lambda found: found[0][:-1], cell)
