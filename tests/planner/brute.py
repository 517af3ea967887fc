"""The line of play by trying every deal: slow, plain, and apart from the planner.

Written from the sentences that define it, one after the other: the oracle of
``planner.analyses.play``. Only the points of the options, the stop line and the
ceiling on goodwill are taken from elsewhere, since they have oracles of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from math import inf

from planner.analyses.scoring import Score, scores
from planner.analyses.stance import Stance
from planner.plan.values import SIDES, Move, Offer, Plan, Side

ROUNDING = 1e-9

# How far each stance claims and opens, and how its steps shrink.
ROWS: dict[Stance, tuple[float, float, float]] = {
    Stance.COLLABORATE: (0, 1 / 3, 1 / 2),
    Stance.PROTECT: (0, 1 / 2, 2 / 3),
    Stance.PROBE: (0, 1 / 2, 2 / 3),
    Stance.UNDECIDED: (0, 1 / 2, 2 / 3),
    Stance.DEAL_FAIRLY: (0, 1 / 2, 2 / 3),
    Stance.CLAIM_COURTEOUSLY: (1 / 3, 2 / 3, 4 / 5),
    Stance.CLAIM: (2 / 3, 1, 4 / 5),
    Stance.KEEP_SHORT: (0, 0, 0),
    Stance.YIELD: (0, 0, 1 / 2),
}

type Deal = tuple[float, float, tuple[int, ...]]  # us, them, an option for each issue
type _Range = tuple[float | None, float | None, float | None]  # low, middle, high


@dataclass
class Way:
    """Where a side stood at first and stands, and what it said on the way.

    ``totals`` are our points after each round, ``gains`` what each offer and step
    brought us, with its round; ``offer`` is the last one, as far as it can be read.
    """

    first: list[int]
    now: list[int]
    totals: dict[float, float] = field(default_factory=dict)
    gains: list[tuple[float, float]] = field(default_factory=list)
    offer: dict[int, int] = field(default_factory=dict)


@dataclass
class Told:
    """What is told; None where there is nothing."""

    zone: str
    fair: Deal | None = None
    best: Deal | None = None
    aim: Deal | None = None
    opening: Deal | None = None
    level: float | None = None
    advance: str | None = None


def worth(issues: Sequence[Score], choice: Sequence[int]) -> Deal:
    """Return a choice of options with its points."""
    us = sum(s.us[i] for s, i in zip(issues, choice, strict=True))
    them = sum(s.them[i] for s, i in zip(issues, choice, strict=True))
    return us, them, tuple(choice)


def efficient(deals: Sequence[Deal]) -> list[Deal]:
    """Return those that no other deal beats for one side, and equals for the other."""

    def beaten(deal: Deal) -> bool:
        return any(
            min(us - deal[0], them - deal[1]) >= -ROUNDING
            and max(us - deal[0], them - deal[1]) > ROUNDING
            for us, them, _ in deals
        )

    return [deal for deal in deals if not beaten(deal)]


def best_for(score: Score, side: Side) -> int:
    """Return a side's best option, ours within our limit; of equals the kinder."""
    if side == "us":
        return max(score.allowed, key=lambda i: (score.us[i], score.them[i]))
    return max(range(len(score.us)), key=lambda i: (score.them[i], score.us[i]))


def in_order(plan: Plan) -> list[tuple[float, int, Move | Offer]]:
    """Return offers and steps by round, in one round the steps first.

    A side's first offer is in round 0, a later one a round after the last offer
    before it in the list. Other plans are not judged: see ``is_clear``.
    """
    said: list[tuple[float, int, Move | Offer]] = []
    number = 0.0
    for move in plan.moves:
        number = number + 1 if move.round is None else move.round
        said.append((number, 0, move))
    last = -inf
    spoken: set[Side | None] = set()
    for offer in plan.offers:
        if offer.terms:
            number = 0.0 if offer.by not in spoken else last + 1
            number = number if offer.round is None else offer.round
            said.append((number, 1, offer))
            last, spoken = max(last, number), spoken | {offer.by}
    return sorted(said, key=lambda event: event[:2])


def is_clear(plan: Plan) -> bool:
    """Whether the order of events is plain, without weighing what they say.

    So it is where every later offer names its round, or there are no steps; and
    where no side makes an offer and a step in one round.
    """
    spoken: set[Side | None] = set()
    for offer in plan.offers:
        if offer.terms and offer.by in spoken and offer.round is None and plan.moves:
            return False
        spoken |= {offer.by} if offer.terms else set()
    kinds: dict[tuple[float, Side | None], set[int]] = {}
    for number, kind, what in in_order(plan):
        kinds.setdefault((number, what.by), set()).add(kind)
    return all(len(both) == 1 for both in kinds.values())


def follow(plan: Plan, issues: Sequence[Score], side: Side) -> Way | None:
    """Follow a side from its best through its offers and steps."""
    said = [event for event in in_order(plan) if event[2].by == side]
    best = [best_for(score, side) for score in issues]
    way = Way(first=_first([what for _, _, what in said], issues, best), now=[])
    way.now = list(way.first)
    for number, _, what in said:
        if isinstance(what, Move):
            n, start, end = _read(what, issues)
            gain = issues[n].us[end] - issues[n].us[start]
            kind = issues[n].them if side == "us" else issues[n].us
            if start == way.now[n] or kind[end] > kind[way.now[n]] + ROUNDING:
                way.now[n] = end
        else:
            way.offer = _named(what, issues)
            old = way.now if way.gains else best
            gain = sum(
                issues[n].us[i] - issues[n].us[old[n]] for n, i in way.offer.items()
            )
            way.now = [way.offer.get(n, i) for n, i in enumerate(way.now)]
        way.gains.append((number, gain))
        way.totals[number] = worth(issues, way.now)[0]
    return way if said else None


def _first(
    said: Sequence[Move | Offer], issues: Sequence[Score], best: Sequence[int]
) -> list[int]:
    """Where a side stood first: its first offer, or where its first step began."""
    first = dict(enumerate(best))
    met: set[int] = set()
    offers = [what for what in said if isinstance(what, Offer)]
    for what in said:
        if isinstance(what, Move):
            n, start, _ = _read(what, issues)
            found = {n: start}
        else:
            found = _named(what, issues)
            if what is not offers[0]:  # a later offer moves it there from its best
                found = {n: best[n] for n in found}
        first |= {n: i for n, i in found.items() if n not in met}
        met |= set(found)
    return list(first.values())


def _read(move: Move, issues: Sequence[Score]) -> tuple[int, int, int]:
    n = [score.issue.id for score in issues].index(move.issue)
    names = [option.name for option in issues[n].issue.options]
    return n, names.index(move.start), names.index(move.end)


def _named(offer: Offer, issues: Sequence[Score]) -> dict[int, int]:
    found = {}
    for n, score in enumerate(issues):
        names = [option.name for option in score.issue.options]
        name = offer.terms.get(score.issue.id or "")
        if name in names:
            found[n] = names.index(name)
    return found


# What is told


@dataclass
class Table:
    """What every step of the reckoning needs: the plan, the stance and the points."""

    plan: Plan
    stance: Stance
    issues: Sequence[Score]
    d_us: float | None
    d_them: _Range
    ours: Way | None
    theirs: Way | None
    stopped: bool
    ceiling: float
    talking: float
    told: Told

    @property
    def us(self) -> float:
        return self.d_us or 0.0

    @property
    def stand(self) -> Deal:
        return worth(self.issues, self.ours.now) if self.ours else (inf, -inf, ())

    @property
    def offer(self) -> Deal:
        return worth(self.issues, self.theirs.now) if self.theirs else (-inf, inf, ())

    @property
    def whole(self) -> bool:
        return self.theirs is not None and len(self.theirs.offer) == len(self.issues)


def tell(
    plan: Plan, stance: Stance, *, stopped: bool, ceiling: float | None, talking: float
) -> Told:
    """Tell zone, targets, level and what to do now."""
    if stance is Stance.YIELD and ceiling is None:
        stance = Stance.COLLABORATE
    issues = scores(plan).counted
    d_us, d_them = walk_aways(plan, issues)
    ours, theirs = (follow(plan, issues, side) for side in SIDES)
    told = Told("unknown", advance="over" if plan.outcome.agreed is not None else None)
    at = Table(
        *(plan, stance, issues, d_us, d_them, ours, theirs),
        *(stopped, ceiling or 0.0, talking, told),
    )
    options = [score.allowed for score in issues]
    every = [worth(issues, choice) for choice in product(*options)] if issues else []
    e = efficient(every)
    z, them = _zone(at, e)
    if not z:
        told.advance = told.advance or ("leave" if e else None)
        return told
    f = _aim_and_opening(at, every, e, z, them)
    told.level = _level(at)
    told.advance = _advance(at, e, f, them)
    if told.advance in ("over", "leave"):
        told.level = None
    return told


def _zone(at: Table, e: Sequence[Deal]) -> tuple[list[Deal], float]:
    """Open; unknown where theirs is or it hangs on the estimate; else closed."""
    low, middle, _ = at.d_them
    if middle is not None and (z := _from(e, at.us, middle)):
        at.told.zone = "open"
        return z, middle
    z = _from(e, at.us, low or 0.0)
    at.told.zone = "unknown" if z or not e else "closed"
    return z, low or 0.0


def _aim_and_opening(
    at: Table, every: Sequence[Deal], e: Sequence[Deal], z: Sequence[Deal], them: float
) -> list[Deal]:
    """Fair and best from the zone; aim and opening from what takes back no step."""
    fair = _nash(z, at.us, them)
    m = min(max(at.d_them[2] or 0.0, 0.0), (them + fair[1]) / 2)
    best = max(d for d in z if d[1] >= m + (fair[1] - m) / 4 - ROUNDING)
    ours = at.ours
    kept = [d for d in every if ours is None or not takes_back(at.issues, ours, d)]
    f = _from(efficient(kept), at.us, best[1]) or _from(e, at.us, best[1])
    a, o, _ = ROWS[at.stance]
    high = low = fair[0] + a * (best[0] - fair[0])
    if at.stance is Stance.YIELD:
        low = max(fair[0] - at.ceiling, at.us + (fair[0] - at.us) / 4)
    inside = [d for d in f if low - ROUNDING <= d[0] <= high + ROUNDING]
    if inside and at.stance is Stance.YIELD:
        aim = max(inside, key=lambda d: d[1])
    else:
        off = min(max(low - d[0], d[0] - high) for d in f)
        aim = max(d for d in f if max(low - d[0], d[0] - high) <= off + ROUNDING)
    bar = aim[0] + o * (best[0] - aim[0])
    if at.stance is Stance.YIELD:
        bar = max(bar, fair[0])
    opening = min((d for d in f if d[0] >= bar - ROUNDING), default=aim)
    at.told.fair, at.told.best = fair, best
    at.told.aim, at.told.opening = aim, opening
    return f


def _nash(z: Sequence[Deal], us: float, them: float) -> Deal:
    """The greatest product of gains; then the greater smaller gain; then ours."""
    most = max((d[0] - us) * (d[1] - them) for d in z)
    equal = [d for d in z if (d[0] - us) * (d[1] - them) >= most - 1e-6]
    smaller = max(min(d[0] - us, d[1] - them) for d in equal)
    return max(d for d in equal if min(d[0] - us, d[1] - them) >= smaller - 1e-6)


def _rounds(at: Table, opening: float) -> tuple[float, int]:
    """What we stood on first, and the rounds in which our stand fell."""
    if at.ours is None:
        return opening, 0
    first = points = worth(at.issues, at.ours.first)[0]
    k = 0
    for _, after in sorted(at.ours.totals.items()):
        k, points = k + (after < points - ROUNDING), after
    return first, k


def _level(at: Table) -> float:
    assert at.told.aim is not None
    assert at.told.opening is not None
    aim, level = at.told.aim[0], at.told.opening[0]
    first, k = _rounds(at, level)
    n, q = at.plan.rounds or 4, ROWS[at.stance][2]
    if at.ours is not None:
        step = aim
        if k + 1 < n and at.stance is not Stance.KEEP_SHORT:
            step = first - (first - aim) * (1 - q ** (k + 1)) / (1 - q**n)
        least = max(aim, at.offer[0], step)
        if at.stance in (Stance.PROBE, Stance.PROTECT, Stance.UNDECIDED):
            least = max(least, at.stand[0] - last_brought(at.theirs))
        level = min(at.stand[0], least)
    # No level is worth less to us than their whole offer.
    return max(level, at.offer[0]) if at.whole else level


def _advance(at: Table, e: Sequence[Deal], f: Sequence[Deal], them: float) -> str:
    assert at.told.aim is not None
    assert at.told.level is not None
    aim, enough = at.told.aim[0], at.told.level
    held = zip(at.issues, at.offer[2], strict=False)
    signable = at.whole and all(i in score.allowed for score, i in held)
    if at.stance in (Stance.COLLABORATE, Stance.YIELD):
        enough = min(enough, aim)
    if at.stance is Stance.KEEP_SHORT:
        enough = min(enough, aim - at.talking)
    k = _rounds(at, 0)[1]
    between = at.us + ROUNDING < at.offer[0] < aim
    if at.plan.outcome.agreed is not None:
        return "over"
    if at.d_us is not None and max(e)[0] <= at.d_us + ROUNDING:
        return "leave"
    if signable and at.offer[0] >= max(enough, at.us) - ROUNDING:
        return "accept"
    if signable and k >= (at.plan.rounds or 4) and between:
        return "decide"
    if at.stopped and at.stance is not Stance.YIELD:
        return "stop"
    if at.ours is None:
        return "open"
    if at.stand[0] <= aim + ROUNDING or not _answered(at) or not _offers(at, f, them):
        return "hold"
    return "concede"


def _answered(at: Table) -> bool:
    """Whether they gave something since our last word, in its round or after it."""
    assert at.ours is not None
    if at.stance is Stance.YIELD and len(at.ours.gains) > 1:
        return True
    gains = at.theirs.gains if at.theirs else []
    return any(n >= max(at.ours.totals) and gain > ROUNDING for n, gain in gains)


def _offers(at: Table, f: Sequence[Deal], them: float) -> list[Deal]:
    """What may be conceded: half a point or more, and nothing worse than said."""
    if at.stance is Stance.KEEP_SHORT or at.stand[0] < at.us - ROUNDING:
        return []
    assert at.told.aim is not None
    least = max(min(at.told.aim[0], at.stand[0]), at.offer[0], at.us)
    return [
        d
        for d in f
        if least - ROUNDING <= d[0] <= at.stand[0] - 0.5 + ROUNDING
        and d[1] >= max(them, at.stand[1]) - ROUNDING
    ]


def _from(deals: Sequence[Deal], us: float, them: float) -> list[Deal]:
    return [d for d in deals if d[0] >= us - ROUNDING and d[1] >= them - ROUNDING]


def takes_back(issues: Sequence[Score], ours: Way, deal: Deal) -> bool:
    """Whether a deal gives less on an issue than a step of ours gave."""
    return any(
        score.them[now] > score.them[first] + ROUNDING
        and score.them[i] < score.them[now] - ROUNDING
        for score, first, now, i in zip(
            issues, ours.first, ours.now, deal[2], strict=True
        )
    )


def last_brought(theirs: Way | None) -> float:
    """What their last round that changed something brought us."""
    gains = theirs.gains if theirs else []
    changed = [number for number, gain in gains if abs(gain) > ROUNDING]
    return max(0.0, sum(g for number, g in gains if changed and number == changed[-1]))


def walk_aways(plan: Plan, issues: Sequence[Score]) -> tuple[float | None, _Range]:
    """Return both walk-aways in points: ours, and the low, middle and high of theirs.

    Money over what a point of that side is worth by the priced step; what is not
    told or observed may be a quarter off. One alternative a side at most.
    """
    anchor = plan.money
    score = next((s for s in issues if s.issue.id == anchor.issue), None)
    if score is None or anchor.worth is None:
        return None, (None, None, None)
    names = [option.name for option in score.issue.options]
    start, end = names.index(anchor.start), names.index(anchor.end)
    us, them = score.us[end] - score.us[start], abs(score.them[end] - score.them[start])
    if us < 1e-6:
        return None, (None, None, None)
    d_us = None
    for one in plan.alternatives.us:
        d_us = (one.chance or 0.0) * (one.value or 0.0) / (anchor.worth / us)
    theirs: _Range = (None, None, None)
    for one in plan.alternatives.them if them > ROUNDING else ():
        middle = (one.chance or 0.0) * (one.value or 0.0) / (anchor.worth / them)
        off = 0.0 if one.basis in ("told", "observed") else abs(middle) / 4
        theirs = (middle - off, middle, middle + off)
    return d_us, theirs
