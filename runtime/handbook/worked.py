"""Worked plans in the handbook's prose: as they are, and with other answers.

What the planner said at a turn of a story, and what it would have said otherwise.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from planner.advice.advice import Advice, Reason
from planner.advice.rule import Evidence, Rule
from planner.edits.examples import example
from planner.plan.address import look_up, replaced
from planner.plan.rows import find_answer
from planner.show.page import View, view

__all__ = ["changed", "otherwise", "quoted", "spoken_line", "worked"]

INNER = str.maketrans("“”", "‘’")  # quotes within quotes

type To = Callable[[str], str]  # a page of the handbook → a Markdown link's target


@cache
def worked(plan: str) -> View:
    """A worked plan, analysed once for all that the prose asks of it."""
    return view(example(plan))


def changed(plan: str, given: Mapping[str, Any]) -> View:
    """A worked plan with some answers changed, address → value.

    Raises ValueError where an answer cannot be changed so.
    """
    document = example(plan)
    for at, value in given.items():
        document = replaced(document, at, value)
        if look_up(document, at) != value:
            raise ValueError(f"{plan} has no answer at {at}")
    shown = view(document)
    if shown.draft.problems:
        raise ValueError(f"{plan} does not read: {shown.draft.problems}")
    return shown


def otherwise(plan: str, at: str, value: Any, to: To) -> str:
    """What a worked plan's advice would be, had one answer differed.

    One paragraph: the stance, the lead reason for it, and the first piece of advice
    that is new. Raises ValueError for an address that no form asks for and the plan
    does not answer, and where the other answer changes no advice: a story cannot
    turn on that.
    """
    known = find_answer(at)
    if not (known and known.is_asked) and look_up(example(plan), at) is None:
        raise ValueError(f"{plan} has no answer at {at}")
    before, after = worked(plan).advice, changed(plan, {at: value}).advice
    news = [*_ground(before, after), *_piece(before, after)]
    if before.stance is after.stance and not news:
        raise ValueError(f"{plan} advises the same with {value} at {at}")
    return " ".join([_stance(before, after, to), *news])


def quoted(rule: str, plan: str, given: Mapping[str, Any], to: To) -> str:
    """A piece of a worked plan's advice, as the planner says it, set off as a quote.

    ``rule`` is the rule's id. Raises ValueError where it does not apply.
    """
    advice = changed(plan, given).advice
    reason = next((r for r in advice.applying if r.rule.id == rule), None)
    if reason is None:
        raise ValueError(f"The rule {rule} does not apply to {plan}")
    return (
        f"> **{reason.rule.kind.value}:** {reason.advice}\n"
        f"> {reason.evidence.says} [How we know]({to(reason.rule.page)})"
    )


def spoken_line(rule: Rule) -> str:
    """Return what to say by a rule, in the words of a worked plan where it applies.

    Raises ValueError where it gives no line, or does not apply to its own example.
    """
    evidence = rule.check(changed("renewal", rule.fires_on).analysis)
    if not rule.line or not isinstance(evidence, Evidence):
        raise ValueError(f"The rule {rule.id} has no line to say")
    return Reason(rule=rule, evidence=evidence).line


def _stance(before: Advice, after: Advice, to: To) -> str:
    now = f"[{after.stance.label}]({to(after.stance.page)})"
    if before.stance is after.stance:
        return f"The stance would still be **{now}**."
    return f"The stance would be **{now}** instead of “{before.stance.label}”."


def _ground(before: Advice, after: Advice) -> list[str]:
    """The first reason for the stance that was not one before, if there is one."""
    known = {ground.says for ground in before.grounds}
    return [ground.says for ground in after.grounds if ground.says not in known][:1]


def _piece(before: Advice, after: Advice) -> list[str]:
    """The first piece of advice that was not given before, or else one that is gone."""
    new = _first_apart(after.reasons, before.applying)
    if new is not None:
        return [f"New would be: {_said(new)} {new.evidence.says}"]
    gone = _first_apart(before.reasons, after.applying)
    return [f"This would be gone: {_said(gone)}"] if gone else []


def _said(reason: Reason) -> str:
    return f"“{reason.advice.translate(INNER)}”"


def _first_apart(
    reasons: tuple[Reason, ...], others: tuple[Reason, ...]
) -> Reason | None:
    """The first of the reasons whose rule is not among the others."""
    known = {other.rule.id for other in others}
    return next((reason for reason in reasons if reason.rule.id not in known), None)
