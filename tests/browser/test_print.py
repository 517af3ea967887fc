"""On paper: dark ink whatever the screen was, and a brief of one page."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, expect

from planner.edits.examples import example
from planner.plan.document import FORMAT

pytestmark = pytest.mark.browser

SHADE = 64  # of 255: what two dark inks differ by, and not a light one and a dark


@pytest.mark.parametrize(
    "path",
    ["method/two-lists/", "your-plan/", "team/meeting-sheets/", "reference/glossary/"],
)
def test_a_dark_screen_prints_as_a_light_one(page: Page, site: str, path: str) -> None:
    """The same ink in the same places, so no light ink is left on white paper."""
    light, dark = (printed(page, site, path, s) for s in ("light", "dark"))
    assert len(dark) == len(light)
    for on_light, on_dark in zip(light, dark, strict=True):
        counts = ImageChops.difference(on_light, on_dark).histogram()
        assert not any(counts[SHADE:])


@pytest.mark.parametrize("path", ["method/two-lists/", "method/stances/"])
def test_a_chapter_prints_without_its_panel_and_strands_no_heading(
    page: Page, site: str, path: str
) -> None:
    page.goto(site + path)
    headings = page.locator("article :is(h1, h2, h3)").all_inner_texts()
    titles = {heading.removesuffix("¶").strip() for heading in headings}

    sheets = pypdfium2.PdfDocument(page.pdf(format="A4"))
    texts = [sheet.get_textpage().get_text_bounded().split("\r\n") for sheet in sheets]

    assert "How sure we are" in titles
    assert not titles & {text[-1].strip() for text in texts}
    # What a panel has and a chapter has not: a field's label, and where it is kept.
    assert page.locator("parley-panel").count() == 1
    said = page.locator("parley-panel").inner_text().split("\n")
    last = max((line.strip() for line in said), key=len)
    assert last not in " ".join(" ".join(text) for text in texts)


def printed(page: Page, site: str, path: str, scheme: Any) -> list[Image.Image]:
    """The page as a reader with that scheme prints it, one picture a sheet."""
    # The theme remembers the scheme before; a file without scripts lets it forget.
    page.goto(f"{site}assets/favicon.svg")
    page.evaluate("() => localStorage.clear()")
    page.emulate_media(color_scheme=scheme)
    page.goto(site + path)
    shown = "slate" if scheme == "dark" else "default"
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", shown)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    return pictures(page.pdf(format="A4"))


def pictures(file: bytes) -> list[Image.Image]:
    sheets = pypdfium2.PdfDocument(file)
    return [sheet.render().to_pil().convert("L") for sheet in sheets]


def long_plan(deal: int, relationship: int) -> dict[str, Any]:
    """A plan of so many issues on each list, made of those of a worked one."""
    plan = example("renewal")
    lists = {
        kind: [i for i in plan["issues"] if i["kind"] == kind]
        for kind in ("agreement", "relationship")
    }
    many = {"agreement": deal, "relationship": relationship}
    plan["issues"] = [
        again(issues[number % len(issues)], number // len(issues))
        for kind, issues in lists.items()
        for number in range(many[kind])
    ]
    return plan | {"format": FORMAT, "moves": [], "offers": []}


def again(issue: dict[str, Any], time: int) -> dict[str, Any]:
    """The issue, under another name and id after the first time."""
    if not time:
        return issue
    return issue | {"id": f"{issue['id']}-{time}", "name": f"{issue['name']} {time}"}


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_brief_of_a_long_plan_is_one_page_and_says_what_it_leaves_out(
    open_page: Callable[[str], Page], page: Page, tmp_path: Path, paper: str
) -> None:
    file = tmp_path / "long.json"
    file.write_text(json.dumps(long_plan(20, 12)))
    open_page("your-plan/#on-the-table")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator('[name="/issues/31/name"]')).to_have_count(1)
    expect(page.locator(".parley-brief")).to_contain_text("And 12 more")
    expect(page.locator(".parley-summary")).to_have_count(0)
    sheets = pypdfium2.PdfDocument(page.pdf(format=paper))
    text = " ".join(sheets[0].get_textpage().get_text_bounded().split())
    assert len(sheets) == 1
    for part in ("And 12 more that weigh no more", "And 8 more in", "Do:", "NOTES"):
        assert part in text
