"""Advice about the second list: the relationship, in commitments."""

from planner.advice.rule import CLAIMING, Evidence, Kind, Missing, Theme, rule
from planner.analyses.analysis import Analysis
from planner.plan.rows import question
from planner.words.figures import plain

AT_ONCE = 2  # goals; two-lists.md#make-commitments-you-can-check
WIDE = (
    3.0  # steps of the scale from 1 to 7; two-lists.md#make-commitments-you-can-check
)


@rule(
    kind=Kind.DO,
    theme=Theme.RELATIONSHIP,
    advice="Give the relationship its own agenda item: “{issue}”.",
    line="We’d like an hour for “{issue}”, apart from the contract.",
    page="method/two-lists.md#make-commitments-you-can-check",
    fires_on={"/issues/6/now": 1, "/issues/6/goal": 7},
    silent_on={f"/issues/{i}/goal": 1 for i in range(6, 10)},
    silent_in=CLAIMING,
)
def widest_gap(analysis: Analysis) -> Evidence | None:
    """Applies when a relationship issue stands below its goal."""
    gaps = [
        (issue.goal - issue.now, at, issue)
        for at, issue in analysis.plan.relationship.items()
        if issue.now is not None and issue.goal is not None
    ]
    gap, at, issue = max(gaps, key=lambda g: g[0], default=(0.0, "", None))
    if issue is None or gap <= 0 or issue.now is None or issue.goal is None:
        return None
    return Evidence(
        f"{at}/now",
        f"It stands at {plain(issue.now)} of 7 and you want {plain(issue.goal)}: "
        "the widest gap on the list.",
        {"issue": issue.name or "this issue"},
    )


@rule(
    kind=Kind.DO,
    theme=Theme.RELATIONSHIP,
    advice="Name {missing} “{issue}”.",
    line="Who on your side looks after “{issue}”, and when do we look at it together?",
    page="method/relationship-issues.md#put-a-name-and-a-date-on-it",
    fires_on={"/issues/6/owner": None},
    silent_on={
        f"/issues/{i}/{key}": value
        for i in range(6, 10)
        for key, value in (("owner", "Ana"), ("by", "2026-12-15"))
    },
    silent_in=CLAIMING,
)
def nobody_owns_it(analysis: Analysis) -> Evidence | None:
    """Applies when a relationship commitment has no owner or no date."""
    for at, issue in analysis.plan.relationship.items():
        promised = issue.we_offer or issue.we_ask
        missing = "owner" if issue.owner is None else "by" if issue.by is None else ""
        if promised and missing:
            return Evidence(
                f"{at}/{missing}",
                "A commitment without a name and a date is a wish.",
                {"missing": _MISSING[missing], "issue": issue.name or "this issue"},
            )
    return None


_MISSING = {"owner": "who looks after", "by": "the day by which you look at"}


@rule(
    kind=Kind.BEWARE,
    theme=Theme.RELATIONSHIP,
    advice="Ask for something back on “{issue}”: a one-way promise does not last.",
    line="We can offer you “{offer}”, so what can you do in return?",
    page="method/relationship-issues.md#ask-for-something-back",
    fires_on={"/issues/6/we_ask": None},
    silent_on={f"/issues/{i}/we_ask": "A named contact" for i in range(6, 10)},
    silent_in=CLAIMING,
)
def one_way_promise(analysis: Analysis) -> Evidence | None:
    """Applies when a relationship issue offers a commitment and asks for none."""
    for at, issue in analysis.plan.relationship.items():
        if issue.we_offer and not issue.we_ask:
            return Evidence(
                f"{at}/we_ask",
                f"You offer “{issue.we_offer}” and ask for nothing.",
                {"issue": issue.name or "this issue", "offer": issue.we_offer},
            )
    return None


@rule(
    kind=Kind.ASK,
    theme=Theme.RELATIONSHIP,
    advice="Write the second list too: what should working together look like?",
    line="Apart from the contract, what should be better in how we work together?",
    page="method/two-lists.md#put-every-issue-on-one-list",
    fires_on={f"/issues/{i}/kind": "agreement" for i in range(6, 10)},
    silent_on={},
    silent_in=CLAIMING,
)
def deal_list_only(analysis: Analysis) -> Evidence | Missing | None:
    """Applies when the future is worth something and only the deal has a list."""
    if analysis.plan.relationship or not analysis.plan.agreement:
        return None
    if analysis.plan.future.continue_chance is None:
        return Missing("/future/continue_chance", question("/future/continue_chance"))
    if not analysis.relationship.ours.holds:
        return None
    return Evidence(
        "/issues",
        "The relationship pays for you, and none of your issues is about it. What "
        "has no list of its own gets paid for with the price.",
    )


@rule(
    kind=Kind.ASK,
    theme=Theme.RELATIONSHIP,
    advice="Say what would close the gap on “{issue}”, as something one can check.",
    line="What would you need from us on “{issue}”, and what could you do for us?",
    page="method/relationship-issues.md#turn-a-wish-into-a-commitment",
    fires_on={"/issues/8/we_offer": None, "/issues/8/we_ask": None},
    silent_on={"/issues/8/we_offer": "A first look at the fibre tray project"},
    silent_in=CLAIMING,
)
def gap_without_a_commitment(analysis: Analysis) -> Evidence | None:
    """Applies when a relationship issue has a gap and no commitment."""
    for at, issue in analysis.plan.relationship.items():
        gap = (issue.goal or 0.0) - (issue.now or 0.0)
        known = issue.now is not None and issue.goal is not None
        if known and gap > 0 and not issue.we_offer and not issue.we_ask:
            return Evidence(
                f"{at}/we_ask",
                f"It is {plain(gap)} short of your goal, and nobody has promised "
                "anything.",
                {"issue": issue.name or "this issue"},
            )
    return None


@rule(
    kind=Kind.ASK,
    theme=Theme.RELATIONSHIP,
    advice="Score “{issue}” from 1 to 7, now and where you want it.",
    page="method/relationship-issues.md#score-it-now-and-as-you-want-it",
    fires_on={"/issues/6/now": None},
    silent_on={"/issues/6/now": 3},
    silent_in=CLAIMING,
)
def unscored_wish(analysis: Analysis) -> Evidence | None:
    """Applies when a relationship issue has no score now or no goal."""
    for at, issue in analysis.plan.relationship.items():
        missing = "now" if issue.now is None else "goal" if issue.goal is None else ""
        if missing:
            return Evidence(
                f"{at}/{missing}",
                "Without both you cannot tell in a quarter whether it got better.",
                {"issue": issue.name or "this issue"},
            )
    return None


@rule(
    kind=Kind.BEWARE,
    theme=Theme.RELATIONSHIP,
    advice="Choose two of the relationship goals: you are asking for a new partner.",
    page="method/two-lists.md#make-commitments-you-can-check",
    fires_on={f"/issues/{i}/now": 1 for i in range(6, 10)}
    | {f"/issues/{i}/goal": 6 for i in range(6, 10)},
    silent_on={"/issues/6/goal": 4},
    silent_in=CLAIMING,
)
def too_many_wide_gaps(analysis: Analysis) -> Evidence | None:
    """Applies when more than two relationship issues are far from their goal."""
    wide = [
        at
        for at, issue in analysis.plan.relationship.items()
        if issue.now is not None and issue.goal is not None
        if issue.goal - issue.now >= WIDE
    ]
    if len(wide) <= AT_ONCE:
        return None
    return Evidence(
        f"{wide[0]}/goal",
        f"{len(wide)} of them are {plain(WIDE)} steps or more short of their goal.",
    )


RULES = (
    widest_gap,
    nobody_owns_it,
    one_way_promise,
    gap_without_a_commitment,
    unscored_wish,
    too_many_wide_gaps,
    deal_list_only,
)
