"""Who erased everything stays erased: in the copies Rein keeps, and when a copy is restored."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path

import pytest

from storage import (
    backup,
    engines,
    erasures,
    installation,
    location,
    migrate,
    opening,
    people,
    tombstones,
)
from storage.database import Database
from storage.errors import ErasureUnfinishedError, TombstonesError
from storage.opening import Files
from storage.people import Person
from storage.tables.people import PERSON
from tests import migrated
from tests.proofs import proven
from tests.storage.conftest import NO_PATIENCE, NOW
from tests.storage.test_erasure import FIRST, bytes_of, move_in, traces

HASHES = ["a" * 64, "b" * 64]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    (tmp_path / "nightly").mkdir()
    return Files(tmp_path / "nightly")


@pytest.fixture
def house(sqlite_url: str, key_file: Path, files: Files, tmp_path: Path) -> Generator[Database]:
    migrated.put(tmp_path / "data" / "rein.db")
    database = opening.open_for_bot(sqlite_url, key_file, NOW, files)
    yield database
    database.close()


async def inhabited(database: Database) -> tuple[Person, Person]:
    """Let two people move in, the first of them the owner; both have something everywhere."""
    gone = await database.write(lambda tx: move_in(tx, FIRST))
    stays = await database.write(lambda tx: move_in(tx, FIRST + 1))
    await database.write(lambda tx: installation.set_owner(tx, gone.chat_id))
    return gone, stays


async def test_an_erasure_reaches_every_copy_that_rein_keeps(
    house: Database, sqlite_url: str, tmp_path: Path
):
    gone, stays = await inhabited(house)
    told = await house.read(lambda tx: traces(tx, gone))
    others = await house.read(lambda tx: traces(tx, stays))
    copies = [
        tmp_path / "nightly" / "rein-20261122.db",
        tmp_path / "nightly" / "rein-20261123.db",
        tmp_path / "data" / "rein.db.0011-20261120T090000Z.backup",
    ]
    for copy in copies:
        backup.save(location.parse(sqlite_url), copy)
    assert all(told[0] in copy.read_bytes() for copy in copies)

    await house.write(lambda tx: people.erase(tx, gone, NOW))
    await house.finish_erasures()

    after = bytes_of(tmp_path / "data") + bytes_of(tmp_path / "nightly")
    assert [trace for trace in told if trace in after] == []
    for copy in copies:
        assert others[0] in copy.read_bytes()
        assert copy.stat().st_mode & 0o077 == 0
    assert await house.read(erasures.count) == 0
    proven("erasure", "copies", copies=len(copies), bytes_left=0, returned=0)


def test_a_copy_of_any_earlier_schema_can_be_cleaned(
    sqlite_url: str, key_file: Path, tmp_path: Path
):
    path = tmp_path / "data" / "rein.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)):
        pass
    migrate_to("0001", sqlite_url)
    with closing(sqlite3.connect(path)) as first:
        first.execute(
            "INSERT INTO person (public_id, chat_id, language, reachable, wrapped_key, created_at)"
            " VALUES ('ada', 7123456701, 'en', 1, 'wrapped-key-of-ada', '2026-01-01 00:00:00')"
        )
        first.commit()
    database = opening.open_for_bot(sqlite_url, key_file, NOW, patience=NO_PATIENCE)
    (copy,) = migrate.copies(location.parse(sqlite_url))
    assert b"wrapped-key-of-ada" in copy.read_bytes()

    database.write_now(lambda tx: erasures.note(tx, "ada", NOW))
    finish(database)

    assert b"wrapped-key-of-ada" not in copy.read_bytes()
    database.close()


def migrate_to(revision: str, url: str) -> None:
    engine = engines.writing(location.parse(url))
    with engine.connect() as connection:
        migrate.step_to(connection, revision)
    engine.dispose()


def finish(database: Database) -> None:
    asyncio.run(database.finish_erasures())


def test_what_was_cut_off_before_the_copies_is_made_good_later(
    house: Database, sqlite_url: str, key_file: Path, files: Files, tmp_path: Path
):
    copy = tmp_path / "nightly" / "rein-20261123.db"
    ada = house.write_now(lambda tx: people.create(tx, FIRST, "en", NOW))
    backup.save(location.parse(sqlite_url), copy)
    house.write_now(lambda tx: people.erase(tx, ada, NOW))
    house.close()  # as after a crash: nothing followed the commit
    assert ada.public_id.encode() in copy.read_bytes()

    again = opening.open_for_bot(sqlite_url, key_file, NOW, files)
    finish(again)

    assert ada.public_id.encode() not in copy.read_bytes()
    again.close()


def test_a_copy_that_cannot_be_cleaned_is_named_and_tried_again(
    house: Database, sqlite_url: str, tmp_path: Path
):
    ada = house.write_now(lambda tx: people.create(tx, FIRST, "en", NOW))
    broken = tmp_path / "nightly" / "rein-20261122.db"
    broken.write_bytes(b"not a database, whatever its name says" * 100)
    whole = tmp_path / "nightly" / "rein-20261123.db"
    backup.save(location.parse(sqlite_url), whole)
    house.write_now(lambda tx: people.erase(tx, ada, NOW))

    with pytest.raises(ErasureUnfinishedError, match=r"rein-20261122\.db"):
        finish(house)
    assert ada.public_id.encode() not in whole.read_bytes()
    assert house.read_now(erasures.count) == 1

    broken.unlink()
    finish(house)
    assert house.read_now(erasures.count) == 0


def restored(database: Database, url: str, key_file: Path, tmp_path: Path) -> Database:
    """Put a copy from before the erasure in the database's place, and start."""
    database.close()
    for file in (tmp_path / "data").glob("rein.db-*"):
        file.unlink()
    shutil.copyfile(tmp_path / "elsewhere.db", tmp_path / "data" / "rein.db")
    return opening.open_for_bot(url, key_file, NOW)


async def test_a_restored_backup_brings_nobody_back(
    house: Database, sqlite_url: str, key_file: Path, tmp_path: Path
):
    gone, stays = await inhabited(house)
    told = await house.read(lambda tx: traces(tx, gone))
    backup.save(location.parse(sqlite_url), tmp_path / "elsewhere.db")
    await house.write(lambda tx: people.erase(tx, gone, NOW))
    await house.finish_erasures()

    again = restored(house, sqlite_url, key_file, tmp_path)
    await again.finish_erasures()

    assert await again.read(lambda tx: people.find(tx, gone.chat_id)) is None
    assert await again.read(lambda tx: people.find(tx, stays.chat_id)) == stays
    after = bytes_of(tmp_path / "data")
    assert [trace for trace in told if trace in after] == []
    again.close()
    proven("erasure", "restored", copies=1, bytes_left=0, returned=0)


def test_on_postgresql_too_whoever_has_a_tombstone_is_erased_at_the_start(
    database: Database, url: str, key_file: Path, ada: Person, bob: Person
):
    tombstone = erasures.tombstone(database.keys, ada.public_id)
    database.close()
    tombstones.add(tombstones.place(location.parse(url), key_file), [tombstone])

    again = opening.open_for_bot(url, key_file, NOW)

    left = again.read_now(lambda tx: tx.run(PERSON.select()).all())
    assert [row.public_id for row in left] == [bob.public_id]
    again.close()


def test_whoever_comes_back_as_somebody_new_stays(
    house: Database, sqlite_url: str, key_file: Path, files: Files
):
    ada = house.write_now(lambda tx: people.create(tx, FIRST, "en", NOW))
    house.write_now(lambda tx: people.erase(tx, ada, NOW))
    finish(house)
    back = house.write_now(lambda tx: people.create(tx, FIRST, "en", NOW))
    house.close()

    again = opening.open_for_bot(sqlite_url, key_file, NOW, files)

    assert again.read_now(lambda tx: people.find(tx, FIRST)) == back
    again.close()


def test_the_nightly_backups_have_the_tombstones_with_them(house: Database, tmp_path: Path):
    ada = house.write_now(lambda tx: people.create(tx, FIRST, "en", NOW))
    house.write_now(lambda tx: people.erase(tx, ada, NOW))
    finish(house)

    beside = tmp_path / "data" / "rein.db.erased"
    assert (tmp_path / "nightly" / "rein.erased").read_bytes() == beside.read_bytes()
    assert tombstones.read(beside) == {erasures.tombstone(house.keys, ada.public_id)}
    assert ada.public_id.encode() not in beside.read_bytes()


def half_a_line(text: bytes) -> bytes:
    return text[:-30]


def a_line_begun(text: bytes) -> bytes:
    return text + b"c" * 20


def other_bytes(text: bytes) -> bytes:
    return b"\x00\xff" + text


@pytest.mark.parametrize("spoil", [half_a_line, a_line_begun, other_bytes])
def test_a_torn_file_is_read_and_written_on(spoil: Callable[[bytes], bytes], tmp_path: Path):
    path = tmp_path / "erased"
    tombstones.add(path, HASHES)
    path.write_bytes(spoil(path.read_bytes()))

    tombstones.add(path, ["d" * 64, *HASHES])

    assert tombstones.read(path) == {"d" * 64, *HASHES}
    assert path.stat().st_mode & 0o077 == 0


def test_a_tombstone_is_written_once(tmp_path: Path):
    tombstones.add(tmp_path / "erased", HASHES)
    tombstones.add(tmp_path / "erased", HASHES)

    assert (tmp_path / "erased").read_text().split() == HASHES


def test_without_a_place_for_tombstones_nothing_starts(
    sqlite_url: str, key_file: Path, tmp_path: Path
):
    (tmp_path / "file").touch()
    nowhere = Files(tombstones=tmp_path / "file" / "erased")

    with pytest.raises(TombstonesError, match="ERASED_FILE") as told:
        opening.open_for_bot(sqlite_url, key_file, NOW, nowhere)

    assert told.value.exit_code == 9
