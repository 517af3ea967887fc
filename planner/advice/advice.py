"""Advice: ask every rule; keep reasons, warnings and questions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from planner.advice.assumptions import ask_for_it, say_assumed
from planner.advice.questions import about_leaving, about_scales, about_trades
from planner.advice.rule import Evidence, Kind, Missing, Phase, Rule, Theme, phase_of
from planner.advice.rules import RULES
from planner.advice.rules.the_two_questions import NEAR
from planner.advice.rules.the_two_questions import in_words as in_words_of
from planner.analyses.analysis import Analysis
from planner.analyses.flips import Flip
from planner.analyses.packages import in_words
from planner.analyses.relationship import Condition
from planner.analyses.stance import Stance
from planner.plan.rows import answer_at, question
from planner.words.figures import about, about_between, percent, points
from planner.words.listing import listed
from planner.words.progress import report

__all__ = ["Advice", "Change", "Ground", "Reason", "advise"]

# Warnings first: a loss avoided counts before a gain. Then what to do, then ask.
ORDER = tuple(Kind)
_WITHIN = str.maketrans("“”", "‘’")
MOST_TERMS = 2  # of the walk-away, told as a deal


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One reason for the stance, with the address of the answer it rests on."""

    at: str
    says: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What would change the stance, and to what."""

    at: str
    says: str
    becomes: Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A rule that applies, with its evidence.

    ``also`` are weaker rules of the same theme: they are one thought with it, and
    tell why.
    """

    rule: Rule
    evidence: Evidence
    also: tuple["Reason", ...] = ()

    @property
    def stake(self) -> float:
        """How many of our 100 points hang on it."""
        stake = self.evidence.stake
        return self.rule.stake if stake is None else stake

    @property
    def advice(self) -> str:
        """What to do, in one line, with the reader's own words in it."""
        return self.rule.advice.format_map(self.evidence.facts)

    @property
    def line(self) -> str:
        """What to say to the other side, in the reader's own words; empty for none."""
        said = self.rule.line.format_map(self.evidence.facts)
        return said.translate(_WITHIN)  # it is quoted itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What we recommend, why, what would change it, and what to find out.

    ``says`` is how to play it, in one sentence with the reader's own figures; while
    that is undecided, what decides it. ``assumed`` says what stands in for answers.
    ``walk_away`` is where to stop, as a sum and as a deal; empty where it is not known.
    There is one reason for each theme.
    """

    stance: Stance
    phase: Phase
    says: str
    assumed: str
    walk_away: str
    grounds: tuple[Ground, ...]
    changes: tuple[Change, ...]
    reasons: tuple[Reason, ...]
    questions: tuple[Missing, ...]

    @property
    def headline(self) -> str:
        """How to play it in one sentence, and then what we call that."""
        if self.stance is Stance.UNDECIDED:
            return self.says
        return f"{self.says} We call it “{self.stance.label}”."

    @property
    def open(self) -> int:
        """How many things are still to be found out: to answer, or to ask them."""
        asks = [reason for reason in self.reasons if reason.rule.kind is Kind.ASK]
        return len(self.questions) + len(asks)

    @property
    def first(self) -> tuple[Reason, ...]:
        """What matters most: one thing to do, one to beware of, one to ask."""
        kinds = (Kind.DO, Kind.BEWARE, Kind.ASK)
        found = (
            next((r for r in self.reasons if r.rule.kind is k), None) for k in kinds
        )
        return tuple(reason for reason in found if reason)

    @property
    def rest(self) -> tuple[Reason, ...]:
        """The other reasons, in their order."""
        return tuple(reason for reason in self.reasons if reason not in self.first)

    @property
    def applying(self) -> tuple[Reason, ...]:
        """Every reason, those that stand behind a stronger one included."""
        return tuple(r for reason in self.reasons for r in (reason, *reason.also))


def _check(rule: Rule, analysis: Analysis) -> Evidence | Missing | None:
    report()
    return rule.check(analysis)


def advise(analysis: Analysis, rules: tuple[Rule, ...] = RULES) -> Advice:
    """Ask every rule that may speak. Rules that cannot tell add questions.

    A rule is silent in other phases of the talks than its own, and in the stances
    that it names. Of one theme the strongest speaks and the others are its reasons:
    warnings before what to do, and that before what to ask; within each, what has
    more of our points hanging on it first, and of equals in the order of the
    handbook. Questions come once: what was assumed and matters most, then the two
    questions; after the talks, only what comes after them is asked.
    """
    phase = phase_of(analysis)
    over = phase is Phase.AFTER
    answers = [
        (rule, _check(rule, analysis))
        for rule in rules
        if rule.speaks(phase, analysis.stance)
    ]
    found = [
        Reason(rule=rule, evidence=answer)
        for rule, answer in answers
        if isinstance(answer, Evidence)
    ]
    asked = [answer for _, answer in answers if isinstance(answer, Missing)]
    return Advice(
        stance=analysis.stance,
        phase=phase,
        says=_says(analysis),
        assumed="" if over else say_assumed(analysis),
        walk_away=_walk_away(analysis),
        grounds=_grounds(analysis),
        changes=tuple(
            _change(boundary, analysis)
            for boundary in analysis.boundaries
            if _is_conceivable(boundary)
        ),
        reasons=_by_theme(found),
        questions=_once(
            asked
            if over
            else [
                *ask_for_it(analysis),
                *_first_questions(analysis),
                *asked,
                *_gaps(analysis),
            ]
        ),
    )


def _by_theme(found: Iterable[Reason]) -> tuple[Reason, ...]:
    """One reason for each theme, the strongest, with the others behind it."""
    themes: dict[Theme, list[Reason]] = {}
    ordered = sorted(found, key=lambda r: (ORDER.index(r.rule.kind), -r.stake))
    for reason in ordered:
        themes.setdefault(reason.rule.theme, []).append(reason)
    return tuple(
        replace(first, also=tuple(others)) for first, *others in themes.values()
    )


def _says(analysis: Analysis) -> str:
    ours, said = analysis.relationship.ours, analysis.stance.says
    if analysis.stance is Stance.UNDECIDED and ours.future:
        return _GRAB_DECIDES if ours.grab is None else _RANGE_DECIDES
    if not ours.future or ours.grab is None or max(ours.future) <= 0:
        return said
    currency = analysis.plan.currency
    future = about_between(min(ours.future), max(ours.future), currency)
    grab = _grab(ours, currency)
    return (
        f"{said.removesuffix('.')}: keeping the relationship is worth {future} to you, "
        f"squeezing it now {grab}."
    )


def _walk_away(analysis: Analysis) -> str:
    """Where to walk away: as a deal, with what leaving is worth; or as that alone."""
    worth, told = analysis.walk_away, analysis.play
    floor = told.walk_away.us
    known = floor if worth is None else worth
    if known is None:
        return ""
    if known < 0:
        return "Any deal here beats leaving, by your figures."
    leaving = f"{points(known)} of 100 to you"
    if worth is not None:
        leaving = f"{about(worth, analysis.plan.currency)} to you"
        leaving += "" if floor is None else f" ({points(floor)} of 100)"
    if told.walk_away_deal is None:
        return f"Walk away below what leaving is worth: {leaving}."
    heavy = sorted(told.walk_away_deal.terms, key=lambda term: -term[0].swing_us)
    deal = listed(in_words(heavy[:MOST_TERMS]))
    return f"Walk away below a deal like {deal}: leaving is worth {leaving}."


_GRAB_DECIDES = (
    "Before you choose how to play it, say what you could squeeze out now: "
    "keeping the relationship is weighed against it."
)
_RANGE_DECIDES = (
    "By your range, keeping the relationship may or may not pay for you: "
    "a narrower one decides how to play it."
)


def _grounds(analysis: Analysis) -> tuple[Ground, ...]:
    known = analysis.relationship
    sides = (("us", known.ours), ("them", known.theirs))
    grounds = []
    for side, side_condition in sides:
        says = _GROUNDS[side, side_condition.holds]
        if side_condition.future and max(side_condition.future) <= 0:
            says = _NO_FUTURE[side]
        if side_condition.grab is None:
            says = _NO_GRAB[side]
        if not side_condition.future:
            says = _UNKNOWN[side]
        grounds.append(
            Ground(
                at=_ground_at(side, side_condition),
                says=says.format(
                    future=_span(side_condition, analysis.plan.currency),
                    grab=_grab(side_condition, analysis.plan.currency),
                    them=analysis.plan.them.name or "them",
                ),
                page=_GROUND_PAGES[side],
            )
        )
    return (*grounds, *_frame(analysis))


def _frame(analysis: Analysis) -> Iterable[Ground]:
    """What their behaviour says, where their figures do not tell."""
    known = analysis.orientation
    if analysis.relationship.theirs.holds is not None or known.relational is None:
        return
    believed = known.belief is not None
    yield Ground(
        at="/their_frame" if believed else "/signals",
        says=_FRAMES[believed, known.relational].format(
            belief=percent(known.belief or 0.0),
            relational=known.for_relational,
            transactional=known.for_transactional,
            observations=known.observations,
        ),
        page="method/reading-their-frame.md#how-many-are-enough",
    )


_FRAMES = {
    (False, True): "They behave as partners do: {relational} of {observations} signs.",
    (False, False): "They behave as in a one-off: {transactional} of {observations} "
    "signs.",
    (True, True): "You believe that they care for the relationship: {belief}.",
    (True, False): "You believe that they do not care for the relationship: {belief}.",
}


_GROUNDS = {
    ("us", True): "Keeping the relationship is worth {future} to you; squeezing it "
    "now, {grab}.",
    ("us", False): "Squeezing it now is worth {grab} to you; keeping the "
    "relationship, only {future}.",
    ("us", None): "Keeping the relationship is worth {future} to you, by your range; "
    "squeezing it now, {grab}. Narrow the range.",
    ("them", True): "Keeping you pays for {them} too: {future}, against {grab} now.",
    ("them", False): "Keeping you does not pay for {them}: {future}, against {grab} "
    "now.",
    ("them", None): "You cannot tell yet what pays for {them}: keeping you is worth "
    "{future} to them, a quick gain {grab}.",
}
_NO_FUTURE = {
    "us": "Keeping the relationship is worth {future} to you: you have no future to "
    "protect.",
    "them": "Keeping you is worth {future} to {them}: they have no future to protect.",
}
_NO_GRAB = {
    "us": "Keeping the relationship is worth {future} to you; you have not said what "
    "you could squeeze out now.",
    "them": "Keeping you is worth {future} to {them}; you have not said what they "
    "could squeeze out now.",
}
_UNKNOWN = {
    "us": "You have not said yet what keeping the relationship is worth to you.",
    "them": "You have not said yet what keeping you is worth to {them}.",
}
_GROUND_PAGES = {
    "us": "method/the-two-questions.md#what-would-a-partnership-gain-you",
    "them": "method/the-two-questions.md#ask-it-for-both-sides",
}


def _ground_at(side: str, known: Condition) -> str:
    if known.missing:
        return known.missing[0]
    return f"/future/{side}/yearly_gain"


def _span(known: Condition, currency: str | None) -> str:
    if not known.future:
        return "?"
    return about_between(min(known.future), max(known.future), currency)


def _grab(known: Condition, currency: str | None) -> str:
    """What could be squeezed out now; at least that, where only the list tells it."""
    said = about(known.grab or 0.0, currency)
    return f"at least {said}" if known.at_least else said


def _is_conceivable(boundary: Flip[Stance]) -> bool:
    """Whether a reader can picture it: nothing grabbed or spent is under nothing."""
    floor = answer_at(boundary.at).row.floor
    return floor is None or not (boundary.falls and boundary.turns_at <= floor)


def _change(boundary: Flip[Stance], analysis: Analysis) -> Change:
    value = in_words_of(boundary.at, boundary.turns_at, analysis.plan.currency)
    direction = "falls below" if boundary.falls else "rises above"
    if boundary.falls and boundary.turns_at == 0:
        direction = "falls to"  # a future that is worth nothing turns it at 0 itself
    near = "; you are near the line" if boundary.distance <= NEAR else ""
    return Change(
        at=boundary.at,
        says=f"{answer_at(boundary.at).named} {direction} {value}{near}",
        becomes=boundary.becomes,
    )


def _first_questions(analysis: Analysis) -> Iterable[Missing]:
    for at in analysis.relationship.ours.missing:
        yield Missing(at, question(at))


def _gaps(analysis: Analysis) -> Iterable[Missing]:
    yield from about_leaving(analysis)
    yield from about_scales(analysis)
    yield from about_trades(analysis)
    for gap in (*analysis.scores.gaps, *analysis.ledger.questions):
        yield Missing(gap.at, gap.asks)


def _once(questions: Iterable[Missing]) -> tuple[Missing, ...]:
    kept: dict[str, Missing] = {}
    for each in questions:
        kept.setdefault(each.at, each)
    return tuple(kept.values())
