"""The JSON Schema and the reader go by one table."""

from typing import Any

import jsonschema
import pytest
from hypothesis import given

from planner.plan.kinds import Kind, Listing, Mapped, Record, Tagged
from planner.plan.schema import schema
from planner.plan.values import PLAN
from tests import strategies

VALIDATOR = jsonschema.Draft202012Validator(
    schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)


def test_the_schema_is_a_schema() -> None:
    VALIDATOR.check_schema(schema())


@pytest.mark.property
@given(strategies.documents)
def test_every_plan_that_we_write_is_valid(document: dict[str, Any]) -> None:
    VALIDATOR.validate(document)


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"format": "negotiation-plan/2"}, "/format"),
        ({"future": {"continue_chance": 1.4}}, "/future/continue_chance"),
        ({"currency": "a currency"}, "/currency"),
        ({"issues": [{"kind": "agreement", "id": "a"}]}, "/issues/0"),
        ({"issues": [{"kind": "other", "id": "a", "name": "A"}]}, "/issues/0"),
        ({"offers": [{"date": "tomorrow"}]}, "/offers/0/date"),
        ({"moves": [{}] * 501}, "/moves"),
    ],
)
def test_a_document_that_breaks_it_is_told_where(change: Any, at: str) -> None:
    document = {"format": "negotiation-plan/1"} | change

    found = VALIDATOR.iter_errors(document)

    assert ["".join(f"/{key}" for key in error.absolute_path) for error in found] == [
        at
    ]


def test_the_schema_names_the_same_fields_as_the_table() -> None:
    described = schema()
    assert described["required"] == ["format"]
    del described["properties"]["format"]

    assert _named(described) == _fields(PLAN)


def test_every_field_is_described() -> None:
    def undescribed(part: Any, at: str) -> list[str]:
        own = part.get("properties", {})
        inner = [p for k, v in own.items() for p in undescribed(v, f"{at}/{k}")]
        return [f"{at}/{k}" for k, v in own.items() if not v.get("description")] + inner

    assert undescribed(schema(), "") == []


def _fields(kind: Kind) -> Any:
    """The names of a kind's fields, as a tree."""
    match kind:
        case Record():
            return {row.key: _fields(row.kind) for row in kind.rows}
        case Tagged():
            return [{kind.key: None} | _fields(r) for r in kind.records.values()]
        case Listing() | Mapped():
            return [_fields(kind.item)]
    return None


def _named(part: dict[str, Any]) -> Any:
    """The names of a schema's properties, as the same tree."""
    if "oneOf" in part:
        return [_named(choice) for choice in part["oneOf"]]
    if "properties" in part:
        return {key: _named(member) for key, member in part["properties"].items()}
    inner = part.get("items") or part.get("additionalProperties")
    return [_named(inner)] if inner else None
