"""Erasures: what Opik is asked to delete when somebody erases everything."""

from datetime import datetime

from sqlalchemy import insert, select

from coach.ids import uuid7
from storage.tables.record import TURN
from storage.tables.tracing import OPIK_OUTBOX
from storage.transaction import Transaction

ERASURE, WAITING = "erasure", "waiting"


def order(transaction: Transaction, person_id: int, now: datetime) -> None:
    """Have Opik delete all traces of a person; before their rows go."""
    traced = select(TURN.c.trace_id).where(
        TURN.c.person_id == person_id, TURN.c.trace_id.is_not(None)
    )
    rows = [
        {
            "key": uuid7(now),
            "kind": ERASURE,
            "trace_id": trace_id,
            "state": WAITING,
            "created_at": now,
        }
        for trace_id in transaction.run(traced).scalars()
    ]
    if rows:
        transaction.run(insert(OPIK_OUTBOX), rows)
