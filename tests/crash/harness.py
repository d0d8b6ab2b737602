"""The crash test's frame: the sandbox lives on in this process while bots die beside it."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.background import Background
from bot.clock import SystemClock
from bot.sandbox.server import LOOPBACK, Sandbox, SandboxClock, listen, serve
from tests import databases

POINTS = (
    "poll.received",
    "inbox.inserted",
    "worker.claimed",
    "llm.before",
    "llm.after",
    "commit.before",
    "commit.after",
    "send.before",
    "send.after",
    "sent.before",
    "tick.before",
    "tick.after",
)
LONGEST_LIFE = 20
"""Seconds in which a bot among twenty talking people passes every place."""

_SENDING = "SELECT lane, count(*) FROM outbox WHERE state = 'sending' GROUP BY lane"
GOODBYE = timedelta(seconds=3)
AT_ONCE = timedelta()


@dataclass
class Deaths:
    """Every kill, and what it found under way."""

    at_points: Counter[str] = field(default_factory=Counter[str])
    at_random: int = 0
    replies_in_doubt: int = 0
    nudges_in_doubt: int = 0
    most_nudges_in_doubt: int = 0

    @property
    def count(self) -> int:
        return self.at_random + self.at_points.total()


class Lives:
    """One bot after another on the same database, each to its violent end."""

    def __init__(
        self, nursery: Process, root: str, folder: Path, database: str, sandbox: Sandbox
    ) -> None:
        self._nursery = nursery
        self._root = root
        self._folder = folder
        self._database = database
        self._clock = sandbox.clock
        self.port = 0  # where the next bot waits for a webhook's calls; 0: it polls
        self._alive: int | None = None
        self.deaths = Deaths()

    async def begin(self, places: str = "") -> int:
        """Start a bot that dies at *places*; return its process id."""
        assert self._nursery.stdin is not None
        wish = {
            "root": self._root,
            "folder": str(self._folder),
            "database": self._database,
            "places": places,
            "ahead": self._clock.offset.total_seconds(),
            "port": self.port,
        }
        self._nursery.stdin.write(json.dumps(wish).encode() + b"\n")
        self._alive = int(await self._told("born"))
        return self._alive

    async def stop(self, bot: int) -> None:
        """Ask a bot to end, and wait until it has."""
        os.kill(bot, signal.SIGTERM)
        assert await self._told("died") == "0"

    async def kill_at(self, point: str, passes: int) -> None:
        """Let a bot live until it passes *point* for the so-manieth time."""
        await self.begin(f"{point}:{passes}")
        await self.dies_by_itself()
        self.deaths.at_points[point] += 1

    async def dies_by_itself(self) -> None:
        """Wait for the violent end of a bot that carries its death within it."""
        async with asyncio.timeout(LONGEST_LIFE):
            await self._end()

    async def kill(self, bot: int, after: timedelta = AT_ONCE) -> None:
        """Kill a bot after a while."""
        await SystemClock().wait(after)
        os.kill(bot, signal.SIGKILL)
        await self._end()
        self.deaths.at_random += 1

    async def _end(self) -> None:
        status = await self._told("died")
        assert status == str(-signal.SIGKILL), f"the bot ended by itself with {status}"
        in_doubt, deaths = self._sending(), self.deaths
        deaths.replies_in_doubt += in_doubt["answers"]
        deaths.nudges_in_doubt += in_doubt["nudges"]
        deaths.most_nudges_in_doubt = max(deaths.most_nudges_in_doubt, in_doubt["nudges"])

    async def _told(self, what: str) -> str:
        assert self._nursery.stdout is not None
        line = (await self._nursery.stdout.readline()).decode().split()
        assert line[:1] == [what], f"expected {what}, the nursery said {line}"
        if what == "died":
            self._alive = None
        return line[1]

    async def close(self) -> None:
        """Leave no bot and no nursery behind, whatever happened."""
        assert self._nursery.stdin is not None
        self._nursery.stdin.close()
        if self._alive is not None:
            with suppress(ProcessLookupError):  # the nursery ended with it
                os.kill(self._alive, signal.SIGKILL)
        await self._nursery.wait()

    def given_up(self) -> int:
        """Count the messages that were given up after too many deaths over them."""
        return self.asked("SELECT count(*) FROM inbox WHERE state = 'dead'")[0][0]

    def asked(self, question: str) -> list[Any]:
        """Ask the database, whether or not a bot lives."""
        return databases.asked(self._database, question)

    def _sending(self) -> Counter[str]:
        """Count what was on its way when the bot died, by lane."""
        return Counter(dict(self.asked(_SENDING)))


@asynccontextmanager
async def opened(folder: Path, database: str = "") -> AsyncGenerator[tuple[Lives, Sandbox]]:
    """Serve a sandbox and open the nursery; without a *database*, it is a file in the folder."""
    sandbox = Sandbox(SandboxClock(SystemClock().now))
    listener = listen()
    root = f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    world = Background()
    world.start("sandbox", serve(sandbox, listener))
    with (folder / "bots.log").open("wb") as log:
        nursery = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.crash.nursery", stdin=PIPE, stdout=PIPE, stderr=log
        )
        url = database or f"sqlite:///{folder / 'rein.db'}"
        lives = Lives(nursery, root, folder, url, sandbox)
        try:
            yield lives, sandbox
        finally:
            await lives.close()
            await world.stop(GOODBYE)
