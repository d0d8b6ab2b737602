import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.access import Access
from bot.background import Background
from bot.bells import committing
from bot.clock import Clock, SystemClock
from bot.guest_book import StoredGuests
from bot.sandbox import acts
from bot.sandbox.server import Sandbox
from bot.stops import Stops
from bot.telegram import listen
from bot.telegram.connect import Connection, TokenRefusedError, connect
from bot.telegram.door import Door
from bot.telegram.listen import Listener
from bot.telegram.reception import Reception
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.tables.transport import INBOX
from tests.bot.conftest import TOKEN
from tests.bot.fakes import LeapingClock
from tests.bot.telegram import scripted
from tests.bot.telegram.scripted import ScriptedApi, ok, refused
from tests.bot.telegram.updates import message

Rows = list[tuple[str, int, str, str | None]]


def reception(
    database: Database, connection: Connection, clock: Clock, background: Background
) -> Reception:
    access = Access(clock, public=True)
    door = Door(connection.bot, access, StoredGuests(database, clock), background)
    return Reception(database.write, door, clock, Stops().stop)


async def stored(database: Database) -> Rows:
    found = select(INBOX.c.key, INBOX.c.chat_id, INBOX.c.state, INBOX.c.reason).order_by(INBOX.c.id)
    rows = await database.read(lambda transaction: transaction.run(found).all())
    return [tuple(row) for row in rows]


async def listen_through(
    api: ScriptedApi, database: Database, background: Background, clock: LeapingClock
) -> Listener:
    """Listen until the script is read out."""
    async with scripted.serving(api) as root, connect(TOKEN, root, clock) as connection:
        listener = Listener(connection, reception(database, connection, clock, background), clock)
        listening = asyncio.ensure_future(listener.run())
        read_out = asyncio.ensure_future(api.read_out.wait())
        await asyncio.wait({listening, read_out}, return_when=asyncio.FIRST_COMPLETED)
        for task in (listening, read_out):
            task.cancel()
        with suppress(asyncio.CancelledError):
            await listening
    return listener


async def test_updates_are_stored_before_they_are_confirmed(
    database: Database, background: Background
) -> None:
    api = ScriptedApi(ok([message(5, text="a"), message(6, text="b")]), ok([message(7, text="c")]))

    await listen_through(api, database, background, LeapingClock())

    assert [call.get("offset") for call in api.asked("getUpdates")] == [None, "7", "8"]
    assert [key for key, *_ in await stored(database)] == ["5", "6", "7"]


async def test_after_silence_no_old_offset_is_asked_for(
    database: Database, background: Background
) -> None:
    api = ScriptedApi(ok([message(500, text="a")]), ok([]), ok([message(3, text="b")]))

    await listen_through(api, database, background, LeapingClock())

    assert [call.get("offset") for call in api.asked("getUpdates")] == [None, "501", None, "4"]
    assert [key for key, *_ in await stored(database)] == ["500", "3"]


async def test_the_same_update_is_kept_once(database: Database, background: Background) -> None:
    api = ScriptedApi(*[ok([message(5, text="a")])] * 3)

    await listen_through(api, database, background, LeapingClock())

    assert [key for key, *_ in await stored(database)] == ["5"]


async def test_polling_asks_for_what_the_design_says(
    database: Database, background: Background
) -> None:
    api = ScriptedApi()

    await listen_through(api, database, background, LeapingClock())

    assert api.asked("getUpdates") == [
        {
            "timeout": "25",
            "limit": "100",
            "allowed_updates": '["message", "edited_message", "callback_query", "my_chat_member",'
            ' "stopped_message_generation"]',
        }
    ]
    assert api.asked("deleteWebhook") == [{"drop_pending_updates": "false"}]


async def test_what_cannot_be_confirmed_is_counted_and_not_asked_for_in_a_hurry(
    database: Database, background: Background
) -> None:
    api = ScriptedApi(*[ok([{"message": "x"}, 7, None])] * 4)
    clock = LeapingClock()

    await listen_through(api, database, background, clock)

    assert sum(clock.waits, timedelta()) > 3.5 * listen.SAME_QUESTION_EVERY
    assert await stored(database) == []


async def test_one_unreadable_update_holds_nobody_up(
    database: Database, background: Background
) -> None:
    broken = message(6, text="b", date="yesterday")
    api = ScriptedApi(ok([message(5, text="a"), broken, {"update_id": 7}, message(8, text="c")]))

    await listen_through(api, database, background, LeapingClock())

    assert [key for key, *_ in await stored(database)] == ["5", "6", "8"]
    assert api.asked("getUpdates")[-1]["offset"] == "9"


@pytest.mark.parametrize(
    ("answers", "shortest", "longest"),
    [
        pytest.param([refused(409)] * 4, 0.75 * 5, 30, id="another poller"),
        pytest.param([refused(502)] * 8, 0.75 * 0.5, 30, id="server error"),
        pytest.param([refused(429, retry_after=9)] * 2, 9, 9, id="too many requests"),
        pytest.param([(200, {"result": True})] * 3, 0.5, 0.5, id="no list"),
        pytest.param([(200, {"result": "?"})] * 3, 0.75 * 0.5, 30, id="no answer"),
    ],
)
async def test_errors_are_waited_out(
    database: Database,
    background: Background,
    answers: Sequence[tuple[int, dict[str, Any]]],
    shortest: float,
    longest: float,
) -> None:
    api, clock = ScriptedApi(*answers, ok([message(5, text="a")])), LeapingClock()

    await listen_through(api, database, background, clock)

    pauses = [wait.total_seconds() for wait in clock.waits if wait > timedelta()]
    assert len(pauses) == len(answers)
    assert all(shortest - 0.1 <= pause <= longest for pause in pauses)
    assert [key for key, *_ in await stored(database)] == ["5"]


async def test_each_trouble_of_polling_is_named_in_the_log(
    database: Database, background: Background, caplog: pytest.LogCaptureFixture
) -> None:
    answers = (refused(409), refused(502), refused(429, retry_after=9), refused(502))

    await listen_through(ScriptedApi(*answers), database, background, LeapingClock())

    assert caplog.messages == [
        "somebody else polls with this token",
        "polling failed: NetworkError",
        "polling failed: too many requests",
    ]


@pytest.mark.parametrize("code", [401, 404])
async def test_a_refused_token_ends_the_program(
    database: Database, background: Background, code: int
) -> None:
    with pytest.raises(TokenRefusedError):
        await listen_through(
            ScriptedApi(refused(code, "Unauthorized")), database, background, LeapingClock()
        )


class ShutDatabase:
    """A database that is locked for the first *times* writes."""

    def __init__(self, database: Database, times: int) -> None:
        self._database = database
        self._times = times

    async def write(self, work: Any) -> Any:
        if self._times:
            self._times -= 1
            raise DatabaseUnavailableError("locked")
        return await self._database.write(work)


async def test_nothing_is_confirmed_while_the_database_is_away(
    database: Database, background: Background
) -> None:
    api, clock = ScriptedApi(ok([message(5, text="a")])), LeapingClock()
    shut: Any = ShutDatabase(database, times=5)

    await listen_through(api, shut, background, clock)

    assert [call.get("offset") for call in api.asked("getUpdates")] == [None, "6"]
    assert [key for key, *_ in await stored(database)] == ["5"]
    assert len([wait for wait in clock.waits if wait > timedelta()]) == 5


async def test_twenty_newest_messages_of_a_flood_are_kept(
    database: Database, background: Background
) -> None:
    flood = [message(number, text=str(number)) for number in range(30)]

    await listen_through(ScriptedApi(ok(flood)), database, background, LeapingClock())

    states = [(state, reason) for _, _, state, reason in await stored(database)]
    assert states == [("dead", "flood")] * 10 + [("new", None)] * 20


async def test_a_long_poll_ends_at_once_when_stopped(
    database: Database, connection: Connection, sandbox: Sandbox
) -> None:
    background = Background()
    arrived = asyncio.Event()
    clock = SystemClock()
    guests = StoredGuests(database, clock)
    door = Door(connection.bot, Access(clock, public=True), guests, background)
    commit = committing(database, arrived.set)
    listener = Listener(connection, Reception(commit, door, clock, Stops().stop), clock)
    background.start("listener", listener.run())
    acts.say(sandbox, sandbox.chats[1001], sandbox.people[1001], "hello")
    async with asyncio.timeout(5):
        await arrived.wait()
    started = clock.elapsed()

    await background.stop(timedelta(seconds=5))

    assert clock.elapsed() - started < timedelta(seconds=1)
    assert listener.heard_at is not None
    assert len(await stored(database)) == 1
