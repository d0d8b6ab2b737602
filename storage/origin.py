"""Origins: the turn a row comes from, which is what joins the record."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """A turn, its time, and its trace if it was traced."""

    turn_id: str
    at: datetime
    trace_id: str | None = None
