"""Whether anything is said unasked, and what: fewer messages over time, never a second a day.

Silence makes Rein quieter, not louder. Pure: what was said before comes with the event.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import takewhile
from zoneinfo import ZoneInfo

from bot.check_ins.kinds import Kind
from bot.journey import local
from bot.journey.conversation import SAFETY, Conversation, Stage
from bot.journey.events import Due
from bot.journey.found import DueFound, KnownGoal, Nudged
from coach.preferences import Quiet
from coach.values import GoalType
from coach.weeks import DayState

LATEST = timedelta(hours=2)
"""How late something unasked may be; after that it is not said at all."""

FIRST_WEEKS = timedelta(days=14)
MOST_A_WEEK_AT_FIRST, MOST_A_WEEK = 7, 5

REVIEW_ONLY_FROM, PAUSE_FROM, NOTHING_FROM = 7, 21, 60
"""Days of silence after which only reviews are sent, a pause is offered, nothing is sent."""

EVERY_SECOND_FROM, LAPSE_FROM = 2, 4
"""Check-ins in a row without an answer: then every second one, then one way back."""

MOST_IGNORED = 5
"""Reminders in a row without an answer, after which they are left out."""

MOST_DAYS_ASKED = 4
"""Days in one question at most; between two questions there are no more with success."""

_HABIT_FROM = 5  # sessions a week
_WIDER = ((7, 3), (3, 2))  # from which week on so many days lie between two questions
_WEEK = timedelta(days=7)


def may_speak(conversation: Conversation, due: Due) -> bool:
    """Tell whether anything unasked of this kind may be said to somebody now."""
    if conversation.stage in {Stage.CONSENT, Stage.DATA} or not conversation.zone:
        return False
    if due.at - due.due_at > LATEST or due.at < due.due_at:
        return False
    if conversation.preferences.is_hushed(due.at) or is_in_quiet(conversation, due):
        return False
    if due.kind is Kind.SAFE:
        return True
    if conversation.stage in SAFETY:
        return False
    pause = conversation.preferences.pause
    if due.kind is Kind.PAUSED:
        return pause is not None
    return pause is None or pause.is_over(due.at)


def is_in_quiet(conversation: Conversation, due: Due) -> bool:
    """Tell whether it is quiet now; a chosen time wins over hours that nobody chose."""
    quiet = conversation.preferences.quiet
    if not quiet.holds(_wall(conversation, due.at)):
        return False
    chosen = quiet.holds(_wall(conversation, due.due_at))
    return not (quiet == Quiet() and chosen)


def until(conversation: Conversation, due: Due) -> datetime:
    """Tell when this comes too late: two hours after its time, or when it gets quiet."""
    latest, quiet = due.due_at + LATEST, conversation.preferences.quiet
    here = ZoneInfo(conversation.zone or "UTC")
    begins = datetime.combine(local.today(conversation, due.at), quiet.begins, here)
    if due.at < begins < latest:
        return begins
    return latest


def is_too_much(found: DueFound, living: Sequence[KnownGoal], today: date) -> bool:
    """Tell whether enough was said today, or this week, over all goals together."""
    if any(one.on == today for one in found.nudges):
        return True
    this_week = sum(one.on > today - _WEEK for one in found.nudges)
    return this_week >= _most(living, today)


def _most(living: Sequence[KnownGoal], today: date) -> int:
    starts = [one.life.plan.weeks[0].start for one in living if one.life]
    fresh = any(today - start < FIRST_WEEKS for start in starts)
    leaving = any(
        one.life.understanding.goal_type is GoalType.QUIT
        and abs(today - one.life.plan.weeks[0].start) <= FIRST_WEEKS
        for one in living
        if one.life
    )
    return MOST_A_WEEK_AT_FIRST if fresh or leaving else MOST_A_WEEK


def unanswered(nudges: Sequence[Nudged]) -> int:
    """Count the check-ins in a row, up to the last one, that arrived and were not answered."""
    count = 0
    for one in reversed(nudges):
        if one.kind not in {Kind.SESSION, Kind.REMINDER} or not one.seen:
            continue
        if one.answered:
            break
        count += 1
    return count


def reminders_ignored(nudges: Sequence[Nudged]) -> int:
    """Count the reminders in a row, up to the last one, that nobody answered."""
    seen = [one.answered for one in nudges if one.kind is Kind.REMINDER and one.seen]
    return len(list(takewhile(lambda answered: not answered, reversed(seen))))


def is_spared(found: DueFound, living: Sequence[KnownGoal], on: date, today: date) -> bool:
    """Tell whether the question about a day is one of those left out: with success, and silence."""
    last = _last_asked(found, on, today)
    if last is None:
        return False
    missed = unanswered(found.nudges)
    if missed >= LAPSE_FROM:
        return True
    if missed >= EVERY_SECOND_FROM and last >= _session_before(living, on):
        return True
    return (on - last).days < _days_between(living, on)


def days_asked(
    found: DueFound, living: Sequence[KnownGoal], on: date, today: date
) -> tuple[date, ...]:
    """List the days that the question about one is about as well: those left out with success."""
    last = _last_asked(found, on, today)
    fades = _days_between(living, on) > 1 and unanswered(found.nudges) < EVERY_SECOND_FROM
    if last is None or not fades:
        return (on,)
    days = (on - timedelta(days=n) for n in reversed(range(MOST_DAYS_ASKED)))
    return tuple(day for day in days if day > last)


def _last_asked(found: DueFound, on: date, today: date) -> date | None:
    """Find the day that was asked about last: in the morning, that is the one before."""
    asked = [one.on for one in found.nudges if one.kind is Kind.SESSION]
    return asked[-1] - (today - on) if asked else None


def _session_before(living: Sequence[KnownGoal], on: date) -> date:
    """Find the last day before *on* that had a session."""
    days = (on - timedelta(days=n) for n in range(1, 8))
    planned = (day for day in days if any(one.life and one.life.due(day) for one in living))
    return next(planned, on - _WEEK)


def _days_between(living: Sequence[KnownGoal], on: date) -> int:
    """Return how many days lie at least between two questions; the busiest goal decides."""
    between = [1]
    for life in (one.life for one in living if one.life):
        week = life.week_on(on)
        if len(life.sessions(week)) >= _HABIT_FROM:
            between.append(next((days for start, days in _WIDER if week >= start), 1))
    return max(between)


def is_open(living: Sequence[KnownGoal], on: date) -> bool:
    """Tell whether a day has a session that nothing was told about."""
    return any(_is_open(one, on) for one in living)


def _is_open(known: KnownGoal, on: date) -> bool:
    life = known.life
    if life is None:
        return False
    states = {
        day.on: day.state for day in life.days(life.week_on(on), on) if day.on == on
    }  # what was done on another day of the week counts as well
    return states.get(on, DayState.DONE) in {DayState.NOT_DUE, DayState.UNANSWERED}


def wording(nudges: Sequence[Nudged], kind: Kind, count: int, seed: str) -> int:
    """Choose one of *count* wordings (from 1): the one that was not used for longest.

    Where several were never used, *seed* decides, so that people begin with different ones.
    """
    last = dict.fromkeys(range(1, count + 1), date.min)
    for one in nudges:
        name, _, number = one.wording.partition(".")
        if name == kind.value and number.isdecimal() and int(number) in last:
            last[int(number)] = one.on
    first = int.from_bytes(sha256(seed.encode()).digest()[:4])
    return min(last, key=lambda n: (last[n], (n + first) % count))


def _wall(conversation: Conversation, at: datetime) -> time:
    return at.astimezone(ZoneInfo(conversation.zone or "UTC")).time()
