"""Advice from the two questions: will we deal again, and what would it gain us?"""

from planner.analysis import Analysis
from planner.figures import money
from planner.rule import Evidence, Kind, Missing, rule

THEM_GRAB = "/future/them/one_off_gain"
US_GRAB = "/future/us/one_off_gain"


@rule(
    kind=Kind.BEWARE,
    advice="Settle how the contract is renewed before you settle the price.",
    page="method/the-two-questions.md#a-fixed-term-has-a-last-round",
    fires_on={"/future/years": 3},
    silent_on={"/future/years": None},
)
def fixed_last_round(analysis: Analysis) -> Evidence | None:
    """Applies when the relationship has a fixed term and no renewal is planned."""
    years = analysis.plan.future.years
    if years is None:
        return None
    return Evidence(
        "/future/years",
        f"It ends after {years:g} years. Near a known end, neither side has a "
        "future to protect, and both can see that from the start.",
    )


@rule(
    kind=Kind.BEWARE,
    advice="Give nothing for goodwill alone: match each step to one of theirs.",
    page="method/the-two-questions.md#ask-it-for-both-sides",
    fires_on={THEM_GRAB: 400000},
    silent_on={THEM_GRAB: 40000},
)
def only_we_would_cooperate(analysis: Analysis) -> Evidence | None:
    """Applies when going on pays for us, and for them at no estimate."""
    ours, theirs = analysis.relationship.ours, analysis.relationship.theirs
    if not ours.holds or theirs.holds is not False or theirs.grab is None:
        return None
    currency = analysis.plan.currency
    return Evidence(
        THEM_GRAB,
        f"They could grab {money(theirs.grab, currency)} now. Going on is worth at "
        f"most {money(max(theirs.future), currency)} to them, by your own figures.",
    )


@rule(
    kind=Kind.ASK,
    advice="Find out what going on with you is worth to them.",
    page="method/the-two-questions.md#ask-it-for-both-sides",
    fires_on={THEM_GRAB: 100000},
    silent_on={THEM_GRAB: 1000},
)
def their_future_is_unclear(analysis: Analysis) -> Evidence | Missing | None:
    """Applies when your range for their gain straddles what they could grab."""
    theirs = analysis.relationship.theirs
    if theirs.holds is not None:
        return None
    if theirs.grab is None or not theirs.future:
        at = next(at for at in theirs.missing)
        return Missing(at, _THEIR_FUTURE.get(at, "What are the chances of going on?"))
    currency = analysis.plan.currency
    return Evidence(
        "/future/them/yearly_gain",
        f"By your figures it is worth {money(min(theirs.future), currency)} to "
        f"{money(max(theirs.future), currency)}; they could grab "
        f"{money(theirs.grab, currency)} now. The answer decides how you play it.",
    )


_THEIR_FUTURE = {
    "/future/continue_chance": "How likely is it that you will deal again?",
    "/future/discount_rate": "What does a year's wait cost, as a yearly rate?",
    "/future/them/yearly_gain": "What is a year of dealing with you worth to them?",
    THEM_GRAB: "What could they grab now if they did not mind ending it?",
}


@rule(
    kind=Kind.DO,
    advice="Put a ceiling on goodwill: at most {premium} in total, all rounds.",
    page="method/the-two-questions.md#put-a-price-on-goodwill",
    fires_on={"/future/continue_chance_if_we_give": 0.9},
    silent_on={"/future/continue_chance_if_we_give": 0.5},
)
def ceiling_on_goodwill(analysis: Analysis) -> Evidence | Missing | None:
    """Applies when a concession would make it likelier that you go on."""
    future, premium = analysis.plan.future, analysis.relationship.premium
    if future.continue_chance_if_we_give is None:
        return Missing(
            "/future/continue_chance_if_we_give",
            "How likely would you go on if you gave them what they ask for?",
        )
    if not premium:
        return None
    return Evidence(
        "/future/continue_chance_if_we_give",
        "That is what the better chance of going on is worth to you; beyond it "
        "you lose more today than the future brings back.",
        {"premium": money(premium, analysis.plan.currency)},
    )


@rule(
    kind=Kind.BEWARE,
    advice="Say openly that this is about the deal; promise no partnership.",
    page="method/the-two-questions.md#what-could-be-grabbed-now",
    fires_on={US_GRAB: 3000000},
    silent_on={US_GRAB: 60000},
)
def we_would_not_keep_it(analysis: Analysis) -> Evidence | None:
    """Applies when grabbing now is worth more to us than going on."""
    ours = analysis.relationship.ours
    if ours.holds is not False or ours.grab is None:
        return None
    currency = analysis.plan.currency
    return Evidence(
        US_GRAB,
        f"You could take {money(ours.grab, currency)} now, and going on is worth "
        f"{money(max(ours.future), currency)}. A promise to cooperate would not "
        "be worth its paper.",
    )


RULES = (
    fixed_last_round,
    only_we_would_cooperate,
    their_future_is_unclear,
    ceiling_on_goodwill,
    we_would_not_keep_it,
)
