"""The real python-telegram-bot talks to the sandbox as it does to Telegram."""

from collections.abc import AsyncGenerator

import httpx
import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, Update
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken

from bot.sandbox import acts
from bot.sandbox.server import Sandbox
from tests.bot.sandbox.conftest import NOON, TOKEN, YOU
from tests.bot.sandbox.pictures import PNG


@pytest.fixture
async def bot(root: str) -> AsyncGenerator[Bot]:
    async with Bot(TOKEN, base_url=f"{root}/bot") as bot:
        yield bot


async def test_it_introduces_itself(bot: Bot, sandbox: Sandbox):
    await bot.set_my_commands([BotCommand("start", "Begin")], language_code="de")
    await bot.set_my_description("A coach.")
    await bot.set_my_short_description("Goals, kept.")

    assert (bot.id, bot.first_name) == (4242, "Rein")
    assert sandbox.profile.commands[('{"type": "default"}', "de")][0]["command"] == "start"
    assert sandbox.profile.descriptions == {"": "A coach."}
    assert sandbox.profile.short_descriptions == {"": "Goals, kept."}


async def test_it_receives_messages_and_taps(bot: Bot, sandbox: Sandbox):
    person = sandbox.people[YOU]
    acts.say(sandbox, sandbox.chats[YOU], person, "/start now")
    sent = await bot.send_message(YOU, "?")
    acts.press(sandbox, person, sent.message_id, "gl:1")

    said, tapped = await bot.get_updates(timeout=5, allowed_updates=Update.ALL_TYPES)

    assert said.message is not None
    assert said.message.date == NOON
    assert said.message.parse_entities() == {said.message.entities[0]: "/start"}
    assert tapped.callback_query is not None
    assert tapped.callback_query.data == "gl:1"
    assert tapped.callback_query.message == sent
    assert await tapped.callback_query.answer("Noted", show_alert=True)


async def test_it_sends_everything_the_bot_sends(bot: Bot):
    rows = [[InlineKeyboardButton("Yes", callback_data="y")]]
    sent = await bot.send_message(
        YOU, "<b>Hi</b> 💪", ParseMode.HTML, reply_markup=InlineKeyboardMarkup(rows)
    )
    edited = await bot.edit_message_text("Hello", YOU, sent.message_id)
    photo = await bot.send_photo(YOU, PNG, caption="A week")
    document = await bot.send_document(YOU, InputFile(b"x", "plan.ics"))

    assert sent.text_html == "<b>Hi</b> 💪"
    assert sent.reply_markup == InlineKeyboardMarkup(rows)
    assert (edited, edited.text, edited.reply_markup) == (sent, "Hello", None)  # type: ignore[union-attr] - an edit of a bot's own message returns it
    assert photo.photo[0].width == 2
    assert document.document is not None
    assert document.document.file_name == "plan.ics"
    assert await bot.send_message_draft(YOU, 1, "I am thin")
    assert await bot.send_chat_action(YOU, ChatAction.TYPING)
    assert await bot.set_message_reaction(YOU, sent.message_id, "🔥")
    assert await bot.delete_message(YOU, sent.message_id)


async def test_refusals_become_its_own_errors(bot: Bot, sandbox: Sandbox, root: str):
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(5, "x")
    acts.block(sandbox, sandbox.people[YOU], blocked=True)
    with pytest.raises(Forbidden):
        await bot.send_message(YOU, "x")
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", base_url=f"{root}/bot"):
            pass


async def test_it_leaves_groups(bot: Bot, sandbox: Sandbox, root: str):
    group = acts.found_group(sandbox, "Runners", [sandbox.people[YOU]])
    async with httpx.AsyncClient(base_url=root) as client:
        await client.post(f"/sandbox/groups/{group.id}/say", json={"text": "hello"})
    joined, *_ = await bot.get_updates()

    assert joined.my_chat_member is not None
    assert joined.my_chat_member.new_chat_member.status == "member"
    assert await bot.leave_chat(group.id)
