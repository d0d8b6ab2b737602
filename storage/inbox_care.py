"""Care for the inbox's order: floods are cut, suspects found, unfinished attempts given back."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, update

from storage.inbox import State
from storage.tables.transport import INBOX
from storage.transaction import Transaction

_WAITS = INBOX.c.state == State.NEW


def trim(transaction: Transaction, chats: Collection[int], most: int, now: datetime) -> int:
    """Keep the newest *most* waiting items of each chat, give the others up, and count them."""
    of_chats = (_WAITS, INBOX.c.chat_id.in_(chats))
    crowded = (
        select(INBOX.c.chat_id)
        .where(*of_chats)
        .group_by(INBOX.c.chat_id)
        .having(func.count() > most)
    )
    flooded = list(transaction.run(crowded).scalars())
    if not flooded:
        return 0
    age = func.row_number().over(partition_by=INBOX.c.chat_id, order_by=INBOX.c.id.desc())
    ranked = select(INBOX.c.id, age.label("age")).where(_WAITS, INBOX.c.chat_id.in_(flooded))
    ranks = ranked.subquery()
    late = update(INBOX).where(INBOX.c.id.in_(select(ranks.c.id).where(ranks.c.age > most)))
    given_up = {"state": State.DEAD, "body": None, "reason": "flood", "done_at": now}
    return transaction.run(late.values(given_up)).rowcount


def suspects(transaction: Transaction, tries: int) -> set[int]:
    """Find the chats with an item that was begun *tries* times or more and never ended."""
    begun = select(INBOX.c.chat_id).where(_WAITS, INBOX.c.attempts >= tries)
    return set(transaction.run(begun).scalars())


def give_back(transaction: Transaction, items: Collection[int]) -> None:
    """Do not count the attempts that a stop in good order cut short."""
    parked = update(INBOX).where(_WAITS, INBOX.c.id.in_(items), INBOX.c.attempts > 0)
    transaction.run(parked.values(attempts=INBOX.c.attempts - 1))
