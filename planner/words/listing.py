"""Things named one after the other in a sentence: one, two and three."""

from collections.abc import Iterable

from planner.words.figures import count

__all__ = ["listed"]


def listed(things: Iterable[str], most: int | None = None) -> str:
    """Name things as a sentence does; of more than ``most``, how many more there are.

    Empty for none.
    """
    named = list(things)
    more = 0 if most is None else max(0, len(named) - most)
    if more:
        named = [*named[:most], f"{count(more)} more"]
    *before, last = named or [""]
    return f"{', '.join(before)} and {last}" if before else last
