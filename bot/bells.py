"""Bells: how processes in roles wake each other, and tell whose reply is to stop.

A bell only saves time. Whoever is to be woken looks every second anyway, and looks at once
when a lost line is back.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import NoReturn

from sqlalchemy import URL

from bot.background import Background
from bot.channel import Commit
from bot.clock import Clock
from storage import line
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.line import LineLostError
from storage.transaction import Transaction

log = logging.getLogger(__name__)

ARRIVALS = "rein_arrivals"
LETTERS = "rein_letters"
STOPS = "rein_stops"
AGAIN_AFTER = timedelta(seconds=1)


class Bells:
    """Rings; rung several times before the first ring is out, a bell rings once more."""

    def __init__(self, database: Database, background: Background) -> None:
        self._database = database
        self._background = background
        self._waiting: set[str] = set()

    def arrivals(self) -> None:
        """Tell the workers that something came in."""
        self._ring_once(ARRIVALS)

    def letters(self) -> None:
        """Tell the sender that something is to be said."""
        self._ring_once(LETTERS)

    def stop(self, chat_id: int, draft_id: int) -> None:
        """Tell the workers that somebody stopped a reply; who writes it ends it."""
        self._background.start("stop bell", self._ring(STOPS, f"{chat_id} {draft_id}"))

    def _ring_once(self, bell: str) -> None:
        if bell not in self._waiting:
            self._waiting.add(bell)
            self._background.start("bell", self._ring(bell))

    async def _ring(self, bell: str, told: str = "") -> None:
        await asyncio.sleep(0)  # what follows in this moment needs no other ring
        self._waiting.discard(bell)
        try:
            await self._database.write(lambda transaction: line.ring(transaction, bell, told))
        except DatabaseUnavailableError:
            log.info("a bell was not rung", extra={"bell": bell})


def committing(database: Database, ring: Callable[[], None]) -> Commit:
    """Make what commits and then rings, for a process whose work others go on with."""

    async def commit(work: Callable[[Transaction], object], answers: int | None = None) -> None:
        await database.write(work)
        ring()

    return commit


async def listen(url: URL, clock: Clock, hear: Mapping[str, Callable[[str], None]]) -> NoReturn:
    """Call what belongs to each bell that rings, until cancelled; a lost line is opened again."""
    while True:
        try:
            async with line.heard(url, hear) as ringing:
                for bell, heard in hear.items():
                    if bell != STOPS:  # what rang before nobody heard
                        heard("")
                async for bell, told in ringing:
                    hear[bell](told)
        except LineLostError as error:
            log.warning("bells cannot be heard", extra={"error": str(error)})
        await clock.wait(AGAIN_AFTER)
