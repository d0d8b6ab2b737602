"""The sandbox as part of a program: make a `Sandbox`, `listen`, `serve` until cancelled."""

import asyncio
import contextlib
import errno
import socket
from collections.abc import AsyncGenerator, Generator

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from bot.sandbox import control, events, pages, webhook
from bot.sandbox.bot_api import route
from bot.sandbox.clock import SandboxClock
from bot.sandbox.guard import Guard
from bot.sandbox.world import Sandbox

__all__ = ["PortInUseError", "Sandbox", "SandboxClock", "create_app", "listen", "serve"]

LOOPBACK = "127.0.0.1"
GOODBYE = 1  # seconds that open requests get at the end
BACKLOG = 1024


class PortInUseError(Exception):
    """Another program listens on *port* already; the operator's to mend."""

    exit_code = 8

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is in use; choose another one")
        self.port = port


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
    try:
        listener = socket.create_server((LOOPBACK, port), backlog=BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUseError(port) from error
        raise
    # asyncio sets this only on sockets that name their protocol; without it answers wait 40 ms
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


async def serve(sandbox: Sandbox, listener: socket.socket) -> None:
    """Serve *sandbox* until cancelled; then let everybody go within a second or so."""
    config = uvicorn.Config(
        create_app(sandbox),
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=GOODBYE,
    )
    server = _Server(config)
    try:
        await server.serve(sockets=[listener])
    finally:
        sandbox.close()
        if server.started:
            await server.shutdown(sockets=[listener])


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: signals belong to the program."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """Leave signals alone."""
        yield
