"""Advice about trust: what it saves, what it risks, and in which steps."""

from planner.advice.rule import AHEAD, CLAIMING, Evidence, Kind, Missing, Theme, rule
from planner.analyses.analysis import Analysis
from planner.words.figures import about, money, percent

YEARS = 10  # of savings; how-trust-pays.md#what-a-betrayal-would-cost
CHECKING = "/future/us/monitoring_now"
CHECKS = {"cost": 8, "penalty": 20, "effort": 15, "a_year": 100}


@rule(
    kind=Kind.DO,
    theme=Theme.TRUST,
    advice="Offer to drop checks worth {saving} a year, one proven step at a time.",
    line="We’d like to check you less, so let’s agree on what we would have to "
    "see, and for how long.",
    page="method/how-trust-pays.md#what-trust-saves",
    fires_on={CHECKING: 30000},
    silent_on={CHECKING: 9000},
    phases=AHEAD,
    silent_in=CLAIMING,
)
def trust_saves_checking(analysis: Analysis) -> Evidence | None:
    """Applies when checking costs more now than it would between trusting firms."""
    saved = analysis.trust.dividend
    if not saved.yearly or saved.yearly <= 0 or not analysis.trust.milestones:
        return None
    currency = analysis.plan.currency
    first = analysis.trust.milestones[0]
    worth = f", {about(saved.value, currency)} in all" if saved.value else ""
    return Evidence(
        CHECKING,
        f"That is what you would save{worth}. First step: {first.relax.lower()}, "
        f"once {first.observed.lower()}.",
        {"saving": money(saved.yearly, currency)},
    )


@rule(
    kind=Kind.ASK,
    theme=Theme.TRUST,
    advice="Find out what checking would cost if you could trust them.",
    page="method/how-trust-pays.md#what-trust-saves",
    fires_on={"/future/us/monitoring_trusted": None},
    silent_on={"/future/us/monitoring_trusted": 9000},
    phases=AHEAD,
    silent_in=CLAIMING,
)
def saving_unknown(analysis: Analysis) -> Evidence | None:
    """Applies when you know what checking costs and not what trust would save."""
    us, currency = analysis.plan.future.us, analysis.plan.currency
    if not us.monitoring_now or us.monitoring_trusted is not None:
        return None
    return Evidence(
        CHECKING,
        f"You spend {money(us.monitoring_now, currency)} a year on checking them, "
        "and part of it may be for nothing.",
    )


@rule(
    kind=Kind.BEWARE,
    theme=Theme.TRUST,
    advice="Relax a check only where a betrayal would not sink you.",
    page="method/how-trust-pays.md#what-a-betrayal-would-cost",
    fires_on={"/loss_if_betrayed": 900000},
    silent_on={"/loss_if_betrayed": 1000},
    phases=AHEAD,
)
def betrayal_outweighs_the_saving(analysis: Analysis) -> Evidence | None:
    """Applies when one betrayal would cost more than trust saves in ten years."""
    cost, saved = analysis.trust.betrayal, analysis.trust.dividend
    if cost.at_once is None or saved.yearly is None or saved.yearly <= 0:
        return None
    if cost.at_once <= YEARS * saved.yearly:
        return None
    currency = analysis.plan.currency
    return Evidence(
        "/loss_if_betrayed",
        f"You would lose {money(cost.at_once, currency)} at once; trust saves "
        f"{money(saved.yearly, currency)} a year.",
    )


@rule(
    kind=Kind.DO,
    theme=Theme.TRUST,
    advice="Check {share} of their deliveries, at random, and tell them so.",
    line="We check {share} of your deliveries, picked at random, and we tell "
    "you so now.",
    page="method/how-trust-pays.md#how-often-to-check",
    fires_on={"/checks": CHECKS},
    silent_on={"/checks": None},
    phases=AHEAD,
)
def how_often_to_check(analysis: Analysis) -> Evidence | Missing | None:
    """Applies when it is known what a check costs and what it would reveal."""
    known = analysis.trust.inspection
    if known.inspect is None or known.shirk is None or known.corner is not None:
        return None
    return Evidence(
        "/checks/cost",
        f"At that rate cutting corners does not pay for them. Checking less, expect "
        f"it; you can live with it {percent(known.shirk)} of the time.",
        {"share": percent(known.inspect)},
    )


RULES = (
    trust_saves_checking,
    saving_unknown,
    betrayal_outweighs_the_saving,
    how_often_to_check,
)
