"""Processes in roles around one PostgreSQL, the proxy in front of them, and their violent ends."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import http, serving
from bot.background import Background
from bot.clock import SystemClock
from bot.sandbox.server import LOOPBACK, Sandbox, SandboxClock, listen, serve
from storage import line
from tests.crash.harness import LONGEST_LIFE
from tests.crash.program import free_port
from tests.scale.member import Wish
from tests.storage.postgres import Server

GOODBYE = timedelta(seconds=3)
UP_WITHIN = 180
INGRESSES, SENDERS = ("ingress 1", "ingress 2"), ("sender 1", "sender 2")
WORKERS = ("worker 1", "worker 2", "worker 3")
EVERYBODY = (*INGRESSES, *WORKERS, *SENDERS)
_WHO_SENDS = """
    SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) + objid::bigint = %s
"""


class TheirClock(SandboxClock):
    """The sandbox's clock, told to every process by a file."""

    def __init__(self, file: Path) -> None:
        super().__init__(SystemClock().now)
        self._file = file
        self.advance(timedelta())

    def advance(self, by: timedelta) -> None:
        """Jump forward, everybody at once."""
        super().advance(by)
        draft = self._file.with_suffix(".new")
        draft.write_text(str(self.offset.total_seconds()))
        draft.replace(self._file)


class Crew:
    """Everybody by name; each is started again in the place of the one that was killed."""

    def __init__(self, folder: Path, server: Server, wish: Wish, ports: dict[str, int]) -> None:
        self.folder = folder
        self._server = server
        self._wish = wish
        self.database = wish.database
        self._ports = ports
        self._alive: dict[str, Process] = {}
        self._proxied = 0

    async def begin(self, *names: str) -> None:
        """Start some, and wait until they work."""
        await asyncio.gather(*map(self._begin, names))

    async def _begin(self, name: str) -> None:
        role, _, _ = name.partition(" ")
        wish = replace(self._wish, role=role, port=self._ports.get(name, 0))
        with (self.folder / f"{name}.log").open("ab") as log:
            self._alive[name] = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.scale.member", str(wish)),
                env={**os.environ, "PGAPPNAME": name},
                stdin=PIPE,
                stdout=PIPE,
                stderr=log,
            )
        await self._says(name, "up")

    async def _says(self, name: str, what: str) -> None:
        out = self._alive[name].stdout
        assert out is not None
        async with asyncio.timeout(UP_WITHIN):
            told = await out.readline()
        assert told.decode().strip() == what, f"{name} is not {what}: see {self.folder}"

    def pid(self, name: str) -> int:
        """Tell the number of somebody's process."""
        return self._alive[name].pid

    async def arm(self, place: str, *names: str) -> None:
        """Have some die at a place; at none, where it is empty."""
        for name in names:
            told = self._alive[name].stdin
            assert told is not None
            told.write(f"{place}\n".encode())
            await self._says(name, "armed")

    async def first_to_die(self, *names: str) -> str:
        """Wait for the violent end of one that carries its death within it; name it.

        The others are spared.
        """
        ends = {asyncio.ensure_future(self._alive[name].wait()): name for name in names}
        done, living = await asyncio.wait(
            ends, timeout=LONGEST_LIFE, return_when=asyncio.FIRST_COMPLETED
        )
        for one in living:
            one.cancel()
        (dead,) = done
        assert dead.result() == -signal.SIGKILL
        del self._alive[ends[dead]]
        await self.arm("", *(ends[one] for one in living))
        return ends[dead]

    async def kill(self, name: str) -> None:
        """Kill -9."""
        process = self._alive.pop(name)
        assert process.returncode is None, f"{name} ended by itself with {process.returncode}"
        process.kill()
        await process.wait()

    async def restart_the_database(self) -> None:
        """Crash PostgreSQL and start it again."""
        await asyncio.to_thread(self._server.stop)
        await asyncio.to_thread(self._server.start)

    async def who_sends(self) -> str:
        """Name the elected sender, as the database knows it; wait for an election."""
        while True:
            (row,) = await self.asked(_WHO_SENDS, line.SEAT_KEY) or [None]
            if row is not None:
                return str(row[0])
            await SystemClock().wait(timedelta(seconds=0.1))

    async def asked(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database."""
        return await asyncio.to_thread(_ask, self.database, question, values)

    def everybody_lives(self) -> bool:
        """Tell whether nobody ended but by a kill."""
        return all(process.returncode is None for process in self._alive.values())

    async def end(self) -> None:
        """Ask everybody to end, and see it."""
        for process in self._alive.values():
            if process.returncode is None:
                process.terminate()
        for process in self._alive.values():
            await process.wait()

    def proxy(self) -> Starlette:
        """Bring each update to one replica in turn, or to the other if it does not answer."""

        async def bring(request: Request) -> Response:
            body = await request.body()
            self._proxied += 1
            ports = list(self._ports.values())
            for port in (ports[self._proxied % 2], ports[1 - self._proxied % 2]):
                try:
                    async with (
                        aiohttp.ClientSession() as client,
                        client.post(
                            f"http://{LOOPBACK}:{port}/updates", data=body, headers=_kept(request)
                        ) as answer,
                    ):
                        return Response(status_code=answer.status)
                except aiohttp.ClientError:
                    continue
            return Response(status_code=502)

        return Starlette(routes=[Route("/updates", bring, methods=["POST"])])


def _ask(database: str, question: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
    """Ask by a thread of one's own, which closes its connection whoever gives up waiting."""
    with psycopg.connect(database.replace("+psycopg", "")) as connection:
        return connection.execute(question.encode(), values).fetchall()


def _kept(request: Request) -> dict[str, str]:
    return {http.SECRET_HEADER: request.headers.get(http.SECRET_HEADER, "")}


@asynccontextmanager
async def working(
    folder: Path, server: Server, names: Sequence[str] = EVERYBODY, **wished: Any
) -> AsyncGenerator[tuple[Crew, Sandbox]]:
    """Serve a sandbox and a proxy, and have some at work, as *wished*."""
    database = server.url.render_as_string(hide_password=False)
    sandbox, world = Sandbox(TheirClock(folder / "ahead")), Background()
    telegram, front = listen(), listen()
    root = f"http://{LOOPBACK}:{telegram.getsockname()[1]}"
    webhook = f"http://{LOOPBACK}:{front.getsockname()[1]}/updates"
    wish = Wish("", root, database, str(folder), webhook, **wished)
    crew = Crew(folder, server, wish, {name: free_port() for name in INGRESSES})
    world.start("sandbox", serve(sandbox, telegram))
    world.start("proxy", serving.serve(crew.proxy(), front))
    try:
        await crew.begin(*names)
        yield crew, sandbox
    finally:
        await crew.end()
        sandbox.close()
        await world.stop(GOODBYE)
