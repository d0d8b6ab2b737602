"""The sweep: finds the check-ins that are due and puts them into the inbox, in batches.

Each batch is one commit: what entered the inbox has its next time. A crash in between repeats
a batch that left nothing. One that is late by more than two hours is left out. Several workers
may sweep at once: a batch leaves out what another one is taking.

Who waits is found by time, and batched by id: rows of neighbours share pages, so that a row of
many thousands costs hardly more than one of a few.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.check_ins import arrivals, occurrences
from bot.check_ins.occurrences import Occurrence
from bot.clock import Clock
from storage import check_ins, inbox
from storage.check_ins import CheckIn, Due
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.failpoints import failpoint
from storage.inbox import Arrival
from storage.transaction import Transaction

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=20)
BATCH = 200
WINDOW = 100_000
"""How many are batched at once; those of the next window wait for all of these."""

LATEST = timedelta(hours=2)
"""How late a check-in may be found; what is later is not worth asking any more."""

STEP = timedelta(minutes=5)
"""A wall clock that ran this much otherwise than time itself was set, and is not believed once."""


class Sweep:
    """Finds what is due; one of these serves everybody."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        wake: Callable[[], None],
        *,
        guarded: bool = True,
    ) -> None:
        """Call *wake* after each batch; *guarded*: look out for a clock that was set."""
        self._database = database
        self._clock = clock
        self._wake = wake
        self._guarded = guarded
        self._last: tuple[datetime, timedelta] | None = None

    async def run(self) -> None:
        """Put into the inbox what is due now, unless the clock was just set."""
        drift = self._drift()
        try:
            if abs(drift) <= STEP:
                await self.look()
                return
            log.error("the clock was set; check-ins wait for the next look")
            if drift < timedelta():  # what was swept in a day that is yet to come is due again
                now = self._clock.now()
                await self._database.write(lambda t: check_ins.look_again(t, now))
        except DatabaseUnavailableError as error:
            log.error("sweep failed", extra={"error": type(error).__name__})

    async def look(self) -> int:
        """Put into the inbox what is due now; count what was due and nobody else took."""
        now, found = self._clock.now(), 0
        failpoint("tick.before")
        while entered := await self._enter_window(now):
            found += entered
        return found

    async def _enter_window(self, now: datetime) -> int:
        waiting = await self._database.read(lambda t: check_ins.waiting(t, now, WINDOW))
        waiting.sort()
        found = 0
        for start in range(0, len(waiting), BATCH):
            some = waiting[start : start + BATCH]
            entered = await self._database.write(lambda t, some=some: enter(t, some, now))
            if entered:
                failpoint("tick.after")
                self._wake()
            found += entered
        return found

    def _drift(self) -> timedelta:
        """Tell how much further the wall clock ran than time itself since the last look."""
        now, elapsed = self._clock.now(), self._clock.elapsed()
        last, self._last = self._last, (now, elapsed)
        if last is None or not self._guarded:
            return timedelta()
        return (now - last[0]) - (elapsed - last[1])


def enter(transaction: Transaction, some: Sequence[int], now: datetime) -> int:
    """Take those of *some* check-ins that are due into the inbox; count them."""
    due = check_ins.due(transaction, now, some)
    looked = [(one, *_around(one.check_in, now)) for one in due]
    arrived = [arrival for one, last, _ in looked if (arrival := _arrival(one, last, now))]
    inbox.put(transaction, arrived, now)
    check_ins.move(transaction, ((one.id, following) for one, _, following in looked))
    return len(due)


def _around(one: CheckIn, now: datetime) -> tuple[Occurrence | None, datetime | None]:
    return occurrences.around(one.at, one.weekdays, one.on, one.time_zone, now)


def _arrival(due: Due, last: Occurrence | None, now: datetime) -> Arrival | None:
    """Make an arrival of its last time until now; None where that is too long ago."""
    if last is None or now - last[1] > LATEST:
        return None
    return arrivals.arrival(due, *last)
