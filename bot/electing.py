"""Electing: of several processes that may send, one does; the others wait to take over."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, NoReturn

from sqlalchemy import URL

from bot.background import beside, unless
from bot.clock import Clock
from storage import line
from storage.line import LineLostError, Seat

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=1)


async def serve(url: URL, clock: Clock, term: Callable[[], Coroutine[Any, Any, None]]) -> NoReturn:
    """Run *term* whenever this process is elected, and cancel it the moment that is in doubt."""
    while True:
        try:
            async with line.seat(url) as seat:
                while not await seat.is_taken():
                    await clock.wait(LOOK_EVERY)
                log.info("elected to send")
                await _hold(seat, clock, term)
        except LineLostError as error:
            log.warning("no election", extra={"error": str(error)})
        await clock.wait(LOOK_EVERY)


async def _hold(seat: Seat, clock: Clock, term: Callable[[], Coroutine[Any, Any, None]]) -> None:
    lost = asyncio.Event()

    async def watch() -> None:
        while await seat.is_kept():
            await clock.wait(LOOK_EVERY)
        log.warning("the seat of the sender is lost")
        lost.set()

    async with beside(watch()):
        await unless(lost, term())
