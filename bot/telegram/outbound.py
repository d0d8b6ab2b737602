"""What we say, as calls to Telegram: the only place that sends and edits messages."""

import html
import logging
from base64 import b64decode
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

from telegram import Bot, InputFile, Message
from telegram.constants import ChatAction, ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.background import Background
from bot.delivery.outcome import (
    Ambiguous,
    NotWritten,
    Outcome,
    Refused,
    Sent,
    TooFast,
    Unreachable,
)
from bot.drawing import Painter
from bot.outgoing import (
    EditKeyboard,
    EditText,
    Keyboard,
    Outgoing,
    SendChart,
    SendDocument,
    SendText,
    plain,
)
from bot.telegram.connect import TokenRefusedError
from bot.telegram.request import NeverWrittenError

log = logging.getLogger(__name__)

LONGEST = 4096  # UTF-16 units of visible text, Telegram's limit
LONGEST_CAPTION = 1024
Worded = SendText | EditText | SendChart
"""What has text of ours, whose HTML may be refused."""

_SHORT = 3.0  # seconds that what is worth nothing later may take


class Outbound:
    """Sends through one bot, and says what became of it."""

    def __init__(self, bot: Bot, background: Background, painter: Painter) -> None:
        self._bot = bot
        self._background = background
        self._painter = painter
        self.unparsable = 0  # texts whose HTML Telegram refused: each a fault of ours
        self.unanswered = 0  # taps whose answer did not arrive

    async def send(self, chat_id: int, outgoing: Outgoing) -> Outcome:
        """Make the call; a text whose HTML is refused goes once more without any."""
        try:
            return await self._call(chat_id, _fitting(outgoing))
        except TelegramError as error:
            if not isinstance(outgoing, Worded):
                return outcome_of(error)
            if not _says(error, "can't parse entities"):
                return outcome_of(error)
        self.unparsable += 1
        log.error("Telegram refused our HTML", extra={"so_far": self.unparsable})
        try:
            return await self._call(chat_id, _bare(outgoing), parse_mode=None)
        except TelegramError as error:
            return outcome_of(error)

    def answer_tap(self, callback_query_id: str, text: str = "") -> None:
        """Answer a tap at once, perhaps with a toast, and do not wait for it."""
        self._background.start("answer a tap", self._answer_tap(callback_query_id, text))

    async def draft(self, chat_id: int, draft_id: int, text: str) -> bool:
        """Show a message that is being written; False means that more of it is of no use.

        Where the server offers it, the person may stop it and keep what they see.
        """
        stop = {"can_stop": True, "keep_on_stop": True}
        made = self._bot.send_message_draft(
            chat_id, draft_id, text, read_timeout=_SHORT, connect_timeout=_SHORT, api_kwargs=stop
        )
        return await _on_the_side(made)

    async def typing(self, chat_id: int) -> bool:
        """Show for a few seconds that we are busy; False means that more of it is of no use."""
        made = self._bot.send_chat_action(
            chat_id, ChatAction.TYPING, read_timeout=_SHORT, connect_timeout=_SHORT
        )
        return await _on_the_side(made)

    async def _call(
        self, chat_id: int, outgoing: Outgoing, parse_mode: str | None = ParseMode.HTML
    ) -> Sent:
        match outgoing:
            case SendText(text, keyboard):
                made = await self._bot.send_message(
                    chat_id, text, parse_mode, api_kwargs=_beside_text(keyboard)
                )
            case EditText(message, text, keyboard):
                await self._bot.edit_message_text(
                    text, chat_id, message, parse_mode=parse_mode, api_kwargs=_beside_text(keyboard)
                )
                return Sent(message)
            case EditKeyboard(keyboard, message):
                await self._bot.edit_message_reply_markup(
                    chat_id, message, api_kwargs=_markup(keyboard)
                )
                return Sent(message)
            case SendDocument(name, content):
                file = InputFile(b64decode(content), filename=name)
                made = await self._bot.send_document(chat_id, file)
            case SendChart(chart, language, caption):
                png = await self._painter.draw(chart, language)
                if not png:
                    return Sent(None)  # it could not be drawn; what is in it was told in words
                picture = InputFile(png, filename="picture.png")
                made = await self._bot.send_photo(
                    chat_id, picture, caption=caption, parse_mode=parse_mode
                )
        return _sent(made)

    async def _answer_tap(self, callback_query_id: str, text: str) -> None:
        try:
            await self._bot.answer_callback_query(
                callback_query_id, text or None, read_timeout=_SHORT, connect_timeout=_SHORT
            )
        except TelegramError:
            self.unanswered += 1


def _sent(made: Message | bool) -> Sent:
    """Note a message's number, where the server gave one."""
    return Sent(made.message_id if isinstance(made, Message) else None)


async def _on_the_side(call: Awaitable[object]) -> bool:
    """Make a call that nobody misses; tell whether another one makes sense."""
    try:
        await call
    except TelegramError as error:
        return isinstance(outcome_of(error), NotWritten | Ambiguous)
    return True


def outcome_of(error: TelegramError) -> Outcome:
    """Say what a failed call means for what it was to send."""
    match error:
        case NeverWrittenError():
            return NotWritten(_cause(error))
        case RetryAfter():
            return TooFast(cast(timedelta, error.retry_after))  # see this package's switch
        case Forbidden():
            return Unreachable()
        case BadRequest() if _says(error, "message is not modified"):
            return Sent(None)
        case InvalidToken() if _says(error, "unauthorized"):
            raise TokenRefusedError from None
        case BadRequest() | ChatMigrated() | InvalidToken():
            return Refused(type(error).__name__)
        case _:  # timeouts, hang-ups, server errors, unreadable answers
            return Ambiguous(_cause(error))


def _says(error: TelegramError, what: str) -> bool:
    return what in error.message.lower()


def _cause(error: TelegramError) -> str:
    return type(error.__cause__ or error).__name__


def _fitting(outgoing: Outgoing) -> Outgoing:
    """Cut what Telegram would refuse as too long, at the price of its formatting."""
    if not isinstance(outgoing, Worded) or _units(plain(outgoing.html)) <= _room(outgoing):
        return outgoing
    return replace(outgoing, html=html.escape(_bare(outgoing).html))


def _room(outgoing: Worded) -> int:
    return LONGEST_CAPTION if isinstance(outgoing, SendChart) else LONGEST


def _bare(outgoing: Worded) -> Worded:
    """Leave the bare text, cut to what fits."""
    text, room = plain(outgoing.html), _room(outgoing)
    if _units(text) > room:
        text = text.encode("utf-16-le")[: 2 * (room - 1)].decode("utf-16-le", "ignore") + "…"
    return replace(outgoing, html=text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _beside_text(keyboard: Keyboard) -> dict[str, Any]:
    """Name what goes with a text: its keyboard, and no preview of links."""
    return {"link_preview_options": {"is_disabled": True}} | _markup(keyboard)


def _markup(keyboard: Keyboard) -> dict[str, Any]:
    """Write a keyboard as Telegram reads it; the library's objects took half of an edit's time."""
    if not keyboard:
        return {}
    rows = [[_button(label, written) for label, written in row] for row in keyboard]
    return {"reply_markup": {"inline_keyboard": rows}}


def _button(label: str, written: str) -> dict[str, str]:
    return {"text": label, "url" if written.startswith("https://") else "callback_data": written}
