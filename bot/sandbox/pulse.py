"""A bell: wakes everyone who waits at the moment it is rung."""

import asyncio


class Pulse:
    """Rings any number of times; each ring wakes those who were waiting."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake everyone who waits now."""
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()

    async def wait(self) -> None:
        """Wait for the next ring."""
        await self._rung.wait()
