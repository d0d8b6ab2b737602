import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL

from storage import errors, installation, migrate, opening
from storage.database import Database
from tests.storage import postgres
from tests.storage.conftest import NO_PATIENCE, NOW

OPEN_AND_TELL = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from storage import opening
opening.open_for_bot(sys.argv[1], Path(sys.argv[2]), datetime(2026, 11, 23, tzinfo=UTC)).close()
print("alembic" in sys.modules)
"""


def open_and_close(url: str, key_file: Path) -> None:
    opening.open_for_bot(url, key_file, NOW).close()


def test_a_database_is_opened_again_with_its_key(url: str, key_file: Path):
    open_and_close(url, key_file)
    open_and_close(url, key_file)


def test_a_second_instance_is_told_so(database: Database, url: str, key_file: Path):
    with pytest.raises(errors.AlreadyRunningError) as told:
        opening.open_for_bot(url, key_file, NOW, patience=NO_PATIENCE)

    assert told.value.exit_code == 3


@pytest.mark.postgres
def test_two_do_not_write_when_postgresql_has_forgotten_the_lock(
    migrated_postgres: str, postgres_url: str, key_file: Path
):
    first = opening.open_for_bot(postgres_url, key_file, NOW)
    first.write_now(lambda transaction: installation.serve(transaction, 7))
    end_all_sessions(postgres_url)
    first.write_now(lambda transaction: installation.serve(transaction, 7))

    second = opening.open_for_bot(postgres_url, key_file, NOW)
    with pytest.raises(errors.DatabaseUnavailableError, match="another Rein"):
        second.write_now(lambda transaction: installation.serve(transaction, 7))

    first.close()
    second.write_now(lambda transaction: installation.serve(transaction, 7))
    second.close()


def end_all_sessions(url: str) -> None:
    with psycopg.connect(url.replace(postgres.DRIVER, "postgresql"), autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_the_lock_goes_with_the_database(url: str, key_file: Path):
    opening.open_for_bot(url, key_file, NOW).close()

    open_and_close(url, key_file)


def test_a_failed_opening_lets_go_of_the_lock(url: str, key_file: Path):
    open_and_close(url, key_file)
    kept = key_file.read_bytes()
    key_file.write_bytes(b"")
    with pytest.raises(errors.KeyFileError):
        open_and_close(url, key_file)
    key_file.write_bytes(kept)

    open_and_close(url, key_file)


def test_a_lost_key_is_not_replaced(url: str, key_file: Path):
    open_and_close(url, key_file)
    key_file.unlink()

    with pytest.raises(errors.KeyFileError, match="no such file") as told:
        open_and_close(url, key_file)

    assert told.value.exit_code == 2
    assert not key_file.exists()


def test_another_key_is_refused(url: str, key_file: Path, tmp_path: Path):
    open_and_close(url, key_file)
    open_and_close(f"sqlite:///{tmp_path}/other.db", tmp_path / "other.key")

    with pytest.raises(errors.KeyFileError, match="does not open this database"):
        open_and_close(url, tmp_path / "other.key")


def test_a_key_that_must_be_given_is_not_made(url: str, key_file: Path):
    with pytest.raises(errors.KeyFileError, match="no such file"):
        opening.open_for_bot(url, key_file, NOW, may_create_key=False)


def test_the_database_of_another_bot_is_refused(database: Database):
    database.write_now(lambda transaction: installation.serve(transaction, 7_000_000_001))
    database.write_now(lambda transaction: installation.serve(transaction, 7_000_000_001))

    with pytest.raises(errors.OtherBotError, match="7000000001") as told:
        database.write_now(lambda transaction: installation.serve(transaction, 42))

    assert told.value.exit_code == 7


def test_a_newer_schema_is_refused(database: Database, url: str, key_file: Path):
    database.write_now(
        lambda transaction: (
            transaction.connection.exec_driver_sql(
                "UPDATE alembic_version SET version_num = '9999'"
            ).rowcount
        )
    )
    database.close()

    with pytest.raises(errors.SchemaNewerError, match="9999") as told:
        open_and_close(url, key_file)

    assert told.value.exit_code == 6


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("rein.db", id="a bare path"),
        pytest.param("sqlite://", id="a database in memory"),
        pytest.param("mysql://localhost/rein", id="another server"),
        pytest.param("postgresql://localhost/rein", id="another driver"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_url_of_another_kind_is_refused(url: str, key_file: Path):
    with pytest.raises(errors.DatabaseUrlError, match="DATABASE_URL") as told:
        open_and_close(url, key_file)

    assert told.value.exit_code == 2


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, key_file: Path):
    (tmp_path / "file").touch()

    with pytest.raises(errors.FolderNotWritableError, match=str(tmp_path / "file")) as told:
        open_and_close(f"sqlite:///{tmp_path}/file/rein.db", key_file)

    assert told.value.exit_code == 9


@pytest.mark.postgres
@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_cannot_hold_every_letter_is_refused(
    encoding: str, postgres_server: URL, key_file: Path
):
    with postgres.database(postgres_server, encoding=encoding) as place:
        url = place.render_as_string(hide_password=False)
        with pytest.raises(errors.EncodingError, match=f"{encoding}.*ENCODING 'UTF8'") as told:
            open_and_close(url, key_file)
        with pytest.raises(errors.EncodingError):
            opening.open_for_role(url, key_file, NOW)

    assert told.value.exit_code == 2


def test_a_server_that_is_not_there_is_named_with_its_answer(key_file: Path):
    with pytest.raises(errors.DatabaseUnavailableError, match="refused"):
        open_and_close("postgresql+psycopg://rein@127.0.0.1:1/rein", key_file)


def zero(content: bytes) -> bytes:
    return bytes(len(content))


def torn(content: bytes) -> bytes:
    return content[: len(content) // 2]


def bad_header(content: bytes) -> bytes:
    return b"garbage!" + content[8:]


def bad_page(content: bytes) -> bytes:
    return content[:4096] + b"\xff" * 4096 + content[8192:]


def bad_schema(content: bytes) -> bytes:
    return content[:100] + b"\x00" * 400 + content[500:]


def bad_last_page(content: bytes) -> bytes:
    return content[:-4096] + b"\xff" * 4096  # nothing of it is read while opening


@pytest.mark.parametrize("damage", [zero, torn, bad_header, bad_page, bad_schema, bad_last_page])
def test_a_damaged_database_is_not_served(
    damage: Callable[[bytes], bytes], sqlite_url: str, key_file: Path, tmp_path: Path
):
    open_and_close(sqlite_url, key_file)
    path = tmp_path / "data" / "rein.db"
    path.write_bytes(damage(path.read_bytes()))

    with pytest.raises(errors.DatabaseDamagedError) as told:
        open_and_close(sqlite_url, key_file)

    assert told.value.exit_code == 5


def test_only_its_owner_can_read_a_new_database(sqlite_url: str, key_file: Path, tmp_path: Path):
    open_and_close(sqlite_url, key_file)

    assert (tmp_path / "data" / "rein.db").stat().st_mode & 0o077 == 0


def test_alembic_is_not_imported_when_there_is_no_step_to_take(sqlite_url: str, key_file: Path):
    open_and_close(sqlite_url, key_file)
    command = [sys.executable, "-c", OPEN_AND_TELL, sqlite_url, str(key_file)]

    told = subprocess.run(command, check=True, capture_output=True, text=True)

    assert told.stdout.strip() == "False"


def test_migrating_alone_leaves_no_lock_and_no_key(url: str, key_file: Path):
    opening.migrate_only(url, NOW)

    assert not key_file.exists()
    open_and_close(url, key_file)


def test_a_process_that_dies_while_starting_leaves_a_database_that_opens(
    sqlite_url: str, key_file: Path, tmp_path: Path
):
    (tmp_path / "data").mkdir()
    with closing(sqlite3.connect(tmp_path / "data" / "rein.db")) as begun:
        begun.execute("PRAGMA journal_mode=WAL")

    open_and_close(sqlite_url, key_file)

    with closing(sqlite3.connect(tmp_path / "data" / "rein.db")) as opened:
        version = opened.execute("SELECT version_num FROM alembic_version").fetchone()
    assert version == (migrate.head(),)


def test_a_command_works_beside_a_running_bot(database: Database, url: str, key_file: Path):
    beside = opening.open_beside(url, key_file, NOW)
    beside.write_now(lambda transaction: installation.set_owner(transaction, 7))
    beside.close()

    assert database.read_now(installation.owner) == 7


def test_a_command_beside_the_bot_neither_makes_nor_migrates_a_database(
    sqlite_url: str, key_file: Path, tmp_path: Path
):
    with pytest.raises(errors.NoDatabaseError):
        opening.open_beside(sqlite_url, key_file, NOW)
    path = tmp_path / "data" / "rein.db"
    path.parent.mkdir()
    path.touch()

    with pytest.raises(errors.SchemaOlderError):
        opening.open_beside(sqlite_url, key_file, NOW)
    open_and_close(sqlite_url, key_file)
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
    with pytest.raises(errors.SchemaNewerError):
        opening.open_beside(sqlite_url, key_file, NOW)
