"""What follows from a plan, as data: what the command line prints as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from planner.advice.advice import Advice, Reason
from planner.analyses import play
from planner.analyses.alternatives import walk_away_flips
from planner.analyses.analysis import Analysis
from planner.analyses.consistency import Repair
from planner.analyses.packages import Package
from planner.analyses.perspective import swapped
from planner.analyses.review import review
from planner.analyses.solutions import Solution
from planner.analyses.tornado import Bar
from planner.plan.document import FORMAT, Draft
from planner.plan.values import Basis, Plan

__all__ = ["as_data"]


def as_data(draft: Draft, analysis: Analysis, advice: Advice) -> dict[str, Any]:
    """Return it as JSON: finite numbers, addresses as JSON Pointers."""
    return {
        "format": FORMAT,
        "stance": {
            "id": advice.stance.id,
            "label": advice.stance.label,
            "says": advice.says,
            "assumed": advice.assumed,
            "phase": advice.phase.name.lower(),
            "because": [{"at": g.at, "says": g.says} for g in advice.grounds],
            "changes": [
                {"at": c.at, "says": c.says, "becomes": c.becomes.id}
                for c in advice.changes
            ],
        },
        "relationship": _relationship(analysis),
        "frontier": [_package(package) for package in analysis.frontier],
        "advice": [
            _reason(reason) | {"reasons": [_reason(each) for each in reason.also]}
            for reason in advice.reasons
        ],
        "questions": [{"at": q.at, "asks": q.asks} for q in advice.questions],
        "problems": [{"at": p.at, "says": p.says} for p in draft.problems],
        "analyses": _analyses(analysis),
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "rule": reason.rule.id,
        "kind": reason.rule.kind.value.lower(),
        "theme": reason.rule.theme.name.lower().replace("_", "-"),
        "advice": reason.advice,
        "say": reason.line or None,
        "because": reason.evidence.says,
        "at": reason.evidence.at,
        "page": reason.rule.page,
    }


def _analyses(analysis: Analysis) -> dict[str, Any]:
    return {
        "orientation": _orientation(analysis),
        "walk_away": _walk_away(analysis),
        "weights": analysis.scores.disclosure or "as given",
        "frontier_is_exact": analysis.exact,
        "solutions": [_solution(solution, analysis) for solution in analysis.solutions],
        "play": play.as_data(analysis.play),
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
        "lasting_premium": known.lasting_premium,
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
