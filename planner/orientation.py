"""Their orientation: what their behaviour says about how they see the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import comb
from typing import Literal

__all__ = ["SIGNALS", "Orientation", "Signal", "interval", "orientation"]

ENOUGH = 3  # observations; reading-their-frame.md#how-many-are-enough
TAIL = 0.1  # on either side of the 80% interval
HALVINGS = 60  # bisection steps: the interval 0…1 shrinks below 1e-18

PAGE = "method/reading-their-frame.md"
OURS = "Ours"
ARTICLE = "Ours, after [NegotiationsCom2020]"
NORMS = "Ours, after the relational norms of [HeideJohn1992]"
COERCION = "Ours, after [AtkinRinehart2006]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Something that one can see the other side do.

    ``relational`` tells for which frame it speaks and ``tells`` what it shows
    about them, ``page`` is the handbook heading that argues for it, ``source``
    where it comes from.
    """

    id: str
    observed: str
    tells: str
    relational: bool
    page: str
    source: str


def _signal(
    heading: str,
    kind: Literal["relational", "transactional"],
    signal_id: str,
    observed: str,
    tells: str,
    source: str = OURS,
) -> Signal:
    return Signal(
        id=signal_id,
        observed=observed,
        tells=tells,
        relational=kind == "relational",
        page=f"{PAGE}#{heading}",
        source=source,
    )


_TALK = "what-they-talk-about"
_TELL = "what-they-tell-and-ask"
_TRADE = "how-they-trade"
_BETWEEN = "what-they-do-between-meetings"

SIGNALS = (
    _signal(
        _TALK,
        "relational",
        "shares-their-goals",
        "They tell you where they want to be in a few years",
        "People tell their plans to somebody whom they expect to be there then",
        ARTICLE,
    ),
    _signal(
        _TALK,
        "relational",
        "talks-about-next-time",
        "They bring up work that you could do together after this deal",
        "Whoever thinks of a next deal expects this one to be remembered",
        ARTICLE,
    ),
    _signal(
        _TALK,
        "transactional",
        "talks-only-about-price",
        "They bring every subject back to the price",
        "Price is what is left to talk about when nothing else between you counts",
        ARTICLE,
    ),
    _signal(
        _TALK,
        "transactional",
        "treats-you-as-one-of-many",
        "They tell you that anybody could do this, and mean it",
        "They reckon with replacing you, so they see little in keeping you",
    ),
    _signal(
        _TELL,
        "relational",
        "tells-what-could-hurt-them",
        "They tell you something true that you could use against them",
        "They trust you not to use it, and run the risk first",
    ),
    _signal(
        _TELL,
        "relational",
        "asks-about-your-needs",
        "They ask what you need and why, and come back to your answer",
        "They spend time on what a deal would be worth to you",
        ARTICLE,
    ),
    _signal(
        _TELL,
        "transactional",
        "hides-their-reasons",
        "They state what they want and will not say why",
        "Their reasons would show where they could move, and they keep that back",
    ),
    _signal(
        _TELL,
        "transactional",
        "misstates-facts",
        "They told you something about the facts that proved false",
        "They count on your finding out too late for it to cost them",
    ),
    _signal(
        _TRADE,
        "relational",
        "returns-concessions",
        "They answered a step of yours with one of theirs, without being pushed",
        "They keep the balance between you without being told to",
    ),
    _signal(
        _TRADE,
        "relational",
        "looks-for-trades",
        "They propose packages in which you gain something too",
        "They look for what is cheap to one side and dear to the other",
    ),
    _signal(
        _TRADE,
        "transactional",
        "asks-again-after-a-concession",
        "They took a concession and asked for the next one in the same breath",
        "They take a step of yours as the new start, not as something to answer",
        ARTICLE,
    ),
    _signal(
        _TRADE,
        "transactional",
        "threatens",
        "They threatened you, or set a deadline that was not real",
        "A threat spends goodwill that somebody who means to come back would keep",
        COERCION,
    ),
    _signal(
        _BETWEEN,
        "relational",
        "keeps-small-promises",
        "They did what they had said they would do, on the day",
        "A small promise costs little to break, so keeping it shows a habit",
    ),
    _signal(
        _BETWEEN,
        "relational",
        "gives-early-warning",
        "They told you bad news before you could have found out",
        "They gave up the chance to hide it, and you gained time to act",
        NORMS,
    ),
    _signal(
        _BETWEEN,
        "transactional",
        "reopens-what-was-settled",
        "They came back to a point that was settled, with nothing new",
        "What you gave for that point is then given for nothing",
    ),
    _signal(
        _BETWEEN,
        "transactional",
        "keeps-their-people-away",
        "They keep you from the people who will do the work",
        "Firms that mean to work together let the people meet who will do it",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Orientation:
    """How relational the other side is, as far as it was seen.

    ``for_relational`` and ``for_transactional`` count observations; ``mean`` and
    ``interval`` (80%, central) estimate the share of relational behaviour, from 0
    to 1. ``belief`` is the reader's own, from 0 to 1; where it is given, it
    decides, and ``observed`` still says what the observations say.
    """

    for_relational: int
    for_transactional: int
    mean: float
    interval: tuple[float, float]
    belief: float | None

    @property
    def observations(self) -> int:
        """How many signals were looked for and answered."""
        return self.for_relational + self.for_transactional

    @property
    def observed(self) -> bool | None:
        """Whether the observations alone say that they are relational.

        None under three of them, or where the interval straddles one half.
        """
        low, high = self.interval
        if self.observations < ENOUGH or low <= 0.5 <= high:
            return None
        return low > 0.5

    @property
    def relational(self) -> bool | None:
        """Whether they are: the reader's belief if given, else as observed.

        None where that is not known, and for a belief of exactly one half.
        """
        if self.belief is None:
            return self.observed
        return None if self.belief == 0.5 else self.belief > 0.5

    @property
    def missing(self) -> tuple[str, ...]:
        """The address to answer while too little was seen and nothing believed."""
        few = self.observations < ENOUGH
        return ("/signals",) if few and self.belief is None else ()


def orientation(
    signals: Mapping[str, bool | None], own_belief: float | None = None
) -> Orientation:
    """Estimate how relational they are from what they were seen to do.

    A signal that was seen (True) counts for its own kind; one that was looked
    for and not seen (False) for the other kind. One that is not answered, or
    whose id is not in ``SIGNALS``, does not count. All weigh the same: the
    estimate is Beta(1 + relational, 1 + transactional). The catalogue and the
    equal weights are ours.
    """
    votes = [
        signal.relational is seen
        for signal in SIGNALS
        if (seen := signals.get(signal.id)) is not None
    ]
    relational = sum(votes)
    transactional = len(votes) - relational
    return Orientation(
        for_relational=relational,
        for_transactional=transactional,
        mean=(1 + relational) / (2 + len(votes)),
        interval=interval(relational, transactional),
        belief=own_belief,
    )


def interval(relational: int, transactional: int) -> tuple[float, float]:
    """The central 80% interval of Beta(1 + relational, 1 + transactional).

    Both counts are from 0 to 500; the ends are from 0 to 1, exact to rounding.
    """
    return (
        _quantile(TAIL, relational, transactional),
        1 - _quantile(TAIL, transactional, relational),
    )


def _quantile(share: float, relational: int, transactional: int) -> float:
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _below(middle, relational, transactional) < share:
            low = middle
        else:
            high = middle
    return high


def _below(x: float, relational: int, transactional: int) -> float:
    """The share of the distribution under x.

    For whole parameters the incomplete beta function is a binomial tail: that
    of ``n`` tries, more than ``relational`` come off at a chance of x.
    """
    n = relational + transactional + 1
    return sum(
        comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(relational + 1, n + 1)
    )
