import contextlib
from datetime import timedelta

import pytest
from aiohttp.web import AppRunner

from bot.clock import SystemClock
from bot.telegram.connect import TokenRefusedError, connect
from tests.bot.conftest import TOKEN
from tests.bot.fakes import LeapingClock
from tests.bot.telegram import scripted
from tests.bot.telegram.scripted import ScriptedApi


async def test_a_bot_knows_its_own_name_once_it_is_connected(root: str) -> None:
    async with connect(TOKEN, root, SystemClock()) as connection:
        assert connection.bot.username == "rein_bot"


async def test_a_token_that_telegram_does_not_know_is_refused(root: str) -> None:
    with pytest.raises(TokenRefusedError):
        async with connect("no-token", root, SystemClock()):
            pass


class ServerThatComesBack(LeapingClock):
    """A clock on which the server is up again after the third wait."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port
        self.server: AppRunner | None = None

    async def wait(self, at_most: timedelta | None, woken: object = None) -> None:
        await super().wait(at_most)
        if len(self.waits) == 3:
            self.server = await scripted.serve_at(ScriptedApi(), self._port)


async def test_an_unreachable_server_is_waited_for(unused_tcp_port: int) -> None:
    clock = ServerThatComesBack(unused_tcp_port)
    async with contextlib.AsyncExitStack() as stack:
        root = f"http://127.0.0.1:{unused_tcp_port}"
        connection = await stack.enter_async_context(connect(TOKEN, root, clock))
        assert clock.server is not None
        stack.push_async_callback(clock.server.cleanup)

        assert connection.bot.username == "rein_bot"
        assert clock.waits[0] < clock.waits[1] < clock.waits[2]
