"""What a negotiator would type into the search, and the page that answers it."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

ANSWERED_BY = {
    "they keep asking for discounts": "method/when-only-one-side-cares/",
    "walk away price": "method/your-walk-away/",
    "batna": "method/your-walk-away/",
    "supplier relationship": "method/relationship-issues/",
    "logrolling": "method/trading-across-issues/",
    "several offers at once": "method/equal-packages/",
    "how much to concede": "method/the-concession-ledger/",
    "trust": "method/how-trust-pays/",
    "will we deal again": "method/the-two-questions/",
    "discount rate": "method/what-the-future-is-worth/",
    "payment terms": "method/agreement-issues/",
    "which stance": "method/choosing-a-stance/",
    "reading the other side": "method/reading-their-frame/",
    "why cooperate": "method/why-firms-cooperate/",
    "weights": "method/weights-that-mean-something/",
    "write down the agreement": "method/closing-and-writing-it-down/",
    "review after the deal": "method/after-the-deal/",
    "joint venture": "cases/joint-venture/",
    "contract renewal": "cases/renewal/",
    "workshop": "team/workshop/",
    "who can see my data": "reference/privacy/",
    "formula": "reference/formulas/",
    "asking for more": "method/when-only-one-side-cares/",
    "best alternative to a negotiated agreement": "method/your-walk-away/",
    "can we trust this supplier": "method/how-trust-pays/",
    "lifetime value of a customer": "method/what-the-future-is-worth/",
    "debrief": "method/after-the-deal/",
    "when to walk away": "method/your-walk-away/",
    "excel": "your-plan/",
}


@pytest.mark.parametrize("query", ANSWERED_BY)
def test_the_page_that_answers_comes_first(page: Page, site: str, query: str) -> None:
    page.goto(f"{site}reference/privacy/")
    field = page.locator("[data-md-component=search-query]")
    page.get_by_label("Search", exact=True).first.click()
    field.press_sequentially(query)
    expect(field).to_have_value(query)
    meta = page.locator(".md-search-result__meta")
    expect(meta).to_contain_text("matching")

    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute(
        "href", re.compile(re.escape(f"{site}{ANSWERED_BY[query]}") + r"(\?|#|$)")
    )
