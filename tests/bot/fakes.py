"""Doubles of ports that only tests need."""

import asyncio
from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class LeapingClock:
    """A clock on which every wait is over at once; it keeps what was waited for."""

    def __init__(self, now: datetime = NOON) -> None:
        self._start = now
        self._elapsed = timedelta()
        self.waits: list[timedelta] = []

    def now(self) -> datetime:
        return self._start + self._elapsed

    def elapsed(self) -> timedelta:
        return self._elapsed

    def advance(self, by: timedelta) -> None:
        self._elapsed += by

    async def wait(self, at_most: timedelta | None, woken: asyncio.Event | None = None) -> None:
        if woken is not None and woken.is_set():
            return
        if at_most is None:
            await (woken or asyncio.Event()).wait()
            return
        self.waits.append(at_most)
        self._elapsed += max(at_most, timedelta())
        await asyncio.sleep(0)


class HeldClock(LeapingClock):
    """A clock that stands still until a test advances it."""

    def __init__(self, now: datetime = NOON) -> None:
        super().__init__(now)
        self._moved = asyncio.Event()

    def advance(self, by: timedelta) -> None:
        super().advance(by)
        self._moved.set()
        self._moved = asyncio.Event()

    async def wait(self, at_most: timedelta | None, woken: asyncio.Event | None = None) -> None:
        woken = woken or asyncio.Event()
        until = None if at_most is None else self._elapsed + at_most
        while not woken.is_set() and (until is None or self._elapsed < until):
            ends = [asyncio.ensure_future(end.wait()) for end in (woken, self._moved)]
            try:
                await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for end in ends:
                    end.cancel()
