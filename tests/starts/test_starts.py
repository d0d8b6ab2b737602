"""`rein run` in every state it may meet: its exit code, its one line, and whom it called."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.background import Background
from bot.clock import SystemClock
from bot.sandbox import acts
from bot.sandbox.server import LOOPBACK, Sandbox, SandboxClock, listen, serve
from tests import disks
from tests.proofs import proven
from tests.starts.states import RUNS, STATES, WRONG, Home, furnished

pytestmark = pytest.mark.long

PATIENCE = 90
TICK = timedelta(milliseconds=20)


class Starts:
    """Starts bots, one after the other."""

    def __init__(self, forge: Process) -> None:
        self._forge = forge

    async def begin(self, home: Home) -> int:
        assert self._forge.stdin is not None
        wish = {"settings": home.settings, "folder": str(home.folder)}
        self._forge.stdin.write(json.dumps(wish).encode() + b"\n")
        return await self._told("born")

    async def end(self) -> int:
        return await self._told("died")

    async def to_its_end(self, home: Home) -> int:
        """Start; ask a bot that runs to stop; return the exit code."""
        pid = await self.begin(home)
        ending = asyncio.ensure_future(self.end())
        async with asyncio.timeout(PATIENCE):
            while not ending.done() and '"running"' not in said(home):
                await SystemClock().wait(TICK)
            if not ending.done():
                os.kill(pid, signal.SIGTERM)
            return await ending

    async def _told(self, what: str) -> int:
        assert self._forge.stdout is not None
        line = (await self._forge.stdout.readline()).decode().split()
        assert line[:1] == [what], f"expected {what}, the forge said {line}"
        return int(line[1])


def said(home: Home) -> str:
    """Return what a start has written so far."""
    path = home.folder / "err"
    return path.read_text() if path.exists() else ""


def one_line(home: Home) -> str:
    """Return the line in which a start tells why it ends; the last, after the log's."""
    (line,) = [line for line in said(home).splitlines() if line.startswith("rein: ")]
    assert "Traceback" not in said(home)
    return line


@asynccontextmanager
async def forging() -> AsyncGenerator[Starts]:
    forge = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.starts.forge", stdin=PIPE, stdout=PIPE
    )
    assert forge.stdin is not None
    try:
        yield Starts(forge)
    finally:
        forge.stdin.close()
        await forge.wait()


@asynccontextmanager
async def telegram() -> AsyncGenerator[tuple[str, Sandbox]]:
    """Serve the sandbox; give its root, and itself."""
    listener, world = listen(), Background()
    sandbox = Sandbox(SandboxClock(SystemClock().now))
    world.start("sandbox", serve(sandbox, listener))
    try:
        yield f"http://{LOOPBACK}:{listener.getsockname()[1]}", sandbox
    finally:
        await world.stop(timedelta(seconds=3))


@asynccontextmanager
async def refusing() -> AsyncGenerator[tuple[str, list[str]]]:
    """Serve a Bot API that knows no token; give its root, and what it is asked."""
    asked: list[str] = []

    async def refuse(request: web.Request) -> web.Response:
        asked.append(request.path.rpartition("/")[2])
        return web.json_response({"ok": False, "error_code": 401, "description": "-"}, status=401)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", refuse)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, 0).start()
    try:
        yield f"http://{LOOPBACK}:{runner.addresses[0][1]}", asked
    finally:
        await runner.cleanup()


async def test_every_state_ends_with_its_code_and_one_line(tmp_path: Path):
    async with telegram() as (root, sandbox), forging() as starts:
        ada = sandbox.add_person("Ada", "en")
        for number, state in enumerate(STATES):
            home = furnished(tmp_path / str(number), root)
            state.prepare(home)
            acts.say(sandbox, sandbox.chats[ada.id], ada, "Are you there?")
            waiting = len(sandbox.updates)

            code = await starts.to_its_end(home)
            home.leave()

            assert code == state.code, f"{state.name}: {code}, {said(home)[-400:]}"
            assert state.says in (said(home) if code == RUNS else one_line(home)), state.name
            assert code == RUNS or len(sandbox.updates) == waiting, "an update was confirmed"
    proven("starts", "states", states=len(STATES), as_promised=len(STATES))


async def test_a_wrong_setting_is_named_before_anybody_is_called(tmp_path: Path):
    async with refusing() as (root, asked), forging() as starts:
        for number, (variable, value) in enumerate(WRONG):
            home = furnished(tmp_path / str(number), root)
            home.settings[variable] = value

            assert await starts.to_its_end(home) == 2, variable
            assert variable in one_line(home)
        assert asked == []

        home = furnished(tmp_path / "refused", root)
        assert await starts.to_its_end(home) == 4
        assert "refused" in one_line(home)
        assert set(asked) == {"getMe"}
    found = len(WRONG) + 1
    proven("starts", "settings", states=found, as_promised=found)


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_before_the_database_is_open_ends_in_good_order(
    tmp_path: Path, asked: signal.Signals
):
    async with telegram() as (root, _), forging() as starts:
        home = furnished(tmp_path, root)
        key = home.key.read_bytes()
        home.key.unlink()
        os.mkfifo(home.key, 0o600)
        pid = await starts.begin(home)
        with await asyncio.to_thread(home.key.open, "wb"):  # both are at it, and nothing comes
            os.kill(pid, asked)
            async with asyncio.timeout(PATIENCE):
                assert await starts.end() == 0
        assert "Traceback" not in said(home)

        home.key.unlink()
        home.key.write_bytes(key)
        home.key.chmod(0o600)
        assert await starts.to_its_end(home) == RUNS


async def test_a_full_disk_ends_a_start_that_can_be_tried_again(tmp_path: Path):
    with disks.small(tmp_path / "data", 2) as disk:
        async with telegram() as (root, _), forging() as starts:
            home = furnished(tmp_path, root)
            with disks.filled(disk):
                assert await starts.to_its_end(home) == 10
                assert "cannot be used for now" in one_line(home)
            assert await starts.to_its_end(home) == RUNS
    proven("starts", "disk full", states=1, as_promised=1)
