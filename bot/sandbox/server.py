"""The sandbox as part of a program: make a `Sandbox`, `listen`, `serve` until cancelled."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from bot import serving
from bot.sandbox import control, events, pages, webhook
from bot.sandbox.bot_api import route
from bot.sandbox.clock import SandboxClock
from bot.sandbox.guard import Guard
from bot.sandbox.world import Sandbox

__all__ = ["Sandbox", "SandboxClock", "create_app", "listen", "serve"]

LOOPBACK = "127.0.0.1"


def create_app(sandbox: Sandbox) -> Starlette:
    """Build the Bot API, the control routes and the page around *sandbox*."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        async with asyncio.TaskGroup() as tasks:
            courier = tasks.create_task(webhook.deliver(sandbox))
            yield
            courier.cancel()

    bot_api = Route("/bot{token}/{method}", route.endpoint, methods=["GET", "POST"])
    app = Starlette(
        routes=[bot_api, *control.routes, *events.routes, *pages.routes],
        middleware=[Middleware(Guard)],
        lifespan=lifespan,
    )
    app.state.sandbox = sandbox
    return app


def listen(port: int = 0) -> socket.socket:
    """Take a loopback port (0: any free one); clients may connect from now on."""
    return serving.listen(LOOPBACK, port)


async def serve(sandbox: Sandbox, listener: socket.socket) -> None:
    """Serve *sandbox* until cancelled; then let everybody go within a second or so."""
    await serving.serve(create_app(sandbox), listener, lifespan="on", closing=sandbox.close)
