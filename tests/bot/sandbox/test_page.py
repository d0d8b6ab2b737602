"""The chat page in a real browser, with a scripted bot at the other end."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from functools import partial
from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.sandbox.shapes import Json
from tests import browser
from tests.bot.sandbox.conftest import TOKEN, YOU, fresh_sandbox, served
from tests.bot.sandbox.pictures import PNG

CHROMIUM = browser.find()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),  # one Chromium for all: it takes seconds to start
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
in_one_loop = partial(pytest_asyncio.fixture, loop_scope="module")
Speak = Callable[..., Awaitable[Any]]
STARS = [[{"text": f"★ {number}", "callback_data": f"rt:{number}"} for number in range(1, 6)]]


@in_one_loop()
async def root() -> AsyncGenerator[str]:
    async with served(fresh_sandbox()) as root:
        yield root


@in_one_loop()
async def speak(root: str) -> AsyncGenerator[Speak]:
    async with httpx.AsyncClient(base_url=root) as client:

        async def speak(method: str, **parameters: Any) -> Any:
            answer = await client.post(f"/bot{TOKEN}/{method}", json={"chat_id": YOU} | parameters)
            assert answer.json()["ok"], answer.text
            return answer.json()["result"]

        yield speak


@in_one_loop(scope="module")
async def chromium() -> AsyncGenerator[Browser]:
    async with browser.launched(CHROMIUM or "") as chromium:
        yield chromium


@in_one_loop(params=[(1180, 780), (360, 740)], ids=["desktop", "phone"])
async def page(
    request: pytest.FixtureRequest, chromium: Browser, root: str
) -> AsyncGenerator[Page]:
    width, height = request.param
    page = await chromium.new_page(
        viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce"
    )
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda said: problems.append(said.text) if said.type in {"error", "warning"} else None,
    )
    await page.goto(root)
    await page.wait_for_selector("#welcome:not([hidden])")
    yield page
    await page.close()
    assert problems == []


async def updates(speak: Speak, offset: int = 0) -> list[Json]:
    return await speak("getUpdates", timeout=10, offset=offset)


async def test_a_newcomer_starts_with_one_tap_and_talks(page: Page, speak: Speak):
    await page.get_by_role("button", name="Start", exact=True).click()
    [started] = await updates(speak)
    await speak(
        "sendMessage", text="<b>Hello</b> & welcome".replace("&", "&amp;"), parse_mode="HTML"
    )
    await expect(page.locator(".message strong")).to_have_text("Hello")
    await page.keyboard.type("Two")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("lines")
    await page.keyboard.press("Enter")
    [said] = await updates(speak, started["update_id"] + 1)

    assert started["message"]["text"] == "/start"
    assert said["message"]["text"] == "Two\nlines"
    await expect(page.locator("#welcome")).to_be_hidden()
    await expect(page.get_by_role("log")).to_contain_text("Two\nlines")
    await expect(page.locator("#text")).to_have_value("")


async def test_words_of_people_are_never_markup(page: Page):
    await page.fill("#text", "<img src=x onerror=alert(1)> <b>bold</b>")
    await page.keyboard.press("Enter")

    await expect(page.locator(".mine .words")).to_have_text(
        "<img src=x onerror=alert(1)> <b>bold</b>"
    )
    assert await page.locator(".bubble img, .bubble b").count() == 0


async def test_buttons_are_tapped_by_keyboard_and_toasts_appear(page: Page, speak: Speak):
    await speak("sendMessage", text="How good?", reply_markup={"inline_keyboard": STARS})
    keys = page.locator(".key")
    await expect(keys).to_have_count(5)
    await keys.first.focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    [tapped] = await updates(speak)
    query = tapped["callback_query"]
    await expect(page.locator(".key.waiting")).to_have_text("★ 2")
    rated = [
        [{"text": f"{button['text']} ✓", "callback_data": button["callback_data"]}]
        for button in STARS[0]
    ]
    where = {"message_id": query["message"]["message_id"]}
    await speak("editMessageReplyMarkup", **where, reply_markup={"inline_keyboard": rated})
    await speak("answerCallbackQuery", callback_query_id=query["id"], text="Thanks!")

    assert query["data"] == "rt:2"
    await expect(page.locator(".toast")).to_have_text("Thanks!")
    await expect(page.locator(".keys .row")).to_have_count(5)
    await expect(page.get_by_role("button", name="★ 2 ✓")).to_be_focused()


async def test_an_alert_waits_for_a_yes(page: Page, speak: Speak):
    await speak("sendMessage", text="?", reply_markup={"inline_keyboard": STARS})
    await page.locator(".key").first.click()
    [tapped] = await updates(speak)
    query = tapped["callback_query"]["id"]
    await speak("answerCallbackQuery", callback_query_id=query, text="Sure?", show_alert=True)

    await expect(page.get_by_role("dialog")).to_contain_text("Sure?")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_five_stars_fit_beside_each_other(page: Page, speak: Speak):
    await speak("sendMessage", text="How good?", reply_markup={"inline_keyboard": STARS})
    await expect(page.locator(".key")).to_have_count(5)
    boxes = [await key.bounding_box() for key in await page.locator(".key").all()]
    room = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")

    assert len({box["y"] for box in boxes if box}) == 1
    assert max(box["width"] for box in boxes if box) - min(box["width"] for box in boxes if box) < 1
    assert room[0] == room[1]


async def test_drafts_grow_in_place_until_the_message_comes(page: Page, speak: Speak):
    await page.fill("#text", "hi")
    await page.keyboard.press("Enter")
    await speak("sendChatAction", action="typing")
    await expect(page.locator("#status")).to_have_text("typing…")
    for text in ("I think", "I think you can"):
        await speak("sendMessageDraft", draft_id=1, text=text)
        await expect(page.locator("#draft .words")).to_have_text(text)
    await speak("sendMessage", text="I think you can do it.")

    await expect(page.locator("#draft")).to_be_hidden()
    await expect(page.locator("#log .message").last).to_contain_text("I think you can do it.")
    await expect(page.locator("#status")).to_have_text("bot")


async def test_a_draft_that_may_be_stopped_has_a_button_for_it(page: Page, speak: Speak):
    await speak("sendMessageDraft", draft_id=7, text="I think", can_stop=True, keep_on_stop=True)
    await page.get_by_role("button", name="Stop").click()
    [update] = await updates(speak)

    assert update["stopped_message_generation"]["draft_id"] == 7
    await expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    await expect(page.locator("#draft .words")).to_have_text("I think")
    await speak("sendMessage", text="I think.")
    await expect(page.locator("#draft")).to_be_hidden()


async def test_commands_are_filtered_while_typing(page: Page, speak: Speak):
    commands = [{"command": name, "description": f"About {name}"} for name in ("plan", "pause")]
    await speak("setMyCommands", commands=commands)
    while await page.locator("#commands").is_hidden():  # the page hears of them in a moment
        await page.locator("#slash").click()
    await expect(page.get_by_role("option")).to_have_count(2)
    await page.keyboard.type("/pa")
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    [update] = await updates(speak)

    assert update["message"]["text"] == "/pause"
    await expect(page.locator("#commands")).to_be_hidden()


async def test_the_clock_jumps_from_its_menu(page: Page):
    await page.locator("#clock").click()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")

    await expect(page.locator(".toast")).to_contain_text("It is now")
    await expect(page.locator("#clock")).to_contain_text("08:10")
    await expect(page.locator("#clock")).to_have_class("chip moved")


async def test_pictures_files_and_samples_are_shown(page: Page, speak: Speak, root: str):
    async with httpx.AsyncClient(base_url=root) as client:
        for method, name in (("sendPhoto", "photo"), ("sendDocument", "document")):
            sent = {name: (f"week.{name}", PNG, "image/png")}
            await client.post(f"/bot{TOKEN}/{method}", data={"chat_id": YOU}, files=sent)
    await page.locator("#attach").click()
    await page.get_by_role("menuitem", name="Voice message").click()

    await expect(page.locator(".picture")).to_be_visible()
    await expect(page.get_by_role("link", name="week.document")).to_be_visible()
    await expect(page.locator(".mine .tile")).to_contain_text("Voice message")
    assert await page.locator(".picture").evaluate("image => image.naturalWidth") == 2


async def test_several_people_keep_their_own_chats(page: Page, speak: Speak):
    is_phone = await page.locator("#drawer").is_visible()
    if is_phone:
        await page.locator("#drawer").click()
    await page.locator("#add").click()
    await page.keyboard.type("Mina")
    await page.keyboard.press("Enter")
    await expect(page.locator("#list [aria-current]")).to_contain_text("Mina")
    await page.fill("#text", "hello from Mina")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_have_count(1)
    await speak("sendMessage", text="for you alone")
    if is_phone:
        await page.locator("#drawer").click()
    await expect(page.locator(".badge")).to_have_text("1")
    await page.get_by_role("button", name="You").click()

    await expect(page.locator(".message")).to_have_count(1)
    await expect(page.locator("#log")).to_contain_text("for you alone")
    await expect(page.locator(".badge")).to_have_count(0)


async def test_blocking_closes_the_field_until_unblocked(page: Page):
    await page.locator("#more").click()
    await page.get_by_role("menuitem", name="Block the bot").click()
    await expect(page.locator("#composer")).to_be_hidden()
    await page.get_by_role("button", name="Unblock the bot").click()
    await expect(page.locator("#composer")).to_be_visible()


async def test_who_reads_old_messages_is_not_pulled_away(page: Page, speak: Speak):
    for number in range(40):
        await speak("sendMessage", text=f"Message {number}")
    await expect(page.locator(".message")).to_have_count(40)
    await page.locator("#scroll").evaluate("box => box.scrollTo(0, 0)")
    await expect(page.locator("#to-end")).to_be_visible()
    await speak("sendMessage", text="News")
    await expect(page.locator(".message")).to_have_count(41)

    assert await page.locator("#scroll").evaluate("box => box.scrollTop") == 0
    await page.locator("#to-end").click()
    await expect(page.get_by_role("log").get_by_text("News")).to_be_in_viewport()


async def test_the_theme_is_chosen_and_remembered(page: Page):
    await page.locator("#more").click()
    await page.get_by_role("menuitem", name="Dark theme").click()
    await page.reload()

    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")


async def test_the_first_tab_stop_skips_to_the_field(page: Page):
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the message field")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#text")).to_be_focused()
