"""Spend: what may still be spent, reserved before a call and settled after it.

A reservation is taken under all of its limits or under none. One that is never settled, as
after a crash, counts for the rest of its period. Amounts are millionths of a dollar.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, select, update

from storage.tables.people import PERSON
from storage.tables.spending import SPEND
from storage.transaction import Transaction

ALL = "all"
"""The scope of everybody together; every other one is a person's public id."""


class OverLimitError(Exception):
    """A reservation went beyond a limit, or was for somebody who is gone."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that may be spent for one scope in the period that began *since*; None: no end."""

    scope: str
    since: date
    most: int | None


def reserve(transaction: Transaction, limits: Iterable[Limit], amount: int) -> None:
    """Reserve *amount* under every limit, or raise OverLimitError, which must undo it all."""
    for limit in limits:
        _open(transaction, limit)
        added = update(SPEND).where(_is(limit)).values(reserved=SPEND.c.reserved + amount)
        if limit.most is not None:
            added = added.where(SPEND.c.used + SPEND.c.reserved + amount <= limit.most)
        if transaction.run(added).rowcount != 1:
            raise OverLimitError(limit.scope)


def settle(transaction: Transaction, limits: Iterable[Limit], reserved: int, used: int) -> None:
    """Replace what was *reserved* by what was *used*."""
    for limit in limits:
        settled = {
            "reserved": SPEND.c.reserved - reserved,
            "used": SPEND.c.used + used,
        }
        transaction.run(update(SPEND).where(_is(limit)).values(settled))


def taken(transaction: Transaction, limit: Limit) -> int:
    """Tell how much of a limit is taken, used and reserved together."""
    found = select(SPEND.c.used + SPEND.c.reserved).where(_is(limit))
    return transaction.run(found).scalar_one_or_none() or 0


def purge(transaction: Transaction, before: datetime) -> None:
    """Forget periods that began before a time."""
    transaction.run(delete(SPEND).where(SPEND.c.since < before.date()))


def _open(transaction: Transaction, limit: Limit) -> None:
    """See to it that there is a row to reserve in."""
    person_id = None
    if limit.scope != ALL:
        asked = select(PERSON.c.id).where(PERSON.c.public_id == limit.scope)
        person_id = transaction.run(asked).scalar_one_or_none()
        if person_id is None:
            raise OverLimitError(limit.scope)
    row = {"scope": limit.scope, "since": limit.since, "person_id": person_id}
    transaction.add_new(SPEND, [{**row, "used": 0, "reserved": 0}])


def _is(limit: Limit) -> ColumnElement[bool]:
    return (SPEND.c.scope == limit.scope) & (SPEND.c.since == limit.since)
