"""The outbox: everything to be said, kept in the transaction that decided to say it.

`new → sending → sent | new (later) | unknown | expired | dead`, each arrow a commit.
`sending` is written before the call: a process that dies in it leaves a row whose fate
nobody knows. A reply then goes again (at least once), a nudge never (at most once).
Letters of a chat go in their order; nudges have a lane of their own behind the rest.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, or_, select, update

from storage.columns import UtcTime
from storage.keys import Key, Words
from storage.tables.transport import OUTBOX
from storage.transaction import Transaction


class Kind(StrEnum):
    """What a letter is for."""

    REPLY = "reply"
    NUDGE = "nudge"
    NOTICE = "notice"
    DOCUMENT = "document"


class State(StrEnum):
    """How far a letter has come."""

    NEW = "new"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    DEAD = "dead"


class Lane(StrEnum):
    """Which queue a letter stands in: nudges wait behind everything else."""

    ANSWERS = "answers"
    NUDGES = "nudges"


@dataclass(frozen=True, slots=True)
class Letter:
    """Something to be said; the same *dedup_key* is said once, however often it is put."""

    dedup_key: str
    chat_id: int
    kind: Kind
    payload: bytes
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that is being sent; *attempts* counts this one."""

    id: int
    dedup_key: str
    chat_id: int
    kind: Kind
    payload: bytes
    attempts: int


_NOW = bindparam("now", type_=UtcTime())
_IS_DUE = and_(
    or_(OUTBOX.c.not_before.is_(None), OUTBOX.c.not_before <= _NOW),
    or_(OUTBOX.c.expires_at.is_(None), OUTBOX.c.expires_at > _NOW),
)
_EARLIER = OUTBOX.alias("earlier")
_BEHIND_ANOTHER = exists().where(
    _EARLIER.c.chat_id == OUTBOX.c.chat_id,
    _EARLIER.c.state.in_((State.NEW, State.SENDING)),
    _EARLIER.c.lane == OUTBOX.c.lane,
    _EARLIER.c.id < OUTBOX.c.id,
)
_NEXT = (
    select(OUTBOX.c.id)
    .where(
        OUTBOX.c.state == State.NEW,
        OUTBOX.c.lane == bindparam("queue"),
        ~_BEHIND_ANOTHER,
        OUTBOX.c.chat_id.not_in(bindparam("busy", expanding=True)),
        _IS_DUE,
    )
    .order_by(OUTBOX.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)  # a sender that is being replaced may take it
    .cte("next")
)
"""What is next, looked up once: a plain subquery PostgreSQL may ask again for each waiting row."""

_SENDING = (
    update(OUTBOX)
    .values(state=State.SENDING, attempts=OUTBOX.c.attempts + 1)
    .returning(
        OUTBOX.c.id,
        OUTBOX.c.dedup_key,
        OUTBOX.c.chat_id,
        OUTBOX.c.kind,
        OUTBOX.c.payload,
        OUTBOX.c.attempts,
    )
)
_TAKE = _SENDING.where(OUTBOX.c.id.in_(select(_NEXT.c.id)))
_HEAD = select(func.min(OUTBOX.c.id)).where(
    OUTBOX.c.chat_id == bindparam("chat"),
    or_(OUTBOX.c.state == State.NEW, OUTBOX.c.state == State.SENDING),
    OUTBOX.c.lane == Lane.ANSWERS,
)
_TAKE_ANSWER = _SENDING.where(
    OUTBOX.c.id == _HEAD.scalar_subquery(), OUTBOX.c.state == State.NEW, _IS_DUE
)
_BEHIND = select(
    exists()
    .where(OUTBOX.c.chat_id == bindparam("chat"), OUTBOX.c.state == State.NEW)
    .label("waits")
)
_EXPIRE = (
    update(OUTBOX)
    .where(OUTBOX.c.state == State.NEW, OUTBOX.c.expires_at <= _NOW)
    .values(state=State.EXPIRED, payload=None, done_at=_NOW)
)
_FINISH = (
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("letter"))
    .values(
        payload=None,
        state=bindparam("to"),
        message_id=bindparam("message"),
        reason=bindparam("why"),
        done_at=_NOW,
    )
)


def put(transaction: Transaction, letters: Sequence[Letter], now: datetime) -> int:
    """Keep letters that were not known yet; count them."""
    key = transaction.keys.transport
    rows = [
        {
            "dedup_key": letter.dedup_key,
            "chat_id": letter.chat_id,
            "lane": Lane.NUDGES if letter.kind is Kind.NUDGE else Lane.ANSWERS,
            "kind": letter.kind,
            "payload": Words(key, letter.dedup_key, letter.payload),
            "state": State.NEW,
            "attempts": 0,
            "expires_at": letter.expires_at,
            "created_at": now,
        }
        for letter in letters
    ]
    return transaction.add_new(OUTBOX, rows)


def take(
    transaction: Transaction, now: datetime, busy: Collection[int], *, replies: int, nudges: int
) -> list[Taken]:
    """Mark letters as being sent: at most one a chat, none of *busy* chats, replies first."""
    taken = _take(transaction, now, busy, Lane.ANSWERS, replies)
    answered = {letter.chat_id for letter in taken}
    return taken + _take(transaction, now, answered.union(busy), Lane.NUDGES, nudges)


def take_answer(transaction: Transaction, chat_id: int, now: datetime) -> Taken | None:
    """Mark what a chat is answered next as being sent, if it may go now."""
    rows = transaction.rows(_TAKE_ANSWER, {"chat": chat_id, "now": now})
    return _taken(rows[0], transaction.keys.transport) if rows else None


def waits_behind(transaction: Transaction, chat_id: int) -> bool:
    """Tell whether something else is to be sent to a chat."""
    (found,) = transaction.rows(_BEHIND, {"chat": chat_id})
    return bool(found.waits)


def sent(transaction: Transaction, letter_id: int, message_id: int | None, now: datetime) -> None:
    """Note that Telegram took a letter, and forget its words."""
    _finish(transaction, letter_id, State.SENT, now, message_id=message_id)


def retry(transaction: Transaction, letter_id: int, not_before: datetime, reason: str) -> None:
    """Send a letter again, not before then; its chat waits with it.

    Nothing happens if another sender has recovered it meanwhile.
    """
    waiting = update(OUTBOX).where(OUTBOX.c.id == letter_id, OUTBOX.c.state == State.SENDING)
    transaction.run(waiting.values(state=State.NEW, not_before=not_before, reason=reason))


def unknown(transaction: Transaction, letter_id: int, reason: str, now: datetime) -> None:
    """Note that nobody knows whether a letter arrived; it is not sent again."""
    _finish(transaction, letter_id, State.UNKNOWN, now, reason=reason)


def dead(transaction: Transaction, letter_id: int, reason: str, now: datetime) -> None:
    """Give a letter up."""
    _finish(transaction, letter_id, State.DEAD, now, reason=reason)


def expire(transaction: Transaction, now: datetime) -> int:
    """Drop letters whose time is over; count them."""
    return transaction.change(_EXPIRE, {"now": now})


def _take(
    transaction: Transaction, now: datetime, busy: Collection[int], lane: Lane, most: int
) -> list[Taken]:
    if most <= 0:
        return []
    asked = {"now": now, "busy": list(busy), "queue": lane, "most": most}
    rows = transaction.run(_TAKE, asked)
    letters = [_taken(row, transaction.keys.transport) for row in rows]
    return sorted(letters, key=lambda letter: letter.id)


def _finish(
    transaction: Transaction,
    letter_id: int,
    state: State,
    now: datetime,
    *,
    message_id: int | None = None,
    reason: str | None = None,
) -> None:
    outcome = {"to": state, "message": message_id, "why": reason, "now": now}
    transaction.change(_FINISH, {"letter": letter_id, **outcome})


def _taken(row: Any, key: Key) -> Taken:
    return Taken(
        id=row.id,
        dedup_key=row.dedup_key,
        chat_id=row.chat_id,
        kind=Kind(row.kind),
        payload=row.payload.open(key, row.dedup_key),
        attempts=row.attempts,
    )
