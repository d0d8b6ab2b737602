"""The table of what calls cost: reserved and used, by whose limit and by period."""

from datetime import date

from sqlalchemy import BigInteger, Column, ForeignKey
from sqlmodel import Field

from storage.tables.row import METADATA, Row


class Spend(Row, table=True):
    """Millionths of a dollar under one limit in the period that began *since*.

    *scope* is a person's public id, or "all" for everybody together.
    """

    scope: str = Field(primary_key=True, max_length=32)
    since: date = Field(primary_key=True)
    person_id: int | None = Field(
        default=None,
        sa_column=Column(
            BigInteger, ForeignKey("person.id", ondelete="CASCADE"), nullable=True, index=True
        ),
    )
    used: int = Field(sa_type=BigInteger)
    reserved: int = Field(sa_type=BigInteger)


SPEND = METADATA.tables["spend"]
