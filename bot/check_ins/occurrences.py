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


Occurrence = tuple[date, datetime]
"""A local date, and when it is due in UTC."""


def next_due(
    at: time, weekdays: frozenset[int], on: date | None, zone: str, after: datetime
) -> datetime | None:
    """Return the first occurrence strictly after a moment, in UTC; none if there is none.

    `on` is one single day instead of weekdays (0 is Monday).
    """
    return around(at, weekdays, on, zone, after)[1]


def last_due(
    at: time, weekdays: frozenset[int], on: date | None, zone: str, now: datetime
) -> Occurrence | None:
    """Return the last occurrence up to and including now."""
    return around(at, weekdays, on, zone, now)[0]


def around(
    at: time, weekdays: frozenset[int], on: date | None, zone: str, now: datetime
) -> tuple[Occurrence | None, datetime | None]:
    """Return the last occurrence up to and including now, and when the first one after it is."""
    if on is not None:
        due = instant(on, at, zone)
        return ((on, due), None) if due <= now else (None, due)
    # An occurrence may lie a day beyond its date (leapt over) or before it (clocks set back past
    # midnight since), so that a week is looked at with a day more on either side.
    today, later = now.astimezone(_zone(zone)).date(), None
    for day in _days(weekdays, today, range(1, -9, -1)):
        due = instant(day, at, zone)
        if due <= now:
            ahead = _days(weekdays, today, range(2, 9))
            return (day, due), later or next(instant(one, at, zone) for one in ahead)
        later = due
    return None, later


def instant(on: date, at: time, zone: str) -> datetime:
    """Return when a date's wall time is, in UTC."""
    return datetime.combine(on, at.replace(fold=0), _zone(zone)).astimezone(UTC)


def spread(person_id: int) -> timedelta:
    """Return by how much somebody's times are moved, so that not all are due in one second.

    Whole seconds within four minutes either way, always the same for one person. The local date of
    an occurrence is that of the time before it was moved.
    """
    return timedelta(seconds=person_id * STRIDE % (2 * SPREAD_S + 1) - SPREAD_S)


def _days(weekdays: frozenset[int], today: date, offsets: range) -> Iterator[date]:
    near = (today + timedelta(days=days) for days in offsets)
    return (day for day in near if day.weekday() in weekdays)
