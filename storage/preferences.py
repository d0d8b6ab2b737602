"""Preferences: what somebody set, in columns of their row, so that a sweep can ask them too."""

from datetime import datetime
from typing import Any

from coach.preferences import DAY_ENDS, Pause, Preferences, Quiet
from coach.values import Style
from storage.tables.people import PERSON

COLUMNS = (
    PERSON.c.quiet_from,
    PERSON.c.quiet_until,
    PERSON.c.check_in,
    PERSON.c.reminders,
    PERSON.c.style,
    PERSON.c.ai_wording,
    PERSON.c.review_day,
    PERSON.c.zone_ask_at,
    PERSON.c.paused_at,
    PERSON.c.paused_until,
    PERSON.c.hush_until,
    PERSON.c.day_ends,
)


def read(row: Any) -> Preferences:
    """Make preferences of a row that holds `COLUMNS`."""
    quiet = Quiet()
    if row.quiet_from is not None and row.quiet_until is not None:
        quiet = Quiet(row.quiet_from, row.quiet_until)
    return Preferences(
        quiet=quiet,
        check_in=row.check_in,
        reminders=row.reminders,
        style=Style(row.style),
        ai_wording=row.ai_wording,
        review_day=row.review_day,
        zone_ask_at=row.zone_ask_at,
        pause=_pause(row.paused_at, row.paused_until),
        hush_until=row.hush_until,
        day_ends=DAY_ENDS if row.day_ends is None else row.day_ends,
    )


def written(preferences: Preferences) -> dict[str, object]:
    """Write preferences as values of `COLUMNS`; default hours of quiet leave no trace."""
    quiet, pause = preferences.quiet, preferences.pause
    chosen = quiet != Quiet()
    return {
        "quiet_from": quiet.begins if chosen else None,
        "quiet_until": quiet.ends if chosen else None,
        "check_in": preferences.check_in,
        "reminders": preferences.reminders,
        "style": preferences.style.value,
        "ai_wording": preferences.ai_wording,
        "review_day": preferences.review_day,
        "zone_ask_at": preferences.zone_ask_at,
        "paused_at": pause.since if pause else None,
        "paused_until": pause.until if pause else None,
        "hush_until": preferences.hush_until,
        "day_ends": preferences.day_ends,
    }


def _pause(since: datetime | None, until: datetime | None) -> Pause | None:
    return Pause(since, until) if since is not None else None
