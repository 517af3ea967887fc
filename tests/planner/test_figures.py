"""How a number that a person typed is read, and how one is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.words.figures import (
    ENGLISH,
    Spelling,
    count,
    money,
    percent,
    plain,
    points,
    read_number,
    spelled,
    times_as_much,
)

READ = {
    "0": 0,
    "7": 7,
    "007": 7,
    "-5": -5,
    "−5": -5,
    "+5": 5,
    " 12 ": 12,
    "5.": 5,
    ".5": 0.5,
    ",5": 0.5,
    "-.5": -0.5,
    "0.5": 0.5,
    "0,5": 0.5,
    "0.125": 0.125,
    "0,125": 0.125,
    "2.50": 2.5,
    "1.2340": 1.234,
    "1234": 1234,
    "1234.5": 1234.5,
    "1234,5": 1234.5,
    "1234,567": 1234.567,
    "1 234": 1234,
    "1 234,5": 1234.5,
    "1 234 567.89": 1234567.89,
    "1\u00a0234": 1234,
    "1\u202f234": 1234,
    "1'234.5": 1234.5,
    "1’234’567": 1234567,
    "1,234.5": 1234.5,
    "1.234,5": 1234.5,
    "1,234,567": 1234567,
    "1,23,456": 123456,  # grouped as in India
    "12,34,567.5": 1234567.5,
    "1.234.567": 1234567,
    "1.234.567,8": 1234567.8,
    "€5": 5,
    "5 €": 5,
    "€1,234.5": 1234.5,
    "EUR 120000": 120000,
    "120000 EUR": 120000,
    "$ 1 000 000": 1000000,
    "9" * 40: 1e40,
}
AMBIGUOUS = ["1,234", "1.234", "12,345", "123.456", "-1,234", "€1,234", "1.234 EUR"]
UNREADABLE = (
    *("", " ", "abc", "12a", "a12", "-", "+", ".", ",", "--5", "1e5", "1e999", "0x10"),
    *("inf", "nan", "NaN", "Infinity", "1_000", "12 34", "1.2.3", "½"),
    *("1,234.567,8", "5 %", "five", "9" * 41, "9" * 5000),
)


@pytest.mark.parametrize(("text", "value"), READ.items(), ids=repr)
def test_a_number_is_read_as_people_write_it(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_a_number_that_could_be_two_is_a_question(text: str) -> None:
    with pytest.raises(ValueError, match=r"could mean .* or .*\. Write the one"):
        read_number(text)


def test_the_question_names_both_and_either_answer_can_be_typed() -> None:
    with pytest.raises(ValueError, match=r"1,234 could mean 1234 or 1\.2340"):
        read_number("1,234")

    assert read_number("1234") == 1234
    assert read_number("1.2340") == 1.234


@pytest.mark.parametrize("text", UNREADABLE, ids=lambda t: f"{t[:9]!r} of {len(t)}")
def test_what_is_no_number_is_answered_with_an_instruction(text: str) -> None:
    with pytest.raises(ValueError, match="Enter a number in digits"):
        read_number(text)


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        (48000, "EUR", "€48,000"),
        (-300, "EUR", "−€300"),
        (-0.4, "EUR", "€0"),
        (0.5, "EUR", "€0"),
        (999.6, "GBP", "£1,000"),
        (1234567.4, "USD", "$1,234,567"),
        (48000, "CHF", "48,000 CHF"),
        (-48000, "CHF", "−48,000 CHF"),
        (48000, None, "48,000"),
        (48000, "", "48,000"),
    ],
)
def test_money_is_said_in_whole_units(
    amount: float, currency: str | None, said: str
) -> None:
    assert money(amount, currency) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.8, "80%"), (0.825, "82.5%"), (1, "100%"), (0, "0%"), (1 / 3, "33.3%")],
)
def test_a_share_is_said_in_percent_to_a_tenth(share: float, said: str) -> None:
    assert percent(share) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(1, "1 point"), (0.6, "1 point"), (0, "0 points"), (71.4, "71 points")],
)
def test_points_are_whole_and_one_is_singular(value: float, said: str) -> None:
    assert points(value) == said


@pytest.mark.parametrize(
    ("ratio", "said"),
    [(1.0, "as much"), (1.04, "as much"), (1.5, "1.5 times as much")],
)
def test_a_ratio_is_told_to_a_tenth_and_never_as_one_times(
    ratio: float, said: str
) -> None:
    assert times_as_much(ratio) == said


@pytest.mark.parametrize(
    ("value", "said"), [(120000.0, "120000"), (2.5, "2.5"), (0.1 + 0.2, "0.3")]
)
def test_a_plain_number_stands_as_somebody_would_type_it(
    value: float, said: str
) -> None:
    assert plain(value) == said
    assert read_number(plain(value)) == pytest.approx(value)


@pytest.mark.parametrize("amount", [-300.0, -0.5, 12.0, 999.0])
@pytest.mark.parametrize("currency", ["EUR", "CHF", None])
def test_an_amount_without_thousands_is_read_as_it_is_said(
    amount: float, currency: str | None
) -> None:
    assert read_number(money(amount, currency)) == round(amount)


GERMAN = Spelling(decimal=",", group=".", before=False, gap="\u00a0", share="\u00a0%")
INDIAN = Spelling(sizes=(3, 2))
SPANISH = Spelling(decimal=",", group="", before=False, gap=" ", share=" %")


@pytest.mark.parametrize(
    ("spelling", "said"),
    [
        (ENGLISH, ["€1,234,568", "−€300", "82.5%", "2.5", "20,000", "7 CHF"]),
        (
            GERMAN,
            [
                "1.234.568\u00a0€",
                "−300\u00a0€",
                "82,5\u00a0%",
                "2,5",
                "20.000",
                "7\u00a0CHF",
            ],
        ),
        (INDIAN, ["€12,34,568", "−€300", "82.5%", "2.5", "20,000", "7 CHF"]),
        (SPANISH, ["1234568 €", "−300 €", "82,5 %", "2,5", "20000", "7 CHF"]),
    ],
)
def test_a_figure_is_said_as_the_reader_s_language_writes_it(
    spelling: Spelling, said: list[str]
) -> None:
    with spelled(spelling):
        assert said == [
            money(1234567.8, "EUR"),
            money(-300, "EUR"),
            percent(0.825),
            plain(2.5),
            count(20000),
            money(7, "CHF"),
        ]
    assert plain(2.5) == "2.5"


@given(st.integers(0, 10**15), st.sampled_from([ENGLISH, GERMAN, INDIAN, SPANISH]))
def test_the_groups_of_a_figure_hold_its_digits(value: int, spelling: Spelling) -> None:
    with spelled(spelling):
        assert count(value).replace(spelling.group, "") == str(value)
