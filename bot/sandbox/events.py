"""The page's event stream: server-sent events that resume where a dropped line stopped."""

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from bot.sandbox.feed import Event
from bot.sandbox.world import Sandbox

SILENCE = 15.0  # seconds until a comment keeps the line alive


async def endpoint(request: Request) -> StreamingResponse:
    """Stream the feed to one page."""
    sandbox: Sandbox = request.app.state.sandbox
    followed = sandbox.feed.follow(request.headers.get("last-event-id"))
    headers = {"Cache-Control": "no-store"}
    return StreamingResponse(_stream(followed), media_type="text/event-stream", headers=headers)


async def _stream(events: AsyncIterator[Event]) -> AsyncIterator[str]:
    coming = asyncio.ensure_future(anext(events, None))
    try:
        while True:
            done, _ = await asyncio.wait({coming}, timeout=SILENCE)
            if not done:
                yield ": still here\n\n"
                continue
            event = coming.result()
            if event is None:
                return
            yield _written(event)
            coming = asyncio.ensure_future(anext(events, None))
    finally:
        coming.cancel()


def _written(event: Event) -> str:
    body = json.dumps(event.body, ensure_ascii=False, separators=(",", ":"))
    return f"id: {event.key}\nevent: {event.kind}\ndata: {body}\n\n"


routes = [Route("/sandbox/events", endpoint)]
