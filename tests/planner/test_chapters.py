"""A chapter's panel asks little, and tells in a line what follows from it."""

import re
from typing import Any

import pytest

from planner.edits.examples import EXAMPLES, example
from planner.plan.address import replaced
from planner.plan.document import FORMAT
from planner.plan.rows import find_answer
from planner.show.chapters import CHAPTERS, FEW
from planner.show.page import embedded, field_id, field_link, panel, view
from tests.pages import pages
from tests.planner.changes import changed
from tests.plans import fixed_plan

SIGNED = {
    "price": "€109",
    "service": "5 days",
    "tooling": "Northwind pays",
    "disputes": "An independent lab decides",
    "ending": "12 months",
    "duties": "Alder carries them at cost",
}
FILLED = {"/outcome": {"agreed": True, "terms": SIGNED}} | {
    "/mandate": True,
    "/loss_if_betrayed": 25000,
}
EMPTY = {"format": FORMAT}

each_panel = pytest.mark.parametrize("name", CHAPTERS)


def open_and_signed() -> list[dict[str, Any]]:
    """A worked plan before and after it was signed: each panel tells of one of them."""
    plan = fixed_plan("renewal")
    return [plan, changed(plan, FILLED)]


def told(html: str) -> str:
    """What a panel says follows."""
    return html.partition('class="parley-few__follows"')[2]


def fields_of(html: str) -> list[str]:
    return re.findall(r' name="(/[^"]+)"', html)


@each_panel
def test_each_is_named_by_a_chapter_that_shows_it(name: str) -> None:
    shown = re.compile(rf'\{{\{{ planner\("problems", "{name}"[,)]')
    chapters = {page.path.stem: page.text for page in pages("chapter")}

    if name in chapters:  # a team may have dropped the form of a page, or the page
        assert shown.search(chapters[name])


@each_panel
@pytest.mark.parametrize("plan", EXAMPLES)
def test_it_asks_for_a_few_answers_that_the_plan_asks_for(name: str, plan: str) -> None:
    asked = fields_of(panel(name, view(example(plan))))

    assert len(asked) <= FEW
    assert len(asked) == len({*asked})
    for at in asked:
        known = find_answer(at)
        assert known
        assert known.is_asked


@each_panel
def test_on_a_filled_plan_it_asks_something_and_tells_something(name: str) -> None:
    shown = [panel(name, view(plan)) for plan in open_and_signed()]

    assert min(len(fields_of(html)) for html in shown) >= 2
    assert [html for html in shown if CHAPTERS[name].lacks not in html]


@each_panel
def test_on_an_empty_plan_it_says_what_to_enter(name: str) -> None:
    html = panel(name, view(EMPTY, own=True))

    assert CHAPTERS[name].lacks in html or "Before you choose how to play it" in html


@pytest.mark.parametrize(
    ("name", "at", "value", "before", "after"),
    [
        (
            "the-two-questions",
            "/future/continue_chance",
            0.9,
            "Probe",
            "Collaborate",
        ),
        ("your-walk-away", "/alternatives/us/0/value", 60000, "€28,000", "€42,000"),
        ("how-trust-pays", "/future/us/monitoring_now", 39000, "€21,000", "€30,000"),
        (
            "what-the-future-is-worth",
            "/future/us/yearly_gain",
            30000,
            "about €160,000",
            "about €80,000",
        ),
        ("two-lists", "/issues/6/owner", None, "3 of 4", "2 of 4"),
        ("how-trust-grows", "/own_failure", "A late call", "Enter what", "Tell them"),
        ("your-own-house", "/mandate", False, "Say whether", "is not settled yet"),
        ("relationship-issues", "/issues/6/now", 1, "Work we could", "Where both"),
        (
            "the-concession-ledger",
            "/moves/1/to",
            "5 days, two weeks of stock held",
            "got 12 points",
            "got 20 points",
        ),
        ("weights-that-mean-something", "/issues/0/weight/us", 90, "has 40", "has 60"),
    ],
)
def test_what_it_tells_follows_from_what_it_asks(
    name: str, at: str, value: Any, before: str, after: str
) -> None:
    plan = fixed_plan("renewal")
    first, then = (
        panel(name, view(each)) for each in (plan, changed(plan, {at: value}))
    )

    assert at in fields_of(first)
    assert (before in told(first), after in told(first)) == (True, False)
    assert (before in told(then), after in told(then)) == (False, True)


@each_panel
def test_a_link_to_one_of_its_fields_stays_on_the_page(name: str) -> None:
    shown = view(open_and_signed()[0], panels=(name,), base="../../")
    for at in fields_of(panel(name, shown)):
        assert field_link(at, shown) == f"#{field_id(at)}"
    assert field_link("/rounds", shown).startswith("../../")


@each_panel
def test_a_page_is_served_with_what_python_answers_later(name: str) -> None:
    shown = view(open_and_signed()[0], panels=(name,), base="../../")

    assert panel(name, shown) in embedded(shown)


@pytest.mark.large
@each_panel
def test_an_answer_of_any_shape_leaves_it_whole(name: str) -> None:
    """Also three figures where the planner reads one."""
    odd: list[Any] = [{}, [], {"low": 1, "likely": 2}, {"later": 1}, "x", True, None]
    plans = open_and_signed()
    asked = {at for plan in plans for at in fields_of(panel(name, view(plan)))}
    for at in asked:
        for value in odd:
            for plan in plans:
                assert panel(name, view(replaced(plan, at, value)))
