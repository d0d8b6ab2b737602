"""What is somebody's: for every table, which of its rows belong to a person.

Found from the tables themselves, so that a new one is exported without being named here;
one that nobody can be found to own is refused.
"""

from sqlalchemy import ColumnElement, Table, select, tuple_

from storage.people import Person
from storage.tables import METADATA
from storage.tables.people import ERASURE, INSTALLATION, INVITATION, PERSON
from storage.tables.safety import TURNED_AWAY
from storage.tables.tracing import COUNTER, VARIANT_STOP
from storage.tables.watching import ALERT

SHARED = frozenset({INSTALLATION, INVITATION, ERASURE, TURNED_AWAY, COUNTER, VARIANT_STOP, ALERT})
"""Tables about the bot itself. `storage.access.forget` takes somebody's id out of them; a chat
that was turned away, and a person who was erased, are known by keyed hashes that nobody can
trace back."""


class OwnerlessTableError(Exception):
    """A table has neither a person nor a parent that has one, and is not shared; our fault."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table


def tables() -> tuple[Table, ...]:
    """List the tables that hold people's rows, parents before children."""
    return tuple(table for table in METADATA.sorted_tables if table not in SHARED)


def rows_of(table: Table, person: Person) -> ColumnElement[bool]:
    """Say in SQL which rows of a table are a person's, or raise OwnerlessTableError."""
    if table is PERSON:
        return table.c.id == person.id
    for column, value in (
        ("person_id", person.id),
        ("chat_id", person.chat_id),
        ("user_id", person.chat_id),
    ):
        if column in table.c:
            return table.c[column] == value
    for key in table.foreign_key_constraints:
        parents = [element.column for element in key.elements]
        owned = select(*parents).where(rows_of(key.referred_table, person))
        return tuple_(*key.columns).in_(owned)
    raise OwnerlessTableError(table.name)
