"""What a negotiator would type into the search, and the page that answers it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages import pages

pytestmark = pytest.mark.browser

# Each page names its own in its front matter, asked as one would ask a colleague.
ANSWERED_BY = [(query, page.address) for page in pages() for query in page.queries]


@pytest.mark.parametrize(("query", "address"), ANSWERED_BY)
def test_the_page_that_answers_comes_first(
    page: Page, site: str, query: str, address: str
) -> None:
    search(page, site, query)

    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute(
        "href", re.compile(re.escape(f"{site}{address}") + r"(\?|#|$)")
    )


def test_a_question_of_words_that_every_page_has_is_asked_all_the_same(
    page: Page, site: str
) -> None:
    search(page, site, "who are you")
    expect(page.locator(".md-search-result__link").first).to_be_attached()


def search(page: Page, site: str, query: str) -> None:
    """Type a question into the search of a page, and wait for what is found."""
    page.goto(site)
    field = page.locator("[data-md-component=search-query]")
    page.get_by_label("Search", exact=True).first.click()
    field.press_sequentially(query)
    expect(field).to_have_value(query)
    meta = page.locator(".md-search-result__meta")
    expect(meta).to_contain_text("matching")
