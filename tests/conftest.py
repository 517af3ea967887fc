"""Fixtures that need neither a browser nor a built site."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from runtime.tools.building import builds
from tests.plans import fixed_plan

# Plans are large: a slow draw says something about the machine, not about a law.
# The examples follow from the test alone, so that a commit passes always or never;
# `make hunt` draws others, and many more, and what it finds becomes a test.
settings.register_profile(
    "parley",
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile(
    "hunt",
    settings.get_profile("parley"),
    max_examples=1_000,
    derandomize=False,
    print_blob=True,
)
settings.load_profile("parley")


def pytest_configure() -> None:
    """Name the folder of shared builds before other processes of the run start."""
    builds()


@pytest.fixture
def worked() -> dict[str, Any]:
    """The document of a plan in which everything is answered, fresh for each test."""
    return fixed_plan("renewal")


@pytest.fixture
def empty() -> dict[str, Any]:
    """The document of a plan in which nothing is answered yet."""
    return {"format": "negotiation-plan/1"}
