"""The door: who comes in, and what the others are told.

Strangers and groups are answered at once and directly. Nothing of theirs is stored, so
an answer that does not arrive is not sent again.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Bot
from telegram.error import TelegramError

from bot.access import Access
from bot.background import Background
from bot.telegram.envelope import Envelope

log = logging.getLogger(__name__)

ANSWERS_AT_ONCE = 4
_SPOKEN = frozenset({"message", "callback_query"})

KeepOwner = Callable[[int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class DoorTexts:
    """What is said at the door."""

    stranger: str
    group: str


class Door:
    """Lets people in by id, turns strangers away, and leaves groups."""

    def __init__(
        self,
        bot: Bot,
        access: Access,
        texts: DoorTexts,
        background: Background,
        keep_owner: KeepOwner,
    ) -> None:
        self._bot = bot
        self._access = access
        self._texts = texts
        self._background = background
        self._keep_owner = keep_owner
        self._answering = 0

    async def admits(self, envelope: Envelope) -> bool:
        """Tell whether an update comes in; answer for it here if not."""
        if not envelope.private:
            self._turn_away(envelope, self._leave)
            return False
        if self._access.admits(envelope.user_id):
            return True
        if envelope.kind == "message" and self._access.claims(envelope.user_id, envelope.text):
            await self._keep_owner(envelope.user_id)
            return True
        self._turn_away(envelope, self._refuse)
        return False

    def _turn_away(self, envelope: Envelope, answer: Callable[[int], Awaitable[None]]) -> None:
        invited = not envelope.private and envelope.kind == "my_chat_member"
        if not invited and envelope.kind not in _SPOKEN:
            return
        if self._answering >= ANSWERS_AT_ONCE or not self._access.owes_reply(envelope.chat_id):
            return
        self._answering += 1
        self._background.start("answer at the door", self._answer(answer, envelope.chat_id))

    async def _answer(self, answer: Callable[[int], Awaitable[None]], chat_id: int) -> None:
        try:
            await answer(chat_id)
        except TelegramError as error:
            log.info("no answer at the door", extra={"error": type(error).__name__})
        finally:
            self._answering -= 1

    async def _refuse(self, chat_id: int) -> None:
        await self._bot.send_message(chat_id, self._texts.stranger)

    async def _leave(self, chat_id: int) -> None:
        try:
            await self._bot.send_message(chat_id, self._texts.group)
        finally:
            await self._bot.leave_chat(chat_id)
