"""The rows of the sheet at rest: options in our order, dots for weights, words."""

from typing import Any

import pytest

from planner.plan.address import replaced
from planner.show.page import view
from planner.show.sheet import DOTS, MOST_CHIPS, DealRow
from tests.planner.changes import changed
from tests.plans import fixed_plan


def row(document: dict[str, Any], at: str = "/issues/0") -> DealRow:
    return view(document).deal_row(at, "Price")


class TestOptions:
    def test_stand_best_first_however_they_were_typed(self) -> None:
        plan = fixed_plan("renewal")
        options = plan["issues"][0]["options"]
        turned = replaced(plan, "/issues/0/options", options[::-1])
        ours = sorted(options, key=lambda option: -option["us"])

        for document in (plan, turned):
            assert [c.name for c in row(document).chips] == [o["name"] for o in ours]

    def test_without_points_stand_as_typed(self) -> None:
        names = ["€106", "€112", "€118"]
        options = [{"name": name} for name in names]
        plan = replaced(fixed_plan("renewal"), "/issues/0/options", options)

        assert [chip.name for chip in row(plan).chips] == names

    def test_say_which_is_the_limit_the_target_and_beyond(self) -> None:
        chips = {chip.name: chip for chip in row(fixed_plan("renewal")).chips}

        assert chips["€115"].marks == ("limit",)
        assert chips["€109"].marks == ("target",)
        assert [name for name, chip in chips.items() if chip.beyond] == ["€118"]
        assert "beyond your limit" in chips["€118"].said

    def test_that_are_composed_are_marked_as_chosen(self) -> None:
        plan = fixed_plan("renewal") | {"composing": {"price": "€112"}}

        assert row(plan).chosen == "€112"
        assert row(fixed_plan("renewal")).chosen == ""

    def test_are_a_list_where_they_are_many_or_long(self) -> None:
        plan = fixed_plan("renewal")
        many = [{"name": f"€{n}"} for n in range(MOST_CHIPS + 1)]
        long = [{"name": f"{n} {'word ' * 10}"} for n in range(2)]

        assert row(plan).in_a_line
        assert not row(replaced(plan, "/issues/0/options", many)).in_a_line
        assert not row(replaced(plan, "/issues/0/options", long)).in_a_line

    def test_of_the_second_issue_of_one_id_cannot_be_composed(self) -> None:
        plan = replaced(fixed_plan("renewal"), "/issues/1/id", "price")

        assert row(plan).at == "/composing/price"
        assert row(plan, "/issues/1").at is None


class TestDots:
    @pytest.mark.parametrize(
        ("weight", "filled", "says"),
        [
            (20, 1, ""),
            (100, DOTS, ""),
            (35, 2, "35"),
            (29, 1, "29"),
            (3, 1, "3"),
            (0, 0, "0"),
            (None, None, "assumed"),
        ],
    )
    def test_show_the_nearest_and_the_figure_that_they_cannot(
        self, weight: float | None, filled: int | None, says: str
    ) -> None:
        plan = replaced(fixed_plan("renewal"), "/issues/0/weight/us", weight)
        ours = row(plan).dots[0]

        assert (ours.filled, ours.says) == (filled, says)

    def test_say_that_a_ranking_stands_in_for_weights(self) -> None:
        plan = fixed_plan("renewal")
        ids = [issue["id"] for issue in plan["issues"] if issue["kind"] == "agreement"]
        bare = {f"/issues/{i}/weight/us": None for i in range(len(ids))}
        ranked = changed(plan, {**bare, "/ranking": ids})

        assert row(ranked).dots[0].says == "by rank"

    def test_are_said_in_words_for_a_card(self) -> None:
        weights = {"/issues/0/weight/us": 100, "/issues/0/weight/them": None}

        assert row(changed(fixed_plan("renewal"), weights)).matters == "you 5 · they ?"
