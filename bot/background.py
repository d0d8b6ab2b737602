"""Tasks with an owner: named, never forgotten, stopped together.

A task that fails is a fault of ours. It is logged by its name and the kind of its error,
and ends the program through `watch`: a restart from the stored state is safer than a bot
that has silently lost one of its loops.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, TypeVar

log = logging.getLogger(__name__)
T = TypeVar("T")


class Background:
    """The tasks that run beside the main one."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._failed = asyncio.Event()
        self._failure: BaseException | None = None
        self._stopping = False

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Run *work* until it is done; once we are stopping, drop it instead."""
        if self._stopping:
            work.close()
            return
        task = asyncio.create_task(work, name=name)  # noqa: TID251 - this is the owner
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def watch(self) -> None:
        """Wait until a task fails, and raise its error."""
        await self._failed.wait()
        if self._failure:
            raise self._failure

    async def stop(self, within: timedelta) -> None:
        """Cancel every task and wait for their ends; a task that clings on is named and left."""
        self._stopping = True
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            _, clinging = await asyncio.wait(tasks, timeout=within.total_seconds())
            for task in clinging:
                log.error("task still running at stop", extra={"task": task.get_name()})

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        failure = task.exception()
        if failure:
            kind = type(failure).__name__
            log.error("task failed", extra={"task": task.get_name(), "error": kind})
            self._failure = self._failure or failure
            self._failed.set()


async def until(stop: asyncio.Event, *backgrounds: Background) -> None:
    """Wait until *stop* is set, or raise the error of the first task that fails."""
    waiting = [stop.wait(), *(background.watch() for background in backgrounds)]
    tasks = {asyncio.ensure_future(one) for one in waiting}
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Do *work* until it ends, or until *stop* is set: then it is cancelled, and waited for.

    Its error is raised, also one that it met while it cleaned up.
    """
    tasks = working, _ = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    if not working.cancelled():
        working.result()


@asynccontextmanager
async def beside(work: Coroutine[Any, Any, T]) -> AsyncGenerator[asyncio.Task[T]]:
    """Do *work* beside the block: it is over, or cancelled and over, when the block is left."""
    task = asyncio.ensure_future(work)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # whoever wanted it has awaited it
