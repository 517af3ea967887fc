"""How long the site takes to build, against the same pages with the theme alone."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from runtime.tools.building import ROOT, tool

ROUNDS = 3


def building(rounds: int = ROUNDS) -> dict[str, float]:
    """Seconds: the site as it is, its bundle up to date, and with Material alone."""
    found: dict[str, list[float]] = {"ours": [], "alone": []}
    subprocess.run([tool("python"), "runtime/bundle/bundle.py"], check=True, cwd=ROOT)
    folder = Path(tempfile.mkdtemp(prefix="parley-build-"))
    try:
        alone = _alone(folder)
        for _ in range(rounds):
            found["ours"].append(_timed(ROOT / "mkdocs.yml", folder / "ours"))
            found["alone"].append(_timed(alone, folder / "alone"))
    finally:
        shutil.rmtree(folder)
    return {name: median(times) for name, times in found.items()}


def _alone(folder: Path) -> Path:
    """A configuration with the theme only; macros stay as the text that they are."""
    lines = (ROOT / "mkdocs.yml").read_text().splitlines()
    kept = [line for line in lines if "custom_dir:" not in line]
    text = "\n".join(kept).replace("strict: true", "strict: false")
    start = text.index("  - macros:")
    end = text.index("\n\n", start)
    text = text[:start].rstrip() + text[end:]
    start, end = text.index("  static_templates:"), text.index("  palette:")
    text = text[:start] + text[end:]
    text = text.replace("docs_dir: docs", f"docs_dir: {ROOT / 'docs'}")
    path = folder / "mkdocs.yml"
    path.write_text(text)
    return path


def _timed(configuration: Path, site: Path) -> float:
    environment = os.environ | {
        "SITE_DIR": str(site),
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    command = [tool("mkdocs"), "build", "--quiet", "--config-file", str(configuration)]
    started = perf_counter()
    subprocess.run(
        command,
        check=True,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return perf_counter() - started


if __name__ == "__main__":
    print(json.dumps(building()))
