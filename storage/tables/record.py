"""Tables of the record: what happened, what was said, what it took, how good it was.

`turn_id` joins them all: a message, the coach's calls, the objects made, their scores
and their ratings carry the id of the turn they belong to. A turn that was traced has a
trace with its own id.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from storage.columns import SealedWords
from storage.tables.row import METADATA, Row, code, number, owner, when, words

_ZERO = {"server_default": "0"}


def _count() -> Any:
    return Field(default=0, sa_column_kwargs=_ZERO)


class Turn(Row, table=True):
    """One attempt at a turn: what became of it, how long it took, and its trace.

    A turn of somebody who has no row, or has none any more, leaves none here either.
    """

    id: str = Field(primary_key=True, max_length=36)
    person_id: int = owner()
    source: str = Field(max_length=16)  # of the inbox: "telegram", or what fell due
    outcome: str = Field(max_length=16)
    error: str | None = Field(default=None, max_length=64)
    trace_id: str | None = Field(default=None, max_length=36)
    took_ms: int  # from the arrival to the end of the attempt
    trace_us: int | None = None  # what recording and keeping its trace took, in microseconds
    at: datetime = when()


class Message(Row, table=True):
    """A message in either direction, and the object it shows."""

    key: str = Field(primary_key=True, max_length=96)
    person_id: int = owner(indexed=False)
    direction: str = Field(max_length=3)
    turn_id: str = Field(max_length=36, index=True)
    telegram_id: int | None = Field(default=None, sa_type=BigInteger)
    object_kind: str | None = Field(default=None, max_length=16)
    object_id: str | None = Field(default=None, max_length=96)
    object_version: int | None = None
    text: SealedWords = words("message.text")
    at: datetime = when()  # one turn's messages share the time at which it arrived
    sent_at: datetime | None = when(optional=True)  # when Telegram took one of ours


class Rating(Row, table=True):
    """One answer about one aspect of one version of one object; a second tap changes it.

    The aspect `stars` is the whole. The pedigree is copied from the object, so that one
    table tells what people think of a prompt's version or variant.
    """

    person_id: int = owner(key=True)
    object_kind: str = Field(primary_key=True, max_length=16)
    object_id: str = Field(primary_key=True, max_length=96)
    object_version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    aspect: str = Field(primary_key=True, max_length=16)
    value: int
    reason: str | None = Field(default=None, max_length=16)
    turn_id: str = Field(max_length=36, index=True)
    trace_id: str | None = Field(default=None, max_length=36)
    mode: str = code(16)
    prompt_version: str = code()
    variant: str = code()
    created_at: datetime = when()
    updated_at: datetime = when()


class Evaluation(Row, table=True):
    """One score of one version of one object, by the rules or by a judge, with its reason."""

    object_kind: str = Field(primary_key=True, max_length=16)
    object_id: str = Field(primary_key=True, max_length=96)
    object_version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    source: str = Field(primary_key=True, max_length=16)
    dimension: str = Field(primary_key=True, max_length=32)
    person_id: int = owner()
    turn_id: str = Field(max_length=36, index=True)
    score: float
    reason: SealedWords = words("evaluation.reason")
    at: datetime = when()


class ModelCall(Row, table=True):
    """One call of the coach, by rules or by a model: the ledger."""

    id: int = number()
    person_id: int = owner()
    turn_id: str = Field(max_length=36, index=True)
    trace_id: str | None = Field(default=None, max_length=36)
    step: str = Field(max_length=32)
    mode: str = Field(max_length=16)
    provider: str | None = Field(default=None, max_length=32)
    model: str | None = Field(default=None, max_length=64)
    prompt_version: str = Field(max_length=64)
    variant: str = code()
    prompt_tokens: int
    output_tokens: int
    cached_tokens: int = _count()
    thinking_tokens: int = _count()
    attempts: int = _count()
    chunks: int = _count()
    micro_usd: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=_ZERO)
    first_token_ms: int | None = None
    latency_ms: int
    finish: str | None = Field(default=None, max_length=16)
    error: str | None = Field(default=None, max_length=64)
    at: datetime = when()


TURN = METADATA.tables["turn"]
MESSAGE = METADATA.tables["message"]
RATING = METADATA.tables["rating"]
EVALUATION = METADATA.tables["evaluation"]
MODEL_CALL = METADATA.tables["model_call"]

Index(None, TURN.c.at)
Index(None, MESSAGE.c.person_id, MESSAGE.c.at)
Index(None, MESSAGE.c.at)
Index(None, RATING.c.created_at)
Index(None, EVALUATION.c.at)
Index(None, MODEL_CALL.c.at)
