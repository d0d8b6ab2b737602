"""Tables of the record: what was said, what it took, how good it was.

`turn_id` joins them all: a message, the coach's calls, the objects made, their scores
and their stars carry the id of the turn they belong to.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field

from storage.columns import SealedWords
from storage.tables.row import METADATA, Row, number, owner, when, words

_ZERO = {"server_default": "0"}


def _count() -> Any:
    return Field(default=0, sa_column_kwargs=_ZERO)


class Message(Row, table=True):
    """A message in either direction, and the object it shows."""

    key: str = Field(primary_key=True, max_length=96)
    person_id: int = owner()
    direction: str = Field(max_length=3)
    turn_id: str = Field(max_length=36, index=True)
    telegram_id: int | None = Field(default=None, sa_type=BigInteger)
    object_kind: str | None = Field(default=None, max_length=16)
    object_id: str | None = Field(default=None, max_length=96)
    object_version: int | None = None
    text: SealedWords = words("message.text")
    at: datetime = when()


class Rating(Row, table=True):
    """Somebody's stars for one version of one object; a second tap changes them."""

    person_id: int = owner(key=True)
    object_kind: str = Field(primary_key=True, max_length=16)
    object_id: str = Field(primary_key=True, max_length=96)
    object_version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    turn_id: str = Field(max_length=36, index=True)
    stars: int
    reason: str | None = Field(default=None, max_length=16)
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


MESSAGE = METADATA.tables["message"]
RATING = METADATA.tables["rating"]
EVALUATION = METADATA.tables["evaluation"]
MODEL_CALL = METADATA.tables["model_call"]
