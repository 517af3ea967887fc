"""What the tests of what-would-change-it compare: offices, an airline, any deals."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from planner.analyses.scoring import Score, scores
from planner.analyses.worth import gains_product, our_points
from planner.plan.values import AgreementIssue, Basis, Option, Plan, Points
from tests import strategies

# Clemen's case (ORACLES B.15); the formula is recalled, the arithmetic is checked

EAGLE = {
    "charter share": 0.5,
    "hours": 800.0,
    "charter price": 325.0,
    "ticket": 100.0,
    "capacity": 0.5,
    "operating": 245.0,
    "insurance": 20_000.0,
    "price": 87_500.0,
    "financed": 0.4,
    "interest": 0.115,
}
EAGLE_RANGES = {
    "price": (85_000.0, 90_000.0),
    "interest": (0.105, 0.13),
    "financed": (0.3, 0.5),
    "insurance": (18_000.0, 25_000.0),
    "ticket": (95.0, 108.0),
    "charter share": (0.45, 0.7),
    "charter price": (300.0, 350.0),
    "hours": (500.0, 1000.0),
    "operating": (230.0, 260.0),
    "capacity": (0.4, 0.6),
}


def profit(x: Mapping[str, float]) -> float:
    """A year's profit of a small airline with one plane and five seats."""
    charter = x["charter share"] * x["hours"] * x["charter price"]
    scheduled = (1 - x["charter share"]) * x["hours"] * x["ticket"] * 5 * x["capacity"]
    flying = x["hours"] * x["operating"]
    loan = x["price"] * x["financed"] * x["interest"]
    return charter + scheduled - (flying + x["insurance"] + loan)


# Goodwin and Wright's offices (ORACLES B.8): swings, and each office's values

SWINGS = (100, 80, 70, 30, 20, 10)
WEIGHTS = (32, 26, 23, 10, 6, 3)
OFFICES = {
    "Addison": (100, 60, 100, 75, 0, 90),
    "Bilton": (20, 80, 10, 30, 100, 30),
    "Carlisle": (80, 70, 0, 0, 10, 100),
    "Elton": (40, 60, 90, 100, 60, 70),
    "Filton": (0, 0, 70, 0, 80, 0),
    "Gorton": (60, 100, 20, 50, 50, 80),
}


def offices(weights: Sequence[float]) -> tuple[Score, ...]:
    """Return the table as a deal about six issues; an office settles all of them."""
    return scores(
        Plan(
            issues=tuple(
                AgreementIssue(
                    id=str(j),
                    name=str(j),
                    weight=Points(us=weight, them=1),
                    options=tuple(
                        Option(name=name, us=values[j], them=0)
                        for name, values in OFFICES.items()
                    ),
                )
                for j, weight in enumerate(weights)
            )
        )
    ).counted


EACH_OFFICE = [(i,) * 6 for i in range(6)]


@st.composite
def deals(
    draw: st.DrawFn, bases: Sequence[Basis | None] = ("guessed",)
) -> tuple[Plan, list[tuple[int, ...]]]:
    """Draw a plan that can be scored, and a few of its deals."""
    issues = draw(strategies.additive_issues(strategies.whole_points))
    plan = Plan(
        issues=tuple(
            AgreementIssue(
                id=f"i{i}",
                name=f"Issue {i}",
                basis=draw(st.sampled_from(bases)),
                weight=Points(
                    us=draw(st.integers(0, 100)), them=draw(st.integers(0, 100))
                ),
                options=tuple(
                    Option(name=f"o{o}", us=us, them=them)
                    for o, (us, them) in enumerate(options)
                ),
            )
            for i, options in enumerate(issues)
        )
    )
    deal = st.tuples(*(st.integers(0, len(options) - 1) for options in issues))
    return plan, draw(st.lists(deal, min_size=1, max_size=5))


def weighed(plan: Plan, at: str, value: float) -> Plan:
    """Return the plan with another weight or option value at that address."""
    _, _, i, *path = at.split("/")
    issue = plan.issues[int(i)]
    assert isinstance(issue, AgreementIssue)
    figure: dict[str, Any] = {path[-1]: value}
    if path[0] == "weight":
        changed = replace(issue, weight=replace(issue.weight, **figure))
    else:
        o = int(path[1])
        option = replace(issue.options[o], **figure)
        options = (*issue.options[:o], option, *issue.options[o + 1 :])
        changed = replace(issue, options=options)
    return replace(
        plan, issues=(*plan.issues[: int(i)], changed, *plan.issues[int(i) + 1 :])
    )


worths = st.sampled_from([our_points, gains_product(), gains_product(20)])
