"""Each panel of the whole plan: an answer goes in, and what it shows follows."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from planner.edits.examples import example
from planner.plan.address import replaced
from planner.show.charts import weights_chart
from planner.show.page import view
from tests.browser.going import go_to

pytestmark = [pytest.mark.browser, pytest.mark.every_width]

POINTS = re.compile(r"\d+ points?")


@pytest.fixture
def plan(open_page: Callable[[str], Page]) -> Page:
    """The whole plan with the worked case, as a plan of one's own."""
    page = open_page("your-plan/")
    page.get_by_role("button", name="Start with these answers").click()
    expect(field(page, "/title")).to_be_focused()
    return page


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def panel(page: Page, name: str) -> Locator:
    return page.locator(f'[data-panel="{name}"]')


def result(page: Page, name: str, of: str) -> Locator:
    """A figure that a panel gives."""
    row = panel(page, name).locator(".parley-results > div", has_text=of)
    return row.locator("dd").first


def fill(page: Page, at: str, text: str) -> None:
    field(page, at).fill(text)
    field(page, at).press("Tab")


@pytest.mark.wide_only
def test_another_alternative_moves_the_walk_away_wherever_it_is_shown(
    plan: Page,
) -> None:
    shown = result(plan, "alternatives", "Your walk-away")
    expect(shown).to_contain_text("€28,000")
    ours = panel(plan, "alternatives").get_by_role(
        "button", name="Add an alternative for You"
    )
    ours.click()
    expect(field(plan, "/alternatives/us/1/name")).to_be_focused()
    plan.keyboard.type("Make the trays ourselves")
    fill(plan, "/alternatives/us/1/value", "60000")
    fill(plan, "/alternatives/us/1/chance", "30")
    expect(shown).to_contain_text("€46,000")
    fill(plan, "/alternatives/us/1/cost", "5000")
    expect(shown).to_contain_text("€41,000")
    expect(plan.locator(".parley-bottom")).to_contain_text("Walk-away €41,000")
    panel(plan, "alternatives").get_by_role(
        "button", name="Remove Make the trays ourselves"
    ).click()
    expect(shown).to_contain_text("€28,000")


@pytest.mark.wide_only
def test_what_checking_costs_is_what_trust_would_save(plan: Page) -> None:
    saves = result(plan, "trust", "Trust saves a year")
    expect(saves).to_have_text("€21,000")
    fill(plan, "/future/us/monitoring_now", "39000")
    expect(saves).to_have_text("€30,000")
    betrayal = result(plan, "trust", "A betrayal would cost")
    before = betrayal.inner_text()
    fill(plan, "/loss_if_betrayed", "70000")
    expect(betrayal).not_to_have_text(before)
    expect(betrayal).to_contain_text("€")


@pytest.mark.wide_only
def test_the_terms_that_were_signed_are_held_against_the_aim(plan: Page) -> None:
    panel(plan, "review").locator("summary", has_text="What was agreed").click()
    field(plan, "/outcome/agreed").select_option("yes")
    for at in panel(plan, "review").locator('select[name^="/outcome/terms/"]').all():
        at.select_option(index=1)
    left = result(plan, "review", "Left on the table")
    expect(left).to_have_text(POINTS)
    expect(result(plan, "review", "Signed")).to_have_text(POINTS)
    before = result(plan, "review", "Signed").inner_text()
    field(plan, "/outcome/terms/price").select_option("€106")
    expect(result(plan, "review", "Signed")).not_to_have_text(before)


@pytest.mark.wide_only
def test_a_new_offer_of_theirs_moves_their_mark_among_the_deals(plan: Page) -> None:
    mark = panel(plan, "deals").locator("figure .parley-chart__mark--them").last
    before = mark.inner_html()
    ledger = panel(plan, "ledger")
    ledger.get_by_role("button", name="Add an offer").click()
    expect(field(plan, "/offers/2/by")).to_be_visible()
    field(plan, "/offers/2/by").select_option("them")
    field(plan, "/offers/2/date").fill("2026-11-20")
    for at in ledger.locator('select[name^="/offers/2/terms/"]').all():
        at.select_option(index=2)
    expect(ledger.locator("summary", has_text="They offered")).to_have_count(2)
    go_to(mark)
    expect(mark).to_be_attached()
    plan.wait_for_function(
        "([mark, before]) => mark.innerHTML !== before",
        arg=[mark.element_handle(), before],
    )


@pytest.mark.wide_only
def test_another_weight_moves_the_bars_of_what_the_aim_hangs_on(plan: Page) -> None:
    bars = panel(plan, "deals").locator(
        "figure", has=plan.locator("#weights-chart-title")
    )
    drawn = weights_chart(view(example("renewal")).analysis)
    assert drawn is not None
    expect(bars.locator("figcaption")).to_contain_text(drawn.finding)
    heavy = replaced(example("renewal"), "/issues/1/weight/us", 60.0)
    then = weights_chart(view(heavy).analysis)
    assert then is not None
    assert then.finding != drawn.finding
    panel(plan, "issues").locator("summary", has_text="Delivery").first.click()
    fill(plan, "/issues/1/weight/us", "60")
    expect(bars.locator("figcaption")).to_contain_text(then.finding)


@pytest.mark.wide_only
def test_the_middle_of_the_first_prices_follows_an_offer(plan: Page) -> None:
    zone = panel(plan, "alternatives").locator("figcaption").first
    before = example("renewal")
    after = replaced(before, "/offers/1/terms/price", "€118")
    middles = [view(document).analysis.first_middle for document in (before, after)]
    assert middles[0] != middles[1]
    expect(zone).to_contain_text(f"first two offers is {middles[0]:g}")
    panel(plan, "ledger").locator("summary", has_text="They offered").click()
    field(plan, "/offers/1/terms/price").select_option("€118")
    expect(zone).to_contain_text(f"first two offers is {middles[1]:g}")


@pytest.mark.wide_only
def test_how_a_belief_is_known_follows_to_their_side(plan: Page) -> None:
    theirs = panel(plan, "theirs")
    at, name = next(
        (f"/issues/{n}/basis", issue["name"])
        for n, issue in enumerate(example("renewal")["issues"])
        if issue.get("basis") == "guessed"
    )
    guessed = theirs.locator("li", has_text=f"{name}: weight")
    expect(guessed).to_contain_text("we guess")
    expect(theirs).to_contain_text("ask before you build on it")
    plan.locator(".parley-issue summary", has_text=name).click()
    field(plan, at).select_option("told")
    expect(guessed).to_contain_text("they told us")
    field(plan, "/future/them/basis").select_option("observed")
    expect(result(plan, "theirs", "Keeping you is worth")).to_contain_text("we saw it")
    expect(theirs).not_to_contain_text("ask before you build on it")


@pytest.mark.wide_only
def test_signs_that_were_seen_become_a_belief_and_a_stance(plan: Page) -> None:
    looks = result(plan, "signals", "They look relational")
    expect(looks).to_have_text("not known yet")
    for signal in ("talks-about-next-time", "keeps-small-promises"):
        seen = plan.locator(f"#f-signals-{signal}-yes")
        seen.click()
        expect(seen).to_have_attribute("aria-pressed", "true")
    expect(result(plan, "signals", "Observed")).to_have_text("4")
    expect(looks).to_have_text(re.compile(r"^[\d.]+%$"))
    expect(plan.locator("#f-advice strong")).to_have_text("Collaborate")
    expect(panel(plan, "signals").locator("summary")).to_contain_text("3 of")
    seen.click()  # taken back
    expect(seen).to_have_attribute("aria-pressed", "false")
    expect(seen).to_be_focused()
    expect(result(plan, "signals", "Observed")).to_have_text("3")


@pytest.mark.parametrize("to", ["the middle", "the foot"])
def test_the_summary_stays_in_sight_and_leads_to_the_advice(
    plan: Page, to: str
) -> None:
    bar = plan.locator(".parley-bottom")
    far = "theirs" if to == "the foot" else "issues"
    heading = panel(plan, far).locator("h3").last
    heading.scroll_into_view_if_needed()
    expect(bar).to_be_in_viewport(ratio=1)
    before = view(example("renewal")).advice
    expect(bar.get_by_text(before.says)).to_be_in_viewport(ratio=1)
    fill(plan, "/future/continue_chance", "90")
    expect(plan.locator("#f-advice strong")).to_have_text("Collaborate")
    expect(bar).not_to_contain_text(before.says)
    heading.scroll_into_view_if_needed()
    bar.tap() if plan.evaluate("() => navigator.maxTouchPoints") else bar.click()
    expect(plan.locator("#f-advice")).to_be_in_viewport(ratio=1)
    expect(plan.locator("#f-advice")).to_be_focused()
