"""The schedule of one person: when to look whether they are to be asked. Pure.

Everything follows from their plans and preferences, so it is never edited, only derived anew
(`bot.check_ins.settling`). What is said at such a moment, if anything, its turn decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.calendar_file import length
from bot.check_ins.kinds import Kind
from bot.journey.found import KnownGoal
from coach.lived import Lived
from coach.preferences import Pause, Preferences
from coach.values import Session
from storage.check_ins import CheckIn

VERSION = 2
"""Grows whenever somebody's schedule would come out differently: then all are derived anew."""

EVENING, MORNING, NOON = time(19, 30), time(8), time(12)
REVIEW_AT, REVIEW_OVER_AFTER = time(18), 1
SAFE_AT = time(11)
USUAL_END = time(20)
"""When a session without a time is taken to be over."""

AFTER_SESSION = timedelta(minutes=30)
REMIND_BEFORE = timedelta(minutes=30)
STILL_PAUSED_AFTER = timedelta(days=30)
KEPT_AFTER = (1, 2, 3, 4, 8, 12, 16)
"""Weeks after its end at which a kept goal is asked about: weekly, then about monthly, then not."""

LAST = time(23, 55)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Whose:
    """What a schedule follows from, besides goals. *spread* keeps people apart by minutes."""

    zone: str
    preferences: Preferences
    spread: timedelta
    safe_at: datetime | None = None  # when they want to be asked once how they are


def of(whose: Whose, goals: tuple[KnownGoal, ...], now: datetime) -> tuple[CheckIn, ...]:
    """Derive the check-ins of somebody who may be written to; "now" only chooses single days."""
    today = now.astimezone(ZoneInfo(whose.zone)).date()
    found = [*_single_days(whose, goals, today)]
    preferences = whose.preferences
    pause = preferences.pause
    if pause is not None and not pause.is_over(now):
        found.append((Kind.PAUSED, _after_pause(pause, whose), NOON, frozenset[int]()))
    elif preferences.check_in not in {None, "never"}:
        found += _weekly(whose, [one.life for one in goals if one.life], today)
    return tuple(
        CheckIn(kind, _spread(at, whose), whose.zone, weekdays, on)
        for kind, on, at, weekdays in found
        if weekdays or (on is not None and on >= today)
    )


Row = tuple[Kind, date | None, time, frozenset[int]]


def _after_pause(pause: Pause, whose: Whose) -> date:
    ends = pause.until or pause.since + STILL_PAUSED_AFTER
    return ends.astimezone(ZoneInfo(whose.zone)).date()


def _single_days(whose: Whose, goals: tuple[KnownGoal, ...], today: date) -> Iterator[Row]:
    """List what comes on one day only."""
    preferences, none = whose.preferences, frozenset[int]()
    if whose.safe_at is not None:
        yield Kind.SAFE, whose.safe_at.astimezone(ZoneInfo(whose.zone)).date(), SAFE_AT, none
    if preferences.pause is not None or preferences.check_in in {None, "never"}:
        return
    at = chosen_time(preferences, EVENING)
    if preferences.zone_ask_at is not None:
        day = preferences.zone_ask_at.astimezone(ZoneInfo(whose.zone)).date()
        yield Kind.ZONE, max(day, today), NOON, none
    for life in (goal.life for goal in goals if goal.life):
        end = life.plan.weeks[-1].start + _WEEK
        yield Kind.FINISH, end, at, none
        yield Kind.QUIT_DAY, life.quit_day, at, none
    for since in (goal.kept_since for goal in goals if goal.kept_since):
        yield from ((Kind.KEPT, day, at, none) for day in kept_days(since))
    if any(goal.life for goal in goals):
        ends = max(goal.life.plan.weeks[-1].start + _WEEK for goal in goals if goal.life)
        yield from ((Kind.LAPSE, day, at, none) for day in _months(today, ends))


def kept_days(since: date) -> tuple[date, ...]:
    """List the days on which a goal that is kept since a day is asked about."""
    return tuple(since + weeks * _WEEK for weeks in KEPT_AFTER)


def _months(today: date, ends: date) -> Iterator[date]:
    """List the first days of months after today: all of them, as nothing may change till then."""
    day = today
    while (day := (day.replace(day=1) + 31 * _DAY).replace(day=1)) < ends:
        yield day


def _weekly(whose: Whose, lives: list[Lived], today: date) -> Iterator[Row]:
    """List what comes every week."""
    preferences = whose.preferences
    if not lives:
        return
    asked: dict[tuple[Kind, time], set[int]] = defaultdict(set)
    for weekday, sessions in _by_weekday(lives, today).items():
        kind, at = _asked_at(sessions, preferences)
        asked[kind, at].add((weekday + (kind is Kind.MORNING)) % 7)
    for (kind, at), weekdays in asked.items():
        yield kind, None, at, frozenset(weekdays)
    if preferences.reminders:
        yield from _reminders(lives, today)
    monday = frozenset({0})
    yield Kind.LAPSE, None, chosen_time(preferences, EVENING), monday
    day = preferences.review_day
    review = lives[0].plan.review_on if day is None else day
    yield Kind.REVIEW, None, REVIEW_AT, frozenset({review})
    over = frozenset({(review + REVIEW_OVER_AFTER) % 7})
    yield Kind.REVIEW_OVER, None, REVIEW_AT, over


def _by_weekday(lives: list[Lived], today: date) -> dict[int, list[Session]]:
    """Gather the sessions still to come by their weekday; a plan that names none has them all."""
    found: dict[int, list[Session]] = defaultdict(list)
    for life in lives:
        ahead = [
            session
            for number in range(max(1, life.week_on(today)), len(life.plan.weeks) + 1)
            for session in life.sessions(number)
        ]
        for session in ahead:
            found[session.on.weekday()].append(session)
    return found


def _reminders(lives: list[Lived], today: date) -> Iterator[Row]:
    """Remind before the first session of a weekday."""
    before: dict[time, set[int]] = defaultdict(set)
    for weekday, sessions in _by_weekday(lives, today).items():
        first = min((one.at for one in sessions if one.at), default=None)
        if first is not None and first >= time(0, 30):
            before[_shift(first, -REMIND_BEFORE)].add(weekday)
    for at, weekdays in before.items():
        yield Kind.REMINDER, None, at, frozenset(weekdays)


def chosen_time(preferences: Preferences, default: time) -> time:
    """Return the wall time somebody chose to be asked at; *default* where it is "after"."""
    match preferences.check_in:
        case None | "never" | "after":
            return default
        case "evening":
            return EVENING
        case "morning":
            return MORNING
        case clock:
            return time.fromisoformat(clock)


def _asked_at(sessions: list[Session], preferences: Preferences) -> tuple[Kind, time]:
    """Tell when sessions of one day are asked about.

    Right after the last one, as well where that is later than a chosen time; but what would fall
    into a night waits for the morning after it.
    """
    if preferences.check_in == "morning":
        return Kind.MORNING, MORNING
    if preferences.check_in != "after" and not outlast(sessions, preferences):
        return Kind.SESSION, chosen_time(preferences, EVENING)
    at = max(_end(session) for session in sessions)
    if preferences.quiet.holds(at):
        return Kind.MORNING, preferences.quiet.ends
    return Kind.SESSION, at


def outlast(sessions: Iterable[Session], preferences: Preferences) -> bool:
    """Tell whether one of a day's sessions ends after the time that somebody chose to be asked."""
    if preferences.check_in in {None, "never", "after", "morning"}:
        return False
    at = chosen_time(preferences, EVENING)
    return any(_end(session) > at for session in sessions if session.at is not None)


def _end(session: Session) -> time:
    if session.at is None:
        return _shift(USUAL_END, AFTER_SESSION)
    return _shift(session.at, length(session.amount) + AFTER_SESSION)


def _shift(at: time, by: timedelta) -> time:
    """Move a wall time within its day."""
    moved = datetime.combine(date(2000, 1, 1), at) + by
    if moved.date() > date(2000, 1, 1):
        return LAST
    return time(0) if moved.date() < date(2000, 1, 1) else moved.time()


def _spread(at: time, whose: Whose) -> time:
    """Keep people apart by some minutes, but nobody's moment from a day or into their quiet."""
    quiet = whose.preferences.quiet
    for by in (whose.spread, -whose.spread):
        moved = _shift(at, by)
        if quiet.holds(moved) == quiet.holds(at):
            return moved
    return at
