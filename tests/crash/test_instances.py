"""Rein is started twice by mistake: one works on, the other says why it does not."""

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.sandbox.server import Sandbox, SandboxClock
from tests import databases
from tests.bot.house import Guest
from tests.crash import program
from tests.crash.program import Hanging
from tests.proofs import proven
from tests.tiers import FULL

TOGETHER = 2
CLEAR = b"rein: Rein is already running on this database"


async def second(folder: Path, root: str, **settings: object) -> tuple[int | None, bytes]:
    """Start another one with the same settings; give its exit code and what it said."""
    async with program.started(folder, root, **settings) as process:
        _, told = await process.communicate()
        return process.returncode, told


@databases.on_either
@pytest.mark.long
@pytest.mark.timeout(600)
async def test_a_second_instance_leaves_with_a_clear_line_and_answers_nobody(
    tmp_path: Path, database_url: str
) -> None:
    trials = 20 if FULL else 2
    sandbox, ended, answers = Sandbox(SandboxClock(SystemClock().now)), Counter[object](), 0
    guest = Guest(sandbox, sandbox.add_person("Ada", "en"))
    settings = {"HTTP_PORT": program.free_port(), "DATABASE_URL": database_url}
    async with (
        program.served(sandbox, Hanging()) as root,
        program.started(tmp_path, root, **settings) as first,
    ):
        await program.is_running(first)
        for _ in range(trials // TOGETHER):
            others = [second(tmp_path, root, **settings) for _ in range(TOGETHER)]
            starting = asyncio.gather(*others)
            while not starting.done():
                await guest.say("/help")
                answers += 1
                await SystemClock().wait(timedelta(seconds=1))
            ended.update((code, CLEAR in told) for code, told in await starting)
        await guest.say("/help")

    assert ended == {(3, True): trials}
    assert len(guest.heard()) == answers + 1
    doubled = len(guest.heard()) - answers - 1
    proven(
        "instances",
        databases.kind(database_url),
        trials=trials,
        told=ended[3, True],
        answers=answers,
        doubled=doubled,
    )
