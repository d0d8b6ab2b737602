"""Erasures to be finished: the rows of somebody are gone, and files may still tell of them.

Whoever is erased leaves a row here in the same transaction, by a keyed hash; it goes when
their tombstone stands and no copy that Rein keeps holds their key. Until then each look
tries again, also after a crash.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, select

from storage.keys import Keyring
from storage.tables.people import ERASURE
from storage.transaction import Transaction


def tombstone(keys: Keyring, public_id: str) -> str:
    """Hash somebody's id as a tombstone has it."""
    return keys.fingerprint(f"erased:{public_id}")


def note(transaction: Transaction, public_id: str, now: datetime) -> None:
    """Note that somebody is erased, and that files are to follow."""
    row = {"tombstone": tombstone(transaction.keys, public_id), "at": now}
    transaction.add_new(ERASURE, [row])


def waiting(transaction: Transaction) -> Collection[str]:
    """List the tombstones of those whom files may still tell of."""
    return transaction.run(select(ERASURE.c.tombstone)).scalars().all()


def count(transaction: Transaction) -> int:
    """Count those whom files may still tell of."""
    return transaction.run(select(func.count()).select_from(ERASURE)).scalar_one()


def finish(transaction: Transaction, tombstones: Collection[str]) -> None:
    """Note that no file tells of these any more."""
    if tombstones:
        transaction.run(delete(ERASURE).where(ERASURE.c.tombstone.in_(tombstones)))
