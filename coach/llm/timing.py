"""How the service tells time and waits; tests pass in a clock of their own."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta


def _elapsed() -> timedelta:
    return timedelta(seconds=time.monotonic())


async def _sleep(pause: timedelta) -> None:
    await asyncio.sleep(pause.total_seconds())


@dataclass(frozen=True, slots=True)
class Timing:
    """Time since some fixed moment, a wait, and a throw of dice from 0 to 1."""

    elapsed: Callable[[], timedelta] = _elapsed
    sleep: Callable[[timedelta], Awaitable[None]] = _sleep
    jitter: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long an answer may take: a stream's first token and all of it, a structured step.

    They count from the request on: waiting for a turn and for another attempt is part of them.
    """

    first_token: timedelta = timedelta(seconds=2.5)
    total: timedelta = timedelta(seconds=12)
    step: timedelta = timedelta(seconds=6)
