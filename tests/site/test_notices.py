"""Who made what the site ships, and under which licence, is in the site."""

import re
from pathlib import Path

import pytest

from runtime.bundle import notices
from runtime.tools.building import ROOT, built_site

pytestmark = pytest.mark.site


@pytest.fixture(scope="session")
def built() -> Path:
    return built_site()


def test_everything_that_is_shipped_has_its_licence_there(built: Path) -> None:
    text = (built / notices.NAME).read_text("utf-8")
    for name, licence in notices.licences():
        assert f"\n{name}\n" in text
        assert licence.strip() in text
    for words in ("Mozilla Public License", "PYTHON SOFTWARE FOUNDATION", "OPEN FONT"):
        assert re.search(words, text, re.I), words


def test_every_package_that_is_bundled_is_noticed() -> None:
    """One that is added without a notice is found here."""
    notice = (ROOT / "NOTICE").read_text("utf-8").lower().replace("-", " ")
    for name in (*notices.npm_packages(), *notices.DISTRIBUTIONS):
        words = name.partition("/")[2] or name
        stem = words.replace("workbox-", "workbox ").replace("-", " ").split()[0]
        assert stem in notice, name


def test_every_page_leads_there(built: Path) -> None:
    for page in built.rglob("index.html"):
        assert f'{notices.NAME}"' in page.read_text("utf-8"), page
