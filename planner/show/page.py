"""Plan, Analysis, Advice → HTML, the same in CPython and in the browser."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from importlib.util import find_spec
from math import isfinite
from types import MappingProxyType, SimpleNamespace
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    ModuleLoader,
    PackageLoader,
    StrictUndefined,
)
from markupsafe import Markup, escape

from planner.advice.advice import Advice, advise
from planner.analyses.analysis import Analysis
from planner.analyses.review import review
from planner.analyses.stance import Stance
from planner.edits.commands import COMMANDS
from planner.edits.encodings import ENCODINGS
from planner.edits.examples import EXAMPLES, example, is_example
from planner.edits.headings import ROLES
from planner.edits.lists import Reading
from planner.edits.quotations import (
    Quotations,
    option_names,
    options_of,
    quotations,
    quoted_at,
)
from planner.edits.starters import STARTERS
from planner.edits.tables import SEPARATORS
from planner.plan.address import look_up, parts, under
from planner.plan.document import Draft, read_draft, tidied
from planner.plan.errors import Problem
from planner.plan.kinds import Estimated, Kind, Quotation
from planner.plan.limits import LIMITS, MOST_ISSUES, MOST_OPTIONS
from planner.plan.rows import Answer, answer_at, find_answer, label
from planner.plan.signals import SIGNALS
from planner.plan.values import SIDES
from planner.show.answer import answer
from planner.show.brief import brief
from planner.show.chapters import CHAPTERS, DECIDING, is_asked_in
from planner.show.closer import check, deals, saved, theirs, trial
from planner.show.compare import Comparison, compare
from planner.show.composer import composing
from planner.show.home import HOME, asked_at_home, empty_plan
from planner.show.presses import PRESSES
from planner.show.sheet import DealRow, deal_row, sheet
from planner.show.tabs import APART, CARD, TABS, TabLink, gaps
from planner.show.talks import propose, talks
from planner.show.worth import frame, leaving, worth
from planner.words.direction import isolate_html, right_to_left_names
from planner.words.figures import (
    about,
    count,
    money,
    percent,
    plain,
    points,
    times_as_much,
)
from planner.words.glossary import GLOSSARY
from planner.words.scales import steps_between

__all__ = [
    "PANELS",
    "SavedPlan",
    "View",
    "broken",
    "card",
    "embedded",
    "environment",
    "field_id",
    "field_link",
    "home_closes",
    "home_opens",
    "link",
    "panel",
    "plan_closes",
    "plan_opens",
    "plan_part",
    "show",
    "view",
]

PANELS = (
    "whose",
    "plan",
    "problems",
    "list",
    "tabs",
    "future",
    "signals",
    "composer",
    "issues",
    "check",
    "alternatives",
    "packages",
    "ledger",
    "trust",
    "review",
    "theirs",
    "whatif",
    "deals",
    "compare",
    "brief",
    "advice",
    "stance",
)
FOLLOWS = ("advice", "stance")
PLAN_PAGE = "your-plan.md"
_FROM_THE_LIST = {under("/future", side, "one_off_gain") for side in SIDES}
FEW = 12  # rows of a list that are all filled in; of more, the opened ones

# A line break of a template, which no reader sees: Markdown would take it for more, and
# what is served would differ from what the browser's Python says. What was typed stays.
BREAK = re.compile(r"(?P<typed><textarea.*?</textarea>)|\s*\n\s*", re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPlan:
    """A plan that the reader's browser keeps; ``changed`` is in ms since 1970."""

    id: str
    title: str
    changed: int
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a page shows: the document as typed, and everything that follows.

    ``base`` leads from the page to the site's root (``""``, ``"../"``);
    ``panels`` are those on the page, of the plan or of a chapter; ``own`` tells the
    reader's plan from the example; ``typing`` is the address being typed in: its
    problem waits until the reader has left the field. Of a long list, the rows are
    filled in whose ids are ``open``.
    ``trial`` holds what-if figures by address, as typed; ``other`` is the plan to
    compare with; ``plans`` are the reader's saved ones. A plan that came by a link is
    only looked at while ``visiting``; ``reading`` is a list that is not taken yet.
    ``names`` are those that run from right to left, ``issues`` those of the deal:
    id → name.
    """

    document: dict[str, Any]
    draft: Draft
    analysis: Analysis
    advises: Callable[[], Advice]
    quotations: Quotations
    base: str = ""
    panels: tuple[str, ...] = PANELS
    own: bool = False
    typing: str | None = None
    refused: tuple[Problem, ...] = field(default=())
    open: frozenset[str] = frozenset()
    trial: Mapping[str, Any] = field(default_factory=dict)
    other: dict[str, Any] | None = None
    other_id: str = ""
    plans: tuple[SavedPlan, ...] = ()
    visiting: bool = False
    reading: Reading | None = None
    names: tuple[str, ...] = ()
    issues: Mapping[str, str] = field(default_factory=dict)

    @property
    def advice(self) -> Advice:
        """The recommendation, worked out when a panel first tells it."""
        return self.advises()

    def conclusion(self, now: Iterable[str]) -> str:
        """The conclusion, for a screen reader: said once when it changes.

        Without the reader's figures, which change with every key.
        Empty where none of the panels to show ``now`` tells it, and one to come does:
        until then it need not be worked out.
        """
        telling = {*FOLLOWS, *DECIDING, *HOME}
        if not telling.intersection(now) and telling.intersection(self.panels):
            return ""
        stance = self.advice.stance
        if stance is Stance.UNDECIDED:
            return self.advice.says
        return f"{stance.says} We call it “{stance.label}”."

    @property
    def know(self) -> tuple[str, ...]:
        """The panels for what the reader knows, in their order on the page."""
        return tuple(name for name in self.panels if name not in FOLLOWS)

    @property
    def follows(self) -> tuple[str, ...]:
        """The panels for what follows; they stand beside the others."""
        return tuple(name for name in self.panels if name in FOLLOWS)

    @property
    def plays(self) -> bool:
        """Whether an example is only played with: the front page makes a plan of it."""
        return "home" not in self.panels

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems to show: all but that of the field being typed in."""
        found = (*self.refused, *self.draft.problems)
        return tuple(problem for problem in found if problem.at != self.typing)

    @property
    def doubtful(self) -> tuple[Problem, ...]:
        """The problems of answers, without what was refused."""
        return tuple(p for p in self.problems if p not in self.refused)

    @property
    def takes(self) -> bool:
        """Whether a list can be added to this plan: the reader's own, no example."""
        return self.own and not is_example(self.document)

    @property
    def tabs(self) -> tuple[TabLink, ...]:
        """The parts of the plan page, each with what is still to find out in it."""
        return gaps(_panel_of(question.at) for question in self.advice.questions)

    def opened(self, at: str, id: str, among: int) -> bool:
        """Whether the row at an address, one of so many, is filled in."""
        own = field_id(at)
        return (
            among <= FEW
            or id in self.open
            or any(o == own or o.startswith(f"{own}-") for o in self.open)
        )

    def indexes(self, kind: str) -> list[int]:
        """Where the issues of one list stand in the document."""
        return [
            i
            for i in _rows(self.document, "/issues")
            if (look_up(self.document, f"/issues/{i}/kind") == "relationship")
            == (kind == "relationship")
        ]

    def issue_choices(self) -> list[tuple[str, str]]:
        """The issues of the deal to choose from: id and name."""
        return list(self.issues.items())

    def terms_of(self, offer: str) -> list[tuple[str, str]]:
        """The terms an offer can have: every issue, and what else stands there."""
        known = dict(self.issues)
        terms = look_up(self.document, f"{offer}/terms")
        others = terms if isinstance(terms, dict) else {}
        return list(
            (known | {str(key): known.get(key) or str(key) for key in others}).items()
        )

    def choices(self, at: str) -> list[tuple[str, str]]:
        """What a field offers to choose from: what is kept, and its words."""
        kind = answer_at(at).kind
        if not isinstance(kind, Quotation):
            return list(kind.choices.items())
        if kind.of == "issue":
            return self.issue_choices()
        return [(name, name) for name in self._quotable(kind, parts(at))]

    def _quotable(self, kind: Quotation, keys: Sequence[str]) -> list[str]:
        """The options that can be quoted at an address."""
        *home, key = keys
        if kind.of == "option":
            return option_names(self.document, under("", *home))
        if kind.of == "step":
            key = look_up(self.document, under("", *home, "issue"))
        return options_of(self.document, key)

    def reckoned(self, at: str) -> str:
        """What stands in for an answer that is not given, in words; empty for none."""
        plain_default = at in self.analysis.filled.assumed
        known = self.analysis.filled.assumed
        if not plain_default and at in _FROM_THE_LIST:
            known = self.analysis.assumed
        if at not in known or _typed(look_up(self.document, at)):
            return ""
        said = answer_at(at).kind.say(known[at], self.draft.plan.currency)
        return f"Assumed: {said}" if plain_default else f"By your list, at least {said}"

    def assumed(self, at: str) -> str:
        """The points that stand in for an answer not given; empty for none."""
        known = self.analysis.filled.assumed.get(at)
        given = known is None or _typed(look_up(self.document, at))
        return "" if given or known is None else plain(round(known, 1))

    def steps_at(self, at: str) -> list[str]:
        """The steps between the two options of an issue, where these are a scale."""
        return steps_between(option_names(self.document, at))

    def quoted(self, at: str) -> list[str]:
        """Where the option at an address is quoted by its name."""
        return quoted_at(self.document, at, self.quotations)

    def issue_name(self, issue_id: str) -> str:
        """What the issue with that id is called."""
        return self.issues.get(issue_id, "an issue")

    def issue_at(self, at: str) -> str:
        """The name of the issue that an address leads into; empty for none."""
        keys = parts(at)
        if keys[:1] != ("issues",) or len(keys) < 2:
            return ""
        return self._text(under("", *keys[:2], "name"))

    def deal_row(self, at: str, name: str) -> DealRow:
        """The issue of the deal at an address, as the sheet shows it at rest."""
        return deal_row(at, name, self.analysis, self.draft.plan.composing)

    def terms_at(self, at: str) -> dict[str, str]:
        """The terms at an address, as typed: issue id → option name."""
        terms = look_up(self.document, at)
        return (
            {key: _typed(name) for key, name in terms.items()}
            if isinstance(terms, dict)
            else {}
        )

    def _text(self, at: str) -> str:
        return _typed(look_up(self.document, at))


def _issue_names(document: dict[str, Any]) -> dict[str, str]:
    """The issues of the deal as typed, by their ids; the first one of each."""
    names: dict[str, str] = {}
    for at in (f"/issues/{i}" for i in _rows(document, "/issues")):
        key = _typed(look_up(document, f"{at}/id"))
        name = _typed(look_up(document, f"{at}/name"))
        if key and look_up(document, f"{at}/kind") != "relationship":
            names.setdefault(key, name or "New issue")
    return names


def view(document: dict[str, Any], known: View | None = None, **settings: Any) -> View:
    """Work out everything that a page shows of a document.

    What has been worked out for a ``known`` view is taken over where the plans differ
    in nothing that counts: an offer being composed follows each press.
    Raises UnsupportedDocument for what is no plan document.
    """
    draft = read_draft(document)
    counted = replace(draft.plan, composing={})
    same = known is not None and known.analysis.typed == counted
    analysis = known.analysis if known and same else Analysis(counted)
    advises = known.advises if known and same else cache(partial(advise, analysis))
    tidy = tidied(document)
    return View(
        document=tidy,
        draft=draft,
        quotations=quotations(tidy),
        issues=_issue_names(tidy),
        analysis=analysis,
        advises=advises,
        names=right_to_left_names(tidy),
        **settings,
    )


def show(shown: View) -> dict[str, str]:
    """The HTML of each panel of the page."""
    return {name: panel(name, shown) for name in shown.panels}


def panel(name: str, shown: View) -> str:
    """The HTML inside one panel. Raises KeyError for an unknown name."""
    if name not in (*PANELS, *HOME, *CHAPTERS):
        raise KeyError(name)
    return _render(name, shown)


def broken() -> str:
    """Return the HTML of a panel that could not be worked out: the ways on from there.

    It needs nothing of the plan, which may be what it failed on.
    """
    return _join_lines(environment().get_template("broken.html").render())


def card(shown: View, example: str) -> str:
    """The HTML of the recommendation in short, for a page without a planner.

    ``example`` names the worked plan that a reader can start from.
    """
    return _render("card", shown, example=example)


def embedded(shown: View) -> str:
    """The HTML that a page is served with: the panels, filled in, and their status."""
    return _render("embedded", shown)


def home_opens(shown: View) -> str:
    """The HTML with which the front page begins: what it promises follows."""
    return _render("home_opens", shown)


def home_closes(shown: View) -> str:
    """The HTML below the promise: the ways on, and beside them the three questions."""
    return _render("home_closes", shown)


def plan_opens(shown: View) -> str:
    """The HTML with which the plan page begins: its head, up to its first part."""
    return _render("plan_opens", shown, first=TABS[0])


def plan_part(shown: View, id: str) -> str:
    """The HTML of a part's panels, up to the next part. Raises KeyError for none."""
    parts_of_plan = (*TABS, *APART)
    ids = [each.id for each in parts_of_plan]
    if id not in ids:
        raise KeyError(id)
    place = ids.index(id)
    follows = (*parts_of_plan, None)[place + 1]
    return _render("plan_part", shown, part=parts_of_plan[place], follows=follows)


def plan_closes(shown: View) -> str:
    """The HTML with which the plan page ends: the answer beside its parts."""
    return _render("plan_closes", shown, card=CARD)


def _compared(shown: View) -> Comparison | None:
    """This plan beside the other one; None where none is chosen."""
    if shown.other is None:
        return None
    other = Analysis(read_draft(shown.other).plan)
    return compare(shown.analysis, shown.advice, other, advise(other))


# What the template of a panel shows: those that are missing ask for answers alone.
VALUES: Mapping[str, Callable[[View], object]] = MappingProxyType(
    {
        "advice": answer,
        "alternatives": leaving,
        "brief": lambda shown: brief(shown.draft, shown.analysis, shown.advice),
        "check": check,
        "compare": _compared,
        "composer": composing,
        "deals": deals,
        "future": worth,
        "issues": sheet,
        "ledger": talks,
        "packages": propose,
        "review": lambda shown: review(shown.analysis),
        "signals": frame,
        "stance": answer,
        "theirs": theirs,
        "trust": saved,
        "whatif": trial,
    }
)


def value_of(name: str, shown: View) -> object:
    """Return what a panel shows, ready to be written; None for one that only asks."""
    return VALUES[name](shown) if name in VALUES else None


def _render(name: str, shown: View, **more: Any) -> str:
    file = "chapter" if name in CHAPTERS else name
    template = environment().get_template(f"{file}.html")
    html = template.render(
        name=name,
        view=shown,
        shows=value_of(name, shown),
        plan=shown.draft.plan,
        says={problem.at: problem.says for problem in shown.problems},
        **more,
    )
    return isolate_html(_join_lines(html), shown.names)


def _join_lines(html: str) -> str:
    return BREAK.sub(lambda found: found["typed"] or " ", html.strip())


def field_id(at: str) -> str:
    """The HTML id of the field at an address, without what no id may hold."""
    return "f" + re.sub(r"[^\w-]", lambda c: f"-{ord(c[0]):x}-", at.replace("/", "-"))


def link(target: str, base: str) -> str:
    """The URL of a handbook page or heading, ``method/two-lists.md#…``."""
    page, _, heading = target.partition("#")
    path = page.removesuffix(".md")
    path = "" if path == "index" else f"{path.removesuffix('/index')}/"
    return f"{base}{path}" + (f"#{heading}" if heading else "") or "./"


def field_link(at: str, shown: View) -> str:
    """The URL of the field at an address, on this page if it is there.

    Empty for an answer that no form asks for: a plan file alone can hold it.
    """
    at = _first_field(at, shown.document)
    home = _panel_of(at)
    if home is None:
        return ""
    here = home in shown.panels or is_asked_in(shown.panels, at, shown)
    page = "" if here else link(PLAN_PAGE, shown.base)
    return f"{page}#{field_id(at)}"


def _panel_of(at: str) -> str | None:
    """The panel that asks for the answer, or for the list, at an address."""
    known = find_answer(at)
    return known.panel if known and known.can_be_linked else None


def _first_field(at: str, document: dict[str, Any]) -> str:
    """Where an answer is asked for in three fields, the middle one."""
    kind = known.kind if (known := find_answer(at)) else None
    if not isinstance(kind, Estimated):
        return at
    in_three = kind.apart or isinstance(look_up(document, at), dict)
    return f"{at}/likely" if in_three else at


def _rows(document: dict[str, Any], at: str) -> list[int]:
    """The indexes of a list in the document, however it was typed."""
    rows = look_up(document, at)
    return list(range(len(rows))) if isinstance(rows, list) else []


@cache
def environment() -> Environment:
    """How templates are read, and what they may name."""
    made = Environment(
        loader=_templates(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        asked=_asked,
        asked_at_home=asked_at_home,
        chapters=CHAPTERS,
        date=_date,
        encodings=ENCODINGS,
        examples=_examples(),
        dict=dict,
        do=SimpleNamespace(**COMMANDS),
        empty_plan=empty_plan,
        few=FEW,
        glossary=GLOSSARY,
        label=label,
        limits=LIMITS,
        field_id=field_id,
        field_link=field_link,
        link=link,
        look_up=look_up,
        most_issues=MOST_ISSUES,
        most_options=MOST_OPTIONS,
        page=SimpleNamespace(**PRESSES),
        plan_page=PLAN_PAGE,
        rows=_rows,
        roles=ROLES,
        separators=SEPARATORS,
        signals=SIGNALS,
        starters=STARTERS,
        under=under,
        value_of=value_of,
    )
    made.tests["day"] = _is_day
    made.filters.update(
        about=about,
        count=count,
        keyboard=_keyboard,
        money=money,
        percent=percent,
        plain=plain,
        points=points,
        times_as_much=times_as_much,
        typed=_typed,
    )
    return made


def _templates() -> BaseLoader:
    """Where templates are: in a browser's archive they are compiled already."""
    compiled = find_spec("planner.compiled")
    if compiled is None:
        return PackageLoader("planner.show")
    return ModuleLoader(list(compiled.submodule_search_locations or ()))


def _typed(value: Any, scale: float = 1.0) -> str:
    """A value as the field shows it: numbers as typed, text as it stands."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    if isinstance(value, int | float):
        scaled = value * scale
        # Of a number that has no share, the number itself: its field asks for another.
        return plain(round(scaled, 10) if isfinite(scaled) else value)
    return value if isinstance(value, str) else ""


def _keyboard(kind: Kind) -> str:
    """Which keys a phone shows for a number: some have no minus among the digits."""
    return "text" if kind.may_be_negative else "decimal"


def _asked(at: str) -> Answer:
    """What a form asks for at an address. Raises LookupError where it is not said."""
    known = find_answer(at)
    if known is None or not known.is_asked:
        raise LookupError(f"Say in planner/plan/values.py how a form asks for {at}")
    return known


def _examples() -> list[tuple[str, str, str]]:
    """The worked plans to start from: name, title, and what each is about."""
    return [(name, example(name)["title"], about) for name, about in EXAMPLES.items()]


def _date(day: str) -> Markup:
    """A day that the page's scripts write in the reader's own format."""
    return (
        Markup('<time datetime="{0}">{0}</time>').format(day)
        if _is_day(day)
        else escape(day)
    )


def _is_day(text: str) -> bool:
    """Whether a date field can show it."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
