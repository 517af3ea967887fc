"""What every reader says of two made-up answers; run in a copy that declares them.

``test_new_answer`` makes the copy, runs this in it and reads the JSON that it prints.
"""

import json
import sys
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from planner.advice.advice import advise
from planner.analyses import tornado, whatif
from planner.analyses.analysis import Analysis
from planner.analyses.flips import Flip, nearest
from planner.analyses.inputs import figures, with_figure
from planner.analyses.perspective import swapped
from planner.analyses.relationship import multiple_at
from planner.analyses.stance import Stance
from planner.analyses.whatif import dials
from planner.edits.examples import example
from planner.plan.address import look_up, replaced
from planner.plan.document import read_draft, read_plan, write_plan
from planner.plan.rows import answer_at, question, value_at
from planner.plan.schema import schema
from planner.plan.values import Future, Plan
from planner.show.brief import as_markdown
from planner.show.charts import tornado_chart
from planner.show.page import panel, view

SHARE, OURS, INNER = "/future/referral", "/reserve", "/issues/0/patience"


class Counting(Analysis):
    """An analysis in which the stance turns on the made-up share, at 12.5%."""

    @property
    def boundaries(self) -> tuple[Flip[Stance], ...]:
        """The one place where it turns."""
        return (
            Flip(at=SHARE, now=0.3, turns_at=0.125, falls=True, becomes=Stance.CLAIM),
        )


def value_of(future: Future) -> float:
    """Return the made-up share."""
    return float(value_at(Plan(future=future), SHARE))


def count_with_it(future: Future, chance: float | None) -> float | None:
    """Let the future be worth more with a higher share."""
    known = multiple_at(future, chance)
    return None if known is None else known * (1 + value_of(future))


def document(share: Any = 0.3) -> dict[str, Any]:
    """A worked plan that gives the made-up answers."""
    made: Any = example("renewal")
    for at, value in ((SHARE, share), (OURS, 7000), (INNER, 0.25)):
        made = replaced(made, at, value)
    return dict(made)


def tell() -> dict[str, Any]:
    """What each reader says."""
    from runtime.handbook.macros import list_answers  # not there in Pyodide

    typed, odd = view(document("30"), own=True), view(document("140"), own=True)
    analysis = Counting(typed.draft.plan)
    told = advise(analysis)
    there, future = swapped(typed.draft.plan), typed.draft.plan.future

    def turned(at: str, value: float) -> bool:
        return value_of(with_figure(future, at, value)) > 0.5

    with ExitStack() as counted:
        counted.enter_context(patch.object(tornado, "multiple_at", count_with_it))
        counted.enter_context(patch.object(whatif, "MOST_DIALS", 99))
        worth = Analysis(typed.draft.plan)
        chart = tornado_chart(worth)
        bars = {bar.at: (bar.low, bar.high) for bar in worth.tornado}
        turns = nearest(False, turned, figures(future))
        dial = next(dial for dial in dials(worth) if dial.at == SHARE)
        tried = panel("whatif", view(document(), trial={SHARE: "45"}))
    return {
        "reads": value_at(typed.draft.plan, SHARE),
        "refuses": {problem.at: problem.says for problem in odd.draft.problems},
        "writes": look_up(write_plan(read_plan(document())), SHARE),
        "describes": look_up(schema(), "/properties/future/properties/referral"),
        "asks for": panel("future", typed),
        "asks again": panel("future", odd),
        "question": question(SHARE),
        "says": answer_at(SHARE).kind.say(0.3, "EUR"),
        "changes": [change.says for change in told.changes],
        "brief": as_markdown(typed.draft, analysis, told, whole=True),
        "bar": bars[SHARE],
        "chart": [row[0] for row in (chart.rows if chart else ())],
        "turns": {turn.at: round(turn.turns_at, 6) for turn in turns},
        "dial": [dial.low, dial.high, dial.step],
        "tried": tried,
        "reference": {at: (holds, says) for at, holds, says in list_answers()},
        "theirs": {at: value_at(there, at) for at in (SHARE, OURS, INNER)},
        "ours again": {at: value_at(swapped(there), at) for at in (SHARE, OURS, INNER)},
        "the same again": swapped(there) == typed.draft.plan,
        "problems": [problem.at for problem in read_draft(document()).problems],
    }


if __name__ == "__main__":
    print(
        panel("future", view(document())) if "form" in sys.argv else json.dumps(tell())
    )
