"""The brief: what a negotiator takes into the meeting, as text and as data."""

from collections.abc import Iterator
from typing import Any

from planner.advice import Advice, Reason
from planner.analysis import Analysis
from planner.document import FORMAT, Draft
from planner.figures import money, points
from planner.packages import Package
from planner.plan import Plan, RelationshipIssue

__all__ = ["as_data", "as_markdown"]


def as_markdown(draft: Draft, analysis: Analysis, advice: Advice) -> str:
    """The brief in Markdown that also reads well as plain text."""
    plan = draft.plan
    sections = (
        _heading(plan),
        _stance(advice),
        _deal(analysis),
        _pieces(advice),
        _agenda(tuple(plan.relationship.values())),
        _questions(advice),
        _problems(draft),
    )
    return (
        "\n\n".join("\n".join(lines) for lines in map(list, sections) if lines) + "\n"
    )


def _heading(plan: Plan) -> Iterator[str]:
    yield f"# {plan.title or 'A negotiation'}"
    sides = [
        f"{party.name} ({party.role})" if party.role else party.name
        for party in (plan.us, plan.them)
        if party.name
    ]
    if sides:
        yield ""
        yield " and ".join(sides)


def _stance(advice: Advice) -> Iterator[str]:
    yield f"## {advice.stance.label}"
    yield ""
    yield advice.stance.says
    if advice.grounds:
        yield ""
    for ground in advice.grounds:
        yield f"- {ground.says}"
    if advice.changes:
        yield ""
        yield "It would change:"
        yield ""
    for change in advice.changes:
        yield f"- to “{change.becomes.label}” if {change.says}"


def _deal(analysis: Analysis) -> Iterator[str]:
    aim = analysis.balanced
    if aim is None:
        return
    yield "## The deal"
    yield ""
    yield f"Aim for {points(aim.us)} of 100; it gives them {points(aim.them)}."
    if analysis.walk_away is not None and analysis.walk_away_points is not None:
        worth = money(analysis.walk_away, analysis.plan.currency)
        yield f"Walk away below {points(analysis.walk_away_points)} ({worth})."
    yield ""
    yield from _table(aim)


def _table(aim: Package) -> Iterator[str]:
    rows = [("Issue", "Limit", "Aim", "Target")]
    for score, option in aim.terms:
        issue = score.issue
        cells = (_cell(issue.name), _cell(issue.limit))
        rows.append((*cells, _cell(option.name), _cell(issue.target)))
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    for n, row in enumerate(rows):
        padded = [text.ljust(width) for text, width in zip(row, widths, strict=True)]
        yield f"| {' | '.join(padded)} |"
        if n == 0:
            yield f"|{'|'.join('-' * (width + 2) for width in widths)}|"


def _cell(text: str | None) -> str:
    """Text in a Markdown table: no bar or line break can end the cell."""
    return " ".join((text or "none").replace("|", "\\|").split())


def _pieces(advice: Advice) -> Iterator[str]:
    if not advice.reasons:
        return
    yield "## What to do"
    yield ""
    for reason in advice.reasons:
        yield _piece(reason)


def _piece(reason: Reason) -> str:
    kind = reason.rule.kind.value
    return f"- **{kind}:** {reason.advice}\n  {reason.evidence.says}"


def _agenda(issues: tuple[RelationshipIssue, ...]) -> Iterator[str]:
    if not issues:
        return
    yield "## The relationship, kept apart"
    yield ""
    for issue in issues:
        commitments = [
            f"{who}: {what}."
            for who, what in (("We offer", issue.we_offer), ("We ask", issue.we_ask))
            if what
        ]
        named = ", ".join(word for word in (issue.owner, issue.by) if word)
        by = f" ({named})" if named else ""
        yield f"- **{issue.name or 'New issue'}.** {' '.join(commitments)}{by}"


def _questions(advice: Advice) -> Iterator[str]:
    if not advice.questions:
        return
    yield "## Find out"
    yield ""
    for i, question in enumerate(advice.questions, start=1):
        yield f"{i}. {question.asks}"


def _problems(draft: Draft) -> Iterator[str]:
    if not draft.problems:
        return
    yield "## Left out until you change it"
    yield ""
    for problem in draft.problems:
        yield f"- {problem.says} (`{problem.at or '/'}`)"


def as_data(draft: Draft, analysis: Analysis, advice: Advice) -> dict[str, Any]:
    """The same as JSON: finite numbers, addresses as JSON Pointers."""
    return {
        "format": FORMAT,
        "stance": {
            "id": advice.stance.id,
            "label": advice.stance.label,
            "says": advice.stance.says,
            "because": [{"at": g.at, "says": g.says} for g in advice.grounds],
            "changes": [
                {"at": c.at, "says": c.says, "becomes": c.becomes.id}
                for c in advice.changes
            ],
        },
        "relationship": _relationship(analysis),
        "frontier": [_package(package) for package in analysis.frontier],
        "advice": [
            {
                "rule": reason.rule.id,
                "kind": reason.rule.kind.value.lower(),
                "advice": reason.advice,
                "because": reason.evidence.says,
                "at": reason.evidence.at,
                "page": reason.rule.page,
            }
            for reason in advice.reasons
        ],
        "questions": [{"at": q.at, "asks": q.asks} for q in advice.questions],
        "problems": [{"at": p.at, "says": p.says} for p in draft.problems],
    }


def _relationship(analysis: Analysis) -> dict[str, Any]:
    known = analysis.relationship
    return {
        "currency": analysis.plan.currency,
        "multiple": known.multiple,
        "value": known.value,
        "premium": known.premium,
        "us": {
            "cooperates": known.ours.holds,
            "future": list(known.ours.future),
            "grab": known.ours.grab,
        },
        "them": {
            "cooperates": known.theirs.holds,
            "future": list(known.theirs.future),
            "grab": known.theirs.grab,
        },
    }


def _package(package: Package) -> dict[str, Any]:
    return {
        "us": package.us,
        "them": package.them,
        "terms": {
            score.issue.id or score.at: option.name for score, option in package.terms
        },
    }
