"""An address that a page once had leads to where what it said now stands."""

import re
from pathlib import Path

import pytest

from planner.show.tabs import APART, TABS
from runtime.bundle import links, moved, notices
from runtime.tools.building import built_site


def page(site: Path, old: str, new: str) -> links.Page:
    """The page at an old address, as one of a site."""
    moved.add_to(site, {old: new})
    return links.Page((site / old / "index.html").read_text("utf-8"))


@pytest.mark.parametrize(
    ("old", "new", "href"),
    [
        ("a/b/", "a/#b", "../#b"),
        ("a/", "c/d/", "../c/d/"),
        ("a/b/c/", "d/#e", "../../../d/#e"),
        ("a/", "", "../"),
    ],
)
def test_an_old_address_leads_to_the_new(
    tmp_path: Path, old: str, new: str, href: str
) -> None:
    leads = {link.href for link in page(tmp_path, old, new).links}

    up = "../" * old.count("/")
    assert leads == {href, f"{up}{moved.SCRIPT}", f"{up}{notices.NAME}"}


def test_it_leads_on_without_scripts_as_well(tmp_path: Path) -> None:
    page(tmp_path, "a/b/", "c/")

    html = (tmp_path / "a/b/index.html").read_text("utf-8")

    assert '<noscript><meta http-equiv="refresh" content="0; url=../../c/">' in html


def test_a_page_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text("mine")

    with pytest.raises(ValueError, match="a/ has not moved"):
        moved.add_to(tmp_path, {"a/": "b/"})

    assert (tmp_path / "a/index.html").read_text() == "mine"


@pytest.mark.site
def test_what_has_moved_is_in_no_search_and_no_site_map() -> None:
    found = (built_site() / "search/search_index.json").read_text("utf-8")
    site_map = (built_site() / "sitemap.xml").read_text("utf-8")

    for old in moved.MOVED:
        assert (built_site() / old / "index.html").is_file()
        assert f'"{old}' not in found
        assert f"{old}</loc>" not in site_map


@pytest.mark.site
@pytest.mark.parametrize("old", moved.HEADINGS)
def test_what_stands_in_for_a_heading_is_on_the_new_page(old: str) -> None:
    new = moved.MOVED[old].partition("#")[0]
    html = (built_site() / new / "index.html").read_text("utf-8")

    for heading in moved.HEADINGS[old].values():
        assert f'id="{heading}"' in html


@pytest.mark.site
def test_every_part_of_the_plan_page_begins_with_its_heading() -> None:
    html = (built_site() / "your-plan" / "index.html").read_text("utf-8")

    for part in (*TABS, *APART):
        opened = html.index(f'data-part="{part.id}"')
        assert re.search(rf'<h2 id="{part.id}">', html[opened : opened + 200]), part.id
