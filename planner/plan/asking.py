"""What the forms ask for at each address: in which words, where, and why.

One table for every form: the panels and the lists as tables
say the same of the same answer.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from planner.plan.address import parts
from planner.plan.signals import SIGNALS

__all__ = ["PLACES", "Asked", "asked", "label"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One answer that the forms ask for.

    ``panel`` asks for it under ``label``; ``page`` is the heading of the handbook
    that says what is meant, and why it is asked; ``hint`` is the same in one line.
    """

    panel: str
    label: str
    page: str
    hint: str


type Words = Callable[[str], Asked]


def asked(at: str) -> Asked | None:
    """What the forms ask for at an address; None where no form asks for it.

    An answer that no form asks for can still stand in a plan file.
    """
    return _asked(at)


@lru_cache(maxsize=4096)
def _asked(at: str) -> Asked | None:
    return next((words(at) for place, words in _ASKED if place.fullmatch(at)), None)


def label(at: str) -> str:
    """What the answer at an address is called, as its field is labelled.

    The address itself where no form asks for it.
    """
    known = asked(at)
    return known.label if known else at


def _said(panel: str, label: str, page: str, hint: str) -> Words:
    known = Asked(panel=panel, label=label, page=f"method/{page}", hint=hint)
    return lambda at: known


def _signal(at: str) -> Asked:
    """A signal is asked for in the words of the catalogue, with what it tells."""
    signal = _SIGNALS[parts(at)[-1]]
    return Asked(
        panel="signals", label=signal.observed, page=signal.page, hint=signal.tells
    )


def _option(at: str) -> Asked:
    number = int(parts(at)[-2]) + 1
    page = "method/two-lists.md#put-every-issue-on-one-list"
    return Asked(
        panel="issues",
        label=f"Option {number}",
        page=page,
        hint="One way to settle it: a price, a date, a promise",
    )


_SIGNALS = {signal.id: signal for signal in SIGNALS}

AGAIN = "the-two-questions.md#will-you-deal-again"
GAIN = "the-two-questions.md#what-would-a-partnership-gain-you"
GRAB = "the-two-questions.md#what-could-be-grabbed-now"
BOTH = "the-two-questions.md#ask-it-for-both-sides"
TERM = "what-the-future-is-worth.md#a-fixed-term-has-a-last-round"
KNOW_BETTER = "reading-their-frame.md#when-you-know-better"
LISTS = "two-lists.md#put-every-issue-on-one-list"
LIMIT = "your-walk-away.md#set-a-limit-before-you-talk"
OUTSIDE = "your-walk-away.md#put-a-value-on-it"
PROMISES = "relationship-issues.md#turn-a-wish-into-a-commitment"
OFFERS = "trading-across-issues.md#answer-a-package-with-a-better-one"
WEIGHTS = "weights-that-mean-something.md#steps"
RATHER = "weights-that-mean-something.md#would-you-rather"
GUESSES = "weights-that-mean-something.md#ask-about-the-guess-that-matters"
SAVES = "how-trust-pays.md#what-trust-saves"
BETRAYAL = "how-trust-pays.md#what-a-betrayal-would-cost"
OFTEN = "how-trust-pays.md#how-often-to-check"
STEPS = "the-concession-ledger.md#write-down-every-step"
GOODWILL = "the-concession-ledger.md#keep-goodwill-in-its-own-column"
RETURN = "when-only-one-side-cares.md#ask-for-something-each-time"
LEFT = "after-the-deal.md#look-for-what-was-left-on-the-table"
THEN = "after-the-deal.md#look-at-the-relationship"
LEARN = "after-the-deal.md#steps"

# Where the answers without a field of their own are asked for: lists and terms.
PLACES: Mapping[str, str] = MappingProxyType(
    {
        r"/future/(us|them)/yearly_gain": "future",
        r"/signals": "signals",
        r"/issues(/agreement|/relationship)?": "issues",
        r"/issues/\d+/options": "issues",
        r"/ranking": "issues",
        r"/comparisons(/\d+)?": "check",
        r"/alternatives/(us|them)": "alternatives",
        r"/(moves|offers)(/\d+)?": "ledger",
        r"/offers/\d+/terms": "ledger",
        r"/outcome/terms": "review",
    }
)

_ASKED: tuple[tuple[re.Pattern[str], Words], ...] = tuple(
    (re.compile(place, re.S), words)
    for place, words in (
        (
            "/title",
            _said(
                "plan", "This plan", LISTS, "What you call it; it names the file too"
            ),
        ),
        ("/currency", _said("plan", "Currency", GAIN, "Three letters, like EUR")),
        ("/us/name", _said("plan", "Us", LISTS, "Your side, as the brief names it")),
        ("/us/role", _said("plan", "Our role", LISTS, "Buyer, seller, partner")),
        (
            "/them/name",
            _said("plan", "Them", LISTS, "The other side, as the brief names it"),
        ),
        ("/them/role", _said("plan", "Their role", LISTS, "Buyer, seller, partner")),
        (
            "/future/continue_chance",
            _said("future", "Chance of going on", AGAIN, "From one year to the next"),
        ),
        (
            "/future/continue_chance_if_we_give",
            _said(
                "future",
                "The same, if you give",
                "what-the-future-is-worth.md#put-a-price-on-goodwill",
                "If you make the concession they ask for",
            ),
        ),
        (
            "/future/discount_rate",
            _said(
                "future",
                "Cost of a year’s wait",
                GAIN,
                "The yearly rate your firm discounts at",
            ),
        ),
        (
            "/future/years",
            _said("future", "A fixed term", TERM, "Leave empty if it is open-ended"),
        ),
        (
            "/future/growth",
            _said(
                "future",
                "The gain grows by",
                GAIN,
                "A year; leave empty if it does not",
            ),
        ),
        (
            "/future/talking_costs",
            _said(
                "future",
                "What the talking costs",
                "stances/keep-short.md#when-this-is-yours",
                "People, time and delay until there is a deal",
            ),
        ),
        (
            "/future/(us|them)/yearly_gain",
            _said("future", "Gain in a year", GAIN, "Over your next best partner"),
        ),
        (
            "/future/(us|them)/yearly_gain/low",
            _said("future", "Gain, at least", BOTH, "In a bad year"),
        ),
        (
            "/future/(us|them)/yearly_gain/likely",
            _said("future", "Likely", BOTH, "In most years"),
        ),
        (
            "/future/(us|them)/yearly_gain/high",
            _said("future", "At most", BOTH, "In a good year"),
        ),
        (
            "/future/us/one_off_gain",
            _said(
                "future",
                "What you could grab now",
                GRAB,
                "If you did not mind ending it",
            ),
        ),
        (
            "/future/them/one_off_gain",
            _said(
                "future",
                "What they could grab now",
                GRAB,
                "If they did not mind ending it",
            ),
        ),
        (
            "/future/them/basis",
            _said("future", "How you know", GUESSES, "Guesses are worth asking about"),
        ),
        ("/signals/" + f"({'|'.join(_SIGNALS)})", _signal),
        (
            "/their_frame",
            _said(
                "signals",
                "They care for the relationship",
                KNOW_BETTER,
                "Your own belief; it overrides the count",
            ),
        ),
        (
            r"/issues/\d+/name",
            _said("issues", "Issue", LISTS, "What has to be settled"),
        ),
        (
            r"/issues/\d+/weight/us",
            _said("issues", "Weight to you", WEIGHTS, "0 to 100: worst option to best"),
        ),
        (
            r"/issues/\d+/weight/them",
            _said("issues", "Weight to them", WEIGHTS, "0 to 100, as far as you know"),
        ),
        (
            r"/issues/\d+/limit",
            _said("issues", "Your limit", LIMIT, "Beyond it you walk away"),
        ),
        (
            r"/issues/\d+/target",
            _said("issues", "Your target", LIMIT, "What you aim for"),
        ),
        (
            r"/issues/\d+/basis",
            _said("issues", "How you know", GUESSES, "Guesses are worth asking about"),
        ),
        (r"/issues/\d+/options/\d+/name", _option),
        (
            r"/issues/\d+/options/\d+/us",
            _said("issues", "To you", WEIGHTS, "0 your worst, 100 your best"),
        ),
        (
            r"/issues/\d+/options/\d+/them",
            _said("issues", "To them", WEIGHTS, "0 their worst, 100 their best"),
        ),
        (
            r"/issues/\d+/now",
            _said("issues", "How it stands now", PROMISES, "1 bad, 7 excellent"),
        ),
        (r"/issues/\d+/goal", _said("issues", "Where you want it", PROMISES, "1 to 7")),
        (
            r"/issues/\d+/we_offer",
            _said(
                "issues",
                "What you offer",
                PROMISES,
                "Something you can keep, and they can see",
            ),
        ),
        (
            r"/issues/\d+/we_ask",
            _said(
                "issues",
                "What you ask",
                PROMISES,
                "Something they can keep, and you can see",
            ),
        ),
        (
            r"/issues/\d+/owner",
            _said("issues", "Who sees to it", PROMISES, "One person on your side"),
        ),
        (
            r"/issues/\d+/by",
            _said("issues", "By when", PROMISES, "The day you look whether it came"),
        ),
        (
            "/money/issue",
            _said(
                "issues", "A step on", WEIGHTS, "One issue that you can put in money"
            ),
        ),
        (
            "/money/worth",
            _said("issues", "is worth to you", WEIGHTS, "In money, the whole step"),
        ),
        ("/money/from", _said("issues", "from", WEIGHTS, "The worse option")),
        ("/money/to", _said("issues", "to", WEIGHTS, "The better option")),
        (
            r"/comparisons/\d+/prefer",
            _said(
                "check",
                "You would rather have",
                RATHER,
                "Answer before you look at your weights",
            ),
        ),
        (
            r"/alternatives/(us|them)/\d+/name",
            _said(
                "alternatives",
                "What would be done instead",
                OUTSIDE,
                "The best course without this deal",
            ),
        ),
        (
            r"/alternatives/(us|them)/\d+/value",
            _said(
                "alternatives",
                "What it is worth",
                OUTSIDE,
                "Over a deal with the worst option on every issue",
            ),
        ),
        (
            r"/alternatives/(us|them)/\d+/chance",
            _said(
                "alternatives",
                "Chance that it comes off",
                OUTSIDE,
                "100 if it is sure",
            ),
        ),
        (
            r"/alternatives/(us|them)/\d+/cost",
            _said(
                "alternatives",
                "What looking and switching cost",
                OUTSIDE,
                "In any case; leave empty if nothing",
            ),
        ),
        (
            r"/alternatives/(us|them)/\d+/basis",
            _said(
                "alternatives",
                "How you know",
                GUESSES,
                "Guesses are worth asking about",
            ),
        ),
        (r"/moves/\d+/by", _said("ledger", "Who moved", STEPS, "The side that gave")),
        (
            r"/moves/\d+/round",
            _said("ledger", "Round", STEPS, "The meeting or message, counted from 1"),
        ),
        (r"/moves/\d+/issue", _said("ledger", "On", STEPS, "The issue that moved")),
        (r"/moves/\d+/from", _said("ledger", "From", STEPS, "Where it stood before")),
        (r"/moves/\d+/to", _said("ledger", "To", STEPS, "Where it stands now")),
        (
            r"/moves/\d+/kind",
            _said("ledger", "Why", GOODWILL, "What it was made for"),
        ),
        (
            r"/moves/\d+/why",
            _said(
                "ledger", "Reason given", GOODWILL, "Write “relationship” for goodwill"
            ),
        ),
        (
            r"/moves/\d+/in_return_for",
            _said("ledger", "In return for", RETURN, "What the other side gave for it"),
        ),
        (
            r"/offers/\d+/by",
            _said("ledger", "Who made it", OFFERS, "The side that put it forward"),
        ),
        (
            r"/offers/\d+/round",
            _said("ledger", "Round", STEPS, "Leave empty: by its place in the list"),
        ),
        (
            "/rounds",
            _said("ledger", "Rounds you expect", STEPS, "Until there is a deal"),
        ),
        (r"/offers/\d+/date", _said("ledger", "When", OFFERS, "The day it was made")),
        (
            r"/offers/\d+/terms/.*",
            _said("ledger", "Term", OFFERS, "What the offer says on it"),
        ),
        (
            "/future/us/monitoring_now",
            _said("trust", "Checking them costs you", SAVES, "A year, as things are"),
        ),
        (
            "/future/us/monitoring_trusted",
            _said("trust", "It would cost, if you trusted them", SAVES, "A year"),
        ),
        (
            "/loss_if_betrayed",
            _said(
                "trust",
                "You would lose at once",
                BETRAYAL,
                "If they used your trust against you",
            ),
        ),
        ("/checks/cost", _said("trust", "One check costs you", OFTEN, "Time and fees")),
        (
            "/checks/penalty",
            _said(
                "trust",
                "They lose, if it finds a fault",
                OFTEN,
                "Rework, refunds, the next order",
            ),
        ),
        (
            "/checks/effort",
            _said("trust", "Doing it properly costs them", OFTEN, "Each time"),
        ),
        (
            "/checks/a_year",
            _said(
                "trust",
                "There could be",
                OFTEN,
                "Deliveries, invoices or visits to check",
            ),
        ),
        (
            "/outcome/agreed",
            _said("review", "Was there a deal?", LEFT, "No is an outcome too"),
        ),
        ("/outcome/date", _said("review", "When", LEFT, "The day it ended")),
        (
            "/outcome/relationship",
            _said(
                "review",
                "The relationship is now",
                THEN,
                "Against the day you sat down",
            ),
        ),
        (
            "/outcome/learned",
            _said(
                "review",
                "What would you do differently?",
                LEARN,
                "One thing, for the next time",
            ),
        ),
        ("/outcome/terms/.*", _said("review", "Term", LEFT, "What you both signed")),
    )
)
