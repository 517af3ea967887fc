"""Advice from the two questions: will we deal again, and what would it gain us?"""

from planner.advice.rule import (
    AHEAD,
    ALL,
    ONE_OFF,
    Evidence,
    Kind,
    Missing,
    Theme,
    rule,
)
from planner.analyses.analysis import Analysis
from planner.plan.kinds import Percent
from planner.plan.rows import answer_at, question
from planner.words.figures import about, about_between, about_percent, percent

THEM_GRAB = "/future/them/one_off_gain"
US_GRAB = "/future/us/one_off_gain"
NEAR = 0.15  # relative change of an answer; choosing-a-stance.md#look-at-how-firm-it-is


@rule(
    kind=Kind.BEWARE,
    theme=Theme.FUTURE,
    advice="Settle how the contract is renewed before you settle the price.",
    line="Before we talk about the price, let’s settle how we decide on the "
    "next contract.",
    page="method/what-the-future-is-worth.md#a-fixed-term-has-a-last-round",
    fires_on={"/future/years": 3},
    silent_on={"/future/years": None},
    stake=ALL,
    phases=AHEAD,
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
    theme=Theme.GIVING,
    advice="Give nothing as goodwill alone: match each step to one of theirs.",
    line="Each step of ours needs one of yours, so what can you do on your side?",
    page="method/the-two-questions.md#ask-it-for-both-sides",
    fires_on={THEM_GRAB: 400000},
    silent_on={THEM_GRAB: 40000},
    stake=ALL,
)
def only_we_would_cooperate(analysis: Analysis) -> Evidence | None:
    """Applies when the relationship pays for you, and for them at no estimate."""
    ours, theirs = analysis.relationship.ours, analysis.relationship.theirs
    if not ours.holds or theirs.holds is not False or theirs.grab is None:
        return None
    currency = analysis.plan.currency
    return Evidence(
        THEM_GRAB,
        f"They could squeeze out {about(theirs.grab, currency)} now; keeping you is "
        f"worth at most {about(max(theirs.future), currency)} to them, by your own "
        f"figures.{_were_it_wrong(analysis)}",
    )


@rule(
    kind=Kind.ASK,
    theme=Theme.THEIR_FUTURE,
    advice="Find out what keeping you is worth to them.",
    line="Where would you like us to be with each other in three years?",
    page="method/the-two-questions.md#ask-it-for-both-sides",
    fires_on={THEM_GRAB: 100000},
    silent_on={THEM_GRAB: 1000},
    stake=ALL,
    phases=AHEAD,
)
def their_future_is_unclear(analysis: Analysis) -> Evidence | Missing | None:
    """Applies when your range for their gain holds what they could squeeze out."""
    theirs = analysis.relationship.theirs
    if theirs.holds is not None:
        return None
    if theirs.grab is None or not theirs.future:
        at = next(at for at in theirs.missing)
        return Missing(at, question(at))
    currency = analysis.plan.currency
    future = about_between(min(theirs.future), max(theirs.future), currency)
    return Evidence(
        "/future/them/yearly_gain",
        f"By your figures it is worth {future}; they could squeeze out "
        f"{about(theirs.grab, currency)} now. The answer decides how you play it.",
    )


@rule(
    kind=Kind.DO,
    theme=Theme.GOODWILL,
    advice="Give at most {premium} as goodwill, all rounds together.",
    page="method/what-the-future-is-worth.md#put-a-price-on-goodwill",
    fires_on={"/future/continue_chance_if_we_give": 0.9},
    silent_on={"/future/continue_chance_if_we_give": 0.5},
    stake=ALL,
    phases=AHEAD,
    silent_in=ONE_OFF,
)
def ceiling_on_goodwill(analysis: Analysis) -> Evidence | Missing | None:
    """Applies when staying may pay for you and giving makes it more likely."""
    future, premium = analysis.plan.future, analysis.relationship.premium
    if future.continue_chance_if_we_give is None:
        at = "/future/continue_chance_if_we_give"
        return Missing(at, question(at))
    if not premium or analysis.relationship.ours.holds is False:
        return None
    return Evidence(
        "/future/continue_chance_if_we_give",
        "That is what a better chance of the next deal is worth to you"
        f"{_if_it_lasts(analysis)}. Beyond it you lose more today than comes back.",
        {"premium": about(premium, analysis.plan.currency)},
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.PROMISE,
    advice="Say openly that this is about the deal; promise no partnership.",
    line="We’re looking at this deal, and we haven’t decided about the years after.",
    page="method/the-two-questions.md#when-no-reason-holds",
    fires_on={US_GRAB: 3000000},
    silent_on={US_GRAB: 60000},
    stake=ALL,
)
def we_would_not_keep_it(analysis: Analysis) -> Evidence | None:
    """Applies when the relationship does not pay for you."""
    ours = analysis.relationship.ours
    if ours.holds is not False or ours.grab is None:
        return None
    currency = analysis.plan.currency
    return Evidence(
        US_GRAB,
        f"You could squeeze out {about(ours.grab, currency)} now, and keeping the "
        f"relationship is worth {about(max(ours.future), currency)}. A promise to "
        "cooperate would be worth nothing.",
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.PROMISE,
    advice="Pay nothing for this relationship: it gains you nothing.",
    line="For us this is about this one deal, so let’s settle it on its own.",
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
        f"A year with them brings {about(gain.middle, analysis.plan.currency)} "
        "over your next best partner.",
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.GIVING,
    advice="Give nothing to make them stay: by your answers, it would not.",
    line="Apart from the terms, what would have to change for you to stay with us?",
    page="method/what-the-future-is-worth.md#put-a-price-on-goodwill",
    fires_on={"/future/continue_chance_if_we_give": 0.8},
    silent_on={"/future/continue_chance_if_we_give": 0.85},
    stake=ALL,
    silent_in=ONE_OFF,
)
def giving_does_not_help(analysis: Analysis) -> Evidence | None:
    """Applies when a concession would not raise the chance that you deal again."""
    future = analysis.plan.future
    now, given = future.continue_chance, future.continue_chance_if_we_give
    if now is None or given is None or given > now or now >= 1:
        return None
    return Evidence(
        "/future/continue_chance_if_we_give",
        f"You put the chance of dealing again at {percent(given)} if you give and at "
        f"{percent(now)} if you do not.",
    )


@rule(
    kind=Kind.ASK,
    theme=Theme.THEIR_FUTURE,
    advice="Put a low and a high figure beside your guess of their gain.",
    page="method/the-two-questions.md#ask-it-for-both-sides",
    fires_on={"/future/them/yearly_gain": {"likely": 50000}},
    silent_on={"/future/them/basis": "told"},
    stake=ALL,
    phases=AHEAD,
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
    theme=Theme.FIRMNESS,
    advice="Check {answer} before anything else: you are near the line.",
    page="method/choosing-a-stance.md#look-at-how-firm-it-is",
    fires_on={"/future/continue_chance": 0.8},
    silent_on={
        "/future/them/one_off_gain": 1000,
        "/future/us/one_off_gain": 1000,
        "/future/continue_chance": 0.8,
    },
    stake=ALL,
    phases=AHEAD,
)
def close_to_a_boundary(analysis: Analysis) -> Evidence | None:
    """Applies when a small change of one answer would change the stance."""
    nearest = next(iter(analysis.boundaries), None)
    if nearest is None or nearest.distance > NEAR:
        return None
    answer, currency = answer_at(nearest.at), analysis.plan.currency
    now = in_words(nearest.at, nearest.now, currency)
    there = f"at {in_words(nearest.at, nearest.turns_at, currency)}"
    if there == f"at {now}":  # it stands on the boundary, or next to it
        there = f"just {'under' if nearest.falls else 'over'} that"
    return Evidence(
        nearest.at,
        f"It stands at {now}: “{analysis.stance.label}”. {there[0].upper()}{there[1:]} "
        f"it would be “{nearest.becomes.label}”. Your estimate cannot tell them apart.",
        {"answer": answer.named},
    )


def in_words(at: str, value: float, currency: str | None) -> str:
    """Say a value of an answer, to the figures that an estimate has."""
    kind = answer_at(at).kind
    if isinstance(kind, Percent):
        return about_percent(value)
    return about(value, currency)


def _if_it_lasts(analysis: Analysis) -> str:
    """The other reading of the ceiling, where it is known."""
    lasting = analysis.relationship.lasting_premium
    if not lasting:
        return ""
    worth = about(lasting, analysis.plan.currency)
    return f" ({worth} if every later one gets more likely)"


def _were_it_wrong(analysis: Analysis) -> str:
    """What goodwill could be worth if the guess about them is wrong."""
    uncredited = analysis.relationship.uncredited
    if not uncredited:
        return ""
    worth = about(uncredited, analysis.plan.currency)
    return f" If that is wrong, goodwill can be worth {worth}; as it is, nothing."


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
