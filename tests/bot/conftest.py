"""What the bot's tests share: a database, tasks with an owner, and Telegram on loopback."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Generator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.background import Background
from bot.clock import SystemClock
from bot.drawing import Painter
from bot.sandbox import server
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import Sandbox
from bot.telegram.connect import Connection, connect
from storage import opening
from storage.database import Database
from tests import migrated
from tests.bot.fakes import NOON

TOKEN = "7000000001:canary-token-that-nobody-may-ever-see"


@pytest.fixture
def database(tmp_path: Path) -> Generator[Database]:
    migrated.put(tmp_path / "rein.db")
    opened = opening.open_for_bot(f"sqlite:///{tmp_path}/rein.db", tmp_path / "master.key", NOON)
    yield opened
    opened.close()


@pytest.fixture
async def background() -> AsyncGenerator[Background]:
    tasks = Background()
    yield tasks
    await tasks.stop(timedelta(seconds=5))


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(SandboxClock(SystemClock().now))


@pytest.fixture
async def root(sandbox: Sandbox) -> AsyncGenerator[str]:
    """Serve the sandbox's Bot API, and give its root."""
    listener = server.listen()
    serving = asyncio.ensure_future(server.serve(sandbox, listener))
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving


@pytest.fixture
async def connection(root: str) -> AsyncGenerator[Connection]:
    async with connect(TOKEN, root, SystemClock()) as connected:
        yield connected


@pytest.fixture
async def painter() -> AsyncGenerator[Painter]:
    async with Painter() as opened:
        yield opened
