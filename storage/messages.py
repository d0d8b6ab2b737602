"""Messages: what was said in both directions, kept for a while.

A message's key is made before it is sent: the outbox's key for what we say, the inbox's
for what we hear. Telegram's own number is added once it is known.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from storage.origin import Origin
from storage.people import Person
from storage.subjects import Subject, SubjectKind
from storage.tables.record import MESSAGE
from storage.transaction import Transaction

_SENT = (
    update(MESSAGE)
    .where(MESSAGE.c.key == bindparam("ours"))
    .values(telegram_id=bindparam("number"), sent_at=bindparam("now"))
)


class Direction(StrEnum):
    """Who said it."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Message:
    """Something said; *about* is what it shows, if anything."""

    key: str
    direction: Direction
    text: str
    telegram_id: int | None = None
    about: Subject | None = None


def keep(transaction: Transaction, person: Person, message: Message, origin: Origin) -> None:
    """Keep a message; the same one comes twice when a turn is repeated."""
    about = message.about
    row = {
        "key": message.key,
        "person_id": person.id,
        "direction": message.direction,
        "turn_id": origin.turn_id,
        "telegram_id": message.telegram_id,
        "object_kind": about and about.kind,
        "object_id": about and about.id,
        "object_version": about and about.version,
        "text": person.words(message.key, message.text.encode()),
        "at": origin.at,
    }
    transaction.add_new(MESSAGE, [row])


def sent(transaction: Transaction, key: str, telegram_id: int, now: datetime) -> None:
    """Note when Telegram took a message of ours, and the number it gave to it."""
    transaction.change(_SENT, {"ours": key, "number": telegram_id, "now": now})


def latest(transaction: Transaction, person: Person, most: int) -> list[Message]:
    """Read what was said last, the oldest of it first."""
    theirs = select(MESSAGE).where(MESSAGE.c.person_id == person.id)
    rows = transaction.run(theirs.order_by(MESSAGE.c.at.desc(), MESSAGE.c.key.desc()).limit(most))
    return [_read(person, row) for row in reversed(rows.all())]


def since(
    transaction: Transaction, person: Person, moment: datetime, most: int
) -> list[tuple[datetime, Message]]:
    """Read what was said since *moment*, at most the last *most*, with its time, oldest first."""
    theirs = select(MESSAGE).where(MESSAGE.c.person_id == person.id, MESSAGE.c.at >= moment)
    rows = transaction.run(theirs.order_by(MESSAGE.c.at.desc(), MESSAGE.c.key.desc()).limit(most))
    return [(row.at, _read(person, row)) for row in reversed(rows.all())]


def shown_in(transaction: Transaction, person: Person, telegram_id: int) -> Subject | None:
    """Name what a message of ours shows, by Telegram's number of it; None for nothing."""
    theirs = select(MESSAGE.c.object_kind, MESSAGE.c.object_id, MESSAGE.c.object_version).where(
        MESSAGE.c.person_id == person.id,
        MESSAGE.c.telegram_id == telegram_id,
        MESSAGE.c.object_kind.is_not(None),
    )
    row = transaction.run(theirs).first()
    return Subject(SubjectKind(row.object_kind), row.object_id, row.object_version) if row else None


def last_about(
    transaction: Transaction, person: Person, kind: SubjectKind, since: datetime
) -> datetime | None:
    """Tell when something of a kind was shown last, to be rated; None if not *since* then."""
    shown = select(func.max(MESSAGE.c.at)).where(
        MESSAGE.c.person_id == person.id, MESSAGE.c.at >= since, MESSAGE.c.object_kind == kind
    )
    return transaction.run(shown).scalar()


def of_turn(transaction: Transaction, person: Person, turn_id: str) -> list[Message]:
    """Read what was said in one turn."""
    said = MESSAGE.c.turn_id == turn_id, MESSAGE.c.person_id == person.id
    return [_read(person, row) for row in transaction.run(select(MESSAGE).where(*said))]


def purge(transaction: Transaction, before: datetime) -> int:
    """Delete what was said before then; count it."""
    return transaction.run(delete(MESSAGE).where(MESSAGE.c.at < before)).rowcount


def _read(person: Person, row: Any) -> Message:
    return Message(
        key=row.key,
        direction=Direction(row.direction),
        text=row.text.open(person.key, row.key).decode(),
        telegram_id=row.telegram_id,
        about=row.object_kind
        and Subject(SubjectKind(row.object_kind), row.object_id, row.object_version),
    )
