import asyncio

import httpx
import pytest

from bot.sandbox import acts
from bot.sandbox.server import Sandbox
from bot.sandbox.shapes import Json
from bot.sandbox.updates import PollerReplacedError, Updates
from tests.bot.sandbox.conftest import YOU, Ask


def say(sandbox: Sandbox, text: str) -> Json:
    return acts.say(sandbox, sandbox.chats[YOU], sandbox.people[YOU], text)


async def poll(ask: Ask) -> httpx.Response:
    return await ask("getUpdates", timeout=30)


async def received(ask: Ask, **parameters: object) -> list[Json]:
    return (await ask("getUpdates", **parameters)).json()["result"]


async def test_updates_stay_until_an_offset_confirms_them(ask: Ask, sandbox: Sandbox):
    for text in ("one", "two", "three"):
        say(sandbox, text)

    first = await received(ask, limit=2)
    again = await received(ask)
    rest = await received(ask, offset=first[-1]["update_id"] + 1)

    assert [update["message"]["text"] for update in first] == ["one", "two"]
    assert [update["message"]["text"] for update in again] == ["one", "two", "three"]
    assert [update["message"]["text"] for update in rest] == ["three"]
    assert [update["update_id"] - first[0]["update_id"] for update in again] == [0, 1, 2]


async def test_a_negative_offset_keeps_the_last_ones(ask: Ask, sandbox: Sandbox):
    for text in ("one", "two", "three"):
        say(sandbox, text)

    assert [update["message"]["text"] for update in await received(ask, offset=-1)] == ["three"]


async def test_a_long_poll_wakes_for_the_first_update(ask: Ask, sandbox: Sandbox):
    async with asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(received(ask, timeout=30))
        await sandbox.updates.changed()
        say(sandbox, "good morning")

    assert polling.result()[0]["message"]["text"] == "good morning"


async def test_a_second_poller_ends_the_first_with_409(ask: Ask, sandbox: Sandbox):
    async with asyncio.TaskGroup() as tasks:
        older = tasks.create_task(poll(ask))
        await sandbox.updates.changed()
        younger = await ask("getUpdates", timeout=0)

    assert younger.status_code == 200
    assert older.result().status_code == 409
    assert older.result().json()["description"].startswith("Conflict: terminated by other")


async def test_polling_conflicts_with_a_webhook(ask: Ask):
    await ask("setWebhook", url="http://127.0.0.1:1/")
    refused = await ask("getUpdates")
    await ask("deleteWebhook")

    assert refused.status_code == 409
    assert (await ask("getUpdates")).status_code == 200


async def test_only_the_kinds_the_bot_named_are_queued(ask: Ask, sandbox: Sandbox):
    await received(ask, allowed_updates=["edited_message"])
    said = say(sandbox, "draft")
    acts.edit(sandbox, sandbox.people[YOU], said["message_id"], "final")

    updates = await received(ask)

    assert [update["edited_message"]["text"] for update in updates] == ["final"]


async def test_the_webhook_tells_how_it_stands(ask: Ask, sandbox: Sandbox):
    await ask("setWebhook", url="http://127.0.0.1:1/hook", allowed_updates=["message"])
    say(sandbox, "hello")

    told = (await ask("getWebhookInfo")).json()["result"]

    assert told["url"] == "http://127.0.0.1:1/hook"
    assert told["pending_update_count"] == 1
    assert told["allowed_updates"] == ["message"]


async def test_an_empty_poll_ends_with_nothing():
    assert await Updates(first=1).poll(limit=100, timeout=0) == []


async def test_a_poll_that_was_replaced_takes_nothing():
    updates = Updates(first=1)
    async with asyncio.TaskGroup() as tasks:
        older = tasks.create_task(outcome(updates))
        await updates.changed()
        updates.replace_poller()

    assert older.result() == "replaced"


async def outcome(updates: Updates) -> str:
    with pytest.raises(PollerReplacedError):
        await updates.poll(limit=1, timeout=30)
    return "replaced"
