"""Everything that Hypothesis makes for the tests: plans, drafts, issues, addresses."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from hypothesis import settings
from hypothesis import strategies as st

from planner.edits.examples import example
from planner.plan.address import replaced, under
from planner.plan.document import FORMAT, write_plan
from planner.plan.kinds import (
    Estimated,
    Kind,
    Listing,
    Mapped,
    Record,
    Tagged,
    normalize_name,
)
from planner.plan.values import (
    PLAN,
    AgreementIssue,
    Alternative,
    Alternatives,
    Basis,
    Estimate,
    Future,
    Interests,
    Issue,
    Money,
    Move,
    Offer,
    Option,
    Outcome,
    Part,
    Party,
    Plan,
    Points,
    RelationshipIssue,
    Side,
    Stake,
)

# For a law of which each example takes long: a third of them.
slow = settings(max_examples=settings().max_examples // 3)

# Values of JSON

json_numbers = st.integers(-(10**18), 10**18) | st.floats(
    allow_nan=False, allow_infinity=False
)
json_scalars = (
    st.none() | st.booleans() | json_numbers | st.text(max_size=12) | st.just("x" * 201)
)
json_values = st.recursive(
    json_scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)

# Answers, each as `write_plan` gives it

# Names are told apart by more than letters; a pool of odd ones is quicker to draw
# from than text, and text finds what nobody thought of.
_POOL = (
    *("price", "€118", "Delivery & stock", "5 days, two weeks", "<script>", "a/b~c"),
    *("</textarea>", "“quoted”", 'it\'s "so"', "{0}", "{issue}", "a|b", "#", "Straße"),
    *("x" * 200, "\u0661", "naïve", "日本", "🤝", "None", "0", "-", "relationship"),
)
_VISIBLE = st.characters(exclude_categories=["C", "Z"])
names = st.sampled_from(_POOL) | st.text(_VISIBLE, min_size=1, max_size=8)
shares = st.floats(0, 1)
points = st.integers(0, 100).map(float) | st.floats(0, 100)
amounts = st.integers(-(10**6), 10**6).map(float) | st.floats(-1e15, 1e15)
unread: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [{}, {}, {}, {"x": None}, {"x": 0, "y": ""}, {"a/b~c": [{}, {"x": [None, 1.5]}]}]
)
days = st.dates().map(lambda day: day.isoformat())
bases: st.SearchStrategy[Basis] = st.sampled_from(["told", "observed", "guessed"])
sides: st.SearchStrategy[Side] = st.sampled_from(["us", "them"])


def maybe[T](answers: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """An answer, or none."""
    return st.none() | answers


# Plans without a problem

parties = st.builds(Party, name=maybe(names), role=maybe(names), unread=unread)


_ESTIMATED = ("low", "likely", "high")


def _estimate(
    values: Sequence[float], given: Sequence[bool], more: dict[str, Any]
) -> Estimate | None:
    """One to three values in rising order, or nothing."""
    rising = zip(_ESTIMATED, sorted(values), given, strict=True)
    known = {key: value for key, value, is_given in rising if is_given}
    return Estimate(**known, unread=more) if known or more else None


estimates = st.builds(
    _estimate,
    st.tuples(amounts, amounts, amounts),
    st.tuples(st.booleans(), st.booleans(), st.booleans()),
    unread,
)
_parts = st.lists(
    st.builds(Part, name=maybe(names), worth=maybe(amounts), unread=unread), max_size=2
).map(tuple)
stakes = st.builds(
    Stake,
    yearly_gain=estimates,
    one_off_gain=maybe(amounts),
    yearly_parts=_parts,
    one_off_parts=_parts,
    monitoring_now=maybe(amounts),
    monitoring_trusted=maybe(amounts),
    basis=maybe(bases),
    unread=unread,
)


def bounded(future: Future) -> bool:
    """Whether r(1 + g) < 1 + i, or there is an end."""
    if future.years is not None or future.discount_rate is None:
        return True
    chances = (future.continue_chance, future.continue_chance_if_we_give)
    first = [(chance or 0.0) / (1 + future.discount_rate) for chance in chances]
    return max(first) * (1 + (future.growth or 0.0)) < 1


futures = st.builds(
    Future,
    continue_chance=maybe(shares),
    continue_chance_if_we_give=maybe(shares),
    years=maybe(st.floats(0, 100) | st.integers(0, 10).map(float)),
    discount_rate=maybe(shares),
    growth=maybe(st.floats(-1, 1)),
    us=stakes,
    them=stakes,
    unread=unread,
).filter(bounded)


# Issues, and what quotes them. A quotation is drawn as a number, so that all of
# this is made once: the number of the issue or the option, none if it is too high.

_pick = st.integers(0, 4)


def _folded(thing: Issue | Option) -> str:
    return normalize_name(thing.name or "")


def _folded_id(issue: Issue) -> str:
    return normalize_name(issue.id or "")


def _quoted(issue: Issue | None, pick: int) -> str | None:
    """The name of one of its options."""
    options = issue.options if isinstance(issue, AgreementIssue) else ()
    return options[pick].name if pick < len(options) else None


def _with_quotations(issue: AgreementIssue, limit: int, target: int) -> AgreementIssue:
    return replace(issue, limit=_quoted(issue, limit), target=_quoted(issue, target))


_options = st.lists(
    st.builds(Option, name=names, us=maybe(points), them=maybe(points), unread=unread),
    max_size=4,
    unique_by=_folded,
).map(tuple)
_agreement_issues = st.builds(
    _with_quotations,
    st.builds(
        AgreementIssue,
        id=names,
        name=names,
        basis=maybe(bases),
        weight=st.builds(Points, us=maybe(points), them=maybe(points)),
        options=_options,
        why=st.builds(Interests, us=maybe(names), them=maybe(names)),
        verb=maybe(names),
        unread=unread,
    ),
    _pick,
    _pick,
)
_relationship_issues = st.builds(
    RelationshipIssue,
    id=names,
    name=names,
    now=maybe(st.floats(1, 7)),
    goal=maybe(st.floats(1, 7)),
    we_offer=maybe(names),
    we_ask=maybe(names),
    owner=maybe(names),
    by=maybe(days),
    unread=unread,
)
_issues = st.lists(
    _agreement_issues | _relationship_issues,
    max_size=4,
    unique_by=(_folded, _folded_id),
)
_picks = st.tuples(_pick, _pick, _pick)
_moves = st.builds(
    Move,
    round=maybe(st.integers(0, 99).map(float)),
    by=maybe(sides),
    kind=maybe(st.sampled_from(["return", "goodwill", "forced", "facts"])),
    why=maybe(names | st.just("relationship")),
    in_return_for=maybe(names),
    date=maybe(days),
    unread=unread,
)
_offers = st.builds(
    Offer,
    round=maybe(st.integers(0, 99).map(float)),
    by=maybe(sides),
    date=maybe(days),
    unread=unread,
)


def exclusive(alternatives: Sequence[Alternative]) -> bool:
    """Whether the chances sum to 1 at most."""
    return sum(alternative.chance or 0.0 for alternative in alternatives) <= 1


_alternatives = (
    st.lists(
        st.builds(
            Alternative,
            name=maybe(names),
            value=maybe(amounts),
            chance=maybe(shares),
            basis=maybe(bases),
            unread=unread,
        ),
        max_size=2,
    )
    .filter(exclusive)
    .map(tuple)
)


def _step[T: (Money, Move)](
    step: T, picks: tuple[int, int, int], issues: Sequence[Issue]
) -> T:
    """The step on an issue that is there, from one of its options to another."""
    issue = issues[picks[0]] if picks[0] < len(issues) else None
    return replace(
        step,
        issue=issue.id if issue else None,
        start=_quoted(issue, picks[1]),
        end=_quoted(issue, picks[2]),
    )


def _terms[T: (Offer, Alternative)](
    offer: T, picks: Sequence[int], issues: Sequence[Issue]
) -> T:
    """The offer, or the alternative, with an option of some of the issues."""
    chosen = {
        issue.id or "": _quoted(issue, pick)
        for issue, pick in zip(issues, picks, strict=False)
    }
    return replace(offer, terms={k: name for k, name in chosen.items() if name})


def _quoting(
    plan: Plan,
    money: tuple[Money, tuple[int, int, int]],
    moves: Sequence[tuple[Move, tuple[int, int, int]]],
    offers: Sequence[tuple[Offer, Sequence[int]]],
    elsewhere: Sequence[int],
) -> Plan:
    us, them = (
        tuple(_terms(one, elsewhere, plan.issues) for one in side)
        for side in (plan.alternatives.us, plan.alternatives.them)
    )
    return replace(
        plan,
        alternatives=replace(plan.alternatives, us=us, them=them),
        money=_step(*money, plan.issues),
        moves=tuple(_step(*move, plan.issues) for move in moves),
        offers=tuple(_terms(*offer, plan.issues) for offer in offers),
    )


# A plan as `read_plan` gives it: every part, any answer given or not.
plans = st.builds(
    _quoting,
    st.builds(
        Plan,
        title=maybe(names),
        currency=maybe(st.sampled_from(["EUR", "USD", "CHF", "points"])),
        us=parties,
        them=parties,
        future=futures,
        signals=st.dictionaries(names, st.booleans(), max_size=2),
        issues=_issues.map(tuple),
        alternatives=st.builds(Alternatives, us=_alternatives, them=_alternatives),
        rounds=maybe(st.integers(1, 9).map(float)),
        unread=unread,
    ),
    st.tuples(st.builds(Money, worth=maybe(amounts)), _picks),
    st.lists(st.tuples(_moves, _picks), max_size=2),
    st.lists(st.tuples(_offers, st.lists(_pick, max_size=4)), max_size=2),
    st.lists(_pick, max_size=4),
)
documents = plans.map(write_plan)

# Drafts: documents with answers that nobody can read


def places(kind: Kind, at: str = "") -> list[str]:
    """The addresses of a kind's answers, in lists those of the first three."""
    if isinstance(kind, Record):
        below = [p for f in kind.rows for p in places(f.kind, under(at, f.key))]
    elif isinstance(kind, Tagged):
        inner = {p for r in kind.records.values() for p in places(r, at)}
        below = [under(at, kind.key), *sorted(inner - {at})]
    elif isinstance(kind, Listing):
        below = [p for i in range(3) for p in places(kind.item, under(at, i))]
    elif isinstance(kind, Mapped):
        below = [under(at, "price"), under(at, "a/b ~c")]
    elif isinstance(kind, Estimated):
        below = [under(at, key) for key in _ESTIMATED]
    else:
        below = []
    return [at, *below]


PLACES = places(PLAN)[1:]

typed = st.sampled_from(
    (
        *("", "0", "-5", "140", "80%", "1,234", "1 234,5", "1e999", "9" * 400),
        *("abc", "€112", "price", "Price", "us", "agreement", "relationship"),
        *("2026-12-15", "<script>", "{0}", "\ud800"),
    )
)


_starts = st.builds(example, st.just("renewal")) | documents
_answers = st.lists(
    st.tuples(st.sampled_from(PLACES), typed | json_values), min_size=1, max_size=5
)


def _drafted(start: Any, answers: Sequence[tuple[str, Any]]) -> Any:
    for at, value in answers:
        start = replaced(start, at, value)
    return start


# A document as somebody typed it, with some answers that cannot be right.
drafts = st.builds(_drafted, _starts, _answers)

_keys = st.sampled_from([row.key for row in PLAN.rows]) | st.text(max_size=4)

# Any JSON object of the right format, many with keys that we know.
lookalikes = st.dictionaries(_keys, json_values, max_size=6).map(
    lambda answers: answers | {"format": FORMAT}
)


# Issues in points, as the frontier takes them


def additive_issues(
    values: st.SearchStrategy[float], least: int = 1
) -> st.SearchStrategy[list[list[tuple[float, float]]]]:
    """Up to four issues with up to four options of (us, them)."""
    options = st.lists(st.tuples(values, values), min_size=1, max_size=4)
    return st.lists(options, min_size=least, max_size=4)


whole_points = st.integers(0, 9).map(float)
any_points = st.floats(0, 100) | st.sampled_from([0.1, 0.2, 0.3, 0.6, 33.3, 66.7])

# Questions about the stance, with numbers that somebody would type

_round = st.integers(-20, 60).map(lambda n: n * 5_000.0)


def _stake(
    gains: st.SearchStrategy[Estimate | None],
) -> st.SearchStrategy[Stake]:
    return st.builds(Stake, yearly_gain=gains, one_off_gain=maybe(_round))


_ranges = st.tuples(_round, _round).map(
    lambda values: Estimate(low=min(values), high=max(values))
)
_singles = _round.map(lambda likely: Estimate(likely=likely))

typed_futures = st.builds(
    Future,
    continue_chance=st.integers(0, 20).map(lambda n: n / 20),
    continue_chance_if_we_give=maybe(st.integers(0, 20).map(lambda n: n / 20)),
    discount_rate=st.integers(0, 6).map(lambda n: n / 20),
    growth=maybe(st.sampled_from([-0.1, 0.0, 0.05])),
    talking_costs=maybe(st.sampled_from([500.0, 20_000.0, 200_000.0])),
    years=maybe(st.integers(0, 10).map(float)),
    us=_stake(_singles | _ranges),
    them=_stake(maybe(_singles | _ranges)),
).filter(bounded)

# Addresses

keys = st.text(st.sampled_from("ab/~01é "), max_size=4)
addresses = st.lists(keys, max_size=4).map(lambda path: under("", *path))

# Negotiations: small plans with points on every issue, at some phase of the talks

type Phase = Literal["before", "ours", "both", "steps", "stop", "over"]
PHASES: tuple[Phase, ...] = ("before", "ours", "both", "steps", "stop", "over")

_fives = st.integers(0, 20).map(lambda n: 5.0 * n)
_played_weights = st.builds(
    Points, us=st.integers(1, 20).map(float), them=st.integers(1, 20).map(float)
)
_early = maybe(st.integers(0, 6).map(float))


_ends = st.lists(_fives, max_size=2).map(lambda between: sorted([0.0, *between, 100.0]))


@st.composite
def _played_values(draw: st.DrawFn) -> list[tuple[float, float]]:
    """Options, mostly from our worst and their best to the other end."""
    if draw(st.integers(0, 2)):
        us, them = draw(_ends), draw(_ends)[::-1]
        return list(zip(us, them, strict=False))
    values = draw(st.lists(st.tuples(_fives, _fives), min_size=1, max_size=4))
    us, them = sorted(us for us, _ in values), sorted(them for _, them in values)
    return list(zip(us, them[::-1] if draw(st.booleans()) else them, strict=True))


@st.composite
def _played_issue(draw: st.DrawFn, n: int, *, limited: bool) -> AgreementIssue:
    values = draw(_played_values())
    names = [f"o{i}" for i in range(len(values))]
    pairs = zip(names, values, strict=True)
    return AgreementIssue(
        id=f"i{n}",
        name=f"Issue {n}",
        basis=draw(maybe(bases)),
        weight=draw(_played_weights),
        options=tuple(
            Option(name=name, us=us, them=them) for name, (us, them) in pairs
        ),
        limit=draw(st.sampled_from([None, None, None, *names])) if limited else None,
    )


def _liked(issue: AgreementIssue, by: Side) -> list[str]:
    """Its options, the best for a side first."""
    liked = sorted(issue.options, key=lambda option: -(getattr(option, by) or 0.0))
    return [option.name or "" for option in liked]


@st.composite
def _played_terms(
    draw: st.DrawFn, issues: Sequence[AgreementIssue], by: Side
) -> dict[str, str]:
    """An offer: mostly whole and ambitious, else with gaps or an unknown option."""
    most = draw(st.sampled_from([2, 2, 4]))
    terms = {i.id or "": draw(st.sampled_from(_liked(i, by)[:most])) for i in issues}
    kind = draw(st.sampled_from(["whole", "whole", "whole", "gaps", "unknown"]))
    if kind == "gaps":
        return {issue: name for issue, name in terms.items() if draw(st.booleans())}
    if kind == "unknown":
        terms[draw(st.sampled_from(sorted(terms)))] = "no such option"
    return terms


@st.composite
def _played_offer(
    draw: st.DrawFn, issues: Sequence[AgreementIssue], by: Side | None = None
) -> Offer:
    number = draw(_early) if by is None else None
    side = draw(sides) if by is None else by
    return Offer(by=side, round=number, terms=draw(_played_terms(issues, side)))


@st.composite
def steps_on(draw: st.DrawFn, issues: Sequence[AgreementIssue]) -> Move:
    """A step of either side on one of the issues, mostly one that gives."""
    issue, by = draw(st.sampled_from(issues)), draw(sides)
    picks = st.integers(0, len(issue.options) - 1)
    pair = draw(st.tuples(picks, picks))
    first, last = sorted(pair) if draw(st.integers(0, 3)) else pair
    liked = _liked(issue, by)
    start, end = liked[first], liked[last]
    return Move(round=draw(_early), by=by, issue=issue.id, start=start, end=end)


@st.composite
def _giving(draw: st.DrawFn, issues: Sequence[AgreementIssue]) -> tuple[Move, ...]:
    """Steps of ours, one a round, from our best downwards, and nothing for them."""
    steps: list[Move] = []
    for n, issue in enumerate(issues, start=1):
        start, *lower = _liked(issue, "us")
        end = draw(st.sampled_from(lower or [start]))
        steps.append(Move(round=n, by="us", issue=issue.id, start=start, end=end))
    return tuple(steps)


@st.composite
def _talks(
    draw: st.DrawFn, issues: Sequence[AgreementIssue], phase: Phase
) -> tuple[tuple[Offer, ...], tuple[Move, ...]]:
    """What was said so far."""
    ours, theirs = _played_offer(issues, "us"), _played_offer(issues, "them")
    if phase == "before":
        return (draw(theirs),) if draw(st.booleans()) else (), ()
    if phase == "ours":
        return (draw(ours),), ()
    if phase == "stop":
        return (draw(theirs),), draw(_giving(issues))
    both = tuple(draw(st.permutations([draw(ours), draw(theirs)])))
    if phase == "both":
        return both, ()
    offers = draw(st.lists(_played_offer(issues), max_size=3))
    steps = draw(st.lists(steps_on(issues), max_size=5))
    return (*(both if draw(st.booleans()) else ()), *offers), tuple(steps)


_alone = st.builds(
    Alternative,
    value=st.integers(-4, 30).map(lambda n: 500.0 * n),
    chance=st.sampled_from([0.5, 1.0]),
    basis=bases,
)
_played_futures = st.builds(
    Future,
    continue_chance=st.sampled_from([0.3, 0.8]),
    continue_chance_if_we_give=maybe(st.sampled_from([0.3, 0.8, 0.82, 0.9])),
    discount_rate=st.just(0.1),
    talking_costs=maybe(st.sampled_from([500.0, 4_000.0])),
    us=st.builds(Stake, yearly_gain=maybe(st.just(Estimate(likely=6_000.0)))),
    them=st.builds(
        Stake,
        yearly_gain=maybe(st.just(Estimate(likely=9_000.0))),
        one_off_gain=maybe(st.just(1_000.0)),
    ),
)


@st.composite
def negotiations(
    draw: st.DrawFn,
    phases: Sequence[Phase] = PHASES,
    *,
    limited: bool = True,
    exact: bool = False,
) -> Plan:
    """A plan of one to four issues in points, in one of the phases.

    Only a ``limited`` one has limits. An ``exact`` one has a money anchor and knows
    both walk-aways exactly; else either may be missing, or theirs be a range.
    """
    count = draw(st.sampled_from([1, 2, 3, 3, 4, 4]))
    issues = tuple(draw(_played_issue(n, limited=limited)) for n in range(count))
    phase = draw(st.sampled_from(phases))
    offers, moves = draw(_talks(issues, phase))
    ends = sorted(issues[0].options, key=lambda option: option.us or 0.0)
    start, end = ends[0].name, ends[-1].name
    anchor = Money(issue="i0", start=start, end=end, worth=10_000.0)
    us, them = draw(_alone), draw(_alone)
    if exact:
        us, them = (replace(one, basis="told") for one in (us, them))
    known = [exact or draw(st.integers(0, 3)) > 0 for _ in range(3)]
    return Plan(
        issues=issues,
        future=draw(_played_futures),
        money=anchor if known[0] else Money(),
        alternatives=Alternatives(
            us=(us,) if known[1] else (), them=(them,) if known[2] else ()
        ),
        moves=moves,
        offers=offers,
        rounds=draw(maybe(st.integers(1, 6).map(float))),
        outcome=Outcome(agreed=draw(st.booleans())) if phase == "over" else Outcome(),
    )
