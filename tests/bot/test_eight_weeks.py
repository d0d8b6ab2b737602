"""Eight weeks with Rein in a real browser, lived by the sandbox's clock: what a person sees.

`SHOTS=folder` keeps pictures of the chat there, as they are in docs/images.
"""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page

from bot.clock import SystemClock
from tests import browser
from tests.bot import house
from tests.bot.house import Guest, House, Message
from tests.bot.test_page_to_plan import EASY

CHROMIUM = browser.find()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
SHOTS = os.environ.get("SHOTS")
SUNDAY = datetime(2026, 11, 22, 10, tzinfo=UTC)
"""When it begins: the plan's weeks then go from Monday to Sunday, the day of the review."""

GOAL = "I want to run 3 times a week until 17 January"
LAPSE = "A small restart counts"
QUIET_FROM, QUIET_TO = time(21, 30), time(8)


@dataclass
class Life:
    """One person at the page, and when Rein wrote unasked."""

    page: Page
    rein: House
    guest: Guest
    unasked: list[datetime] = field(default_factory=list[datetime])

    async def agree(self) -> None:
        """Go from /start to a plan with an evening check-in."""
        await self.write("/start")
        await self.tap("Yes, I'm 18+ and agree")
        await self.write(GOAL)
        for way in ("Yes, plan it", "Too tired"):
            while way not in (offered := self.guest.labels()):
                await self.tap(next(one for one in (*EASY, *offered) if one in offered))
            await self.tap(way)
        for label in ("Start", "7–8", "Evening 19:30"):
            await self.tap(label)
        assert "You're set." in self.guest.last()["text"]

    async def next(self) -> str:
        """Let time pass until Rein writes; return what it says."""
        await self.rein.settled()
        before = len(self.guest.messages())
        await self.page.locator("#clock").click()
        if not self.unasked:
            await self.picture("clock")
        async with self.page.expect_response("**/sandbox/clock"):
            await self.page.get_by_role("menuitem", name="Until Rein writes").click()
        said = self.guest.messages()[before:]
        assert said, "nothing was said for two weeks"
        self.unasked.append(datetime.fromtimestamp(said[0]["date"], UTC))
        await self.seen(before)
        return " ".join(text_of(one) for one in said)

    async def silence_until(self, label: str) -> list[str]:
        """Answer nothing until the newest message offers a button; return what is said."""
        said = [await self.next()]
        while label not in self.guest.labels():
            said.append(await self.next())
        return said

    async def good_week(self) -> str:
        """Be asked three times, tap Done each time, and agree to the review, which is returned."""
        for _ in range(3):
            assert "run for" in (await self.next()).lower()
            assert "Noted" in await self.tap("Done ✅")
        review = await self.next()
        await self.tap("Looks good")
        return review

    async def bad_week(self) -> None:
        """Miss two days, say why, fall silent, and ask for an easier week."""
        await self.next()
        assert "got in the way" in await self.tap("Not today")
        assert "Shall we put that into your plan?" in await self.tap("No time")
        await self.picture("reason")
        assert "in the plan now" in await self.tap("Small one before that")
        await self.next()
        await self.tap("Not today")
        await self.tap("Skip")
        *_, review = await self.silence_until("Easier")
        assert "Week 3: 0 of 3" in review
        await self.picture("review")
        assert "Week 4 is now" in await self.tap("Easier")

    async def come_back(self) -> None:
        """Be offered a small restart once, and take it."""
        while not (offered := [one for one in self.guest.heard() if LAPSE in text_of(one)]):
            await self.next()
        assert len(offered) == 1
        await self.tap("Small restart")
        await self.silence_until("Small version")
        assert "back" in await self.tap("Small version")
        await self.picture("comeback")

    async def please(self) -> None:
        """Answer as somebody does for whom it goes well."""
        labels = self.guest.labels()
        assert labels, self.guest.last()["text"]
        for label in ("Done ✅", "Looks good"):
            if label in labels:
                await self.tap(label)

    async def tap(self, label: str) -> str:
        """Tap the newest button that says *label*; return the answer."""
        before = len(self.guest.messages())
        await self.page.get_by_role("button", name=label, exact=True).last.click()
        return await self.seen(before)

    async def write(self, text: str) -> None:
        before = len(self.guest.messages())
        composer = self.page.get_by_role("textbox", name="Message")
        await composer.fill(text)
        await composer.press("Enter")
        await self.seen(before + 1)

    async def seen(self, before: int) -> str:
        """Wait until all of an answer is on the page, which is more than there was *before*."""
        await self.page.locator(".message").nth(before).wait_for()
        await self.rein.settled()
        newest = self.guest.messages()[-1]
        await self.page.locator(f"[data-id='{newest['message_id']}']").wait_for()
        return text_of(newest)

    async def picture(self, name: str) -> None:
        """Keep what the page shows now, where that is wanted."""
        if SHOTS:
            await self.page.locator(".toast").last.wait_for(state="detached")
            await self.page.screenshot(path=Path(SHOTS) / f"eight-weeks-{name}.png")


def text_of(message: Message) -> str:
    return str(message.get("text") or message.get("caption") or "")


@asynccontextmanager
async def begun(folder: Path) -> AsyncGenerator[Life]:
    """Open the page at phone width on that Sunday morning."""
    real = SystemClock().now
    ahead = SUNDAY - real()
    async with (
        house.sandbox_only(folder, lambda: real() + ahead) as rein,
        rein.open(),
        browser.launched(CHROMIUM or "") as chromium,
    ):
        page = await chromium.new_page(
            viewport={"width": 390, "height": 760},
            timezone_id="UTC",
            locale="en-GB",
            reduced_motion="reduce",
        )
        await page.goto(rein.address)
        yield Life(page, rein, Guest(rein.sandbox, rein.sandbox.people[1001]))
        await page.close()


async def test_eight_weeks_are_lived_in_a_minute(tmp_path: Path):
    async with begun(tmp_path) as life:
        await life.agree()
        assert "Week 1: 3 of 3" in await life.good_week()
        assert "Week 2: 3 of 3" in await life.good_week()

        await life.bad_week()
        await life.come_back()
        while "Keep it going" not in life.guest.labels():
            await life.next()
            await life.please()
        assert "came back once" in life.guest.last()["text"]
        await life.picture("finish")
        await life.tap("Keep it going")

        days = [moment.date() for moment in life.unasked]
        assert len(days) == len(set(days)), "twice on one day"
        assert all(QUIET_TO <= moment.time() < QUIET_FROM for moment in life.unasked)
        assert days[-1] - SUNDAY.date() == timedelta(weeks=8, days=1)
