"""Export: everything that is kept about a person, opened, as plain values for JSON."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, select

from storage import personal
from storage.columns import SealedWords
from storage.errors import WordsUnreadableError
from storage.keys import Key
from storage.people import Person
from storage.tables.people import PERSON
from storage.transaction import Transaction

Row = Mapping[str, Any]


def of(transaction: Transaction, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Gather a person's rows, table by table, with their words in clear.

    The key that sealed them is left out: it opens nothing without the operator's.
    """
    return {table.name: _rows(transaction, table, person) for table in personal.tables()}


def _rows(transaction: Transaction, table: Table, person: Person) -> list[dict[str, Any]]:
    # Inbox and outbox are the tables of a chat, sealed with the transport key.
    in_transit = "chat_id" in table.c and table is not PERSON
    key = transaction.keys.transport if in_transit else person.key
    owned = select(table).where(personal.rows_of(table, person)).order_by(*table.primary_key)
    found = transaction.run(owned).mappings()
    return [
        {name: _plain(value, key, table, row) for name, value in row.items()}
        for row in ({n: v for n, v in each.items() if n != "wrapped_key"} for each in found)
    ]


def _plain(value: Any, key: Key, table: Table, row: Row) -> Any:
    if isinstance(value, SealedWords):
        return _readable(_opened(value, key, table, row))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value


def _opened(words: SealedWords, key: Key, table: Table, row: Row) -> bytes:
    """Open words that are bound to their row by its primary key, or by another unique one."""
    for columns in _identities(table):
        with suppress(WordsUnreadableError):
            return words.open(key, ":".join(str(row[column.name]) for column in columns))
    raise WordsUnreadableError(words.place)


def _identities(table: Table) -> list[list[Column[Any]]]:
    unique = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
    return [list(table.primary_key), *(list(constraint.columns) for constraint in unique)]


def _readable(words: bytes) -> Any:
    with suppress(ValueError):
        return json.loads(words)
    return words.decode("utf-8", "replace")
