"""Drafts: what a person sees of an answer that is still being made.

"Typing" at first, then the text as it grows. All of it may be lost: no turn waits for it or
fails with it, and only the real message counts.
"""

import asyncio
from datetime import timedelta
from typing import Protocol

from bot.background import Background
from bot.clock import Clock

EVERY = timedelta(seconds=0.3)
"""Between two drafts of a chat: slow enough for Telegram, fast enough to look alive."""

TYPING_EVERY = timedelta(seconds=4)
"""Telegram shows it for five seconds."""


class Easel(Protocol):
    """Where drafts are shown; both calls never raise, and False asks for no more of them."""

    async def draft(self, chat_id: int, draft_id: int, text: str) -> bool:
        """Show a text that is being written."""
        ...

    async def typing(self, chat_id: int) -> bool:
        """Show that we are busy."""
        ...


class Drafts:
    """The drafts of one turn. One call is made at a time, and only the newest text is shown."""

    def __init__(
        self, easel: Easel, clock: Clock, background: Background, chat_id: int, draft_id: int
    ) -> None:
        self.chat_id, self.draft_id = chat_id, draft_id
        self._easel = easel
        self._clock = clock
        self._background = background
        self._newest = ""
        self._begun = self._cleared = False
        self._news, self._over = asyncio.Event(), asyncio.Event()

    def begin(self) -> None:
        """Show that we are busy; nothing happens when that is shown already."""
        if not self._begun:
            self._begun = True
            self._background.start("drafts", self._run())

    def clear(self) -> None:
        """Allow texts to be shown: no danger was found in what they answer."""
        self._cleared = True
        self._news.set()

    def show(self, text: str) -> None:
        """Show *text* in place of the last one, as soon as that is allowed."""
        self._newest = text
        if self._cleared:
            self._news.set()

    def end(self) -> None:
        """Show nothing more."""
        self._over.set()
        self._news.set()

    async def _run(self) -> None:
        shown, going = "", True
        while going and not self._over.is_set():
            self._news.clear()
            newest = self._newest if self._cleared else ""
            if newest != shown:
                going = await self._easel.draft(self.chat_id, self.draft_id, newest)
                shown = newest
                await self._clock.wait(EVERY, self._over)
            elif shown:
                await self._clock.wait(None, self._news)
            else:
                going = await self._easel.typing(self.chat_id)
                await self._clock.wait(TYPING_EVERY, self._news)
