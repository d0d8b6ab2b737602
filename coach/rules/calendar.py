"""Days and dates: when a plan starts, which days it uses, and how long is left."""

from datetime import date, time, timedelta
from typing import TypeVar

from coach.rules import date_words, times, wording
from coach.values import FoundDate, GoalUnderstanding
from coach.weekdays import EVEN

_T = TypeVar("_T")
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
_MONTH = timedelta(days=31)
WORKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
WEEKNIGHTS = (0, 1, 2, 3, 6)
_WORKDAYS_EVEN = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: WORKDAYS}
_LATE_START = time(9, 0)


def due(found: FoundDate) -> date:
    """Return the day that a date means for planning: "by March" its first, "in March" its last."""
    if found.other:
        return min(found.first, found.other)  # two readings: the earlier one is safe to plan for
    long = (found.last - found.first).days > _MONTH.days  # a year, a quarter: until its end
    return found.last if long or date_words.starts_with("inside", found.text) else found.first


def ends_a_span(found: FoundDate) -> bool:
    """Tell whether a date ends what begins now: "for a month", "until Easter"."""
    return date_words.starts_with("lasting", found.text)


def deadline(u: GoalUnderstanding, today: date) -> date | None:
    """Return the day everything has to be ready, when one was named and still lies ahead."""
    on = due(u.deadline) if u.deadline else None
    if u.deadline and _is_before(u, u.deadline):
        on = u.deadline.first
    if on and u.deadline and on <= today < u.deadline.last:
        on = u.deadline.last  # "in November", said in November
    return on if on and on > today else None


def is_bound(u: GoalUnderstanding) -> bool:
    """Tell whether the date is one to be ready by, and not the day itself."""
    if u.deadline is None:
        return False
    bound = wording.patterns(u.language).cut["bound"].match(u.deadline.text)
    return bound is not None or _is_before(u, u.deadline)


def _is_before(u: GoalUnderstanding, found: FoundDate) -> bool:
    """Tell whether everything has to be ready earlier: "before I start applying in January"."""
    said, _, _ = u.text.partition(found.text)
    return date_words.is_before(said)


def first_day(u: GoalUnderstanding, today: date) -> date:
    """Return the first day of the plan: tomorrow, or later when the person moved it."""
    return max(u.start or today, today + DAY)


def weeks_between(start: date, end: date) -> int:
    """Count whole weeks."""
    return max(0, (end - start).days // 7)


def months_between(start: date, end: date) -> int:
    """Count whole months, as paydays are counted; never none."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(1, months - (end.day < start.day))


def days_for(u: GoalUnderstanding, per_week: float) -> tuple[int, ...]:
    """Return the weekdays of *per_week* sessions: the person's own, else evenly spread."""
    count = max(1, min(7, round(per_week)))
    if u.days:
        return some_of(tuple(sorted(u.days)), count)
    if u.free_days:
        return besides(u.free_days, count)
    if u.cue and times.is_of_work(u.cue) and count in _WORKDAYS_EVEN:
        return _WORKDAYS_EVEN[count]
    return EVEN[count]


def besides(free: tuple[int, ...], count: int) -> tuple[int, ...]:
    """Choose *count* weekdays, evenly spread, none of them one that is kept free."""
    shifted = (tuple(sorted((day + step) % 7 for day in EVEN[count])) for step in range(7))
    fitting = (days for days in shifted if not set(days) & set(free))
    left = tuple(day for day in range(7) if day not in free)
    return next(fitting, None) or some_of(left, count) or EVEN[count]


def some_of(days: tuple[_T, ...], count: int) -> tuple[_T, ...]:
    """Choose *count* of the days, spread as evenly as they allow."""
    if count >= len(days):
        return days
    return tuple(days[i * len(days) // count] for i in range(count))


def dates(start: date, days: tuple[int, ...], until: date | None = None) -> list[date]:
    """List the dates of one week from *start* that fall on *days*, none after *until*."""
    week = (start + timedelta(days=n) for n in range(7))
    return [on for on in week if on.weekday() in days and (until is None or on <= until)]


def time_on(on: date, at: time | None, cue: str | None) -> time | None:
    """Return the time of a session; "before work" can sleep in at weekends."""
    tied_to_work = cue is not None and times.is_of_work(cue)
    if at and tied_to_work and on.weekday() in WEEKEND and at < _LATE_START:
        return _LATE_START
    return at
