"""Stops: which replies are being written, so that a person's Stop ends theirs and no other."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress


class Stops:
    """Every reply that is being written now, by chat and draft."""

    def __init__(self) -> None:
        self._writing: dict[tuple[int, int], asyncio.Timeout] = {}

    @asynccontextmanager
    async def stoppable(self, chat_id: int, draft_id: int) -> AsyncGenerator[None]:
        """Leave the block early, without an error, once that draft is stopped."""
        with suppress(TimeoutError):
            async with asyncio.timeout(None) as writing:
                self._writing[chat_id, draft_id] = writing
                try:
                    yield
                finally:
                    self._writing.pop((chat_id, draft_id), None)

    def stop(self, chat_id: int, draft_id: int) -> None:
        """End the writing of a draft; nothing happens if it has ended by itself."""
        writing = self._writing.pop((chat_id, draft_id), None)
        if writing is not None:
            writing.reschedule(asyncio.get_running_loop().time())
