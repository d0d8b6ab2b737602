"""Care for the outbox beside sending: what a kill left, what waits, whom nothing more is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update

from storage.outbox import Lane, State
from storage.tables.transport import OUTBOX
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a start found in `sending`: replies that go again, nudges that never will."""

    again: int
    unknown: int


def recover(transaction: Transaction, now: datetime, flying: Collection[int] = ()) -> Recovered:
    """Send replies that were under way again, and give up on such nudges, but for *flying* chats'.

    At start, and when nobody knows whether a commit was made.
    """
    sending = update(OUTBOX).where(OUTBOX.c.state == State.SENDING, OUTBOX.c.chat_id.not_in(flying))
    lost = sending.where(OUTBOX.c.lane == Lane.NUDGES)
    given_up = {"state": State.UNKNOWN, "payload": None, "reason": "crash", "done_at": now}
    unknown_now = transaction.run(lost.values(given_up)).rowcount
    again = transaction.run(sending.values(state=State.NEW, reason="crash")).rowcount
    return Recovered(again, unknown_now)


def cancel_nudges(transaction: Transaction, chat_id: int, reason: str, now: datetime) -> int:
    """Give up the nudges that wait for a chat; count them."""
    waiting = update(OUTBOX).where(
        OUTBOX.c.chat_id == chat_id, OUTBOX.c.state == State.NEW, OUTBOX.c.lane == Lane.NUDGES
    )
    given_up = {"state": State.DEAD, "payload": None, "reason": reason, "done_at": now}
    return transaction.run(waiting.values(given_up)).rowcount


def silence(transaction: Transaction, chat_id: int) -> None:
    """Delete the letters of a chat, sent or not."""
    transaction.run(delete(OUTBOX).where(OUTBOX.c.chat_id == chat_id))


def waiting(transaction: Transaction) -> int:
    """Count the letters that are to be sent, for the health check."""
    unsent = OUTBOX.c.state.in_((State.NEW, State.SENDING))
    return transaction.run(select(func.count()).where(unsent)).scalar_one()


def purge(transaction: Transaction, before: datetime) -> int:
    """Delete what was finished before then; count it."""
    return transaction.run(delete(OUTBOX).where(OUTBOX.c.done_at < before)).rowcount


def message_of(transaction: Transaction, dedup_key: str) -> int | None:
    """Find the message a letter became; None if it never was sent, or is long forgotten."""
    sent = select(OUTBOX.c.message_id).where(OUTBOX.c.dedup_key == dedup_key)
    return transaction.run(sent).scalar_one_or_none()
