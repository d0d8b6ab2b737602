"""One bot after another, each in a process of its own, on one database."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from benchmarks import rig
from bot.clock import SystemClock
from storage.opening import open_beside
from storage.transaction import Transaction
from tests.bot.house import Guest
from tests.faults.bot import Wish

ROOT = Path(__file__).parents[2]
STARTED_WITHIN_S = 90
PAGE_BYTES = 4096


@dataclass
class Life:
    """A bot that lives."""

    process: Process

    def rss_mb(self) -> float:
        """Tell how much memory it has now."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * PAGE_BYTES / 2**20

    def peak_mb(self) -> float:
        """Tell how much memory it ever had."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 2**10

    def cpu_s(self) -> float:
        """Tell how much of a processor it has used, in seconds."""
        told = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    async def kill(self) -> None:
        """Kill it."""
        self.process.kill()
        await self.process.wait()


@asynccontextmanager
async def begun(wish: Wish) -> AsyncGenerator[Life]:
    """Have a bot live for the length of a block; at its end it is asked to stop, if it lives."""
    command = (sys.executable, "-m", "tests.faults.bot", str(wish))
    with _log(wish) as log:
        child = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=PIPE, stderr=log)
    try:
        assert child.stdout is not None
        async with asyncio.timeout(STARTED_WITHIN_S):
            assert await child.stdout.readline() == b"up\n", "it did not start: see bots.log"
        yield Life(child)
    finally:
        if child.returncode is None:
            child.terminate()
            await child.wait()


def _log(wish: Wish) -> IO[bytes]:
    return Path(wish.folder, "bots.log").open("ab")


async def settle(wish: Wish, guests: list[Guest]) -> None:
    """Let people be in the middle of everyday life; the database has to be there."""
    now = SystemClock().now()
    database = open_beside(wish.database_url, Path(wish.folder, "master.key"), now)
    try:
        for guest in guests:
            await database.write(_placing(guest))
    finally:
        database.close()


def _placing(guest: Guest) -> Callable[[Transaction], object]:
    now = SystemClock().now()
    return lambda transaction: rig.place(transaction, guest.person.id, rig.at_home(now), now)
