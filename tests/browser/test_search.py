"""What a negotiator would type into the search, and the page that answers it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages import pages

pytestmark = pytest.mark.browser

# Each page names its own in its front matter, asked as one would ask a colleague: those
# that the search was told of, and others.
ANSWERED_BY = {
    query: page.address for page in pages() for query in (*page.queries, *page.asked)
}
# Asks the worker of the page's own search, as the theme does: what it is set up with,
# then one question after the other. Answers with the address that comes first of each.
ASK = """async (queries) => {
  const { base, search, ...rest } = JSON.parse(
    document.querySelector("#__config").textContent,
  );
  const root = new URL(base + "/", location.href);
  const index = await fetch(new URL("search/search_index.json", root));
  const worker = new Worker(new URL(search, root));
  const ask = (message, type) => new Promise((resolve) => {
    worker.addEventListener("message", function told({ data }) {
      if (data.type !== type) return;
      worker.removeEventListener("message", told);
      resolve(data.data);
    });
    worker.postMessage(message);
  });
  const setup = { options: { suggest: true }, ...(await index.json()) };
  await ask({ type: 0, data: setup }, 1);
  const found = {};
  for (const query of queries) {
    const { items } = await ask({ type: 2, data: query }, 3);
    found[query] = items[0]?.[0].location.replace(/#.*/, "");
  }
  worker.terminate();
  return found;
}"""


def test_the_page_that_answers_comes_first(page: Page, site: str) -> None:
    """Of all questions that the pages name: a reader seldom looks at the second."""
    page.goto(site)

    first = page.evaluate(ASK, list(ANSWERED_BY))

    assert first == ANSWERED_BY


@pytest.mark.parametrize("query", ["walk away price", "who are you"])
def test_a_question_that_is_typed_is_answered(
    page: Page, site: str, query: str
) -> None:
    """Also one of words that every page has, which is asked all the same."""
    page.goto(site)
    field = page.locator("[data-md-component=search-query]")
    page.get_by_label("Search", exact=True).first.click()
    field.press_sequentially(query)
    expect(field).to_have_value(query)
    expect(page.locator(".md-search-result__meta")).to_contain_text("matching")

    # What a page is tagged with is for the search to know, not to be read.
    expect(page.locator(".md-search-result .md-tag")).to_have_count(0)
    first = page.locator(".md-search-result__link").first
    address = ANSWERED_BY.get(query)
    if address is None:
        expect(first).to_be_attached()
    else:
        expect(first).to_have_attribute(
            "href", re.compile(re.escape(f"{site}{address}") + r"(\?|#|$)")
        )


def test_what_it_looks_through_is_fetched_for_who_searches(
    page: Page, site: str
) -> None:
    """Half a megabyte, which whoever only reads and plans does not wait for."""
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    index = f"{site}search/search_index.json"
    page.goto(f"{site}your-plan/")
    expect(page.locator("parley-panel")).to_have_attribute("ready", "")
    assert index not in fetched
    page.get_by_label("Search", exact=True).first.click()
    expect(page.locator(".md-search-result__meta")).to_contain_text("Type to start")
    assert index in fetched

    fetched.clear()
    page.goto(f"{site}?q=trust")
    expect(page.locator(".md-search-result__meta")).to_contain_text("matching")
    assert index in fetched
