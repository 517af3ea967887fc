"""The glossary: each term defined once, for the panels and for the handbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["GLOSSARY", "Term"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term as it is written, what it means here, and the heading that explains it.

    ``also`` are the names that others have for it.
    """

    name: str
    means: str
    page: str
    also: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """What it means, and what else it is called."""
        names = " or ".join(self.also)
        return f"{self.means} Also called {names}." if names else self.means


GLOSSARY: Mapping[str, Term] = MappingProxyType(
    {
        "aim": Term(
            name="Aim",
            means="The efficient deal that you come down to and no further: fair to "
            "both, or better for you, by how you play it.",
            page="method/how-the-planner-thinks.md#the-line-of-play",
        ),
        "alternative": Term(
            name="Alternative",
            means="What you can do without their consent if there is no deal.",
            page="method/your-walk-away.md#list-your-alternatives",
            also=("BATNA",),
        ),
        "basis": Term(
            name="Basis",
            means="How you know something about them: they told you, you saw it, or "
            "you guess.",
            page="method/weights-that-mean-something.md#ask-about-the-guess-that-matters",
        ),
        "cliff": Term(
            name="Cliff",
            means="The round in which the deal is worth no more to you than walking "
            "away, if you keep giving as you have.",
            page="method/when-only-one-side-cares.md#watch-the-cliff",
        ),
        "efficient": Term(
            name="Efficient deal",
            means="A deal that cannot be made better for one side without making it "
            "worse for the other.",
            page="method/how-the-planner-thinks.md#efficient-deals",
            also=("a Pareto-efficient deal",),
        ),
        "equal-packages": Term(
            name="Equal packages",
            means="Offers made at the same time that are worth the same to you; which "
            "one they take tells what matters to them.",
            page="method/equal-packages.md#make-them-equal-to-you",
        ),
        "frame": Term(
            name="Frame",
            means="How a side sees the table: as a relationship, or as a one-off deal.",
            page="method/reading-their-frame.md#two-ways-to-see-one-table",
        ),
        "limit": Term(
            name="Limit",
            means="The option on an issue beyond which you would rather walk away.",
            page="method/your-walk-away.md#set-a-limit-before-you-talk",
        ),
        "points": Term(
            name="Points",
            means="What a deal is worth to one side, from 0 for its worst option on "
            "every issue to 100 for its best.",
            page="method/how-the-planner-thinks.md#points",
        ),
        "premium": Term(
            name="Premium",
            means="The most that it is worth giving today to make the next deal "
            "more likely.",
            page="method/what-the-future-is-worth.md#put-a-price-on-goodwill",
        ),
        "stance": Term(
            name="Stance",
            means="How to play a negotiation: how to open, what to share, how to "
            "concede, when to stop.",
            page="method/choosing-a-stance.md#the-table",
        ),
        "stop-line": Term(
            name="Stop line",
            means="Where to stop conceding: after two steps that nothing came back "
            "for, or when little is left over walking away.",
            page="method/when-only-one-side-cares.md#draw-the-stop-line",
        ),
        "temptation": Term(
            name="Temptation",
            means="What a side could squeeze out now if it did not mind ending the "
            "relationship.",
            page="method/the-two-questions.md#what-could-be-grabbed-now",
        ),
        "trade": Term(
            name="Trade",
            means="Giving on what costs you little and gaining on what is worth much "
            "to you.",
            page="method/trading-across-issues.md#find-the-trades",
            also=("logrolling",),
        ),
        "trust-dividend": Term(
            name="Trust dividend",
            means="What checking them costs now, less what it would cost if you "
            "trusted them.",
            page="method/how-trust-pays.md#what-trust-saves",
        ),
        "walk-away": Term(
            name="Walk-away",
            means="What your best course without this deal is worth; below it you "
            "leave.",
            page="method/your-walk-away.md#put-a-value-on-it",
            also=("the reservation value",),
        ),
        "weight": Term(
            name="Weight",
            means="How much it matters to a side to get its best option on an issue "
            "instead of its worst.",
            page="method/weights-that-mean-something.md#steps",
        ),
        "zone": Term(
            name="Zone of agreement",
            means="The prices that both sides would rather sign than walk away.",
            page="method/your-walk-away.md#the-room-between-the-two",
            also=("ZOPA",),
        ),
    }
)
