import asyncio
from datetime import timedelta

from bot.clock import SystemClock

LONG = timedelta(hours=1)


def test_the_time_of_day_is_in_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta()


async def test_elapsed_time_never_goes_back() -> None:
    clock = SystemClock()
    before = clock.elapsed()

    assert clock.elapsed() >= before


async def test_a_wait_is_over_when_its_time_is() -> None:
    clock = SystemClock()
    for over in (timedelta(milliseconds=1), timedelta(), timedelta(seconds=-5)):
        await clock.wait(over)


async def test_a_wait_is_over_when_it_is_woken() -> None:
    clock, woken = SystemClock(), asyncio.Event()
    asyncio.get_running_loop().call_soon(woken.set)

    await clock.wait(LONG, woken)
    await clock.wait(None, woken)

    assert woken.is_set()
