"""Delivery's side of the outbox: what is taken from it, and what is written back.

These functions run inside a transaction.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import ValidationError

from bot import outgoing
from bot.delivery.verdict import Again, Done, GivenUp, Lost, Verdict
from bot.outgoing import EditKeyboard, Outgoing
from storage import check_ins, messages, nudges, outbox, outbox_care, people
from storage.outbox import Taken
from storage.transaction import Transaction

Verdicts = Sequence[tuple[Taken, Verdict]]


@dataclass(frozen=True, slots=True)
class Room:
    """How much may be taken now, and which chats must be left alone."""

    slots: int
    replies: int
    nudges: int
    busy: Collection[int]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter ready to be sent."""

    letter: Taken
    outgoing: Outgoing


@dataclass(frozen=True, slots=True)
class Harvest:
    """What was taken.

    *more* says that other letters wait, or may: for room, or behind one that is being sent.
    *dropped* letters were given up at once.
    """

    parcels: list[Parcel]
    more: bool
    dropped: int = 0


def take(transaction: Transaction, room: Room, now: datetime) -> Harvest:
    """Mark letters as being sent, replies first, and open them."""
    most = min(room.slots, room.replies)
    replies = outbox.take(transaction, now, room.busy, replies=most, nudges=0)
    busy = {*room.busy, *(letter.chat_id for letter in replies)}
    left = min(room.slots - len(replies), room.nudges)
    nudging = outbox.take(transaction, now, busy, replies=0, nudges=left)
    taken, more = replies + nudging, len(replies) == most or len(nudging) == left
    if not taken and left > 0:
        outbox.expire(transaction, now)  # nothing waits; what is too late is never taken anyway
    opened = [_open(transaction, letter, now) for letter in taken]
    parcels = [parcel for parcel in opened if parcel]
    return Harvest(parcels, more, dropped=len(taken) - len(parcels))


def take_answer(transaction: Transaction, chat: int, now: datetime) -> Harvest:
    """Mark what *chat* is answered next as being sent, and open it."""
    letter = outbox.take_answer(transaction, chat, now)
    parcel = _open(transaction, letter, now) if letter is not None else None
    if parcel is not None:
        return Harvest([parcel], more=False)  # what is behind it is found when it has landed
    return Harvest([], more=outbox.waits_behind(transaction, chat))


def record(transaction: Transaction, verdicts: Verdicts, now: datetime) -> None:
    """Write down what became of letters."""
    for letter, verdict in verdicts:
        _record(transaction, letter, verdict, now)


def record_and_look_behind(transaction: Transaction, verdicts: Verdicts, now: datetime) -> bool:
    """Write down what became of letters, and tell whether their chats are to be sent more."""
    record(transaction, verdicts, now)
    return any(outbox.waits_behind(transaction, letter.chat_id) for letter, _ in verdicts)


def _record(transaction: Transaction, letter: Taken, verdict: Verdict, now: datetime) -> None:
    match verdict:
        case Done(message):
            outbox.sent(transaction, letter.id, message, now)
            if message is not None:
                messages.sent(transaction, letter.dedup_key, message, now)
            if letter.kind is outbox.Kind.NUDGE:
                nudges.sent(transaction, letter.dedup_key, now)
        case Again(after, reason):
            outbox.retry(transaction, letter.id, now + after, reason)
        case Lost(reason):
            outbox.unknown(transaction, letter.id, reason, now)
        case GivenUp(reason, gone):
            outbox.dead(transaction, letter.id, reason, now)
            if gone:
                people.set_reachable(transaction, letter.chat_id, reachable=False)
                outbox_care.cancel_nudges(transaction, letter.chat_id, reason, now)
                check_ins.stop(transaction, letter.chat_id)


def _open(transaction: Transaction, letter: Taken, now: datetime) -> Parcel | None:
    try:
        content = outgoing.load(letter.payload)
    except ValidationError:  # written by another version
        outbox.dead(transaction, letter.id, "unreadable", now)
        return None
    if isinstance(content, EditKeyboard) and content.message is None:
        message = outbox_care.message_of(transaction, content.sent_as or "")
        if message is None:
            outbox.dead(transaction, letter.id, "nothing_to_edit", now)
            return None
        content = replace(content, message=message)
    return Parcel(letter, content)
