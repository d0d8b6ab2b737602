"""A transaction: what every repository is given to read and write with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Table, UpdateBase

from storage import driver
from storage.keys import Keyring
from storage.prepared import Fixed, prepared


@dataclass(frozen=True, slots=True)
class Transaction:
    """An open transaction and the keys that open its words; whoever gave it ends it."""

    connection: Connection
    keys: Keyring

    def run(
        self,
        statement: Executable,
        values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> CursorResult[Any]:
        """Execute one statement, once or for each of several *values*."""
        return self.connection.execute(statement, values)

    def change(self, statement: UpdateBase, *values: Mapping[str, Any]) -> int:
        """Execute a module's own statement that brings no rows, for each of *values*.

        Return how many rows it changed. The values have the same names each time.
        """
        made = prepared(statement, tuple(values[0]), self.connection.dialect)
        filled = [made.filled(each) for each in values]
        many = len(filled) > 1
        return driver.execute(
            self.connection, made.sql, filled if many else filled[0], many=many
        ).rowcount

    def rows(self, statement: Fixed, values: Mapping[str, Any]) -> list[Any]:
        """Execute a module's own statement, and return what it brings, named as its columns."""
        made = prepared(statement, tuple(values), self.connection.dialect)
        sent = driver.execute(self.connection, made.sql, made.filled(values))
        return [made.read(brought) for brought in sent.fetchall()]

    def add_new(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
        """Insert the rows that break no unique constraint, and count them."""
        return self.change(_insert_new(self.connection.dialect.name, table), *rows) if rows else 0


@cache
def _insert_new(dialect: str, table: Table) -> UpdateBase:
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert

        return insert(table).on_conflict_do_nothing().inline()
    from sqlalchemy.dialects.postgresql import insert  # takes a while, and few need it

    return insert(table).on_conflict_do_nothing().inline()
