"""A team makes the handbook its own, and checks its site as its workflow does.

It gives the site another name, adds a signal, a starter list, a worked case with its
page and a rule with its heading, and takes a page out. None of that is a fault; a panel
that still cites a page which is gone is one.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from planner.edits.examples import EXAMPLES, example
from runtime.bundle import links
from runtime.tools import team_check, visits
from runtime.tools.building import EDIT_URI, ROOT, SITE_URL, built_site, tool
from runtime.tools.chromium import ensure_chromium

# One builds a site and opens all of its pages, on a machine that does other things.
pytestmark = [pytest.mark.long, pytest.mark.site, pytest.mark.timeout(900)]

NAME = "Tauschwerk & Söhne"
GONE = "reference/accessibility.md"  # nothing but prose cites it
CASE = "cases/tram-depot.md"
CHAPTER = "method/when-only-one-side-cares.md"

ADDED = {
    "planner/plan/signals.py": """

SIGNALS = (
    *SIGNALS,
    _signal(
        _BETWEEN,
        "relational",
        "lends-a-hand",
        "They lent you a hand that nobody had asked for",
        "Help before a deal is a promise about the time after it",
    ),
)
""",
    "planner/edits/starters.py": """

STARTERS = MappingProxyType(
    {
        **STARTERS,
        "trams": StarterList(
            title="A tram line",
            kind="agreement",
            issues=(Starter(id="gauge", name="Gauge", hint="Settle it first"),),
        ),
    }
)
""",
    "planner/edits/examples/__init__.py": """

EXAMPLES = MappingProxyType({**EXAMPLES, "tram-depot": "Two towns share a tram depot"})
""",
    "planner/advice/rules/one_side.py": f"""

@rule(
    kind=Kind.DO,
    theme=Theme.PACE,
    advice="Take a colleague along, for a second pair of ears.",
    page="{CHAPTER}#take-a-colleague-along",
    fires_on={{"/moves": []}},
    silent_on={{"/moves": MATCHED}},
)
def second_pair_of_ears(analysis: Analysis) -> Evidence | None:
    \"\"\"Applies when nothing has moved yet.\"\"\"
    return None if analysis.plan.moves else Evidence("/moves", "Nothing moved yet.")


RULES = (*RULES, second_pair_of_ears)
""",
    f"docs/{CHAPTER}": "\n## Take a colleague along\n\nFour ears hear more.\n",
}
PAGE = """---
title: Tram depot
---

# Share a tram depot

{{ planner("advice", plan="tram-depot") }}
"""


class Team:
    """A copy of the repository in which a team works, with an environment of its own.

    Its packages are those that run the tests: nothing is installed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        files = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True)
        for name in filter(None, files.stdout.decode().split("\0")):
            if (ROOT / name).is_file():  # and not deleted in the working tree
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        (folder / "runtime/node_modules").symlink_to(ROOT / "runtime/node_modules")
        self._share_packages()

    def _share_packages(self) -> None:
        """Make a virtual environment that finds the packages of this one."""
        home = self.folder / ".venv"
        subprocess.run(
            [sys.executable, "-m", "venv", "--without-pip", home], check=True
        )
        (packages,) = home.glob("lib/python3*/site-packages")
        (packages / "shared.pth").write_text(sysconfig.get_path("purelib"))
        shutil.copy(self.folder / "requirements/test.txt", home / "installed-test.txt")
        ours, theirs = Path(sys.executable).parent, home / "bin"
        for command in ours.iterdir():
            script = command.read_bytes() if command.is_file() else b""
            if not (theirs / command.name).exists() and script.startswith(b"#!"):
                old, new = (f"{folder}/python".encode() for folder in (ours, theirs))
                moved = script.replace(old, new)
                (theirs / command.name).write_bytes(moved)
                (theirs / command.name).chmod(0o755)

    def change(self, name: str, pattern: str, by: str) -> None:
        """Replace what matches in a file. It has to match."""
        path = self.folder / name
        text, times = re.subn(pattern, by, path.read_text("utf-8"), flags=re.M)
        assert times, f"{name} has no {pattern}"
        path.write_text(text, "utf-8")

    def add(self, name: str, text: str) -> None:
        """Write a file, or more text at the end of one."""
        with (self.folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    def remove(self, page: str) -> None:
        """Take a page out: its file, its entry, and the links of the prose to it."""
        (self.folder / "docs" / page).unlink()
        self.change("mkdocs.yml", rf"^ *- (.+: )?{page}\n", "")
        link = rf"\[([^\]]+)\]\((?:[\w./-]*/)?{Path(page).name}(?:#[\w-]+)?\)"
        for path in (self.folder / "docs").rglob("*.md"):
            path.write_text(re.sub(link, r"\1", path.read_text("utf-8")), "utf-8")

    def check(self) -> subprocess.CompletedProcess[str]:
        """Run `make team-check`, as at the place where the site will be."""
        environment = os.environ | {
            "CHROMIUM": str(ensure_chromium()),
            "SITE_URL": SITE_URL,
            "EDIT_URI": EDIT_URI,
            # Node.js may be one of this environment's packages.
            "PATH": f"{os.environ['PATH']}:{Path(sys.executable).parent}",
        }
        return subprocess.run(
            ["make", "team-check"],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
        )


@pytest.fixture
def team(tmp_path: Path) -> Team:
    team = Team(tmp_path)
    team.change("mkdocs.yml", "^site_name: .*$", f"site_name: {NAME}")
    for name, text in ADDED.items():
        team.add(name, text)
    team.add("planner/edits/examples/tram-depot.json", json.dumps(case()))
    team.add(f"docs/{CASE}", PAGE)
    team.change("mkdocs.yml", r"^( *)- cases/.*\n", rf"\g<0>\1- {CASE}\n")
    team.remove(GONE)
    return team


def case() -> dict[str, object]:
    """A plan with more issues than that on the page of the whole planner."""
    first = example(next(iter(EXAMPLES)))
    more = [{"id": f"more-{i}", "name": f"More {i}", "kind": "agreement"} for i in "12"]
    return {**first, "title": "Tram depot", "issues": [*first["issues"], *more]}


def says_the_old_name(path: Path) -> bool:
    """Whether a file of the site still has the name that the handbook came with."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    name = rf"\b{project['name'].title()}\b"
    text = path.suffix in {".html", ".js", ".json", ".mjs", ".webmanifest"}
    return text and bool(re.search(name, path.read_text("utf-8")))


def test_a_team_that_makes_it_its_own_has_nothing_to_mend(team: Team) -> None:
    done = team.check()

    assert done.returncode == 0, done.stdout + done.stderr
    site = team.folder / "site"
    shown = (site / "your-plan/index.html").read_text("utf-8")
    for words in ("A tram line", "lent you a hand", "share a tram depot"):
        assert words in shown
    rules = (site / "reference/rules/index.html").read_text("utf-8")
    assert "Take a colleague along, for a second pair of ears." in rules
    assert "more-2" in (site / "cases/tram-depot/index.html").read_text("utf-8")
    assert not (site / GONE.removesuffix(".md")).exists()
    assert [path for path in site.rglob("*.*") if says_the_old_name(path)] == []


def test_a_panel_that_leads_to_a_page_which_is_gone_is_found(tmp_path: Path) -> None:
    """The strict build is content: it knows the links of the prose alone."""
    templates = ROOT / "planner/show/templates"
    status = (templates / "status.html").read_text("utf-8")
    (everywhere,) = re.findall(r"link\('([\w/-]+)\.md'", status)
    compare = (templates / "compare.html").read_text("utf-8")
    (seldom,) = re.findall(r'"([\w/-]+)\.md#[\w-]+"', compare)
    site = tmp_path / "site"
    shutil.copytree(built_site(), site)
    for page in (everywhere, seldom):
        shutil.rmtree(site / page)

    told = "\n".join(links.complaints_about(links.Site(site)))

    on_pages = rf"^\S+/index\.html.*: dead link to (?:\.\./)+{everywhere}/.*: "
    assert re.search(f"{on_pages}there is no {everywhere}/", told, re.M)
    # Only a reader with several plans sees that one: it is on no page.
    on_none = rf"^the panels .* others.*: dead link to {seldom}/#[\w-]+.*: "
    assert re.search(f"{on_none}there is no {seldom}/", told, re.M)
    assert links.complaints_about in [check for _, check, _ in team_check.CHECKS]


PANELS = '<parley-panel><section data-panel="advice"></section></parley-panel>'
POLICY = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"""
FAULTS = {
    "script": ('<script>throw Error("it broke")</script>', "it broke"),
    "console": ('<script>console.error("it broke")</script>', "it broke"),
    "missing": ('<img src="gone.png">', "gone.png"),
    "elsewhere": ('<img src="http://team.invalid/x.png">', "asks another host"),
    "policy": (f"{POLICY}<script>1</script>", "Content Security Policy"),
    "silent": (PANELS, "Python does not start"),
}


def test_what_only_a_browser_sees_is_found_on_its_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    monkeypatch.setattr(visits, "PATIENCE", 3_000)  # ms; Python never comes
    head = '<meta charset="utf-8"><link rel="icon" href="data:,">'
    for name, (html, _) in {**FAULTS, "fine": ("<p>Nothing", "")}.items():
        (tmp_path / f"{name}.html").write_text(head + html)

    told = visits.complaints_in(browser, links.Site(tmp_path))

    for name, (_, says) in FAULTS.items():
        assert any(t.startswith(f"{name}.html: ") and says in t for t in told), name
    assert not any(said.startswith("fine.html") for said in told)


def test_python_is_asked_where_its_panel_is_further_down(browser: Browser) -> None:
    """As on a chapter, once a team took out the page with the whole planner."""
    site = links.Site(built_site())
    del site.pages[visits.planner_page(site) or ""]
    chapter = visits.planner_page(site)

    assert chapter
    with visits.visitor(site, browser) as visiting:
        visiting.open(chapter, asking=True)

    assert visiting.complaints == []


def test_a_site_without_the_planner_is_opened_all_the_same(
    tmp_path: Path, browser: Browser
) -> None:
    (tmp_path / "index.html").write_text('<link rel="icon" href="data:,"><p>Words')
    site = links.Site(tmp_path)

    assert visits.planner_page(site) is None
    assert visits.complaints_in(browser, site) == []


def test_a_folder_without_a_site_is_told_to_be_built(tmp_path: Path) -> None:
    command = [tool("python"), "-m", "runtime.tools.team_check", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 1
    assert "run `make build` first" in done.stderr
