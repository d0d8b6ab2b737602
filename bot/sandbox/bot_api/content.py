"""What a message holds, read from a call: formatted text and inline keyboards."""

import json
import re
from typing import Any, cast

from bot.sandbox.bot_api import refusals
from bot.sandbox.bot_api.call import Call
from bot.sandbox.shapes import Json, utf16_length
from bot.sandbox.text import entities, html

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
BUTTON_LIMIT = 100
DATA_BYTES = 64
_BUTTON_URL = re.compile(r"(?:https?|tg)://\S+")


def text(call: Call) -> Json:
    """Read the text of a message."""
    if not call.text("text"):
        raise refusals.bad_request("message text is empty")
    read = _formatted(call, "text", "entities")
    if not read["text"]:
        raise refusals.bad_request("text must be non-empty")
    if utf16_length(read["text"]) > TEXT_LIMIT:
        raise refusals.bad_request("message is too long")
    return read


def draft(call: Call) -> Json:
    """Read the text of a draft; an empty one says that the bot is thinking."""
    return text(call) if call.text("text") else {"text": ""}


def caption(call: Call) -> Json:
    """Read a caption, if there is one."""
    read = _formatted(call, "caption", "caption_entities")
    if utf16_length(read.get("caption", "")) > CAPTION_LIMIT:
        raise refusals.bad_request("message caption is too long")
    return read if read.get("caption") else {}


def _formatted(call: Call, name: str, entities_name: str) -> Json:
    source, mode = call.text(name), call.text("parse_mode").lower()
    given: list[Json] = []
    if mode == "html":
        try:
            source, given = html.parse(source)
        except html.MarkupError as error:
            raise refusals.bad_request(f"can't parse entities: {error.reason}") from None
    elif mode:
        raise refusals.bad_request("unsupported parse_mode")
    else:
        given = _given_entities(call, entities_name)
    plain, found = entities.complete(source, given)
    return {name: plain, entities_name: found} if found else {name: plain}


def _given_entities(call: Call, name: str) -> list[Json]:
    given = call.objects(name, "can't parse MessageEntity")
    for entity in given:
        numbers = (entity.get("offset"), entity.get("length"))
        if "type" not in entity or not all(isinstance(number, int) for number in numbers):
            raise refusals.bad_request("can't parse MessageEntity")
    return given


def keyboard(call: Call) -> Json | None:
    """Read the inline keyboard; None when there is none."""
    markup: Any = call.structure("reply_markup", "can't parse reply keyboard markup JSON object")
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise refusals.bad_request("object expected as reply markup")
    rows: Any = cast(Json, markup).get("inline_keyboard")
    if not isinstance(rows, list):
        raise refusals.bad_request("the sandbox knows inline keyboards only")
    checked = [[_button(button) for button in _row(row)] for row in cast(list[Any], rows)]
    if sum(map(len, checked)) > BUTTON_LIMIT:
        raise refusals.bad_request("REPLY_MARKUP_TOO_LONG")
    shown = [row for row in checked if row]
    return {"inline_keyboard": shown} if shown else None


def _row(row: Any) -> list[Any]:
    if not isinstance(row, list):
        raise refusals.bad_request(
            "can't parse inline keyboard: inline keyboard row must be an Array"
        )
    return cast(list[Any], row)


def _button(value: Any) -> Json:
    if not isinstance(value, dict):
        raise refusals.bad_request(
            "can't parse inline keyboard button: inline keyboard button must be an Object"
        )
    button = cast(Json, value)
    label = button.get("text")
    if not isinstance(label, str) or not label.strip():
        raise refusals.bad_request(
            "can't parse inline keyboard button: Can't find field \"text\""
            if label is None
            else "inline keyboard button text must be non-empty"
        )
    if "callback_data" in button:
        _check_callback_data(button["callback_data"])
    elif "url" in button:
        _check_url(button["url"])
    else:
        raise refusals.bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    return button


def _check_callback_data(value: Any) -> None:
    fits = isinstance(value, str) and 1 <= len(value.encode()) <= DATA_BYTES
    if not fits:
        raise refusals.bad_request("BUTTON_DATA_INVALID")


def _check_url(value: Any) -> None:
    if not _BUTTON_URL.fullmatch(str(value)):
        shown = json.dumps(value)
        raise refusals.bad_request(
            f"inline keyboard button URL {shown} is invalid: Wrong HTTP URL specified"
        )
