import asyncio
import logging
from datetime import timedelta

import pytest

from bot import background
from bot.background import Background

SOON = timedelta(seconds=5)


async def hang() -> None:
    await asyncio.Event().wait()


async def fail() -> None:
    raise RuntimeError("secret words")


async def test_a_failing_task_is_named_and_ends_the_watch(caplog: pytest.LogCaptureFixture) -> None:
    tasks = Background()
    tasks.start("sender", fail())

    with pytest.raises(RuntimeError):
        await tasks.watch()

    record = caplog.records[0]
    assert vars(record)["task"] == "sender"
    assert vars(record)["error"] == "RuntimeError"
    assert "secret" not in caplog.text


async def test_the_first_failure_of_several_owners_ends_the_program() -> None:
    one, other = Background(), Background()
    other.start("listener", fail())

    with pytest.raises(RuntimeError):
        await background.until(asyncio.Event(), one, other)


async def test_a_stop_ends_the_program_without_an_error() -> None:
    stop, tasks = asyncio.Event(), Background()
    tasks.start("listener", hang())
    stop.set()

    await background.until(stop, tasks)
    await tasks.stop(SOON)


async def test_stopping_cancels_everything_and_starts_nothing_more() -> None:
    tasks = Background()
    ended = list[str]()

    async def work(name: str) -> None:
        try:
            await hang()
        finally:
            ended.append(name)
            tasks.start("afterwards", hang())

    for name in ("a", "b"):
        tasks.start(name, work(name))
    await asyncio.sleep(0)
    await tasks.stop(SOON)

    assert sorted(ended) == ["a", "b"]
    assert {task.get_name() for task in asyncio.all_tasks()}.isdisjoint({"a", "b", "afterwards"})


async def test_a_task_that_clings_on_is_named_and_left(caplog: pytest.LogCaptureFixture) -> None:
    tasks, release = Background(), asyncio.Event()

    async def cling() -> None:
        try:
            await hang()
        except asyncio.CancelledError:
            await release.wait()

    tasks.start("clinging", cling())
    await asyncio.sleep(0)
    with caplog.at_level(logging.ERROR):
        await tasks.stop(timedelta())

    assert [vars(record)["task"] for record in caplog.records] == ["clinging"]
    release.set()
    await asyncio.sleep(0)
