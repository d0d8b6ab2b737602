"""How what we do grows: with people, with goals a person, with the length of somebody's history.

Each cell is the fastest of some calls on a real SQLite file, because others slow the rest. The
exponent is the slope of a line through the logarithms: 0 is flat, 1 grows in proportion. A turn is
what storage does for one: the conversation is loaded, and message and turn are kept in a
transaction with its commit.
"""

import asyncio
import math
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks import rig
from benchmarks.sweep import person
from bot import known
from bot.check_ins.sweep import Sweep
from bot.report import in_chat
from coach.ids import uuid7
from coach.values import GoalUnderstanding
from storage import conversations, goals, ids, messages, turns
from storage.database import Database
from storage.messages import Direction, Message
from storage.opening import open_for_bot
from storage.origin import Origin
from storage.people import Person
from storage.tables.people import PERSON
from storage.transaction import Transaction
from storage.turns import Outcome, Turn
from tests.bot.fakes import LeapingClock

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
CHAT = 7
SIZES = {
    "people": (1_000, 10_000, 100_000),
    "goals": (1, 10, 100),
    "history": (100, 1_000, 10_000),
}
CALLS = 30
AT_ONCE = 5_000
YEARS = 3 * 365
"""In days."""
UNDERSTOOD = GoalUnderstanding("run 3 times a week", behaviour="run", per_week=3)
numbers = count(1)


def measure() -> dict[str, Any]:
    """Fill a database to each size, and time what is done on it."""
    rows = {axis: asyncio.run(_axis(axis, sizes)) for axis, sizes in SIZES.items()}
    return {
        "what": "milliseconds, the fastest call; exponent over the sizes",
        **rig.machine(),
        "n": CALLS,
        "sizes": SIZES,
        "rows": rows,
    }


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    lines: list[str] = []
    for axis, rows in measured["rows"].items():
        sizes = "".join(f"{size:>11,}" for size in measured["sizes"][axis])
        lines.append(f"{f'ms, by {axis}':20}{sizes}   exponent")
        for name, told in rows.items():
            cells = "".join(f"{ms:11.2f}" for ms in told["ms"])
            lines.append(f"  {name:18}{cells}{told['exponent']:11.2f}")
    return "\n".join(lines)


def slope(sizes: tuple[int, ...], found: list[float]) -> float:
    """Return the slope of the line that fits the logarithms best."""
    return statistics.linear_regression(
        [math.log(size) for size in sizes], [math.log(one) for one in found]
    ).slope


async def _axis(axis: str, sizes: tuple[int, ...]) -> dict[str, Any]:
    found: dict[str, list[float]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder)
            database = open_for_bot(f"sqlite:///{path}/rein.db", path / "master.key", NOW)
            try:
                somebody = await fill(database, axis, size)
                for name, took in (await _times(database, somebody)).items():
                    found.setdefault(name, []).append(took)
            finally:
                database.close()
    return {name: {"ms": ms, "exponent": slope(sizes, ms)} for name, ms in found.items()}


async def fill(database: Database, axis: str, size: int) -> Person:
    def settle(transaction: Transaction) -> Person:
        rig.place(transaction, CHAT, rig.at_home(NOW), NOW)
        standing = conversations.load(transaction, CHAT)
        assert standing is not None
        return standing.person

    somebody = await database.write(settle)
    if axis == "goals":
        await database.write(lambda t: _set(t, somebody, size))
    if axis == "history":
        await database.write(lambda t: _talk(t, somebody, size))
    for first in range(CHAT + 1, size if axis == "people" else 0, AT_ONCE):
        rows = [came(number) for number in range(first, first + AT_ONCE)]
        await database.write(lambda t, new=rows: t.run(insert(PERSON), new) and None)
    return somebody


def came(number: int) -> dict[str, Any]:
    """Return the row of somebody; as many came on each day of three years."""
    return {**person(number), "created_at": NOW - timedelta(days=number % YEARS)}


def _set(transaction: Transaction, somebody: Person, goal_count: int) -> None:
    for _ in range(goal_count):
        goals.create(transaction, somebody, ids.new(), UNDERSTOOD, NOW)


def _talk(transaction: Transaction, somebody: Person, said: int) -> None:
    for _ in range(said):
        turn(transaction, somebody, NOW - timedelta(minutes=next(numbers) % 10_000))


def turn(transaction: Transaction, somebody: Person, at: datetime) -> None:
    origin, number = Origin(uuid7(at), at), next(numbers)
    said = Message(f"t:{number}", Direction.IN, "so tired of work today", number)
    messages.keep(transaction, somebody, said, origin)
    took = Turn("telegram", Outcome.ANSWERED, timedelta(milliseconds=20))
    turns.record(transaction, somebody, took, origin)


async def _times(database: Database, somebody: Person) -> dict[str, float]:
    sweep = Sweep(database, LeapingClock(NOW), lambda: None)

    async def whole_turn() -> None:
        await database.read(lambda t: conversations.load(t, CHAT))
        await database.write(lambda t: turn(t, somebody, NOW))

    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "turn": whole_turn,
        "history read": lambda: database.read(lambda t: known.lately(t, somebody, NOW)),
        "goals read": lambda: database.read(lambda t: known.goals_of(t, somebody)),
        "sweep, none due": sweep.look,
        "/stats": lambda: database.read(lambda t: in_chat.told(t, NOW, Decimal(1))),
    }
    return {name: await _fastest(call) for name, call in calls.items()}


async def _fastest(call: Callable[[], Awaitable[object]]) -> float:
    found: list[float] = []
    for _ in range(CALLS):
        begun = time.perf_counter()
        await call()
        found.append((time.perf_counter() - begun) * 1000)
    return min(found)
