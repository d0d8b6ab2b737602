from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

import icalendar
import pytest
import vobject

from bot import calendar_file
from bot.calendar_file import Planned
from coach.values import Quantity, Session, Week
from tests.storage.examples import PLAN

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LISBON = "Europe/Lisbon"
HOSTILE = "a;b,c\\d\r\nEND:VEVENT é 🏃 " + "long " * 40


def planned(version: int = 1, **changed: Any) -> Planned:
    return Planned(77, "Run", version, replace(PLAN, **changed))


def events(written: bytes) -> list[Any]:
    """Read with a parser that is not the writer, in the order of UIDs."""
    calendar = cast(Any, vobject).readOne(written.decode())
    return sorted(calendar.vevent_list, key=lambda event: event.uid.value)


def test_a_second_reader_finds_the_sessions_and_weeks_of_the_plan():
    found = {
        event.uid.value: (event.dtstart.value, event.dtend.value, event.summary.value)
        for event in events(calendar_file.write([planned()], LISBON, NOW))
    }

    start, end, summary = found["77.w1.0@rein"]
    assert summary == "Run: canary-session"
    assert (end - start) == timedelta(minutes=20)
    assert start.utcoffset() == timedelta(0)
    assert (start.hour, start.date()) == (7, date(2026, 11, 24))
    assert found["77.w1.1@rein"][:2] == (date(2026, 11, 26), date(2026, 11, 27))
    assert found["77.w1@rein"] == (date(2026, 11, 23), date(2026, 11, 30), "Run: 20 min")
    assert len(found) == 4


def test_a_later_version_of_the_plan_takes_the_place_of_the_earlier_one():
    first = events(calendar_file.write([planned()], LISBON, NOW))
    second = events(calendar_file.write([planned(version=2)], LISBON, NOW))

    assert [event.uid.value for event in first] == [event.uid.value for event in second]
    assert {event.sequence.value for event in first} == {"1"}
    assert {event.sequence.value for event in second} == {"2"}
    assert {event.dtstamp.value for event in first} == {NOW}


def test_a_session_that_moved_is_the_same_event_on_another_day():
    week = PLAN.weeks[0]
    first = replace(week.sessions[0], on=date(2026, 11, 25))
    moved = replace(week, sessions=(first, *week.sessions[1:]))
    later = replace(planned(2, weeks=(moved, *PLAN.weeks[1:])), earlier=(PLAN,))

    found = {event.uid.value: event for event in events(calendar_file.write([later], LISBON, NOW))}

    assert found["77.w1.0@rein"].dtstart.value.date() == date(2026, 11, 25)
    assert {event.status.value for event in found.values()} == {"CONFIRMED"}
    assert {event.sequence.value for event in found.values()} == {"2"}


def test_what_fell_away_is_cancelled_and_confirmed_again_when_it_is_back():
    week = PLAN.weeks[0]
    shorter = replace(PLAN, weeks=(replace(week, sessions=week.sessions[:1]),))
    versions = (
        planned(1),
        replace(planned(2), plan=shorter, earlier=(PLAN,)),
        replace(planned(3), earlier=(PLAN, shorter)),
    )

    told = [
        {event.uid.value: (event.status.value, event.sequence.value) for event in events(written)}
        for written in (calendar_file.write([one], LISBON, NOW) for one in versions)
    ]

    assert told[0]["77.w1.1@rein"] == told[0]["77.w2@rein"] == ("CONFIRMED", "1")
    assert told[1]["77.w1.1@rein"] == told[1]["77.w2@rein"] == ("CANCELLED", "2")
    assert told[1]["77.w1.0@rein"] == ("CONFIRMED", "2")
    assert set(told[2].values()) == {("CONFIRMED", "3")}


def test_of_a_goal_that_is_over_only_what_was_ahead_is_cancelled():
    now = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)

    written = calendar_file.write([replace(planned(), over=True)], LISBON, now)

    assert {event.uid.value: event.status.value for event in events(written)} == {
        "77.w1@rein": "CONFIRMED",
        "77.w1.0@rein": "CONFIRMED",
        "77.w1.1@rein": "CANCELLED",
        "77.w2@rein": "CANCELLED",
    }


@pytest.mark.parametrize("zone", [LISBON, "America/Sao_Paulo", "Asia/Kolkata", "Australia/Sydney"])
def test_a_wall_time_carries_its_zone_and_the_zones_rules(zone: str):
    written = calendar_file.write([planned()], zone, NOW)
    read: Any = icalendar.Calendar.from_ical(written)

    assert [str(part["TZID"]) for part in read.walk("VTIMEZONE")] == [zone]
    assert f"DTSTART;TZID={zone}:20261124T070000".encode() in written
    assert [part.errors for part in read.walk()] == [[] for _ in read.walk()]


def test_without_a_zone_wall_times_float():
    written = calendar_file.write([planned()], None, NOW)

    assert b"DTSTART:20261124T070000" in written
    assert b"VTIMEZONE" not in written


def test_hostile_words_stay_words():
    session = Session(date(2026, 11, 24), time(7), Quantity(1, "h"), HOSTILE)
    weeks: Iterable[Week] = (replace(PLAN.weeks[0], sessions=(session,)),)
    written = calendar_file.write([planned(weeks=tuple(weeks))], LISBON, NOW)

    (event, _) = events(written)
    assert event.summary.value.replace("\n", "\r\n") == f"Run: {HOSTILE}"
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
