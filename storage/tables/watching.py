"""The table of alerts: what was found wrong, since when, and when operators were told."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.row import METADATA, Row, when


class Alert(Row, table=True):
    """Something that is wrong, or was until *over_at*."""

    cause: str = Field(primary_key=True, max_length=80)
    since: datetime = when()
    told_at: datetime | None = when(optional=True)
    over_at: datetime | None = when(optional=True)


ALERT = METADATA.tables["alert"]
