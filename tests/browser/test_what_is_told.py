"""What the page says of itself: announcements, what was opened, where it is kept."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from planner.analyses.stance import Stance
from planner.edits.examples import example
from tests.browser.conftest import LISTEN, keep_as_own
from tests.browser.test_accessibility import see_the_focus

pytestmark = pytest.mark.browser

type Open = Callable[[str], Page]

DAY = 24 * 3600 * 1000  # ms
WIDTHS = (1280, 375)


def field(page: Page, at: str) -> Locator:
    return page.locator(f'[name="{at}"]')


def fill(page: Page, at: str, text: str) -> None:
    field(page, at).fill(text)
    field(page, at).press("Tab")


def told(page: Page) -> Locator:
    return page.locator("[data-told]:not([hidden])")


def stance(page: Page) -> Locator:
    return page.locator(".parley-stance strong")


@pytest.fixture
def listening(page: Page, open_page: Open) -> Page:
    """The plan page, with what its live region says written down, and its own clock."""
    page.clock.install()
    open_page("your-plan/")
    answered(page)  # whoever types before the first answer is told all of it
    expect(page.locator("parley-panel[behind]")).to_have_count(0)
    page.evaluate(LISTEN)
    return page


def answered(page: Page) -> None:
    """Questions wait for each other: this one comes after all that were asked."""
    page.evaluate("() => document.querySelector('parley-panel').ask({ now: [] })")


def pass_a_minute(page: Page) -> None:
    """Bit by bit: in one go, a question on its way would seem to have no answer."""
    for _ in range(12):
        answered(page)
        page.clock.run_for(5_000)


def heard(page: Page) -> list[str]:
    """All that has been announced, once the page has had its pause."""
    page.clock.run_for(3000)
    said: list[str] = page.evaluate("() => heard")
    return said


@pytest.mark.parametrize("width", WIDTHS, indirect=True)
def test_what_gets_the_focus_is_not_under_what_was_just_done(
    open_page: Open, page: Page
) -> None:
    open_page("your-plan/")
    keep_as_own(page)
    expect(told(page)).to_contain_text("your own")
    see_the_focus(page, 30)
    expect(told(page)).to_contain_text("your own")


@pytest.mark.cold  # it has a clock of its own
class TestAnnouncements:
    """Once, when it has settled, and only what changed."""

    def test_a_stance_that_changes_while_one_types_slowly(
        self, listening: Page
    ) -> None:
        chance = field(listening, "/future/continue_chance")
        chance.press("Control+a")
        chance.press_sequentially("90", delay=300)
        expect(stance(listening)).to_have_text("Collaborate")
        [said] = heard(listening)
        assert Stance.COLLABORATE.label in said

        advice = listening.locator("[data-panel=future] .parley-results")
        before = advice.inner_text()
        gain = field(listening, "/future/us/one_off_gain")
        gain.press("Control+a")
        gain.press_sequentially("91000", delay=300)
        expect(advice).not_to_have_text(before)
        expect(stance(listening)).to_have_text("Collaborate")
        assert heard(listening) == [said]

    def test_an_answer_that_cannot_be_used_once_the_reader_has_left_it(
        self, listening: Page
    ) -> None:
        loss = field(listening, "/loss_if_betrayed")
        loss.fill("lots")
        answered(listening)
        assert heard(listening) == []
        loss.press("Tab")
        expect(listening.locator(".parley-summary")).to_be_visible()
        [said] = heard(listening)
        assert (
            said
            == "You would lose at once: Enter a number in digits, for example 120000."
        )
        fill(listening, "/outcome/learned", "Still wrong")
        assert heard(listening) == [said]

    def test_a_refusal_is_read_where_the_focus_goes_and_the_stance_not_again(
        self, listening: Page, tmp_path: Path
    ) -> None:
        file = tmp_path / "plan.json"
        file.write_text("Dear Alder")
        listening.locator("input[type=file]").set_input_files(file)
        expect(listening.locator(".parley-summary")).to_be_focused()
        assert heard(listening) == []
        field(listening, "/future/us/one_off_gain").fill("90001")
        expect(listening.locator(".parley-summary")).to_have_count(0)
        assert heard(listening) == []


@pytest.mark.parametrize("width", WIDTHS)
class TestAFileThatWasOpened:
    def test_is_told_with_what_it_holds_and_can_be_taken_back(
        self, open_page: Open, page: Page, tmp_path: Path, width: int
    ) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        open_page("your-plan/")
        page.locator("#start-here").click()
        expect(field(page, "/title")).to_be_focused()
        fill(page, "/title", "Mine")
        plan = {**example("sale"), "title": "From a colleague"}
        kinds = [issue["kind"] for issue in plan["issues"]]
        file = tmp_path / "plan.json"
        file.write_text(json.dumps(plan))
        page.locator("input[type=file]").set_input_files(file)
        expect(told(page)).to_contain_text("“From a colleague” is open as a new plan")
        expect(told(page)).to_contain_text(f"{kinds.count('agreement')} issues")
        expect(told(page)).to_contain_text(f"{len(plan['moves'])} steps so far")
        expect(told(page)).to_be_in_viewport()
        expect(field(page, "/title")).to_have_value("From a colleague")
        expect(page.locator("#menu-plans > summary")).to_have_text("Plans (2)")

        told(page).get_by_role("button", name="Undo").click()
        expect(field(page, "/title")).to_have_value("Mine")
        expect(page.locator("#menu-plans > summary")).to_have_text("Plans (1)")
        expect(told(page)).to_have_count(0)


@pytest.mark.parametrize("width", WIDTHS)
def test_where_a_plan_is_kept_stands_beside_the_save_state(
    open_page: Open, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_page("your-plan/")
    keep_as_own(page)
    expect(page.locator("[data-saving=saved]")).to_be_visible()
    open_page("method/the-two-questions/")
    fill(page, "/future/continue_chance", "90")
    status = page.locator(".parley-status")
    expect(status).to_contain_text(re.compile(r"Saved, \d\d:\d\d\."))
    expect(status).to_contain_text("clearing the browser’s data deletes it")
    status.get_by_role("link", name="What is kept").click()
    expect(page).to_have_url(re.compile("/reference/privacy/$"))


@pytest.mark.cold  # it has a clock of its own
class TestAWeekWithoutAFile:
    def later(self, page: Page, days: int) -> None:
        now = page.evaluate("() => Date.now()")
        page.clock.set_system_time((now + days * DAY) / 1000)

    def nudge(self, page: Page) -> Locator:
        return page.locator("[data-nudge]")

    @pytest.fixture
    def planned(self, open_page: Open, page: Page) -> Page:
        page.clock.install()
        open_page("your-plan/")
        page.locator("#start-here").click()
        expect(field(page, "/title")).to_be_focused()
        fill(page, "/title", "Mine")
        expect(self.nudge(page)).to_be_hidden()
        return page

    def test_is_told_until_the_plan_is_in_a_file(self, planned: Page) -> None:
        self.later(planned, 6)
        fill(planned, "/title", "After six days")
        expect(planned.locator("#menu-plans li strong")).to_have_text("After six days")
        expect(self.nudge(planned)).to_be_hidden()
        self.later(planned, 2)
        planned.reload()
        expect(self.nudge(planned)).to_be_visible()
        expect(self.nudge(planned)).to_contain_text("seven days")
        with planned.expect_download() as download:
            self.nudge(planned).get_by_role("button", name="Save the plan").click()
        saved: Any = json.loads(download.value.path().read_text("utf-8"))
        assert saved["title"] == "After six days"
        expect(self.nudge(planned)).to_be_hidden()

        self.later(planned, 8)
        planned.reload()
        expect(planned.locator("parley-panel")).to_have_attribute("ready", "")
        expect(field(planned, "/title")).to_have_value("After six days")
        # Nothing has changed since: the file is as good as the plan.
        expect(self.nudge(planned)).to_be_hidden()
        fill(planned, "/title", "And on")
        expect(self.nudge(planned)).to_be_visible()

    def test_can_be_put_off(self, planned: Page) -> None:
        self.later(planned, 8)
        fill(planned, "/title", "A week on")
        expect(self.nudge(planned)).to_be_visible()
        self.nudge(planned).get_by_role("button", name="Not now").click()
        expect(self.nudge(planned)).to_be_hidden()
        self.later(planned, 6)
        fill(planned, "/title", "Nearly two")
        expect(planned.locator("#menu-plans li strong")).to_have_text("Nearly two")
        expect(self.nudge(planned)).to_be_hidden()
        self.later(planned, 2)
        fill(planned, "/title", "Two weeks on")
        expect(self.nudge(planned)).to_be_visible()


@pytest.mark.cold
def test_what_can_be_undone_elsewhere_leaves_once_nobody_is_at_it(
    listening: Page,
) -> None:
    listening.locator("#start-here").click()
    expect(field(listening, "/title")).to_be_focused()
    pass_a_minute(listening)
    expect(told(listening)).to_contain_text("plan of your own")  # undone here alone

    listening.locator('[id="f-issues-0-remove"]').click()
    expect(told(listening)).to_contain_text("removed")
    told(listening).hover()
    pass_a_minute(listening)
    expect(told(listening)).to_contain_text("removed")
    listening.mouse.move(0, 0)
    pass_a_minute(listening)
    expect(told(listening)).to_have_count(0)
