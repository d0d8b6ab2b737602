"""After an erasure, no byte in the data folder tells of the person."""

from pathlib import Path

import pytest
from sqlalchemy import select

from storage import access, conversations, inbox, installation, outbox, people
from storage.access import Invitation
from storage.database import Database
from storage.errors import ConversationMovedError
from storage.inbox import Arrival
from storage.people import Person
from storage.tables.people import PERSON
from storage.transaction import Transaction
from tests.storage import test_people
from tests.storage.conftest import NOW

FIRST = 7_123_456_701
OTHERS = 40


def traces(transaction: Transaction, person: Person) -> list[bytes]:
    """What could tell of somebody: their key, their ids, in text and as SQLite writes numbers."""
    wrapped = transaction.run(
        select(PERSON.c.wrapped_key).where(PERSON.c.id == person.id)
    ).scalar_one()
    chat = person.chat_id
    return [wrapped, person.public_id.encode(), str(chat).encode(), chat.to_bytes(6), b"canary"]


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def move_in(transaction: Transaction, chat: int) -> Person:
    person = people.create(transaction, chat, "en", NOW)
    test_people.fill(transaction, person)
    access.invite(transaction, Invitation(f"made by {chat}", 3, test_people.LATER, chat), NOW)
    return person


async def test_no_file_keeps_a_byte_of_somebody_erased(sqlite_database: Database, tmp_path: Path):
    data, chats = tmp_path / "data", range(FIRST, FIRST + OTHERS)
    moved_in = [await sqlite_database.write(lambda tx, c=chat: move_in(tx, c)) for chat in chats]
    gone = moved_in[OTHERS // 2]
    await sqlite_database.write(lambda tx: installation.set_owner(tx, gone.chat_id))
    told = await sqlite_database.read(lambda tx: traces(tx, gone))
    before = bytes_of(data)
    assert [trace in before for trace in told] == [True, True, False, True, False]

    await sqlite_database.write(lambda tx: people.erase(tx, gone, NOW))
    await sqlite_database.finish_erasures()

    after = bytes_of(data)
    assert [trace for trace in told if trace in after] == []
    stays = await sqlite_database.read(lambda tx: traces(tx, moved_in[0]))
    assert [trace in after for trace in stays] == [True, True, False, True, False]


def test_a_turn_a_send_and_an_apology_under_way_leave_nothing(database: Database, ada: Person):
    standing = database.write_now(lambda tx: conversations.begin(tx, ada, "goal", b"{}", NOW))
    database.write_now(lambda tx: test_people.inbox.put(tx, [arrival(ada)], NOW))
    (item,) = database.write_now(lambda tx: inbox.claim(tx, [ada.chat_id], NOW))
    letter = outbox.Letter("under way", ada.chat_id, outbox.Kind.REPLY, b"words")
    database.write_now(lambda tx: outbox.put(tx, [letter], NOW))
    (sending,) = database.write_now(lambda tx: outbox.take(tx, NOW, (), replies=1, nudges=0))

    database.write_now(lambda tx: people.erase(tx, ada, NOW))
    with pytest.raises(ConversationMovedError):
        database.write_now(lambda tx: conversations.save(tx, standing, "plan", b"{}", NOW))
    database.write_now(lambda tx: outbox.sent(tx, sending.id, 77, NOW))

    assert not database.write_now(lambda tx: inbox.dead(tx, item.id, "late", NOW))
    assert not any(test_people.rows(database, ada).values())


def arrival(person: Person) -> Arrival:
    return Arrival("1", person.chat_id, "message", b"words")
