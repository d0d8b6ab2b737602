"""Slots: how many calls run at once, over all and for one person."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

OVERALL = 8


class Slots:
    """Lets a few calls through at once, and one a lane; the others wait in their order."""

    def __init__(self, overall: int = OVERALL) -> None:
        self._overall = asyncio.Semaphore(overall)
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def held(self, lane: str) -> AsyncGenerator[None]:
        """Hold a slot; an empty *lane* waits for nobody in particular."""
        if not lane:
            async with self._overall:
                yield
            return
        own = self._lanes.get(lane) or asyncio.Lock()
        self._lanes[lane] = own  # gone when nobody holds it or waits for it
        async with own, self._overall:  # the own first: who waits for it takes nobody's slot
            yield
