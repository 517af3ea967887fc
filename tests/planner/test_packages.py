"""Which packages to offer at once, and what a choice among them tells."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analyses.doubts import WEIGHT, doubt
from planner.analyses.packages import BAND, Package, Tell, equal_packages, packed
from planner.analyses.scoring import Score, scores
from planner.plan.values import AgreementIssue, Basis, Option, Plan, Points
from tests import strategies

ROUNDING = 1e-6


@st.composite
def scored(
    draw: st.DrawFn, values: st.SearchStrategy[float] = strategies.points
) -> tuple[Score, ...]:
    """Issues in points, known in different ways, some with a limit."""
    plan = Plan(
        issues=tuple(
            AgreementIssue(
                id=f"i{i}",
                name=f"Issue {i}",
                basis=draw(strategies.maybe(strategies.bases)),
                weight=Points(us=draw(st.floats(1, 100)), them=draw(st.floats(1, 100))),
                options=tuple(
                    Option(name=f"o{o}", us=us, them=them)
                    for o, (us, them) in enumerate(options)
                ),
                limit=draw(st.sampled_from(["o0", None])),
                target=draw(st.sampled_from(["o0", None])),
            )
            for i, options in enumerate(draw(strategies.additive_issues(values)))
        )
    )
    return scores(plan).counted


def _score(name: str, options: Mapping[str, tuple[float, float]]) -> Score:
    """An issue whose part-worths are given as they were published."""
    us, them = (tuple(worth[k] for worth in options.values()) for k in (0, 1))
    named = tuple(Option(name=o, us=us[i], them=them[i]) for i, o in enumerate(options))
    return Score(
        at=f"/issues/{name}",
        issue=AgreementIssue(id=name, name=name, options=named),
        us=us,
        them=them,
        allowed=tuple(range(len(us))),
    )


def _hundredfold(options: Mapping[str, tuple[float, float]]) -> Any:
    return {name: (100 * us, 100 * them) for name, (us, them) in options.items()}


# oracles.md#c3 [X]: Itex (here: us) and Cypress, part-worths in points of 100.
ITEX = (
    _score(
        "price",
        _hundredfold(
            {
                "4.37": (0.2881, 0.0118),
                "4.12": (0.1921, 0.1175),
                "3.98": (0.0960, 0.2938),
                "3.71": (0.0480, 0.3878),
                "3.47": (0.0096, 0.4700),
            }
        ),
    ),
    _score(
        "delivery",
        _hundredfold(
            {
                "60 days": (0.0096, 0.0049),
                "45 days": (0.1915, 0.0488),
                "30 days": (0.0958, 0.0928),
                "20 days": (0.0479, 0.1221),
            }
        ),
    ),
    _score(
        "payment",
        _hundredfold(
            {
                "on delivery": (0.0969, 0.1773),
                "30 days": (0.2421, 0.0709),
                "60 days": (0.0097, 0.0118),
            }
        ),
    ),
    _score(
        "returns",
        _hundredfold(
            {
                "full": (0.0093, 0.2306),
                "5%": (0.2782, 0.0807),
                "10%": (0.0464, 0.0115),
            }
        ),
    ),
)
ITEX_NASH = ("3.47", "45 days", "30 days", "5%")


def _names(package: Package) -> tuple[str | None, ...]:
    return tuple(option.name for _, option in package.terms)


def _worth_to_them(package: Package, weights: Mapping[str, float]) -> float:
    """What a package is worth to them if their weights are so many times ours."""
    return sum(
        weights[score.at] * score.them[score.issue.options.index(option)]
        for score, option in package.terms
    )


def _slices(least: float, most: float) -> list[float]:
    return [least + (most - least) * n / 4 for n in range(5)]


def _plausible(issues: Sequence[Score]) -> list[dict[str, float]]:
    """Weights on a grid over all that are plausible, for at most three issues."""
    shares = [
        _slices(1 - doubt(WEIGHT, s.issue.basis), 1 + doubt(WEIGHT, s.issue.basis))
        for s in issues
    ]
    places = [score.at for score in issues]
    return [dict(zip(places, chosen, strict=True)) for chosen in product(*shares)]


def _every(issues: Sequence[Score]) -> list[tuple[int, ...]]:
    """Every package within our limits, as option numbers."""
    return list(product(*(score.allowed for score in issues)))


def _band(issues: Sequence[Score], low: float, high: float) -> list[tuple[int, ...]]:
    """The packages that are worth so much to us."""
    worths = ((choice, _package(issues, choice).us) for choice in _every(issues))
    return [choice for choice, us in worths if low <= us <= high]


def _package(issues: Sequence[Score], choice: Sequence[int]) -> Package:
    return packed(list(zip(issues, choice, strict=True)))


targets = st.floats(0, 100)
whole_targets = st.integers(0, 20).map(lambda n: n * 5.0)


@pytest.mark.property
class TestEqualPackages:
    """Of those that are given, each is the best for them if they see things so."""

    @given(scored(), targets)
    def test_all_are_among_those_given(
        self, issues: tuple[Score, ...], target: float
    ) -> None:
        pool = _band(issues, target - BAND, target + BAND)
        found, _ = equal_packages(issues, pool)

        assert {_names(p) for p in found} <= {
            _names(_package(issues, choice)) for choice in pool
        }

    @given(scored(), targets)
    def test_the_first_is_the_best_for_them_by_the_plan(
        self, issues: tuple[Score, ...], target: float
    ) -> None:
        pool = _band(issues, target - BAND, target + BAND)
        found, _ = equal_packages(issues, pool)

        assert bool(pool) == bool(found)
        every = [_package(issues, choice) for choice in pool]
        assert all(p.them <= found[0].them + ROUNDING for p in every)

    @given(scored(strategies.whole_points), whole_targets)
    def test_none_is_beaten_for_them_whatever_their_weights(
        self, issues: tuple[Score, ...], target: float
    ) -> None:
        """Otherwise it would be padding: for every other, some weights prefer it."""
        pool = _band(issues, target - BAND, target + BAND)
        found, _ = equal_packages(issues, pool)

        for package in found:
            for choice in pool:
                other = _package(issues, choice)
                worth = [_gain(package, other, s) for s in issues]
                assert sum(worth) >= -ROUNDING

    @given(scored(), targets)
    def test_no_two_are_the_same_to_them(
        self, issues: tuple[Score, ...], target: float
    ) -> None:
        pool = _band(issues, target - BAND, target + BAND)
        found, _ = equal_packages(issues, pool)

        assert len({_names(package) for package in found}) == len(found) <= 3

    @given(scored(strategies.whole_points), whole_targets)
    def test_what_a_choice_tells_holds_for_all_weights_that_lead_to_it(
        self, issues: tuple[Score, ...], target: float
    ) -> None:
        pool = _band(issues[:3], target - BAND, target + BAND)
        found, tells = equal_packages(issues[:3], pool)

        for weights in _plausible(issues[:3]):
            worths = [_worth_to_them(p, weights) for p in found]
            for tell in tells:
                if _worth_to_them(tell.pick, weights) >= max(worths) - ROUNDING:
                    issue, than = (
                        weights[s.at] * s.swing_them for s in (tell.issue, tell.than)
                    )
                    assert issue >= tell.ratio * than * (1 - ROUNDING) - ROUNDING


def _gain(package: Package, other: Package, score: Score) -> float:
    """What a package can be better for them by on one issue, at most."""
    one, two = (
        next(s.them[s.issue.options.index(o)] for s, o in p.terms if s.at == score.at)
        for p in (package, other)
    )
    off = doubt(WEIGHT, score.issue.basis)
    return max((one - two) * (1 - off), (one - two) * (1 + off))


def _at(off: float) -> dict[Basis, float]:
    return {"told": off, "observed": off, "guessed": off}


def _offered(off: float) -> tuple[tuple[Package, ...], tuple[Tell, ...]]:
    return equal_packages(ITEX, _band(ITEX, 70, 74), doubts=_at(off))


class TestItex:
    """oracles.md#b12 [X]: Itex with a target of .72, give or take .02."""

    def test_price_to_cypress_and_the_rest_to_itex_is_the_nash_package(self) -> None:
        """oracles.md#b9 (ii), oracles.md#c3 [X]: .4837, of rounded part-worths."""
        every = [_package(ITEX, choice) for choice in _every(ITEX)]

        best = max(every, key=lambda package: package.us * package.them)
        assert _names(best) == ITEX_NASH
        assert best.us * best.them / 10_000 == pytest.approx(0.4837, abs=1e-4)

    def test_the_whole_band_is_five_packages(self) -> None:
        found = [_package(ITEX, choice) for choice in _band(ITEX, 70, 74)]

        worths = {_names(p): (round(p.us, 2), round(p.them, 2)) for p in found}
        assert worths == {
            ("3.47", "45 days", "30 days", "5%"): (72.14, 67.04),
            ("3.98", "30 days", "30 days", "5%"): (71.21, 53.82),
            ("4.37", "20 days", "on delivery", "5%"): (71.11, 39.19),
            ("4.37", "45 days", "30 days", "full"): (73.10, 36.21),
            ("4.12", "60 days", "30 days", "5%"): (72.20, 27.40),
        }

    @pytest.mark.parametrize(("off", "number"), [(0, 1), (0.5, 2), (0.75, 3)])
    def test_the_less_we_know_of_them_the_more_packages_are_worth_offering(
        self, off: float, number: int
    ) -> None:
        packages, _ = _offered(off)

        assert _names(packages[0]) == ITEX_NASH
        assert len(packages) == number

    def test_what_is_never_best_for_them_is_padding(self) -> None:
        """$4.12, 60 days loses to the first on delivery and on price."""
        for off in (0.5, 0.75, 1.0):
            names = {_names(p) for p in _offered(off)[0]}
            assert ("4.12", "60 days", "30 days", "5%") not in names

    def test_a_choice_tells_what_to_trade_next(self) -> None:
        tell = _offered(0.75)[1][-1]

        assert _names(tell.pick) == ("4.37", "45 days", "30 days", "full")
        assert (tell.issue.issue.name, tell.than.issue.name) == ("returns", "price")
        # Full returns are worth 14.99 to them, as they stand, and the price 45.82:
        # picked at all, returns count for at least 45.82/14.99 of what we believed.
        assert tell.ratio == pytest.approx(45.82 / 14.99 * tell.believed)
        assert tell.pays

    def test_what_we_were_told_a_choice_cannot_tell(self) -> None:
        assert _offered(0)[1] == ()


def test_where_there_is_nothing_to_choose_from_nothing_is_offered() -> None:
    assert equal_packages(ITEX, []) == ((), ())


def test_one_option_everywhere_is_one_package() -> None:
    only = [_score(name, {"so": (0.0, 0.0)}) for name in "ab"]

    assert len(equal_packages(only, [(0, 0)])[0]) == 1
