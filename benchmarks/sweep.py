"""One sweep over a thousand to a million check-ins that are due, on a real SQLite file.

Each case has a database of its own, one check-in a person in ten time zones, spread over eight
minutes. In the last case a million wait and a thousand of them are due. How late a task wakes that
sleeps for five milliseconds, while the sweep works, is what everybody else on the loop waits for.

Batches go by id, so that the rows of a batch share pages of the table and of the inbox's indexes.
When they went by time, each row touched pages of its own: 372 us at a million.
"""

import asyncio
import platform
import statistics
import tempfile
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select

from bot.background import beside
from bot.check_ins import schedule
from bot.check_ins.kinds import Kind
from bot.check_ins.occurrences import spread
from bot.check_ins.sweep import Sweep
from storage.database import Database
from storage.opening import open_for_bot
from storage.tables.goals import CHECK_IN
from storage.tables.people import PERSON
from storage.tables.transport import INBOX
from tests.bot.fakes import LeapingClock

CASES = ((1_000, 1_000), (10_000, 10_000), (100_000, 100_000), (1_000_000, 1_000_000))
FEW_OF_MANY = (1_000_000, 1_000)
SEEDED = 5_000
TICK = 0.005
DUE = datetime(2026, 11, 26, 9, tzinfo=UTC)
NOW = DUE + timedelta(minutes=5)
TOMORROW = timedelta(days=1)
ZONES = (
    "America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "Europe/London",
    "Europe/Madrid", "Africa/Cairo", "Asia/Kolkata", "Asia/Tokyo", "Australia/Lord_Howe",
    "Pacific/Auckland",
)  # fmt: skip


def measure() -> dict[str, Any]:
    """Sweep once in each case."""
    return {
        "what": "one sweep; lag of the loop while it works",
        "measured_at": datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cases": [asyncio.run(_case(rows, due)) for rows, due in (*CASES, FEW_OF_MANY)],
    }


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    lines = ["check-ins       due    found      sweep   each due   loop lag p50      p99      max"]
    for case in measured["cases"]:
        lag = "".join(f"{case['lag_ms'][name]:6.1f} ms" for name in ("p50", "p99", "max"))
        lines.append(
            f"{case['rows']:9} {case['due']:9} {case['found']:8} {case['sweep_s']:8.2f} s"
            f" {case['each_us']:7.0f} us      {lag}"
        )
    return "\n".join(lines)


async def _case(rows: int, due: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        database = open_for_bot(f"sqlite:///{path}/rein.db", path / "master.key", NOW)
        try:
            await _seed(database, rows, due)
            return {"rows": rows, "due": due, **await _sweep(database)}
        finally:
            database.close()


async def _sweep(database: Database) -> dict[str, Any]:
    sweep = Sweep(database, LeapingClock(NOW), lambda: None)
    async with _lag() as lags:
        begun = time.perf_counter()
        found = await sweep.look()
        took = time.perf_counter() - begun
    arrived = await database.read(lambda t: t.run(select(func.count()).select_from(INBOX)).scalar())
    return {
        "found": found,
        "arrived": arrived,
        "sweep_s": took,
        "each_us": took / found * 1e6,
        "lag_ms": {
            "p50": statistics.median(lags),
            "p99": statistics.quantiles(lags, n=100, method="inclusive")[98],
            "max": max(lags),
            "n": len(lags),
        },
    }


@asynccontextmanager
async def _lag() -> AsyncGenerator[list[float]]:
    """Gather by how many milliseconds a task of the loop wakes late."""
    lags: list[float] = []

    async def look() -> None:
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(TICK)
            lags.append((time.perf_counter() - begun - TICK) * 1000)

    async with beside(look()):
        yield lags


async def _seed(database: Database, rows: int, due: int) -> None:
    numbers = iter(range(1, rows + 1))
    while some := list(islice(numbers, SEEDED)):
        people, check_ins = [person(n) for n in some], list(_check_ins(some, due))
        await database.write(lambda t, new=people: t.run(insert(PERSON), new) and None)
        await database.write(lambda t, new=check_ins: t.run(insert(CHECK_IN), new) and None)


def person(number: int) -> dict[str, Any]:
    """Return the row of somebody whose words nobody can open."""
    return {
        "id": number,
        "public_id": f"{number:032}",
        "chat_id": number,
        "language": "en",
        "reachable": True,
        "wrapped_key": b"",
        "created_at": NOW,
        "schedule_version": schedule.VERSION,
    }


def _check_ins(numbers: list[int], due: int) -> Iterator[dict[str, Any]]:
    for number in numbers:
        zone = ZONES[number % len(ZONES)]
        local = (DUE + spread(number)).astimezone(ZoneInfo(zone))
        yield {
            "person_id": number,
            "kind": Kind.SESSION,
            "local_time": local.time(),
            "weekdays": "0123456",
            "time_zone": zone,
            "next_due_at": local if number <= due else local + TOMORROW,
            "created_at": NOW,
        }
