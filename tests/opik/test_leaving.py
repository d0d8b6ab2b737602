"""Leaving takes no longer for an Opik that is down or hangs, and nothing else is spoken to."""

import asyncio
import json
import os
import sys
import time
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from bot.opik import sender
from storage import opening, people
from tests.bot.fakes import NOON
from tests.bot.house import sandbox_only
from tests.opik.outbox import put_turns
from tests.opik.recording import ROOT, Recording, until

MOST_S = 3
NOT_UNDER_TEST = {"PYTEST_CURRENT_TEST", "PYTEST_XDIST_WORKER", "PYTEST_VERSION"}
"""What tells Opik's package that it is tested, and need not report."""

LIVES = ["hangs", *(pytest.param(does, marks=pytest.mark.long) for does in (
    "answers", "500", "401", "down",
))]  # fmt: skip


async def begin(root: str, folder: Path, url: str) -> Process:
    env = {name: value for name, value in os.environ.items() if name not in NOT_UNDER_TEST}
    command = (sys.executable, "-m", "tests.opik.life", root, str(folder), url)
    child = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=env, stdout=PIPE)
    assert child.stdout is not None
    assert await child.stdout.readline() == b"up\n"
    return child


async def leave(child: Process) -> tuple[float, dict[str, list[str]]]:
    """Ask a bot to end; tell how long that took it, and what it tells."""
    assert child.stdout is not None
    asked = time.monotonic()
    child.terminate()
    told = json.loads(await child.stdout.read())
    assert await child.wait() == 0
    return time.monotonic() - asked, told


async def with_something_to_send(folder: Path) -> None:
    database = opening.open_for_bot(f"sqlite:///{folder}/rein.db", folder / "master.key", NOON)
    ada = await database.write(lambda transaction: people.create(transaction, 7, "en", NOON))
    await put_turns(database, ada, sender.PAGE + 1)
    database.close()


@pytest.mark.parametrize("does", LIVES)
async def test_leaving_takes_three_seconds_at_most(does: str, tmp_path: Path, recorder: Recording):
    await with_something_to_send(tmp_path)
    recorder.behave(does)
    async with sandbox_only(tmp_path) as house, asyncio.timeout(100):
        child = await begin(house.address, tmp_path, recorder.url)
        await until(lambda: bool(recorder.held().asked))
        if does == "down":
            recorder.down()
        took, told = await leave(child)

    print(f"\nleaving, Opik {does}: {took:.2f} s")
    assert took < MOST_S
    assert told == {"connected": ["127.0.0.1"], "loaded": ["opik"]}


async def test_leaving_while_the_package_is_loaded_takes_no_longer(
    tmp_path: Path, recorder: Recording
):
    await with_something_to_send(tmp_path)
    async with sandbox_only(tmp_path) as house, asyncio.timeout(100):
        child = await begin(house.address, tmp_path, recorder.url)
        took, told = await leave(child)

    print(f"\nleaving while the package is loaded: {took:.2f} s")
    assert took < MOST_S
    assert told["connected"] == ["127.0.0.1"]
