"""Every field says what it asks for, and where the handbook explains it."""

import re
from typing import Any

from planner.asking import asked, label
from planner.page import PANELS, field_id, link, panel, view
from tests.building import ROOT


def fields(worked: dict[str, Any], **settings: Any) -> dict[str, str]:
    """The HTML of the panel that holds each field, by the field's address."""
    shown = view(worked, own=True, **settings)
    return {
        at: html
        for html in (panel(name, shown) for name in PANELS)
        for at in re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', html)
    }


def test_every_field_has_a_label_and_a_heading(worked: dict[str, Any]) -> None:
    for at in fields(worked):
        known = asked(at)
        assert known is not None, at
        assert known.label, at
        assert re.fullmatch(r"method/[a-z/-]+\.md#[a-z0-9-]+", known.page), at


def test_every_heading_stands_in_the_handbook(worked: dict[str, Any]) -> None:
    for known in {asked(at) for at in fields(worked)}:
        assert known is not None
        page, _, heading = known.page.partition("#")
        text = (ROOT / "docs" / page).read_text("utf-8")
        named = re.findall(r"^#+ (.+?)(?: \{ #([\w-]+) \})?$", text, re.M)
        slugs = {
            own or re.sub(r"[^\w]+", "-", said.lower()).strip("-")
            for said, own in named
        }
        assert heading in slugs, known.page


def test_every_field_of_a_form_has_its_hint_and_its_link(
    worked: dict[str, Any],
) -> None:
    for at, html in fields(worked).items():
        known = asked(at)
        assert known is not None
        field = re.search(rf'<[^>]*id="{re.escape(field_id(at))}"[^>]*>', html)
        assert field, at
        assert link(known.page, "") in html, at
        if known.hint:
            described = re.search(r'aria-describedby="([^" ]+)', field[0])
            assert described, at
            assert f'id="{described[1]}"' in html, at


def test_the_fields_of_the_tables_are_those_of_the_forms(
    worked: dict[str, Any],
) -> None:
    in_tables = set(fields(worked, layout="tables"))
    extra = {"limit", "target", "basis"}  # asked for in the forms alone
    missing = set(fields(worked)) - in_tables
    assert {at.rpartition("/")[2] for at in missing} == extra


def test_an_address_that_no_form_asks_for_is_its_own_label() -> None:
    assert asked("/issues/0/nothing") is None
    assert label("/issues/0/nothing") == "/issues/0/nothing"
    assert label("/future/continue_chance") == "Chance of going on"
    assert label("/issues/3/options/2/name") == "Option 3"
