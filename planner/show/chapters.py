"""A chapter's panel: the few answers that its point turns on, and what follows.

It asks for two to four answers of the plan and tells in a line or two what they lead
to; the rest stands in the plan. A panel has the name of its chapter's file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from types import MappingProxyType
from typing import Any, Protocol

from planner.advice.advice import Advice
from planner.advice.rule import Theme
from planner.analyses.analysis import Analysis
from planner.analyses.packages import in_words
from planner.analyses.review import review
from planner.plan.address import look_up, under
from planner.plan.document import Draft
from planner.plan.rows import find_answer
from planner.show.brief import say_trade
from planner.words.figures import about, count, money, percent, points
from planner.words.listing import listed

__all__ = [
    "CHAPTERS",
    "DECIDING",
    "ChapterPanel",
    "Group",
    "Shown",
    "is_asked_in",
    "likely_field",
]

FEW = 4  # fields, so that what follows stays in view while one types


class Shown(Protocol):
    """What a panel reads of the view, which in turn asks for the panels below."""

    @property
    def document(self) -> Mapping[str, Any]: ...
    @property
    def analysis(self) -> Analysis: ...
    @property
    def advice(self) -> Advice: ...
    @property
    def issues(self) -> Mapping[str, str]: ...
    @property
    def draft(self) -> Draft: ...
    @property
    def trial(self) -> Mapping[str, Any]: ...
    def terms_at(self, at: str) -> Mapping[str, str]: ...
    def indexes(self, kind: str) -> Sequence[int]: ...
    def issue_at(self, home: str) -> str: ...
    def issue_name(self, key: str) -> str: ...
    def issue_choices(self) -> Sequence[tuple[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together, under the name of what they are about, if any."""

    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterPanel:
    """The panel of one chapter.

    ``asks`` are its fields; there are none where the plan has no such row yet.
    ``tells`` is what follows, in sentences, empty while too little is known; without
    it, the stance follows, with its reasons. ``lacks`` says what is to be entered.
    """

    asks: Callable[[Shown], tuple[Group, ...]]
    tells: Callable[[Shown], str] | None = None
    lacks: str

    @property
    def decides(self) -> bool:
        """Whether the stance follows."""
        return self.tells is None


def is_asked_in(names: Sequence[str], at: str, shown: Shown) -> bool:
    """Tell whether one of these panels has a field for the answer at an address."""
    return any(
        at in group.fields
        for name in names
        if name in CHAPTERS
        for group in CHAPTERS[name].asks(shown)
    )


# What is asked


def _answers(*addresses: str) -> Callable[[Shown], tuple[Group, ...]]:
    """Ask for these; for the likely figure of an estimate that is a range."""

    def asks(shown: Shown) -> tuple[Group, ...]:
        return (Group("", tuple(likely_field(shown, at) for at in addresses)),)

    return asks


def likely_field(shown: Shown, at: str) -> str:
    """Return the field of an answer: where it is a range, that of its likely value."""
    likely = find_answer(under(at, "likely"))
    in_three = isinstance(look_up(shown.document, at), dict)
    return under(at, "likely") if in_three and likely else at


def _of_issues(
    kind: str, *keys: str, most: int
) -> Callable[[Shown], tuple[Group, ...]]:
    """Ask this of the first few issues of one list, in the order of the list."""

    def asks(shown: Shown) -> tuple[Group, ...]:
        homes = [under("/issues", i) for i in shown.indexes(kind)[:most]]
        return tuple(
            _of_issue(shown, home, *(f"{home}/{key}" for key in keys)) for home in homes
        )

    return asks


def _of_issue(shown: Shown, home: str, *fields: str) -> Group:
    return Group(shown.issue_at(home) or "An issue without a name", fields)


def _last_step(shown: Shown) -> tuple[Group, ...]:
    """Ask about the step that was made last."""
    moves = look_up(shown.document, "/moves")
    if not isinstance(moves, list) or not moves:
        return ()
    home = under("/moves", len(moves) - 1)
    issue = look_up(shown.document, f"{home}/issue")
    name = shown.issue_name(issue) if isinstance(issue, str) else "an issue"
    keys = ("to", "kind", "in_return_for")
    fields = tuple(f"{home}/{key}" for key in keys)
    return (Group(f"The last step: {name}", fields),)


def _best_alternative(shown: Shown) -> tuple[Group, ...]:
    """Ask about the first course without a deal."""
    home = "/alternatives/us/0"
    if not isinstance(look_up(shown.document, home), dict):
        return ()
    name = look_up(shown.document, f"{home}/name")
    keys = ("value", "chance", "cost")
    return (
        Group(
            name if isinstance(name, str) and name else "What you would do instead",
            tuple(f"{home}/{key}" for key in keys),
        ),
    )


def _signed_terms(shown: Shown) -> tuple[Group, ...]:
    """Ask for the first few terms that were signed."""
    return tuple(
        Group(name, (under("/outcome", "terms", key),))
        for key, name in shown.issue_choices()[:FEW]
    )


def _mandate(shown: Shown) -> tuple[Group, ...]:
    """Ask who may say yes, and the limits of the first two issues."""
    limits = _of_issues("agreement", "limit", most=2)(shown)
    return (Group("", ("/mandate",)), *limits)


def _fewest_options(shown: Shown) -> tuple[Group, ...]:
    """Ask for the options of the issue that has the fewest, but two or more."""
    counts = {
        home: len(options)
        for home in (under("/issues", i) for i in shown.indexes("agreement"))
        if isinstance(options := look_up(shown.document, f"{home}/options"), list)
        and len(options) > 1
    }
    if not counts:
        return ()
    home = min(counts, key=lambda each: counts[each])
    names = (f"{home}/options/{i}/name" for i in range(min(FEW, counts[home])))
    return (_of_issue(shown, home, *names),)


# What is told


def _years(shown: Shown) -> str:
    known, currency = shown.analysis.relationship, shown.analysis.plan.currency
    if known.value is None:
        return ""
    worth = f"The years ahead are worth {about(known.value, currency)} to you today."
    if known.premium is None:
        return worth
    return f"{worth} Goodwill is worth {about(known.premium, currency)} at most."


def _aim(shown: Shown) -> str:
    aim = shown.analysis.play.aim
    if aim is None:
        return ""
    heavy = sorted(aim.terms, key=lambda term: -term[0].swing_us)
    return f"Aim for {points(aim.us)} of 100, with {listed(in_words(heavy[:3]))}."


def _authority(shown: Shown) -> str:
    """Whether it is settled who may say yes, and on how much there is a limit."""
    plan = shown.analysis.plan
    if plan.mandate is None:
        return ""
    said = "Who may say yes is " + ("settled" if plan.mandate else "not settled yet")
    limits = [issue for issue in plan.agreement.values() if issue.limit]
    if not plan.agreement:
        return f"{said}."
    return (
        f"{said}, and {count(len(limits))} of {count(len(plan.agreement))} issues have "
        "a limit."
    )


def _betrayal(shown: Shown) -> str:
    """What to say of one's own failure, and what a betrayal would cost in all."""
    plan, cost = shown.analysis.plan, shown.analysis.trust.betrayal.cost
    own = "Tell them before they find out, with what you will change."
    said = [own] if plan.own_failure else []
    if cost is not None:
        said.append(
            f"One betrayal would cost {about(cost, plan.currency)}, the years that are "
            "lost with it included."
        )
    return " ".join(said)


def _interests(shown: Shown) -> str:
    """Of how many issues it is known what they need them for."""
    issues = tuple(shown.analysis.plan.agreement.values())
    if len(issues) < 2:
        return ""
    known = [issue for issue in issues if issue.why.them]
    return (
        f"You know why it matters to them on {count(len(known))} of "
        f"{count(len(issues))} issues."
    )


def _deals(shown: Shown) -> str:
    """How many deals the options make, and how many one more would."""
    sizes = [len(score.issue.options) for score in shown.analysis.counted]
    if len(sizes) < 2:
        return ""
    deals, more = prod(sizes), prod(sizes) // min(sizes) * (min(sizes) + 1)
    return (
        f"The options of all issues make {count(deals)} deals. One more on the issue "
        f"with the fewest makes {count(more)}."
    )


def _promises(shown: Shown) -> str:
    entries = tuple(shown.analysis.plan.relationship.values())
    whole = [
        entry
        for entry in entries
        if all((entry.we_offer, entry.we_ask, entry.owner, entry.by))
    ]
    if not entries:
        return ""
    return (
        f"{count(len(whole))} of {count(len(entries))} on this list say what each side "
        "promises, who looks after it and by when."
    )


def _gaps(shown: Shown) -> str:
    """The widest gaps of the second list, and the promises that close them."""
    gaps = [
        (entry.goal - entry.now, entry.name or "an entry without a name")
        for entry in shown.analysis.plan.relationship.values()
        if entry.now is not None and entry.goal is not None and entry.goal > entry.now
    ]
    if not gaps:
        return _promises(shown)
    widest = max(gap for gap, _ in gaps)
    names = [f"“{name}”" for gap, name in gaps if gap == widest]
    return f"Begin with the widest gap: {listed(names)}. {_promises(shown)}"


def _walk_away(shown: Shown) -> str:
    return shown.advice.walk_away


def _weights(shown: Shown) -> str:
    heavy = sorted(shown.analysis.counted, key=lambda score: -score.swing_us)
    if len(heavy) < 2:
        return ""
    shares = [f"{s.issue.name or 'an issue'} has {s.swing_us:.0f}" for s in heavy[:3]]
    said = f"Of your 100 points, {listed(shares)}."
    firm = shown.analysis.robustness
    if firm is None:
        return said
    return (
        f"{said} The fair deal stays the best in {percent(round(firm.share, 2))} of "
        "the weightings that keep your order."
    )


def _now(shown: Shown) -> str:
    """What to do at the table now."""
    return " ".join(
        f"{reason.advice} {reason.evidence.says}"
        for reason in shown.advice.first
        if reason.rule.theme is Theme.NEXT
    )


def _trade(shown: Shown) -> str:
    told = shown.analysis.play
    if told.aim is None:
        return ""
    if told.trades:
        return say_trade(told.trades[0])
    if told.opening_trades:
        return f"Your opening makes it already. {say_trade(told.opening_trades[0])}"
    return "From where you both stand, no two steps bring each of you a point."


def _packages(shown: Shown) -> str:
    told = shown.analysis.play
    if not told.packages or told.level is None:
        return ""
    first, *others = told.packages
    if not others:
        return (
            f"At {points(told.level)} there is one package to offer, and no second one "
            "worth as much to you."
        )
    apart = {score.at: score for other in others for score, _ in other.apart(first)}
    names = [score.issue.name or "an issue" for score in apart.values()]
    return (
        f"Offer {count(len(told.packages))} packages, each worth about "
        f"{points(told.level)} to you, that differ in {listed(names)}."
    )


def _ledger(shown: Shown) -> str:
    kept, currency = shown.analysis.ledger, shown.analysis.plan.currency
    if not kept.entries:
        return ""
    said = f"You gave {points(kept.given)} and got {points(kept.received)}."
    if kept.subsidy.worth:
        said += f" For goodwill went {about(kept.subsidy.worth, currency)}."
    return said


def _stop_line(shown: Shown) -> str:
    kept = shown.analysis.ledger
    if not kept.entries:
        return ""
    reached = "You are at the stop line" if shown.analysis.play.stopped else "Not yet"
    said = f"{_ledger(shown)} {reached}: {count(kept.stop.rounds)} of your rounds in a "
    said += "row brought nothing back"
    if kept.surplus is None:
        return f"{said}."
    return f"{said}, and {points(kept.surplus)} are left over walking away."


def _savings(shown: Shown) -> str:
    known, currency = shown.analysis.trust, shown.analysis.plan.currency
    saves, betrayal = known.dividend, known.betrayal
    if saves.yearly is None:
        return ""
    said = f"Trust saves {money(saves.yearly, currency)} a year"
    if saves.value is not None:
        said += f", {about(saves.value, currency)} over the years ahead"
    if betrayal.cost is None:
        return f"{said}."
    return f"{said}; one betrayal would cost {about(betrayal.cost, currency)}."


def _outcome(shown: Shown) -> str:
    found = review(shown.analysis)
    if found is None or found.agreed is None:
        return ""
    said = f"What you signed is worth {points(found.agreed.us)} to you"
    if found.surplus is not None:
        said += f", {points(found.surplus)} over walking away"
    if found.left is None:
        return f"{said}."
    left = "nothing" if round(found.left) == 0 else points(found.left)
    return f"{said}; left on the table: {left}."


WEIGHTS = "Enter what each issue weighs for both sides, and you see what follows."
QUESTIONS = "Answer these, and you see how to play it."
TWO_ISSUES = "Enter two issues with their options, in your plan."
SECOND_LIST = "Put an issue on the second list, in your plan."
STEP = "Enter the first step, in your plan."
TERMS = "Enter each term that you signed, and you see what was left."
THEIRS = _of_issues("agreement", "weight/them", most=FEW)

CHAPTERS: Mapping[str, ChapterPanel] = MappingProxyType(
    {
        "the-two-questions": ChapterPanel(
            asks=_answers(
                "/future/continue_chance",
                "/future/us/yearly_gain",
                "/future/us/one_off_gain",
            ),
            lacks=QUESTIONS,
        ),
        "what-the-future-is-worth": ChapterPanel(
            asks=_answers(
                "/future/continue_chance",
                "/future/us/yearly_gain",
                "/future/discount_rate",
                "/future/continue_chance_if_we_give",
            ),
            tells=_years,
            lacks="Enter a chance and a yearly gain, and you see what they are worth.",
        ),
        "reading-their-frame": ChapterPanel(
            asks=_answers(
                "/signals/talks-about-next-time",
                "/signals/keeps-small-promises",
                "/signals/talks-only-about-price",
                "/signals/asks-again-after-a-concession",
            ),
            lacks="Say what you saw them do, and you see what it tells.",
        ),
        "what-they-want": ChapterPanel(
            asks=_of_issues("agreement", "why/us", "why/them", most=2),
            tells=_interests,
            lacks=TWO_ISSUES,
        ),
        "your-own-house": ChapterPanel(
            asks=_mandate,
            tells=_authority,
            lacks="Say whether it is settled who may say yes.",
        ),
        "how-trust-grows": ChapterPanel(
            asks=_answers("/own_failure", "/loss_if_betrayed"),
            tells=_betrayal,
            lacks="Enter what a betrayal would cost you at once.",
        ),
        "talk-options-trust": ChapterPanel(
            asks=_fewest_options,
            tells=_deals,
            lacks=TWO_ISSUES,
        ),
        "fair-dealing": ChapterPanel(
            asks=_answers(
                "/future/us/yearly_gain",
                "/future/us/one_off_gain",
                "/future/them/one_off_gain",
            ),
            lacks=QUESTIONS,
        ),
        "two-lists": ChapterPanel(
            asks=_of_issues(
                "relationship", "we_offer", "we_ask", "owner", "by", most=1
            ),
            tells=_promises,
            lacks=SECOND_LIST,
        ),
        "agreement-issues": ChapterPanel(
            asks=_of_issues("agreement", "limit", "target", most=2),
            tells=_aim,
            lacks=TWO_ISSUES,
        ),
        "relationship-issues": ChapterPanel(
            asks=_of_issues("relationship", "now", "goal", most=2),
            tells=_gaps,
            lacks=SECOND_LIST,
        ),
        "your-walk-away": ChapterPanel(
            asks=_best_alternative,
            tells=_walk_away,
            lacks="Enter what you would do without a deal, in your plan.",
        ),
        "weights-that-mean-something": ChapterPanel(
            asks=_of_issues("agreement", "weight/us", most=FEW),
            tells=_weights,
            lacks=WEIGHTS,
        ),
        "choosing-a-stance": ChapterPanel(
            asks=_answers(
                "/future/us/one_off_gain",
                "/future/them/one_off_gain",
                "/future/them/yearly_gain/low",
                "/future/them/yearly_gain/high",
            ),
            lacks=QUESTIONS,
        ),
        "opening": ChapterPanel(asks=THEIRS, tells=_now, lacks=WEIGHTS),
        "trading-across-issues": ChapterPanel(asks=THEIRS, tells=_trade, lacks=WEIGHTS),
        "equal-packages": ChapterPanel(asks=THEIRS, tells=_packages, lacks=WEIGHTS),
        "at-the-table": ChapterPanel(asks=_last_step, tells=_now, lacks=STEP),
        "the-concession-ledger": ChapterPanel(
            asks=_last_step, tells=_ledger, lacks=STEP
        ),
        "when-only-one-side-cares": ChapterPanel(
            asks=_last_step,
            tells=_stop_line,
            lacks=STEP,
        ),
        "closing-and-writing-it-down": ChapterPanel(
            asks=_signed_terms, tells=_outcome, lacks=TERMS
        ),
        "how-trust-pays": ChapterPanel(
            asks=_answers(
                "/future/us/monitoring_now",
                "/future/us/monitoring_trusted",
                "/loss_if_betrayed",
            ),
            tells=_savings,
            lacks="Enter what checking costs now and with trust, and you see the rest.",
        ),
        "after-the-deal": ChapterPanel(asks=_signed_terms, tells=_outcome, lacks=TERMS),
    }
)

# Those that tell the stance.
DECIDING = frozenset(name for name, chapter in CHAPTERS.items() if chapter.decides)
