"""How much memory a bot takes with 100,000 people in its database, beside one with nobody else.

Its process is measured when it is idle after its first turn, and again after more. The people's
rows are written before, by another process; of each pair of rounds both run on the same machine.
"""

import asyncio
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import contenders, growth, latency, metered, processes, rig, turns
from storage.opening import open_for_bot

OTHERS = (0, 100_000)
TURNS = 600
ROUNDS = 3
KEYS = ("idle_mb", "after_mb")
PATIENCE = 120


def measure() -> dict[str, Any]:
    """Start bots on both databases, and let people tap."""
    with tempfile.TemporaryDirectory() as made:
        folders = {others: Path(made) / str(others) for others in OTHERS}
        for others, folder in folders.items():
            _prepare(folder, others)
        found: dict[int, list[tuple[float, ...]]] = {others: [] for others in OTHERS}
        for _ in range(ROUNDS):
            for others, folder in folders.items():
                found[others].append(_round(folder))
        rows = {
            str(others): {
                "file_mb": (folders[others] / "rein.db").stat().st_size / 1e6,
                **dict(zip(KEYS, map(statistics.median, zip(*rounds, strict=True)), strict=True)),
            }
            for others, rounds in found.items()
        }
    few, many = (rows[str(others)] for others in OTHERS)
    return {
        "what": "resident MB of the bot's process, idle and after some turns, by people beside",
        **rig.machine(),
        "n": TURNS,
        "rounds": ROUNDS,
        "people": contenders.PEOPLE,
        "rows": rows,
        "ratio": {key: many[key] / few[key] for key in KEYS},
    }


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    lines = [f"{'resident MB':28}    idle   after {measured['n']} turns   database, MB"]
    for others, told in measured["rows"].items():
        cells = f"{told['idle_mb']:8.1f}{told['after_mb']:18.1f}{told['file_mb']:15.1f}"
        lines.append(f"  {f'{int(others):,} people beside':26}{cells}")
    idle, after = (measured["ratio"][key] for key in KEYS)
    return "\n".join([*lines, f"  {'ratio':26}{idle:8.2f}{after:18.2f}"])


def _prepare(folder: Path, others: int) -> None:
    options = rig.options("", folder, rig.UNLIMITED)
    folder.mkdir()
    contenders.seed(options)
    database = open_for_bot(options.database_url, options.key_file, options.clock.now())
    asyncio.run(growth.crowd(database, others))
    database.close()


def _round(prepared: Path) -> tuple[float, ...]:
    """Measure a bot on a copy, so that all rounds begin alike."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(prepared, folder, dirs_exist_ok=True)
        return asyncio.run(_resident(Path(folder)))


async def _resident(folder: Path) -> tuple[float, ...]:
    async with rig.serving() as (sandbox, address):
        turns.invite(sandbox)
        taps = latency.Taps(sandbox)
        taps.show(sandbox)
        async with metered.begun(address, folder) as bot, asyncio.timeout(PATIENCE):
            await asyncio.gather(taps.watch(1), taps.tap_on(1))
            await asyncio.to_thread(processes.await_idle, bot.pid)
            idle = processes.megabytes(bot.pid)
            await asyncio.gather(taps.watch(1 + TURNS), taps.tap_on(TURNS))
            return idle, processes.megabytes(bot.pid)
