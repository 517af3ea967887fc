"""What the browser's Python runs before all else: the archive's ``sitecustomize``.

It hands out what was known when the archive was made, and would be worked out again
on every start: where each module lies, and the methods of dataclasses. Only for an
archive of bytecode that bundle.py made; ``prepared`` is written by ahead.py.
"""

from __future__ import annotations

import sys
import zipimport
import zlib
from _frozen_importlib import ModuleSpec
from io import FileIO
from marshal import loads

TYPE_CHECKING = False  # loading `typing` to learn that would come too early
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType
    from typing import Any

HEAD = 30  # bytes of a zip entry before its name; ours have nothing after that
STAMP = 16  # bytes of compiled Python before its code


class Library(zipimport.zipimporter):
    """Finds a module by one look into the archive's directory, and loads it.

    zipimport looks six times for each, asks every folder above, and reads each
    entry's head before the entry.
    """

    def __init__(self, archive: str) -> None:
        super().__init__(archive)
        self._entries = zipimport._zip_directory_cache[archive]  # type: ignore[attr-defined]
        self._file = FileIO(archive)  # open as long as Python runs

    def find_spec(  # type: ignore[override]
        self, fullname: str, path: Sequence[str] | None = None, target: Any = None
    ) -> ModuleSpec | None:
        """Where a module lies; None for one that the archive does not hold."""
        stem = fullname.replace(".", "/")
        for ending in (".pyc", "/__init__.pyc"):
            if f"{stem}{ending}" in self._entries:
                return self._spec(fullname, stem, ending)
        return None

    def _spec(self, name: str, stem: str, ending: str) -> ModuleSpec:
        package = ending != ".pyc"
        origin = f"{self.archive}/{stem}{ending}"
        loader: Any = self
        spec = ModuleSpec(name, loader, origin=origin, is_package=package)
        spec.has_location = True
        if package:
            spec.submodule_search_locations = [f"{self.archive}/{stem}"]
        return spec

    def get_code(self, fullname: str) -> CodeType:
        """The code of a module that it found."""
        stem = fullname.replace(".", "/")
        name = f"{stem}.pyc"
        if name not in self._entries:
            name = f"{stem}/__init__.pyc"
        _, packed, size, _, at, *_ = self._entries[name]
        self._file.seek(at + HEAD + len(name))
        data = self._file.read(size)
        code: CodeType = loads((zlib.decompress(data, -15) if packed else data)[STAMP:])
        return code


sys.meta_path.insert(0, Library(__spec__.loader.archive))  # type: ignore[union-attr]


def give_methods() -> None:
    """Give dataclasses the methods that were compiled while bundling.

    It compiles a text for every class; the same text always gives the same code. It
    also writes each signature where a class has no docstring, and ours were left out.
    """
    import dataclasses
    import inspect
    from types import ModuleType

    from prepared import METHODS  # type: ignore[import-not-found]

    def prepared(text: str, names: dict[str, Any], made: dict[str, Any]) -> None:
        exec(METHODS.get(text, text), names, made)

    unsigned = ModuleType("inspect")
    vars(unsigned).update(vars(inspect), signature=lambda _: "")
    dataclasses.exec = prepared  # type: ignore[attr-defined]
    dataclasses.inspect = unsigned  # type: ignore[attr-defined]


give_methods()
