"""Keeping what there is of danger: holds by time and level, a wish, a talk to prepare."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.journey.keeps import KeepHold, KeepQuestion, KeepTalk
from bot.texts import texts
from coach.values import Domain, GoalType, GoalUnderstanding
from storage import goals, holds, ids
from storage.origin import Origin
from storage.people import Person
from storage.transaction import Transaction

ASKED_AT = time(11)
"""When, on the next day where somebody is, it is asked once how they are."""


def hold(transaction: Transaction, person: Person, keep: KeepHold, origin: Origin) -> None:
    """Keep that a hold began."""
    holds.begin(transaction, person, keep.level, origin.at)


def question(transaction: Transaction, person: Person, _: KeepQuestion, origin: Origin) -> None:
    """Keep the wish; nobody is asked before it is known what time it is there."""
    if person.time_zone is None:
        return
    zone = ZoneInfo(person.time_zone)
    tomorrow = origin.at.astimezone(zone).date() + timedelta(days=1)
    ask_at = datetime.combine(tomorrow, ASKED_AT, zone).astimezone(UTC)
    holds.ask(transaction, person, ask_at)


def talk(transaction: Transaction, person: Person, keep: KeepTalk, origin: Origin) -> None:
    """Put a talk to prepare on the waiting list, as a small project."""
    goal_id = ids.new()
    understanding = GoalUnderstanding(
        texts(person.language)(keep.text.key),
        goal_type=GoalType.PROJECT,
        language=person.language,
        domain=Domain.ORGANISATION,
    )
    goals.create(transaction, person, goal_id, understanding, origin.at)
    goals.move(transaction, person, goal_id, goals.GoalState.PARKED, origin.at)
