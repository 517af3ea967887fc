"""Two plans side by side: what differs, and which advice one has and the other not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from planner.advice.advice import Advice, Reason
from planner.analyses.analysis import Analysis
from planner.plan.rows import label
from planner.words.figures import money, percent, points

__all__ = ["Comparison", "Row", "compare"]

UNKNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the comparison: what each plan says of it, in words."""

    label: str
    mine: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether the two read differently."""
        return self.mine != self.other


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """``only_mine`` and ``only_other`` are the pieces of advice that one plan has."""

    rows: tuple[Row, ...]
    only_mine: tuple[Reason, ...]
    only_other: tuple[Reason, ...]

    @property
    def differ(self) -> bool:
        """Whether anything that is compared differs."""
        return any(row.differs for row in self.rows) or bool(
            self.only_mine or self.only_other
        )


type Plans = tuple[tuple[Analysis, Advice], tuple[Analysis, Advice]]


def compare(
    mine: Analysis, my_advice: Advice, other: Analysis, other_advice: Advice
) -> Comparison:
    """What two plans have in common and where they part."""
    rows = [_row(label, say, mine, other) for label, say in _LINES]
    return Comparison(
        rows=(*rows, *_issues(mine, other)),
        only_mine=_without(my_advice, other_advice),
        only_other=_without(other_advice, my_advice),
    )


def _row(
    label: str, say: Callable[[Analysis], str | None], mine: Analysis, other: Analysis
) -> Row:
    return Row(label=label, mine=say(mine) or UNKNOWN, other=say(other) or UNKNOWN)


def _issues(mine: Analysis, other: Analysis) -> Iterator[Row]:
    """The aim on every issue that either plan settles, by the issue's name."""
    ours, theirs = _aims(mine), _aims(other)
    for name in dict.fromkeys([*ours, *theirs]):
        yield Row(
            label=f"Aim on {name}",
            mine=ours.get(name, "not settled"),
            other=theirs.get(name, "not settled"),
        )


def _aims(analysis: Analysis) -> dict[str, str]:
    aim = analysis.play.aim
    return {
        score.issue.name or "a new issue": option.name or "an option"
        for score, option in (aim.terms if aim else ())
    }


def _without(one: Advice, other: Advice) -> tuple[Reason, ...]:
    known = {reason.rule.id for reason in other.reasons}
    return tuple(reason for reason in one.reasons if reason.rule.id not in known)


def _amount(value: float | None, analysis: Analysis) -> str | None:
    return None if value is None else money(value, analysis.plan.currency)


def _chance(analysis: Analysis) -> str | None:
    chance = analysis.plan.future.continue_chance
    return None if chance is None else percent(chance)


def _aim(analysis: Analysis) -> str | None:
    aim = analysis.play.aim
    return f"{points(aim.us)} to you, {points(aim.them)} to them" if aim else None


def _stop(analysis: Analysis) -> str | None:
    if not analysis.ledger.entries:
        return "no steps yet"
    reached = analysis.ledger.stop.reached
    return None if reached is None else "reached" if reached else "not reached"


_LINES: tuple[tuple[str, Callable[[Analysis], str | None]], ...] = (
    ("Stance", lambda a: a.stance.label),
    (label("/currency"), lambda a: a.plan.currency or "not said"),
    (label("/future/continue_chance"), _chance),
    ("The future is worth to you", lambda a: _amount(a.relationship.value, a)),
    ("Most to give for it now", lambda a: _amount(a.relationship.premium, a)),
    ("Walk-away", lambda a: _amount(a.walk_away, a)),
    ("Aim", _aim),
    ("Aim in money", lambda a: _amount(a.aim_worth, a)),
    ("Efficient deals", lambda a: str(len(a.frontier))),
    ("Stop line", _stop),
)
