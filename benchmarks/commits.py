"""How many turns share a commit, and how many commits a second: SQLite with synchronous=FULL.

So many chats keep a turn's rows at once, each waiting for its commit before its next. Rounds of
the different numbers of chats alternate.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from benchmarks import growth, rig
from storage.database import Database
from storage.opening import open_for_bot
from storage.people import Person

CHATS = (1, 8, 64, 256)
ROUNDS = 3
TURNS = 1_024


def measure() -> dict[str, Any]:
    """Keep turns of few and of many chats."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        database = open_for_bot(f"sqlite:///{path}/rein.db", path / "master.key", growth.NOW)
        try:
            found = asyncio.run(_rounds(database))
        finally:
            database.close()
    return {
        "what": "turns and commits a second, by chats that write at once",
        **rig.machine(),
        "n": TURNS,
        "rounds": ROUNDS,
        "rows": {
            str(chats): {
                "turns_s": statistics.median(TURNS / took for took, _ in rounds),
                "commits_s": statistics.median(commits / took for took, commits in rounds),
                "turns_a_commit": statistics.median(TURNS / commits for _, commits in rounds),
            }
            for chats, rounds in found.items()
        },
    }


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    lines = [f"n = {measured['n']} turns     turns/s   commits/s   turns a commit"]
    for chats, told in measured["rows"].items():
        cells = f"{told['turns_s']:10.0f}{told['commits_s']:12.0f}{told['turns_a_commit']:17.1f}"
        lines.append(f"  {f'{chats} chats at once':18}{cells}")
    return "\n".join(lines)


async def _rounds(database: Database) -> dict[int, list[tuple[float, int]]]:
    somebody = await growth.fill(database, "people", 1)
    found: dict[int, list[tuple[float, int]]] = {chats: [] for chats in CHATS}
    for _ in range(ROUNDS):
        for chats in CHATS:
            found[chats].append(await _round(database, somebody, chats))
    return found


async def _round(database: Database, somebody: Person, chats: int) -> tuple[float, int]:
    async def chat() -> None:
        for _ in range(TURNS // chats):
            await database.write(lambda t: growth.turn(t, somebody, growth.NOW))

    with _counting() as commits:
        begun = time.perf_counter()
        await asyncio.gather(*(chat() for _ in range(chats)))
        return time.perf_counter() - begun, len(commits)


@contextmanager
def _counting() -> Generator[list[object]]:
    commits: list[object] = []

    def count(connection: object) -> None:
        commits.append(connection)

    event.listen(Engine, "commit", count)
    try:
        yield commits
    finally:
        event.remove(Engine, "commit", count)
