"""What comes from outside meets the same limits in the page and in Python."""

import json
import re
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from planner.plan.document import parse, to_json
from planner.plan.errors import UnsupportedDocument
from planner.plan.limits import MOST_BYTES, MOST_LINK, MOST_NODES
from planner.respond import REFUSALS, respond
from tests.fuzz import LinkReader, link_of
from tests.plans import fixed_plan, largest_plan


@pytest.fixture(scope="module")
def page() -> Iterator[LinkReader]:
    """The page's own scripts."""
    with LinkReader.started() as reader:
        yield reader


class TestTheLargestPlan:
    """Full in every list, and as long as a document may be."""

    def test_what_is_saved_is_let_in_and_opened(self, page: LinkReader) -> None:
        plan = largest_plan()
        asked = {"plan": plan, "panels": ["problems"], "give": "plan.json"}
        answer = json.loads(respond(json.dumps(asked)))
        text = answer["file"]["text"]

        assert answer["problems"] == []
        assert len(text.encode()) == MOST_BYTES
        assert page.excess_of(text) is None
        opened = {"plan": fixed_plan("sale"), "do": {"open": text}, "panels": ["plan"]}
        answer = json.loads(respond(json.dumps(opened)))
        assert not answer["refused"]
        assert answer["plan"] == plan

    def test_one_letter_more_is_told_while_it_can_be_mended(self) -> None:
        plan = largest_plan()
        plan["title"] += "x"
        answer = json.loads(respond(json.dumps({"plan": plan, "panels": ["problems"]})))

        [problem] = answer["problems"]
        assert problem["at"] == ""
        assert "1 MiB" in problem["says"]

    def test_a_smaller_one_is_saved_to_be_read(self) -> None:
        assert "\n  " in to_json(fixed_plan("sale"))


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_page_and_python_let_in_as_many_values(page: LinkReader, more: int) -> None:
    document = fixed_plan("first-plan") | {"x": []}
    spare = MOST_NODES - _values(document) + more
    text = json.dumps(document | {"x": [0] * spare})
    excess = None
    try:
        parse(text)
    except UnsupportedDocument as error:
        excess = error.problem.says

    assert page.excess_of(text) == ("much" if more > 0 else None)
    assert excess == (REFUSALS["much"] if more > 0 else None)


def _values(value: Any) -> int:
    members = value.values() if isinstance(value, dict) else value
    return 1 + sum(map(_values, members)) if isinstance(value, dict | list) else 1


@pytest.mark.parametrize("more", [0, 1])
def test_page_and_python_let_in_as_many_bytes(page: LinkReader, more: int) -> None:
    text = json.dumps(fixed_plan("sale") | {"x": "€"}, ensure_ascii=False)
    text += " " * (MOST_BYTES - len(text.encode()) + more)

    assert page.excess_of(text) == ("large" if more else None)
    if more:
        with pytest.raises(UnsupportedDocument, match="1 MiB"):
            parse(text)
    else:
        assert parse(text)["x"] == "€"


class TestALink:
    LINK = link_of(fixed_plan("sale"))

    @pytest.mark.parametrize(
        "behind",
        [
            *(")", ">", ").", "”", "’,", "]", "}", "!", "?", ";", " ", "\n", "*", "…"),
            *("&utm_source=mail", "?utm_source=x&utm_medium=y%20z", "&fbclid=Iw-A_1"),
        ],
    )
    def test_what_other_programs_set_behind_it_is_left_off(
        self, page: LinkReader, behind: str
    ) -> None:
        found = page.read(self.LINK + behind)
        assert json.loads(found["text"]) == fixed_plan("sale")

    def test_every_end_that_is_cut_off_is_called_that(self, page: LinkReader) -> None:
        start = self.LINK.rindex(".") + 1
        for end in range(start, len(self.LINK)):
            assert page.read(self.LINK[:end]) == {"refused": "cut"}, end

    def test_a_change_of_any_letter_is_no_other_plan(self, page: LinkReader) -> None:
        start = self.LINK.rindex(".") + 1
        for at in range(start, len(self.LINK)):
            other = "A" if self.LINK[at] != "A" else "B"
            found = page.read(self.LINK[:at] + other + self.LINK[at + 1 :])
            assert found.get("refused") in {"changed", "cut"} or json.loads(
                found["text"]
            ) == fixed_plan("sale")

    DAMAGES: ClassVar[dict[str, tuple[str, str, str]]] = {
        "a later version": (r"p=1", "p=2", "newer"),
        "another checksum": (r"\.[0-9a-f]{8}\.", ".00000000.", "changed"),
        "an escape within": (r"^(.{60})", r"\1%20", "changed"),
        "a line break within": (r"^(.{60})", r"\1=\r\n", "changed"),
        "a lower length": (r"1\.\d+", "1.9", "changed"),
        "a length over the limit": (r"1\.\d+", f"1.{MOST_BYTES + 1}", "large"),
        "no plan at all": (r"p=.*", "p=hello", "garbled"),
        "nothing but a version": (r"1\..*", "1", "cut"),
        "more than is opened": (r"$", "A" * MOST_LINK, "lengthy"),
    }

    @pytest.mark.parametrize("damage", DAMAGES)
    def test_damage_is_named_by_its_cause(self, page: LinkReader, damage: str) -> None:
        pattern, new, cause = self.DAMAGES[damage]
        damaged = re.sub(pattern, new, self.LINK)
        assert damaged != self.LINK
        assert page.read(damaged) == {"refused": cause}
        assert cause in REFUSALS
