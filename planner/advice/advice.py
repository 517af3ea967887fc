"""Advice: ask every rule; keep reasons, warnings and questions."""

from collections.abc import Iterable
from dataclasses import dataclass

from planner.advice.rule import Evidence, Kind, Missing, Rule
from planner.advice.rules import RULES
from planner.advice.rules.after_the_deal import RULES as AFTER
from planner.advice.rules.the_two_questions import ANSWERS, in_words
from planner.analyses.analysis import Analysis
from planner.analyses.flips import Flip
from planner.analyses.relationship import Condition
from planner.analyses.stance import Stance
from planner.words.figures import money, percent

__all__ = ["Advice", "Change", "Ground", "Reason", "advise"]

# Warnings first: a loss avoided counts before a gain. Then what to do, then ask.
ORDER = tuple(Kind)


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
    """A rule that applies, with its evidence."""

    rule: Rule
    evidence: Evidence

    @property
    def stake(self) -> float:
        """How many of our 100 points hang on it."""
        stake = self.evidence.stake
        return self.rule.stake if stake is None else stake

    @property
    def advice(self) -> str:
        """What to do, in one line, with the reader's own words in it."""
        return self.rule.advice.format_map(self.evidence.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What we recommend, why, what would change it, and what to find out.

    ``says`` is the stance in one sentence; while it is undecided, what decides it.
    """

    stance: Stance
    says: str
    grounds: tuple[Ground, ...]
    changes: tuple[Change, ...]
    reasons: tuple[Reason, ...]
    questions: tuple[Missing, ...]

    @property
    def open(self) -> int:
        """How many things are still to be found out: to answer, or to ask them."""
        asks = [reason for reason in self.reasons if reason.rule.kind is Kind.ASK]
        return len(self.questions) + len(asks)


def advise(analysis: Analysis, rules: tuple[Rule, ...] = RULES) -> Advice:
    """Ask every rule. Rules that cannot tell add questions, never reasons.

    Reasons come warnings first, then what to do, then what to ask; within each,
    what has more of our points hanging on it first, and of equals in the order of
    the handbook. Questions come once, the two questions first. Once the talks are
    over, only what comes after the deal is said and asked.
    """
    over = analysis.plan.outcome.agreed is not None
    answers = [
        (rule, rule.check(analysis)) for rule in rules if rule in AFTER or not over
    ]
    reasons = [
        Reason(rule=rule, evidence=answer)
        for rule, answer in answers
        if isinstance(answer, Evidence)
    ]
    reasons.sort(key=lambda reason: (ORDER.index(reason.rule.kind), -reason.stake))
    asked = [answer for _, answer in answers if isinstance(answer, Missing)]
    return Advice(
        stance=analysis.stance,
        says=_says(analysis),
        grounds=_grounds(analysis),
        changes=tuple(
            _change(boundary, analysis)
            for boundary in analysis.boundaries
            if _is_conceivable(boundary)
        ),
        reasons=tuple(reasons),
        questions=_once(
            asked if over else [*_first_questions(analysis), *asked, *_gaps(analysis)]
        ),
    )


def _says(analysis: Analysis) -> str:
    ours = analysis.relationship.ours
    if analysis.stance is not Stance.UNDECIDED or not ours.future:
        return analysis.stance.says
    return _GRAB_DECIDES if ours.grab is None else _RANGE_DECIDES


_GRAB_DECIDES = (
    "Before you choose how to play it, say what you could grab now: "
    "going on is weighed against it."
)
_RANGE_DECIDES = (
    "Going on may or may not pay for you, by your range: "
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
                    grab=money(side_condition.grab or 0.0, analysis.plan.currency),
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
    ("us", True): "Going on is worth {future} to you; grabbing now, {grab}.",
    ("us", False): "Grabbing now is worth {grab} to you; going on, only {future}.",
    ("us", None): "Going on is worth {future} to you, by your range; "
    "grabbing now, {grab}. Narrow the range.",
    ("them", True): "Going on pays for them too: {future}, against {grab} now.",
    ("them", False): "Going on does not pay for them: {future}, against {grab} now.",
    ("them", None): "It may or may not pay for them to go on: {future}, "
    "against {grab} now.",
}
_NO_FUTURE = {
    "us": "Going on is worth {future} to you: you have no future to protect.",
    "them": "Going on is worth {future} to them: they have no future to protect.",
}
_NO_GRAB = {
    "us": "Going on is worth {future} to you; you have not said what could be "
    "grabbed now.",
    "them": "Going on is worth {future} to them; you have not said what they could "
    "grab now.",
}
_UNKNOWN = {
    "us": "You have not said yet what going on is worth to you.",
    "them": "You have not said yet what going on is worth to them.",
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
    low, high = (money(v, currency) for v in (min(known.future), max(known.future)))
    return low if low == high else f"{low} to {high}"


def _is_conceivable(boundary: Flip[Stance]) -> bool:
    """Whether a reader can picture it: nothing grabbed or spent is under nothing."""
    never_less = boundary.at.endswith(("/one_off_gain", "/talking_costs"))
    return not (never_less and boundary.falls and boundary.turns_at <= 0)


def _change(boundary: Flip[Stance], analysis: Analysis) -> Change:
    value = in_words(boundary.at, boundary.turns_at, analysis.plan.currency)
    direction = "falls below" if boundary.falls else "rises above"
    if boundary.falls and boundary.turns_at == 0:
        direction = "falls to"  # a future that is worth nothing turns it at 0 itself
    return Change(
        at=boundary.at,
        says=f"{ANSWERS[boundary.at]} {direction} {value}",
        becomes=boundary.becomes,
    )


def _first_questions(analysis: Analysis) -> Iterable[Missing]:
    for at in analysis.relationship.ours.missing:
        yield Missing(at, _OUR_FUTURE[at])


_OUR_FUTURE = {
    "/future/continue_chance": "How likely is it that you will deal again?",
    "/future/discount_rate": "What does a year’s wait cost you, as a yearly "
    "rate? Your finance team has one.",
    "/future/us/yearly_gain": "What would a year with them gain you, over the "
    "next best partner?",
    "/future/us/one_off_gain": "What could you grab now if you did not mind ending it?",
}


def _gaps(analysis: Analysis) -> Iterable[Missing]:
    for gap in (*analysis.scores.gaps, *analysis.ledger.questions):
        yield Missing(gap.at, gap.asks)


def _once(questions: Iterable[Missing]) -> tuple[Missing, ...]:
    kept: dict[str, Missing] = {}
    for question in questions:
        kept.setdefault(question.at, question)
    return tuple(kept.values())
