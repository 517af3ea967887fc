"""The page on speed tells the last measurement, all of it."""

import copy
import re

import pytest

from runtime.handbook import speed
from runtime.tools.building import built_site

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def page() -> str:
    return (built_site() / "reference/speed/index.html").read_text("utf-8")


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_every_figure_stands_there_beside_its_target(page: str) -> None:
    told = text_of(page)
    for target in speed.targets(speed.measured()):
        assert target.what in told
        assert target.found in told


def test_what_was_missed_says_why(page: str) -> None:
    told = text_of(page)
    for target in speed.missed(speed.measured()):
        assert speed.REASONS[target.key] in told


def test_a_figure_on_the_wrong_side_of_its_target_is_missed() -> None:
    data = copy.deepcopy(speed.measured())
    data["starts"]["bytes"]["ours"] = data["starts"]["bytes"]["bare"]
    data["presses"]["worked"]["median"] = 51
    data["lighthouse"]["home, desktop"]["scores"]["seo"] = 99
    missed = {target.key for target in speed.missed(data)}
    assert missed >= {"bytes", "press worked", "home, desktop seo"}


def test_a_figure_without_a_target_is_neither() -> None:
    told = {target.key: target.reached for target in speed.targets(speed.measured())}
    assert told["slow line"] is None
    assert told["again"] is None


def test_the_stages_of_a_start_add_up_to_the_whole() -> None:
    for name in speed.PROFILES:
        stages = speed.measured()["starts"][name]["stages"]
        parts = sum(took for _, took in speed.stages_of(stages))
        assert parts == pytest.approx(stages["total"])
