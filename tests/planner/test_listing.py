"""Things in a sentence: one, two and three, and how many more there are."""

import pytest

from planner.words.listing import listed


@pytest.mark.parametrize(
    ("things", "most", "says"),
    [
        ([], None, ""),
        (["Price"], None, "Price"),
        (["Price", "Notice"], None, "Price and Notice"),
        (["Price", "Notice", "Stock"], 3, "Price, Notice and Stock"),
        (
            ["Price", "Notice", "Stock", "Duty", "Moulds"],
            3,
            "Price, Notice, Stock and 2 more",
        ),
    ],
)
def test_things_are_named_as_a_sentence_names_them(
    things: list[str], most: int | None, says: str
) -> None:
    assert listed(things, most) == says
