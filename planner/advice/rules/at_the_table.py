"""Advice at the table, as the line of play has it: what to do now, what to learn."""

from collections.abc import Mapping
from typing import Any

from planner.advice.rule import (
    AHEAD,
    NOW,
    SHORT,
    STOPPED,
    UNDER_WAY,
    Evidence,
    Kind,
    Theme,
    rule,
)
from planner.analyses.analysis import Analysis
from planner.analyses.packages import Package, Shift, in_words, to_say
from planner.analyses.play import Play
from planner.analyses.stance import Stance
from planner.analyses.trades import shift
from planner.words.figures import points, times_as_much

type Changes = Mapping[str, Any]

PAGE = "method/at-the-table.md"
PACKAGES = "method/equal-packages.md"
LEAVE = "method/your-walk-away.md#leave-when-the-deal-is-worth-less"
MOST_TERMS = 3  # that a line of advice names
TIGHT = 15.0  # points over leaving; your-walk-away.md#theirs-too

NOBODY: Changes = {"/offers": [], "/moves": []}
OURS_ALONE: Changes = {"/offers/1": None, "/moves": []}
GOOD_OFFER = {
    "/offers/1/terms/price": "€106",
    "/offers/1/terms/service": "5 days, two weeks of stock held",
    "/offers/1/terms/tooling": "Alder pays",
    "/offers/1/terms/disputes": "An independent lab decides",
    "/offers/1/terms/ending": "3 months",
    "/offers/1/terms/duties": "Alder carries them at cost",
}
FAIR_OFFER = {
    "/offers/1/terms/price": "€109",
    "/offers/1/terms/service": "5 days",
    "/offers/1/terms/disputes": "An independent lab decides",
}


@rule(
    kind=Kind.DO,
    theme=Theme.NEXT,
    advice="Open with {offer}.",
    line="{opening}",
    page="method/opening.md#how-far",
    fires_on=NOBODY,
    silent_on={},
    stake=NOW,
    phases=AHEAD,
)
def open_the_talks(analysis: Analysis) -> Evidence | None:
    """Applies when you have made no offer and no step yet."""
    told = analysis.play
    if told.advance != "open" or told.aim is None or told.opening is None:
        return None
    if told.stance is Stance.KEEP_SHORT:
        says = f"Leaving is worth {_leaving(analysis)}. Take anything near it, and go."
        return Evidence(
            "/offers",
            says,
            {"offer": _terms(told.aim), "opening": _one_offer(told.aim)},
        )
    aim = f"You aim for {points(told.aim.us)}"
    room = told.level is not None and told.level > told.aim.us + 0.5
    says = f"{aim}; that leaves room to come down." if room else f"{aim}."
    facts = {"offer": _offer(analysis), "opening": _opening(told)}
    return Evidence("/offers", says, facts)


@rule(
    kind=Kind.DO,
    theme=Theme.NEXT,
    advice="Hold at {stand}: it is their turn to move.",
    line="We have said what works for us, so tell us what would work for you.",
    page="method/the-concession-ledger.md#use-it-in-the-room",
    fires_on=OURS_ALONE,
    silent_on={},
    stake=NOW,
    phases=AHEAD,
)
def hold_your_offer(analysis: Analysis) -> Evidence | None:
    """Applies when they have given nothing since your last offer or step."""
    told = analysis.play
    if told.advance != "hold" or told.stand is None or told.aim is None:
        return None
    stand, aim = told.stand.package.us, told.aim.us
    says = (
        "You stand at what you aim for, or under it. You have nothing more to give."
        if stand <= aim
        else "Since your last word they have made no step that is worth more to you. "
        f"Your aim is {points(aim)}."
    )
    facts = {"stand": points(stand)}
    return Evidence("/offers", says, facts)


@rule(
    kind=Kind.DO,
    theme=Theme.NEXT,
    advice="Come down one step, from {stand} to about {level}: {offer}.",
    line="If you can move too, we can {step}.",
    page=f"{PAGE}#concede-in-the-right-order",
    fires_on={"/moves/0/why": "relationship"},
    silent_on=NOBODY,
    stake=NOW,
    phases=AHEAD,
)
def come_down_one_step(analysis: Analysis) -> Evidence | None:
    """Applies when it is your turn, and your stand is over what you aim for."""
    told = analysis.play
    if told.advance != "concede" or told.stand is None or told.aim is None:
        return None
    if not told.packages:
        return None
    return Evidence(
        "/offers",
        f"Your aim is {points(told.aim.us)}. Make each step smaller than the last.",
        {
            "stand": points(told.stand.package.us),
            "level": points(told.packages[0].us),
            "offer": _step(told),
            "step": _step_to_say(told),
        },
    )


@rule(
    kind=Kind.DO,
    theme=Theme.NEXT,
    advice="Say yes to their offer: it is worth {offered} to you.",
    line="That works for us{with_it}, so let’s read the terms back one by one.",
    page=f"{PAGE}#know-when-to-say-yes",
    fires_on=GOOD_OFFER,
    silent_on={},
    stake=NOW,
    phases=UNDER_WAY,
)
def say_yes(analysis: Analysis) -> Evidence | None:
    """Applies when their offer is worth as much as what you would offer next."""
    told = analysis.play
    if told.advance != "accept" or told.their_stand is None or told.aim is None:
        return None
    aim = points(told.aim.us)
    aim = f"It reaches your aim of {aim}" if told.reached else f"Your aim is {aim}"
    free = ", ".join(in_words((step.score, step.end) for step in told.waste))
    more = f" With the yes, ask for {free}: it costs them nothing." if free else ""
    if told.stance is Stance.KEEP_SHORT:
        more += " Talking on costs more than it brings."
    return Evidence(
        "/offers",
        f"{aim}; leaving is worth {_leaving(analysis)}.{more}",
        {
            "offered": points(told.their_stand.package.us),
            "with_it": f" together with {free}" if free else "",
        },
    )


@rule(
    kind=Kind.DO,
    theme=Theme.NEXT,
    advice="Decide: take their offer, or leave. It is worth {over} more than leaving.",
    line="We have come as far as we can, so give us until tomorrow to say yes or no.",
    page=f"{PAGE}#know-when-to-say-yes",
    fires_on={**FAIR_OFFER, "/rounds": 1},
    silent_on={},
    stake=NOW,
    phases=UNDER_WAY,
)
def decide_on_their_offer(analysis: Analysis) -> Evidence | None:
    """Applies when you have come down all the way and they offer less than your aim."""
    told = analysis.play
    if told.advance != "decide" or told.their_stand is None or told.aim is None:
        return None
    offered = told.their_stand.package.us
    return Evidence(
        "/offers",
        f"You have made the steps that you planned. Their offer is "
        f"{points(told.aim.us - offered)} short of your aim.",
        {"over": points(offered - (told.walk_away.us or 0.0))},
    )


@rule(
    kind=Kind.DO,
    theme=Theme.NEXT,
    advice="Say what you need before anything else moves: {ask}.",
    line="Before anything else moves, we need you to {need}.",
    page="method/when-only-one-side-cares.md#draw-the-stop-line",
    fires_on={
        "/moves": [
            {"by": "us", "round": 1, "issue": "price", "from": "€106", "to": "€109"},
            {"by": "us", "round": 2, "issue": "price", "from": "€109", "to": "€112"},
        ],
        "/offers": [],
    },
    silent_on={},
    stake=NOW,
    phases=STOPPED,
)
def say_what_you_need(analysis: Analysis) -> Evidence | None:
    """Applies when you are at your stop line."""
    told = analysis.play
    if not told.stopped:
        return None
    asked = _most_needed(told)
    ask, need = "one thing, with a date", "move on one thing, with a date"
    if asked is not None:
        (ask,) = in_words([(asked.score, asked.end)])
        need = to_say(asked.score, asked.end)
    return Evidence(
        "/moves",
        "A step that nobody answers teaches them to wait for the next one.",
        {"ask": ask, "need": need},
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.NEXT,
    advice="Walk away, or loosen a limit: no deal within your limits beats leaving.",
    line="We have a better course this time, and we’d like to look at it with "
    "you again next time.",
    page=LEAVE,
    fires_on={"/alternatives/us/0/value": 900000},
    silent_on={"/alternatives/us/0/value": 40000},
    stake=NOW,
)
def nothing_beats_leaving(analysis: Analysis) -> Evidence | None:
    """Applies when even the best deal within your limits is worth less than none."""
    told, floor = analysis.play, analysis.walk_away_points
    if told.advance != "leave" or floor is None or not analysis.deals_exist:
        return None
    best = analysis.efficient(0).us
    if best > floor:
        return None
    return Evidence(
        "/alternatives/us/0/value",
        f"Your best deal is worth {points(best)}; leaving, {points(floor)}.",
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.NEXT,
    advice="Make no offer yet: no deal on these issues beats leaving for both of you.",
    line="As the list stands, we don’t see a deal that works for both of us, so "
    "what else could we put on the table?",
    page=LEAVE,
    fires_on={"/alternatives/them/0/value": 400000},
    silent_on={},
    stake=NOW,
)
def no_deal_for_both(analysis: Analysis) -> Evidence | None:
    """Applies when no deal is better than leaving for you and for them."""
    told, floor = analysis.play, analysis.walk_away_points or 0.0
    if told.zone != "closed" or analysis.efficient(0).us <= floor:
        return None
    return Evidence(
        "/alternatives/them",
        f"Leaving is worth {points(max(floor, 0.0))} of 100 to you and about "
        f"{points(told.walk_away.likely or 0.0)} to them. Add an issue or an option, "
        "find out whether their choice is what you think, improve yours, or leave.",
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.LIMITS,
    advice="Loosen a limit: your own limits leave one deal only.",
    page="method/your-walk-away.md#set-a-limit-before-you-talk",
    fires_on={
        "/issues/0/limit": "€106",
        "/issues/1/limit": "5 days, two weeks of stock held",
        "/issues/2/limit": "Alder pays",
        "/issues/3/limit": "An independent lab decides",
        "/issues/4/limit": "3 months",
        "/issues/5/limit": "Alder carries them in the price",
    },
    silent_on={},
    phases=AHEAD,
)
def no_room(analysis: Analysis) -> Evidence | None:
    """Applies when your limits leave a single deal on issues that have more."""
    if not analysis.play.no_room:
        return None
    limited = next(s for s in analysis.counted if len(s.allowed) < len(s.us))
    return Evidence(
        f"{limited.at}/limit", "There is nothing to offer, to trade or to come down to."
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.THEIR_WALK_AWAY,
    advice="Aim for what is left: they can do nearly as well without you.",
    page="method/your-walk-away.md#theirs-too",
    fires_on={"/alternatives/them/0/value": 185000},
    silent_on={},
    phases=AHEAD,
)
def little_is_left(analysis: Analysis) -> Evidence | None:
    """Applies when their alternative leaves you little over your own."""
    told, theirs = analysis.play, analysis.plan.alternatives.them
    if told.fair is None or told.walk_away.likely is None:
        return None
    left = told.fair.us - (told.walk_away.us or 0.0)
    if left >= TIGHT or told.walk_away.likely < told.fair.us:
        return None
    best = max(theirs, key=lambda a: (a.chance or 1.0) * (a.value or 0.0))
    price = next((s for s in analysis.counted if s.issue.id == _priced(analysis)), None)
    on = f" on {price.issue.name}" if price and price.issue.name else ""
    return Evidence(
        f"/alternatives/them/{theirs.index(best)}/value",
        f"“{best.name or 'Their alternative'}” is worth about "
        f"{points(told.walk_away.likely)} of 100 to them, so nothing{on} beats it by "
        f"much. A fair deal leaves you {points(left)} over leaving.",
        stake=NOW,
    )


@rule(
    kind=Kind.ASK,
    theme=Theme.THEIR_WALK_AWAY,
    advice="Ask what they see that you do not, before you sign.",
    line="That is better than we expected, so help us see what it does for you.",
    page="method/your-walk-away.md#theirs-too",
    fires_on=GOOD_OFFER,
    silent_on={},
    stake=NOW,
    phases=UNDER_WAY,
)
def too_good_to_be_true(analysis: Analysis) -> Evidence | None:
    """Applies when they offer what you believe is worse for them than leaving."""
    told = analysis.play
    if not told.beyond_them or told.their_stand is None:
        return None
    return Evidence(
        "/alternatives/them",
        f"By your figures they would stand at {points(told.their_stand.package.them)}, "
        f"and leaving is worth {points(told.their_walk_away)} to them. Your picture of "
        "them is wrong somewhere.",
    )


@rule(
    kind=Kind.ASK,
    theme=Theme.THEIR_WALK_AWAY,
    advice="Find out what they will do without a deal: it decides if there is one.",
    line="What will you do if we don’t agree?",
    page="method/your-walk-away.md#theirs-too",
    fires_on={"/alternatives/them/0/value": 220000},
    silent_on={},
    stake=NOW,
    phases=AHEAD,
)
def the_deal_hangs_on_their_alternative(analysis: Analysis) -> Evidence | None:
    """Applies when a deal is possible only at the low end of your estimate."""
    away = analysis.play.walk_away
    if analysis.play.zone != "unknown" or away.likely is None or away.low is None:
        return None
    return Evidence(
        "/alternatives/them",
        f"At {points(away.low)} of 100 to them there is a deal that both can sign; at "
        f"{points(away.likely)}, your best guess, there is none.",
    )


@rule(
    kind=Kind.DO,
    theme=Theme.FREE,
    advice="Put {free} into every package: it costs them nothing.",
    line="It would help us to have {free}, so does anything speak against it?",
    page="method/trading-across-issues.md#leave-no-waste",
    fires_on={"/offers/1/terms/disputes": "Court"},
    silent_on={"/offers": [], "/moves": []},
    phases=UNDER_WAY,
)
def what_costs_them_nothing(analysis: Analysis) -> Evidence | None:
    """Applies when another option would cost them nothing and bring you something."""
    waste = analysis.play.waste
    if not waste:
        return None
    best = max(waste, key=lambda step: step.us)
    held = best.start.name or "what they offer"
    return Evidence(
        f"{best.score.at}/weight/us",
        f"They offer “{held}”. The other is worth {points(best.us)} more to you, and "
        "no less to them.",
        {
            "free": ", ".join(in_words((step.score, step.end) for step in waste)),
        },
        stake=sum(step.us for step in waste),
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.RETREAT,
    advice="Say why you take back {taken}, or leave it given.",
    line="We can’t hold {taken}, and we’d rather say so now than later.",
    page=f"{PAGE}#concede-in-the-right-order",
    fires_on={
        "/offers/0/terms": {
            "price": "€106",
            "service": "5 days, two weeks of stock held",
            "tooling": "Alder pays",
            "disputes": "An independent lab decides",
            "ending": "3 months",
            "duties": "Alder carries them in the price",
        },
        "/offers/1": {
            "by": "us",
            "terms": {
                "price": "€115",
                "service": "10 days",
                "tooling": "Northwind pays",
                "disputes": "Court",
                "ending": "12 months",
                "duties": "Northwind carries them",
            },
        },
        "/alternatives/us/0/value": 60000,
        "/moves": [],
    },
    silent_on={},
    stake=NOW,
    phases=UNDER_WAY,
)
def you_would_take_a_step_back(analysis: Analysis) -> Evidence | None:
    """Applies when no good deal is left without taking back a step of yours."""
    told = analysis.play
    if not told.taken_back:
        return None
    against = ", ".join(in_words((step.score, step.end) for step in told.against))
    gives = f" You can offer {against} against it." if against else ""
    taken = ((step.score, step.start) for step in told.taken_back)
    return Evidence(
        "/offers",
        f"No deal worth more than leaving is left without that.{gives}",
        {"taken": ", ".join(in_words(taken))},
    )


@rule(
    kind=Kind.ASK,
    theme=Theme.PRIORITIES,
    advice="Watch whether they choose the package with more on “{issue}”.",
    line="Any of these works for us, so which one is nearest to what you need?",
    page=f"{PACKAGES}#learn-from-their-choice",
    fires_on={"/issues/4/basis": "guessed"},
    silent_on={f"/issues/{i}/basis": "told" for i in range(6)},
    phases=AHEAD,
    silent_in=SHORT,
)
def what_a_choice_would_tell(analysis: Analysis) -> Evidence | None:
    """Applies when their choice among equal packages would open a trade."""
    tells = analysis.play.tells
    tell = next((t for t in tells if t.pays and t.ratio >= 1), None)
    if tell is None:
        return None
    issue, than = tell.issue.issue.name or "", tell.than.issue.name or ""
    return Evidence(
        f"{tell.issue.at}/weight/them",
        f"If they do, it matters at least {times_as_much(tell.ratio)} "
        f"to them as “{than}”.",
        {"issue": issue},
    )


def _most_needed(told: Play) -> Shift | None:
    """Return what to ask for at the stop line, if they have named terms.

    It is their part of the best trade. Who has come down too far to trade asks for the
    step of theirs to our own terms that brings most, less what it costs them.
    """
    if told.trades:
        return told.trades[0].ask
    if told.stand is None or told.their_stand is None:
        return None
    ours, theirs = told.stand.package.terms, told.their_stand.package.terms
    steps = (
        shift(score, score.issue.options.index(held), score.issue.options.index(goal))
        for (score, goal), (_, held) in zip(ours, theirs, strict=True)
    )
    gains = [step for step in steps if step.us > 0]
    return max(gains, key=lambda step: step.us + step.them, default=None)


def _opening(told: Play) -> str:
    """The sentence to open with: one offer, or packages to choose from."""
    if not told.packages:
        return "Let us hear first what matters most to you."
    if len(told.packages) == 1:
        return _one_offer(told.packages[0])
    return (
        f"Here are {len(told.packages)} packages, each of which works for us, so "
        "which one is nearest to what you need?"
    )


def _one_offer(package: Package) -> str:
    return f"What would work for us is {_terms(package)}."


def _step_to_say(told: Play) -> str:
    """What a concession does, as one says it."""
    if len(told.packages) > 1 or told.stand is None:
        return f"offer you {len(told.packages)} packages to choose from"
    moved = told.packages[0].apart(told.stand.package)
    return " and ".join(to_say(*term) for term in moved) or "move a little"


def _offer(analysis: Analysis) -> str:
    """The packages to open with, in a few words."""
    told = analysis.play
    level = points(told.level or 0.0)
    if not told.packages:
        return f"a package worth about {level} to you"
    if len(told.packages) == 1:
        only = told.packages[0]
        return f"{_terms(only, MOST_TERMS)}, worth {points(only.us)} to you"
    return f"{len(told.packages)} packages at once, each worth about {level} to you"


def _step(told: Play) -> str:
    """What a concession changes in where we stand, in a few words."""
    if len(told.packages) > 1 or told.stand is None:
        return f"offer {len(told.packages)} packages at once"
    moved = told.packages[0].apart(told.stand.package)
    return f"move to {', '.join(in_words(moved))}"


def _terms(package: Package, most: int | None = None) -> str:
    """The terms of a package, those that are worth most to us first."""
    heavy = sorted(package.terms, key=lambda term: -term[0].swing_us)
    more = f" and {len(heavy) - most} more terms" if most and len(heavy) > most else ""
    return f"{', '.join(in_words(heavy[:most]))}{more}"


def _leaving(analysis: Analysis) -> str:
    return points(max(analysis.play.walk_away.us or 0.0, 0.0))


def _priced(analysis: Analysis) -> str | None:
    return analysis.plan.money.issue


RULES = (
    open_the_talks,
    hold_your_offer,
    come_down_one_step,
    say_yes,
    decide_on_their_offer,
    say_what_you_need,
    nothing_beats_leaving,
    no_deal_for_both,
    no_room,
    you_would_take_a_step_back,
    little_is_left,
    too_good_to_be_true,
    the_deal_hangs_on_their_alternative,
    what_costs_them_nothing,
    what_a_choice_would_tell,
)
