"""Advice about the deal: limits, trades across issues, and answering packages."""

from planner.advice.rule import Evidence, Kind, Missing, rule
from planner.analyses.analysis import Analysis
from planner.analyses.ledger import unanswered_goodwill
from planner.analyses.packages import in_words
from planner.analyses.scoring import Score
from planner.plan.address import under
from planner.plan.rows import question
from planner.plan.values import SIDES
from planner.words.figures import money, percent, points

HEAVY = 20.0  # points out of 100; your-walk-away.md#set-a-limit-before-you-talk
MOST = 60.0  # points; agreement-issues.md#look-for-what-else-changes-hands
HALF = 50.0  # points; trading-across-issues.md#ask-before-you-build-on-a-guess
CHEAP, DEAR = 5.0, 15.0  # points; trading-across-issues.md#keep-your-cheap-coin
WEAK = 0.25  # of a balanced deal; your-walk-away.md#improve-it-before-you-make-an-offer
WORTH_A_TRADE = 1.2  # ratio of ratios; trading-across-issues.md#find-the-trades


@rule(
    kind=Kind.DO,
    advice="Give on “{give}”; ask for “{gain}” in return.",
    page="method/trading-across-issues.md#find-the-trades",
    fires_on={"/issues/0/weight/us": 50},
    silent_on={f"/issues/{i}/weight/{side}": 20 for i in range(6) for side in SIDES},
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
        stake=gain.swing_us - give.swing_us,
    )


@rule(
    kind=Kind.DO,
    advice="Write down your limit on “{issue}” before you talk.",
    page="method/your-walk-away.md#set-a-limit-before-you-talk",
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
        stake=heaviest.swing_us,
    )


@rule(
    kind=Kind.DO,
    advice="Answer their offer with {counter}.",
    page="method/trading-across-issues.md#answer-a-package-with-a-better-one",
    fires_on={"/offers/0/by": "them"},
    silent_on={"/offers": []},
)
def better_for_both(analysis: Analysis) -> Evidence | None:
    """Applies when a deal that you would sign is better for you, no worse for them."""
    theirs = [(i, o) for i, o in enumerate(analysis.plan.offers) if o.by == "them"]
    if not theirs:
        return None
    i, offer = theirs[-1]
    offered = analysis.points(offer)
    better = analysis.better_than(offered) if offered else None
    if offered is None or better is None:
        return None
    return Evidence(
        f"/offers/{i}/terms",
        f"Theirs is worth {points(offered.us)} to you and {points(offered.them)} "
        f"to them; this one {points(better.us)} and {points(better.them)}.",
        {"counter": _listed(in_words(better.apart(offered)))},
        stake=better.us - offered.us,
    )


@rule(
    kind=Kind.BEWARE,
    advice="Stop paying for the relationship with “{issue}”.",
    page="method/two-lists.md#never-pay-for-the-relationship-with-the-deal",
    fires_on={"/moves/0/why": "relationship", "/moves/0/in_return_for": None},
    silent_on={"/moves/0/in_return_for": "90-day forecast"},
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
    advice="Leave the table if the deal falls below {walk_away}.",
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
        for key in ("value", "chance"):
            if getattr(alternative, key) is None:
                at = f"/alternatives/us/{i}/{key}"
                return Missing(at, question(at))
    worth, currency = analysis.walk_away, analysis.plan.currency
    if worth is None or worth <= 0:
        return None
    best = max(alternatives, key=lambda a: (a.chance or 0.0) * (a.value or 0.0))
    at = f"/alternatives/us/{alternatives.index(best)}/value"
    name, value = best.name or "Your alternative", money(best.value or 0, currency)
    from_here = "a deal with your worst option on every issue"
    says = f"{name} is worth {value} and comes off {percent(best.chance or 0)} of the "
    if len(alternatives) > 1:
        says += (
            f"time. The sum over your {len(alternatives)} alternatives counts, chance "
            f"times worth less cost: {money(worth, currency)} over {from_here}."
        )
    else:
        says += f"time, counted from {from_here}."
    return Evidence(
        at,
        says,
        {"walk_away": _in_points(worth, analysis)},
        stake=analysis.walk_away_points or 0.0,
    )


@rule(
    kind=Kind.DO,
    advice="Raise your target on “{issue}” to “{option}”.",
    page="method/your-walk-away.md#set-a-limit-before-you-talk",
    fires_on={"/issues/5/target": "Northwind carries them"},
    silent_on={"/issues/0/target": "€115"},  # below where you stand by now
)
def target_below_reach(analysis: Analysis) -> Evidence | None:
    """Applies when the balanced deal gives you more on an issue than your target.

    Not where you have moved past that already: a target comes before the steps.
    """
    aim, ours = analysis.balanced, analysis.standing("us")
    for score, option in aim.terms if aim else ():
        target = score.issue.option(score.issue.target)
        stand = score.issue.option(ours.get(score.issue.id or ""))
        if stand is not None and (stand.us or 0.0) < (option.us or 0.0):
            continue
        if target is not None and (option.us or 0.0) > (target.us or 0.0):
            return Evidence(
                f"{score.at}/target",
                f"Your target is “{target.name}”; a deal that is balanced overall "
                "gives you more there.",
                {"issue": _name(score), "option": option.name or ""},
                stake=score.swing_us,
            )
    return None


@rule(
    kind=Kind.BEWARE,
    advice="Settle whether “{issue}” has a limit or a target: they contradict.",
    page="method/your-walk-away.md#set-a-limit-before-you-talk",
    fires_on={"/issues/0/limit": "€106", "/issues/0/target": "€115"},
    silent_on={"/issues/0/limit": "€115"},
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
    kind=Kind.BEWARE,
    advice="Walk away, or loosen a limit: no deal within your limits beats leaving.",
    page="method/your-walk-away.md#leave-when-the-deal-is-worth-less",
    fires_on={"/alternatives/us/0/value": 900000},
    silent_on={"/alternatives/us/0/value": 40000},
)
def nothing_beats_leaving(analysis: Analysis) -> Evidence | None:
    """Applies when even the best deal within your limits is worth less than none."""
    floor = analysis.walk_away_points
    if floor is None or not analysis.deals_exist or analysis.efficient(0).us >= floor:
        return None
    return Evidence(
        "/alternatives/us/0/value",
        f"Your best deal is worth {points(analysis.efficient(0).us)}; leaving, "
        f"{points(floor)}.",
        stake=floor - analysis.efficient(0).us,
    )


@rule(
    kind=Kind.DO,
    advice="Improve your alternative before you make an offer.",
    page="method/your-walk-away.md#improve-it-before-you-make-an-offer",
    fires_on={"/alternatives/us/0/chance": 0.1},
    silent_on={"/alternatives/us/0/chance": 0.9},
)
def weak_alternative(analysis: Analysis) -> Evidence | None:
    """Applies when leaving is worth little beside the balanced deal."""
    floor, aim = analysis.walk_away_points, analysis.balanced
    if floor is None or aim is None or floor >= WEAK * aim.us:
        return None
    return Evidence(
        "/alternatives/us/0/chance",
        f"Leaving is worth {points(max(floor, 0.0))}, the balanced deal "
        f"{points(aim.us)}. Whoever needs the deal more gives more for it.",
    )


@rule(
    kind=Kind.ASK,
    advice="Find out what they will do without a deal.",
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
    advice="Look for what else changes hands: “{issue}” is nearly the whole deal.",
    page="method/agreement-issues.md#look-for-what-else-changes-hands",
    fires_on={f"/issues/{i}/weight/us": 5 for i in range(1, 6)}
    | {"/issues/0/weight/us": 90},
    silent_on={"/issues/0/weight/us": 40},
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
    advice="Settle “{issue}” first: “{option}” is best for both of you.",
    page="method/trading-across-issues.md#settle-first-what-both-want",
    fires_on={"/issues/3/options/1/us": 100, "/issues/3/options/2/us": 60},
    silent_on={"/issues/3/options/1/us": 60},
)
def same_wish(analysis: Analysis) -> Evidence | None:
    """Applies when both sides want the same option on an issue."""
    for score in analysis.counted:
        for i in score.allowed:
            best = score.us[i] == max(score.us) and score.them[i] == max(score.them)
            if best and score.swing_us and score.swing_them:
                return Evidence(
                    f"{score.at}/options/{i}/them",
                    "You both gain there, and an early agreement is a good start.",
                    {
                        "issue": _name(score),
                        "option": score.issue.options[i].name or "",
                    },
                    stake=score.swing_us,
                )
    return None


@rule(
    kind=Kind.BEWARE,
    advice="Do not give “{issue}” away: keep it for a trade.",
    page="method/trading-across-issues.md#keep-your-cheap-coin",
    fires_on={"/issues/4/weight/us": 2},
    silent_on={f"/issues/{i}/weight/us": 20 for i in range(6)},
)
def cheap_for_us_dear_for_them(analysis: Analysis) -> Evidence | None:
    """Applies when an issue means little to you and much to them."""
    for score in analysis.counted:
        if score.swing_us <= CHEAP and score.swing_them >= DEAR:
            return Evidence(
                f"{score.at}/weight/us",
                f"It is worth {points(score.swing_us)} to you and "
                f"{points(score.swing_them)} to them: your best coin.",
                {"issue": _name(score)},
                stake=score.swing_them,
            )
    return None


@rule(
    kind=Kind.ASK,
    advice="Put a price on one step that gains you something, so that points can be "
    "read as money.",
    page="method/how-the-planner-thinks.md#points",
    fires_on={"/money": None},
    silent_on={"/money/worth": 48000},
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
    kind=Kind.DO,
    advice="Change your own offer to {counter}: they lose nothing.",
    page="method/trading-across-issues.md#answer-a-package-with-a-better-one",
    fires_on={
        "/offers/0/terms/disputes": "Court",
        "/offers/0/terms/price": "€109",
        "/offers/0/terms/ending": "3 months",
    },
    silent_on={"/offers/0/by": "them"},
)
def our_offer_wastes_value(analysis: Analysis) -> Evidence | None:
    """Applies when your last offer could be better for you at no cost to them."""
    ours = [(i, o) for i, o in enumerate(analysis.plan.offers) if o.by == "us"]
    offered = analysis.points(ours[-1][1]) if ours else None
    better = analysis.better_than(offered) if offered else None
    if offered is None or better is None:
        return None
    return Evidence(
        f"/offers/{ours[-1][0]}/terms",
        f"It is worth {points(offered.us)} to you and {points(offered.them)} to "
        f"them; the other {points(better.us)} and {points(better.them)}.",
        {"counter": _listed(in_words(better.apart(offered)))},
        stake=better.us - offered.us,
    )


@rule(
    kind=Kind.BEWARE,
    advice="Refuse “{option}” on “{issue}”: it is beyond your limit.",
    page="method/your-walk-away.md#set-a-limit-before-you-talk",
    fires_on={"/offers/1/terms/price": "€118"},
    silent_on={"/offers/1/terms/price": "€115"},
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
    advice="Ask them how they rank the issues before you trust the trades.",
    page="method/trading-across-issues.md#ask-before-you-build-on-a-guess",
    fires_on={f"/issues/{i}/basis": "guessed" for i in range(6)},
    silent_on={f"/issues/{i}/basis": "told" for i in range(6)},
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
    amount, floor = money(worth, analysis.plan.currency), analysis.walk_away_points
    return amount if floor is None else f"{points(floor)} ({amount})"


def _listed(things: list[str]) -> str:
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"


RULES = (
    one_issue_is_everything,
    limit_beyond_target,
    heavy_issue_without_limit,
    target_below_reach,
    same_wish,
    trade_across_issues,
    cheap_for_us_dear_for_them,
    mostly_guesses,
    their_offer_is_past_our_limit,
    better_for_both,
    our_offer_wastes_value,
    nothing_beats_leaving,
    walk_away,
    weak_alternative,
    their_alternative_is_a_guess,
    points_without_a_price,
    goodwill_paid_in_the_deal,
)
