"""A worker beside others: it has a turn for as long as its lease."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from bot.claiming import Leased
from storage import leases
from storage.database import Database
from storage.inbox import Item
from storage.leases import LeaseLostError
from storage.tables.transport import INBOX
from tests.bot.fakes import NOON, HeldClock, LeapingClock
from tests.bot.stage import working


async def test_a_turn_whose_lease_was_lost_is_no_failure(database: Database) -> None:
    async def play(item: Item) -> None:
        if item.worker == "slow":
            raise LeaseLostError(item.id)

    async with working(database, play, claims=Leased(database, "slow")) as stage:
        await stage.put("a1")
        assert await stage.next() == "a1"
    assert (stage.over, stage.told, stage.apologies) == ([], [], [])
    async with working(
        database, play, LeapingClock(NOON + leases.LASTS), Leased(database, "quick")
    ) as stage:
        assert await stage.ended() == {"a1": ("done", None, 2)}


async def test_a_stop_in_good_order_gives_leases_back(database: Database) -> None:
    async def play(item: Item) -> None:
        if item.worker == "stopped":
            await asyncio.Event().wait()

    async with working(database, play, claims=Leased(database, "stopped")) as stage:
        await stage.put("a1")
        await stage.next()
    await stage.worker.give_back_parked()

    async with working(database, play, claims=Leased(database, "next")) as stage:
        assert await stage.ended() == {"a1": ("done", None, 1)}


async def test_a_long_turn_keeps_its_lease(database: Database) -> None:
    release = asyncio.Event()

    async def play(item: Item) -> None:
        await release.wait()

    clock = HeldClock()
    async with working(database, play, clock, Leased(database, "one")) as stage:
        stage.background.start("claims", stage.worker.keep_claims())
        await stage.put("a1")
        await stage.next()
        found = select(INBOX.c.leased_until)
        for _ in range(2 * int(leases.LASTS.total_seconds())):
            clock.advance(timedelta(seconds=1))
            needed = clock.now() + leases.LASTS / 3
            async with asyncio.timeout(5):
                while await database.read(lambda t: t.run(found).scalar_one()) < needed:
                    pass
        release.set()
