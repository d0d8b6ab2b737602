import asyncio
from datetime import datetime, timedelta

import pytest

from bot.sandbox.clock import ClockBackwardsError, SandboxClock
from tests.bot.sandbox.conftest import NOON

HOUR = timedelta(hours=1)


def test_a_jump_moves_the_time():
    clock = SandboxClock(lambda: NOON)
    clock.advance(7 * HOUR)

    assert clock.now() == NOON + 7 * HOUR


def test_the_clock_never_goes_back():
    clock = SandboxClock(lambda: NOON)

    with pytest.raises(ClockBackwardsError):
        clock.advance(timedelta(seconds=-1))
    clock.advance_to(NOON - HOUR)
    assert clock.now() == NOON


async def test_a_journey_without_a_walk_is_a_jump():
    clock = SandboxClock(lambda: NOON)

    assert await clock.travel(HOUR)
    assert clock.now() == NOON + HOUR


@pytest.mark.parametrize("gets_there", [True, False])
async def test_a_journey_walks_and_ends_at_its_moment(gets_there: bool):
    clock = SandboxClock(lambda: NOON)

    async def walk(to: datetime) -> bool:
        assert to == NOON + 2 * HOUR
        clock.advance(HOUR)
        return gets_there

    clock.walk = walk

    assert await clock.travel(2 * HOUR) is gets_there
    assert clock.now() == NOON + 2 * HOUR


async def test_a_journey_waits_for_the_one_before_it():
    clock = SandboxClock(lambda: NOON)
    began: list[datetime] = []

    async def walk(to: datetime) -> bool:
        began.append(clock.now())
        await asyncio.sleep(0)
        return True

    clock.walk = walk
    await asyncio.gather(clock.travel(HOUR), clock.travel(HOUR))

    assert began == [NOON, NOON + HOUR]
    assert clock.now() == NOON + 2 * HOUR
