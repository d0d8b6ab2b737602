"""A loopback server that speaks Gemini's REST and OpenAI's chat completions, and misbehaves.

It does what its `behaviour` says, keeps what it was asked, and notices when a caller goes.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.models import dialects

DELAY_S = 3.5
DRIP_S = 0.01
STATUSES = {
    "429": 429, "429 with a delay": 429, "500": 500, "503": 503, "400": 400, "401": 401,
    "403": 403, "404": 404,
}  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """One request, as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


JSON = "application/json"
BODIES = {
    "HTML": b"<html>Sign in</html>",
    "garbage": b"\xff\xfe\x00 no JSON",
    "no body": b"",
    "another JSON": b'{"said": 1}',
}
"""What is no answer in any dialect."""
TYPES = {"HTML": "text/html"}


@dataclass
class ModelServer:
    """What the server does next, and what it has seen.

    *chosen* may say otherwise of one request what is done, and *says* what is answered.
    """

    behaviour: str = "answers"
    chosen: Callable[[Heard], str] | None = None
    says: Callable[[Heard], Sequence[str]] = lambda _: dialects.WORDS
    root: str = ""
    heard: list[Heard] = field(default_factory=list[Heard])
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.StreamResponse:
        heard = Heard(request.path_qs, dict(request.headers), await request.json())
        self.heard.append(heard)
        self.reached.set()
        does = self.chosen(heard) if self.chosen else self.behaviour
        if does == "drips for ever" and not _is_streamed(heard):
            does = "hangs"  # which it is to whoever waits for all of it
        try:
            return _refusal(does, heard) or await self._answer(request, heard, does)
        except (asyncio.CancelledError, ConnectionResetError):
            self.gone.set()
            raise

    async def _answer(self, request: web.Request, heard: Heard, does: str) -> web.StreamResponse:
        if does == "hangs":
            await asyncio.sleep(60)
        if does == "drops before headers":
            assert request.transport
            request.transport.abort()
        if does in BODIES:
            return web.Response(body=BODIES[does], content_type=TYPES.get(does, JSON))
        if request.path.endswith(":countTokens"):
            return web.json_response({"totalTokens": 42})
        words = self.says(heard)
        frames = _frames(does, heard, words)
        if frames is not None:
            return await self._stream(request, frames, does)
        body = json.dumps(_dialect(heard, words).whole(does)).encode()
        if does == "cut JSON":
            return web.Response(body=body[:-20], content_type="application/json")
        if does == "drops midway":
            return await _promised(request, len(body), body[:-20])
        return web.Response(body=body, content_type="application/json")

    async def _stream(
        self, request: web.Request, frames: Iterator[bytes], does: str
    ) -> web.StreamResponse:
        if does == "drops midway":
            return await _promised(request, 10_000, next(frames))
        response = web.StreamResponse()
        response.content_type, response.charset = "application/json", "utf-8"
        await response.prepare(request)
        for frame in frames:
            await response.write(frame[:30] if does == "cut JSON" else frame)
            if does == "cut JSON":
                break
            if does == "drips for ever":
                await asyncio.sleep(DRIP_S)
        return response


async def _promised(request: web.Request, length: int, part: bytes) -> web.StreamResponse:
    """Send *part* of a body, then cut the connection."""
    response = web.StreamResponse(headers={"Content-Length": str(length)})
    response.content_type, response.charset = "application/json", "utf-8"
    await response.prepare(request)
    await response.write(part)
    assert request.transport
    request.transport.close()
    return response


def _refusal(does: str, heard: Heard) -> web.Response | None:
    """Answer with an error, where that is what is done."""
    openai = heard.path.endswith("/chat/completions")
    if does in STATUSES:
        delay = DELAY_S if does == "429 with a delay" else None
        body, headers = _dialect(heard).refusal(STATUSES[does], delay)
        return web.json_response(body, status=STATUSES[does], headers=headers)
    if does == "prompt blocked" and openai:
        return web.json_response({"error": {"code": "content_filter"}}, status=400)
    kind = heard.body.get("response_format", {}).get("type")
    if does == "json_schema refused" and kind == "json_schema":
        return web.json_response({"error": {"message": "unknown format"}}, status=400)
    return None


def _dialect(
    heard: Heard, words: Sequence[str] = dialects.WORDS
) -> dialects.Gemini | dialects.OpenAI:
    openai = heard.path.endswith("/chat/completions")
    return dialects.OpenAI(words) if openai else dialects.Gemini(words)


def _is_streamed(heard: Heard) -> bool:
    return bool(heard.body.get("stream")) or ":streamGenerateContent" in heard.path


def _frames(does: str, heard: Heard, words: Sequence[str]) -> Iterator[bytes] | None:
    """Give the frames of a stream, if one is asked for."""
    pieces = _dialect(heard, words).pieces(does)
    if heard.body.get("stream"):
        return dialects.sse(pieces, b"data: [DONE]\n\n")
    if ":streamGenerateContent" in heard.path:
        return dialects.sse(pieces) if "alt=sse" in heard.path else dialects.array(pieces)
    return None


@asynccontextmanager
async def serving(behaviour: str = "answers") -> AsyncGenerator[ModelServer]:
    """Run a server for the length of a block."""
    server = ModelServer(behaviour)
    app = web.Application()
    app.router.add_post("/{path:.*}", server.take)
    runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.root = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()
