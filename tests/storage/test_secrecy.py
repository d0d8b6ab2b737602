from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Date, Float, Integer, LargeBinary, Time, insert

from storage import backup, inbox, location, outbox, people
from storage.columns import Sealed, UtcTime
from storage.database import Database
from storage.errors import WordsUnreadableError
from storage.inbox import Arrival
from storage.outbox import Kind, Letter
from storage.people import Person
from storage.tables import METADATA
from storage.tables.people import CONVERSATION, PERSON
from storage.transaction import Transaction
from tests.storage import examples
from tests.storage.conftest import NOW

WORDLESS = (Boolean, Date, Float, Integer, LargeBinary, Sealed, Time, UtcTime)
# Columns that hold a code, a name or a key of ours; words belong into sealed columns.
CODES = {
    "alert": {"cause"},
    "erasure": {"tombstone"},
    "hold": {"level"},
    "turned_away": {"chat"},
    "change": {"trigger", "turn_id"},
    "check_in": {"kind", "time_zone", "weekdays"},
    "nudge": {"key", "kind", "turn_id", "wording"},
    "check_in_answer": {"reason", "state", "turn_id"},
    "consent": {"version"},
    "conversation": {"stage"},
    "evaluation": {"dimension", "object_id", "object_kind", "source", "turn_id"},
    "goal": {"state"},
    "inbox": {"key", "kind", "reason", "source", "state", "worker"},
    "invitation": {"code_hash"},
    "memory_fact": {"kind", "turn_id"},
    "message": {"direction", "key", "object_id", "object_kind", "turn_id"},
    "model_call": {
        "error",
        "finish",
        "mode",
        "model",
        "prompt_version",
        "provider",
        "step",
        "trace_id",
        "turn_id",
        "variant",
    },
    "opik_outbox": {"key", "kind", "reason", "state", "trace_id"},
    "experiment_assignment": {"experiment", "variant"},
    "variant_stop": {"experiment", "reason", "variant"},
    "counter": {"name"},
    "turn": {"error", "id", "outcome", "source", "trace_id"},
    "outbox": {"dedup_key", "kind", "lane", "reason", "state"},
    "feedback": {"object_id", "object_kind", "turn_id"},
    "person": {"check_in", "language", "public_id", "style", "time_zone"},
    "plan": {"mode", "prompt_version", "trace_id", "turn_id", "variant"},
    "rating": {
        "aspect",
        "mode",
        "object_id",
        "object_kind",
        "prompt_version",
        "reason",
        "trace_id",
        "turn_id",
        "variant",
    },
    "resolution": {"mode", "prompt_version", "trace_id", "turn_id", "variant"},
    "spend": {"scope"},
}


def test_every_text_column_is_known_to_hold_no_words():
    found = {
        name: {column.name for column in table.c if not isinstance(column.type, WORDLESS)}
        for name, table in METADATA.tables.items()
    }

    assert {name: columns for name, columns in found.items() if columns} == CODES


def test_every_byte_column_is_sealed_or_a_wrapped_key():
    plain = {
        f"{table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.c
        if isinstance(column.type, LargeBinary)
    }

    assert plain == {"person.wrapped_key", "installation.wrapped_key"}


def test_every_sealed_column_is_bound_to_its_own_place():
    for table in METADATA.sorted_tables:
        for column in table.c:
            if isinstance(column.type, Sealed):
                assert column.type.place == f"{table.name}.{column.name}"


def test_no_file_holds_a_word_in_clear(sqlite_database: Database, sqlite_url: str, tmp_path: Path):
    def talk(transaction: Transaction) -> None:
        ada = people.create(transaction, 1, "en", NOW)
        examples.fill(transaction, ada)
        inbox.put(transaction, [Arrival("1", 1, "message", b"canary-update")], NOW)
        outbox.put(transaction, [Letter("r", 1, Kind.REPLY, b"canary-letter")], NOW)

    sqlite_database.write_now(talk)
    in_use = bytes_of(tmp_path)
    assert (tmp_path / "data" / "rein.db-wal").stat().st_size
    backup.save(location.parse(sqlite_url), tmp_path / "copy.db")
    sqlite_database.close()

    assert b"canary" not in in_use
    assert b"canary" not in bytes_of(tmp_path)


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_words_cannot_be_stored_in_clear(database: Database, ada: Person):
    row = {"person_id": ada.id, "stage": "goal", "version": 1, "updated_at": NOW}

    with pytest.raises(Exception, match="never plain str"):
        database.write_now(
            lambda tx: tx.run(insert(CONVERSATION).values(row | {"draft": "in clear"})).rowcount
        )


def test_words_of_another_person_do_not_open_in_ones_own_row(
    database: Database, ada: Person, bob: Person
):
    database.write_now(lambda transaction: examples.fill(transaction, ada))
    database.write_now(lambda transaction: examples.fill(transaction, bob))

    def swap(transaction: Transaction) -> None:
        transaction.connection.exec_driver_sql(
            "UPDATE conversation SET draft = (SELECT other.draft FROM conversation AS other"
            " WHERE other.person_id <> conversation.person_id)"
        )

    database.write_now(swap)

    with pytest.raises(WordsUnreadableError, match=r"conversation\.draft"):
        database.read_now(lambda tx: examples.conversations.load(tx, ada.chat_id))


def test_a_time_without_a_zone_is_refused(database: Database):
    with pytest.raises(Exception, match="without a zone"):
        database.write_now(
            lambda tx: people.create(tx, 1, "en", datetime(2026, 11, 23))  # noqa: DTZ001 the very point
        )


def test_times_are_read_in_utc(database: Database, ada: Person):
    found = database.read_now(lambda tx: tx.run(PERSON.select()).one())

    assert found.created_at == NOW
    assert found.created_at.tzinfo is NOW.tzinfo
