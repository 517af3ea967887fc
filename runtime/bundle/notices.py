"""After the site build: who made what the site ships, and the licences it is under.

They ask for their texts to go with what is shipped, and a site is all that a reader
gets. The texts come from the packages that the build takes the files from; of Pyodide
and CPython, whose packages carry none, from the folder ``licences``.
"""

import json
import re
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from runtime.bundle import bundle

NAME = "notices.txt"  # at the site's root
TEXTS = Path(__file__).resolve().parent / "licences"
LICENCE = re.compile(r"(licen[cs]e|copying)(\.\w+)?$", re.I)
# Of Python, those that are bundled, and the theme, whose files are in every page.
DISTRIBUTIONS = (*bundle.PACKAGED[bundle.ARCHIVE][1:], "openpyxl", "et_xmlfile")
THEME = "mkdocs_material"


def add_to(site: Path) -> None:
    """Write the notices of a built site.

    Raises ValueError for a package of which no licence text is found.
    """
    notice = (bundle.ROOT / "NOTICE").read_text("utf-8")
    parts = [notice, *(f"{name}\n\n{text}" for name, text in licences())]
    rule = f"\n{'=' * 72}\n\n"
    (site / NAME).write_text(rule.join(f"{part.strip()}\n" for part in parts), "utf-8")


def licences() -> Iterator[tuple[str, str]]:
    """Yield each thing that is shipped, and the text of its licence."""
    yield "Parley", (bundle.ROOT / "LICENSE").read_text("utf-8")
    yield "Pyodide: MPL-2.0", (TEXTS / "MPL-2.0.txt").read_text("utf-8")
    yield "CPython: PSF-2.0", (TEXTS / "PSF-2.0.txt").read_text("utf-8")
    for name in (*DISTRIBUTIONS, THEME):
        yield name, _one_of(name, distribution_texts(name))
    for name in npm_packages():
        if name != "pyodide":
            yield name, _one_of(name, folder_texts(bundle.PACKAGES / name))


def npm_packages() -> list[str]:
    """Return the packages of npm that the site ships files of."""
    package = json.loads((bundle.PACKAGES.parent / "package.json").read_text("utf-8"))
    return sorted(package["dependencies"])


def distribution_texts(name: str) -> Iterator[str]:
    """Yield the licence texts of an installed package of Python."""
    for file in distribution(name).files or ():
        if LICENCE.fullmatch(file.name) and ".dist-info" in file.parts[0]:
            yield file.read_text("utf-8")


def folder_texts(folder: Path) -> Iterator[str]:
    """Yield the licence texts in a package of npm."""
    for path in sorted(folder.iterdir()):
        if LICENCE.fullmatch(path.name):
            yield path.read_text("utf-8")


def _one_of(name: str, texts: Iterator[str]) -> str:
    found = "\n\n".join(texts)
    if not found:
        raise ValueError(f"{name}: no licence text in its package")
    return found
