"""What needs the library that writes workbooks, fetched only when one is wanted."""

from importlib import import_module
from types import ModuleType

__all__ = ["LacksLibrary", "import_with_library"]


class LacksLibrary(Exception):
    """The library that writes workbooks has not been fetched."""


def import_with_library(name: str) -> ModuleType:
    """Return a module that needs the library. Raises LacksLibrary where it is not."""
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise LacksLibrary from None
