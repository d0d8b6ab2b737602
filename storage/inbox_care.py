"""Care for the inbox's order: floods are cut, suspects found, unfinished attempts given back."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from storage.columns import UtcTime
from storage.inbox import State
from storage.tables.transport import INBOX
from storage.transaction import Transaction

_WAITS = INBOX.c.state == State.NEW
_OF_CHATS = INBOX.c.chat_id.in_(bindparam("chats", expanding=True))
_WAITING = select(func.count().label("waits")).where(_WAITS, INBOX.c.chat_id == bindparam("chat"))
_AGE = func.row_number().over(partition_by=INBOX.c.chat_id, order_by=INBOX.c.id.desc())
_RANKED = select(INBOX.c.id, _AGE.label("age")).where(_WAITS, _OF_CHATS).subquery()
_CUT = (
    update(INBOX)
    .where(INBOX.c.id.in_(select(_RANKED.c.id).where(_RANKED.c.age > bindparam("most"))))
    .values(state=State.DEAD, body=None, reason="flood", done_at=bindparam("now", type_=UtcTime()))
)


def trim(transaction: Transaction, chats: Collection[int], most: int, now: datetime) -> int:
    """Keep the newest *most* waiting items of each chat, give the others up, and count them."""
    crowded = [chat for chat in chats if _waiting(transaction, chat) > most]
    if not crowded:
        return 0
    return transaction.run(_CUT, {"chats": crowded, "most": most, "now": now}).rowcount


def _waiting(transaction: Transaction, chat: int) -> int:
    (found,) = transaction.rows(_WAITING, {"chat": chat})
    return found.waits


def suspects(transaction: Transaction, tries: int) -> set[int]:
    """Find the chats with an item that was begun *tries* times or more and never ended."""
    begun = select(INBOX.c.chat_id).where(_WAITS, INBOX.c.attempts >= tries)
    return set(transaction.run(begun).scalars())


def give_back(transaction: Transaction, items: Collection[int], worker: str | None = None) -> None:
    """Do not count the attempts that a stop in good order cut short, *worker*'s if named."""
    parked = update(INBOX).where(_WAITS, INBOX.c.id.in_(items), INBOX.c.attempts > 0)
    if worker is not None:
        parked = parked.where(INBOX.c.worker == worker)
    transaction.run(parked.values(attempts=INBOX.c.attempts - 1))
