"""The brief: what a negotiator takes into the meeting, as text and as data."""

from collections.abc import Iterator, Sequence
from typing import Any

from planner.advice.advice import Advice, Reason
from planner.analyses import play as line_of_play
from planner.analyses.alternatives import walk_away_flips
from planner.analyses.analysis import Analysis
from planner.analyses.consistency import Repair
from planner.analyses.ledger import UNRECIPROCATED
from planner.analyses.packages import Concession, Package, Shift
from planner.analyses.perspective import swapped
from planner.analyses.review import review
from planner.analyses.solutions import Solution
from planner.analyses.stance import Stance
from planner.analyses.tornado import Bar
from planner.plan.document import FORMAT, Draft, write_plan
from planner.plan.values import Basis, Plan, RelationshipIssue
from planner.words.direction import isolate, right_to_left_names
from planner.words.figures import money, over_walking_away, points
from planner.words.markdown import begun, quoted, written

__all__ = ["as_data", "as_markdown"]


def as_markdown(draft: Draft, analysis: Analysis, advice: Advice) -> str:
    """The brief in Markdown that also reads well as plain text.

    Once the talks are over, it says how they ended and proposes no step. What the
    reader typed is text in it, and never markup.
    """
    plan = draft.plan
    talking = plan.outcome.agreed is None
    ahead = (_packages(analysis), _steps(analysis))
    sections = (
        _heading(plan),
        _stance(advice, talking=talking),
        _deal(analysis, talking=talking),
        *(ahead if talking else (_ended(analysis),)),
        _ledger(analysis, talking=talking),
        _there(analysis, talking=talking),
        _pieces(advice),
        _agenda(tuple(plan.relationship.values())),
        _questions(advice),
        _problems(draft),
    )
    said = "\n\n".join("\n".join(lines) for lines in map(list, sections) if lines)
    return isolate(f"{said}\n", right_to_left_names(write_plan(plan)))


def _heading(plan: Plan) -> Iterator[str]:
    yield f"# {written(plan.title or 'A negotiation')}"
    sides = [
        f"{party.name} ({party.role})" if party.role else party.name
        for party in (plan.us, plan.them)
        if party.name
    ]
    if sides:
        yield ""
        yield begun(" and ".join(sides))


def _stance(advice: Advice, *, talking: bool) -> Iterator[str]:
    yield f"## {advice.stance.label}"
    yield ""
    yield begun(advice.says)
    if advice.grounds:
        yield ""
    for ground in advice.grounds:
        yield f"- {begun(ground.says)}"
    changes = advice.changes if talking else ()
    if changes:
        yield ""
        yield "It would change:"
        yield ""
    for change in changes:
        yield f"- to “{change.becomes.label}” if {written(change.says)}"


def _deal(analysis: Analysis, *, talking: bool) -> Iterator[str]:
    aim = analysis.balanced
    if aim is None:
        return
    yield "## The deal"
    yield ""
    aim_for = "Aim for" if talking else "You aimed for"
    yield f"{aim_for} {points(aim.us)} of 100; it gives them {points(aim.them)}."
    if analysis.scores.disclosure:
        yield analysis.scores.disclosure
    if analysis.walk_away is not None and analysis.walk_away_points is not None:
        worth = money(analysis.walk_away, analysis.plan.currency)
        below = "Walk away below" if talking else "Your walk-away was"
        yield f"{below} {points(analysis.walk_away_points)} ({written(worth)})."
    yield ""
    yield from _table(aim)


def _table(aim: Package) -> Iterator[str]:
    yield from _columns(
        ("Issue", "Limit", "Aim", "Target"),
        *(
            (score.issue.name, score.issue.limit, option.name, score.issue.target)
            for score, option in aim.terms
        ),
    )


def _columns(*lines: Sequence[str | None]) -> Iterator[str]:
    """Lines as a Markdown table, the first of them its head."""
    rows = [[_cell(text) for text in line] for line in lines]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for n, row in enumerate(rows):
        padded = [text.ljust(width) for text, width in zip(row, widths, strict=True)]
        yield f"| {' | '.join(padded)} |"
        if n == 0:
            yield f"|{'|'.join('-' * (width + 2) for width in widths)}|"


def _cell(text: str | None) -> str:
    """Text in a Markdown table: no bar or line break can end the cell."""
    return " ".join(written(text or "none").split())


def _packages(analysis: Analysis) -> Iterator[str]:
    """The packages to offer at once, by what sets them apart from the first."""
    equal = analysis.equal
    if equal is None or len(equal.packages) < 2:
        return
    yield "## Open with"
    yield ""
    yield f"Each is worth about {points(equal.target)} to you."
    yield ""
    first = equal.packages[0]
    for letter, package in zip("ABCDEF", equal.packages, strict=False):
        like = "" if package is first else "like A, but "
        terms = first.terms if package is first else package.apart(first)
        named = "; ".join(
            f"{score.issue.name or 'an issue'}: {option.name}"
            for score, option in terms
        )
        worth = points(package.them)
        yield f"- **{letter}** ({worth} to them): {like}{written(named)}"
    if not equal.complete:
        yield ""
        yield "These are the best found so far; there may be better ones."


def _steps(analysis: Analysis) -> Iterator[str]:
    """The concession plan, the cheapest step for us first."""
    steps = analysis.next_steps
    if not steps:
        return
    yield "## Then trade, in this order"
    yield ""
    for i, step in enumerate(steps, start=1):
        give, ask = step.give, step.ask
        if ask is not None:
            says = (
                f"If you move to “{ask.end.name}” on {_issue(ask)}, "
                f"then we move to “{give.end.name}” on {_issue(give)}."
            )
            yield f"{i}. {begun(says)}"


def _issue(step: Shift) -> str:
    return step.score.issue.name or "an issue"


def _ended(analysis: Analysis) -> Iterator[str]:
    """What was signed, against what the plan aimed for and the walk-away."""
    found = review(analysis)
    if found is None:
        return
    yield "## How it ended"
    yield ""
    if found.agreed is not None:
        yield f"You signed {points(found.agreed.us)} of 100."
    elif analysis.plan.outcome.agreed:
        yield "There was a deal. What it is worth is not known yet."
    else:
        yield "There was no deal."
    if found.surplus is not None:
        side = "over" if found.surplus >= 0 else "under"
        yield f"That is {points(abs(found.surplus))} {side} your walk-away."
    if found.left is not None:
        yield f"Left on the table: {points(found.left)}."
    if found.pattern is not None:
        yield f"Your steps were {found.pattern}."
    if found.agreed is not None:
        yield ""
        yield from _terms(found.agreed, found.aim)


def _terms(agreed: Package, aim: Package | None) -> Iterator[str]:
    """The terms that were signed, each beside the one aimed for."""
    aimed = {score.at: option.name for score, option in aim.terms} if aim else {}
    yield from _columns(
        ("Issue", "Signed", "Aim"),
        *(
            (score.issue.name, option.name, aimed.get(score.at))
            for score, option in agreed.terms
        ),
    )


def _ledger(analysis: Analysis, *, talking: bool) -> Iterator[str]:
    """Where the talks stand: what was given, what came back, where to stop."""
    kept = analysis.ledger
    if not kept.entries and not (talking and kept.stop.run):
        return
    yield "## Where it stands"
    yield ""
    if kept.entries:
        yield f"You gave {points(kept.given)} and got {points(kept.received)}."
    if not talking:
        return
    if kept.entries and kept.surplus is not None:
        rest = "; where you have named none, your best counts" if kept.assumed else ""
        yield f"The terms you stand on {over_walking_away(kept.surplus)}{rest}."
    if kept.stop.reached:
        yield "You are at your stop line: wait until something comes back."
    elif kept.stop.buffer is not None:
        yield (
            f"Stop after {UNRECIPROCATED} unanswered steps in a row, or at "
            f"{points(kept.stop.buffer)}."
        )


def _there(analysis: Analysis, *, talking: bool) -> Iterator[str]:
    """How it looks from their side, by what we know and guess of them."""
    lines = [*_their_stance(analysis), *_their_alternative(analysis)]
    guesses = [guess.score.issue.name or "an issue" for guess in analysis.guesses]
    if guesses and talking:
        ask = f"Ask first how much these matter to them: {', '.join(guesses)}."
        lines.append(written(ask))
    if lines:
        yield "## From their side"
        yield ""
        yield from lines


def _their_stance(analysis: Analysis) -> Iterator[str]:
    there = Analysis(swapped(analysis.plan))
    if there.stance is not Stance.UNDECIDED:
        yield f"By your figures they would play it as “{there.stance.label}”."


def _their_alternative(analysis: Analysis) -> Iterator[str]:
    if analysis.their_walk_away is None:
        return
    low, high = (money(v, analysis.plan.currency) for v in analysis.their_walk_away)
    worth = written(low if low == high else f"{low} to {high}")
    yield f"Walking away is worth {worth} to them, counted from their worst deal."


def _pieces(advice: Advice) -> Iterator[str]:
    if not advice.reasons:
        return
    yield "## What to do"
    yield ""
    for reason in advice.reasons:
        yield _piece(reason)


def _piece(reason: Reason) -> str:
    kind = reason.rule.kind.value
    advice, because = written(reason.advice), begun(reason.evidence.says)
    return f"- **{kind}:** {advice}\n  {because}"


def _agenda(issues: tuple[RelationshipIssue, ...]) -> Iterator[str]:
    if not issues:
        return
    yield "## The relationship, kept apart"
    yield ""
    for issue in issues:
        commitments = [
            f"{side}: {what}."
            for side, what in (("We offer", issue.we_offer), ("We ask", issue.we_ask))
            if what
        ]
        who = ", ".join(word for word in (issue.owner, issue.by) if word)
        by = f" ({who})" if who else ""
        named = written(f"{issue.name or 'New issue'}.")
        yield f"- **{named}** {written(' '.join(commitments) + by)}"


def _questions(advice: Advice) -> Iterator[str]:
    if not advice.questions:
        return
    yield "## Find out"
    yield ""
    for i, question in enumerate(advice.questions, start=1):
        yield f"{i}. {begun(question.asks)}"


def _problems(draft: Draft) -> Iterator[str]:
    if not draft.problems:
        return
    yield "## Left out until you change it"
    yield ""
    for problem in draft.problems:
        yield f"- {begun(problem.says)} ({quoted(problem.at or '/')})"


def as_data(draft: Draft, analysis: Analysis, advice: Advice) -> dict[str, Any]:
    """The same as JSON: finite numbers, addresses as JSON Pointers."""
    return {
        "format": FORMAT,
        "stance": {
            "id": advice.stance.id,
            "label": advice.stance.label,
            "says": advice.says,
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
        "analyses": _analyses(analysis),
    }


def _analyses(analysis: Analysis) -> dict[str, Any]:
    return {
        "orientation": _orientation(analysis),
        "walk_away": _walk_away(analysis),
        "weights": analysis.scores.disclosure or "as given",
        "aim": _package(analysis.balanced) if analysis.balanced else None,
        "frontier_is_exact": analysis.exact,
        "solutions": [_solution(solution, analysis) for solution in analysis.solutions],
        "packages": _equal(analysis),
        "play": line_of_play.as_data(line_of_play.play(analysis)),
        "concessions": [_concession(step) for step in analysis.concessions],
        "ledger": _books(analysis),
        "trust": _trust(analysis),
        "sensitivity": _sensitivity(analysis),
        "consistency": _consistency(analysis),
        "their_side": _their_side(analysis),
        "review": _review(analysis),
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


def _orientation(analysis: Analysis) -> dict[str, Any]:
    known = analysis.orientation
    return {
        "observations": known.observations,
        "mean": known.mean,
        "interval": list(known.interval),
        "belief": known.belief,
        "relational": known.relational,
    }


def _equal(analysis: Analysis) -> dict[str, Any] | None:
    equal = analysis.equal
    if equal is None:
        return None
    return {
        "target": equal.target,
        "band": equal.band,
        "complete": equal.complete,
        "packages": [_package(package) for package in equal.packages],
        "tells": [
            {
                "if_they_pick": equal.packages.index(tell.pick),
                "issue": tell.issue.issue.id,
                "than": tell.than.issue.id,
                "ratio": tell.ratio,
                "believed": tell.believed,
            }
            for tell in equal.tells
        ],
    }


def _concession(step: Concession) -> dict[str, Any]:
    return {
        "give": _shift(step.give),
        "ask": _shift(step.ask) if step.ask else None,
        "leaves": step.leaves,
        "past_target": step.past_target,
    }


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "issue": shift.score.issue.id,
        "from": shift.start.name,
        "to": shift.end.name,
        "us": shift.us,
        "them": shift.them,
    }


def _books(analysis: Analysis) -> dict[str, Any]:
    kept = analysis.ledger
    return {
        "start": kept.start,
        "surplus": kept.surplus,
        "given": kept.given,
        "received": kept.received,
        "reciprocity": kept.reciprocity,
        "goodwill": {"money": kept.subsidy.worth, "premium": kept.subsidy.premium},
        "worthless_in_round": kept.worthless,
        "losing_in_round": kept.losing,
        "stop_line_reached": kept.stop.reached,
    }


def _trust(analysis: Analysis) -> dict[str, Any]:
    known = analysis.trust
    return {
        "saves_a_year": known.dividend.yearly,
        "saves_in_all": known.dividend.value,
        "check_share": known.inspection.inspect,
        "betrayal_costs": known.betrayal.cost,
    }


def _walk_away(analysis: Analysis) -> dict[str, Any]:
    zone, aim = analysis.zone, analysis.aim_worth
    flips = walk_away_flips(analysis.plan.alternatives.us, aim) if aim else ()
    return {
        "money": analysis.walk_away,
        "points": analysis.walk_away_points,
        "price_zone": {"seller": list(zone.seller), "buyer": list(zone.buyer)}
        if zone
        else None,
        "better_than_the_aim_from": [
            {"at": f.at, "now": f.now, "turns_at": f.turns_at} for f in flips
        ],
    }


def _solution(solution: Solution, analysis: Analysis) -> dict[str, Any]:
    return {
        "rule": solution.rule,
        "scale": solution.scale,
        "deals": [_package(analysis.frontier[d.choice[0]]) for d in solution.deals],
    }


def _bars(tornado: Sequence[Bar]) -> list[dict[str, Any]]:
    return [{"at": b.at, "at_low": b.at_low, "at_high": b.at_high} for b in tornado]


def _sensitivity(analysis: Analysis) -> dict[str, Any]:
    firm = analysis.robustness
    return {
        "stance": [
            {"at": b.at, "now": b.now, "turns_at": b.turns_at, "becomes": b.becomes.id}
            for b in analysis.boundaries
        ]
        + [
            {"at": f.at, "now": f.now, "turns_at": f.turns_at, "becomes": f.becomes.id}
            for f in analysis.other_flips
        ],
        "aim": [
            {"at": f.at, "now": f.now, "turns_at": f.turns_at}
            for f in analysis.aim_flips
        ],
        "aim_points": _bars(analysis.aim_tornado),
        "future": _bars(analysis.tornado),
        "robustness": {
            "share": firm.share,
            "samples": firm.samples,
            "error": firm.error,
        }
        if firm
        else None,
        "guesses": [{"at": g.at, "effect": g.effect} for g in analysis.guesses],
    }


def _consistency(analysis: Analysis) -> dict[str, Any]:
    return {
        "contradictions": [
            {"above": c.above, "below": c.below, "by": c.by}
            for c in analysis.contradictions
        ],
        "would_you_rather": [
            {
                "first": dict(q.comparison.first),
                "second": dict(q.comparison.second),
                "expects": q.expects,
            }
            for q in analysis.rather
        ],
        "repair": _repair(analysis.ranking_repair or analysis.comparison_repair),
    }


def _repair(mend: Repair | None) -> list[dict[str, Any]]:
    changes = mend.changes if mend else ()
    return [{"at": c.at, "from": c.start, "to": c.end} for c in changes]


def _their_side(analysis: Analysis) -> dict[str, Any]:
    """The same plan as they would see it, by what we know of them."""
    there = Analysis(swapped(analysis.plan))
    return {
        "stance": there.stance.id,
        "walk_away": list(analysis.their_walk_away)
        if analysis.their_walk_away
        else None,
        "beliefs": [
            {"at": at, "basis": basis or "guessed"}
            for at, basis in _beliefs(analysis.plan)
        ],
    }


def _beliefs(plan: Plan) -> Iterator[tuple[str, Basis | None]]:
    """What we believe about them, and how we know it; unmarked is a guess."""
    yield "/future/them", plan.future.them.basis
    for at, issue in plan.agreement.items():
        yield at, issue.basis
    for i, alternative in enumerate(plan.alternatives.them):
        yield f"/alternatives/them/{i}", alternative.basis


def _review(analysis: Analysis) -> dict[str, Any] | None:
    found = review(analysis)
    if found is None:
        return None
    return {
        "agreed": _package(found.agreed) if found.agreed else None,
        "surplus": found.surplus,
        "left": found.left,
        "pattern": found.pattern,
        "relationship": found.relationship,
    }


def _package(package: Package) -> dict[str, Any]:
    return {
        "us": package.us,
        "them": package.them,
        "terms": {
            score.issue.id or score.at: option.name for score, option in package.terms
        },
    }
