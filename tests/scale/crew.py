"""Processes in roles around one PostgreSQL, the proxy in front of them, and their violent ends."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
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
from tests.crash.program import free_port
from tests.scale.member import Wish
from tests.storage.postgres import Server

GOODBYE = timedelta(seconds=3)
UP_WITHIN = 60
NAMES = ("ingress 1", "ingress 2", "worker 1", "worker 2", "worker 3", "sender 1", "sender 2")
_WHO_SENDS = """
    SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) + objid::bigint = %s
"""


class Crew:
    """Everybody by name; each is started again in the place of the one that was killed."""

    def __init__(self, folder: Path, server: Server, wish: Wish, ports: dict[str, int]) -> None:
        self._folder = folder
        self._server = server
        self._wish = wish
        self._ports = ports
        self._alive: dict[str, Process] = {}
        self._proxied = 0

    async def begin(self, *names: str) -> None:
        """Start some, and wait until they work."""
        await asyncio.gather(*map(self._begin, names))

    async def _begin(self, name: str) -> None:
        role, _, _ = name.partition(" ")
        wish = replace(self._wish, role=role, port=self._ports.get(name, 0))
        with (self._folder / f"{name}.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.scale.member", str(wish)),
                env={**os.environ, "PGAPPNAME": name},
                stdout=PIPE,
                stderr=log,
            )
        self._alive[name] = process
        assert process.stdout is not None
        async with asyncio.timeout(UP_WITHIN):
            told = await process.stdout.readline()
        assert told == b"up\n", f"{name} did not come up: see {self._folder}"

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
        place = self._wish.database.replace("+psycopg", "")
        async with await psycopg.AsyncConnection.connect(place) as connection:
            return await (await connection.execute(question.encode(), values)).fetchall()

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


def _kept(request: Request) -> dict[str, str]:
    return {http.SECRET_HEADER: request.headers.get(http.SECRET_HEADER, "")}


@asynccontextmanager
async def working(
    folder: Path, server: Server, database: str
) -> AsyncGenerator[tuple[Crew, Sandbox]]:
    """Serve a sandbox and a proxy, and have everybody at work."""
    sandbox, world = Sandbox(SandboxClock(SystemClock().now)), Background()
    telegram, front = listen(), listen()
    root = f"http://{LOOPBACK}:{telegram.getsockname()[1]}"
    webhook = f"http://{LOOPBACK}:{front.getsockname()[1]}/updates"
    wish = Wish("", root, database, str(folder / "master.key"), webhook)
    crew = Crew(folder, server, wish, {name: free_port() for name in NAMES[:2]})
    world.start("sandbox", serve(sandbox, telegram))
    world.start("proxy", serving.serve(crew.proxy(), front))
    try:
        await crew.begin(*NAMES)
        yield crew, sandbox
    finally:
        await crew.end()
        sandbox.close()
        await world.stop(GOODBYE)
