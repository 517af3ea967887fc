"""Lists that negotiators have: what is found in each, left out, and asked."""

import contextlib
import io
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from planner.analyses.analysis import Analysis
from planner.edits.lists import MOST_TOLD, FoundIssue, Reading, Source, read_list
from planner.edits.sheets import make_plan
from planner.plan.document import FORMAT, read_draft
from planner.plan.errors import UnsupportedDocument
from planner.plan.limits import MOST_ROWS

PATIENCE = 10.0  # s: what hangs takes minutes; a busy machine a few seconds
if sys.platform == "emscripten":  # where it is the clock's, on a core that others share
    PATIENCE *= 20
FIGURES = ("weight/us", "weight/them", "us", "them")
CASES = Path(__file__).parents[1] / "cases" / "lists"
THREE = {
    "Price": (50, 30, [("118", 0, 100), ("106", 100, 0)]),
    "Term": (30, 20, [("1 year", 0, 100), ("3 years", 100, 0)]),
    "Service": (20, 50, [("Basic", 0, 100), ("Full", 100, 0)]),
}
GERMAN = {
    "Kündigungsfrist": (37.5, 20, [("3 Monate", 0, 100), ("12 Monate", 100, 0)]),
    "Gewährleistung": (
        *(62.5, 80),
        [("1 Jahr – Basis", 12.5, 100), ("3 Jahre „voll“", 100, 0)],
    ),
}


def weighed(**weights: tuple[float | None, float | None]) -> dict[str, Any]:
    """Issues without options, by their names."""
    return {name.replace("_", " "): (*both, []) for name, both in weights.items()}


def between(us: int, them: int, worst: str, best: str) -> tuple[Any, ...]:
    """An issue with two options, the first the worst to us and the best to them."""
    return us, them, [(worst, 0, 100), (best, 100, 0)]


FOUND: Mapping[str, dict[str, Any]] = {
    "01-formula-with-value.xlsx": THREE,
    "02-merged-down.xlsx": THREE,
    "02b-merged-title.xlsx": THREE,
    "04-formatted-options.xlsx": {
        "Payment": between(40, 30, "30 days", "60 days"),
        "Fee": between(40, 30, "€ 12,500", "€ 9,000"),
        "Start": between(20, 20, "30 Nov 2026", "15 Jan 2027"),
        "Discount": between(20, 20, "5%", "10%"),
    },
    "05-filtered-rows.xlsx": {k: v for k, v in THREE.items() if k != "Service"},
    "06-second-sheet.xlsx": THREE,
    "06b-hidden-first-sheet.xlsx": THREE,
    "07-title-rows.xlsx": THREE,
    "07b-title-row.csv": weighed(Price=(40, 60), Term=(60, 40)),
    "08-unknown-header.csv": weighed(
        Uptime_in_practice=(None, None),
        Run_time=(None, None),
        Upkeep_after_a_change=(None, None),
        Team_cost=(None, None),
    ),
    "09-windows-1252.csv": GERMAN,
    "10-utf16le-bom.txt": GERMAN,
    "10b-utf16be-bom.csv": GERMAN,
    "11-sep-line.csv": GERMAN,
    "12-clipboard-commas.tsv": {
        "Delivery, installed, tested": (40, None, []),
        "Warranty, parts, labour": (20, None, []),
    },
    "12b-commas-in-semicolon.csv": {
        "Delivery, installed, tested, insured": (40, None, []),
        "Warranty, parts, labour, travel": (60, None, []),
    },
    "13b-clipboard-quoted-word.tsv": {
        '"Gold" support': (30, 20, []),
        "Delivery": (10, 10, []),
    },
    "14-clipboard-percent.tsv": weighed(
        Price=(50, None), Term=(20, None), Service=(30, None)
    ),
    "20-tiny-numbers.xlsx": weighed(Price=(50, 0), Term=(0.3, 0.00001)),
    "21-far-row.xlsx": weighed(Price=(50, None), Term=(50, None)),
    "22-trailing-columns.csv": {"Price": between(40, 25, "118", "106")},
    "28-total-row.csv": weighed(Price=(60, 40), Term=(40, 60)),
}
LEFT_OUT = {
    "02b-merged-title.xlsx": "“Negotiation sheet, renewal”, row 1",
    "05-filtered-rows.xlsx": "“Service”, rows 6 and 7",
    "07-title-rows.xlsx": "“Owner Procurement”, row 2",
    "07b-title-row.csv": "“Table 1”, row 1",
    "28-total-row.csv": "“Total”, row 4",
}


WORKBOOKS = CASES.parent / "workbooks"
PRICE = [("€118", 0, 100), ("€112", 55, 60), ("€106", 100, 0)]


def plainly(*names: str) -> list[tuple[str, None, None]]:
    """Options without points."""
    return [(name, None, None) for name in names]


# Workbooks of the kinds that people use, as openpyxl and LibreOffice save them, and
# what is left out of each or asked, as far as it matters.
USED: Mapping[str, tuple[dict[str, Any], list[str]]] = {
    "weighted-scoring": (
        {
            "Price": (40, None, []),
            "Delivery reliability": (25, None, []),
            "Quality assurance": (20, None, []),
            "After-sales service": (15, None, []),
        },
        ["“Total”, row 8", "column D “Alder”", "column E “Birch”"],
    ),
    "rfp-matrix": (
        {
            "Price fixed for 24 months": (100, None, []),
            "Payment within 60 days": (60, None, []),
            "Volume rebate": (20, None, []),
            "Liability capped at the contract value": (100, None, []),
            "Notice of 3 months": (60, None, []),
            "Named contact": (20, None, []),
            "Answer within 4 hours": (100, None, []),
        },
        ["Column A “Section”", "Column E “Comment”"],
    ),
    "should-could-must": (
        {
            "Delivery in 10 days": (100, None, []),
            "Price under 115": (100, None, []),
            "Monthly forecast": (60, None, []),
            "Joint press release": (20, None, []),
            "Exclusivity": (0, None, []),
        },
        [],
    ),
    "two-parties": (
        {
            "Price": (50, 30, plainly("€106", "€118")),
            "Term": (20, 40, plainly("3 years", "1 year")),
            "Support": (30, 30, plainly("24/7", "office hours")),
        },
        [],
    ),
    "percent-weights": (
        weighed(Price=(35, 20), Delivery=(15, 50), Warranty=(50, 30)),
        [],
    ),
    "pivoted-options": (
        {
            "Price": (None, None, plainly("€ 118", "€ 112", "€ 106")),
            "Payment": (None, None, plainly("14 days", "30 days", "60 days")),
            "Start": (None, None, plainly("1 Mar 2027", "1 Feb 2027", "1 Jan 2027")),
        },
        [],
    ),
    "notes-and-totals": (
        {
            "Price": (60, None, PRICE),
            "Delivery": (40, None, [("5 days", 100, 0), ("10 days", 0, 100)]),
        },
        ["“Please do not send on”, row 3", "“Total”, row 11", "“Points are ours”"],
    ),
    "german": (
        {
            "Kündigungsfrist": (
                *(37.5, None),
                [("3 Monate", 0, None), ("12 Monate", 100, None)],
            ),
            "Gewährleistung": (
                *(62.5, None),
                [("1 Jahr", 12.5, None), ("3 Jahre", 100, None)],
            ),
        },
        ["“Summe”, row 7"],
    ),
    "cover-and-hidden": (
        weighed(Price=(60, 30), Term=(40, 70)),
        ["“Dropped”, row 4", "column D"],
    ),
    "side-by-side": (
        weighed(Price=(50, 35), Volume=(20, 45), Quality=(30, 20)),
        [],
    ),
    "options-in-one-cell": (
        {
            "Liability": (
                *(None, None),
                plainly("1 × contract value", "2 × contract value", "unlimited"),
            ),
            "Venue": (None, None, plainly("London", "Vienna")),
            "IP": (None, None, plainly("ours", "shared", "theirs")),
        },
        [],
    ),
    "group-rows": (
        weighed(Price=(40, 20), Rebate=(20, 30), Liability=(25, 30), Notice=(15, 20)),
        ["“A. Commercial”, row 2", "“B. Legal”, row 5", "“Subtotal”, row 8"],
    ),
}


def read_case(name: str, **choices: str) -> Reading:
    file = CASES / name
    if "clipboard" in name:
        return read_list(Source(text=file.read_text("utf-8")), choices)
    return read_list(Source(name=name, data=file.read_bytes()), choices)


def read_text(text: str, **choices: str) -> Reading:
    return read_list(Source(text=text), choices)


def told(issues: tuple[FoundIssue, ...]) -> dict[str, Any]:
    """What was found, as the cases tell it."""
    return {
        issue.name: (
            issue.us,
            issue.them,
            [(option.name, option.us, option.them) for option in issue.options],
        )
        for issue in issues
    }


class TestTheCases:
    @pytest.mark.parametrize("name", FOUND)
    def test_it_comes_in_as_its_owner_meant(self, name: str) -> None:
        reading = read_case(name)

        assert told(reading.issues) == FOUND[name]
        assert reading.problems == ()

    @pytest.mark.parametrize("name", LEFT_OUT)
    def test_what_is_left_out_is_said(self, name: str) -> None:
        assert any(LEFT_OUT[name] in line for line in read_case(name).left_out)

    @pytest.mark.parametrize("name", sorted(set(FOUND) - set(LEFT_OUT)))
    def test_nothing_is_left_out_of_the_others(self, name: str) -> None:
        assert read_case(name).left_out == ()

    def test_every_case_is_here(self) -> None:
        other = {"19-negative-points.csv", "23-rtl.json"}
        assert {file.name for file in CASES.iterdir()} == FOUND.keys() | other

    def test_a_column_of_shares_is_asked_about(self) -> None:
        name = "08-unknown-header.csv"
        asks = read_case(name).asks
        assert [ask[:27] for ask in asks] == [
            f"What is in column {letter} “{heading}"[:27]
            for letter, heading in (
                ("B", "weight”"),
                ("C", "vendor A”"),
                ("D", "vendor B”"),
            )
        ]
        chosen = read_case(name, **{"column-1": "weight/us"})
        assert [issue.us for issue in chosen.issues] == [20, 10, 30, 40]

    def test_points_that_carry_the_weights_give_them(self) -> None:
        reading = read_case("19-negative-points.csv")
        assert [note.rpartition(": ")[2] for note in reading.notes] == [
            "6000, 1600, 2000",
            "6000, 4000, 1200",
        ]
        counted = self._analysis(reading).counted
        picked = (1, 2, 2)  # 86000, August, 10%
        us = sum(score.us[i] for score, i in zip(counted, picked, strict=True))
        them = sum(score.them[i] for score, i in zip(counted, picked, strict=True))
        assert (round(us, 2), round(them, 2)) == (52.08, 62.5)

    def test_the_ranges_can_be_declined(self) -> None:
        reading = read_case("19-negative-points.csv", ranges="no")
        assert {(issue.us, issue.them) for issue in reading.issues} == {(None, None)}

    def test_ranges_that_were_declined_are_not_assumed_in_the_plan(self) -> None:
        """Equal weights are, as on any list without; each issue's points keep ratio."""
        taken, declined = (
            self._analysis(read_case("19-negative-points.csv", ranges=choice))
            for choice in ("yes", "no")
        )

        assert not declined.filled.by_range
        assert {round(score.swing_us, 6) for score in declined.counted} == {
            round(100 / 3, 6)
        }
        assert len({score.swing_us for score in taken.counted}) == 3
        for before, after in zip(taken.counted, declined.counted, strict=True):
            kept = [points / before.swing_us * after.swing_us for points in before.us]
            assert after.us == pytest.approx(kept, abs=0.01)

    @staticmethod
    def _analysis(reading: Reading) -> Analysis:
        document = make_plan({"format": FORMAT}, reading.issues).document
        draft = read_draft(document)
        assert draft.problems == ()
        return Analysis(draft.plan)

    def test_points_that_were_stretched_are_said_to_be(self) -> None:
        notes = read_case("19-negative-points.csv", ranges="no").notes

        assert all("run from 0 to 100" in note for note in notes)
        assert [note.count("6000") for note in notes] == [1, 1]

    def test_what_was_found_is_said_in_figures(self) -> None:
        says = read_case("01-formula-with-value.xlsx").says
        assert says == "3 issues, 2 options each, weights for both"


@pytest.mark.parametrize("program", ["openpyxl", "libreoffice"])
class TestWorkbooksThatPeopleUse:
    """Each comes in with no choice to make."""

    @pytest.mark.parametrize("name", USED)
    def test_it_comes_in_at_the_first_try(self, name: str, program: str) -> None:
        found, said = USED[name]
        file = WORKBOOKS / program / f"{name}.xlsx"
        reading = read_list(Source(name=file.name, data=file.read_bytes()))

        assert told(reading.issues) == found
        assert reading.problems == ()
        lines = (*reading.left_out, *reading.asks)
        assert [s for s in said if not any(s in line for line in lines)] == []

    def test_every_workbook_is_here(self, program: str) -> None:
        assert {file.stem for file in (WORKBOOKS / program).iterdir()} == set(USED)


class TestHeadings:
    @pytest.mark.parametrize(
        ("heading", "roles"),
        [
            ("Topic\tOur weight\tTheir weight", ["name", "weight/us", "weight/them"]),
            ("Criterion\tImportance to us", ["name", "weight/us"]),
            ("Clause\tChoice\tUs\tThem", ["name", "option", "us", "them"]),
            (
                "Item\tOur points\tAlternative\tPoints to them",
                ["name", "us", "option", "them"],
            ),
            ("Kriterium\tGewichtung", ["name", "weight/us"]),
            ("Issue\tOur target\tOur limit", ["name", "target", "limit"]),
            ("No.\tRequirement\tPriority\tNotes", ["", "name", "weight/us", ""]),
        ],
    )
    def test_columns_are_told_by_their_words(
        self, heading: str, roles: list[str]
    ) -> None:
        rows = [[f"{i}" if r in FIGURES else f"x{i}" for r in roles] for i in (20, 30)]
        reading = read_text("\n".join([heading, *map("\t".join, rows)]))
        assert [column.role for column in reading.columns] == roles

    def test_an_unknown_heading_is_never_data(self) -> None:
        reading = read_text("Kwestia\tWaga\nCena\t40\nTermin\t60")
        assert [issue.name for issue in reading.issues] == ["Cena", "Termin"]
        assert [issue.us for issue in reading.issues] == [None, None]
        chosen = read_text(
            "Kwestia\tWaga\nCena\t40\nTermin\t60", **{"column-1": "weight/us"}
        )
        assert [issue.us for issue in chosen.issues] == [40, 60]

    def test_the_reader_chooses_the_heading_and_the_first_row(self) -> None:
        text = "Issue\tWeight\nOld\t10\n\nName\tOurs\nPrice\t40\nTerm\t60"
        reading = read_text(text, heading="4", first="6")
        assert [issue.name for issue in reading.issues] == ["Term"]

    def test_a_choice_that_does_not_exist_changes_nothing(self) -> None:
        text = "Issue\tWeight\nPrice\t40"
        odd = {"heading": "99", "first": "0", "sheet": "?", "column-0": "?"}
        assert told(read_text(text, **odd).issues) == told(read_text(text).issues)

    @pytest.mark.parametrize(
        "heading",
        [
            "Sujet;Importance pour eux;Importance pour nous",
            "Thema;Gewicht Gegenseite;Gewicht wir",
            "Tema;Peso ellos;Peso nosotros",
            "Argomento;Peso loro;Peso nostro",
            "Onderwerp;Gewicht zij;Gewicht wij",
            "Issue;Their weight;Our weight",
            ";They;We\nIssue;Weight;Weight",
            "Issue;Weight;\n;Theirs;Ours",
        ],
    )
    def test_a_weight_is_never_given_to_the_other_side(self, heading: str) -> None:
        reading = read_text(f"{heading}\nPrice;40;70\nTerm;60;30")
        assert told(reading.issues) == weighed(Price=(70, 40), Term=(30, 60))
        assert reading.notes == ()

    def test_whose_the_weights_are_is_told_where_no_heading_does(self) -> None:
        text = "Issue;Weight buyer;Weight seller\nPrice;40;70\nTerm;60;30"
        reading = read_text(text)
        assert told(reading.issues) == weighed(Price=(40, 70), Term=(60, 30))
        assert "Column B is read as yours and column C as theirs" in reading.notes[0]
        turned = {"column-1": "weight/them", "column-2": "weight/us"}
        assert [issue.us for issue in read_text(text, **turned).issues] == [70, 30]
        assert read_text(text, **turned).notes == ()

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Price\nTerm\nService", ["Price", "Term", "Service"]),
            ("Term\tlong\nPrice\thigh", ["Term", "Price"]),
            ("Payment terms\t30 days\nPrice\thigh", ["Payment terms", "Price"]),
            ("Price\thigh\nTerms\tlong\nTopic\tshort", ["Price", "Terms", "Topic"]),
            ("Issues\nPrice\nTerms", ["Price", "Terms"]),
            (
                "Issue\tOption 1\tOption 2\nPrice\ta\tb\n"
                "Warranty terms\tOur standard\tTheir standard",
                ["Price", "Warranty terms"],
            ),
            ("Kwestia\tOpis\nCena\tx\nTerms\ty", ["Kwestia", "Cena", "Terms"]),
        ],
    )
    def test_an_issue_is_never_taken_for_a_heading(
        self, text: str, names: list[str]
    ) -> None:
        assert [issue.name for issue in read_text(text).issues] == names

    def test_a_heading_of_two_lines_is_read_as_one(self) -> None:
        text = (
            "Issue;Importance;;Option;Points;\n;Us;Them;;Us;Them\n"
            "Price;40;60;high;0;100\n;;;low;100;0\nTerm;60;40;1 year;50;50"
        )
        assert told(read_text(text).issues) == {
            "Price": between(40, 60, "high", "low"),
            "Term": (60, 40, [("1 year", 50, 50)]),
        }


class TestRows:
    def test_a_row_without_an_issue_goes_on_with_the_one_above(self) -> None:
        reading = read_text("Issue\tOption\nPrice\thigh\n\tlow")
        assert told(reading.issues)["Price"][2] == [
            ("high", None, None),
            ("low", None, None),
        ]

    def test_a_row_that_goes_on_with_nothing_names_its_number(self) -> None:
        reading = read_text("Issue\tOption\n\thigh\nPrice\tlow")
        assert reading.problems == ("Row 2 names no issue. It is left out",)

    @pytest.mark.parametrize(
        "total",
        [
            *("Total", "TOTALS", "Grand total:", "Total (must be 100)", "Total: 100%"),
            *(
                "Sum of weights",
                "Σ",
                "Summe",
                "Insgesamt",
                "Somme",
                "I alt",
                "Yhteensä",
            ),
            *("Итого", "Σύνολο", "סה״כ", "المجموع", "合計", "計", "总计", "합계", ""),
        ],
    )
    def test_a_total_is_left_out_in_many_languages(self, total: str) -> None:
        reading = read_text(f"Issue\tOur weight\nPrice\t60\nTerm\t40\n{total}\t100")
        assert [issue.name for issue in reading.issues] == ["Price", "Term"]

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("A. Commercial", "B. Legal"),
            ("1. Commercial", "2. Legal"),
            ("COMMERCIAL", "LEGAL"),
            ("Commercial:", "Legal:"),
        ],
    )
    def test_the_heading_of_a_group_is_left_out_in_text_too(
        self, first: str, second: str
    ) -> None:
        rows = [first, "Price;40", "Rebate;20", second, "Liability;25", "Notice;15"]
        reading = read_text("\n".join(["Issue;Our weight", *rows]))
        names = [issue.name for issue in reading.issues]
        assert names == ["Price", "Rebate", "Liability", "Notice"]
        assert [
            f"“{name}”" in line
            for name, line in zip((first, second), reading.left_out, strict=True)
        ] == [True, True]

    def test_an_issue_without_a_weight_stays_and_is_told(self) -> None:
        for text in (
            "Issue;Our weight\nPrice;40\nRebate;60\nLegal",
            "Issue;Our weight\n1. Price;40\n2. Rebate;60\n3. Legal",
        ):
            reading = read_text(text)
            assert len(reading.issues) == 3
            assert "Legal” there is a name and nothing else" in reading.notes[0]

    @pytest.mark.parametrize("name", ["Total cost of ownership", "Sum insured"])
    def test_an_issue_may_speak_of_a_total(self, name: str) -> None:
        reading = read_text(f"Issue\tOur weight\nPrice\t40\n{name}\t60")
        assert [issue.name for issue in reading.issues] == ["Price", name]

    def test_notes_below_the_list_are_left_out(self) -> None:
        text = "Issue\tOur weight\nPrice\t60\n\nAgreed with finance on Monday\t"
        reading = read_text(text)
        assert [issue.name for issue in reading.issues] == ["Price"]
        assert any("row 4" in line for line in reading.left_out)

    def test_another_table_below_is_left_out(self) -> None:
        text = "Issue\tOur weight\nPrice\t60\n\nIssue\tOption\nTerm\tlong"
        reading = read_text(text)
        assert [issue.name for issue in reading.issues] == ["Price"]
        assert reading.left_out == ("Another table, rows 4 and 5",)

    def test_a_second_weight_for_an_issue_is_a_problem(self) -> None:
        text = "Issue\tOur weight\tOption\nPrice\t60\thigh\nPrice\t50\tlow"
        assert "Row 3 gives Price another weight" in read_text(text).problems[0]

    def test_two_names_are_never_one(self) -> None:
        """Not in any encoding: what cannot be read is refused, never replaced."""
        data = "Issue;Our weight\nMaß;40\nMaá;60\n".encode("cp1252")
        reading = read_list(Source(data=data))
        assert [issue.name for issue in reading.issues] == ["Maß", "Maá"]

    @pytest.mark.parametrize(
        ("one", "other"), [("Maße", "Masse"), ("Irmak", "ırmak"), ("Office", "Oﬃce")]
    )
    def test_names_that_only_fold_to_one_stay_two(self, one: str, other: str) -> None:
        text = f"Issue\tOur weight\tOption\n{one}\t40\t{one}\n\t\t{other}\n{other}\t60"
        found = read_text(text)
        assert found.problems == ()
        plan = make_plan({"format": FORMAT}, found.issues).document
        assert [issue["name"] for issue in plan["issues"]] == [one, other]
        assert len(plan["issues"][0]["options"]) == 2
        assert read_draft(plan).problems == ()

    def test_a_problem_names_its_row_and_column(self) -> None:
        reading = read_text("Issue\tOur weight\nPrice\tquite a lot")
        assert reading.problems == (
            "Cell B2, weight to you: “quite a lot” is no number",
        )

    def test_options_stand_in_several_columns_or_one_cell(self) -> None:
        for text in (
            "Issue\tOption 1\tOption 2\nPrice\thigh\tlow",
            "Issue\tOptions\nPrice\thigh; low",
            'Issue\tOptions\nPrice\t"high\nlow"',
        ):
            [issue] = read_text(text).issues
            assert [option.name for option in issue.options] == ["high", "low"]

    def test_every_option_may_have_its_points_behind_it(self) -> None:
        for text in (
            "Issue;Option 1;Points 1;Option 2;Points 2\nPrice;118;0;106;100",
            "Issue;Option;To us;Option;To us\nPrice;118;0;106;100",
        ):
            assert told(read_text(text).issues) == {
                "Price": (None, None, [("118", 0, None), ("106", 100, None)])
            }

    def test_a_table_as_markdown_has_it(self) -> None:
        text = "| Issue | Our weight |\n|:---|---:|\n| Price | 40 |\n| Term | 60 |\n"
        reading = read_text(text)
        assert told(reading.issues) == weighed(Price=(40, None), Term=(60, None))
        assert reading.problems == reading.left_out == ()

    def test_text_of_a_file_that_is_pasted_keeps_its_quotes_for_itself(self) -> None:
        text = 'Issue,Our weight,Option\n"Price, net","40,5",a\n"Term","59,5","b, c"'
        assert told(read_text(text).issues) == {
            "Price, net": (40.5, None, [("a", None, None)]),
            "Term": (59.5, None, [("b, c", None, None)]),
        }


class TestFigures:
    @pytest.mark.parametrize(
        ("typed", "weight"),
        [
            ("50%", 50),
            ("12.5 %", 12.5),
            ("33.333", 33.333),
            ("33,333", 33.333),
            ("0", 0),
            ("must", 100),
            ("Nice to have", 20),
            ("4E+01", 40),
            ("4,5e1", 45),
            ("-3.9e-17", 0),
            ("٤٠٪", 40),
            ("٤٠٫٥", 40.5),
            ("４０％", 40),
            ("\u200e40\u00a0%\u200e", 40),
            ("M", 100),
        ],
    )
    def test_a_weight_is_read_as_people_write_it(
        self, typed: str, weight: float
    ) -> None:
        [issue] = read_text(f"Issue\tOur weight\nPrice\t{typed}").issues
        assert issue.us == weight

    @pytest.mark.parametrize(
        "typed",
        ["-500", "−500", "(500)", "500-", "-5E2", "（５００）", "-500.00"],
    )
    def test_points_below_0_are_read_as_accounts_write_them(self, typed: str) -> None:
        text = f"Issue\tOption\tTo us\nPrice\thigh\t{typed}\n\tlow\t300"
        reading = read_text(text)
        assert [option.us for option in reading.issues[0].options] == [-500, 300]
        assert reading.problems == ()

    def test_a_letter_is_a_level_only_among_its_like(self) -> None:
        text = "Requirement\tMoSCoW\nFast\tM\nCheap\tS\nBlue\tW"
        assert [issue.us for issue in read_text(text).issues] == [100, 60, 0]
        other = read_text(f"{text}\nBig\tXL")
        assert [issue.us for issue in other.issues] == ["M", "S", "W", "XL"]
        assert len(other.problems) == 4

    def test_weights_over_100_are_shares_of_their_sum(self) -> None:
        reading = read_text("Issue\tOur weight\nPrice\t600\nTerm\t400")
        assert [issue.us for issue in reading.issues] == [60, 40]
        assert "shares of 1000" in reading.notes[0]

    @pytest.mark.parametrize(
        ("other", "points"), [("1,5", 1234), ("1.5", 1.234), ("2.345.678", 1234)]
    )
    def test_the_decimal_sign_is_that_of_the_whole_table(
        self, other: str, points: float
    ) -> None:
        text = f"Issue\tOption\tTo us\nPrice\thigh\t1.234\n\tlow\t{other}"
        assert read_text(text).issues[0].options[0].us == points

    def test_the_reader_chooses_the_decimal_sign(self) -> None:
        text = "Issue\tOption\tTo us\nPrice\thigh\t1.234"
        for sign, points in ((".", 1.234), (",", 1234)):
            [issue] = read_text(text, decimal=sign).issues
            assert issue.options[0].us == points

    def test_three_decimals_of_the_planners_own_scale_stay(self) -> None:
        [issue] = read_text("Issue\tOption\tTo us\nPrice\thigh\t33.333").issues
        assert issue.options[0].us == 33.333


class TestOptionsWithoutPoints:
    """Which end is better for us is never guessed: it is asked once for all issues."""

    LIST = "Issue,Option\nPrice,€118\nPrice,€106\nNotice,12 months\nNotice,3 months\n"
    ENDS = "Which end of the options is better for you?"

    def _first(self, **choices: str) -> list[str]:
        return [
            issue.options[0].name for issue in read_text(self.LIST, **choices).issues
        ]

    def test_it_is_asked(self) -> None:
        assert self.ENDS in read_text(self.LIST).asks

    @pytest.mark.parametrize(
        ("order", "first"),
        [("first", ["€118", "12 months"]), ("last", ["€106", "3 months"])],
    )
    def test_once_chosen_our_best_stands_first(
        self, order: str, first: list[str]
    ) -> None:
        assert self._first(order=order) == first
        assert self.ENDS not in read_text(self.LIST, order=order).asks

    def test_where_points_tell_it_nothing_is_asked(self) -> None:
        told_by_points = (
            "Issue,Option,Points to you,Points to them\n"
            "Price,€118,0,100\nPrice,€106,100,0\n"
        )
        assert self.ENDS not in read_text(told_by_points).asks


LONG = 2**20 - 99  # bytes: as long as a list in text may be


class TestWhatIsTooMuch:
    """It is refused, or shown in part, before anybody thinks that the page hangs."""

    @pytest.mark.large
    @pytest.mark.parametrize(
        "text",
        [
            "ab,cd\n" * (LONG // 6),
            ("ab," * 199 + "ab\n") * (LONG // 600),
            ("ab," * 30_000 + "ab\n") * 10,
            "".join(f"ab{n},{n}\n" for n in range(LONG // 16)),
            "Issue,Our weight\n" + "".join(f"i{n},1\n" for n in range(LONG // 12)),
            "Issue,Option,To us\nA,x,1\n"
            + "".join(f",o{n},1\n" for n in range(LONG // 12)),
            "\n" * LONG + "a,b",
            "," * LONG + "a",
            '"a,' * (LONG // 3),
            'a"b\n' * (LONG // 4),
            "Issue\tOptions\na\t" + "".join(f"o{n};" for n in range(LONG // 9)),
            "Issue\tOur weight\n" + "(" * LONG + "\t9",
            "Issue;Our weight\na;" + "9," * (LONG // 2) + "9",
        ],
        ids=range(13),
    )
    def test_a_text_of_any_kind_is_answered_soon(self, text: str) -> None:
        begun = time.process_time()
        with contextlib.suppress(UnsupportedDocument):
            assert len(read_text(text).problems) <= MOST_TOLD + 1
        assert time.process_time() - begun < PATIENCE

    @pytest.mark.large
    def test_more_rows_than_a_list_has_are_refused_with_what_to_do(self) -> None:
        rows = "".join(f"Issue {n}\t1\n" for n in range(MOST_ROWS + 1))
        with pytest.raises(UnsupportedDocument, match="10,000 rows"):
            read_text(rows)

    @pytest.mark.large
    def test_a_sheet_of_that_kind_leaves_the_others(self) -> None:
        book = Workbook()
        book.worksheets[0].append(["Issue", "Our weight"])
        book.worksheets[0].append(["Price", 40])
        data = book.create_sheet("Data")
        data.append(["Issue", "Our weight", "Their weight"])
        for n in range(MOST_ROWS):
            data.append([f"i{n}", 1, 2])
        out = io.BytesIO()
        book.save(out)
        reading = read_list(Source(data=out.getvalue()))
        assert [issue.name for issue in reading.issues] == ["Price"]
        assert any("“Data”" in line for line in reading.left_out)

    def test_the_separator_of_a_long_list_is_told_by_its_first_lines(self) -> None:
        rows = "".join(f"a, {'b' * 40};{n}\n" for n in range(3_000))
        reading = read_text(f"Issue;Our weight\n{rows}")
        assert reading.table.separator == ";"
        assert len(reading.issues) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"\0\1\2" * 9,
        b"PK\3\4 no zip",
        b"",
        b"<html><table><tr><td>Issue</td></tr></table></html>",
        b"\n<!DOCTYPE html>\n<p>Issue",
        b'<?xml version="1.0"?>\n<Workbook></Workbook>',
        b"%PDF-1.7\n1 0 obj\n",
        b"{\\rtf1\\ansi Issue}",
    ],
)
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(UnsupportedDocument):
        read_list(Source(name="list.csv", data=data))
