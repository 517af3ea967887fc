"""Everything that Hypothesis makes for the tests: plans, drafts, issues, addresses."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from planner.address import replaced, under
from planner.document import FORMAT, PLAN, write_plan
from planner.examples import example
from planner.fields import Kind, Listing, Mapped, Record, Tagged
from planner.plan import (
    AgreementIssue,
    Alternative,
    Alternatives,
    Basis,
    Estimate,
    Future,
    Issue,
    Money,
    Move,
    Offer,
    Option,
    Party,
    Plan,
    Points,
    RelationshipIssue,
    Side,
    Stake,
)

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


def _one_of_each(
    things: st.SearchStrategy[str], least: int = 0, most: int = 4
) -> st.SearchStrategy[list[str]]:
    """Names of which no two are alike, as the planner compares them."""
    return st.lists(things, min_size=least, max_size=most, unique_by=str.casefold)


# Plans without a problem

parties = st.builds(Party, name=maybe(names), role=maybe(names), unread=unread)


@st.composite
def estimates(draw: st.DrawFn) -> Estimate | None:
    """One to three values in rising order, or nothing."""
    values = sorted(draw(st.lists(amounts, max_size=3)))
    keys = ("low", "likely", "high")
    taken = draw(st.permutations(keys))[: len(values)]
    known = dict(zip(sorted(taken, key=keys.index), values, strict=True))
    more = draw(unread)
    return Estimate(**known, unread=more) if known or more else None


stakes = st.builds(
    Stake,
    yearly_gain=estimates(),
    one_off_gain=maybe(amounts),
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


@st.composite
def agreement_issues(draw: st.DrawFn, id: str, name: str) -> AgreementIssue:
    options = tuple(
        Option(
            name=option,
            us=draw(maybe(points)),
            them=draw(maybe(points)),
            unread=draw(unread),
        )
        for option in draw(_one_of_each(names))
    )
    quoted = st.sampled_from([None, *(option.name for option in options)])
    return AgreementIssue(
        id=id,
        name=name,
        basis=draw(maybe(bases)),
        weight=Points(us=draw(maybe(points)), them=draw(maybe(points))),
        options=options,
        limit=draw(quoted),
        target=draw(quoted),
        unread=draw(unread),
    )


@st.composite
def relationship_issues(draw: st.DrawFn, id: str, name: str) -> RelationshipIssue:
    return RelationshipIssue(
        id=id,
        name=name,
        now=draw(maybe(st.floats(1, 7))),
        goal=draw(maybe(st.floats(1, 7))),
        we_offer=draw(maybe(names)),
        we_ask=draw(maybe(names)),
        owner=draw(maybe(names)),
        by=draw(maybe(days)),
        unread=draw(unread),
    )


@st.composite
def _issues(draw: st.DrawFn) -> tuple[Issue, ...]:
    called = draw(_one_of_each(names))
    ids = draw(_one_of_each(names, len(called), len(called)))
    return tuple(
        draw(agreement_issues(id, name) | relationship_issues(id, name))
        for id, name in zip(ids, called, strict=True)
    )


@st.composite
def _steps(draw: st.DrawFn, issues: Sequence[Issue]) -> dict[str, Any]:
    """An issue that is there and two of its options, each perhaps left out."""
    issue = draw(st.sampled_from([None, *issues]))
    options = issue.options if isinstance(issue, AgreementIssue) else ()
    quoted = st.sampled_from([None, *(option.name for option in options)])
    return {
        "issue": issue.id if issue else None,
        "start": draw(quoted),
        "end": draw(quoted),
        "unread": draw(unread),
    }


@st.composite
def _moves(draw: st.DrawFn, issues: Sequence[Issue]) -> Move:
    return Move(
        round=draw(maybe(st.integers(0, 99).map(float))),
        by=draw(maybe(sides)),
        why=draw(maybe(names | st.just("relationship"))),
        in_return_for=draw(maybe(names)),
        **draw(_steps(issues)),
    )


@st.composite
def _offers(draw: st.DrawFn, issues: Sequence[Issue]) -> Offer:
    terms = {
        issue.id or "": draw(st.sampled_from([o.name or "" for o in issue.options]))
        for issue in issues
        if isinstance(issue, AgreementIssue) and issue.options and draw(st.booleans())
    }
    return Offer(
        by=draw(maybe(sides)),
        date=draw(maybe(days)),
        terms=terms,
        unread=draw(unread),
    )


_alternatives = st.lists(
    st.builds(
        Alternative,
        name=maybe(names),
        value=maybe(amounts),
        chance=maybe(shares),
        basis=maybe(bases),
        unread=unread,
    ),
    max_size=2,
).map(tuple)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan as `read_plan` gives it: every part, any answer given or not."""
    issues = draw(_issues())
    return Plan(
        title=draw(maybe(names)),
        currency=draw(maybe(st.sampled_from(["EUR", "USD", "CHF", "points"]))),
        us=draw(parties),
        them=draw(parties),
        future=draw(futures),
        signals=draw(st.dictionaries(names, st.booleans(), max_size=2)),
        issues=issues,
        money=Money(worth=draw(maybe(amounts)), **draw(_steps(issues))),
        alternatives=Alternatives(us=draw(_alternatives), them=draw(_alternatives)),
        moves=tuple(draw(st.lists(_moves(issues), max_size=2))),
        offers=tuple(draw(st.lists(_offers(issues), max_size=2))),
        unread=draw(unread),
    )


documents = plans().map(write_plan)

# Drafts: documents with answers that nobody can read


def places(kind: Kind, at: str = "") -> list[str]:
    """The addresses of a kind's answers, in lists those of the first three."""
    if isinstance(kind, Record):
        below = [p for f in kind.fields for p in places(f.kind, under(at, f.key))]
    elif isinstance(kind, Tagged):
        inner = {p for r in kind.records.values() for p in places(r, at)}
        below = [under(at, kind.key), *sorted(inner - {at})]
    elif isinstance(kind, Listing):
        below = [p for i in range(3) for p in places(kind.item, under(at, i))]
    elif isinstance(kind, Mapped):
        below = [under(at, "price"), under(at, "a/b ~c")]
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


@st.composite
def drafts(draw: st.DrawFn) -> dict[str, Any]:
    """A document as somebody typed it, with some answers that cannot be right."""
    document: dict[str, Any] = draw(st.just(example("renewal")) | documents)
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.sampled_from(PLACES))
        document = replaced(document, at, draw(typed | json_values))
    return document


@st.composite
def lookalikes(draw: st.DrawFn) -> dict[str, Any]:
    """Any JSON object of the right format, many with keys that we know."""
    keys = st.sampled_from([field.key for field in PLAN.fields]) | st.text(max_size=4)
    return draw(st.dictionaries(keys, json_values)) | {"format": FORMAT}


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
    discount_rate=st.integers(0, 6).map(lambda n: n / 20),
    growth=maybe(st.sampled_from([-0.1, 0.0, 0.05])),
    years=maybe(st.integers(0, 10).map(float)),
    us=_stake(_singles | _ranges),
    them=_stake(maybe(_singles | _ranges)),
).filter(bounded)

# Addresses

keys = st.text(st.sampled_from("ab/~01é "), max_size=4)
addresses = st.lists(keys, max_size=4).map(lambda path: under("", *path))
