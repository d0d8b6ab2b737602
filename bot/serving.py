"""HTTP on a port of ours, until cancelled: what the bot and the sandbox have in common."""

import contextlib
import errno
import socket
from collections.abc import Callable, Generator
from typing import Literal

import uvicorn
from starlette.applications import Starlette

GOODBYE = 1  # seconds that open requests get at the end
BACKLOG = 1024


class PortInUseError(Exception):
    """Another program listens on *port* already; the operator's to mend."""

    exit_code = 8

    def __init__(self, setting: str, host: str, port: int) -> None:
        super().__init__(f"{setting} {port} on {host} is in use; choose another one")
        self.port = port


def listen(host: str, port: int, setting: str = "port") -> socket.socket:
    """Take a port (0: any free one), or raise PortInUseError, which names the *setting*.

    Clients may connect from now on.
    """
    try:
        listener = socket.create_server((host, port), backlog=BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUseError(setting, host, port) from error
        raise
    # asyncio sets this only on sockets that name their protocol; without it answers wait 40 ms
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


async def serve(
    app: Starlette,
    listener: socket.socket,
    lifespan: Literal["on", "off"] = "off",
    closing: Callable[[], None] = lambda: None,
) -> None:
    """Serve *app* until cancelled; then let everybody go within a second or so.

    *closing* ends what requests wait for.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        ws="none",
        lifespan=lifespan,
        timeout_graceful_shutdown=GOODBYE,
    )
    server = _Server(config)
    try:
        await server.serve(sockets=[listener])
    finally:
        closing()
        if server.started:
            await server.shutdown(sockets=[listener])


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: signals belong to the program."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """Leave signals alone."""
        yield
