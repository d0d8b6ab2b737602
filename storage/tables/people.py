"""Tables about people: who they are to us, and where each conversation stands."""

from datetime import datetime, time

from sqlalchemy import BigInteger, Index, false, true
from sqlmodel import Field

from storage.columns import SealedWords
from storage.tables.row import METADATA, Row, drawn, number, owner, when, words


class Installation(Row, table=True):
    """The one row about this database: whose bot it serves, who owns it, its transport key."""

    id: int = drawn()
    bot_id: int | None = Field(default=None, sa_type=BigInteger)
    owner_id: int | None = Field(default=None, sa_type=BigInteger)
    wrapped_key: bytes
    created_at: datetime = when()


class Person(Row, table=True):
    """Somebody who talks to the bot. Erasing the row erases everything of theirs.

    Numbers are never given twice, so a turn that began before an erasure finds nobody.
    """

    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 SQLAlchemy's own name and shape

    id: int = number()
    public_id: str = Field(unique=True, max_length=32)
    chat_id: int = Field(unique=True, sa_type=BigInteger)
    language: str = Field(max_length=16)
    time_zone: str | None = Field(default=None, max_length=64)
    reachable: bool
    wrapped_key: bytes
    created_at: datetime = when()
    heard_at: datetime | None = when(optional=True)  # to the day: when they last wrote or tapped
    warned_at: datetime | None = when(optional=True)  # told that they will be erased
    quiet_from: time | None = None
    quiet_until: time | None = None
    check_in: str | None = Field(default=None, max_length=8)
    reminders: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    style: str = Field(
        default="balanced", max_length=16, sa_column_kwargs={"server_default": "balanced"}
    )
    ai_wording: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    review_day: int | None = None
    zone_ask_at: datetime | None = when(optional=True)
    paused_at: datetime | None = when(optional=True)
    paused_until: datetime | None = when(optional=True)
    hush_until: datetime | None = when(optional=True)
    day_ends: time | None = None
    schedule_version: int = Field(default=0, index=True, sa_column_kwargs={"server_default": "0"})


class Feedback(Row, table=True):
    """What somebody said about the bot, or about one object, in their own words."""

    id: int = drawn()
    person_id: int = owner()
    object_kind: str | None = Field(default=None, max_length=16)
    object_id: str | None = Field(default=None, max_length=96)
    object_version: int | None = None
    body: SealedWords = words("feedback.body")
    turn_id: str = Field(max_length=36)
    told_at: datetime = when()


class Conversation(Row, table=True):
    """Where the conversation with a person stands; *version* grows with every turn."""

    person_id: int = owner(key=True)
    stage: str = Field(max_length=32)
    draft: SealedWords = words("conversation.draft")
    version: int
    updated_at: datetime = when()


class Consent(Row, table=True):
    """A consent that was given, by the version of its text."""

    id: int = number()
    person_id: int = owner()
    version: str = Field(max_length=32)
    given_at: datetime = when()


class Invitation(Row, table=True):
    """A code that lets people in, a few times and for a while; only its hash is kept."""

    code_hash: str = Field(primary_key=True, max_length=64)
    uses_left: int
    made_by: int | None = Field(default=None, sa_type=BigInteger)  # none: on the command line
    created_at: datetime = when()
    expires_at: datetime = when()


class Admitted(Row, table=True):
    """Somebody who came in by an invitation, by their Telegram id."""

    user_id: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    at: datetime = when()


class Erasure(Row, table=True):
    """Somebody erased whom files may still tell of, by the hash on their tombstone."""

    tombstone: str = Field(primary_key=True, max_length=64)
    at: datetime = when()


INSTALLATION = METADATA.tables["installation"]
PERSON = METADATA.tables["person"]
CONVERSATION = METADATA.tables["conversation"]
CONSENT = METADATA.tables["consent"]
INVITATION = METADATA.tables["invitation"]
ADMITTED = METADATA.tables["admitted"]
FEEDBACK = METADATA.tables["feedback"]
ERASURE = METADATA.tables["erasure"]

Index(None, PERSON.c.created_at)
