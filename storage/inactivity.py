"""Inactivity: who has not been heard for so long that their data should go."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from storage import people
from storage.people import Person
from storage.tables.people import PERSON
from storage.transaction import Transaction


def heard(transaction: Transaction, person: Person, now: datetime) -> None:
    """Note that somebody wrote or tapped; a warning they had is void."""
    of_theirs = update(PERSON).where(PERSON.c.id == person.id)
    transaction.run(of_theirs.values(heard_at=now, warned_at=None))


def silent(transaction: Transaction, since: datetime, most: int) -> Sequence[Person]:
    """Find people who were not heard after *since* and have not been warned."""
    return _people(transaction, PERSON.c.warned_at.is_(None), PERSON.c.heard_at <= since, most=most)


def warned(transaction: Transaction, person: Person, now: datetime) -> None:
    """Note that somebody was told that they will be erased."""
    transaction.run(update(PERSON).where(PERSON.c.id == person.id).values(warned_at=now))


def to_erase(transaction: Transaction, warned_by: datetime, most: int) -> Sequence[Person]:
    """Find people who were warned by then and not heard since."""
    return _people(transaction, PERSON.c.warned_at <= warned_by, most=most)


def _people(
    transaction: Transaction, *conditions: ColumnElement[bool], most: int
) -> Sequence[Person]:
    found = select(*people.COLUMNS).where(*conditions).order_by(PERSON.c.id).limit(most)
    return [people.read(row, transaction.keys) for row in transaction.run(found)]
