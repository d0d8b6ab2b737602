"""Statements given to the driver itself: SQLAlchemy's own execution costs many times theirs.

What the driver raises comes as SQLAlchemy's error without the statement's values, and a lost
connection is given up, as `Connection.execute` does it.
"""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError


def execute(
    connection: Connection, sql: str, values: Any = (), *, many: bool = False
) -> DBAPICursor:
    """Execute one statement, or it for each of *many* values; its cursor has what it brings."""
    cursor = connection.connection.cursor()
    for listener in connection.dispatch.before_cursor_execute:
        listener(connection, cursor, sql, values, None, many)
    try:
        (cursor.executemany if many else cursor.execute)(sql, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _known(connection, cursor, sql, error) from error
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
