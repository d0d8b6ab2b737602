import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from bot.sandbox import server
from bot.sandbox.server import Sandbox, SandboxClock

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOKEN = f"4242:{'k' * 35}"
YOU = 1001

Ask = Callable[..., Awaitable[httpx.Response]]


def fresh_sandbox() -> Sandbox:
    return Sandbox(SandboxClock(lambda: NOON))


@pytest.fixture
async def sandbox() -> Sandbox:
    return fresh_sandbox()


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncGenerator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(server.create_app(sandbox))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def ask(client: httpx.AsyncClient) -> Ask:
    async def ask(method: str, **parameters: Any) -> httpx.Response:
        written = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in parameters.items()
        }
        return await client.post(f"/bot{TOKEN}/{method}", data=written)

    return ask


@pytest.fixture
async def root(sandbox: Sandbox) -> AsyncGenerator[str]:
    async with served(sandbox) as root:
        yield root


@asynccontextmanager
async def served(sandbox: Sandbox) -> AsyncGenerator[str]:
    listener = server.listen()
    async with asyncio.TaskGroup() as tasks:
        serving = tasks.create_task(server.serve(sandbox, listener))
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        serving.cancel()
