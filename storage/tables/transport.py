"""Tables of what is on its way: in through the inbox, out through the outbox."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from storage.columns import SealedWords
from storage.tables.row import METADATA, Row, number, when, words


class Inbox(Row, table=True):
    """Something that came in, in order of arrival; *source* and *key* make it unique."""

    __table_args__ = (UniqueConstraint("source", "key"),)

    id: int = number()
    source: str = Field(max_length=16)
    key: str = Field(max_length=64)
    chat_id: int = Field(sa_type=BigInteger)
    kind: str = Field(max_length=32)
    body: SealedWords | None = words("inbox.body", optional=True)
    state: str = Field(max_length=8)
    attempts: int
    not_before: datetime | None = when(optional=True)
    reason: str | None = Field(default=None, max_length=64)
    received_at: datetime = when()
    done_at: datetime | None = when(optional=True)
    worker: str | None = Field(default=None, max_length=36)
    leased_until: datetime | None = when(optional=True)


class Outbox(Row, table=True):
    """Something to be said; *dedup_key* makes it unique, whoever asks for it again."""

    id: int = number()
    dedup_key: str = Field(unique=True, max_length=96)
    chat_id: int = Field(sa_type=BigInteger)
    lane: str = Field(max_length=8)
    kind: str = Field(max_length=16)
    payload: SealedWords | None = words("outbox.payload", optional=True)
    state: str = Field(max_length=8)
    attempts: int
    not_before: datetime | None = when(optional=True)
    expires_at: datetime | None = when(optional=True)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    reason: str | None = Field(default=None, max_length=64)
    created_at: datetime = when()
    done_at: datetime | None = when(optional=True)


INBOX = METADATA.tables["inbox"]
OUTBOX = METADATA.tables["outbox"]

Index(None, INBOX.c.state, INBOX.c.chat_id, INBOX.c.id)
Index(None, OUTBOX.c.state, OUTBOX.c.lane, OUTBOX.c.id)
Index(None, OUTBOX.c.chat_id, OUTBOX.c.state)
