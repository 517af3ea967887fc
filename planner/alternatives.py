"""Without a deal: what each side's alternatives are worth."""

from collections.abc import Sequence

from planner.plan import Alternative

__all__ = ["reservation_value"]


def reservation_value(alternatives: Sequence[Alternative]) -> float | None:
    """The value of walking away, in money: Σ chance × value.

    None while there is no alternative, or one whose value or chance is not
    given. See [RaiffaBook1982].
    """
    parts = [
        None if a.value is None or a.chance is None else a.chance * a.value
        for a in alternatives
    ]
    known = [part for part in parts if part is not None]
    return sum(known) if parts and len(known) == len(parts) else None
