import asyncio
from datetime import timedelta

import pytest

from bot.sandbox.clock import ClockBackwardsError, SandboxClock
from tests.bot.sandbox.conftest import NOON


async def test_a_jump_moves_the_time_and_wakes_those_who_wait():
    clock = SandboxClock(lambda: NOON)
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(clock.moved())
        await asyncio.sleep(0)
        clock.advance(timedelta(hours=7))
        await waiting

    assert clock.now() == NOON + timedelta(hours=7)


def test_the_clock_never_goes_back():
    clock = SandboxClock(lambda: NOON)

    with pytest.raises(ClockBackwardsError):
        clock.advance(timedelta(seconds=-1))
    assert clock.now() == NOON
