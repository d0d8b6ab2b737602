"""How strong a habit is by now: one figure from 0 to 100 that forgets slowly.

`score = 100 · Σ wᵢ·vᵢ / Σ wᵢ` over the sessions somebody told of, the newest first, with
`wᵢ = 0.5^(i / HALF_LIFE)` and v = 1 for done and for small, ½ for partly, 0 for missed.
What was let go on purpose, not answered or not due does not count in it, so a pause or a
silence leaves the score as it is, and after some kept session no miss takes it to zero.

That an average over sessions should fade is the practice of habit trackers: Loop Habit
Tracker halves a day's weight in 13 days for a daily habit, in 8 or 9 sessions for three a
week. Ten lies between. The one finding behind it is that a single missed opportunity did not
measurably harm the forming of a habit (Lally et al. 2010, European Journal of Social
Psychology 40: 998-1009). It is a summary of what was told, not a measurement of habit.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from coach.samples import ENOUGH
from coach.weeks import Day, DayState

HALF_LIFE = 10
"""After so many newer sessions, one counts half as much."""

_WORTH = {DayState.DONE: 1.0, DayState.SMALL: 1.0, DayState.PARTLY: 0.5, DayState.MISSED: 0.0}


@dataclass(frozen=True, slots=True)
class Strength:
    """A score from 1 to 100, and the number of sessions it is made of."""

    score: int
    n: int


def of(days: Iterable[Day]) -> Strength | None:
    """Score the sessions of one goal; None with fewer than five told of, or where none was kept."""
    told = sorted((day for day in days if day.state in _WORTH), key=lambda day: day.on)
    weights = [0.5 ** (age / HALF_LIFE) for age in reversed(range(len(told)))]
    kept = sum(w * _WORTH[day.state] for w, day in zip(weights, told, strict=True))
    if len(told) < ENOUGH or not kept:
        return None
    return Strength(max(1, round(100 * kept / sum(weights))), len(told))
