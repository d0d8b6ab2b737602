"""The program itself, as an operator runs it, and servers that never answer."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from bot import serving
from bot.background import Background
from bot.demo import TOKEN
from bot.sandbox.server import LOOPBACK, Sandbox, create_app, listen
from tests.crash.harness import GOODBYE

PATIENCE = 60


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.create_server((LOOPBACK, 0)) as found:
        return found.getsockname()[1]


@dataclass
class Hanging:
    """Methods of the Bot API that are never answered, and whether one was called."""

    methods: set[str] = field(default_factory=set[str])
    met: asyncio.Event = field(default_factory=asyncio.Event)


class _Middleware:
    """Takes calls of hanging methods and does nothing with them."""

    def __init__(self, app: ASGIApp, hanging: Hanging) -> None:
        self._app = app
        self._hanging = hanging

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].rpartition("/")[2] in self._hanging.methods:
            self._hanging.met.set()
            await asyncio.Event().wait()
        await self._app(scope, receive, send)


@asynccontextmanager
async def served(sandbox: Sandbox, hanging: Hanging) -> AsyncGenerator[str]:
    """Serve a sandbox some of whose methods hang; give its root."""
    app, listener, world = create_app(sandbox), listen(), Background()
    app.add_middleware(_Middleware, hanging=hanging)
    world.start("sandbox", serving.serve(app, listener))
    try:
        yield f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    finally:
        sandbox.close()
        await world.stop(GOODBYE)


@asynccontextmanager
async def silence() -> AsyncGenerator[tuple[str, asyncio.Event]]:
    """Serve a port that answers nothing; give its root, and when something came."""
    met, callers = asyncio.Event(), list[asyncio.StreamWriter]()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        callers.append(writer)
        while await reader.read(1024):
            met.set()

    server = await asyncio.start_server(take, LOOPBACK, 0)
    try:
        yield f"http://{LOOPBACK}:{server.sockets[0].getsockname()[1]}", met
    finally:
        server.close()
        for caller in callers:
            caller.close()


@asynccontextmanager
async def started(folder: Path, root: str, **settings: object) -> AsyncGenerator[Process]:
    """Start `rein run` in a folder, with these settings beside the usual ones."""
    chosen = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": root,
        "DATABASE_URL": f"sqlite:///{folder / 'rein.db'}",
        "MASTER_KEY_FILE": str(folder / "keys" / "master.key"),
        "PUBLIC": "true",
        "OPERATOR_CONTACT": "nobody",
        "LOG_FORMAT": "json",
        **{name: str(value) for name, value in settings.items()},
    }
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env={**kept, **chosen, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        cwd=folder,
        stdout=PIPE,
        stderr=PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def is_running(process: Process) -> None:
    """Wait until the program says so in its log."""
    assert process.stderr is not None
    async with asyncio.timeout(PATIENCE):
        while b'"running"' not in (line := await process.stderr.readline()):
            assert line, "the program ended"
