"""What could not be sent: again, in doubt, or given up."""

from typing import Any

import pytest

from bot.delivery.outcome import (
    Ambiguous,
    NotWritten,
    Refused,
    TooFast,
    Unreachable,
)
from bot.outgoing import EditKeyboard, dump
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.outbox import Kind, Letter
from tests.bot.delivery.post import ADA, BO, SECOND, Post, delivering, letter, put, rows
from tests.bot.fakes import LeapingClock


async def test_what_was_never_written_goes_again_after_a_while(database: Database) -> None:
    post = Post(NotWritten("ClientConnectorError"), NotWritten("ClientConnectorError"))
    clock = LeapingClock()
    await put(database, letter("a", kind=Kind.NUDGE))

    async with delivering(database, post, clock=clock):
        assert await post.texts(3) == ["a", "a", "a"]

    assert clock.elapsed() >= 0.75 * 1.5 * SECOND
    assert (await rows(database))["a"][0] == "sent"


async def test_a_nudge_in_doubt_is_not_repeated_and_a_reply_is(database: Database) -> None:
    post = Post(Ambiguous("TimeoutError"), Ambiguous("TimeoutError"))
    await put(database, letter("reply"), letter("nudge", BO, Kind.NUDGE))

    async with delivering(database, post, clock=LeapingClock()):
        assert sorted(await post.texts(3)) == ["nudge", "reply", "reply"]

    assert await rows(database) == {
        "reply": ("sent", None),
        "nudge": ("unknown", "TimeoutError"),
    }


async def test_whatever_was_not_sent_is_named_in_the_log(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    outcomes = (
        NotWritten("ClientConnectorError"),
        Ambiguous("TimeoutError"),
        TooFast(SECOND),
        Refused("BadRequest"),
        Unreachable(),
    )
    await put(database, letter("refused"), letter("unreachable"))

    post = Post(*outcomes)
    async with delivering(database, post, clock=LeapingClock()):
        await post.texts(len(outcomes))

    assert {state for state, _ in (await rows(database)).values()} == {"dead"}
    assert [line for line in caplog.messages if line.startswith("not sent")] == [
        "not sent: ClientConnectorError",
        "not sent: TimeoutError",
        "not sent: too_fast",
        "not sent: BadRequest",
        "not sent: unreachable",
    ]


async def test_a_refused_letter_does_not_hold_up_the_next(database: Database) -> None:
    post = Post(Refused("BadRequest"))
    await put(database, letter("a"), letter("b"))

    async with delivering(database, post):
        assert await post.texts(2) == ["a", "b"]

    assert await rows(database) == {"a": ("dead", "BadRequest"), "b": ("sent", None)}


async def test_what_cannot_be_edited_or_read_is_passed_over(database: Database) -> None:
    post = Post()
    lost = Letter("lost", ADA, Kind.REPLY, dump(EditKeyboard((), sent_as="never sent")))
    garbled = Letter("garbled", ADA, Kind.REPLY, b"of another version")
    await put(database, lost, garbled, letter("a"))

    async with delivering(database, post):
        assert await post.texts(1) == ["a"]

    assert await rows(database) == {
        "lost": ("dead", "nothing_to_edit"),
        "garbled": ("dead", "unreadable"),
        "a": ("sent", None),
    }


class ShutDatabase:
    """A database that is away for every second write."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._away = False

    async def write(self, work: Any) -> Any:
        self._away = not self._away
        if self._away:
            raise DatabaseUnavailableError("locked")
        return await self._database.write(work)


async def test_a_database_that_comes_and_goes_costs_time_and_no_letter(database: Database) -> None:
    post = Post()
    shut: Any = ShutDatabase(database)
    await put(database, *(letter(str(number)) for number in range(5)))

    async with delivering(shut, post, clock=LeapingClock()):
        assert await post.texts(5) == [str(number) for number in range(5)]

    assert post.arrived.empty()
