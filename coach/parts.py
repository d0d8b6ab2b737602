"""How much of a session may have been done where it was done partly: amounts to tap."""

from dataclasses import dataclass
from datetime import date

from coach.catalogue import texts
from coach.lived import Lived
from coach.rules import amounts
from coach.values import GoalType, Quantity

_SHARES = (0.25, 0.5, 0.75)
_FACTORS = {("h", "min"): 60, ("min", "h"): 1 / 60, ("ml", "l"): 0.001, ("m", "km"): 0.001}


@dataclass(frozen=True, slots=True)
class Part:
    """An amount below a session's own, and how it is said in short."""

    amount: Quantity
    label: str


def of(life: Lived, on: date, place: int, language: str) -> tuple[Part, ...]:
    """List two or three amounts, smallest first; none where a session has no amount to divide."""
    sessions = life.due(on)
    whole = sessions[place].amount if place < len(sessions) else None
    if whole is None or life.understanding.goal_type is GoalType.QUIT:
        return ()
    if amounts.base(whole.unit) == "clock":
        return ()
    rounded = {amounts.rounded(whole.value * share, whole.unit) for share in _SHARES}
    below = sorted(value for value in rounded if value < whole.value)
    parts = (Quantity(value, whole.unit) for value in below)
    found = tuple(Part(one, said(one, language)) for one in parts)
    return found if len(found) > 1 else ()


def typed(life: Lived, on: date, place: int, amount: Quantity) -> Quantity | None:
    """Return an amount somebody typed, counted as the session is; None where it cannot be."""
    sessions = life.due(on)
    whole = sessions[place].amount if place < len(sessions) else None
    if whole is None or amount.value <= 0:
        return None
    units = amounts.base(amount.unit), amounts.base(whole.unit)
    if units[0] in ("", "count") or units[0] == units[1]:
        return Quantity(amount.value, whole.unit)
    factor = _FACTORS.get(units)
    return Quantity(round(amount.value * factor, 2), whole.unit) if factor else None


def said(amount: Quantity, language: str) -> str:
    """Say an amount in short: "10 min"."""
    return amounts.short(amount, texts(language))
