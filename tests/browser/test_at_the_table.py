"""*At the table*: a step in four choices, the ledger's line, offers and their dates."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from planner.edits.examples import example
from planner.plan.address import replaced
from planner.show.page import View, view
from planner.show.talks import Talks, propose
from planner.show.talks import talks as talks_of
from tests.browser.conftest import keep_as_own
from tests.browser.test_accessibility import faults_in_both_schemes, sideways

pytestmark = [pytest.mark.browser, pytest.mark.every_width]

type Open = Callable[[str], Page]

PAST = 2  # steps of the worked renewal
NARROW = 320  # px
LEGIBLE = 11.5  # px, the least that a word of a picture may have
# What words of a picture lie on each other, and how small the smallest is.
WORDS = """(svg) => {
  const texts = [...svg.querySelectorAll("text")];
  const boxes = texts.map((t) => t.getBoundingClientRect());
  const wide = svg.getBoundingClientRect();
  const scale = wide.width / svg.viewBox.baseVal.width;
  const over = [];
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b, j) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const along = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 1 && along > 4)
      over.push([texts[i].textContent, texts[i + 1 + j].textContent]);
  }));
  const out = boxes.filter((b) => b.left < wide.left - 1 || b.right > wide.right + 1);
  const sizes = texts.map((t) => parseFloat(getComputedStyle(t).fontSize));
  return { over, out: out.length, size: scale * Math.min(...sizes) };
}"""


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def own(page: Page, open_page: Open) -> Page:
    """The worked renewal as a plan of one's own, at the table."""
    open_page("your-plan/#at-the-table")
    keep_as_own(page)
    page.locator("#tab-at-the-table").click()
    expect(page.locator("#part-at-the-table [inert]")).to_have_count(0)
    return page


def seen(*changes: tuple[str, object]) -> View:
    """What the page is to tell of the worked renewal with other answers."""
    plan = example("renewal")
    for at, value in changes:
        plan = replaced(plan, at, value)
    return view(plan)


def talks(*changes: tuple[str, object]) -> Talks:
    return talks_of(seen(*changes))


STEP = {"by": "us", "issue": "price", "from": "€109", "to": "€112", "kind": "goodwill"}


class TestAStep:
    def test_is_entered_with_at_most_four_choices(
        self, open_page: Open, page: Page
    ) -> None:
        """From where we stand; the chart and the advice follow."""
        own(page, open_page)
        drawn = page.locator("[data-panel=ledger] .parley-point")
        before = drawn.count()
        for key in ("by", "issue", "to", "kind"):
            field(page, f"/moves/{PAST}/{key}").select_option(STEP[key])
            expect(field(page, f"/moves/{PAST}/{key}")).to_have_value(STEP[key])
        expect(field(page, f"/moves/{PAST}/from")).to_have_value(STEP["from"])
        expect(drawn).to_have_count(before + 1)
        told = seen((f"/moves/{PAST}", STEP))
        line = page.locator(f"#f-moves-{PAST} .parley-step__says")
        expect(line).to_have_text(talks_of(told).steps[PAST].says)
        now = propose(told).now
        assert now is not None
        expect(page.locator(".parley-now h3")).to_have_text(now.advice)

    @pytest.mark.wide_only
    def test_of_theirs_begins_where_they_stand(
        self, open_page: Open, page: Page
    ) -> None:
        starts = talks().steps[-1].starts
        assert starts["them/tooling"] != starts["us/tooling"]
        own(page, open_page)
        field(page, f"/moves/{PAST}/by").select_option("them")
        field(page, f"/moves/{PAST}/issue").select_option("tooling")
        start = field(page, f"/moves/{PAST}/from")
        expect(start).to_have_value(starts["them/tooling"])
        field(page, f"/moves/{PAST}/by").select_option("us")
        expect(start).to_have_value(starts["us/tooling"])

    @pytest.mark.wide_only
    def test_goes_with_undo_choice_by_choice(self, open_page: Open, page: Page) -> None:
        own(page, open_page)
        field(page, f"/moves/{PAST}/issue").select_option("price")
        expect(field(page, f"/moves/{PAST}/from")).to_have_value("€109")
        field(page, f"/moves/{PAST}/to").select_option("€112")
        expect(page.locator(f"#f-moves-{PAST + 1}")).to_have_count(1)
        page.locator("#undo").click()
        expect(field(page, f"/moves/{PAST}/to")).to_have_value("")
        page.locator("#undo").click()
        expect(field(page, f"/moves/{PAST}/issue")).to_have_value("")
        expect(page.locator(f"#f-moves-{PAST + 1}")).to_have_count(0)

    @pytest.mark.wide_only
    def test_is_entered_by_key_alone_and_the_focus_stays(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        field(page, f"/moves/{PAST}/by").focus()
        for typed, key in (("They", "by"), ("Notice", "issue")):
            page.keyboard.type(typed)
            expect(field(page, f"/moves/{PAST}/{key}")).to_be_focused()
            page.keyboard.press("Tab")
        expect(field(page, f"/moves/{PAST}/from")).to_have_value("12 months")
        expect(field(page, f"/moves/{PAST}/from")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.type("6")
        expect(field(page, f"/moves/{PAST}/to")).to_have_value("6 months")
        expect(field(page, f"/moves/{PAST}/to")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.type("for")
        expect(field(page, f"/moves/{PAST}/kind")).to_have_value("return")
        expect(field(page, f"/moves/{PAST}/kind")).to_be_focused()

    def test_is_a_line_of_text_until_it_is_opened_and_then_changed(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        for at in (f"/moves/0/{key}" for key in ("by", "to", "why", "in_return_for")):
            expect(field(page, at)).to_be_hidden()
        page.locator("#f-moves-0 > summary").click()
        field(page, "/moves/0/in_return_for").fill("A longer term")
        line = page.locator("#f-moves-0 .parley-step__says")
        said = talks(("/moves/0/in_return_for", "A longer term")).steps[0].says
        expect(line).to_have_text(said)
        field(page, "/moves/0/date").fill("2026-10-27")
        expect(line.locator("time")).to_have_attribute("datetime", "2026-10-27")
        field(page, "/moves/0/to").select_option("10 days")
        expect(line).to_contain_text("to 10 days")
        page.get_by_role("button", name="Remove step 1").click()
        expect(page.locator("[data-told]:not([hidden])")).to_contain_text(
            "Step 1 removed"
        )
        expect(field(page, "/moves/0/by")).to_have_value("them")

    @pytest.mark.wide_only
    def test_is_pasted_at_the_line(self, open_page: Open, page: Page) -> None:
        own(page, open_page)
        field(page, f"/moves/{PAST}/by").evaluate(
            """(field, text) => {
              const clipboardData = new DataTransfer();
              clipboardData.setData("text/plain", text);
              const options = { clipboardData, bubbles: true, cancelable: true };
              field.dispatchEvent(new ClipboardEvent("paste", options));
            }""",
            "5\tThey\tDelivery and stock\t10 days\t5 days\n6\tYou\n",
        )
        expect(field(page, f"/moves/{PAST}/issue")).to_have_value("service")
        expect(field(page, f"/moves/{PAST}/round")).to_have_value("5")
        expect(field(page, f"/moves/{PAST + 1}/round")).to_have_value("6")


class TestAnOffer:
    def test_is_listed_with_its_date_and_changed_there(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        theirs = page.locator("#f-offers-1 .parley-step__says")
        expect(theirs).to_contain_text("They offered €112")
        expect(theirs.locator("time")).to_have_attribute("datetime", "2026-11-02")
        page.locator("#f-offers-1 > summary").click()
        field(page, "/offers/1/date").fill("2026-11-09")
        field(page, "/offers/1/terms/price").select_option("€115")
        expect(theirs).to_contain_text("They offered €115")
        expect(theirs.locator("time")).to_have_attribute("datetime", "2026-11-09")


class TestTheLedgersLine:
    @pytest.mark.parametrize("plan", ["renewal", "sale", "key-customer"])
    @pytest.mark.wide_only
    def test_can_be_read_in_the_narrowest_window(
        self, open_page: Open, page: Page, plan: str
    ) -> None:
        open_page("your-plan/#at-the-table")
        page.locator(".parley-menus summary").first.click()
        page.locator(f"#start-{plan}").click()
        expect(field(page, "/title")).to_have_value(example(plan)["title"])
        page.set_viewport_size({"width": NARROW, "height": 800})
        page.locator("#tab-at-the-table").click()
        drawn = page.locator("[data-panel=ledger] .parley-chart--ledger svg")
        found = drawn.evaluate(WORDS)
        assert found["over"] == []
        assert found["out"] == 0
        assert found["size"] >= LEGIBLE, found
        assert sideways(page) == []

    def test_is_headed_by_what_it_finds_and_marks_the_gifts(
        self, open_page: Open, page: Page
    ) -> None:
        open_page("your-plan/#at-the-table")
        page.locator(".parley-menus summary").first.click()
        page.locator("#start-key-customer").click()
        expect(field(page, "/title")).to_have_value(example("key-customer")["title"])
        page.locator("#tab-at-the-table").click()
        kept = view(example("key-customer")).analysis.ledger
        gifts = sum(entry.for_relationship for entry in kept.entries)
        chart = page.locator("[data-panel=ledger] .parley-chart--ledger")
        expect(chart.locator("h4")).to_contain_text("left over walking away")
        expect(chart.locator(".parley-point rect")).to_have_count(gifts)
        expect(chart.get_by_text("gift", exact=True)).to_be_visible()
        chart.locator("details > summary").click()
        expect(chart.locator("tbody")).to_contain_text("as goodwill")


def test_axe_finds_nothing_with_a_step_half_entered(
    open_page: Open, page: Page
) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    own(page, open_page)
    field(page, f"/moves/{PAST}/issue").select_option("price")
    expect(field(page, f"/moves/{PAST}/from")).to_have_value("€109")
    assert faults_in_both_schemes(page) + sideways(page) == []
