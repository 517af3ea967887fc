"""An address that a page has left leads on, by link, by script and without one."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from planner.show.tabs import APART, TABS
from runtime.bundle import moved, policy
from runtime.tools.building import built_site

pytestmark = pytest.mark.site


class Links(HTMLParser):
    """Collects the links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep where a link leads."""
        self.hrefs += [dict(attrs).get("href") or ""] if tag == "a" else []


@pytest.mark.parametrize("old", moved.MOVED)
def test_each_is_a_small_page_that_leads_to_the_new_address(old: str) -> None:
    new, _ = moved.MOVED[old]
    html = (built_site() / old / "index.html").read_text("utf-8")
    base = "../" * old.count("/")

    assert Links(html).hrefs == [base + new]
    assert re.findall(r'<noscript><meta http-equiv="refresh"', html)
    assert "noindex" in html
    assert (built_site() / new / "index.html").is_file()
    assert (built_site() / moved.SCRIPT).is_file()
    assert policy.AFTER in html


@pytest.mark.parametrize("old", moved.MOVED)
def test_what_it_named_stands_on_the_new_page(old: str) -> None:
    new, named = moved.MOVED[old]
    html = (built_site() / new / "index.html").read_text("utf-8")

    for heading in named.values():
        assert f'id="{heading}"' in html


def test_none_is_in_the_site_map() -> None:
    site_map = (built_site() / "sitemap.xml").read_text("utf-8")

    assert all(f"/{old}<" not in site_map for old in moved.MOVED)


def test_a_page_that_stands_there_again_is_not_written_over(tmp_path: Path) -> None:
    old = next(iter(moved.MOVED))
    (tmp_path / old).mkdir(parents=True)
    (tmp_path / moved.MOVED[old][0]).mkdir()
    for address in (old, moved.MOVED[old][0]):
        (tmp_path / address / "index.html").write_text("A page")

    with pytest.raises(ValueError, match="take it off the list"):
        moved.add_to(tmp_path)


def test_every_part_of_the_plan_page_begins_with_its_heading() -> None:
    html = (built_site() / "your-plan" / "index.html").read_text("utf-8")

    for part in (*TABS, *APART):
        opened = html.index(f'data-part="{part.id}"')
        assert re.search(rf'<h2 id="{part.id}">', html[opened : opened + 200]), part.id
