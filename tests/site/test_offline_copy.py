"""The service worker and the web app of the built site, without a browser."""

import base64
import hashlib
import json
import shutil
import struct
from pathlib import Path

import pytest

from runtime.bundle import offline
from runtime.tools.building import built_site

pytestmark = pytest.mark.site

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="session")
def site() -> Path:
    return built_site()


def test_every_file_that_a_page_asks_for_belongs_to_one_part(site: Path) -> None:
    parts = offline.manifest(site)
    listed = [file["url"] for files in parts.values() for file in files]
    assert len(listed) == len(set(listed))
    left_out = {
        path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()
    } - {*listed}
    over_http = "assets/runtime/digest-"  # where a browser keeps nothing
    seldom = ("assets/javascripts/lunr/", offline.WORKER, over_http)
    for name in left_out:
        assert name.endswith((".map", ".gz")) or name.startswith(seldom), name


def test_parts_are_what_their_names_say(site: Path) -> None:
    parts = {
        part: {Path(file["url"]).name for file in files}
        for part, files in offline.manifest(site).items()
    }
    assert {"index.html", "offline.html", "sitemap.xml"} <= parts["shell"]
    assert "search_index.json" in parts["handbook"]
    assert parts["runtime"] == {
        "pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python.zip",
    }  # fmt: skip
    assert parts["sheets"] == {"sheets.zip"}


def test_the_search_needs_no_file_that_is_left_out(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    assert index["config"]["lang"] == ["en"]


def test_files_are_known_by_their_bytes(site: Path) -> None:
    for files in offline.manifest(site).values():
        for file in files:
            data = (site / file["url"]).read_bytes()
            digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
            assert file["integrity"] == f"sha256-{digest}"
            assert file["size"] == len(data)


@pytest.mark.parametrize(
    ("name", "hashed"),
    [
        ("index.html", False),
        ("assets/favicon.svg", False),
        ("assets/runtime/manifest.json", False),
        ("assets/runtime/panel-C4J63P22.mjs", True),
        ("assets/runtime/inter-latin-wght-normal-NRMW37G5.woff2", True),
        ("assets/runtime/runtime-3987dbb4bb/python.zip", True),
        ("assets/stylesheets/main.57a0d79d.min.css", True),
        ("method/two-lists-ABCDEFGH.html", False),
    ],
)
def test_an_address_without_a_hash_has_a_revision(name: str, hashed: bool) -> None:
    assert (offline.built(name, b"")["revision"] is None) == hashed


def test_the_worker_changes_only_when_the_site_does(site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    worker = copy / offline.WORKER
    first = worker.read_bytes()
    offline.add_to(copy)
    assert worker.read_bytes() == first
    (copy / "index.html").write_text("changed")
    offline.add_to(copy)
    assert worker.read_bytes() != first


def test_without_the_offer_the_site_withdraws_the_worker(
    site: Path, tmp_path: Path
) -> None:
    assert offline.wanted(site)
    (tmp_path / "index.html").write_text("<html></html>")
    assert not offline.wanted(tmp_path)


def test_the_web_app_works_wherever_the_site_lies(site: Path) -> None:
    app = json.loads((site / "manifest.webmanifest").read_text("utf-8"))
    assert app["start_url"] == app["scope"] == "./"
    page = (site / "method/two-lists/index.html").read_text("utf-8")
    assert '<link rel="manifest" href="../../manifest.webmanifest">' in page
    for icon in app["icons"]:
        data = (site / icon["src"]).read_bytes()
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", data[16:24])
            assert data.startswith(PNG)
            assert icon["sizes"] == f"{width}x{height}"
