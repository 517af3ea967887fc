"""How fast Python is there: from a worker's start to its first answer, in Chromium.

The rival is bare Pyodide of the same version, its own files and loader in a worker,
from the same server: it answers ``1+1``. Ours answers with the advice on the worked
plan. The floor compiles the same wasm in a worker and does nothing else. Contestants
take turns; every profile is a fresh one.
"""

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from bench import workload
from planner.show.page import PANELS
from runtime.bundle import bundle
from runtime.tools.building import PREFIX, built_site
from runtime.tools.chromium import ensure_chromium
from runtime.tools.serving import Line, serving

ROUNDS = 5
EDITS = 1000
LATER = 4000  # ms after which a browser has kept what it compiled
SLOW = {"rate": 10e6 / 8, "delay": 0.04}  # bytes a second, seconds: 10 Mbit/s, 40 ms
PATIENCE = 120_000  # ms, of a page on the slow line

BARE, OURS, FLOOR = "bare", "ours", "floor"

# A page of the site's own folder, so that its service worker serves it as well.
HARNESS = """<!doctype html><meta charset="utf-8"><title>Start</title>
<link rel="icon" href="data:,"><script>
const watch = `
const { Memory } = WebAssembly;
const memories = [];
WebAssembly.Memory = class extends Memory {
  constructor(...given) {
    super(...given);
    memories.push(this);
  }
};
addEventListener("message", (event) => {
  if (event.data !== "watched") return;
  event.stopImmediatePropagation();
  const marks = performance.getEntriesByType("mark").map(({ name, startTime }) =>
    [name.replace("parley: ", ""), performance.timeOrigin + startTime]);
  const sizes = memories.map((memory) => memory.buffer.byteLength);
  postMessage({ marks, heap: Math.max(...sizes) });
});
`;
function begin(script) {
  const blob = new Blob([script], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(blob), { type: "module" });
}
const until = (worker, right) => new Promise((done, fail) => {
  worker.addEventListener("message", ({ data }) => {
    if (data?.stage === "failed") fail(new Error(data.reason));
    if (right(data)) done(data);
  });
  worker.addEventListener("error", (event) => fail(new Error(event.message)));
});
const runs = {
  async bare({ folder }) {
    const start = performance.now();
    const worker = begin(`import { loadPyodide } from "${folder}pyodide.mjs";
      const python = await loadPyodide({ indexURL: "${folder}" });
      postMessage({ answer: python.runPython("1+1") });`);
    await until(worker, (data) => data.answer === 2);
    return { total: performance.now() - start };
  },
  async floor({ wasm }) {
    const start = performance.now();
    const worker = begin(`await WebAssembly.compileStreaming(fetch("${wasm}"));
      postMessage({ compiled: true });`);
    await until(worker, (data) => data.compiled);
    return { total: performance.now() - start };
  },
  async ours({ worker: script, home, question, panels, edits }) {
    const start = performance.now();
    const first = URL.createObjectURL(new Blob([watch], { type: "text/javascript" }));
    const place = `globalThis.PARLEY_HOME = "${home}"`;
    const worker = begin(`import "${first}"; ${place}; ${script}`);
    worker.postMessage({ start: null, afresh: false });
    await until(worker, (data) => data.stage === "ready");
    const ask = (id, asked) => {
      const answered = until(worker, (data) => data.id === id);
      worker.postMessage({ id, text: JSON.stringify({ ...asked, id }) });
      return answered;
    };
    await ask(1, question);
    const result = { total: performance.now() - start };
    if (edits) await ask(1, { ...question, now: panels, panels });
    const watched = async () => {
      const told = until(worker, (data) => data.marks);
      worker.postMessage("watched");
      return told;
    };
    const { marks, heap } = await watched();
    const began = performance.timeOrigin + start;
    for (const [name, at] of marks) result[name] = at - began;
    result.heap = heap;
    for (let i = 0; i < edits; i++) {
      question.plan.future.continue_chance = (50 + (i % 45)) / 100;
      await ask(i + 2, question);
    }
    if (edits) result.after = (await watched()).heap;
    return result;
  },
};
window.run = (who, given) => runs[who](given);
</script>"""

IMAGE_KEPT = """async () => {
  const name = (await caches.keys()).find((each) => each.endsWith(":image"));
  return name && (await (await caches.open(name)).keys()).length > 0;
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a contestant's files are, and how to open a fresh or a known profile."""

    address: str
    given: dict[str, Any]
    opened: Callable[[Path], BrowserContext]


@dataclass(slots=True)
class Found:
    """Milliseconds of each contestant's runs, and the last one's stages."""

    times: dict[str, list[float]] = field(default_factory=dict)
    stages: list[dict[str, float]] = field(default_factory=list)

    def add(self, who: str, result: dict[str, float]) -> None:
        self.times.setdefault(who, []).append(result["total"])
        if who == OURS:
            self.stages.append(result)

    @property
    def medians(self) -> dict[str, float]:
        return {who: median(times) for who, times in self.times.items()}


def starts(rounds: int = ROUNDS) -> dict[str, Any]:
    """Every figure of a start; the report's data."""
    folder = _stage()
    sent: Counter[str] = Counter()
    try:
        with sync_playwright() as playwright:
            with serving(folder, sent=sent) as address:
                place = _place(playwright, folder, address)
                measured = {
                    "bytes": _bytes(place, sent),
                    **_quick(place, rounds),
                    "heap": _heap(place),
                }
            with serving(folder, line=Line(**SLOW)) as address:
                place = _place(playwright, folder, address)
                measured["slow line"] = _told(_cold(place, 3, (BARE, OURS)))
    finally:
        shutil.rmtree(folder)
    return measured


def _stage() -> Path:
    """Both contestants' files below one folder, each with the page that starts it."""
    folder = Path(tempfile.mkdtemp(prefix="parley-start-"))
    shutil.copytree(built_site(), folder / PREFIX.strip("/"))
    (folder / PREFIX.strip("/") / "start.html").write_text(HARNESS)
    bare = folder / BARE
    bare.mkdir()
    theirs = (*bundle.RUNTIME_FILES, "python_stdlib.zip", "pyodide-lock.json")
    for name in theirs:
        shutil.copy(bundle.PYODIDE / name, bare)
    return folder


def _place(playwright: Playwright, folder: Path, address: str) -> Place:
    assets = f"{PREFIX.strip('/')}/assets/runtime"
    manifest = json.loads((folder / assets / "manifest.json").read_text())
    panels = ["problems", "stance", "advice"]
    plan = workload.worked_plan()
    plan["future"]["continue_chance"] = 0.83  # so that it is worked out, not recalled
    return Place(
        address=f"{address}{PREFIX.strip('/')}/",
        given={
            "folder": f"{address}{BARE}/",
            "wasm": f"{address}{assets}/{manifest['folder']}pyodide.asm.wasm",
            "worker": bundle.worker(manifest),
            "home": f"{address}{assets}/",
            "question": {
                "plan": plan,
                "own": True,
                "panels": panels,
                "now": panels,
                "base": "../",
            },
            "panels": list(PANELS),
        },
        opened=lambda profile: playwright.chromium.launch_persistent_context(
            profile, executable_path=str(ensure_chromium()), args=["--no-sandbox"]
        ),
    )


@contextmanager
def _page(place: Place, profile: Path) -> Iterator[Page]:
    context = place.opened(profile)
    page = context.pages[0] if context.pages else context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{place.address}start.html")
    yield page
    context.close()


@contextmanager
def _profile() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="parley-profile-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(page: Page, who: str, place: Place, **more: Any) -> dict[str, float]:
    found: dict[str, float] = page.evaluate(
        "([who, given]) => run(who, given)", [who, place.given | more]
    )
    return found


def _cold(place: Place, rounds: int, contestants: tuple[str, ...]) -> Found:
    """Each in a browser that has never been here."""
    found = Found()
    for _ in range(rounds):
        for who in contestants:
            with _profile() as profile, _page(place, profile) as page:
                found.add(who, _run(page, who, place))
    return found


def _quick(place: Place, rounds: int) -> dict[str, Any]:
    """A new reader, the page again, and another day; of that day, the page again."""
    everyone = (BARE, OURS, FLOOR)
    cold, warm, back, again = Found(), Found(), Found(), Found()
    for _ in range(rounds):
        for who in everyone:
            with _profile() as profile:
                with _page(place, profile) as page:
                    cold.add(who, _run(page, who, place))
                    page.wait_for_timeout(LATER)
                    page.reload()
                    warm.add(who, _run(page, who, place))
                _visit(place, profile, who)
                with _page(place, profile) as page:
                    back.add(who, _run(page, who, place))
                    page.wait_for_timeout(LATER)
                    page.reload()
                    again.add(who, _run(page, who, place))
    named = {"cold": cold, "warm": warm, "return": back, "again": again}
    return {name: _told(found) for name, found in named.items()}


def _visit(place: Place, profile: Path, who: str) -> None:
    """A reader's first visit, until all that it keeps is kept."""
    if who != OURS:
        return
    with _page(place, profile) as page:
        page.goto(f"{place.address}your-plan/")
        page.locator("parley-panel[ready]").first.wait_for(state="attached")
        while not page.evaluate(IMAGE_KEPT):
            page.wait_for_timeout(200)
        page.wait_for_timeout(1000)  # the service worker's turn to finish


def _bytes(place: Place, sent: Counter[str]) -> dict[str, float]:
    """Bytes on the wire up to the first answer, of each contestant."""
    found = {}
    for who in (BARE, OURS):
        with _profile() as profile, _page(place, profile) as page:
            sent.clear()
            _run(page, who, place)
            found[who] = float(sum(sent.values()))
    return found


def _heap(place: Place) -> dict[str, float]:
    """Megabytes of the worker's memory after its start, and after many edits.

    It has started once it has answered about every panel, as on the page itself.
    """
    with _profile() as profile, _page(place, profile) as page:
        found = _run(page, OURS, place, edits=EDITS)
    return {"start": found["heap"] / 1e6, "after": found["after"] / 1e6}


def _told(found: Found) -> dict[str, Any]:
    names = found.stages[0].keys() - {"heap"}
    stages = {name: median(each[name] for each in found.stages) for name in names}
    return {"median": found.medians, "times": found.times, "stages": stages}


if __name__ == "__main__":
    print(json.dumps(starts(), indent=1))
