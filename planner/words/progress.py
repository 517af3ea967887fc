"""Signs of life from a long answer, for whoever waits for it.

The page gives a Python up that says nothing for some seconds. What takes its time says
between its steps that it goes on; where nobody listens, that costs nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["report", "reporting"]

_LISTENER: ContextVar[Callable[[], object] | None] = ContextVar(
    "listener", default=None
)


@contextmanager
def reporting(hear: Callable[[], object]) -> Iterator[None]:
    """Call ``hear`` at each sign of life while this lasts."""
    token = _LISTENER.set(hear)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def report() -> None:
    """Tell whoever listens that the work goes on."""
    listener = _LISTENER.get()
    if listener is not None:
        listener()
