"""What a press asks of the page itself, and not of Python: one class a press.

A button says in a data attribute what it asks for, ``data-give="plan.json"``; what is
done with the plans that the browser keeps is JSON in one of them, ``data-plan``. The
page's scripts do it. Templates name a press, ``page.give("plan.json")``, as they name
a command of Python's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

__all__ = ["PRESSES", "FileName", "PlanPress", "Press"]

type FileName = Literal["plan.json", "brief.md", "issues.csv", "plan.xlsx"]


@dataclass(frozen=True, slots=True)
class Press:
    """What a press asks of the page itself; its fields, if any, say what of."""

    on_plans: ClassVar[bool] = False  # done with the plans that the browser keeps

    @classmethod
    def name(cls) -> str:
        """Return what the press is called, in templates and in its attribute."""
        return cls.__name__.lower()

    def to_json(self) -> dict[str, Any]:
        """Return it with its first field under its name; ``true`` where it has none."""
        names = [self.name(), *(each.name for each in fields(self)[1:])]
        values = [getattr(self, each.name) for each in fields(self)] or [True]
        return dict(zip(names, values, strict=True))


@dataclass(frozen=True, slots=True)
class Undo(Press):
    """Take back the last change."""


@dataclass(frozen=True, slots=True)
class Redo(Press):
    """Make the change again that was taken back."""


@dataclass(frozen=True, slots=True)
class Retry(Press):
    """Try again to start Python."""


@dataclass(frozen=True, slots=True)
class Later(Press):
    """Remind the reader another time to save the plan."""


@dataclass(frozen=True, slots=True)
class Close(Press):
    """Close the line that tells what was done."""


@dataclass(frozen=True, slots=True)
class Understood(Press):
    """Say no more what plain http lacks."""


@dataclass(frozen=True, slots=True)
class Print(Press):
    """Print the page."""


@dataclass(frozen=True, slots=True)
class Untry(Press):
    """Go back from the figures on trial to the plan's own."""


@dataclass(frozen=True, slots=True)
class Unread(Press):
    """Leave the list that is shown; nothing of it is taken."""


@dataclass(frozen=True, slots=True)
class Collapse(Press):
    """Show the answer as one line again, at the foot of a phone."""


@dataclass(frozen=True, slots=True)
class Fill(Press):
    """Type into the field beside it."""

    text: str


@dataclass(frozen=True, slots=True)
class Give(Press):
    """Save a file of the plan."""

    file: FileName


@dataclass(frozen=True, slots=True)
class Copy(Press):
    """Copy a file of the plan as text."""

    file: FileName


@dataclass(frozen=True, slots=True)
class Share(Press):
    """Copy a link that holds the plan."""

    page: Annotated[str, "where the link leads, from this page"]


@dataclass(frozen=True, slots=True)
class PlanPress(Press):
    """What is done with the plans that the reader's browser keeps."""

    on_plans: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Keep(PlanPress):
    """Keep what came by a link, or an example as it stands, as a plan of one's own."""


@dataclass(frozen=True, slots=True)
class Leave(PlanPress):
    """Leave the plan that came by a link."""


@dataclass(frozen=True, slots=True)
class Aside(PlanPress):
    """Set a plan aside that cannot be worked with: it stays among those kept."""


@dataclass(frozen=True, slots=True)
class Open(PlanPress):
    """Go to a plan that is kept."""

    id: str


@dataclass(frozen=True, slots=True)
class Duplicate(PlanPress):
    """Keep a second plan like one that is kept."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Remove(PlanPress):
    """Delete a plan that is kept."""

    id: str


@dataclass(frozen=True, slots=True)
class Create(PlanPress):
    """Begin a plan on the way to its page, unless one is open."""

    document: Annotated[Any, "the plan document, as it begins"]


@dataclass(frozen=True, slots=True)
class Another(PlanPress):
    """Begin one more plan on the way to its page."""

    document: Annotated[Any, "the plan document, as it begins"]


@dataclass(frozen=True, slots=True)
class Restore(PlanPress):
    """Bring back the plan that was deleted last."""


@dataclass(frozen=True, slots=True)
class Revert(PlanPress):
    """Delete the plan that was just opened, and go back to the one before."""


@dataclass(frozen=True, slots=True)
class Import(PlanPress):
    """Copy the plans that another site of this origin keeps."""


@dataclass(frozen=True, slots=True)
class Decline(PlanPress):
    """Leave those plans where they are."""


PRESSES: Mapping[str, type[Press]] = MappingProxyType(
    {
        press.name(): press
        for press in (
            *(
                Undo,
                Redo,
                Retry,
                Later,
                Close,
                Understood,
                Print,
                Untry,
                Unread,
                Collapse,
            ),
            *(Fill, Give, Copy, Share),
            *(
                Keep,
                Leave,
                Aside,
                Open,
                Create,
                Another,
                Duplicate,
                Remove,
                Restore,
                Revert,
                Import,
                Decline,
            ),
        )
    }
)
