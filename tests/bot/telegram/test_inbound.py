import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.journey.events import (
    Command,
    Criticised,
    Edited,
    Event,
    Pressed,
    Rated,
    Said,
    SentOther,
    Starred,
    Subject,
    Unknown,
)
from bot.telegram import inbound
from bot.telegram.inbound import Incoming
from tests.bot.fakes import NOON
from tests.bot.telegram.updates import ADA, CHAT, command, membership, message, tap

TURN = "turn"
FILE = {"file_id": "a", "file_unique_id": "b"}
SIZE = {"width": 1, "height": 1}


def read(update: dict[str, Any]) -> Incoming:
    return inbound.read(json.dumps(update).encode(), NOON, TURN, "rein_bot")


def event_of(update: dict[str, Any]) -> Event | None:
    return read(update).event


@pytest.mark.parametrize(
    ("update", "text"),
    [
        pytest.param(message(text="run 10k"), "run 10k", id="text"),
        pytest.param(message(text="run\x00 \ud83d"), "run �", id="unclean"),
        pytest.param(message(text=" \u200b\n"), "", id="blank"),
        pytest.param(
            message(photo=[{**FILE, **SIZE}], caption="my shoes"), "my shoes", id="caption"
        ),
        pytest.param(
            command(
                "/delete",
                forward_origin={"type": "hidden_user", "sender_user_name": "x", "date": 1},
            ),
            "/delete",
            id="forwarded command",
        ),
        pytest.param(message(text="run /today"), "run /today", id="command in the middle"),
    ],
)
def test_words_are_said(update: dict[str, Any], text: str) -> None:
    assert event_of(update) == Said(NOON, TURN, text)


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        pytest.param("/start", "start", "", id="plain"),
        pytest.param("/START  c0de x", "start", "c0de x", id="argument"),
        pytest.param("/start@Rein_Bot c0de", "start", "c0de", id="to us"),
        pytest.param("/start@other_bot", "start@other_bot", "", id="to another bot"),
    ],
)
def test_commands_are_commands(text: str, name: str, argument: str) -> None:
    assert event_of(command(text)) == Command(NOON, TURN, name, argument)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ({"voice": {**FILE, "duration": 1}}, "voice"),
        ({"video_note": {**FILE, "duration": 1, "length": 1}}, "video_note"),
        ({"photo": [{**FILE, **SIZE}]}, "photo"),
        ({"document": FILE}, "document"),
        ({"location": {"longitude": 1.0, "latitude": 1.0}}, "location"),
        ({"contact": {"phone_number": "1", "first_name": "x"}}, "contact"),
        (
            {
                "sticker": {
                    **FILE,
                    **SIZE,
                    "type": "regular",
                    "is_animated": False,
                    "is_video": False,
                }
            },
            "sticker",
        ),
        ({"animation": {**FILE, **SIZE, "duration": 1}, "document": FILE}, "animation"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "dice"),
        ({"video": {**FILE, **SIZE, "duration": 1}}, "video"),
        ({"audio": {**FILE, "duration": 1}}, "audio"),
        ({"poll": {}}, "other"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_words_is_named(content: dict[str, Any], what: str) -> None:
    if what == "other":
        content = {"delete_chat_photo": True}

    assert event_of(message(**content)) == SentOther(NOON, TURN, what)


KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Yes & no", "callback_data": "1:rv:a:ok"}],
        [{"text": "Link", "url": "http://x"}],
    ]
}


def test_a_tap_brings_its_label_and_the_message_as_html() -> None:
    bold = [{"type": "bold", "offset": 0, "length": 3}]

    incoming = read(tap("1:rv:a:ok", text="Run <b> & more", entities=bold, reply_markup=KEYBOARD))

    assert incoming.callback_query_id == "q1"
    assert incoming.event == Pressed(
        NOON, TURN, "rv", "ok", 10, 11, "Yes & no", "<b>Run</b> &lt;b&gt; &amp; more"
    )


@pytest.mark.parametrize(
    ("update", "event"),
    [
        pytest.param(
            tap("1:rt:r7.1:4", text="x"),
            Starred(NOON, TURN, Subject(Rated.RESOLUTION, 7, 1), 4, 11),
            id="stars",
        ),
        pytest.param(
            tap("1:rr:p7.2:ge", text="x"),
            Criticised(NOON, TURN, Subject(Rated.PLAN, 7, 2), "ge", 11, "x"),
            id="a reason",
        ),
        pytest.param(tap("nonsense"), Unknown(NOON, TURN, 11), id="forged"),
        pytest.param(
            tap("1:rv:1:ok", date=0),
            Pressed(NOON, TURN, "rv", "ok", 1, 11),
            id="message too old to be seen",
        ),
        pytest.param(
            {"update_id": 1, "callback_query": {"id": "q", "from": ADA, "chat_instance": "1"}},
            Unknown(NOON, TURN),
            id="on nothing",
        ),
    ],
)
def test_taps_mean_what_their_data_says(update: dict[str, Any], event: Event) -> None:
    assert event_of(update) == event


def test_the_sender_comes_along() -> None:
    incoming = read(message(text="hi"))

    assert (incoming.chat_id, incoming.user_id, incoming.language_code) == (1001, 1001, "de")
    assert incoming.private
    assert incoming.reachable


def test_an_edited_message_brings_its_new_words() -> None:
    edited = {"update_id": 1, "edited_message": message(text="run 5k")["message"]}

    assert event_of(edited) == Edited(NOON, TURN, Said(NOON, TURN, "run 5k"))


def test_an_edit_never_runs_a_command() -> None:
    edited = {"update_id": 1, "edited_message": message(text="/delete")["message"]}

    assert event_of(edited) is None


@pytest.mark.parametrize(("status", "reachable"), [("kicked", False), ("member", True)])
def test_blocking_is_noticed(status: str, reachable: bool) -> None:
    incoming = read(membership(status))

    assert incoming.event is None
    assert incoming.reachable is reachable


@pytest.mark.parametrize(
    "update",
    [
        pytest.param(message(date="yesterday", text="words"), id="date is text"),
        pytest.param(message(text="words", entities=[{"type": "bold"}]), id="entity without place"),
        pytest.param({"update_id": 1, "message": "words"}, id="message is text"),
        pytest.param(
            {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": CHAT}}, id="nobody's"
        ),
    ],
)
def test_what_the_library_cannot_read_is_named_by_its_error_only(update: dict[str, Any]) -> None:
    with pytest.raises(inbound.UpdateUnreadableError) as caught:
        read(update)

    assert "words" not in str(caught.value)
    assert caught.value.__suppress_context__


@given(st.text(st.characters(codec=None, categories=None), max_size=60))
def test_any_text_is_understood_as_words(text: str) -> None:
    said = event_of(message(text=text))

    assert isinstance(said, Said | SentOther)
