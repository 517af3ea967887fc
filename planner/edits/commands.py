"""What the page may ask Python to do to a plan: one class a command.

As JSON a command is an object: its name with its first field, and its other fields
under their own names, ``{"add": "/issues", "blank": "agreement"}``. A new command is
a class here, listed in ``COMMANDS``, and a press in a template, which names it:
``press(do.add("/issues", "agreement"), "Add an issue")``. The types of the page's
scripts are made from these classes.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    TypedDict,
    get_origin,
    is_typeddict,
)

from planner.edits.edited import (
    BLANKS,
    GONE,
    Document,
    Edited,
    free_id,
    normalize_text,
)
from planner.edits.examples import EXAMPLES, example, is_example
from planner.edits.lists import Reading
from planner.edits.quotations import find_dependents, option_names, options_of
from planner.edits.sheets import add_issues, make_plan, pasted
from planner.edits.starters import starter_issues
from planner.plan.address import (
    locate,
    look_up,
    members,
    parts,
    remove_members,
    replaced,
    swap_members,
    under,
)
from planner.plan.document import (
    FORMAT,
    TOO_DEEP,
    TOO_MUCH,
    check_format,
    parse,
    unknown_members,
)
from planner.plan.errors import Problem, UnsupportedDocument
from planner.plan.kinds import NAME
from planner.plan.limits import MOST_LINK
from planner.plan.values import SIDES
from planner.words.figures import count
from planner.words.listing import listed
from planner.words.scales import steps_between

__all__ = ["COMMANDS", "Command", "Effect", "Notice", "execute", "read_command"]

MOST_NAMED = 3  # things named in a line; ours, so that it stays one
MOST_LETTERS = 40  # of a name that nobody has checked

# What a member without a name is called, with its number in the list.
UNNAMED: Mapping[str, str] = MappingProxyType(
    {
        "issues": "Issue",
        "options": "Option",
        "us": "Alternative",
        "them": "Alternative",
        "moves": "Step",
        "offers": "Offer",
        "comparisons": "Comparison",
        "yearly_parts": "Line",
        "one_off_parts": "Line",
    }
)

type Undo = Literal["step", "plan", "nothing"]

Address = Annotated[str, "an answer's address in the plan, a JSON Pointer"]


class Notice(TypedDict):
    """What a command did, in a line, and what undo takes back."""

    says: str
    undo: Annotated[Undo, "the last change, a plan of its own, or nothing at all"]


@dataclass(frozen=True, slots=True)
class Command(ABC):
    """What the page may ask Python to do to a plan; its fields say what to and how."""

    fresh: ClassVar[bool] = False  # gives another plan, so it needs none to begin with
    harmless: ClassVar[bool] = False  # leaves every plan as it is
    always_tells: ClassVar[bool] = False  # even that nothing has changed

    @classmethod
    def name(cls) -> str:
        """Return what the command is called, in JSON and in templates."""
        return cls.__name__.lower()

    @abstractmethod
    def apply(self, draft: Document) -> Edited:
        """Return the draft after the command; as it was where it cannot be done.

        Raises UnsupportedDocument, with what to do instead, where it is refused.
        """

    def says(self, before: Document, after: Document) -> str:
        """Return what it did, in a line; empty where the reader sees it at a glance."""
        return ""

    def tell(self, before: Document, after: Document) -> Notice | None:
        """Return the line with what undo takes back; None where nothing is told."""
        changed = before != after
        told = changed or self.fresh or self.always_tells
        says = self.says(before, after) if told else ""
        undo: Undo = "plan" if self.fresh else "step" if changed else "nothing"
        return Notice(says=says, undo=undo) if says else None

    def to_json(self) -> dict[str, Any]:
        """Return the command as the page sends it; ``read_command`` is the way back."""
        names = _keys(type(self))
        values = [getattr(self, each.name) for each in fields(self)] or [True]
        return dict(zip(names, values, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What became of a draft by a command; where it was refused, nothing did.

    ``reading`` is the list that is still shown and not taken.
    """

    edited: Edited
    refused: tuple[Problem, ...] = ()
    notice: Notice | None = None
    reading: Reading | None = None


def read_command(raw: Any) -> Command | None:
    """Return the command that JSON asks for; None where it asks for none there is."""
    given = raw if isinstance(raw, dict) else {}
    kind = next((kind for name, kind in COMMANDS.items() if name in given), None)
    if kind is None:
        return None
    kinds = [each.type for each in fields(kind)]
    values = [given.get(key) for key in _keys(kind)[: len(kinds)]]
    return kind(*values) if all(map(_fits, values, kinds)) else None


def _keys(kind: type[Command]) -> list[str]:
    """The keys of a command in JSON: its name, and its other fields'."""
    return [kind.name(), *(each.name for each in fields(kind)[1:])]


def _fits(value: Any, kind: Any) -> bool:
    """Whether JSON is of a field's kind: an object or a text, whatever it holds."""
    kind = kind.__origin__ if get_origin(kind) is Annotated else kind
    is_object = is_typeddict(kind) or get_origin(kind) is dict
    return isinstance(value, dict if is_object else str)


def execute(
    command: Command | None, draft: Any, reading: Reading | None = None
) -> Effect:
    """Return what a command makes of a draft, or that it was refused.

    ``reading`` is a list that is shown beside it and not taken yet.
    Raises UnsupportedDocument where the draft is no plan document, of a later version
    perhaps: from there one can still go to another plan, and nowhere else.
    """
    try:
        check_format(draft)
    except UnsupportedDocument:
        if command is None or not command.fresh:
            raise
        return _apply(command, {"format": FORMAT}, reading)
    if command is None:
        return Effect(edited=Edited(draft), reading=reading)
    try:
        return _apply(command, draft, reading)
    except UnsupportedDocument as error:
        refused = (error.problem,)
        return Effect(edited=Edited(draft), refused=refused, reading=reading)


def _apply(command: Command, draft: Document, reading: Reading | None) -> Effect:
    if reading and isinstance(command, ListCommand):
        edited, left = _take(command, draft, reading), None
    else:
        edited, left = command.apply(draft), reading
    notice = command.tell(draft, edited.document)
    return Effect(edited=edited, notice=notice, reading=left)


def _take(command: "ListCommand", draft: Document, reading: Reading) -> Edited:
    if not reading.issues:
        raise UnsupportedDocument(
            "No issue was found in this list. Choose the column that names the issues"
        )
    return command.take(draft, reading)


# --- The members of a list --------------------------------------------------


@dataclass(frozen=True, slots=True)
class Add(Command):
    """Add a blank to a list: an issue, an option, a step, a line of a worksheet."""

    to: Annotated[str, "the list's address"]
    blank: Literal[
        "agreement", "relationship", "option", "alternative", "offer", "part"
    ]

    # The lists that a blank of each kind can be added to.
    LISTS: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "agreement": "/issues",
            "relationship": "/issues",
            "option": "/issues/[0-9]+/options",
            "alternative": "/alternatives/(us|them)",
            "offer": "/offers",
            "part": "/future/(us|them)/(yearly|one_off)_parts",
        }
    )

    def apply(self, draft: Document) -> Edited:
        home = self.LISTS.get(self.blank)
        if home is None or not re.fullmatch(home, self.to):
            return Edited(draft)
        there = _list_at(draft, self.to)
        member = dict(BLANKS[self.blank])
        if self.to == "/issues":
            member = {"id": free_id(there)} | member
        here = under(self.to, len(there))
        first = next((key for key in ("name", "by") if key in member), "name")
        grown = replaced(draft, self.to, [*there, member])
        return Edited(grown, focus=under(here, first))


@dataclass(frozen=True, slots=True)
class Remove(Command):
    """Remove a member of a list, with everything that quotes it."""

    at: Address

    def apply(self, draft: Document) -> Edited:
        found = locate(draft, self.at)
        if found is None:
            return Edited(draft)
        kind = look_up(draft, under(self.at, "kind"))
        left, moved = remove_members(draft, [self.at, *find_dependents(draft, self.at)])
        return Edited(left, moved, under(found[0], kind) if kind else found[0])

    def says(self, before: Document, after: Document) -> str:
        return f"{_call_member(before, self.at)} removed."


@dataclass(frozen=True, slots=True)
class Up(Command):
    """Let a member of a list change places with the one of its kind above it."""

    at: Address

    def apply(self, draft: Document) -> Edited:
        return _moved(draft, self.at, -1)


@dataclass(frozen=True, slots=True)
class Down(Command):
    """Let a member of a list change places with the one of its kind below it."""

    at: Address

    def apply(self, draft: Document) -> Edited:
        return _moved(draft, self.at, 1)


def _moved(draft: Document, at: str, step: int) -> Edited:
    """Change places with the next member of the same kind in that direction."""
    other = _neighbour(draft, at, step)
    if other is None:
        return Edited(draft)
    after = swap_members(draft, at, other)
    # At the end of the list there is no further press in that direction.
    goes_on = _neighbour(after, other, step) is not None
    press = "up" if (step < 0) == goes_on else "down"
    return Edited(after, {at: other, other: at}, f"{other}/{press}")


def _neighbour(draft: Document, at: str, step: int) -> str | None:
    """Return the address of the next member of the same kind; None at the end."""
    found = locate(draft, at)
    if found is None:
        return None
    there = members(draft, found[0])
    beyond = there[found[1] + 1 :] if step > 0 else reversed(there[: found[1]])
    kind = look_up(draft, under(at, "kind"))
    alike = (one for one in beyond if look_up(draft, under(one, "kind")) == kind)
    return next(alike, None)


def _list_at(draft: Document, at: str) -> list[Any]:
    """Return the members of a list; none where no list stands there."""
    there = look_up(draft, at)
    return there if isinstance(there, list) else []


# --- Answers ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rank(Command):
    """Take the order of the deal's issues as the ranking, or drop the ranking."""

    of: Annotated[str, "the list's address; empty to drop it"]

    def apply(self, draft: Document) -> Edited:
        kept = {key: member for key, member in draft.items() if key != "ranking"}
        ids = [
            look_up(draft, under(issue, "id"))
            for issue in members(draft, self.of)
            if look_up(draft, under(issue, "kind")) != "relationship"
        ]
        ranking = [issue_id for issue_id in ids if isinstance(issue_id, str)]
        return Edited(
            kept | ({"ranking": ranking} if ranking else {}), focus="/ranking"
        )


@dataclass(frozen=True, slots=True)
class Ends(Command):
    """Give an issue without options its two ends: what each side wants."""

    at: Address

    def apply(self, draft: Document) -> Edited:
        home = under(self.at, "options")
        if look_up(draft, self.at) is None or look_up(draft, home):
            return Edited(draft)
        ours, theirs = {"us": 100, "them": 0}, {"us": 0, "them": 100}
        ends = [{"name": "", **worth} for worth in (ours, theirs)]
        return Edited(replaced(draft, home, ends), focus=f"{home}/0/name")


@dataclass(frozen=True, slots=True)
class Fill(Command):
    """Put the steps between into an issue whose two options are the ends of a scale."""

    at: Address

    def apply(self, draft: Document) -> Edited:
        home = under(self.at, "options")
        there = _list_at(draft, home)
        steps = steps_between(option_names(draft, self.at)) if len(there) == 2 else []
        if not steps:
            return Edited(draft)
        between = [{"name": name} for name in steps]
        moved = {under(home, 1): under(home, 1 + len(steps))}
        filled = replaced(draft, home, [there[0], *between, there[1]])
        return Edited(filled, moved, focus=under(home, 1, "name"))

    def says(self, before: Document, after: Document) -> str:
        names = option_names(after, self.at)[1:-1]
        return f"Steps added: {_join_names(names)}. Change them as you like."


@dataclass(frozen=True, slots=True)
class Turn(Command):
    """Turn the options of an issue round, or of every issue without our points."""

    at: Annotated[str, "an issue's address, or that of the list of issues"]

    def apply(self, draft: Document) -> Edited:
        moved: dict[str, str | None] = {}
        for issue in members(draft, "/issues"):
            bare = self.at == "/issues" and not _has_points(draft, issue)
            home = under(issue, "options")
            there = _list_at(draft, home)
            if (bare or self.at == issue) and len(there) > 1:
                draft = replaced(draft, home, there[::-1])
                last = len(there) - 1
                moved |= {
                    under(home, n): under(home, last - n) for n in range(last + 1)
                }
        first = under(self.at, "options", 0, "name")
        focus = self.at if self.at == "/issues" else first
        return Edited(draft, moved, focus if moved else None)


def _has_points(draft: Document, issue: str) -> bool:
    """Whether an option of an issue says what it is worth to us."""
    options = members(draft, under(issue, "options"))
    worths = (look_up(draft, under(option, "us")) for option in options)
    return any(worth not in (None, "") for worth in worths)


@dataclass(frozen=True, slots=True)
class Adopt(Command):
    """Take over answers at their addresses, as if they had been typed there."""

    answers: dict[str, str | float]

    def apply(self, draft: Document) -> Edited:
        for at, typed in self.answers.items():
            if at.startswith("/") and isinstance(typed, str | int | float):
                draft = replaced(draft, at, typed)
        return Edited(draft, focus=next(iter(self.answers), None))


@dataclass(frozen=True, slots=True)
class Choose(Command):
    """Give an answer by a press, or take it back; the reader stays where they are."""

    at: Address
    said: Annotated[str, "the answer; empty to take it back"]

    def apply(self, draft: Document) -> Edited:
        if not self.at.startswith("/"):
            return Edited(draft)
        return Edited(replaced(draft, self.at, self.said))


@dataclass(frozen=True, slots=True)
class Step(Command):
    """Give one answer of a step in the talks; one that is not there yet begins.

    It begins as a step of ours, and from where its side stands on the issue.
    """

    at: Annotated[str, "the answer's address; that of the next step begins it"]
    said: Annotated[str, "what is chosen; empty for none"]
    starts: Annotated[
        dict[str, str], "where each side stands, by side and issue: ``us/price``"
    ]

    PLACE: ClassVar[re.Pattern[str]] = re.compile(
        "(/moves/(?:0|[1-9][0-9]{0,3}))/(by|issue|from|to|kind)"
    )

    def apply(self, draft: Document) -> Edited:
        place = self.PLACE.fullmatch(self.at)
        there = _list_at(draft, "/moves")
        if place is None or int(parts(self.at)[1]) > len(there):
            return Edited(draft)
        here, key = place.groups()
        step = look_up(draft, here)
        answers = step if isinstance(step, dict) else {"by": "us"}
        answers = answers | {key: self.said}
        if key in ("by", "issue"):
            answers |= self._lead_on(draft, answers)
        kept = {name: answer for name, answer in answers.items() if answer != ""}
        return Edited(replaced(replaced(draft, "/moves", there), here, kept))

    def _lead_on(self, draft: Document, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return from where the step leads, and no option that its issue has not."""
        issue = answers.get("issue")
        options = options_of(draft, issue)
        ends = {key: answers.get(key, "") for key in ("from", "to")}
        start = self.starts.get(f"{answers.get('by')}/{issue}", ends["from"])
        ends |= {"from": start}
        return {key: end if end in options else "" for key, end in ends.items()}


@dataclass(frozen=True, slots=True)
class Compose(Command):
    """Put these options into the offer being composed, and take out all others."""

    terms: Annotated[dict[str, str], "issue id → option name; empty to clear it"]

    def apply(self, draft: Document) -> Edited:
        others = {key: member for key, member in draft.items() if key != "composing"}
        given: Mapping[str, Any] = self.terms  # from the page, so of any shape
        terms = {key: name for key, name in given.items() if isinstance(name, str)}
        return Edited(others | ({"composing": terms} if terms else {}))


@dataclass(frozen=True, slots=True)
class Offer(Command):
    """Write the offer being composed among those made; it stays to be gone on with."""

    by: Literal["us", "them"]
    date: Annotated[str, "the day it was made, in ISO 8601; the page knows which"]

    def apply(self, draft: Document) -> Edited:
        terms = look_up(draft, "/composing")
        if self.by not in SIDES or not isinstance(terms, dict) or not terms:
            return Edited(draft)
        offer = {"by": self.by, "date": self.date, "terms": dict(terms)}
        return Edited(replaced(draft, "/offers", [*_list_at(draft, "/offers"), offer]))

    def says(self, before: Document, after: Document) -> str:
        whose = "Your" if self.by == "us" else "Their"
        return f"{whose} offer is written down; it stands under “At the table”."


@dataclass(frozen=True, slots=True)
class Compare(Command):
    """Ask which of two packages the reader would rather have."""

    packages: Annotated[
        dict[Literal["first", "second"], dict[str, str]],
        "for each package the option of each issue, by the issue's id",
    ]

    def apply(self, draft: Document) -> Edited:
        kept = _list_at(draft, "/comparisons")
        terms = {side: self.packages.get(side) for side in ("first", "second")}
        if not all(isinstance(package, dict) for package in terms.values()):
            return Edited(draft)
        grown = replaced(draft, "/comparisons", [*kept, terms])
        return Edited(grown, focus=f"/comparisons/{len(kept)}/prefer")


# --- Lists from elsewhere ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class Starter(Command):
    """Add an issue of a list to start from, or all of it; what is there stays.

    An issue is there if one has its name: its id says nothing of what it is about.
    """

    of: Annotated[str, "the name of the list, or ``list/issue`` for one of it"]

    always_tells: ClassVar[bool] = True

    def apply(self, draft: Document) -> Edited:
        there = _list_at(draft, "/issues")
        named = {normalize_text(member, "name") for member in there}
        grown = list(there)
        for issue in starter_issues(self.of):
            if normalize_text(issue, "name") not in named:
                grown.append(issue | {"id": free_id(grown, issue["id"])})
        if len(grown) == len(there):
            return Edited(draft)
        here = under("/issues", len(there), "name")
        return Edited(replaced(draft, "/issues", grown), focus=here)

    def says(self, before: Document, after: Document) -> str:
        return _tell_additions(before, after, starter_issues(self.of))


@dataclass(frozen=True, slots=True)
class Paste(Command):
    """Fill in the fields from one on, to the right and downwards, from rows."""

    at: Address
    text: Annotated[str, "rows of cells, as a spreadsheet copies them"]

    def apply(self, draft: Document) -> Edited:
        return pasted(draft, self.at, self.text)

    def says(self, before: Document, after: Document) -> str:
        more = len(_list_at(after, "/issues")) - len(_list_at(before, "/issues"))
        also = f", {_number_of(more, 'issue')} added" if more else ""
        return f"Rows pasted{also}."


@dataclass(frozen=True, slots=True)
class Read(Command):
    """Show a list before anything of it is taken."""

    harmless: ClassVar[bool] = True

    def apply(self, draft: Document) -> Edited:
        return Edited(draft, focus="/list")


@dataclass(frozen=True, slots=True)
class ListCommand(Command):
    """What is done with the list that is shown and not taken yet."""

    def apply(self, draft: Document) -> Edited:
        """Refuse it: there is no list."""
        raise UnsupportedDocument(Refused.REASONS["unreadable"])

    @abstractmethod
    def take(self, draft: Document, reading: Reading) -> Edited:
        """Return the draft with the list taken.

        Raises UnsupportedDocument for more than a plan can hold.
        """


@dataclass(frozen=True, slots=True)
class Take(ListCommand):
    """Add the issues of the list to the plan. No example is added to."""

    always_tells: ClassVar[bool] = True

    def take(self, draft: Document, reading: Reading) -> Edited:
        if is_example(draft):
            return Begin().take(draft, reading)
        return add_issues(draft, reading.issues)

    def tell(self, before: Document, after: Document) -> Notice | None:
        if is_example(before):
            return Begin().tell(before, after)
        return Command.tell(self, before, after)

    def says(self, before: Document, after: Document) -> str:
        if after == before:
            return "Nothing changed: the plan holds this list already."
        issues = _list_at(before, "/issues"), _list_at(after, "/issues")
        there = sum(
            old != new and bool(normalize_text(old, "name"))
            for old, new in zip(*issues, strict=False)
        )
        also = f"{_number_of(there, 'issue')} brought up to date" if there else ""
        said = (_issues_added(before, after), also)
        return f"{', '.join(part for part in said if part)}."


@dataclass(frozen=True, slots=True)
class Begin(ListCommand):
    """Begin a plan with the issues of the list, in the same currency."""

    fresh: ClassVar[bool] = True

    def take(self, draft: Document, reading: Reading) -> Edited:
        stem = re.sub(r"\.\w{2,5}$", "", reading.name)  # of the file
        title = " ".join(re.split(r"[\s_]+", stem))[:NAME].strip()
        return make_plan(draft, reading.issues, title)

    def says(self, before: Document, after: Document) -> str:
        issues = _list_at(after, "/issues")
        options = sum(len(_list_at(issue, "/options")) for issue in issues)
        return (
            f"A new plan with {_number_of(len(issues), 'issue')} and "
            f"{_number_of(options, 'option')}; the one before is as it was."
        )


# --- Another plan -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Start(Command):
    """Begin with a worked example, or with an empty plan in the same currency."""

    example: Annotated[str, "its name, or ``empty``"]

    fresh: ClassVar[bool] = True

    def apply(self, draft: Document) -> Edited:
        if self.example in EXAMPLES:
            return Edited(example(self.example), GONE, "/title")
        empty = {"format": FORMAT, "currency": draft.get("currency") or "EUR"}
        return Edited(empty, GONE, "/title")

    def says(self, before: Document, after: Document) -> str:
        if self.example == "empty" or not _list_at(after, "/issues"):
            return "This is a new, empty plan."
        return _describe_plan(after)


@dataclass(frozen=True, slots=True)
class Open(Command):
    """Open a plan from the text of a file."""

    text: str

    fresh: ClassVar[bool] = True

    def apply(self, draft: Document) -> Edited:
        return Edited(parse(self.text), GONE, "/title")

    def says(self, before: Document, after: Document) -> str:
        return _describe_plan(after)


@dataclass(frozen=True, slots=True)
class Look(Command):
    """Make sure that what came by a link is a plan; the page then shows it."""

    text: str

    harmless: ClassVar[bool] = True

    def apply(self, draft: Document) -> Edited:
        try:
            parse(self.text)
        except UnsupportedDocument:
            known = FORMAT.partition("/")[0]
            form = re.match(r'\s*{"format":\s*"([^"/]*)/', self.text)
            newer = form is not None and form[1] == known
            reason = "newer" if newer else "garbled"
            raise UnsupportedDocument(Refused.REASONS[reason]) from None
        return Edited(draft)


@dataclass(frozen=True, slots=True)
class Refused(Command):
    """Say why the page let something from outside not in; it tells only the reason."""

    reason: Literal[
        "large",
        "long",
        "heavy",
        "lengthy",
        "deep",
        "much",
        "unreadable",
        "kind",
        "cut",
        "newer",
        "changed",
        "garbled",
    ]

    harmless: ClassVar[bool] = True

    REASONS: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "large": "This file is over 1 MiB, the most that a plan or a list may "
            "have. Choose a smaller one",
            "long": "This list is over 1 MiB. Paste a part of it",
            "heavy": "This workbook is over 5 MB, the most that the planner reads. "
            "Save the sheet with the list as a workbook of its own, or as CSV",
            "lengthy": f"This link is longer than {MOST_LINK:,} characters, the most "
            "that the planner opens. Ask for the plan as a file",
            "deep": TOO_DEEP,
            "much": TOO_MUCH,
            "unreadable": "This file could not be read. Choose it again, or a copy of "
            "it",
            "kind": "This file is not one that the planner reads. Choose a plan "
            "(.json), a list (.csv) or a workbook (.xlsx)",
            "cut": "This link ends too early. Ask for it again, and copy all of it",
            "newer": "This link was made by a newer version of this page. Reload the "
            "page, then open the link again",
            "changed": "This link was changed on its way: what it holds is not what "
            "was sent. Ask for it again, or for the plan as a file",
            "garbled": "This link does not hold a plan that can be read. Ask for it "
            "again, or for the plan as a file",
        }
    )

    def apply(self, draft: Document) -> Edited:
        says = self.REASONS.get(self.reason, self.REASONS["unreadable"])
        raise UnsupportedDocument(says)


# --- What is told -----------------------------------------------------------


def _call_member(document: Document, at: str) -> str:
    """Return what a member of a list is called: its name, else its number."""
    name = look_up(document, f"{at}/name")
    if isinstance(name, str) and name.strip():
        return f"“{name}”"
    *_, home, number = parts(at)
    return f"{UNNAMED.get(home, 'Row')} {int(number) + 1}"


def _tell_additions(before: Document, after: Document, wanted: Sequence[Any]) -> str:
    """Return what came of a list of issues, and what of it was there.

    Empty where nothing was wanted.
    """
    new = {normalize_text(issue, "name") for issue in _new_issues(before, after)}
    there = [i["name"] for i in wanted if normalize_text(i, "name") not in new]
    if new:
        were = "was" if len(there) == 1 else "were"
        also = f"; {_join_names(there)} {were} there already" if there else ""
        return f"{_issues_added(before, after)}{also}."
    if len(there) == 1:
        return f"Nothing added: {_join_names(there)} is there already."
    every = f"all {_number_of(len(there), 'issue')}"
    return f"Nothing added: {every} are there already." if there else ""


def _join_names(names: list[str]) -> str:
    """Return the first few names in a sentence, and how many more there are."""
    return listed((f"“{name}”" for name in names), MOST_NAMED)


def _issues_added(before: Document, after: Document) -> str:
    """Return which issue was added, or how many; empty where none was."""
    new = _new_issues(before, after)
    if len(new) == 1:
        place = next(i for i, v in enumerate(_list_at(after, "/issues")) if v is new[0])
        return f"{_call_member(after, under('/issues', place))} added"
    return f"{_number_of(len(new), 'issue')} added" if new else ""


def _new_issues(before: Document, after: Document) -> list[Any]:
    """Return the issues that came: in rows that said nothing, and at the end."""
    old, new = _list_at(before, "/issues"), _list_at(after, "/issues")
    filled = [
        issue
        for was, issue in zip(old, new, strict=False)
        if was != issue and not normalize_text(was, "name")
    ]
    return filled + new[len(old) :]


def _describe_plan(document: Document) -> str:
    """Return what a plan that was opened is called, holds, and holds unread."""
    title = look_up(document, "/title")
    named = f"“{title}”" if isinstance(title, str) and title.strip() else "This plan"
    holds = f"{named} is open as a new plan: {_count_parts(document)}."
    names = [parts(at)[-1][:MOST_LETTERS] for at in unknown_members(document)]
    return holds + (f" Kept, but unknown here: {_join_names(names)}." if names else "")


def _count_parts(document: Document) -> str:
    kinds = [look_up(issue, "/kind") for issue in _list_at(document, "/issues")]
    relationship = kinds.count("relationship")
    deal = len(kinds) - relationship
    steps = len(_list_at(document, "/moves"))
    return (
        f"{_number_of(deal, 'issue')} of the deal, {count(relationship)} of the "
        f"relationship, {_number_of(steps, 'step')} so far"
    )


def _number_of(number: int, thing: str) -> str:
    """Return so many of a thing, in words: “1 issue”, “2 issues”."""
    return f"{count(number)} {thing}" + ("" if number == 1 else "s")


COMMANDS: Mapping[str, type[Command]] = MappingProxyType(
    {
        command.name(): command
        for command in (
            *(Add, Remove, Up, Down, Rank, Ends, Fill, Turn),
            *(Adopt, Choose, Step, Compare, Compose, Offer),
            *(Starter, Paste, Read, Take, Begin, Start, Open, Look, Refused),
        )
    }
)
