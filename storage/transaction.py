"""A transaction: what every repository is given to read and write with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Table

from storage.keys import Keyring


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

    def add_new(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
        """Insert the rows that break no unique constraint, and count them."""
        if not rows:
            return 0
        insert = _insert_new(self.connection.dialect.name, table)
        return self.connection.execute(insert, rows).rowcount


@cache
def _insert_new(dialect: str, table: Table) -> Executable:
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert

        return insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects.postgresql import insert  # takes a while, and few need it

    return insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
