"""What the built site promises, without a browser."""

import json
import re
from pathlib import Path

import pytest

from planner.advice.rules import RULES
from planner.edits.examples import example
from planner.show.home import first_answers
from planner.show.page import view
from runtime.bundle import bundle, finish, links
from runtime.handbook.worked import spoken_line
from runtime.tools.building import ROOT, built_site, run, tool
from tests import visible
from tests.pages import Page, pages

pytestmark = pytest.mark.site


@pytest.fixture(scope="session")
def site() -> Path:
    return built_site()


def test_no_file_makes_a_browser_ask_another_host(site: Path) -> None:
    assert list(finish.complaints_about(site)) == []


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.html", '<script src="https://cdn.example/x.js"></script>', "another host"),
        (
            "a.html",
            '<link rel="stylesheet" href="//cdn.example/x.css">',
            "another host",
        ),
        ("a.html", '<img srcset="https://cdn.example/x.png 2x">', "another host"),
        ("a.html", '<p style="background:url(https://cdn.example/x)">', "another host"),
        ("a.css", '@import "https://cdn.example/x.css";', "another host"),
        ("a.css", "a{background:url('missing.png')}", "not in the site"),
        ("a.mjs", 'import x from "https://cdn.example/x.mjs"', "another host"),
        ("a.html", '<script src="/root.js"></script>', "leaves the site"),
        ("a.html", '<img src="missing.png">', "not in the site"),
    ],
)
def test_the_check_of_the_built_site_can_fail(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    (tmp_path / name).write_text(text)
    assert [c for c in finish.complaints_about(tmp_path) if says in c]


def test_every_link_leads_to_a_page_and_heading_that_exist(site: Path) -> None:
    """Those out of panels too, and all that rules, stances and signals cite."""
    assert links.complaints_about(links.Site(site)) == []


def test_every_page_has_each_id_once(site: Path) -> None:
    for path, page in links.Site(site).pages.items():
        assert len(page.ids) == len(set(page.ids)), path


def test_every_source_that_the_code_cites_is_listed_and_used(site: Path) -> None:
    sources = Page(ROOT / "docs/reference/sources.md")
    listed = set(re.findall(r"\{ #(\w+) \}", sources.text))
    code = " ".join(path.read_text() for path in (ROOT / "planner").rglob("*.py"))
    prose = " ".join(path.read_text() for path in (ROOT / "docs").rglob("*.md"))
    cited = set(re.findall(r"\[([A-Z]\w+\d{4})\]", code))
    used = cited | set(re.findall(r'source\("(\w+)"', prose))
    assert cited <= listed
    if sources.form == "sources":
        assert used == listed


@pytest.mark.parametrize(
    ("form", "least", "most"),
    [
        ("chapter", 400, 1_200),
        # Nine ways to play, a section each.
        ("stances", 1_200, 2_000),
        # To look things up in: a line for each moment, and one from each rule.
        ("lines", 800, 3_000),
        # One screen.
        ("situation", 200, 500),
        ("real", 300, 800),
        ("case", 400, 1_200),
    ],
)
def test_a_page_is_neither_a_note_nor_a_treatise(
    site: Path, form: str, least: int, most: int
) -> None:
    """In words that a reader sees, without the panels."""
    for page in pages(form):
        words = visible.words(site / page.address / "index.html")
        assert least <= words <= most, page.name


def test_every_line_of_a_rule_stands_in_the_chapter_of_lines(site: Path) -> None:
    """As the planner says it, so that the two can never differ."""
    chapters = [(site / page.address / "index.html") for page in pages("lines")]
    said = " ".join(visible.text(chapter) for chapter in chapters)

    for rule in RULES:
        if chapters and rule.line:
            assert f"“{spoken_line(rule)}”" in said, rule.id


def test_pages_link_to_their_source(site: Path) -> None:
    home = (site / "index.html").read_text()
    assert 'href="https://team.example/repository/edit/main/docs/index.md"' in home


def test_the_front_page_is_served_with_three_answers_and_what_follows(
    site: Path,
) -> None:
    shown = view(first_answers(example("renewal")))
    html = (site / "index.html").read_text()

    assert shown.advice.says in html
    assert shown.advice.stance.label in html
    for ground in shown.advice.grounds[1:]:
        assert ground.says in html


def test_the_bundle_is_the_same_every_time(site: Path) -> None:
    """What is put together and compiled once more is what the site was built with."""
    [folder] = (site / "assets/runtime").glob("runtime-*")
    built = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert bundle.runtime_files() == built
    for name in bundle.PACKAGED:
        source = bundle.zipped(bundle.contents(name))
        again = bundle.compiled(source) if bundle.makes_bytecode() else source
        assert again == built[name]


def test_the_list_of_modules_is_what_the_planner_loads() -> None:
    """`make modules` would write the list that is kept."""
    listed = (ROOT / "runtime/bundle/modules.txt").read_text()
    assert run(tool("python"), "runtime/bundle/bundle.py", "modules") == listed


def test_the_manifest_names_every_file_with_its_size(site: Path) -> None:
    folder = site / "assets/runtime"
    manifest = json.loads((folder / "manifest.json").read_text())
    for name, told in manifest["files"].items():
        assert (folder / manifest["folder"] / name).stat().st_size == told["size"]


def test_the_successor_of_the_site_generator_builds_the_same_tree() -> None:
    pages = {path.relative_to(built_site()) for path in built_site().rglob("*.html")}
    other = built_site("properdocs")
    assert {path.relative_to(other) for path in other.rglob("*.html")} == pages
    assert "parley-panel" in (other / "your-plan/index.html").read_text()
