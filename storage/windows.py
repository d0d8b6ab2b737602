"""Windows: the time that figures are about, in whole days of UTC."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_


@dataclass(frozen=True, slots=True)
class Window:
    """Whole days of UTC; *start* lies within, *end* does not."""

    start: datetime
    end: datetime

    @property
    def days(self) -> int:
        """How long it is."""
        return (self.end - self.start).days

    def before(self) -> "Window":
        """Return the window of the same length that ends where this one starts."""
        return Window(self.start - (self.end - self.start), self.start)

    def holds(self, moment: ColumnElement[datetime]) -> ColumnElement[bool]:
        """Say in SQL that a time lies within."""
        return and_(moment >= self.start, moment < self.end)


def last(days: int, now: datetime) -> Window:
    """Return the window of the last *days* days, today's included as far as it has come."""
    today = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    end = today + timedelta(days=1)
    return Window(end - timedelta(days=days), end)
