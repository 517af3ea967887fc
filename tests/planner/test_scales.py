"""Options that are numbers with one unit are a scale; others are none, and said so."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.advice.advice import advise
from planner.plan.address import look_up
from planner.plan.document import FORMAT
from planner.words.scales import read_scale, steps_between
from tests.planner.changes import analysed, edit

OTHER_UNITS = [("30 days", "6 weeks"), ("€5", "$6"), ("3 months", "2 years")]


def ends(*names: str) -> dict[str, Any]:
    """A plan with one issue that has these options, and another one."""
    issues = [
        {
            "id": name,
            "kind": "agreement",
            "name": name,
            "options": [{"name": option} for option in options],
        }
        for name, options in (("First", names), ("Second", ("Yes", "No")))
    ]
    return {"format": FORMAT, "issues": issues}


@pytest.mark.parametrize(
    ("first", "last", "between"),
    [
        ("€106", "€118", ["€109", "€112", "€115"]),
        ("60 days", "20 days", ["50 days", "40 days", "30 days"]),
        ("1 year", "3 years", ["2 years"]),
        ("8%", "16%", ["10%", "12%", "14%"]),
        ("1,5", "3,5", ["2,0", "2,5", "3,0"]),
        ("1 year", "2 years", []),
    ],
)
def test_two_ends_have_steps_between_in_their_own_spelling(
    first: str, last: str, between: list[str]
) -> None:
    assert steps_between([first, last]) == between


@pytest.mark.parametrize(
    "names",
    [
        *OTHER_UNITS,
        ("Court", "Lab"),
        ("5 days", "5 days and stock"),
        ("5", "5"),
        ("5",),
    ],
)
def test_what_is_no_scale_has_none(names: tuple[str, ...]) -> None:
    assert read_scale(names) is None
    assert steps_between(names) == []


@pytest.mark.parametrize("names", OTHER_UNITS)
def test_ends_with_other_units_are_asked_about(names: tuple[str, str]) -> None:
    asked = {q.at: q.asks for q in advise(analysed(ends(*names))).questions}

    assert all(f"“{name}”" in asked["/issues/0/options/1/name"] for name in names)


def test_a_scale_is_not_asked_about() -> None:
    asked = {q.at for q in advise(analysed(ends("30 days", "60 days"))).questions}

    assert "/issues/0/options/1/name" not in asked


class TestFilling:
    """The steps are put into the list at a press; what is typed stays."""

    def test_they_stand_between_the_ends_without_points(self) -> None:
        filled = edit(ends("€106", "€118"), {"fill": "/issues/0"})
        options = look_up(filled.document, "/issues/0/options")

        assert [o["name"] for o in options] == ["€106", "€109", "€112", "€115", "€118"]
        assert filled.moved == {"/issues/0/options/1": "/issues/0/options/4"}
        assert not any("us" in option for option in options)

    def test_their_points_are_assumed_evenly(self) -> None:
        filled = edit(ends("€106", "€118"), {"fill": "/issues/0"}).document
        [score, _] = analysed(filled).scores.counted

        assert score.us == pytest.approx((50, 37.5, 25, 12.5, 0))

    @pytest.mark.parametrize("names", [("Court", "Lab"), ("1", "2", "3"), ()])
    def test_what_is_no_scale_stays_as_it_is(self, names: tuple[str, ...]) -> None:
        before = ends(*names)

        assert edit(before, {"fill": "/issues/0"}).document == before

    def test_the_options_turn_round_with_their_points(self) -> None:
        before = ends("a", "b", "c")
        before["issues"][0]["options"][0]["us"] = 7
        turned = edit(before, {"turn": "/issues/0"})

        options = look_up(turned.document, "/issues/0/options")
        assert options == [{"name": "c"}, {"name": "b"}, {"name": "a", "us": 7}]
        assert turned.moved["/issues/0/options/0"] == "/issues/0/options/2"
        assert turned.focus == "/issues/0/options/0/name"


def test_all_issues_without_points_turn_round_at_once() -> None:
    """A list that came with our worst first is put right by one press."""
    before = ends("a", "b")
    before["issues"][1]["options"][0]["us"] = 100
    turned = edit(before, {"turn": "/issues"}).document

    assert look_up(turned, "/issues/0/options/0/name") == "b"
    assert turned["issues"][1] == before["issues"][1]


@pytest.mark.property
@given(
    st.integers(-9999, 9999),
    st.integers(-9999, 9999),
    st.sampled_from(["€{}", "{} days", "{}%", "{}", "EUR {}"]),
)
def test_the_steps_are_a_scale_with_their_ends(
    first: int, last: int, unit: str
) -> None:
    """All of one unit, and each further along than the one before."""
    names = [unit.format(first), unit.format(last)]
    steps = steps_between(names)
    whole = read_scale([names[0], *steps, names[1]])

    if first == last:
        assert steps == []
        return
    assert whole is not None
    assert list(whole.numbers) == sorted(whole.numbers, reverse=first > last)
