"""What a negotiator would type into the search, and the page that answers it."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

# Asked as one would ask a colleague; few are the title or a tag of the page.
ANSWERED_BY = {
    "they keep asking for discounts": "method/when-only-one-side-cares/",
    "asking for more": "method/when-only-one-side-cares/",
    "how to say no": "method/when-only-one-side-cares/",
    "when to stop conceding": "method/when-only-one-side-cares/",
    "they threaten to leave": "method/your-walk-away/",
    "are they bluffing": "method/your-walk-away/",
    "walk away price": "method/your-walk-away/",
    "when to walk away": "method/your-walk-away/",
    "zopa": "method/your-walk-away/",
    "best alternative to a negotiated agreement": "method/your-walk-away/",
    "volume discount": "method/agreement-issues/",
    "price increase": "method/agreement-issues/",
    "payment terms": "method/agreement-issues/",
    "they want exclusivity": "method/agreement-issues/",
    "supplier relationship": "method/relationship-issues/",
    "concession": "method/the-concession-ledger/",
    "how much to concede": "method/at-the-table/",
    "several offers at once": "method/equal-packages/",
    "who should make the first offer": "method/stances/claim/",
    "what if they lie": "method/reading-their-frame/",
    "reading the other side": "method/reading-their-frame/",
    "will we deal again": "method/the-two-questions/",
    "discount rate": "method/what-the-future-is-worth/",
    "how much is a customer worth": "method/what-the-future-is-worth/",
    "lifetime value of a customer": "method/what-the-future-is-worth/",
    "can we trust this supplier": "method/how-trust-pays/",
    "audit": "method/how-trust-pays/",
    "how to close a deal": "method/closing-and-writing-it-down/",
    "write down the agreement": "method/closing-and-writing-it-down/",
    "review after the deal": "method/after-the-deal/",
    "supplier wants a higher price": "cases/renewal/",
    "our biggest customer": "cases/demanding-customer/",
    "three parties": "reference/assumptions/",
    "who can see my data": "reference/privacy/",
    "excel": "your-plan/",
}


@pytest.mark.parametrize("query", ANSWERED_BY)
def test_the_page_that_answers_comes_first(page: Page, site: str, query: str) -> None:
    search(page, site, query)

    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute(
        "href", re.compile(re.escape(f"{site}{ANSWERED_BY[query]}") + r"(\?|#|$)")
    )


def test_a_question_of_words_that_every_page_has_is_asked_all_the_same(
    page: Page, site: str
) -> None:
    search(page, site, "who are you")
    expect(page.locator(".md-search-result__link").first).to_be_attached()


def search(page: Page, site: str, query: str) -> None:
    """Type a question into the search of a page, and wait for what is found."""
    page.goto(f"{site}reference/privacy/")
    field = page.locator("[data-md-component=search-query]")
    page.get_by_label("Search", exact=True).first.click()
    field.press_sequentially(query)
    expect(field).to_have_value(query)
    meta = page.locator(".md-search-result__meta")
    expect(meta).to_contain_text("matching")
