"""Integrity: a damaged database is found before anything is served from it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage import engines, errors


def prepare(path: Path) -> None:
    """Make an empty database file that only its owner may read, if there is none."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError:
        raise errors.FolderNotWritableError(path) from None


def check(path: Path) -> None:
    """Let SQLite look through its file, or raise DatabaseDamagedError.

    A quick check would not see a page that was written to the place of an index's.
    """
    try:
        with closing(sqlite3.connect(path, timeout=engines.BUSY_SECONDS)) as connection:
            finding = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        if not errors.is_damage(error):
            raise errors.DatabaseUnavailableError(str(error)) from error
        finding = str(error)
    if finding != "ok":
        raise errors.DatabaseDamagedError(str(path), finding.splitlines()[0])


def sync(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def scrub(path: Path) -> None:
    """Leave no stale byte in the file and its write-ahead file.

    `secure_delete` overwrites what is deleted, and yet a page may keep an older image of it from
    when its cells were moved; so the file is written anew from its rows, in the time a copy takes.
    DatabaseUnavailableError: it is in use, or there is no room.
    """
    try:
        with closing(sqlite3.connect(path, timeout=engines.BUSY_SECONDS)) as connection:
            connection.execute("VACUUM")
            in_use = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError as error:
        raise errors.DatabaseUnavailableError(str(error)) from error
    if in_use:
        raise errors.DatabaseUnavailableError("somebody reads it")
