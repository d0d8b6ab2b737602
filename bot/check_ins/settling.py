"""Settling: somebody's check-ins are derived anew, in the transaction that changed their cause."""

from dataclasses import replace
from datetime import datetime

from bot import known
from bot.check_ins import occurrences, schedule
from bot.check_ins.schedule import Whose
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
from storage import check_ins, holds, people
from storage.check_ins import CheckIn
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
    """Derive the check-ins of somebody; nobody is looked after who cannot be written to."""
    person = people.find(transaction, chat_id)
    if person is None:
        return
    check_ins.settle(transaction, person, _wanted(transaction, person, now), now)
    people.scheduled(transaction, person, schedule.VERSION)


def settle_some(transaction: Transaction, now: datetime) -> int:
    """Derive anew for some of those whose schedule is of another version; count them."""
    chats = people.scheduled_otherwise(transaction, schedule.VERSION, BATCH)
    for chat_id in chats:
        settle(transaction, chat_id, now)
    return len(chats)


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
