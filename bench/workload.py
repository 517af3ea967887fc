"""What is measured: issues in points, and plans, made from seeds."""

from random import Random
from typing import Any

from planner.edits.examples import example
from planner.plan.document import FORMAT

type Issues = list[list[tuple[float, float]]]

SEEDS = range(5)


def opposed(count: int, options: int, seed: int) -> Issues:
    """Issues as people have them: what is better for us is worse for them.

    Random weights that sum to 100; each side's options from its worst, 0, to its
    best, 1, the others anywhere between.
    """
    random = Random(seed)
    weights = zip(_weights(random, count), _weights(random, count), strict=True)
    return [
        [
            (us * ours, them * theirs)
            for ours, theirs in zip(
                _values(random, options), _values(random, options)[::-1], strict=True
            )
        ]
        for us, them in weights
    ]


def diminishing(count: int, options: int, seed: int) -> Issues:
    """The hardest: each further step is worth less, so every option has its use."""
    random = Random(seed)
    weights = zip(_weights(random, count), _weights(random, count), strict=True)
    issues = []
    for us, them in weights:
        ours, theirs = random.uniform(0.5, 1), random.uniform(0.5, 1)
        issues.append(
            [
                (us * value**ours, them * (1 - value) ** theirs)
                for value in _values(random, options)
            ]
        )
    return issues


def worked_plan() -> dict[str, Any]:
    """The plan that the handbook works through."""
    return example("renewal")


def large_plan(count: int = 30, options: int = 6, moves: int = 200) -> dict[str, Any]:
    """The worked plan with so many issues, each of so many options, and moves."""
    random = Random(0)
    names = [f"Option {n + 1}" for n in range(options)]
    issues = []
    for n in range(count):
        us, them = _typed(random, options), _typed(random, options)[::-1]
        issues.append(
            {
                "id": f"issue-{n}",
                "name": f"Issue {n + 1}",
                "kind": "agreement",
                "basis": random.choice(["told", "observed", "guessed"]),
                "weight": {"us": random.randint(1, 20), "them": random.randint(1, 20)},
                "options": [
                    {"name": name, "us": ours, "them": theirs}
                    for name, ours, theirs in zip(names, us, them, strict=True)
                ],
                "limit": None,
                "target": names[-1],
            }
        )
    offers = [
        {"by": by, "terms": {issue["id"]: name for issue in issues}}
        for by, name in (("us", names[-1]), ("them", names[0]))
    ]
    return worked_plan() | {
        "format": FORMAT,
        "title": f"{count} issues of {options} options",
        "issues": issues,
        "money": {
            "issue": "issue-0",
            "from": names[0],
            "to": names[-1],
            "worth": 48_000,
        },
        "moves": [_move(random, n, count, names) for n in range(moves)],
        "offers": offers,
    }


def _move(random: Random, n: int, count: int, names: list[str]) -> dict[str, Any]:
    by = "us" if n % 2 else "them"
    low, high = sorted(random.sample(range(len(names)), 2))
    start, end = (high, low) if by == "us" else (low, high)
    return {
        "round": n // 2 + 1,
        "by": by,
        "issue": f"issue-{random.randrange(count)}",
        "from": names[start],
        "to": names[end],
        "why": random.choice([None, "relationship", "To keep the date"]),
    }


def _weights(random: Random, count: int) -> list[float]:
    drawn = [random.random() for _ in range(count)]
    return [100 * weight / sum(drawn) for weight in drawn]


def _values(random: Random, options: int) -> list[float]:
    between = [random.random() for _ in range(options - 2)]
    return sorted([0.0, 1.0, *between])


def _typed(random: Random, options: int) -> list[int]:
    """Points as people type them, in steps of five."""
    return sorted([0, 100, *random.sample(range(5, 100, 5), options - 2)])
