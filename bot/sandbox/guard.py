"""The door: only this machine's own pages and programs come in, and nothing loads from outside."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOOPBACK = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Guard:
    """Refuse foreign hosts and origins (a web page elsewhere must not play people here)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _is_foreign(Headers(scope=scope), scope["path"]):
            refused = PlainTextResponse("This sandbox is for this machine only.", 403)
            await refused(scope, receive, send)
        elif scope["path"].startswith("/bot"):
            await self._app(scope, receive, send)
        else:
            await self._app(scope, receive, _with_policy(send))


def _is_foreign(headers: Headers, path: str) -> bool:
    host, origin = headers.get("host", ""), headers.get("origin")
    embedded = headers.get("sec-fetch-site") == "cross-site" and path != "/"
    return embedded or not _LOOPBACK.fullmatch(host) or origin not in {None, f"http://{host}"}


def _with_policy(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = POLICY
            headers["X-Content-Type-Options"] = "nosniff"
            headers["Referrer-Policy"] = "no-referrer"
            headers.setdefault("Cache-Control", "no-cache")  # a newer page replaces an older one
        await send(message)

    return sent
