"""Before the site build: make what the browser runs, in overrides/assets/runtime/.

One archive with the planner, Jinja2, MarkupSafe and the standard library that
they import, compiled by ``pyodide py-compile``; another with what writes workbooks,
fetched only when a reader saves one; Pyodide's own files beside them in a
folder named after their content; the page's scripts and styles by esbuild; and
the partial template that names them.
"""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from planner.plan.limits import LIMITS
from runtime.bundle import ahead

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "runtime" / "node_modules"
PYODIDE = PACKAGES / "pyodide"
ASSETS = ROOT / "overrides" / "assets"  # our scripts and styles
OUT = ASSETS / "runtime"
PARTIAL = ROOT / "overrides" / "partials" / "parley-assets.html"
MODULES = Path(__file__).resolve().parent / "modules.txt"
CACHE = ROOT / "build"

ARCHIVE = "python.zip"
WORKBOOKS = "sheets.zip"  # as planner/respond.py calls it
PACKAGED = {
    ARCHIVE: ("planner", "jinja2", "markupsafe"),
    WORKBOOKS: ("openpyxl", "et_xmlfile"),
}
RUNTIME_FILES = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm")
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can hold
DIGITS = 10  # of a SHA-256, in a name

# How bytecode is made: with the hash of its source for a time, so that the bytes are
# the same every time; without docstrings and columns, a third of what it weighs.
BYTECODE = {
    "SOURCE_DATE_EPOCH": "0",
    "PYTHONOPTIMIZE": "2",
    "PYTHONNODEBUGRANGES": "1",
}

# Asked for only when something goes wrong or text comes in another encoding, so
# a run that goes well does not load them.
SELDOM = (
    "codeop.py",
    "encodings/ascii.py",
    "encodings/cp437.py",  # for the names in a workbook: a package lies in one place
    "encodings/idna.py",
    "encodings/latin_1.py",
)

type Files = dict[str, bytes]


def main() -> None:
    """Bundle everything; files that have not changed are not touched."""
    if sys.argv[1:] == ["modules"]:
        print_modules()
        return
    made = runtime_files()
    folder = f"runtime-{digest(*made.values())}"
    manifest = {
        "folder": f"{folder}/",
        "lock": empty_lock(),
        "files": {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in made.items()
        },
    }
    files = {f"{folder}/{name}": data for name, data in made.items()}
    files["manifest.json"] = json.dumps(manifest, indent=2).encode() + b"\n"
    files |= page_files(manifest)
    write(files)
    write_partial(files)


def runtime_files() -> Files:
    """Pyodide's files and our archive, by name."""
    files = {name: (PYODIDE / name).read_bytes() for name in RUNTIME_FILES}
    # Source maps are for those who build Pyodide; nobody fetches them here.
    loader = files["pyodide.mjs"].decode()
    files["pyodide.mjs"] = re.sub(r"\n//# sourceMappingURL=.*", "", loader).encode()
    return files | {name: archive(name) for name in PACKAGED}


def archive(name: str) -> bytes:
    """An archive: compiled where this Python makes bytecode for the browser's."""
    source = zipped(contents(name))
    if not makes_bytecode():
        ours = ".".join(map(str, sys.version_info[:2]))
        print(
            f"Python {ours} cannot compile for Pyodide: the planner ships as source "
            "and starts slower. The Python of .python-version compiles it.",
            file=sys.stderr,
        )
        return source
    how = json.dumps(BYTECODE).encode()
    kept = CACHE / f"{Path(name).stem}-{digest(source, how)}.zip"
    if not kept.exists():
        CACHE.mkdir(exist_ok=True)
        kept.write_bytes(compiled(source))
    return kept.read_bytes()


def contents(name: str) -> Files:
    """The source files of an archive, with what is prepared for its start."""
    files = sources(allowed_modules(name), PACKAGED[name])
    if name != ARCHIVE:
        return files
    read = {each for each in files if each.startswith("planner/show/templates/")}
    prepared = ahead.templates()
    if makes_bytecode():
        prepared |= ahead.methods(BYTECODE)
    return {each: files[each] for each in files.keys() - read} | prepared


def makes_bytecode() -> bool:
    """Whether this Python is of the browser's version, which can run its bytecode."""
    theirs: str = lock()["info"]["python"]
    return theirs.split(".")[:2] == [str(part) for part in sys.version_info[:2]]


def compiled(source: bytes) -> bytes:
    """The archive with bytecode for source, the same bytes every time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ARCHIVE
        path.write_bytes(source)
        environment = os.environ | BYTECODE
        command = [tool("pyodide"), "py-compile", "--silent", "--no-keep", folder]
        subprocess.run(command, check=True, env=environment, capture_output=True)
        with zipfile.ZipFile(path) as done:
            return zipped({name: done.read(name) for name in done.namelist()})


def sources(allowed: frozenset[str] | None, packages: Iterable[str]) -> Files:
    """Every source file by its name in the archive; None allows the whole library."""
    files: Files = {}
    with zipfile.ZipFile(PYODIDE / "python_stdlib.zip") as library:
        for name in library.namelist():
            if not name.endswith("/") and (allowed is None or name in allowed):
                files[name] = library.read(name)
    for package in packages:
        files |= dict(package_files(package))
    return files


def package_files(package: str) -> Iterator[tuple[str, bytes]]:
    """The Python, template and data files of a package; nothing compiled for here."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is not installed. Run make, it installs it.")
    folder = Path(spec.submodule_search_locations[0])
    for path in sorted(folder.rglob("*")):
        name = f"{package}/{path.relative_to(folder).as_posix()}"
        if path.suffix in {".py", ".html", ".json"} and name != "planner/__main__.py":
            yield name, path.read_bytes()


def allowed_modules(archive: str) -> frozenset[str]:
    """The files of the standard library that an archive carries into the browser."""
    _, *parts = re.split(r"^## (\S+)$", MODULES.read_text(), flags=re.M)
    lists = dict(zip(parts[::2], parts[1::2], strict=True))
    return frozenset(lists[archive].split())


def print_modules() -> None:
    """Run the planner in Pyodide with the whole library; print what it needs of it.

    Our own packages are left out: they ship whole.
    """
    everything = [package for packages in PACKAGED.values() for package in packages]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ARCHIVE
        path.write_bytes(zipped(sources(None, everything)))
        locked = str(PYODIDE / "pyodide-lock.json")
        command = ["node", "bundle/imports.mjs", str(path), locked]
        run = subprocess.run(
            command, check=True, capture_output=True, text=True, cwd=ROOT / "runtime"
        )
    version, first, further = json.loads(run.stdout)
    print("# The standard library that the planner loads in the browser: make modules")
    print(f"# Pyodide {version}")
    lists = {ARCHIVE: {*first, *SELDOM}, WORKBOOKS: {*further} - {*SELDOM}}
    for name, loaded in lists.items():
        print(f"## {name}")
        ours = tuple(f"{package}/" for package in everything)
        print("\n".join(sorted(each for each in loaded if not each.startswith(ours))))


def page_files(manifest: Mapping[str, Any]) -> Files:
    """The page's scripts and styles, bundled, with hashed names."""
    known = {
        "globalThis.PARLEY_LIMITS": dict(LIMITS),
        "globalThis.PARLEY_WORKER": worker(manifest),
    }
    panel = esbuild("page/panel.mjs", **known)
    styles = esbuild("styles/planner.css") | esbuild("styles/print.css")
    return digesting() | panel | styles | esbuild("offline/offline.mjs")


def digesting() -> Files:
    """The script that Python's worker loads where the browser digests nothing."""
    return esbuild("python/digest.mjs")


def worker(manifest: Mapping[str, Any]) -> str:
    """The script of Python's worker, which the page's own script carries."""
    [digest] = digesting()
    known = {
        "globalThis.PARLEY_RUNTIME": manifest,
        "globalThis.PARLEY_DIGEST": digest,
    }
    [made] = esbuild("python/worker.mjs", **known).values()
    return made.decode()


def esbuild(entry: str, **define: Any) -> Files:
    """What esbuild makes of one entry point."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            str(PACKAGES / ".bin" / "esbuild"),
            str(ASSETS / entry),
            "--bundle",
            "--minify",
            "--format=esm",
            "--target=es2022",
            "--charset=utf8",
            "--loader:.woff2=file",
            "--entry-names=[name]-[hash]",
            "--asset-names=[name]-[hash]",
            "--out-extension:.js=.mjs",
            "--log-level=warning",
            f"--outdir={folder}",
            *(f"--define:{key}={json.dumps(value)}" for key, value in define.items()),
        ]
        environment = os.environ | {"NODE_PATH": str(PACKAGES)}
        subprocess.run(command, check=True, env=environment)
        return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def write(files: Files) -> None:
    """Make OUT hold these files and no others."""
    for name, data in files.items():
        path = OUT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
    folders = {OUT / Path(name).parent for name in files}
    for path in sorted(OUT.rglob("*")):
        if path.is_dir() and path not in folders:
            shutil.rmtree(path)
        elif path.is_file() and path.relative_to(OUT).as_posix() not in files:
            path.unlink()


def write_partial(files: Files) -> None:
    """The part of every page's head that names the bundled files."""
    text = "".join(map(preloaded, sorted(files)))
    text += named("planner.css", files) + named("print.css", files, media="print")
    text += named("panel.mjs", files)
    offline = named("offline.mjs", files)
    text += f"{{% if config.extra.offline %}}\n{offline}{{% endif %}}\n"
    PARTIAL.parent.mkdir(parents=True, exist_ok=True)
    if not PARTIAL.exists() or PARTIAL.read_text() != text:
        PARTIAL.write_text(text)


def preloaded(name: str) -> str:
    """The line of a page's head for a typeface that every page needs at once."""
    if not re.search(r"-latin-wght-normal-\w+\.woff2$", name):
        return ""
    return (
        '<link rel="preload" as="font" type="font/woff2" crossorigin '
        f"href=\"{{{{ 'assets/runtime/{name}' | url }}}}\">\n"
    )


def named(name: str, files: Files, media: str = "") -> str:
    """The line of a page's head for a bundled style or script."""
    hashed = [re.fullmatch(r"(\w+)-[0-9A-Z]{8}(\.css|\.mjs)", each) for each in files]
    names = {found[1] + found[2]: found[0] for found in hashed if found}
    address = f"{{{{ 'assets/runtime/{names[name]}' | url }}}}"
    if name.endswith(".css"):
        where = f' media="{media}"' if media else ""
        return f'<link rel="stylesheet"{where} href="{address}">\n'
    return f'<script type="module" src="{address}"></script>\n'


def lock() -> dict[str, Any]:
    """Pyodide's own lock file."""
    locked: dict[str, Any] = json.loads((PYODIDE / "pyodide-lock.json").read_text())
    return locked


def empty_lock() -> dict[str, Any]:
    """A lock without packages: ours travel in the archive."""
    return {"info": lock()["info"], "packages": {}}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip archive with the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, files[name])
    return buffer.getvalue()


def digest(*data: bytes) -> str:
    """The first digits of the SHA-256 of some bytes."""
    return hashlib.sha256(b"".join(data)).hexdigest()[:DIGITS]


def tool(name: str) -> str:
    """A command of this Python's environment."""
    return str(Path(sys.executable).parent / name)


if __name__ == "__main__":
    main()
