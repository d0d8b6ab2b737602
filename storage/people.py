"""People: who talks to the bot, in which language, where, and with which consent.

A person is made with a key of their own; erasing the row takes the key, and everything
that was sealed with it, along. Their number is never given again: a turn that began
before an erasure cannot save anything after it.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, insert, select, update

from coach.preferences import Preferences
from storage import access, erasures, inbox, opik_erasure, outbox_care, preferences
from storage.failpoints import failpoint
from storage.keys import Key, Keyring, Words
from storage.tables.people import CONSENT, PERSON
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the storage knows them; *public_id* is the only id that may leave it."""

    id: int
    public_id: str
    chat_id: int
    language: str
    time_zone: str | None
    reachable: bool
    heard_at: datetime | None
    preferences: Preferences
    key: Key = field(repr=False, compare=False)

    @property
    def thread_id(self) -> str:
        """Name their conversation where traces are shown; from this nobody finds the person."""
        return hashlib.sha256(f"thread {self.public_id}".encode()).hexdigest()[:32]

    def words(self, row: str, words: bytes) -> Words:
        """Prepare words of theirs for a sealed column of one row."""
        return Words(self.key, row, words)


COLUMNS = (
    PERSON.c.id,
    PERSON.c.public_id,
    PERSON.c.chat_id,
    PERSON.c.language,
    PERSON.c.time_zone,
    PERSON.c.reachable,
    PERSON.c.heard_at,
    PERSON.c.wrapped_key,
    *preferences.COLUMNS,
)


def create(transaction: Transaction, chat_id: int, language: str, now: datetime) -> Person:
    """Make somebody new, with a new key."""
    public_id = uuid4().hex
    row = {
        "public_id": public_id,
        "chat_id": chat_id,
        "language": language,
        "time_zone": None,
        "reachable": True,
        "wrapped_key": transaction.keys.new_wrapped_key(public_id),
        "created_at": now,
        "heard_at": now,
    }
    made = transaction.run(insert(PERSON).values(row).returning(*COLUMNS)).one()
    return read(made, transaction.keys)


def find(transaction: Transaction, chat_id: int) -> Person | None:
    """Find the person of a private chat; None for a newcomer."""
    row = transaction.run(select(*COLUMNS).where(PERSON.c.chat_id == chat_id)).one_or_none()
    return None if row is None else read(row, transaction.keys)


def named(transaction: Transaction, public_id: str) -> Person | None:
    """Find the person with a public id."""
    asked = select(*COLUMNS).where(PERSON.c.public_id == public_id)
    row = transaction.run(asked).one_or_none()
    return None if row is None else read(row, transaction.keys)


def set_language(transaction: Transaction, person: Person, language: str) -> None:
    """Speak another language with them."""
    transaction.run(update(PERSON).where(PERSON.c.id == person.id).values(language=language))


def set_time_zone(transaction: Transaction, person: Person, time_zone: str) -> None:
    """Note where they are, as an IANA name."""
    transaction.run(update(PERSON).where(PERSON.c.id == person.id).values(time_zone=time_zone))


def prefer(transaction: Transaction, person: Person, preferred: Preferences) -> None:
    """Note what they prefer from now on."""
    theirs = update(PERSON).where(PERSON.c.id == person.id)
    transaction.run(theirs.values(preferences.written(preferred)))


def set_check_in(transaction: Transaction, person: Person, check_in: str) -> None:
    """Note when they want to be asked how it went."""
    transaction.run(update(PERSON).where(PERSON.c.id == person.id).values(check_in=check_in))


def set_reachable(transaction: Transaction, chat_id: int, *, reachable: bool) -> None:
    """Note whether the bot may write to a chat."""
    transaction.run(update(PERSON).where(PERSON.c.chat_id == chat_id).values(reachable=reachable))


def scheduled(transaction: Transaction, person: Person, version: int) -> None:
    """Note by which version of the rules their check-ins were derived."""
    mine = update(PERSON).where(PERSON.c.id == person.id, PERSON.c.schedule_version != version)
    transaction.run(mine.values(schedule_version=version))


def scheduled_otherwise(transaction: Transaction, version: int, most: int) -> list[int]:
    """List chats of people whose check-ins were derived by an earlier version of the rules."""
    found = select(PERSON.c.chat_id).where(PERSON.c.schedule_version < version).limit(most)
    return list(transaction.run(found).scalars())


def consent(transaction: Transaction, person: Person, version: str, now: datetime) -> None:
    """Note the consent they gave to one version of the text."""
    row = {"person_id": person.id, "version": version, "given_at": now}
    transaction.run(insert(CONSENT).values(row))


def erase(transaction: Transaction, person: Person, now: datetime) -> None:
    """Delete a person, their key and all that is theirs, here and at Opik; silence their chat.

    Call `Database.finish_erasures` after the commit, so that no file keeps a copy of the key.
    """
    erasures.note(transaction, person.public_id, now)
    inbox.silence(transaction, person.chat_id, now)
    outbox_care.silence(transaction, person.chat_id)
    access.forget(transaction, person.chat_id)
    opik_erasure.order(transaction, person.id, now)
    failpoint("delete.mid")
    transaction.run(delete(PERSON).where(PERSON.c.id == person.id))


def erase_again(transaction: Transaction, tombstones: frozenset[str], now: datetime) -> int:
    """Erase whoever has a tombstone and came back with a restored backup; count them."""
    known = transaction.run(select(PERSON.c.public_id)).scalars().all() if tombstones else ()
    back = [one for one in known if erasures.tombstone(transaction.keys, one) in tombstones]
    for public_id in back:
        if (person := named(transaction, public_id)) is not None:
            erase(transaction, person, now)
    return len(back)


def read(row: Any, keys: Keyring) -> Person:
    """Make a person of a row that holds `COLUMNS`."""
    return Person(
        id=row.id,
        public_id=row.public_id,
        chat_id=row.chat_id,
        language=row.language,
        time_zone=row.time_zone,
        reachable=row.reachable,
        heard_at=row.heard_at,
        preferences=preferences.read(row),
        key=keys.key_of(row.public_id, row.wrapped_key),
    )
