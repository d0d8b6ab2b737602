"""What every table has in common: one metadata, and names that follow from the class."""

import re
from typing import Any

from sqlalchemy import BigInteger, Column, MetaData
from sqlmodel import Field, SQLModel

from storage.columns import RowNumber, Sealed, UtcTime

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Row(SQLModel):
    """A row of the table that is called like its class, in snake case."""

    model_config = {"defer_build": True}  # nothing is validated by a table
    metadata = METADATA

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Name the table."""
        cls.__tablename__ = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        super().__init_subclass__(**kwargs)


def number() -> Any:
    """Declare a primary key that the database counts up."""
    return Field(sa_column=Column(RowNumber, primary_key=True))


def drawn() -> Any:
    """Declare a primary key that `storage.ids` draws."""
    return Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


def owner(*, key: bool = False, indexed: bool = True) -> Any:
    """Declare the person a row belongs to, and goes with."""
    return Field(
        foreign_key="person.id",
        ondelete="CASCADE",
        sa_type=BigInteger,
        primary_key=key,
        index=indexed and not key,
        sa_column_kwargs={"autoincrement": False},
    )


def words(place: str, *, optional: bool = False) -> Any:
    """Declare a column of sealed words; *place* is "table.column"."""
    return Field(sa_column=Column(Sealed(place), nullable=optional))


def when(*, optional: bool = False) -> Any:
    """Declare a time in UTC."""
    return Field(sa_column=Column(UtcTime(), nullable=optional))


def code(most: int = 64) -> Any:
    """Declare a code of ours that a row may lack; then it is empty."""
    return Field(default="", max_length=most, sa_column_kwargs={"server_default": ""})
