"""Tables to print and write on, for the sheets of the handbook."""

from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["form", "grid"]


def form(caption: str, *labels: str, columns: Sequence[str] = ()) -> str:
    """A table with a label before each row, and one field, or one for each column."""
    fields = "<td></td>" * (len(columns) or 1)
    rows = (f"{_head(label, 'row')}{fields}" for label in labels)
    heads = ["<td></td>", *(_head(name, "col") for name in columns)]
    return _table(caption, "".join(heads) if columns else "", rows)


def grid(
    caption: str,
    *columns: str,
    rows: int,
    numbered: bool = False,
    narrow: Sequence[str] = (),
) -> str:
    """A table with named columns and empty rows.

    ``numbered`` counts the rows in the first column, ``narrow`` names the columns
    that need only room for a figure.
    """
    heads = "".join(_head(name, "col", narrow=name in narrow) for name in columns)
    fields = "<td></td>" * (len(columns) - numbered)
    starts = (_head(str(n), "row") if numbered else "" for n in range(1, rows + 1))
    return _table(caption, heads, (f"{start}{fields}" for start in starts))


def _table(caption: str, heads: str, rows: Iterable[str]) -> str:
    head = f"<thead><tr>{heads}</tr></thead>" if heads else ""
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    name = escape(caption)
    return (
        f'<div class="parley-paper" tabindex="0" role="region" aria-label="{name}" '
        f'markdown="0"><table class="parley-paper__table"><caption>{name}</caption>'
        f"{head}<tbody>{body}</tbody></table></div>"
    )


def _head(name: str, scope: str, *, narrow: bool = False) -> str:
    room = ' class="parley-paper__narrow"' if narrow else ""
    return f'<th scope="{scope}"{room}>{escape(name)}</th>'
