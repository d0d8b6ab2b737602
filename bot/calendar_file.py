"""Plans as a calendar file (RFC 5545), for any calendar that can import one.

An event keeps its UID from version to version of a plan, and SEQUENCE is the plan's
version: a later file takes the place of an earlier one. Wall times carry the person's
time zone, with its rules, and none where it is not known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
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
    """A goal's plan, as it was kept."""

    goal_id: int
    title: str
    version: int
    plan: Plan


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
        for week in one.plan.weeks:
            calendar.add_component(_event(one, now, f"w{week.number}", *_week(one, week)))
            for place, session in enumerate(week.sessions):
                calendar.add_component(
                    _event(one, now, f"{session.on:%Y%m%d}.{place}", *_session(one, session, tz))
                )
    # The zone's rules from this year on: simple readers look no further than a rule's first date.
    calendar.add_missing_timezones(date(now.year, 1, 1), date(now.year + RULES_FOR, 1, 1))
    return calendar.to_ical()


def _add(component: "Component", name: str, value: object) -> None:
    component.add(name, value)  # pyright: ignore[reportUnknownMemberType] -- half typed


def _event(one: Planned, now: datetime, what: str, summary: str, start: date, end: date) -> "Event":
    from icalendar import Event

    event = Event()
    _add(event, "uid", f"{one.goal_id}.{what}@rein")
    _add(event, "dtstamp", now)
    _add(event, "sequence", one.version)
    _add(event, "summary", summary)
    _add(event, "dtstart", start)
    _add(event, "dtend", end)
    # A whole day is a reminder; only a session at an hour takes up the person's time.
    _add(event, "transp", "OPAQUE" if isinstance(start, datetime) else "TRANSPARENT")
    return event


def _week(one: Planned, week: Week) -> tuple[str, date, date]:
    summary = f"{one.title}: {week.text}" if week.text else f"{one.title}: {week.theme}"
    return summary, week.start, week.start + timedelta(days=7)


def _session(one: Planned, session: Session, zone: ZoneInfo | None) -> tuple[str, date, date]:
    summary = f"{one.title}: {session.text}"
    if session.at is None:
        return summary, session.on, session.on + timedelta(days=1)
    start = datetime.combine(session.on, session.at, zone)
    return summary, start, start + _length(session.amount)


def _length(amount: Quantity | None) -> timedelta:
    if amount is None or amount.unit not in _UNITS or amount.value <= 0:
        return USUAL_LENGTH
    return amount.value * _UNITS[amount.unit]
