"""The census: how many there are of what, for the operator; never anybody's words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Table, func, select

from storage import access, inbox, outbox_care
from storage.tables.goals import GOAL
from storage.tables.people import PERSON
from storage.transaction import Transaction

LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Census:
    """What was counted."""

    people: int
    heard_lately: int
    goals: int
    waiting: int  # items and letters that are not dealt with yet
    invitations: int  # people who may still come in by one


def take(transaction: Transaction, now: datetime) -> Census:
    """Count."""

    def count(table: Table) -> int:
        return transaction.run(select(func.count()).select_from(table)).scalar_one()

    heard = select(func.count()).where(PERSON.c.heard_at > now - LATELY)
    return Census(
        people=count(PERSON),
        heard_lately=transaction.run(heard).scalar_one(),
        goals=count(GOAL),
        waiting=inbox.backlog(transaction).waiting + outbox_care.waiting(transaction),
        invitations=access.open_invitations(transaction, now),
    )
