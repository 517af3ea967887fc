"""Tables and lists of a worked plan, in Markdown, for the handbook's prose.

Each is what the planner itself computes, laid out so that a reader can follow it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from statistics import median_low
from types import MappingProxyType

from planner.analyses.analysis import Analysis
from planner.analyses.ledger import Entry
from planner.analyses.packages import Package, Shift, Tell
from planner.analyses.relationship import chance_for, multiple, multiple_at
from planner.analyses.review import review
from planner.analyses.scoring import Score
from planner.analyses.targets import SHARES
from planner.analyses.trades import Trade
from planner.plan.values import Plan
from planner.show.brief import say_net
from planner.words.figures import money, percent, plain, points
from runtime.handbook.facts import rounded

__all__ = [
    "TABLES",
    "break_even",
    "left_over",
    "margin_left",
    "multiples",
    "shares",
    "signed",
    "their_offer",
]

CHANCES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
RATES = (0.05, 0.1, 0.15)
YEARS = 5  # told one by one; the rest is one row

type _Rows = Iterable[Sequence[str]]


def multiples() -> str:
    """What a yearly gain is multiplied by, by the chance of going on and the rate."""
    rows = [
        (percent(chance), *(f"{multiple(chance, rate):.2f}" for rate in RATES))
        for chance in CHANCES
    ]
    head = (f"{percent(rate)} a year" for rate in RATES)
    return _table(("Chance of dealing again", *head), rows)


def shares() -> str:
    """How far each way to play aims, opens and steps, as shares of the way."""
    rows = [
        (
            stance.label,
            _share_of_way(share.aim),
            _share_of_way(share.opening),
            _share_of_way(share.step) if share.step is not None else "none",
        )
        for stance, share in SHARES.items()
    ]
    return _table(
        (
            "How to play it",
            "Aim, from the fair deal to your best",
            "Opening, from the aim to your best",
            "Each step, of the one before",
        ),
        rows,
    )


def _share_of_way(share: float) -> str:
    """Write a share as a plain fraction: “2/3”, “0” or “all”."""
    fraction = Fraction(share).limit_denominator(20)
    return "all" if fraction == 1 else str(fraction)


def years_ahead(analysis: Analysis) -> str:
    """A future year by year: the chance of still dealing, and the gain today.

    Raises ValueError for a plan with a growing gain, a fixed term, or a figure that
    is not known: what the table leaves out would matter.
    """
    future, value = analysis.plan.future, analysis.relationship.value
    gain = future.us.yearly_gain.middle if future.us.yearly_gain else None
    chance, rate = future.continue_chance, future.discount_rate
    if value is None or gain is None or chance is None or rate is None:
        raise ValueError("The plan does not say what the future is worth")
    if future.growth or future.years:
        raise ValueError("The plan has a growing gain or a fixed term")
    currency = analysis.plan.currency
    still = [chance**year for year in range(1, YEARS + 1)]
    today = [gain * s / (1 + rate) ** y for y, s in enumerate(still, start=1)]
    rows = [
        (str(year), percent(round(s, 2)), money(worth, currency))
        for year, (s, worth) in enumerate(zip(still, today, strict=True), start=1)
    ]
    rows.append(("All later years", "", money(value - sum(today), currency)))
    rows.append(("Together", "", f"**{money(value, currency)}**"))
    return _table(("Year", "Still dealing", "Its gain, today"), rows)


def break_even(analysis: Analysis) -> float:
    """The chance of going on at which grabbing now would pay us just as well.

    Raises ValueError where there is none, or where the plan does not say.
    """
    future, ours = analysis.plan.future, analysis.relationship.ours
    gain = future.us.yearly_gain.middle if future.us.yearly_gain else None
    if not gain or ours.grab is None:
        raise ValueError("The plan does not say what could be grabbed now")
    found = chance_for(future, ours.grab / gain)
    if found is None or multiple_at(future, found) is None:
        raise ValueError("No chance of dealing again makes the two equal")
    return found


def logroll(analysis: Analysis) -> str:
    """The best trade of a plan, beside meeting in the middle on both of its issues.

    The middle is the option that stands half-way in the list of options.
    """
    trade = analysis.play.trades[0]
    middle = [(s, _middle(s)) for s in (trade.give.score, trade.ask.score)]
    rows = [
        (f"Meet in the middle: {_terms(middle)}", *_worth(middle)),
        (f"Trade: {_terms(_traded(trade))}", *_worth(_traded(trade))),
    ]
    return _table(("", "Worth to us", "Worth to them"), rows)


def their_offer(analysis: Analysis) -> Package:
    """Their last offer in points. Raises ValueError where there is none to count."""
    offers = [offer for offer in analysis.plan.offers if offer.by == "them"]
    offered = analysis.points(offers[-1]) if offers else None
    if offered is None:
        raise ValueError("They made no offer that can be counted")
    return offered


def margin_left(analysis: Analysis, sales: float) -> str:
    """Tell what is left over leaving: at first, after each step of ours, as they ask.

    In money, and as a share of what they buy in a year, ``sales``; each step with what
    they said for it. Rounded, because it rests on estimates. Raises ValueError where a
    point has no worth in money or no walk-away is known.
    """
    kept, worth = analysis.ledger, analysis.point_worth
    away, currency = analysis.walk_away_points, analysis.plan.currency
    if worth is None or away is None or kept.start is None:
        raise ValueError("What is left cannot be told in money")

    def told(left: float) -> str:
        share = percent(round(left * worth / sales, 3))
        return f"{money(rounded(left * worth), currency)} ({share})"

    ours = [entry for entry in kept.entries if entry.by == "us"]
    steps = (
        (
            entry.move.why or "",
            _moved(entry),
            money(rounded(entry.given * worth), currency),
            told(entry.surplus or 0.0),
        )
        for entry in ours
    )
    asked = their_offer(analysis).us - away
    rows = [
        ("", "Our opening", "", told(kept.start)),
        *steps,
        ("", "What they ask for", "", told(asked)),
    ]
    head = ("They said", "We gave", "Costs a year", "Left a year")
    return _table(head, rows)


def offer_now(analysis: Analysis) -> str:
    """Where both stand, and what to offer now. Raises ValueError where that is nothing.

    On every issue; before somebody has spoken, their column is left out.
    """
    told = analysis.play
    stands = {"They stand": told.their_stand, "We stand": told.stand}
    columns = {name: s.package for name, s in stands.items() if s}
    columns |= zip("ABC", _packages(analysis), strict=False)
    rows: list[Sequence[str]] = [
        (score.issue.name or "", *(_named(p, score.at) for p in columns.values()))
        for score in analysis.counted
    ]
    rows.append(("Worth to us", *(points(p.us) for p in columns.values())))
    rows.append(("Worth to them", *(points(p.them) for p in columns.values())))
    return _table(("Issue", *columns), rows)


def equal_packages(analysis: Analysis) -> str:
    """The packages to offer, side by side, on the issues they differ in.

    Raises ValueError where there are none.
    """
    packages = _packages(analysis)
    first, *others = packages
    apart = {score.at for other in others for score, _ in other.apart(first)}
    rows: list[Sequence[str]] = [
        (score.issue.name or "", *(_named(package, score.at) for package in packages))
        for score, _ in first.terms
        if score.at in apart
    ]
    rows.append(("Worth to us", *(points(package.us) for package in packages)))
    rows.append(("Worth to them", *(points(package.them) for package in packages)))
    return _table(("Issue", *"ABC"[: len(packages)]), rows)


def tells(analysis: Analysis) -> str:
    """What each choice among the packages would say, and what to offer then.

    Raises ValueError where there are no packages to choose from.
    """
    packages = _packages(analysis)
    return "\n".join(
        f"- **If they take {'ABC'[packages.index(tell.pick)]}**, "
        f"“{tell.issue.issue.name}” matters to them at least "
        f"{_times(tell.ratio)}as much as “{tell.than.issue.name}”; "
        f"we believed {_times(tell.believed)}as much. {_opening(tell)}"
        for tell in analysis.play.tells
    )


def _packages(analysis: Analysis) -> Sequence[Package]:
    if not analysis.play.packages:
        raise ValueError("The plan has no packages to offer now")
    return analysis.play.packages


def _times(ratio: float) -> str:
    return "" if round(ratio, 1) == 1 else f"{plain(round(ratio, 1))} times "


def trades(analysis: Analysis) -> str:
    """The trades that pay both from where they stand, with what each brings."""
    return "\n".join(
        f"{i}. **If** they move to {_shifted(trade.ask)}, **then** we move to "
        f"{_shifted(trade.give)}: {say_net(trade.us)} points to us, "
        f"{say_net(trade.them)} to them."
        for i, trade in enumerate(analysis.play.trades, start=1)
    )


def signed(plan: Plan, terms: Mapping[str, str]) -> str:
    """The terms that were signed, a row each, in the order of the plan's issues.

    Raises ValueError for a term that is none of the options, and for an issue of the
    deal that has no term.
    """
    issues = {issue.id or "": issue for issue in plan.agreement.values()}
    if set(issues) != set(terms):
        raise ValueError(f"Not what the plan settles: {set(issues) ^ set(terms)}")
    for key, issue in issues.items():
        if issue.option(terms[key]) is None:
            raise ValueError(f"{terms[key]} is no option of {issue.name}")
    rows = ((issue.name or "", terms[key]) for key, issue in issues.items())
    return _table(("Issue", "Signed"), rows)


def left_over(analysis: Analysis) -> str:
    """What was left on the table, by our picture of them; “nothing” at zero.

    Raises ValueError where nothing was signed that can be counted.
    """
    looked_back = review(analysis)
    if looked_back is None or looked_back.left is None:
        raise ValueError("The plan has no outcome that can be counted")
    left = points(looked_back.left)
    return "nothing" if left == points(0) else left


def steps(analysis: Analysis) -> str:
    """The ledger of a plan, step by step, in our points."""
    rows = [
        (
            f"{entry.round:g}",
            "Us" if entry.by == "us" else "Them",
            _moved(entry),
            points(entry.given) if entry.given else "",
            points(entry.received) if entry.received else "",
            _answer(entry),
        )
        for entry in analysis.ledger.entries
    ]
    return _table(("Round", "Who", "Step", "Given", "Got", "For"), rows)


TABLES: Mapping[str, Callable[[Analysis], str]] = MappingProxyType(
    {
        "equal packages": equal_packages,
        "logroll": logroll,
        "offer now": offer_now,
        "steps": steps,
        "tells": tells,
        "trades": trades,
        "years ahead": years_ahead,
    }
)


def _table(head: Sequence[str], rows: _Rows) -> str:
    return "\n".join(_lines((head, ["---"] * len(head), *rows)))


def _lines(rows: _Rows) -> Iterator[str]:
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _middle(score: Score) -> int:
    return median_low(score.allowed)


def _traded(trade: Trade) -> list[tuple[Score, int]]:
    """Their best option on what we give, ours on what we ask for."""
    give, gain = trade.give.score, trade.ask.score
    theirs = max(give.allowed, key=lambda i: give.them[i])
    ours = max(gain.allowed, key=lambda i: gain.us[i])
    return [(give, theirs), (gain, ours)]


def _terms(chosen: Iterable[tuple[Score, int]]) -> str:
    return " and ".join(f"“{score.issue.options[i].name}”" for score, i in chosen)


def _worth(chosen: Sequence[tuple[Score, int]]) -> tuple[str, str]:
    us = sum(score.us[i] for score, i in chosen)
    return points(us), points(sum(score.them[i] for score, i in chosen))


def _named(package: Package, at: str) -> str:
    return next(option.name or "" for score, option in package.terms if score.at == at)


def _shifted(shift: Shift) -> str:
    return f"“{shift.end.name}” on {shift.score.issue.name}"


def _opening(tell: Tell) -> str:
    if not tell.pays:
        return "That opens no new trade."
    return "Next, give on the first and ask on the second."


def _moved(entry: Entry) -> str:
    return f"{entry.score.issue.name}: {entry.move.start} to {entry.move.end}"


def _answer(entry: Entry) -> str:
    """What the step was made for: what came back, goodwill, or its reason."""
    if entry.for_relationship:
        return "Goodwill"
    return entry.move.in_return_for or entry.move.why or ""
