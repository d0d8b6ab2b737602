"""A worker on a stage: its turns do what a test says."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.background import Background
from bot.claiming import Alone, Claimed, Claims
from bot.worker import Worker
from storage import inbox
from storage.database import Database
from storage.inbox import Arrival, Item
from storage.tables.transport import INBOX
from storage.transaction import Transaction
from tests.bot.fakes import NOON, HeldClock, LeapingClock

SECOND = timedelta(seconds=1)
Play = Callable[[Item], Awaitable[None]]


async def at_once(_: Item) -> None:
    pass


class Stage:
    """A worker whose turns do what the test says, and then end their item."""

    def __init__(
        self, database: Database, play: Play, clock: LeapingClock, claims: Claims | None = None
    ) -> None:
        self.database = database
        self.clock = clock
        self.play = play
        self.background = Background()
        self.claimed: list[Claimed] = []
        self.begun: asyncio.Queue[str] = asyncio.Queue()
        self.over: list[str] = []
        self.apologies: list[int] = []
        self.told: list[tuple[str, str]] = []
        self.worker = Worker(
            claims or Alone(database), self, self.apologise, clock, self.background
        )

    async def take(self, claimed: Claimed) -> None:
        item = claimed.item
        self.claimed.append(claimed)
        self.begun.put_nowait(item.key)
        await self.play(item)
        self.over.append(item.key)
        await self.database.write(
            lambda transaction: inbox.done(transaction, item.id, self.clock.now(), item.worker)
        )

    async def given_up(self, item: Item, reason: str) -> None:
        self.told.append((item.key, reason))

    def apologise(self, transaction: Transaction, item: Item, now: datetime) -> None:
        self.apologies.append(item.chat_id)

    async def next(self) -> str:
        async with asyncio.timeout(5):
            return await self.begun.get()

    async def put(self, *keys: str) -> None:
        """Let something come in: "a2" is the second message in chat 10."""
        arrivals = [Arrival(key, int(key[0], 36), "message", b"{}") for key in keys]
        await self.database.write(lambda transaction: inbox.put(transaction, arrivals, NOON))
        self.worker.wake()

    async def ended(self) -> dict[str, tuple[str, str | None, int]]:
        """Wait until nothing is new any more, and tell what became of everything."""
        found = select(INBOX.c.key, INBOX.c.state, INBOX.c.reason, INBOX.c.attempts)
        async with asyncio.timeout(5):
            while True:
                rows = await self.database.read(lambda transaction: transaction.run(found).all())
                if all(row.state != "new" for row in rows):
                    return {row.key: (row.state, row.reason, row.attempts) for row in rows}


@asynccontextmanager
async def working(
    database: Database,
    play: Play = at_once,
    clock: LeapingClock | None = None,
    claims: Claims | None = None,
) -> AsyncGenerator[Stage]:
    stage = Stage(database, play, clock or HeldClock(), claims)
    stage.background.start("worker", stage.worker.run())
    yield stage
    await stage.background.stop(SECOND)
