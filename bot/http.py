"""What the bot serves over HTTP: its health, its figures, and the webhook where there is one.

The webhook's order is its defence: method and path, size, secret, and only then a look
at the body. It answers 200 after the commit, or when no repetition could help.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.tally import Tally
from bot.vitals import Monitor
from storage import inbox
from storage.database import Database
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)

HEARD_WITHIN = timedelta(seconds=90)
ANSWERED_WITHIN = timedelta(seconds=120)
BIGGEST_UPDATE = 1 << 20
LONGEST_LENGTH = 7  # its digits
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # a header's name, no secret

Take = Callable[[Sequence[object]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where updates are brought to, by whom, and who takes them in."""

    path: str
    secret: str
    take: Take

    async def receive(self, request: Request) -> Response:
        """Take in one update, if it comes from Telegram."""
        length = request.headers.get("content-length", "")
        if len(length) > LONGEST_LENGTH or not length.isdecimal() or int(length) > BIGGEST_UPDATE:
            return Response(status_code=413)
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode("latin-1"), self.secret.encode()):
            return Response(status_code=403)
        try:
            update: object = json.loads(await request.body())
        except (ValueError, RecursionError):
            log.warning("webhook: not an update")  # from Telegram itself: do not ask for it again
            return Response(status_code=200)
        try:
            await self.take([update])
        except DatabaseUnavailableError:
            return Response(status_code=503)  # Telegram brings it again
        return Response(status_code=200)


@dataclass(frozen=True, slots=True)
class Health:
    """What health is judged by; *heard_at* is None with a webhook, where silence is no sign."""

    database: Database
    clock: Clock
    heard_at: Callable[[], timedelta | None] | None

    async def findings(self) -> dict[str, bool]:
        """Look, and say of each thing whether it is well."""
        try:
            backlog = await self.database.write(inbox.backlog)
        except DatabaseUnavailableError:
            return {"polling": self.is_heard(), "database": False, "inbox": False}
        late = backlog.oldest and self.clock.now() - backlog.oldest >= ANSWERED_WITHIN
        return {"polling": self.is_heard(), "database": True, "inbox": not late}

    def is_heard(self) -> bool:
        """Tell whether Telegram has answered lately."""
        if self.heard_at is None:
            return True
        heard = self.heard_at()
        return heard is not None and self.clock.elapsed() - heard < HEARD_WITHIN


@dataclass(frozen=True, slots=True)
class Metrics:
    """What /metrics tells; its library is loaded, and the page written, in a thread."""

    monitor: Monitor
    tally: Tally

    async def page(self, request: Request) -> Response:
        """Answer one scrape."""
        found = await self.monitor.look()
        accept = request.headers.get("accept", "")

        def written() -> tuple[bytes, str]:
            from bot import metrics  # prometheus_client takes a while, and few scrape

            return metrics.render(found, self.tally, accept)

        content, content_type = await asyncio.to_thread(written)
        return Response(content, headers={"content-type": content_type})


def create_app(
    health: Health, webhook: Webhook | None = None, metrics: Metrics | None = None
) -> Starlette:
    """Build the pages."""

    async def healthz(_: Request) -> Response:
        found = await health.findings()
        return JSONResponse(found, 200 if all(found.values()) else 503)

    async def readyz(_: Request) -> Response:
        ready = health.is_heard()
        return JSONResponse({"ready": ready}, 200 if ready else 503)

    routes = [Route("/healthz", healthz), Route("/readyz", readyz)]
    if metrics:
        routes.append(Route("/metrics", metrics.page))
    if webhook:
        routes.append(Route(webhook.path, webhook.receive, methods=["POST"]))
    return Starlette(routes=routes)
