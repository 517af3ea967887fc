"""Facts that the handbook tells in words: constants, answers and roundings.

A page that quotes one by its name or address cannot be wrong when it changes. What
there is none of, and words that no longer fit their figure, stop the build.
"""

import re
from collections.abc import Callable, Mapping, Sized
from dataclasses import replace
from functools import cache
from pathlib import Path
from pkgutil import resolve_name
from types import MappingProxyType

from planner.analyses.relationship import multiple_at
from planner.analyses.targets import SHARES as PLAYED
from planner.edits.examples import example
from planner.plan.address import look_up
from planner.plan.signals import SIGNALS
from planner.plan.values import Future
from planner.words.figures import percent, plain, points
from runtime.handbook.worked import worked

__all__ = [
    "MACROS",
    "answer",
    "better_than_leaving",
    "button",
    "claim",
    "constant",
    "discounted",
    "first_years",
    "number_in_words",
    "one_plus_rate",
    "play_share",
    "rounded",
    "signal_count",
    "small_numbers_in_words",
    "step_cost",
    "still_dealing",
]

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ("planner/show/templates", "overrides/partials")  # the HTML that has buttons

UP_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty"
)
NUMBERS = tuple(UP_TO_TWENTY.split())
SHARES: Mapping[float, str] = MappingProxyType(
    {0.1: "tenth", 0.2: "fifth", 0.25: "quarter", 0.5: "half"}
)
PARTS: Mapping[float, str] = MappingProxyType(
    {1 / 3: "a third", 1 / 2: "half", 2 / 3: "two thirds", 4 / 5: "four fifths"}
)
_SMALL_NUMBER = re.compile(r"(?<![\w.,€$£])\d{1,2}(?![\w.,%])")


def constant(name: str, form: str = "words", key: str = "") -> str:
    """Write a named constant of the planner, such as ``ledger.BUFFER``.

    ``key`` picks a value of a mapping; a collection counts as how many it holds.
    ``form`` is ``words`` (“two”, “a tenth”, “half”), ``a`` (“a half”), ``the`` (“the
    half”), ``digits``, ``percent``, ``of a hundred`` (50 points are “half”), ``in
    hundredths`` (0.1 is “ten”) or ``middle`` (what lies between two tails). Raises
    ValueError for a constant that there is none of.
    """
    value = _constant(name, key)
    forms: dict[str, Callable[[], str]] = {
        "words": lambda: number_in_words(value),
        "a": lambda: _share(value, "a") or number_in_words(value),
        "the": lambda: f"the {_share(value) or number_in_words(value)}",
        "digits": lambda: plain(value),
        "percent": lambda: percent(value),
        "of a hundred": lambda: number_in_words(value / 100),
        "in hundredths": lambda: number_in_words(round(value * 100, 9)),
        "middle": lambda: percent(1 - 2 * value),
    }
    return forms[form]()


def _constant(name: str, key: str) -> float:
    try:
        value = resolve_name(f"planner.{name}")
        value = value[key] if key else value
    except (AttributeError, ImportError, LookupError, TypeError, ValueError) as error:
        raise ValueError(f"The planner has no constant {name} {key}".strip()) from error
    if isinstance(value, Sized) and not isinstance(value, str):
        return len(value)
    if not isinstance(value, int | float):
        raise ValueError(f"{name} of the planner is no number")
    return value


def number_in_words(value: float) -> str:
    """Write a number as the prose does: “two”, “a tenth”, “half”.

    Whole numbers are words up to twenty. A share without a name is a percentage.
    """
    if value in SHARES:
        return _share(value, "" if value == 0.5 else "a")
    if value == int(value) and 0 <= value < len(NUMBERS):
        return NUMBERS[int(value)]
    return percent(value) if 0 < value < 1 else plain(value)


def _share(value: float, article: str = "") -> str:
    """A share by its name; nothing where it has none."""
    return f"{article} {SHARES[value]}".strip() if value in SHARES else ""


def answer(plan: str, at: str, form: str = "text") -> str:
    """Quote an answer of a worked plan by its address, such as ``/moves/0/from``.

    ``form`` is ``text``, as it stands there, or ``words``, with small numbers as
    words (“five days”). Raises ValueError for an address at which the plan has
    neither a text nor a number.
    """
    value = look_up(example(plan), at)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"{plan} has no answer at {at}")
    text = value if isinstance(value, str) else plain(value)
    forms: dict[str, Callable[[], str]] = {
        "text": lambda: text,
        "words": lambda: small_numbers_in_words(text),
    }
    return forms[form]()


def rounded(value: float) -> float:
    """Round to two significant figures: more would be no truer of an estimate."""
    return float(f"{value:.2g}")


def small_numbers_in_words(text: str) -> str:
    """Write the whole numbers of a text as words, up to twenty: “five days”.

    Amounts, percentages and numbers with decimals stay as they are.
    """
    return _SMALL_NUMBER.sub(lambda found: number_in_words(int(found[0])), text)


def claim(words: str, holds: bool) -> str:
    """Return words of a page that say what follows from figures.

    Raises ValueError where that no longer holds: their sentence is then to be
    written anew.
    """
    if not holds:
        raise ValueError(f"This is no longer true: “{words}”")
    return words


def signal_count(kind: str) -> str:
    """Say in words how many signals are ``relational`` or ``transactional``."""
    counted = {
        "relational": sum(signal.relational for signal in SIGNALS),
        "transactional": sum(not signal.relational for signal in SIGNALS),
    }
    return number_in_words(counted[kind])


def button(label: str) -> str:
    """Name a button, a fold or a field as the screen does.

    Raises ValueError for words that stand on no screen.
    """
    if not re.search(rf'[>"]{re.escape(label)}[<"{{]', _screens()):
        raise ValueError(f"No screen has “{label}”")
    return label


@cache
def _screens() -> str:
    pages = (page for folder in SCREENS for page in (ROOT / folder).glob("*.html"))
    return "\n".join(page.read_text("utf-8") for page in pages)


def play_share(stance: str, part: str) -> str:
    """Say how far a stance aims or opens, or how its steps shrink: “a third”.

    ``stance`` is its id, ``part`` is ``aim``, ``opening`` or ``step``. Raises
    ValueError for a share without a name.
    """
    shares = next(s for own, s in PLAYED.items() if own.id == stance)
    value = getattr(shares, part)
    if value not in PARTS:
        raise ValueError(f"{stance} has no {part} with a name: {value}")
    return PARTS[value]


# What follows from a worked plan


def step_cost(issue: str, start: str, end: str, plan: str = "renewal") -> str:
    """Say what a step on an issue, by its id, costs us in a worked plan.

    Raises ValueError where the plan has no such issue or option.
    """
    for score in worked(plan).analysis.scores.counted:
        names = [option.name for option in score.issue.options]
        if score.issue.id == issue and {start, end} <= set(names):
            return points(score.us[names.index(start)] - score.us[names.index(end)])
    raise ValueError(f"{plan} has no step from {start} to {end} on {issue}")


def better_than_leaving(plan: str = "renewal") -> float:
    """Return what share of a worked plan's deals are worth more than walking away."""
    known = worked(plan).analysis
    leaving = _known(known.walk_away_points, plan)
    return sum(us > leaving for us, _ in known.deals) / len(known.deals)


def still_dealing(years: int, plan: str = "renewal") -> str:
    """Say how likely it is that a worked plan goes on for so many years: ``64%``."""
    chance = _known(_future(plan).continue_chance, plan)
    return percent(round(chance**years, 2))


def one_plus_rate(plan: str = "renewal") -> str:
    """Say by what an amount of next year is divided in a worked plan: ``1.10``."""
    return f"{1 + _known(_future(plan).discount_rate, plan):.2f}"


def discounted(amount: float, plan: str = "renewal") -> str:
    """Say what an amount of next year is worth today in a worked plan."""
    return f"{amount / (1 + _known(_future(plan).discount_rate, plan)):.0f}"


def first_years(years: int, plan: str = "renewal") -> float:
    """Return what share of a worked plan's future comes in its first years."""
    future = _future(plan)
    sums = (
        multiple_at(each, future.continue_chance)
        for each in (replace(future, years=years), future)
    )
    first, whole = (_known(found, plan) for found in sums)
    return first / whole


def _future(plan: str) -> Future:
    return worked(plan).draft.plan.future


def _known(figure: float | None, plan: str) -> float:
    if figure is None:
        raise ValueError(f"{plan} does not have that figure")
    return figure


MACROS = (
    answer,
    better_than_leaving,
    button,
    claim,
    constant,
    discounted,
    first_years,
    one_plus_rate,
    play_share,
    signal_count,
    step_cost,
    still_dealing,
)
