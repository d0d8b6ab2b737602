import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import backup, goals, inbox, location, opening, people
from storage.database import Database
from storage.errors import BackupError
from storage.inbox import Arrival
from tests.storage import examples
from tests.storage.conftest import NOW


def test_a_restored_backup_is_the_database_it_was_made_of(
    sqlite_database: Database, sqlite_url: str, key_file: Path, tmp_path: Path
):
    ada = sqlite_database.write_now(lambda tx: people.create(tx, 1, "en", NOW))
    goal_id = sqlite_database.write_now(lambda tx: examples.keep_goal(tx, ada))
    backup.save(location.parse(sqlite_url), tmp_path / "copy.db")  # while it is in use
    sqlite_database.write_now(lambda tx: people.erase(tx, ada, NOW))
    sqlite_database.close()

    (tmp_path / "copy.db").replace(tmp_path / "data" / "rein.db")
    restored = opening.open_for_bot(sqlite_url, key_file, NOW)

    found = restored.read_now(lambda tx: people.find(tx, 1))
    assert found == ada
    assert restored.read_now(lambda tx: goals.resolution(tx, ada, goal_id)) is not None
    restored.close()


def test_only_its_owner_can_read_a_backup(
    sqlite_database: Database, sqlite_url: str, tmp_path: Path
):
    backup.save(location.parse(sqlite_url), tmp_path / "copy.db")

    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0


def test_a_backup_never_replaces_a_file(sqlite_database: Database, sqlite_url: str, tmp_path: Path):
    (tmp_path / "copy.db").write_text("precious")

    with pytest.raises(BackupError, match="exists already"):
        backup.save(location.parse(sqlite_url), tmp_path / "copy.db")

    assert (tmp_path / "copy.db").read_text() == "precious"


def test_there_must_be_something_to_back_up(sqlite_url: str, tmp_path: Path):
    with pytest.raises(BackupError, match="there is no database"):
        backup.save(location.parse(sqlite_url), tmp_path / "copy.db")

    assert not (tmp_path / "copy.db").exists()


def test_a_backup_into_nowhere_is_refused_by_name(
    sqlite_database: Database, sqlite_url: str, tmp_path: Path
):
    with pytest.raises(BackupError, match=str(tmp_path / "nowhere")):
        backup.save(location.parse(sqlite_url), tmp_path / "nowhere" / "copy.db")


def test_a_damaged_database_leaves_no_backup_behind(sqlite_url: str, tmp_path: Path):
    path = tmp_path / "data" / "rein.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE t AS SELECT zeroblob(100000) AS b")
    path.write_bytes(path.read_bytes()[:8192])

    with pytest.raises(BackupError, match="malformed"):
        backup.save(location.parse(sqlite_url), tmp_path / "copy.db")

    assert not (tmp_path / "copy.db").exists()


def test_postgresql_has_its_own_tool(tmp_path: Path):
    with pytest.raises(BackupError, match="pg_dump"):
        backup.save(location.parse("postgresql+psycopg://h/rein"), tmp_path / "copy.db")


def test_a_backup_holds_nobody_who_is_no_person_yet(
    sqlite_database: Database, sqlite_url: str, tmp_path: Path
):
    newcomer, known = 7_123_456_789, 7_123_456_790
    sqlite_database.write_now(lambda tx: people.create(tx, known, "en", NOW))
    for chat in (newcomer, known):
        arrival = Arrival(f"said in {chat}", chat, "message", b"words")
        sqlite_database.write_now(lambda tx, one=arrival: inbox.put(tx, [one], NOW))

    backup.save(location.parse(sqlite_url), tmp_path / "copy.db")

    kept = (tmp_path / "copy.db").read_bytes()
    assert known.to_bytes(6) in kept
    assert newcomer.to_bytes(6) not in kept


def test_a_death_in_the_middle_leaves_no_backup_and_is_no_obstacle(
    sqlite_database: Database, sqlite_url: str, tmp_path: Path
):
    (tmp_path / "copy.db.part").write_bytes(b"half of")

    backup.save(location.parse(sqlite_url), tmp_path / "copy.db")

    assert [path.name for path in tmp_path.glob("copy.db*")] == ["copy.db"]
