"""What a page says of itself is read from its front matter; most may say nothing."""

from pathlib import Path

import pytest

from tests import pages as handbook
from tests.pages import DOCS, Page, pages

OURS = """---
title: "Case: ours"
form: case
queries:
  - the price of fish
---

# A title { #here }

## {{ constant("analyses.trust.MILESTONES") }} steps { #steps }

## Do it now
"""


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook of three pages, one of which is a team's own, and a decision."""
    monkeypatch.setattr(handbook, "DOCS", tmp_path)
    for name, text in {
        "index.md": "# Home\n",
        "cases/ours.md": OURS,
        "team/index.md": "---\ntitle: Team\n---\n# Team\n",
        "decisions/0001-why.md": "# Why\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_a_page_stands_where_the_site_has_it(docs: Path) -> None:
    assert {page.name: page.address for page in pages()} == {
        "cases/ours.md": "cases/ours/",
        "index.md": "",
        "team/index.md": "team/",
    }


def test_a_page_without_a_form_is_held_to_nothing(docs: Path) -> None:
    assert [page.name for page in pages(*handbook.FORMS)] == ["cases/ours.md"]
    assert [page.name for page in pages("")] == ["index.md", "team/index.md"]


def test_a_page_names_the_queries_that_it_answers(docs: Path) -> None:
    assert Page(docs / "cases/ours.md").queries == ["the price of fish"]
    assert Page(docs / "index.md").queries == []


def test_headings_are_read_without_their_addresses(docs: Path) -> None:
    page = Page(docs / "cases/ours.md")

    assert page.headings(1) == ["A title"]
    assert page.headings() == [
        '{{ constant("analyses.trust.MILESTONES") }} steps',
        "Do it now",
    ]


def test_every_page_of_the_handbook_is_found() -> None:
    assert len(pages()) > 40
    assert all(page.path.is_relative_to(DOCS) for page in pages())
