"""When something is due: a wall time in a time zone, on weekdays or on one day.

Every local date that is due has one occurrence, whatever clocks do on it. A time that they leap
over comes later by as much as they leap; one that they show twice is meant the first time. A date
that a zone leapt over as a whole falls on the day after it, and is one with it if both are due.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

# It keeps eight zones itself and reads files for others; people of the whole world come in turn.
_zone = cache(ZoneInfo)

SPREAD_S = 240
# Consecutive people get seconds far apart, and every 481 people each second once: of the numbers
# without a common factor with 481, this one is nearest to the golden section.
STRIDE = 297


def next_due(
    at: time, weekdays: frozenset[int], on: date | None, zone: str, after: datetime
) -> datetime | None:
    """Return the first occurrence strictly after a moment, in UTC; none if there is none.

    `on` is one single day instead of weekdays (0 is Monday).
    """
    # An occurrence may lie a day beyond its date (leapt over) or before it (clocks set back past
    # midnight since), so that a week is looked at with a day more on either side.
    days = _days(weekdays, on, after, zone, range(-1, 9))
    return next((due for _, due in _instants(days, at, zone) if due > after), None)


def last_due(
    at: time, weekdays: frozenset[int], on: date | None, zone: str, now: datetime
) -> tuple[date, datetime] | None:
    """Return the last occurrence up to and including now: its local date, and itself in UTC."""
    days = _days(weekdays, on, now, zone, range(1, -9, -1))
    return next(((day, due) for day, due in _instants(days, at, zone) if due <= now), None)


def instant(on: date, at: time, zone: str) -> datetime:
    """Return when a date's wall time is, in UTC."""
    return datetime.combine(on, at.replace(fold=0), _zone(zone)).astimezone(UTC)


def spread(person_id: int) -> timedelta:
    """Return by how much somebody's times are moved, so that not all are due in one second.

    Whole seconds within four minutes either way, always the same for one person. The local date of
    an occurrence is that of the time before it was moved.
    """
    return timedelta(seconds=person_id * STRIDE % (2 * SPREAD_S + 1) - SPREAD_S)


def _days(
    weekdays: frozenset[int], on: date | None, around: datetime, zone: str, offsets: range
) -> Iterator[date]:
    if on is not None:
        return iter([on])
    today = around.astimezone(_zone(zone)).date()
    near = (today + timedelta(days=days) for days in offsets)
    return (day for day in near if day.weekday() in weekdays)


def _instants(days: Iterator[date], at: time, zone: str) -> Iterator[tuple[date, datetime]]:
    return ((day, instant(day, at, zone)) for day in days)
