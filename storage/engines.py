"""Engines: how a connection behaves on SQLite and on PostgreSQL.

On SQLite the driver's own transaction handling is switched off and BEGIN is sent by
hand: in its legacy mode two writers lose each other's updates. A writing transaction
takes the lock at once (BEGIN IMMEDIATE), because one that reads first and writes later
is refused without waiting. Errors never show the values of a statement.
"""

import sqlite3

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

READERS = 4
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


def writing(url: URL) -> Engine:
    """Make the engine of the one writer."""
    if url.drivername == "sqlite":
        return _sqlite(url, "BEGIN IMMEDIATE", _PRAGMAS, 1)
    return _postgres(url, 1)


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
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", send_begin)
    return engine


def _postgres(url: URL, connections: int) -> Engine:
    return create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"options": _LIMITS, "connect_timeout": BUSY_SECONDS},
    )
