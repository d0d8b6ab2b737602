"""The instance lock: one Rein works on a database, a second one says so and leaves.

Processes that share the work in roles share the lock too; the first of them has it alone
until the schema is as it must be.

The lock goes with the process, however it ends. On SQLite it is a lock on a file beside
the database, on PostgreSQL an advisory lock held by a connection of its own.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, Connection, TextClause, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from storage import errors, location
from storage.errors import AlreadyRunningError, FolderNotWritableError

PATIENCE = timedelta(seconds=5)
SHARED_PATIENCE = timedelta(seconds=60)  # another role may be migrating
_PAUSE_SECONDS = 0.1
_ADVISORY_KEY = int.from_bytes(b"rein")


class InstanceLock(Protocol):
    """A lock that is held until it is closed or the process ends."""

    def close(self) -> None:
        """Let go of the lock, if it is still held."""


def acquire(url: URL, patience: timedelta = PATIENCE) -> InstanceLock:
    """Take the database's lock, or raise AlreadyRunningError after *patience*."""
    path = location.file(url)
    return _file_lock(path, patience) if path else _advisory_lock(url, patience)


class SharedLock:
    """An advisory lock that processes in roles hold together; *alone* while none other can."""

    def __init__(self, connection: Connection, *, alone: bool) -> None:
        self._connection = connection
        self.alone = alone

    def share(self) -> None:
        """Let others in, without a moment in which nobody holds it."""
        if self.alone:
            self._connection.scalar(_question("pg_advisory_lock_shared"))
            self._connection.scalar(_question("pg_advisory_unlock"))
            self.alone = False

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()


def acquire_shared(url: URL, patience: timedelta = SHARED_PATIENCE) -> SharedLock:
    """Take a PostgreSQL database's lock beside other roles, or raise AlreadyRunningError."""
    connection, alone = _connected(url), False

    def attempt() -> bool:
        nonlocal alone
        alone = bool(connection.scalar(_question("pg_try_advisory_lock")))
        return alone or bool(connection.scalar(_question("pg_try_advisory_lock_shared")))

    if not _tried(attempt, patience):
        connection.close()
        raise AlreadyRunningError(location.shown(url))
    return SharedLock(connection, alone=alone)


def _file_lock(database: Path, patience: timedelta) -> InstanceLock:
    path = database.with_name(database.name + ".lock")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError:
        raise FolderNotWritableError(database.parent) from None

    def attempt() -> bool:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False

    if not _tried(attempt, patience):
        file.close()
        raise AlreadyRunningError(str(path))
    return file


def _advisory_lock(url: URL, patience: timedelta) -> InstanceLock:
    connection = _connected(url)
    if not _tried(lambda: bool(connection.scalar(_question("pg_try_advisory_lock"))), patience):
        connection.close()
        raise AlreadyRunningError(location.shown(url))
    return connection


def _connected(url: URL) -> Connection:
    """Connect, first of all connections; EncodingError: it could not hold every letter."""
    engine = create_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"client_encoding": "utf8"},  # or SQL_ASCII makes bytes of every answer
    )
    try:
        connection = engine.connect()
    except OperationalError as error:
        raise errors.translated(error) from error
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        connection.close()
        raise errors.EncodingError(str(encoding))
    return connection


def _question(function: str) -> TextClause:
    return text(f"SELECT {function}(:key)").bindparams(key=_ADVISORY_KEY)


def _tried(attempt: Callable[[], bool], patience: timedelta) -> bool:
    """Try until it works, at most for *patience*; the process has nothing else to do yet."""
    for _ in range(int(patience.total_seconds() / _PAUSE_SECONDS)):
        if attempt():
            return True
        time.sleep(_PAUSE_SECONDS)
    return attempt()
