"""The signals: what one can see the other side do, and what it says about them."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["SIGNALS", "Signal"]

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
        "People tell their plans to someone whom they expect to be there then",
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
        "They look for what is cheap for one side and valuable to the other",
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
        "A threat spends goodwill that someone who means to come back would keep",
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
