"""Wall clocks, read minute by minute: an independent judge of when something is due.

It only asks what a clock shows at a moment (UTC to wall time), never the way back, which is what
`bot.check_ins.occurrences` is about.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
AROUND = 3 * DAY
"""How long before and after a change a clock is read minute by minute; elsewhere it just runs."""

Shown = Callable[[datetime], datetime]


class Clock:
    """The clock of a zone, read through some days."""

    def __init__(self, zone: str, start: datetime, end: datetime) -> None:
        self.shown = showing(zone)
        self.changes = list(changes(self.shown, start - AROUND, end + AROUND))
        self.leapt: set[datetime] = set()  # wall minutes it never showed
        self.twice: set[datetime] = set()  # and those it showed again
        self._first: dict[datetime, datetime] = {}
        for change in self.changes:
            read = Reading(self.shown, change - AROUND, change + AROUND)
            self._first = read.first | read.instead | self._first
            self.leapt |= set(read.instead)
            self.twice |= read.twice

    def first(self, wall: datetime) -> datetime:
        """Tell when it first shows a wall minute, or would have, had nobody set it."""
        if read := self._first.get(wall):
            return read
        noon = datetime.combine(wall, time(12))
        return (wall - (self.shown(noon.replace(tzinfo=UTC)) - noon)).replace(tzinfo=UTC)


class Reading:
    """What a clock showed from minute to minute.

    *first*: when it showed each wall minute first. *instead*: when it would have shown those it
    leapt over, had it gone on as before.
    """

    def __init__(
        self, shown: Shown, start: datetime, end: datetime, moves: tuple[datetime, ...] = ()
    ) -> None:
        """Read; at *moves* it is another clock, and what that leaps over is not asked for."""
        self.first: dict[datetime, datetime] = {}
        self.instead: dict[datetime, datetime] = {}
        self.twice: set[datetime] = set()
        at, before = start, shown(start - MINUTE)
        while at < end:
            wall = shown(at)
            if wall in self.first:
                self.twice.add(wall)
            self.first.setdefault(wall, at)
            if wall - before > MINUTE and not any(at - MINUTE < move <= at for move in moves):
                leap = (wall - before) // MINUTE - 1
                self.instead |= {before + MINUTE * (n + 1): at + MINUTE * n for n in range(leap)}
            at, before = at + MINUTE, wall


def showing(zone: str) -> Shown:
    """Read a zone's clock."""
    there = ZoneInfo(zone)
    return lambda moment: moment.astimezone(there).replace(tzinfo=None, fold=0)


def changes(shown: Shown, start: datetime, end: datetime) -> Iterator[datetime]:
    """Find the hours in which a clock was set."""
    at, wall = start, shown(start)
    while at < end:
        later, then = at + HOUR, shown(at + HOUR)
        if then - wall != HOUR:
            yield at
        at, wall = later, then
