"""The sandbox's clock: real time plus whatever was skipped."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

Walk = Callable[[datetime], Awaitable[bool]]
"""Goes towards a moment by way of all that is due before; False where it gave up on the way."""


class ClockBackwardsError(ValueError):
    """Somebody tried to turn the clock back by *by*."""

    def __init__(self, by: timedelta) -> None:
        super().__init__(by)
        self.by = by


class SandboxClock:
    """A clock that can jump forward. *read* tells the real time, with its zone.

    Whoever runs a bot by this clock may give it a *walk*, so that time that is travelled
    through is lived through.
    """

    def __init__(self, read: Callable[[], datetime]) -> None:
        self._read = read
        self._travelling = asyncio.Lock()
        self.offset = timedelta()
        self.walk: Walk | None = None

    def now(self) -> datetime:
        """Tell the sandbox's time."""
        return self._read() + self.offset

    def advance(self, by: timedelta) -> None:
        """Jump forward, over whatever lies between."""
        if by < timedelta():
            raise ClockBackwardsError(by)
        self.offset += by

    def advance_to(self, moment: datetime) -> None:
        """Jump to a moment, or stay where it is past already."""
        self.advance(max(timedelta(), moment - self.now()))

    async def travel(self, by: timedelta) -> bool:
        """Walk forward, one journey at a time; False where a part of the way was jumped over."""
        async with self._travelling:
            to = self.now() + by
            walked = self.walk is None or await self.walk(to)
            self.advance_to(to)
        return walked
