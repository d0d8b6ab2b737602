"""Plans as a calendar file (RFC 5545), for any calendar that can import one.

An event is known by its place in the plan (the n-th session of a week), not by its day. So
its UID stays when it is moved, and SEQUENCE is the plan's version: a later file takes the
place of an earlier one, and of two with the same version DTSTAMP tells the later. What was
in an earlier version and fell away is in the file as cancelled, so that it leaves calendars
too. Wall times carry the person's time zone, with its rules, and none where it is not known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from coach.values import Plan, Quantity, Session, Week

if TYPE_CHECKING:
    from icalendar import Component, Event

RULES_FOR = 4
"""Years that the rules of a time zone are written for; no plan is longer."""

USUAL_LENGTH = timedelta(minutes=30)
_UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1)}
_PRODUCT = "-//Rein//Plans//EN"


@dataclass(frozen=True, slots=True)
class Planned:
    """A goal's plan as it was kept, every week's sessions spelled out.

    What *earlier* versions had beyond it, and of one that is *over* everything ahead, is cancelled.
    *became*: what became of sessions, in words, by number of the week and place in it.
    """

    goal_id: int
    title: str
    version: int
    plan: Plan
    earlier: tuple[Plan, ...] = ()  # the oldest first
    over: bool = False
    became: Mapping[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])


@dataclass(frozen=True, slots=True)
class _Entry:
    summary: str
    start: date
    end: date
    status: str = "CONFIRMED"
    became: str = ""


def write(planned: Iterable[Planned], zone: str | None, now: datetime) -> bytes:
    """Write the sessions and weeks of plans as one calendar."""
    from icalendar import Calendar  # takes a while, and few ask for their calendar

    calendar = Calendar()
    _add(calendar, "prodid", _PRODUCT)
    _add(calendar, "version", "2.0")
    _add(calendar, "calscale", "GREGORIAN")
    _add(calendar, "method", "PUBLISH")
    tz = ZoneInfo(zone) if zone else None
    for one in planned:
        for place, entry in _current(one, tz, now).items():
            calendar.add_component(_event(one, now, place, entry))
    # The zone's rules from this year on: simple readers look no further than a rule's first date.
    calendar.add_missing_timezones(date(now.year, 1, 1), date(now.year + RULES_FOR, 1, 1))
    return calendar.to_ical()


def _add(component: "Component", name: str, value: object) -> None:
    component.add(name, value)  # pyright: ignore[reportUnknownMemberType] -- half typed


def _event(one: Planned, now: datetime, place: str, entry: _Entry) -> "Event":
    from icalendar import Event

    event = Event()
    _add(event, "uid", f"{one.goal_id}.{place}@rein")
    _add(event, "dtstamp", now)
    _add(event, "sequence", one.version)
    _add(event, "status", entry.status)
    _add(event, "summary", entry.summary)
    _add(event, "dtstart", entry.start)
    _add(event, "dtend", entry.end)
    if entry.became:
        _add(event, "description", entry.became)
    # A whole day is a reminder; only a session at an hour takes up the person's time.
    _add(event, "transp", "OPAQUE" if isinstance(entry.start, datetime) else "TRANSPARENT")
    return event


def _current(one: Planned, tz: ZoneInfo | None, now: datetime) -> dict[str, _Entry]:
    """List what the file says of a plan, by its place in it."""
    present = _entries(one, one.plan, tz)
    ever = {
        place: entry for plan in one.earlier for place, entry in _entries(one, plan, tz).items()
    }
    today = now.astimezone(tz).date() if tz else now.date()
    gone = {
        place: replace(entry, status="CANCELLED")
        for place, entry in (ever | present).items()
        if place not in present or (one.over and _day(entry.start) > today)
    }
    return ever | present | gone


def _entries(one: Planned, plan: Plan, tz: ZoneInfo | None) -> dict[str, _Entry]:
    found: dict[str, _Entry] = {}
    for week in plan.weeks:
        found[f"w{week.number}"] = _week(one, week)
        for place, session in enumerate(week.sessions):
            became = one.became.get((week.number, place), "")
            found[f"w{week.number}.{place}"] = replace(_session(one, session, tz), became=became)
    return found


def _day(start: date) -> date:
    return start.date() if isinstance(start, datetime) else start


def _week(one: Planned, week: Week) -> _Entry:
    summary = f"{one.title}: {week.text}" if week.text else f"{one.title}: {week.theme}"
    return _Entry(summary, week.start, week.start + timedelta(days=7))


def _session(one: Planned, session: Session, zone: ZoneInfo | None) -> _Entry:
    summary = f"{one.title}: {session.text}"
    if session.at is None:
        return _Entry(summary, session.on, session.on + timedelta(days=1))
    start = datetime.combine(session.on, session.at, zone)
    return _Entry(summary, start, start + length(session.amount))


def length(amount: Quantity | None) -> timedelta:
    """Tell how long a session of this amount takes; half an hour where it does not say."""
    if amount is None or amount.unit not in _UNITS or amount.value <= 0:
        return USUAL_LENGTH
    return amount.value * _UNITS[amount.unit]
