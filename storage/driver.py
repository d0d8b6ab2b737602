"""Statements given to the driver itself: SQLAlchemy's own execution costs many times theirs.

What the driver raises comes as SQLAlchemy's error without the statement's values, and a lost
connection is given up, as `Connection.execute` does it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError


def execute(connection: Connection, sql: str, values: Any = ()) -> DBAPICursor:
    """Execute one statement; its cursor has what it brings."""
    cursor = _heard(connection, sql, values, many=False)
    try:
        cursor.execute(sql, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _known(connection, cursor, sql, error) from error
    return cursor


def execute_many(connection: Connection, sql: str, values: Sequence[Any]) -> DBAPICursor:
    """Execute one statement for each of *values*."""
    cursor = _heard(connection, sql, values, many=True)
    try:
        cursor.executemany(sql, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _known(connection, cursor, sql, error) from error
    return cursor


def _heard(connection: Connection, sql: str, values: Any, *, many: bool) -> DBAPICursor:
    """Make a cursor, and tell whoever listens to SQLAlchemy's cursors."""
    cursor = connection.connection.cursor()
    for listener in connection.dispatch.before_cursor_execute:
        listener(connection, cursor, sql, values, None, many)
    return cursor


def _known(
    connection: Connection, cursor: DBAPICursor, sql: str, error: Exception
) -> BaseException:
    """Make SQLAlchemy's error of a driver's; give the connection up if it is lost."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection, cursor)  # pyright: ignore[reportArgumentType] it is one of its errors
    cursor.close()
    if lost:
        connection.invalidate(error)
    return DBAPIError.instance(
        sql,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=lost,
        dialect=dialect,
    )
