"""The queue between people and the bot: updates wait here until they are confirmed."""

import asyncio
from collections import deque
from collections.abc import Sequence
from itertools import islice

from bot.sandbox.pulse import Pulse
from bot.sandbox.shapes import Json

KEPT = 100_000  # Telegram keeps a day; a bot that never comes must not fill the memory
ONLY_WHEN_NAMED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class PollerReplacedError(Exception):
    """A younger poller took over."""


class Updates:
    """Unconfirmed updates in order, and the one poller that may wait for them.

    *first* is the first update's id. It must grow from run to run: a bot remembers the ids
    that it has seen.
    """

    def __init__(self, first: int) -> None:
        self._queue: deque[Json] = deque(maxlen=KEPT)
        self._next = first
        self._poller = 0
        self._pulse = Pulse()
        self.closed = False
        self.allowed: Sequence[str] = ()  # empty: all but those that must be named

    def __len__(self) -> int:
        return len(self._queue)

    def push(self, kind: str, body: Json) -> None:
        """Queue an update of *kind*, unless the bot does not want that kind."""
        if kind in self.allowed or (not self.allowed and kind not in ONLY_WHEN_NAMED):
            self._queue.append({"update_id": self._next, kind: body})
            self._next += 1
            self._pulse.ring()

    def confirm(self, offset: int) -> None:
        """Forget updates below *offset*; a negative one counts from the end and keeps the rest."""
        if offset < 0:
            offset = self._next + offset
        while self._queue and self._queue[0]["update_id"] < offset:
            self._queue.popleft()

    def clear(self) -> None:
        """Forget every update."""
        self._queue.clear()

    def close(self) -> None:
        """Let everyone go who waits."""
        self.closed = True
        self._pulse.ring()

    def replace_poller(self) -> int:
        """Begin a new poll; the one that waits is told to go."""
        self._poller += 1
        self._pulse.ring()
        return self._poller

    async def poll(self, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109 - Telegram's own name and meaning: wait, then answer with nothing
        """Return up to *limit* updates; wait up to *timeout* seconds for the first."""
        poller = self.replace_poller()
        try:
            async with asyncio.timeout(timeout):
                while not self._queue and not self.closed:
                    await self._pulse.wait()
                    if poller != self._poller:
                        raise PollerReplacedError
        except TimeoutError:
            return []
        return list(islice(self._queue, limit))

    def oldest(self) -> Json | None:
        """Look at the oldest update without taking it."""
        return self._queue[0] if self._queue else None

    async def changed(self) -> None:
        """Wait until there is something new: an update, another receiver, the end."""
        await self._pulse.wait()
