"""The rig of the benchmarks: the sandbox and the whole bot on loopback, and people in it."""

import asyncio
import json
import os
import platform
import tempfile
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.app import Running, running
from bot.background import Background
from bot.clock import SystemClock
from bot.delivery.pacing import Limits
from bot.demo import LIMITS, TOKEN
from bot.ending import codec
from bot.journey.conversation import Conversation, Stage
from bot.journey.stages import consent
from bot.opik import Opik
from bot.options import Options
from bot.sandbox import acts
from bot.sandbox.chats import Person
from bot.sandbox.feed import Event
from bot.sandbox.server import LOOPBACK, Sandbox, SandboxClock, create_app, listen
from bot.serving import serve
from coach.llm.port import Provider
from storage import conversations, people
from storage.people import Person as Stored
from storage.transaction import Transaction

SAID = "so tired of work today"
"""What people say to be answered by the coach."""

NO_DANGER = json.dumps({"safety": "none", "confidence": 95, "meaning": "literal"})
"""What a model answers that was asked whether somebody is in danger."""

PATIENCE = 30
"""Seconds for one answer, on a machine that is busy."""

UNLIMITED = Limits(
    per_second=1_000_000,
    per_chat_second=1_000_000,
    burst=1_000_000,
    replies_in_flight=32,
    reply_beside_after=timedelta(),
)
"""For where Telegram's flood limits are not what is measured."""


def compiled() -> dict[str, str]:
    """Let Python keep what it compiles, outside the tree; some machines forbid it."""
    kept = Path(tempfile.gettempdir()) / "rein-benchmark-compiled"
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(kept)}


def machine() -> dict[str, Any]:
    """Say when and where something was measured, and how busy that place was."""
    return {
        "measured_at": datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }


class Far:
    """Lets each request wait, as if it came from far away."""

    def __init__(self, app: ASGIApp, round_trip: float) -> None:
        self._app = app
        self._round_trip = round_trip

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait, then pass the request on."""
        if scope["type"] == "http":
            await asyncio.sleep(self._round_trip)
        await self._app(scope, receive, send)


@asynccontextmanager
async def serving(round_trip: float = 0) -> AsyncGenerator[tuple[Sandbox, str]]:
    """Serve a new sandbox for the length of a block; yield it and its address.

    Each call takes *round_trip* seconds more than loopback does.
    """
    sandbox, listener = Sandbox(SandboxClock(SystemClock().now)), listen()
    app, world = create_app(sandbox), Background()
    if round_trip:
        app.add_middleware(Far, round_trip=round_trip)
    world.start("sandbox", serve(app, listener, lifespan="on", closing=sandbox.close))
    try:
        yield sandbox, f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    finally:
        await world.stop(timedelta(seconds=3))


def options(address: str, folder: Path, limits: Limits) -> Options:
    """Return the options of a bot for everybody in the sandbox at *address*."""
    return Options(
        token=TOKEN,
        telegram_root=address,
        database_url=f"sqlite:///{folder / 'rein.db'}",
        key_file=folder / "master.key",
        clock=SystemClock(),
        public=True,
        limits=limits,
    )


@asynccontextmanager
async def house(
    model: Provider, opik: Opik | None = None, limits: Limits = LIMITS
) -> AsyncGenerator[tuple[Sandbox, Running]]:
    """Run the bot beside a sandbox, on a new database; yield both."""
    with tempfile.TemporaryDirectory() as folder:
        async with serving() as (sandbox, address):
            made = replace(options(address, Path(folder), limits), model=model, opik=opik)
            async with running(made, Background()) as bot:
                yield sandbox, bot


def place(transaction: Transaction, chat_id: int, stands: Conversation, now: datetime) -> Stored:
    """Let somebody new be where *stands* says."""
    made = people.create(transaction, chat_id, "en", now)
    conversations.begin(transaction, made, stands.stage, codec().dump_json(stands), now)
    return made


def at_home(now: datetime) -> Conversation:
    """Stand in the middle of everyday life."""
    return Conversation(
        Stage.HOME, has_goal=True, zone="Europe/London", touched=now, consent=consent.WITH_BOTH
    )


async def settle(bot: Running, person: Person) -> None:
    """Let somebody be in the middle of everyday life."""
    now = SystemClock().now()
    await bot.database.write(lambda t: place(t, person.id, at_home(now), now))


async def said(sandbox: Sandbox, person: Person, seen: Callable[[Event], bool]) -> float:
    """Let somebody speak; return the moment of `perf_counter` in which *seen* is shown."""
    chat = sandbox.chats[person.id]
    return await shown(sandbox, lambda: acts.say(sandbox, chat, person, SAID), seen)


async def shown(
    sandbox: Sandbox, act: Callable[[], object], seen: Callable[[Event], bool]
) -> float:
    """Let somebody *act*; return the moment of `perf_counter` in which *seen* is shown."""
    followed = sandbox.feed.follow(None)
    await anext(followed)
    act()
    async with asyncio.timeout(PATIENCE):
        async for event in followed:
            if seen(event):
                return time.perf_counter()
    raise AssertionError
