"""Conversations: where each person stands, saved only by whoever loaded it last."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from storage import people
from storage.errors import ConversationMovedError
from storage.people import Person
from storage.tables.people import CONVERSATION, PERSON
from storage.transaction import Transaction

FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """A person, and where their conversation stands; the bot alone reads the draft."""

    person: Person
    stage: str
    draft: bytes
    version: int


_LOAD = (
    select(*people.COLUMNS, CONVERSATION.c.stage, CONVERSATION.c.draft, CONVERSATION.c.version)
    .join_from(CONVERSATION, PERSON)
    .where(PERSON.c.chat_id == bindparam("chat"))
)
_SAVE = (
    update(CONVERSATION)
    .where(
        CONVERSATION.c.person_id == bindparam("person"), CONVERSATION.c.version == bindparam("was")
    )
    .values(
        stage=bindparam("stage"),
        draft=bindparam("draft"),
        version=CONVERSATION.c.version + 1,
        updated_at=bindparam("now"),
    )
)


def load(transaction: Transaction, chat_id: int) -> Standing | None:
    """Load the conversation of a private chat; None for a newcomer."""
    rows = transaction.rows(_LOAD, {"chat": chat_id})
    if not rows:
        return None
    (row,) = rows
    person = people.read(row, transaction.keys)
    draft = row.draft.open(person.key, str(person.id))
    return Standing(person, row.stage, draft, row.version)


def begin(
    transaction: Transaction, person: Person, stage: str, draft: bytes, now: datetime
) -> Standing:
    """Store the conversation of somebody new."""
    row = {
        "person_id": person.id,
        "stage": stage,
        "draft": person.words(str(person.id), draft),
        "version": FIRST_VERSION,
        "updated_at": now,
    }
    transaction.run(insert(CONVERSATION).values(row))
    return Standing(person, stage, draft, FIRST_VERSION)


def save(
    transaction: Transaction, was: Standing, stage: str, draft: bytes, now: datetime
) -> Standing:
    """Store what became of a conversation, or raise ConversationMovedError."""
    person = was.person
    asked = {
        "person": person.id,
        "was": was.version,
        "stage": stage,
        "draft": person.words(str(person.id), draft),
        "now": now,
    }
    if transaction.change(_SAVE, asked) == 0:
        raise ConversationMovedError(person.id, was.version)
    return Standing(person, stage, draft, was.version + 1)
