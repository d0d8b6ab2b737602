from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.check_ins.occurrences import instant, last_due, next_due, spread

DAILY = frozenset(range(7))
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
ZONES = sorted(available_timezones())
MOMENTS = st.integers(10**5, 2 * 10**9).map(lambda second: datetime.fromtimestamp(second, UTC))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def changes(zone: str, start: datetime, end: datetime) -> Iterator[datetime]:
    """Find when a zone's clocks are set, as the first second that is told in the new way."""
    there, at = ZoneInfo(zone), start
    while at < end:
        then = at + timedelta(days=10)
        if at.astimezone(there).utcoffset() != then.astimezone(there).utcoffset():
            low, high = at, then
            while high - low > SECOND:
                middle = (low + (high - low) // 2).replace(microsecond=0)
                same = middle.astimezone(there).utcoffset() == low.astimezone(there).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield high
        at = then


def walk(at: time, zone: str, start: datetime, end: datetime) -> Iterator[tuple[date, datetime]]:
    due = next_due(at, DAILY, None, zone, start)
    while due is not None and due < end:
        found = last_due(at, DAILY, None, zone, due)
        assert found is not None
        assert found[1] == due
        yield found
        due = next_due(at, DAILY, None, zone, due)


def wall(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def test_every_date_is_due_once_around_every_change_of_every_zone() -> None:
    start, end = datetime(2024, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
    # Many zones set their clocks together: of those that tell the same, one will do.
    alike = {
        (change, wall(change - SECOND, zone) + SECOND, wall(change, zone)): zone
        for zone in ZONES
        for change in changes(zone, start, end)
    }
    assert len(alike) > 200
    for (change, before, after), zone in alike.items():
        for lag in (-30, 0, 30):
            at = (before + timedelta(minutes=lag)).time()
            due = list(walk(at, zone, change - 2 * DAY, change + 2 * DAY))
            days = [day for day, _ in due]
            assert days == [days[0] + count * DAY for count in range(len(due))], (zone, change)
            assert len(days) in {3, 4, 5}
            late = {wall(moment, zone) - datetime.combine(day, at) for day, moment in due}
            assert late <= {timedelta(0), after - before}, (zone, change)


@given(st.sampled_from(ZONES), TIMES, MOMENTS)
@settings(max_examples=150)
def test_a_date_has_one_moment_wherever_one_starts_to_look(
    zone: str, at: time, moment: datetime
) -> None:
    due = next_due(at, DAILY, None, zone, moment)
    assert due is not None
    assert moment < due <= moment + 2 * DAY
    earlier = last_due(at, DAILY, None, zone, moment)
    assert earlier is not None
    assert earlier[1] <= moment
    # From anywhere between two occurrences the next is the same, as after a clock was set back.
    assert next_due(at, DAILY, None, zone, earlier[1]) == due
    assert next_due(at, DAILY, None, zone, due - timedelta(microseconds=1)) == due


@given(st.sampled_from(ZONES), TIMES, MOMENTS, st.frozensets(st.integers(0, 6), min_size=1))
@settings(max_examples=150)
def test_next_and_last_are_what_a_list_of_all_dates_says(
    zone: str, at: time, moment: datetime, weekdays: frozenset[int]
) -> None:
    near = [moment.date() + days * DAY for days in range(-11, 12)]
    every = [(day, instant(day, at, zone)) for day in near if day.weekday() in weekdays]
    assert next_due(at, weekdays, None, zone, moment) == min(
        due for _, due in every if due > moment
    )
    assert last_due(at, weekdays, None, zone, moment) == max(
        ((day, due) for day, due in every if due <= moment), key=lambda one: (one[1], one[0])
    )


def test_who_flies_west_meets_the_same_date_again_and_who_flies_east_loses_none() -> None:
    asked = instant(date(2026, 11, 26), time(9), "Europe/Madrid")
    again, later = asked + timedelta(hours=6), asked + timedelta(hours=16)
    assert next_due(time(9), DAILY, None, "America/New_York", asked) == again
    assert last_due(time(9), DAILY, None, "America/New_York", again) == (date(2026, 11, 26), again)
    assert next_due(time(9), DAILY, None, "Asia/Tokyo", asked) == later
    assert last_due(time(9), DAILY, None, "Asia/Tokyo", later) == (date(2026, 11, 27), later)


@pytest.mark.parametrize(
    ("zone", "day", "at", "due"),
    [
        ("Europe/Madrid", date(2026, 3, 29), time(2, 30), "2026-03-29T01:30"),  # 03:30 there
        ("Europe/Madrid", date(2026, 10, 25), time(2, 30), "2026-10-25T00:30"),  # before the step
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:45"),  # 02:45
        ("Africa/Cairo", date(2026, 4, 24), time(0, 0), "2026-04-23T22:00"),  # 01:00
        ("America/Santiago", date(2026, 9, 6), time(0, 30), "2026-09-06T04:30"),  # 01:30
        ("Pacific/Apia", date(2011, 12, 30), time(9), "2011-12-30T19:00"),  # 09:00 on the 31st
        ("Asia/Kathmandu", date(2027, 1, 1), time(0, 5), "2026-12-31T18:20"),
        ("Asia/Tokyo", date(2028, 2, 29), time(8), "2028-02-28T23:00"),
    ],
)
def test_a_single_day_is_due_at_its_moment_and_never_again(
    zone: str, day: date, at: time, due: str
) -> None:
    moment = datetime.fromisoformat(due).replace(tzinfo=UTC)
    assert next_due(at, frozenset(), day, zone, moment - 400 * DAY) == moment
    assert next_due(at, frozenset(), day, zone, moment) is None
    assert last_due(at, frozenset(), day, zone, moment) == (day, moment)
    assert last_due(at, frozenset(), day, zone, moment - SECOND) is None


def test_a_date_that_a_zone_leapt_over_is_one_with_the_day_after() -> None:
    start = datetime(2011, 12, 29, tzinfo=UTC)
    due = list(walk(time(9), "Pacific/Apia", start, start + 4 * DAY))
    assert [day for day, _ in due] == [
        date(2011, 12, 29),
        date(2011, 12, 31),
        date(2012, 1, 1),
        date(2012, 1, 2),
    ]
    friday = frozenset({date(2011, 12, 30).weekday()})
    alone = datetime(2011, 12, 30, 19, tzinfo=UTC)
    assert next_due(time(9), friday, None, "Pacific/Apia", start) == alone
    assert last_due(time(9), friday, None, "Pacific/Apia", alone) == (date(2011, 12, 30), alone)


def test_the_last_day_of_february_and_of_the_year_are_days_like_others() -> None:
    start = datetime(2027, 12, 20, tzinfo=UTC)
    due = list(walk(time(21), "America/New_York", start, start + 100 * DAY))
    days = [day for day, _ in due]
    assert len(set(days)) == len(days) == 100
    assert {date(2027, 12, 31), date(2028, 1, 1), date(2028, 2, 29), date(2028, 3, 1)} < set(days)


def test_nothing_is_due_without_a_day() -> None:
    now = datetime(2026, 11, 26, tzinfo=UTC)
    assert next_due(time(9), frozenset(), None, "UTC", now) is None
    assert last_due(time(9), frozenset(), None, "UTC", now) is None


def test_people_are_spread_evenly_over_eight_minutes() -> None:
    seconds = Counter(int(spread(person).total_seconds()) for person in range(1, 4_811))
    assert set(seconds) == set(range(-240, 241))
    assert set(seconds.values()) == {10}
    first = sorted(spread(person) for person in range(1, 9))
    assert all(after - before > timedelta(seconds=20) for before, after in pairwise(first))
    assert spread(7) == spread(7)
