"""Looking back at letters that were sent."""

from sqlalchemy import select

from storage.tables.transport import OUTBOX
from storage.transaction import Transaction


def message_of(transaction: Transaction, dedup_key: str) -> int | None:
    """Find the message a letter became; None if it never was sent, or is long forgotten."""
    sent = select(OUTBOX.c.message_id).where(OUTBOX.c.dedup_key == dedup_key)
    return transaction.run(sent).scalar_one_or_none()
