"""Vitals: how much waits, what was given up, what was spent. Counts and times, never words.

Every question here is answered from an index and from the few rows that are not finished.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, func, select

from storage import inbox, opik_outbox, outbox, spend
from storage.inbox import Backlog
from storage.outbox import Lane
from storage.spend import Limit
from storage.tables.transport import INBOX, OUTBOX
from storage.transaction import Transaction

BY_PEOPLE = ("erased", "flood", "nothing_to_edit", "unreachable")
"""Reasons for giving up that are no fault of ours: somebody left, blocked us, or flooded us."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """What the database can tell; *spent* is today's, of everybody, in millionths of a dollar."""

    inbox: Backlog
    outbox: dict[Lane, Backlog]
    given_up: dict[str, int]  # by queue, since some moment, for faults alone
    spent: int
    opik: opik_outbox.Backlog


def take(transaction: Transaction, now: datetime, since: datetime) -> Vitals:
    """Look; what was given up counts from *since* on."""
    return Vitals(
        inbox=inbox.backlog(transaction),
        outbox={lane: _backlog(transaction, lane) for lane in Lane},
        given_up={
            "inbox": _given_up(transaction, INBOX, since),
            "outbox": _given_up(transaction, OUTBOX, since),
        },
        spent=spend.taken(transaction, Limit(spend.ALL, now.date(), None)),
        opik=opik_outbox.backlog(transaction),
    )


def _backlog(transaction: Transaction, lane: Lane) -> Backlog:
    """Count a lane; the oldest letter has the smallest number, so few rows are read."""
    c = OUTBOX.c
    waits = (c.state.in_((outbox.State.NEW, outbox.State.SENDING)), c.lane == lane)
    asked = select(func.count().label("n"), func.min(c.id).label("first")).where(*waits)
    found = transaction.run(asked).one()
    oldest = transaction.run(select(c.created_at).where(c.id == found.first)).scalar()
    return Backlog(found.n, oldest)


def _given_up(transaction: Transaction, table: Table, since: datetime) -> int:
    c = table.c
    faults = (c.state == inbox.State.DEAD, c.done_at >= since, c.reason.not_in(BY_PEOPLE))
    return transaction.run(select(func.count()).where(*faults)).scalar_one()
