"""The workshop's game: a worked plan in whole points, and what its deals come to.

What stands on a card is added up by hand, so every option has a whole number of points,
and whatever the host tells of the deals is told in the same numbers.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from planner.analyses.frontier import frontier
from runtime.handbook.worked import worked

__all__ = ["MACROS", "Deal", "Game", "game", "game_card", "game_deals", "game_figure"]

SELLERS_LEAVE = 20  # points that the sellers' card says they have without a deal


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue of the game: each option with its whole points to either side.

    ``within`` are the numbers of the options that the buyers' limit lets them sign.
    """

    name: str
    options: tuple[str, ...]
    us: tuple[int, ...]
    them: tuple[int, ...]
    within: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """One option an issue, by its number, and its points to either side."""

    chosen: tuple[int, ...]
    us: int
    them: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """What both cards say; ``leave_us`` and ``leave_them`` are those without a deal."""

    issues: tuple[Issue, ...]
    leave_us: int
    leave_them: int

    def deal(self, chosen: tuple[int, ...]) -> Deal:
        """Add up a deal as the players do."""
        pairs = list(zip(self.issues, chosen, strict=True))
        return Deal(
            chosen=chosen,
            us=sum(issue.us[i] for issue, i in pairs),
            them=sum(issue.them[i] for issue, i in pairs),
        )

    def deals(self) -> Iterator[Deal]:
        """Yield every deal that both may sign and that beats leaving for both."""
        for chosen in product(*(issue.within for issue in self.issues)):
            deal = self.deal(chosen)
            if deal.us >= self.leave_us and deal.them >= self.leave_them:
                yield deal

    def efficient(self) -> list[Deal]:
        """Return the deals that no other beats for one side at no cost to the other."""
        pairs = [
            [(issue.us[i], issue.them[i]) for i in issue.within]
            for issue in self.issues
        ]
        found = (
            self.deal(
                tuple(
                    issue.within[i]
                    for issue, i in zip(self.issues, deal.choice, strict=True)
                )
            )
            for deal in frontier(pairs)
        )
        return [
            deal
            for deal in found
            if deal.us >= self.leave_us and deal.them >= self.leave_them
        ]

    def fair(self) -> Deal:
        """Return the deal with the greatest product of what both gain over leaving."""
        return max(
            self.efficient(),
            key=lambda deal: (deal.us - self.leave_us) * (deal.them - self.leave_them),
        )

    def halfway(self) -> Deal:
        """Return the deal that meets in the middle of the buyers' options each time."""
        return self.deal(
            tuple(issue.within[len(issue.within) // 2] for issue in self.issues)
        )

    def terms(self, deal: Deal) -> str:
        """Return a deal in words, in the order of the issues on the cards."""
        return "; ".join(
            issue.options[i] for issue, i in zip(self.issues, deal.chosen, strict=True)
        )


@cache
def game(plan: str = "renewal") -> Game:
    """Return a worked plan as a game in whole points."""
    analysis = worked(plan).analysis
    leave = analysis.walk_away_points
    if leave is None:
        raise ValueError(f"{plan} has no walk-away: the buyers would not know theirs")
    return Game(
        issues=tuple(
            Issue(
                name=score.issue.name or "",
                options=tuple(option.name or "" for option in score.issue.options),
                us=tuple(map(_whole, score.us)),
                them=tuple(map(_whole, score.them)),
                within=tuple(score.allowed),
            )
            for score in analysis.scores.counted
        ),
        leave_us=_whole(leave),
        leave_them=SELLERS_LEAVE,
    )


def game_card(side: str) -> str:
    """The points of one side's card, ``us`` or ``them``, with a column to tick."""
    points: Mapping[str, Callable[[Issue], tuple[int, ...]]] = {
        "us": lambda issue: issue.us,
        "them": lambda issue: issue.them,
    }
    rows = [
        f"| {issue.name if i == 0 else ''} | {option} | **{worth}** | |"
        for issue in game().issues
        for i, (option, worth) in enumerate(
            zip(issue.options, points[side](issue), strict=True)
        )
    ]
    return "\n".join(
        ["| Issue | Option | Your points | Signed |", "|---|---|---|---|", *rows]
    )


def game_deals() -> str:
    """What the host compares results with: a few deals, in the cards' own points."""
    played = game()
    efficient = played.efficient()
    told = {
        "In the middle on every issue": played.halfway(),
        "The fair deal: the greatest product of both gains": played.fair(),
        "The most together": max(efficient, key=lambda deal: deal.us + deal.them),
        "The most for the buyers that the sellers can sign": max(
            efficient, key=lambda deal: deal.us
        ),
        "The most for the sellers that the buyers can sign": max(
            efficient, key=lambda deal: deal.them
        ),
    }
    rows = [
        f"| {name} | {deal.us} | {deal.them} | {deal.us + deal.them} "
        f"| {played.terms(deal)} |"
        for name, deal in told.items()
    ]
    head = ["| Deal | Buyers | Sellers | Together | Terms |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows])


def game_figure(name: str) -> str:
    """A figure: ``leave us``, ``leave them``, ``deals`` or ``efficient``."""
    played = game()
    figures: Mapping[str, Callable[[], int]] = {
        "leave us": lambda: played.leave_us,
        "leave them": lambda: played.leave_them,
        "deals": lambda: sum(1 for _ in played.deals()),
        "efficient": lambda: len(played.efficient()),
    }
    return str(figures[name]())


def _whole(points: float) -> int:
    return int(points + 0.5)


MACROS: tuple[Callable[..., str], ...] = (game_card, game_deals, game_figure)
