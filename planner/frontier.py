"""The efficient deals: none other is better for one side and no worse for the other."""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Deal", "frontier"]

TOLERANCE = 1e-12  # points; sums of part-worths differ by rounding only


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal: what it is worth to each side, and the option chosen on each issue."""

    us: float
    them: float
    choice: tuple[int, ...]


# A partial deal while folding: us, them, the option just chosen, the deal before it.
type _Partial = tuple[float, float, int, _Partial | None]


def frontier(issues: Sequence[Sequence[tuple[float, float]]]) -> list[Deal]:
    """The efficient deals of additive scores, best for us first.

    ``issues`` holds each issue's options as ``(us, them)`` pairs. Exact without
    enumeration: issues are folded in one by one and dominated partial sums are
    dropped, which is sound because a dominated part stays dominated whatever is
    added to it (ORACLES B.10). Of deals that are equal to both sides within
    1e-12, one is kept. No issues, or an issue without options, give no deals.
    """
    if not issues or not all(issues):
        return []
    partials: list[_Partial] = [(0.0, 0.0, -1, None)]
    for options in issues:
        partials = _efficient(
            [
                (before[0] + us, before[1] + them, i, before)
                for before in partials
                for i, (us, them) in enumerate(options)
            ]
        )
    return [Deal(p[0], p[1], _choice(p)) for p in partials]


def _efficient(candidates: list[_Partial]) -> list[_Partial]:
    """Sort by our value, best first, and keep each that gives them more.

    One that is worse for us by rounding only replaces those it beats for them.
    """
    candidates.sort(key=lambda p: (-p[0], -p[1]))
    kept: list[_Partial] = []
    for candidate in candidates:
        if kept and candidate[1] <= kept[-1][1] + TOLERANCE:
            continue
        while kept and candidate[0] >= kept[-1][0] - TOLERANCE:
            kept.pop()
        kept.append(candidate)
    return kept


def _choice(partial: _Partial) -> tuple[int, ...]:
    chosen = []
    step: _Partial | None = partial
    while step is not None and step[3] is not None:
        chosen.append(step[2])
        step = step[3]
    return tuple(reversed(chosen))
