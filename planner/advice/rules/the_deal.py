"""Advice about the deal: limits, trades across issues, and answering packages."""

from planner.advice.rule import (
    AHEAD,
    BEFORE_AN_OFFER,
    GIVING_WAY,
    SHORT,
    UNDER_WAY,
    Evidence,
    Kind,
    Missing,
    Theme,
    rule,
)
from planner.analyses.analysis import Analysis
from planner.analyses.leaving import points_of_terms
from planner.analyses.ledger import unanswered_goodwill
from planner.analyses.packages import in_words, to_say
from planner.analyses.scoring import Score
from planner.analyses.trades import Trade
from planner.plan.address import under
from planner.plan.rows import question
from planner.words.figures import about, money, percent, plain, points
from planner.words.listing import listed

HEAVY = 20.0  # points out of 100; your-walk-away.md#set-a-limit-before-you-talk
MOST = 60.0  # points; agreement-issues.md#look-for-what-else-changes-hands
HALF = 50.0  # points; trading-across-issues.md#ask-before-you-build-on-a-guess
MOST_TERMS = 2  # of the walk-away, told as a deal
CHEAP, DEAR = 5.0, 15.0  # points; trading-across-issues.md#keep-your-cheap-coin
WEAK = 0.25  # of a fair deal; your-walk-away.md#improve-it-before-you-make-an-offer


@rule(
    kind=Kind.DO,
    theme=Theme.TRADES,
    advice="If they move to {ask}, move to {give}.",
    line="If you can {ask_do}, we can {give_do}.",
    page="method/trading-across-issues.md#find-the-trades",
    fires_on={f"/issues/{i}/basis": "told" for i in range(6)},
    silent_on={f"/issues/{i}/basis": "guessed" for i in range(6)}
    | {"/offers": [], "/moves": []},
    silent_in=SHORT,
)
def trade_across_issues(analysis: Analysis) -> Evidence | None:
    """Applies when two steps together pay both sides, as sure as what you know."""
    trade = next((t for t in analysis.play.trades if t.sure), None)
    if trade is None:
        return None
    return Evidence(
        f"{trade.give.score.at}/weight/us",
        f"Together the two bring you {net(trade.us)} points and them "
        f"{net(trade.them)}.",
        _sides(trade),
        stake=trade.us,
    )


@rule(
    kind=Kind.ASK,
    theme=Theme.TRADES,
    advice="Ask whether they would move to {ask} if you moved to {give}.",
    line="If we could {give_do}, would you {ask_do}?",
    page="method/trading-across-issues.md#ask-before-you-build-on-a-guess",
    fires_on={f"/issues/{i}/basis": "guessed" for i in range(6)}
    | {"/offers": [], "/moves": []},
    silent_on={f"/issues/{i}/basis": "told" for i in range(6)},
    silent_in=SHORT,
)
def trade_to_ask_about(analysis: Analysis) -> Evidence | None:
    """Applies when a trade pays them only if your guess about them is right."""
    trade = next(iter(analysis.play.trades), None)
    if trade is None or trade.sure:
        return None
    return Evidence(
        f"{trade.ask.score.at}/weight/them",
        f"If you are right about them, that brings you {net(trade.us)} points and "
        f"them {net(trade.them)}.",
        _sides(trade),
        stake=trade.us,
    )


@rule(
    kind=Kind.DO,
    theme=Theme.LIMITS,
    advice="Write down your limit on “{issue}” before you talk.",
    page="method/your-walk-away.md#set-a-limit-before-you-talk",
    fires_on={"/issues/0/limit": None, "/offers": [], "/moves": []},
    silent_on={"/issues/0/limit": "€112", "/issues/1/limit": "5 days"},
    phases=BEFORE_AN_OFFER,
)
def heavy_issue_without_limit(analysis: Analysis) -> Evidence | None:
    """Applies when an issue of weight has no limit."""
    contested = (s for s in analysis.counted if not _same_wish(s))
    open_ended = [s for s in contested if s.issue.limit is None]
    heaviest = max(open_ended, key=lambda score: score.swing_us, default=None)
    if heaviest is None or heaviest.swing_us < HEAVY or analysis.play.aim is None:
        return None
    return Evidence(
        f"{heaviest.at}/limit",
        f"It carries {points(heaviest.swing_us)} of your 100, and nothing says "
        "where you would rather walk away.",
        {"issue": _name(heaviest)},
        stake=heaviest.swing_us,
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.GIVING,
    advice="Name what you want first: you moved on “{issue}” and got nothing.",
    line="We have moved on {issue}, so what can you move on?",
    page="method/two-lists.md#never-pay-for-the-relationship-with-the-deal",
    fires_on={"/moves/0/kind": "goodwill", "/moves/0/in_return_for": None},
    silent_on={"/moves/0/in_return_for": "90-day forecast"},
    phases=UNDER_WAY,
    silent_in=GIVING_WAY,
)
def goodwill_paid_in_the_deal(analysis: Analysis) -> Evidence | None:
    """Applies when you gave on the deal for the relationship, for nothing back."""
    issues = analysis.plan.agreement.values()
    names = {v.id: v.name or v.id for v in issues if v.id}
    kept = analysis.ledger
    cost_nothing = {entry.at for entry in kept.entries} - set(kept.subsidy.moves)
    for i, move in enumerate(analysis.plan.moves):
        goodwill = unanswered_goodwill(move) and f"/moves/{i}" not in cost_nothing
        issue = names.get(move.issue or "")
        if issue and move.by == "us" and goodwill:
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
    theme=Theme.WALK_AWAY,
    advice="Walk away from a deal that is worth less to you than leaving: {walk_away}.",
    page="method/your-walk-away.md#put-a-value-on-it",
    fires_on={"/alternatives/us/0/chance": 1},
    silent_on={"/alternatives/us/0/value": -500000},
)
def walk_away(analysis: Analysis) -> Evidence | Missing | None:
    """Applies when the value of your alternative is known."""
    alternatives = analysis.plan.alternatives.us
    if not alternatives:
        return Missing("/alternatives/us", question("/alternatives/us"))
    for i, alternative in enumerate(alternatives):
        at = under("/alternatives/us", i)
        if alternative.value is None and not alternative.terms:
            return Missing(f"{at}/value", question(f"{at}/value"))
        if alternative.chance is None:
            return Missing(f"{at}/chance", question(f"{at}/chance"))
    worth, floor = analysis.walk_away, analysis.walk_away_points
    known = floor if worth is None else worth
    if known is None or known <= 0:
        return None
    worths = analysis.worths_of_leaving
    best = max(range(len(worths)), key=lambda i: worths[i])
    says = _leaving(analysis, best, worth, floor)
    says += f" over all {len(worths)}." if len(worths) > 1 else "."
    deal = analysis.play.walk_away_deal
    if deal is not None:
        heavy = sorted(deal.terms, key=lambda term: -term[0].swing_us)[:MOST_TERMS]
        says += f" As a deal, that is about {listed(in_words(heavy))}."
    key = "terms" if alternatives[best].value is None else "value"
    return Evidence(
        under("/alternatives/us", best, key),
        says,
        {"walk_away": points(known) if worth is None else _in_points(worth, analysis)},
        stake=floor or 0.0,
    )


def _leaving(
    analysis: Analysis, best: int, worth: float | None, floor: float | None
) -> str:
    """What the best alternative would bring, as a sum or as terms."""
    one, currency = analysis.plan.alternatives.us[best], analysis.plan.currency
    name, chance = one.name or "Your alternative", percent(one.chance or 0.0)
    if worth is None:
        terms = points_of_terms(one, "us", analysis.scores.counted) or 0.0
        return (
            f"“{name}” has a chance of {chance} to bring you terms worth "
            f"{points(terms)}. Call it {points(floor or 0.0)}"
        )
    return (
        f"“{name}” has a chance of {chance} to beat your worst terms by "
        f"{money(one.value or 0.0, currency)}. Call it {about(worth, currency)}"
    )


@rule(
    kind=Kind.DO,
    theme=Theme.LIMITS,
    advice="Raise your target on “{issue}” to “{option}”.",
    page="method/your-walk-away.md#set-a-limit-before-you-talk",
    fires_on={
        "/issues/5/target": "Northwind carries them",
        "/offers": [],
        "/moves": [],
    },
    silent_on={"/issues/0/target": "€115"},  # below where you stand by now
    phases=AHEAD,
)
def target_below_reach(analysis: Analysis) -> Evidence | None:
    """Applies when the deal to aim for gives you more on an issue than your target.

    Not where you have moved past that already: a target comes before the steps.
    """
    aim, stand_now = analysis.play.aim, analysis.play.stand
    ours = {s.at: o for s, o in stand_now.package.terms} if stand_now else {}
    for score, option in aim.terms if aim else ():
        target = score.issue.option(score.issue.target)
        stand = ours.get(score.at)
        if stand is not None and (stand.us or 0.0) <= (option.us or 0.0):
            continue
        if target is not None and (option.us or 0.0) > (target.us or 0.0):
            return Evidence(
                f"{score.at}/target",
                f"Your target is “{target.name}”; the deal that you aim for overall "
                "gives you more there.",
                {"issue": _name(score), "option": option.name or ""},
                stake=score.swing_us,
            )
    return None


@rule(
    kind=Kind.BEWARE,
    theme=Theme.LIMITS,
    advice="Settle whether “{issue}” has a limit or a target: they contradict.",
    page="method/your-walk-away.md#set-a-limit-before-you-talk",
    fires_on={"/issues/0/limit": "€106", "/issues/0/target": "€115"},
    silent_on={"/issues/0/limit": "€115"},
    phases=AHEAD,
)
def limit_beyond_target(analysis: Analysis) -> Evidence | None:
    """Applies when you would walk away from what you aim for."""
    for score in analysis.scores.counted:
        limit = score.issue.option(score.issue.limit)
        target = score.issue.option(score.issue.target)
        if limit and target and (limit.us or 0.0) > (target.us or 0.0):
            return Evidence(
                f"{score.at}/limit",
                f"You would walk away from anything worse than “{limit.name}”, "
                f"and you aim for “{target.name}”.",
                {"issue": _name(score)},
                stake=score.swing_us,
            )
    return None


@rule(
    kind=Kind.DO,
    theme=Theme.WALK_AWAY,
    advice="Improve your alternative before you make an offer.",
    page="method/your-walk-away.md#improve-it-before-you-make-an-offer",
    fires_on={"/alternatives/us/0/chance": 0.1, "/offers": [], "/moves": []},
    silent_on={"/alternatives/us/0/chance": 0.9},
    phases=BEFORE_AN_OFFER,
    silent_in=GIVING_WAY | SHORT,
)
def weak_alternative(analysis: Analysis) -> Evidence | None:
    """Applies when leaving is worth little beside the fair deal."""
    floor, aim = analysis.walk_away_points, analysis.play.fair
    if floor is None or aim is None or floor >= WEAK * aim.us:
        return None
    return Evidence(
        "/alternatives/us/0/chance",
        f"Leaving is worth {points(max(floor, 0.0))}, a fair deal "
        f"{points(aim.us)}. Whoever needs the deal more gives more for it.",
    )


@rule(
    kind=Kind.ASK,
    theme=Theme.THEIR_WALK_AWAY,
    advice="Find out what they will do without a deal.",
    line="What will you do if we don’t agree?",
    page="method/your-walk-away.md#theirs-too",
    fires_on={"/alternatives/them/0/basis": "guessed"},
    silent_on={"/alternatives/them/0/basis": "told"},
)
def their_alternative_is_a_guess(analysis: Analysis) -> Evidence | Missing | None:
    """Applies when you only guess what they would do without a deal."""
    theirs = analysis.plan.alternatives.them
    if not theirs:
        return Missing("/alternatives/them", question("/alternatives/them"))
    guess = next((a for a in theirs if a.basis in (None, "guessed")), None)
    if guess is None:
        return None
    return Evidence(
        f"/alternatives/them/{theirs.index(guess)}/basis",
        f"“{guess.name or 'Their alternative'}” is your guess. It sets how far "
        "they will go.",
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.WEIGHTS,
    advice="Look for what else changes hands: “{issue}” is nearly the whole deal.",
    page="method/agreement-issues.md#look-for-what-else-changes-hands",
    fires_on={f"/issues/{i}/weight/us": 5 for i in range(1, 6)}
    | {"/issues/0/weight/us": 90},
    silent_on={"/issues/0/weight/us": 40},
    phases=AHEAD,
    silent_in=SHORT,
)
def one_issue_is_everything(analysis: Analysis) -> Evidence | None:
    """Applies when one issue carries most of your points."""
    heaviest = max(analysis.counted, key=lambda s: s.swing_us, default=None)
    if heaviest is None or heaviest.swing_us < MOST:
        return None
    return Evidence(
        f"{heaviest.at}/weight/us",
        f"It carries {points(heaviest.swing_us)} of your 100. With so little on "
        "the other issues there is nothing to trade.",
        {"issue": _name(heaviest)},
        stake=heaviest.swing_us,
    )


@rule(
    kind=Kind.DO,
    theme=Theme.TRADES,
    advice="Settle “{issue}” first: “{option}” is best for both of you.",
    line="We both seem to want “{option}” on {issue}, so let’s write that down first.",
    page="method/trading-across-issues.md#settle-first-what-both-want",
    fires_on={"/issues/3/options/1/us": 100, "/issues/3/options/2/us": 60},
    silent_on={"/issues/3/options/1/us": 60},
    phases=AHEAD,
    silent_in=SHORT,
)
def same_wish(analysis: Analysis) -> Evidence | None:
    """Applies when both sides want the same option on an issue."""
    for score in analysis.counted:
        for i in _same_wish(score):
            return Evidence(
                f"{score.at}/options/{i}/them",
                "You both gain there, and an early agreement is a good start.",
                {"issue": _name(score), "option": score.issue.options[i].name or ""},
                stake=score.swing_us,
            )
    return None


def _same_wish(score: Score) -> list[int]:
    """The options of an issue that are best for both sides."""
    if not score.swing_us or not score.swing_them:
        return []
    return [
        i
        for i in score.allowed
        if score.us[i] == max(score.us) and score.them[i] == max(score.them)
    ]


@rule(
    kind=Kind.BEWARE,
    theme=Theme.TRADES,
    advice="Do not give “{issue}” away: keep it for a trade.",
    line="We can talk about {issue} if something comes back for it.",
    page="method/trading-across-issues.md#keep-your-cheap-coin",
    fires_on={"/issues/4/weight/us": 2},
    silent_on={f"/issues/{i}/weight/us": 20 for i in range(6)},
    phases=AHEAD,
    silent_in=SHORT,
)
def cheap_for_us_dear_for_them(analysis: Analysis) -> Evidence | None:
    """Applies when an issue means little to you and much to them."""
    for score in analysis.counted:
        if score.swing_us <= CHEAP and score.swing_them >= DEAR:
            return Evidence(
                f"{score.at}/weight/us",
                f"It is worth {points(score.swing_us)} to you and "
                f"{points(score.swing_them)} to them: keep it to trade with.",
                {"issue": _name(score)},
                stake=score.swing_them,
            )
    return None


@rule(
    kind=Kind.ASK,
    theme=Theme.MONEY,
    advice="Put a price on one step that gains you something, so that points can be "
    "read as money.",
    page="method/how-the-planner-thinks.md#points",
    fires_on={"/money": None},
    silent_on={"/money/worth": 48000},
    phases=AHEAD,
)
def points_without_a_price(analysis: Analysis) -> Evidence | None:
    """Applies when the deal is in points and nothing says what they are worth."""
    if not analysis.counted or analysis.point_worth is not None:
        return None
    return _reversed(analysis) or Evidence(
        "/money/worth",
        "Without it, the deal cannot be compared with your alternative or with "
        "what the future is worth.",
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.LIMITS,
    advice="Refuse “{option}” on “{issue}”: it is beyond your limit.",
    line="We can’t do “{option}” on {issue}, so tell us what is behind it and "
    "we’ll look for another way.",
    page="method/your-walk-away.md#set-a-limit-before-you-talk",
    fires_on={"/offers/1/terms/price": "€118"},
    silent_on={"/offers/1/terms/price": "€115"},
    phases=UNDER_WAY,
)
def their_offer_is_past_our_limit(analysis: Analysis) -> Evidence | None:
    """Applies when their last offer asks for an option beyond your limit."""
    theirs = [(i, o) for i, o in enumerate(analysis.plan.offers) if o.by == "them"]
    for i, offer in theirs[-1:]:
        for score in analysis.scores.counted:
            name = offer.terms.get(score.issue.id or "")
            allowed = [score.issue.options[j].name for j in score.allowed]
            if name and name not in allowed:
                return Evidence(
                    under(f"/offers/{i}/terms", score.issue.id or ""),
                    f"You wrote down “{score.issue.limit}” as your limit.",
                    {"option": name, "issue": _name(score)},
                    stake=score.swing_us,
                )
    return None


@rule(
    kind=Kind.ASK,
    theme=Theme.PRIORITIES,
    advice="Ask them how they rank the issues before you trust the trades.",
    line="Which of these issues matters most to you, so that we can move there?",
    page="method/trading-across-issues.md#ask-before-you-build-on-a-guess",
    fires_on={f"/issues/{i}/basis": "guessed" for i in range(6)},
    silent_on={f"/issues/{i}/basis": "told" for i in range(6)},
    phases=AHEAD,
    silent_in=SHORT,
)
def mostly_guesses(analysis: Analysis) -> Evidence | None:
    """Applies when most of what you think they want, of several issues, is guessed."""
    if len(analysis.counted) < 2:
        return None
    guessed = [s for s in analysis.counted if s.issue.basis in (None, "guessed")]
    weight = sum(score.swing_them for score in guessed)
    if weight <= HALF:
        return None
    return Evidence(
        f"{guessed[0].at}/basis",
        f"{points(weight)} of their 100 are your guess.",
    )


def net(value: float) -> str:
    """Say what a trade brings a side, in points to a tenth: ``8``, ``2.5``."""
    return plain(round(value, 1))


def _sides(trade: Trade) -> dict[str, str]:
    give, ask = trade.give, trade.ask
    named = in_words([(give.score, give.end), (ask.score, ask.end)])
    return {
        "give": named[0],
        "ask": named[1],
        "give_do": to_say(give.score, give.end),
        "ask_do": to_say(ask.score, ask.end),
    }


def _name(score: Score) -> str:
    return score.issue.name or "this issue"


def _reversed(analysis: Analysis) -> Evidence | None:
    """The price that is there, where it says that a gain costs us or a loss pays."""
    anchor, step = analysis.plan.money, analysis.priced_step
    if not anchor.worth or step is None or step * anchor.worth >= 0:
        return None
    at, end, mend = (
        ("/money/from", "worse", "Turn the step round")
        if step < 0
        else ("/money/worth", "better", "Leave out the minus")
    )
    return Evidence(
        at,
        f"From “{anchor.start}” to “{anchor.end}” it gets {end} for you, and you put "
        f"that at {money(anchor.worth, analysis.plan.currency)}. {mend}.",
    )


def _in_points(worth: float, analysis: Analysis) -> str:
    amount, floor = about(worth, analysis.plan.currency), analysis.walk_away_points
    return amount if floor is None else f"{amount} ({points(floor)})"


RULES = (
    one_issue_is_everything,
    limit_beyond_target,
    heavy_issue_without_limit,
    target_below_reach,
    same_wish,
    trade_across_issues,
    trade_to_ask_about,
    cheap_for_us_dear_for_them,
    mostly_guesses,
    their_offer_is_past_our_limit,
    walk_away,
    weak_alternative,
    their_alternative_is_a_guess,
    points_without_a_price,
    goodwill_paid_in_the_deal,
)
