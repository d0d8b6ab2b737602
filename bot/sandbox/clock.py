"""The sandbox's clock: real time plus whatever was skipped."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.sandbox.pulse import Pulse


class ClockBackwardsError(ValueError):
    """Somebody tried to turn the clock back by *by*."""

    def __init__(self, by: timedelta) -> None:
        super().__init__(by)
        self.by = by


class SandboxClock:
    """A clock that can jump forward. *read* tells the real time, with its zone."""

    def __init__(self, read: Callable[[], datetime]) -> None:
        self._read = read
        self._moved = Pulse()
        self.offset = timedelta()

    def now(self) -> datetime:
        """Tell the sandbox's time."""
        return self._read() + self.offset

    def advance(self, by: timedelta) -> None:
        """Jump forward and wake those who wait for it."""
        if by < timedelta():
            raise ClockBackwardsError(by)
        self.offset += by
        self._moved.ring()

    async def moved(self) -> None:
        """Wait for the next jump."""
        await self._moved.wait()
