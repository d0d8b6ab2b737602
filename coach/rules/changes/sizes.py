"""More or less of it: "double it", "half as much", "shorter", "longer"."""

from dataclasses import replace
from datetime import date
from typing import Any

from coach.rules import amounts, defaults, lexicon, reshaping
from coach.rules.changes import asked
from coach.values import GoalType, GoalUnderstanding, Quantity

_LONGER = 1.25


def changed(u: GoalUnderstanding, words: str, today: date) -> tuple[GoalUnderstanding, str]:
    """Return *u* in the size that *words* ask for, and the words that ask for something else."""
    rows: list[dict[str, Any]] = asked.table(u.language)["scale"]
    for row in rows:
        if found := lexicon.either(row["said"]).search(words):
            return _times(u, row["factor"], today), asked.rest(words, found)
    for found in asked.finds("shorter", words, u.language):
        return reshaping.reshape(u, "shorter", today), asked.rest(words, found)
    for found in asked.finds("longer", words, u.language):
        return _times(u, _LONGER, today), asked.rest(words, found)
    return u, words


def _times(u: GoalUnderstanding, factor: float, today: date) -> GoalUnderstanding:
    """Scale what the goal is measured by: a session's amount, else the target."""
    if u.goal_type is GoalType.QUIT:
        end = u.target or u.baseline
        return replace(u, target=_scaled(end, factor)) if end else u
    if u.amount is None and u.target is not None and factor != _LONGER:
        return replace(u, target=_scaled(u.target, factor))
    wish = u.amount or defaults.settle(u, today).wish
    if wish is None or amounts.base(wish.unit) == defaults.CLOCK:
        return u
    return replace(u, amount=_scaled(wish, factor))


def _scaled(size: Quantity, factor: float) -> Quantity:
    more = amounts.rounded(size.value * factor, size.unit)
    if factor > 1 and more <= size.value:
        more = size.value + amounts.grain(size.value, size.unit)
    return Quantity(more, size.unit)
