"""Tables of what people lived: how planned days went, and what they told us along the way."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from storage.columns import SealedWords
from storage.tables.row import METADATA, Row, drawn, owner, when, words


class CheckInAnswer(Row, table=True):
    """How one session of a goal's day went; *version* counts how often it was told.

    What was not due or not answered has no row: that follows from the plan.
    """

    goal_id: int = Field(
        foreign_key="goal.id",
        ondelete="CASCADE",
        sa_type=BigInteger,
        primary_key=True,
        sa_column_kwargs={"autoincrement": False},
    )
    on_date: date = Field(primary_key=True)  # where the person was
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    person_id: int = owner()
    state: str = Field(max_length=8)
    reason: str | None = Field(default=None, max_length=4)
    note: SealedWords | None = words("check_in_answer.note", optional=True)
    amount: SealedWords | None = words("check_in_answer.amount", optional=True)
    turn_id: str = Field(max_length=36)
    answered_at: datetime = when()
    version: int


class MemoryFact(Row, table=True):
    """Something a person told about themselves that later texts may use.

    A row without a goal holds for all of them; one without words stands for what is forgotten.
    """

    id: int = drawn()
    person_id: int = owner()
    goal_id: int | None = Field(
        default=None, foreign_key="goal.id", ondelete="CASCADE", sa_type=BigInteger, index=True
    )
    kind: str = Field(max_length=16)
    body: SealedWords = words("memory_fact.body")
    turn_id: str = Field(max_length=36)
    told_at: datetime = when()


class Nudge(Row, table=True):
    """Something said unasked; its key is the letter's, *on_date* the person's own day.

    *answered_at* is when they did what it asked for, or, where it asked for nothing, anything.
    """

    key: str = Field(primary_key=True, max_length=96)
    person_id: int = owner(indexed=False)
    kind: str = Field(max_length=16)
    wording: str = Field(max_length=32)
    on_date: date
    turn_id: str = Field(max_length=36)
    at: datetime = when()
    sent_at: datetime | None = when(optional=True)
    answered_at: datetime | None = when(optional=True)


CHECK_IN_ANSWER = METADATA.tables["check_in_answer"]
MEMORY_FACT = METADATA.tables["memory_fact"]
NUDGE = METADATA.tables["nudge"]

Index(None, NUDGE.c.person_id, NUDGE.c.at)
Index(None, NUDGE.c.at)
