"""What ``make bench`` found when it last ran, as the page on speed tells it.

The figures are those of bench/measured.json and no others; a target that they miss
is told beside them with the reason.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from math import log10
from pathlib import Path
from statistics import median
from types import MappingProxyType
from typing import Any

from planner.show.charts import BAR, FULL, GAP, LINE, Bar, BarChart
from planner.show.page import environment

__all__ = [
    "MEASURED",
    "REASONS",
    "TABLES",
    "Target",
    "chart",
    "machine",
    "measured",
    "missed",
    "reasons",
    "stages_of",
    "targets",
]

MEASURED = Path(__file__).resolve().parents[2] / "bench" / "measured.json"

# Where a start is measured, and what of bare Pyodide's time it may take.
PROFILES: Mapping[str, tuple[str, float | None]] = MappingProxyType(
    {
        "cold": ("a new reader", 0.5),
        "warm": ("the page again, a minute later", 0.33),
        "return": ("another day", 0.25),
        "again": ("the page again, on that day", None),
        "slow line": ("a new reader, 10 Mbit/s and 40 ms away", None),
    }
)
# A stage of a start, and where it stands in the worker's marks.
STAGES = (
    ("fetched and compared", "downloaded"),
    ("compiled", "compiled"),
    ("image read", "recalled"),
    ("Python itself", "interpreter"),
    ("the planner’s modules", "imports"),
    ("first answer", "total"),
)
BYTES, HEAP, GROWTH = 0.85, 40.0, 0.10  # shares of bare Pyodide’s, MB, a share
PAINTING, BUILDING, WEIGHT = 1.1, 1.25, 60.0  # shares of the rival’s, KB
SLOWER, FASTER = 5.0, 100.0  # times: in the browser’s Python, than trying every deal
PROCESS = 64.0  # MB
LIST = 1_000.0  # ms for the longest list that a plan has room for
SHARED = 5.0  # s, half of what the page gives Python before it asks for a sign of life
PLACES = ("CPython", "Node", "Chromium")
MANY = 1e6
AUDITS = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "what search engines need",
}
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
PLANS = {"worked": "the worked plan", "large": "30 issues × 6 options"}

# Why a target was missed, and what was tried.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "bytes": "Python itself, compiled to WebAssembly, is more than half of them, "
        "and bare Pyodide has the same; the planner’s modules have grown with what it "
        "advises on.",
        "cold": "Half of a first start is Python itself, in code that the browser has "
        "compiled only roughly; bare Pyodide pays the same. Compiling templates and "
        "methods ahead took off a quarter, looking modules up once a tenth. Leaving "
        "modules until they are used took off a hundredth, and was left out.",
        "warm": "The same, before there is a memory to read back. With it, a page "
        "again takes the share told under “on that day”.",
        "return": "The browser has just started itself, and compiles again what it "
        "kept. Reading the memory back took off more than half. Cleaning that memory "
        "first, reading it behind Pyodide’s back, or starting from the browser’s own "
        "copy of the WebAssembly was no faster.",
        "growth": "WebAssembly’s memory grows by a fifth at a time.",
        "building": "Every figure and every panel is worked out by the planner while "
        "the site is built, and its tables go through Markdown. Keeping the panels out "
        "of Markdown and of the search took off a third.",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A figure beside what it should be; ``limit`` None is only reported."""

    key: str
    what: str
    found: str
    value: float
    limit: float | None
    aim: str
    least: bool = False  # whether the limit is the least, not the most

    @property
    def reached(self) -> bool | None:
        """Whether the figure keeps to its limit."""
        if self.limit is None:
            return None
        return self.value >= self.limit if self.least else self.value <= self.limit


@cache
def measured() -> dict[str, Any]:
    """The data of the last run."""
    data: dict[str, Any] = json.loads(MEASURED.read_text())
    return data


def targets(data: Mapping[str, Any]) -> Iterator[Target]:
    """Every figure that has a target, in the order of the page."""
    starts = data["starts"]
    share = starts["bytes"]["ours"] / starts["bytes"]["bare"]
    yield Target(
        key="bytes",
        what="Bytes to the first answer, against bare Pyodide",
        found=_percent(share),
        value=share,
        limit=BYTES,
        aim=f"at most {_percent(BYTES)}",
    )
    for name, (who, limit) in PROFILES.items():
        share = _share(starts[name])
        yield Target(
            key=name,
            what=f"Start, {who}, against bare Pyodide",
            found=_percent(share),
            value=share,
            limit=limit,
            aim="" if limit is None else f"at most {_percent(limit)}",
        )
    heap, after = starts["heap"]["start"], starts["heap"]["after"]
    yield Target(
        key="heap",
        what="Memory of Python after its start",
        found=f"{heap:.1f} MB",
        value=heap,
        limit=HEAP,
        aim=f"under {HEAP:g} MB",
    )
    yield Target(
        key="growth",
        what="Memory after 1,000 edits",
        found=f"{after:.1f} MB, {_percent(after / heap - 1)} more",
        value=after / heap - 1,
        limit=GROWTH,
        aim=f"at most {_percent(GROWTH)} more",
    )
    yield from _presses(data)
    # Of parts that are new, nothing is told until they are measured.
    yield from _lists(data.get("lists", {}))
    yield from _shared(data.get("sharing", {}))
    yield from _costs(data)
    yield from _pages(data)


def _presses(data: Mapping[str, Any]) -> Iterator[Target]:
    limits = data["waits"]
    for name, each in data["presses"].items():
        middle, high = limits[name]
        yield Target(
            key=f"press {name}",
            what=f"From a key to the changed advice, {PLANS[name]}, median",
            found=f"{each['median']:.0f} ms",
            value=each["median"],
            limit=middle,
            aim=f"under {middle:g} ms",
        )
        yield Target(
            key=f"press {name} 95",
            what=f"The same, 95 of 100, {PLANS[name]}",
            found=f"{each['95th']:.0f} ms",
            value=each["95th"],
            limit=high,
            aim="" if high is None else f"under {high:g} ms",
        )
        yield Target(
            key=f"blocked {name}",
            what=f"Longest that the page was busy meanwhile, {PLANS[name]}",
            found=f"{each['longest']:.0f} ms" if each["longest"] else "under 50 ms",
            value=each["longest"],
            limit=50,
            aim="under 50 ms",
        )


def _lists(data: Mapping[str, Mapping[str, float]]) -> Iterator[Target]:
    kinds = {"list.csv": "as text", "list.xlsx": "in a workbook"}
    named = {"shown": "shown", "taken": "taken as a new plan"}
    for name, each in data.items():
        for key, took in each.items():
            yield Target(
                key=f"{name} {key}",
                what=f"A list of 60 issues × 30 options {kinds[name]}, {named[key]}",
                found=f"{took:.0f} ms",
                value=took,
                limit=LIST,
                aim=f"under {LIST:g} ms",
            )


def _shared(data: Mapping[str, float]) -> Iterator[Target]:
    named = {
        "opened": "opened",
        "saved": "opened and saved",
        "edited": "from a key to the changed advice, the longest",
    }
    for key, took in data.items():
        limit = SHARED if key == "edited" else None
        yield Target(
            key=f"sharing {key}",
            what=f"The largest plan on a core with two busy programs, {named[key]}",
            found=f"{took:.1f} s",
            value=took,
            limit=limit,
            aim="" if limit is None else f"under {limit:g} s",
        )


def _costs(data: Mapping[str, Any]) -> Iterator[Target]:
    slower = 0.0
    for name, limit in data["targets"].items():
        took, *elsewhere = (_middle(data[place][name]) for place in PLACES)
        slower = max(slower, *(each / took for each in elsewhere))
        yield Target(
            key=f"cost {name}",
            what=f"{_capital(name)}, in CPython",
            found=f"{took:.1f} ms",
            value=took,
            limit=limit,
            aim=f"under {limit:g} ms",
        )
    yield Target(
        key="slower",
        what="The same in the browser’s Python, at most",
        found=f"{slower:.1f} times as long",
        value=slower,
        limit=SLOWER,
        aim=f"at most {SLOWER:g} times",
    )
    ratio = data["enumeration"]["ratio"]
    yield Target(
        key="enumeration",
        what="Efficient deals, against trying every one of 390,625",
        found=f"{ratio:.0f} times as fast",
        value=ratio,
        limit=FASTER,
        aim=f"at least {FASTER:g} times",
        least=True,
    )
    process = data["memory"]["process"]
    yield Target(
        key="memory",
        what=f"Memory of Python with the brief of {PLANS['large']}",
        found=f"{process:.1f} MB",
        value=process,
        limit=PROCESS,
        aim=f"under {PROCESS:g} MB",
    )


def _pages(data: Mapping[str, Any]) -> Iterator[Target]:
    painting, weight, building = data["painting"], data["weight"], data["building"]
    share = painting["with"] / painting["without"]
    yield Target(
        key="painting",
        what="Largest paint of the whole plan, against the same without scripts",
        found=f"{_ms(painting['with'])} and {_ms(painting['without'])}",
        value=share,
        limit=PAINTING,
        aim=f"at most {_percent(PAINTING - 1)} later",
    )
    kilobytes = weight["scripts and styles"] / 1000
    yield Target(
        key="weight",
        what="Our own scripts and styles on a chapter",
        found=f"{kilobytes:.1f} KB",
        value=kilobytes,
        limit=WEIGHT,
        aim=f"under {WEIGHT:g} KB",
    )
    yield Target(
        key="runtime",
        what="Bytes of Python on a chapter before its planner is in sight",
        found=f"{weight['runtime']:g}",
        value=weight["runtime"],
        limit=0,
        aim="none",
    )
    for name, each in data["lighthouse"].items():
        phone = name.endswith("phone")
        for category, score in each["scores"].items():
            least = 100 if category != "performance" else 90 if phone else 95
            yield Target(
                key=f"{name} {category}",
                what=f"Lighthouse, {name}: {AUDITS[category]}",
                found=f"{score:g}",
                value=score,
                limit=least,
                aim=f"at least {least}" if least < 100 else "100",
                least=True,
            )
    share = building["ours"] / building["alone"]
    yield Target(
        key="building",
        what="Building the site, against the same Markdown with Material alone",
        found=f"{building['ours']:.1f} s and {building['alone']:.1f} s",
        value=share,
        limit=BUILDING,
        aim=f"at most {BUILDING:g} times",
    )


def missed(data: Mapping[str, Any]) -> list[Target]:
    """The targets that the last run did not reach."""
    return [each for each in targets(data) if each.reached is False]


def verdict(target: Target) -> str:
    """Whether the target was reached, in a word."""
    if target.reached is None:
        return "reported"
    return "reached" if target.reached else "missed"


def target_table(data: Mapping[str, Any]) -> str:
    """Every figure beside its target."""
    rows = [(t.what, t.found, t.aim, verdict(t)) for t in targets(data)]
    return _table("Figures beside their targets", ("What", "Found", "Target", ""), rows)


def start_table(data: Mapping[str, Any]) -> str:
    """The starts in milliseconds: ours, bare Pyodide's, the floor."""
    rows = []
    for name, (who, _) in PROFILES.items():
        middle = data["starts"][name]["median"]
        floor = _ms(middle["floor"]) if "floor" in middle else ""
        share = _percent(_share(data["starts"][name]))
        rows.append((who, _ms(middle["ours"]), _ms(middle["bare"]), share, floor))
    head = ("Who starts it", "This site, advice", "Bare Pyodide, 1+1", "Share", "Floor")
    return _table("Starts", head, rows)


def stage_table(data: Mapping[str, Any]) -> str:
    """What each part of a start takes, and what is left above the floor."""
    rows = []
    for name, (who, _) in PROFILES.items():
        parts = list(stages_of(data["starts"][name]["stages"]))
        middle = data["starts"][name]["median"]
        over = _ms(middle["ours"] - middle["floor"]) if "floor" in middle else ""
        rows.append((who, *(_ms(took) if took else "" for _, took in parts), over))
    return _table(
        "Stages of a start",
        ("", *(what for what, _ in STAGES), "Above the floor"),
        rows,
    )


def stages_of(stages: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Each stage's own time; those that run side by side end one after the other."""
    before = 0.0
    for what, mark in STAGES:
        ended = max(stages.get(mark, before), before)
        yield what, ended - before
        before = ended


def cost_table(data: Mapping[str, Any]) -> str:
    """What the planner's own computing takes, here and in the browser's Python."""
    rows = []
    for name, target in data["targets"].items():
        times = [_middle(data[place][name]) for place in PLACES]
        slower = max(times[1:]) / times[0]
        cells = (f"{target:g}", *(f"{took:.1f}" for took in times), f"{slower:.1f} ×")
        rows.append((_capital(name), *cells))
    head = ("", "Target", "CPython", "In Node", "In Chromium", "Slower, at most")
    return _table("What computing takes", head, rows)


def size_table(data: Mapping[str, Any]) -> str:
    """The efficient deals of growing plans, against trying every deal."""
    rows = [
        (
            f"{row['issues']}",
            _count(row),
            f"{row['efficient']:g}",
            f"{row['frontier']:.1f}",
            f"{row['enumeration']:.1f}" if "enumeration" in row else "",
        )
        for row in data["sizes"]
    ]
    head = (
        "Issues × 6 options",
        "Deals",
        "Efficient",
        "Folding, ms",
        "Every deal, ms",
    )
    return _table("The efficient deals", head, rows)


def chart(data: Mapping[str, Any]) -> str:
    """The starts as bars: solid is ours, hatched bare Pyodide."""
    starts = data["starts"]
    most = max(starts[name]["median"]["bare"] for name in PROFILES)
    labels, bars, rows, y = [], [], [], LINE
    for name, (who, _) in PROFILES.items():
        middle = starts[name]["median"]
        labels.append((y - 5, who[0].upper() + who[1:]))
        for side, contestant in (("us", "ours"), ("them", "bare")):
            took = middle[contestant]
            whose = "This site" if side == "us" else "Bare Pyodide"
            width = FULL * took / most
            says = f"{who[0].upper() + who[1:]}: {whose}, {_ms(took)}"
            bars.append(Bar(x=0, y=y, width=width, side=side, says=says))
            y += BAR
        rows.append((who, _ms(middle["ours"]), _ms(middle["bare"])))
        y += GAP + LINE
    made = BarChart(
        id="starts-chart",
        title="From a worker’s start to its first answer",
        finding=f"A new reader waits {_percent(_share(starts['cold']))} of bare "
        f"Pyodide’s time, and on another day {_percent(_share(starts['return']))}.",
        height=y - LINE,
        axis=0,
        labels=tuple(labels),
        bars=tuple(bars),
        head=("Who starts it", "This site", "Bare Pyodide"),
        rows=tuple(rows),
    )
    return environment().get_template("bars_chart.html").render(chart=made)


def _share(start: Mapping[str, Any]) -> float:
    """Our median over bare Pyodide's."""
    ours, bare = start["median"]["ours"], start["median"]["bare"]
    return float(ours / bare)


def _middle(times: Sequence[Sequence[float]]) -> float:
    return median(median(each) for each in times)


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


def _ms(value: float) -> str:
    return f"{value:,.0f} ms"


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _count(row: Mapping[str, float]) -> str:
    """How many deals there are; of many, the power of ten."""
    if row["deals"] < MANY:
        return f"{row['deals']:,.0f}"
    return "about 10" + f"{log10(row['deals']):.0f}".translate(RAISED)


def _table(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in a box of its own, which scrolls by keyboard where it is too wide."""
    heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = "".join(
        f'<tr><th scope="row">{escape(what)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
        for what, *cells in rows
    )
    return (
        f'<div class="parley-scroll" tabindex="0" role="region" aria-label="{name}">'
        f'<table class="parley-table"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )


def machine(data: Mapping[str, Any]) -> str:
    """Where and when that was measured, each part on its day."""
    where = data["machine"]
    days = sorted({*data["dates"].values()}, reverse=True)
    told = [days[0]] if len(days) == 1 else [_of_day(data, day) for day in days]
    return (
        f"{'; '.join(told)}; {where['system']} with {where['cores']} cores, "
        f"CPython {where['python']}, Chromium {where['chromium']}"
    )


def _of_day(data: Mapping[str, Any], day: str) -> str:
    parts = sorted(name for name, on in data["dates"].items() if on == day)
    return f"{day} ({', '.join(parts)})"


TABLES = MappingProxyType(
    {
        "targets": target_table,
        "starts": start_table,
        "stages": stage_table,
        "cost": cost_table,
        "sizes": size_table,
    }
)


def reasons(data: Mapping[str, Any]) -> str:
    """The targets that were missed, each with the reason and what was tried."""
    lines = [
        f"- **{target.what}**: {target.found}, and not {target.aim}. "
        + REASONS.get(target.key, "Not looked into yet.")
        for target in missed(data)
    ]
    return "\n".join(lines) or "Nothing: every target was reached."
