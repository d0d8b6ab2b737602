"""Delivery to a channel that answers as a test says."""

import asyncio
import math
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.background import Background
from bot.delivery.loop import Delivery
from bot.delivery.outcome import (
    Outcome,
    Sent,
)
from bot.delivery.pacing import Limits
from bot.outgoing import Outgoing, SendText, dump
from storage import outbox
from storage.database import Database
from storage.outbox import Kind, Letter
from storage.tables.transport import OUTBOX
from tests.bot.fakes import NOON, HeldClock, LeapingClock

ADA, BO = 1, 2
LIFTED = Limits(per_second=math.inf, per_chat_second=math.inf, reply_beside_after=timedelta())
SECOND = timedelta(seconds=1)


class Post:
    """A channel that keeps what it was given and answers as the test says."""

    def __init__(self, *outcomes: Outcome) -> None:
        self._outcomes = list(outcomes)
        self._calls = 0
        self.arrived: asyncio.Queue[tuple[int, Outgoing]] = asyncio.Queue()
        self.open = asyncio.Event()  # while unset, calls hang
        self.open.set()
        self.in_flight = self.most_in_flight = 0

    async def send(self, chat_id: int, outgoing: Outgoing) -> Outcome:
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        self._calls += 1
        number = self._calls
        self.arrived.put_nowait((chat_id, outgoing))
        await self.open.wait()
        self.in_flight -= 1
        return self._outcomes.pop(0) if self._outcomes else Sent(100 + number)

    async def next(self) -> tuple[int, Outgoing]:
        async with asyncio.timeout(5):
            return await self.arrived.get()

    async def texts(self, count: int) -> list[str]:
        found = [await self.next() for _ in range(count)]
        return [outgoing.html for _, outgoing in found if isinstance(outgoing, SendText)]


def letter(text: str, chat: int = ADA, kind: Kind = Kind.REPLY, **more: Any) -> Letter:
    return Letter(text, chat, kind, dump(SendText(text)), **more)


async def put(database: Database, *letters: Letter) -> None:
    await database.write(lambda transaction: outbox.put(transaction, letters, NOON))


async def rows(database: Database) -> dict[str, tuple[str, str | None]]:
    found = select(OUTBOX.c.dedup_key, OUTBOX.c.state, OUTBOX.c.reason)
    read = await database.read(lambda transaction: transaction.run(found).all())
    return {row.dedup_key: (row.state, row.reason) for row in read}


@asynccontextmanager
async def delivering(
    database: Database, post: Post, limits: Limits = LIFTED, clock: LeapingClock | None = None
) -> AsyncGenerator[Delivery]:
    """Deliver, and at the end wait until what is in flight has landed."""
    background = Background()
    delivery = Delivery(database, post, clock or HeldClock(), background, limits)
    running = asyncio.ensure_future(delivery.run())
    yield delivery
    async with asyncio.timeout(5):
        await delivery.finish(timedelta())
        await running
    await background.stop(SECOND)
