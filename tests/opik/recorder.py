"""A loopback Opik in a process of its own: it takes what Opik's SDK sends, and misbehaves.

    python -m tests.opik.recorder

prints two ports: Opik's API, and the one for the test, which can be reached whatever the
other does. What is asked of the API and not known here is listed as unknown.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from tests.opik.api import Api, told
from tests.opik.shelf import RefusedError, Row

LOOPBACK = "127.0.0.1"


class Recorder:
    """One Opik: its API, which can go down and come up again, and what it holds.

    `does` is what it does with what it is sent: "answers", "hangs", an HTTP status, "a web
    page" as a proxy shows it, or "500 after taking": its answer gets lost.
    """

    def __init__(self) -> None:
        self.api = Api()
        self.does = "answers"
        self.asked: list[Row] = []
        self.unknown: list[str] = []
        self.port = 0
        self._site: web.AppRunner | None = None

    async def up(self, _: Any = None) -> None:
        """Serve the API, always on the same port."""
        if self._site is not None:
            return
        app = web.Application(middlewares=[self._mannered], client_max_size=64 * 2**20)
        app.add_routes(self.api.routes())
        self._site = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=0.01
        )
        await self._site.setup()
        await web.TCPSite(self._site, LOOPBACK, self.port, reuse_address=True).start()
        self.port = self._site.addresses[0][1]

    async def down(self, _: Any = None) -> None:
        """Close the port and every connection; what is held stays."""
        if self._site is not None:
            await self._site.cleanup()
            self._site = None

    async def forget(self, _: Any = None) -> None:
        """Be as new."""
        await self.down()
        self.api, self.does = Api(), "answers"
        self.asked, self.unknown = [], []
        await self.up()

    async def behave(self, manners: Row) -> None:
        """Change manners: what it `does`, and ids of rows, or names, that are `refused`."""
        self.does, self.api.refused = manners["does"], set(manners["refused"])

    async def held(self, _: Any = None) -> Row:
        """Tell everything that was accepted and asked."""
        return asdict(self.api.shelf) | {"asked": self.asked, "unknown": self.unknown}

    @web.middleware
    async def _mannered(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        self.asked.append(
            {
                "method": request.method,
                "path": request.path,
                "key": request.headers.get("Authorization"),
                "workspace": request.headers.get("Comet-Workspace"),
            }
        )
        if self.does == "hangs":
            await asyncio.sleep(3600)
        if self.does == "a web page":
            return web.Response(text="<p>Sign in", content_type="text/html")
        if self.does.isdigit():
            return told(int(self.does), "told to")
        try:
            answer = await handler(request)
        except RefusedError as refusal:
            return told(refusal.status, str(refusal))
        except web.HTTPNotFound:
            self.unknown.append(f"{request.method} {request.path}")
            return told(404, "unknown")
        return told(500, "after taking") if self.does == "500 after taking" else answer


def control(recorder: Recorder) -> web.Application:
    """Make the test's own door: each of these names is a path, and takes JSON."""
    app = web.Application()
    for act in (recorder.up, recorder.down, recorder.forget, recorder.behave, recorder.held):

        async def done(request: web.Request, act: Any = act) -> web.Response:
            return web.json_response(await act(await request.json()) or {})

        app.router.add_post(f"/{act.__name__}", done)
    return app


async def serve() -> None:
    """Serve until our parent closes its end of our standard input."""
    recorder = Recorder()
    await recorder.up()
    door = web.AppRunner(control(recorder), access_log=None)
    await door.setup()
    await web.TCPSite(door, LOOPBACK, 0).start()
    print(recorder.port, door.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await recorder.down()
    await door.cleanup()


if __name__ == "__main__":
    asyncio.run(serve())
