"""Pictures of figures, drawn as they are sent: no turn waits for one, and none is stored.

Another process draws, because loading the library would hold this one's loop (its imports
keep Python's lock for up to a hundred milliseconds at a time). Words of people are drawn only
where the font has every letter and none runs right to left: others would show as boxes or
backwards. What is in a picture is also told.
"""

import asyncio
import logging
import os
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from datetime import timedelta
from typing import Self

from bot.journey.pictures import Chart

log = logging.getLogger(__name__)

WITHIN = timedelta(seconds=30)
"""How long a chat's letters wait for a picture; the first one waits for the library."""


class Painter:
    """Draws one picture at a time, in a process that starts when needed and ends with the block."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._one_at_a_time = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._end()

    async def draw(self, chart: Chart, language: str) -> bytes:
        """Draw a chart as a PNG; empty when it cannot be done, or not in time."""
        try:
            async with asyncio.timeout(WITHIN.total_seconds()), self._one_at_a_time:
                png, failed = await self._drawn(chart, language)
        except Exception as error:  # the words were said already; a picture is not worth the turn
            png, failed = b"", type(error).__name__
        if failed:
            log.warning("no picture", extra={"error": failed})
        return png

    async def _drawn(self, chart: Chart, language: str) -> tuple[bytes, str]:
        """Ask the process for a picture; if not, it says the kind of error that kept it."""
        if self._process is None or self._process.returncode is not None:
            self._process = await _started()
        to, answers = self._process.stdin, self._process.stdout
        assert to is not None
        assert answers is not None
        try:
            to.write(pickle.dumps((chart, language)))
            await to.drain()
            size, _, failed = (await answers.readline()).decode().strip().partition(" ")
            return await answers.readexactly(int(size)), failed
        except BaseException:
            await self._end()  # what it answers next would be taken for the next picture
            raise

    async def _end(self) -> None:
        """End the process, whatever it is drawing."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):  # it ended by itself
                process.kill()
            await process.wait()


async def _started() -> Process:
    path = os.pathsep.join(sys.path)  # it finds the same modules, wherever we were started
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.drawing.process"),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,  # a traceback could hold somebody's words
        env={**os.environ, "PYTHONPATH": path},
    )
