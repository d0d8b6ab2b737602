"""The words that the steps are written in.

A step that has been released must not change its meaning, so nothing here may either:
a new need gets a new function.
"""

import sqlalchemy as sa
from alembic import op

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def number() -> sa.Column[int]:
    """Declare a primary key that the database counts up."""
    return sa.Column("id", ROW_NUMBER, primary_key=True)


def drawn() -> sa.Column[int]:
    """Declare a primary key that we draw."""
    return sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False)


def big(name: str, *, optional: bool = False) -> sa.Column[int]:
    """Declare a BIGINT: Telegram's ids and ours."""
    return sa.Column(name, sa.BigInteger(), nullable=optional)


def small(name: str, *, optional: bool = False) -> sa.Column[int]:
    """Declare an INTEGER."""
    return sa.Column(name, sa.Integer(), nullable=optional)


def code(name: str, length: int, *, optional: bool = False) -> sa.Column[str]:
    """Declare a short text of ours, never somebody's words."""
    return sa.Column(name, sa.String(length), nullable=optional)


def words(name: str, *, optional: bool = False) -> sa.Column[bytes]:
    """Declare sealed words, or another secret in bytes."""
    return sa.Column(name, sa.LargeBinary(), nullable=optional)


def when(name: str, *, optional: bool = False) -> sa.Column[object]:
    """Declare a time in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    """Name the primary key."""
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    """Name a unique constraint."""
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def within(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    """Name a foreign key whose rows go with their parent."""
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")


def index(table: str, *columns: str) -> None:
    """Create an index under the name the tables give it."""
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
