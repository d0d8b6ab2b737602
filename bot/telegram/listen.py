"""The poll loop: asks for updates, has them stored, and only then confirms them.

Telegram forgets an update when a later offset is asked for. So the offset moves after
the commit and never before; whatever fails in between is simply delivered again, and
the inbox knows what it has seen.
"""

import json
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import NoReturn, cast
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.backoff import Backoff
from bot.clock import Clock
from bot.complaints import Complaints
from bot.telegram import envelope
from bot.telegram.connect import Connection, TokenRefusedError
from bot.telegram.reception import Reception
from storage.failpoints import failpoint

log = logging.getLogger(__name__)

LONG_POLL = timedelta(seconds=25)
ANSWER_WITHIN = LONG_POLL + timedelta(seconds=10)
BATCH = 100
SAME_QUESTION_EVERY = timedelta(seconds=0.5)
_UNREACHABLE = Backoff(timedelta(seconds=0.5), timedelta(seconds=30))
_TAKEN = Backoff(timedelta(seconds=5), timedelta(seconds=30))
_WANTED = json.dumps(envelope.WANTED)


class Listener:
    """Polls for ever; *heard_at* is when Telegram last answered."""

    def __init__(self, connection: Connection, reception: Reception, clock: Clock) -> None:
        self._bot: Bot = connection.bot
        self._polls = connection.polls
        self._reception = reception
        self._clock = clock
        self._failures = 0
        self._complaints = Complaints(log, clock)
        self.heard_at: timedelta | None = None

    async def run(self) -> NoReturn:
        """Listen until cancelled; TokenRefusedError if Telegram no longer knows us."""
        offset: int | None = None
        webhook_is_gone = False
        while True:
            asked_at = self._clock.elapsed()
            try:
                if not webhook_is_gone:
                    webhook_is_gone = await self._bot.delete_webhook(drop_pending_updates=False)
                updates = await self._poll(offset)
            except TelegramError as error:
                await self._clock.wait(self._pause(error))
                continue
            self._failures, self.heard_at = 0, self._clock.elapsed()
            failpoint("poll.received")
            await self._reception.take_in_the_end(updates)
            before, offset = offset, _next_offset(updates)
            if offset == before:
                await self._clock.wait(asked_at + SAME_QUESTION_EVERY - self._clock.elapsed())

    async def _poll(self, offset: int | None) -> Sequence[object]:
        asked = {"timeout": int(LONG_POLL.total_seconds()), "limit": BATCH}
        if offset is not None:
            asked["offset"] = offset
        query = urlencode({**asked, "allowed_updates": _WANTED})
        answer = await self._polls.post(
            f"{self._bot.base_url}/getUpdates?{query}", read_timeout=ANSWER_WITHIN.total_seconds()
        )
        return cast(Sequence[object], answer) if isinstance(answer, list) else ()

    def _pause(self, error: TelegramError) -> timedelta:
        """Say how long to leave Telegram alone after *error*."""
        if isinstance(error, InvalidToken):
            raise TokenRefusedError from None
        self._failures += 1
        if isinstance(error, RetryAfter):
            self._complaints.about("polling failed: too many requests")
            return cast(timedelta, error.retry_after)  # see this package's switch
        if isinstance(error, Conflict):
            self._complaints.about("somebody else polls with this token")
            return _TAKEN.after(self._failures - 1)
        cause = type(error.__cause__ or error).__name__
        self._complaints.about(f"polling failed: {cause}")
        return _UNREACHABLE.after(self._failures - 1)


def _next_offset(updates: Sequence[object]) -> int | None:
    """Confirm up to the last update; after silence none is needed, all before are confirmed.

    A week of silence lets Telegram start numbering anew, perhaps lower: no old offset may
    be asked for then.
    """
    numbers = [found for update in updates if (found := envelope.number(update)) is not None]
    return max(numbers) + 1 if numbers else None
