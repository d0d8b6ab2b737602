"""Holds: when somebody was in danger, by time and level; no words are kept of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from storage.people import Person
from storage.tables.safety import HOLD
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold; *ask_at* is when somebody wants to be asked once how they are."""

    level: str
    at: datetime
    ask_at: datetime | None = None


def begin(transaction: Transaction, person: Person, level: str, now: datetime) -> None:
    """Keep that a hold began."""
    row = {"person_id": person.id, "level": level, "at": now}
    transaction.run(insert(HOLD).values(row))


def ask(transaction: Transaction, person: Person, ask_at: datetime) -> None:
    """Keep the wish to be asked after the latest hold."""
    latest = (
        select(HOLD.c.id)
        .where(HOLD.c.person_id == person.id)
        .order_by(HOLD.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    transaction.run(update(HOLD).where(HOLD.c.id == latest).values(ask_at=ask_at))


def of(transaction: Transaction, person: Person) -> list[Hold]:
    """List somebody's holds, oldest first."""
    theirs = select(HOLD).where(HOLD.c.person_id == person.id).order_by(HOLD.c.id)
    return [Hold(row.level, row.at, row.ask_at) for row in transaction.run(theirs)]
