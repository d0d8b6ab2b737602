"""A SIGTERM ends the program in time and in good order, whatever hangs."""

import asyncio
import os
import shutil
import signal
import sqlite3
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.sandbox import acts
from bot.sandbox.server import LOOPBACK, Sandbox, SandboxClock
from coach.llm.scripted import ScriptedModel
from tests.bot import house
from tests.bot.house import Guest
from tests.bot.test_conversation import agree_to_a_plan
from tests.crash import nursery, program
from tests.crash.program import Hanging
from tests.proofs import proven

WITHIN = timedelta(seconds=10)
SINCE = timedelta(days=4)
"""How long the plan has been going on: there has to be something to draw."""

A_MOMENT = timedelta(seconds=0.5)
SECRET = "only-telegram-knows-this-secret-here"

_WORDS = "Thinking about swimming today"


@dataclass
class Scene:
    """The program, somebody with a plan, and what may hang."""

    folder: Path
    sandbox: Sandbox
    guest: Guest
    hanging: Hanging
    root: str
    port: int

    def say(self, text: str) -> None:
        acts.say(self.sandbox, self.sandbox.chats[self.guest.person.id], self.guest.person, text)

    @asynccontextmanager
    async def program(self, **settings: object) -> AsyncGenerator[Process]:
        """Start the program and wait until it runs."""
        chosen = {"HTTP_PORT": self.port, **settings}
        async with program.started(self.folder, self.root, **chosen) as process:
            await program.is_running(process)
            yield process


State = Callable[[Scene], AbstractAsyncContextManager[Process]]
"""Brings the program into a state, and gives it."""


@pytest.fixture(scope="module")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the database of somebody who has a plan, and lets a model word it."""
    folder = tmp_path_factory.mktemp("at_home")

    async def settle() -> None:
        model, now = ScriptedModel(nursery.answer), SystemClock().now
        async with (
            house.sandbox_only(folder, lambda: now() - SINCE) as rein,
            rein.open(model=model),
        ):
            guest = rein.guest()
            await agree_to_a_plan(guest)
            await guest.until(lambda: "You're set" in guest.last()["text"])

    asyncio.run(settle())
    return folder


@asynccontextmanager
async def starting(scene: Scene) -> AsyncGenerator[Process]:
    scene.hanging.methods = {"getMe"}
    async with program.started(scene.folder, scene.root, HTTP_PORT=scene.port) as process:
        await scene.hanging.met.wait()
        yield process


@asynccontextmanager
async def sending(scene: Scene) -> AsyncGenerator[Process]:
    scene.hanging.methods = {"sendMessage"}
    async with scene.program() as process:
        scene.say("/today")
        await scene.hanging.met.wait()
        yield process


@asynccontextmanager
async def polling(scene: Scene) -> AsyncGenerator[Process]:
    scene.hanging.methods = {"getUpdates"}
    async with scene.program() as process:
        await scene.hanging.met.wait()
        yield process


@asynccontextmanager
async def asking_a_model(scene: Scene) -> AsyncGenerator[Process]:
    model = {"LLM_PROVIDER": "openai-compatible", "LLM_MODEL": "any"}
    async with (
        program.silence() as (root, met),
        scene.program(**model, OPENAI_BASE_URL=f"{root}/v1", REPLY_FIRST_TOKEN_S=60) as process,
    ):
        scene.say(_WORDS)
        await met.wait()
        yield process


@asynccontextmanager
async def tracing(scene: Scene) -> AsyncGenerator[Process]:
    async with (
        program.silence() as (root, met),
        scene.program(OPIK_URL_OVERRIDE=root) as process,
    ):
        scene.say(_WORDS)
        await met.wait()
        yield process


@asynccontextmanager
async def locked(scene: Scene) -> AsyncGenerator[Process]:
    async with scene.program() as process:
        with closing(sqlite3.connect(scene.folder / "rein.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            scene.say("/today")
            await SystemClock().wait(A_MOMENT)
            yield process


@asynccontextmanager
async def locked_in_a_turn(scene: Scene) -> AsyncGenerator[Process]:
    async with asking_a_model(scene) as process:
        with closing(sqlite3.connect(scene.folder / "rein.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            scene.say("/today")
            await SystemClock().wait(A_MOMENT)
            yield process


@asynccontextmanager
async def drawing(scene: Scene) -> AsyncGenerator[Process]:
    async with scene.program() as process:
        scene.say("/stats")
        await scene.guest.until(lambda: "photo" in str(scene.guest.messages()))
        (painter,) = _children(process.pid)
        os.kill(painter, signal.SIGSTOP)
        try:
            scene.say("/stats")
            await _picture_is_on_its_way(scene)
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.kill(painter, signal.SIGKILL)


@asynccontextmanager
async def listening(scene: Scene) -> AsyncGenerator[Process]:
    webhook = {"WEBHOOK_URL": "https://rein.example/updates", "WEBHOOK_SECRET": SECRET}
    async with scene.program(**webhook) as process:
        _, writer = await asyncio.open_connection(LOOPBACK, scene.port)
        head = (
            "POST /updates HTTP/1.1\r\nHost: rein.example\r\nContent-Length: 100\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n\r\n"
        )
        writer.write(head.encode() + b'{"update')
        await writer.drain()
        await SystemClock().wait(A_MOMENT)
        yield process
        writer.close()


async def _picture_is_on_its_way(scene: Scene) -> None:
    question = "SELECT count(*) FROM outbox WHERE kind = 'document' AND state = 'sending'"
    async with asyncio.timeout(program.PATIENCE):
        with closing(sqlite3.connect(scene.folder / "rein.db")) as database:
            while not database.execute(question).fetchone()[0]:
                await SystemClock().wait(A_MOMENT / 10)


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for file in tasks for child in file.read_text().split()]


def _long(state: State) -> object:
    return pytest.param(state, marks=pytest.mark.long)


@pytest.mark.parametrize(
    "state",
    [
        starting,
        sending,
        *map(
            _long, (polling, asking_a_model, tracing, locked, locked_in_a_turn, drawing, listening)
        ),
    ],
    ids=lambda state: state.__name__,
)
async def test_it_ends_in_time_whatever_hangs(state: State, at_home: Path, tmp_path: Path) -> None:
    shutil.copytree(at_home, tmp_path, dirs_exist_ok=True)
    sandbox, hanging, clock = Sandbox(SandboxClock(SystemClock().now)), Hanging(), SystemClock()
    guest = Guest(sandbox, sandbox.add_person("Ada", "en"))
    async with program.served(sandbox, hanging) as root:
        scene = Scene(tmp_path, sandbox, guest, hanging, root, program.free_port())
        async with asyncio.timeout(program.PATIENCE), state(scene) as process:
            began = clock.elapsed()
            process.terminate()
            _, told = await process.communicate()
            took = clock.elapsed() - began

    assert process.returncode == 0, told.decode()[-3000:]
    assert took < WITHIN, told.decode()[-3000:]
    proven("stops", case=state.__name__, slowest=took.total_seconds())


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
async def test_it_ends_in_good_order_while_it_is_still_loaded(
    tmp_path: Path, asked: signal.Signals
) -> None:
    nobody, telling = f"http://{LOOPBACK}:{program.free_port()}", {"PYTHONPROFILEIMPORTTIME": 1}
    async with program.started(tmp_path, nobody, **telling) as process:
        assert process.stderr is not None
        async with asyncio.timeout(program.PATIENCE):
            while b" typer." not in (line := await process.stderr.readline()):
                assert line, "the program ended"  # each line names a module that was loaded
            process.send_signal(asked)
            told = await process.stderr.read()
            await process.wait()

    assert process.returncode == 0, told.decode()[-3000:]
    assert b"Traceback" not in told
