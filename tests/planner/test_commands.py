"""One class a command: read, described and named in one place."""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

import jsonschema
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.edits.commands import (
    COMMANDS,
    Add,
    Begin,
    Command,
    Look,
    Read,
    Refused,
    Take,
    read_command,
)
from planner.edits.edited import BLANKS, Edited
from planner.edits.examples import EXAMPLES, example
from planner.edits.library import LacksLibrary
from planner.edits.lists import Source, read_list
from planner.edits.quotations import references
from planner.plan.address import look_up, members, under
from planner.plan.document import FORMAT
from planner.plan.errors import UnsupportedDocument
from planner.protocol import Answer, Request
from planner.respond import respond
from planner.show.page import PANELS, embedded, panel, view
from planner.show.presses import PRESSES
from runtime.tools import protocol
from tests import strategies
from tests.planner.changes import edit
from tests.planner.test_page import parsed

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(ROOT.glob("planner/show/templates/*.html"))
SCHEMA = protocol.schema()


def conforms(value: Any, name: str) -> None:
    """Raise ValidationError for a value that the described type does not allow."""
    described = {"$ref": f"#/$defs/{name}", **SCHEMA}
    jsonschema.Draft202012Validator(described).validate(value)


@st.composite
def commands(draw: st.DrawFn) -> Command:
    """A command of any kind, about anything."""
    kind = draw(st.sampled_from(sorted(COMMANDS.values(), key=lambda k: k.__name__)))
    texts = st.sampled_from(strategies.PLACES) | st.text()
    objects = st.dictionaries(texts, strategies.json_values, max_size=3)
    values = [draw(texts | objects) for _ in fields(kind)]
    return kind(*values)


@pytest.mark.property
class TestJson:
    """A command is sent as JSON, and read again as the same command."""

    @given(commands())
    def test_a_command_is_read_as_it_was_sent(self, command: Command) -> None:
        read = read_command(json.loads(json.dumps(command.to_json())))

        assert read is None or read == command

    @given(commands())
    def test_one_that_is_as_described_is_read(self, command: Command) -> None:
        asked = command.to_json()
        try:
            conforms(asked, "Command")
        except jsonschema.ValidationError:
            return

        assert read_command(asked) == command

    @given(strategies.json_values)
    def test_what_is_no_command_is_none(self, raw: Any) -> None:
        assert read_command(raw) is None or set(raw) & set(COMMANDS)


@pytest.mark.property
class TestApplied:
    """Whatever is asked of whatever draft, it is done, left alone or refused."""

    @given(commands(), strategies.drafts)
    def test_a_harmless_one_leaves_the_draft_as_it_is(
        self, command: Command, draft: Any
    ) -> None:
        assume(read_command(command.to_json()))
        try:
            edited = command.apply(draft)
        except (LacksLibrary, UnsupportedDocument):
            return

        left = Edited(draft, focus=edited.focus)
        assert not command.harmless or edited == left
        assert command.fresh == (edited.moved == {"": None})

    @given(strategies.documents, st.data())
    def test_nothing_refers_to_an_issue_that_is_gone(
        self, document: Any, data: st.DataObject
    ) -> None:
        issues = members(document, "/issues")
        if not issues:
            return
        at = data.draw(st.sampled_from(issues))
        gone = look_up(document, under(at, "id"))
        left = edit(document, {"remove": at}).document

        assert gone not in {reference.issue_id for reference in references(left)}


class TestOnePlace:
    """What is known of a command stands with it, and is complete."""

    @pytest.mark.parametrize("command", COMMANDS.values())
    def test_it_says_what_it_does(self, command: type[Command]) -> None:
        assert command.__doc__
        assert not command.__doc__.startswith(f"{command.__name__}(")

    def test_every_blank_has_its_lists(self) -> None:
        kinds = get_args(get_type_hints(Add)["blank"])
        assert set(kinds) == set(Add.LISTS) == set(BLANKS)

    def test_every_reason_has_its_words(self) -> None:
        reasons = get_args(get_type_hints(Refused)["reason"])
        assert set(reasons) == set(Refused.REASONS)

    def test_the_types_of_the_scripts_are_those_of_the_commands(self) -> None:
        assert protocol.FILE.read_text("utf-8") == protocol.declare()

    @pytest.mark.parametrize("name", [n for n, p in PRESSES.items() if not p.on_plans])
    def test_the_page_does_what_a_press_asks_of_it(self, name: str) -> None:
        script = (ROOT / "overrides/assets/page/panel.mjs").read_text("utf-8")
        table = script.partition("  #does = {\n")[2].partition("\n  };")[0]
        assert f"    {name}: (" in table


class TestTemplates:
    """A template names what a press asks for."""

    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
    def test_none_spells_what_a_button_asks_for(self, path: Path) -> None:
        plain = [name for name, press in PRESSES.items() if not press.on_plans]
        spelled = re.compile(rf"\bdata-(do|plan|{'|'.join(plain)})\b")
        found = {*spelled.findall(path.read_text("utf-8"))}
        assert found == ({"do", "plan"} if path.stem == "fields" else set())

    @pytest.mark.large
    @pytest.mark.parametrize("own", [True, False])
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_every_press_is_as_described(self, name: str, own: bool) -> None:
        shown = view(example(name), own=own, panels=PANELS)
        page = parsed(embedded(shown))
        asked = [json.loads(e.attributes["data-do"]) for e in page.having("data-do")]
        of_plans = [
            json.loads(e.attributes["data-plan"]) for e in page.having("data-plan")
        ]

        for each in asked:
            conforms(each, "Command")
            assert read_command(each)
        for each in of_plans:
            conforms(each, "PlanPress")
        assert asked
        assert of_plans

    @pytest.mark.parametrize("name", ["", "x.csv"])
    def test_so_are_those_of_a_list(self, name: str) -> None:
        reading = read_list(Source(name=name, text="Issue\nPrice"))
        own = example("renewal") | {"title": "Ours"}
        shown = view(own, own=True, reading=reading)
        page = parsed(panel("list", shown))
        asked = [json.loads(e.attributes["data-do"]) for e in page.having("data-do")]

        for each in asked:
            conforms(each, "Command")
        assert [*map(read_command, asked)] == (
            [Begin(), Take()] if name else [Take(), Begin()]
        )


class Asked(dict[str, Any]):
    """A request that notes which of its keys were looked up."""

    def __init__(self, given: dict[str, Any]) -> None:
        super().__init__(given)
        self.keys_read: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.keys_read.add(key)
        return super().get(key, default)


class TestTheBorder:
    """Requests and answers are what their types say."""

    def test_every_key_of_a_request_is_read_and_no_other(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read: set[str] = set()
        for request in (Asked({}), Asked({"give": "plan.xlsx"})):
            monkeypatch.setattr(
                "planner.respond.decode", lambda *_, asked=request, **__: asked
            )
            respond("")
            read |= request.keys_read
            monkeypatch.setattr("planner.edits.library.import_module", _lacking)

        assert read == set(Request.__annotations__)

    @pytest.mark.parametrize(
        "request_",
        [
            {},
            {"plan": 5},
            {"do": {"remove": "/issues/0"}, "give": "issues.csv"},
            {"do": {"look": "{}"}},
            {"do": {"read": True}, "list": {"name": "x.csv", "base64": "SXNzdWU="}},
            {"do": {"begin": True}, "list": {"name": "", "text": "Issue\nPrice"}},
            {"do": {"take": True}, "list": {"name": "", "choices": {"sheet": "1"}}},
            {"do": {"start": "sale"}, "give": "plan.xlsx"},
        ],
        ids=json.dumps,
    )
    def test_an_answer_is_as_described(self, request_: dict[str, Any]) -> None:
        conforms(request_, "Request")
        answer = json.loads(respond(json.dumps(request_)))

        conforms(answer, "Answer")
        assert set(answer) == set(Answer.__annotations__)

    def test_looking_and_refusing_leave_every_plan_alone(self) -> None:
        harmless = {kind for kind in COMMANDS.values() if kind.harmless}
        assert harmless == {Look, Read, Refused}


def _lacking(name: str) -> None:
    raise ModuleNotFoundError(name)


NEW_COMMAND = '''
@dataclass(frozen=True, slots=True)
class Praise(Command):
    """Write a word of praise into the title."""

    word: Annotated[str, "what to write"]

    def apply(self, draft: Document) -> Edited:
        return Edited(replaced(draft, "/title", self.word), focus="/title")

    def says(self, before: Document, after: Document) -> str:
        return f"Praised as {self.word}."


COMMANDS: Mapping'''
ITS_PRESS = '\n{{ press(do.praise("splendid"), "Praise this plan", id="praise") }}\n'
SEE_IT = """
import json
from planner.respond import respond
from planner.show.page import embedded, view
from runtime.tools.protocol import declare

plan = {"format": "negotiation-plan/1"}
print(json.dumps({
    "page": embedded(view(plan)),
    "answer": json.loads(respond(json.dumps(
        {"plan": plan, "do": {"praise": "splendid"}, "now": []}
    ))),
    "types": declare(),
}))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the planner does with it, in a copy where those two files changed."""
    copy = tmp_path_factory.mktemp("copy")
    ignored = shutil.ignore_patterns("__pycache__", "node_modules")
    for part in ("planner", "runtime"):
        shutil.copytree(ROOT / part, copy / part, ignore=ignored)
    commands = copy / "planner/edits/commands.py"
    text = commands.read_text("utf-8")
    text = text.replace("\nCOMMANDS: Mapping", NEW_COMMAND, 1)
    text = text.replace("*(Add, ", "*(Praise, Add, ", 1)
    commands.write_text(text, "utf-8")
    template = copy / "planner/show/templates/starters.html"
    template.write_text(template.read_text("utf-8") + ITS_PRESS, "utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-c", SEE_IT],
        check=True,
        capture_output=True,
        env={"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=copy,
    )
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


class TestANewCommand:
    """A new command is a class, and a press in a template: nothing else is touched."""

    def test_the_page_has_its_button(self, seen: dict[str, Any]) -> None:
        asked = [
            e.attributes["data-do"] for e in parsed(seen["page"]).having("data-do")
        ]
        assert {"praise": "splendid"} in map(json.loads, asked)

    def test_it_is_done_and_told_and_can_be_undone(self, seen: dict[str, Any]) -> None:
        answer = seen["answer"]
        assert answer["plan"] == {"format": FORMAT, "title": "splendid"}
        assert answer["did"] == {"says": "Praised as splendid.", "undo": "step"}
        assert answer["focus"] == "f-title"

    def test_the_scripts_know_its_type(self, seen: dict[str, Any]) -> None:
        lines = seen["types"].splitlines()
        assert "  praise: string;" in lines
        assert "  | Praise" in lines
