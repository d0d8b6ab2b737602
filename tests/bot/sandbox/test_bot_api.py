from typing import Any

import httpx
import pytest

from bot.sandbox import acts
from bot.sandbox.server import Sandbox
from bot.sandbox.shapes import Json
from tests.bot.sandbox.conftest import TOKEN, YOU, Ask


def keyboard(*buttons: Any) -> Json:
    return {"inline_keyboard": [list(buttons)]}


def tap(label: str, data: str) -> Json:
    return {"text": label, "callback_data": data}


REFUSED = {
    "no chat": ("sendMessage", {"text": "x"}, "chat_id is empty"),
    "unknown chat": ("sendMessage", {"chat_id": 7, "text": "x"}, "chat not found"),
    "chat by name": ("sendMessage", {"chat_id": "@x", "text": "x"}, "chat not found"),
    "no text": ("sendMessage", {"chat_id": YOU}, "message text is empty"),
    "blank text": ("sendMessage", {"chat_id": YOU, "text": " \n"}, "text must be non-empty"),
    "4,097 units": ("sendMessage", {"chat_id": YOU, "text": "x" * 4097}, "message is too long"),
    "2,049 emoji": ("sendMessage", {"chat_id": YOU, "text": "💪" * 2049}, "message is too long"),
    "bad HTML": (
        "sendMessage",
        {"chat_id": YOU, "text": "<b>x", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    "another parse mode": (
        "sendMessage",
        {"chat_id": YOU, "text": "x", "parse_mode": "Wiki"},
        "unsupported parse_mode",
    ),
    "entities that are no objects": (
        "sendMessage",
        {"chat_id": YOU, "text": "x", "entities": [1]},
        "can't parse MessageEntity",
    ),
    "markup that is no JSON": (
        "sendMessage",
        {"chat_id": YOU, "text": "x", "reply_markup": "{"},
        "can't parse reply keyboard markup JSON object",
    ),
    "markup that is no object": (
        "sendMessage",
        {"chat_id": YOU, "text": "x", "reply_markup": [1]},
        "object expected as reply markup",
    ),
    "keyboard without rows": (
        "sendMessage",
        {"chat_id": YOU, "text": "x", "reply_markup": {"inline_keyboard": [tap("a", "b")]}},
        "can't parse inline keyboard: inline keyboard row must be an Array",
    ),
    "65 bytes of data": (
        "sendMessage",
        {"chat_id": YOU, "text": "x", "reply_markup": keyboard(tap("a", "é" * 32 + "x"))},
        "BUTTON_DATA_INVALID",
    ),
    "empty data": (
        "sendMessage",
        {"chat_id": YOU, "text": "x", "reply_markup": keyboard(tap("a", ""))},
        "BUTTON_DATA_INVALID",
    ),
    "button that does nothing": (
        "sendMessage",
        {"chat_id": YOU, "text": "x", "reply_markup": keyboard({"text": "a"})},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    "button without text": (
        "sendMessage",
        {"chat_id": YOU, "text": "x", "reply_markup": keyboard({"callback_data": "a"})},
        "can't parse inline keyboard button: Can't find field \"text\"",
    ),
    "button with a bad link": (
        "sendMessage",
        {"chat_id": YOU, "text": "x", "reply_markup": keyboard({"text": "a", "url": "x y"})},
        'inline keyboard button URL "x y" is invalid: Wrong HTTP URL specified',
    ),
    "101 buttons": (
        "sendMessage",
        {"chat_id": YOU, "text": "x", "reply_markup": keyboard(*[tap("a", "b")] * 101)},
        "REPLY_MARKUP_TOO_LONG",
    ),
    "draft without an id": (
        "sendMessageDraft",
        {"chat_id": YOU, "draft_id": 0, "text": "x"},
        "DRAFT_ID_INVALID",
    ),
    "unknown action": (
        "sendChatAction",
        {"chat_id": YOU, "action": "dancing"},
        "wrong parameter action in request",
    ),
    "photo that is none": ("sendPhoto", {"chat_id": YOU}, "there is no photo in the request"),
    "photo by a foreign id": (
        "sendPhoto",
        {"chat_id": YOU, "photo": "abc"},
        "wrong file identifier/HTTP URL specified",
    ),
    "photo from the web": (
        "sendPhoto",
        {"chat_id": YOU, "photo": "https://a.org/x.png"},
        "failed to get HTTP URL content",
    ),
    "edit of nothing": (
        "editMessageText",
        {"chat_id": YOU, "message_id": 1, "text": "x"},
        "message to edit not found",
    ),
    "deletion of nothing": (
        "deleteMessage",
        {"chat_id": YOU, "message_id": 1},
        "message to delete not found",
    ),
    "reaction to nothing": (
        "setMessageReaction",
        {"chat_id": YOU, "message_id": 1},
        "message to react not found",
    ),
    "answer to no tap": (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    "answer of 201 characters": (
        "answerCallbackQuery",
        {"callback_query_id": "1", "text": "x" * 201},
        "MESSAGE_TOO_LONG",
    ),
    "entities that are no list": (
        "sendMessage",
        {"chat_id": YOU, "text": "x", "entities": {"type": "bold"}},
        "can't parse MessageEntity",
    ),
    "updates that are no list": (
        "getUpdates",
        {"allowed_updates": 5},
        "can't parse allowed_updates JSON object",
    ),
    "leaving a person": ("leaveChat", {"chat_id": YOU}, "can't leave private chats"),
    "command in capitals": (
        "setMyCommands",
        {"commands": [{"command": "Start", "description": "x"}]},
        "BOT_COMMAND_INVALID",
    ),
    "command without description": (
        "setMyCommands",
        {"commands": [{"command": "start", "description": ""}]},
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    "description too long": (
        "setMyDescription",
        {"description": "x" * 513},
        "description is too long",
    ),
    "webhook to nowhere": (
        "setWebhook",
        {"url": "nowhere"},
        "bad webhook: invalid webhook URL specified",
    ),
    "webhook secret with spaces": (
        "setWebhook",
        {"url": "http://127.0.0.1:1/", "secret_token": "a b"},
        "secret token contains unallowed characters",
    ),
}


@pytest.mark.parametrize(
    ("method", "parameters", "reason"), REFUSED.values(), ids=[*REFUSED.keys()]
)
async def test_what_telegram_refuses_is_refused(
    ask: Ask, method: str, parameters: Json, reason: str
):
    answer = await ask(method, **parameters)

    assert answer.status_code == 400
    assert answer.json() == {
        "ok": False,
        "error_code": 400,
        "description": f"Bad Request: {reason}",
    }


@pytest.mark.parametrize(
    ("path", "code", "description"),
    [
        ("/botx/getMe", 404, "Not Found"),
        ("/bot1:short/getMe", 401, "Unauthorized"),
        (f"/bot{TOKEN}/getNothing", 404, "Not Found"),
    ],
    ids=["no token", "wrong token", "unknown method"],
)
async def test_a_wrong_address_is_refused(
    client: httpx.AsyncClient, path: str, code: int, description: str
):
    answer = await client.get(path)

    assert answer.status_code == code
    assert answer.json() == {"ok": False, "error_code": code, "description": description}


async def test_query_form_json_and_multipart_say_the_same(client: httpx.AsyncClient):
    url = f"/bot{TOKEN}/sendMessage"
    fields = {"chat_id": str(YOU), "text": "héllo"}
    answers = [
        await client.get(url, params=fields),
        await client.post(url, data=fields),
        await client.post(url, json={"chat_id": YOU, "text": "héllo"}),
        await client.post(url, files={name: (None, value) for name, value in fields.items()}),
    ]

    assert [answer.json()["result"]["text"] for answer in answers] == ["héllo"] * 4


async def test_a_text_of_4096_units_after_parsing_passes(ask: Ask):
    answer = await ask("sendMessage", chat_id=YOU, text=f"<b>{'x' * 4096}</b>", parse_mode="html")

    assert answer.json()["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


async def test_a_person_who_blocked_the_bot_hears_nothing(ask: Ask, sandbox: Sandbox):
    acts.block(sandbox, sandbox.people[YOU], blocked=True)

    for method in ("sendMessage", "sendChatAction", "sendMessageDraft"):
        answer = await ask(method, chat_id=YOU, text="x", action="typing", draft_id=1)
        assert answer.json()["description"] == "Forbidden: bot was blocked by the user"
        assert answer.status_code == 403


async def test_an_edit_changes_the_message_and_drops_a_keyboard_it_does_not_name(ask: Ask):
    markup = keyboard(tap("a", "b"))
    sent = (await ask("sendMessage", chat_id=YOU, text="x", reply_markup=markup)).json()["result"]
    where = {"chat_id": YOU, "message_id": sent["message_id"]}

    same = await ask("editMessageText", **where, text="x", reply_markup=markup)
    edited = (await ask("editMessageText", **where, text="y")).json()["result"]
    again = await ask("editMessageReplyMarkup", **where)

    assert "message is not modified" in same.json()["description"]
    assert edited["text"] == "y"
    assert "reply_markup" not in edited
    assert edited["edit_date"] == sent["date"]
    assert "message is not modified" in again.json()["description"]


async def test_the_bot_cannot_edit_what_a_person_wrote(ask: Ask, sandbox: Sandbox):
    said = acts.say(sandbox, sandbox.chats[YOU], sandbox.people[YOU], "mine")

    answer = await ask("editMessageText", chat_id=YOU, message_id=said["message_id"], text="x")

    assert answer.json()["description"] == "Bad Request: message can't be edited"


async def test_a_message_is_deleted_once(ask: Ask):
    sent = (await ask("sendMessage", chat_id=YOU, text="x")).json()["result"]
    where = {"chat_id": YOU, "message_id": sent["message_id"]}

    assert (await ask("deleteMessage", **where)).json()["result"] is True
    assert (await ask("deleteMessage", **where)).status_code == 400


async def test_a_reaction_is_kept_and_only_known_ones(ask: Ask, sandbox: Sandbox):
    said = acts.say(sandbox, sandbox.chats[YOU], sandbox.people[YOU], "done!")
    where = {"chat_id": YOU, "message_id": said["message_id"]}
    fire = {"type": "emoji", "emoji": "🔥"}

    await ask("setMessageReaction", **where, reaction=[fire])
    refused = await ask("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "x"}])

    assert sandbox.chats[YOU].since(0)[0]["reactions"] == [fire]
    assert refused.json()["description"] == "Bad Request: REACTION_INVALID"
