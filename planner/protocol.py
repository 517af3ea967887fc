"""What the page and Python say to each other: the types of a request and its answer.

The types of the page's scripts are made from these, and from the commands.
"""

from typing import Annotated, Any, NotRequired, TypedDict

from planner.edits.commands import Command, Notice
from planner.show.presses import FileName

__all__ = [
    "Answer",
    "ListFile",
    "Locale",
    "PlanEntry",
    "PlanFile",
    "ProblemText",
    "Request",
]


class Locale(TypedDict, total=False):
    """How the reader's browser writes figures."""

    decimal: str
    group: str
    sizes: Annotated[list[int], "of the groups, from the last one on"]
    before: Annotated[bool, "whether the currency stands before an amount"]
    gap: Annotated[str, "between an amount and its currency"]
    share: Annotated[str, "what stands behind a percentage"]


class PlanEntry(TypedDict):
    """A plan that the reader's browser keeps."""

    id: str
    title: str
    changed: Annotated[float, "in ms since 1970"]
    current: bool


class ListFile(TypedDict):
    """A list that is shown and not taken yet: a file's bytes, or a text."""

    name: Annotated[str, "of the file; empty for what was pasted"]
    base64: NotRequired[str]
    text: NotRequired[str]
    choices: NotRequired[
        Annotated[dict[str, str], "how the reader has it read, by what is chosen"]
    ]


class Request(TypedDict, total=False):
    """A question about one plan document; what is left out counts as not said."""

    id: Annotated[Any, "comes back with the answer"]
    plan: Annotated[Any, "a plan document, as typed"]
    do: Annotated[Command | None, "what is done to the plan before it is shown"]
    panels: Annotated[list[str], "the panels on the page; all where none is named"]
    now: Annotated[list[str], "those to answer about at once; else all of them"]
    give: Annotated[FileName | None, "the file that the reader asks for"]
    base: Annotated[str, "leads from the page to the site's root"]
    own: Annotated[bool, "whether the plan is the reader's, not the example"]
    typing: Annotated[str | None, "the address being typed in: its problem waits"]
    locale: Locale
    open: Annotated[list[str], "the HTML ids of long rows that stand open"]
    trial: Annotated[dict[str, str], "what-if figures as typed, by address"]
    other: Annotated[Any, "the plan to compare with"]
    other_id: str
    list: Annotated[ListFile | None, "a list that is shown beside the plan"]
    plans: Annotated[list[PlanEntry], "those that the reader's browser keeps"]
    visiting: Annotated[bool, "whether the plan came by a link and is looked at"]
    still: Annotated[list[str], "what was refused before, and is to be read still"]
    lacking: Annotated[bool, "whether what an answer needs could not be fetched"]


class ProblemText(TypedDict):
    """A problem: which answer needs another look, and what to enter instead."""

    at: Annotated[str, "its address; empty for the document as a whole"]
    says: str


class PlanFile(TypedDict):
    """A file to save: its text, or its bytes in base64."""

    name: str
    type: str
    text: NotRequired[str]
    base64: NotRequired[str]


class Answer(TypedDict):
    """What Python answers; a plan that cannot be read comes back as it came."""

    id: Any
    plan: Annotated[Any, "the plan, with typed numbers as numbers"]
    html: Annotated[dict[str, str], "the HTML of each panel, by its name"]
    problems: list[ProblemText]
    says: Annotated[str, "the conclusion, for a screen reader"]
    warns: Annotated[list[str], "the problems, for a screen reader"]
    moved: Annotated[
        dict[str, str | None],
        "where members went, by address; null for one that is gone",
    ]
    focus: Annotated[str | None, "the HTML id of where the reader continues"]
    refused: Annotated[bool, "whether what was asked was refused"]
    still: Annotated[list[str], "what was refused, until the reader continues"]
    reads: Annotated[bool, "whether a list is shown that is not taken yet"]
    did: Annotated[Notice | None, "what the command did"]
    file: PlanFile | None
    failed: Annotated[dict[str, str], "why panels could not be worked out, by name"]
