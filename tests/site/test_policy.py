"""The policy in every page: it is there, first, and fits the page's own scripts."""

import re
from pathlib import Path

import pytest

from runtime import policy
from tests.building import built_site

pytestmark = pytest.mark.site

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    site = built_site()
    return {
        path.relative_to(site).as_posix(): path.read_text("utf-8")
        for path in sorted(site.rglob("*.html"))
    }


def test_every_page_has_the_same_policy_before_anything_that_loads(
    pages: dict[str, str],
) -> None:
    found = {name: POLICY.findall(html) for name, html in pages.items()}
    assert {len(each) for each in found.values()} == {1}
    assert len({each[0] for each in found.values()}) == 1
    for html in pages.values():
        before = POLICY.split(html)[0]
        assert not re.search(r"<(script|link|img|style)\b", before)


def test_every_script_in_a_page_may_run(pages: dict[str, str]) -> None:
    for html in pages.values():
        allowed = POLICY.findall(html)[0]
        for script in policy.scripts(html):
            assert f"'{policy.digest(script)}'" in allowed


def test_no_other_host_and_no_other_script_is_allowed(pages: dict[str, str]) -> None:
    rules = dict(
        rule.strip().split(" ", 1)
        for rule in POLICY.findall(pages["index.html"])[0].split(";")
    )
    assert rules["default-src"] == "'none'"
    assert rules["connect-src"] == "'self'"
    scripts = rules["script-src"].split()
    assert {s for s in scripts if not s.startswith("'sha256-")} == {
        "'self'",
        "'wasm-unsafe-eval'",
    }
    for value in rules.values():
        assert "unsafe-inline" not in value
        assert "http" not in value
        assert "*" not in value


@pytest.mark.parametrize(
    "page",
    [
        "<html><head></head></html>",
        '<head><script>1</script><meta charset="utf-8"></head>',
        f'<head>{policy.AFTER}<meta http-equiv="Content-Security-Policy"></head>',
    ],
    ids=["no place", "too late", "twice"],
)
def test_a_page_without_room_for_it_stops_the_build(tmp_path: Path, page: str) -> None:
    (tmp_path / "index.html").write_text(page)
    with pytest.raises(ValueError, match=r"index\.html"):
        policy.add_to(tmp_path)


def test_what_is_only_data_needs_no_permission() -> None:
    html = '<script type="application/json">{"a": 1}</script><script>go("a&b")</script>'
    assert list(policy.scripts(html)) == ['go("a&b")']
