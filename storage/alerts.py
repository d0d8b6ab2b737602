"""Alerts: what was found wrong, and when it was told. They survive a restart: nobody hears twice.

A cause is told at most once in an hour, however often it comes and goes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from storage.tables.watching import ALERT
from storage.transaction import Transaction

EVERY = timedelta(hours=1)
"""How often one cause may be told."""


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that is wrong since a time; *told* in this spell."""

    cause: str
    since: datetime
    told: bool


def begin(transaction: Transaction, cause: str, since: datetime, now: datetime) -> datetime | None:
    """Note what is wrong; return since when, if it is to be told now, and count it as told."""
    c = ALERT.c
    transaction.add_new(ALERT, [{"cause": cause, "since": since}])
    this = update(ALERT).where(c.cause == cause)
    transaction.run(this.where(c.over_at.is_not(None)).values(since=since, over_at=None))
    due = c.told_at.is_(None) | (c.told_at <= now - EVERY)
    told = transaction.run(this.where(due).values(told_at=now).returning(c.since))
    return told.scalar_one_or_none()


def wrong(transaction: Transaction) -> list[Alert]:
    """List what is wrong still, the oldest first."""
    c = ALERT.c
    rows = transaction.run(select(ALERT).where(c.over_at.is_(None)).order_by(c.since, c.cause))
    return [
        Alert(row.cause, row.since, row.told_at is not None and row.told_at >= row.since)
        for row in rows
    ]


def end(transaction: Transaction, cause: str, now: datetime) -> None:
    """Note that something is well again."""
    transaction.run(update(ALERT).where(ALERT.c.cause == cause).values(over_at=now))


def purge(transaction: Transaction, before: datetime) -> None:
    """Forget what was over before then."""
    transaction.run(ALERT.delete().where(ALERT.c.over_at < before))
