import asyncio
from datetime import timedelta

from bot.background import Background
from bot.drafts import EVERY, TYPING_EVERY, Drafts
from tests.bot.fakes import HeldClock


class Easel:
    """Notes what is shown, and rings when something is; refuses from the *refuses*-th call on."""

    def __init__(self, refuses: int = 1_000) -> None:
        self.shown: list[str] = []
        self._left = refuses
        self._changed = asyncio.Event()

    async def draft(self, chat_id: int, draft_id: int, text: str) -> bool:
        self.shown.append(text)
        self._left -= 1
        self._changed.set()
        return self._left > 0

    async def typing(self, chat_id: int) -> bool:
        return await self.draft(chat_id, 0, "typing")

    async def shows(self, count: int) -> list[str]:
        async with asyncio.timeout(5):
            while len(self.shown) < count:
                self._changed.clear()
                await self._changed.wait()
        return self.shown


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_only_the_newest_text_is_shown_and_not_too_often(background: Background):
    easel, clock = Easel(), HeldClock()
    drafts = Drafts(easel, clock, background, 1, 7)
    drafts.clear()
    drafts.show("one")
    drafts.begin()
    await easel.shows(1)
    drafts.show("two")
    drafts.show("three")
    await settled()
    early = list(easel.shown)
    clock.advance(EVERY)

    assert early == ["one"]
    assert await easel.shows(2) == ["one", "three"]
    drafts.end()


async def test_typing_is_shown_again_and_again_until_there_is_a_draft(background: Background):
    easel, clock = Easel(), HeldClock()
    drafts = Drafts(easel, clock, background, 1, 7)
    drafts.begin()
    drafts.begin()
    await easel.shows(1)
    await settled()
    clock.advance(TYPING_EVERY)
    await easel.shows(2)
    drafts.show("hidden yet")
    await settled()
    before = list(easel.shown)
    drafts.clear()

    assert before == ["typing", "typing"]
    assert await easel.shows(3) == [*before, "hidden yet"]
    drafts.end()


async def test_a_refusal_ends_the_drafts_of_the_turn(background: Background):
    easel, clock = Easel(refuses=1), HeldClock()
    drafts = Drafts(easel, clock, background, 1, 7)
    drafts.begin()
    await easel.shows(1)
    drafts.clear()
    drafts.show("one")
    await settled()
    clock.advance(timedelta(minutes=1))
    await settled()

    assert easel.shown == ["typing"]


async def test_nothing_is_shown_after_the_end(background: Background):
    easel, clock = Easel(), HeldClock()
    drafts = Drafts(easel, clock, background, 1, 7)
    drafts.begin()
    await easel.shows(1)
    drafts.end()
    drafts.clear()
    drafts.show("late")
    await settled()
    clock.advance(timedelta(minutes=1))
    await settled()

    assert easel.shown == ["typing"]
