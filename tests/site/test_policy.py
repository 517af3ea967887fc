"""The policy in every page: it is there, first, and fits the page's own scripts."""

import re
from pathlib import Path

import pytest

from runtime.bundle import policy
from runtime.tools.building import built_site

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    site = built_site()
    return {
        path.relative_to(site).as_posix(): path.read_text("utf-8")
        for path in sorted(site.rglob("*.html"))
    }


def test_every_page_has_the_policy_first_and_its_scripts_may_run() -> None:
    assert list(policy.complaints_about(built_site())) == []


def test_every_page_has_the_same_policy_once(pages: dict[str, str]) -> None:
    found = [policy.TAG.findall(html) for html in pages.values()]
    assert {len(each) for each in found} == {1}
    assert len({each[0] for each in found}) == 1


RULES = "; ".join(policy.RULES)
FIRST = f"<head>{policy.AFTER}"


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (FIRST, "not the first thing"),
        (f"{FIRST}<script>1</script>{{tag}}", "not the first thing"),
        (f"<head><script>1</script>{policy.AFTER}{{tag}}", "not the first thing"),
        (f"{FIRST}{{tag}}<script>2</script>", "the script “2…”"),
        (f"{FIRST}{{open}}", "not the one of"),
    ],
    ids=["missing", "late", "after a script", "unknown script", "another one"],
)
def test_the_check_of_the_policy_can_fail(tmp_path: Path, page: str, says: str) -> None:
    tag = f'<meta http-equiv="Content-Security-Policy" content="{RULES}; {{}}">'
    ours = tag.format(f"{policy.SCRIPTS} '{policy.digest('1')}'")
    html = page.format(tag=ours, open=ours.replace("connect-src 'self'", "connect-src"))
    (tmp_path / "a.html").write_text(html)

    (found,) = policy.complaints_about(tmp_path)

    assert says in found
    assert found.startswith("a.html: ")


def test_no_other_host_and_no_other_script_is_allowed(pages: dict[str, str]) -> None:
    rules = dict(
        rule.strip().split(" ", 1)
        for rule in policy.TAG.findall(pages["index.html"])[0].split(";")
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


def test_no_page_has_a_browser_fetch_what_the_policy_forbids() -> None:
    """Firefox fetches what comes next by itself: it broke the policy on every page."""
    ahead = re.compile(r'<link[^>]*\brel="?(next|prefetch|prerender)\b')
    for page in built_site().rglob("*.html"):
        assert ahead.search(page.read_text("utf-8")) is None, page
