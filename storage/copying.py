"""Copying a whole database into an empty one, of another kind if need be: verified, or not at all.

Rows go over as they are, words sealed and keys wrapped, so that the same master key opens the
copy. The copy is read back and compared, table by table, before its one transaction commits.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    LargeBinary,
    MetaData,
    Table,
    func,
    inspect,
    select,
    text,
)

from storage import engines, errors, integrity, location, lock, migrate, opening
from storage.columns import Sealed
from storage.errors import CopyError
from storage.failpoints import failpoint
from storage.tables import METADATA

BATCH = 1_000
_WHOLE = 1 << 256


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds: how many rows, and a sum of their hashes that knows no order."""

    rows: int
    hashes: int


def copy(
    source: str, target: str, now: datetime, patience: timedelta = lock.PATIENCE
) -> dict[str, int]:
    """Copy everything from one database into another; tell how many rows each table has.

    Both are locked meanwhile. Each fault is one with an exit code, such as CopyError for a
    target that holds anything, and leaves the target without a row.
    """
    begin = opening.check_beside(source)
    end = location.parse(target)
    if begin == end:
        raise CopyError("both are the same database")
    with ExitStack() as stack, errors.in_our_words():
        for place in (begin, end):
            stack.callback(lock.acquire(place, patience).close)
        writing = _opened(stack, engines.writing, end)
        if path := location.file(end):
            integrity.prepare(path)
        _require_empty(writing)
        migrate.upgrade(end, now)
        reading = _opened(stack, engines.reading, begin)
        with reading.begin() as old, writing.begin() as new:
            return {table.name: _copied(table, old, new) for table in _plain_tables()}


def _opened(stack: ExitStack, make: Callable[[URL], Engine], url: URL) -> Engine:
    engine = make(url)
    stack.callback(engine.dispose)
    return engine


def _require_empty(engine: Engine) -> None:
    """Raise CopyError if any table has a row, whoever's it is."""
    with engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            quoted = connection.dialect.identifier_preparer.quote(name)
            if name != "alembic_version" and connection.scalar(
                text(f"SELECT EXISTS (SELECT 1 FROM {quoted})")
            ):
                raise CopyError(f"the target is not empty: it has rows in {name}")


def _plain_tables() -> list[Table]:
    """List the tables, parents first, with sealed words as the bytes that they are."""
    apart = MetaData()
    return [
        Table(
            table.name,
            apart,
            *(
                Column(
                    column.name,
                    LargeBinary() if isinstance(column.type, Sealed) else column.type,
                    primary_key=column.primary_key,
                )
                for column in table.columns
            ),
        )
        for table in METADATA.sorted_tables
    ]


def _copied(table: Table, old: Connection, new: Connection) -> int:
    """Copy a table and compare; count its rows."""
    for rows in _batches(table, old):
        new.execute(table.insert(), [dict(row._mapping) for row in rows])
    failpoint("copy.table")
    _number_on(table, new)
    before, after = _content(table, old), _content(table, new)
    if before != after:
        raise CopyError(f"{table.name} differs: {before.rows} rows, {after.rows} in the copy")
    return after.rows


def _number_on(table: Table, connection: Connection) -> None:
    """Have PostgreSQL number new rows behind those that brought their numbers along."""
    if connection.dialect.name != "postgresql" or "id" not in table.c:
        return
    counter = connection.scalar(select(func.pg_get_serial_sequence(table.name, "id")))
    last = connection.scalar(select(func.max(table.c.id)))
    if counter and last:
        connection.execute(select(func.setval(counter, last)))


def _content(table: Table, connection: Connection) -> Content:
    rows = hashes = 0
    for batch in _batches(table, connection):
        rows += len(batch)
        for row in batch:
            digest = hashlib.sha256(repr([_as_is(value) for value in row]).encode()).digest()
            hashes = (hashes + int.from_bytes(digest)) % _WHOLE
    return Content(rows, hashes)


def _batches(table: Table, connection: Connection) -> Iterator[list[Any]]:
    found = connection.execute(select(table).execution_options(yield_per=BATCH))
    for batch in found.partitions():
        yield list(batch)


def _as_is(value: object) -> object:
    """Write a value the same, whichever database it comes from."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value
