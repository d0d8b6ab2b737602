"""Tables about danger: when a hold began, and which chats were turned away. Never words."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.row import METADATA, Row, number, owner, when


class Hold(Row, table=True):
    """A hold: when it began, how urgent it was, and when somebody wants to be asked after it."""

    id: int = number()
    person_id: int = owner()
    level: str = Field(max_length=24)
    at: datetime = when()
    ask_at: datetime | None = when(optional=True)


class TurnedAway(Row, table=True):
    """A chat that is a minor's, by a keyed hash, until it is forgotten."""

    chat: str = Field(primary_key=True, max_length=64)
    told_at: datetime = when()
    until: datetime = when()


HOLD = METADATA.tables["hold"]
TURNED_AWAY = METADATA.tables["turned_away"]
