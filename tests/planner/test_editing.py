"""Edits that change a draft's shape: add, remove, up, down, start, open."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.edits.edited import Edited
from planner.edits.examples import example
from planner.edits.quotations import quoted_at
from planner.plan.address import look_up, replaced, under
from planner.plan.document import FORMAT, read_draft
from planner.plan.errors import UnsupportedDocument
from tests import strategies
from tests.planner.changes import changed, edit, leaves, problems


def where(at: str, moved: Mapping[str, str | None]) -> str | None:
    """Where an answer stands after an edit, as the page works it out."""
    for old, new in moved.items():
        if at == old or at.startswith(f"{old}/"):
            return None if new is None else new + at.removeprefix(old)
    return at


def members(document: Any) -> list[str]:
    """The address of every member of every list."""
    places = ["/issues", "/moves", "/offers", "/alternatives/us", "/alternatives/them"]
    issues = look_up(document, "/issues") or []
    places += [f"/issues/{i}/options" for i in range(len(issues))]
    return [
        under(place, i)
        for place in places
        if isinstance(found := look_up(document, place), list)
        for i in range(len(found))
    ]


@st.composite
def edits(draw: st.DrawFn) -> tuple[dict[str, Any], str, str]:
    """A plan, an edit of one of its members, and that member."""
    document = draw(strategies.documents)
    assume(members(document))
    do = draw(st.sampled_from(["remove", "up", "down"]))
    return document, do, draw(st.sampled_from(members(document)))


@pytest.mark.property
class TestMoved:
    """``moved`` maps the old address of every member that moved to its new one."""

    @given(edits())
    def test_every_answer_that_survives_stands_where_it_says(
        self, case: tuple[dict[str, Any], str, str]
    ) -> None:
        """And no answer comes from nowhere."""
        document, do, at = case
        edited = edit(document, {do: at})

        kept = [(where(old, edited.moved), value) for old, value in leaves(document)]
        assert sorted((new, repr(value)) for new, value in kept if new is not None) == (
            sorted((new, repr(value)) for new, value in leaves(edited.document))
        )

    @given(edits())
    def test_an_edit_leaves_no_new_problem(
        self, case: tuple[dict[str, Any], str, str]
    ) -> None:
        document, do, at = case
        after = edit(document, {do: at}).document

        assert read_draft(after).problems == ()

    @strategies.slow
    @given(edits())
    def test_the_draft_given_is_not_changed(
        self, case: tuple[dict[str, Any], str, str]
    ) -> None:
        document, do, at = case
        before = json.dumps(document)

        edit(document, {do: at})

        assert json.dumps(document) == before

    @given(strategies.drafts, st.sampled_from(["remove", "up", "down"]), st.data())
    def test_a_draft_with_problems_can_be_edited(
        self, document: Any, do: str, data: st.DataObject
    ) -> None:
        places = members(document) or ["/issues/0"]
        at = data.draw(st.sampled_from(places))

        edited = edit(document, {do: at})

        assert edited.document["format"] == FORMAT


class TestChoose:
    def test_an_answer_is_given_and_taken_back(self, worked: dict[str, Any]) -> None:
        at = "/signals/threatens"
        given = edit(worked, {"choose": at, "said": "yes"})
        back = edit(given.document, {"choose": at, "said": ""})

        assert look_up(given.document, at) == "yes"
        assert given.focus is None
        assert read_draft(back.document).plan == read_draft(worked).plan

    def test_no_place_is_left_alone(self, worked: dict[str, Any]) -> None:
        assert edit(worked, {"choose": "", "said": "yes"}).document == worked


class TestStep:
    """A step is given answer by answer, and begins where its side stands."""

    STANDS: Mapping[str, str] = MappingProxyType(
        {"us/price": "€109", "us/service": "", "them/price": "€115"}
    )

    def test_the_next_one_begins_as_ours_and_where_we_stand(
        self, worked: dict[str, Any]
    ) -> None:
        do = {"step": "/moves/2/issue", "said": "price", "starts": {**self.STANDS}}
        edited = edit(worked, do)

        begun = {"by": "us", "issue": "price", "from": "€109"}
        assert look_up(edited.document, "/moves") == [*worked["moves"], begun]
        assert edited.focus is None

    def test_another_side_stands_elsewhere(self, worked: dict[str, Any]) -> None:
        """Also where both choices were made before the page was shown anew."""
        draft = worked
        for key, said in (("by", "them"), ("issue", "price")):
            do = {"step": f"/moves/2/{key}", "said": said, "starts": {**self.STANDS}}
            draft = edit(draft, do).document

        assert look_up(draft, "/moves/2/from") == "€115"

    def test_the_first_one_begins_the_list(self, empty: dict[str, Any]) -> None:
        do = {"step": "/moves/0/by", "said": "them", "starts": {}}

        assert edit(empty, do).document == empty | {"moves": [{"by": "them"}]}

    def test_another_issue_takes_along_no_option_of_the_last(
        self, worked: dict[str, Any]
    ) -> None:
        do = {"step": "/moves/0/issue", "said": "service", "starts": {**self.STANDS}}
        step = look_up(edit(worked, do).document, "/moves/0")

        assert step == {"round": 1, "by": "us", "issue": "service"} | {
            "why": worked["moves"][0]["why"]
        }

    def test_what_nothing_hangs_on_is_changed_alone(
        self, worked: dict[str, Any]
    ) -> None:
        do = {"step": "/moves/0/kind", "said": "facts", "starts": {}}
        step = look_up(edit(worked, do).document, "/moves/0")

        assert step == worked["moves"][0] | {"kind": "facts"}

    def test_a_choice_is_taken_back(self, worked: dict[str, Any]) -> None:
        do = {"step": "/moves/0/to", "said": "", "starts": {}}

        assert "to" not in look_up(edit(worked, do).document, "/moves/0")

    @pytest.mark.parametrize("at", ["/moves/3/by", "/moves/0/why", "/moves/-/by", "/x"])
    def test_no_other_place_is_written_to(
        self, worked: dict[str, Any], at: str
    ) -> None:
        do = {"step": at, "said": "us", "starts": {}}

        assert edit(worked, do).document == worked


class TestAdding:
    @pytest.mark.parametrize(
        ("do", "at", "focus"),
        [
            ({"add": "/issues", "blank": "agreement"}, "/issues/10", "name"),
            ({"add": "/issues", "blank": "relationship"}, "/issues/10", "name"),
            (
                {"add": "/issues/0/options", "blank": "option"},
                "/issues/0/options/5",
                "name",
            ),
            (
                {"add": "/alternatives/us", "blank": "alternative"},
                "/alternatives/us/1",
                "name",
            ),
            ({"add": "/offers", "blank": "offer"}, "/offers/2", "by"),
        ],
        ids=lambda value: str(value)[:60],
    )
    def test_a_blank_comes_last_and_its_first_answer_is_next(
        self, worked: dict[str, Any], do: dict[str, str], at: str, focus: str
    ) -> None:
        edited = edit(worked, do)

        assert look_up(edited.document, at) is not None
        assert edited.focus == f"{at}/{focus}"
        assert edited.moved == {}

    def test_in_an_empty_plan_as_well(self, empty: dict[str, Any]) -> None:
        edited = edit(empty, {"add": "/alternatives/them", "blank": "alternative"})

        assert edited.document == empty | {"alternatives": {"them": [{"name": ""}]}}

    def test_a_new_issue_has_an_id_of_its_own(self, empty: dict[str, Any]) -> None:
        document = changed(empty, {"/issues": [{"id": "issue-2"}]})
        for _ in range(3):
            add = {"add": "/issues", "blank": "agreement"}
            document = edit(document, add).document

        ids = [issue["id"] for issue in document["issues"]]
        assert len(set(ids)) == 4

    @pytest.mark.parametrize(
        "do",
        [
            {"add": "/issues"},
            {"add": "/issues", "blank": "option"},
            {"add": "/title", "blank": "option"},
            {"add": "", "blank": "option"},
            {"add": None, "blank": "option"},
            {"add": "/issues/x/options", "blank": "option"},
            {"add": "/" + "a/" * 5000, "blank": "move"},
        ],
        ids=lambda do: str(do)[:50],
    )
    def test_what_cannot_be_added_leaves_the_draft_as_it_is(
        self, worked: dict[str, Any], do: dict[str, str]
    ) -> None:
        assert edit(worked, do) == Edited(worked)


class TestRemoving:
    """Removing an issue or an option removes what quotes it."""

    def test_an_issue_takes_its_anchor_its_steps_and_its_terms_along(
        self, worked: dict[str, Any]
    ) -> None:
        after = edit(worked, {"remove": "/issues/0"}).document

        assert "money" not in after
        assert [move["issue"] for move in after["moves"]] == ["service"]
        assert all("price" not in offer["terms"] for offer in after["offers"])
        assert problems(after) == {}

    def test_an_option_takes_what_names_it_along(self, worked: dict[str, Any]) -> None:
        edited = edit(worked, {"remove": "/issues/0/options/3"})

        issue = edited.document["issues"][0]
        assert [option["name"] for option in issue["options"]] == [
            *("€118", "€115", "€112", "€106")
        ]
        assert "target" not in issue
        assert issue["limit"] == "€115"
        assert "to" not in edited.document["moves"][0]
        assert problems(edited.document) == {}

    def test_of_many_steps_the_right_ones_go(self, worked: dict[str, Any]) -> None:
        moves = [
            {"by": "us", "issue": "price" if i % 2 else "service", "round": i}
            for i in range(25)
        ]
        after = edit(replaced(worked, "/moves", moves), {"remove": "/issues/0"})

        assert [move["round"] for move in after.document["moves"]] == list(
            range(0, 25, 2)
        )
        assert where("/moves/24/round", after.moved) == "/moves/12/round"
        assert where("/moves/23/round", after.moved) is None

    def test_an_issue_without_an_id_takes_nothing_along(
        self, worked: dict[str, Any]
    ) -> None:
        document = changed(worked, {"/issues/9/id": None, "/moves/2": {"by": "us"}})
        del document["money"]["issue"]

        after = edit(document, {"remove": "/issues/9"}).document

        assert after["money"] == document["money"]
        assert after["moves"] == document["moves"]

    def test_the_reader_goes_on_at_the_list(self, worked: dict[str, Any]) -> None:
        assert edit(worked, {"remove": "/issues/9"}).focus == "/issues/relationship"
        assert edit(worked, {"remove": "/issues/0"}).focus == "/issues/agreement"
        assert edit(worked, {"remove": "/moves/0"}).focus == "/moves"

    @pytest.mark.parametrize(
        "at", ["", "/", "/title", "/future/us", "/issues/99", "/issues/-", "issues/0"]
    )
    def test_what_is_not_in_a_list_stays(self, worked: dict[str, Any], at: str) -> None:
        for do in ("remove", "up", "down"):
            assert edit(worked, {do: at}) == Edited(worked)


class TestMoving:
    def test_an_issue_changes_places_with_the_next_of_its_list(
        self, worked: dict[str, Any]
    ) -> None:
        document = changed(worked, {"/issues/1": worked["issues"][9]})
        document = replaced(document, "/issues/9", worked["issues"][1])

        edited = edit(document, {"down": "/issues/0"})

        assert edited.moved == {"/issues/0": "/issues/2", "/issues/2": "/issues/0"}
        assert edited.focus == "/issues/2/down"

    def test_up_and_down_again_is_where_it_was(self, worked: dict[str, Any]) -> None:
        up = edit(worked, {"up": "/issues/0/options/3"})

        assert up.document != worked
        assert edit(up.document, {"down": "/issues/0/options/2"}).document == worked

    @pytest.mark.parametrize(
        "do", [{"up": "/issues/0"}, {"down": "/issues/5"}, {"up": "/issues/6"}]
    )
    def test_the_first_stays_first_and_the_last_last(
        self, worked: dict[str, Any], do: dict[str, str]
    ) -> None:
        assert edit(worked, do) == Edited(worked)


class TestStartingOver:
    def test_from_the_example(self, empty: dict[str, Any]) -> None:
        assert edit(empty, {"start": "renewal"}).document == example("renewal")

    def test_empty_but_in_the_same_currency(self, worked: dict[str, Any]) -> None:
        document = replaced(worked, "/currency", "CHF")

        assert edit(document, {"start": "empty"}).document == {
            "format": FORMAT,
            "currency": "CHF",
        }

    def test_from_a_file(self, empty: dict[str, Any], worked: dict[str, Any]) -> None:
        edited = edit(empty, {"open": json.dumps(worked)})

        assert edited.document == worked
        assert edited.focus == "/title"

    def test_a_file_that_is_no_plan_is_refused(self, worked: dict[str, Any]) -> None:
        with pytest.raises(UnsupportedDocument):
            edit(worked, {"open": "Dear Alder"})

    @pytest.mark.parametrize("do", [{}, {"undo": "x"}, {"blank": "option"}])
    def test_what_is_no_edit_changes_nothing(
        self, worked: dict[str, Any], do: dict[str, str]
    ) -> None:
        assert edit(worked, do) == Edited(worked)


@pytest.mark.property
class TestRenaming:
    """Those answers follow when an option is renamed."""

    @given(strategies.documents, st.data())
    def test_renaming_with_its_quotations_leaves_no_problem(
        self, document: Any, data: st.DataObject
    ) -> None:
        options = [at for at in members(document) if "/options/" in at]
        assume(options)
        at = data.draw(st.sampled_from(options))
        places = [under(at, "name"), *quoted_at(document, at)]

        renamed = changed(document, dict.fromkeys(places, "Quite another name"))

        assert read_draft(renamed).problems == ()

    def test_it_is_quoted_in_all_these_places(self, worked: dict[str, Any]) -> None:
        assert quoted_at(worked, "/issues/0/options/4") == [
            "/money/to",
            "/moves/0/from",
            "/offers/0/terms/price",
        ]
        assert quoted_at(worked, "/issues/0/options/1") == [
            "/issues/0/limit",
            "/offers/1/terms/price",
        ]


def test_the_order_of_the_list_becomes_the_ranking(worked: dict[str, Any]) -> None:
    ranked = edit(worked, {"rank": "/issues"}).document

    assert ranked["ranking"] == [issue["id"] for issue in worked["issues"][:6]]
    assert "ranking" not in edit(ranked, {"rank": ""}).document
