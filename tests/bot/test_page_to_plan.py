"""A person in a real browser: from /start to an agreed plan, typing and tapping.

The screenshots are kept under tests/artifacts.
"""

from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests import browser
from tests.bot import house

CHROMIUM = browser.find()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
ARTIFACTS = Path(__file__).parents[1] / "artifacts"
EASY = ("You choose", "Done", "Morning")
DESKTOP, PHONE = (1180, 900), (390, 844)


async def write(page: Page, text: str) -> None:
    composer = page.get_by_role("textbox", name="Message")
    before = await bubbles(page).count()
    await composer.fill(text)
    await composer.press("Enter")
    await expect(bubbles(page).nth(before + 1)).to_be_visible()  # what was said, and an answer


async def tap(page: Page, label: str) -> None:
    before = await bubbles(page).count()
    await page.get_by_role("button", name=label, exact=True).last.click()
    await expect(bubbles(page).nth(before)).to_be_visible()


def bubbles(page: Page) -> Locator:
    return page.locator(".message")


async def sees(page: Page, text: str) -> None:
    await expect(page.get_by_text(text).last).to_be_visible()


@pytest.mark.parametrize(
    ("size", "theme", "name"),
    [
        pytest.param(DESKTOP, "light", "desktop", id="desktop"),
        pytest.param(PHONE, "dark", "phone", id="phone"),
    ],
)
async def test_a_person_gets_from_start_to_an_agreed_plan(
    tmp_path: Path, size: tuple[int, int], theme: str, name: str
):
    async with house.opened(tmp_path) as rein, browser.launched(CHROMIUM or "") as chromium:
        page = await chromium.new_page(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
        )
        await page.goto(rein.address)
        await write(page, "/start")
        await tap(page, "Yes, I'm 18+ and agree")
        await sees(page, "What would you like to work on?")
        await write(page, "I want to run a 10k by April")
        await answer_until(page, "Yes, plan it")
        await picture(page, f"{name}-resolution")
        await tap(page, "Yes, plan it")
        await answer_until(page, "Too tired")
        await tap(page, "Too tired")
        await tap(page, "Start")
        await tap(page, "7–8")
        await tap(page, "Evening 19:30")
        await sees(page, "You're set.")
        await picture(page, f"{name}-plan")
        await page.close()


async def answer_until(page: Page, label: str) -> None:
    """Take what is offered, whatever is asked, until *label* can be tapped."""
    buttons = bubbles(page).last.locator(".keys button")
    while label not in (offered := await buttons.all_inner_texts()):
        await tap(page, next(one for one in (*EASY, *offered) if one in offered))


async def picture(page: Page, name: str) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    await page.screenshot(path=ARTIFACTS / f"{name}.png")
