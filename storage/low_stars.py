"""Low stars: what people asked for when the coach's answer pleased them little."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from storage import goals, holds, messages
from storage.messages import Direction
from storage.people import Person
from storage.ratings import STARS
from storage.subjects import SubjectKind
from storage.tables.record import RATING
from storage.transaction import Transaction

MOST = 3
"""The most stars that are low."""

KINDS = (SubjectKind.RESOLUTION, SubjectKind.REPLY)
"""What a text led to that the coach can be asked for again."""

AFTER_A_HOLD = timedelta(days=1)

_LOW = (RATING.c.aspect == STARS, RATING.c.value <= MOST, RATING.c.object_kind.in_(KINDS))


@dataclass(frozen=True, slots=True)
class LowStars:
    """What somebody typed, how little they liked what came of it, and when they said so."""

    kind: SubjectKind
    text: str
    language: str
    at: datetime
    stars: int
    reason: str | None


def of(transaction: Transaction, person: Person) -> list[LowStars]:
    """List them in their order, those whose text is still kept and was not said near a hold."""
    held = [hold.at for hold in holds.of(transaction, person)]
    theirs = select(RATING).where(RATING.c.person_id == person.id, *_LOW)
    found: list[LowStars] = []
    for row in transaction.run(theirs.order_by(RATING.c.created_at, RATING.c.object_id)):
        asked = _goal if row.object_kind == SubjectKind.RESOLUTION else _message
        text = asked(transaction, person, row.object_id, row.turn_id)
        if text and all(abs(row.created_at - at) > AFTER_A_HOLD for at in held):
            said, language = text
            kind = SubjectKind(row.object_kind)
            found.append(LowStars(kind, said, language, row.created_at, row.value, row.reason))
    return found


def count_of_others(transaction: Transaction, agreed: Collection[Person]) -> int:
    """Count the low stars of everybody but those."""
    ids = [person.id for person in agreed]
    others = select(func.count()).where(RATING.c.person_id.not_in(ids), *_LOW)
    return transaction.run(others).scalar_one()


def _goal(transaction: Transaction, person: Person, goal_id: str, _: str) -> tuple[str, str] | None:
    for goal in goals.of(transaction, person):
        if str(goal.id) == goal_id:
            return goal.understanding.text, goal.understanding.language
    return None


def _message(
    transaction: Transaction, person: Person, _: str, turn_id: str
) -> tuple[str, str] | None:
    """Find what a reply answered; a rewrite answers a tap, which has no words."""
    said = messages.of_turn(transaction, person, turn_id)
    return next(((m.text, person.language) for m in said if m.direction is Direction.IN), None)
