"""Advice from the two questions: will we deal again, and what would it gain us?"""

from planner.advice.rule import ALL, Evidence, Kind, Missing, rule
from planner.analyses.analysis import Analysis
from planner.plan.rows import answer_at, question
from planner.words.figures import money, percent

THEM_GRAB = "/future/them/one_off_gain"
US_GRAB = "/future/us/one_off_gain"
NEAR = 0.15  # relative change of an answer; choosing-a-stance.md#look-at-how-firm-it-is


@rule(
    kind=Kind.BEWARE,
    advice="Settle how the contract is renewed before you settle the price.",
    page="method/what-the-future-is-worth.md#a-fixed-term-has-a-last-round",
    fires_on={"/future/years": 3},
    silent_on={"/future/years": None},
    stake=ALL,
)
def fixed_last_round(analysis: Analysis) -> Evidence | None:
    """Applies when the relationship has a fixed term and no renewal is planned."""
    years = analysis.plan.future.years
    if years is None:
        return None
    return Evidence(
        "/future/years",
        f"It ends after {years:g} year{'' if years == 1 else 's'}. Near a known end, "
        "neither side has a future to protect, and both can see that from the start.",
    )


@rule(
    kind=Kind.BEWARE,
    advice="Give nothing for goodwill alone: match each step to one of theirs.",
    page="method/the-two-questions.md#ask-it-for-both-sides",
    fires_on={THEM_GRAB: 400000},
    silent_on={THEM_GRAB: 40000},
    stake=ALL,
)
def only_we_would_cooperate(analysis: Analysis) -> Evidence | None:
    """Applies when going on pays for you, and for them at no estimate."""
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
    stake=ALL,
)
def their_future_is_unclear(analysis: Analysis) -> Evidence | Missing | None:
    """Applies when your range for their gain straddles what they could grab."""
    theirs = analysis.relationship.theirs
    if theirs.holds is not None:
        return None
    if theirs.grab is None or not theirs.future:
        at = next(at for at in theirs.missing)
        return Missing(at, question(at))
    currency = analysis.plan.currency
    return Evidence(
        "/future/them/yearly_gain",
        f"By your figures it is worth {money(min(theirs.future), currency)} to "
        f"{money(max(theirs.future), currency)}; they could grab "
        f"{money(theirs.grab, currency)} now. The answer decides how you play it.",
    )


@rule(
    kind=Kind.DO,
    advice="Put a ceiling on goodwill: at most {premium} in total, all rounds.",
    page="method/what-the-future-is-worth.md#put-a-price-on-goodwill",
    fires_on={"/future/continue_chance_if_we_give": 0.9},
    silent_on={"/future/continue_chance_if_we_give": 0.5},
    stake=ALL,
)
def ceiling_on_goodwill(analysis: Analysis) -> Evidence | Missing | None:
    """Applies when going on may pay for you and a concession makes it likelier."""
    future, premium = analysis.plan.future, analysis.relationship.premium
    if future.continue_chance_if_we_give is None:
        at = "/future/continue_chance_if_we_give"
        return Missing(at, question(at))
    if not premium or analysis.relationship.ours.holds is False:
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
    page="method/the-two-questions.md#when-no-reason-holds",
    fires_on={US_GRAB: 3000000},
    silent_on={US_GRAB: 60000},
    stake=ALL,
)
def we_would_not_keep_it(analysis: Analysis) -> Evidence | None:
    """Applies when going on does not pay for you."""
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


@rule(
    kind=Kind.BEWARE,
    advice="Pay nothing for this relationship: going on gains you nothing.",
    page="method/the-two-questions.md#when-no-reason-holds",
    fires_on={"/future/us/yearly_gain": -5000},
    silent_on={"/future/us/yearly_gain": 60000},
    stake=ALL,
)
def no_gain_to_protect(analysis: Analysis) -> Evidence | None:
    """Applies when a year with them gains you nothing over the next best partner."""
    gain = analysis.plan.future.us.yearly_gain
    if gain is None or gain.middle is None or gain.middle > 0:
        return None
    return Evidence(
        "/future/us/yearly_gain",
        f"A year with them brings {money(gain.middle, analysis.plan.currency)} "
        "over your next best partner.",
    )


@rule(
    kind=Kind.BEWARE,
    advice="Give nothing to make them stay: by your answers, it would not.",
    page="method/what-the-future-is-worth.md#put-a-price-on-goodwill",
    fires_on={"/future/continue_chance_if_we_give": 0.8},
    silent_on={"/future/continue_chance_if_we_give": 0.85},
    stake=ALL,
)
def giving_does_not_help(analysis: Analysis) -> Evidence | None:
    """Applies when a concession would not make it likelier that you go on."""
    future = analysis.plan.future
    now, given = future.continue_chance, future.continue_chance_if_we_give
    if now is None or given is None or given > now:
        return None
    return Evidence(
        "/future/continue_chance_if_we_give",
        f"You put the chance of going on at {percent(given)} if you give and at "
        f"{percent(now)} if you do not.",
    )


@rule(
    kind=Kind.ASK,
    advice="Put a low and a high figure beside your guess of their gain.",
    page="method/the-two-questions.md#ask-it-for-both-sides",
    fires_on={"/future/them/yearly_gain": {"likely": 50000}},
    silent_on={"/future/them/basis": "told"},
    stake=ALL,
)
def guess_without_a_range(analysis: Analysis) -> Evidence | None:
    """Applies when their gain is a guess with a single figure."""
    them = analysis.plan.future.them
    if them.yearly_gain is None or len(them.yearly_gain.known) != 1:
        return None
    if them.basis in ("told", "observed"):
        return None
    return Evidence(
        "/future/them/yearly_gain",
        "One figure looks like knowledge. Three show whether the stance depends on "
        "which of them is right.",
    )


@rule(
    kind=Kind.ASK,
    advice="Check {answer} before anything else: the stance hangs on it.",
    page="method/choosing-a-stance.md#look-at-how-firm-it-is",
    fires_on={"/future/continue_chance": 0.8},
    silent_on={
        "/future/them/one_off_gain": 1000,
        "/future/us/one_off_gain": 1000,
        "/future/continue_chance": 0.8,
    },
    stake=ALL,
)
def close_to_a_boundary(analysis: Analysis) -> Evidence | None:
    """Applies when a small change of one answer would change the stance."""
    nearest = next(iter(analysis.boundaries), None)
    if nearest is None or nearest.distance > NEAR:
        return None
    answer, currency = answer_at(nearest.at), analysis.plan.currency
    now = answer.kind.say(nearest.now, currency)
    there = f"at {answer.kind.say(nearest.turns_at, currency)}"
    if there == f"at {now}":  # it stands on the boundary, or next to it
        there = f"just {'under' if nearest.falls else 'over'} that"
    return Evidence(
        nearest.at,
        f"You are at {now}; {there} it becomes “{nearest.becomes.label}”.",
        {"answer": answer.named},
    )


RULES = (
    fixed_last_round,
    only_we_would_cooperate,
    their_future_is_unclear,
    guess_without_a_range,
    close_to_a_boundary,
    ceiling_on_goodwill,
    giving_does_not_help,
    no_gain_to_protect,
    we_would_not_keep_it,
)
