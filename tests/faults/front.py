"""A front before a Bot API: a proxy on loopback, in which calls meet what networks do to them.

It does to each call what was planned for it, or what chance says; all other calls pass.
"""

import asyncio
import json
import random
from collections import deque
from collections.abc import AsyncGenerator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
from aiohttp import web

from bot.clock import Clock, SystemClock
from tests.faults.kinds import NONE, Fault, Way

LOOPBACK = "127.0.0.1"
EVERYBODY = None
NEVER = 3600
SEEN = 20_000  # calls that are remembered: long runs must not grow without end
SLOW = timedelta(seconds=0.3)


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the bot's, as it came, and what became of it."""

    method: str
    chat: int | None
    at: timedelta
    fault: Fault = NONE


Chance = Callable[[Call], Fault]


def nothing(_: Call) -> Fault:
    """Let every call pass."""
    return NONE


@dataclass
class Front:
    """What is done to which call, and what was seen."""

    upstream: str
    clock: Clock = field(default_factory=SystemClock)
    root: str = ""
    chance: Chance = nothing
    seen: deque[Call] = field(default_factory=lambda: deque(maxlen=SEEN))
    _planned: dict[tuple[str, int | None], deque[Fault]] = field(
        default_factory=dict[tuple[str, int | None], deque[Fault]]
    )
    _site: web.AppRunner | None = None
    _session: aiohttp.ClientSession | None = None
    _port: int = 0

    def plan(self, method: str, *faults: Fault, chat: int | None = EVERYBODY) -> None:
        """Let the next calls of a method, to one chat or any, meet these faults in order."""
        self._planned.setdefault((method, chat), deque()).extend(faults)

    def forget(self) -> None:
        """Let no planned fault happen any more."""
        self._planned.clear()

    def planned(self) -> int:
        """Count the faults that nobody has met yet."""
        return sum(map(len, self._planned.values()))

    def asked(self, method: str, chat: int | None = EVERYBODY) -> list[Call]:
        """List the calls of a method."""
        return [
            call for call in self.seen if call.method == method and chat in (EVERYBODY, call.chat)
        ]

    async def up(self) -> None:
        """Let the network be there, always at the same address."""
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_route("*", "/{path:.*}", self._take)
        self._site = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=0.01
        )
        await self._site.setup()
        await web.TCPSite(self._site, LOOPBACK, self._port, reuse_address=True).start()
        self._port = self._site.addresses[0][1]
        self.root = f"http://{LOOPBACK}:{self._port}"

    async def down(self) -> None:
        """Let the network be gone: every connection is closed, and none can be made."""
        if self._site is not None:
            await self._site.cleanup()
            self._site = None

    async def _take(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        call = Call(request.path.rpartition("/")[2], _chat(body), self.clock.elapsed())
        fault = self._fault(call)
        self.seen.append(Call(call.method, call.chat, call.at, fault))
        answer = await self._forwarded(request, body) if fault.taken else None
        match fault.way:
            case Way.CUTS:
                _abort(request)
                return web.Response()
            case Way.NO_HTTP:
                assert request.transport is not None
                request.transport.write(b"SSH-2.0-OpenSSH_9.6\r\n")
                request.transport.close()
                return web.Response()
            case Way.HANGS:
                await asyncio.sleep(NEVER)
            case Way.SLOW:
                await self.clock.wait(SLOW)
            case _:
                pass
        if fault.way in (Way.PASSES, Way.SLOW):
            assert answer is not None
            return answer
        return await _told(request, fault, answer)

    def _fault(self, call: Call) -> Fault:
        for key in ((call.method, call.chat), (call.method, EVERYBODY)):
            if self._planned.get(key):
                return self._planned[key].popleft()
        return self.chance(call)

    async def _forwarded(self, request: web.Request, body: bytes) -> web.Response:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        kind = {"Content-Type": request.headers.get("Content-Type", "")}
        url = f"{self.upstream}{request.path_qs}"
        async with self._session.request(request.method, url, data=body, headers=kind) as answer:
            content = await answer.read()
            return web.Response(
                body=content, status=answer.status, content_type=answer.content_type
            )

    async def close(self) -> None:
        """End it all."""
        await self.down()
        if self._session is not None:
            await self._session.close()


async def _told(
    request: web.Request, fault: Fault, answer: web.Response | None
) -> web.StreamResponse:
    """Tell what the fault says; half of it, where the connection breaks."""
    body = fault.body if fault.body is not None or answer is None else answer.body
    assert body is None or isinstance(body, bytes)
    body = body or b""
    if fault.way is Way.CUTS_MIDWAY:
        response = web.StreamResponse(headers={"Content-Length": str(len(body))})
        await response.prepare(request)
        await response.write(body[: len(body) // 2])
        _abort(request)
        return response
    if fault.way is Way.CUTS_JSON:
        body = body[:-5]
    return web.Response(
        body=body, status=fault.status, headers=dict(fault.headers), content_type=fault.content_type
    )


def _abort(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def _chat(body: bytes) -> int | None:
    told: dict[str, Any] = json.loads(body) if body.startswith(b"{") else {}
    return told.get("chat_id")


def at_random(share: float, faults: Collection[Fault], seed: int) -> Chance:
    """Let a *share* of the calls meet a fault of these."""
    dice, kinds = random.Random(seed), tuple(faults)
    return lambda _: dice.choice(kinds) if dice.random() < share else NONE


@asynccontextmanager
async def before(upstream: str, clock: Clock | None = None) -> AsyncGenerator[Front]:
    """Stand before the Bot API at *upstream* for the length of a block."""
    front = Front(upstream, clock or SystemClock())
    await front.up()
    try:
        yield front
    finally:
        await front.close()
