"""What the tests of the site's macros share."""

from collections.abc import Iterator

import pytest

from runtime.handbook import facts
from runtime.handbook import worked as plans
from tests.plans import fixed_plan


@pytest.fixture
def fixed_plans(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the macros tell plans whose figures are known by hand."""
    monkeypatch.setattr(plans, "example", fixed_plan)
    monkeypatch.setattr(facts, "example", fixed_plan)
    plans.worked.cache_clear()
    yield
    plans.worked.cache_clear()
