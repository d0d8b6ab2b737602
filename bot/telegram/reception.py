"""Reception: raw updates become inbox rows, in one commit, before anybody confirms them."""

import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from bot.backoff import Backoff
from bot.clock import Clock
from bot.telegram import envelope
from bot.telegram.door import Door
from bot.telegram.envelope import Envelope
from storage import inbox, inbox_care
from storage.errors import DatabaseUnavailableError
from storage.failpoints import failpoint
from storage.inbox import Arrival
from storage.transaction import Transaction

log = logging.getLogger(__name__)

MOST_WAITING = 20
_PAUSE = Backoff(timedelta(seconds=0.05), timedelta(seconds=2))

Commit = Callable[[Callable[[Transaction], object]], Awaitable[object]]
"""Has a work committed, and whoever takes turns hear of it."""


class Reception:
    """Takes in what the poll loop or the webhook was given."""

    def __init__(
        self,
        commit: Commit,
        door: Door,
        clock: Clock,
        on_stop: Callable[[int, int], None],
    ) -> None:
        """Make one; *on_stop* ends the reply of a chat whose draft was stopped, at once."""
        self._commit = commit
        self._door = door
        self._clock = clock
        self._on_stop = on_stop
        self.unreadable = 0  # updates without an address: nobody's, so not kept

    async def take(self, updates: Sequence[object]) -> None:
        """Store what was admitted; DatabaseUnavailableError means that nothing was."""
        arrivals: list[Arrival] = []
        for update in updates:
            if stop := envelope.stopped(update):
                self._on_stop(*stop)
                continue
            address = envelope.read(update)
            if address is None:
                self.unreadable += 1
                log.warning("update without an address", extra={"so_far": self.unreadable})
            elif await self._door.admits(address):
                arrivals.append(arrival(address, update))
        if not arrivals:
            return
        now = self._clock.now()
        chats = {arrival.chat_id for arrival in arrivals}

        def keep(transaction: Transaction) -> None:
            inbox.put(transaction, arrivals, now)
            inbox_care.trim(transaction, chats, MOST_WAITING, now)

        await self._commit(keep)
        failpoint("inbox.inserted")

    async def take_in_the_end(self, updates: Sequence[object]) -> None:
        """Do what `take` does, waiting for the database as long as it needs."""
        failures = 0
        while True:
            try:
                return await self.take(updates)
            except DatabaseUnavailableError:
                await self._clock.wait(_PAUSE.after(failures))
                failures += 1


def arrival(address: Envelope, update: object) -> Arrival:
    """Make what is kept of an update."""
    return Arrival(
        key=str(address.update_id),
        chat_id=address.chat_id,
        kind=address.kind,
        body=json.dumps(update).encode(),
    )
