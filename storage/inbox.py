"""The inbox: everything that comes in, kept before it is acknowledged, in order by chat.

A row is `new` until its turn is over, then `done`, or `dead` with a reason. Where one
process takes all turns, who works on which chat is known to it and not stored: after a crash
every `new` row is simply claimed again, and its attempts tell how often that happened. Where
several do, the head of a chat carries a lease, as `storage.leases` says.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update

from storage.columns import UtcTime
from storage.keys import Key, Words
from storage.tables.transport import INBOX
from storage.transaction import Transaction

TELEGRAM = "telegram"
"""The source of what Telegram brings; its keys are the updates' numbers."""

NOBODY = 0
"""Whose chat an item of somebody erased is."""


class State(StrEnum):
    """How far an item has come."""

    NEW = "new"
    DONE = "done"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that came in; *source* and *key* together say what it is the only one of."""

    key: str
    chat_id: int
    kind: str
    body: bytes
    source: str = TELEGRAM


@dataclass(frozen=True, slots=True)
class Item:
    """An arrival whose turn it is; *attempts* counts this one, *worker* has leased it, if any."""

    id: int
    source: str
    key: str
    chat_id: int
    kind: str
    body: bytes
    attempts: int
    received_at: datetime
    worker: str | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits, and since when."""

    waiting: int
    oldest: datetime | None


_HEAD = func.min(INBOX.c.id).label("head")
HEADS = select(_HEAD).where(INBOX.c.state == State.NEW).group_by(INBOX.c.chat_id)
DUE = or_(INBOX.c.not_before.is_(None), INBOX.c.not_before <= bindparam("now", type_=UtcTime()))
_HEAD_AND_TAIL = HEADS.add_columns(func.count().label("waits")).subquery()
_WAITING = (
    select(INBOX.c.chat_id, _HEAD_AND_TAIL.c.waits)
    .join(_HEAD_AND_TAIL, _HEAD_AND_TAIL.c.head == INBOX.c.id)
    .where(DUE)
    .order_by(INBOX.c.id)
)
HEADS_OF = HEADS.where(INBOX.c.chat_id.in_(bindparam("chats", expanding=True)))
ITEM = (
    INBOX.c.id,
    INBOX.c.source,
    INBOX.c.key,
    INBOX.c.chat_id,
    INBOX.c.kind,
    INBOX.c.body,
    INBOX.c.attempts,
    INBOX.c.received_at,
    INBOX.c.worker,
)
_HEAD_OF = select(_HEAD).where(INBOX.c.state == State.NEW, INBOX.c.chat_id == bindparam("chat"))
_CLAIM = (
    update(INBOX)
    .where(INBOX.c.id == _HEAD_OF.scalar_subquery(), DUE)
    .values(attempts=INBOX.c.attempts + 1)
    .returning(*ITEM)
)
_FOLLOWING = (
    select(INBOX)
    .where(
        INBOX.c.state == State.NEW,
        INBOX.c.chat_id == bindparam("chat"),
        INBOX.c.id > bindparam("item"),
    )
    .order_by(INBOX.c.id)
    .limit(bindparam("most"))
)
_FINISH = (
    update(INBOX)
    .where(INBOX.c.id == bindparam("item"), INBOX.c.state == State.NEW)
    .values(
        body=None,
        not_before=None,
        state=bindparam("to"),
        reason=bindparam("why"),
        done_at=bindparam("now"),
    )
)
_FINISH_LEASED = _FINISH.where(INBOX.c.worker == bindparam("holder"))


def put(transaction: Transaction, arrivals: Sequence[Arrival], now: datetime) -> int:
    """Keep what came in and was not known yet; count it."""
    key = transaction.keys.transport
    rows = [
        {
            "source": arrival.source,
            "key": arrival.key,
            "chat_id": arrival.chat_id,
            "kind": arrival.kind,
            "body": Words(key, _identity(arrival.source, arrival.key), arrival.body),
            "state": State.NEW,
            "attempts": 0,
            "received_at": now,
        }
        for arrival in arrivals
    ]
    return transaction.add_new(INBOX, rows)


def waiting_chats(transaction: Transaction, now: datetime) -> dict[int, int]:
    """Count what waits in each chat whose next item is due, the longest waiting first."""
    return {row.chat_id: row.waits for row in transaction.rows(_WAITING, {"now": now})}


def claim(transaction: Transaction, chats: Collection[int], now: datetime) -> list[Item]:
    """Take the next item of each of *chats* that is due, and count the attempt.

    Commit before working: an item that kills the process must be seen to do so.
    """
    found = (transaction.rows(_CLAIM, {"chat": chat, "now": now}) for chat in chats)
    return opened(transaction, chain.from_iterable(found))


def following(transaction: Transaction, item: Item, most: int) -> list[Item]:
    """Look at what waits behind an item in its chat, in order; nothing is claimed."""
    asked = {"chat": item.chat_id, "item": item.id, "most": most}
    return opened(transaction, transaction.run(_FOLLOWING, asked))


def done(transaction: Transaction, item_id: int, now: datetime, worker: str | None = None) -> bool:
    """End an item's turn and forget its words; False if it was over already.

    False too if *worker* is named and no longer holds the item's lease.
    """
    return _finish(transaction, item_id, State.DONE, None, now, worker)


def dead(
    transaction: Transaction, item_id: int, reason: str, now: datetime, worker: str | None = None
) -> bool:
    """Give an item up; False as in `done`. *reason* is a code, never words."""
    return _finish(transaction, item_id, State.DEAD, reason, now, worker)


def retry(
    transaction: Transaction, item_id: int, not_before: datetime, worker: str | None = None
) -> None:
    """Leave an item, and with it its chat, to whoever looks after *not_before*."""
    waits = update(INBOX).where(INBOX.c.id == item_id, INBOX.c.state == State.NEW)
    if worker is not None:
        waits = waits.where(INBOX.c.worker == worker)
    transaction.run(waits.values(not_before=not_before, worker=None, leased_until=None))


def silence(transaction: Transaction, chat_id: int, now: datetime) -> None:
    """Forget a chat and its words; Telegram's keys stay a while, so nothing comes in again."""
    theirs = INBOX.c.chat_id == chat_id
    transaction.run(delete(INBOX).where(theirs, INBOX.c.source != TELEGRAM))
    given_up = {"state": State.DEAD, "body": None, "reason": "erased", "done_at": now}
    transaction.run(update(INBOX).where(theirs, INBOX.c.state == State.NEW).values(given_up))
    transaction.run(update(INBOX).where(theirs).values(chat_id=NOBODY))


def backlog(transaction: Transaction) -> Backlog:
    """Tell how much waits and since when, for the health check."""
    count, oldest = func.count(), func.min(INBOX.c.received_at)
    found = select(count, oldest).where(INBOX.c.state == State.NEW)
    return Backlog(*transaction.run(found).one())


def purge(transaction: Transaction, before: datetime) -> int:
    """Delete what was finished before then; count it."""
    return transaction.run(delete(INBOX).where(INBOX.c.done_at < before)).rowcount


def opened(transaction: Transaction, rows: Iterable[Any]) -> list[Item]:
    """Open rows of `ITEM`'s columns, in the order of their arrival."""
    items = [_item(row, transaction.keys.transport) for row in rows]
    return sorted(items, key=lambda item: item.id)


def _finish(
    transaction: Transaction,
    item_id: int,
    state: State,
    reason: str | None,
    now: datetime,
    worker: str | None,
) -> bool:
    outcome = {"item": item_id, "to": state, "why": reason, "now": now}
    if worker is None:
        return transaction.change(_FINISH, outcome) > 0
    return transaction.change(_FINISH_LEASED, {**outcome, "holder": worker}) > 0


def _item(row: Any, key: Key) -> Item:
    return Item(
        id=row.id,
        source=row.source,
        key=row.key,
        chat_id=row.chat_id,
        kind=row.kind,
        body=row.body.open(key, _identity(row.source, row.key)),
        attempts=row.attempts,
        received_at=row.received_at,
        worker=row.worker,
    )


def _identity(source: str, key: str) -> str:
    return f"{source}:{key}"
