"""The door: who comes in, and what the others are told.

Strangers and groups are answered at once and directly. Nothing of theirs is stored, so
an answer that does not arrive is not sent again.
"""

import logging
from collections.abc import Awaitable, Callable

from telegram import Bot
from telegram.error import TelegramError

from bot.access import Access, GuestBook
from bot.background import Background
from bot.telegram.envelope import Envelope
from bot.texts import nearest, texts

log = logging.getLogger(__name__)

ANSWERS_AT_ONCE = 4
_SPOKEN = frozenset({"message", "callback_query"})


class Door:
    """Lets people in by id, turns strangers away, and leaves groups."""

    def __init__(self, bot: Bot, access: Access, guests: GuestBook, background: Background) -> None:
        self._bot = bot
        self._access = access
        self._guests = guests
        self._background = background
        self._answering = 0

    async def admits(self, envelope: Envelope) -> bool:
        """Tell whether an update comes in; answer for it here if not."""
        if not envelope.private:
            self._turn_away_a_group(envelope)
            return False
        if await self._knows(envelope.user_id):
            return True
        if envelope.kind not in _SPOKEN:
            return False
        code = self._access.guess(envelope.user_id, envelope.text)
        if code is not None and await self._comes_in_by(code, envelope):
            return True
        if self._has_a_hand_free() and self._access.owes_reply(envelope.chat_id):
            said = "stranger" if code is None else "stranger.code"
            self._answer(lambda: self._say(envelope, said))
        return False

    async def _knows(self, user_id: int) -> bool:
        if self._access.admits(user_id):
            return True
        # Looked up each time, for those few alone: the operator may have erased them meanwhile.
        perhaps = self._access.among_others or user_id in self._access.invited
        return perhaps and await self._guests.knows(user_id)

    async def _comes_in_by(self, code: str, envelope: Envelope) -> bool:
        if self._access.claims(envelope.user_id, envelope.text):
            await self._guests.keep_owner(envelope.user_id)
            return True
        if not await self._guests.redeem(code, envelope.user_id):
            return False
        self._access.invited.add(envelope.user_id)
        return True

    def _turn_away_a_group(self, envelope: Envelope) -> None:
        heard = envelope.kind in _SPOKEN or envelope.kind == "my_chat_member"
        if envelope.left or not heard or not self._has_a_hand_free():
            return
        owed = self._access.owes_reply(envelope.chat_id)
        self._answer(lambda: self._leave(envelope, say=owed))

    def _has_a_hand_free(self) -> bool:
        return self._answering < ANSWERS_AT_ONCE

    def _answer(self, answer: Callable[[], Awaitable[None]]) -> None:
        self._answering += 1
        self._background.start("answer at the door", self._answered(answer))

    async def _answered(self, answer: Callable[[], Awaitable[None]]) -> None:
        try:
            await answer()
        except TelegramError as error:
            log.info("no answer at the door", extra={"error": type(error).__name__})
        finally:
            self._answering -= 1

    async def _leave(self, envelope: Envelope, *, say: bool) -> None:
        try:
            if say:
                await self._say(envelope, "group")
        finally:
            await self._bot.leave_chat(envelope.chat_id)

    async def _say(self, envelope: Envelope, key: str) -> None:
        await self._bot.send_message(envelope.chat_id, texts(nearest(envelope.language))(key))
