"""Chats turned away: a minor's chat is known by a keyed hash for a while, and by nothing else."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from storage.tables.safety import TURNED_AWAY
from storage.transaction import Transaction

KEPT = timedelta(days=30)
"""How long a chat is remembered, counted from when it was last told so."""


def note(transaction: Transaction, chat_id: int, now: datetime) -> None:
    """Remember a chat, and when it was told that Rein is for adults."""
    chat = _hash(transaction, chat_id)
    transaction.run(delete(TURNED_AWAY).where(TURNED_AWAY.c.chat == chat))
    row = {"chat": chat, "told_at": now, "until": now + KEPT}
    transaction.run(insert(TURNED_AWAY).values(row))


def told_at(transaction: Transaction, chat_id: int, now: datetime) -> datetime | None:
    """Tell when a chat was last told; None for one that was not turned away."""
    found = select(TURNED_AWAY.c.told_at).where(
        TURNED_AWAY.c.chat == _hash(transaction, chat_id), TURNED_AWAY.c.until > now
    )
    return transaction.run(found).scalar_one_or_none()


def purge(transaction: Transaction, now: datetime) -> None:
    """Forget those whose time is over."""
    transaction.run(delete(TURNED_AWAY).where(TURNED_AWAY.c.until <= now))


def _hash(transaction: Transaction, chat_id: int) -> str:
    return transaction.keys.fingerprint(f"chat:{chat_id}")
