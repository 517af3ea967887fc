"""What the handbook's prose may call (mkdocs-macros, ``define_env`` only).

The planner's own output, so that text and tool cannot disagree.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from html import escape
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

from planner.advice.rule import Rule
from planner.advice.rules import RULES
from planner.analyses.relationship import multiple
from planner.analyses.review import review
from planner.analyses.trust import MILESTONES
from planner.analyses.weights import from_ranking
from planner.edits.examples import TUTORIAL, example
from planner.plan.address import look_up
from planner.plan.document import FORMAT
from planner.plan.rows import answer_at, label, question
from planner.plan.schema import schema
from planner.plan.signals import SIGNALS, Signal
from planner.show.brief import as_markdown
from planner.show.chapters import CHAPTERS
from planner.show.home import HOME, first_answers
from planner.show.page import (
    PANELS,
    View,
    card,
    embedded,
    home_closes,
    home_opens,
    plan_closes,
    plan_opens,
    plan_part,
    view,
)
from planner.words.figures import money, percent, plain, points
from planner.words.glossary import GLOSSARY
from runtime.handbook import facts, game, house, paper, speed, tables
from runtime.handbook.diagrams import DIAGRAMS, STEPS
from runtime.handbook.maths import Maths
from runtime.handbook.terms import explained
from runtime.handbook.worked import (
    changed,
    otherwise,
    quoted,
    spoken_line,
    worked,
)

SOURCES = Path("docs/reference/sources.md")
CHANGELOG = Path("CHANGELOG.md")
LETTERS_A_MINUTE = 200  # forty words of five letters: an average typist; ours
CHIPS = {True: "Seen", False: "Not, though it could have come"}  # of a sign
SECONDS_A_FIELD = 4  # to read a field's name and go there; ours
# What the tutorial has its reader answer in each of its steps; of issues, in each one.
TUTORIAL_STEPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "worth": (
            "/future/continue_chance",
            "/future/us/yearly_gain",
            "/future/us/one_off_gain",
        ),
        "theirs": (
            "/future/them/yearly_gain/low",
            "/future/them/yearly_gain/high",
            "/future/them/one_off_gain",
            "/future/them/basis",
        ),
        "frame": ("/signals/shares-their-goals", "/signals/threatens"),
        "name": ("/title",),
        "names": ("/us/name", "/them/name", "/currency"),
        "issues": (
            "name",
            "options/0/name",
            "options/1/name",
            "weight/us",
            "weight/them",
        ),
        "relationship": ("name", "now", "goal", "we_offer", "we_ask"),
        "without": tuple(
            f"/alternatives/us/0/{key}" for key in ("name", "value", "chance")
        ),
    }
)


def define_env(env: Any) -> None:
    """Give the pages their macros. A wrong name stops the build."""
    env.conf["markdown_extensions"].append(Maths())
    env.macro(paper.form, "paper_form")
    env.macro(paper.grid, "paper_grid")
    env.macro(multiple, "multiple")
    env.macro(house.modules, "modules")
    for macro in (*facts.MACROS, *game.MACROS):
        env.macro(macro)
    env.conf["extra"]["search_worker"] = _search_worker(env.conf["theme"].dirs)
    keys = _source_keys(Path(env.project_dir) / SOURCES)

    def base() -> str:
        return "../" * str(env.page.url).count("/")

    def to(target: str) -> str:
        """A Markdown link's target, so that the strict build checks it."""
        here = posixpath.dirname(env.page.file.src_uri)
        return posixpath.relpath(target, here)

    def apart(html: str) -> str:
        """HTML that the theme puts in (overrides/partials/content.html).

        It is no prose: neither Markdown nor the search index has to go through it.
        """
        made = env.page.meta.setdefault("made", {})
        mark = f"<!-- made: {len(made)} -->"
        made[mark] = html
        return mark

    @env.macro  # type: ignore[untyped-decorator]
    def planner(
        *panels: str, plan: str = "renewal", given: dict[str, Any] | None = None
    ) -> str:
        """Panels of the planner, served with a worked plan, or with an empty one.

        ``given`` changes answers of the plan first: address → value.
        """
        unknown = set(panels) - {*PANELS, *CHAPTERS}
        if unknown:
            raise ValueError(f"There is no panel {', '.join(sorted(unknown))}")
        empty = plan == "empty"
        shown = view({"format": FORMAT}) if empty else changed(plan, given or {})
        return apart(embedded(replace(shown, base=base(), panels=panels)))

    def greeting() -> View:
        """The three answers of the worked plan, as the front page shows them."""
        first = view(first_answers(example("renewal")))
        return replace(first, base=base(), panels=("problems", "list", *HOME))

    @env.macro  # type: ignore[untyped-decorator]
    def home_begins() -> str:
        """The front page's promise follows: its title and what it says."""
        return apart(home_opens(greeting()))

    @env.macro  # type: ignore[untyped-decorator]
    def home_ends() -> str:
        """The ways on from the promise, and the three questions beside it."""
        return apart(home_closes(greeting()))

    def whole() -> View:
        """The worked plan as the plan page shows it."""
        return replace(worked("renewal"), base=base(), panels=PANELS)

    @env.macro  # type: ignore[untyped-decorator]
    def plan_begins() -> str:
        """The plan page's head; the heading of its first part follows."""
        return apart(plan_opens(whole()))

    @env.macro  # type: ignore[untyped-decorator]
    def plan_panels(part: str) -> str:
        """The panels of a part of the plan page, below its heading."""
        return apart(plan_part(whole(), part))

    @env.macro  # type: ignore[untyped-decorator]
    def plan_ends() -> str:
        """The answer, beside all parts of the plan page."""
        return apart(plan_closes(whole()))

    @env.macro  # type: ignore[untyped-decorator]
    def example_card(plan: str = "renewal", given: dict[str, Any] | None = None) -> str:
        """The recommendation of a worked plan, for a page that has no planner.

        ``given`` changes answers of the plan first: address → value.
        """
        shown = changed(plan, given or {})
        return _raw(card(replace(shown, base=base(), panels=()), plan))

    @env.macro  # type: ignore[untyped-decorator]
    def advice_if(plan: str, at: str, value: Any) -> str:
        """What a worked plan's advice would be, had one answer differed."""
        return otherwise(plan, at, value, to)

    @env.macro  # type: ignore[untyped-decorator]
    def advised(
        rule: str, plan: str = "renewal", given: dict[str, Any] | None = None
    ) -> str:
        """A piece of a worked plan's advice, quoted, by the id of its rule.

        ``given`` changes answers of the plan first: address → value.
        """
        return quoted(rule, plan, given or {}, to)

    @env.macro  # type: ignore[untyped-decorator]
    def example_brief(plan: str = "renewal") -> str:
        """The brief of a worked plan, as the command line prints it."""
        shown = worked(plan)
        return as_markdown(shown.draft, shown.analysis, shown.advice)

    @env.macro  # type: ignore[untyped-decorator]
    def figure(
        path: str,
        form: str = "money",
        plan: str = "renewal",
        given: dict[str, Any] | None = None,
    ) -> str:
        """A figure of a worked plan, by its attribute path from the analysis.

        A path that begins with ``review`` starts at the review after the deal, one
        that begins with ``advice`` at the advice, and with ``offered`` at their last
        offer.
        ``given`` changes answers of the plan first: address → value.
        ``form`` is how it is written; ``estimate`` is a sum that rests on a guess,
        ``worth`` such a sum for a number of our points.
        """
        shown = changed(plan, given) if given else worked(plan)
        return _figure(shown, path, form)

    @env.macro  # type: ignore[untyped-decorator]
    def value(
        path: str, plan: str = "renewal", given: dict[str, Any] | None = None
    ) -> Any:
        """Return what ``figure`` writes, as it is: for a ``claim``."""
        return _value(changed(plan, given) if given else worked(plan), path)

    @env.macro  # type: ignore[untyped-decorator]
    def worked_table(
        name: str, plan: str = "renewal", given: dict[str, Any] | None = None
    ) -> str:
        """A table or list of a worked plan, by its name in ``tables.TABLES``.

        ``given`` changes answers of the plan first: address → value.
        """
        return tables.TABLES[name](changed(plan, given or {}).analysis)

    @env.macro  # type: ignore[untyped-decorator]
    def signed_terms(terms: dict[str, str], plan: str = "renewal") -> str:
        """What was signed in a worked plan, issue by issue."""
        return tables.signed(worked(plan).draft.plan, terms)

    @env.macro  # type: ignore[untyped-decorator]
    def left_over(plan: str = "renewal", given: dict[str, Any] | None = None) -> str:
        """What was left on the table when a worked plan was signed, or “nothing”."""
        return tables.left_over(changed(plan, given or {}).analysis)

    @env.macro  # type: ignore[untyped-decorator]
    def margin_left(sales: float, plan: str) -> str:
        """What each step of ours left of a worked plan’s margin on ``sales``."""
        return tables.margin_left(worked(plan).analysis, sales)

    @env.macro  # type: ignore[untyped-decorator]
    def offered(plan: str = "renewal") -> str:
        """What their last offer in a worked plan is worth to us."""
        return points(tables.their_offer(worked(plan).analysis).us)

    @env.macro  # type: ignore[untyped-decorator]
    def multiples() -> str:
        """What a yearly gain is multiplied by, for a few chances and rates."""
        return tables.multiples()

    @env.macro  # type: ignore[untyped-decorator]
    def shares() -> str:
        """How far each way to play aims, opens and steps."""
        return tables.shares()

    @env.macro  # type: ignore[untyped-decorator]
    def break_even(plan: str = "renewal") -> str:
        """The chance of going on at which grabbing now pays a worked plan as well."""
        return percent(tables.break_even(worked(plan).analysis))

    @env.macro  # type: ignore[untyped-decorator]
    def diagram(name: str) -> str:
        """A picture of the method."""
        return _raw(DIAGRAMS[name])

    @env.macro  # type: ignore[untyped-decorator]
    def path_step(number: int) -> str:
        """Name a step of the path as its picture does, with its number, from 1 on."""
        return f"{number}. {STEPS[number - 1].name}"

    @env.macro  # type: ignore[untyped-decorator]
    def glossary() -> str:
        """Every term, what it means here, and where it is explained."""
        terms = sorted(GLOSSARY.items(), key=lambda item: item[1].name)
        entries = [
            f"## {term.name} {{ #{key} }}\n\n{term.says}\n"
            f"[More about it]({to(term.page)})"
            for key, term in terms
        ]
        return "\n\n".join(entries)

    @env.macro  # type: ignore[untyped-decorator]
    def tutorial(step: str, number: int | None = None) -> str:
        """What the tutorial's reader types in one of its steps.

        ``number`` picks one issue of a step that has several, from 1 on.
        """
        rows = [f"| {asked} | {said} |" for asked, said in typed(step, number)]
        return "\n".join(["| Field | Type or pick |", "|---|---|", *rows])

    @env.macro  # type: ignore[untyped-decorator]
    def tutorial_typing() -> str:
        """How much there is to type, and how long that takes."""
        answers = [said for step in TUTORIAL_STEPS for _, said in typed(step)]
        letters = sum(map(len, answers))
        minutes = letters / LETTERS_A_MINUTE + len(answers) * SECONDS_A_FIELD / 60
        return (
            f"{len(answers)} short answers, {letters} characters in all: about "
            f"{minutes:.0f} minutes at {LETTERS_A_MINUTE} characters a minute and "
            f"{SECONDS_A_FIELD} seconds to find each field"
        )

    @env.macro  # type: ignore[untyped-decorator]
    def ranking_weights(most: int = 8) -> str:
        """The weights that the planner makes of a ranking, by how many are ranked."""
        rows = [
            f"| {n} | {' · '.join(f'{w:.1%}' for w in from_ranking(n).weights)} |"
            for n in range(2, most + 1)
        ]
        head = ["| Issues | Weights, the most important first |", "|---|---|"]
        return "\n".join([*head, *rows])

    @env.macro  # type: ignore[untyped-decorator]
    def rule_table() -> str:
        """Every rule: what it advises, what to say, when, where it is argued."""
        rows = [
            f"| {rule.kind.value} | {escape(rule.advice)} | {escape(_spoken(rule))} "
            f"| {escape(rule.applies)} | [Why]({to(rule.page)}) |"
            for rule in RULES
        ]
        head = ["| Kind | Advice | Say | When | |", "|---|---|---|---|---|"]
        return "\n".join([*head, *rows])

    @env.macro  # type: ignore[untyped-decorator]
    def line(rule: str) -> str:
        """The line to say of a rule, by its id, as the worked plan fills it."""
        return f"“{spoken_line(_speaking()[rule])}”"

    @env.macro  # type: ignore[untyped-decorator]
    def other_lines() -> str:
        """The lines of all rules that the page does not print one by one."""
        page = Path(env.page.file.abs_src_path).read_text("utf-8")
        printed = set(re.findall(r'line\("([\w-]+)"\)', page))
        rows = [
            f"| {escape(_moment(rule))} | “{escape(spoken_line(rule))}” |"
            for id, rule in _speaking().items()
            if id not in printed
        ]
        return "\n".join(["| Moment | Say |", "|---|---|", *rows])

    @env.macro  # type: ignore[untyped-decorator]
    def signal_list() -> str:
        """Every signal by the heading that argues for it: what it tells, and why."""
        parts: list[str] = []
        for page, group in groupby(SIGNALS, key=lambda signal: signal.page):
            title = page.partition("#")[2].replace("-", " ").capitalize()
            parts.append(f"## {title}\n\n[Why these count]({to(page)})")
            parts += [_entry(signal, source) for signal in group]
        return "\n\n".join(parts)

    @env.macro  # type: ignore[untyped-decorator]
    def milestones() -> str:
        """The steps towards trust: what was seen, so what may be relaxed."""
        return "\n".join(
            f"{i}. **{step.observed}.** {step.relax}. What stays: "
            f"{step.keep[0].lower()}{step.keep[1:]}. "
            f"{percent(step.share)} of the saving."
            for i, step in enumerate(MILESTONES, start=1)
        )

    @env.macro  # type: ignore[untyped-decorator]
    def field_table() -> str:
        """Every answer of the plan document, by its address."""
        rows = [f"| `{at}` | {holds} | {says} |" for at, holds, says in list_answers()]
        return "\n".join(["| Address | Holds | What it says |", "|---|---|---|", *rows])

    @env.macro  # type: ignore[untyped-decorator]
    def speed_table(name: str) -> str:
        """A table of the last measurement."""
        return _raw(speed.TABLES[name](speed.measured()))

    @env.macro  # type: ignore[untyped-decorator]
    def speed_chart() -> str:
        """The starts of the last measurement, as bars."""
        return _raw(speed.chart(speed.measured()))

    @env.macro  # type: ignore[untyped-decorator]
    def speed_missed() -> str:
        """What the last measurement missed, and why."""
        return speed.reasons(speed.measured())

    @env.macro  # type: ignore[untyped-decorator]
    def speed_where() -> str:
        """Where and when that was measured."""
        return speed.machine(speed.measured())

    @env.macro  # type: ignore[untyped-decorator]
    def changelog() -> str:
        """What changed for readers, newest first: CHANGELOG.md without its title."""
        text = (Path(env.project_dir) / CHANGELOG).read_text("utf-8")
        return text.partition("\n")[2].strip()

    @env.macro  # type: ignore[untyped-decorator]
    def source(key: str, where: str = "") -> str:
        """A citation that links to the list of sources."""
        if key not in keys:
            raise ValueError(f"There is no source {key} in {SOURCES}")
        name = f"{keys[key]}, {where}" if where else keys[key]
        return f"([{name}]({to(f'reference/sources.md#{key}')}))"


def _speaking() -> dict[str, Rule]:
    """The rules that give a line to say, by their ids."""
    return {rule.id: rule for rule in RULES if rule.line}


def _moment(rule: Rule) -> str:
    """When a rule applies, as the first cell of a row."""
    said = rule.applies.removeprefix("Applies when ").removesuffix(".")
    return said[:1].upper() + said[1:]


def _spoken(rule: Rule) -> str:
    """The line that a rule gives to say; names of the reader's stand in braces."""
    return f"“{rule.line}”" if rule.line else ""


def _entry(signal: Signal, source: Callable[[str], str]) -> str:
    """A signal for the list of them, its sources as links."""
    kinds = ["a relationship", "a one-off deal"]
    seen, unseen = kinds if signal.relational else kinds[::-1]
    origin = re.sub(r"\[(\w+)\]", lambda key: source(key[1])[1:-1], signal.source)
    return (
        f"### {signal.observed} {{ #{signal.id} }}\n\n{signal.tells}.\n"
        f"Seen, it counts for {seen}; looked for and not seen, for {unseen}.\n"
        f"Origin: {origin}."
    )


def on_pre_page_macros(env: Any) -> None:
    """Explain the glossary's terms where a page first uses them.

    And tell the search what a reader would type to find the page: its ``queries``
    join its tags, which count for more there than the text.
    """
    page = env.page.file.src_uri
    meta = env.page.meta
    meta["tags"] = [*meta.get("tags", []), *meta.get("queries", [])]
    if page not in {"reference/glossary.md", "reference/sources.md"}:
        env.markdown = explained(env.markdown, page)


def typed(step: str, number: int | None = None) -> list[tuple[str, str]]:
    """What the tutorial has its reader type in a step: each label and its text.

    ``number`` picks one issue of a step that has several, from 1 on.
    """
    document = example(TUTORIAL)
    called = question if step == "worth" else _named  # as the page names its fields
    asked = places(step, document)
    if number is not None:
        many = len(TUTORIAL_STEPS[step])
        asked = asked[(number - 1) * many : number * many]
    fields = [(called(at), _typed(at, document)) for at in asked]
    return [(name, said) for name, said in fields if said]


def places(step: str, document: dict[str, Any]) -> list[str]:
    """The addresses that a step of the tutorial asks for, in their order."""
    fields = TUTORIAL_STEPS[step]
    home = {"issues": "agreement", "relationship": "relationship"}.get(step)
    if home:
        return [
            f"/issues/{i}/{key}"
            for i, issue in enumerate(document["issues"])
            if issue["kind"] == home
            for key in fields
        ]
    return list(fields)


def _named(at: str) -> str:
    """The label of a field, with the unit that stands behind it."""
    scale = getattr(answer_at(at).kind, "scale", 1)
    return f"{label(at)} (%)" if scale == 100 else label(at)


def _typed(at: str, document: dict[str, Any]) -> str:
    """An answer as one types it, or as the choice is called."""
    value = look_up(document, at)
    if at.startswith("/signals/"):
        return CHIPS[value]
    kind = answer_at(at).kind
    return "" if value is None else kind.spell(kind.read(value, at, _refuse))


def _refuse(at: str, says: str) -> None:
    """Stop the build: a worked plan has no answer that cannot be read."""
    raise ValueError(f"{at}: {says}")


def _raw(html: str) -> str:
    """HTML that Markdown leaves alone: one block."""
    return f'<div markdown="0">{html}</div>'


def _value(shown: View, path: str) -> Any:
    first, *rest = path.split(".")
    known = shown.analysis
    starts: dict[str, Callable[[], Any]] = {
        "review": lambda: review(known),
        "advice": lambda: shown.advice,
        "offered": lambda: tables.their_offer(known),
    }
    value: Any = starts[first]() if first in starts else known
    for name in rest if first in starts else [first, *rest]:
        value = value[int(name)] if name.isdecimal() else getattr(value, name)
    return value


def _figure(shown: View, path: str, form: str) -> str:
    value = _value(shown, path)
    forms: dict[str, Callable[[], str]] = {
        "money": lambda: money(value, shown.draft.plan.currency),
        "estimate": lambda: money(facts.rounded(value), shown.draft.plan.currency),
        "worth": lambda: money(
            facts.rounded(value * shown.analysis.point_worth), shown.draft.plan.currency
        ),
        "percent": lambda: percent(value),
        "whole percent": lambda: percent(round(value, 2)),
        "points": lambda: points(value),
        "count": lambda: str(len(value)),
        "count in words": lambda: facts.number_in_words(len(value)),
        "factor": lambda: f"{value:.2f}",
        "cost": lambda: f"{-value:.2f}",
        "number": lambda: f"{value:,}",
        "plain": lambda: plain(value),
        "text": lambda: str(value),
    }
    return forms[form]()


def list_answers() -> list[tuple[str, str, str]]:
    """List every answer of a plan: its address, what it holds, what it says."""
    return list(_answers(schema(), ""))


def _answers(described: dict[str, Any], at: str) -> Iterator[tuple[str, str, str]]:
    """(address, what it holds, what it says) of every answer below an address."""
    for one in described.get("oneOf", [described]):
        for key, answer in one.get("properties", {}).items():
            here = f"{at}/{key}"
            needed = " (needed)" if key in one.get("required", ()) else ""
            yield here, _holds(answer), answer.get("description", "") + needed
            yield from _answers(answer, here)
            yield from _answers(answer.get("items", {}), f"{here}/0")
        for kind in one.get("anyOf", ()):
            yield from _answers(kind, at)


def _holds(described: dict[str, Any]) -> str:
    """What an answer looks like, in a few words."""
    if "anyOf" in described:
        return " or ".join(_holds(kind) for kind in described["anyOf"])
    if "const" in described:
        return f"`{described['const']}`"
    if "enum" in described:
        return " · ".join(f"`{word}`" for word in described["enum"])
    if described["type"] == "array":
        return f"a list, at most {described['maxItems']}"
    if described["type"] == "object":
        return "answers of its own"
    if described.get("format") == "date":
        return "a date"
    if described["type"] == "string":
        return f"text, at most {described['maxLength']:,} characters"
    if described["type"] == "boolean":
        return "`true` or `false`"
    least, most = described.get("minimum"), described.get("maximum")
    if least is None or most is None:
        return "a number"
    low, high = (f"{end:,.15g}".replace("-", "−") for end in (least, most))
    return f"a number, {low} to {high}"


def _search_worker(folders: list[str]) -> str:
    """The theme's search worker, from the root of the site: ours asks it."""
    found = (
        (Path(folder), path)
        for folder in folders
        for path in Path(folder).glob("assets/javascripts/workers/search.*.min.js")
    )
    folder, worker = next(found)
    return worker.relative_to(folder).as_posix()


def _source_keys(path: Path) -> dict[str, str]:
    """Key → short name, from headings like ``### Nash 1950 { #Nash1950 }``."""
    found = re.findall(r"^### (.+?) \{ #(\w+) \}$", path.read_text("utf-8"), re.M)
    return {key: name for name, key in found}
