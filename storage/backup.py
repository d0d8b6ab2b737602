"""Backups: a whole, checked copy of a SQLite database, made while it is in use.

To restore one: stop Rein, put the copy in the database's place, remove the files
beside it that end in `-wal` and `-shm`, start Rein with the same MASTER_KEY_FILE.
The copy holds sealed words and wrapped keys, and is useless without that file; keep
the two apart. PostgreSQL has `pg_dump` for this.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from storage import integrity, location
from storage.errors import BackupError, DatabaseDamagedError

_NEWCOMERS = (
    "DELETE FROM inbox WHERE chat_id NOT IN (SELECT chat_id FROM person)",
    "DELETE FROM outbox WHERE chat_id NOT IN (SELECT chat_id FROM person)",
)


def save(url: URL, target: Path) -> None:
    """Copy the database into a new file that only its owner may read."""
    source = location.file(url)
    if source is None:
        raise BackupError(target, "use pg_dump for PostgreSQL")
    if not source.exists():
        raise BackupError(target, f"there is no database {source}")
    if target.exists():
        raise BackupError(target, "the file exists already")
    part = target.with_name(target.name + ".part")  # a death in the middle leaves no backup
    _create(part, target)
    try:
        _copy(source, part)
        part.rename(target)
    except (sqlite3.Error, OSError, DatabaseDamagedError) as error:
        part.unlink()
        raise BackupError(target, str(error)) from error


def _create(part: Path, target: Path) -> None:
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise BackupError(target, error.strerror or "cannot be written") from error


def nightly(folder: Path) -> list[Path]:
    """List the backups that are made every night, the oldest first."""
    return sorted(folder.glob("rein-????????.db"))


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    _leave_out_newcomers(target)
    integrity.check(target)
    integrity.sync(target)


def _leave_out_newcomers(copy: Path) -> None:
    """Keep nobody in a copy who is not a person yet: no erasure could find them there."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        if not {"person", "inbox", "outbox"} <= tables:
            return
        found = [database.execute(statement).rowcount for statement in _NEWCOMERS]
        if any(found):
            database.execute("VACUUM")
