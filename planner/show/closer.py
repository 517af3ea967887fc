"""*Look closer*: what if, their view, weights checked, what trust saves, all deals.

The panels show these values and compute nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from planner.analyses.analysis import Analysis
from planner.analyses.consistency import Repair
from planner.analyses.perspective import least_sure, swapped
from planner.analyses.stance import Stance
from planner.analyses.trust import Trust
from planner.analyses.whatif import Dial, dials, figure, tried
from planner.plan.address import look_up, members, under
from planner.plan.document import Draft
from planner.plan.kinds import Amount, Estimated, Kind, Number, Percent, Rate
from planner.plan.rows import answer_at, label
from planner.plan.signals import SIGNALS
from planner.plan.values import AgreementIssue, Basis
from planner.show.brief import say_net
from planner.show.chapters import Shown
from planner.show.charts import (
    BarChart,
    DealsChart,
    deals_chart,
    tornado_chart,
    weights_chart,
)
from planner.words.figures import (
    about,
    about_between,
    about_percent,
    count,
    money,
    percent,
    plain,
    points,
)

__all__ = [
    "Check",
    "Deals",
    "Saved",
    "Theirs",
    "Trial",
    "check",
    "deals",
    "saved",
    "theirs",
    "trial",
]

type Package = tuple[tuple[str, str], ...]  # issue and option, by name
type KeptPair = tuple[str, Package, Package]  # its address, and the two

BASIS = "/future/them/basis"  # where one says how one knows, in which words
MOST_SHOWN = 3  # contradictions, or trades that they would propose
HALF = 0.5  # of the weightings: under it another package wins more often
SURE = 1.96  # standard errors on either side: 95 of 100


# What if


@dataclass(frozen=True, slots=True, kw_only=True)
class DialRow:
    """A figure to try: a slider, and a field beside it.

    ``low`` to ``high`` in steps of ``step`` is what the slider holds, ``at_now`` where
    it stands, all as the field shows them: a chance in percent. ``value`` is what the
    field holds, ``says`` the figure on trial in words, ``now`` that of the plan.
    ``turns`` are where the stance turns, and into what.
    """

    dial: Dial
    unit: str
    low: float
    high: float
    step: float
    at_now: float
    value: str
    says: str
    now: str
    turns: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What follows from the figures on trial, beside what follows from the plan's."""

    stance: tuple[str, str]
    future: tuple[str, str]
    premium: tuple[str, str]
    trust: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The figures that can be tried, what follows from those that are, and a chart.

    ``answers`` are the figures on trial at the addresses where the plan would hold
    them; ``effect`` is None while none is.
    """

    rows: tuple[DialRow, ...]
    effect: Effect | None
    answers: Mapping[str, Any]
    chart: BarChart | None


def trial(shown: Shown) -> Trial:
    """Put together what follows from figures beside the plan."""
    draft = tried(dict(shown.document), shown.trial, shown.draft)
    then = Analysis(draft.plan)
    return Trial(
        rows=tuple(
            _dial_row(shown, each, then, draft) for each in dials(shown.analysis)
        ),
        effect=_effect(shown.analysis, then) if shown.trial else None,
        answers={
            f"{at}/likely"
            if isinstance(look_up(shown.document, at), dict)
            else at: typed
            for at, typed in shown.trial.items()
        },
        chart=tornado_chart(shown.analysis),
    )


def _dial_row(shown: Shown, dial: Dial, then: Analysis, draft: Draft) -> DialRow:
    kind = cast(Number | Estimated, dial.answer.kind)  # what a dial is for
    currency = shown.analysis.typed.currency
    typed = shown.trial.get(dial.at, "")
    on_trial = figure(then, dial.at) if typed else None
    now = dial.now if on_trial is None else on_trial
    at_now, scale = now * kind.scale, kind.scale
    unit = f", {kind.unit}" if kind.unit else ""
    return DialRow(
        dial=dial,
        unit=" (%)" if scale == 100 else unit,
        low=round(dial.low * scale, 6),
        high=round(dial.high * scale, 6),
        step=round(dial.step * scale, 6),
        at_now=round(at_now, 6),
        value=typed or plain(round(at_now, 6)),
        says=kind.say(at_now / scale, currency),
        now=kind.say(dial.now, currency),
        turns=tuple(
            (
                f"{turn.side} {_say_turn(kind, turn.turns_at, currency)}",
                turn.becomes.label,
            )
            for turn in dial.turns
        ),
        problems=tuple(
            problem.says
            for problem in draft.problems
            if typed and problem.at in (dial.at, f"{dial.at}/likely")
        ),
    )


def _say_turn(kind: Kind, value: float, currency: str | None) -> str:
    """Where an estimate turns the stance, with no more digits than it has."""
    if value and isinstance(kind, Amount | Estimated):
        return about(value, currency)
    if isinstance(kind, Percent) and not isinstance(kind, Rate):
        return about_percent(value)
    return kind.say(value, currency)


def _effect(now: Analysis, then: Analysis) -> Effect:
    def both(read: Callable[[Analysis], float | None]) -> tuple[str, str]:
        before, after = (
            "not known" if value is None else about(value, now.typed.currency)
            for value in (read(now), read(then))
        )
        return before, after

    return Effect(
        stance=(now.stance.label, then.stance.label),
        future=both(lambda each: each.relationship.value),
        premium=both(lambda each: each.relationship.premium),
        trust=both(lambda each: each.trust.dividend.value),
    )


# As they may see it


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSign:
    """A sign that was looked for at an address, and whether it came."""

    at: str
    observed: str
    came: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TheirIssue:
    """An issue by its weight to them: weights and points as one reads them."""

    at: str
    name: str
    theirs: str
    ours: str
    points: tuple[tuple[str, str], ...]
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TheirTrade:
    """A trade that they would propose, and what it brings them."""

    they_move: str
    we_move: str
    net: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """The negotiation from their side, each figure with how we know it, in words.

    ``decided`` tells that their stance is clear; where it is not, ``spans`` that the
    range of our figures is why. ``frame`` says how they look, ``belief`` what the
    reader believes instead of what was seen, empty for none.
    """

    stance: Stance
    decided: bool
    spans: bool
    basis: str
    guessed: bool
    keeping: str
    walk_away: str
    leaving_basis: str
    frame: str
    belief: str
    believed: str
    signs: tuple[SeenSign, ...]
    seen: str
    issues: tuple[TheirIssue, ...]
    trades: tuple[TheirTrade, ...]
    asked: tuple[tuple[str, str], ...]
    alternatives: tuple[tuple[str, str, str], ...]
    to_ask: tuple[tuple[str, str], ...]


def theirs(shown: Shown) -> Theirs:
    """Put together how they may see it, by what we know of them."""
    analysis, plan = shown.analysis, shown.analysis.typed
    there = Analysis(swapped(analysis.plan))
    ours, belief = there.relationship.ours, analysis.orientation.belief
    away, basis = analysis.their_walk_away, plan.future.them.basis
    keeping = (min(ours.future), max(ours.future)) if ours.future else None
    bases = (one.basis for one in plan.alternatives.them)
    return Theirs(
        stance=there.stance,
        decided=there.stance is not Stance.UNDECIDED,
        spans=bool(ours.future) and ours.grab is not None,
        basis=_how(basis),
        guessed=basis in (None, "guessed"),
        keeping=about_between(*keeping, plan.currency) if keeping else "",
        walk_away=about_between(*away, plan.currency) if away else "",
        leaving_basis=_how(least_sure(bases)),
        frame=_frame(analysis.orientation.relational),
        belief="" if belief is None else percent(belief),
        believed=_how("guessed"),
        signs=tuple(_signs(plan.signals)),
        seen=_how("observed"),
        issues=tuple(_their_issues(plan.agreement)),
        trades=tuple(_their_trades(analysis)),
        asked=tuple(
            (issue.name or "New issue", issue.we_ask)
            for issue in plan.relationship.values()
            if issue.we_ask
        ),
        alternatives=tuple(
            (
                one.name or "This alternative",
                "" if one.value is None else money(one.value, plan.currency),
                _how(one.basis),
            )
            for one in plan.alternatives.them
        ),
        to_ask=tuple(
            (guess.at, guess.score.issue.name or "this issue")
            for guess in analysis.guesses
        ),
    )


def _how(basis: Basis | None) -> str:
    """How we know, in the words of the form."""
    ways = answer_at(BASIS).kind.choices
    return ways.get(basis or "", "not said how we know").lower()


def _frame(relational: bool | None) -> str:
    if relational is None:
        return "is not clear yet"
    return "looks like a relationship" if relational else "looks like a one-off deal"


def _signs(signals: Mapping[str, bool | None]) -> Iterator[SeenSign]:
    for signal in SIGNALS:
        came = signals.get(signal.id)
        if came is not None:
            at = under("/signals", signal.id)
            yield SeenSign(at=at, observed=signal.observed, came=came)


def _their_issues(agreement: Mapping[str, AgreementIssue]) -> Iterator[TheirIssue]:
    """The issues of the deal whose weight to them is known, the heaviest first."""
    known = [
        (issue.weight.them, at, issue)
        for at, issue in agreement.items()
        if issue.weight.them is not None
    ]
    for weight, at, issue in sorted(known, key=lambda each: -each[0]):
        scored = [o for o in issue.options if o.them is not None]
        ours = issue.weight.us
        yield TheirIssue(
            at=at,
            name=issue.name or "New issue",
            theirs=plain(weight),
            ours="" if ours is None else plain(ours),
            points=tuple(
                (option.name or "an option", plain(option.them or 0.0))
                for option in sorted(scored, key=lambda o: -(o.them or 0.0))
            ),
            basis=_how(issue.basis),
        )


def _their_trades(analysis: Analysis) -> Iterator[TheirTrade]:
    for trade in analysis.play.trades[:MOST_SHOWN]:
        given, asked = trade.give.score.issue, trade.ask.score.issue
        yield TheirTrade(
            they_move=asked.name or "one issue",
            we_move=given.name or "another",
            net=say_net(trade.them),
            basis=_how(least_sure((given.basis, asked.basis))),
        )


# Whether the weights say what the reader means


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """Weights after which an answer agrees with them, and their addresses."""

    repair: Repair
    id: str
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two packages to choose from, and ``terms``, which is how the plan keeps them."""

    first: Package
    second: Package
    terms: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A pair of packages at an address where answer and weights disagree."""

    at: str
    prefers: str
    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What the reader would choose beside what the weights say.

    ``contradictions`` are issues that are ranked one way and weighed the other: above,
    below, and by how much. ``kept`` are the pairs in the plan, ``pairs`` others to
    choose from. ``ranked`` and ``answered`` tell that there is something that can
    agree, ``asked`` that there are pairs to check the weights with at all.
    """

    contradictions: tuple[tuple[str, str, str], ...]
    ranking: Mend | None
    ranked: bool
    kept: tuple[KeptPair, ...]
    disagreements: tuple[Disagreement, ...]
    comparisons: Mend | None
    answered: bool
    pairs: tuple[Pair, ...]
    asked: bool


def check(shown: Shown) -> Check:
    """Put together whether the weights say what the reader means."""
    analysis, plan = shown.analysis, shown.analysis.typed
    repair = analysis.comparison_repair
    more = [
        q.comparison for q in analysis.rather if q.comparison not in plan.comparisons
    ]
    return Check(
        contradictions=tuple(
            (
                shown.issue_at(one.above) or "one issue",
                shown.issue_at(one.below) or "another",
                plain(round(one.by, 1)),
            )
            for one in analysis.contradictions[:MOST_SHOWN]
        ),
        ranking=_mend(analysis.ranking_repair) if analysis.contradictions else None,
        ranked=bool(plan.ranking),
        kept=tuple(_kept(shown)),
        disagreements=tuple(
            Disagreement(
                at=verdict.at,
                prefers="A" if verdict.comparison.prefer == "first" else "B",
                first=points(verdict.first or 0.0),
                second=points(verdict.second or 0.0),
            )
            for verdict in analysis.verdicts
            if verdict.agrees is False
        ),
        comparisons=_mend(repair) if repair and repair.changes else None,
        answered=any(verdict.agrees is not None for verdict in analysis.verdicts),
        pairs=tuple(
            Pair(
                first=_in_words(shown, pair.first),
                second=_in_words(shown, pair.second),
                terms={"first": dict(pair.first), "second": dict(pair.second)},
            )
            for pair in more
        ),
        asked=bool(analysis.rather),
    )


def _in_words(shown: Shown, terms: Mapping[str, str]) -> Package:
    """Terms as issue and option, the issues by name."""
    return tuple((shown.issue_name(id), option) for id, option in terms.items())


def _kept(shown: Shown) -> Iterator[KeptPair]:
    for at in members(shown.document, "/comparisons"):
        first, second = (shown.terms_at(under(at, key)) for key in ("first", "second"))
        yield at, _in_words(shown, first), _in_words(shown, second)


def _mend(repair: Repair | None) -> Mend | None:
    if repair is None:
        return None
    single = "-one" if repair.single else ""
    return Mend(
        repair=repair,
        id=f"use-repair-{len(repair.changes)}{single}",
        weights={change.at: round(change.end, 1) for change in repair.changes},
    )


# What trust saves


@dataclass(frozen=True, slots=True, kw_only=True)
class RelaxStep:
    """A step towards trust, and what a year saves from it on; empty where unknown."""

    observed: str
    relax: str
    keep: str
    saves: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What trust saves beside what a betrayal would cost, in words."""

    trust: Trust
    spend: str
    yearly: str
    whole: str
    betrayal: str
    steps: tuple[RelaxStep, ...]


def saved(shown: Shown) -> Saved:
    """Put together what trust would save."""
    trust, currency = shown.analysis.trust, shown.analysis.typed.currency

    def said(value: float | None) -> str:
        return "not known yet" if value is None else money(value, currency)

    checks = trust.inspection
    spend = [] if checks.spend is None else [f"{said(checks.spend)} each time"]
    if spend and checks.yearly is not None:
        spend.append(f"{said(checks.yearly)} a year")
    return Saved(
        trust=trust,
        spend=", ".join(spend),
        yearly=said(trust.dividend.yearly),
        whole=said(trust.dividend.value),
        betrayal=said(trust.betrayal.cost),
        steps=tuple(
            RelaxStep(
                observed=step.observed,
                relax=step.relax,
                keep=f"{step.keep[0].lower()}{step.keep[1:]}",
                saves="" if (year := trust.saved(step)) is None else said(year),
            )
            for step in trust.milestones
        ),
    )


# All deals


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """What a rule of fair division would pick: the rule, its worth, its terms."""

    rule: str
    us: str
    them: str
    terms: tuple[tuple[str, str], ...]
    scale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """How often the fair deal stays the best while the weights vary."""

    samples: str
    share: str
    error: str
    loses: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The nearest figure at an address that changes the fair deal."""

    at: str
    names: str
    where: str
    at_value: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deals:
    """Every deal by what it is worth to each side, and how firm the fair one is."""

    chart: DealsChart | None
    fair: tuple[Picked, ...]
    firm: Firm | None
    turn: Turn | None
    weights: BarChart | None


def deals(shown: Shown) -> Deals:
    """Put together all deals, those that rules would pick, and how firm one is."""
    analysis = shown.analysis
    chart, known = deals_chart(analysis), None
    if chart:
        known = analysis.robustness
    return Deals(
        chart=chart,
        fair=tuple(_picked(analysis)) if analysis.play.fair else (),
        firm=Firm(
            samples=count(known.samples),
            share=percent(known.share),
            error=percent(SURE * known.error),
            loses=known.share < HALF,
        )
        if known
        else None,
        turn=_turn(shown) if known else None,
        weights=weights_chart(analysis) if known else None,
    )


def _picked(analysis: Analysis) -> Iterator[Picked]:
    for solution in analysis.solutions:
        for deal in solution.deals[:1]:
            package = analysis.frontier[deal.choice[0]]
            yield Picked(
                rule=f"{solution.rule[0].upper()}{solution.rule[1:]}",
                us=points(package.us),
                them=points(package.them),
                terms=tuple(
                    (score.issue.name or "New issue", option.name or "an option")
                    for score, option in package.terms
                ),
                scale=solution.scale,
            )


def _turn(shown: Shown) -> Turn | None:
    for flip in shown.analysis.aim_flips[:1]:
        return Turn(
            at=flip.at,
            names=_named(shown, flip.at),
            where="below" if flip.falls else "above",
            at_value=plain(round(flip.turns_at, 1)),
            now=plain(round(flip.now, 1)),
        )
    return None


def _named(shown: Shown, at: str) -> str:
    """A figure of an issue as a sentence names it."""
    issue = shown.issue_at(at) or "an issue"
    head, options, rest = at.partition("/options/")
    if not options:
        return f"{label(at).lower()} of {issue}"
    name = look_up(shown.document, f"{head}/options/{rest.partition('/')[0]}/name")
    option = name if isinstance(name, str) and name else "an option"
    return f"what “{option}” is worth {label(at).lower()}, on {issue}"
