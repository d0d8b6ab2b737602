"""How many turns share a commit, and how many commits a second, on SQLite and on PostgreSQL.

So many chats keep a turn's rows at once, each waiting for its commit before its next. Both make a
commit durable: `synchronous=FULL`, and a server of its own with `fsync` on. Rounds of the different
numbers of chats alternate, and within them the two.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from benchmarks import growth, rig
from storage.database import Database
from storage.opening import open_for_bot
from storage.people import Person
from tests.storage import postgres

CHATS = (1, 8, 64, 256)
ROUNDS = 5
TURNS = 2_048
SQLITE, POSTGRES = "SQLite", "PostgreSQL"
NO_SERVER = "PostgreSQL: not measured, no server is installed"

Round = tuple[float, int]
"""Seconds, and commits."""


def measure() -> dict[str, Any]:
    """Keep turns of few and of many chats."""
    with tempfile.TemporaryDirectory() as folder, _databases(Path(folder)) as databases:
        found = asyncio.run(_rounds(databases))
    rows = {
        name: {str(chats): _told(rounds) for chats, rounds in by_chats.items()}
        for name, by_chats in found.items()
    }
    return {
        "what": "turns and commits a second, by database and chats that write at once",
        **rig.machine(),
        "n": TURNS,
        "rounds": ROUNDS,
        "rows": rows,
        "postgresql_to_sqlite": _ratios(found) if POSTGRES in found else None,
    }


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    lines = [f"n = {measured['n']} turns                 turns/s   commits/s   turns a commit"]
    for name, by_chats in measured["rows"].items():
        for chats, told in by_chats.items():
            said = f"{name}, {chats} chats at once"
            cells = f"{told['turns_s']:9.0f}{told['commits_s']:12.0f}{told['turns_a_commit']:17.1f}"
            lines.append(f"  {said:30}{cells}")
    if ratios := measured["postgresql_to_sqlite"]:
        told = ", ".join(f"{ratio:.2f} with {chats}" for chats, ratio in ratios.items())
        return "\n".join([*lines, f"  turns/s, PostgreSQL to SQLite: {told}"])
    return "\n".join([*lines, f"  {NO_SERVER}"])


@contextmanager
def _databases(folder: Path) -> Generator[dict[str, Database]]:
    with ExitStack() as held:
        urls = {SQLITE: f"sqlite:///{folder}/rein.db"}
        if server := held.enter_context(postgres.private(durable=True)):
            urls[POSTGRES] = server.url.render_as_string(hide_password=False)
        databases: dict[str, Database] = {}
        for name, url in urls.items():
            databases[name] = open_for_bot(url, folder / f"{name}.key", growth.NOW)
            held.callback(databases[name].close)
        yield databases


async def _rounds(databases: dict[str, Database]) -> dict[str, dict[int, list[Round]]]:
    who = {name: await growth.fill(one, "people", 2) for name, one in databases.items()}
    found = {name: {chats: list[Round]() for chats in CHATS} for name in databases}
    for _ in range(ROUNDS):
        for chats in CHATS:
            for name, database in databases.items():
                found[name][chats].append(await _round(database, who[name], chats))
    return found


async def _round(database: Database, somebody: Person, chats: int) -> Round:
    async def chat() -> None:
        for _ in range(TURNS // chats):
            await database.write(lambda t: growth.turn(t, somebody, growth.NOW))

    with _counting() as commits:
        begun = time.perf_counter()
        await asyncio.gather(*(chat() for _ in range(chats)))
        return time.perf_counter() - begun, len(commits)


def _told(rounds: list[Round]) -> dict[str, float]:
    return {
        "turns_s": statistics.median(TURNS / took for took, _ in rounds),
        "commits_s": statistics.median(commits / took for took, commits in rounds),
        "turns_a_commit": statistics.median(TURNS / commits for _, commits in rounds),
    }


def _ratios(found: dict[str, dict[int, list[Round]]]) -> dict[str, float]:
    """Take the medians of the ratios within the rounds."""
    return {
        str(chats): statistics.median(
            sqlite / postgresql
            for (sqlite, _), (postgresql, _) in zip(
                found[SQLITE][chats], found[POSTGRES][chats], strict=True
            )
        )
        for chats in CHATS
    }


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
