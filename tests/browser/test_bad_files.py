"""Lists that cannot be read: a plain message, and the plan on screen as it was."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

MANY = 50_000_000  # bytes
CHANCE = "/future/continue_chance"


def big(file: Path) -> None:
    with file.open("wb") as out:
        out.truncate(MANY)


def empty(file: Path) -> None:
    Workbook().save(file)


@pytest.mark.parametrize(
    ("name", "made", "says"),
    [
        ("empty.xlsx", empty, "nothing in this workbook"),
        ("big.xlsx", big, "over 5 MB"),
        ("big.csv", big, "over 1 MiB"),
    ],
)
def test_it_is_told_what_to_do_and_nothing_on_screen_changes(
    open_page: Callable[[str], Page],
    page: Page,
    tmp_path: Path,
    name: str,
    made: Callable[[Path], None],
    says: str,
) -> None:
    open_page("your-plan/")
    page.get_by_role("button", name="Start with these answers").click()
    expect(field(page, "/title")).to_be_focused()
    field(page, CHANCE).fill("83")
    field(page, CHANCE).press("Tab")
    before = answers(page)
    file = tmp_path / name
    made(file)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".parley-summary")).to_contain_text(says)
    expect(page.locator(".parley-summary")).to_be_focused()
    expect(field(page, CHANCE)).to_have_value("83")
    assert answers(page) == before


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def answers(page: Page) -> dict[str, str]:
    """What every field of the plan holds."""
    held: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(
          "parley-panel [name^='/']")].map((field) => [field.name, field.value]))"""
    )
    return held
