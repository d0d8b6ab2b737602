"""Leases: which worker has a chat, where several processes take turns.

A lease stands on the head of a chat, the item whose turn is being taken. Nobody else claims
anything of that chat until it ends: with the item's turn, in the same commit; when it is given
back; or by itself, when its worker has not renewed it in time. Ending a turn asks for the
lease once more, so whoever lost it writes nothing. Times are the workers': clocks that differ
by more than a lease cost turns taken twice, never anything written twice.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, or_, select, update

from storage import inbox
from storage.columns import UtcTime
from storage.inbox import DUE, HEADS, HEADS_OF, ITEM, Item, State
from storage.tables.transport import INBOX
from storage.transaction import Transaction

LASTS = timedelta(seconds=15)
RENEWED_EVERY = timedelta(seconds=5)

_NOW = bindparam("now", type_=UtcTime())
_UNTIL = bindparam("until", type_=UtcTime())
_FREE = or_(INBOX.c.leased_until.is_(None), INBOX.c.leased_until <= _NOW)
_OTHER = INBOX.alias("other")
_IN_HAND = exists().where(
    _OTHER.c.chat_id == INBOX.c.chat_id,
    _OTHER.c.state == State.NEW,
    _OTHER.c.id != INBOX.c.id,
    _OTHER.c.leased_until > _NOW,
)
"""What came in late with a lower number must not overtake the turn under way."""

_CHATS = (
    select(INBOX.c.chat_id)
    .where(INBOX.c.id.in_(HEADS), DUE, _FREE, ~_IN_HAND)
    .order_by(INBOX.c.id)
    .limit(bindparam("most"))
)
_HEADS = (
    select(INBOX.c.id)
    .where(INBOX.c.id.in_(HEADS_OF), INBOX.c.state == State.NEW, DUE, _FREE, ~_IN_HAND)
    .with_for_update(skip_locked=True)
)
_TAKE = (
    update(INBOX)
    .where(INBOX.c.id.in_(bindparam("heads", expanding=True)))
    .values(attempts=INBOX.c.attempts + 1, worker=bindparam("holder"), leased_until=_UNTIL)
    .returning(*ITEM)
)
_THEIRS = update(INBOX).where(INBOX.c.state == State.NEW, INBOX.c.worker == bindparam("holder"))
_RENEW = _THEIRS.values(leased_until=_UNTIL)
_RELEASE = _THEIRS.values(worker=None, leased_until=None)


class LeaseLostError(Exception):
    """Somebody else has the item by now: what its turn came to must not be written."""

    def __init__(self, item_id: int) -> None:
        super().__init__(item_id)
        self.item_id = item_id


def waiting_chats(transaction: Transaction, now: datetime, most: int) -> list[int]:
    """List chats that nobody has and whose next item is due, the longest waiting first."""
    return list(transaction.run(_CHATS, {"now": now, "most": most}).scalars())


def claim(
    transaction: Transaction, chats: Collection[int], worker: str, now: datetime
) -> list[Item]:
    """Lease the next item of each of *chats* that is still free, and count the attempt.

    Of several workers that ask at once each head goes to one. Commit before working.
    """
    heads = list(transaction.run(_HEADS, {"chats": list(chats), "now": now}).scalars())
    if not heads:
        return []
    asked = {"heads": heads, "holder": worker, "until": now + LASTS}
    return inbox.opened(transaction, transaction.run(_TAKE, asked))


def renew(transaction: Transaction, worker: str, now: datetime) -> int:
    """Keep all leases of a worker, also those that ended unnoticed; count them."""
    return transaction.run(_RENEW, {"holder": worker, "until": now + LASTS}).rowcount


def release(transaction: Transaction, worker: str) -> int:
    """Give back all leases of a worker, for others to claim at once; count them."""
    return transaction.run(_RELEASE, {"holder": worker}).rowcount
