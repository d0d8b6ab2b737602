"""Ratings: somebody's stars for a subject of their own; a second tap changes them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, select, update

from storage import subjects
from storage.people import Person
from storage.subjects import Subject
from storage.tables.record import RATING
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Rating:
    """Stars, what was off if they were few, and the turn that made what was rated."""

    stars: int
    reason: str | None
    turn_id: str


def rate(
    transaction: Transaction, person: Person, subject: Subject, stars: int, now: datetime
) -> Rating | None:
    """Keep the stars, or change them; None, and nothing kept, for a foreign subject."""
    turn_id = subjects.maker(transaction, person.id, subject)
    if turn_id is None:
        return None
    if not _change(transaction, person, subject, stars=stars, updated_at=now):
        row = {
            "person_id": person.id,
            "object_kind": subject.kind,
            "object_id": subject.id,
            "object_version": subject.version,
            "turn_id": turn_id,
            "stars": stars,
            "created_at": now,
            "updated_at": now,
        }
        transaction.run(insert(RATING).values(row))
    return find(transaction, person, subject)


def explain(
    transaction: Transaction, person: Person, subject: Subject, reason: str, now: datetime
) -> Rating | None:
    """Add what was off, as a code, to a rating; None if there is none."""
    _change(transaction, person, subject, reason=reason, updated_at=now)
    return find(transaction, person, subject)


def find(transaction: Transaction, person: Person, subject: Subject) -> Rating | None:
    """Read somebody's rating of a subject."""
    found = select(RATING.c.stars, RATING.c.reason, RATING.c.turn_id).where(_of(person, subject))
    row = transaction.run(found).one_or_none()
    return None if row is None else Rating(row.stars, row.reason, row.turn_id)


def _change(transaction: Transaction, person: Person, subject: Subject, **values: Any) -> bool:
    changed = update(RATING).where(_of(person, subject)).values(values)
    return transaction.run(changed).rowcount > 0


def _of(person: Person, subject: Subject) -> ColumnElement[bool]:
    table = RATING.c
    named = subject.among(table.object_kind, table.object_id, table.object_version)
    return and_(table.person_id == person.id, named)
