"""Plans as a reader keeps them: several, undone, shared, pasted, in step in tabs."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from planner.edits.examples import EXAMPLES, example
from planner.show.page import view
from tests.browser.going import go_to
from tests.browser.test_accessibility import (
    faults_in_both_schemes,
    open_all,
    sideways,
)

pytestmark = [pytest.mark.browser, pytest.mark.every_width]

WEIGHT = re.compile(r"/issues/\d+/weight/them")

# What a reader sees of a plan's names and of whose it is, frame by frame.
SEEN = """globalThis.seen = [];
  const look = () => {
    const shown = document.querySelectorAll(
      ":is(.parley-name, .parley-sent, .parley-whose)");
    const text = [...shown].filter((e) => e.checkVisibility())
      .map((e) => e.querySelector("input")?.value ?? e.innerText).join(" ").trim();
    if (text) seen.push(text);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);"""

type Open = Callable[[str], Page]


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def fill(page: Page, at: str, text: str) -> None:
    field(page, at).fill(text)
    field(page, at).press("Tab")


def stance(page: Page) -> Locator:
    return page.locator("#f-advice strong")


def menu(page: Page, name: str) -> None:
    page.locator(".parley-menus summary", has_text=name).click()


def told(page: Page) -> Locator:
    """What the status line says was done."""
    return page.locator("[data-told]:not([hidden])")


def panel(page: Page, name: str) -> Locator:
    return page.locator(f'[data-panel="{name}"]')


def own(page: Page, open_page: Open, name: str = "renewal") -> None:
    """Begin with a plan of one's own, made from a worked one."""
    open_page("your-plan/")
    menu(page, "Plans")
    page.locator(f"#start-{name}").click()
    expect(field(page, "/title")).to_be_focused()


def paste(page: Page, at: str, text: str) -> None:
    """What the clipboard gives a field when rows were copied in a spreadsheet."""
    field(page, at).evaluate(
        """(field, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          const options = { clipboardData, bubbles: true, cancelable: true };
          field.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


class TestSeveralPlans:
    def test_each_is_named_opened_copied_deleted_and_brought_back(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        fill(page, "/title", "First")
        page.locator("#start-sale").click()
        expect(field(page, "/title")).to_have_value(example("sale")["title"])
        plans = page.locator("[aria-label='Your plans']")
        expect(plans.locator("li")).to_have_count(2)

        plans.get_by_role("button", name="Open “First”").click()
        expect(field(page, "/title")).to_have_value("First")
        plans.get_by_role("button", name="Duplicate “First”").click()
        expect(field(page, "/title")).to_have_value("First (copy)")
        plans.get_by_role("button", name="Delete “First (copy)”").click()
        expect(plans.locator("li")).to_have_count(2)
        page.locator(".parley-told").get_by_role("button", name="Undo").click()
        expect(field(page, "/title")).to_have_value("First (copy)")
        expect(plans.locator("li")).to_have_count(3)

        page.reload()
        expect(field(page, "/title")).to_have_value("First (copy)")
        menu(page, "Plans")
        expect(plans.locator("li")).to_have_count(3)
        page.locator("#start-empty").click()
        expect(stance(page)).to_have_text("Answer the two questions first")
        expect(plans.locator("li")).to_have_count(4)

    @pytest.mark.wide_only
    def test_every_worked_plan_can_be_started_from(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        for name in EXAMPLES:
            page.locator(f"#start-{name}").click()
            expect(page.locator('[name="/title"]')).to_be_focused()
            expect(stance(page)).to_have_text(view(example(name)).advice.stance.label)

    @pytest.mark.wide_only
    def test_a_plan_kept_by_the_first_version_is_still_there(
        self, page: Page, site: str
    ) -> None:
        page.goto(f"{site}assets/favicon.svg")  # a page of the site without its scripts
        keep = """(document) => new Promise((resolve, reject) => {
          const open = indexedDB.open("parley", 1);
          open.onerror = () => reject(open.error);
          open.onupgradeneeded = () => open.result.createObjectStore("plans");
          open.onsuccess = () => {
            const change = open.result.transaction("plans", "readwrite");
            change.objectStore("plans").put({ document, changed: 1 }, "draft");
            change.oncomplete = () => { open.result.close(); resolve(true); };
          };
        })"""
        page.evaluate(keep, {**example("renewal"), "title": "From before"})
        page.goto(f"{site}your-plan/")
        page.get_by_role("button", name="Copy to this site").click()
        expect(field(page, "/title")).to_have_value("From before")


@pytest.mark.wide_only
class TestUndo:
    def test_typing_and_presses_are_undone_and_done_again(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        fill(page, "/future/continue_chance", "90")
        expect(stance(page)).to_have_text("Collaborate")
        page.get_by_role("button", name="Add an issue to the deal").click()
        expect(field(page, "/issues/10/name")).to_be_focused()

        page.locator("#undo").click()
        expect(field(page, "/issues/10/name")).to_have_count(0)
        page.locator("#undo").press("Control+z")
        expect(stance(page)).to_have_text("Probe")
        expect(field(page, "/future/continue_chance")).to_have_value("80")
        page.keyboard.press("Control+Shift+z")
        expect(stance(page)).to_have_text("Collaborate")
        expect(field(page, "/future/continue_chance")).to_have_value("90")

    def test_in_a_text_field_the_browsers_own_undo_works(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        fill(page, "/future/continue_chance", "90")
        field(page, "/title").press("End")
        field(page, "/title").press_sequentially("!!")
        page.keyboard.press("Control+z")
        typed = example("renewal")["title"] + "!!"
        expect(field(page, "/title")).not_to_have_value(typed)
        expect(page.locator("#redo")).to_be_hidden()
        expect(field(page, "/future/continue_chance")).to_have_value("90")


@pytest.mark.wide_only
class TestTwoTabs:
    def test_what_is_typed_in_one_shows_in_the_other_and_neither_loses(
        self, open_page: Open, page: Page, site: str
    ) -> None:
        own(page, open_page)
        fill(page, "/title", "Shared")
        other = page.context.new_page()
        other.goto(f"{site}your-plan/")
        expect(field(other, "/title")).to_have_value("Shared")
        fill(page, "/future/continue_chance", "90")
        fill(other, "/future/discount_rate", "5")
        for tab in (page, other):
            expect(field(tab, "/future/continue_chance")).to_have_value("90")
            expect(field(tab, "/future/discount_rate")).to_have_value("5")
        page.get_by_role("button", name="Add an issue to the deal").click()
        expect(field(other, "/issues/10/name")).to_have_count(1)
        other.locator("#undo").click()
        expect(field(page, "/issues/10/name")).to_have_count(0)
        page.reload()
        expect(field(page, "/future/continue_chance")).to_have_value("90")
        expect(field(page, "/future/discount_rate")).to_have_value("5")

    def test_a_plan_deleted_in_the_other_tab_is_told_and_not_lost(
        self, open_page: Open, page: Page, site: str
    ) -> None:
        own(page, open_page)
        fill(page, "/title", "Shared")
        other = page.context.new_page()
        other.goto(f"{site}your-plan/")
        expect(field(other, "/title")).to_have_value("Shared")
        menu(other, "Plans")
        other.get_by_role("button", name="Delete “Shared”").click()
        expect(told(page)).to_contain_text("deleted in another tab")
        expect(field(page, "/title")).to_have_value("Shared")


class TestLinks:
    @pytest.fixture
    def link(self, open_page: Open, page: Page) -> str:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        own(page, open_page)
        fill(page, "/title", "By link")
        menu(page, "Share")
        page.get_by_role("button", name="Copy a link").click()
        expect(told(page)).to_contain_text("Link copied")
        return str(page.evaluate("() => navigator.clipboard.readText()"))

    @pytest.mark.wide_only
    def test_it_holds_the_whole_plan_and_opens_as_a_copy_after_asking(
        self, link: str, page: Page
    ) -> None:
        reader = page.context.browser.new_context()  # type: ignore[union-attr]
        there = reader.new_page()
        asked: list[str] = []
        there.on("request", lambda request: asked.append(request.url))
        there.goto(link)
        bar = there.get_by_role("region", name="A plan from a link")
        expect(bar).to_contain_text("By link")
        expect(there).not_to_have_url(link)
        assert not any("p=" in url for url in asked)
        bar.get_by_role("button", name="Keep a copy").click()
        expect(field(there, "/title")).to_have_value("By link")
        reader.close()

    def test_it_stands_under_its_own_name_from_the_first_paint_on(
        self, link: str, page: Page
    ) -> None:
        """Nothing of the example or of one's own plan stands there before it."""
        fill(page, "/title", "Mine")
        expect(page.locator("[data-saving=saved]")).to_be_visible()
        page.goto("about:blank")
        page.add_init_script(SEEN)
        page.goto(link)
        for _ in range(2):
            bar = page.get_by_role("region", name="A plan from a link")
            expect(bar).to_contain_text("By link")
            expect(page.locator("#f-advice")).to_be_attached()
            seen = page.evaluate("() => seen")
            assert all("By link" in text for text in seen), seen
            assert not any(re.search("Mine|A made-up case", text) for text in seen)
            page.reload()
        bar.get_by_role("button", name="Leave it").click()
        expect(field(page, "/title")).to_have_value("Mine")
        page.reload()
        expect(field(page, "/title")).to_have_value("Mine")

    @pytest.mark.wide_only
    def test_left_alone_it_changes_nothing(self, link: str, page: Page) -> None:
        fill(page, "/title", "Mine")
        expect(page.locator("[data-saving=saved]")).to_be_visible()
        page.goto("about:blank")
        page.goto(link)
        bar = page.get_by_role("region", name="A plan from a link")
        bar.get_by_role("button", name="Leave it").click()
        expect(field(page, "/title")).to_have_value("Mine")

    @pytest.mark.wide_only
    @pytest.mark.parametrize(
        ("spoil", "says"),
        [
            (lambda link: link[:-40], "ends too early"),
            (lambda link: link.replace("#p=1.", "#p=2."), "newer version"),
            (lambda link: link.replace("#p=1.", "#p=1.x"), "changed on its way"),
            (lambda link: link + "A" * 70_000, "longer than"),
        ],
        ids=["cut off", "newer", "garbled", "too long"],
    )
    def test_one_that_is_damaged_is_told_and_the_plan_stays(
        self, link: str, page: Page, spoil: Callable[[str], str], says: str
    ) -> None:
        fill(page, "/title", "Mine")
        expect(page.locator("[data-saving=saved]")).to_be_visible()
        page.goto("about:blank")
        page.goto(spoil(link))
        expect(page.locator(".parley-summary")).to_contain_text(says)
        expect(field(page, "/title")).to_have_value("Mine")


@pytest.mark.wide_only
class TestFiles:
    def test_a_workbook_goes_out_and_its_issues_come_in(
        self, open_page: Open, page: Page, tmp_path: Path
    ) -> None:
        own(page, open_page)
        menu(page, "Share")
        with page.expect_download() as download:
            page.get_by_role("button", name="Save a workbook").click()
        file = tmp_path / "plan.xlsx"
        download.value.save_as(file)
        page.locator("#start-empty").click()
        expect(stance(page)).to_have_text("Answer the two questions first")
        page.locator("input[type=file]").set_input_files(file)
        page.locator("#list-begin").click()
        name = example("renewal")["issues"][0]["name"]
        expect(field(page, "/issues/0/name")).to_have_value(name)

    def test_a_list_of_issues_goes_out_and_in(
        self, open_page: Open, page: Page, tmp_path: Path
    ) -> None:
        own(page, open_page)
        fill(page, "/title", "Mine")
        menu(page, "Share")
        with page.expect_download() as download:
            page.get_by_role("button", name="Save the issues").click()
        file = tmp_path / "issues.csv"
        download.value.save_as(file)
        file.write_text(file.read_text("utf-8") + "Colour,5,5,red,0,100\r\n", "utf-8")
        page.locator("input[type=file]").set_input_files(file)
        page.locator("#list-take").click()
        expect(field(page, "/issues/10/name")).to_have_value("Colour")

    @pytest.mark.parametrize(
        ("name", "content", "says"),
        [
            ("plan.json", b" " * 50_000_000, "over 1 MiB"),
            ("list.xlsx", b"PK\x03\x04 not a workbook", "could not be read"),
            ("list.csv", b"Issue\0Colour", "letters of this file could not be read"),
            ("photo.png", b"\x89PNG", "not one that the planner reads"),
            ("deep.json", b"[" * 5000 + b"]" * 5000, "nested too deep"),
        ],
    )
    def test_one_that_cannot_be_read_is_told_and_the_plan_stays(
        self,
        open_page: Open,
        page: Page,
        tmp_path: Path,
        name: str,
        content: bytes,
        says: str,
    ) -> None:
        own(page, open_page)
        fill(page, "/title", "Mine")
        file = tmp_path / name
        file.write_bytes(content)
        page.locator("input[type=file]").set_input_files(file)
        expect(page.locator(".parley-summary")).to_contain_text(says)
        expect(field(page, "/title")).to_have_value("Mine")

    def test_a_name_of_the_language_s_own_is_a_name_like_others(
        self, open_page: Open, page: Page, tmp_path: Path
    ) -> None:
        """It is kept beside the plan, and gives nothing to any other object."""
        open_page("your-plan/")
        odd = '"__proto__":{"odd":1},"constructor":{"prototype":{"odd":1}},'
        text = json.dumps({**example("sale"), "title": "Mine"})
        file = tmp_path / "plan.json"
        file.write_text("{" + odd + text.removeprefix("{"), "utf-8")
        page.locator("input[type=file]").set_input_files(file)
        expect(field(page, "/title")).to_have_value("Mine")
        expect(page.locator("[data-saving=saved]").first).to_be_visible()
        page.reload()
        expect(field(page, "/title")).to_have_value("Mine")
        assert page.evaluate("() => ({}).odd === undefined")

    def test_a_plan_file_is_dropped_on_the_page(
        self, open_page: Open, page: Page
    ) -> None:
        open_page("your-plan/")
        text = json.dumps({**example("sale"), "title": "Dropped"})
        page.evaluate(
            """(text) => {
              const dataTransfer = new DataTransfer();
              dataTransfer.items.add(new File([text], "plan.json"));
              const drop = new DragEvent("drop", { dataTransfer, bubbles: true });
              document.querySelector("parley-panel").dispatchEvent(drop);
            }""",
            text,
        )
        expect(field(page, "/title")).to_have_value("Dropped")

    def test_the_brief_is_copied_as_text(self, open_page: Open, page: Page) -> None:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        own(page, open_page)
        menu(page, "Share")
        page.get_by_role("button", name="Copy the brief").click()
        expect(told(page)).to_contain_text("Copied")
        text = page.evaluate("() => navigator.clipboard.readText()")
        assert text.startswith("# Renewing the Alder packaging contract")
        assert view(example("renewal")).advice.headline in text


class TestRows:
    @pytest.mark.wide_only
    def test_options_are_typed_by_keyboard_and_pasted(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        cell = field(page, "/issues/0/options/0/us")
        cell.fill("7")
        cell.press("Enter")
        expect(field(page, "/issues/0/options/1/us")).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(cell).to_be_focused()
        expect(cell).to_have_value("7")
        paste(page, "/issues/0/options/0/us", "11\t91\r\n22\t82\r\n")
        expect(field(page, "/issues/0/options/1/them")).to_have_value("82")
        page.reload()
        expect(field(page, "/issues/0/options/1/them")).to_have_value("82")

    @pytest.mark.wide_only
    def test_rows_that_do_not_fit_are_told_and_change_nothing(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        before = field(page, "/issues/0/weight/them").input_value()
        paste(page, "/issues/0/weight/them", "1\t2\t3\n")
        expect(page.locator(".parley-summary")).to_contain_text("has 3 columns")
        expect(field(page, "/issues/0/weight/them")).to_have_value(before)

    @pytest.mark.wide_only
    def test_issues_come_from_a_starter_list(self, open_page: Open, page: Page) -> None:
        open_page("your-plan/")
        page.get_by_role("button", name="Start empty").click()
        expect(stance(page)).to_have_text("Answer the two questions first")
        page.locator("#starters-agreement summary").click()
        page.get_by_role("button", name="Add Settling disputes").click()
        expect(field(page, "/issues/0/name")).to_have_value("Settling disputes")
        page.locator("#starter-supply").click()
        expect(field(page, "/issues/5/name")).to_have_count(1)


class TestWhatFollows:
    @pytest.mark.wide_only
    def test_a_figure_is_tried_and_then_used_or_left(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        dial = panel(page, "whatif").locator(
            'input[type=range][data-trial="/future/continue_chance"]'
        )
        dial.focus()
        for _ in range(5):
            dial.press("ArrowRight")
        results = panel(page, "whatif").locator("table").first
        expect(results).to_contain_text("Collaborate")
        expect(results).to_contain_text("changes")
        expect(stance(page)).to_have_text("Probe")
        page.get_by_role("button", name="Back to the plan").click()
        expect(page.get_by_role("button", name="Use these figures")).to_have_count(0)

        number = panel(page, "whatif").locator(
            'input[type=text][data-trial="/future/continue_chance"]'
        )
        number.fill("90")
        page.get_by_role("button", name="Use these figures").click()
        expect(stance(page)).to_have_text("Collaborate")
        expect(field(page, "/future/continue_chance")).to_have_value("90")

    @pytest.mark.wide_only
    def test_two_plans_stand_side_by_side(self, open_page: Open, page: Page) -> None:
        own(page, open_page)
        menu_list = page.locator("[aria-label='Your plans']")
        menu_list.get_by_role("button", name="Duplicate").click()
        expect(menu_list.locator("li")).to_have_count(2)
        chooser = panel(page, "compare").get_by_label("Compare with")
        chooser.select_option(index=1)
        # A copy has another title and nothing else.
        expect(panel(page, "compare")).to_contain_text("No difference")
        fill(page, "/future/continue_chance", "90")
        row = panel(page, "compare").locator("tr", has_text="Stance")
        expect(row).to_contain_text("Collaborate")
        expect(row).to_contain_text("Probe")
        expect(row).to_contain_text("differs")

    @pytest.mark.wide_only
    def test_a_pair_is_answered_and_the_weights_are_held_against_it(
        self, open_page: Open, page: Page
    ) -> None:
        own(page, open_page)
        panel(page, "check").get_by_role("button", name="Answer").first.click()
        chosen = field(page, "/comparisons/0/prefer")
        expect(chosen).to_be_focused()
        chosen.select_option("first")
        expect(panel(page, "check")).to_contain_text("agree")
        chosen.select_option("second")
        expect(panel(page, "check")).to_contain_text("disagree")
        panel(page, "check").get_by_role("button", name="Use these weights").click()
        expect(panel(page, "check")).to_contain_text("weights agree")

    @pytest.mark.wide_only
    def test_their_side_says_how_each_belief_is_known(
        self, open_page: Open, page: Page
    ) -> None:
        open_page("your-plan/")
        theirs = panel(page, "theirs")
        go_to(theirs)
        for words in ("they told us", "we saw it", "we guess"):
            expect(theirs.get_by_text(words).first).to_be_visible()
        link = theirs.get_by_role("link", name="How much does").first
        link.click()
        expect(page.locator(":focus")).to_have_attribute("name", WEIGHT)

    def test_the_points_of_a_chart_are_walked_by_key_and_shown_by_hand(
        self, open_page: Open, page: Page
    ) -> None:
        open_page("your-plan/")
        chart = panel(page, "deals").locator("figure").first
        points = chart.locator(".parley-point")
        expect(chart.locator('.parley-point[tabindex="0"]')).to_have_count(1)
        points.first.focus()
        shown = chart.locator("[data-shown]")
        expect(shown).to_contain_text("points to you")
        before = shown.inner_text()
        page.keyboard.press("ArrowRight")
        expect(points.nth(1)).to_be_focused()
        expect(shown).not_to_have_text(before)
        page.keyboard.press("End")
        expect(points.last).to_be_focused()
        points.first.click(force=True)
        expect(shown).to_have_text(points.first.get_attribute("aria-label") or "?")

    def test_a_problem_opens_its_row_of_a_long_list(
        self, open_page: Open, page: Page, tmp_path: Path
    ) -> None:
        plan = example("renewal")
        step = plan["moves"][0]
        plan["moves"] = [{**step, "round": i} for i in range(1, 41)]
        plan["moves"][20]["round"] = "late"
        file = tmp_path / "long.json"
        file.write_text(json.dumps(plan))
        open_page("your-plan/")
        page.locator("input[type=file]").set_input_files(file)
        expect(panel(page, "ledger").locator("details[data-fold]")).to_have_count(40)
        expect(field(page, "/moves/20/round")).to_have_count(0)
        page.locator(".parley-summary a").click()
        expect(field(page, "/moves/20/round")).to_be_focused()
        expect(field(page, "/moves/20/round")).to_have_value("late")


@pytest.mark.wide_only
def test_figures_and_dates_come_in_the_readers_own_format(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(f"{site}your-plan/")
    expect(panel(page, "future")).to_contain_text("160.000\u00a0€")
    expect(panel(page, "ledger")).to_contain_text("02.11.2026")
    fill(page, "/future/continue_chance", "82,5 %")
    expect(field(page, "/future/continue_chance")).to_have_value("82,5")
    expect(page.locator(".parley-summary")).to_have_count(0)
    context.close()


@pytest.mark.wide_only
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_brief_prints_on_one_sheet(
    open_page: Open, page: Page, tmp_path: Path, paper: str
) -> None:
    own(page, open_page)
    for name in EXAMPLES:
        page.locator(f"#start-{name}").click()
        shown = view(example(name))
        expect(stance(page)).to_have_text(shown.advice.stance.label)
        file = tmp_path / f"{name}.pdf"
        page.pdf(path=file, format=paper)
        printed = pypdfium2.PdfDocument(file)
        assert len(printed) == 1
        text = printed[0].get_textpage().get_text_bounded()
        assert shown.advice.stance.label in text
        assert example(name)["title"] in text
        assert "NOTES" in text.upper()
        for issue in shown.draft.plan.agreement.values():
            assert (issue.name or "").split()[0] in text


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_where_all_of_another_plan_is_unfolded(
    page: Page, site: str, width: int
) -> None:
    """The tabs of the worked renewal, and an empty plan, in test_accessibility.py."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(f"{site}your-plan/")
    expect(page.locator("parley-panel")).to_have_attribute("ready", "")
    menu(page, "Plans")
    page.locator("#start-key-customer").click()
    expect(field(page, "/title")).to_be_focused()
    expect(page.locator("#menu-plans > summary")).to_have_text("Plans (1)")
    open_all(page)
    assert faults_in_both_schemes(page) + sideways(page) == []
