"""Advice after the deal: what was left, and what to learn."""

from planner.advice.rule import AFTERWARDS, Evidence, Kind, Missing, Theme, rule
from planner.analyses.analysis import Analysis
from planner.analyses.packages import in_words
from planner.analyses.review import review
from planner.plan.address import under
from planner.plan.rows import question
from planner.words.figures import points

PAGE = "method/after-the-deal.md"
WRITE = "method/closing-and-writing-it-down.md#write-down-every-term"
MUCH = 3.0  # points; after-the-deal.md#look-for-what-was-left-on-the-table

SIGNED = {
    "price": "€112",
    "service": "5 days",
    "tooling": "Northwind pays",
    "disputes": "Court",
    "ending": "12 months",
    "duties": "Northwind carries them",
}
SETTLED = {issue: term for issue, term in SIGNED.items() if issue != "duties"}
GROWING = [
    {"by": "us", "round": n, "issue": issue, "from": start, "to": end}
    for n, (issue, start, end) in enumerate(
        (
            ("disputes", "An independent lab decides", "Court"),
            ("price", "€106", "€109"),
            ("service", "5 days, two weeks of stock held", "10 days"),
        ),
        start=1,
    )
]


@rule(
    kind=Kind.DO,
    theme=Theme.NEXT_TIME,
    advice="Next time, look for {better}: they would have lost nothing.",
    page=f"{PAGE}#look-for-what-was-left-on-the-table",
    fires_on={"/outcome": {"agreed": True, "terms": SIGNED}},
    silent_on={"/outcome": None},
    phases=AFTERWARDS,
)
def left_on_the_table(analysis: Analysis) -> Evidence | None:
    """Applies when another deal would have given you more and them no less."""
    found = review(analysis)
    if found is None or found.agreed is None or found.better is None:
        return None
    if (found.left or 0.0) < MUCH:
        return None
    return Evidence(
        "/outcome/terms",
        f"You signed {points(found.agreed.us)} and left {points(found.left or 0.0)}.",
        {"better": ", ".join(in_words(found.better.apart(found.agreed)))},
        stake=found.left,
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.NEXT_TIME,
    advice="Start with your larger steps next time, and make each one smaller.",
    page=f"{PAGE}#look-at-your-steps",
    fires_on={"/outcome": {"agreed": True}, "/moves": GROWING},
    silent_on={"/outcome": None},
    phases=AFTERWARDS,
)
def growing_steps(analysis: Analysis) -> Evidence | None:
    """Applies when your concessions grew from round to round."""
    found = review(analysis)
    if found is None or found.pattern != "growing":
        return None
    steps = ", ".join(f"{step:.0f}" for step in found.steps)
    return Evidence(
        "/moves",
        f"Round by round, your steps were worth {steps} points to you. They learned "
        "to wait.",
    )


@rule(
    kind=Kind.DO,
    theme=Theme.RELATIONSHIP,
    advice="Say what you will do about the relationship, with a name and a date.",
    line="These talks were hard on both of us, so here is what we will do "
    "about it, and by when.",
    page=f"{PAGE}#look-at-the-relationship",
    fires_on={"/outcome": {"agreed": True, "relationship": "worse"}},
    silent_on={"/outcome": {"agreed": True, "relationship": "better"}},
    phases=AFTERWARDS,
)
def relationship_got_worse(analysis: Analysis) -> Evidence | Missing | None:
    """Applies when the deal left the relationship worse than before."""
    outcome = analysis.plan.outcome
    if outcome.relationship is None and outcome.agreed is not None:
        return Missing("/outcome/relationship", question("/outcome/relationship"))
    if outcome.relationship != "worse":
        return None
    return Evidence(
        "/outcome/relationship",
        "How people felt they were treated decides how the next talks begin.",
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.SIGNED,
    advice="Ask why you signed: leaving would have been worth more.",
    page=f"{PAGE}#look-for-what-was-left-on-the-table",
    fires_on={
        "/outcome": {"agreed": True, "terms": SIGNED},
        "/alternatives/us/0/value": 120000,
    },
    silent_on={"/outcome": {"agreed": True, "terms": SIGNED}},
    phases=AFTERWARDS,
)
def signed_below_the_walk_away(analysis: Analysis) -> Evidence | None:
    """Applies when the deal is worth less than your alternative was."""
    found = review(analysis)
    if found is None or found.surplus is None or found.surplus >= 0:
        return None
    return Evidence(
        "/outcome/terms",
        f"By your own figures you gave up {points(-found.surplus)}.",
        stake=-found.surplus,
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.SIGNED,
    advice="Write down what was agreed on “{issue}”: nothing says it yet.",
    line="We have nothing in writing on {issue} yet, so what did we agree?",
    page=WRITE,
    fires_on={"/outcome": {"agreed": True, "terms": SETTLED}},
    silent_on={"/outcome": {"agreed": True, "terms": SIGNED}},
    phases=AFTERWARDS,
)
def unwritten_term(analysis: Analysis) -> Evidence | Missing | None:
    """Applies when you agreed and an issue of the deal has no term."""
    outcome = analysis.plan.outcome
    if not outcome.agreed:
        return None
    if not outcome.terms:
        return Missing("/outcome/terms", question("/outcome/terms"))
    asked = [issue for issue in analysis.plan.agreement.values() if issue.id]
    unsettled = [issue for issue in asked if not outcome.terms.get(issue.id or "")]
    if not unsettled:
        return None
    heaviest = max(unsettled, key=lambda issue: issue.weight.us or 0.0)
    return Evidence(
        under("/outcome/terms", heaviest.id or ""),
        f"{len(asked) - len(unsettled)} of {len(asked)} issues have their terms "
        "written down. The others you will remember differently.",
        {"issue": heaviest.name or "this issue"},
    )


RULES = (
    unwritten_term,
    signed_below_the_walk_away,
    left_on_the_table,
    growing_steps,
    relationship_got_worse,
)
