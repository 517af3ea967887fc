"""A spreadsheet's numbers as it shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.edits.formats import BUILT_IN, format_number, is_percent
from planner.words.figures import Spelling, spelled

SHOWN = [
    (30, '0 "days"', "30 days"),
    (1, '0 "day";;"none"', "1 day"),
    (0, '0 "day";;"none"', "none"),
    (12500, '"€" #,##0', "€ 12,500"),
    (12500, "[$€-407] #,##0.00", "€ 12,500.00"),
    (12500, "#,##0 [$CHF]", "12,500 CHF"),
    (-300, "#,##0;[Red]-#,##0", "-300"),
    (-300, "#,##0_);(#,##0)", "(300)"),
    (0.2, "0%", "20%"),
    (0.125, "0.0%", "12.5%"),
    (20, r"0\%", "20%"),
    (20, '0"%"', "20%"),
    (2_500_000, '0.0,,"M"', "2.5M"),
    (7, "000", "007"),
    (0.5, "#.00", ".50"),
    (2.125, "0.00", "2.13"),
    (2.5, "0.0##", "2.5"),
    (3, "General", "3"),
    (3, 'General" pcs"', "3 pcs"),
    (5, "@", "5"),
    (0.75, "# ?/?", "0.75"),
    (46356, "d mmm yyyy", "30 Nov 2026"),
    (46356, "yyyy-mm-dd", "2026-11-30"),
    (46356, "[$-409]dddd, mmmm d", "Monday, November 30"),
    (46356.5, "d/m/yy h:mm", "30/11/26 12:00"),
    (0.75, "h:mm AM/PM", "6:00 PM"),
    (1.5, "[h]:mm", "36:00"),
    (45, '[<50]0 "low";0 "high"', "45 low"),
    (55, '[<50]0 "low";0 "high"', "55 high"),
]


@pytest.mark.parametrize(("value", "code", "shown"), SHOWN)
def test_a_number_is_said_as_it_is_shown(value: float, code: str, shown: str) -> None:
    assert format_number(value, code) == shown


def test_it_is_said_in_the_figures_of_the_reader_s_language() -> None:
    with spelled(Spelling(decimal=",", group=".")):
        assert format_number(12500.5, '"€" #,##0.00') == "€ 12.500,50"


def test_days_are_counted_from_1904_where_the_workbook_does() -> None:
    assert format_number(0, "d mmm yyyy", since_1904=True) == "1 Jan 1904"
    assert format_number(1, "d mmm yyyy") == "1 Jan 1900"


@pytest.mark.parametrize(
    ("code", "percent"),
    [("0%", True), ("0.00 %", True), (r"0\%", False), ('0"%"', False), ("0", False)],
)
def test_an_escaped_sign_makes_no_percentage(code: str, *, percent: bool) -> None:
    assert is_percent(code) is percent


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (123_456_789_012.0, "123,456,789,012.00"),
        (99_999_999_999.99, "99,999,999,999.99"),
        (123_456_789_012.345, "123,456,789,012.35"),
        (1e15, "1,000,000,000,000,000.00"),
        (1.005, "1.01"),
    ],
)
def test_rounding_up_at_half_adds_nothing_to_a_large_number(
    value: float, shown: str
) -> None:
    assert format_number(value, "#,##0.00") == shown


def test_a_share_beyond_all_numbers_is_said_as_the_number() -> None:
    assert "inf" not in format_number(1e308, "0%")


@pytest.mark.property
@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text('0#?.,%;[]"\\_*@/ymdhsEAPMGeneral$€-407 <>=', max_size=20)
    | st.sampled_from(sorted(set(BUILT_IN.values()))),
)
def test_every_number_is_said_in_any_format(value: float, code: str) -> None:
    assert isinstance(format_number(value, code), str)
