"""The brief: what a negotiator takes into the meeting, as one text.

The page, the copied text, the printed sheet and the command line show the same
``Brief``. The short one has at most 350 words beside its tables: lines are taken in
the order of their rank as long as there is room. The whole one has everything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, takewhile
from typing import Literal

from planner.advice.advice import Advice, Reason
from planner.advice.rule import Phase
from planner.analyses.analysis import Analysis
from planner.analyses.ledger import UNRECIPROCATED
from planner.analyses.packages import Package, in_words
from planner.analyses.perspective import swapped
from planner.analyses.play import Stand
from planner.analyses.review import review
from planner.analyses.stance import Stance
from planner.analyses.trades import Trade
from planner.plan.document import Draft, write_plan
from planner.plan.values import AgreementIssue, Plan, RelationshipIssue
from planner.words.direction import isolate, right_to_left_names
from planner.words.figures import (
    about,
    about_between,
    over_walking_away,
    plain,
    points,
    times_as_much,
)
from planner.words.markdown import begun, quoted, written

__all__ = [
    "Brief",
    "Line",
    "Section",
    "Table",
    "as_markdown",
    "brief",
    "say_net",
    "say_trade",
]

MOST_WORDS = 350  # beside the tables
ROOM = 6  # words kept for how much is left out
MOST_ROWS = 8  # issues in a table of the short brief
MOST_TRADES = 3
MOST_AGENDA = 4  # issues of the relationship
MOST_ASKED = 3
LETTERS = "ABCDEF"

type Style = Literal["text", "items", "numbers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the brief; of smaller ``rank`` it matters more.

    ``label`` stands before it in bold. One that is ``under`` another goes with it.
    ``at`` is the address of an answer that it names.
    """

    text: str
    rank: int
    label: str = ""
    under: bool = False
    at: str = ""

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(f"{self.label} {self.text} {self.at}".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its head, and its rows, each begun by what it is about."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of the brief: lines, then a table."""

    title: str
    lines: tuple[Line, ...]
    style: Style = "text"
    table: Table | None = None

    def under(self, line: Line) -> tuple[Line, ...]:
        """Return the lines that stand under one."""
        after = self.lines[self.lines.index(line) + 1 :]
        return tuple(takewhile(lambda other: other.under, after))


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What one takes into the meeting."""

    title: str
    sections: tuple[Section, ...]

    @property
    def words(self) -> int:
        """How many words it has, beside its tables."""
        titles = [self.title, *(section.title for section in self.sections)]
        lines = [line for section in self.sections for line in section.lines]
        said = sum(len(title.split()) for title in titles)
        return said + sum(line.words for line in lines)


def brief(
    draft: Draft, analysis: Analysis, advice: Advice, *, whole: bool = False
) -> Brief:
    """Write the brief of a plan: the short one, or the ``whole`` of it.

    Once the talks are over, it says how they ended and proposes no step.
    """
    plan = draft.plan
    talking = advice.phase is not Phase.AFTER
    parts = (
        _parties(plan),
        _stance(advice, whole=whole, talking=talking),
        _pieces(advice, whole=whole),
        _walk_away(advice) if talking else None,
        _packages(analysis, whole=whole) if talking else _ended(analysis),
        _deal(analysis, whole=whole) if talking else None,
        _trades(analysis, whole=whole) if talking else None,
        _ledger(analysis, talking=talking),
        _there(analysis) if whole else None,
        _agenda(tuple(plan.relationship.values()), whole=whole),
        _questions(advice, whole=whole),
        _problems(draft, whole=whole),
    )
    sections = tuple(part for part in parts if part and (part.lines or part.table))
    written_down = Brief(title=plan.title or "A negotiation", sections=sections)
    return written_down if whole else _shortened(written_down)


def _shortened(full: Brief) -> Brief:
    """Leave out what matters least, until the words that are allowed suffice."""
    title = " ".join(full.title.split()[:MOST_WORDS])
    left = MOST_WORDS - len(title.split()) - ROOM
    keyed = [
        (line.rank, s, n)
        for s, section in enumerate(full.sections)
        for n, line in enumerate(section.lines)
    ]
    opened = {s for s, section in enumerate(full.sections) if section.table}
    left -= sum(len(full.sections[s].title.split()) for s in opened)
    kept: set[tuple[int, int]] = set()
    for _, s, n in sorted(keyed):
        section = full.sections[s]
        line = section.lines[n]
        title_words = 0 if s in opened else len(section.title.split())
        alone = line.under and (s, _head(section, n)) not in kept
        if alone or line.words + title_words > left:
            continue
        left -= line.words + title_words
        opened.add(s)
        kept.add((s, n))
    lost = len(
        [1 for _, s, n in keyed if (s, n) not in kept and not _under(full, s, n)]
    )
    more = Line(text=f"And {lost} more, in the plan.", rank=0)
    rest = (Section(title="", lines=(more,)),) if lost else ()
    return Brief(
        title=title,
        sections=tuple(
            replace(
                section,
                lines=tuple(
                    line for n, line in enumerate(section.lines) if (s, n) in kept
                ),
            )
            for s, section in enumerate(full.sections)
            if s in opened
        )
        + rest,
    )


def _head(section: Section, n: int) -> int:
    """The number of the line that another one stands under."""
    return max(i for i, line in enumerate(section.lines[:n]) if not line.under)


def _under(full: Brief, section: int, line: int) -> bool:
    return full.sections[section].lines[line].under


# The parts


def _parties(plan: Plan) -> Section:
    sides = [
        f"{party.name} ({party.role})" if party.role else party.name
        for party in (plan.us, plan.them)
        if party.name
    ]
    lines = (Line(text=" and ".join(sides), rank=3),) if sides else ()
    return Section(title="", lines=lines)


def _stance(advice: Advice, *, whole: bool, talking: bool) -> Section:
    lines = [Line(text=advice.headline, rank=0)]
    if advice.assumed:
        lines.append(Line(text=advice.assumed, rank=2))
    if whole:
        lines += [Line(text=ground.says, rank=0) for ground in advice.grounds]
        lines += [
            Line(text=f"It becomes “{change.becomes.label}” if {change.says}.", rank=0)
            for change in advice.changes
            if talking
        ]
    return Section(title="How to play it", lines=tuple(lines))


def _pieces(advice: Advice, *, whole: bool) -> Section:
    """One thing to do, to beware of and to ask; or all of them, by theme."""
    if not whole:
        lines = [
            line for n, reason in enumerate(advice.first) for line in _piece(reason, n)
        ]
        return Section(title="First of all", lines=tuple(lines), style="items")
    lines = [
        line
        for reason in (*advice.first, *advice.rest)
        for line in (
            *_piece(reason, 0),
            *(
                Line(text=f"Also: {also.evidence.says}", rank=0, under=True)
                for also in reason.also
            ),
        )
    ]
    return Section(title="What to do", lines=tuple(lines), style="items")


def _piece(reason: Reason, n: int) -> Iterator[Line]:
    yield Line(label=f"{reason.rule.kind.value}:", text=reason.advice, rank=1 + n)
    if reason.line:
        yield Line(text=f"Say: “{reason.line}”", rank=13 if n else 4, under=True)
    yield Line(text=reason.evidence.says, rank=6 + n, under=True)


def _walk_away(advice: Advice) -> Section | None:
    if not advice.walk_away:
        return None
    return Section(title="Where to stop", lines=(Line(text=advice.walk_away, rank=1),))


def _packages(analysis: Analysis, *, whole: bool) -> Section | None:
    """The packages to offer, side by side, each with its own points."""
    told = analysis.play
    if not told.packages:
        return None
    lines = [
        Line(
            text=f"In any case ask for {in_words([(s.score, s.end)])[0]}: it costs "
            "them nothing.",
            rank=12,
        )
        for s in told.waste
    ]
    if len(told.packages) > 1:
        both = "Put them on the table together, and let them choose."
        lines.append(Line(text=both, rank=15))
    if whole:
        lines += [
            Line(
                text=f"If they take {LETTERS[told.packages.index(tell.pick)]}, "
                f"{tell.issue.issue.name or 'one issue'} matters to them at least "
                f"{times_as_much(tell.ratio)} as {tell.than.issue.name or 'another'}.",
                rank=5,
            )
            for tell in told.tells
        ]
    return Section(
        title="What to offer",
        lines=tuple(lines),
        table=_packages_table(told.packages, whole=whole),
    )


def _packages_table(packages: Sequence[Package], *, whole: bool) -> Table:
    first, *others = packages
    apart = {score.at for other in others for score, _ in other.apart(first)}
    heavy = sorted(first.terms, key=lambda t: (t[0].at not in apart, -t[0].swing_us))
    most = len(heavy) if whole else max(MOST_ROWS, len(apart))
    shown = {score.at for score, _ in heavy[:most]}
    rows = [
        (score.issue.name or "New issue", *(p.terms[n][1].name or "" for p in packages))
        for n, (score, _) in enumerate(first.terms)
        if score.at in shown
    ]
    rows.append(("Points to you", *(f"{p.us:.0f}" for p in packages)))
    rows.append(("Points to them", *(f"{p.them:.0f}" for p in packages)))
    head = ("Issue", *LETTERS[: len(packages)])
    return Table(head=head, rows=tuple(rows))


def _deal(analysis: Analysis, *, whole: bool) -> Section | None:
    """The issues: limit and target, the aim, and where both stand."""
    issues, told = analysis.plan.agreement, analysis.play
    if not issues:
        return None
    lines = []
    if told.aim is not None:
        says = f"You aim for {points(told.aim.us)} of 100; it gives them "
        lines.append(Line(text=f"{says}{points(told.aim.them)}.", rank=4))
    if analysis.scores.disclosure:
        lines.append(Line(text=analysis.scores.disclosure, rank=16))
    shown = _heaviest(issues, len(issues) if whole else MOST_ROWS)
    if len(shown) < len(issues):
        more = f"And {len(issues) - len(shown)} more that weigh no more to you."
        lines.append(Line(text=more, rank=4))
    aim = dict(_by_issue(told.aim))
    columns = [
        ("Limit", [issue.limit for issue in shown.values()]),
        ("Target", [issue.target for issue in shown.values()]),
        *((("Aim", [aim.get(at) for at in shown]),) if aim else ()),
        *_stands(told.stand, told.their_stand, tuple(shown)),
    ]
    names = [issue.name or "New issue" for issue in shown.values()]
    head = ("Issue", *(name for name, _ in columns))
    rows = zip(names, *(values for _, values in columns), strict=True)
    filled = tuple(tuple(cell or "none" for cell in row) for row in rows)
    return Section(
        title="The deal", lines=tuple(lines), table=Table(head=head, rows=filled)
    )


def _stands(
    ours: Stand | None, theirs: Stand | None, shown: Sequence[str]
) -> Iterator[tuple[str, list[str | None]]]:
    """Where each side stands on the issues; in brackets where that is assumed."""
    for name, stand in (("You stand", ours), ("They stand", theirs)):
        if stand is not None:
            held = dict(_by_issue(stand.package))
            assumed = {score.at for score in stand.assumed}
            cells = [(held.get(at), at in assumed) for at in shown]
            yield name, [f"({o})" if o and guess else o for o, guess in cells]


def _by_issue(package: Package | None) -> Iterator[tuple[str, str | None]]:
    """The address of each issue, and the option on it."""
    for score, option in package.terms if package else ():
        yield score.at, option.name


def _heaviest(
    issues: dict[str, AgreementIssue], most: int
) -> dict[str, AgreementIssue]:
    """As many issues as are shown: the heaviest to us, in our order."""
    heavy = sorted(issues, key=lambda at: -(issues[at].weight.us or 0))[:most]
    return {at: issue for at, issue in issues.items() if at in heavy}


def _trades(analysis: Analysis, *, whole: bool) -> Section | None:
    told = analysis.play
    if told.advance not in ("open", "hold", "concede", "stop"):
        return None
    if not told.trades:
        return None
    most = len(told.trades) if whole else MOST_TRADES
    lines = [
        Line(text=say_trade(trade), rank=12 + n if n else 7)
        for n, trade in zip(count(), told.trades[:most], strict=False)
    ]
    return Section(title="What to trade", lines=tuple(lines), style="numbers")


def say_trade(trade: Trade) -> str:
    """Say a trade with both nets; one that hangs on a guess as a question."""
    give, ask = (
        in_words([(step.score, step.end)])[0] for step in (trade.give, trade.ask)
    )
    nets = f"{say_net(trade.us)} points to you, {say_net(trade.them)} to them"
    if trade.sure:
        return f"If they move to {ask}, you move to {give}: {nets}."
    return f"Would they move to {ask} for {give}? {nets}, if you guess right."


def say_net(value: float) -> str:
    """Say what a trade brings a side, to a tenth of a point: ``8``, ``2.5``."""
    return plain(round(value, 1))


def _ended(analysis: Analysis) -> Section | None:
    """What was signed, against what the plan aimed for and the walk-away."""
    found = review(analysis)
    if found is None:
        return None
    said = []
    if found.agreed is not None:
        said.append(f"You signed {points(found.agreed.us)} of 100.")
    elif analysis.plan.outcome.agreed:
        said.append("There was a deal. What it is worth is not known yet.")
    else:
        said.append("There was no deal.")
    if found.aim is not None:
        said.append(f"You aimed for {points(found.aim.us)}.")
    if found.surplus is not None:
        side = "over" if found.surplus >= 0 else "under"
        said.append(f"That is {points(abs(found.surplus))} {side} your walk-away.")
    if found.left is not None:
        said.append(f"Left on the table: {points(found.left)}.")
    if found.pattern is not None:
        said.append(f"Your steps were {found.pattern}.")
    return Section(
        title="How it ended",
        lines=tuple(Line(text=text, rank=2) for text in said),
        table=_signed(found.agreed, found.aim) if found.agreed else None,
    )


def _signed(agreed: Package, aim: Package | None) -> Table:
    """The terms that were signed, each beside the one aimed for."""
    aimed = dict(_by_issue(aim))
    return Table(
        head=("Issue", "Signed", "Aim"),
        rows=tuple(
            (s.issue.name or "New issue", o.name or "", aimed.get(s.at) or "none")
            for s, o in agreed.terms
        ),
    )


def _ledger(analysis: Analysis, *, talking: bool) -> Section | None:
    """Where the talks stand: what was given, what came back, where to stop."""
    kept = analysis.ledger
    if not kept.entries and not (talking and kept.stop.run):
        return None
    said = []
    if kept.entries:
        said.append(f"You gave {points(kept.given)} and got {points(kept.received)}.")
    if talking and kept.entries and kept.surplus is not None:
        rest = "; where you have named none, your best counts" if kept.assumed else ""
        said.append(f"The terms you stand on {over_walking_away(kept.surplus)}{rest}.")
    if talking and analysis.play.stopped:
        said.append("You are at your stop line: wait until something comes back.")
    elif talking and analysis.play.stance is Stance.YIELD:
        most = about(analysis.relationship.premium or 0.0, analysis.plan.currency)
        said.append(f"Your stop line is what goodwill is worth: {most} in all.")
    elif talking and kept.stop.buffer is not None and not _is_short(analysis):
        said.append(
            f"Stop after {UNRECIPROCATED} steps in a row that bring nothing back, or "
            f"at {points(kept.stop.buffer)} left."
        )
    lines = tuple(Line(text=text, rank=9) for text in said)
    return Section(title="Where it stands", lines=lines)


def _is_short(analysis: Analysis) -> bool:
    return analysis.play.stance is Stance.KEEP_SHORT


def _there(analysis: Analysis) -> Section:
    """How it looks from their side, by what we know and guess of them."""
    there = Analysis(swapped(analysis.plan))
    said = []
    if there.stance is not Stance.UNDECIDED:
        said.append(f"By your figures they would play it as “{there.stance.label}”.")
    if analysis.their_walk_away is not None:
        worth = about_between(*analysis.their_walk_away, analysis.plan.currency)
        said.append(f"Leaving is worth {worth} to them, counted from their worst deal.")
    guesses = [guess.score.issue.name or "an issue" for guess in analysis.guesses]
    if guesses:
        said.append(f"Ask first how much these matter to them: {', '.join(guesses)}.")
    lines = tuple(Line(text=text, rank=0) for text in said)
    return Section(title="From their side", lines=lines)


def _agenda(issues: tuple[RelationshipIssue, ...], *, whole: bool) -> Section:
    most = len(issues) if whole else MOST_AGENDA
    lines = []
    for n, issue in enumerate(issues[:most]):
        commitments = [
            f"{side}: {what}."
            for side, what in (
                ("You offer", issue.we_offer),
                ("You ask", issue.we_ask),
            )
            if what
        ]
        who = ", ".join(word for word in (issue.owner, issue.by) if word)
        by = f" ({who})" if who else ""
        name = f"{issue.name or 'New issue'}."
        text = f"{' '.join(commitments)}{by}".strip()
        lines.append(Line(label=name, text=text, rank=11 + n))
    if len(issues) > most:
        lines.append(Line(text=f"And {len(issues) - most} more in the plan.", rank=11))
    return Section(
        title="The relationship, kept apart", lines=tuple(lines), style="items"
    )


def _questions(advice: Advice, *, whole: bool) -> Section:
    most = len(advice.questions) if whole else MOST_ASKED
    lines = [
        Line(text=question.asks, rank=10 + n)
        for n, question in enumerate(advice.questions[:most])
    ]
    return Section(title="Find out", lines=tuple(lines), style="numbers")


def _problems(draft: Draft, *, whole: bool) -> Section:
    most = len(draft.problems) if whole else MOST_ASKED
    lines = [
        Line(text=problem.says, rank=8, at=problem.at or "/")
        for problem in draft.problems[:most]
    ]
    if len(draft.problems) > most:
        lines.append(Line(text=f"And {len(draft.problems) - most} more.", rank=8))
    return Section(
        title="Left out until you change it", lines=tuple(lines), style="items"
    )


# As Markdown


def as_markdown(
    draft: Draft, analysis: Analysis, advice: Advice, *, whole: bool = False
) -> str:
    """Write the brief in Markdown that also reads well as plain text.

    What the reader typed is text in it, and never markup.
    """
    told = brief(draft, analysis, advice, whole=whole)
    parts = [[f"# {written(told.title)}"], *map(_lines, told.sections)]
    text = "\n\n".join("\n".join(lines) for lines in parts) + "\n"
    return isolate(text, right_to_left_names(write_plan(draft.plan)))


def _lines(section: Section) -> list[str]:
    title = [f"## {section.title}", ""] if section.title else []
    lines = list(_marked(section))
    table = list(_columns(section.table)) if section.table else []
    gap = [""] if lines and table else []
    return [*title, *lines, *gap, *table]


def _marked(section: Section) -> Iterator[str]:
    numbers = count(1)
    for line in section.lines:
        label = f"**{written(line.label)}** " if line.label else ""
        said = written(line.text) if label else begun(line.text)
        where = f" ({quoted(line.at)})" if line.at else ""
        if line.under:
            yield f"  {said}{where}"
        elif section.style == "items":
            yield f"- {label}{said}{where}".rstrip()
        elif section.style == "numbers":
            yield f"{next(numbers)}. {label}{said}{where}"
        else:
            yield f"{label}{said}{where}"


def _columns(table: Table) -> Iterator[str]:
    """A table in Markdown, its columns as wide as what stands in them."""
    rows = [[_cell(text) for text in line] for line in (table.head, *table.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for n, row in enumerate(rows):
        padded = [text.ljust(width) for text, width in zip(row, widths, strict=True)]
        yield f"| {' | '.join(padded)} |"
        if n == 0:
            yield f"|{'|'.join('-' * (width + 2) for width in widths)}|"


def _cell(text: str) -> str:
    """Text in a Markdown table: no bar or line break can end the cell."""
    return " ".join(written(text).split())
