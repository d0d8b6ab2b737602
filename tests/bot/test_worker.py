import asyncio
from typing import Any

import pytest
from sqlalchemy import select, update

from bot import worker
from bot.claiming import CHATS_AT_ONCE, Hands, choose
from bot.telegram.inbound import UpdateUnreadableError
from storage import conversations, inbox, people
from storage.database import Database
from storage.errors import DatabaseUnavailableError, WordsUnreadableError
from storage.inbox import Arrival, Item
from storage.tables.people import CONVERSATION
from storage.tables.transport import INBOX
from storage.transaction import Transaction
from tests.bot.counted import Counted
from tests.bot.fakes import NOON, HeldClock, LeapingClock
from tests.bot.stage import SECOND, Stage, working


async def test_a_chats_items_have_their_turns_one_after_the_other(database: Database) -> None:
    last = asyncio.Event()

    async def play(_: Item) -> None:
        await last.wait()

    keys = [f"{chat}{number}" for number in range(5) for chat in "abc"]
    async with working(database, play) as stage:
        await stage.put(*keys)
        assert {await stage.next() for _ in "abc"} == {"a0", "b0", "c0"}
        await stage.put("d0")  # the worker looks again, and finds all that wait
        assert await stage.next() == "d0"
        assert stage.begun.empty()
        last.set()
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


async def test_what_comes_in_is_claimed_by_the_commit_that_keeps_it(database: Database) -> None:
    counted: Any = Counted(database)
    async with working(counted) as stage:
        await counted.settled(2)  # who was suspect, and what was left
        kept = [Arrival(key, int(key[0], 36), "message", b"{}") for key in ("a1", "b1")]
        await stage.worker.take_in(lambda transaction: inbox.put(transaction, kept, NOON))
        assert counted.commits == 3
        assert sorted([await stage.next(), await stage.next()]) == ["a1", "b1"]
        await counted.settled(5)

    assert counted.commits == 5, "each turn ends, and nothing is looked for behind it"


async def test_what_waits_behind_a_turn_follows_it(database: Database) -> None:
    async def play(item: Item) -> None:
        if item.key == "a1":
            later = [Arrival("a2", item.chat_id, "message", b"{}")]
            await stage.worker.take_in(lambda transaction: inbox.put(transaction, later, NOON))

    async with working(database, play) as stage:
        await stage.put("a1")
        assert [await stage.next(), await stage.next()] == ["a1", "a2"]


async def test_what_comes_in_during_a_look_is_found_by_the_next(database: Database) -> None:
    async with working(database) as stage:
        arrivals = [Arrival(str(chat), chat, "message", b"{}") for chat in range(9)]
        keeping = [
            stage.worker.take_in(lambda t, one=one: inbox.put(t, [one], NOON)) for one in arrivals
        ]
        await asyncio.gather(*keeping)
        assert sorted([await stage.next() for _ in arrivals]) == sorted(map(str, range(9)))


async def test_what_cannot_be_kept_is_told_to_whoever_brought_it(database: Database) -> None:
    def fail(_: Transaction) -> None:
        raise LookupError

    async with working(database) as stage:
        with pytest.raises(LookupError):
            await stage.worker.take_in(fail)
        await stage.put("a1")
        assert await stage.next() == "a1"


async def test_somebody_whose_conversation_cannot_be_read_harms_nobody_else(
    database: Database,
) -> None:
    def place(transaction: Transaction) -> None:
        for chat in (10, 11):
            person = people.create(transaction, chat, "en", NOON)
            conversations.begin(transaction, person, "home", b"{}", NOON)
            if chat == 10:
                swapped = {"draft": person.words("another row", b"{}")}
                transaction.run(update(CONVERSATION).values(swapped))

    await database.write(place)
    async with working(database) as stage:
        await stage.put("a1", "b1")
        await stage.ended()

    assert {claimed.item.key: type(claimed.broken) for claimed in stage.claimed} == {
        "a1": WordsUnreadableError,
        "b1": type(None),
    }
    assert [claimed.standing for claimed in stage.claimed if claimed.standing] != []


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
