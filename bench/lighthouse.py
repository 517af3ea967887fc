"""What Lighthouse makes of the site, in Chromium: on a desktop and as on a phone."""

import json
import os
import subprocess
from pathlib import Path
from statistics import median
from typing import Any

from runtime.bundle import bundle
from runtime.tools.building import PREFIX, built_site
from runtime.tools.chromium import ensure_chromium
from runtime.tools.serving import serving

ROUNDS = 3
PAGES = {
    "home": "",
    "a chapter": "method/the-two-questions/",
    "your plan": "your-plan/",
}
DEVICES = {"desktop": ("--preset=desktop",), "phone": ()}  # a phone is its default
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
)
PATIENCE = 180  # seconds, for one page
WEIGHED = 0  # an audit of this weight does not count


def lighthouse(rounds: int = ROUNDS) -> dict[str, dict[str, Any]]:
    """Scores of 100 in each category by page and device, medians of some runs.

    ``faults`` names the audits that cost points in the last run.
    """
    found: dict[str, dict[str, Any]] = {}
    with serving(built_site(), PREFIX) as site:
        for name, page in PAGES.items():
            for device, options in DEVICES.items():
                runs = [_run(f"{site}{page}", options) for _ in range(rounds)]
                found[f"{name}, {device}"] = _told(runs)
    return found


def _run(address: str, options: tuple[str, ...]) -> dict[str, Any]:
    command = [
        str(bundle.PACKAGES / ".bin" / "lighthouse"),
        address,
        "--quiet",
        "--output=json",
        "--output-path=stdout",
        f"--chrome-flags={' '.join(FLAGS)}",
        *options,
    ]
    environment = os.environ | {"CHROME_PATH": str(ensure_chromium())}
    done = subprocess.run(
        command,
        check=True,
        env=environment,
        stdout=subprocess.PIPE,
        timeout=PATIENCE,
        cwd=Path(__file__).parent,
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _told(runs: list[dict[str, Any]]) -> dict[str, Any]:
    categories = runs[-1]["categories"]
    scores = {
        name: round(median(100 * run["categories"][name]["score"] for run in runs))
        for name in categories
    }
    return {"scores": scores, "faults": sorted(_faults(runs[-1]))}


def _faults(report: dict[str, Any]) -> set[str]:
    counted = {
        audit["id"]
        for category in report["categories"].values()
        for audit in category["auditRefs"]
        if audit["weight"] > WEIGHED
    }
    return {
        name
        for name in counted
        if (score := report["audits"][name]["score"]) is not None and score < 1
    }


if __name__ == "__main__":
    print(json.dumps(lighthouse(), indent=1))
