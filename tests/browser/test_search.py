"""What a negotiator would type into the search, and the page that answers it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[[str], Page]

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
}


@pytest.mark.parametrize("query", ANSWERED_BY)
def test_the_page_that_answers_comes_first(page: Page, site: str, query: str) -> None:
    page.goto(site)
    page.get_by_label("Search", exact=True).first.click()
    page.locator("[data-md-component=search-query]").fill(query)
    results = page.locator(".md-search-result__link")
    expect(page.locator(".md-search-result__meta")).to_contain_text("matching")

    first = results.first.get_attribute("href") or ""
    found = first.removeprefix(site).partition("?")[0].partition("#")[0]

    assert found == ANSWERED_BY[query]
