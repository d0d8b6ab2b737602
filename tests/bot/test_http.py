import io
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot import http, serving
from bot.background import Background
from bot.http import Health, Webhook
from storage import inbox
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.inbox import Arrival
from tests.bot.fakes import NOON, LeapingClock

SECRET = "s3cret_" * 6
UPDATE = b'{"update_id": 1}'
HEADERS = {http.SECRET_HEADER: SECRET}
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> LeapingClock:
    return LeapingClock()


@asynccontextmanager
async def served(
    database: Any,
    clock: LeapingClock,
    heard_at: Callable[[], timedelta | None] | None = None,
    webhook: Webhook | None = None,
) -> AsyncGenerator[aiohttp.ClientSession]:
    background = Background()
    listener = serving.listen("127.0.0.1", 0)
    app = http.create_app(Health(database, clock, heard_at), webhook)
    background.start("http", serving.serve(app, listener))
    root = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        async with aiohttp.ClientSession(root) as session:
            yield session
    finally:
        await background.stop(5 * SECOND)


async def looked(session: aiohttp.ClientSession, path: str) -> tuple[int, dict[str, bool]]:
    async with session.get(path) as response:
        return response.status, await response.json()


async def test_a_bot_that_is_heard_and_can_write_is_well(
    database: Database, clock: LeapingClock
) -> None:
    async with served(database, clock, heard_at=clock.elapsed) as session:
        assert await looked(session, "/healthz") == (
            200,
            {"polling": True, "database": True, "inbox": True},
        )
        assert await looked(session, "/readyz") == (200, {"ready": True})


@pytest.mark.parametrize(
    "heard_at", [lambda: None, lambda: -http.HEARD_WITHIN], ids=["never heard", "long ago"]
)
async def test_a_bot_that_telegram_does_not_answer_is_not_well(
    database: Database, clock: LeapingClock, heard_at: Callable[[], timedelta | None]
) -> None:
    async with served(database, clock, heard_at) as session:
        status, findings = await looked(session, "/healthz")
        assert (await looked(session, "/readyz"))[0] == 503

    assert status == 503
    assert findings == {"polling": False, "database": True, "inbox": True}


async def test_a_message_that_waits_too_long_is_not_well(
    database: Database, clock: LeapingClock
) -> None:
    waiting = [Arrival("1", 1, "message", b"{}")]
    await database.write(lambda transaction: inbox.put(transaction, waiting, NOON))
    async with served(database, clock) as session:
        clock.advance(119 * SECOND)
        assert (await looked(session, "/healthz"))[0] == 200
        clock.advance(SECOND)
        status, findings = await looked(session, "/healthz")

    assert status == 503
    assert findings["inbox"] is False


class AbsentDatabase:
    async def write(self, work: object) -> None:
        raise DatabaseUnavailableError("locked")


async def test_a_database_that_cannot_be_written_is_not_well(clock: LeapingClock) -> None:
    async with served(AbsentDatabase(), clock) as session:
        status, findings = await looked(session, "/healthz")

    assert status == 503
    assert findings["database"] is False


class Taken:
    """Takes in what the webhook was brought; may be unable to."""

    def __init__(self, *, able: bool = True) -> None:
        self.updates: list[object] = []
        self._able = able

    async def take(self, updates: Sequence[object]) -> None:
        if not self._able:
            raise DatabaseUnavailableError("locked")
        self.updates += updates


@pytest.mark.parametrize(
    ("headers", "body", "status", "taken"),
    [
        pytest.param(HEADERS, UPDATE, 200, 1, id="an update"),
        pytest.param({}, UPDATE, 403, 0, id="no secret"),
        pytest.param({http.SECRET_HEADER: ""}, UPDATE, 403, 0, id="empty secret"),
        pytest.param({http.SECRET_HEADER: SECRET[:-1]}, UPDATE, 403, 0, id="part of the secret"),
        pytest.param({http.SECRET_HEADER: SECRET.upper()}, UPDATE, 403, 0, id="other case"),
        pytest.param({http.SECRET_HEADER: "é"}, UPDATE, 403, 0, id="not ASCII"),
        pytest.param(HEADERS, b"no JSON", 200, 0, id="no JSON"),
        pytest.param(HEADERS, b"[" * 100_000, 200, 0, id="too deep"),
        pytest.param(HEADERS, b"\xff", 200, 0, id="no UTF-8"),
        pytest.param(HEADERS, b" " * (http.BIGGEST_UPDATE + 1), 413, 0, id="too big"),
    ],
)
async def test_the_webhook_takes_updates_from_telegram_alone(
    database: Database,
    clock: LeapingClock,
    headers: dict[str, str],
    body: bytes,
    status: int,
    taken: int,
) -> None:
    arrived = Taken()
    webhook = Webhook("/from-telegram", SECRET, arrived.take)
    async with served(database, clock, webhook=webhook) as session:
        async with session.post(
            "/from-telegram", data=io.BytesIO(body), headers=headers
        ) as response:
            assert response.status == status
        assert (await looked(session, "/healthz"))[0] == 200

    assert len(arrived.updates) == taken


async def test_only_a_post_reaches_the_webhook(database: Database, clock: LeapingClock) -> None:
    webhook = Webhook("/from-telegram", SECRET, Taken().take)
    async with (
        served(database, clock, webhook=webhook) as session,
        session.get("/from-telegram", headers=HEADERS) as response,
    ):
        assert response.status == 405


async def test_an_update_that_cannot_be_stored_is_asked_for_again(
    database: Database, clock: LeapingClock
) -> None:
    webhook = Webhook("/from-telegram", SECRET, Taken(able=False).take)
    async with (
        served(database, clock, webhook=webhook) as session,
        session.post("/from-telegram", data=UPDATE, headers=HEADERS) as response,
    ):
        assert response.status == 503
