"""A list that was saved comes back as it was, whatever language saved it."""

from base64 import b64decode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.advice.advice import advise
from planner.analyses.analysis import Analysis
from planner.edits.lists import Source, read_list
from planner.edits.sheets import as_csv, issue_rows, make_plan
from planner.plan.document import FORMAT, read_draft
from planner.plan.values import Plan
from planner.show.workbook import written
from planner.words.figures import Spelling, spelled
from tests.planner.test_respond import ask

LOCALES = {
    "en-GB": Spelling(),
    "de-DE": Spelling(decimal=",", group=".", before=False, gap="\u00a0"),
    "de-CH": Spelling(group="’"),
    "fr-FR": Spelling(decimal=",", group="\u202f", before=False, gap="\u00a0"),
    "sv-SE": Spelling(decimal=",", group="\u00a0", before=False, gap="\u00a0"),
    "pt-BR": Spelling(decimal=",", group=".", gap="\u00a0"),
    "pl-PL": Spelling(decimal=",", group="\u00a0", sizes=(3,), before=False),
    "hi-IN": Spelling(sizes=(3, 2)),
    "ja-JP": Spelling(),
    "ar-EG": Spelling(before=False, gap="\u00a0", share="\u200e%\u200e"),
}

names = st.one_of(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Cf", "Cn", "Co", "Zl", "Zp"]),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(
        [
            *("Total", "Notes: see below", "1.234", "12,5", "50%", "=1+1", "'=x", "-5"),
            *('"Gold" support', "a;b", "a,b", "a\tb|c", "Issue", "must", "_x0041_"),
            *("#", "2026-11-30", "مرحبا", "שירות 24/7", "価格", "Ω", "1e5", "yes"),
        ]
    ),
).map(lambda name: "".join(c for c in name.strip() if c.isprintable()).strip())
figures = st.none() | st.sampled_from([0, 100, 33.333, 12.125, 0.00001, 0.1 + 0.2])
weights = figures | st.integers(0, 100) | st.floats(0, 100).map(lambda x: round(x, 6))
points = (
    figures
    | st.integers(-(10**12), 10**12)
    | st.floats(-1e6, 1e6).map(lambda x: round(x, 4))
)


def distinct(texts: Any) -> Any:
    return st.lists(texts.filter(bool), unique_by=lambda name: name.casefold())


@st.composite
def issues(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Issues of a deal as a plan document holds them, all that a list can hold."""
    made = []
    for i, name in enumerate(draw(distinct(names).filter(len))[:6]):
        options = [
            {"name": option, "us": draw(points), "them": draw(points)}
            for option in draw(distinct(names))[:4]
        ]
        quoted = st.sampled_from([None, *(option["name"] for option in options)])
        weight = {"us": draw(weights), "them": draw(weights)}
        made.append(
            {"id": f"i{i}", "kind": "agreement", "name": name, "weight": weight}
            | {"options": options, "limit": draw(quoted), "target": draw(quoted)}
        )
    return made


def rows_in(data: bytes) -> list[list[Any]]:
    """The list in a file as a plan would hold it, in rows."""
    # As they stand in the file, which without points says not which end is better.
    reading = read_list(Source(data=data), {"order": "first"})
    assert reading.problems == reading.left_out == reading.asks == ()
    document = make_plan({"format": FORMAT}, reading.issues).document
    draft = read_draft(document)
    assert draft.problems == ()
    return rows_of(draft.plan)


def rows_of(plan: Plan) -> list[list[Any]]:
    return [[near(cell) for cell in row] for row in issue_rows(plan)]


def near(cell: Any) -> Any:
    """A number to 15 digits: a spreadsheet holds no more."""
    return float(f"{cell:.15g}") if isinstance(cell, float) else cell


@pytest.mark.property
class TestAListThatWasSaved:
    """It is the same list when it is read back, in every language."""

    @pytest.mark.parametrize("locale", LOCALES)
    @given(listed=issues())
    def test_as_text(self, locale: str, listed: list[dict[str, Any]]) -> None:
        plan = read_draft({"format": FORMAT, "issues": listed}).plan
        with spelled(LOCALES[locale]):
            text = as_csv(issue_rows(plan))
            assert rows_in(text.encode()) == rows_of(plan)

    @given(locale=st.sampled_from(sorted(LOCALES)), listed=issues())
    def test_as_a_workbook(self, locale: str, listed: list[dict[str, Any]]) -> None:
        plan = read_draft({"format": FORMAT, "issues": listed}).plan
        few = Plan(issues=plan.issues[:2])  # what is worked out of it takes time
        with spelled(LOCALES[locale]):
            analysis = Analysis(few)
            data = written(few, analysis, advise(analysis))
            assert rows_in(data) == rows_of(few)


@pytest.mark.parametrize(
    ("locale", "separator"), [("en-GB", ","), ("de-DE", ";"), ("de-CH", ";")]
)
def test_the_separator_is_that_of_the_language_and_is_said(
    locale: str, separator: str, worked: dict[str, Any]
) -> None:
    spelling = LOCALES[locale]
    said = {"decimal": spelling.decimal, "group": spelling.group}
    file = ask(plan=worked, give="issues.csv", locale=said)["file"]
    assert file["text"].removeprefix("\ufeff").startswith(f"Issue{separator}Weight")
    assert ("semicolons" in file["name"]) == (separator == ";")


def test_a_workbook_of_a_german_reader_comes_back(worked: dict[str, Any]) -> None:
    worked["issues"][0]["weight"]["us"] = 37.5
    german = {"decimal": ",", "group": "."}
    file = ask(plan=worked, give="plan.xlsx", locale=german)["file"]
    assert rows_in(b64decode(file["base64"])) == rows_of(read_draft(worked).plan)
