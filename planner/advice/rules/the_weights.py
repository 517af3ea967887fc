"""Advice about the weights: do they say what you say, and what hangs on them?"""

from planner.advice.rule import AHEAD, SHORT, Evidence, Kind, Theme, rule
from planner.analyses.analysis import Analysis
from planner.words.figures import count, percent, plain, points

PAGE = "method/weights-that-mean-something.md"
FIRM = 0.2  # of all weightings; weights-that-mean-something.md#how-firm-is-the-answer
MOVES = 1.0  # point; below it a guess changes nothing worth a question


@rule(
    kind=Kind.BEWARE,
    theme=Theme.WEIGHTS,
    advice="Your weights and your ranking disagree: look at “{above}” and “{below}”.",
    page=f"{PAGE}#compare-your-ranking-with-your-weights",
    fires_on={"/ranking": ["service", "price"]},
    silent_on={"/ranking": ["price", "service"]},
    phases=AHEAD,
)
def ranking_contradicts_weights(analysis: Analysis) -> Evidence | None:
    """Applies when you rank one issue above another and weigh it less."""
    worst = next(iter(analysis.contradictions), None)
    if worst is None:
        return None
    issues, mend = analysis.plan.agreement, analysis.ranking_repair
    return Evidence(
        mend.changes[0].at if mend else f"{worst.below}/weight/us",
        f"You rank the first higher, and the second weighs {plain(worst.by)} more."
        + (f" {mend.says}" if mend else ""),
        {
            "above": issues[worst.above].name or "",
            "below": issues[worst.below].name or "",
        },
        stake=worst.by,
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.WEIGHTS,
    advice="Believe your answer, not your weights: they prefer the other package.",
    page=f"{PAGE}#would-you-rather",
    fires_on={
        "/comparisons": [
            {
                "first": {"price": "€106", "service": "10 days"},
                "second": {"price": "€118", "service": "5 days"},
                "prefer": "second",
            }
        ]
    },
    silent_on={
        "/comparisons": [
            {
                "first": {"price": "€106", "service": "10 days"},
                "second": {"price": "€118", "service": "5 days"},
                "prefer": "first",
            }
        ]
    },
    phases=AHEAD,
)
def an_answer_contradicts_the_weights(analysis: Analysis) -> Evidence | None:
    """Applies when you prefer the package that your weights put second."""
    verdict = next((v for v in analysis.verdicts if v.agrees is False), None)
    if verdict is None or verdict.first is None or verdict.second is None:
        return None
    mend = analysis.comparison_repair
    mend = mend if mend and mend.changes else None
    return Evidence(
        mend.changes[0].at if mend else f"{verdict.at}/prefer",
        f"By your weights they are worth {points(verdict.first)} and "
        f"{points(verdict.second)}." + (f" {mend.says}" if mend else ""),
    )


@rule(
    kind=Kind.ASK,
    theme=Theme.WEIGHTS,
    advice="Weigh “{issue}” again before you settle on one package.",
    page=f"{PAGE}#how-firm-is-the-answer",
    fires_on={"/issues/0/weight/us": 40},
    silent_on={
        f"/issues/{i}/weight/us": weight
        for i, weight in enumerate((20, 19, 18, 17, 16, 15))
    },
    phases=AHEAD,
    silent_in=SHORT,
)
def the_aim_is_not_firm(analysis: Analysis) -> Evidence | None:
    """Applies when the fair deal is the best under few weightings like yours."""
    firm = analysis.robustness
    if firm is None or firm.share >= FIRM:
        return None
    heaviest = max(analysis.counted, key=lambda score: score.swing_us)
    return Evidence(
        f"{heaviest.at}/weight/us",
        f"Of {count(firm.samples)} weightings that agree with your order, the fair "
        f"deal stays the best in {percent(firm.share)}.",
        {"issue": heaviest.issue.name or "this issue"},
    )


@rule(
    kind=Kind.ASK,
    theme=Theme.PRIORITIES,
    advice="Ask how much “{issue}” matters to them: most hangs on it.",
    line="Next to the rest, how much does {issue} matter to you, so that we "
    "know where to move?",
    page=f"{PAGE}#ask-about-the-guess-that-matters",
    fires_on={"/issues/0/basis": "guessed"},
    silent_on={f"/issues/{i}/basis": "told" for i in range(6)},
    phases=AHEAD,
    silent_in=SHORT,
)
def guess_that_matters(analysis: Analysis) -> Evidence | None:
    """Applies when the fair deal hangs on a guess about their weights."""
    guess = next(iter(analysis.guesses), None)
    if guess is None or guess.effect < MOVES or analysis.play.fair is None:
        return None
    return Evidence(
        guess.at,
        f"Its weight to them may be {plain(round(guess.low))} or "
        f"{plain(round(guess.high))}: between these, the fair deal moves by "
        f"{points(guess.effect)} for you.",
        {"issue": guess.score.issue.name or "this issue"},
        stake=guess.effect,
    )


RULES = (
    ranking_contradicts_weights,
    an_answer_contradicts_the_weights,
    guess_that_matters,
    the_aim_is_not_firm,
)
