"""What else to find out: where a sum and terms disagree, and what a trade hangs on."""

from collections.abc import Iterator

from planner.advice.rule import Missing
from planner.analyses.analysis import Analysis
from planner.analyses.leaving import APART, points_of_terms
from planner.analyses.packages import Shift
from planner.plan.address import under
from planner.plan.rows import question
from planner.plan.values import SIDES, Alternative, Side
from planner.words.figures import about, read_number
from planner.words.scales import units_of

__all__ = ["about_leaving", "about_scales", "about_trades"]

UNSPEAKABLE = frozenset({"yes", "no", "none", "full", "all"})  # names without a thing


def about_leaving(analysis: Analysis) -> Iterator[Missing]:
    """Yield what is open about the alternatives.

    A sum that differs from the terms beside it; and a cost that cannot be taken off
    points while nothing says what these are worth.
    """
    for side in SIDES:
        for n, one in enumerate(getattr(analysis.typed.alternatives, side)):
            at = under("/alternatives", side, n)
            says = _disagreement(analysis, side, one)
            if says:
                yield Missing(f"{at}/value", says)
            if one.terms and one.cost and analysis.point_worth is None:
                yield Missing(
                    "/money/worth",
                    "What is a step on one issue worth in money? Until then, what "
                    "switching costs is not taken off the walk-away.",
                )


def _disagreement(analysis: Analysis, side: Side, one: Alternative) -> str:
    worth = analysis.point_worth if side == "us" else analysis.their_point_worth
    points = points_of_terms(one, side, analysis.scores.counted)
    if one.value is None or points is None or worth is None:
        return ""
    priced, currency = points * worth, analysis.typed.currency
    if abs(one.value - priced) <= APART * max(abs(one.value), abs(priced)):
        return ""
    name = one.name or "the alternative"
    return (
        f"Which is right for “{name}”: the sum of {about(one.value, currency)}, or its "
        f"terms, which come to {about(priced, currency)}? The sum counts."
    )


def about_scales(analysis: Analysis) -> Iterator[Missing]:
    """Yield a question for each issue whose two ends are numbers with other units."""
    for at, issue in analysis.typed.agreement.items():
        names = [option.name or "" for option in issue.options]
        units = units_of(names) if len(names) == 2 else None
        if units and len(set(units)) > 1:
            yield Missing(
                under(at, "options", 1, "name"),
                f"Can you write “{names[0]}” and “{names[1]}” in one unit? As they "
                "stand they are no scale, and nothing can be put between them.",
            )


def about_trades(analysis: Analysis) -> Iterator[Missing]:
    """Yield what the first trade hangs on: why they want it, and how to say it.

    Their reason where the trade pays them only if our guess is right; a verb where the
    option's own name would not make a sentence.
    """
    trade = next(iter(analysis.play.trades), None)
    if trade is None:
        return
    if not trade.sure and trade.give.score.issue.why.them is None:
        at = under(trade.give.score.at, "why", "them")
        yield Missing(at, question(at, issue=_name(trade.give)))
    for step in (trade.ask, trade.give):
        if step.score.issue.verb is None and not _can_be_said(step.end.name or ""):
            at = under(step.score.at, "verb")
            yield Missing(at, question(at, issue=_name(step)))


def _can_be_said(option: str) -> bool:
    """Whether the name of an option makes a sentence: no bare number, no yes or no."""
    bare = option.strip().casefold()
    try:
        read_number(bare)
    except ValueError:
        return bare not in UNSPEAKABLE
    return not bare.replace(".", "").replace(",", "").isdecimal()


def _name(step: Shift) -> str:
    return step.score.issue.name or "this issue"
