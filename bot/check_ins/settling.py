"""Settling: somebody's check-ins are derived anew, in the transaction that changed their cause."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot import known
from bot.check_ins import arrivals, occurrences, schedule
from bot.check_ins.schedule import Whose
from bot.check_ins.sweep import LATEST
from bot.journey.effects import Effect
from bot.journey.keeps import (
    DropGoal,
    KeepChange,
    KeepCheckIn,
    KeepOrder,
    KeepPlan,
    KeepPreferences,
    KeepQuestion,
    KeepRestored,
    KeepReturn,
    KeepStanding,
    KeepZone,
)
from storage import check_ins, holds, inbox, people
from storage.check_ins import CheckIn
from storage.inbox import Arrival
from storage.people import Person
from storage.transaction import Transaction

MOVED_BY = (
    DropGoal, KeepChange, KeepCheckIn, KeepOrder, KeepPlan, KeepPreferences, KeepQuestion,
    KeepRestored, KeepReturn, KeepStanding, KeepZone,
)  # fmt: skip
"""What somebody's schedule follows from."""

BATCH = 100


def is_moved(effects: tuple[Effect, ...]) -> bool:
    """Tell whether a turn changed what a schedule follows from."""
    return any(isinstance(effect, MOVED_BY) for effect in effects)


def settle(transaction: Transaction, chat_id: int, now: datetime) -> None:
    """Derive the check-ins of somebody; nobody is looked after who cannot be written to.

    What has fallen due since the last sweep comes in first: derived anew, it would be over.
    """
    person = people.find(transaction, chat_id)
    if person is None:
        return
    wanted = _wanted(transaction, person, now)
    _enter_due(transaction, person, wanted, now)
    check_ins.settle(transaction, person, wanted, now)
    people.scheduled(transaction, person, schedule.VERSION)


def settle_some(transaction: Transaction, now: datetime) -> int:
    """Derive anew for some of those whose schedule is of another version; count them."""
    chats = people.scheduled_otherwise(transaction, schedule.VERSION, BATCH)
    for chat_id in chats:
        settle(transaction, chat_id, now)
    return len(chats)


def _enter_due(
    transaction: Transaction, person: Person, wanted: list[CheckIn], now: datetime
) -> None:
    """Put into the inbox what is due, is still wanted, and does not come later the same day.

    The sweep may find it again, and nothing enters twice.
    """
    kinds = {one.kind for one in wanted}
    later = {(one.kind, _local_day(one)) for one in wanted}
    arrived: list[Arrival] = []
    for one in check_ins.due_of(transaction, person, now):
        kind, last = one.check_in.kind, _last(one.check_in, now)
        if last and kind in kinds and (kind, last[0]) not in later:
            arrived.append(arrivals.arrival(one, *last))
    inbox.put(transaction, arrived, now)


def _local_day(one: CheckIn) -> date | None:
    return one.next_due_at and one.next_due_at.astimezone(ZoneInfo(one.time_zone)).date()


def _last(one: CheckIn, now: datetime) -> occurrences.Occurrence | None:
    last = occurrences.last_due(one.at, one.weekdays, one.on, one.time_zone, now)
    return None if last is None or now - last[1] > LATEST else last


def _wanted(transaction: Transaction, person: Person, now: datetime) -> list[CheckIn]:
    if person.time_zone is None or not person.reachable:
        return []
    asked = [hold.ask_at for hold in holds.of(transaction, person) if hold.ask_at]
    spread = occurrences.spread(person.id)
    whose = Whose(person.time_zone, person.preferences, spread, max(asked, default=None))
    derived = schedule.of(whose, known.goals_of(transaction, person), now)
    dated = [
        replace(
            one,
            next_due_at=occurrences.next_due(one.at, one.weekdays, one.on, one.time_zone, now),
        )
        for one in derived
    ]
    return [one for one in dated if one.next_due_at is not None]
