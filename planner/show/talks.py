"""*At the table*: what to do now, what to offer and trade, the steps and offers so far.

The panels show these values and compute nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from planner.advice.advice import Advice
from planner.advice.rule import Theme
from planner.analyses.analysis import Analysis
from planner.analyses.composing import options_in
from planner.analyses.events import best_option
from planner.analyses.ledger import (
    ROUNDING,
    UNRECIPROCATED,
    CrossSubsidy,
    Entry,
    Ledger,
)
from planner.analyses.packages import Package, Shift, Tell, in_words, to_say
from planner.analyses.play import Play
from planner.analyses.stance import Stance
from planner.analyses.trades import Trade
from planner.plan.address import look_up, members, under
from planner.plan.limits import MOST_MOVES
from planner.plan.values import Side
from planner.show.brief import LETTERS, say_net
from planner.show.chapters import Shown
from planner.show.charts import LedgerChart, ledger_chart
from planner.words.figures import about, count, plain, points, times_as_much
from planner.words.listing import listed

__all__ = [
    "Now",
    "Offer",
    "OfferLine",
    "Proposal",
    "StepLine",
    "Talks",
    "TradeLine",
    "propose",
    "talks",
]

MOST_SHARED = 4  # terms that a sentence names; more are a list
MOST_TERMS = 3  # of an offer, in its line
LEAST_SAID = 0.05  # points, which are said to a tenth
NEARLY = 0.95  # a choice that tells less about two weights tells nothing new
TRADING = ("open", "hold", "concede", "stop")  # when a trade is of use

WHO: Mapping[str, str] = MappingProxyType({"us": "You", "them": "They"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """What to do now, why, the line to say if there is one, and where it is argued."""

    advice: str
    because: str
    line: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The packages to offer at once, side by side.

    ``names`` has the letter of each, ``us`` and ``them`` what it is worth. ``rows`` are
    the issues on which they differ with the option of each, all of them where there is
    one package; ``shared`` are the terms that all have. ``tells`` says what a choice
    among them would show.
    """

    names: tuple[str, ...]
    us: tuple[str, ...]
    them: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    shared: tuple[str, ...]
    tells: tuple[str, ...]

    @property
    def shared_in_words(self) -> str:
        """The terms that all have in a sentence; empty where these are too many."""
        return listed(self.shared) if len(self.shared) <= MOST_SHARED else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeLine:
    """A trade as one says it, with what it brings each side, in points."""

    says: str
    us: str
    them: str
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step in a sentence with its date if it has one, and what it cost or brought us.

    One that is ``new`` is not in the plan yet, one that is ``open`` not whole.
    ``starts`` says from where such a step leads, by its side and its issue.
    ``kinds`` are the reasons to choose from.
    """

    at: str
    number: int
    says: str
    worth: str
    date: str = ""
    new: bool = False
    open: bool = False
    goodwill: bool = False
    starts: Mapping[str, str]
    kinds: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLine:
    """An offer in a line: whose, on which day, with what, and its worth to both."""

    at: str
    number: int
    who: str
    date: str
    terms: str
    worth: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What to do now, and what to offer and to trade.

    ``counted`` tells whether the issues can be counted, so that deals can be found, and
    ``spoken`` whether we have named terms. ``trades`` is None where none is of use now;
    ``opened`` tells that they are those which our opening has in it, as none is left.
    ``free`` is what would cost them nothing.
    """

    counted: bool
    now: Now | None
    offer: Offer | None
    free: tuple[str, ...]
    trades: tuple[TradeLine, ...] | None
    opened: bool
    spoken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What the steps so far come to, in words.

    ``came_back`` is what came back for each point given, empty where nothing was.
    ``assumed`` tells that what is left is counted from our best, as we named no terms;
    ``stop`` whether the stop line is reached, ``stop_line`` what it is.
    """

    gave_and_got: str
    came_back: str
    left: str
    goodwill: str
    cliff: str
    stop: str
    stop_line: str
    assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Talks:
    """What was said so far.

    ``made_by_offers`` are the steps that follow from offers, each with the address of
    its term. ``balance`` is what was given and what came back, and ``books`` all that
    follows from it, None before the first step.
    """

    steps: tuple[StepLine, ...]
    made_by_offers: tuple[tuple[str, str, str], ...]
    offers: tuple[OfferLine, ...]
    balance: str
    books: Books | None
    chart: LedgerChart | None


def propose(shown: Shown) -> Proposal:
    """Put together what to do at the table now."""
    analysis, told = shown.analysis, shown.analysis.play
    trades = told.trades or told.opening_trades
    trading = told.advance in TRADING and told.stance is not Stance.KEEP_SHORT
    return Proposal(
        counted=bool(analysis.frontier),
        now=_now(shown.advice, told),
        offer=_offer(told),
        free=tuple(map(_free, told.waste)),
        trades=tuple(map(_trade, trades)) if trading else None,
        opened=bool(told.opening_trades),
        spoken=told.stand is not None,
    )


def talks(shown: Shown) -> Talks:
    """Put together what was said at the table so far."""
    kept = shown.analysis.ledger
    return Talks(
        steps=tuple(_steps(shown)),
        made_by_offers=tuple(_made_by_offers(kept.entries)),
        offers=tuple(_offers(shown)),
        balance=_balance(kept.given, kept.received) if kept.entries else "",
        books=_books(shown.analysis) if kept.entries else None,
        chart=ledger_chart(shown.analysis),
    )


# What to do now


def _now(advice: Advice, told: Play) -> Now | None:
    """What the line of play says to do now; None where nothing is known yet."""
    if told.advance == "over":
        return Now(
            advice="The talks are over.",
            because="What they left on the table stands under “Afterwards”.",
            line="",
            page="method/after-the-deal.md#steps",
        )
    next_one = next((r for r in advice.reasons if r.rule.theme is Theme.NEXT), None)
    if next_one is None:
        return None
    return Now(
        advice=next_one.advice,
        because=next_one.evidence.says,
        line=next_one.line,
        page=next_one.rule.page,
    )


def _offer(told: Play) -> Offer | None:
    packages = told.packages
    if not packages:
        return None
    first, *others = packages
    differing = {score.at for other in others for score, _ in other.apart(first)}
    rows, shared = [], []
    for n, (score, option) in enumerate(first.terms):
        if others and score.at not in differing:
            shared.append(in_words([(score, option)])[0])
            continue
        named = tuple(p.terms[n][1].name or "an option" for p in packages)
        rows.append((score.issue.name or "New issue", named))
    return Offer(
        names=tuple(LETTERS[: len(packages)]),
        us=tuple(f"{p.us:.0f}" for p in packages),
        them=tuple(f"{p.them:.0f}" for p in packages),
        rows=tuple(rows),
        shared=tuple(shared),
        tells=tuple(_tell(t, packages) for t in told.tells if t.ratio >= NEARLY),
    )


def _tell(tell: Tell, packages: Sequence[Package]) -> str:
    return (
        f"If they take {LETTERS[packages.index(tell.pick)]}: "
        f"{tell.issue.issue.name or 'one issue'} matters to them at least "
        f"{times_as_much(tell.ratio)} as {tell.than.issue.name or 'another'}; by your "
        f"figures, {times_as_much(tell.believed)}."
    )


def _free(step: Shift) -> str:
    """Say what they could give for nothing."""
    theirs = f", {say_net(step.them)} to them" if step.them >= LEAST_SAID else ""
    named = in_words([(step.score, step.end)])[0]
    return f"{named}: {say_net(step.us)} points to you{theirs}."


def _trade(trade: Trade) -> TradeLine:
    """Say a trade to the other side; one that hangs on a guess as a question."""
    give, ask = (to_say(step.score, step.end) for step in (trade.give, trade.ask))
    says = (
        f"If you {ask}, we can {give}."
        if trade.sure
        else f"Would you {ask}, if we {give}?"
    )
    return TradeLine(
        says=says, us=say_net(trade.us), them=say_net(trade.them), sure=trade.sure
    )


# Steps


def _steps(shown: Shown) -> Iterator[StepLine]:
    """The steps as typed, and the line on which the next one begins."""
    entries = {entry.at: entry for entry in shown.analysis.ledger.entries}
    starts = _starts(shown)
    listed_ones = members(shown.document, "/moves")
    for number, at in enumerate(listed_ones, start=1):
        yield _step(shown, at, number, entries.get(at), starts)
    if len(listed_ones) < MOST_MOVES and all(_is_whole(shown, a) for a in listed_ones):
        at = under("/moves", len(listed_ones))
        yield StepLine(
            at=at,
            number=len(listed_ones) + 1,
            says="",
            worth="",
            new=True,
            open=True,
            starts=starts,
            kinds=_kinds("us"),
        )


def _is_whole(shown: Shown, at: str) -> bool:
    """Whether a step says who moved on what, and to where."""
    return all(_text(shown, f"{at}/{key}") for key in ("by", "issue", "to"))


def _step(
    shown: Shown,
    at: str,
    number: int,
    entry: Entry | None,
    starts: Mapping[str, str],
) -> StepLine:
    by, whole = _text(shown, f"{at}/by"), _is_whole(shown, at)
    goodwill = entry is not None and entry.for_relationship
    issue = shown.issues.get(_text(shown, f"{at}/issue"), "an issue")
    start, end = (_text(shown, f"{at}/{key}") or "?" for key in ("from", "to"))
    reason = _reason(shown, at, by, goodwill=goodwill)
    says = f"{WHO.get(by, 'Someone')} moved {issue} from {start} to {end}"
    return StepLine(
        at=at,
        number=number,
        says=f"{says} · {reason}" if reason else says,
        worth=_worth(entry) if entry else "",
        date=_text(shown, f"{at}/date"),
        open=not whole,
        goodwill=goodwill,
        starts={} if whole else starts,
        kinds=_kinds(by),
    )


def _reason(shown: Shown, at: str, by: str, *, goodwill: bool) -> str:
    """Why a step was made, in the words of its line; empty where nobody said it."""
    kind = _text(shown, f"{at}/kind")
    back = _text(shown, f"{at}/in_return_for")
    if kind == "return" or (back and not kind):
        return f"for {back}" if back else "for something back"
    if goodwill and not kind:
        return "as goodwill"
    return dict(_kinds(by)).get(kind, "")


def _kinds(by: str) -> tuple[tuple[str, str], ...]:
    """Why a step may have been made, in the words of its line."""
    who = "they" if by == "them" else "you"
    return (
        ("return", "for something back"),
        ("goodwill", "as goodwill"),
        ("forced", f"because {who} had to"),
        ("facts", "because of new facts"),
    )


def _worth(entry: Entry) -> str:
    """What a step of ours cost us, or one of theirs brought us, in points."""
    ours = entry.by == "us"
    worth = entry.given if ours else entry.received
    if worth < -ROUNDING:
        return f"{-worth:.0f} taken back"
    return f"{abs(worth):.0f} {'given' if ours else 'received'}"


def _balance(given: float, received: float) -> str:
    return f"you gave {points(given)}, and got {points(received)}"


def _books(analysis: Analysis) -> Books:
    """What the ledger comes to, as the panel says it."""
    kept, currency = analysis.ledger, analysis.typed.currency
    ratio = kept.reciprocity
    return Books(
        gave_and_got=f"{points(kept.given)}, {points(kept.received)}",
        came_back="" if ratio is None else plain(round(ratio, 2)),
        left=_left(kept, currency),
        goodwill=_goodwill(kept.subsidy, currency),
        cliff=_cliff(kept),
        stop=_stop(kept, reached=analysis.play.stopped),
        stop_line=_stop_line(kept),
        assumed=bool(kept.assumed),
    )


def _left(kept: Ledger, currency: str | None) -> str:
    if kept.surplus is None:
        return "not known yet"
    worth = kept.surplus_worth
    in_money = "" if worth is None else f", {about(worth, currency)}"
    return f"{points(kept.surplus)}{in_money}"


def _goodwill(given: CrossSubsidy, currency: str | None) -> str:
    """What was given for goodwill, of what goodwill is worth."""
    worth, premium, over = given.worth, given.premium, given.over
    gave = points(given.points) if worth is None else about(worth, currency)
    most = "a sum not known yet" if premium is None else about(premium, currency)
    too_much = f": {about(over, currency)} too much" if over and over > 0 else ""
    return f"{gave} of {most}{too_much}"


def _cliff(kept: Ledger) -> str:
    """When nothing is left at this pace, and from when on it is a loss."""
    if kept.surplus is None:
        return "not known yet"
    if kept.worthless is None:
        return "not at this pace"
    here = f"in round {count(kept.worthless)}"
    if kept.losing is None:
        return here
    then = (
        "in it" if kept.losing == kept.worthless else f"from round {count(kept.losing)}"
    )
    return f"{here}, a loss {then}"


def _stop(kept: Ledger, *, reached: bool) -> str:
    if reached:
        return "reached"
    return "not known yet" if kept.stop.reached is None else "not reached"


def _stop_line(kept: Ledger) -> str:
    """What the stop line is, and where we stand."""
    stop = kept.stop
    rounds = f"{UNRECIPROCATED} rounds in a row that nothing came back for"
    said = f"The stop line is {rounds}: now {stop.rounds}"
    if stop.buffer is not None and kept.surplus is not None:
        less = f"less than {points(stop.buffer)} left: now {points(kept.surplus)}"
        said = f"{said}. Or {less}"
    return f"{said}."


def _starts(shown: Shown) -> dict[str, str]:
    """Where each side stands on each issue: ``us/price`` → option.

    Where nothing can be reckoned from, what it named last.
    """
    told = shown.analysis.play
    found: dict[str, str] = {}
    for side, stand in (("us", told.stand), ("them", told.their_stand)):
        whose: Side = "us" if side == "us" else "them"
        held: dict[str | None, str | None] = dict(_named_last(shown, whose))
        for score in shown.analysis.counted:
            best = score.issue.options[best_option(score, whose)]
            held[score.issue.id] = best.name
        for score, option in stand.package.terms if stand else ():
            held[score.issue.id] = option.name
        found |= {f"{side}/{key}": held.get(key) or "" for key in shown.issues}
    return found


def _named_last(shown: Shown, side: Side) -> Iterator[tuple[str, str]]:
    """What a side named in its offers and in its steps, as they are listed."""
    for at in members(shown.document, "/offers"):
        terms = look_up(shown.document, f"{at}/terms")
        if _text(shown, f"{at}/by") == side and isinstance(terms, dict):
            yield from ((key, o) for key, o in terms.items() if isinstance(o, str))
    for at in members(shown.document, "/moves"):
        if _text(shown, f"{at}/by") == side and _text(shown, f"{at}/to"):
            yield _text(shown, f"{at}/issue"), _text(shown, f"{at}/to")


def _made_by_offers(entries: Sequence[Entry]) -> Iterator[tuple[str, str, str]]:
    """The steps that offers make: address, sentence, what it was worth."""
    for entry in entries:
        if entry.at.startswith("/offers"):
            issue = entry.score.issue.name or "an issue"
            says = f"{WHO[entry.by]} moved {issue} from {entry.move.start} to "
            yield entry.at, f"{says}{entry.move.end}", _worth(entry)


# Offers


def _offers(shown: Shown) -> Iterator[OfferLine]:
    for number, at in enumerate(members(shown.document, "/offers"), start=1):
        terms = look_up(shown.document, f"{at}/terms")
        named = terms if isinstance(terms, dict) else {}
        order = dict.fromkeys([*shown.issues, *sorted(named)])
        options = {k: o for k in order if isinstance(o := named.get(k), str) and o}
        yield OfferLine(
            at=at,
            number=number,
            who=WHO.get(_text(shown, f"{at}/by"), "Someone"),
            date=_text(shown, f"{at}/date"),
            terms=listed(options.values(), MOST_TERMS),
            worth=_worth_of(shown.analysis, options),
        )


def _worth_of(analysis: Analysis, options: Mapping[str, str]) -> str:
    """What an offer is worth to both; empty where it leaves something open."""
    scores = analysis.counted
    chosen = options_in(options, scores)
    if not scores or len(chosen) < len(scores):
        return ""
    us = sum(scores[n].us[i] for n, i in chosen.items())
    them = sum(scores[n].them[i] for n, i in chosen.items())
    return f"{us:.0f} to you, {them:.0f} to them"


def _text(shown: Shown, at: str) -> str:
    """A text as typed; empty for what is none."""
    value = look_up(shown.document, at)
    return value if isinstance(value, str) else ""
