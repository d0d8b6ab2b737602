"""What came in, as the journey understands it: a raw update becomes an event.

Pure, and the place where Telegram's own reading of messages is used: entities, captions,
forwards. Words are cleaned here; nothing downstream sees them raw.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import CallbackQuery, ChatMember, Message, MessageEntity, Update

from bot import callback_data, cleaning
from bot.callback_data import About, OfSubject, Reason, Stars, Tap
from bot.journey.events import (
    Command,
    Criticised,
    Edited,
    Event,
    OccasionTapped,
    Pressed,
    Said,
    SentOther,
    Starred,
    SubjectTapped,
    Unknown,
)

OTHERS = (
    "voice", "video_note", "photo", "location", "contact", "sticker", "animation", "document",
    "dice", "video", "audio",
)  # fmt: skip
"""What else a message can be. An animation is also a document, so it comes first."""


Rows = Sequence[Sequence[Mapping[str, Any]]]
Buttons = Mapping[str | None, str]
"""What the buttons under a tapped message say, by their data; None for those that open a page."""


class UpdateUnreadableError(Exception):
    """Telegram sent what its own library cannot read; *kind* names the error, never the words."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Incoming:
    """Who it is from and what happened; no *event* means that nothing is to be done.

    *reachable* is False once the person has blocked the bot, and True while they write.
    """

    chat_id: int
    user_id: int
    language_code: str | None
    private: bool
    event: Event | None
    callback_query_id: str | None = None
    reachable: bool = True


def read(body: bytes, at: datetime, turn: str, username: str | None = None) -> Incoming:
    """Read one stored update, or raise UpdateUnreadableError.

    A command for another bot than *username* is none that we know.
    """
    try:
        told = json.loads(body)
        buttons = _take_out_buttons(told)
        return _read(Update.de_json(told), buttons, at, turn, username)
    except Exception as error:  # the library raises whatever its parsing stumbles over
        raise UpdateUnreadableError(type(error).__name__) from None


def _take_out_buttons(told: dict[str, Any]) -> Buttons:
    """Take the tapped message's buttons out: as objects they are half the work of reading it."""
    message = _under(_under(told, "callback_query"), "message")
    markup = _under(message, "reply_markup")
    message["reply_markup"] = None
    rows: Rows = markup.get("inline_keyboard", ())
    return {button.get("callback_data"): button["text"] for row in rows for button in row}


def _under(told: dict[str, Any], name: str) -> dict[str, Any]:
    """Return what is under *name*; nothing if it is not there."""
    return told.get(name) or {}


def _read(
    update: Update, buttons: Buttons, at: datetime, turn: str, username: str | None
) -> Incoming:
    user, chat = update.effective_user, update.effective_chat
    if user is None:
        raise UpdateUnreadableError("NoSender")
    member, query = update.my_chat_member, update.callback_query
    event = None
    if query:
        event = _tap(query, buttons, at, turn)
    elif update.message:
        event = _message(update.message, at, turn, username)
    elif update.edited_message:
        event = _edit(update.edited_message, at, turn)
    return Incoming(
        chat_id=chat.id if chat else user.id,
        user_id=user.id,
        language_code=user.language_code,
        private=chat is None or chat.type == chat.PRIVATE,
        event=event,
        callback_query_id=query.id if query else None,
        reachable=member is None or member.new_chat_member.status != ChatMember.BANNED,
    )


def _message(message: Message, at: datetime, turn: str, username: str | None) -> Event:
    text = message.text or message.caption or ""
    if message.text and message.forward_origin is None and (written := _command(message)):
        name, mention, argument = written
        if mention and username and mention.lower() != username.lower():
            name = f"{name}@{mention}"
        return Command(at, turn, name, cleaning.clean(argument))
    if not text:
        what = next((kind for kind in OTHERS if getattr(message, kind)), "other")
        return SentOther(at, turn, what)
    return _said(message, at, turn)


def _said(message: Message, at: datetime, turn: str) -> Said:
    words = cleaning.clean(message.text or message.caption or "")
    return Said(at, turn, "" if cleaning.is_blank(words) else words, message=message.message_id)


def _edit(message: Message, at: datetime, turn: str) -> Edited | None:
    """Read a change of words; a command that was edited in is none, and runs nothing."""
    said = _said(message, at, turn)
    return Edited(at, turn, said) if said.text and not said.text.startswith("/") else None


def _command(message: Message) -> tuple[str, str, str] | None:
    """Split a command into its name, whom it is for, and the rest of the line."""
    first = next(iter(message.entities), None)
    if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset != 0:
        return None
    written = message.parse_entity(first)
    name, _, mention = written.removeprefix("/").partition("@")
    return name.lower(), mention, (message.text or "").removeprefix(written).strip()


def _tap(query: CallbackQuery, buttons: Buttons, at: datetime, turn: str) -> Event:
    message = query.message if isinstance(query.message, Message) else None
    number = query.message.message_id if query.message else None
    choice = callback_data.decode(query.data or "")
    if number is None or choice is None:
        return Unknown(at, turn, number)
    shown = message.text_html if message and message.text else ""
    label = buttons.get(query.data, "")
    match choice:
        case Tap(action, prompt, argument):
            return Pressed(at, turn, action, argument, prompt, number, label, shown)
        case Stars(subject, stars):
            return Starred(at, turn, subject, stars, number)
        case Reason(subject, code):
            return Criticised(at, turn, subject, code, number, shown)
        case OfSubject(action, subject, argument):
            return SubjectTapped(at, turn, action, subject, argument, number)
        case About(action, occasion, argument):
            return OccasionTapped(at, turn, action, occasion, argument, number, label, shown)
