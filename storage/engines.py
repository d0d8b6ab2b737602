"""Engines: how a connection behaves on SQLite and on PostgreSQL.

On SQLite the driver's own transaction handling is switched off and BEGIN is sent by
hand: in its legacy mode two writers lose each other's updates. A writing transaction
takes the lock at once (BEGIN IMMEDIATE), because one that reads first and writes later
is refused without waiting. Errors never show the values of a statement.
"""

import sqlite3
from enum import StrEnum
from functools import partial

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from storage import driver
from storage.errors import DatabaseUnavailableError

READERS = 4
_WRITER_KEY = int.from_bytes(b"rein writer"[:8])
BUSY_SECONDS = 5
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)
_LIMITS = (
    f"-c statement_timeout=10s -c lock_timeout={BUSY_SECONDS}s "
    "-c idle_in_transaction_session_timeout=30s -c timezone=UTC"
)


class Presence(StrEnum):
    """Who else may write meanwhile, on PostgreSQL; the value is how that is asked there."""

    ALONE = "pg_try_advisory_lock"  # nobody
    AMONG_ROLES = "pg_try_advisory_lock_shared"  # processes that share the work


def writing(url: URL, presence: Presence | None = None) -> Engine:
    """Make the engine of a writer; None: a short command, whoever else writes.

    The instance lock is gone when the server restarts; this goes with each connection.
    """
    if url.drivername == "sqlite":
        return _sqlite(url, "BEGIN IMMEDIATE", _PRAGMAS, 1)
    engine = _postgres(url, 1)
    if presence is not None:
        event.listen(engine, "connect", partial(_be_present, presence))
    return engine


def reading(url: URL) -> Engine:
    """Make the engine of the readers, which cannot write."""
    if url.drivername == "sqlite":
        return _sqlite(url, "BEGIN", (*_PRAGMAS, "PRAGMA query_only=ON"), READERS)
    return _postgres(url, READERS).execution_options(postgresql_readonly=True)


def _sqlite(url: URL, begin: str, pragmas: tuple[str, ...], connections: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,
        connect_args={
            "timeout": BUSY_SECONDS,
            "isolation_level": None,
            "check_same_thread": False,
        },
    )

    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        for pragma in pragmas:
            connection.execute(pragma)

    def send_begin(connection: Connection) -> None:
        driver.execute(connection, begin)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", send_begin)
    return engine


def _be_present(
    presence: Presence, connection: DBAPIConnection, _entry: ConnectionPoolEntry
) -> None:
    """Refuse to write beside another bot."""
    cursor = connection.cursor()
    cursor.execute(f"SELECT {presence}({_WRITER_KEY})")
    (alone,) = cursor.fetchone() or (False,)
    connection.commit()
    if not alone:
        raise DatabaseUnavailableError("another Rein writes to it")


def _postgres(url: URL, connections: int) -> Engine:
    return create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"options": _LIMITS, "connect_timeout": BUSY_SECONDS},
    )
