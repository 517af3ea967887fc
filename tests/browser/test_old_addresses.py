"""A bookmark from before a page moved goes on working."""

import pytest
from playwright.sync_api import Page, expect

from runtime.bundle.moved import MOVED

pytestmark = pytest.mark.browser


def test_an_old_address_takes_the_reader_and_the_fragment_along(
    page: Page, site: str
) -> None:
    old, new = next((old, new) for old, new in MOVED.items() if "#" in new)
    address = new.partition("#")[0]

    page.goto(f"{site}{old}")
    expect(page).to_have_url(f"{site}{new}")

    page.goto(f"{site}{old}#what-can-go-wrong")
    expect(page).to_have_url(f"{site}{address}#what-can-go-wrong")
