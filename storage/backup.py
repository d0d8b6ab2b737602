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


def save(url: URL, target: Path) -> None:
    """Copy the database into a new file that only its owner may read."""
    source = location.file(url)
    if source is None:
        raise BackupError(target, "use pg_dump for PostgreSQL")
    if not source.exists():
        raise BackupError(target, f"there is no database {source}")
    _create(target)
    try:
        _copy(source, target)
    except (sqlite3.Error, OSError, DatabaseDamagedError) as error:
        target.unlink()
        raise BackupError(target, str(error)) from error


def _create(target: Path) -> None:
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise BackupError(target, "the file exists already") from None
    except OSError as error:
        raise BackupError(target, error.strerror or "cannot be written") from error


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    integrity.check(target)
    with target.open("rb") as file:
        os.fsync(file.fileno())
