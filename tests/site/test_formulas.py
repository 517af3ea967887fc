"""The formulas' page, held against the planner: each worked figure, by hand."""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from math import isclose, log, sqrt
from typing import Any

import pytest

from planner.analyses.analysis import Analysis
from planner.analyses.doubts import WEIGHT, doubt
from planner.analyses.packages import Package, Tell
from planner.analyses.review import review
from planner.plan.address import replaced
from planner.show.page import view
from runtime.handbook.maths import mathml
from tests.pages import Page, pages
from tests.plans import fixed_plan

NOT_FORMULAS = {"Signs used here", "Do it now"}
CHECKS = {"/checks/cost": 8, "/checks/penalty": 20, "/checks/effort": 15}

each_page = pytest.mark.parametrize("page", pages("formulas"), ids=lambda p: p.name)

type Case = tuple[str, str, float]  # the plan, the path that the page shows, by hand

M = 0.8 / (1 + 0.1 - 0.8)
PRICE, DUTIES = (40, 35), (12, 7)  # what the issues are worth to us, and to them

CASES: dict[str, list[Case]] = {
    "What the future is worth": [
        ("renewal", "relationship.multiple", M),
        ("renewal", "relationship.value", 60_000 * M),
    ],
    "When the relationship pays": [
        ("renewal", f"relationship.theirs.future.{i}", gain * M)
        for i, gain in enumerate((20_000, 50_000, 90_000))
    ],
    "The premium on goodwill": [
        ("renewal", "relationship.premium", 60_000 * 0.05 / 1.1 * (1 + M)),
        ("renewal", "relationship.lasting_premium", 60_000 * (0.85 / (1.1 - 0.85) - M)),
    ],
    "Where the stance turns": [
        ("renewal", "boundaries.0.turns_at", 3 * 1.1 / (1 + 3)),
        ("renewal", "boundaries.0.distance", (3 * 1.1 / 4 - 0.8) / 0.8),
    ],
    "How they see the table": [
        ("renewal", "orientation.mean", (1 + 2) / (2 + 2)),
        ("renewal", "orientation.interval.0", 0.1 ** (1 / 3)),
        ("renewal", "orientation.interval.1", 0.9 ** (1 / 3)),
    ],
    "When a deal is small": [
        ("renewal", "spread", (30 + 20 + 12 + 8 + 8 + 12) * 1_200)
    ],
    "Points": [
        ("renewal", "counted.0.swing_us", 100 * 40 / 100),
        ("renewal", "counted.0.us.3", 100 * 40 / 100 * (75 - 0) / (100 - 0)),
    ],
    "Points in money": [("renewal", "point_worth", 48_000 / (40 - 0))],
    "Walking away": [
        ("renewal", "walk_away", 0.7 * 40_000),
        ("renewal", "walk_away_points", 0.7 * 40_000 / 1_200),
        ("renewal", "their_walk_away.0", 0.6 * 45_000 * 0.75),
        ("renewal", "their_walk_away.1", 0.6 * 45_000 * 1.25),
    ],
    "The zone on the price": [
        ("renewal", "zone.buyer.0", 118 - 28_000 * 12 / 48_000),
        ("renewal", "zone.seller.0", 106 + 20_250 * 12 / 48_000),
        ("renewal", "zone.seller.1", 106 + 33_750 * 12 / 48_000),
        ("renewal", "first_middle", (106 + 115) / 2),
    ],
    "Trades": [
        # They take the duties on, we take the long notice.
        ("renewal", "play.trades.0.us", DUTIES[0] - 8),
        ("renewal", "play.trades.0.them", 19 - DUTIES[1]),
    ],
    "The next step": [
        # Their last round brought us 12, less than the schedule would give.
        ("renewal", "play.schedule.first", 100),
        ("renewal", "play.level", 90 - 12),
    ],
    "The ledger": [
        ("renewal", "ledger.start", 100 - 28_000 / 1_200),
        ("renewal", "ledger.surplus", 100 - 28_000 / 1_200 - 10),
        ("renewal", "ledger.reciprocity", 12 / 10),
        ("renewal", "ledger.subsidy.worth", 10 * 1_200),
    ],
    "The stop line": [("renewal", "ledger.stop.buffer", (100 - 28_000 / 1_200) / 10)],
    "What trust saves": [
        ("renewal", "trust.dividend.yearly", 30_000 - 9_000),
        ("renewal", "trust.dividend.value", 21_000 * M),
    ],
    "What a betrayal may cost": [
        (
            "joint-venture",
            "trust.betrayal.bearable",
            50_000 / (300_000 + 400_000 * 0.9 / (1 + 0.12 - 0.9 * 1.03)),
        )
    ],
    "What would change the answer": [
        ("renewal", "tornado.0.at_low", 60_000 * 0.7 / (1.1 - 0.7)),
        ("renewal", "tornado.0.at_high", 60_000 * 0.9 / (1.1 - 0.9)),
        # The price at 75%; delivery, moulds, quality and duties at 60, 50, 100, 100%;
        # nothing on the notice, whose 8 points go to 6 and to 10.
        ("renewal", "aim_tornado.0.at_low", 100 * (30 + 12 + 6 + 8 + 12) / 98),
        ("renewal", "aim_tornado.0.at_high", 100 * (30 + 12 + 6 + 8 + 12) / 102),
    ],
    "The honesty check": [
        ("renewal", "rather.0.first", 40 - 10),
        ("renewal", "rather.0.second", 20 - 0),
    ],
}


def follow(value: Any, path: str) -> Any:
    for name in path.split("."):
        value = value[int(name)] if name.isdecimal() else getattr(value, name)
    return value


def of(plan: str, **given: Any) -> Analysis:
    document: Any = fixed_plan(plan)
    for at, value in given.items():
        document = replaced(document, at, value)
    return view(document).analysis


def holds_the_efficient_deals(analysis: Analysis) -> bool:
    """As many as nothing beats, of all that there are."""
    deals = set(analysis.deals)
    unbeaten = [
        (us, them)
        for us, them in deals
        if not any(u >= us and t >= them and (u, t) != (us, them) for u, t in deals)
    ]
    return len(unbeaten) == len(analysis.frontier)


def holds_the_fair_deals(analysis: Analysis) -> bool:
    """Each rule by its formula, over the efficient deals that we would sign."""
    d = 28_000 / 1_200
    e = analysis.play.their_walk_away
    deals = [
        (p.us - d, p.them - e) for p in analysis.frontier if p.us >= d and p.them >= e
    ]
    most_us, most_them = max(u for u, _ in deals), max(t for _, t in deals)
    rules: list[Callable[[tuple[float, float]], float]] = [
        lambda gain: gain[0] * gain[1],
        lambda gain: min(gain[0] / most_us, gain[1] / most_them),
        lambda gain: min(gain),
        sum,
    ]
    picked = [max(deals, key=rule) for rule in rules]
    shown = [(s.deals[0].us - d, s.deals[0].them - e) for s in analysis.solutions]
    return all(map(isclose, chain(*picked), chain(*shown)))


def holds_the_equal_packages(_: Analysis) -> bool:
    told = of("renewal", **{"/offers": [], "/moves": []}).play
    assert told.level is not None
    return len(told.packages) > 1 and all(
        abs(package.us - told.level) <= 2 for package in told.packages
    )


def holds_what_a_choice_tells(_: Analysis) -> bool:
    """The claim of the formula, against some other package that was offered."""
    told = of("renewal", **{"/offers": [], "/moves": []}).play
    return bool(told.tells) and all(
        any(
            isclose(tell.ratio, claim * tell.believed)
            for other in told.packages
            for claim in claims(tell, other)
        )
        for tell in told.tells
    )


def claims(tell: Tell, other: Package) -> Iterator[float]:
    """The least share that a choice before another package claims."""
    issues = [score for score, _ in tell.pick.terms]
    gains = [
        score.them[score.issue.options.index(mine)]
        - score.them[score.issue.options.index(theirs)]
        for (score, mine), (_, theirs) in zip(tell.pick.terms, other.terms, strict=True)
    ]
    doubts = [doubt(WEIGHT, score.issue.basis) for score in issues]
    x, y = issues.index(tell.issue), issues.index(tell.than)
    rest = sum(
        max(gain * (1 - off), gain * (1 + off))
        for j, (gain, off) in enumerate(zip(gains, doubts, strict=True))
        if j not in (x, y)
    )
    if gains[x] > 0 > gains[y]:
        ends = (1 - doubts[y], 1 + doubts[y])
        yield min(-gains[y] - rest / end for end in ends) / gains[x]


def holds_the_weights_of_a_ranking(_: Analysis) -> bool:
    """Six ranked issues: 6, 5, 4 … of 21."""
    ranked = of(
        "joint-venture", **{f"/issues/{i}/weight/us": None for i in range(6)}
    ).scores.counted
    swings = sorted((score.swing_us for score in ranked), reverse=True)
    by_hand = [100 * j / 21 for j in range(6, 0, -1)]
    return len(swings) == 6 and all(map(isclose, swings, by_hand))


def holds_the_cliff(_: Analysis) -> bool:
    """A steady pace runs out; one that shrinks so fast never does."""
    sale, customer = of("sale").ledger, of("key-customer").ledger
    assert sale.pace is not None
    assert sale.surplus is not None
    assert customer.pace is not None
    assert customer.surplus is not None
    round_now = max(entry.round for entry in sale.entries)
    rounds = -(-sale.surplus // sale.pace.step)
    left = 1 - customer.surplus * (1 - customer.pace.ratio) / customer.pace.step
    return (sale.worthless, customer.worthless) == (round_now + rounds, None) and (
        left <= 0 or log(left) / log(customer.pace.ratio) > 10_000
    )


def holds_the_checks(_: Analysis) -> bool:
    known = of("renewal", **CHECKS).trust.inspection
    return (known.shirk, known.inspect, known.spend) == (8 / 20, 15 / 20, 8 * 15 / 20)


def holds_the_share(analysis: Analysis) -> bool:
    """The standard error, from the share and the number of draws."""
    known = analysis.robustness
    assert known is not None
    kept = (known.share * known.samples + 1) / (known.samples + 2)
    return isclose(known.error, sqrt(kept * (1 - kept) / known.samples))


def holds_the_guess(analysis: Analysis) -> bool:
    """Guessed, so a half either way of 20; and it is what matters most."""
    most, *others = analysis.guesses
    return (most.low, most.high) == (20 * 0.5, 20 * 1.5) and all(
        most.effect >= other.effect for other in others
    )


def holds_the_review(_: Analysis) -> bool:
    """What the best deal that gave them no less had over what was signed."""
    terms = fixed_plan("renewal")["offers"][1]["terms"]
    known = of("renewal", **{"/outcome": {"agreed": True, "terms": terms}})
    found = review(known)
    assert found is not None
    assert found.agreed is not None
    signed = found.agreed
    best = max(p.us for p in known.frontier if p.them >= signed.them)
    return found.left == best - signed.us


HELD: dict[str, Callable[[Analysis], bool]] = {
    "Weights from a ranking": holds_the_weights_of_a_ranking,
    "Efficient deals": holds_the_efficient_deals,
    "Four fair deals": holds_the_fair_deals,
    "Equal packages": holds_the_equal_packages,
    "What their choice tells": holds_what_a_choice_tells,
    "The cliff": holds_the_cliff,
    "How often to check": holds_the_checks,
    "How firm the best package is": holds_the_share,
    "The guess worth asking about": holds_the_guess,
    "The review": holds_the_review,
}


@pytest.mark.parametrize(
    ("plan", "path", "by_hand"),
    [case for cases in CASES.values() for case in cases],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_worked_figure_is_what_the_formula_gives(
    plan: str, path: str, by_hand: float
) -> None:
    assert follow(of(plan), path) == pytest.approx(by_hand, rel=1e-9)


@each_page
def test_each_figure_worked_by_hand_is_shown(page: Page) -> None:
    for _, path, _ in (case for cases in CASES.values() for case in cases):
        assert f'figure("{path}"' in page.text


@pytest.mark.parametrize("heading", HELD)
def test_what_the_formula_says_is_so(heading: str) -> None:
    assert HELD[heading](of("renewal"))


def test_a_term_of_three_years_is_worth_three_terms_of_the_sum() -> None:
    by_hand = sum((0.8 / 1.1) ** year for year in (1, 2, 3))

    known = of("renewal", **{"/future/years": 3}).relationship

    assert known.multiple == pytest.approx(by_hand)


@each_page
def test_every_formula_is_tested(page: Page) -> None:
    assert set(page.headings()) - NOT_FORMULAS == {*CASES, *HELD}


@each_page
def test_every_formula_names_its_limits_and_its_source(page: Page) -> None:
    entries = re.split(r"^## .+$", page.text, flags=re.M)[2:-1]

    for entry in entries:
        assert "```math" in entry
        assert "**Limits.**" in entry
        assert "**Source.**" in entry


def test_a_formula_keeps_its_latex_for_those_who_read_that() -> None:
    shown = mathml(r"\frac{r}{1 + i}")

    assert "<mfrac>" in shown
    assert r'alttext="\frac{r}{1 + i}"' in shown
    assert "&#" not in shown


def test_a_command_that_nobody_knows_stops_the_build() -> None:
    with pytest.raises(ValueError, match=r"\\premium is not known"):
        mathml(r"\premium(x)")
