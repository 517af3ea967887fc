"""The rows of the issue sheet, as its template shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.advice.assumptions import ends_assumed
from planner.analyses.analysis import Analysis
from planner.plan.address import under
from planner.plan.values import SIDES, AgreementIssue, Option, Side
from planner.show.chapters import Shown
from planner.words.figures import money, plain

__all__ = ["Chip", "DealRow", "Dots", "Sheet", "deal_row", "sheet"]

DOTS = 5  # how much an issue matters, from hardly to most; ours
STEP = 20.0  # of a weight from 0 to 100, what one dot stands for
MOST_CHIPS = (
    6  # options that are chips; of more, or longer ones, one is chosen from a list
)
MOST_LETTERS = 84  # that two lines of chips hold, each counted with its edges
EDGES = 5  # letters that would fit into the edges of a chip, or into a mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """An option to put into the offer being composed.

    ``beyond`` tells that it is worse for us than our limit.
    """

    name: str
    chosen: bool
    is_limit: bool
    is_target: bool
    beyond: bool

    @property
    def marks(self) -> tuple[str, ...]:
        """What it is beside an option, each a word that stands on it."""
        marks = (("limit", self.is_limit), ("target", self.is_target))
        return tuple(word for word, holds in marks if holds)

    @property
    def said(self) -> str:
        """The option with its marks, and what its line through it says."""
        beyond = ("beyond your limit",) if self.beyond else ()
        marks = ", ".join((*self.marks, *beyond))
        return f"{self.name} ({marks})" if marks else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """How much an issue matters to a side, in dots.

    ``filled`` is how many of them stand for the weight; None where there is none.
    ``says`` is what the dots cannot show: a figure between two of them, or how a
    missing weight is reckoned with.
    """

    at: str
    label: str
    filled: int | None
    says: str

    @property
    def weights(self) -> tuple[tuple[int, float], ...]:
        """The dots to choose from: which, and its weight."""
        return tuple((n, STEP * n) for n in range(1, DOTS + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class DealRow:
    """An issue of the deal at rest.

    ``chips`` are its options, our best first; ``at`` is where the one is kept that is
    in the offer being composed, None for an issue that no offer can name.
    """

    at: str | None
    chips: tuple[Chip, ...]
    dots: tuple[Dots, Dots]

    @property
    def in_a_line(self) -> bool:
        """Whether its options fit beside its name; else they are in a list."""
        letters = sum(
            len(chip.name) + EDGES * (1 + len(chip.marks)) for chip in self.chips
        )
        return len(self.chips) <= MOST_CHIPS and letters <= MOST_LETTERS

    @property
    def chosen(self) -> str:
        """The option in the offer being composed; empty for none."""
        return next((chip.name for chip in self.chips if chip.chosen), "")

    @property
    def matters(self) -> str:
        """How much it matters to both, in a few words."""
        us, them = ("?" if d.filled is None else d.filled for d in self.dots)
        return f"you {us} · they {them}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands above and below the rows, in words.

    ``anchor`` is what a step is worth in money, or why it is asked for. ``ranking`` is
    the ranking, and how weights were made of it; on ``unordered`` issues nobody said
    which end is better for us.
    """

    anchor: str
    ranking: str
    unordered: int


def sheet(shown: Shown) -> Sheet:
    """Put together what the sheet says besides its rows."""
    names = ", ".join(shown.issue_name(i) for i in shown.draft.plan.ranking if i)
    disclosed = shown.analysis.scores.disclosure
    return Sheet(
        anchor=_anchor(shown),
        ranking=f"Your ranking: {names}. {disclosed}".strip(),
        unordered=len(ends_assumed(shown.analysis, "us")),
    )


def _anchor(shown: Shown) -> str:
    anchor, known = shown.draft.plan.money, shown.analysis
    if known.point_worth is not None and anchor.worth is not None:
        name = shown.issue_name(anchor.issue or "")
        worth = money(anchor.worth, shown.draft.plan.currency)
        return f"{anchor.start} to {anchor.end} on {name}: {worth}"
    sums = known.typed.alternatives.us + known.typed.alternatives.them
    if known.counted and any(one.value is not None for one in sums):
        return "asked for: without it, a walk-away in money meets no points"
    return "not said yet"


def deal_row(
    at: str, name: str, analysis: Analysis, composing: Mapping[str, str]
) -> DealRow:
    """Return the issue at an address as a row of the sheet."""
    typed = analysis.typed.agreement.get(at, AgreementIssue())
    issue = analysis.filled.plan.agreement.get(at, typed)
    us, them = (_dots(at, side, name, typed, analysis) for side in SIDES)
    return DealRow(
        at=_composed_at(at, issue, analysis),
        chips=_chips(issue, composing.get(issue.id or "")),
        dots=(us, them),
    )


def _composed_at(at: str, issue: AgreementIssue, analysis: Analysis) -> str | None:
    """Where its option is kept that is in the offer; None without an id of its own."""
    alike = (a for a, v in analysis.typed.agreement.items() if v.id == issue.id)
    if issue.id is None or next(alike, at) != at:
        return None
    return under("/composing", issue.id)


def _chips(issue: AgreementIssue, chosen: str | None) -> tuple[Chip, ...]:
    named = {option.name: option for option in reversed(issue.options) if option.name}
    in_order = [o for o in issue.options if o.name and named[o.name] is o]
    if all(option.us is not None for option in in_order):
        in_order.sort(key=lambda option: -_worth(option))
    limit = issue.option(issue.limit)
    return tuple(
        Chip(
            name=option.name or "",
            chosen=option.name == chosen,
            is_limit=option is limit,
            is_target=option.name == issue.target,
            beyond=limit is not None and _worth(option) < _worth(limit),
        )
        for option in in_order
    )


def _worth(option: Option) -> float:
    return option.us or 0.0


def _dots(
    at: str, side: Side, name: str, issue: AgreementIssue, analysis: Analysis
) -> Dots:
    here = under(at, "weight", side)
    weight: float | None = getattr(issue.weight, side)
    return Dots(
        at=here,
        label=f"{name}, to {'you' if side == 'us' else 'them'}",
        filled=None if weight is None else _nearest(weight),
        says=_beside(here, side, weight, analysis),
    )


def _nearest(weight: float) -> int:
    """The nearest dot; none only for what does not matter at all."""
    return min(DOTS, max(1, int(weight / STEP + 0.5))) if weight else 0


def _beside(at: str, side: Side, weight: float | None, analysis: Analysis) -> str:
    if weight is not None:
        return "" if weight in [STEP * n for n in range(1, DOTS + 1)] else plain(weight)
    if at in analysis.filled.assumed:
        return "assumed"
    return "by rank" if side == "us" and analysis.scores.disclosure else ""
