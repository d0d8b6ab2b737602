import json
from collections.abc import AsyncIterator

import httpx

from bot.sandbox.feed import KEPT, Event, Feed
from tests.bot.sandbox.conftest import TOKEN, YOU

SEEN = {"reload", "message", "action", "draft", "edited", "toast", "deleted", "clock"}


async def take(events: AsyncIterator[Event], count: int) -> list[str]:
    return [(await anext(events)).kind for _ in range(count)]


async def test_a_newcomer_reloads_and_then_follows():
    feed = Feed()
    feed.publish("before", {})
    events = feed.follow(None)
    kinds = await take(events, 1)
    feed.publish("after", {})

    assert kinds + await take(events, 1) == ["reload", "after"]


async def test_a_dropped_line_resumes_where_it_stopped():
    feed = Feed()
    key = (await anext(feed.follow(None))).key
    feed.publish("one", {})
    feed.publish("two", {})

    assert await take(feed.follow(key), 2) == ["one", "two"]


async def test_who_missed_too_much_or_comes_from_another_run_reloads():
    feed = Feed()
    key = (await anext(feed.follow(None))).key
    for _ in range(KEPT + 1):
        feed.publish("x", {})

    assert await take(feed.follow(key), 1) == ["reload"]
    assert await take(feed.follow("feed-1"), 1) == ["reload"]
    assert await take(feed.follow("nonsense"), 1) == ["reload"]


async def test_closing_lets_followers_go():
    feed = Feed()
    events = feed.follow(None)
    await anext(events)
    feed.close()

    assert [event async for event in events] == []


async def test_the_page_is_told_of_everything_that_happens(root: str):
    async with (
        httpx.AsyncClient(base_url=root, timeout=10) as client,
        client.stream("GET", "/sandbox/events") as stream,
    ):
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.aiter_lines()
        kinds = {await kind(lines)}
        await act(client)
        while kinds != SEEN:
            kinds.add(await kind(lines))


async def act(client: httpx.AsyncClient) -> None:
    async def ask(method: str, **fields: object) -> httpx.Response:
        return await client.post(f"/bot{TOKEN}/{method}", json={"chat_id": YOU, **fields})

    sent = (await ask("sendMessage", text="x")).json()["result"]["message_id"]
    pressed = await client.post(
        f"/sandbox/people/{YOU}/press", json={"message_id": sent, "data": "d"}
    )
    await ask("answerCallbackQuery", callback_query_id=pressed.json()["query"], text="done")
    await ask("sendChatAction", action="typing")
    await ask("sendMessageDraft", draft_id=1, text="I th")
    await ask("editMessageText", message_id=sent, text="y")
    await ask("deleteMessage", message_id=sent)
    await client.post("/sandbox/clock", json={"advance_s": 60})


async def kind(lines: AsyncIterator[str]) -> str:
    fields: dict[str, str] = {}
    async for line in lines:
        if not line:
            break
        name, _, value = line.partition(": ")
        fields[name] = value
    assert isinstance(json.loads(fields["data"]), dict)
    assert fields["id"]
    return fields["event"]
