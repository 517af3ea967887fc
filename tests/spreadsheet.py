"""Open a hostile list in LibreOffice under three separators, and keep what it makes.

LibreOffice takes longer than the tests may: `python -m tests.spreadsheet` runs it and
writes what stands in each cell to tests/cases/sheets/formulas.json, which a test reads.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from planner.edits.sheets import HEADER, as_csv

__all__ = ["KEPT", "SEPARATORS", "hostile_list"]

KEPT = Path(__file__).parent / "cases" / "sheets" / "formulas.json"
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
# What begins a formula; in full width and in small forms as well.
SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b"
# Begin at a comma, in quotes, as UTF-8 from the first line; run every formula.
FILTER = "CSV:{},34,76,1,,0,false,false,false,false,false,-1,true"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def hostile_list() -> str:
    """Return a list of which every cell tries to become a formula."""
    bodies = [f"{sign}1+1" for sign in SIGNS]
    before = (
        "",
        "'",
        " ",
        '"',
        "\t",
        "\n",
        "\r",
        "x;",
        "x; ",
        "x,",
        "x\t",
        "x\n",
        "x|",
    )
    inside = ('x;"', 'x,"', "x\r\n", "x;'", "x;;", 'x"";', "x;\t", "x\u2028", "x\xa0;")
    texts = [f"{start}{body};y" for body in bodies for start in (*before, *inside)]
    rows = [[text, "-5", "+2", f"a {text}", "100", "0"] for text in texts]
    return as_csv([HEADER, *rows])


def cells_of(folder: Path, separator: str) -> Iterator[list[str | None]]:
    """Yield the text and the formula, if any, of each filled cell."""
    (folder / "list.csv").write_text(hostile_list(), "utf-8", newline="")
    code = ord(separator)
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{folder}/profile",
    ]
    command += [f"--infilter={FILTER.format(code)}", "--convert-to", "fods"]
    command += ["--outdir", str(folder), str(folder / "list.csv")]
    subprocess.run(command, check=True, capture_output=True)
    made = ElementTree.parse(folder / "list.fods")
    for cell in made.iter(f"{TABLE}table-cell"):
        text = "\n".join("".join(part.itertext()) for part in cell)
        formula = cell.get(f"{TABLE}formula")
        if text or formula:
            yield [text, formula]


def main() -> None:
    """Write what LibreOffice makes of the list."""
    says = ["soffice", "--version"]
    version = subprocess.run(says, check=True, capture_output=True, text=True).stdout
    kept: dict[str, object] = {"by": version.strip(), "list": hostile_list()}
    for name, separator in SEPARATORS.items():
        with tempfile.TemporaryDirectory() as folder:
            kept[name] = list(cells_of(Path(folder), separator))
    KEPT.write_text(json.dumps(kept, indent=0, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
