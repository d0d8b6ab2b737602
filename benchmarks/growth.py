"""How what we do grows: with people, with goals a person, with the length of somebody's history.

Each cell is the fastest of some calls on a real SQLite file, because others slow the rest. The
exponent is the slope of a line through the logarithms: 0 is flat, 1 grows in proportion. The
storage of a turn is its conversation, which is loaded, and message and turn, which are kept in a
transaction with its commit. Whole turns (`whole_turns`) are taken by a bot on that same file.
"""

import asyncio
import math
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count, islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks import contenders, rig, whole_turns
from benchmarks.contenders import FIRST_PERSON
from benchmarks.sweep import person
from bot import known
from bot.check_ins.sweep import Sweep
from bot.clock import SystemClock
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

NOW = SystemClock().now()
CHAT, TAPPER = FIRST_PERSON, FIRST_PERSON + 1
CROWD = 10_000_000
"""The first number of those who are only there."""
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
        "what": "milliseconds of the fastest call, or statements; exponent over the sizes",
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
        lines.append(f"{f'ms or statements, by {axis}':30}{sizes}   exponent")
        for name, told in rows.items():
            cells = "".join(f"{one:11.2f}" for one in told["found"])
            lines.append(f"  {name:28}{cells}{told['exponent']:z11.2f}")
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
                took = await _times(database, somebody)
            finally:
                database.close()
            for name, one in (took | await whole_turns.costs(path, CHAT, TAPPER)).items():
                found.setdefault(name, []).append(one)
    return {name: {"found": all_, "exponent": slope(sizes, all_)} for name, all_ in found.items()}


async def fill(database: Database, axis: str, size: int) -> Person:
    """Fill to a size; return who is at home in `CHAT`. As much is of who is in `TAPPER`."""

    def settle(transaction: Transaction) -> Person:
        somebody = rig.place(transaction, CHAT, rig.at_home(NOW), NOW)
        for one in (somebody, rig.place(transaction, TAPPER, contenders.at_the_days(NOW), NOW)):
            if axis == "goals":
                _set(transaction, one, size)
            if axis == "history":
                _talk(transaction, one, size)
        return somebody

    somebody = await database.write(settle)
    if axis == "people":
        await crowd(database, size - 2)
    return somebody


async def crowd(database: Database, people: int) -> None:
    """Let others be there, from whom nothing comes."""
    numbers = iter(range(CROWD, CROWD + people))
    while some := list(islice(numbers, AT_ONCE)):
        rows = [came(number) for number in some]
        await database.write(lambda t, new=rows: t.run(insert(PERSON), new) and None)


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

    async def storage_of_a_turn() -> None:
        await database.read(lambda t: conversations.load(t, CHAT))
        await database.write(lambda t: turn(t, somebody, NOW))

    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "storage of a turn": storage_of_a_turn,
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
