from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage import access, conversations, inbox, outbox, outbox_care, people, personal
from storage.access import Invitation
from storage.conversations import Standing
from storage.database import Database
from storage.errors import ConversationMovedError
from storage.inbox import Arrival
from storage.outbox import Kind, Letter
from storage.people import Person
from storage.tables.people import CONSENT, PERSON
from storage.transaction import Transaction
from tests.storage import examples
from tests.storage.conftest import NOW

LATER = NOW + timedelta(days=7)


def find(database: Database, chat_id: int) -> Person | None:
    return database.read_now(lambda transaction: people.find(transaction, chat_id))


def test_a_newcomer_is_nobody_yet(database: Database):
    assert find(database, 1) is None


def test_somebody_is_found_by_a_chat_id_beyond_32_bits(database: Database, ada: Person):
    assert find(database, 7_000_000_001) == ada


def test_people_have_opaque_ids_and_keys_of_their_own(ada: Person, bob: Person):
    assert ada.public_id != bob.public_id
    assert ada.key.owner == ada.public_id


def test_what_is_known_of_somebody_changes(database: Database, ada: Person, bob: Person):
    def learn(transaction: Transaction) -> None:
        people.set_language(transaction, ada, "pt")
        people.set_time_zone(transaction, ada, "Europe/Lisbon")
        people.set_reachable(transaction, ada.chat_id, reachable=False)

    database.write_now(learn)

    found = find(database, ada.chat_id)
    assert found is not None
    assert (found.language, found.time_zone, found.reachable) == ("pt", "Europe/Lisbon", False)
    assert find(database, bob.chat_id) == bob


def test_a_consent_is_kept_with_its_version(database: Database, ada: Person):
    database.write_now(lambda transaction: people.consent(transaction, ada, "2026-11", NOW))

    (row,) = database.read_now(lambda transaction: transaction.run(select(CONSENT)).all())
    assert (row.person_id, row.version, row.given_at) == (ada.id, "2026-11", NOW)


def fill(transaction: Transaction, person: Person) -> None:
    """Leave something of a person's in every table that can hold it."""
    examples.fill(transaction, person)
    arrival = Arrival(f"waits {person.id}", person.chat_id, "message", b"words")
    inbox.put(transaction, [arrival], NOW)
    letter = Letter(f"waits {person.id}", person.chat_id, Kind.REPLY, b"words")
    outbox.put(transaction, [letter], NOW)
    access.invite(transaction, Invitation(f"code {person.id}", 1, LATER), NOW)
    access.redeem(transaction, f"code {person.id}", person.chat_id, NOW)


def rows(database: Database, person: Person) -> dict[str, int]:
    def look(transaction: Transaction) -> dict[str, int]:
        return {
            table.name: transaction.run(
                select(func.count()).select_from(table).where(personal.rows_of(table, person))
            ).scalar_one()
            for table in personal.tables()
        }

    return database.read_now(look)


def test_erasing_somebody_leaves_nothing_of_theirs_and_all_of_others(
    database: Database, ada: Person, bob: Person
):
    database.write_now(lambda transaction: fill(transaction, ada))
    database.write_now(lambda transaction: fill(transaction, bob))
    before = rows(database, bob)
    assert all(before.values())

    database.write_now(lambda transaction: people.erase(transaction, ada, NOW))

    assert not any(rows(database, ada).values())
    assert rows(database, bob) == before


def test_an_update_of_somebody_erased_is_not_taken_twice(database: Database, ada: Person):
    database.write_now(lambda transaction: fill(transaction, ada))
    database.write_now(lambda transaction: people.erase(transaction, ada, NOW))

    again = Arrival(f"waits {ada.id}", ada.chat_id, "message", b"words")

    assert database.write_now(lambda transaction: inbox.put(transaction, [again], NOW)) == 0


def test_nothing_that_waits_is_handed_out_after_an_erasure(database: Database, ada: Person):
    database.write_now(lambda transaction: fill(transaction, ada))

    database.write_now(lambda transaction: people.erase(transaction, ada, NOW))

    assert not database.write_now(lambda transaction: inbox.claim(transaction, [ada.chat_id], NOW))
    assert not database.write_now(
        lambda transaction: outbox.take(transaction, NOW, (), replies=9, nudges=9)
    )


def test_a_turn_that_began_before_an_erasure_saves_nothing(database: Database, ada: Person):
    standing = database.write_now(lambda tx: conversations.begin(tx, ada, "goal", b"{}", NOW))
    database.write_now(lambda transaction: people.erase(transaction, ada, NOW))
    back = database.write_now(lambda tx: people.create(tx, ada.chat_id, "en", NOW))
    database.write_now(lambda tx: conversations.begin(tx, back, "consent", b"{}", NOW))

    with pytest.raises(ConversationMovedError):
        database.write_now(lambda tx: conversations.save(tx, standing, "plan", b"{}", NOW))

    assert back.id != ada.id
    assert load(database, ada.chat_id) == Standing(back, "consent", b"{}", 1)


async def test_no_file_keeps_an_erased_key(sqlite_database: Database, tmp_path: Path):
    ada = await sqlite_database.write(lambda tx: people.create(tx, 1, "en", NOW))
    wrapped: bytes = await sqlite_database.read(
        lambda transaction: transaction.run(select(PERSON.c.wrapped_key)).scalar_one()
    )
    assert wrapped in bytes_of(tmp_path / "data")

    await sqlite_database.write(lambda transaction: people.erase(transaction, ada, NOW))
    await sqlite_database.finish_erasures()

    assert wrapped not in bytes_of(tmp_path / "data")


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_a_newcomer_stands_nowhere(database: Database):
    assert load(database, 1) is None


def test_a_conversation_is_loaded_as_it_was_saved(database: Database, ada: Person):
    begun = database.write_now(lambda tx: conversations.begin(tx, ada, "goal", b"{}", NOW))
    saved = database.write_now(
        lambda tx: conversations.save(tx, begun, "clarify", '{"said": "läuft"}'.encode(), NOW)
    )

    assert load(database, ada.chat_id) == saved
    assert (saved.stage, saved.version) == ("clarify", 2)


def test_of_two_turns_from_one_standing_one_is_saved(database: Database, ada: Person):
    begun = database.write_now(lambda tx: conversations.begin(tx, ada, "goal", b"{}", NOW))
    database.write_now(lambda tx: conversations.save(tx, begun, "clarify", b"first", NOW))

    with pytest.raises(ConversationMovedError) as told:
        database.write_now(lambda tx: conversations.save(tx, begun, "clarify", b"second", NOW))

    assert (told.value.person_id, told.value.version) == (ada.id, 1)


def test_a_moved_conversation_takes_the_whole_turn_back(database: Database, ada: Person):
    begun = database.write_now(lambda tx: conversations.begin(tx, ada, "goal", b"{}", NOW))
    database.write_now(lambda tx: conversations.save(tx, begun, "clarify", b"{}", NOW))

    def late_turn(transaction: Transaction) -> None:
        outbox.put(transaction, [Letter("late", ada.chat_id, Kind.REPLY, b"late")], NOW)
        conversations.save(transaction, begun, "plan", b"{}", NOW)

    with pytest.raises(ConversationMovedError):
        database.write_now(late_turn)

    assert database.read_now(outbox_care.waiting) == 0


def load(database: Database, chat_id: int) -> Standing | None:
    return database.read_now(lambda transaction: conversations.load(transaction, chat_id))
