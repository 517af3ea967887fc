"""Each term is defined once, in a sentence, and can be read where it is used."""

import re
from typing import Any

import pytest

from planner.show.page import PANELS, SavedPlan, panel, view
from planner.words.glossary import GLOSSARY
from tests.headings import headings


@pytest.mark.parametrize("key", GLOSSARY)
def test_a_term_is_a_sentence_with_a_heading_behind_it(key: str) -> None:
    term = GLOSSARY[key]
    assert term.means[0].isupper()
    assert term.means.endswith(".")
    assert term.says.startswith(term.means)
    assert all(name in term.says for name in term.also)
    page, _, heading = term.page.partition("#")
    assert heading in headings(page)


def test_no_term_is_defined_twice() -> None:
    names = [name for term in GLOSSARY.values() for name in (term.name, *term.also)]
    assert len(set(names)) == len(names)


def test_every_word_that_opens_a_meaning_has_it(worked: dict[str, Any]) -> None:
    html = "".join(panel(name, view(worked, own=True)) for name in PANELS)
    opened = re.findall(r'popovertarget="([^"]+)"', html)
    meanings = re.findall(r'popover id="([^"]+)"', html)
    assert opened
    assert sorted(opened) == sorted(meanings)
    assert len(set(meanings)) == len(meanings)


def test_every_term_opens_somewhere_and_no_panel_of_the_method_is_without(
    worked: dict[str, Any],
) -> None:
    over = worked | {"outcome": {"agreed": True, "terms": worked["offers"][1]["terms"]}}
    plans = tuple(
        SavedPlan(id=id, title=id, changed=0, current=id == "this")
        for id in ("this", "that")
    )
    shown = [
        view(plan, own=True, plans=plans, trial={"/future/years": "3"})
        for plan in (worked, over)
    ]
    opened = {
        name: {
            term
            for each in shown
            for term in re.findall(
                r'popovertarget="term-([a-z-]+)-\w+"', panel(name, each)
            )
        }
        for name in PANELS
    }
    assert set().union(*opened.values()) == set(GLOSSARY)
    for name in ("theirs", "check", "whatif", "compare", "review"):
        assert opened[name], name
