"""RFC 6901, as far as a plan document needs it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.plan.address import look_up, parts, replaced, under
from tests import strategies
from tests.planner.changes import leaves
from tests.plans import fixed_plan

WORKED = fixed_plan("renewal")

# The document and the pointers of RFC 6901, section 5.
RFC = {
    "foo": ["bar", "baz"],
    "": 0,
    "a/b": 1,
    "c%d": 2,
    "e^f": 3,
    "g|h": 4,
    "i\\j": 5,
    'k"l': 6,
    " ": 7,
    "m~n": 8,
}
POINTERS = {
    "": RFC,
    "/foo": ["bar", "baz"],
    "/foo/0": "bar",
    "/": 0,
    "/a~1b": 1,
    "/c%d": 2,
    "/e^f": 3,
    "/g|h": 4,
    "/i\\j": 5,
    '/k"l': 6,
    "/ ": 7,
    "/m~0n": 8,
}


@pytest.mark.parametrize(("at", "value"), POINTERS.items(), ids=repr)
def test_an_address_is_read_as_the_standard_says(at: str, value: Any) -> None:
    assert look_up(RFC, at) == value


@pytest.mark.parametrize(
    "at", ["/foo/2", "/foo/-", "/foo/01", "/foo/\u0660", "/foo/-1", "/no", "/foo/0/x"]
)
def test_where_there_is_nothing_nothing_is_found(at: str) -> None:
    assert look_up(RFC, at) is None


def test_an_index_of_any_length_is_only_a_place_that_is_not_there() -> None:
    far = "/foo/" + "9" * 5000

    assert look_up(RFC, far) is None
    assert replaced(RFC, far, 1) == RFC


@pytest.mark.property
class TestReplacing:
    """Looking up where a value was put gives that value, and the rest stays."""

    @given(strategies.addresses, strategies.json_values)
    def test_what_was_put_is_found(self, at: str, value: Any) -> None:
        assert look_up(replaced({}, at, value), at) == value

    @given(st.sampled_from([at for at, _ in leaves(WORKED)]), strategies.json_values)
    def test_the_rest_of_the_document_stays(self, at: str, value: Any) -> None:
        after = replaced(WORKED, at, value)

        assert replaced(after, at, look_up(WORKED, at)) == WORKED
        assert fixed_plan("renewal") == WORKED

    @given(strategies.addresses)
    def test_the_keys_along_an_address_make_it_again(self, at: str) -> None:
        assert under("", *parts(at)) == at


def test_the_next_index_appends_and_one_beyond_changes_nothing() -> None:
    assert replaced({"a": [1]}, "/a/1", 2) == {"a": [1, 2]}
    assert replaced({"a": [1]}, "/a/-", 2) == {"a": [1, 2]}
    assert replaced({"a": [1]}, "/a/2", 2) == {"a": [1]}
