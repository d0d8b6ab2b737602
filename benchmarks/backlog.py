"""How long a reply waits to be sent while 200,000 nudges wait as well, and while none do.

The real delivery loop at Telegram's pace, on real SQLite files, against a channel that takes 50 ms
a call. Blocks with and without the backlog take turns, so that both see the same machine.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from bot.background import Background
from bot.clock import SystemClock
from bot.delivery.loop import Delivery
from bot.delivery.outcome import Outcome, Sent
from bot.delivery.pacing import Limits
from bot.outgoing import Outgoing, SendText, dump
from storage import outbox
from storage.database import Database
from storage.opening import open_for_bot
from storage.outbox import Kind, Letter

NUDGES, AT_ONCE = 200_000, 5_000
REPLIES_A_SECOND, SECONDS, BLOCKS = 5, 15, 3
PER_SECOND = 25.0
ROUND_TRIP = 0.05
FIRST_ASKING = 10_000_000  # chats of those who ask; below are those who are nudged
NUDGE = dump(SendText("How did it go?"))
REPLY = dump(SendText("Noted: 2 of 3 this week."))


@dataclass
class Slow:
    """Telegram, 50 ms away: takes everything and notes when."""

    sent: dict[int, list[float]] = field(default_factory=dict[int, list[float]])

    async def send(self, chat_id: int, outgoing: Outgoing) -> Outcome:
        """Take a message."""
        del outgoing
        self.sent.setdefault(chat_id, []).append(time.perf_counter())
        await asyncio.sleep(ROUND_TRIP)
        return Sent(1)


def measure() -> dict[str, Any]:
    """Put replies into both outboxes, block by block, and time their way to the channel."""
    return asyncio.run(_measure())


class Block(NamedTuple):
    """Milliseconds that each reply waited, how much was sent in all, and in how many seconds."""

    waited: list[float]
    sent: int
    took: float


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    lines = ["a reply waits to be sent         n      p50      p99      max   of 25/s used"]
    for name, told in measured["waits"].items():
        ms = "".join(f"{told[key]:6.1f} ms" for key in ("p50", "p99", "max"))
        lines.append(f"  {name:<26}{told['n']:>6}{ms}{told['used']:>14.0%}")
    return "\n".join(lines)


async def _measure() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        databases = {
            name: _open(Path(folder) / name) for name in ("alone", "behind 200,000 nudges")
        }
        *_, crowded = databases.values()
        try:
            await _crowd(crowded)
            blocks: dict[str, list[Block]] = {name: [] for name in databases}
            chats = count(FIRST_ASKING)
            for _ in range(BLOCKS):
                for name, database in databases.items():
                    blocks[name].append(await _block(database, chats))
            return {
                "nudges": NUDGES,
                "replies_a_second": REPLIES_A_SECOND,
                "waits": {name: _told(found) for name, found in blocks.items()},
            }
        finally:
            for database in databases.values():
                database.close()


def _open(folder: Path) -> Database:
    folder.mkdir()
    now = SystemClock().now()
    return open_for_bot(f"sqlite:///{folder}/rein.db", folder / "master.key", now)


async def _crowd(database: Database) -> None:
    now = SystemClock().now()
    for first in range(1, NUDGES + 1, AT_ONCE):
        letters = [
            Letter(f"n:{chat}", chat, Kind.NUDGE, NUDGE, expires_at=now + timedelta(hours=9))
            for chat in range(first, first + AT_ONCE)
        ]
        await database.write(lambda t, new=letters: outbox.put(t, new, now))


async def _block(database: Database, chats: "count[int]") -> Block:
    """Deliver for a while."""
    channel, put = Slow(), dict[int, float]()
    begun = time.perf_counter()
    async with _delivering(database, channel) as delivery:
        for _ in range(REPLIES_A_SECOND * SECONDS):
            chat = next(chats)
            put[chat] = time.perf_counter()
            letter = Letter(f"r:{chat}", chat, Kind.REPLY, REPLY)
            await database.write(lambda t, one=letter: outbox.put(t, [one], SystemClock().now()))
            delivery.wake()
            await asyncio.sleep(1 / REPLIES_A_SECOND)
        await asyncio.sleep(1)  # for the last ones
        sent, took = sum(map(len, channel.sent.values())), time.perf_counter() - begun
    waited = [(channel.sent[chat][0] - at) * 1000 for chat, at in put.items()]
    return Block(waited, sent, took)


@asynccontextmanager
async def _delivering(database: Database, channel: Slow) -> AsyncGenerator[Delivery]:
    background = Background()
    delivery = Delivery(database, channel, SystemClock(), background, Limits(PER_SECOND))
    background.start("delivery", delivery.run())
    try:
        yield delivery
    finally:
        await delivery.finish(timedelta(seconds=2))
        await background.stop(timedelta(seconds=2))


def _told(blocks: list[Block]) -> dict[str, float]:
    waits = [wait for block in blocks for wait in block.waited]
    sent, took = sum(block.sent for block in blocks), sum(block.took for block in blocks)
    return {
        "n": len(waits),
        "p50": statistics.median(waits),
        "p99": statistics.quantiles(waits, n=100)[98],
        "max": max(waits),
        "used": sent / (took * PER_SECOND),
    }
