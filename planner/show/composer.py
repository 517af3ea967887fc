"""What the composer shows of the offer being composed: two bars, and what is better."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.analyses.analysis import Analysis
from planner.analyses.composing import Composed
from planner.analyses.packages import Package, Shift
from planner.analyses.scoring import WHOLE
from planner.plan.address import under
from planner.show.brief import say_net
from planner.show.chapters import Shown
from planner.words.listing import listed

__all__ = ["Composer", "Composing", "ScoreBar", "composer", "composing"]

MOST_TOLD = 3  # changes named in a line; ours, so that it stays one


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBar:
    """What the offer is worth to a side, in points from 0 to 100, and its marks."""

    side: str
    name: str
    worth: float
    walk_away: float | None
    aim: float | None

    @property
    def width(self) -> float:
        """How long the bar is."""
        return _within(self.worth)

    @property
    def walk_away_x(self) -> float:
        """Where walking away is marked."""
        return _within(self.walk_away or 0.0)

    @property
    def aim_x(self) -> float:
        """Where the aim is marked."""
        return _within(self.aim or 0.0)

    @property
    def said(self) -> str:
        """The points, as they stand at the end of the bar."""
        return f"{self.worth:.0f}"

    @property
    def is_under(self) -> bool:
        """Whether leaving is worth more to that side."""
        return self.walk_away is not None and self.worth < self.walk_away - 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """The offer being composed.

    ``terms`` are all that it names; ``better`` says what is better for both, and
    ``instead`` are the terms with that. ``aim`` are those of the deal to aim for.
    """

    terms: Mapping[str, str]
    composed: Composed
    bars: tuple[ScoreBar, ScoreBar]
    better: str
    instead: Mapping[str, str]
    aim: Mapping[str, str]

    @property
    def progress(self) -> str:
        """How much of it is composed, and what to press."""
        chosen, rest = len(self.composed.chosen), len(self.composed.open)
        if not chosen:
            return "Press an option in each row."
        if rest:
            return f"So far: an option in {chosen} of {chosen + rest} rows."
        return "Press another option in a row to change it."

    @property
    def warns(self) -> str:
        """What speaks against it; empty for nothing."""
        beyond = [
            f"“{score.issue.options[i].name}” on {score.issue.name or 'an issue'}"
            for score, i in self.composed.beyond
        ]
        said = [f"Beyond your limit: {listed(beyond, MOST_TOLD)}."] if beyond else []
        us, them = (bar.is_under and self.composed.whole for bar in self.bars)
        if us or them:
            whose = "you both" if us and them else "you" if us else "them"
            said.append(f"Walking away is worth more to {whose}.")
        return " ".join(said)

    @property
    def marks(self) -> str:
        """What the marks on the bars are, with their figures."""
        us, them = self.bars
        said = []
        if us.walk_away is not None or them.walk_away is not None:
            said.append(
                f"Dashed: walking away ({_both(us.walk_away, them.walk_away)})."
            )
        if us.aim is not None:
            said.append(f"Solid: your aim ({_both(us.aim, them.aim)}).")
        return " ".join(said)


def _within(points: float) -> float:
    """Points as far as a bar can show them."""
    return round(min(max(points, 0.0), WHOLE), 1)


def _both(us: float | None, them: float | None) -> str:
    parts = (("you", us), ("they", them))
    return ", ".join(f"{who} {value:.0f}" for who, value in parts if value is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composing:
    """The offer being composed, None while no issue can be counted.

    ``strangers`` are terms in it of no issue of the deal, by their addresses, each
    with the offer as it is without that term.
    """

    offer: Composer | None
    strangers: tuple[tuple[str, Mapping[str, str]], ...]


def composing(shown: Shown) -> Composing:
    """Put together the offer being composed."""
    terms = shown.terms_at("/composing")
    return Composing(
        offer=composer(shown.analysis, shown.draft.plan.composing),
        strangers=tuple(
            (under("/composing", key), {k: v for k, v in terms.items() if k != key})
            for key in terms
            if key not in shown.issues
        ),
    )


def composer(analysis: Analysis, terms: Mapping[str, str]) -> Composer | None:
    """Return what the composer shows; None while no issue can be counted."""
    composed = analysis.compose(terms)
    if not composed.chosen and not composed.open:
        return None
    play = analysis.play
    theirs = None if play.walk_away.likely is None else play.their_walk_away
    aim = play.aim
    instead = {
        step.score.issue.id: step.end.name
        for step in composed.better
        if step.score.issue.id and step.end.name
    }
    return Composer(
        terms=terms,
        composed=composed,
        bars=(
            _bar("us", composed.us, play.walk_away.us, aim.us if aim else None),
            _bar("them", composed.them, theirs, aim.them if aim else None),
        ),
        better=_say_better(composed),
        instead={**terms, **instead},
        aim=_terms_of(aim),
    )


def _bar(side: str, worth: float, away: float | None, aim: float | None) -> ScoreBar:
    name = "You" if side == "us" else "They"
    return ScoreBar(side=side, name=name, worth=worth, walk_away=away, aim=aim)


def _terms_of(package: Package | None) -> dict[str, str]:
    """The terms of a package, by the ids of its issues."""
    return {
        score.issue.id: option.name
        for score, option in (package.terms if package else ())
        if score.issue.id and option.name
    }


def _say_better(composed: Composed) -> str:
    """Say what is better for both, and what it brings each; empty for nothing."""
    steps = composed.better
    if not steps:
        return ""
    us, them = (sum(getattr(step, side) for step in steps) for side in ("us", "them"))
    changes = listed(map(_say_change, steps), MOST_TOLD)
    return f"{changes}: {_gain(us)} to you, {_gain(them)} to them."


def _say_change(step: Shift) -> str:
    end, start = step.end.name or "an option", step.start.name or "what stands there"
    return f"“{end}” instead of “{start}” on {step.score.issue.name or 'an issue'}"


def _gain(value: float) -> str:
    said = say_net(max(value, 0.0))
    return "as good" if said == "0" else f"{said} more"
