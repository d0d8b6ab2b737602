"""Claiming: how a worker gets the chats it works on, alone or as one of several."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from storage import conversations, errors, inbox, inbox_care, leases
from storage.conversations import Standing
from storage.database import Database
from storage.inbox import Item
from storage.transaction import Transaction

CHATS_AT_ONCE = 32
SUSPICIOUS_FROM = 2


@dataclass(frozen=True, slots=True)
class Hands:
    """The chats a worker works on, and those that processes may have died over."""

    busy: frozenset[int]
    suspects: frozenset[int]


@dataclass(frozen=True, slots=True)
class Found:
    """What was claimed; *more* says that something else waits, for the end of a turn perhaps."""

    items: list[Item]
    more: bool


@dataclass(frozen=True, slots=True)
class Claimed:
    """An item whose turn it is, and where its person stands: None for a newcomer.

    *broken* is why that cannot be read.
    """

    item: Item
    standing: Standing | None = None
    broken: Exception | None = None


class Claims(Protocol):
    """A way to chats; everything but `look_every` runs inside a transaction."""

    @property
    def database(self) -> Database:
        """Whose inbox it is."""
        ...

    @property
    def look_every(self) -> timedelta:
        """How often to look without having been woken."""
        ...

    def claim(self, transaction: Transaction, hands: Hands, now: datetime) -> Found:
        """Claim whatever may be worked on now."""
        ...

    def renew(self, transaction: Transaction, now: datetime) -> None:
        """Say that the worker is still at it."""
        ...

    def give_back(self, transaction: Transaction, parked: Collection[int]) -> None:
        """Leave items to whoever comes next, their attempts uncounted."""
        ...


@dataclass(frozen=True, slots=True)
class Alone:
    """The one process that takes turns: it knows who has what, and nothing is written of it."""

    database: Database
    look_every: timedelta = timedelta(seconds=10)

    def claim(self, transaction: Transaction, hands: Hands, now: datetime) -> Found:
        """Claim whatever may be worked on now."""
        waiting = inbox.waiting_chats(transaction, now)
        chats = choose(list(waiting), hands)
        behind = any(waits > 1 for waits in waiting.values())
        more = behind or not waiting.keys() <= hands.busy.union(chats)
        return Found(inbox.claim(transaction, chats, now) if chats else [], more)

    def renew(self, transaction: Transaction, now: datetime) -> None:
        """Say nothing: nobody else is there to take it."""

    def give_back(self, transaction: Transaction, parked: Collection[int]) -> None:
        """Uncount attempts."""
        inbox_care.give_back(transaction, parked)


@dataclass(frozen=True, slots=True)
class Leased:
    """One worker of several, under a name that no other has, nor had before."""

    database: Database
    name: str
    look_every: timedelta = timedelta(seconds=1)  # what others left, or no bell was heard for

    def claim(self, transaction: Transaction, hands: Hands, now: datetime) -> Found:
        """Claim whatever may be worked on now and nobody else has; more may always come."""
        if len(hands.busy) >= CHATS_AT_ONCE:
            return Found([], more=True)
        found = leases.waiting_chats(transaction, now, 2 * CHATS_AT_ONCE)
        if not found:
            return Found([], more=True)
        died = inbox_care.suspects(transaction, SUSPICIOUS_FROM)  # others may have died meanwhile
        chats = choose(found, Hands(hands.busy, hands.suspects | died))
        return Found(leases.claim(transaction, chats, self.name, now), more=True)

    def renew(self, transaction: Transaction, now: datetime) -> None:
        """Keep every lease a while longer."""
        leases.renew(transaction, self.name, now)

    def give_back(self, transaction: Transaction, parked: Collection[int]) -> None:
        """Uncount attempts at what it still holds, and let others have it."""
        inbox_care.give_back(transaction, parked, self.name)
        leases.release(transaction, self.name)


def begun(transaction: Transaction, item: Item) -> Claimed:
    """Read where the turn of *item* begins; what is wrong with one person is nobody else's harm."""
    try:
        return Claimed(item, conversations.load(transaction, item.chat_id))
    except Exception as error:  # whatever it is: its own turn fails of it
        if errors.is_outage(error):
            raise
        return Claimed(item, broken=error)


def choose(waiting: Sequence[int], hands: Hands) -> Sequence[int]:
    """Choose whose turn it is among *waiting* chats: one a chat, one suspect at a time."""
    chosen: list[int] = []
    alone = any(chat in hands.suspects for chat in hands.busy)
    for chat in waiting:
        if len(hands.busy) + len(chosen) == CHATS_AT_ONCE:
            break
        if chat in hands.busy or (alone and chat in hands.suspects):
            continue
        alone = alone or chat in hands.suspects
        chosen.append(chat)
    return chosen
