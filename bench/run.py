"""``make bench``: measures everything that has a target, on this machine, now.

Every figure is a median of rounds in which the contestants took turns. Nothing is
passed or failed here: bench/measured.json holds what was found, and the site's page
on speed sets it beside the targets (runtime/handbook/speed.py).
"""

import json
import os
import platform
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from math import prod
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench import workload
from bench.building import building
from bench.lighthouse import lighthouse
from bench.lists import lists
from bench.measure import brief, measure
from bench.painting import painting
from bench.pressing import waits
from bench.sharing import sharing
from bench.starting import starts
from bench.weight import weight
from bench.workload import SEEDS, Issues
from planner.analyses.frontier import frontier
from runtime.bundle import bundle
from runtime.handbook import speed
from runtime.tools.building import PREFIX, built_site
from runtime.tools.chromium import ensure_chromium
from runtime.tools.serving import serving

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "bench"  # for files of a run

# Milliseconds, in CPython on two cores; what else is allowed says
# runtime/handbook/speed.py.
TARGETS = {
    "frontier, 8 issues × 5 options": 5,
    "frontier, 30 issues × 6 options": 500,
    "advise, the worked plan": 30,
    "advise, 30 issues × 6 options, 200 moves": 300,
}
HARDEST = {
    "frontier, 8 × 5, diminishing returns": 5,
    "frontier, 30 × 6, diminishing returns": 500,
}

# Prints the most bytes that a process held which reads that plan and no more. On Linux
# from the kernel's file: what getrusage says there counts the process before it too.
PROCESS = """
import pathlib, re, resource
from bench import workload
from bench.measure import brief

brief(workload.large_plan())
status = pathlib.Path("/proc/self/status")
if status.exists():
    print(1024 * int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""

# What a key press may wait, in ms: the median, and the 95th percentile.
WAITS: dict[str, tuple[float, float | None]] = {
    "worked": (50, 100),
    "large": (250, None),
}

type Times = dict[str, list[list[float]]]


def main() -> None:
    """Measure everything, then write the data that the site tells.

    With names of parts, measure these anew and keep the others as they were; each
    part remembers its day.
    """
    OUT.mkdir(parents=True, exist_ok=True)
    work = json.dumps({"rounds": 7, "jobs": jobs()})
    chosen = sys.argv[1:]
    report: dict[str, Any] = speed.measured() if chosen else {"dates": {}}

    def part(name: str, measured: Callable[[], Any]) -> None:
        if not chosen or name in chosen:
            report[name] = told(name, measured())
            report["dates"][name] = date.today().isoformat()

    report |= {"targets": TARGETS | HARDEST, "waits": WAITS, "machine": machine()}
    part("starts", starts)  # first, while nothing else has warmed the machine
    part("CPython", lambda: json.loads(measure(work)))
    part("enumeration", against_enumeration)
    part("sizes", against_size)
    part("memory", memory)
    part("Node", lambda: in_node(work))
    if not chosen or {"Chromium", "page", "presses", "lists"} & {*chosen}:
        with a_page() as page:
            part("Chromium", lambda: in_chromium(page, work))
            part("page", lambda: asked(page))
            part("presses", lambda: presses(page))
            part("lists", lambda: lists(page))
    part("sharing", lambda: sharing(a_page))
    part("painting", painting)
    part("weight", weight)
    part("lighthouse", lighthouse)
    part("building", building)
    speed.MEASURED.write_text(json.dumps(report, indent=1, sort_keys=True) + "\n")
    for each in speed.targets(report):
        print(f"{each.what}: {each.found} ({each.aim}) {speed.verdict(each)}")
    print(f"Written to {speed.MEASURED.name}")


def told[T](name: str, result: T) -> T:
    """Say that a part is done: the whole takes about ten minutes."""
    print(f"measured: {name}", file=sys.stderr, flush=True)
    return result


def jobs() -> list[dict[str, Any]]:
    """What is measured everywhere."""
    names = [*TARGETS, *HARDEST]
    sizes = ((8, 5), (30, 6))
    return [
        *(
            {
                "name": name,
                "do": "frontier",
                "with": [workload.opposed(*size, seed) for seed in SEEDS],
            }
            for name, size in zip(names, sizes, strict=False)
        ),
        {"name": names[2], "do": "advise", "with": [workload.worked_plan()]},
        {"name": names[3], "do": "advise", "with": [workload.large_plan()]},
        *(
            {
                "name": name,
                "do": "frontier",
                "with": [workload.diminishing(*size, seed) for seed in SEEDS],
            }
            for name, size in zip(HARDEST, sizes, strict=True)
        ),
    ]


def machine() -> dict[str, Any]:
    """Where this was measured."""
    return {
        "python": platform.python_version(),
        "chromium": chromium_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
    }


def chromium_version() -> str:
    """The number of the browser that is measured."""
    command = [str(ensure_chromium()), "--version"]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found = re.search(r"\d+(\.\d+)+", told.stdout)
    return found[0] if found else "unknown"


def enumerate_all(issues: Issues) -> list[tuple[float, float]]:
    """The rival: every deal, sorted, then swept. No choice is even kept."""
    worths = [(0.0, 0.0)]
    for issue in issues:
        worths = [(a + us, b + them) for a, b in worths for us, them in issue]
    worths.sort(reverse=True)
    best, efficient = float("-inf"), []
    for us, them in worths:
        if them > best:
            best = them
            efficient.append((us, them))
    return efficient


def timed(call: Any, *given: Any) -> tuple[float, Any]:
    """Milliseconds, and what came of it."""
    start = perf_counter()
    result = call(*given)
    return 1000 * (perf_counter() - start), result


def against_enumeration(rounds: int = 5) -> dict[str, Any]:
    """Both on 390,625 deals, taking turns; they must find the same."""
    folding, enumerating = [], []
    for seed in range(rounds):
        issues = workload.opposed(8, 5, seed)
        ours, found = timed(frontier, issues)
        theirs, every = timed(enumerate_all, issues)
        if len(found) != len(every):
            raise SystemExit(f"Seed {seed}: {len(found)} deals, and {len(every)}.")
        folding.append(ours)
        enumerating.append(theirs)
    ratios = [b / a for a, b in zip(folding, enumerating, strict=True)]
    return {
        "frontier": median(folding),
        "enumeration": median(enumerating),
        "ratio": median(ratios),
        "least": min(ratios),
    }


def against_size(rounds: int = 3) -> list[dict[str, float]]:
    """Growing plans of six options an issue; enumeration as far as it gets."""
    rows = []
    for count in (2, 4, 6, 7, 8, 10, 12, 16, 20, 25, 30):
        cases = [workload.opposed(count, 6, seed) for seed in range(rounds)]
        found = [timed(frontier, issues) for issues in cases]
        row = {
            "issues": count,
            "deals": float(prod(len(issue) for issue in cases[0])),
            "efficient": median(len(deals) for _, deals in found),
            "frontier": median(took for took, _ in found),
            "hardest": median(
                timed(frontier, workload.diminishing(count, 6, seed))[0]
                for seed in range(rounds)
            ),
        }
        if count <= 7:
            row["enumeration"] = median(timed(enumerate_all, c)[0] for c in cases)
        rows.append(row)
    return rows


def memory() -> dict[str, float]:
    """The peak of the large plan's brief, in MB."""
    document = workload.large_plan()
    brief(workload.worked_plan())  # what is loaded once is not the plan's
    tracemalloc.start()
    brief(document)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    printed = subprocess.run(
        [sys.executable, "-c", PROCESS],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ).stdout
    return {"allocated": peak, "process": float(printed) / 1e6}


def in_node(work: str) -> Times:
    """The jobs in Pyodide under Node, on the archive that ships."""
    archive = OUT / bundle.ARCHIVE
    archive.write_bytes(bundle.archive(bundle.ARCHIVE))
    lock = bundle.PYODIDE / "pyodide-lock.json"
    jobs_file = OUT / "work.json"
    jobs_file.write_text(work)
    measure_py = ROOT / "bench" / "measure.py"
    files = (archive, lock, measure_py, jobs_file)
    command = [
        "node",
        str(ROOT / "runtime" / "tools" / "measure.mjs"),
        *map(str, files),
    ]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    times: Times = json.loads(run.stdout)
    return times


@contextmanager
def a_page() -> Iterator[Page]:
    """The page with the whole plan, in Chromium, its planner ready."""
    folder = built_site()
    with serving(folder, PREFIX) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(ensure_chromium()), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{site}your-plan/")
        page.locator("parley-panel[ready]").first.wait_for(state="attached")
        yield page
        browser.close()


def in_chromium(page: Page, work: str) -> Times:
    """The jobs in a second Pyodide on that page, from the files that it loaded."""
    measure_py = (ROOT / "bench" / "measure.py").read_text()
    printed: str = page.evaluate(
        """async ([measure, work]) => {
          const script = document.querySelector('script[src*="/panel-"]');
          const base = script.src.replace(/[^/]*$/, "");
          const manifest = await (await fetch(`${base}manifest.json`)).json();
          const folder = base + manifest.folder;
          const { loadPyodide } = await import(`${folder}pyodide.mjs`);
          const python = await loadPyodide({
            indexURL: folder,
            stdLibURL: `${folder}python.zip`,
            lockFileContents: manifest.lock,
            packageBaseUrl: folder,
            enableRunUntilComplete: false,
          });
          python.runPython(measure);
          return python.globals.get("measure")(work);
        }""",
        [measure_py, work],
    )
    times: Times = json.loads(printed)
    return times


def asked(page: Page, rounds: int = 7) -> dict[str, float]:
    """What the page waits for an answer with all its HTML, there and back."""
    plans = {"worked": workload.worked_plan(), "large": workload.large_plan()}
    times: dict[str, list[float]] = {name: [] for name in plans}
    for count in range(-1, rounds):
        for name, plan in plans.items():
            took = page.evaluate(
                """async (plan) => {
                  const panel = document.querySelector("parley-panel");
                  const start = performance.now();
                  await panel.ask({ plan, base: "../" });
                  return performance.now() - start;
                }""",
                plan,
            )
            if count >= 0:
                times[name].append(took)
    return {name: median(each) for name, each in times.items()}


def presses(page: Page) -> dict[str, dict[str, float]]:
    """What a key press waits for, on each plan, beside what it may."""
    return {
        name: {
            "presses": len(each.times),
            "median": each.share(0.5),
            "95th": each.share(0.95),
            "longest": each.longest,
        }
        for name, each in waits(page).items()
    }


if __name__ == "__main__":
    main()
