"""The plan document: what is read, what is kept, and what is said about the rest."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from planner.plan.address import look_up, parts, replaced, under
from planner.plan.document import (
    FORMAT,
    decode,
    parse,
    read_draft,
    read_plan,
    tidied,
    unknown_members,
    write_plan,
)
from planner.plan.errors import PlanError, PlannerError, UnsupportedDocument
from planner.plan.kinds import Estimated, Kind, Listing, Mapped, Record, Tagged
from planner.plan.limits import LIMITS, MOST_DEEP
from planner.plan.values import PLAN, Estimate, Plan
from tests import strategies
from tests.planner.changes import (
    changed,
    is_field,
    leaves,
    problems,
    without_nulls,
)

INSTRUCTION = re.compile(
    r"^(Answer|Another|Choose|Enter|Give|Keep|Put|Shorten|Write|\S+ could mean) ?"
)

# method.md#plan-document, with every field that it names, and none left out.
FULL: dict[str, Any] = {
    "format": FORMAT,
    "title": "Renewing the Alder packaging contract",
    "currency": "EUR",
    "us": {"name": "Northwind Foods", "role": "buyer"},
    "them": {"name": "Alder Packaging", "role": "seller"},
    "future": {
        "continue_chance": 0.8,
        "continue_chance_if_we_give": 0.9,
        "years": 7,
        "discount_rate": 0.1,
        "talking_costs": 4000,
        "growth": 0.02,
        "us": {
            "yearly_gain": 120000,
            "one_off_gain": 60000,
            "yearly_parts": [{"name": "Margin", "worth": 90000}],
            "one_off_parts": [{"name": "A price rise", "worth": 60000}],
            "monitoring_now": 30000,
            "monitoring_trusted": 9000,
            "basis": "told",
        },
        "them": {
            "yearly_gain": {"low": 20000, "likely": 50000, "high": 90000},
            "one_off_gain": 40000,
            "yearly_parts": [{"name": "Volume", "worth": 50000}],
            "one_off_parts": [{"name": "Slower payment", "worth": 40000}],
            "monitoring_now": 1000,
            "monitoring_trusted": 500,
            "basis": "guessed",
        },
    },
    "signals": {"shares-their-goals": True, "talks-only-about-price": False},
    "issues": [
        {
            "kind": "agreement",
            "id": "price",
            "name": "Price per 1,000 units",
            "basis": "told",
            "weight": {"us": 40, "them": 25},
            "options": [
                {"name": "€118", "us": 0, "them": 100},
                {"name": "€112", "us": 55, "them": 60},
                {"name": "€106", "us": 100, "them": 0},
            ],
            "limit": "€112",
            "target": "€106",
            "why": {"us": "The budget is fixed", "them": "Fibre costs more"},
            "verb": "come down on price",
        },
        {
            "kind": "relationship",
            "id": "trust",
            "name": "Continued trust and respect",
            "now": 4,
            "goal": 6,
            "we_offer": "Quarterly forecast",
            "we_ask": "Early word of shortages",
            "owner": "Ana",
            "by": "2026-12-15",
        },
    ],
    "money": {"issue": "price", "from": "€118", "to": "€106", "worth": 48000},
    "alternatives": {
        "us": [
            {
                "name": "Rebid",
                "value": 30000,
                "chance": 0.7,
                "cost": 2000,
                "terms": {"price": "€112"},
                "basis": "observed",
            }
        ],
        "them": [
            {
                "name": "Sell it elsewhere",
                "value": 45000,
                "chance": 0.6,
                "cost": 1000,
                "terms": {"price": "€118"},
                "basis": "told",
            }
        ],
    },
    "moves": [
        {
            "round": 1,
            "by": "us",
            "issue": "price",
            "from": "€106",
            "to": "€112",
            "kind": "goodwill",
            "why": "relationship",
            "in_return_for": "A forecast",
            "date": "2026-10-27",
        }
    ],
    "composing": {"price": "€112"},
    "offers": [
        {"round": 2, "by": "them", "date": "2026-11-02", "terms": {"price": "€118"}}
    ],
    "rounds": 5,
    "their_frame": 0.4,
    "ranking": ["price"],
    "comparisons": [
        {"first": {"price": "€118"}, "second": {"price": "€106"}, "prefer": "second"}
    ],
    "checks": {"cost": 8, "penalty": 20, "effort": 15, "a_year": 12},
    "mandate": True,
    "own_failure": "Two forecasts came late",
    "loss_if_betrayed": 25000,
    "outcome": {
        "agreed": True,
        "date": "2026-12-18",
        "terms": {"price": "€106"},
        "relationship": "same",
        "learned": "Ask about the moulds first",
    },
}

# The least document with the same lists: only what has to be given.
BARE: dict[str, Any] = {
    "format": FORMAT,
    "issues": [
        {
            "kind": "agreement",
            "id": "price",
            "name": "Price",
            "options": [{"name": "€118"}, {"name": "€112"}, {"name": "€106"}],
        },
        {"kind": "relationship", "id": "trust", "name": "Trust"},
    ],
    "future": {
        side: {"yearly_parts": [{}], "one_off_parts": [{}]} for side in ("us", "them")
    },
    "alternatives": {"us": [{}], "them": [{}]},
    "moves": [{}],
    "offers": [{}],
    "comparisons": [{}],
}

# No kind of answer can be this.
NONSENSE = ["what", "is", "this"]


@pytest.mark.property
class TestRoundTrips:
    """Reading what was written gives the same plan; unknown fields survive."""

    @given(strategies.plans)
    def test_reading_a_written_plan_gives_the_plan(self, plan: Plan) -> None:
        assert read_plan(write_plan(plan)) == plan

    @given(strategies.documents)
    def test_writing_a_read_document_gives_the_document(self, document: Any) -> None:
        assert write_plan(read_plan(document)) == document

    @given(strategies.documents)
    def test_a_written_plan_is_strict_json(self, document: Any) -> None:
        assert parse(json.dumps(document, allow_nan=False)) == document

    @given(strategies.documents)
    def test_what_was_written_is_already_tidy(self, document: Any) -> None:
        assert tidied(document) == document

    @given(strategies.drafts)
    def test_what_could_be_read_of_a_draft_is_read_again(self, document: Any) -> None:
        plan = read_draft(document).plan

        assert read_draft(write_plan(plan)).plan == plan


def test_an_empty_plan_is_written_as_its_format_alone() -> None:
    assert write_plan(Plan()) == {"format": FORMAT}
    assert read_plan({"format": FORMAT}) == Plan()


def test_the_worked_example_writes_back_itself_without_its_nulls(
    worked: dict[str, Any],
) -> None:
    assert problems(worked) == {}
    assert write_plan(read_plan(worked)) == without_nulls(worked)


class TestEveryField:
    """Every field of the format is read, checked, written and survives a round trip."""

    def test_the_full_document_holds_every_field_of_the_table(self) -> None:
        assert [at for at in _table(PLAN) if look_up(FULL, at) is None] == []

    def test_the_table_holds_every_field_of_the_full_document(self) -> None:
        assert _unread(read_plan(FULL)) == []

    def test_the_full_document_writes_back_itself(self) -> None:
        assert write_plan(read_plan(FULL)) == FULL

    @pytest.mark.parametrize("at", [at for at, _ in leaves(FULL) if at != "/format"])
    def test_each_answer_is_checked(self, at: str) -> None:
        assert list(problems(replaced(FULL, at, NONSENSE))) != []

    @pytest.mark.parametrize("at", [at for at, _ in leaves(FULL) if at != "/format"])
    def test_each_answer_can_be_left_out(self, at: str) -> None:
        found = problems(replaced(FULL, at, None))

        needed = at.startswith("/issues") and at.endswith(("/id", "/name", "/kind"))
        assert bool(found) == needed

    @pytest.mark.parametrize("at", [at for at, _ in leaves(FULL) if at != "/format"])
    def test_blank_text_is_not_an_answer(self, at: str) -> None:
        blank, absent = replaced(FULL, at, "  "), replaced(FULL, at, None)

        assert read_draft(blank) == read_draft(absent)


def _table(kind: Kind, at: str = "") -> list[str]:
    """The address of every answer that the table knows, in the full document."""
    match kind:
        case Record():
            return [p for f in kind.rows for p in _table(f.kind, under(at, f.key))]
        case Tagged():
            records = enumerate(kind.records.values())
            head = at.removesuffix("/0")
            return [p for i, r in records for p in _table(r, under(head, i))]
        case Listing():
            return _table(kind.item, under(at, 0))
        case Mapped():
            return [at]
        case Estimated():
            return [at]
    return [at]


def _unread(value: Any) -> list[Any]:
    """What a plan carries along without reading it."""
    if isinstance(value, tuple):
        return [u for member in value for u in _unread(member)]
    if not hasattr(value, "unread"):
        return []
    inner = (getattr(value, name) for name in type(value).__dataclass_fields__)
    return [*value.unread.items(), *(u for member in inner for u in _unread(member))]


def _objects(value: Any, at: str = "") -> Iterator[str]:
    """The address of every object in a document."""
    if isinstance(value, dict):
        yield at
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in members:
        if isinstance(member, dict | list):
            yield from _objects(member, under(at, key))


def test_the_places_of_the_table_are_those_of_the_full_document() -> None:
    given = {at for at, _ in leaves(FULL)} | set(_objects(FULL)) - {""}
    first = {
        re.sub(r"/\d+", "/0", at)
        for at in given
        if not re.search("/terms/|/composing/", at)
    }
    free = {at for at in first if at.startswith(("/signals/", "/comparisons/0/"))}
    places = set(PLAN.places(""))

    assert first - free - {"/format"} <= places
    assert all(is_field(at) for at in places if at)


# Where a reader gives the names, of signals and issues, and where the format does.
FREE = [
    *("/signals", "/offers/0/terms", "/outcome/terms"),
    *("/comparisons/0/first", "/comparisons/0/second", "/composing"),
    *("/alternatives/us/0/terms", "/alternatives/them/0/terms"),
]
HOLDERS = [at for at in _objects(FULL) if at not in FREE]


class TestUnknownFields:
    """Unknown fields survive a round trip, at every level."""

    @pytest.mark.parametrize("holder", HOLDERS)
    @pytest.mark.parametrize("value", [0, False, "", None, [], {}, {"a": [1, None]}])
    def test_a_field_of_a_later_version_is_kept(self, holder: str, value: Any) -> None:
        document = replaced(FULL, f"{holder}/later~1than this", value)

        assert write_plan(read_plan(document)) == document
        assert tidied(document) == document
        assert unknown_members(document) == [f"{holder}/later~1than this"]

    @pytest.mark.parametrize("holder", FREE)
    def test_a_name_of_the_reader_s_own_is_no_such_field(self, holder: str) -> None:
        document = replaced(FULL, f"{holder}/a name", "€118")

        assert unknown_members(document) == []

    @pytest.mark.property
    @given(strategies.documents)
    def test_all_that_is_carried_along_is_told(self, document: Any) -> None:
        told = unknown_members(document)

        assert len(told) == len(_unread(read_plan(document)))
        assert not any(is_field(at) for at in told)

    @pytest.mark.property
    @given(strategies.drafts | strategies.lookalikes)
    def test_what_is_told_of_any_draft_stands_there(self, document: Any) -> None:
        for at in unknown_members(document):
            home, _, _ = at.rpartition("/")
            assert parts(at)[-1] in look_up(document, home)

    def test_of_an_issue_without_a_kind_it_is_what_no_kind_has(self) -> None:
        issue = {"id": "a", "name": "A", "knd": "agreement", "limit": "x", "now": 4}

        told = unknown_members({"format": FORMAT, "issues": [issue]})
        assert told == ["/issues/0/knd"]

    @pytest.mark.parametrize("holder", HOLDERS[1:])
    def test_it_is_kept_where_nothing_else_is_answered(self, holder: str) -> None:
        document = replaced(BARE, f"{holder}/later", 1)

        assert look_up(write_plan(read_plan(document)), f"{holder}/later") == 1


class TestProblems:
    """All problems of a document are reported at once, each with its address."""

    def test_all_at_once(self, worked: dict[str, Any]) -> None:
        document = changed(
            worked,
            {
                "/future/continue_chance": 1.4,
                "/future/us/yearly_gain": "a lot",
                "/issues/0/weight/us": -5,
                "/issues/1/name": "",
                "/issues/3/name": "Replacing the worn moulds",
                "/issues/9/by": "soon",
            },
        )

        assert problems(document) == {
            "/future/continue_chance": "Enter a chance from 0 to 100%",
            "/future/us/yearly_gain": "Enter a number in digits, for example 120000",
            "/issues/0/weight/us": "Enter a number from 0 to 100",
            "/issues/1/name": "Give this issue a name",
            "/issues/3/name": "Another issue is called “Replacing the worn moulds”. "
            "Rename one",
            "/issues/9/by": "Enter a date as year-month-day, like 2026-12-15",
        }

    def test_read_plan_raises_them_all(self, worked: dict[str, Any]) -> None:
        document = changed(worked, {"/currency": 5, "/issues/0/limit": "€1"})

        with pytest.raises(PlanError) as caught:
            read_plan(document)

        assert caught.value.problems == read_draft(document).problems
        assert str(caught.value) == (
            "/currency: Write this in words; /issues/0/limit: "
            "Choose an option of Price per 1,000 trays: “€1” is none"
        )
        assert isinstance(caught.value, PlannerError)

    @pytest.mark.parametrize(
        ("at", "value", "says"),
        [
            ("/future/continue_chance", "140", "Enter a chance from 0 to 100%"),
            ("/future/continue_chance", "most likely", "Enter a chance from 0 to 100%"),
            ("/future/continue_chance", "1,2,3", "Enter a chance from 0 to 100%"),
            ("/future/continue_chance", True, "Enter a chance from 0 to 100%"),
            ("/future/discount_rate", -0.1, "Enter a yearly rate from 0 to 100%"),
            ("/future/growth", 2, "Enter a yearly rate from −100 to 100%"),
            ("/future/years", -1, "Enter a number of years from 0 to 100"),
            ("/future/us", 5, "Put an object in braces here"),
            ("/future/us/basis", "heard", "Choose one of: told, observed, guessed"),
            ("/issues", {}, "Put a list in brackets here"),
            ("/issues/0", "price", "Put an object in braces here"),
            ("/issues/0/kind", "deal", "Choose agreement or relationship"),
            ("/issues/0/id", None, "Give it an id"),
            ("/issues/0/options/0/name", " ", "Give this option a name"),
            ("/issues/0/weight/them", 101, "Enter a number from 0 to 100"),
            ("/issues/9/now", 8, "Enter a number from 1 to 7"),
            ("/signals", [], "Put an object in braces here"),
            ("/signals/shares-their-goals", "perhaps", "Answer yes or no"),
            ("/title", 5, "Write this in words"),
            ("/offers/0/by", "both", "Choose one of: us, them"),
        ],
    )
    def test_each_says_what_to_enter(
        self, worked: dict[str, Any], at: str, value: Any, says: str
    ) -> None:
        assert problems(replaced(worked, at, value))[at] == says

    def test_two_issues_of_one_name_are_told_apart_by_the_second(
        self, worked: dict[str, Any]
    ) -> None:
        found = problems(replaced(worked, "/issues/1/name", "price PER 1,000 trays"))

        assert list(found) == ["/issues/1/name"]

    def test_two_issues_of_one_id_cause_no_other_problem(
        self, worked: dict[str, Any]
    ) -> None:
        found = problems(replaced(worked, "/issues/5/id", "price"))

        assert found.pop("/issues/5/id") == (
            "Another issue has the id “price”. Change one"
        )
        assert set(found) == {"/offers/0/terms/duties", "/offers/1/terms/duties"}

    def test_two_options_of_one_name_are_told_apart_by_the_second(
        self, worked: dict[str, Any]
    ) -> None:
        found = problems(replaced(worked, "/issues/0/options/2/name", "€118"))

        assert found == {
            "/issues/0/options/2/name": "Another option is called “€118”. Rename one"
        }

    @pytest.mark.parametrize(
        ("at", "value"),
        [
            ("/issues/0/limit", "€1"),
            ("/issues/0/target", "€1"),
            ("/money/from", "€1"),
            ("/money/to", "€1"),
            ("/money/issue", "prize"),
            ("/moves/0/from", "€1"),
            ("/moves/0/to", "€1"),
            ("/moves/0/issue", "prize"),
            ("/offers/1/terms/price", "€1"),
            ("/offers/1/terms/prize", "€118"),
            ("/composing/price", "€1"),
            ("/composing/prize", "€118"),
        ],
    )
    def test_what_quotes_an_issue_or_an_option_quotes_one_that_is_there(
        self, worked: dict[str, Any], at: str, value: str
    ) -> None:
        assert list(problems(replaced(worked, at, value))) == [at]

    def test_the_limit_of_an_issue_without_an_id_is_checked_too(
        self, worked: dict[str, Any]
    ) -> None:
        changes = {"/issues/2/id": None, "/issues/2/target": "Neither"}

        assert "/issues/2/target" in problems(changed(worked, changes))

    def test_a_future_without_bound_asks_for_a_rate_or_a_term(
        self, worked: dict[str, Any]
    ) -> None:
        unbound = changed(
            worked, {"/future/continue_chance": 1, "/future/discount_rate": 0}
        )

        assert list(problems(unbound)) == ["/future/discount_rate"]
        assert problems(replaced(unbound, "/future/years", 5)) == {}

    @pytest.mark.parametrize("side", ["us", "them"])
    def test_chances_that_exclude_each_other_sum_to_1_at_most(
        self, worked: dict[str, Any], side: str
    ) -> None:
        """And without those that take the sum over it, what is left is counted on."""
        chances = (0.9, 0.35, 0.1, 0.3)
        document = replaced(
            worked,
            f"/alternatives/{side}",
            [{"value": 40000, "chance": chance} for chance in chances],
        )

        says = (
            "Enter a lower chance here or above: only one of these can happen, so "
            "together they are at most 100%"
        )
        assert problems(document) == {
            f"/alternatives/{side}/{i}/chance": says for i in (1, 3)
        }
        known = getattr(read_draft(document).plan.alternatives, side)
        assert [a.chance for a in known] == [0.9, None, 0.1, None]

    @pytest.mark.parametrize("chances", [(1.0,), (0.7, 0.2, 0.1), (0.0, 1.0, None)])
    def test_chances_of_all_that_can_happen_are_no_problem(
        self, worked: dict[str, Any], chances: tuple[float | None, ...]
    ) -> None:
        ours = [{"value": 40000, "chance": chance} for chance in chances]

        assert problems(replaced(worked, "/alternatives/us", ours)) == {}

    def test_an_estimate_rises(self, worked: dict[str, Any]) -> None:
        likely = "/future/them/yearly_gain/likely"
        document = replaced(worked, likely, 100)

        assert problems(document) == {
            likely: "Put low, likely and high in rising order"
        }
        gain = read_draft(document).plan.future.them.yearly_gain
        assert gain == Estimate(low=20000, high=90000)

    @pytest.mark.property
    @given(strategies.drafts | strategies.lookalikes)
    def test_messages_are_instructions(self, document: Any) -> None:
        """Never “invalid”, never “please”; the page adds the full stop."""
        for problem in read_draft(document).problems:
            ours = re.sub("“.*”", "“…”", problem.says, flags=re.DOTALL)
            assert INSTRUCTION.match(ours), ours
            assert not re.search("invalid|please|error|must", ours, re.IGNORECASE)
            assert not ours.endswith((".", "!", " "))

    @pytest.mark.property
    @given(strategies.drafts | strategies.lookalikes)
    def test_an_answer_has_one_problem_at_most(self, document: Any) -> None:
        found = [problem.at for problem in read_draft(document).problems]

        assert len(found) == len(set(found))


class TestUnreadableAnswers:
    """An answer that needs another look counts as not given; the rest still works."""

    @pytest.mark.property
    @given(strategies.lookalikes | strategies.drafts)
    def test_any_object_of_the_right_format_is_read(self, document: Any) -> None:
        draft = read_draft(document)

        assert isinstance(draft.plan, Plan)

    @pytest.mark.parametrize(
        ("at", "value"),
        [
            ("/future/continue_chance", "140"),
            ("/future/us/yearly_gain", "a lot"),
            ("/issues/0/weight/us", -5),
            ("/issues/0/limit", "€1"),
            ("/issues/1/name", 5),
            ("/issues/9/by", "soon"),
            ("/money/issue", "prize"),
            ("/offers/1/terms/price", "€1"),
            ("/title", {"a": 1}),
        ],
    )
    def test_it_is_as_if_it_had_not_been_given(
        self, worked: dict[str, Any], at: str, value: Any
    ) -> None:
        doubtful = read_draft(replaced(worked, at, value)).plan
        absent = read_draft(replaced(worked, at, None)).plan

        assert doubtful == absent

    @pytest.mark.property
    @given(strategies.lookalikes | strategies.drafts)
    def test_the_plan_is_that_of_the_document_without_it(self, document: Any) -> None:
        draft = read_draft(document)
        for problem in draft.problems:
            if not isinstance(look_up(document, problem.at), dict | list):
                document = replaced(document, problem.at, None)
        answers = {key: value for key, value in document.items() if key != "format"}

        assert draft.plan == PLAN.read(answers, "", lambda at, says: None)

    def test_an_estimate_upside_down_is_not_given(self, worked: dict[str, Any]) -> None:
        at = "/future/them/yearly_gain"
        draft = read_draft(replaced(worked, at, {"low": 5, "high": 1}))

        assert [problem.at for problem in draft.problems] == [f"{at}/likely"]
        assert draft.plan.future.them.yearly_gain is None


def test_absent_is_unknown_and_never_zero() -> None:
    plan = read_plan({"format": FORMAT, "future": {"growth": 0}})

    assert plan.future.growth == 0
    assert plan.future.continue_chance is None
    assert plan.future.us.one_off_gain is None
    assert plan.future.us.yearly_gain is None


class TestTidying:
    """What can be read is written as the planner writes it; the rest stays as typed."""

    @pytest.mark.parametrize(
        ("at", "typed", "tidy"),
        [
            ("/future/continue_chance", "80", 0.8),
            ("/future/continue_chance", "80 %", 0.8),
            ("/future/continue_chance", "82,5", 0.825),
            ("/future/us/yearly_gain", "€60 000", 60000),
            ("/issues/0/weight/us", "40.0", 40),
            pytest.param("/issues/0/weight/us", 40.0, 40, id="a float for a whole"),
            ("/title", "  Renewal ", "Renewal"),
            ("/issues/9/by", "20261215", "2026-12-15"),
        ],
    )
    def test_what_can_be_read_is_written_in_one_way(
        self, worked: dict[str, Any], at: str, typed: Any, tidy: Any
    ) -> None:
        after = look_up(tidied(replaced(worked, at, typed)), at)

        assert after == tidy
        assert type(after) is type(tidy)

    @pytest.mark.parametrize("typed", ["140", "many", "1,2,3", "", None, -3, [], {}])
    def test_what_cannot_be_read_stays_as_typed(
        self, worked: dict[str, Any], typed: Any
    ) -> None:
        at = "/future/continue_chance"

        assert look_up(tidied(replaced(worked, at, typed)), at) == typed

    @pytest.mark.property
    @given(strategies.drafts)
    def test_tidying_changes_no_answer_and_no_problem(self, document: Any) -> None:
        assert read_draft(tidied(document)) == read_draft(document)

    @pytest.mark.property
    @given(strategies.drafts)
    def test_tidying_twice_is_tidying_once(self, document: Any) -> None:
        assert tidied(tidied(document)) == tidied(document)

    @pytest.mark.property
    @given(strategies.drafts)
    def test_nothing_that_was_typed_is_lost(self, document: Any) -> None:
        """A single figure for their gain goes to the middle of its three fields."""
        gain = "/future/them/yearly_gain"

        def fields(drafted: Any) -> list[str]:
            found = [at for at, _ in leaves(drafted)]
            return [gain if at == f"{gain}/likely" else at for at in found]

        assert fields(tidied(document)) == fields(document)


GATE = Path(__file__).parents[2] / "overrides/assets/border/gate.mjs"


def _is_too_deep(text: str) -> bool:
    try:
        decode(text)
    except RecursionError:
        return True
    return False


class TestLimits:
    """Over a limit there is a clear problem, and nothing is lost."""

    @pytest.mark.parametrize(
        ("at", "member", "most", "says"),
        [
            ("/issues", {"kind": "agreement"}, 60, "Keep at most 60 issues"),
            ("/issues/0/options", {"us": 1}, 30, "Keep at most 30 options"),
            ("/moves", {"by": "us"}, 500, "Keep at most 500 moves"),
            ("/offers", {"by": "us"}, 100, "Keep at most 100 offers"),
            ("/alternatives/us", {"value": 1}, 100, "Keep at most 100 alternatives"),
        ],
    )
    def test_a_list_has_a_length(
        self, worked: dict[str, Any], at: str, member: Any, most: int, says: str
    ) -> None:
        full = replaced(worked, at, [member] * most)
        over = replaced(worked, at, [member] * (most + 1))

        assert at not in problems(full)
        assert problems(over)[at] == f"{says}; there are {most + 1}"
        assert tidied(over) == over

    @pytest.mark.parametrize(
        ("at", "least", "most"),
        [
            ("/moves/0/round", 0, 10_000),
            ("/offers/0/round", 0, 10_000),
            ("/rounds", 1, 10_000),
        ],
    )
    def test_a_round_has_a_range(
        self, worked: dict[str, Any], at: str, least: int, most: int
    ) -> None:
        says = f"Enter a number from {least} to {most}"

        assert problems(replaced(worked, at, least)) == {}
        assert problems(replaced(worked, at, most)) == {}
        assert problems(replaced(worked, at, least - 1)) == {at: says}
        assert problems(replaced(worked, at, most + 1)) == {at: says}

    @pytest.mark.parametrize("kind", ["return", "goodwill", "forced", "facts"])
    def test_a_step_has_one_of_four_kinds(
        self, worked: dict[str, Any], kind: str
    ) -> None:
        at = "/moves/0/kind"

        assert problems(replaced(worked, at, kind)) == {}
        assert list(problems(replaced(worked, at, f"{kind}s"))) == [at]

    @pytest.mark.parametrize(("at", "most"), [("/title", 200), ("/moves/0/why", 10000)])
    def test_a_text_has_a_length(
        self, worked: dict[str, Any], at: str, most: int
    ) -> None:
        over = replaced(worked, at, "x" * (most + 1))

        assert problems(replaced(worked, at, "x" * most)) == {}
        assert problems(over) == {at: f"Shorten this to {most} characters or fewer"}
        assert tidied(over) == over

    def test_a_file_has_a_size(self) -> None:
        text = json.dumps({"format": FORMAT, "note": "€"}, ensure_ascii=False)
        fits = text + " " * (2**20 - len(text.encode()))

        assert parse(fits)["note"] == "€"
        with pytest.raises(UnsupportedDocument, match="over 1 MiB"):
            parse(fits + " ")

    @pytest.mark.parametrize("levels", [1, MOST_DEEP, MOST_DEEP + 1, 900])
    def test_a_file_has_a_depth(self, levels: int) -> None:
        lists = levels - 1  # in the document, which is a level itself
        text = f'{{"format": "{FORMAT}", "x": {"[" * lists}5{"]" * lists}}}'
        if levels <= MOST_DEEP:
            assert parse(text)["format"] == FORMAT
        else:
            with pytest.raises(UnsupportedDocument, match="nested too deep"):
                parse(text)

    @pytest.mark.parametrize("depth", [MOST_DEEP - 1, MOST_DEEP, MOST_DEEP + 1, 5000])
    def test_the_page_lets_in_what_python_reads(self, depth: int) -> None:
        """Python's own check is another one: JavaScript's would not survive it."""
        texts = [
            "[" * depth + "]" * depth,
            "[" * depth + "5" + "]" * depth,
            '{"a":' * depth + "{}" + "}" * depth,
            '{"a":' * depth + "null" + "}" * depth,
            '[1,{"]": "[[{{"},' * depth + "[]" + "]" * depth,
            f'["{"[" * depth}", "\\"{"{" * depth}"]',
        ]
        script = f"""
            globalThis.PARLEY_LIMITS = {json.dumps(dict(LIMITS))};
            const {{ excessOf }} = await import({json.dumps(GATE.as_uri())});
            const {{ readFileSync }} = await import("node:fs");
            const texts = JSON.parse(readFileSync(0, "utf8"));
            console.log(JSON.stringify(texts.map((text) => excessOf(text) === "deep")));
        """
        ran = subprocess.run(
            ["node", "--input-type=module", "--eval", script],
            input=json.dumps(texts),
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )

        assert json.loads(ran.stdout) == [_is_too_deep(text) for text in texts]

    def test_a_document_as_large_as_it_may_be_is_read(self) -> None:
        options = [{"name": f"o{i}", "us": i, "them": 30 - i} for i in range(30)]
        weight = {"us": 50, "them": 50}
        issue = {"kind": "agreement", "weight": weight, "options": options}
        document = {
            "format": FORMAT,
            "issues": [issue | {"id": f"i{i}", "name": f"I{i}"} for i in range(60)],
            "moves": [{"round": i, "by": "us", "issue": "i0"} for i in range(500)],
        }

        assert len(read_plan(parse(json.dumps(document))).moves) == 500


class TestNumbers:
    """Numbers are finite."""

    @pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
    def test_what_json_does_not_know_is_not_json(self, number: str) -> None:
        with pytest.raises(UnsupportedDocument, match="not JSON"):
            parse(f'{{"format": "{FORMAT}", "title": {number}}}')

    @pytest.mark.parametrize(
        "number",
        ["1e999", "-1e999", "9" * 5000, "1" + "0" * 400],
        ids=lambda number: f"{number[:9]} of {len(number)}",
    )
    def test_one_that_is_too_big_is_a_problem_and_is_kept(self, number: str) -> None:
        at = "/future/us/one_off_gain"
        written = json.dumps(replaced({"format": FORMAT}, at, "?"))
        document = parse(written.replace('"?"', number))

        assert list(problems(document)) == [at]
        assert look_up(tidied(document), at) == number
        json.dumps(tidied(document), allow_nan=False)

    @pytest.mark.parametrize("number", ["1e999", "9" * 5000])
    def test_an_unknown_field_may_hold_one_as_text(self, number: str) -> None:
        document = parse(f'{{"format": "{FORMAT}", "later": {number}}}')

        assert write_plan(read_plan(document)) == {"format": FORMAT, "later": number}

    @pytest.mark.parametrize(
        "number",
        [float("nan"), float("inf"), 1e16, pytest.param(10**5000, id="long")],
    )
    def test_nobody_else_can_bring_one_in(
        self, worked: dict[str, Any], number: float
    ) -> None:
        at = "/future/us/one_off_gain"

        assert list(problems(replaced(worked, at, number))) == [at]


class TestOtherFiles:
    """A file that is no plan is answered with what to choose instead."""

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("", "This file is not JSON. Choose a plan file"),
            ("Dear Alder", "This file is not JSON. Choose a plan file"),
            ('{"format": "negotiation-plan/1",}', "This file is not JSON"),
            ("[" * 100_000, "This file is nested too deep for a plan"),
            ('{"format":' * 100_000, "This file is nested too deep for a plan"),
            ("[]", "This file is not a plan. A plan starts with “format”"),
            ("5", "This file is not a plan"),
            ("null", "This file is not a plan"),
            ("{}", "This file is not a plan"),
            ('{"format": "negotiation-plan/2"}', "has the format “negotiation-plan/2”"),
            ('{"format": null}', "has the format “None”"),
            ('{"format": ["negotiation-plan/1"]}', "This file has the format"),
            ('{"format": "' + "x" * 900 + '"}', "Choose one of the format"),
        ],
        ids=lambda text: repr(text[:30]),
    )
    def test_it_is_refused_with_an_instruction(self, text: str, says: str) -> None:
        with pytest.raises(UnsupportedDocument) as caught:
            parse(text)

        assert says in caught.value.problem.says
        assert caught.value.problem.at == ""
        assert len(caught.value.problem.says) < 250
        assert not caught.value.problem.says.endswith(".")

    @pytest.mark.parametrize("document", [None, 5, "plan", [], {}, {"format": "x"}])
    def test_reading_refuses_it_as_well(self, document: Any) -> None:
        with pytest.raises(UnsupportedDocument):
            read_draft(document)

    def test_a_byte_order_mark_does_no_harm(self) -> None:
        assert parse('\ufeff{"format": "negotiation-plan/1"}') == {"format": FORMAT}

    def test_depth_where_nothing_is_read_does_no_harm(self) -> None:
        deep: Any = None
        for _ in range(500):
            deep = [deep]

        assert problems({"format": FORMAT, "later": deep}) == {}
        assert list(problems({"format": FORMAT, "title": deep})) == ["/title"]
