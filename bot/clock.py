"""The port to time: the only file that reads a clock or waits for one."""

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What time it is, how long things take, and how to wait."""

    def now(self) -> datetime:
        """Tell the time of day, aware and in UTC. It may jump."""
        ...

    def elapsed(self) -> timedelta:
        """Tell the time since some fixed moment. It never jumps."""
        ...

    async def wait(self, at_most: timedelta | None, woken: asyncio.Event | None = None) -> None:
        """Wait *at_most* that long (None: for ever), or less if *woken* is set meanwhile."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Tell the time of day in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the file that reads it

    def elapsed(self) -> timedelta:
        """Tell the time since some fixed moment."""
        return timedelta(seconds=time.monotonic())

    async def wait(self, at_most: timedelta | None, woken: asyncio.Event | None = None) -> None:
        """Wait *at_most* that long, or less if *woken* is set meanwhile."""
        seconds = None if at_most is None else max(0.0, at_most.total_seconds())
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await (woken or asyncio.Event()).wait()
