import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot import worker
from bot.background import Background
from bot.claiming import CHATS_AT_ONCE, Alone, Claims, Hands, Leased, choose
from bot.telegram.inbound import UpdateUnreadableError
from bot.worker import Worker
from storage import inbox, leases
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.inbox import Arrival, Item
from storage.leases import LeaseLostError
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
        self.begun: asyncio.Queue[str] = asyncio.Queue()
        self.over: list[str] = []
        self.apologies: list[int] = []
        self.told: list[tuple[str, str]] = []
        self.worker = Worker(
            claims or Alone(database), self, self.apologise, clock, self.background
        )

    async def take(self, item: Item) -> None:
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


async def test_a_chats_items_have_their_turns_one_after_the_other(database: Database) -> None:
    under_way: list[int] = []

    async def play(item: Item) -> None:
        assert item.chat_id not in under_way
        under_way.append(item.chat_id)
        for _ in range(5):  # long enough for others to begin
            await database.read(inbox.backlog)
        under_way.remove(item.chat_id)

    keys = [f"{chat}{number}" for number in range(5) for chat in "abc"]
    async with working(database, play) as stage:
        await stage.put(*keys)
        await stage.ended()

    for chat in "abc":
        assert [key for key in stage.over if key[0] == chat] == [f"{chat}{n}" for n in range(5)]


async def test_one_hanging_turn_holds_only_its_own_chat_up(database: Database) -> None:
    async def play(item: Item) -> None:
        if item.key == "a1":
            await asyncio.Event().wait()

    async with working(database, play) as stage:
        await stage.put("a1", "a2", *(f"b{number}" for number in range(9)))
        assert [await stage.next() for _ in range(10)].count("a1") == 1
        assert stage.begun.empty()


async def test_at_most_so_many_chats_have_a_turn_at_once(database: Database) -> None:
    release = asyncio.Event()

    async def play(item: Item) -> None:
        await release.wait()

    arrivals = [Arrival(str(chat), chat, "message", b"{}") for chat in range(40)]
    await database.write(lambda transaction: inbox.put(transaction, arrivals, NOON))
    async with working(database, play) as stage:
        for _ in range(CHATS_AT_ONCE):
            await stage.next()
        assert stage.begun.empty()
        release.set()
        await stage.ended()

    assert len(stage.over) == 40


async def test_a_turn_that_fails_is_tried_again_and_then_given_up_with_an_apology(
    database: Database,
) -> None:
    clock = HeldClock()

    async def play(item: Item) -> None:
        if item.key == "a1":
            raise RuntimeError("secret words")

    async with working(database, play, clock) as stage:
        await stage.put("a1", "a2")
        for wait in (1, 2):
            assert await stage.next() == "a1"
            await until_retried(stage)
            assert stage.begun.empty()
            clock.advance(wait * 1.1 * SECOND)
        assert await stage.next() == "a1"
        assert await stage.next() == "a2"
        ended = await stage.ended()

    assert ended == {"a1": ("dead", "RuntimeError", 3), "a2": ("done", None, 1)}
    assert stage.apologies == [10]


async def until_retried(stage: Stage) -> None:
    """Wait until the failed item has been put off."""
    waiting = select(INBOX.c.not_before).where(INBOX.c.key == "a1")
    async with asyncio.timeout(5):
        while True:
            put_off = await stage.database.read(
                lambda transaction: transaction.run(waiting).scalar_one()
            )
            if put_off is not None and put_off > stage.clock.now():
                return


async def test_no_fault_puts_a_persons_words_into_the_log(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def play(item: Item) -> None:
        raise RuntimeError("secret words")

    async with working(database, play, LeapingClock()) as stage:
        await stage.put("a1")
        await stage.ended()

    told = "".join(str(vars(record)) for record in caplog.records)
    assert "RuntimeError" in told
    assert "test_worker.py" in told
    assert "secret" not in told


async def test_what_cannot_be_read_is_given_up_at_once_by_the_kind_of_its_error(
    database: Database,
) -> None:
    async def play(item: Item) -> None:
        raise UpdateUnreadableError("KeyError")

    async with working(database, play) as stage:
        await stage.put("a1")
        ended = await stage.ended()

    assert ended == {"a1": ("dead", "KeyError", 1)}
    assert stage.apologies == []


async def test_an_absent_database_is_nobodys_failed_attempt(database: Database) -> None:
    absences = [DatabaseUnavailableError("locked") for _ in range(7)]

    async def play(item: Item) -> None:
        if absences:
            raise absences.pop()

    async with working(database, play, LeapingClock()) as stage:
        await stage.put("a1")
        ended = await stage.ended()

    assert ended == {"a1": ("done", None, 1)}


async def test_an_item_that_three_processes_died_over_is_given_up(database: Database) -> None:
    async with working(database) as stage:
        pass
    await stage.put("a1", "b1")
    for _ in range(worker.MOST_ATTEMPTS):
        await database.write(lambda transaction: inbox.claim(transaction, [10], NOON))

    async with working(database) as stage:
        ended = await stage.ended()

    assert ended == {"a1": ("dead", "crash", 4), "b1": ("done", None, 1)}
    assert stage.apologies == [10]
    assert "a1" not in stage.over


async def test_a_stop_in_good_order_is_held_against_nobody(database: Database) -> None:
    async def play(item: Item) -> None:
        await asyncio.Event().wait()

    for _ in range(2 * worker.MOST_ATTEMPTS):
        async with working(database, play) as stage:
            await stage.put("a1")
            await stage.next()
        await stage.worker.give_back_parked()

    async with working(database) as stage:
        assert await stage.ended() == {"a1": ("done", None, 1)}


CHOICES: list[Any] = [
    pytest.param([1, 2, 3], (), (), [1, 2, 3], id="all"),
    pytest.param([1, 2, 3], (2,), (), [1, 3], id="not those at work"),
    pytest.param(range(40), (), (), range(32), id="no more than there are places"),
    pytest.param(range(9), range(100, 131), (), [0], id="the last place"),
    pytest.param([1, 2, 3, 4], (), (2, 3), [1, 2, 4], id="one suspect at a time"),
    pytest.param([1, 3, 4], (2,), (2, 3), [1, 4], id="no suspect beside another"),
]


@pytest.mark.parametrize(("waiting", "busy", "suspects", "chosen"), CHOICES)
def test_whose_turn_it_is(waiting: Any, busy: Any, suspects: Any, chosen: Any) -> None:
    hands = Hands(frozenset(busy), frozenset(suspects))

    assert list(choose(list(waiting), hands)) == list(chosen)


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
