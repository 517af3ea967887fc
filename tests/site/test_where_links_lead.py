"""The check of links can fail: each kind of a dead end is found where it stands."""

from pathlib import Path

import pytest

from planner.show.page import field_id
from runtime.bundle import links
from runtime.tools.building import PREFIX, SITE_URL

pytestmark = pytest.mark.site

HOME = f'<link rel="canonical" href="{SITE_URL}"><h1 id="top-of-it">x</h1>'
PANEL = '<parley-panel><section data-panel="issues">{}</section></parley-panel>'


def site(folder: Path, **pages: str) -> links.Site:
    """A site of a home page and pages of these names, below a project's sub-path."""
    (folder / "index.html").write_text(HOME)
    for name, html in pages.items():
        (folder / name).mkdir()
        (folder / name / "index.html").write_text(html)
    return links.Site(folder)


def about(made: links.Site, page: str) -> list[str]:
    """What is said about one page; the planner's own pages are not there."""
    start = f"{page}/index.html: "
    return [said for said in links.complaints_about(made) if said.startswith(start)]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="../gone/">x</a>',
        '<a href="../#gone">x</a>',
        '<a href="#gone">x</a>',
        '<a href="../gone.csv">x</a>',
        '<img src="gone.png">',
        '<svg><use xlink:href="#gone"/></svg>',
        f'<a href="{SITE_URL}gone/">x</a>',
        f'<a href="{PREFIX}gone/">x</a>',
        '<a href="../../gone/">x</a>',
        '<a href="/gone/">x</a>',
        PANEL.format('<a href="../gone/#there">x</a>'),
        f'<a href="#{field_id("/issues/3/gone")}">x</a>' + PANEL,
        f'<a href="#{field_id("/issues/3/name")}">x</a>',
    ],
)
def test_a_link_that_leads_nowhere_is_found(tmp_path: Path, html: str) -> None:
    (found,) = about(site(tmp_path, a=html), "a")
    assert "gone" in found or "name" in found


@pytest.mark.parametrize(
    "html",
    [
        '<a href="../">x</a>',
        '<a href="..">x</a>',
        '<a href="../#top-of-it">x</a>',
        '<a href="#">x</a>',
        '<a href="?q=1">x</a>',
        '<a href="../#:~:text=x">x</a>',
        f'<a href="{SITE_URL}#top-of-it">x</a>',
        f'<a href="{PREFIX}a/">x</a>',
        '<a href="https://team.example/elsewhere/">x</a>',
        '<a href="mailto:a@team.example">x</a>',
        '<a id="é x" href="#%C3%A9%20x">x</a>',
        # A row of a longer plan than the one that the page is served with.
        f'<a href="#{field_id("/issues/99/name")}">x</a>' + PANEL,
    ],
)
def test_a_link_that_leads_somewhere_or_away_is_not(tmp_path: Path, html: str) -> None:
    assert about(site(tmp_path, a=html), "a") == []


def test_a_dead_end_is_told_once_with_its_pages_and_its_maker(tmp_path: Path) -> None:
    pages = {name: PANEL.format('<a href="../gone/">x</a>') for name in "abcde"}
    told = links.complaints_about(site(tmp_path, **pages))

    (found,) = [said for said in told if "../gone/" in said]

    assert found.startswith("a/index.html, b/index.html, c/index.html and 2 more: ")
    assert found.endswith("or change what leads there in planner/")


def test_what_the_planner_cites_is_followed_without_a_page(tmp_path: Path) -> None:
    """On a site without the handbook every page that is cited is missed."""
    told = " ".join(links.complaints_about(site(tmp_path)))
    for who, cited in links.citations():
        page = cited.partition(".md#")[0]
        assert f"{page}/index.html: put it back" in told, who
