"""The card beside the plan: how to play it, the aim, and what is not counted yet.

The panels show this value and compute nothing.
"""

from dataclasses import dataclass

from planner.advice.advice import Advice
from planner.show.chapters import Shown
from planner.show.charts import deals_finding
from planner.words.figures import money

__all__ = ["AimLine", "Answer", "answer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AimLine:
    """An issue of the aim: the option, between what we would not go below and want."""

    issue: str
    limit: str
    option: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The recommendation, and what it is about.

    ``walk_away`` is in money. ``talking`` tells that the talks are not over. ``deals``
    says how many deals there are where none is aimed for, ``uncounted`` which issues
    lack a figure; both are empty where there is nothing to say.
    """

    advice: Advice
    walk_away: str
    talking: bool
    aim: tuple[AimLine, ...]
    deals: str
    uncounted: str


def answer(shown: Shown) -> Answer:
    """Put together what the card says."""
    analysis, plan = shown.analysis, shown.analysis.typed
    away, aim = analysis.walk_away, analysis.play.aim
    return Answer(
        advice=shown.advice,
        walk_away="not known" if away is None else money(away, plan.currency),
        talking=plan.outcome.agreed is None,
        aim=tuple(
            AimLine(
                issue=score.issue.name or "New issue",
                limit=score.issue.limit or "none",
                option=option.name or "an option",
                target=score.issue.target or "none",
            )
            for score, option in (aim.terms if aim else ())
        ),
        deals=deals_finding(analysis) if not aim and analysis.deals_exist else "",
        uncounted=_uncounted(len(analysis.counted), len(plan.agreement)),
    )


def _uncounted(counted: int, all_of_them: int) -> str:
    if counted >= all_of_them:
        return ""
    lacking = "The others lack a figure; see “Find out”."
    return f"{counted} of {all_of_them} issues are counted. {lacking}"
