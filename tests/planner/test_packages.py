"""What to trade, which packages to offer at once, and what to concede next."""

from collections.abc import Mapping, Sequence
from itertools import product
from math import isfinite
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analyses.doubts import WEIGHT, doubt
from planner.analyses.packages import (
    BAND,
    Concession,
    EqualPackages,
    Package,
    concession_plan,
    equal_packages,
    packed,
    trades,
    within,
)
from planner.analyses.scoring import Score, scores
from planner.plan.values import AgreementIssue, Basis, Option, Plan, Points
from tests import strategies
from tests.planner.changes import analysed

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


# ORACLES C.3 [X]: Itex (here: us) and Cypress, part-worths in points of 100.
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


class TestTrades:
    """Give where it matters more to them, gain where it matters more to us."""

    def test_itex_gives_on_the_price_and_gains_on_the_rest(self) -> None:
        """ORACLES B.9 (ii) [X], and in the order of the published ratios."""
        found = trades(ITEX)

        assert [t.give.issue.name for t in found] == ["price"] * 3
        assert [t.gain.issue.name for t in found] == ["delivery", "payment", "returns"]
        ratios = {s.issue.name: s.swing_us / s.swing_them for s in ITEX}
        assert {k: round(v, 2) for k, v in ratios.items()} == {
            "price": 0.61,
            "delivery": 1.55,
            "payment": 1.40,
            "returns": 1.23,
        }
        assert found[0].ratio == pytest.approx(ratios["delivery"] / ratios["price"])

    def test_price_to_cypress_and_the_rest_to_itex_is_the_nash_package(self) -> None:
        """ORACLES B.9 (ii) and C.3 [X]: product .4837, of rounded part-worths."""
        every = within(ITEX, 0, 100)

        assert every is not None
        best = max(every, key=lambda package: package.us * package.them)
        assert _names(best) == ITEX_NASH
        assert best.us * best.them / 10_000 == pytest.approx(0.4837, abs=1e-4)

    @pytest.mark.property
    @given(scored())
    def test_at_suitable_fractions_each_is_better_for_both(
        self, issues: tuple[Score, ...]
    ) -> None:
        for trade in trades(issues):
            loss, theirs = _between(trade.give)
            ours, cost = _between(trade.gain)
            # Give all and gain as much as leaves them even, or the other way round.
            given = min(1.0, cost / theirs)
            gained = min(1.0, given * theirs / cost)
            assert trade.ratio > 1
            assert gained * ours - given * loss > 0
            assert given * theirs - gained * cost >= -ROUNDING

    @pytest.mark.property
    @given(scored())
    def test_they_come_best_first(self, issues: tuple[Score, ...]) -> None:
        ratios = [trade.ratio for trade in trades(issues)]

        assert ratios == sorted(ratios, reverse=True)

    def test_what_both_want_the_same_is_no_trade(self) -> None:
        same = [
            _score(n, {"a": (0, 0), "b": (w, 40)}) for n, w in (("x", 9), ("y", 90))
        ]

        assert trades(same) == ()

    def test_an_issue_that_hardly_matters_to_anyone_is_no_trade(self) -> None:
        tiny = _score("tiny", {"a": (5e-324, 0), "b": (0, 5e-324)})

        assert trades([*ITEX, tiny]) == trades(ITEX)

    def test_nothing_is_traded_beyond_our_limit(self, worked: dict[str, Any]) -> None:
        """Under a limit that only our best option meets there is nothing to give."""
        before = analysed(worked).scores.counted
        after = analysed(worked, {"/issues/4/limit": "3 months"}).scores.counted

        assert "ending" in {t.give.issue.id for t in trades(before)}
        assert "ending" not in {t.give.issue.id for t in trades(after)}


def _between(score: Score) -> tuple[float, float]:
    """What lies between our best allowed option and theirs, to us and to them."""
    ours = max(score.allowed, key=lambda i: (score.us[i], score.them[i]))
    theirs = max(score.allowed, key=lambda i: (score.them[i], score.us[i]))
    return score.us[ours] - score.us[theirs], score.them[theirs] - score.them[ours]


@pytest.mark.property
class TestEqualPackages:
    """Equal to us, and each the best for them if they see things so."""

    @given(scored(), st.floats(0, 100))
    def test_all_are_equal_to_us_within_the_band(
        self, issues: tuple[Score, ...], target: float
    ) -> None:
        for package in equal_packages(issues, target).packages:
            assert abs(package.us - target) <= BAND + ROUNDING

    @given(scored(), st.floats(0, 100))
    def test_none_breaks_a_limit(
        self, issues: tuple[Score, ...], target: float
    ) -> None:
        for package in equal_packages(issues, target).packages:
            for score, option in package.terms:
                assert score.issue.options.index(option) in score.allowed

    @given(scored(), st.floats(0, 100))
    def test_the_first_is_the_best_for_them_by_the_plan(
        self, issues: tuple[Score, ...], target: float
    ) -> None:
        offered = equal_packages(issues, target)
        every = within(issues, target - BAND, target + BAND)

        assert every is not None
        assert bool(every) == bool(offered.packages)
        assert all(p.them <= offered.packages[0].them + ROUNDING for p in every)

    @given(scored(strategies.whole_points), st.integers(0, 20).map(lambda n: n * 5.0))
    def test_none_is_beaten_for_them_whatever_their_weights(
        self, issues: tuple[Score, ...], target: float
    ) -> None:
        """Otherwise it would be padding: for every other, some weights prefer it."""
        every = within(issues, target - BAND, target + BAND) or []

        for package in equal_packages(issues, target).packages:
            for other in every:
                worth = [_gain(package, other, s) for s in issues]
                assert sum(worth) >= -ROUNDING

    @given(scored(), st.floats(0, 100))
    def test_no_two_are_the_same_to_them(
        self, issues: tuple[Score, ...], target: float
    ) -> None:
        found = equal_packages(issues, target).packages

        assert len({_names(package) for package in found}) == len(found) <= 3

    @given(scored(), st.floats(0, 100), st.integers(0, 3))
    def test_a_small_budget_gives_less_and_says_so(
        self, issues: tuple[Score, ...], target: float, budget: int
    ) -> None:
        found = equal_packages(issues, target, budget=budget)

        if within(issues, target - BAND, target + BAND, budget) is None:
            assert not found.complete
        for package in found.packages:
            assert abs(package.us - target) <= BAND + ROUNDING

    @given(scored(strategies.whole_points), st.integers(0, 20).map(lambda n: n * 5.0))
    def test_what_a_choice_tells_holds_for_all_weights_that_lead_to_it(
        self, issues: tuple[Score, ...], target: float
    ) -> None:
        offered = equal_packages(issues[:3], target)

        for weights in _plausible(issues[:3]):
            worths = [_worth_to_them(p, weights) for p in offered.packages]
            for tell in offered.tells:
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


def _offered(off: float) -> EqualPackages:
    return equal_packages(ITEX, 72, doubts=_at(off))


class TestItex:
    """ORACLES B.12 [X]: Itex with a target of .72, give or take .02."""

    def test_the_whole_band_is_five_packages(self) -> None:
        found = within(ITEX, 70, 74)

        assert found is not None
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
        offered = _offered(off)

        assert offered.complete
        assert _names(offered.packages[0]) == ITEX_NASH
        assert len(offered.packages) == number

    def test_what_is_never_best_for_them_is_padding(self) -> None:
        """$4.12, 60 days loses to the first on delivery and on price."""
        for off in (0.5, 0.75, 1.0):
            names = {_names(p) for p in _offered(off).packages}
            assert ("4.12", "60 days", "30 days", "5%") not in names

    def test_a_choice_tells_what_to_trade_next(self) -> None:
        tell = _offered(0.75).tells[-1]

        assert _names(tell.pick) == ("4.37", "45 days", "30 days", "full")
        assert (tell.issue.issue.name, tell.than.issue.name) == ("returns", "price")
        # Full returns are worth 14.99 to them, as they stand, and the price 45.82:
        # picked at all, returns count for at least 45.82/14.99 of what we believed.
        assert tell.ratio == pytest.approx(45.82 / 14.99 * tell.believed)
        assert tell.trade is not None
        assert tell.trade.give is tell.issue

    def test_what_we_were_told_a_choice_cannot_tell(self) -> None:
        assert _offered(0).tells == ()


class TestBounds:
    def test_a_target_that_no_package_meets_has_none(self) -> None:
        found = equal_packages(ITEX, 200)

        assert (found.packages, found.tells, found.complete) == ((), (), True)

    @pytest.mark.parametrize("target", [-1e308, 1e308, 0.0])
    def test_a_target_out_of_reach_is_defined(self, target: float) -> None:
        assert equal_packages(ITEX, target).packages == ()

    def test_without_issues_there_is_nothing_to_offer(self) -> None:
        assert equal_packages((), 50).packages == ()
        assert within((), 0, 100) == []
        assert trades(()) == ()
        assert concession_plan(()) == ()

    @pytest.mark.parametrize("target", [50.0, 70.0, 90.0])
    def test_thirty_issues_are_searched_and_it_says_so(self, target: float) -> None:
        """About 10^23 packages."""
        found = equal_packages(_many(30, 6), target)

        assert not found.complete
        assert len(found.packages) == 3
        for package in found.packages:
            assert abs(package.us - target) <= BAND + ROUNDING
            assert package.us + package.them > 100  # better than splitting

    def test_one_option_everywhere_is_one_package(self) -> None:
        only = [_score(name, {"so": (0.0, 0.0)}) for name in "ab"]

        assert len(equal_packages(only, 0).packages) == 1
        assert concession_plan(only) == ()


def _many(issues: int, options: int) -> tuple[Score, ...]:
    """A deal too large to list, of issues that matter to the two sides differently."""
    rungs = range(options)
    return scores(
        Plan(
            issues=tuple(
                AgreementIssue(
                    id=f"i{i}",
                    name=f"Issue {i}",
                    basis="observed",
                    weight=Points(us=1 + i % 7, them=1 + i % 5),
                    options=tuple(
                        Option(name=f"o{o}", us=20 * o, them=100 - 4 * o * o)
                        for o in rungs
                    ),
                )
                for i in range(issues)
            )
        )
    ).counted


# ORACLES B.9 [VX], Adjusted Winner: Carol and Bob, points of 100.
DIVORCE = tuple(
    _score(name, {"hers": (carol, 0), "his": (0, bob)})
    for name, carol, bob in (
        ("retirement", 50, 40),
        ("home", 20, 30),
        ("investments", 15, 10),
        ("first other", 10, 10),
        ("second other", 5, 10),
    )
)


class TestConcessionPlan:
    """The next step on each issue, in the order that costs us least for its use."""

    def test_conceding_in_its_order_until_equal_is_adjusted_winner(self) -> None:
        """ORACLES B.9: Bob gets one sixth of the retirement; both 56.6667."""
        hers, his, split = 100.0, 0.0, ("", 0.0)
        for step in concession_plan(DIVORCE):
            share = min(1.0, (hers - his) / (step.give.them - step.give.us))
            hers += share * step.give.us
            his += share * step.give.them
            split = (step.give.score.issue.name or "", share)
            if share < 1:
                break

        assert split[0] == "retirement"
        assert split[1] == pytest.approx(1 / 6)
        assert (hers, his) == pytest.approx((56.6667, 56.6667), abs=5e-5)

    def test_itex_concedes_on_the_price_first(self) -> None:
        """ORACLES B.9 (ii)."""
        first = concession_plan(ITEX)[0]

        assert first.give.score.issue.name == "price"
        assert first.ask is not None
        assert first.ask.score.issue.name != "price"

    def test_the_worked_plan_starts_from_what_was_last_offered(
        self, worked: dict[str, Any]
    ) -> None:
        plan = _of_offers(worked)

        first = plan[0]
        assert first.give.score.issue.name == "Notice to end the contract"
        assert (first.give.start.name, first.give.end.name) == ("3 months", "6 months")
        assert (first.give.us, first.give.them) == pytest.approx((-3.2, 11.4))
        assert first.leaves == pytest.approx(96.8)
        assert first.ask is not None
        assert first.ask.us >= 3.2

    def test_a_step_beyond_what_we_aim_for_says_so(
        self, worked: dict[str, Any]
    ) -> None:
        beyond = {c.give.score.issue.id: c.past_target for c in _of_offers(worked)}

        assert beyond["price"] is False
        assert beyond["service"] is True

    def test_without_a_target_it_does_not_say(self, worked: dict[str, Any]) -> None:
        plan = _of_offers(worked, {"/issues/0/target": None})

        assert {c.past_target for c in plan if c.give.score.issue.id == "price"} == {
            None
        }

    def test_no_step_leaves_us_under_the_walk_away(
        self, worked: dict[str, Any]
    ) -> None:
        counted = analysed(worked).scores.counted
        plan = concession_plan(counted, floor=90)

        assert plan != ()
        assert all(step.leaves >= 90 for step in plan)
        assert concession_plan(counted, floor=100) == ()

    def test_what_both_sides_settled_alike_is_not_conceded(self) -> None:
        """Both stand at 60 days: whoever asks for a price does not get 90 with it."""
        opposed = {"ours": (10, 0), "half": (5, 5), "theirs": (0, 10)}
        days = {"30": (10, 0), "60": (5, 20), "90": (0, 40)}
        issues = [_score(n, opposed) for n in ("price", "term")] + [_score("pay", days)]

        plan = concession_plan(
            issues,
            ours={"price": "ours", "term": "ours", "pay": "60"},
            theirs={"price": "theirs", "term": "theirs", "pay": "60"},
        )

        assert {step.give.score.issue.id for step in plan} == {"price", "term"}

    @pytest.mark.parametrize("at", ["3 months", "6 months"])
    def test_what_they_no_longer_ask_for_is_not_conceded(
        self, worked: dict[str, Any], at: str
    ) -> None:
        """Whether they met us on the notice, or ask for less than we hold out."""
        changes = {"/offers/0/terms/ending": at, "/offers/1/terms/ending": "3 months"}
        plan = _of_offers(worked, changes)

        assert "ending" not in {step.give.score.issue.id for step in plan}

    def test_a_step_ends_at_the_latest_where_they_stand(self) -> None:
        """The whole way would be the cheapest for its use; they ask for half of it."""
        days = {"30": (10, 0), "60": (5, 20), "90": (4, 90)}

        (step,) = concession_plan(
            [_score("pay", days)], ours={"pay": "30"}, theirs={"pay": "60"}
        )

        assert step.give.end.name == "60"

    def test_what_they_were_asked_to_move_to_is_not_passed_later(
        self, worked: dict[str, Any]
    ) -> None:
        """They are asked for €109, where we stand, so no step goes to €112."""
        plan = _of_offers(worked, {"/offers/0/terms/price": "€109"})

        asked = [step.ask.end.name for step in plan if step.ask]
        assert "€109" in asked
        assert "price" not in {step.give.score.issue.id for step in plan}

    @pytest.mark.property
    @given(scored(), st.data())
    def test_no_step_gives_them_more_than_where_they_stand(
        self, issues: tuple[Score, ...], data: st.DataObject
    ) -> None:
        ours, theirs = (
            {
                score.issue.id or "": data.draw(
                    st.sampled_from([o.name or "" for o in score.issue.options])
                )
                for score in issues
            }
            for _ in range(2)
        )

        for step in concession_plan(issues, ours=ours, theirs=theirs):
            score, names = (
                step.give.score,
                [o.name for o in step.give.score.issue.options],
            )
            stands = names.index(theirs[score.issue.id or ""])
            assert score.them[names.index(step.give.end.name)] <= (
                score.them[stands] + ROUNDING
            )

    @pytest.mark.property
    @given(scored())
    def test_no_step_breaks_a_limit_and_each_gives_them_something(
        self, issues: tuple[Score, ...]
    ) -> None:
        for step in concession_plan(issues):
            options = step.give.score.issue.options
            assert options.index(step.give.end) in step.give.score.allowed
            assert step.give.them > 0

    @pytest.mark.property
    @given(scored())
    def test_a_step_costs_no_more_for_its_use_than_the_next(
        self, issues: tuple[Score, ...]
    ) -> None:
        prices = [-c.give.us / c.give.them for c in concession_plan(issues)]

        assert prices == sorted(prices)

    @pytest.mark.property
    @given(scored())
    def test_what_is_asked_is_worth_more_to_us_in_exchange(
        self, issues: tuple[Score, ...]
    ) -> None:
        for step in concession_plan(issues):
            if step.ask is not None:
                assert step.ask.score.at != step.give.score.at
                assert step.ask.us > 0
                gained, given = (
                    step.ask.us * step.give.them,
                    step.give.us * step.ask.them,
                )
                assert gained > given

    @pytest.mark.property
    @given(scored())
    def test_no_step_of_theirs_is_asked_for_twice(
        self, issues: tuple[Score, ...]
    ) -> None:
        asks = [step.ask for step in concession_plan(issues) if step.ask is not None]
        asked = [(ask.score.at, ask.score.issue.options.index(ask.end)) for ask in asks]

        assert len(asked) == len(set(asked))

    @pytest.mark.property
    @given(scored(), st.floats(0, 100))
    def test_every_number_is_finite(
        self, issues: tuple[Score, ...], target: float
    ) -> None:
        offered = equal_packages(issues, target)
        numbers = [t.ratio for t in trades(issues)]
        numbers += [n for t in offered.tells for n in (t.ratio, t.believed)]
        numbers += [n for p in offered.packages for n in (p.us, p.them)]
        for step in concession_plan(issues):
            numbers += [step.leaves, step.give.us, step.give.them]

        assert all(map(isfinite, numbers))


def _of_offers(
    worked: dict[str, Any], changes: Mapping[str, Any] = {}
) -> tuple[Concession, ...]:
    analysis = analysed(worked, changes)
    ours, theirs = analysis.plan.offers
    return concession_plan(
        analysis.scores.counted, ours=ours.terms, theirs=theirs.terms
    )


def test_a_package_is_worth_the_sum_of_its_options() -> None:
    package = packed([(score, 0) for score in ITEX])

    assert package.us == pytest.approx(28.81 + 0.96 + 9.69 + 0.93)
    assert _names(package) == ("4.37", "60 days", "on delivery", "full")
