"""Answers that the commit which puts them takes as well, and what goes wrong about that."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.delivery.loop import Delivery
from bot.delivery.pacing import Limits
from storage import outbox
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.outbox import Kind, Letter
from storage.transaction import Transaction
from tests.bot.counted import Counted
from tests.bot.delivery.post import ADA, BO, SECOND, Post, delivering, letter, put, rows
from tests.bot.fakes import NOON, HeldClock


@pytest.fixture
def counted(database: Database) -> Any:
    return Counted(database)


def putting(*letters: Letter) -> Callable[[Transaction], object]:
    return lambda transaction: outbox.put(transaction, letters, NOON)


async def begun(counted: Any) -> int:
    """Let delivery come to rest; return how many commits that took."""
    await counted.settled(2)
    return counted.commits


async def answer(delivery: Delivery, text: str, chat: int = ADA) -> None:
    await delivery.write(putting(letter(text, chat)), chat)


async def test_an_answer_is_taken_by_the_commit_that_puts_it(database: Database, counted: Any):
    post = Post()
    post.open.clear()
    async with delivering(counted, post) as delivery:
        before = await begun(counted)
        await answer(delivery, "a")
        assert await post.texts(1) == ["a"]
        assert counted.commits == before + 1
        assert await rows(database) == {"a": ("sending", None)}
        post.open.set()
        await counted.settled(before + 2)
        assert counted.commits == before + 2, "it landed, and nothing else was looked for"

    assert await rows(database) == {"a": ("sent", None)}


async def test_what_is_behind_an_answer_follows_once_it_has_landed(counted: Any):
    post = Post()
    post.open.clear()
    both = putting(letter("a1"), letter("a2"), letter("n", kind=Kind.NUDGE))
    async with delivering(counted, post) as delivery:
        await begun(counted)
        await delivery.write(both, ADA)
        assert await post.texts(1) == ["a1"]
        assert post.arrived.empty()
        post.open.set()
        assert await post.texts(2) == ["a2", "n"]


async def test_an_answer_waits_for_those_before_it(database: Database, counted: Any):
    post, clock = Post(), HeldClock()
    async with delivering(counted, post, clock=clock) as delivery:
        await begun(counted)
        await put(database, letter("a1"))  # nobody was woken
        await answer(delivery, "a2")
        assert await post.texts(2) == ["a1", "a2"]


async def test_answers_keep_to_the_limits(counted: Any):
    post, clock = Post(), HeldClock()
    post.open.clear()
    async with delivering(counted, post, Limits(), clock) as delivery:
        await begun(counted)
        clock.advance(SECOND)
        await answer(delivery, "a")
        await answer(delivery, "b", BO)
        assert await post.texts(1) == ["a"]
        await counted.settled(counted.commits)
        assert post.arrived.empty(), "one reply at a time"
        clock.advance(SECOND)
        assert await post.texts(1) == ["b"]
        post.open.set()


async def test_a_turn_that_fails_leaves_its_chat_free(database: Database, counted: Any):
    def fail(_: Transaction) -> None:
        raise LookupError

    post = Post()
    async with delivering(counted, post) as delivery:
        await begun(counted)
        with pytest.raises(LookupError):
            await delivery.write(fail, ADA)
        await delivery.write(lambda _: None, ADA)
        await answer(delivery, "a")
        assert await post.texts(1) == ["a"]

    assert await rows(database) == {"a": ("sent", None)}


async def test_what_a_commit_took_that_nobody_heard_of_is_not_left_behind(
    database: Database, counted: Any
):
    post = Post()
    async with delivering(counted, post) as delivery:
        counted.unheard.add(await begun(counted) + 1)
        with pytest.raises(DatabaseUnavailableError):
            await answer(delivery, "a")
        await answer(delivery, "b", BO)
        assert sorted(await post.texts(2)) == ["a", "b"]

    assert await rows(database) == {"a": ("sent", None), "b": ("sent", None)}


async def test_of_such_a_commits_nudges_nobody_knows_and_none_goes_twice(
    database: Database, counted: Any
):
    post, clock = Post(), HeldClock()
    async with delivering(counted, post, clock=clock) as delivery:
        unheard = await begun(counted) + 1
        counted.unheard.add(unheard)
        await put(database, letter("n", kind=Kind.NUDGE), letter("r", BO))
        delivery.wake()
        await counted.settled(unheard)
        clock.advance(SECOND)
        assert await post.texts(1) == ["r"]

    assert await rows(database) == {"n": ("unknown", "crash"), "r": ("sent", None)}
    assert post.arrived.empty()


async def test_nothing_is_taken_any_more_once_it_finishes(database: Database, counted: Any):
    post = Post()
    async with delivering(counted, post) as delivery:
        await begun(counted)
        await delivery.finish(SECOND * 0)
        await answer(delivery, "a")

    assert await rows(database) == {"a": ("new", None)}
    assert post.arrived.empty()
