"""Advice at the table: equal packages, what a choice tells, the next step."""

from planner.advice.rule import Evidence, Kind, rule
from planner.analyses.analysis import Analysis
from planner.analyses.packages import Shift, in_words
from planner.words.figures import points, times_as_much

PAGE = "method/at-the-table.md"
PACKAGES = "method/equal-packages.md"
EQUAL = {f"/issues/{i}/basis": "told" for i in range(6)}


@rule(
    kind=Kind.DO,
    advice="Offer {count} packages at once; all are worth the same to you.",
    page=f"{PACKAGES}#make-them-equal-to-you",
    fires_on={"/issues/2/basis": "guessed"},
    silent_on=EQUAL,
)
def several_equal_packages(analysis: Analysis) -> Evidence | None:
    """Applies when packages differ for them, as far as you know, and not for you."""
    equal = analysis.equal
    if equal is None or len(equal.packages) < 2:
        return None
    first, *others = equal.packages
    differing = [", ".join(in_words(package.apart(first))) for package in others]
    return Evidence(
        "/offers",
        f"Each is worth about {points(equal.target)} to you. Beside the first: "
        f"{'; or '.join(differing)}.",
        {"count": str(len(equal.packages))},
    )


@rule(
    kind=Kind.ASK,
    advice="Watch whether they choose the package with more on “{issue}”.",
    page=f"{PACKAGES}#learn-from-their-choice",
    fires_on={"/issues/2/basis": "guessed"},
    silent_on=EQUAL,
)
def what_a_choice_would_tell(analysis: Analysis) -> Evidence | None:
    """Applies when their choice among equal packages would open a trade."""
    tells = analysis.equal.tells if analysis.equal else ()
    tell = next((t for t in tells if t.trade and t.ratio >= 1), None)
    if tell is None:
        return None
    issue, than = tell.issue.issue.name or "", tell.than.issue.name or ""
    return Evidence(
        f"{tell.issue.at}/weight/them",
        f"If they do, it matters at least {times_as_much(tell.ratio)} "
        f"to them as “{than}”.",
        {"issue": issue},
    )


@rule(
    kind=Kind.DO,
    advice="Next step: if they move to “{ask}” on {issue}, then we move to “{give}” "
    "on {own}.",
    page=f"{PAGE}#say-if-and-then",
    fires_on={"/offers/0/by": "us"},
    silent_on={f"/issues/{i}/weight/us": None for i in range(6)},
)
def next_step(analysis: Analysis) -> Evidence | None:
    """Applies when a step costs you less than it gives them, with one to ask for."""
    open_to_us = (c for c in analysis.concessions if c.ask and not c.past_target)
    step = next((c for c in open_to_us if -c.give.us < c.give.them), None)
    if step is None or step.ask is None:
        return None
    give, first = step.give, step is analysis.concessions[0]
    return Evidence(
        f"{give.score.at}/weight/them",
        f"That {_costs(give)} and gives them {points(give.them)}"
        f"{': the cheapest step that you have' if first else ''}.",
        {
            "ask": step.ask.end.name or "",
            "issue": step.ask.score.issue.name or "",
            "give": give.end.name or "",
            "own": give.score.issue.name or "",
        },
        stake=give.them,
    )


def _costs(give: Shift) -> str:
    """What a step of ours costs us, in words; it may cost nothing, or gain us."""
    return f"costs you {points(-give.us)}" if give.us < 0 else "costs you nothing"


RULES = (several_equal_packages, what_a_choice_would_tell, next_step)
