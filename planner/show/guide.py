"""The guided plan: ten questions, one at a time, for a first recommendation.

They ask for the answers that decide the stance, the deal and the walk-away; the
rest of the plan can wait. Their choice and their order are ours.
"""

import re
from dataclasses import dataclass
from typing import Any

from planner.plan.address import look_up
from planner.plan.rows import answer_at, label
from planner.plan.values import SIDES
from planner.words.figures import plain

__all__ = ["SCREENS", "SIGNALS_ASKED", "Answered", "Screen", "answers", "asks"]

# The signals that a reader has most often had occasion to see; the choice is ours.
SIGNALS_ASKED = (
    "shares-their-goals",
    "asks-about-your-needs",
    "returns-concessions",
    "talks-only-about-price",
    "asks-again-after-a-concession",
    "threatens",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One question: ``asks`` is the heading, ``why`` why it is asked, in a line.

    ``page`` is the handbook heading with the whole reason. ``fields`` are asked for
    in their order; a ``part`` names what is asked for in a list instead. ``term`` is
    a word of the glossary that the reader meets there first.
    """

    id: str
    asks: str
    why: str
    page: str
    fields: tuple[str, ...] = ()
    part: str = ""
    term: str = ""


SCREENS = (
    Screen(
        id="who",
        asks="What is it about, and with whom?",
        why="Your advice and your brief use these names.",
        page="method/two-lists.md#put-every-issue-on-one-list",
        fields=("/title", "/us/name", "/them/name", "/currency"),
    ),
    Screen(
        id="again",
        asks="Will you deal with them again?",
        why="A future that is likely, and soon, is worth giving something up for.",
        page="method/the-two-questions.md#will-you-deal-again",
        fields=("/future/continue_chance", "/future/discount_rate"),
    ),
    Screen(
        id="gain",
        asks="What would a partnership gain you?",
        why="It pays to stay if that brings more than you could squeeze out now.",
        page="method/the-two-questions.md#what-would-a-partnership-gain-you",
        term="temptation",
        fields=("/future/us/yearly_gain", "/future/us/one_off_gain"),
    ),
    Screen(
        id="theirs",
        asks="What is in it for them?",
        why="A relationship is only as strong as the weaker side’s reason to keep it.",
        page="method/the-two-questions.md#ask-it-for-both-sides",
        term="basis",
        fields=(
            "/future/them/yearly_gain/low",
            "/future/them/yearly_gain/high",
            "/future/them/one_off_gain",
            "/future/them/basis",
        ),
    ),
    Screen(
        id="frame",
        asks="How do they behave?",
        why="What they do tells more about what they want than what they say.",
        page="method/reading-their-frame.md#two-ways-to-see-one-table",
        term="frame",
        fields=tuple(f"/signals/{signal}" for signal in SIGNALS_ASKED),
    ),
    Screen(
        id="issues",
        asks="What has to be settled?",
        why="With more than one issue there is something to trade.",
        page="method/two-lists.md#put-every-issue-on-one-list",
        term="weight",
        part="issues",
    ),
    Screen(
        id="options",
        asks="What do you want on each, and what do they?",
        why="The two ends of each issue show where a trade helps both.",
        page="method/trading-across-issues.md#find-the-trades",
        term="points",
        part="options",
    ),
    Screen(
        id="relationship",
        asks="What should be better between you, apart from the deal?",
        why="What has no list of its own gets paid for with the price.",
        page="method/two-lists.md#never-pay-for-the-relationship-with-the-deal",
        part="relationship",
    ),
    Screen(
        id="without",
        asks="What will you do without a deal?",
        why="It tells you where to stop.",
        page="method/your-walk-away.md#put-a-value-on-it",
        term="walk-away",
        part="alternatives",
    ),
    Screen(
        id="so-far",
        asks="Who has given what so far?",
        why="Two steps in a row without an answer are a sign to wait.",
        page="method/the-concession-ledger.md#write-down-every-step",
        term="stop-line",
        part="moves",
    ),
)


_IN_PARTS = re.compile(
    r"/issues/\d+/(name|weight/\w+|now|goal|we_offer|we_ask|options/\d+/name)"
    r"|/alternatives/us/\d+/(name|value|chance)|/moves/\d+/(by|round|issue|from|to)"
)


def asks(at: str) -> bool:
    """Whether one of the questions asks for the answer at an address."""
    named = any(at in screen.fields for screen in SCREENS)
    return named or _IN_PARTS.fullmatch(at) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer to check: what was asked, and what was said, in words.

    ``says`` is empty where it was not answered.
    """

    at: str
    label: str
    says: str


def answers(screen: Screen, document: dict[str, Any]) -> list[Answered]:
    """What the document says on a screen, one entry for each of its answers."""
    if screen.part:
        return [_listed(screen.part, document)]
    return [
        Answered(at=at, label=label(at), says=_said(at, document))
        for at in screen.fields
    ]


def _said(at: str, document: dict[str, Any]) -> str:
    """An answer in words; as typed, where it cannot be read."""
    raw, currency = look_up(document, at), look_up(document, "/currency")
    kind = answer_at(at).kind
    value = kind.read(raw, at, lambda at, says: None)
    if value is None:
        return str(raw) if raw is not None else ""
    return kind.say(value, currency if isinstance(currency, str) else None)


_PARTS = {
    "issues": ("/issues", "Issues of the deal"),
    "options": ("/issues", "What each side wants"),
    "relationship": ("/issues", "Issues of the relationship"),
    "alternatives": ("/alternatives/us", "Your alternatives"),
    "moves": ("/moves", "Steps"),
}


def _listed(part: str, document: dict[str, Any]) -> Answered:
    at, said = _PARTS[part]
    rows = [m for m in _listing(look_up(document, at)) if isinstance(m, dict)]
    if at == "/issues":
        wanted = "relationship" if part == "relationship" else "agreement"
        rows = [row for row in rows if row.get("kind", "agreement") == wanted]
    words = [_row(part, row, document) for row in rows]
    return Answered(at=at, label=said, says="; ".join(word for word in words if word))


def _listing(raw: Any) -> list[Any]:
    """A list as it stands in the document; anything else holds no members."""
    return raw if isinstance(raw, list) else []


def _row(part: str, row: dict[str, Any], document: dict[str, Any]) -> str:
    name = str(row.get("name") or "")
    if part == "issues":
        weights = [look_up(row, f"/weight/{side}") for side in SIDES]
        if all(isinstance(w, int | float) for w in weights):
            ours, theirs = map(plain, weights)
            return f"{name} ({ours} to you, {theirs} to them)"
    if part == "options":
        ends = [str(look_up(o, "/name") or "") for o in _listing(row.get("options"))]
        return f"{name}: {', '.join(ends)}" if any(ends) else ""
    if part == "moves":
        who = {"us": "you", "them": "they"}.get(str(row.get("by")), "someone")
        return f"{who}: {row.get('from') or '?'} → {row.get('to') or '?'}"
    return name
