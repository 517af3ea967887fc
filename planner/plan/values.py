"""The plan: everything a reader told us about one negotiation, as values.

``None`` always means *not answered*. An unanswered question is never a zero.

Each answer is declared once, with its type and its row: how it is read and written,
what a form asks, whose side it is on. ``kinds.Row`` tells what a row holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from planner.plan.kinds import (
    NOTE,
    Amount,
    Choice,
    Date,
    Each,
    Estimate,
    Estimated,
    Flag,
    Listing,
    Mapped,
    Note,
    Number,
    Percent,
    Quotation,
    Rate,
    Sided,
    Tagged,
    Text,
    Value,
    Whose,
    Words,
    in_range,
    record,
    row,
)
from planner.plan.limits import MOST_ISSUES, MOST_MOVES, MOST_OPTIONS, MOST_OTHERS
from planner.plan.signals import SIGNALS

__all__ = [
    "PLAN",
    "SIDES",
    "AgreementIssue",
    "Alternative",
    "Alternatives",
    "Basis",
    "Checks",
    "Comparison",
    "Estimate",
    "Future",
    "Interests",
    "Issue",
    "Money",
    "Move",
    "MoveKind",
    "Offer",
    "Option",
    "Outcome",
    "Part",
    "Party",
    "Plan",
    "Points",
    "RelationshipIssue",
    "Side",
    "Stake",
]

type Side = Literal["us", "them"]
type Basis = Literal["told", "observed", "guessed"]
type MoveKind = Literal["return", "goodwill", "forced", "facts"]

SIDES: tuple[Side, ...] = ("us", "them")

WEIGHT = Number(0, 100, in_range(0, 100))
SCALE = Number(1, 7, in_range(1, 7))
ROUND = Number(0, 10_000, in_range(0, 10_000))
TERMS = Mapped(Quotation(of="term"), MOST_ISSUES, "terms")

# The headings of the handbook that explain the answers.
QUESTIONS = "method/the-two-questions.md"
AGAIN = f"{QUESTIONS}#will-you-deal-again"
GAIN = f"{QUESTIONS}#what-would-a-partnership-gain-you"
ROUNDS = "method/at-the-table.md#concede-in-the-right-order"
GRAB = "method/what-could-be-squeezed-out.md#look-in-seven-places"
TERM = "method/what-the-future-is-worth.md#a-fixed-term-has-a-last-round"
PRICE = "method/what-the-future-is-worth.md#put-a-price-on-goodwill"
TALKING = "method/stances.md#keep-short"
KNOW_BETTER = "method/reading-their-frame.md#when-you-know-better"
LISTS = "method/two-lists.md#put-every-issue-on-one-list"
LIMIT = "method/your-walk-away.md#set-a-limit-before-you-talk"
OUTSIDE = "method/your-walk-away.md#put-a-value-on-it"
PROMISES = "method/relationship-issues.md#turn-a-wish-into-a-commitment"
OFFERS = "method/trading-across-issues.md#answer-a-package-with-a-better-one"
WEIGHTS = "method/weights-that-mean-something.md#steps"
RATHER = "method/weights-that-mean-something.md#would-you-rather"
GUESSES = "method/weights-that-mean-something.md#ask-about-the-guess-that-matters"
SAVES = "method/how-trust-pays.md#what-trust-saves"
BETRAYAL = "method/how-trust-pays.md#what-a-betrayal-would-cost"
OFTEN = "method/how-trust-pays.md#how-often-to-check"
STEPS = "method/the-concession-ledger.md#write-down-every-step"
GOODWILL = "method/the-concession-ledger.md#keep-goodwill-in-its-own-column"
RETURN = "method/when-only-one-side-cares.md#ask-for-something-each-time"
INTERESTS = "method/what-they-want.md#ask-so-that-people-can-answer"
MANDATE = "method/your-own-house.md#mandate"
MENDED = "method/how-trust-grows.md#mend-it-when-it-broke"
SUMS = "method/what-could-be-squeezed-out.md#steps"
SAY = "method/say-it.md#when-you-trade"
LEFT = "method/after-the-deal.md#look-for-what-was-left-on-the-table"
THEN = "method/after-the-deal.md#look-at-the-relationship"
LEARN = "method/after-the-deal.md#steps"


def _id() -> Any:
    return row(
        Text(),
        "A short name for links from moves and offers",
        required="Give it an id",
    )


def _name() -> Any:
    return row(
        Text(),
        "What it is called",
        required="Give this issue a name",
        label="Issue",
        hint="What has to be settled",
        page=LISTS,
    )


def _basis(label: Words = "How you know") -> Any:
    return row(
        Choice(
            (
                ("told", "They told us"),
                ("observed", "We saw it"),
                ("guessed", "We guess"),
            )
        ),
        "How you know: told, observed or guessed",
        label=label,
        hint="Guesses are worth asking about",
        page=GUESSES,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Value):
    """One side of the table."""

    name: str | None = row(
        Text(),
        "Who this is",
        label=Sided("Us", "Them"),
        hint=Sided(
            "Your side, as the brief names it", "The other side, as the brief names it"
        ),
        page=LISTS,
    )
    role: str | None = row(
        Text(),
        "What they are in this deal: buyer, seller, partner",
        label=Sided("Our role", "Their role"),
        hint="Buyer, seller, partner",
        page=LISTS,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Value):
    """One line of a worksheet: what it is, and what it is worth."""

    name: str | None = row(
        Text(),
        "What it is",
        label="What",
        hint="One thing that it is made of",
        page=SUMS,
    )
    worth: float | None = row(
        Amount(),
        "What it is worth, in money",
        label="Worth",
        hint="In money; with a minus, what it costs",
        page=SUMS,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake(Value):
    """What the future is worth to one side, in the plan's currency.

    ``yearly_gain`` is what a year of dealing with each other brings beyond the
    next best partner; ``one_off_gain`` what could be squeezed out now at the price of
    ending it. Where one is not given, the sum of its ``parts`` counts. The
    ``monitoring`` costs are a year's.

    ``from_list`` tells that the one-off gain was reckoned from the list of issues: it
    is then a floor, since bad faith is not on the list. No document holds it.
    """

    yearly_gain: Estimate | None = row(
        Estimated(),
        "What a year of dealing with each other brings this side, over its next best "
        "partner; a number, or low, likely and high",
        label="Gain in a year",
        hint=Sided(
            "Margin, service, time saved; not what checking saves",
            "Over their next best partner",
        ),
        page=GAIN,
        named=Sided("your yearly gain", "their yearly gain"),
        asks=Sided(
            "What is a year with them worth to you, over your next best choice?",
            "What is a year of dealing with you worth to them?",
        ),
    )
    one_off_gain: float | None = row(
        Amount(),
        "What this side could squeeze out now if it did not mind ending it",
        label=Sided(
            "What you could squeeze out now", "What they could squeeze out now"
        ),
        hint=Sided(
            "By a price rise, a claim, better terms",
            "If they did not mind ending it",
        ),
        page=GRAB,
        named=Sided(
            "what you could squeeze out now", "what they could squeeze out now"
        ),
        asks=Sided(
            "What could you squeeze out today, if you did not mind losing them?",
            "What could they squeeze out now if they did not mind ending it?",
        ),
        floor=0.0,
    )
    yearly_parts: tuple[Part, ...] = row(
        Listing(record(Part), MOST_OTHERS, "lines"),
        "What the yearly gain is made of; their sum counts where none is given",
        place="members",
    )
    one_off_parts: tuple[Part, ...] = row(
        Listing(record(Part), MOST_OTHERS, "lines"),
        "What could be squeezed out now is made of; their sum counts where no figure "
        "is given",
        place="members",
    )
    monitoring_now: float | None = row(
        Amount(),
        "What checking the other side costs a year as things are",
        panel="trust",
        label=Sided("Checking them costs you", ""),
        hint="A year, as things are",
        page=SAVES,
    )
    monitoring_trusted: float | None = row(
        Amount(),
        "What checking would cost a year if the other side were trusted",
        panel="trust",
        label=Sided("It would cost, if you trusted them", ""),
        hint="A year",
        page=SAVES,
    )
    basis: Basis | None = _basis(Sided("", "How you know"))
    from_list: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Future(Value):
    """The two questions: will we deal again, and what would that gain each side?

    Chances and rates are shares, 0.8 for 80%. ``years`` is a fixed term; None is
    open-ended. ``growth`` is the yearly growth of the gain; left out, none.
    ``talking_costs`` is what reaching a deal takes, in money.
    """

    continue_chance: float | None = row(
        Percent(),
        "The chance, from one year to the next, that we deal with each other again",
        label="Chance of dealing again",
        hint="From one year to the next",
        page=AGAIN,
        named="the chance of dealing again",
        asks="Will you still deal with them next year?",
    )
    continue_chance_if_we_give: float | None = row(
        Percent(),
        "The same chance if we make the concession they ask for",
        label="The same, if you give",
        hint="If you make the concession they ask for",
        page=PRICE,
        asks=(
            "How likely is it that you deal again if you give them what they ask for?"
        ),
    )
    years: float | None = row(
        Number(0, 100, "Enter a number of years from 0 to 100", "years"),
        "A fixed term in years; left out, open-ended",
        label="A fixed term",
        hint="Leave empty if it is open-ended",
        page=TERM,
    )
    discount_rate: float | None = row(
        Rate(),
        "What a year’s wait costs, as a yearly rate",
        label="Cost of a year’s wait",
        hint="The yearly rate your firm discounts at",
        page=GAIN,
        asks=(
            "What does a year’s wait cost you, as a yearly rate? Your finance team "
            "has one."
        ),
    )
    growth: float | None = row(
        Rate(-1.0, 1.0, "Enter a yearly rate from −100 to 100%"),
        "How the yearly gain grows, as a yearly rate; left out, not at all",
        label="The gain grows by",
        hint="A year; leave empty if it does not",
        page=GAIN,
    )
    talking_costs: float | None = row(
        Amount(),
        "What reaching a deal takes: people, time, delay, in money",
        label="What the talking costs",
        hint="People, time and delay until there is a deal",
        page=TALKING,
        named="what the talking costs",
        floor=0.0,
    )
    us: Stake = row(record(Stake), "What the future is worth to us", mirror="them")
    them: Stake = row(
        record(Stake, yearly_gain=Estimated(apart=True)),
        "What the future is worth to them, as far as we know",
        mirror="us",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(Value):
    """A number for each side, from 0 to 100: how much something matters to it."""

    us: float | None = row(
        WEIGHT,
        "How much the step from worst to best matters to us",
        label="Weight to you",
        hint="0 to 100: worst option to best",
        page=WEIGHTS,
        mirror="them",
        asks="How much does {issue} matter to you?",
    )
    them: float | None = row(
        WEIGHT,
        "How much it matters to them, as far as we know",
        label="Weight to them",
        hint="0 to 100, as far as you know",
        page=WEIGHTS,
        mirror="us",
        asks="How much does {issue} matter to them?",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Value):
    """One way to settle an issue, and what it is worth to each side, on any scale."""

    name: str | None = row(
        Text(),
        "What would be agreed",
        required="Give this option a name",
        label="Option {number}",
        hint="One way to settle it: a price, a date, a promise",
        page=LISTS,
    )
    us: float | None = row(
        Number(),
        "What it is worth to us: from 0 for the worst to 100 for the best, or on a "
        "scale of your own, which counts by its range",
        label="To you",
        hint="0 your worst, 100 your best",
        page=WEIGHTS,
        mirror="them",
        asks="What is “{option}” on {issue} worth to you?",
    )
    them: float | None = row(
        Number(),
        "What it is worth to them, as far as we know",
        label="To them",
        hint="0 their worst, 100 their best",
        page=WEIGHTS,
        mirror="us",
        asks="What is “{option}” on {issue} worth to them?",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Interests(Value):
    """Why something matters to each side: the interest behind its position."""

    us: str | None = row(
        Note(),
        "Why it matters to us",
        label="Why it matters to you",
        hint="What it lets you do, or keeps from you",
        page=INTERESTS,
        mirror="them",
        asks="Why does {issue} matter to you?",
    )
    them: str | None = row(
        Note(),
        "Why it matters to them, as far as we know",
        label="Why it matters to them",
        hint="As they put it, or as you guess",
        page=INTERESTS,
        mirror="us",
        asks="Why does {issue} matter to them?",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementIssue(Value):
    """Something the deal has to settle. ``limit`` and ``target`` name options.

    ``verb`` is the issue as something that one does, so that it fits into a sentence:
    “give longer notice”.
    """

    id: str | None = _id()
    name: str | None = _name()
    basis: Basis | None = _basis()
    weight: Points = row(
        record(Points), "How much the step from the worst to the best option matters"
    )
    options: tuple[Option, ...] = row(
        Listing(record(Option), MOST_OPTIONS, "options"),
        "The ways in which it could be settled",
        place="list",
        asks="How could {issue} be settled?",
    )
    limit: str | None = row(
        Quotation(of="option"),
        "The option beyond which you would rather walk away",
        label="Your limit",
        hint="Beyond it you walk away",
        page=LIMIT,
        unsaid="No limit yet",
        one_sided=True,
    )
    target: str | None = row(
        Quotation(of="option"),
        "The option you aim for",
        label="Your target",
        hint="What you aim for",
        page=LIMIT,
        unsaid="No target yet",
        one_sided=True,
    )
    why: Interests = row(record(Interests), "The interest behind each side’s position")
    verb: str | None = row(
        Text(),
        "The issue as something one does, for a line to say: give longer notice",
        label="As something one does",
        hint="So that a sentence can say it: give longer notice",
        page=SAY,
        asks="How would you say {issue} as something one does, like “give longer "
        "notice”?",
    )

    def option(self, name: str | None) -> Option | None:
        """The option of that name, or None."""
        return next((o for o in self.options if o.name == name and name), None)

    def index(self, name: str | None) -> int | None:
        """Which option has that name, counted from 0; None where none has."""
        names = [option.name for option in self.options]
        return names.index(name) if name in names else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipIssue(Value):
    """Something about working together, kept apart from the deal.

    ``now`` and ``goal`` are on a scale from 1 (bad) to 7 (as good as it gets);
    ``by`` is an ISO date.
    """

    id: str | None = _id()
    name: str | None = _name()
    now: float | None = row(
        SCALE,
        "How it stands now, from 1 (bad) to 7 (excellent)",
        label="How it stands now",
        hint="1 bad, 7 excellent",
        page=PROMISES,
    )
    goal: float | None = row(
        SCALE,
        "Where you want it, from 1 to 7",
        label="Where you want it",
        hint="1 to 7",
        page=PROMISES,
    )
    we_offer: str | None = row(
        Note(),
        "The commitment we offer",
        label="What you offer",
        hint="Something you can keep, and they can see",
        page=PROMISES,
        mirror="we_ask",
    )
    we_ask: str | None = row(
        Note(),
        "The commitment we ask for",
        label="What you ask",
        hint="Something they can keep, and you can see",
        page=PROMISES,
        mirror="we_offer",
    )
    owner: str | None = row(
        Text(),
        "Who on our side looks after it",
        label="Who looks after it",
        hint="One person on your side",
        page=PROMISES,
    )
    by: str | None = row(
        Date(),
        "By when",
        label="By when",
        hint="The day you look whether it came",
        page=PROMISES,
    )


type Issue = AgreementIssue | RelationshipIssue

ISSUE = Tagged(
    "kind",
    {"agreement": record(AgreementIssue), "relationship": record(RelationshipIssue)},
    "Which of the two lists it belongs to",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Value):
    """The money anchor: one step on one issue, and what it is worth to us."""

    issue: str | None = row(
        Quotation(of="issue"),
        "The id of an agreement issue",
        label="A step on",
        hint="One issue that you can put in money",
        page=WEIGHTS,
        unsaid="No issue yet",
    )
    start: str | None = row(
        Quotation(of="step"),
        "The option where the step starts",
        key="from",
        label="from",
        hint="The worse option",
        page=WEIGHTS,
    )
    end: str | None = row(
        Quotation(of="step"),
        "The option where it ends",
        key="to",
        label="to",
        hint="The better option",
        page=WEIGHTS,
    )
    worth: float | None = row(
        Amount(),
        "What that step is worth to us in money",
        label="is worth to you",
        hint="In money, the whole step",
        page=WEIGHTS,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative(Value):
    """What a side would do without a deal.

    ``value`` is money over a deal on the worst option of every issue, the worst
    for that side; ``chance`` the share of times it would work, ``cost`` what
    looking and switching cost in any case; left out, nothing. The alternatives of
    a side exclude each other: their chances sum to at most 1.
    """

    name: str | None = row(
        Text(),
        "What would be done instead",
        label="What would be done instead",
        hint="The best course without this deal",
        page=OUTSIDE,
    )
    value: float | None = row(
        Amount(),
        "What it is worth in money, where a deal on the worst option of every issue "
        "is worth 0",
        label="What it is worth",
        hint="Over a deal with the worst option on every issue",
        page=OUTSIDE,
        asks=Sided(
            "What is your alternative worth in money?",
            "What is their alternative worth in money?",
        ),
    )
    chance: float | None = row(
        Percent(),
        "The chance that it works; those of one side exclude each other, so they "
        "sum to at most 100%",
        label="Chance that it works",
        hint="100 if it is sure",
        page=OUTSIDE,
        asks=Sided(
            "How likely is it that your alternative works?",
            "How likely is it that their alternative works?",
        ),
    )
    cost: float | None = row(
        Amount(),
        "What looking for it and switching to it cost",
        label="What looking and switching cost",
        hint="In any case; leave empty if nothing",
        page=OUTSIDE,
    )
    terms: Mapping[str, str] = row(
        TERMS,
        "What one would get there: issue id → option name, as in an offer. One that is "
        "left out counts as that side’s worst; a value in money comes first",
        place="list",
        each=lambda _: Each("Term", "What you would get there on it", OUTSIDE),
    )
    basis: Basis | None = _basis()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternatives(Value):
    """What each side can do without a deal."""

    us: tuple[Alternative, ...] = row(
        Listing(record(Alternative), MOST_OTHERS, "alternatives"),
        "Ours",
        place="list",
        mirror="them",
        asks="What will you do if there is no deal?",
    )
    them: tuple[Alternative, ...] = row(
        Listing(record(Alternative), MOST_OTHERS, "alternatives"),
        "Theirs, as far as we know",
        place="list",
        mirror="us",
        asks="What will they do without a deal?",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Value):
    """A step that one side made on one issue.

    ``kind`` is why it was made, as one of four: for something in return, as
    goodwill, because it was forced, because of new facts. ``why`` says the same in
    the reader's own words. ``date`` is only shown: steps follow each other by their
    rounds.
    """

    round: float | None = row(
        ROUND,
        "When: 1, 2, 3 …",
        label="Round",
        hint="The meeting or message, counted from 1",
        page=STEPS,
    )
    by: Side | None = row(
        Whose(),
        "Who moved",
        label="Who moved",
        hint="The side that gave",
        page=STEPS,
        asks="Who made this move?",
    )
    issue: str | None = row(
        Quotation(of="issue"),
        "The id of the issue",
        label="On",
        hint="The issue that moved",
        page=STEPS,
        asks="On which issue was this move?",
    )
    start: str | None = row(
        Quotation(of="step"),
        "The option before",
        key="from",
        label="From",
        hint="Where it stood before",
        page=STEPS,
        asks="Where did {issue} stand before?",
    )
    end: str | None = row(
        Quotation(of="step"),
        "The option after",
        key="to",
        label="To",
        hint="Where it stands now",
        page=STEPS,
        asks="Where did {issue} stand after it?",
    )
    kind: MoveKind | None = row(
        Choice(
            (
                ("return", "For something back"),
                ("goodwill", "As goodwill"),
                ("forced", "Because it had to be"),
                ("facts", "New facts"),
            )
        ),
        "Why it was made: for something in return, as goodwill, because we had to, "
        "or because of new facts",
        label="Reason",
        hint="What it was for, or why it was made",
        page=GOODWILL,
    )
    why: str | None = row(
        Text(NOTE),
        "The reason given; “relationship” counts as goodwill",
        label="In your own words",
        hint="Why the step was made",
        page=GOODWILL,
    )
    in_return_for: str | None = row(
        Text(NOTE),
        "What came back for it",
        label="In return for",
        hint="What the other side gave for it",
        page=RETURN,
    )
    date: str | None = row(
        Date(), "On which day", label="Date", hint="The day it was made", page=STEPS
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Value):
    """A package that one side put on the table: issue id → option name.

    ``round`` places it among the steps; left out, ``planner.events`` does.
    """

    round: float | None = row(
        ROUND,
        "When: 0, 1, 2 …; left out, each side’s first is 0 and each later one a "
        "round after what was said before it",
        label="Round",
        hint="Leave empty if the list is in order",
        page=STEPS,
    )
    by: Side | None = row(
        Whose(),
        "Who made it",
        label="Who made it",
        hint="The side that put it forward",
        page=OFFERS,
    )
    date: str | None = row(
        Date(), "On which day", label="When", hint="The day it was made", page=OFFERS
    )
    terms: Mapping[str, str] = row(
        TERMS,
        "Issue id → option name",
        place="list",
        each=lambda _: Each("Term", "What the offer says on it", OFFERS),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks(Value):
    """What checking the other side takes, for the inspection game.

    ``cost`` is one check's, ``penalty`` what they lose when caught, ``effort``
    what doing it properly costs them, each in money; ``a_year`` how many checks
    there could be.
    """

    cost: float | None = row(
        Amount(),
        "What one check of their work costs us",
        label="One check costs you",
        hint="Time and fees",
        page=OFTEN,
    )
    penalty: float | None = row(
        Amount(),
        "What they lose when a check finds a fault",
        label="They lose, if it finds a fault",
        hint="Rework, refunds, the next order",
        page=OFTEN,
    )
    effort: float | None = row(
        Amount(),
        "What doing it properly costs them each time",
        label="Doing it properly costs them",
        hint="Each time",
        page=OFTEN,
    )
    a_year: float | None = row(
        Number(0, 1_000_000, unit="checks a year"),
        "How many checks there could be a year",
        label="There could be",
        hint="Deliveries, invoices or visits to check",
        page=OFTEN,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Value):
    """Two packages (issue id → option name), and which one the reader prefers."""

    first: Mapping[str, str] = row(TERMS, "One package: issue id → option name")
    second: Mapping[str, str] = row(TERMS, "Another one")
    prefer: Literal["first", "second"] | None = row(
        Choice((("first", "A"), ("second", "B"))),
        "The one you would rather have",
        label="You would rather have",
        hint="Answer before you look at your weights",
        page=RATHER,
        unsaid="Not answered yet",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Value):
    """How it ended: the terms agreed, and what became of the relationship."""

    agreed: bool | None = row(
        Flag(),
        "Whether there was a deal",
        label="Was there a deal?",
        hint="No is an outcome too",
        page=LEFT,
    )
    date: str | None = row(
        Date(), "When it ended", label="When", hint="The day it ended", page=LEFT
    )
    terms: Mapping[str, str] = row(
        TERMS,
        "What was agreed: issue id → option name",
        place="list",
        each=lambda _: Each("Term", "What you both signed", LEFT),
        asks="What did you agree on, issue by issue?",
    )
    relationship: Literal["better", "same", "worse"] | None = row(
        Choice((("better", "Better"), ("same", "The same"), ("worse", "Worse"))),
        "What became of the relationship",
        label="The relationship is now",
        hint="Against the day you sat down",
        page=THEN,
        asks="What became of the relationship?",
    )
    learned: str | None = row(
        Note(),
        "What you would do differently",
        label="What would you do differently?",
        hint="One thing, for the next time",
        page=LEARN,
    )


SEEN = Flag("Yes, seen", "No, though there was an occasion")
_SIGNALS = {signal.id: signal for signal in SIGNALS}


def _signal(key: str) -> Each | None:
    """Ask for a signal in the words of the catalogue, with what it tells."""
    signal = _SIGNALS.get(key)
    return Each(signal.observed, signal.tells, signal.page) if signal else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Value):
    """One negotiation, as far as the reader has told us about it.

    ``their_frame`` is the reader's own belief how relational they are, from 0 to
    1. ``ranking`` holds ids of issues, the most important to us first. ``rounds``
    is how many rounds of offers the reader expects. ``composing`` is an offer that
    nobody has made yet, so that nothing counts it.
    ``mandate`` is whether it is settled who may say yes on our side, and
    ``own_failure`` what we promised them and did not do.
    ``loss_if_betrayed`` is what we would lose at once if they grabbed. ``other``
    is for a plan seen from their side: what only we can answer waits there, by
    address, and no document holds it.
    """

    title: str | None = row(
        Text(),
        "What this negotiation is called",
        panel="plan",
        label="This plan",
        hint="What you call it; it names the file too",
        page=LISTS,
    )
    currency: str | None = row(
        Text(8),
        "The currency of every amount, like EUR",
        panel="plan",
        label="Currency",
        hint="Three letters, like EUR",
        page=GAIN,
    )
    us: Party = row(record(Party), "Our side", panel="plan", mirror="them")
    them: Party = row(record(Party), "Their side", panel="plan", mirror="us")
    future: Future = row(record(Future), "The two questions", panel="future")
    signals: Mapping[str, bool | None] = row(
        Mapped(SEEN, MOST_OTHERS, "signals"),
        "What they were seen to do: true, seen; false, looked for and not seen",
        panel="signals",
        place="list",
        each=_signal,
        unsaid="No occasion yet",
        asks="What have you seen them do?",
        one_sided=True,
    )
    issues: tuple[Issue, ...] = row(
        Listing(ISSUE, MOST_ISSUES, "issues"),
        "The two lists: the deal and the relationship",
        panel="issues",
        place="list",
    )
    money: Money = row(
        record(Money), "What points are worth in money", panel="issues", one_sided=True
    )
    alternatives: Alternatives = row(
        record(Alternatives),
        "What each side would do without a deal",
        panel="alternatives",
    )
    moves: tuple[Move, ...] = row(
        Listing(record(Move), MOST_MOVES, "moves"),
        "Every step so far",
        panel="ledger",
        place="members",
    )
    offers: tuple[Offer, ...] = row(
        Listing(record(Offer), MOST_OTHERS, "offers"),
        "Whole packages on the table",
        panel="ledger",
        place="members",
    )
    composing: Mapping[str, str] = row(
        TERMS,
        "The offer being composed: issue id → option name. Nothing counts it until it "
        "is offered",
        panel="issues",
        place="list",
        each=lambda _: Each(
            "In the offer being composed", "Press one to put it in", OFFERS
        ),
        one_sided=True,
    )
    rounds: float | None = row(
        Number(1, 10_000, in_range(1, 10_000)),
        "How many rounds of offers you expect; left out, four",
        label="Rounds of offers that you expect",
        hint="Left empty, we reckon with four",
        page=ROUNDS,
        panel="ledger",
    )
    their_frame: float | None = row(
        Percent(says="Enter a belief from 0 to 100%"),
        "Your own belief that they care for the relationship",
        panel="signals",
        label="They care for the relationship",
        hint="Your own belief; it overrides the count",
        page=KNOW_BETTER,
        one_sided=True,
    )
    ranking: tuple[str, ...] = row(
        Listing(Quotation(of="issue"), MOST_ISSUES, "issues"),
        "Ids of issues, the most important to you first",
        panel="issues",
        place="list",
        one_sided=True,
    )
    comparisons: tuple[Comparison, ...] = row(
        Listing(record(Comparison), MOST_OTHERS, "comparisons"),
        "Pairs of packages, and which one you prefer",
        panel="check",
        place="members",
        one_sided=True,
    )
    mandate: bool | None = row(
        Flag(yes="Settled", no="Not settled yet"),
        "Whether it is settled on our side who may say yes to what",
        panel="plan",
        label="Who may say yes, on your side",
        hint="To what, up to which limit, and by when an answer comes",
        page=MANDATE,
        one_sided=True,
    )
    own_failure: str | None = row(
        Note(),
        "What we promised them and did not do",
        panel="trust",
        label="What you promised and did not do",
        hint="They should hear it from you; leave empty if there is nothing",
        page=MENDED,
        one_sided=True,
    )
    checks: Checks = row(
        record(Checks), "What checking their work takes", panel="trust", one_sided=True
    )
    loss_if_betrayed: float | None = row(
        Amount(),
        "What you would lose at once if they squeezed you",
        panel="trust",
        label="You would lose at once",
        hint="If they used your trust against you",
        page=BETRAYAL,
        one_sided=True,
    )
    outcome: Outcome = row(record(Outcome), "How it ended", panel="review")
    other: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def agreement(self) -> dict[str, AgreementIssue]:
        """The issues of the deal, each under its address in the plan document."""
        return {
            f"/issues/{i}": issue
            for i, issue in enumerate(self.issues)
            if isinstance(issue, AgreementIssue)
        }

    @property
    def relationship(self) -> dict[str, RelationshipIssue]:
        """The issues of the relationship, each under its address."""
        return {
            f"/issues/{i}": issue
            for i, issue in enumerate(self.issues)
            if isinstance(issue, RelationshipIssue)
        }


PLAN = record(Plan)
