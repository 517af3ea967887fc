"""The workshop's game is added up by hand, and what the host tells of it is right."""

import re
from itertools import product

import pytest

from runtime.handbook import game as told
from runtime.handbook.game import Deal, Game, Issue

GAME = Game(
    issues=(
        Issue(
            name="Price",
            options=("high", "low"),
            us=(0, 60),
            them=(50, 0),
            within=(0, 1),
        ),
        Issue(
            name="Date",
            options=("late", "soon"),
            us=(0, 10),
            them=(40, 0),
            within=(0, 1),
        ),
        Issue(
            name="Lab", options=("no", "yes"), us=(0, 30), them=(0, 10), within=(0, 1)
        ),
    ),
    leave_us=20,
    leave_them=15,
)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Game:
    monkeypatch.setattr(told, "game", lambda plan="renewal": GAME)
    return GAME


def cells(table: str) -> list[list[str]]:
    return [line[2:-2].split(" | ") for line in table.splitlines()[2:]]


def test_a_deal_is_the_sum_of_its_options() -> None:
    assert GAME.deal((1, 0, 1)) == Deal(chosen=(1, 0, 1), us=90, them=50)


def test_the_efficient_deals_are_those_that_nothing_beats() -> None:
    every = list(GAME.deals())
    unbeaten = {
        deal.chosen
        for deal in every
        if not any(
            other.us >= deal.us and other.them >= deal.them and other != deal
            for other in every
        )
    }
    assert {deal.chosen for deal in GAME.efficient()} == unbeaten


def test_the_fair_deal_has_the_greatest_product_of_gains() -> None:
    gains = [(deal.us - 20) * (deal.them - 15) for deal in GAME.deals()]
    fair = GAME.fair()
    assert (fair.us - 20) * (fair.them - 15) == max(gains)


def test_no_deal_that_is_worse_than_leaving_is_told(small: Game) -> None:
    for row in cells(told.game_deals())[1:]:
        assert int(row[1]) >= GAME.leave_us
        assert int(row[2]) >= GAME.leave_them
        assert int(row[3]) == int(row[1]) + int(row[2])


@pytest.mark.parametrize("side", ["us", "them"])
def test_a_card_has_a_whole_number_for_every_option(small: Game, side: str) -> None:
    rows = cells(told.game_card(side))

    assert [row[1] for row in rows] == [o for i in GAME.issues for o in i.options]
    assert all(re.match(r"\*\*\d+\*\*", row[2]) for row in rows)


def test_the_workshops_game_is_whole_and_can_be_played() -> None:
    """There are deals that both can sign, and halfway is not the best of them."""
    played = told.game()
    every = [
        played.deal(chosen) for chosen in product(*(i.within for i in played.issues))
    ]

    assert 0 < len(list(played.deals())) < len(every)
    for points in ("us", "them"):
        for issue in played.issues:
            assert min(getattr(issue, points)) == 0
    assert played.halfway().us + played.halfway().them < max(
        d.us + d.them for d in every
    )


def test_a_plan_without_a_walk_away_is_no_game(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unknown:
        walk_away_points = None

    class View:
        analysis = Unknown

    monkeypatch.setattr(told, "worked", lambda plan: View)
    with pytest.raises(ValueError, match="walk-away"):
        told.game.__wrapped__("renewal")
