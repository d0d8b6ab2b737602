"""A week in numbers: how much of it was done, what is forgiven, what got in the way.

What illness, travel or a pause took leaves the count; a spare day forgives one missed session;
nothing is concluded from a week of which more than half was not answered.
"""

from collections import Counter
from dataclasses import dataclass

from coach.rules import reasons
from coach.weeks import Day, DayState, KeptWeek

_PARTLY_COUNTS = 0.5
_SPARE_FROM = 4  # sessions a week; below that, one missed session in two weeks is forgiven
_ANSWERED_ENOUGH = 0.5
_MISSED = (DayState.MISSED, DayState.UNANSWERED)


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one week. *share* is None where there is nothing to conclude from."""

    planned: int = 0
    done: int = 0  # small ones included
    small: int = 0
    partly: int = 0
    spare: int = 0
    excused: int = 0
    share: float | None = None

    @property
    def said(self) -> int:
        """How many are said to be done, here as everywhere: small and partly ones included."""
        return self.done + self.partly


def of(weeks: tuple[KeptWeek, ...]) -> Tally:
    """Count the last of *weeks*."""
    week = weeks[-1]
    due = [day for day in week.days if day.state is not DayState.NOT_DUE]
    counted = [day for day in due if not excused(day, week)]
    states = Counter(day.state for day in counted)
    missed = sum(states[state] for state in _MISSED)
    spare = min(missed, _forgivable(weeks, len(counted)))
    kept = states[DayState.DONE] + states[DayState.SMALL]
    return Tally(
        planned=len(counted),
        done=kept,
        small=states[DayState.SMALL],
        partly=states[DayState.PARTLY],
        spare=spare,
        excused=len(due) - len(counted),
        share=_share(kept + _PARTLY_COUNTS * states[DayState.PARTLY], counted, spare),
    )


def excused(day: Day, week: KeptWeek) -> bool:
    """Tell whether a session counts neither way."""
    if day.state is DayState.SKIPPED:
        return True
    if day.state is DayState.UNANSWERED:
        return week.paused
    return day.state is DayState.MISSED and day.reason in reasons.EXCUSED


def rests(week: KeptWeek) -> bool:
    """Tell whether illness or a pause lay in the week: nothing is raised right after it."""
    return week.paused or any(day.reason == reasons.ILL for day in week.days)


def in_the_way(weeks: tuple[KeptWeek, ...]) -> list[tuple[str, int]]:
    """Count the reasons of the weeks, the most frequent first."""
    told = (day.reason for week in weeks for day in week.days if day.reason)
    return Counter(told).most_common()


def _forgivable(weeks: tuple[KeptWeek, ...], planned: int) -> int:
    """Return how many missed sessions the last week forgives."""
    week = weeks[-1]
    if planned >= _SPARE_FROM:
        return 1 if week.spare_days is None else week.spare_days
    return int(len(weeks) == 1 or of(weeks[:-1]).spare == 0)


def _share(kept: float, counted: list[Day], spare: int) -> float | None:
    silent = sum(day.state is DayState.UNANSWERED for day in counted)
    left = len(counted) - spare
    if not counted or silent > _ANSWERED_ENOUGH * len(counted) or left <= 0:
        return None
    return min(1.0, kept / left)
