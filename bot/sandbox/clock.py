"""The sandbox's clock: real time plus whatever was skipped."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

LONGEST_JOURNEY = timedelta(seconds=60)
"""How much real time a journey may take; then the rest of the way is jumped over."""

Step = Callable[[datetime], Awaitable[bool]]
"""Goes to the next thing due until then and lets it happen; False if there is none."""


class ClockBackwardsError(ValueError):
    """Somebody tried to turn the clock back by *by*."""

    def __init__(self, by: timedelta) -> None:
        super().__init__(by)
        self.by = by


class SandboxClock:
    """A clock that can jump forward. *read* tells the real time, with its zone.

    Whoever runs a bot by this clock may give it a *step*, so that journeys lead from one thing
    that is due to the next, as life does.
    """

    def __init__(self, read: Callable[[], datetime]) -> None:
        self._read = read
        self._travelling = asyncio.Lock()
        self.offset = timedelta()
        self.step: Step | None = None

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

    async def travel(self, by: timedelta, arrived: Callable[[], bool] = lambda: False) -> bool:
        """Go forward step by step, one journey at a time, or less far if *arrived* before.

        False where the journey took too long, so that the rest of it was jumped over.
        """
        async with self._travelling:
            to, until = self.now() + by, self._read() + LONGEST_JOURNEY
            while self.step and await self.step(to):
                if arrived():
                    return True
                if self._read() > until:
                    self.advance_to(to)
                    return False
            self.advance_to(to)
            return True
