"""Fixtures that need neither a browser nor a built site."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from planner.examples import example

# Plans are large: a slow draw says something about the machine, not about a law.
settings.register_profile(
    "parley",
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("parley")


@pytest.fixture
def worked() -> dict[str, Any]:
    """The document of the worked plan, fresh for each test."""
    return example("renewal")


@pytest.fixture
def empty() -> dict[str, Any]:
    """The document of a plan in which nothing is answered yet."""
    return {"format": "negotiation-plan/1"}
