"""What the relationship and leaving are worth, and what they were seen to do.

The panels of the first tabs show these values and compute nothing.
"""

from dataclasses import dataclass

from planner.plan.signals import SIGNALS
from planner.show.chapters import Shown
from planner.show.charts import BarChart, ZoneChart, temptation_chart, zone_chart
from planner.words.figures import about, money, percent, points

__all__ = ["Frame", "Leaving", "Worth", "frame", "leaving", "worth"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What the future is worth, in words; ``chart`` sets it beside squeezing now.

    ``theirs`` says what a year is worth to them, ``rate`` what a year's wait costs;
    both are empty where it is not known.
    """

    chart: BarChart | None
    future: str
    premium: str
    theirs: str
    rate: str


def worth(shown: Shown) -> Worth:
    """Put together what the future is worth."""
    known, currency = shown.analysis.relationship, shown.analysis.typed.currency
    value, premium = known.value, known.premium
    return Worth(
        chart=temptation_chart(shown.analysis),
        future="not known yet" if value is None else about(value, currency),
        premium="not known yet" if premium is None else about(premium, currency),
        theirs=_theirs(shown),
        rate=_rate(shown),
    )


def _theirs(shown: Shown) -> str:
    plan = shown.analysis.typed
    gain, basis = plan.future.them.yearly_gain, plan.future.them.basis
    known = gain.known if gain else ()
    if not known:
        return ""
    ends = dict.fromkeys(money(end, plan.currency) for end in (min(known), max(known)))
    how = {"told": "as they told us", "observed": "as we saw it"}
    return f"{' to '.join(ends)} a year, {how.get(str(basis), 'a guess')}"


def _rate(shown: Shown) -> str:
    rate = shown.analysis.plan.future.discount_rate
    if rate is None:
        return ""
    assumed = shown.analysis.typed.future.discount_rate is None
    return f"a year’s wait costs {percent(rate)}{', our assumption' if assumed else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What they were seen to do, counted: ``came`` of ``all`` signals.

    ``relational`` says how likely they look for a relationship, ``counted`` whether the
    signals say it or the reader's own belief; ``between`` is its interval, empty where
    there is none.
    """

    came: int
    all: int
    observed: int
    relational: str
    counted: bool
    between: tuple[str, ...]


def frame(shown: Shown) -> Frame:
    """Put together how they look, by what they were seen to do."""
    known = shown.analysis.orientation
    answered = shown.analysis.typed.signals
    counts = known.belief is None and not known.missing
    relational = percent(known.mean) if counts else "not known yet"
    if known.belief is not None:
        relational = f"{percent(known.belief)}, your belief"
    return Frame(
        came=sum(bool(answered.get(signal.id)) for signal in SIGNALS),
        all=len(SIGNALS),
        observed=known.observations,
        relational=relational,
        counted=known.belief is None,
        between=tuple(map(percent, known.interval)) if counts else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What leaving is worth: our walk-away in words, empty while it is not known."""

    chart: ZoneChart | None
    walk_away: str


def leaving(shown: Shown) -> Leaving:
    """Put together what leaving is worth."""
    analysis = shown.analysis
    away, floor = analysis.walk_away, analysis.walk_away_points
    said = [] if away is None else [money(away, analysis.typed.currency)]
    if said and floor is not None:
        said.append(points(floor))
    return Leaving(chart=zone_chart(analysis), walk_away=", ".join(said))
