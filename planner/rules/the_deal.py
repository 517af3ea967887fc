"""Advice about the deal: limits, trades across issues, and answering packages."""

from planner.analysis import Analysis
from planner.figures import money, percent, points
from planner.rule import Evidence, Kind, Missing, rule
from planner.scoring import Score

HEAVY = 20.0  # points out of 100; two-lists.md#set-a-limit-before-you-talk
WORTH_A_TRADE = 1.2  # ratio of ratios; two-lists.md#trade-what-costs-you-little


@rule(
    kind=Kind.DO,
    advice="Give on “{give}”; ask for “{gain}” in return.",
    page="method/two-lists.md#trade-what-costs-you-little",
    fires_on={"/issues/0/weight/us": 50},
    silent_on={
        f"/issues/{i}/weight/{side}": 20 for i in range(6) for side in ("us", "them")
    },
)
def trade_across_issues(analysis: Analysis) -> Evidence | None:
    """Applies when two issues matter to the two sides in opposite order."""
    trade = next(iter(analysis.trades), None)
    if trade is None or trade.ratio < WORTH_A_TRADE:
        return None
    give, gain = trade.give, trade.gain
    return Evidence(
        f"{give.at}/weight/us",
        f"“{_name(give)}” is worth {points(give.swing_us)} to you and "
        f"{points(give.swing_them)} to them; “{_name(gain)}” is worth "
        f"{points(gain.swing_us)} to you and {points(gain.swing_them)} to them.",
        {"give": _name(give), "gain": _name(gain)},
    )


@rule(
    kind=Kind.DO,
    advice="Write down your limit on “{issue}” before you talk.",
    page="method/two-lists.md#set-a-limit-before-you-talk",
    fires_on={"/issues/0/limit": None},
    silent_on={"/issues/0/limit": "€112", "/issues/1/limit": "5 days"},
)
def heavy_issue_without_limit(analysis: Analysis) -> Evidence | None:
    """Applies when an issue of weight has no limit."""
    open_ended = [s for s in analysis.counted if s.issue.limit is None]
    heaviest = max(open_ended, key=lambda score: score.swing_us, default=None)
    if heaviest is None or heaviest.swing_us < HEAVY:
        return None
    return Evidence(
        f"{heaviest.at}/limit",
        f"It carries {points(heaviest.swing_us)} of your 100, and nothing says "
        "where you would rather walk away.",
        {"issue": _name(heaviest)},
    )


@rule(
    kind=Kind.DO,
    advice="Answer their offer with {counter}.",
    page="method/two-lists.md#answer-a-package-with-a-better-one",
    fires_on={"/offers/0/by": "them"},
    silent_on={"/offers": []},
)
def better_for_both(analysis: Analysis) -> Evidence | None:
    """Applies when a deal exists that is better for us and no worse for them."""
    theirs = [(i, o) for i, o in enumerate(analysis.plan.offers) if o.by == "them"]
    if not theirs:
        return None
    i, offer = theirs[-1]
    offered = analysis.points(offer)
    better = analysis.better_than(offered) if offered else None
    if offered is None or better is None:
        return None
    before = {score.at: option for score, option in offered.terms}
    changes = [
        f"“{option.name}” on {_name(score)}"
        for score, option in better.terms
        if option is not before[score.at]
    ]
    return Evidence(
        f"/offers/{i}/terms",
        f"Theirs is worth {points(offered.us)} to you and {points(offered.them)} "
        f"to them; this one {points(better.us)} and {points(better.them)}.",
        {"counter": _listed(changes)},
    )


@rule(
    kind=Kind.ASK,
    advice="Ask how much “{issue}” matters to them, and what they would give for it.",
    page="method/two-lists.md#trade-what-costs-you-little",
    fires_on={"/issues/0/basis": "guessed"},
    silent_on={f"/issues/{i}/basis": "told" for i in range(6)},
)
def heavy_guess(analysis: Analysis) -> Evidence | None:
    """Applies when an issue of weight rests on a guess about them."""
    guessed = [s for s in analysis.counted if s.issue.basis == "guessed"]
    heaviest = max(guessed, key=_swings, default=None)
    if heaviest is None or _swings(heaviest) < HEAVY:
        return None
    return Evidence(
        f"{heaviest.at}/basis",
        f"You guessed {points(heaviest.swing_them)} for them; with your "
        f"{points(heaviest.swing_us)} it moves the deal more than your other guesses.",
        {"issue": _name(heaviest)},
    )


@rule(
    kind=Kind.BEWARE,
    advice="Stop paying for the relationship with “{issue}”.",
    page="method/two-lists.md#never-pay-for-the-relationship-with-the-deal",
    fires_on={"/moves/0/why": "relationship", "/moves/0/in_return_for": None},
    silent_on={"/moves/0/in_return_for": "90-day forecast"},
)
def goodwill_paid_in_the_deal(analysis: Analysis) -> Evidence | None:
    """Applies when we gave on the deal for the relationship, for nothing back."""
    issues = analysis.plan.agreement.values()
    names = {v.id: v.name or v.id for v in issues if v.id}
    for i, move in enumerate(analysis.plan.moves):
        goodwill = (move.why or "").casefold() == "relationship"
        issue = names.get(move.issue or "")
        if issue and move.by == "us" and goodwill and not move.in_return_for:
            step = f"went from {move.start} to {move.end}"
            step = step if move.start and move.end else "gave"
            return Evidence(
                f"/moves/{i}/why",
                f"You {step} for goodwill, and nothing came back.",
                {"issue": issue},
            )
    return None


@rule(
    kind=Kind.DO,
    advice="Leave the table if the deal falls below {walk_away}.",
    page="method/two-lists.md#know-what-you-will-do-without-a-deal",
    fires_on={"/alternatives/us/0/chance": 1},
    silent_on={"/alternatives/us/0/value": -500000},
)
def walk_away(analysis: Analysis) -> Evidence | Missing | None:
    """Applies when the value of your alternative is known."""
    alternatives = analysis.plan.alternatives.us
    if not alternatives:
        return Missing("/alternatives/us", "What will you do if there is no deal?")
    for i, alternative in enumerate(alternatives):
        for key, asks in _ALTERNATIVE.items():
            if getattr(alternative, key) is None:
                return Missing(f"/alternatives/us/{i}/{key}", asks)
    worth, currency = analysis.walk_away, analysis.plan.currency
    if worth is None or worth <= 0:
        return None
    best = max(alternatives, key=lambda a: (a.chance or 0.0) * (a.value or 0.0))
    at = f"/alternatives/us/{alternatives.index(best)}/value"
    name, value = best.name or "Your alternative", money(best.value or 0, currency)
    return Evidence(
        at,
        f"{name} is worth {value} and comes off {percent(best.chance or 0)} of the "
        "time, counted from a deal with your worst option on every issue.",
        {"walk_away": _in_points(worth, analysis)},
    )


_ALTERNATIVE = {
    "value": "What is your alternative worth in money?",
    "chance": "How likely is it that your alternative comes off?",
}


def _name(score: Score) -> str:
    return score.issue.name or "this issue"


def _in_points(worth: float, analysis: Analysis) -> str:
    amount, floor = money(worth, analysis.plan.currency), analysis.walk_away_points
    return amount if floor is None else f"{points(floor)} ({amount})"


def _swings(score: Score) -> float:
    return score.swing_us + score.swing_them


def _listed(things: list[str]) -> str:
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"


RULES = (
    trade_across_issues,
    better_for_both,
    heavy_issue_without_limit,
    walk_away,
    goodwill_paid_in_the_deal,
    heavy_guess,
)
