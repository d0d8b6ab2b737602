"""The gate: how many calls run at once, over all and for one person."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

OVERALL = 8


class Gate:
    """Lets eight calls through at once, and one of each key; the others wait in their order."""

    def __init__(self) -> None:
        self._overall = asyncio.Semaphore(OVERALL)
        self._own: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def passed(self, key: str) -> AsyncGenerator[None]:
        """Be one of those let through; an empty *key* waits for no other of its own."""
        if not key:
            async with self._overall:
                yield
            return
        own = self._own.get(key) or asyncio.Lock()
        self._own[key] = own  # gone when nobody holds it or waits for it
        async with own, self._overall:  # the own first: who waits for it keeps out nobody else
            yield
