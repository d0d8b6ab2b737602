import asyncio
from datetime import datetime, timedelta

import pytest

from bot.sandbox.clock import LONGEST_JOURNEY, ClockBackwardsError, SandboxClock
from tests.bot.sandbox.conftest import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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


async def test_a_journey_without_steps_is_a_jump():
    clock = SandboxClock(lambda: NOON)

    assert await clock.travel(HOUR)
    assert clock.now() == NOON + HOUR


def by_the_hour(clock: SandboxClock) -> list[datetime]:
    """Let something be due every hour; return when it came about."""
    steps: list[datetime] = []

    async def step(to: datetime) -> bool:
        await asyncio.sleep(0)
        if clock.now() + HOUR > to:
            return False
        clock.advance(HOUR)
        steps.append(clock.now())
        return True

    clock.step = step
    return steps


async def test_a_journey_takes_every_step_and_ends_at_its_moment():
    clock = SandboxClock(lambda: NOON)
    steps = by_the_hour(clock)

    assert await clock.travel(2.5 * HOUR)
    assert steps == [NOON + HOUR, NOON + 2 * HOUR]
    assert clock.now() == NOON + 2.5 * HOUR


async def test_a_journey_ends_where_it_arrived_at_what_was_looked_for():
    clock = SandboxClock(lambda: NOON)
    steps = by_the_hour(clock)

    assert await clock.travel(9 * HOUR, lambda: len(steps) == 2)
    assert clock.now() == NOON + 2 * HOUR


async def test_the_rest_of_a_journey_that_takes_too_long_is_jumped_over():
    moments = iter(NOON + n * LONGEST_JOURNEY / 2 for n in range(99))
    clock = SandboxClock(lambda: next(moments))
    steps = 0

    async def step(_: datetime) -> bool:
        nonlocal steps
        steps += 1
        return True

    clock.step = step

    assert not await clock.travel(365 * DAY)
    assert steps < 4
    assert clock.now() > NOON + 365 * DAY


async def test_a_journey_waits_for_the_one_before_it():
    clock = SandboxClock(lambda: NOON)
    steps = by_the_hour(clock)

    await asyncio.gather(clock.travel(2 * HOUR), clock.travel(HOUR))

    assert steps == [NOON + n * HOUR for n in (1, 2, 3)]
    assert clock.now() == NOON + 3 * HOUR
