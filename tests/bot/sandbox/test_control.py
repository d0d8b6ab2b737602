from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from bot.sandbox.samples import KINDS
from bot.sandbox.server import Sandbox
from bot.sandbox.shapes import Json
from tests.bot.sandbox.conftest import YOU, Ask


async def post(client: httpx.AsyncClient, path: str, **body: Any) -> Any:
    answer = await client.post(f"/sandbox{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def updates(ask: Ask) -> list[Json]:
    return (await ask("getUpdates")).json()["result"]


async def test_one_person_is_there_from_the_start(client: httpx.AsyncClient):
    world = (await client.get("/sandbox/world")).json()

    assert [(one["id"], one["first_name"]) for one in world["people"]] == [(YOU, "You")]
    assert world["bot"]["first_name"] == "Rein"


async def test_people_are_added_with_an_id_of_ours_or_theirs(client: httpx.AsyncClient):
    ours = await post(client, "/people", first_name="Mina", language_code="de")
    theirs = await post(client, "/people", id=77, first_name="Tom", language_code="en")
    renamed = await post(client, "/people", id=77, first_name="Tomás", language_code="es")
    said = await post(client, "/people/77/say", text="hola")

    assert ours == {"id": YOU + 1}
    assert theirs == renamed == {"id": 77}
    assert said["from"]["first_name"] == said["chat"]["first_name"] == "Tomás"


async def test_what_is_said_reaches_the_bot_in_telegrams_shape(client: httpx.AsyncClient, ask: Ask):
    said = await post(client, f"/people/{YOU}/say", text="/start now")
    [update] = await updates(ask)

    assert update["message"] == said
    assert said["from"]["is_bot"] is False
    assert said["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_a_long_text_arrives_as_several_messages(client: httpx.AsyncClient, ask: Ask):
    await post(client, f"/people/{YOU}/say", text="x" * 5000)

    assert [len(update["message"]["text"]) for update in await updates(ask)] == [4096, 904]


@pytest.mark.parametrize("kind", KINDS)
async def test_things_that_are_no_text_can_be_sent(client: httpx.AsyncClient, kind: str):
    sent = await post(client, f"/people/{YOU}/send", kind=kind, caption="look")

    assert kind in sent
    assert ("caption" in sent) == (kind in {"photo", "voice", "document"})


async def test_edits_and_forwards_reach_the_bot(client: httpx.AsyncClient, ask: Ask):
    said = await post(client, f"/people/{YOU}/say", text="runn")
    await post(client, f"/people/{YOU}/edit", message_id=said["message_id"], text="run")
    await post(client, f"/people/{YOU}/forward", text="not mine")
    _, edited, forwarded = await updates(ask)

    assert edited["edited_message"]["text"] == "run"
    assert "edit_date" in edited["edited_message"]
    assert forwarded["message"]["forward_origin"]["type"] == "hidden_user"


async def test_a_tap_carries_its_message_and_gets_its_answer(client: httpx.AsyncClient, ask: Ask):
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    sent = (await ask("sendMessage", chat_id=YOU, text="?", reply_markup=markup)).json()["result"]
    pressed = await post(
        client, f"/people/{YOU}/press", message_id=sent["message_id"], data="forged"
    )
    [update] = await updates(ask)
    query = update["callback_query"]
    once = await ask("answerCallbackQuery", callback_query_id=query["id"], text="ok")
    twice = await ask("answerCallbackQuery", callback_query_id=query["id"])

    assert pressed == {"query": query["id"]}
    assert query["message"] == sent
    assert query["data"] == "forged"
    assert once.json()["result"] is True
    assert twice.status_code == 400


async def test_a_tap_can_be_answered_too_late(client: httpx.AsyncClient, ask: Ask):
    sent = (await ask("sendMessage", chat_id=YOU, text="?")).json()["result"]
    pressed = await post(client, f"/people/{YOU}/press", message_id=sent["message_id"], data="y")
    await post(client, "/clock", advance_s=3600)

    late = await ask("answerCallbackQuery", callback_query_id=pressed["query"])

    assert late.json()["description"].startswith("Bad Request: query is too old")


async def test_blocking_tells_the_bot_and_closes_the_chat(client: httpx.AsyncClient, ask: Ask):
    await post(client, f"/people/{YOU}/block")
    silent = await client.post(f"/sandbox/people/{YOU}/say", json={"text": "x"})
    await post(client, f"/people/{YOU}/unblock")
    statuses = [
        (
            one["my_chat_member"]["old_chat_member"]["status"],
            one["my_chat_member"]["new_chat_member"]["status"],
        )
        for one in await updates(ask)
    ]

    assert silent.status_code == 409
    assert statuses == [("member", "kicked"), ("kicked", "member")]


async def test_messages_are_listed_in_their_present_form(client: httpx.AsyncClient, ask: Ask):
    first = await post(client, f"/people/{YOU}/say", text="hi")
    sent = (await ask("sendMessage", chat_id=YOU, text="a")).json()["result"]
    where = {"chat_id": YOU, "message_id": sent["message_id"]}
    await ask("editMessageText", **where, text="b")

    path = f"/sandbox/people/{YOU}/messages"
    listed = (await client.get(path)).json()
    later = (await client.get(path, params={"after": first["message_id"]})).json()

    assert [message["text"] for message in listed] == ["hi", "b"]
    assert later == listed[1:]
    assert [message["from"]["is_bot"] for message in listed] == [False, True]


async def test_a_group_has_members_and_the_bot_can_leave_it(client: httpx.AsyncClient, ask: Ask):
    group = (await post(client, "/groups", title="Runners", people=[YOU]))["id"]
    await post(client, f"/groups/{group}/say", text="hello all")
    joined, founded, said = await updates(ask)
    await ask("leaveChat", chat_id=group)
    refused = await ask("sendMessage", chat_id=group, text="x")
    listed = (await client.get(f"/sandbox/groups/{group}/messages")).json()

    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert founded["message"]["group_chat_created"] is True
    assert said["message"]["chat"] == {"id": group, "title": "Runners", "type": "group"}
    assert refused.status_code == 403
    assert len(listed) == 2


async def test_the_clock_jumps_and_dates_follow(client: httpx.AsyncClient, sandbox: Sandbox):
    before = await post(client, f"/people/{YOU}/say", text="now")
    told = await post(client, "/clock", advance_s=7200)
    after = await post(client, f"/people/{YOU}/say", text="later")

    assert told == {"now": "2026-11-23T14:00:00+00:00", "offset_s": 7200}
    assert (await client.get("/sandbox/clock")).json() == told
    assert after["date"] - before["date"] == 7200
    assert sandbox.clock.now().hour == 14


async def test_the_clock_goes_no_further_than_the_next_message_if_asked_so(
    client: httpx.AsyncClient, sandbox: Sandbox
):
    chat = sandbox.chats[YOU]

    async def step(_: datetime) -> bool:
        sandbox.clock.advance(timedelta(hours=1))
        if sandbox.clock.now().hour == 15:
            sandbox.post(chat, sandbox.bot(), {"text": "How did it go?"})
        return True

    sandbox.clock.step = step
    told = await post(client, "/clock", advance_s=86400, to_message=True)

    assert told["now"] == "2026-11-23T15:00:00+00:00"


async def test_chats_forget_their_oldest_messages(client: httpx.AsyncClient, sandbox: Sandbox):
    chat, person = sandbox.chats[YOU], sandbox.people[YOU]
    for number in range(2_010):
        sandbox.post(chat, person.user(), {"text": str(number)})

    listed = (await client.get(f"/sandbox/people/{YOU}/messages")).json()

    assert len(listed) == 2_000
    assert listed[0]["text"] == "10"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/people", {}, 400),
        ("/people", {"first_name": "x", "id": "7"}, 400),
        ("/people", {"first_name": "x", "id": -7}, 400),
        ("/people/5/say", {"text": "x"}, 404),
        ("/people/me/say", {"text": "x"}, 404),
        (f"/people/{YOU}/say", {"text": " "}, 400),
        (f"/people/{YOU}/send", {"kind": "elephant"}, 400),
        (f"/people/{YOU}/edit", {"message_id": 1, "text": "x"}, 404),
        (f"/people/{YOU}/press", {"message_id": 1, "data": "x"}, 404),
        ("/groups", {"title": "x", "people": []}, 400),
        ("/groups/-9/say", {"text": "x"}, 404),
        ("/clock", {"advance_s": -1}, 400),
        ("/clock", {"advance_s": True}, 400),
        ("/clock", {}, 400),
    ],
)
async def test_control_requests_that_make_no_sense_are_refused(
    client: httpx.AsyncClient, path: str, body: Json, status: int
):
    answer = await client.post(f"/sandbox{path}", json=body)

    assert answer.status_code == status
    assert answer.json()["error"]


async def test_a_body_that_is_no_object_is_refused(client: httpx.AsyncClient):
    assert (await client.post("/sandbox/clock", content=b"[1")).status_code == 400


async def test_a_draft_is_stopped_once_and_only_where_the_bot_allows_it(
    client: httpx.AsyncClient, ask: Ask
):
    stop = f"/sandbox/people/{YOU}/stop"
    await ask("sendMessageDraft", chat_id=YOU, draft_id=3, text="I th")
    refused = await client.post(stop)
    await ask("sendMessageDraft", chat_id=YOU, draft_id=4, text="I th", can_stop=True)
    await client.post(stop)
    again = await client.post(stop)

    assert (refused.status_code, again.status_code) == (404, 404)
    [update] = await updates(ask)
    stopped = update["stopped_message_generation"]
    assert (stopped["chat"]["id"], stopped["draft_id"]) == (YOU, 4)
