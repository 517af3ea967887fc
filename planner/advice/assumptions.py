"""What was assumed in the reader's place: said in a line, and asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planner.advice.rule import Missing
from planner.analyses.analysis import Analysis
from planner.analyses.assumed import RATE_AT
from planner.analyses.scoring import Score
from planner.plan.address import under
from planner.plan.rows import question
from planner.plan.values import SIDES, Side
from planner.words.figures import about, percent
from planner.words.listing import listed

__all__ = ["ask_for_it", "ends_assumed", "say_assumed"]

MOST_NAMED = 2  # issues that the line names

_ENDS: Mapping[Side, str] = {
    "us": "your best option stands first",
    "them": "what is best for you is worst for them",
}
_WEIGHTS = {
    "us": "matters as much to you as the others do",
    "them": "matters as much to them as the others do",
}
_RANGES = {
    "us": "your points carry the weight of each issue already",
    "them": "their points carry the weight of each issue already",
}


def say_assumed(analysis: Analysis) -> str:
    """Say in a line what was assumed; empty where nothing was."""
    said = [*_of_the_list(analysis), *_of_the_future(analysis)]
    return f"Assumed until you answer: {'; '.join(said)}." if said else ""


def _of_the_list(analysis: Analysis) -> Iterator[str]:
    scores = analysis.scores.counted
    sides = {side: ends_assumed(analysis, side) for side in SIDES}
    for side, says in _ENDS.items():
        if sides[side]:
            yield f"{says}{_on(sides[side], scores)}"
    between = [
        score
        for score in _with_points_assumed(analysis)
        if not any(score in chosen for chosen in sides.values())
    ]
    if between:
        yield f"points fall evenly between those given{_on(between, scores)}"
    weighed = {side: _weights_assumed(analysis, side) for side in SIDES}
    both = [s for s in weighed["us"] if s in weighed["them"]]
    if len(both) == len(scores) > 1 and not analysis.filled.by_range:
        yield "every issue matters the same, to you and to them"
        return
    for side, chosen in weighed.items():
        if not chosen:
            continue
        if side in analysis.filled.by_range:
            yield _RANGES[side]
        elif len(chosen) == len(scores):
            yield f"every issue matters the same to {'you' if side == 'us' else 'them'}"
        else:
            yield f"{_named(chosen)} {_WEIGHTS[side]}"


def _of_the_future(analysis: Analysis) -> Iterator[str]:
    known, assumed = analysis.relationship, analysis.assumed
    if RATE_AT in assumed and (known.ours.future or known.theirs.future):
        yield f"a year’s wait costs {percent(assumed[RATE_AT])}"
    currency = analysis.plan.currency
    for who, condition in (("you", known.ours), ("they", known.theirs)):
        if condition.at_least and condition.future and condition.grab is not None:
            yield (
                f"{who} could squeeze out at least {about(condition.grab, currency)} "
                "now, by your list"
            )


def ask_for_it(analysis: Analysis) -> Iterator[Missing]:
    """Yield the question about what was assumed that matters most, if anything was.

    What matters to them comes first, since with equal weights there is no trade; then
    what matters to us, which end of the list is better for us, and what they would
    rather have. Of one kind, the issue is asked about that is worth most to us (ours).
    """
    scores = sorted(analysis.counted, key=lambda score: -score.swing_us)
    places = (
        *(under(s.at, "weight", "them") for s in scores),
        *(under(s.at, "weight", "us") for s in scores),
        *(under(s.at, "options", 0, "us") for s in scores),
        *(under(s.at, "options", 0, "them") for s in scores),
    )
    at = next((place for place in places if place in analysis.filled.assumed), None)
    if at is None or len(scores) < 2:
        return
    score = next(s for s in scores if at.startswith(f"{s.at}/"))
    yield Missing(at, _question(at, score))


def _question(at: str, score: Score) -> str:
    first, last = score.issue.options[0].name or "", score.issue.options[-1].name or ""
    issue = score.issue.name or "this issue"
    if at == under(score.at, "options", 0, "us"):
        return f"Is “{first}” your best on {issue}, and “{last}” your worst?"
    return question(at, issue=issue, option=first)


def ends_assumed(analysis: Analysis, side: Side) -> list[Score]:
    """Return the issues on which we assumed which end is better for a side."""

    def is_assumed(score: Score) -> bool:
        last = len(score.issue.options) - 1
        ends = (under(score.at, "options", n, side) for n in (0, last))
        return all(end in analysis.filled.assumed for end in ends)

    return list(filter(is_assumed, analysis.scores.counted))


def _with_points_assumed(analysis: Analysis) -> list[Score]:
    """The issues of which points of an option were assumed."""
    assumed = analysis.filled.assumed
    return [
        score
        for score in analysis.scores.counted
        if any(
            under(score.at, "options", n, side) in assumed
            for n in range(len(score.issue.options))
            for side in SIDES
        )
    ]


def _weights_assumed(analysis: Analysis, side: Side) -> list[Score]:
    assumed = analysis.filled.assumed
    scores = analysis.scores.counted
    return [score for score in scores if under(score.at, "weight", side) in assumed]


def _on(chosen: Sequence[Score], scores: Sequence[Score]) -> str:
    if len(chosen) == len(scores):
        return " on every issue" if len(scores) > 1 else ""
    return f" on {_named(chosen)}"


def _named(scores: Iterable[Score]) -> str:
    return listed(
        (f"“{score.issue.name or 'New issue'}”" for score in scores), MOST_NAMED
    )
